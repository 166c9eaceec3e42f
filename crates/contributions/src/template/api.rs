use actix_web::{HttpResponse, delete, get, post, web};
use backbone_identity::{Allowed, Core};
use backbone_web::{Answer, ApiJson, IdempotencyKey, Problem, ProblemBody, once};

use super::{NewTemplate, Template, TemplateId, keep};
use crate::policy::LogContribution;

/// The caller's own templates, by name.
#[utoipa::path(tag = "contributions",
    params(("partnership" = String, Path, description = "Partnership id or slug")),
    responses((status = 200, body = Vec<Template>)),
    extensions(("x-permission" = json!("contribution.log"))))]
#[get("/partnerships/{partnership}/contribution-templates")]
async fn list(
    core: web::Data<Core>,
    actor: Allowed<LogContribution>,
) -> Result<HttpResponse, Problem> {
    let actor = actor.into_actor();
    let mine = core.db.read(move |conn| keep::mine(conn, &actor)).await?;
    Ok(HttpResponse::Ok().json(mine))
}

/// Keeps what was given as a template of the caller's own.
#[utoipa::path(tag = "contributions", request_body = NewTemplate,
    params(("partnership" = String, Path, description = "Partnership id or slug"),
           ("Idempotency-Key" = Option<String>, Header, description = "Makes a repeat of this request harmless")),
    responses((status = 201, body = Template), (status = 404, body = ProblemBody), (status = 422, body = ProblemBody)),
    extensions(("x-permission" = json!("contribution.log"))))]
#[post("/partnerships/{partnership}/contribution-templates")]
async fn create(
    core: web::Data<Core>,
    actor: Allowed<LogContribution>,
    key: IdempotencyKey,
    body: ApiJson<NewTemplate>,
) -> Result<HttpResponse, Problem> {
    let actor = actor.into_actor();
    let (scope, now) = (actor.idempotency_scope(), actor.now);
    once(&core.db, scope, key, body.fingerprint, now, move |conn| {
        let made = keep::keep(conn, &actor, &body.value)?;
        let tenant = actor.tenant();
        Answer::created(
            format!(
                "/api/v1/partnerships/{tenant}/contribution-templates/{}",
                made.id
            ),
            &made,
        )
    })
    .await
}

/// Removes a template of the caller's own.
#[utoipa::path(tag = "contributions",
    params(("partnership" = String, Path, description = "Partnership id or slug"), ("template" = TemplateId, Path, description = "The template")),
    responses((status = 204, description = "It is gone"), (status = 404, body = ProblemBody)),
    extensions(("x-permission" = json!("contribution.log"))))]
#[delete("/partnerships/{partnership}/contribution-templates/{template}")]
async fn remove(
    core: web::Data<Core>,
    actor: Allowed<LogContribution>,
    path: web::Path<(String, String)>,
) -> Result<HttpResponse, Problem> {
    let id = TemplateId::parse(&path.1).map_err(|_| Problem::not_found())?;
    let actor = actor.into_actor();
    core.db
        .write(move |conn| keep::remove(conn, &actor, &id).map_err(Problem::from))
        .await?;
    Ok(HttpResponse::NoContent().finish())
}

/// Mounts the doors.
pub(crate) fn mount(cfg: &mut utoipa_actix_web::service_config::ServiceConfig) {
    cfg.service(list).service(create).service(remove);
}
