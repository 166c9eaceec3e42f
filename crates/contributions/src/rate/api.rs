use actix_web::{HttpResponse, get, post, web};
use backbone_identity::{Allowed, Core};
use backbone_web::{Answer, ApiJson, IdempotencyKey, Problem, ProblemBody, once};

use super::{NewRate, Rate, set, store};
use crate::policy::{SeeRates, SetRates};

/// The rates of all roles of work, by role and newest first.
#[utoipa::path(tag = "contributions",
    params(("partnership" = String, Path, description = "Partnership id or slug")),
    responses((status = 200, body = Vec<Rate>)),
    extensions(("x-permission" = json!("rate.see"))))]
#[get("/partnerships/{partnership}/rates")]
async fn list(core: web::Data<Core>, actor: Allowed<SeeRates>) -> Result<HttpResponse, Problem> {
    let tenant = actor.tenant().to_string();
    let rates = core.db.read(move |conn| store::all(conn, &tenant)).await?;
    Ok(HttpResponse::Ok().json(rates))
}

/// Sets what an hour of a role of work is worth from a day on. Contributions logged before keep their rate.
#[utoipa::path(tag = "contributions", request_body = NewRate,
    params(("partnership" = String, Path, description = "Partnership id or slug"),
           ("Idempotency-Key" = Option<String>, Header, description = "Makes a repeat of this request harmless")),
    responses((status = 201, body = Rate), (status = 409, body = ProblemBody), (status = 422, body = ProblemBody)),
    extensions(("x-permission" = json!("rate.set"))))]
#[post("/partnerships/{partnership}/rates")]
async fn create(
    core: web::Data<Core>,
    actor: Allowed<SetRates>,
    key: IdempotencyKey,
    body: ApiJson<NewRate>,
) -> Result<HttpResponse, Problem> {
    let actor = actor.into_actor();
    let (scope, now) = (actor.idempotency_scope(), actor.now);
    once(&core.db, scope, key, body.fingerprint, now, move |conn| {
        let rate = set::set(conn, &actor, &body.value)?;
        Answer::created(
            format!("/api/v1/partnerships/{}/rates", actor.tenant()),
            &rate,
        )
    })
    .await
}

/// Mounts the doors.
pub(crate) fn mount(cfg: &mut utoipa_actix_web::service_config::ServiceConfig) {
    cfg.service(list).service(create);
}
