//! Scorecards as JSON.

use actix_web::http::header::{CACHE_CONTROL, ETAG};
use actix_web::{HttpRequest, HttpResponse, delete, get, patch, post, web};
use backbone_identity::{Actor, Allowed, Core};
use backbone_web::{
    Answer, ApiJson, IdempotencyKey, IfMatch, Page, Problem, ProblemBody, etag, once,
};
use utoipa_actix_web::service_config::ServiceConfig;

use super::compute::{self, Computed};
use super::manage::{self, Addition, NewScorecard, ScorecardChange};
use super::{Scorecard, ScorecardId, store};
use crate::clock;
use crate::error::Error;
use crate::metric::MetricId;
use crate::metric::api::public_only;
use crate::policy::{ManageMetrics, SeeScorecard};

pub(crate) fn configure(cfg: &mut ServiceConfig) {
    cfg.service(list)
        .service(make)
        .service(get_one)
        .service(change)
        .service(retire)
        .service(add)
        .service(remove);
}

/// Names what this actor would see of a scorecard now. It changes with every write that a scorecard can show, at midnight (then
/// figures fall due), and between those who see all and those who see what is public. Making it costs one row.
pub(super) fn tag(conn: &mut backbone_db::Conn, actor: &Actor) -> Result<String, Problem> {
    let version = clock::version(conn, actor.tenant())?;
    let day = actor.now.date_in(&actor.partnership.zone());
    let view = if public_only(actor) { "p" } else { "m" };
    Ok(format!("{version}-{day}-{view}"))
}

/// Lists the scorecards.
#[utoipa::path(tag = "metrics", params(("partnership" = String, Path, description = "Partnership id or slug")),
    responses((status = 200, body = Page<Scorecard>)), extensions(("x-permission" = json!("scorecard.see"))))]
#[get("/partnerships/{partnership}/scorecards")]
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

/// Makes a scorecard.
#[utoipa::path(tag = "metrics", request_body = NewScorecard,
    params(("partnership" = String, Path, description = "Partnership id or slug"),
           ("Idempotency-Key" = Option<String>, Header, description = "Makes a repeat of this request harmless")),
    responses((status = 201, body = Scorecard), (status = 422, body = ProblemBody)),
    extensions(("x-permission" = json!("metric.manage"))))]
#[post("/partnerships/{partnership}/scorecards")]
async fn make(
    core: web::Data<Core>,
    actor: Allowed<ManageMetrics>,
    key: IdempotencyKey,
    body: ApiJson<NewScorecard>,
) -> Result<HttpResponse, Problem> {
    let actor = actor.into_actor();
    let (scope, now) = (actor.idempotency_scope(), actor.now);
    once(&core.db, scope, key, body.fingerprint, now, move |conn| {
        let made = manage::make(conn, &actor, &body.value)?;
        let place = format!(
            "/api/v1/partnerships/{}/scorecards/{}",
            actor.partnership.id, made.id
        );
        Answer::created(place, &made)
    })
    .await
}

/// Shows how a scorecard stands. Send the ETag back as `If-None-Match`: while nothing changed, the answer is 304.
#[utoipa::path(tag = "metrics",
    params(("partnership" = String, Path, description = "Partnership id or slug"), ("scorecard" = String, Path, description = "Scorecard id, or `first`")),
    responses((status = 200, body = Computed), (status = 304), (status = 404, body = ProblemBody)),
    extensions(("x-permission" = json!("scorecard.see"))))]
#[get("/partnerships/{partnership}/scorecards/{scorecard}")]
async fn get_one(
    core: web::Data<Core>,
    req: HttpRequest,
    actor: Allowed<SeeScorecard>,
    path: web::Path<(String, String)>,
) -> Result<HttpResponse, Problem> {
    let actor = actor.into_actor();
    let wanted = match path.1.as_str() {
        "first" => None,
        id => Some(crate::path_id::<ScorecardId>(id)?),
    };
    let seen = req.clone();
    let known: Vec<String> = seen
        .headers()
        .get(actix_web::http::header::IF_NONE_MATCH)
        .and_then(|v| v.to_str().ok())
        .map(|v| {
            v.split(',')
                .map(|t| {
                    t.trim()
                        .trim_start_matches("W/")
                        .trim_matches('"')
                        .to_string()
                })
                .collect()
        })
        .unwrap_or_default();
    let (tag, computed) = core
        .db
        .read(move |conn| {
            let tag = tag(conn, &actor)?;
            if known.contains(&tag) {
                return Ok::<_, Problem>((tag, None));
            }
            let scorecard = match &wanted {
                Some(id) => store::find(conn, actor.tenant(), id)?,
                None => store::list(conn, actor.tenant())?.into_iter().next(),
            };
            let scorecard = scorecard.ok_or(Error::NotFound)?;
            let today = actor.now.date_in(&actor.partnership.zone());
            let only = public_only(&actor);
            let computed = compute::compute(conn, actor.tenant(), &scorecard, today, only)?;
            Ok((tag, Some(computed)))
        })
        .await?;
    let mut answer = match &computed {
        None => HttpResponse::NotModified(),
        Some(_) => HttpResponse::Ok(),
    };
    answer
        .insert_header((ETAG, format!("\"{tag}\"")))
        .insert_header((CACHE_CONTROL, "private, no-cache"));
    Ok(match computed {
        None => answer.finish(),
        Some(computed) => answer.json(computed),
    })
}

