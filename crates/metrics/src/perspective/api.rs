//! Perspectives and objectives as JSON.

use actix_web::{HttpResponse, delete, get, patch, post, web};
use backbone_identity::{Allowed, Core};
use backbone_web::{
    Answer, ApiJson, IdempotencyKey, IfMatch, Page, Problem, ProblemBody, etag, once,
};
use utoipa_actix_web::service_config::ServiceConfig;

use super::manage::{self, NewPerspective, PerspectiveChange};
use super::objectives::{self, NewObjective, ObjectiveChange};
use super::{Objective, ObjectiveId, Perspective, PerspectiveId, store};
use crate::policy::{ManageMetrics, SeeScorecard};

pub(crate) fn configure(cfg: &mut ServiceConfig) {
    cfg.service(list)
        .service(begin)
        .service(add)
        .service(change)
        .service(remove)
        .service(list_objectives)
        .service(add_objective)
        .service(change_objective)
        .service(remove_objective);
}

/// Lists the perspectives in their order.
#[utoipa::path(tag = "metrics", params(("partnership" = String, Path, description = "Partnership id or slug")),
    responses((status = 200, body = Page<Perspective>)), extensions(("x-permission" = json!("scorecard.see"))))]
#[get("/partnerships/{partnership}/perspectives")]
async fn list(
    core: web::Data<Core>,
    actor: Allowed<SeeScorecard>,
) -> Result<HttpResponse, Problem> {
    let actor = actor.into_actor();
    let items = core
        .db
        .read(move |conn| store::list(conn, actor.tenant()))
        .await?;
    Ok(HttpResponse::Ok().json(Page {
        items,
        next_cursor: None,
    }))
}

/// Puts in the usual four perspectives, where there are none; gives those that are there.
#[utoipa::path(tag = "metrics",
    params(("partnership" = String, Path, description = "Partnership id or slug"),
           ("Idempotency-Key" = Option<String>, Header, description = "Makes a repeat of this request harmless")),
    responses((status = 200, body = Page<Perspective>)),
    extensions(("x-permission" = json!("metric.manage"))))]
#[post("/partnerships/{partnership}/perspectives/begin")]
async fn begin(
    core: web::Data<Core>,
    actor: Allowed<ManageMetrics>,
    key: IdempotencyKey,
) -> Result<HttpResponse, Problem> {
    let actor = actor.into_actor();
    let (scope, now) = (actor.idempotency_scope(), actor.now);
    once(&core.db, scope, key, "begin".into(), now, move |conn| {
        let items = manage::ensure(conn, &actor)?;
        Answer::ok(&Page {
            items,
            next_cursor: None,
        })
    })
    .await
}

/// Adds a perspective after the others.
#[utoipa::path(tag = "metrics", request_body = NewPerspective,
    params(("partnership" = String, Path, description = "Partnership id or slug"),
           ("Idempotency-Key" = Option<String>, Header, description = "Makes a repeat of this request harmless")),
    responses((status = 201, body = Perspective), (status = 422, body = ProblemBody)),
    extensions(("x-permission" = json!("metric.manage"))))]
#[post("/partnerships/{partnership}/perspectives")]
async fn add(
    core: web::Data<Core>,
    actor: Allowed<ManageMetrics>,
    key: IdempotencyKey,
    body: ApiJson<NewPerspective>,
) -> Result<HttpResponse, Problem> {
    let actor = actor.into_actor();
    let (scope, now) = (actor.idempotency_scope(), actor.now);
    once(&core.db, scope, key, body.fingerprint, now, move |conn| {
        let made = manage::add(conn, &actor, &body.value)?;
        let place = format!(
            "/api/v1/partnerships/{}/perspectives/{}",
            actor.partnership.id, made.id
        );
        Answer::created(place, &made)
    })
    .await
}

/// Renames or moves a perspective.
#[utoipa::path(tag = "metrics", request_body = PerspectiveChange,
    params(("partnership" = String, Path, description = "Partnership id or slug"),
           ("perspective" = String, Path, description = "Perspective id"),
           ("If-Match" = String, Header, description = "The version that is changed")),
    responses((status = 200, body = Perspective), (status = 412, body = ProblemBody), (status = 422, body = ProblemBody)),
    extensions(("x-permission" = json!("metric.manage"))))]
#[patch("/partnerships/{partnership}/perspectives/{perspective}")]
async fn change(
    core: web::Data<Core>,
    actor: Allowed<ManageMetrics>,
    path: web::Path<(String, String)>,
    seen: IfMatch,
    body: ApiJson<PerspectiveChange>,
) -> Result<HttpResponse, Problem> {
    let actor = actor.into_actor();
    let id = crate::path_id::<PerspectiveId>(&path.1)?;
    let made = core
        .db
        .write(move |conn| {
            manage::change(conn, &actor, &id, seen, &body.value).map_err(Problem::from)
        })
        .await?;
    Ok(etag::ok(made.version).json(made))
}

