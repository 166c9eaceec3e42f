use actix_web::{HttpResponse, get, patch, post, web};
use backbone_identity::{Allowed, Core};
use backbone_web::{Answer, ApiJson, IdempotencyKey, IfMatch, Problem, ProblemBody, etag, once};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use super::{HandOver, HandOverId, NewSeat, Passing, Seat, SeatId, Term, pass, place, store};
use crate::body::api::parse_id as parse_body;
use crate::error::Error;
use crate::policy::{ManageBodies, SeeDecisions};

/// A seat with everybody who filled it.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub struct SeatDetail {
    /// The seat.
    #[serde(flatten)]
    pub seat: Seat,
    /// Who filled it, the latest first.
    pub terms: Vec<Term>,
    /// How it changed hands, the latest first.
    pub hand_overs: Vec<HandOver>,
}

/// Why a seat ends.
#[derive(Clone, Debug, Default, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct Closing {
    /// What should be remembered about it.
    #[serde(default)]
    pub note: String,
}

pub(crate) fn parse_id(text: &str) -> Result<SeatId, Problem> {
    text.parse().map_err(|_| Problem::not_found())
}

/// Makes a seat in a body.
#[utoipa::path(tag = "bodies", request_body = NewSeat,
    params(("partnership" = String, Path, description = "Partnership id or slug"), ("body" = String, Path, description = "Body id"),
           ("Idempotency-Key" = Option<String>, Header, description = "Makes a repeat of this request harmless")),
    responses((status = 201, body = Seat), (status = 422, body = ProblemBody)),
    extensions(("x-permission" = json!("body.manage"))))]
#[post("/partnerships/{partnership}/bodies/{body}/seats")]
async fn add(
    core: web::Data<Core>,
    actor: Allowed<ManageBodies>,
    path: web::Path<(String, String)>,
    key: IdempotencyKey,
    body: ApiJson<NewSeat>,
) -> Result<HttpResponse, Problem> {
    let (actor, id) = (actor.into_actor(), parse_body(&path.1)?);
    let (scope, now) = (actor.idempotency_scope(), actor.now);
    once(&core.db, scope, key, body.fingerprint, now, move |conn| {
        let made = place::add(conn, &actor, &id, &body.value)?;
        let to = format!("/api/v1/partnerships/{}/seats/{}", actor.tenant(), made.id);
        Answer::created(to, &made)
    })
    .await
}

/// One seat, with everybody who filled it.
#[utoipa::path(tag = "bodies",
    params(("partnership" = String, Path, description = "Partnership id or slug"), ("seat" = String, Path, description = "Seat id")),
    responses((status = 200, body = SeatDetail), (status = 404, body = ProblemBody)),
    extensions(("x-permission" = json!("decision.see"))))]
#[get("/partnerships/{partnership}/seats/{seat}")]
async fn get_one(
    core: web::Data<Core>,
    actor: Allowed<SeeDecisions>,
    path: web::Path<(String, String)>,
) -> Result<HttpResponse, Problem> {
    let (tenant, id) = (actor.tenant().to_string(), parse_id(&path.1)?);
    let found = core
        .db
        .read(move |conn| {
            let seat = store::find(conn, &tenant, &id)?.ok_or(Error::NotFound)?;
            let terms = store::terms(conn, &tenant, &id)?;
            let hand_overs = store::hand_overs(conn, &tenant, &id)?;
            Ok::<_, Error>(SeatDetail {
                seat,
                terms,
                hand_overs,
            })
        })
        .await
        .map_err(Problem::from)?;
    Ok(etag::ok(found.seat.version).json(found))
}

/// Changes a seat; the body says all of it. Who fills it changes by passing it on.
#[utoipa::path(tag = "bodies", request_body = NewSeat,
    params(("partnership" = String, Path, description = "Partnership id or slug"), ("seat" = String, Path, description = "Seat id"),
           ("If-Match" = String, Header, description = "The ETag of the version that is changed")),
    responses((status = 200, body = Seat), (status = 412, body = ProblemBody), (status = 422, body = ProblemBody)),
    extensions(("x-permission" = json!("body.manage"))))]
