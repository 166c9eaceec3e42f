use actix_web::{HttpResponse, get, post, web};
use backbone_identity::{Allowed, Core};
use backbone_web::{Answer, ApiJson, IdempotencyKey, Problem, ProblemBody, once};

use super::{NewOpinion, Opinions, give};
use crate::error::Error;
use crate::policy::{GiveOpinion, SeeDecisions};
use crate::proposal::api::parse_id;
use crate::proposal::store as proposals;

/// What the people of one's own organization think of a proposal. Nobody else's is told.
#[utoipa::path(tag = "decisions",
    params(("partnership" = String, Path, description = "Partnership id or slug"), ("decision" = String, Path, description = "Decision id")),
    responses((status = 200, body = Opinions), (status = 404, body = ProblemBody)),
    extensions(("x-permission" = json!("decision.see"))))]
#[get("/partnerships/{partnership}/decisions/{decision}/opinions")]
async fn own_opinions(
    core: web::Data<Core>,
    actor: Allowed<SeeDecisions>,
    path: web::Path<(String, String)>,
) -> Result<HttpResponse, Problem> {
    let (actor, id) = (actor.into_actor(), parse_id(&path.1)?);
    let found = core
        .db
        .read(move |c| {
            let x = proposals::find(c, actor.tenant(), &id)?.ok_or(Error::NotFound)?;
            give::look(c, &actor, &x)
        })
        .await
        .map_err(|e: Error| Problem::from(e))?;
    Ok(HttpResponse::Ok().json(found))
}

/// Says what one thinks, to one's own organization, before its seat votes.
#[utoipa::path(tag = "decisions", request_body = NewOpinion,
    params(("partnership" = String, Path, description = "Partnership id or slug"), ("decision" = String, Path, description = "Decision id"),
           ("Idempotency-Key" = Option<String>, Header, description = "Makes a repeat of this request harmless")),
    responses((status = 200, body = Opinions), (status = 409, body = ProblemBody), (status = 422, body = ProblemBody)),
    extensions(("x-permission" = json!("opinion.give"))))]
#[post("/partnerships/{partnership}/decisions/{decision}/opinions")]
async fn give_opinion(
    core: web::Data<Core>,
    actor: Allowed<GiveOpinion>,
    path: web::Path<(String, String)>,
    key: IdempotencyKey,
    body: ApiJson<NewOpinion>,
) -> Result<HttpResponse, Problem> {
    let (actor, id) = (actor.into_actor(), parse_id(&path.1)?);
    let (scope, now) = (actor.idempotency_scope(), actor.now);
    once(&core.db, scope, key, body.fingerprint, now, move |conn| {
        let all = give::give(conn, &actor, &id, &body.value)?;
        Answer::ok(&all)
    })
    .await
}

/// Mounts the doors.
pub(crate) fn mount(cfg: &mut utoipa_actix_web::service_config::ServiceConfig) {
    cfg.service(own_opinions).service(give_opinion);
}
