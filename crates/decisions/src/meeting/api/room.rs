//! JSON doors of what happens before and in a meeting: agenda, people, notes, promises.

use actix_web::{HttpResponse, post, web};
use backbone_db::Conn;
use backbone_identity::{Actor, Allowed, Core};
use backbone_web::{Answer, ApiJson, IdempotencyKey, Problem, ProblemBody, once};

use super::{NoWords, at, parse_id};
use crate::commitment::Commitment;
use crate::error::Error;
use crate::meeting::answer::{self, NewRsvp};
use crate::meeting::attendance::{self, NewPresence};
use crate::meeting::hold::{self, NewMeetingNote, NewPromise};
use crate::meeting::{
    AgendaItem, AgendaItemId, Attendee, MeetingId, MeetingNote, NewAgendaItem, NewAttendee, agenda,
    invite,
};
use crate::policy::{AttendMeetings, HoldMeetings};

/// A step with one point of the agenda, by its word.
pub(crate) fn point(
    conn: &mut Conn,
    actor: &Actor,
    id: &MeetingId,
    item: &AgendaItemId,
    step: &str,
) -> Result<Vec<AgendaItem>, Error> {
    match step {
        "up" => agenda::shift(conn, actor, id, item, true),
        "down" => agenda::shift(conn, actor, id, item, false),
        "remove" => agenda::remove(conn, actor, id, item),
        "start" => hold::go_to(conn, actor, id, Some(item)),
        "end" => hold::go_to(conn, actor, id, None),
        _ => Err(Error::NotFound),
    }
}

/// Adds a point to the agenda: a proposal of the body, or anything by its title.
#[utoipa::path(tag = "meetings", request_body = NewAgendaItem,
    params(("partnership" = String, Path, description = "Partnership id or slug"),
           ("meeting" = String, Path, description = "Meeting id"),
           ("Idempotency-Key" = Option<String>, Header, description = "Makes a repeat of this request harmless")),
    responses((status = 201, body = AgendaItem), (status = 409, body = ProblemBody), (status = 422, body = ProblemBody)),
    extensions(("x-permission" = json!("meeting.hold"))))]
#[post("/partnerships/{partnership}/meetings/{meeting}/agenda")]
async fn add_item(
    core: web::Data<Core>,
    actor: Allowed<HoldMeetings>,
    path: web::Path<(String, String)>,
    key: IdempotencyKey,
    body: ApiJson<NewAgendaItem>,
) -> Result<HttpResponse, Problem> {
    let (actor, id) = (actor.into_actor(), parse_id(&path.1)?);
    let (scope, now) = (actor.idempotency_scope(), actor.now);
    once(&core.db, scope, key, body.fingerprint, now, move |conn| {
        let made = agenda::add(conn, &actor, &id, &body.value)?;
        Answer::created(at(&actor, &id), &made)
    })
    .await
}

/// Puts everything that is open in the body, and not there yet, on the agenda.
#[utoipa::path(tag = "meetings", request_body = NoWords,
    params(("partnership" = String, Path, description = "Partnership id or slug"),
           ("meeting" = String, Path, description = "Meeting id"),
           ("Idempotency-Key" = Option<String>, Header, description = "Makes a repeat of this request harmless")),
    responses((status = 200, body = Vec<AgendaItem>), (status = 409, body = ProblemBody), (status = 422, body = ProblemBody)),
    extensions(("x-permission" = json!("meeting.hold"))))]
#[post("/partnerships/{partnership}/meetings/{meeting}/agenda/assemble")]
async fn assemble(
    core: web::Data<Core>,
    actor: Allowed<HoldMeetings>,
    path: web::Path<(String, String)>,
    key: IdempotencyKey,
    body: ApiJson<NoWords>,
) -> Result<HttpResponse, Problem> {
    let (actor, id) = (actor.into_actor(), parse_id(&path.1)?);
    let (scope, now) = (actor.idempotency_scope(), actor.now);
    once(&core.db, scope, key, body.fingerprint, now, move |conn| {
        let made = agenda::assemble(conn, &actor, &id)?;
        Answer::ok(&made)
    })
    .await
}

/// Changes the title of a point that was added by hand, or the minutes of any.
#[utoipa::path(tag = "meetings", request_body = NewAgendaItem,
    params(("partnership" = String, Path, description = "Partnership id or slug"),
           ("meeting" = String, Path, description = "Meeting id"),
           ("item" = String, Path, description = "Agenda item id"),
           ("Idempotency-Key" = Option<String>, Header, description = "Makes a repeat of this request harmless")),
    responses((status = 200, body = AgendaItem), (status = 409, body = ProblemBody), (status = 422, body = ProblemBody)),
    extensions(("x-permission" = json!("meeting.hold"))))]
