pub(crate) mod minutes;
pub(crate) mod room;

use actix_web::{HttpResponse, get, patch, post, web};
use backbone_db::{Conn, Instant};
use backbone_identity::{Actor, Allowed, Core};
use backbone_web::{
    Answer, ApiJson, ApiQuery, IdempotencyKey, IfMatch, Page, PageQuery, Problem, ProblemBody,
    etag, once,
};
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};

use super::agenda::Suggestion;
use super::cost::{MeetingTime, meeting_minutes};
use super::hold::MeetingStepInput;
use super::room::{Room, RoomQuorum, RoomSeat, asked};
use super::{
    AgendaItem, Attendee, Meeting, MeetingId, MeetingNote, NewMeeting, agenda, cost, hold, invite,
    plan, store,
};
use crate::body::BodyId;
use crate::error::Error;
use crate::policy::{HoldMeetings, SeeMeetings};

/// Nothing needs to be said.
#[derive(Clone, Debug, Default, Serialize, Deserialize, ToSchema)]
#[serde(default, deny_unknown_fields)]
pub struct NoWords {}

/// A meeting with everything in it.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub struct MeetingDetail {
    /// The meeting.
    #[serde(flatten)]
    pub meeting: Meeting,
    /// The agenda in its order.
    pub agenda: Vec<AgendaItem>,
    /// Minutes that the agenda takes.
    pub agenda_minutes: i64,
    /// What is open in the body and not on the agenda.
    pub suggestions: Vec<Suggestion>,
    /// Who is invited or came.
    pub people: Vec<Attendee>,
    /// Every seat that decides, and who speaks for it in the room.
    pub seats: Vec<RoomSeat>,
    /// Whether enough are there.
    pub quorum: Vec<RoomQuorum>,
    /// What was noted.
    pub notes: Vec<MeetingNote>,
    /// How many were or are there.
    pub people_there: usize,
    /// Minutes that they gave together until now.
    pub minutes_spent: i64,
}

/// Which meetings.
#[derive(Clone, Debug, Default, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
pub struct MeetingQuery {
    /// Only of this body.
    pub body: Option<String>,
    /// Behind this cursor.
    pub cursor: Option<String>,
    /// At most this many.
    pub limit: Option<i64>,
}

/// Between which moments.
#[derive(Clone, Debug, Default, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
pub struct TimeQuery {
    /// Meetings that ended from this moment on (RFC 3339); 90 days ago when left out.
    pub from: Option<String>,
    /// Meetings that ended before this moment; now when left out.
    pub until: Option<String>,
}

pub(crate) fn parse_id(text: &str) -> Result<MeetingId, Problem> {
    text.parse().map_err(|_| Problem::not_found())
}

/// The address of a meeting.
pub(crate) fn at(actor: &Actor, id: &MeetingId) -> String {
    format!("/api/v1/partnerships/{}/meetings/{id}", actor.tenant())
}

/// Plans a meeting; its agenda is assembled from what is open in the body.
#[utoipa::path(tag = "meetings", request_body = NewMeeting,
    params(("partnership" = String, Path, description = "Partnership id or slug"),
           ("Idempotency-Key" = Option<String>, Header, description = "Makes a repeat of this request harmless")),
    responses((status = 201, body = Meeting), (status = 403, body = ProblemBody), (status = 422, body = ProblemBody)),
    extensions(("x-permission" = json!("meeting.hold"))))]
#[post("/partnerships/{partnership}/meetings")]
async fn create(
    core: web::Data<Core>,
    actor: Allowed<HoldMeetings>,
    key: IdempotencyKey,
    body: ApiJson<NewMeeting>,
) -> Result<HttpResponse, Problem> {
    let actor = actor.into_actor();
    let (scope, now) = (actor.idempotency_scope(), actor.now);
    once(&core.db, scope, key, body.fingerprint, now, move |conn| {
        let made = plan::plan(conn, &actor, &body.value)?;
        Answer::created(at(&actor, &made.id), &made)
    })
    .await
}

