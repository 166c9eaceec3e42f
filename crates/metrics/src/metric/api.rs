//! Metrics as JSON.

use actix_web::{HttpResponse, get, patch, post, put, web};
use backbone_identity::{Actor, Allowed, Core};
use backbone_web::{
    Answer, ApiJson, ApiQuery, IdempotencyKey, IfMatch, Page, PageQuery, Problem, ProblemBody,
    etag, once,
};
use serde::Deserialize;
use utoipa::{IntoParams, ToSchema};
use utoipa_actix_web::service_config::ServiceConfig;

use super::define::{self, NewMetric};
use super::{Metric, MetricId, Status, store};
use crate::error::Error;
use crate::figures::{self, Reading};
use crate::policy::{ManageMetrics, SeeMeasurements, SeeScorecard};
use crate::scorecard::compute;

pub(crate) fn configure(cfg: &mut ServiceConfig) {
    cfg.service(list)
        .service(define_one)
        .service(get_one)
        .service(edit)
        .service(set_status)
        .service(standing)
        .service(figure)
        .service(super::export::metrics);
}

/// Which metrics.
#[derive(Debug, Default, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
struct ListQuery {
    /// Only those in use, or only retired ones.
    status: Option<Status>,
    /// `next_cursor` of the page before.
    cursor: Option<String>,
    /// How many, 1 to 200; 50 when not given.
    limit: Option<i64>,
}

/// Whether the actor sees only what is marked for funders.
pub(crate) fn public_only(actor: &Actor) -> bool {
    !actor.may::<SeeMeasurements>()
}

/// A metric that the actor may see.
pub(crate) fn visible(
    conn: &mut backbone_db::Conn,
    actor: &Actor,
    id: &MetricId,
) -> Result<Metric, Error> {
    store::find(conn, actor.tenant(), id)?
        .filter(|metric| metric.public || !public_only(actor))
        .ok_or(Error::NotFound)
}

/// Lists the metrics, those defined first at the front.
#[utoipa::path(tag = "metrics", params(("partnership" = String, Path, description = "Partnership id or slug"), ListQuery),
    responses((status = 200, body = Page<Metric>)), extensions(("x-permission" = json!("scorecard.see"))))]
#[get("/partnerships/{partnership}/metrics")]
async fn list(
    core: web::Data<Core>,
    actor: Allowed<SeeScorecard>,
    query: ApiQuery<ListQuery>,
) -> Result<HttpResponse, Problem> {
    let actor = actor.into_actor();
    let page = PageQuery {
        cursor: query.0.cursor.clone(),
        limit: query.0.limit,
    };
    let (limit, after, status) = (page.limit()?, page.after()?, query.0.status);
    let items = core
        .db
        .read(move |conn| {
            let only = public_only(&actor);
            store::list(
                conn,
                actor.tenant(),
                only,
                status,
                after.as_deref(),
                limit + 1,
            )
        })
        .await?;
    Ok(HttpResponse::Ok().json(Page::cut(items, limit, |m| m.id.to_string())))
}

/// Defines a metric.
#[utoipa::path(tag = "metrics", request_body = NewMetric,
    params(("partnership" = String, Path, description = "Partnership id or slug"),
           ("Idempotency-Key" = Option<String>, Header, description = "Makes a repeat of this request harmless")),
    responses((status = 201, body = Metric), (status = 422, body = ProblemBody)),
    extensions(("x-permission" = json!("metric.manage"))))]
#[post("/partnerships/{partnership}/metrics")]
async fn define_one(
    core: web::Data<Core>,
    actor: Allowed<ManageMetrics>,
    key: IdempotencyKey,
    body: ApiJson<NewMetric>,
) -> Result<HttpResponse, Problem> {
    let actor = actor.into_actor();
    let (scope, now) = (actor.idempotency_scope(), actor.now);
    once(&core.db, scope, key, body.fingerprint, now, move |conn| {
        let made = define::define(conn, &actor, &body.value)?;
        let place = format!(
            "/api/v1/partnerships/{}/metrics/{}",
            actor.partnership.id, made.id
        );
        Answer::created(place, &made)
    })
    .await
}

/// Shows a metric.
#[utoipa::path(tag = "metrics",
    params(("partnership" = String, Path, description = "Partnership id or slug"), ("metric" = String, Path, description = "Metric id")),
    responses((status = 200, body = Metric), (status = 404, body = ProblemBody)),
    extensions(("x-permission" = json!("scorecard.see"))))]
#[get("/partnerships/{partnership}/metrics/{metric}")]
async fn get_one(
    core: web::Data<Core>,
    actor: Allowed<SeeScorecard>,
    path: web::Path<(String, String)>,
) -> Result<HttpResponse, Problem> {
    let actor = actor.into_actor();
    let id = crate::path_id::<MetricId>(&path.1)?;
    let metric = core
        .db
        .read(move |conn| visible(conn, &actor, &id).map_err(Problem::from))
        .await?;
    Ok(etag::ok(metric.version).json(metric))
}

