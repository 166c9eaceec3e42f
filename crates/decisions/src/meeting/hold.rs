//! Holding a meeting: it opens, goes from point to point, and closes.

use backbone_db::{Conn, DbError};
use backbone_events::{Object, append, link};
use backbone_identity::Actor;
use backbone_web::Fields;
use serde::{Deserialize, Serialize};
use serde_json::json;
use utoipa::ToSchema;

use super::plan::{follows, led, locked, save};
use super::rules::{Step, whole_minutes};
use super::{
    AgendaItem, AgendaItemId, Meeting, MeetingId, MeetingNote, MeetingNoteId, MeetingStatus,
    Promised, attendance, invite, minutes, store, vote,
};
use crate::commitment::{self, Commitment, NewCommitment};
use crate::error::Error;

/// Words for a step, or for a note.
#[derive(Clone, Debug, Default, Serialize, Deserialize, ToSchema)]
#[serde(default, deny_unknown_fields)]
pub struct MeetingStepInput {
    /// Why; needed for calling it off.
    pub reason: String,
}

/// Something to note.
#[derive(Clone, Debug, Default, Serialize, Deserialize, ToSchema)]
#[serde(default, deny_unknown_fields)]
pub struct NewMeetingNote {
    /// At which point; the present one when left out.
    pub item_id: Option<String>,
    /// Its words.
    pub text: String,
}

/// A commitment made in the room.
#[derive(Clone, Debug, Default, Serialize, Deserialize, ToSchema)]
#[serde(default)]
pub struct NewPromise {
    /// At which point; the present one when left out.
    pub item_id: Option<String>,
    /// What will be done, by whom and when.
    #[serde(flatten)]
    pub commitment: NewCommitment,
}

/// Opens it. Who leads it is there.
///
/// # Errors
/// 404; 403 unless one leads it; 409 once it began.
pub fn open(conn: &mut Conn, actor: &Actor, id: &MeetingId) -> Result<Meeting, Error> {
    let mut x = led(conn, actor, id, Step::Open)?;
    let list = invite::gather(conn, actor, &x)?;
    x.status = MeetingStatus::Open;
    x.opened_at = Some(actor.now);
    save(conn, actor, &mut x)?;
    append(conn, actor.tenant(), &actor.by(), x.event("meeting.opened"))?;
    let own = |p: &&super::Attendee| {
        p.person_id.is_some() && (p.person_id == x.facilitator_id || p.person_id == actor.person_id)
    };
    for place in list.iter().filter(own) {
        attendance::note(conn, actor, &x, place.clone(), true)?;
    }
    Ok(x)
}

/// Goes on with a meeting that was ended too early. Its minutes are drafted anew when it ends.
///
/// # Errors
/// 404; 403; 409 unless it was ended, `meeting-minutes-begun` once somebody wrote in its minutes.
pub fn resume(conn: &mut Conn, actor: &Actor, id: &MeetingId) -> Result<Meeting, Error> {
    let mut x = led(conn, actor, id, Step::Resume)?;
    if x.minutes_version > 1 || x.minutes_approved > 0 {
        return Err(Error::Rule("meeting-minutes-begun"));
    }
    // Those who were there when it was ended are there again.
    for mut a in store::people(conn, actor.tenant(), id)? {
        if a.last_left.is_some() && a.last_left == x.closed_at {
            attendance::came(&mut a, actor.now);
            store::update_person(conn, &a)?;
        }
    }
    store::delete_minutes(conn, actor.tenant(), id)?;
    x.status = MeetingStatus::Open;
    x.closed_at = None;
    x.minutes_version = 0;
    save(conn, actor, &mut x)?;
    append(
        conn,
        actor.tenant(),
        &actor.by(),
        x.event("meeting.resumed"),
    )?;
    Ok(x)
}

/// Ends it: everybody leaves, and the minutes are drafted from what happened. Votes that run go on by mail.
///
/// # Errors
/// 404; 403 unless one leads it; 409 unless it is going on.
pub fn close(conn: &mut Conn, actor: &Actor, id: &MeetingId) -> Result<Meeting, Error> {
    let mut x = led(conn, actor, id, Step::Close)?;
    vote::settle(conn, actor, &x)?;
    end_current(conn, actor, &x)?;
    let people = attendance::all_leave(conn, actor, &x)?;
    x.status = MeetingStatus::Closed;
    x.closed_at = Some(actor.now);
    x.minutes_version = 1;
    save(conn, actor, &mut x)?;
    let there: Vec<i64> = people
        .iter()
        .map(|p| p.seconds)
        .filter(|s| *s > 0)
        .collect();
    let spent: i64 = there.iter().map(|s| whole_minutes(*s)).sum();
    let mut event = x
        .event("meeting.closed")
        .data(&json!({"people": there.len(), "minutes": spent}));
    let mut told: Vec<String> = Vec::new();
    for organization in people
        .iter()
        .filter(|p| p.seconds > 0)
        .filter_map(|p| p.organization_id.as_ref())
    {
        if !told.iter().any(|t| t == organization.as_str()) {
            told.push(organization.to_string());
            event = event.about(Object::new("organization", organization));
        }
    }
    append(conn, actor.tenant(), &actor.by(), event)?;
    minutes::draft(conn, actor, &x)?;
    Ok(x)
}

