//! Measurements as JSON.

use actix_web::{HttpResponse, get, patch, post, web};
use backbone_db::DbError;
use backbone_identity::{Allowed, Core, OrganizationId};
use backbone_ingest::period::Period;
use backbone_web::{
    Answer, ApiJson, ApiQuery, IdempotencyKey, IfMatch, Page, PageQuery, Problem, ProblemBody,
    etag, once,
};
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};
use utoipa_actix_web::service_config::ServiceConfig;

use super::bulk::{self, BulkOptions, BulkReport, Existing};
use super::correct::{self, Correction};
use super::review::{self, Reason};
use super::{Measurement, MeasurementId, NewMeasurement, Status, Version, record, store};
use crate::error::Error;
use crate::metric::MetricId;
use crate::policy::{Measure, ReviewMeasurements, SeeMeasurements};

pub(crate) fn configure(cfg: &mut ServiceConfig) {
    cfg.service(list)
        .service(record_one)
        .service(record_many)
        .service(get_one)
        .service(correct_one)
        .service(verify)
        .service(ask)
        .service(withdraw)
        .service(answer)
        .service(restore)
        .service(history)
        .service(super::export::measurements);
}

/// Which measurements.
#[derive(Debug, Default, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
pub(super) struct ListQuery {
    /// Of one metric.
    #[param(value_type = Option<String>)]
    metric: Option<MetricId>,
    /// Of one organization.
    #[param(value_type = Option<String>)]
    organization: Option<OrganizationId>,
    /// In one state.
    status: Option<Status>,
    /// Of one period, such as `2026-Q3`.
    period: Option<String>,
    /// Only totals, without those that are broken down.
    totals: Option<bool>,
    /// `next_cursor` of the page before.
    cursor: Option<String>,
    /// How many, 1 to 200; 50 when not given.
    limit: Option<i64>,
}

impl ListQuery {
    pub(super) fn filter(&self) -> Result<store::Filter, Problem> {
        let period = self
            .period
            .as_deref()
            .map(str::parse::<Period>)
            .transpose()
            .map_err(|e| Problem::bad_request("invalid-query").arg("why", e))?;
        Ok(store::Filter {
            metric: self.metric.clone(),
            organization: self.organization.clone(),
            status: self.status,
            period,
            totals: self.totals.unwrap_or(false),
        })
    }
}

/// Lists measurements, the newest first. The ETag changes with every measurement; `If-None-Match` spares an unchanged list.
#[utoipa::path(tag = "metrics", params(("partnership" = String, Path, description = "Partnership id or slug"), ListQuery),
    responses((status = 200, body = Page<Measurement>), (status = 304, description = "Unchanged")), extensions(("x-permission" = json!("measurement.see"))))]
#[get("/partnerships/{partnership}/measurements")]
async fn list(
    core: web::Data<Core>,
    actor: Allowed<SeeMeasurements>,
    query: ApiQuery<ListQuery>,
    known: etag::Known,
) -> Result<HttpResponse, Problem> {
    let actor = actor.into_actor();
    let page = PageQuery {
        cursor: query.0.cursor.clone(),
        limit: query.0.limit,
    };
    let (limit, after, filter) = (page.limit()?, page.after()?, query.0.filter()?);
    let tenant = actor.tenant().to_owned();
    let (tag, items) = core
        .unless_known(
            format!("measurements {tenant}"),
            known,
            move |conn| Ok::<_, DbError>(format!("m{}", crate::clock::version(conn, &tenant)?)),
            move |conn| store::list(conn, actor.tenant(), &filter, after.as_deref(), limit + 1),
        )
        .await?;
    let page = items.map(|items| Page::cut(items, limit, |m| m.id.to_string()));
    Ok(etag::answer(&tag, page))
}

/// Records a measurement.
#[utoipa::path(tag = "metrics", request_body = NewMeasurement,
    params(("partnership" = String, Path, description = "Partnership id or slug"),
           ("Idempotency-Key" = Option<String>, Header, description = "Makes a repeat of this request harmless")),
    responses((status = 201, body = Measurement), (status = 409, body = ProblemBody), (status = 422, body = ProblemBody)),
    extensions(("x-permission" = json!("measurement.record"))))]