/// Removes a perspective that nothing stands under.
#[utoipa::path(tag = "metrics",
    params(("partnership" = String, Path, description = "Partnership id or slug"),
           ("perspective" = String, Path, description = "Perspective id"),
           ("If-Match" = String, Header, description = "The version that is removed")),
    responses((status = 204), (status = 409, body = ProblemBody)),
    extensions(("x-permission" = json!("metric.manage"))))]
#[delete("/partnerships/{partnership}/perspectives/{perspective}")]
async fn remove(
    core: web::Data<Core>,
    actor: Allowed<ManageMetrics>,
    path: web::Path<(String, String)>,
    seen: IfMatch,
) -> Result<HttpResponse, Problem> {
    let actor = actor.into_actor();
    let id = crate::path_id::<PerspectiveId>(&path.1)?;
    core.db
        .write(move |conn| manage::remove(conn, &actor, &id, seen).map_err(Problem::from))
        .await?;
    Ok(HttpResponse::NoContent().finish())
}

/// Lists the objectives of all perspectives.
#[utoipa::path(tag = "metrics", params(("partnership" = String, Path, description = "Partnership id or slug")),
    responses((status = 200, body = Page<Objective>)), extensions(("x-permission" = json!("scorecard.see"))))]
#[get("/partnerships/{partnership}/objectives")]
async fn list_objectives(
    core: web::Data<Core>,
    actor: Allowed<SeeScorecard>,
) -> Result<HttpResponse, Problem> {
    let actor = actor.into_actor();
    let items = core
        .db
        .read(move |conn| store::objectives(conn, actor.tenant()))
        .await?;
    Ok(HttpResponse::Ok().json(Page {
        items,
        next_cursor: None,
    }))
}

/// Adds an objective to a perspective.
#[utoipa::path(tag = "metrics", request_body = NewObjective,
    params(("partnership" = String, Path, description = "Partnership id or slug"),
           ("Idempotency-Key" = Option<String>, Header, description = "Makes a repeat of this request harmless")),
    responses((status = 201, body = Objective), (status = 422, body = ProblemBody)),
    extensions(("x-permission" = json!("metric.manage"))))]
#[post("/partnerships/{partnership}/objectives")]
async fn add_objective(
    core: web::Data<Core>,
    actor: Allowed<ManageMetrics>,
    key: IdempotencyKey,
    body: ApiJson<NewObjective>,
) -> Result<HttpResponse, Problem> {
    let actor = actor.into_actor();
    let (scope, now) = (actor.idempotency_scope(), actor.now);
    once(&core.db, scope, key, body.fingerprint, now, move |conn| {
        let made = objectives::add_objective(conn, &actor, &body.value)?;
        let place = format!("/api/v1/partnerships/{}/objectives", actor.partnership.id);
        Answer::created(place, &made)
    })
    .await
}

/// Renames or moves an objective within its perspective.
#[utoipa::path(tag = "metrics", request_body = ObjectiveChange,
    params(("partnership" = String, Path, description = "Partnership id or slug"),
           ("objective" = String, Path, description = "Objective id"),
           ("If-Match" = String, Header, description = "The version that is changed")),
    responses((status = 200, body = Objective), (status = 412, body = ProblemBody), (status = 422, body = ProblemBody)),
    extensions(("x-permission" = json!("metric.manage"))))]
#[patch("/partnerships/{partnership}/objectives/{objective}")]
async fn change_objective(
    core: web::Data<Core>,
    actor: Allowed<ManageMetrics>,
    path: web::Path<(String, String)>,
    seen: IfMatch,
    body: ApiJson<ObjectiveChange>,
) -> Result<HttpResponse, Problem> {
    let actor = actor.into_actor();
    let id = crate::path_id::<ObjectiveId>(&path.1)?;
    let made = core
        .db
        .write(move |conn| {
            objectives::change_objective(conn, &actor, &id, seen, &body.value)
                .map_err(Problem::from)
        })
        .await?;
    Ok(etag::ok(made.version).json(made))
}

/// Removes an objective that no metric names.
#[utoipa::path(tag = "metrics",
    params(("partnership" = String, Path, description = "Partnership id or slug"),
           ("objective" = String, Path, description = "Objective id"),
           ("If-Match" = String, Header, description = "The version that is removed")),
    responses((status = 204), (status = 409, body = ProblemBody)),
    extensions(("x-permission" = json!("metric.manage"))))]
#[delete("/partnerships/{partnership}/objectives/{objective}")]
async fn remove_objective(
    core: web::Data<Core>,
    actor: Allowed<ManageMetrics>,
    path: web::Path<(String, String)>,
    seen: IfMatch,
) -> Result<HttpResponse, Problem> {
    let actor = actor.into_actor();
    let id = crate::path_id::<ObjectiveId>(&path.1)?;
    core.db
        .write(move |conn| {
            objectives::remove_objective(conn, &actor, &id, seen).map_err(Problem::from)
        })
        .await?;
    Ok(HttpResponse::NoContent().finish())
}