/// Ends the present point, if there is one.
fn end_current(conn: &mut Conn, actor: &Actor, x: &Meeting) -> Result<(), DbError> {
    for mut item in store::items(conn, actor.tenant(), &x.id)? {
        if item.is_current() {
            item.spent_seconds = item.spent(actor.now);
            item.ended_at = Some(actor.now);
            store::update_item(conn, &item)?;
            let event = x
                .event("meeting.item_ended")
                .data(&json!({"item": item.id}));
            append(conn, actor.tenant(), &actor.by(), event)?;
        }
    }
    Ok(())
}

/// Goes to a point; the one before ends. Without a point only ends.
///
/// # Errors
/// 404; 403; 409 unless the meeting is going on.
pub fn go_to(
    conn: &mut Conn,
    actor: &Actor,
    id: &MeetingId,
    item: Option<&AgendaItemId>,
) -> Result<Vec<AgendaItem>, Error> {
    let x = locked(conn, actor, id)?;
    if !x.noted_by(actor) {
        return Err(Error::Forbidden("meeting-not-yours"));
    }
    follows(&x, Step::Act)?;
    let items = store::items(conn, actor.tenant(), id)?;
    let next = match item {
        None => None,
        Some(item) => Some(
            items
                .iter()
                .find(|i| &i.id == item)
                .ok_or(Error::NotFound)?,
        ),
    };
    if next.is_some_and(AgendaItem::is_current) {
        return Ok(items);
    }
    end_current(conn, actor, &x)?;
    if let Some(next) = next {
        let mut next = next.clone();
        next.started_at = Some(actor.now);
        next.ended_at = None;
        store::update_item(conn, &next)?;
        let event = x
            .event("meeting.item_started")
            .data(&json!({"item": next.id}));
        append(conn, actor.tenant(), &actor.by(), event)?;
    }
    store::bump(conn, actor.tenant(), id)?;
    Ok(store::items(conn, actor.tenant(), id)?)
}

/// The point something is said at: the one named, or the present one.
pub(crate) fn at(
    conn: &mut Conn,
    x: &Meeting,
    named: Option<&str>,
) -> Result<Option<AgendaItemId>, Error> {
    let items = store::items(conn, &x.partnership_id, &x.id)?;
    match named.map(str::trim).filter(|n| !n.is_empty()) {
        None => Ok(items.iter().find(|i| i.is_current()).map(|i| i.id.clone())),
        Some(named) => {
            let found = items.iter().find(|i| i.id.as_str() == named);
            found.map(|i| Some(i.id.clone())).ok_or(Error::NotFound)
        }
    }
}

/// Notes something.
///
/// # Errors
/// 404; 403 unless one leads or notes; 409 unless the meeting is going on; 422.
pub fn note(
    conn: &mut Conn,
    actor: &Actor,
    id: &MeetingId,
    input: &NewMeetingNote,
) -> Result<MeetingNote, Error> {
    let x = noting(conn, actor, id)?;
    let mut fields = Fields::new();
    let text = fields.text("text", &input.text, 4_000);
    fields.finish()?;
    let made = MeetingNote {
        id: MeetingNoteId::new(),
        partnership_id: actor.tenant().into(),
        meeting_id: id.clone(),
        item_id: at(conn, &x, input.item_id.as_deref())?,
        text,
        written_by: actor.name.clone(),
        written_at: actor.now,
    };
    store::insert_note(conn, &made)?;
    store::bump(conn, actor.tenant(), id)?;
    let event = x.event("meeting.noted").data(&json!({"note": made.id}));
    append(conn, actor.tenant(), &actor.by(), event)?;
    Ok(made)
}

fn noting(conn: &mut Conn, actor: &Actor, id: &MeetingId) -> Result<Meeting, Error> {
    let x = locked(conn, actor, id)?;
    if !x.noted_by(actor) {
        return Err(Error::Forbidden("meeting-not-yours"));
    }
    follows(&x, Step::Act)?;
    Ok(x)
}

/// Writes down what somebody promises in the room.
///
/// # Errors
/// 404; 403 unless one leads or notes; 409 unless the meeting is going on; 422.
pub fn promise(
    conn: &mut Conn,
    actor: &Actor,
    id: &MeetingId,
    input: &NewPromise,
) -> Result<Commitment, Error> {
    let x = noting(conn, actor, id)?;
    let item = at(conn, &x, input.item_id.as_deref())?;
    let made = commitment::edit::create(conn, actor, None, &input.commitment)?;
    promised(conn, actor, &x, item, &made)?;
    Ok(made)
}

/// Keeps that a commitment was made in a meeting, with the link by which its trace goes there.
pub(crate) fn promised(
    conn: &mut Conn,
    actor: &Actor,
    x: &Meeting,
    item_id: Option<AgendaItemId>,
    made: &Commitment,
) -> Result<(), DbError> {
    let row = Promised {
        meeting_id: x.id.clone(),
        commitment_id: made.id.clone(),
        partnership_id: actor.tenant().into(),
        item_id,
    };
    store::insert_promised(conn, &row)?;
    let commitment = Object::new("commitment", &made.id);
    link(
        conn,
        actor.tenant(),
        commitment.clone(),
        "made_in",
        x.object(),
        actor.now,
    )?;
    store::bump(conn, actor.tenant(), &x.id)?;
    let event = x.event("meeting.promised").about(commitment);
    append(conn, actor.tenant(), &actor.by(), event)?;
    Ok(())
}