/// Lists meetings, the one planned last first.
#[utoipa::path(tag = "meetings",
    params(("partnership" = String, Path, description = "Partnership id or slug"), MeetingQuery),
    responses((status = 200, body = Page<Meeting>), (status = 400, body = ProblemBody)),
    extensions(("x-permission" = json!("meeting.see"))))]
#[get("/partnerships/{partnership}/meetings")]
async fn list(
    core: web::Data<Core>,
    actor: Allowed<SeeMeetings>,
    query: ApiQuery<MeetingQuery>,
) -> Result<HttpResponse, Problem> {
    let page = PageQuery {
        cursor: query.0.cursor.clone().filter(|c| !c.is_empty()),
        limit: query.0.limit,
    };
    let (before, limit) = (page.after()?, page.limit()?);
    let wrong = || Problem::bad_request("invalid-query").arg("why", "body");
    let body: Option<BodyId> = match query.0.body.as_deref().filter(|b| !b.is_empty()) {
        None => None,
        Some(body) => Some(body.parse().map_err(|_| wrong())?),
    };
    let tenant = actor.tenant().to_string();
    let found = core
        .db
        .read(move |c| store::list(c, &tenant, body.as_ref(), before.as_deref(), limit + 1))
        .await?;
    Ok(HttpResponse::Ok().json(Page::cut(found, limit, |m| m.id.to_string())))
}

fn detail(conn: &mut Conn, actor: &Actor, id: &MeetingId) -> Result<MeetingDetail, Error> {
    let x = store::find(conn, actor.tenant(), id)?.ok_or(Error::NotFound)?;
    let suggestions = agenda::suggestions(conn, &x)?;
    let notes = store::notes(conn, actor.tenant(), id)?;
    let room = Room::load(conn, x, actor.now)?.ok_or(Error::NotFound)?;
    let wanted = asked(conn, &room)?;
    let (people_there, minutes_spent) = cost::so_far(&room.people, actor.now);
    Ok(MeetingDetail {
        agenda_minutes: super::rules::total(&room.items),
        seats: room.seated(),
        quorum: room.enough(&wanted, &room.represented(None)),
        suggestions,
        notes,
        people_there,
        minutes_spent,
        agenda: room.items,
        people: room.people,
        meeting: room.x,
    })
}

/// One meeting with its agenda, its people and what was noted.
#[utoipa::path(tag = "meetings",
    params(("partnership" = String, Path, description = "Partnership id or slug"), ("meeting" = String, Path, description = "Meeting id")),
    responses((status = 200, body = MeetingDetail), (status = 404, body = ProblemBody)),
    extensions(("x-permission" = json!("meeting.see"))))]
#[get("/partnerships/{partnership}/meetings/{meeting}")]
async fn get_one(
    core: web::Data<Core>,
    actor: Allowed<SeeMeetings>,
    path: web::Path<(String, String)>,
) -> Result<HttpResponse, Problem> {
    let (actor, id) = (actor.into_actor(), parse_id(&path.1)?);
    let found = core
        .db
        .read(move |c| detail(c, &actor, &id))
        .await
        .map_err(Problem::from)?;
    Ok(etag::ok(found.meeting.version).json(found))
}

/// Changes when and where it is, what it is called, or who leads it; those invited are told.
#[utoipa::path(tag = "meetings", request_body = NewMeeting,
    params(("partnership" = String, Path, description = "Partnership id or slug"), ("meeting" = String, Path, description = "Meeting id"),
           ("If-Match" = String, Header, description = "The ETag of the version that is changed")),
    responses((status = 200, body = Meeting), (status = 409, body = ProblemBody), (status = 412, body = ProblemBody), (status = 422, body = ProblemBody)),
    extensions(("x-permission" = json!("meeting.hold"))))]
