//! Planning a meeting, changing it, and calling it off.

use backbone_db::{Conn, DbError};
use backbone_events::append;
use backbone_identity::{Actor, PersonId};
use backbone_web::{Fields, IfMatch};
use serde_json::json;

use super::rules::{self, Step};
use super::{Meeting, MeetingId, MeetingStatus, NewMeeting, agenda, invite, mail, store};
use crate::body::Body;
use crate::error::{Error, wrong};
use crate::people::members;
use crate::proposal::draft::{body, seated};

/// Plans a meeting: its list of people is that of the seats, its agenda what is open.
///
/// # Errors
/// 403 without a seat in the body; 422.
pub fn plan(conn: &mut Conn, actor: &Actor, input: &NewMeeting) -> Result<Meeting, Error> {
    let body = body(conn, actor, &input.body_id)?;
    seated(conn, actor, &body)?;
    let content = rules::content(input, &body.zone(), actor.now)?;
    conn.lock(&format!("meetings:{}", body.id))
        .map_err(DbError::from)?;
    let mut made = blank(actor, &body, content);
    made.number = store::last_number(conn, actor.tenant(), &body.id)? + 1;
    lead(conn, actor, &mut made, input)?;
    if made.facilitator_id.is_none() {
        made.facilitator_id.clone_from(&actor.person_id);
        made.facilitator_name.clone_from(&actor.name);
    }
    store::insert(conn, &made)?;
    invite::gather(conn, actor, &made)?;
    agenda::fill(conn, actor, &made)?;
    let event = made.event("meeting.planned");
    append(
        conn,
        actor.tenant(),
        &actor.by(),
        event.data(&json!({"number": made.number, "starts_at": made.starts_at})),
    )?;
    Ok(made)
}

fn blank(actor: &Actor, body: &Body, c: rules::Content) -> Meeting {
    Meeting {
        id: MeetingId::new(),
        partnership_id: actor.tenant().into(),
        body_id: body.id.clone(),
        number: 1,
        title: c.title,
        purpose: c.purpose,
        place: c.place,
        online_url: c.online_url,
        starts_at: c.starts_at,
        ends_at: c.ends_at,
        facilitator_id: None,
        facilitator_name: String::new(),
        note_taker_id: None,
        note_taker_name: String::new(),
        status: MeetingStatus::Planned,
        reason: String::new(),
        sequence: 0,
        opened_at: None,
        closed_at: None,
        reminded_at: None,
        minutes_version: 0,
        minutes_approved: 0,
        approved_by: String::new(),
        sent_at: None,
        pulse: 0,
        version: 1,
        created_at: actor.now,
        updated_at: actor.now,
    }
}

/// Names who leads and who takes notes.
fn lead(conn: &mut Conn, actor: &Actor, x: &mut Meeting, input: &NewMeeting) -> Result<(), Error> {
    let people = members(conn, actor.tenant())?;
    let mut fields = Fields::new();
    let mut find = |field: &str, id: &Option<String>| {
        let id = fields.parse_optional::<PersonId>(field, id.as_deref().unwrap_or_default())?;
        let found = people.iter().find(|m| m.person_id == id);
        if found.is_none() {
            fields.fail(field, "seat-person-unknown");
        }
        found.map(|m| (m.person_id.clone(), m.name.clone()))
    };
    let facilitator = find("facilitator_id", &input.facilitator_id);
    let note_taker = find("note_taker_id", &input.note_taker_id);
    fields.finish()?;
    if let Some((id, name)) = facilitator {
        (x.facilitator_id, x.facilitator_name) = (Some(id), name);
    }
    (x.note_taker_id, x.note_taker_name) = match note_taker {
        Some((id, name)) => (Some(id), name),
        None => (None, String::new()),
    };
    Ok(())
}

/// Reads a meeting under a lock that is held until the transaction ends.
pub(crate) fn locked(conn: &mut Conn, actor: &Actor, id: &MeetingId) -> Result<Meeting, Error> {
    conn.lock(&format!("meeting:{id}")).map_err(DbError::from)?;
    store::find(conn, actor.tenant(), id)?.ok_or(Error::NotFound)
}

