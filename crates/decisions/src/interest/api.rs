use actix_web::{HttpResponse, get, post, web};
use backbone_identity::{Allowed, Core};
use backbone_web::{Answer, ApiJson, IdempotencyKey, Problem, ProblemBody, once};
use serde::Serialize;
use utoipa::ToSchema;

use super::{Interest, InterestId, NewInterest, declare, store};
use crate::policy::{DeclareInterest, SeeDecisions};

/// Declared interests.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub struct Interests {
    /// The latest first, also those that ended.
    pub items: Vec<Interest>,
}

/// The interests that were declared; all members see them.
#[utoipa::path(tag = "decisions",
    params(("partnership" = String, Path, description = "Partnership id or slug")),
    responses((status = 200, body = Interests)),
    extensions(("x-permission" = json!("decision.see"))))]
#[get("/partnerships/{partnership}/interests")]
async fn list_interests(
    core: web::Data<Core>,
    actor: Allowed<SeeDecisions>,
) -> Result<HttpResponse, Problem> {
    let tenant = actor.tenant().to_string();
    let items = core.db.read(move |c| store::all(c, &tenant)).await?;
    Ok(HttpResponse::Ok().json(Interests { items }))
}

/// Declares an interest in a topic, an organization or a decision.
#[utoipa::path(tag = "decisions", request_body = NewInterest,
    params(("partnership" = String, Path, description = "Partnership id or slug"),
           ("Idempotency-Key" = Option<String>, Header, description = "Makes a repeat of this request harmless")),
    responses((status = 201, body = Interest), (status = 422, body = ProblemBody)),
    extensions(("x-permission" = json!("interest.declare"))))]
#[post("/partnerships/{partnership}/interests")]
async fn declare_interest(
    core: web::Data<Core>,
    actor: Allowed<DeclareInterest>,
    key: IdempotencyKey,
    body: ApiJson<NewInterest>,
) -> Result<HttpResponse, Problem> {
    let actor = actor.into_actor();
    let (scope, now) = (actor.idempotency_scope(), actor.now);
    once(&core.db, scope, key, body.fingerprint, now, move |conn| {
        let made = declare::declare(conn, &actor, &body.value)?;
        let to = format!("/api/v1/partnerships/{}/interests", actor.tenant());
        Answer::created(to, &made)
    })
    .await
}

/// Says that an interest no longer holds. Votes that run stay as they are.
#[utoipa::path(tag = "decisions",
    params(("partnership" = String, Path, description = "Partnership id or slug"), ("interest" = String, Path, description = "Interest id"),
           ("Idempotency-Key" = Option<String>, Header, description = "Makes a repeat of this request harmless")),
    responses((status = 200), (status = 404, body = ProblemBody), (status = 409, body = ProblemBody)),
    extensions(("x-permission" = json!("interest.declare"))))]
#[post("/partnerships/{partnership}/interests/{interest}/end")]
async fn end_interest(
    core: web::Data<Core>,
    actor: Allowed<DeclareInterest>,
    path: web::Path<(String, String)>,
    key: IdempotencyKey,
    body: ApiJson<serde_json::Value>,
) -> Result<HttpResponse, Problem> {
    let actor = actor.into_actor();
    let id: InterestId = path.1.parse().map_err(|_| Problem::not_found())?;
    let (scope, now) = (actor.idempotency_scope(), actor.now);
    once(&core.db, scope, key, body.fingerprint, now, move |conn| {
        declare::end(conn, &actor, &id)?;
        Answer::ok(&serde_json::json!({"ended": id}))
    })
    .await
}

/// Mounts the doors.
pub(crate) fn mount(cfg: &mut utoipa_actix_web::service_config::ServiceConfig) {
    cfg.service(list_interests)
        .service(declare_interest)
        .service(end_interest);
}
