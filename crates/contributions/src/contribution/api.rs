use actix_web::{HttpResponse, get, patch, post, web};
use backbone_identity::{Allowed, Core};
use backbone_web::{
    Answer, ApiJson, ApiQuery, IdempotencyKey, IfMatch, Page, PageQuery, Problem, ProblemBody,
    etag, once,
};
use chrono::NaiveDate;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use super::correct::{self, Correction};
use super::{Contribution, ContributionId, History, NewContribution, judge, log, store};
use crate::error::Error;
use crate::filter::FilterQuery;
use crate::policy::{CorrectContribution, LogContribution, SeeContributions, VerifyContribution};

/// Many contributions at once.
#[derive(Clone, Debug, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct NewContributions {
    /// 1 to 1000 entries; all are logged, or none.
    pub contributions: Vec<NewContribution>,
}

/// What was logged at once.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub struct LoggedContributions {
    /// In the order of the request.
    pub contributions: Vec<Contribution>,
}

/// Words that go with a step.
#[derive(Clone, Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct Words {
    /// The reason, question, answer or remark.
    pub text: String,
}

/// Logs a contribution.
#[utoipa::path(tag = "contributions", request_body = NewContribution,
    params(("partnership" = String, Path, description = "Partnership id or slug"),
           ("Idempotency-Key" = Option<String>, Header, description = "Makes a repeat of this request harmless")),
    responses((status = 201, body = Contribution), (status = 422, body = ProblemBody)),
    extensions(("x-permission" = json!("contribution.log"))))]
#[post("/partnerships/{partnership}/contributions")]
async fn create(
    core: web::Data<Core>,
    actor: Allowed<LogContribution>,
    key: IdempotencyKey,
    body: ApiJson<NewContribution>,
) -> Result<HttpResponse, Problem> {
    let actor = actor.into_actor();
    let (scope, now) = (actor.idempotency_scope(), actor.now);
    once(&core.db, scope, key, body.fingerprint, now, move |conn| {
        let made = log::log(conn, &actor, &body.value)?;
        let tenant = actor.tenant();
        Answer::created(
            format!("/api/v1/partnerships/{tenant}/contributions/{}", made.id),
            &made,
        )
    })
    .await
}

/// Logs many contributions, all or none.
#[utoipa::path(tag = "contributions", request_body = NewContributions,
    params(("partnership" = String, Path, description = "Partnership id or slug"),
           ("Idempotency-Key" = Option<String>, Header, description = "Makes a repeat of this request harmless")),
    responses((status = 201, body = LoggedContributions), (status = 422, body = ProblemBody)),
    extensions(("x-permission" = json!("contribution.log"))))]
#[post("/partnerships/{partnership}/contributions/bulk")]
async fn create_many(
    core: web::Data<Core>,
    actor: Allowed<LogContribution>,
    key: IdempotencyKey,
    body: ApiJson<NewContributions>,
) -> Result<HttpResponse, Problem> {
    let actor = actor.into_actor();
    let (scope, now) = (actor.idempotency_scope(), actor.now);
    once(&core.db, scope, key, body.fingerprint, now, move |conn| {
        let contributions = log::log_many(conn, &actor, &body.value.contributions)?;
        let location = format!("/api/v1/partnerships/{}/contributions", actor.tenant());
        Answer::created(location, &LoggedContributions { contributions })
    })
    .await
}

/// Lists contributions, the newest period first. `If-None-Match` with the ETag spares a list while nothing in the partnership changed.
#[utoipa::path(tag = "contributions",
    params(("partnership" = String, Path, description = "Partnership id or slug"), FilterQuery),
    responses((status = 200, body = Page<Contribution>), (status = 304, description = "Unchanged"), (status = 400, body = ProblemBody)),
    extensions(("x-permission" = json!("contribution.see"))))]
#[get("/partnerships/{partnership}/contributions")]
async fn list(
    core: web::Data<Core>,
    actor: Allowed<SeeContributions>,
    query: ApiQuery<FilterQuery>,
    known: etag::Known,
) -> Result<HttpResponse, Problem> {
    let filter = query.0.filter()?;
    let (after, limit) = after(&query.0)?;
    let tenant = actor.tenant().to_string();
    let same = tenant.clone();
    let (tag, found) = core
        .unless_known(
            format!("events {tenant}"),
            known,
            move |conn| backbone_events::state(conn, &tenant),
            move |conn| store::list(conn, &same, &filter, after.as_ref(), limit + 1),
        )
        .await?;
    let page = found.map(|found| Page::cut(found, limit, cursor_key));
    Ok(etag::answer(&tag, page))
}