#[post("/partnerships/{partnership}/measurements")]
async fn record_one(
    core: web::Data<Core>,
    actor: Allowed<Measure>,
    key: IdempotencyKey,
    body: ApiJson<NewMeasurement>,
) -> Result<HttpResponse, Problem> {
    let actor = actor.into_actor();
    let (scope, now) = (actor.idempotency_scope(), actor.now);
    once(&core.db, scope, key, body.fingerprint, now, move |conn| {
        let made = record::record(conn, &actor, &body.value)?;
        let place = format!(
            "/api/v1/partnerships/{}/measurements/{}",
            actor.partnership.id, made.id
        );
        Answer::created(place, &made)
    })
    .await
}

/// Many measurements to record.
#[derive(Debug, Default, Deserialize, ToSchema)]
#[serde(default)]
#[schema(as = MeasurementBulkRequest)]
struct BulkRequest {
    /// At most 10,000.
    rows: Vec<NewMeasurement>,
    /// Save the rows that hold, even when others do not.
    partial: bool,
    /// What to do with a row whose measurement is there already; `refuse` when not given.
    existing: Option<Existing>,
}

/// Records up to 10,000 measurements: all or none, or with `partial` those that hold.
#[utoipa::path(tag = "metrics", request_body = BulkRequest,
    params(("partnership" = String, Path, description = "Partnership id or slug"),
           ("Idempotency-Key" = Option<String>, Header, description = "Makes a repeat of this request harmless")),
    responses((status = 200, body = BulkReport), (status = 422, body = ProblemBody)),
    extensions(("x-permission" = json!("measurement.record"))))]
#[post("/partnerships/{partnership}/measurements/bulk")]
async fn record_many(
    core: web::Data<Core>,
    actor: Allowed<Measure>,
    key: IdempotencyKey,
    body: ApiJson<BulkRequest>,
) -> Result<HttpResponse, Problem> {
    let actor = actor.into_actor();
    let (scope, now) = (actor.idempotency_scope(), actor.now);
    let options = BulkOptions {
        partial: body.value.partial,
        existing: body.value.existing.unwrap_or(Existing::Refuse),
    };
    once(&core.db, scope, key, body.fingerprint, now, move |conn| {
        Answer::ok(&bulk::bulk(conn, &actor, &body.value.rows, options)?)
    })
    .await
}

/// Shows a measurement.
#[utoipa::path(tag = "metrics",
    params(("partnership" = String, Path, description = "Partnership id or slug"), ("measurement" = String, Path, description = "Measurement id")),
    responses((status = 200, body = Measurement), (status = 404, body = ProblemBody)),
    extensions(("x-permission" = json!("measurement.see"))))]
#[get("/partnerships/{partnership}/measurements/{measurement}")]
async fn get_one(
    core: web::Data<Core>,
    actor: Allowed<SeeMeasurements>,
    path: web::Path<(String, String)>,
) -> Result<HttpResponse, Problem> {
    let actor = actor.into_actor();
    let id = crate::path_id::<MeasurementId>(&path.1)?;
    let found = core
        .db
        .read(move |conn| store::find(conn, actor.tenant(), &id))
        .await?
        .ok_or_else(Problem::not_found)?;
    Ok(etag::ok(found.version).json(found))
}

/// Corrects a measurement; what it was is kept.
#[utoipa::path(tag = "metrics", request_body = Correction,
    params(("partnership" = String, Path, description = "Partnership id or slug"), ("measurement" = String, Path, description = "Measurement id"),
           ("If-Match" = String, Header, description = "The version that is corrected")),
    responses((status = 200, body = Measurement), (status = 409, body = ProblemBody), (status = 412, body = ProblemBody), (status = 422, body = ProblemBody)),
    extensions(("x-permission" = json!("measurement.record"))))]
