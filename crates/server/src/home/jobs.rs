use actix_web::http::StatusCode;
use actix_web::{HttpRequest, HttpResponse, get, post, web};
use backbone_identity::{Actor, Allowed, Core, page};
use backbone_jobs::{JobId, JobState, retry_dead};
use backbone_web::{
    Answer, ApiJson, ApiQuery, Args, IdempotencyKey, Page, PageQuery, Problem, ProblemBody, once,
};
use serde::Deserialize;
use serde_json::json;

use super::policy::{RetryJobs, SeeJobs};

/// Which jobs to list.
#[derive(Deserialize, utoipa::IntoParams)]
#[into_params(parameter_in = Query)]
pub struct JobQuery {
    /// `waiting`, `running`, `done` or `dead`.
    state: Option<JobState>,
}

/// Work of this partnership that waits, runs, is done or was given up.
#[utoipa::path(tag = "jobs", params(("partnership" = String, Path, description = "Partnership id or slug"), JobQuery, PageQuery),
    responses((status = 200, description = "A page of jobs"), (status = 403, body = ProblemBody)),
    extensions(("x-permission" = json!("job.see"))))]
#[get("/partnerships/{partnership}/jobs")]
pub async fn list(
    core: web::Data<Core>,
    actor: Allowed<SeeJobs>,
    which: ApiQuery<JobQuery>,
    query: ApiQuery<PageQuery>,
) -> Result<HttpResponse, Problem> {
    let (limit, after, state) = (query.0.limit()?, query.0.after()?, which.0.state);
    let tenant = actor.tenant().to_string();
    let rows = core
        .db
        .read(move |c| backbone_jobs::list(c, &tenant, state, after.as_deref(), limit + 1))
        .await?;
    Ok(HttpResponse::Ok().json(Page::cut(rows, limit, |j| j.id.to_string())))
}

/// Has a job that was given up tried again, with fresh attempts.
#[utoipa::path(tag = "jobs", params(("partnership" = String, Path, description = "Partnership id or slug"), ("id" = JobId, Path, description = "The job"),
        ("Idempotency-Key" = Option<String>, Header, description = "Makes a repeat of this request harmless")),
    responses((status = 200, description = "It waits to be run"), (status = 404, body = ProblemBody)),
    extensions(("x-permission" = json!("job.retry"))))]
#[post("/partnerships/{partnership}/jobs/{id}/retry")]
pub async fn retry(
    core: web::Data<Core>,
    actor: Allowed<RetryJobs>,
    path: web::Path<(String, String)>,
    key: IdempotencyKey,
    body: ApiJson<serde_json::Value>,
) -> Result<HttpResponse, Problem> {
    let id = JobId::parse(&path.1).map_err(|_| Problem::not_found())?;
    let (actor, db) = (actor.into_actor(), core.db.clone());
    let (scope, now) = (actor.idempotency_scope(), actor.now);
    let answer = once(&db, scope, key, body.fingerprint, now, move |conn| {
        revive(conn, &actor, &id)?;
        Answer::ok(&json!({"state": "waiting"}))
    })
    .await?;
    core.wake_jobs();
    Ok(answer)
}

#[get("/p/{partnership}/jobs")]
pub async fn show(
    core: web::Data<Core>,
    req: HttpRequest,
    actor: Allowed<SeeJobs>,
) -> Result<HttpResponse, Problem> {
    let tenant = actor.tenant().to_string();
    let (dead, recent) = core
        .db
        .read(move |c| {
            let dead = backbone_jobs::dead(c, &tenant, 100)?;
            Ok::<_, Problem>((dead, backbone_jobs::list(c, &tenant, None, None, 50)?))
        })
        .await?;
    let shell = page::shell(
        &core,
        &req,
        &actor,
        "settings",
        core.renderer.text(actor.lang, "jobs-title", &Args::new()),
    );
    let data = json!({"slug": actor.partnership.slug, "dead": dead, "recent": recent.iter().map(|j| json!({
        "kind": j.kind,
        "state_label": core.renderer.text(actor.lang, &format!("job-state-{}", j.state), &Args::new()),
        "attempts": j.attempts,
        "run_at": j.run_at,
    })).collect::<Vec<_>>()});
    page::html(&core, StatusCode::OK, "server/jobs", &shell, &data)
}

#[post("/p/{partnership}/jobs/{id}/retry")]
pub async fn retry_form(
    core: web::Data<Core>,
    actor: Allowed<RetryJobs>,
    path: web::Path<(String, String)>,
) -> Result<HttpResponse, Problem> {
    let id = JobId::parse(&path.1).map_err(|_| Problem::not_found())?;
    let back = format!("/p/{}/jobs", actor.partnership.slug);
    let actor = actor.into_actor();
    core.db.write(move |conn| revive(conn, &actor, &id)).await?;
    core.wake_jobs();
    Ok(page::see_other(&back, "jobs-retried"))
}

fn revive(conn: &mut backbone_db::Conn, actor: &Actor, id: &JobId) -> Result<(), Problem> {
    use backbone_events::{NewEvent, Object, append};
    if !retry_dead(conn, actor.tenant(), id, actor.now)? {
        return Err(Problem::not_found());
    }
    append(
        conn,
        actor.tenant(),
        &actor.by(),
        NewEvent::new("job.retried", Object::new("job", id)),
    )?;
    Ok(())
}