/// What a list is ordered by, as a cursor carries it.
pub(crate) fn cursor_key(c: &Contribution) -> String {
    format!("{}|{}", c.content.period.start(), c.id)
}

/// Where a list goes on, and how many it gives.
pub(crate) fn after(
    query: &FilterQuery,
) -> Result<(Option<(NaiveDate, ContributionId)>, i64), Problem> {
    let page = PageQuery {
        cursor: query.cursor.clone().filter(|c| !c.is_empty()),
        limit: query.limit,
    };
    let key = page.after()?.map(|key| {
        let (day, id) = key.split_once('|')?;
        Some((day.parse().ok()?, id.parse().ok()?))
    });
    match key {
        Some(None) => Err(Problem::bad_request("invalid-cursor")),
        Some(found) => Ok((found, page.limit()?)),
        None => Ok((None, page.limit()?)),
    }
}

/// One contribution.
#[utoipa::path(tag = "contributions",
    params(("partnership" = String, Path, description = "Partnership id or slug"),
           ("contribution" = String, Path, description = "Contribution id")),
    responses((status = 200, body = Contribution), (status = 404, body = ProblemBody)),
    extensions(("x-permission" = json!("contribution.see"))))]
#[get("/partnerships/{partnership}/contributions/{contribution}")]
async fn get_one(
    core: web::Data<Core>,
    actor: Allowed<SeeContributions>,
    path: web::Path<(String, String)>,
) -> Result<HttpResponse, Problem> {
    let (tenant, id) = (actor.tenant().to_string(), parse_id(&path.1)?);
    let found = core
        .db
        .read(move |conn| store::find(conn, &tenant, &id))
        .await?
        .ok_or_else(Problem::not_found)?;
    Ok(etag::ok(found.version).json(found))
}

pub(crate) fn parse_id(text: &str) -> Result<ContributionId, Problem> {
    text.parse().map_err(|_| Problem::not_found())
}

/// Corrects a contribution: a new version, the one before stays in the history.
#[utoipa::path(tag = "contributions", request_body = Correction,
    params(("partnership" = String, Path, description = "Partnership id or slug"),
           ("contribution" = String, Path, description = "Contribution id"),
           ("If-Match" = String, Header, description = "The ETag of the version that is corrected")),
    responses((status = 200, body = Contribution), (status = 412, body = ProblemBody), (status = 422, body = ProblemBody)),
    extensions(("x-permission" = json!("contribution.correct"))))]
#[patch("/partnerships/{partnership}/contributions/{contribution}")]
async fn correct_one(
    core: web::Data<Core>,
    actor: Allowed<CorrectContribution>,
    path: web::Path<(String, String)>,
    seen: IfMatch,
    body: ApiJson<Correction>,
) -> Result<HttpResponse, Problem> {
    let (actor, id) = (actor.into_actor(), parse_id(&path.1)?);
    let new = core
        .db
        .write(move |conn| correct::correct(conn, &actor, &id, seen, &body.value))
        .await
        .map_err(|e: Error| Problem::from(e))?;
    Ok(etag::ok(new.version).json(new))
}

/// Takes a contribution back, with the reason as text.
#[utoipa::path(tag = "contributions", request_body = Words,
    params(("partnership" = String, Path, description = "Partnership id or slug"),
           ("contribution" = String, Path, description = "Contribution id"),
           ("If-Match" = Option<String>, Header, description = "The ETag of the version that is withdrawn"),
           ("Idempotency-Key" = Option<String>, Header, description = "Makes a repeat of this request harmless")),
    responses((status = 200, body = Contribution), (status = 409, body = ProblemBody)),
    extensions(("x-permission" = json!("contribution.correct"))))]
#[post("/partnerships/{partnership}/contributions/{contribution}/withdraw")]
async fn withdraw(
    core: web::Data<Core>,
    actor: Allowed<CorrectContribution>,
    path: web::Path<(String, String)>,
    key: IdempotencyKey,
    seen: IfMatch,
    body: ApiJson<Words>,
) -> Result<HttpResponse, Problem> {
    let (actor, id) = (actor.into_actor(), parse_id(&path.1)?);
    let (scope, now) = (actor.idempotency_scope(), actor.now);
    once(&core.db, scope, key, body.fingerprint, now, move |conn| {
        Answer::ok(&correct::withdraw(
            conn,
            &actor,
            &id,
            seen,
            &body.value.text,
        )?)
    })
    .await
}

/// Staff found a contribution right.
#[utoipa::path(tag = "contributions",
    params(("partnership" = String, Path, description = "Partnership id or slug"),
           ("contribution" = String, Path, description = "Contribution id"),
           ("If-Match" = Option<String>, Header, description = "The ETag of the version that was looked at"),
           ("Idempotency-Key" = Option<String>, Header, description = "Makes a repeat of this request harmless")),
    responses((status = 200, body = Contribution), (status = 409, body = ProblemBody)),
    extensions(("x-permission" = json!("contribution.verify"))))]