#[patch("/partnerships/{partnership}/measurements/{measurement}")]
async fn correct_one(
    core: web::Data<Core>,
    actor: Allowed<Measure>,
    path: web::Path<(String, String)>,
    seen: IfMatch,
    body: ApiJson<Correction>,
) -> Result<HttpResponse, Problem> {
    let actor = actor.into_actor();
    let id = crate::path_id::<MeasurementId>(&path.1)?;
    let made = core
        .db
        .write(move |conn| {
            correct::correct(conn, &actor, &id, seen, &body.value).map_err(Problem::from)
        })
        .await?;
    Ok(etag::ok(made.version).json(made))
}

/// Marks a measurement as checked.
#[utoipa::path(tag = "metrics", request_body = Reason,
    params(("partnership" = String, Path, description = "Partnership id or slug"), ("measurement" = String, Path, description = "Measurement id"),
           ("Idempotency-Key" = Option<String>, Header, description = "Makes a repeat of this request harmless"),
           ("If-Match" = Option<String>, Header, description = "The version that was checked")),
    responses((status = 200, body = Measurement), (status = 409, body = ProblemBody)),
    extensions(("x-permission" = json!("measurement.review"))))]
#[post("/partnerships/{partnership}/measurements/{measurement}/verify")]
async fn verify(
    core: web::Data<Core>,
    actor: Allowed<ReviewMeasurements>,
    path: web::Path<(String, String)>,
    key: IdempotencyKey,
    seen: IfMatch,
    body: ApiJson<Reason>,
) -> Result<HttpResponse, Problem> {
    let actor = actor.into_actor();
    let id = crate::path_id::<MeasurementId>(&path.1)?;
    let (scope, now) = (actor.idempotency_scope(), actor.now);
    once(&core.db, scope, key, body.fingerprint, now, move |conn| {
        Answer::ok(&review::verify(conn, &actor, &id, given(seen))?)
    })
    .await
}

/// Asks about a measurement; it still counts.
#[utoipa::path(tag = "metrics", request_body = Reason,
    params(("partnership" = String, Path, description = "Partnership id or slug"), ("measurement" = String, Path, description = "Measurement id"),
           ("Idempotency-Key" = Option<String>, Header, description = "Makes a repeat of this request harmless")),
    responses((status = 200, body = Measurement), (status = 409, body = ProblemBody), (status = 422, body = ProblemBody)),
    extensions(("x-permission" = json!("measurement.review"))))]
#[post("/partnerships/{partnership}/measurements/{measurement}/query")]
async fn ask(
    core: web::Data<Core>,
    actor: Allowed<ReviewMeasurements>,
    path: web::Path<(String, String)>,
    key: IdempotencyKey,
    seen: IfMatch,
    body: ApiJson<Reason>,
) -> Result<HttpResponse, Problem> {
    let actor = actor.into_actor();
    let id = crate::path_id::<MeasurementId>(&path.1)?;
    let (scope, now) = (actor.idempotency_scope(), actor.now);
    once(&core.db, scope, key, body.fingerprint, now, move |conn| {
        Answer::ok(&review::query(conn, &actor, &id, given(seen), &body.value)?)
    })
    .await
}

/// Takes a measurement back; it stays in the history and no longer counts.
#[utoipa::path(tag = "metrics", request_body = Reason,
    params(("partnership" = String, Path, description = "Partnership id or slug"), ("measurement" = String, Path, description = "Measurement id"),
           ("Idempotency-Key" = Option<String>, Header, description = "Makes a repeat of this request harmless")),
    responses((status = 200, body = Measurement), (status = 409, body = ProblemBody), (status = 422, body = ProblemBody)),
    extensions(("x-permission" = json!("measurement.record"))))]
#[post("/partnerships/{partnership}/measurements/{measurement}/withdraw")]
async fn withdraw(
    core: web::Data<Core>,
    actor: Allowed<Measure>,
    path: web::Path<(String, String)>,
    key: IdempotencyKey,
    seen: IfMatch,
    body: ApiJson<Reason>,
) -> Result<HttpResponse, Problem> {
    let actor = actor.into_actor();
    let id = crate::path_id::<MeasurementId>(&path.1)?;
    let (scope, now) = (actor.idempotency_scope(), actor.now);
    once(&core.db, scope, key, body.fingerprint, now, move |conn| {
        let made = review::withdraw(conn, &actor, &id, given(seen), &body.value)?;
        Answer::ok(&made)
    })
    .await
}