/// Renames a scorecard, sets its budget, or orders its metrics. Its version is the field `version`.
#[utoipa::path(tag = "metrics", request_body = ScorecardChange,
    params(("partnership" = String, Path, description = "Partnership id or slug"), ("scorecard" = String, Path, description = "Scorecard id"),
           ("If-Match" = String, Header, description = "The version that is changed")),
    responses((status = 200, body = Scorecard), (status = 409, body = ProblemBody), (status = 412, body = ProblemBody)),
    extensions(("x-permission" = json!("metric.manage"))))]
#[patch("/partnerships/{partnership}/scorecards/{scorecard}")]
async fn change(
    core: web::Data<Core>,
    actor: Allowed<ManageMetrics>,
    path: web::Path<(String, String)>,
    seen: IfMatch,
    body: ApiJson<ScorecardChange>,
) -> Result<HttpResponse, Problem> {
    let actor = actor.into_actor();
    let id = crate::path_id::<ScorecardId>(&path.1)?;
    let made = core
        .db
        .write(move |conn| {
            manage::change(conn, &actor, &id, seen, &body.value).map_err(Problem::from)
        })
        .await?;
    Ok(etag::ok(made.version).json(made))
}

/// Retires a scorecard; its metrics and their measurements stay.
#[utoipa::path(tag = "metrics",
    params(("partnership" = String, Path, description = "Partnership id or slug"), ("scorecard" = String, Path, description = "Scorecard id"),
           ("If-Match" = String, Header, description = "The version that is retired: the field `version`")),
    responses((status = 204), (status = 409, body = ProblemBody), (status = 412, body = ProblemBody)),
    extensions(("x-permission" = json!("metric.manage"))))]
#[delete("/partnerships/{partnership}/scorecards/{scorecard}")]
async fn retire(
    core: web::Data<Core>,
    actor: Allowed<ManageMetrics>,
    path: web::Path<(String, String)>,
    seen: IfMatch,
) -> Result<HttpResponse, Problem> {
    let actor = actor.into_actor();
    let id = crate::path_id::<ScorecardId>(&path.1)?;
    core.db
        .write(move |conn| manage::retire(conn, &actor, &id, seen).map_err(Problem::from))
        .await?;
    Ok(HttpResponse::NoContent().finish())
}

/// Puts a metric on a scorecard; with `instead_of` it takes another one's place in the same step.
#[utoipa::path(tag = "metrics", request_body = Addition,
    params(("partnership" = String, Path, description = "Partnership id or slug"), ("scorecard" = String, Path, description = "Scorecard id"),
           ("Idempotency-Key" = Option<String>, Header, description = "Makes a repeat of this request harmless")),
    responses((status = 200, body = Scorecard), (status = 409, body = ProblemBody)),
    extensions(("x-permission" = json!("metric.manage"))))]
#[post("/partnerships/{partnership}/scorecards/{scorecard}/metrics")]
async fn add(
    core: web::Data<Core>,
    actor: Allowed<ManageMetrics>,
    path: web::Path<(String, String)>,
    key: IdempotencyKey,
    body: ApiJson<Addition>,
) -> Result<HttpResponse, Problem> {
    let actor = actor.into_actor();
    let id = crate::path_id::<ScorecardId>(&path.1)?;
    let (scope, now) = (actor.idempotency_scope(), actor.now);
    once(&core.db, scope, key, body.fingerprint, now, move |conn| {
        Answer::ok(&manage::add(conn, &actor, &id, &body.value)?)
    })
    .await
}

/// Takes a metric off a scorecard; it stays defined and measured.
#[utoipa::path(tag = "metrics",
    params(("partnership" = String, Path, description = "Partnership id or slug"), ("scorecard" = String, Path, description = "Scorecard id"),
           ("metric" = String, Path, description = "Metric id")),
    responses((status = 200, body = Scorecard), (status = 404, body = ProblemBody)),
    extensions(("x-permission" = json!("metric.manage"))))]
#[delete("/partnerships/{partnership}/scorecards/{scorecard}/metrics/{metric}")]
async fn remove(
    core: web::Data<Core>,
    actor: Allowed<ManageMetrics>,
    path: web::Path<(String, String, String)>,
) -> Result<HttpResponse, Problem> {
    let actor = actor.into_actor();
    let id = crate::path_id::<ScorecardId>(&path.1)?;
    let metric = crate::path_id::<MetricId>(&path.2)?;
    let made = core
        .db
        .write(move |conn| manage::remove(conn, &actor, &id, &metric).map_err(Problem::from))
        .await?;
    Ok(HttpResponse::Ok().json(made))
}