#[post("/partnerships/{partnership}/meetings/{meeting}/agenda/{item}")]
async fn edit_item(
    core: web::Data<Core>,
    actor: Allowed<HoldMeetings>,
    path: web::Path<(String, String, String)>,
    key: IdempotencyKey,
    body: ApiJson<NewAgendaItem>,
) -> Result<HttpResponse, Problem> {
    let (actor, id) = (actor.into_actor(), parse_id(&path.1)?);
    let item: AgendaItemId = path.2.parse().map_err(|_| Problem::not_found())?;
    let (scope, now) = (actor.idempotency_scope(), actor.now);
    once(&core.db, scope, key, body.fingerprint, now, move |conn| {
        let made = agenda::edit(conn, &actor, &id, &item, &body.value)?;
        Answer::ok(&made)
    })
    .await
}

/// Moves a point, takes it out, or goes to it: `up`, `down`, `remove`, `start` or `end`.
#[utoipa::path(tag = "meetings", request_body = NoWords,
    params(("partnership" = String, Path, description = "Partnership id or slug"),
           ("meeting" = String, Path, description = "Meeting id"),
           ("item" = String, Path, description = "Agenda item id"),
           ("step" = String, Path, description = "The step"),
           ("Idempotency-Key" = Option<String>, Header, description = "Makes a repeat of this request harmless")),
    responses((status = 200, body = Vec<AgendaItem>), (status = 409, body = ProblemBody), (status = 422, body = ProblemBody)),
    extensions(("x-permission" = json!("meeting.hold"))))]
#[post("/partnerships/{partnership}/meetings/{meeting}/agenda/{item}/steps/{step}")]
async fn move_item(
    core: web::Data<Core>,
    actor: Allowed<HoldMeetings>,
    path: web::Path<(String, String, String, String)>,
    key: IdempotencyKey,
    body: ApiJson<NoWords>,
) -> Result<HttpResponse, Problem> {
    let (actor, id) = (actor.into_actor(), parse_id(&path.1)?);
    let item: AgendaItemId = path.2.parse().map_err(|_| Problem::not_found())?;
    let step = path.3.clone();
    let (scope, now) = (actor.idempotency_scope(), actor.now);
    once(&core.db, scope, key, body.fingerprint, now, move |conn| {
        let made = point(conn, &actor, &id, &item, &step)?;
        Answer::ok(&made)
    })
    .await
}

/// Puts a guest on the list; during the meeting, somebody who walked in.
#[utoipa::path(tag = "meetings", request_body = NewAttendee,
    params(("partnership" = String, Path, description = "Partnership id or slug"),
           ("meeting" = String, Path, description = "Meeting id"),
           ("Idempotency-Key" = Option<String>, Header, description = "Makes a repeat of this request harmless")),
    responses((status = 201, body = Attendee), (status = 409, body = ProblemBody), (status = 422, body = ProblemBody)),
    extensions(("x-permission" = json!("meeting.hold"))))]
#[post("/partnerships/{partnership}/meetings/{meeting}/people")]
async fn add_person(
    core: web::Data<Core>,
    actor: Allowed<HoldMeetings>,
    path: web::Path<(String, String)>,
    key: IdempotencyKey,
    body: ApiJson<NewAttendee>,
) -> Result<HttpResponse, Problem> {
    let (actor, id) = (actor.into_actor(), parse_id(&path.1)?);
    let (scope, now) = (actor.idempotency_scope(), actor.now);
    let answer = once(&core.db, scope, key, body.fingerprint, now, move |conn| {
        let made = invite::add(conn, &actor, &id, &body.value)?;
        Answer::created(at(&actor, &id), &made)
    })
    .await;
    core.wake_jobs();
    answer
}

/// Answers the invitation: `yes`, `no` or `alternate`.
#[utoipa::path(tag = "meetings", request_body = NewRsvp,
    params(("partnership" = String, Path, description = "Partnership id or slug"),
           ("meeting" = String, Path, description = "Meeting id"),
           ("Idempotency-Key" = Option<String>, Header, description = "Makes a repeat of this request harmless")),
    responses((status = 200, body = Attendee), (status = 409, body = ProblemBody), (status = 422, body = ProblemBody)),
    extensions(("x-permission" = json!("meeting.attend"))))]
