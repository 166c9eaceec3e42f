use actix_web::{HttpResponse, get, post, web};
use backbone_identity::{Allowed, Core};
use backbone_web::{
    Answer, ApiJson, ApiQuery, IdempotencyKey, Page, PageQuery, Problem, ProblemBody, once,
};
use serde::Serialize;
use utoipa::ToSchema;

use super::{NewRequest, Request, RequestId, ask, store};
use crate::policy::{AskForContributions, SeeRequests};

/// How many were reminded.
#[derive(Debug, Serialize, ToSchema)]
pub struct Reminded {
    /// People.
    pub people: usize,
}

/// Asks organizations to log what they gave; each contributor gets a link by mail.
#[utoipa::path(tag = "contributions", request_body = NewRequest,
    params(("partnership" = String, Path, description = "Partnership id or slug"),
           ("Idempotency-Key" = Option<String>, Header, description = "Makes a repeat of this request harmless")),
    responses((status = 201, body = Request), (status = 422, body = ProblemBody)),
    extensions(("x-permission" = json!("contribution_request.ask"))))]
#[post("/partnerships/{partnership}/contribution-requests")]
async fn create(
    core: web::Data<Core>,
    actor: Allowed<AskForContributions>,
    key: IdempotencyKey,
    body: ApiJson<NewRequest>,
) -> Result<HttpResponse, Problem> {
    let actor = actor.into_actor();
    let (scope, now) = (actor.idempotency_scope(), actor.now);
    let answer = once(&core.db, scope, key, body.fingerprint, now, move |conn| {
        let request = ask::ask(conn, &actor, &body.value)?;
        let tenant = actor.tenant();
        Answer::created(
            format!("/api/v1/partnerships/{tenant}/contribution-requests"),
            &request,
        )
    })
    .await;
    core.wake_jobs();
    answer
}

/// Requests, the newest first, with who was asked and who answered.
#[utoipa::path(tag = "contributions",
    params(("partnership" = String, Path, description = "Partnership id or slug"), PageQuery),
    responses((status = 200, body = Page<Request>)),
    extensions(("x-permission" = json!("contribution_request.see"))))]
#[get("/partnerships/{partnership}/contribution-requests")]
async fn list(
    core: web::Data<Core>,
    actor: Allowed<SeeRequests>,
    query: ApiQuery<PageQuery>,
) -> Result<HttpResponse, Problem> {
    let limit = query.0.limit()?;
    let before: Option<RequestId> = match query.0.after()? {
        Some(key) => Some(
            key.parse()
                .map_err(|_| Problem::bad_request("invalid-cursor"))?,
        ),
        None => None,
    };
    let tenant = actor.tenant().to_string();
    let found = core
        .db
        .read(move |conn| store::list(conn, &tenant, before.as_ref(), limit + 1))
        .await?;
    Ok(HttpResponse::Ok().json(Page::cut(found, limit, |r| r.id.to_string())))
}

/// Reminds those whose organization has not answered.
#[utoipa::path(tag = "contributions",
    params(("partnership" = String, Path, description = "Partnership id or slug"),
           ("request" = String, Path, description = "Request id"),
           ("Idempotency-Key" = Option<String>, Header, description = "Makes a repeat of this request harmless")),
    responses((status = 200, body = Reminded), (status = 404, body = ProblemBody)),
    extensions(("x-permission" = json!("contribution_request.ask"))))]
#[post("/partnerships/{partnership}/contribution-requests/{request}/remind")]
async fn remind(
    core: web::Data<Core>,
    actor: Allowed<AskForContributions>,
    path: web::Path<(String, String)>,
    key: IdempotencyKey,
    body: ApiJson<serde_json::Value>,
) -> Result<HttpResponse, Problem> {
    let actor = actor.into_actor();
    let id: RequestId = path.1.parse().map_err(|_| Problem::not_found())?;
    let (scope, now) = (actor.idempotency_scope(), actor.now);
    let answer = once(&core.db, scope, key, body.fingerprint, now, move |conn| {
        let people = ask::remind(conn, &actor, &id)?;
        Answer::ok(&Reminded { people })
    })
    .await;
    core.wake_jobs();
    answer
}

/// Mounts the doors.
pub(crate) fn mount(cfg: &mut utoipa_actix_web::service_config::ServiceConfig) {
    cfg.service(create).service(list).service(remind);
}
