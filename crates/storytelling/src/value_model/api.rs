//! The JSON door of value models.

use actix_web::{HttpResponse, delete, get, patch, post, web};
use backbone_db::{Conn, Instant};
use backbone_identity::{Allowed, Core};
use backbone_web::Problem;
use backbone_web::etag::{self, IfMatch};
use backbone_web::idempotency::{Answer, IdempotencyKey, once};
use backbone_web::json::{ApiJson, ApiQuery};
use backbone_web::pagination::{Page, PageQuery};
use backbone_web::problem::ProblemBody;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use super::calculate::Calculated;
use super::content::Content;
use super::diff::Change;
use super::error::Error;
use super::figure::{FigureKind, FigureValue, figure};
use super::freeze::FrozenCalculation;
use super::live::Live;
use super::readings::Reading;
use super::store::{Model, Version};
use super::{
    ValueCalculationId, ValueModelId, calculate, calculate_version, create, diff, edit, freeze,
    frozen, retire, store,
};
use crate::policy::{EditValueModels, SeeValueModels};

pub(super) fn routes(cfg: &mut utoipa_actix_web::service_config::ServiceConfig) {
    cfg.service(list)
        .service(make)
        .service(read)
        .service(change)
        .service(remove)
        .service(calculation)
        .service(versions)
        .service(version)
        .service(changes)
        .service(freeze_now)
        .service(frozen_list)
        .service(frozen_one);
}

/// An edit: the whole model as it shall be, and why.
#[derive(Deserialize, ToSchema)]
pub(super) struct ValueModelEdit {
    /// The whole model.
    content: Content,
    /// Why it changes, for the history.
    #[serde(default)]
    reason: String,
}

/// What a model gives.
#[derive(Serialize, ToSchema)]
pub(super) struct ValueCalculation {
    /// The frozen calculation's identifier; absent for one made now.
    #[serde(skip_serializing_if = "Option::is_none")]
    id: Option<ValueCalculationId>,
    /// The model.
    model_id: ValueModelId,
    /// Its version.
    version: i64,
    /// Changes whenever the version or anything read does.
    token: String,
    /// SHA-256 over the stored text of a frozen calculation.
    #[serde(skip_serializing_if = "Option::is_none")]
    sha256: Option<String>,
    /// Who froze it.
    #[serde(skip_serializing_if = "Option::is_none")]
    author: Option<String>,
    /// When it was frozen.
    #[serde(skip_serializing_if = "Option::is_none")]
    created_at: Option<Instant>,
    /// The results with their ranges.
    figures: Vec<FigureValue>,
    /// What was read.
    readings: Vec<Reading>,
    /// What the version says.
    content: Content,
    /// `low`, `base` and `high`: every intermediate number, with `steps` in words and formulas.
    #[schema(value_type = Object)]
    results: serde_json::Value,
    /// The uncertain assumptions, the one that moves the ratio most first.
    #[schema(value_type = Vec<Object>)]
    sensitivity: serde_json::Value,
    /// How much deadweight the result survives.
    #[schema(value_type = Object)]
    break_even: serde_json::Value,
}

impl ValueCalculation {
    pub(super) fn of(c: Calculated) -> Result<Self, Problem> {
        let text = |v: serde_json::Result<serde_json::Value>| v.map_err(Problem::internal);
        Ok(Self {
            id: None,
            sha256: None,
            author: None,
            created_at: None,
            figures: FigureKind::ALL
                .iter()
                .map(|k| figure(&c.results, *k))
                .collect(),
            results: text(serde_json::to_value(&c.results))?,
            sensitivity: text(serde_json::to_value(&c.sensitivity))?,
            break_even: text(serde_json::to_value(&c.break_even))?,
            model_id: c.model_id,
            version: c.version,
            token: c.token,
            readings: c.readings,
            content: c.content,
        })
    }

    fn of_frozen(f: FrozenCalculation) -> Result<Self, Problem> {
        Ok(Self {
            id: Some(f.id),
            sha256: Some(f.sha256),
            author: Some(f.author),
            created_at: Some(f.created_at),
            ..Self::of(f.calculated)?
        })
    }
}

pub(crate) fn model_id(text: &str) -> Result<ValueModelId, Problem> {
    ValueModelId::parse(text).map_err(|_| Problem::not_found())
}

fn get_model(conn: &mut Conn, tenant: &str, id: &ValueModelId) -> Result<Model, Error> {
    store::find(conn, tenant, id)?.ok_or(Error::NotFound)
}