#[post("/partnerships/{partnership}/contributions/{contribution}/verify")]
async fn verify(
    core: web::Data<Core>,
    actor: Allowed<VerifyContribution>,
    path: web::Path<(String, String)>,
    key: IdempotencyKey,
    seen: IfMatch,
    body: ApiJson<serde_json::Value>,
) -> Result<HttpResponse, Problem> {
    let (actor, id) = (actor.into_actor(), parse_id(&path.1)?);
    let (scope, now) = (actor.idempotency_scope(), actor.now);
    once(&core.db, scope, key, body.fingerprint, now, move |conn| {
        Answer::ok(&judge::verify(conn, &actor, &id, seen)?)
    })
    .await
}

/// Staff ask about a contribution.
#[utoipa::path(tag = "contributions", request_body = Words,
    params(("partnership" = String, Path, description = "Partnership id or slug"),
           ("contribution" = String, Path, description = "Contribution id"),
           ("If-Match" = Option<String>, Header, description = "The ETag of the version that was looked at"),
           ("Idempotency-Key" = Option<String>, Header, description = "Makes a repeat of this request harmless")),
    responses((status = 200, body = Contribution), (status = 409, body = ProblemBody)),
    extensions(("x-permission" = json!("contribution.verify"))))]
#[post("/partnerships/{partnership}/contributions/{contribution}/query")]
async fn ask(
    core: web::Data<Core>,
    actor: Allowed<VerifyContribution>,
    path: web::Path<(String, String)>,
    key: IdempotencyKey,
    seen: IfMatch,
    body: ApiJson<Words>,
) -> Result<HttpResponse, Problem> {
    let (actor, id) = (actor.into_actor(), parse_id(&path.1)?);
    let (scope, now) = (actor.idempotency_scope(), actor.now);
    once(&core.db, scope, key, body.fingerprint, now, move |conn| {
        Answer::ok(&judge::query(conn, &actor, &id, seen, &body.value.text)?)
    })
    .await
}

/// Answers the open question about a contribution, or remarks on it.
#[utoipa::path(tag = "contributions", request_body = Words,
    params(("partnership" = String, Path, description = "Partnership id or slug"),
           ("contribution" = String, Path, description = "Contribution id"),
           ("Idempotency-Key" = Option<String>, Header, description = "Makes a repeat of this request harmless")),
    responses((status = 200, body = Contribution), (status = 422, body = ProblemBody)),
    extensions(("x-permission" = json!("contribution.correct"))))]
#[post("/partnerships/{partnership}/contributions/{contribution}/comments")]
async fn comment(
    core: web::Data<Core>,
    actor: Allowed<CorrectContribution>,
    path: web::Path<(String, String)>,
    key: IdempotencyKey,
    body: ApiJson<Words>,
) -> Result<HttpResponse, Problem> {
    let (actor, id) = (actor.into_actor(), parse_id(&path.1)?);
    let (scope, now) = (actor.idempotency_scope(), actor.now);
    once(&core.db, scope, key, body.fingerprint, now, move |conn| {
        Answer::ok(&judge::comment(conn, &actor, &id, &body.value.text)?)
    })
    .await
}

/// Every state that a contribution had, and what was said about it.
#[utoipa::path(tag = "contributions",
    params(("partnership" = String, Path, description = "Partnership id or slug"),
           ("contribution" = String, Path, description = "Contribution id")),
    responses((status = 200, body = History), (status = 404, body = ProblemBody)),
    extensions(("x-permission" = json!("contribution.see"))))]
#[get("/partnerships/{partnership}/contributions/{contribution}/history")]
async fn history(
    core: web::Data<Core>,
    actor: Allowed<SeeContributions>,
    path: web::Path<(String, String)>,
) -> Result<HttpResponse, Problem> {
    let (tenant, id) = (actor.tenant().to_string(), parse_id(&path.1)?);
    let found = core
        .db
        .read(move |conn| judge::history(conn, &tenant, &id))
        .await
        .map_err(|e: Error| Problem::from(e))?;
    Ok(HttpResponse::Ok().json(found))
}

/// Mounts the doors; fixed words come before identifiers.
pub(crate) fn mount(cfg: &mut utoipa_actix_web::service_config::ServiceConfig) {
    cfg.service(create_many)
        .service(create)
        .service(list)
        .service(get_one)
        .service(correct_one)
        .service(withdraw)
        .service(verify)
        .service(ask)
        .service(comment)
        .service(history);
}