#[patch("/partnerships/{partnership}/meetings/{meeting}")]
async fn change(
    core: web::Data<Core>,
    actor: Allowed<HoldMeetings>,
    path: web::Path<(String, String)>,
    seen: IfMatch,
    body: ApiJson<NewMeeting>,
) -> Result<HttpResponse, Problem> {
    let (actor, id) = (actor.into_actor(), parse_id(&path.1)?);
    let new = core
        .db
        .write(move |conn| plan::change(conn, &actor, &id, seen, &body.value))
        .await
        .map_err(|e: Error| Problem::from(e))?;
    core.wake_jobs();
    Ok(etag::ok(new.version).json(new))
}

/// A step with the whole meeting, by its word.
pub(crate) fn take(
    conn: &mut Conn,
    actor: &Actor,
    id: &MeetingId,
    step: &str,
    input: &MeetingStepInput,
) -> Result<Meeting, Error> {
    match step {
        "invite" => invite::invite(conn, actor, id),
        "open" => hold::open(conn, actor, id),
        "close" => hold::close(conn, actor, id),
        "resume" => hold::resume(conn, actor, id),
        "cancel" => plan::cancel(conn, actor, id, &input.reason),
        _ => Err(Error::NotFound),
    }
}

/// Moves a meeting on: `invite`, `open`, `close`, `resume` or `cancel`.
#[utoipa::path(tag = "meetings", request_body = MeetingStepInput,
    params(("partnership" = String, Path, description = "Partnership id or slug"), ("meeting" = String, Path, description = "Meeting id"),
           ("step" = String, Path, description = "The step"),
           ("Idempotency-Key" = Option<String>, Header, description = "Makes a repeat of this request harmless")),
    responses((status = 200, body = Meeting), (status = 409, body = ProblemBody), (status = 422, body = ProblemBody)),
    extensions(("x-permission" = json!("meeting.hold"))))]
#[post("/partnerships/{partnership}/meetings/{meeting}/steps/{step}")]
async fn move_on(
    core: web::Data<Core>,
    actor: Allowed<HoldMeetings>,
    path: web::Path<(String, String, String)>,
    key: IdempotencyKey,
    body: ApiJson<MeetingStepInput>,
) -> Result<HttpResponse, Problem> {
    let (actor, id, step) = (actor.into_actor(), parse_id(&path.1)?, path.2.clone());
    let (scope, now) = (actor.idempotency_scope(), actor.now);
    let answer = once(&core.db, scope, key, body.fingerprint, now, move |conn| {
        Answer::ok(&take(conn, &actor, &id, &step, &body.value)?)
    })
    .await;
    core.wake_jobs();
    answer
}

/// The time that people gave to meetings: a line for each person and meeting.
#[utoipa::path(tag = "meetings",
    params(("partnership" = String, Path, description = "Partnership id or slug"), TimeQuery),
    responses((status = 200, body = Vec<MeetingTime>), (status = 400, body = ProblemBody)),
    extensions(("x-permission" = json!("meeting.see"))))]
#[get("/partnerships/{partnership}/meeting-time")]
async fn time(
    core: web::Data<Core>,
    actor: Allowed<SeeMeetings>,
    query: ApiQuery<TimeQuery>,
) -> Result<HttpResponse, Problem> {
    let actor = actor.into_actor();
    let read = |text: &Option<String>, usual: Instant, name: &'static str| {
        let text = text.as_deref().filter(|t| !t.is_empty());
        text.map_or(Ok(usual), |t| {
            t.parse()
                .map_err(|_| Problem::bad_request("invalid-query").arg("why", name))
        })
    };
    let from = read(&query.0.from, actor.now.plus_days(-90), "from")?;
    let until = read(&query.0.until, actor.now, "until")?;
    let found = core
        .db
        .read(move |c| meeting_minutes(c, &actor, from, until))
        .await?;
    Ok(HttpResponse::Ok().json(found))
}

/// Mounts the doors.
pub(crate) fn mount(cfg: &mut utoipa_actix_web::service_config::ServiceConfig) {
    cfg.service(create)
        .service(list)
        .service(get_one)
        .service(change)
        .service(move_on)
        .service(time);
    room::mount(cfg);
    minutes::mount(cfg);
}
