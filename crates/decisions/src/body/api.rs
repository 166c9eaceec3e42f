use actix_web::{HttpResponse, get, patch, post, web};
use backbone_identity::{Allowed, Core};
use backbone_web::{
    Answer, ApiJson, ApiQuery, IdempotencyKey, IfMatch, Page, PageQuery, Problem, ProblemBody,
    etag, once,
};
use serde::Serialize;
use utoipa::ToSchema;

use super::{Body, BodyId, NewBody, edit, store};
use crate::error::Error;
use crate::policy::{ManageBodies, SeeDecisions};
use crate::seat::{Seat, store as seats};

/// A body with its seats.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub struct BodyDetail {
    /// The body.
    #[serde(flatten)]
    pub body: Body,
    /// Its seats, those that ended left out.
    pub seats: Vec<Seat>,
}

/// Sets a body up.
#[utoipa::path(tag = "bodies", request_body = NewBody,
    params(("partnership" = String, Path, description = "Partnership id or slug"),
           ("Idempotency-Key" = Option<String>, Header, description = "Makes a repeat of this request harmless")),
    responses((status = 201, body = Body), (status = 422, body = ProblemBody)),
    extensions(("x-permission" = json!("body.manage"))))]
#[post("/partnerships/{partnership}/bodies")]
async fn create(
    core: web::Data<Core>,
    actor: Allowed<ManageBodies>,
    key: IdempotencyKey,
    body: ApiJson<NewBody>,
) -> Result<HttpResponse, Problem> {
    let actor = actor.into_actor();
    let (scope, now) = (actor.idempotency_scope(), actor.now);
    once(&core.db, scope, key, body.fingerprint, now, move |conn| {
        let made = edit::create(conn, &actor, &body.value)?;
        let to = format!("/api/v1/partnerships/{}/bodies/{}", actor.tenant(), made.id);
        Answer::created(to, &made)
    })
    .await
}

/// Lists the bodies, in the order they were set up.
#[utoipa::path(tag = "bodies",
    params(("partnership" = String, Path, description = "Partnership id or slug"), PageQuery),
    responses((status = 200, body = Page<Body>), (status = 400, body = ProblemBody)),
    extensions(("x-permission" = json!("decision.see"))))]
#[get("/partnerships/{partnership}/bodies")]
async fn list(
    core: web::Data<Core>,
    actor: Allowed<SeeDecisions>,
    query: ApiQuery<PageQuery>,
) -> Result<HttpResponse, Problem> {
    let (after, limit) = (query.0.after()?, query.0.limit()?);
    let tenant = actor.tenant().to_string();
    let found = core
        .db
        .read(move |conn| store::list(conn, &tenant, after.as_deref(), limit + 1))
        .await?;
    Ok(HttpResponse::Ok().json(Page::cut(found, limit, |b| b.id.to_string())))
}

/// One body with its seats.
#[utoipa::path(tag = "bodies",
    params(("partnership" = String, Path, description = "Partnership id or slug"), ("body" = String, Path, description = "Body id")),
    responses((status = 200, body = BodyDetail), (status = 404, body = ProblemBody)),
    extensions(("x-permission" = json!("decision.see"))))]
#[get("/partnerships/{partnership}/bodies/{body}")]
async fn get_one(
    core: web::Data<Core>,
    actor: Allowed<SeeDecisions>,
    path: web::Path<(String, String)>,
) -> Result<HttpResponse, Problem> {
    let (tenant, id) = (actor.tenant().to_string(), parse_id(&path.1)?);
    let found = core
        .db
        .read(move |conn| {
            let body = store::find(conn, &tenant, &id)?.ok_or(Error::NotFound)?;
            let seats = seats::of_body(conn, &tenant, &id)?;
            Ok::<_, Error>(BodyDetail { body, seats })
        })
        .await
        .map_err(Problem::from)?;
    Ok(etag::ok(found.body.version).json(found))
}

pub(crate) fn parse_id(text: &str) -> Result<BodyId, Problem> {
    text.parse().map_err(|_| Problem::not_found())
}

/// Changes a body; `active: false` ends it.
#[utoipa::path(tag = "bodies", request_body = NewBody,
    params(("partnership" = String, Path, description = "Partnership id or slug"), ("body" = String, Path, description = "Body id"),
           ("If-Match" = String, Header, description = "The ETag of the version that is changed")),
    responses((status = 200, body = Body), (status = 412, body = ProblemBody), (status = 422, body = ProblemBody)),
    extensions(("x-permission" = json!("body.manage"))))]
#[patch("/partnerships/{partnership}/bodies/{body}")]
async fn change(
    core: web::Data<Core>,
    actor: Allowed<ManageBodies>,
    path: web::Path<(String, String)>,
    seen: IfMatch,
    body: ApiJson<NewBody>,
) -> Result<HttpResponse, Problem> {
    let (actor, id) = (actor.into_actor(), parse_id(&path.1)?);
    let new = core
        .db
        .write(move |conn| edit::change(conn, &actor, &id, seen, &body.value))
        .await
        .map_err(|e: Error| Problem::from(e))?;
    Ok(etag::ok(new.version).json(new))
}

/// Mounts the doors.
pub(crate) fn mount(cfg: &mut utoipa_actix_web::service_config::ServiceConfig) {
    cfg.service(create)
        .service(list)
        .service(get_one)
        .service(change);
}