/// Answers a question about a measurement that is right as it is.
#[utoipa::path(tag = "metrics", request_body = Reason,
    params(("partnership" = String, Path, description = "Partnership id or slug"), ("measurement" = String, Path, description = "Measurement id"),
           ("Idempotency-Key" = Option<String>, Header, description = "Makes a repeat of this request harmless"),
           ("If-Match" = Option<String>, Header, description = "The version that was asked about")),
    responses((status = 200, body = Measurement), (status = 409, body = ProblemBody), (status = 422, body = ProblemBody)),
    extensions(("x-permission" = json!("measurement.record"))))]
#[post("/partnerships/{partnership}/measurements/{measurement}/answer")]
async fn answer(
    core: web::Data<Core>,
    actor: Allowed<Measure>,
    path: web::Path<(String, String)>,
    key: IdempotencyKey,
    seen: IfMatch,
    body: ApiJson<Reason>,
) -> Result<HttpResponse, Problem> {
    let actor = actor.into_actor();
    let id = crate::path_id::<MeasurementId>(&path.1)?;
    let (scope, now) = (actor.idempotency_scope(), actor.now);
    once(&core.db, scope, key, body.fingerprint, now, move |conn| {
        let made = review::answer(conn, &actor, &id, given(seen), &body.value)?;
        Answer::ok(&made)
    })
    .await
}

/// Takes a withdrawal back: the measurement counts again as it did before.
#[utoipa::path(tag = "metrics", request_body = Reason,
    params(("partnership" = String, Path, description = "Partnership id or slug"), ("measurement" = String, Path, description = "Measurement id"),
           ("Idempotency-Key" = Option<String>, Header, description = "Makes a repeat of this request harmless"),
           ("If-Match" = Option<String>, Header, description = "The version that was withdrawn")),
    responses((status = 200, body = Measurement), (status = 409, body = ProblemBody)),
    extensions(("x-permission" = json!("measurement.record"))))]
#[post("/partnerships/{partnership}/measurements/{measurement}/restore")]
async fn restore(
    core: web::Data<Core>,
    actor: Allowed<Measure>,
    path: web::Path<(String, String)>,
    key: IdempotencyKey,
    seen: IfMatch,
    body: ApiJson<Reason>,
) -> Result<HttpResponse, Problem> {
    let actor = actor.into_actor();
    let id = crate::path_id::<MeasurementId>(&path.1)?;
    let (scope, now) = (actor.idempotency_scope(), actor.now);
    once(&core.db, scope, key, body.fingerprint, now, move |conn| {
        Answer::ok(&review::restore(conn, &actor, &id, given(seen))?)
    })
    .await
}

fn given(seen: IfMatch) -> Option<IfMatch> {
    seen.0.is_some().then_some(seen)
}

/// A measurement with what it was before.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = MeasurementHistory)]
struct History {
    /// What it is.
    now: Measurement,
    /// What it was, newest first.
    before: Vec<Version>,
}

/// Shows every version of a measurement.
#[utoipa::path(tag = "metrics",
    params(("partnership" = String, Path, description = "Partnership id or slug"), ("measurement" = String, Path, description = "Measurement id")),
    responses((status = 200, body = History), (status = 404, body = ProblemBody)),
    extensions(("x-permission" = json!("measurement.see"))))]
#[get("/partnerships/{partnership}/measurements/{measurement}/history")]
async fn history(
    core: web::Data<Core>,
    actor: Allowed<SeeMeasurements>,
    path: web::Path<(String, String)>,
) -> Result<HttpResponse, Problem> {
    let actor = actor.into_actor();
    let id = crate::path_id::<MeasurementId>(&path.1)?;
    let history = core
        .db
        .read(move |conn| {
            let now = store::find(conn, actor.tenant(), &id)?.ok_or(Error::NotFound)?;
            let before = store::versions(conn, actor.tenant(), &id)?;
            Ok::<_, Error>(History { now, before })
        })
        .await
        .map_err(Problem::from)?;
    Ok(HttpResponse::Ok().json(history))
}
