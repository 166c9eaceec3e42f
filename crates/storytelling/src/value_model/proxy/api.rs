//! The JSON door of the proxy library.

use actix_web::{HttpResponse, delete, get, patch, post, web};
use backbone_identity::{Allowed, Core};
use backbone_web::Problem;
use backbone_web::etag::{self, IfMatch};
use backbone_web::idempotency::{Answer, IdempotencyKey, once};
use backbone_web::json::{ApiJson, ApiQuery};
use backbone_web::pagination::{Page, PageQuery};
use backbone_web::problem::ProblemBody;

use super::super::error::Error;
use super::{NewProxy, Proxy, ValueProxyId, store};
use crate::policy::{EditProxies, SeeValueModels};

pub(in super::super) fn routes(cfg: &mut utoipa_actix_web::service_config::ServiceConfig) {
    cfg.service(list)
        .service(add)
        .service(read)
        .service(change)
        .service(remove);
}

pub(super) fn proxy_id(text: &str) -> Result<ValueProxyId, Problem> {
    ValueProxyId::parse(text).map_err(|_| Problem::not_found())
}

/// Lists the financial proxies of the library.
#[utoipa::path(tag = "value-models",
    params(("partnership" = String, Path, description = "Partnership id or slug"), PageQuery),
    responses((status = 200, body = Page<Proxy>)),
    extensions(("x-permission" = json!("value_model.see"))))]
#[get("/partnerships/{partnership}/value-proxies")]
async fn list(
    core: web::Data<Core>,
    actor: Allowed<SeeValueModels>,
    query: ApiQuery<PageQuery>,
) -> Result<web::Json<Page<Proxy>>, Problem> {
    let (limit, after) = (query.0.limit()?, query.0.after()?);
    let tenant = actor.tenant().to_owned();
    let found = core
        .db
        .read(move |conn| store::list(conn, &tenant, after.as_deref(), limit + 1))
        .await?;
    Ok(web::Json(Page::cut(found, limit, |x| x.id.to_string())))
}

/// Adds a financial proxy to the library.
#[utoipa::path(tag = "value-models", request_body = NewProxy,
    params(("partnership" = String, Path, description = "Partnership id or slug"),
           ("Idempotency-Key" = Option<String>, Header, description = "Makes a repeat of this request harmless")),
    responses((status = 201, body = Proxy), (status = 422, body = ProblemBody)),
    extensions(("x-permission" = json!("proxy.edit"))))]
#[post("/partnerships/{partnership}/value-proxies")]
async fn add(
    core: web::Data<Core>,
    actor: Allowed<EditProxies>,
    key: IdempotencyKey,
    body: ApiJson<NewProxy>,
) -> Result<HttpResponse, Problem> {
    let actor = actor.into_actor();
    let (scope, now) = (actor.idempotency_scope(), actor.now);
    once(&core.db, scope, key, body.fingerprint, now, move |conn| {
        let made = super::add(conn, &actor, &body.value).map_err(Problem::from)?;
        let at = format!(
            "/api/v1/partnerships/{}/value-proxies/{}",
            actor.partnership.id, made.id
        );
        Answer::created(at, &made)
    })
    .await
}

/// Reads a financial proxy.
#[utoipa::path(tag = "value-models",
    params(("partnership" = String, Path, description = "Partnership id or slug"), ("id" = String, Path, description = "Proxy")),
    responses((status = 200, body = Proxy), (status = 404, body = ProblemBody)),
    extensions(("x-permission" = json!("value_model.see"))))]
#[get("/partnerships/{partnership}/value-proxies/{id}")]
async fn read(
    core: web::Data<Core>,
    actor: Allowed<SeeValueModels>,
    path: web::Path<(String, String)>,
) -> Result<HttpResponse, Problem> {
    let (id, tenant) = (proxy_id(&path.1)?, actor.tenant().to_owned());
    let found = core
        .db
        .read(move |conn| store::find(conn, &tenant, &id)?.ok_or(Error::NotFound))
        .await?;
    Ok(etag::ok(found.version).json(found))
}

/// Changes a financial proxy. Models that used it keep the amounts they took.
#[utoipa::path(tag = "value-models", request_body = NewProxy,
    params(("partnership" = String, Path, description = "Partnership id or slug"), ("id" = String, Path, description = "Proxy"),
           ("If-Match" = String, Header, description = "The version that is changed")),
    responses((status = 200, body = Proxy), (status = 412, body = ProblemBody), (status = 422, body = ProblemBody)),
    extensions(("x-permission" = json!("proxy.edit"))))]
#[patch("/partnerships/{partnership}/value-proxies/{id}")]
async fn change(
    core: web::Data<Core>,
    actor: Allowed<EditProxies>,
    path: web::Path<(String, String)>,
    seen: IfMatch,
    body: ApiJson<NewProxy>,
) -> Result<HttpResponse, Problem> {
    let (id, actor) = (proxy_id(&path.1)?, actor.into_actor());
    let made = core
        .db
        .write(move |conn| super::change(conn, &actor, &id, seen, &body.value))
        .await?;
    Ok(etag::ok(made.version).json(made))
}

/// Takes a financial proxy out of the library.
#[utoipa::path(tag = "value-models",
    params(("partnership" = String, Path, description = "Partnership id or slug"), ("id" = String, Path, description = "Proxy"),
           ("If-Match" = String, Header, description = "The version that was seen")),
    responses((status = 204), (status = 412, body = ProblemBody)),
    extensions(("x-permission" = json!("proxy.edit"))))]
#[delete("/partnerships/{partnership}/value-proxies/{id}")]
async fn remove(
    core: web::Data<Core>,
    actor: Allowed<EditProxies>,
    path: web::Path<(String, String)>,
    seen: IfMatch,
) -> Result<HttpResponse, Problem> {
    let (id, actor) = (proxy_id(&path.1)?, actor.into_actor());
    core.db
        .write(move |conn| super::remove(conn, &actor, &id, seen))
        .await?;
    Ok(HttpResponse::NoContent().finish())
}