/// Lists the value models in use.
#[utoipa::path(tag = "value-models",
    params(("partnership" = String, Path, description = "Partnership id or slug"), PageQuery),
    responses((status = 200, body = Page<Model>)),
    extensions(("x-permission" = json!("value_model.see"))))]
#[get("/partnerships/{partnership}/value-models")]
async fn list(
    core: web::Data<Core>,
    actor: Allowed<SeeValueModels>,
    query: ApiQuery<PageQuery>,
) -> Result<web::Json<Page<Model>>, Problem> {
    let (limit, after) = (query.0.limit()?, query.0.after()?);
    let tenant = actor.tenant().to_owned();
    let found = core
        .db
        .read(move |conn| store::list(conn, &tenant, after.as_deref(), limit + 1, false))
        .await?;
    Ok(web::Json(Page::cut(found, limit, |m| m.id.to_string())))
}

/// Makes a value model.
#[utoipa::path(tag = "value-models", request_body = Content,
    params(("partnership" = String, Path, description = "Partnership id or slug"),
           ("Idempotency-Key" = Option<String>, Header, description = "Makes a repeat of this request harmless")),
    responses((status = 201, body = Model), (status = 422, body = ProblemBody)),
    extensions(("x-permission" = json!("value_model.edit"))))]
#[post("/partnerships/{partnership}/value-models")]
async fn make(
    core: web::Data<Core>,
    actor: Allowed<EditValueModels>,
    key: IdempotencyKey,
    body: ApiJson<Content>,
) -> Result<HttpResponse, Problem> {
    let actor = actor.into_actor();
    once(
        &core.db,
        actor.idempotency_scope(),
        key,
        body.fingerprint,
        actor.now,
        move |conn| {
            let made = create(conn, &actor, body.value).map_err(Problem::from)?;
            Answer::created(
                format!(
                    "/api/v1/partnerships/{}/value-models/{}",
                    actor.partnership.id, made.id
                ),
                &made,
            )
        },
    )
    .await
}

/// Reads a value model.
#[utoipa::path(tag = "value-models",
    params(("partnership" = String, Path, description = "Partnership id or slug"), ("id" = String, Path, description = "Value model")),
    responses((status = 200, body = Model), (status = 404, body = ProblemBody)),
    extensions(("x-permission" = json!("value_model.see"))))]
#[get("/partnerships/{partnership}/value-models/{id}")]
async fn read(
    core: web::Data<Core>,
    actor: Allowed<SeeValueModels>,
    path: web::Path<(String, String)>,
) -> Result<HttpResponse, Problem> {
    let (id, tenant) = (model_id(&path.1)?, actor.tenant().to_owned());
    let model = core
        .db
        .read(move |conn| get_model(conn, &tenant, &id))
        .await?;
    Ok(etag::ok(model.version).json(model))
}

/// Saves a new version of a value model; the earlier ones stay.
#[utoipa::path(tag = "value-models", request_body = ValueModelEdit,
    params(("partnership" = String, Path, description = "Partnership id or slug"), ("id" = String, Path, description = "Value model"),
           ("If-Match" = String, Header, description = "The version that is changed")),
    responses((status = 200, body = Model), (status = 412, body = ProblemBody), (status = 422, body = ProblemBody)),
    extensions(("x-permission" = json!("value_model.edit"))))]
#[patch("/partnerships/{partnership}/value-models/{id}")]
async fn change(
    core: web::Data<Core>,
    actor: Allowed<EditValueModels>,
    path: web::Path<(String, String)>,
    seen: IfMatch,
    body: ApiJson<ValueModelEdit>,
) -> Result<HttpResponse, Problem> {
    let (id, actor) = (model_id(&path.1)?, actor.into_actor());
    let model = core
        .db
        .write(move |conn| {
            edit(
                conn,
                &actor,
                &id,
                seen,
                body.value.content,
                &body.value.reason,
            )
        })
        .await?;
    Ok(etag::ok(model.version).json(model))
}

/// Takes a value model out of use. Its versions and frozen calculations stay.
#[utoipa::path(tag = "value-models",
    params(("partnership" = String, Path, description = "Partnership id or slug"), ("id" = String, Path, description = "Value model"),
           ("If-Match" = String, Header, description = "The version that was seen")),
    responses((status = 204), (status = 412, body = ProblemBody)),
    extensions(("x-permission" = json!("value_model.edit"))))]