/// Edits a metric; the body says all of what it is to be. Its measurements stay.
#[utoipa::path(tag = "metrics", request_body = NewMetric,
    params(("partnership" = String, Path, description = "Partnership id or slug"), ("metric" = String, Path, description = "Metric id"),
           ("If-Match" = String, Header, description = "The version that is changed")),
    responses((status = 200, body = Metric), (status = 412, body = ProblemBody), (status = 422, body = ProblemBody)),
    extensions(("x-permission" = json!("metric.manage"))))]
#[put("/partnerships/{partnership}/metrics/{metric}")]
async fn edit(
    core: web::Data<Core>,
    actor: Allowed<ManageMetrics>,
    path: web::Path<(String, String)>,
    seen: IfMatch,
    body: ApiJson<NewMetric>,
) -> Result<HttpResponse, Problem> {
    let actor = actor.into_actor();
    let id = crate::path_id::<MetricId>(&path.1)?;
    let metric = core
        .db
        .write(move |conn| {
            define::edit(conn, &actor, &id, seen, &body.value).map_err(Problem::from)
        })
        .await?;
    Ok(etag::ok(metric.version).json(metric))
}

/// Whether a metric is to be in use.
#[derive(Debug, Deserialize, ToSchema)]
#[schema(as = MetricStatusChange)]
struct StatusChange {
    /// `active` or `retired`.
    status: Status,
}

/// Retires a metric, which takes it off every scorecard, or takes it back into use.
#[utoipa::path(tag = "metrics", request_body = StatusChange,
    params(("partnership" = String, Path, description = "Partnership id or slug"), ("metric" = String, Path, description = "Metric id"),
           ("If-Match" = String, Header, description = "The version that is changed")),
    responses((status = 200, body = Metric), (status = 412, body = ProblemBody)),
    extensions(("x-permission" = json!("metric.manage"))))]
#[patch("/partnerships/{partnership}/metrics/{metric}")]
async fn set_status(
    core: web::Data<Core>,
    actor: Allowed<ManageMetrics>,
    path: web::Path<(String, String)>,
    seen: IfMatch,
    body: ApiJson<StatusChange>,
) -> Result<HttpResponse, Problem> {
    let actor = actor.into_actor();
    let id = crate::path_id::<MetricId>(&path.1)?;
    let metric = core
        .db
        .write(move |conn| {
            define::set_status(conn, &actor, &id, seen, body.value.status).map_err(Problem::from)
        })
        .await?;
    Ok(etag::ok(metric.version).json(metric))
}

/// How a metric stands: latest figure, target's path, trend, freshness, last twelve figures.
#[utoipa::path(tag = "metrics",
    params(("partnership" = String, Path, description = "Partnership id or slug"), ("metric" = String, Path, description = "Metric id")),
    responses((status = 200, body = compute::Row), (status = 404, body = ProblemBody)),
    extensions(("x-permission" = json!("scorecard.see"))))]
#[get("/partnerships/{partnership}/metrics/{metric}/standing")]
async fn standing(
    core: web::Data<Core>,
    actor: Allowed<SeeScorecard>,
    path: web::Path<(String, String)>,
) -> Result<HttpResponse, Problem> {
    let actor = actor.into_actor();
    let id = crate::path_id::<MetricId>(&path.1)?;
    let row = core
        .db
        .read(move |conn| {
            let metric = visible(conn, &actor, &id)?;
            let today = actor.now.date_in(&actor.partnership.zone());
            let row = compute::row(conn, actor.tenant(), &metric, today)?;
            Ok::<_, Problem>(row)
        })
        .await?;
    Ok(HttpResponse::Ok().json(row))
}

/// Shows a metric's figure of one period; of a longer period, combined as the metric says.
#[utoipa::path(tag = "metrics",
    params(("partnership" = String, Path, description = "Partnership id or slug"), ("metric" = String, Path, description = "Metric id"),
           ("period" = String, Path, description = "A period, such as 2026-Q3 or 2026")),
    responses((status = 200, body = Reading), (status = 404, body = ProblemBody)),
    extensions(("x-permission" = json!("scorecard.see"))))]
#[get("/partnerships/{partnership}/metrics/{metric}/figures/{period}")]
async fn figure(
    core: web::Data<Core>,
    actor: Allowed<SeeScorecard>,
    path: web::Path<(String, String, String)>,
) -> Result<HttpResponse, Problem> {
    let actor = actor.into_actor();
    let id = crate::path_id::<MetricId>(&path.1)?;
    let period = path.2.parse().map_err(|_| Problem::not_found())?;
    let reading = core
        .db
        .read(move |conn| {
            let metric = visible(conn, &actor, &id)?;
            let today = actor.now.date_in(&actor.partnership.zone());
            let reading = figures::at(conn, actor.tenant(), &metric.id, &period, today)?;
            reading.ok_or_else(Problem::not_found)
        })
        .await?;
    Ok(HttpResponse::Ok().json(reading))
}
