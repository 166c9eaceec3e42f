//! JSON door to logging by a link from a mail: whoever has the link logs for its organization, as on its page.

use actix_web::{HttpResponse, get, post, web};
use backbone_identity::secret::hash_secret;
use backbone_identity::{Core, OrganizationId, Visitor, directory};
use backbone_web::{Answer, ApiJson, IdempotencyKey, Problem, ProblemBody, once};
use serde::Serialize;

use super::pages::{log_for, open};
use crate::contribution::{Contribution, NewContribution};
use crate::view::name_of;

/// What a link is for.
#[derive(Serialize, utoipa::ToSchema)]
pub(crate) struct LogLink {
    /// The partnership's name.
    partnership: String,
    /// The organization that is logged for.
    organization_id: OrganizationId,
    /// Its name.
    organization: String,
    /// Code of the language in which the mail was written.
    language: String,
    /// What was asked; absent when the link was given without a question.
    asked: Option<LogAsked>,
}

/// Who asked, and for when.
#[derive(Serialize, utoipa::ToSchema)]
pub(crate) struct LogAsked {
    /// Their name.
    by: String,
    /// The period.
    period: String,
    /// What they wrote.
    message: String,
}

/// Shows what a link from a mail is for.
#[utoipa::path(tag = "contributions", params(("secret" = String, Path, description = "The end of the link's address")),
    responses((status = 200, body = LogLink), (status = 404, body = ProblemBody), (status = 410, body = ProblemBody)),
    extensions(("x-permission" = json!("public"))))]
#[get("/log/{secret}")]
async fn show(
    core: web::Data<Core>,
    visitor: Visitor,
    path: web::Path<String>,
) -> Result<HttpResponse, Problem> {
    let found = core
        .db
        .read(move |conn| {
            let (link, request) = open(conn, &path, &visitor)?;
            let actor = link.actor;
            let organization_id = actor
                .organization_id
                .clone()
                .ok_or_else(Problem::not_found)?;
            let names = directory::organizations(conn, actor.tenant())?;
            Ok::<_, Problem>(LogLink {
                organization: name_of(&names, &organization_id),
                organization_id,
                language: actor.lang.code().to_string(),
                partnership: actor.partnership.name,
                asked: request.map(|r| LogAsked {
                    by: r.asked_by,
                    period: r.period.to_string(),
                    message: r.message,
                }),
            })
        })
        .await?;
    Ok(HttpResponse::Ok()
        .insert_header(("Cache-Control", "no-store"))
        .json(found))
}

/// Logs a contribution for the organization of a link from a mail.
#[utoipa::path(tag = "contributions", request_body = NewContribution,
    params(("secret" = String, Path, description = "The end of the link's address"),
           ("Idempotency-Key" = Option<String>, Header, description = "Makes a repeat of this request harmless")),
    responses((status = 201, body = Contribution), (status = 404, body = ProblemBody), (status = 410, body = ProblemBody), (status = 422, body = ProblemBody)),
    extensions(("x-permission" = json!("public"))))]
#[post("/log/{secret}/contributions")]
async fn log(
    core: web::Data<Core>,
    visitor: Visitor,
    key: IdempotencyKey,
    path: web::Path<String>,
    body: ApiJson<NewContribution>,
) -> Result<HttpResponse, Problem> {
    let secret = path.into_inner();
    let (scope, now) = (format!("log:{}", hash_secret(&secret)), visitor.now);
    once(&core.db, scope, key, body.fingerprint, now, move |conn| {
        let (made, actor) = log_for(conn, &secret, &visitor, |_, _| Ok(body.value))?;
        let place = format!(
            "/api/v1/partnerships/{}/contributions/{}",
            actor.partnership.id, made.id
        );
        Answer::created(place, &made)
    })
    .await
}

/// Mounts the operations.
pub(crate) fn mount(cfg: &mut utoipa_actix_web::service_config::ServiceConfig) {
    cfg.service(show).service(log);
}