#[delete("/partnerships/{partnership}/value-models/{id}")]
async fn remove(
    core: web::Data<Core>,
    actor: Allowed<EditValueModels>,
    path: web::Path<(String, String)>,
    seen: IfMatch,
) -> Result<HttpResponse, Problem> {
    let (id, actor) = (model_id(&path.1)?, actor.into_actor());
    core.db
        .write(move |conn| retire(conn, &actor, &id, seen))
        .await?;
    Ok(HttpResponse::NoContent().finish())
}

#[derive(Deserialize)]
struct WhichVersion {
    version: Option<i64>,
}

/// Calculates a value model with what is logged and measured now.
#[utoipa::path(tag = "value-models",
    params(("partnership" = String, Path, description = "Partnership id or slug"), ("id" = String, Path, description = "Value model"),
           ("version" = Option<i64>, Query, description = "An earlier version")),
    responses((status = 200, body = ValueCalculation), (status = 409, body = ProblemBody)),
    extensions(("x-permission" = json!("value_model.see"))))]
#[get("/partnerships/{partnership}/value-models/{id}/calculation")]
async fn calculation(
    core: web::Data<Core>,
    actor: Allowed<SeeValueModels>,
    path: web::Path<(String, String)>,
    query: ApiQuery<WhichVersion>,
) -> Result<web::Json<ValueCalculation>, Problem> {
    let (id, tenant) = (model_id(&path.1)?, actor.tenant().to_owned());
    let made = core
        .db
        .read(move |conn| match query.0.version {
            None => calculate(conn, &Live, &tenant, &id),
            Some(number) => calculate_version(conn, &Live, &tenant, &id, number),
        })
        .await?;
    Ok(web::Json(ValueCalculation::of(made)?))
}

/// Lists the versions of a value model, newest first.
#[utoipa::path(tag = "value-models",
    params(("partnership" = String, Path, description = "Partnership id or slug"), ("id" = String, Path, description = "Value model"), PageQuery),
    responses((status = 200, body = Page<Version>)),
    extensions(("x-permission" = json!("value_model.see"))))]
#[get("/partnerships/{partnership}/value-models/{id}/versions")]
async fn versions(
    core: web::Data<Core>,
    actor: Allowed<SeeValueModels>,
    path: web::Path<(String, String)>,
    query: ApiQuery<PageQuery>,
) -> Result<web::Json<Page<Version>>, Problem> {
    let (id, limit, tenant) = (
        model_id(&path.1)?,
        query.0.limit()?,
        actor.tenant().to_owned(),
    );
    let bad = |_| Problem::bad_request("invalid-cursor");
    let before: Option<i64> = query
        .0
        .after()?
        .map(|c| c.parse().map_err(bad))
        .transpose()?;
    let found = core
        .db
        .read(move |conn| {
            get_model(conn, &tenant, &id)?;
            store::versions(conn, &tenant, &id, before, limit + 1)
        })
        .await?;
    Ok(web::Json(Page::cut(found, limit, |v| {
        v.version.to_string()
    })))
}

/// Reads one version of a value model.
#[utoipa::path(tag = "value-models",
    params(("partnership" = String, Path, description = "Partnership id or slug"), ("id" = String, Path, description = "Value model"),
           ("version" = i64, Path, description = "Its number")),
    responses((status = 200, body = Version), (status = 404, body = ProblemBody)),
    extensions(("x-permission" = json!("value_model.see"))))]
#[get("/partnerships/{partnership}/value-models/{id}/versions/{version}")]
async fn version(
    core: web::Data<Core>,
    actor: Allowed<SeeValueModels>,
    path: web::Path<(String, String, i64)>,
) -> Result<web::Json<Version>, Problem> {
    let (id, number, tenant) = (model_id(&path.1)?, path.2, actor.tenant().to_owned());
    let found = core
        .db
        .read(move |conn| store::version(conn, &tenant, &id, number)?.ok_or(Error::NotFound))
        .await?;
    Ok(web::Json(found))
}

/// Tells what a version changed, compared with another one.
#[utoipa::path(tag = "value-models",
    params(("partnership" = String, Path, description = "Partnership id or slug"), ("id" = String, Path, description = "Value model"),
           ("version" = i64, Path, description = "The later version"), ("from" = i64, Path, description = "The earlier version")),
    responses((status = 200, body = Vec<Change>), (status = 404, body = ProblemBody)),
    extensions(("x-permission" = json!("value_model.see"))))]