/// Reads a meeting that somebody leads, for a step that may follow.
pub(crate) fn led(
    conn: &mut Conn,
    actor: &Actor,
    id: &MeetingId,
    step: Step,
) -> Result<Meeting, Error> {
    let x = locked(conn, actor, id)?;
    if !x.led_by(actor) {
        return Err(Error::Forbidden("meeting-not-yours"));
    }
    follows(&x, step)?;
    Ok(x)
}

/// Refuses a step that does not follow.
pub(crate) fn follows(x: &Meeting, step: Step) -> Result<(), Error> {
    if rules::may(x.status, step) {
        Ok(())
    } else {
        Err(Error::RuleOf(
            "meeting-step",
            "status",
            x.status.to_string(),
        ))
    }
}

/// Saves a meeting as its next version.
pub(crate) fn save(conn: &mut Conn, actor: &Actor, x: &mut Meeting) -> Result<(), DbError> {
    x.version += 1;
    x.pulse += 1;
    x.updated_at = actor.now;
    store::update(conn, x)
}

/// Changes a meeting. When those invited have to know, they get the calendar entry anew.
///
/// # Errors
/// 404; 403 unless one leads it; 409 once it began; 412; 422.
pub fn change(
    conn: &mut Conn,
    actor: &Actor,
    id: &MeetingId,
    seen: IfMatch,
    input: &NewMeeting,
) -> Result<Meeting, Error> {
    let mut x = led(conn, actor, id, Step::Edit)?;
    seen.check(x.version)?;
    if !input.body_id.is_empty() && input.body_id.trim() != x.body_id.as_str() {
        return Err(wrong("body_id", "meeting-other-body"));
    }
    let body = body(conn, actor, x.body_id.as_str())?;
    let c = rules::content(input, &body.zone(), actor.now)?;
    let shown = |x: &Meeting| {
        (
            x.title.clone(),
            x.place.clone(),
            x.online_url.clone(),
            x.starts_at,
            x.ends_at,
        )
    };
    let before = shown(&x);
    (x.title, x.purpose, x.place, x.online_url) = (c.title, c.purpose, c.place, c.online_url);
    (x.starts_at, x.ends_at) = (c.starts_at, c.ends_at);
    lead(conn, actor, &mut x, input)?;
    let told = x.status == MeetingStatus::Invited && before != shown(&x);
    if told {
        x.sequence += 1;
    }
    save(conn, actor, &mut x)?;
    if told {
        mail::changed(conn, actor, &x, &body)?;
    }
    let event = x.event("meeting.changed");
    append(
        conn,
        actor.tenant(),
        &actor.by(),
        event.data(&json!({"sequence": x.sequence, "starts_at": x.starts_at})),
    )?;
    Ok(x)
}

/// Calls a meeting off, with a reason; those invited are told, and their calendars too.
///
/// # Errors
/// 404; 403 unless one leads it; 409 once it began; 422 without reason.
pub fn cancel(
    conn: &mut Conn,
    actor: &Actor,
    id: &MeetingId,
    reason: &str,
) -> Result<Meeting, Error> {
    let mut x = led(conn, actor, id, Step::Cancel)?;
    let mut fields = Fields::new();
    x.reason = fields.text("reason", reason, 1_000);
    fields.finish()?;
    let told = x.status == MeetingStatus::Invited;
    x.status = MeetingStatus::Cancelled;
    x.sequence += 1;
    save(conn, actor, &mut x)?;
    if told {
        let body =
            crate::body::store::find(conn, actor.tenant(), &x.body_id)?.ok_or(Error::NotFound)?;
        mail::cancelled(conn, actor, &x, &body)?;
    }
    append(
        conn,
        actor.tenant(),
        &actor.by(),
        x.event("meeting.cancelled"),
    )?;
    Ok(x)
}
