//! JSON doors of what is decided in a meeting, and of its minutes.

use actix_web::{HttpResponse, get, post, web};
use backbone_identity::{Allowed, Core};
use backbone_web::{Answer, ApiJson, IdempotencyKey, Problem, ProblemBody, once};

use super::{NoWords, parse_id};
use crate::error::Error;
use crate::meeting::minutes::{self, MinutesVersion, NewMinutes};
use crate::meeting::vote::{self, Hands, Recorded, RoomClose};
use crate::meeting::{Meeting, Minutes, store};
use crate::outcome::{NewOutcome, Record};
use crate::policy::{HoldMeetings, SeeMeetings};
use crate::proposal::Proposal;

/// All versions of the minutes, the latest first.
#[utoipa::path(tag = "meetings",
    params(("partnership" = String, Path, description = "Partnership id or slug"), ("meeting" = String, Path, description = "Meeting id")),
    responses((status = 200, body = Vec<Minutes>), (status = 404, body = ProblemBody)),
    extensions(("x-permission" = json!("meeting.see"))))]
#[get("/partnerships/{partnership}/meetings/{meeting}/minutes")]
async fn all_minutes(
    core: web::Data<Core>,
    actor: Allowed<SeeMeetings>,
    path: web::Path<(String, String)>,
) -> Result<HttpResponse, Problem> {
    let (tenant, id) = (actor.tenant().to_string(), parse_id(&path.1)?);
    let found = core
        .db
        .read(move |c| {
            store::find(c, &tenant, &id)?.ok_or(Error::NotFound)?;
            Ok::<_, Error>(store::minutes(c, &tenant, &id)?)
        })
        .await
        .map_err(Problem::from)?;
    Ok(HttpResponse::Ok().json(found))
}

/// Opens the vote on a proposal in the room, or takes one that is open into it.
#[utoipa::path(tag = "meetings", request_body = NoWords,
    params(("partnership" = String, Path, description = "Partnership id or slug"),
           ("meeting" = String, Path, description = "Meeting id"),
           ("decision" = String, Path, description = "Decision id"),
           ("Idempotency-Key" = Option<String>, Header, description = "Makes a repeat of this request harmless")),
    responses((status = 200, body = Proposal), (status = 409, body = ProblemBody), (status = 422, body = ProblemBody)),
    extensions(("x-permission" = json!("meeting.hold"))))]
#[post("/partnerships/{partnership}/meetings/{meeting}/votes/{decision}/open")]
async fn open_vote(
    core: web::Data<Core>,
    actor: Allowed<HoldMeetings>,
    path: web::Path<(String, String, String)>,
    key: IdempotencyKey,
    body: ApiJson<NoWords>,
) -> Result<HttpResponse, Problem> {
    let (actor, id) = (actor.into_actor(), parse_id(&path.1)?);
    let decision = path.2.clone();
    let (scope, now) = (actor.idempotency_scope(), actor.now);
    let answer = once(&core.db, scope, key, body.fingerprint, now, move |conn| {
        let made = vote::open(conn, &actor, &id, &decision)?;
        Answer::ok(&made)
    })
    .await;
    core.wake_jobs();
    answer
}

/// Records a show of hands, seat by seat, with any method.
#[utoipa::path(tag = "meetings", request_body = Hands,
    params(("partnership" = String, Path, description = "Partnership id or slug"),
           ("meeting" = String, Path, description = "Meeting id"),
           ("decision" = String, Path, description = "Decision id"),
           ("Idempotency-Key" = Option<String>, Header, description = "Makes a repeat of this request harmless")),
    responses((status = 200, body = Recorded), (status = 409, body = ProblemBody), (status = 422, body = ProblemBody)),
    extensions(("x-permission" = json!("meeting.hold"))))]
#[post("/partnerships/{partnership}/meetings/{meeting}/votes/{decision}/hands")]
async fn hands(
    core: web::Data<Core>,
    actor: Allowed<HoldMeetings>,
    path: web::Path<(String, String, String)>,
    key: IdempotencyKey,
    body: ApiJson<Hands>,
) -> Result<HttpResponse, Problem> {
    let (actor, id) = (actor.into_actor(), parse_id(&path.1)?);
    let decision = path.2.clone();
    let (scope, now) = (actor.idempotency_scope(), actor.now);
    let answer = once(&core.db, scope, key, body.fingerprint, now, move |conn| {
        let made = vote::hands(conn, &actor, &id, &decision, &body.value)?;
        Answer::ok(&made)
    })
    .await;
    core.wake_jobs();
    answer
}

/// Closes a vote in the room, and counts it.
#[utoipa::path(tag = "meetings", request_body = RoomClose,
    params(("partnership" = String, Path, description = "Partnership id or slug"),
           ("meeting" = String, Path, description = "Meeting id"),
           ("decision" = String, Path, description = "Decision id"),
           ("Idempotency-Key" = Option<String>, Header, description = "Makes a repeat of this request harmless")),
    responses((status = 200, body = Proposal), (status = 409, body = ProblemBody), (status = 422, body = ProblemBody)),
    extensions(("x-permission" = json!("meeting.hold"))))]
#[post("/partnerships/{partnership}/meetings/{meeting}/votes/{decision}/close")]
async fn close_vote(
    core: web::Data<Core>,
    actor: Allowed<HoldMeetings>,
    path: web::Path<(String, String, String)>,
    key: IdempotencyKey,
    body: ApiJson<RoomClose>,
) -> Result<HttpResponse, Problem> {
    let (actor, id) = (actor.into_actor(), parse_id(&path.1)?);
    let decision = path.2.clone();
    let (scope, now) = (actor.idempotency_scope(), actor.now);
    let answer = once(&core.db, scope, key, body.fingerprint, now, move |conn| {
        let made = vote::close(conn, &actor, &id, &decision, &body.value.reason)?;
        Answer::ok(&made)
    })
    .await;
    core.wake_jobs();
    answer
}