#[post("/partnerships/{partnership}/meetings/{meeting}/answer")]
async fn reply(
    core: web::Data<Core>,
    actor: Allowed<AttendMeetings>,
    path: web::Path<(String, String)>,
    key: IdempotencyKey,
    body: ApiJson<NewRsvp>,
) -> Result<HttpResponse, Problem> {
    let (actor, id) = (actor.into_actor(), parse_id(&path.1)?);
    let (scope, now) = (actor.idempotency_scope(), actor.now);
    let answer = once(&core.db, scope, key, body.fingerprint, now, move |conn| {
        let made = answer::answer(conn, &actor, &id, &body.value)?;
        Answer::ok(&made)
    })
    .await;
    core.wake_jobs();
    answer
}

/// Notes that somebody is there, or left.
#[utoipa::path(tag = "meetings", request_body = NewPresence,
    params(("partnership" = String, Path, description = "Partnership id or slug"),
           ("meeting" = String, Path, description = "Meeting id"),
           ("Idempotency-Key" = Option<String>, Header, description = "Makes a repeat of this request harmless")),
    responses((status = 200, body = Attendee), (status = 409, body = ProblemBody), (status = 422, body = ProblemBody)),
    extensions(("x-permission" = json!("meeting.attend"))))]
#[post("/partnerships/{partnership}/meetings/{meeting}/presence")]
async fn presence(
    core: web::Data<Core>,
    actor: Allowed<AttendMeetings>,
    path: web::Path<(String, String)>,
    key: IdempotencyKey,
    body: ApiJson<NewPresence>,
) -> Result<HttpResponse, Problem> {
    let (actor, id) = (actor.into_actor(), parse_id(&path.1)?);
    let (scope, now) = (actor.idempotency_scope(), actor.now);
    once(&core.db, scope, key, body.fingerprint, now, move |conn| {
        let made = attendance::check(conn, &actor, &id, &body.value)?;
        Answer::ok(&made)
    })
    .await
}

/// Notes something, at the present point of the agenda unless another is named.
#[utoipa::path(tag = "meetings", request_body = NewMeetingNote,
    params(("partnership" = String, Path, description = "Partnership id or slug"),
           ("meeting" = String, Path, description = "Meeting id"),
           ("Idempotency-Key" = Option<String>, Header, description = "Makes a repeat of this request harmless")),
    responses((status = 201, body = MeetingNote), (status = 409, body = ProblemBody), (status = 422, body = ProblemBody)),
    extensions(("x-permission" = json!("meeting.hold"))))]
#[post("/partnerships/{partnership}/meetings/{meeting}/notes")]
async fn note(
    core: web::Data<Core>,
    actor: Allowed<HoldMeetings>,
    path: web::Path<(String, String)>,
    key: IdempotencyKey,
    body: ApiJson<NewMeetingNote>,
) -> Result<HttpResponse, Problem> {
    let (actor, id) = (actor.into_actor(), parse_id(&path.1)?);
    let (scope, now) = (actor.idempotency_scope(), actor.now);
    once(&core.db, scope, key, body.fingerprint, now, move |conn| {
        let made = hold::note(conn, &actor, &id, &body.value)?;
        Answer::created(at(&actor, &id), &made)
    })
    .await
}

/// Writes down what somebody promises in the room.
#[utoipa::path(tag = "meetings", request_body = NewPromise,
    params(("partnership" = String, Path, description = "Partnership id or slug"),
           ("meeting" = String, Path, description = "Meeting id"),
           ("Idempotency-Key" = Option<String>, Header, description = "Makes a repeat of this request harmless")),
    responses((status = 201, body = Commitment), (status = 409, body = ProblemBody), (status = 422, body = ProblemBody)),
    extensions(("x-permission" = json!("meeting.hold"))))]
#[post("/partnerships/{partnership}/meetings/{meeting}/commitments")]
async fn promise(
    core: web::Data<Core>,
    actor: Allowed<HoldMeetings>,
    path: web::Path<(String, String)>,
    key: IdempotencyKey,
    body: ApiJson<NewPromise>,
) -> Result<HttpResponse, Problem> {
    let (actor, id) = (actor.into_actor(), parse_id(&path.1)?);
    let (scope, now) = (actor.idempotency_scope(), actor.now);
    once(&core.db, scope, key, body.fingerprint, now, move |conn| {
        let made = hold::promise(conn, &actor, &id, &body.value)?;
        Answer::created(
            format!(
                "/api/v1/partnerships/{}/commitments/{}",
                actor.tenant(),
                made.id
            ),
            &made,
        )
    })
    .await
}

/// Mounts the doors; fixed words come before identifiers.
pub(crate) fn mount(cfg: &mut utoipa_actix_web::service_config::ServiceConfig) {
    cfg.service(add_item)
        .service(assemble)
        .service(move_item)
        .service(edit_item)
        .service(add_person)
        .service(reply)
        .service(presence)
        .service(note)
        .service(promise);
}
