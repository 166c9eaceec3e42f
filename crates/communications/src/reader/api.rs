//! JSON doors of what readers received.

use actix_web::{HttpResponse, get, post, web};
use backbone_identity::{Actor, Allowed, Core, directory};
use backbone_web::{Answer, IdempotencyKey, Problem, ProblemBody, once};
use serde_json::json;

use super::end;
use super::received::{self, Received};
use crate::campaign::CampaignId;
use crate::delivery::DeliveryId;
use crate::error::Error;
use crate::policy::{EditCampaigns, SeeReceived};

/// What the signed-in person received from the partnership by mail, with what changed since, and what they asked.
#[utoipa::path(tag = "campaigns",
    params(("partnership" = String, Path, description = "Partnership id or slug")),
    responses((status = 200, body = Received), (status = 403, body = ProblemBody)),
    extensions(("x-permission" = json!("received.see"))))]
#[get("/partnerships/{partnership}/received")]
async fn list(core: web::Data<Core>, actor: Allowed<SeeReceived>) -> Result<HttpResponse, Problem> {
    Ok(HttpResponse::Ok().json(own(&core, &actor).await?))
}

/// What a member received: nothing for a program, which has no address.
pub(super) async fn own(core: &web::Data<Core>, actor: &Actor) -> Result<Received, Problem> {
    let (held, tenant, person) = (
        core.clone(),
        actor.tenant().to_string(),
        actor.person_id.clone(),
    );
    core.db
        .read(move |conn| {
            let me = match person {
                Some(person) => directory::member(conn, &tenant, &person)?,
                None => None,
            };
            match me {
                Some(me) => received::of(conn, &tenant, &me.email, &held.settings.secret)
                    .map_err(Problem::from),
                None => Ok(Received {
                    stories: Vec::new(),
                    questions: Vec::new(),
                }),
            }
        })
        .await
}

/// Ends the personal links in every mail that this recipient got until now.
#[utoipa::path(tag = "campaigns",
    params(("partnership" = String, Path, description = "Partnership id or slug"), ("campaign" = String, Path, description = "Campaign id"),
           ("delivery" = String, Path, description = "Delivery id"),
           ("Idempotency-Key" = Option<String>, Header, description = "Makes a repeat of this request harmless")),
    responses((status = 200, description = "The links do not hold any more"), (status = 404, body = ProblemBody)),
    extensions(("x-permission" = json!("campaign.edit"))))]
#[post("/partnerships/{partnership}/campaigns/{campaign}/deliveries/{delivery}/end-links")]
async fn end_links(
    core: web::Data<Core>,
    actor: Allowed<EditCampaigns>,
    path: web::Path<(String, String, String)>,
    key: IdempotencyKey,
) -> Result<HttpResponse, Problem> {
    let (actor, campaign, id) = (actor.into_actor(), campaign(&path.1)?, delivery(&path.2)?);
    let (scope, now) = (actor.idempotency_scope(), actor.now);
    let fingerprint = format!("end links {id}");
    once(&core.db, scope, key, fingerprint, now, move |conn| {
        end::by_staff(conn, &actor, &campaign, &id)?;
        Answer::ok(&json!({"ended_at": now})).map_err(Error::Seen)
    })
    .await
}

pub(super) fn campaign(text: &str) -> Result<CampaignId, Problem> {
    CampaignId::parse(text).map_err(|_| Problem::not_found())
}

pub(super) fn delivery(text: &str) -> Result<DeliveryId, Problem> {
    DeliveryId::parse(text).map_err(|_| Problem::not_found())
}

/// Adds the operations.
pub(crate) fn routes(cfg: &mut utoipa_actix_web::service_config::ServiceConfig) {
    cfg.service(list).service(end_links);
}
