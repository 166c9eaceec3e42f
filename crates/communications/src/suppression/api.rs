use actix_web::{HttpResponse, delete, get, post, web};
use backbone_identity::{Allowed, Core};
use backbone_web::{
    Answer, ApiJson, ApiQuery, IdempotencyKey, Page, PageQuery, Problem, ProblemBody, once,
};
use serde::Deserialize;
use utoipa::ToSchema;

use super::{Suppression, keep, store};
use crate::policy::{EditSuppressions, SeeSuppressions};

/// An address that is not written to any more.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct NewSuppression {
    /// The address.
    pub address: String,
    /// Why.
    #[serde(default)]
    pub note: String,
}

/// Adds an address that is not written to any more.
#[utoipa::path(tag = "suppressions", request_body = NewSuppression,
    params(("partnership" = String, Path, description = "Partnership id or slug"),
           ("Idempotency-Key" = Option<String>, Header, description = "Makes a repeat of this request harmless")),
    responses((status = 200, body = Suppression), (status = 422, body = ProblemBody)),
    extensions(("x-permission" = json!("suppression.edit"))))]
#[post("/partnerships/{partnership}/suppressions")]
async fn create(
    core: web::Data<Core>,
    actor: Allowed<EditSuppressions>,
    key: IdempotencyKey,
    body: ApiJson<NewSuppression>,
) -> Result<HttpResponse, Problem> {
    let actor = actor.into_actor();
    let (scope, now) = (actor.idempotency_scope(), actor.now);
    once(&core.db, scope, key, body.fingerprint, now, move |conn| {
        let made = keep::add(conn, &actor, &body.value.address, &body.value.note)?;
        Answer::ok(&made)
    })
    .await
}

/// The addresses that are not written to, by address.
#[utoipa::path(tag = "suppressions",
    params(("partnership" = String, Path, description = "Partnership id or slug"), PageQuery),
    responses((status = 200, body = Page<Suppression>)),
    extensions(("x-permission" = json!("suppression.see"))))]
#[get("/partnerships/{partnership}/suppressions")]
async fn list(
    core: web::Data<Core>,
    actor: Allowed<SeeSuppressions>,
    query: ApiQuery<PageQuery>,
) -> Result<HttpResponse, Problem> {
    let (limit, after) = (query.0.limit()?, query.0.after()?);
    let tenant = actor.tenant().to_string();
    let rows = core
        .db
        .read(move |conn| store::list(conn, &tenant, after.as_deref(), limit + 1))
        .await?;
    Ok(HttpResponse::Ok().json(Page::cut(rows, limit, |s| s.address_key.clone())))
}

/// Lets an address be written to again.
#[utoipa::path(tag = "suppressions",
    params(("partnership" = String, Path, description = "Partnership id or slug"),
           ("address" = String, Path, description = "The address")),
    responses((status = 204), (status = 404, body = ProblemBody)),
    extensions(("x-permission" = json!("suppression.edit"))))]
#[delete("/partnerships/{partnership}/suppressions/{address}")]
async fn remove(
    core: web::Data<Core>,
    actor: Allowed<EditSuppressions>,
    path: web::Path<(String, String)>,
) -> Result<HttpResponse, Problem> {
    let actor = actor.into_actor();
    let address = path.into_inner().1;
    core.db
        .write(move |conn| keep::remove(conn, &actor, &address))
        .await?;
    Ok(HttpResponse::NoContent().finish())
}

/// Adds the operations.
pub(crate) fn routes(cfg: &mut utoipa_actix_web::service_config::ServiceConfig) {
    cfg.service(create).service(list).service(remove);
}