#[patch("/partnerships/{partnership}/seats/{seat}")]
async fn change(
    core: web::Data<Core>,
    actor: Allowed<ManageBodies>,
    path: web::Path<(String, String)>,
    seen: IfMatch,
    body: ApiJson<NewSeat>,
) -> Result<HttpResponse, Problem> {
    let (actor, id) = (actor.into_actor(), parse_id(&path.1)?);
    let new = core
        .db
        .write(move |conn| place::change(conn, &actor, &id, seen, &body.value))
        .await
        .map_err(|e: Error| Problem::from(e))?;
    Ok(etag::ok(new.version).json(new))
}

/// Passes a seat on, with open votes, commitments and a page for the successor.
#[utoipa::path(tag = "bodies", request_body = Passing,
    params(("partnership" = String, Path, description = "Partnership id or slug"), ("seat" = String, Path, description = "Seat id"),
           ("Idempotency-Key" = Option<String>, Header, description = "Makes a repeat of this request harmless")),
    responses((status = 201, body = HandOver), (status = 409, body = ProblemBody), (status = 422, body = ProblemBody)),
    extensions(("x-permission" = json!("body.manage"))))]
#[post("/partnerships/{partnership}/seats/{seat}/pass")]
async fn pass_on(
    core: web::Data<Core>,
    actor: Allowed<ManageBodies>,
    path: web::Path<(String, String)>,
    key: IdempotencyKey,
    body: ApiJson<Passing>,
) -> Result<HttpResponse, Problem> {
    let (actor, id) = (actor.into_actor(), parse_id(&path.1)?);
    let (scope, now) = (actor.idempotency_scope(), actor.now);
    let answer = once(&core.db, scope, key, body.fingerprint, now, move |conn| {
        let over = pass::pass(conn, &actor, &id, &body.value)?;
        let to = format!(
            "/api/v1/partnerships/{}/hand-overs/{}",
            actor.tenant(),
            over.id
        );
        Answer::created(to, &over)
    })
    .await;
    core.wake_jobs();
    answer
}

/// Ends a seat; what it decided stays.
#[utoipa::path(tag = "bodies", request_body = Closing,
    params(("partnership" = String, Path, description = "Partnership id or slug"), ("seat" = String, Path, description = "Seat id"),
           ("Idempotency-Key" = Option<String>, Header, description = "Makes a repeat of this request harmless")),
    responses((status = 200, body = HandOver), (status = 404, body = ProblemBody)),
    extensions(("x-permission" = json!("body.manage"))))]
#[post("/partnerships/{partnership}/seats/{seat}/close")]
async fn close(
    core: web::Data<Core>,
    actor: Allowed<ManageBodies>,
    path: web::Path<(String, String)>,
    key: IdempotencyKey,
    body: ApiJson<Closing>,
) -> Result<HttpResponse, Problem> {
    let (actor, id) = (actor.into_actor(), parse_id(&path.1)?);
    let (scope, now) = (actor.idempotency_scope(), actor.now);
    once(&core.db, scope, key, body.fingerprint, now, move |conn| {
        Answer::ok(&pass::close(conn, &actor, &id, &body.value.note)?)
    })
    .await
}

/// What passed from one person to the next.
#[utoipa::path(tag = "bodies",
    params(("partnership" = String, Path, description = "Partnership id or slug"), ("hand_over" = String, Path, description = "Hand-over id")),
    responses((status = 200, body = HandOver), (status = 404, body = ProblemBody)),
    extensions(("x-permission" = json!("decision.see"))))]
#[get("/partnerships/{partnership}/hand-overs/{hand_over}")]
async fn hand_over(
    core: web::Data<Core>,
    actor: Allowed<SeeDecisions>,
    path: web::Path<(String, String)>,
) -> Result<HttpResponse, Problem> {
    let tenant = actor.tenant().to_string();
    let id: HandOverId = path.1.parse().map_err(|_| Problem::not_found())?;
    let found = core
        .db
        .read(move |conn| store::hand_over(conn, &tenant, &id))
        .await?;
    Ok(HttpResponse::Ok().json(found.ok_or_else(Problem::not_found)?))
}

/// Mounts the doors.
pub(crate) fn mount(cfg: &mut utoipa_actix_web::service_config::ServiceConfig) {
    cfg.service(add)
        .service(get_one)
        .service(change)
        .service(pass_on)
        .service(close)
        .service(hand_over);
}