#[get("/partnerships/{partnership}/value-models/{id}/versions/{version}/changes-since/{from}")]
async fn changes(
    core: web::Data<Core>,
    actor: Allowed<SeeValueModels>,
    path: web::Path<(String, String, i64, i64)>,
) -> Result<web::Json<Vec<Change>>, Problem> {
    let (id, to, from, tenant) = (
        model_id(&path.1)?,
        path.2,
        path.3,
        actor.tenant().to_owned(),
    );
    let found = core
        .db
        .read(move |conn| {
            let mut load =
                |number| store::version(conn, &tenant, &id, number)?.ok_or(Error::NotFound);
            Ok::<_, Error>(diff(&load(from)?.content, &load(to)?.content))
        })
        .await?;
    Ok(web::Json(found))
}

/// Freezes the calculation of now, so that a figure told from it stays what it was.
#[utoipa::path(tag = "value-models",
    params(("partnership" = String, Path, description = "Partnership id or slug"), ("id" = String, Path, description = "Value model"),
           ("Idempotency-Key" = Option<String>, Header, description = "Makes a repeat of this request harmless")),
    responses((status = 201, body = ValueCalculation), (status = 409, body = ProblemBody)),
    extensions(("x-permission" = json!("value_model.edit"))))]
#[post("/partnerships/{partnership}/value-models/{id}/calculations")]
async fn freeze_now(
    core: web::Data<Core>,
    actor: Allowed<EditValueModels>,
    path: web::Path<(String, String)>,
    key: IdempotencyKey,
    body: ApiJson<serde_json::Value>,
) -> Result<HttpResponse, Problem> {
    let (id, actor) = (model_id(&path.1)?, actor.into_actor());
    once(
        &core.db,
        actor.idempotency_scope(),
        key,
        body.fingerprint,
        actor.now,
        move |conn| {
            let made = freeze(conn, &Live, &actor, &id).map_err(Problem::from)?;
            let at = format!(
                "/api/v1/partnerships/{}/value-calculations/{}",
                actor.partnership.id, made.id
            );
            Answer::created(at, &ValueCalculation::of_frozen(made)?)
        },
    )
    .await
}

/// Lists the frozen calculations of a value model.
#[utoipa::path(tag = "value-models",
    params(("partnership" = String, Path, description = "Partnership id or slug"), ("id" = String, Path, description = "Value model"), PageQuery),
    responses((status = 200, body = Page<ValueCalculation>)),
    extensions(("x-permission" = json!("value_model.see"))))]
#[get("/partnerships/{partnership}/value-models/{id}/calculations")]
async fn frozen_list(
    core: web::Data<Core>,
    actor: Allowed<SeeValueModels>,
    path: web::Path<(String, String)>,
    query: ApiQuery<PageQuery>,
) -> Result<web::Json<Page<ValueCalculation>>, Problem> {
    let (id, tenant) = (model_id(&path.1)?, actor.tenant().to_owned());
    let (limit, after) = (query.0.limit()?, query.0.after()?);
    let found = core
        .db
        .read(move |conn| {
            get_model(conn, &tenant, &id)?;
            store::calculations(conn, &tenant, &id, after.as_deref(), limit + 1)
        })
        .await?;
    let page = Page::cut(found, limit, |f| f.id.to_string());
    let items = page
        .items
        .into_iter()
        .map(ValueCalculation::of_frozen)
        .collect::<Result<_, _>>()?;
    Ok(web::Json(Page {
        items,
        next_cursor: page.next_cursor,
    }))
}

/// Reads a frozen calculation.
#[utoipa::path(tag = "value-models",
    params(("partnership" = String, Path, description = "Partnership id or slug"), ("id" = String, Path, description = "Frozen calculation")),
    responses((status = 200, body = ValueCalculation), (status = 404, body = ProblemBody)),
    extensions(("x-permission" = json!("value_model.see"))))]
#[get("/partnerships/{partnership}/value-calculations/{id}")]
async fn frozen_one(
    core: web::Data<Core>,
    actor: Allowed<SeeValueModels>,
    path: web::Path<(String, String)>,
) -> Result<web::Json<ValueCalculation>, Problem> {
    let id = ValueCalculationId::parse(&path.1).map_err(|_| Problem::not_found())?;
    let tenant = actor.tenant().to_owned();
    let found = core.db.read(move |conn| frozen(conn, &tenant, &id)).await?;
    Ok(web::Json(ValueCalculation::of_frozen(found)?))
}