/// Writes the outcome down in the room; the record says in which meeting, and who was there.
#[utoipa::path(tag = "meetings", request_body = NewOutcome,
    params(("partnership" = String, Path, description = "Partnership id or slug"),
           ("meeting" = String, Path, description = "Meeting id"),
           ("decision" = String, Path, description = "Decision id"),
           ("Idempotency-Key" = Option<String>, Header, description = "Makes a repeat of this request harmless")),
    responses((status = 200, body = Record), (status = 409, body = ProblemBody), (status = 422, body = ProblemBody)),
    extensions(("x-permission" = json!("meeting.hold"))))]
#[post("/partnerships/{partnership}/meetings/{meeting}/votes/{decision}/outcome")]
async fn decide(
    core: web::Data<Core>,
    actor: Allowed<HoldMeetings>,
    path: web::Path<(String, String, String)>,
    key: IdempotencyKey,
    body: ApiJson<NewOutcome>,
) -> Result<HttpResponse, Problem> {
    let (actor, id) = (actor.into_actor(), parse_id(&path.1)?);
    let decision = path.2.clone();
    let (scope, now) = (actor.idempotency_scope(), actor.now);
    let answer = once(&core.db, scope, key, body.fingerprint, now, move |conn| {
        let made = vote::decide(conn, &actor, &id, &decision, &body.value)?;
        Answer::ok(&made)
    })
    .await;
    core.wake_jobs();
    answer
}

/// Writes the next version of the minutes.
#[utoipa::path(tag = "meetings", request_body = NewMinutes,
    params(("partnership" = String, Path, description = "Partnership id or slug"),
           ("meeting" = String, Path, description = "Meeting id"),
           ("Idempotency-Key" = Option<String>, Header, description = "Makes a repeat of this request harmless")),
    responses((status = 200, body = Minutes), (status = 409, body = ProblemBody), (status = 422, body = ProblemBody)),
    extensions(("x-permission" = json!("meeting.hold"))))]
#[post("/partnerships/{partnership}/meetings/{meeting}/minutes")]
async fn write_minutes(
    core: web::Data<Core>,
    actor: Allowed<HoldMeetings>,
    path: web::Path<(String, String)>,
    key: IdempotencyKey,
    body: ApiJson<NewMinutes>,
) -> Result<HttpResponse, Problem> {
    let (actor, id) = (actor.into_actor(), parse_id(&path.1)?);
    let (scope, now) = (actor.idempotency_scope(), actor.now);
    once(&core.db, scope, key, body.fingerprint, now, move |conn| {
        let made = minutes::write(conn, &actor, &id, &body.value)?;
        Answer::ok(&made)
    })
    .await
}

/// Approves the latest version of the minutes.
#[utoipa::path(tag = "meetings", request_body = MinutesVersion,
    params(("partnership" = String, Path, description = "Partnership id or slug"),
           ("meeting" = String, Path, description = "Meeting id"),
           ("Idempotency-Key" = Option<String>, Header, description = "Makes a repeat of this request harmless")),
    responses((status = 200, body = Meeting), (status = 409, body = ProblemBody), (status = 422, body = ProblemBody)),
    extensions(("x-permission" = json!("meeting.hold"))))]
#[post("/partnerships/{partnership}/meetings/{meeting}/minutes/approve")]
async fn approve_minutes(
    core: web::Data<Core>,
    actor: Allowed<HoldMeetings>,
    path: web::Path<(String, String)>,
    key: IdempotencyKey,
    body: ApiJson<MinutesVersion>,
) -> Result<HttpResponse, Problem> {
    let (actor, id) = (actor.into_actor(), parse_id(&path.1)?);
    let (scope, now) = (actor.idempotency_scope(), actor.now);
    once(&core.db, scope, key, body.fingerprint, now, move |conn| {
        let made = minutes::approve(conn, &actor, &id, body.value.version)?;
        Answer::ok(&made)
    })
    .await
}

/// Sends the approved minutes to everybody on the list.
#[utoipa::path(tag = "meetings", request_body = NoWords,
    params(("partnership" = String, Path, description = "Partnership id or slug"),
           ("meeting" = String, Path, description = "Meeting id"),
           ("Idempotency-Key" = Option<String>, Header, description = "Makes a repeat of this request harmless")),
    responses((status = 200, body = Meeting), (status = 409, body = ProblemBody), (status = 422, body = ProblemBody)),
    extensions(("x-permission" = json!("meeting.hold"))))]
#[post("/partnerships/{partnership}/meetings/{meeting}/minutes/send")]
async fn send_minutes(
    core: web::Data<Core>,
    actor: Allowed<HoldMeetings>,
    path: web::Path<(String, String)>,
    key: IdempotencyKey,
    body: ApiJson<NoWords>,
) -> Result<HttpResponse, Problem> {
    let (actor, id) = (actor.into_actor(), parse_id(&path.1)?);
    let (scope, now) = (actor.idempotency_scope(), actor.now);
    let answer = once(&core.db, scope, key, body.fingerprint, now, move |conn| {
        let made = minutes::send(conn, &actor, &id)?;
        Answer::ok(&made)
    })
    .await;
    core.wake_jobs();
    answer
}

/// Mounts the doors.
pub(crate) fn mount(cfg: &mut utoipa_actix_web::service_config::ServiceConfig) {
    cfg.service(open_vote)
        .service(hands)
        .service(close_vote)
        .service(decide)
        .service(all_minutes)
        .service(write_minutes)
        .service(approve_minutes)
        .service(send_minutes);
}
