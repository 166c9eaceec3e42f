//! Answering an invitation.

use backbone_db::Conn;
use backbone_events::append;
use backbone_identity::Actor;
use serde::{Deserialize, Serialize};
use serde_json::json;
use utoipa::ToSchema;

use super::plan::{follows, locked};
use super::rules::Step;
use super::{Attendee, AttendeeId, Meeting, MeetingId, Rsvp, mail, store};
use crate::error::{Error, wrong};
use crate::seat::store as seats;

/// What somebody answers.
#[derive(Clone, Debug, Default, Serialize, Deserialize, ToSchema)]
#[serde(default, deny_unknown_fields)]
pub struct NewRsvp {
    /// `yes`, `no` or `alternate`.
    pub answer: String,
    /// For whom, when not for oneself: who leads the meeting writes down what others said.
    pub attendee_id: Option<String>,
}

/// Answers for oneself, or writes down what somebody said.
///
/// # Errors
/// 404 for somebody who is not on the list; 403 for others; 409 once it began; 422.
pub fn answer(
    conn: &mut Conn,
    actor: &Actor,
    id: &MeetingId,
    input: &NewRsvp,
) -> Result<Attendee, Error> {
    let x = locked(conn, actor, id)?;
    let given = input.attendee_id.as_deref().filter(|a| !a.is_empty());
    let place = match (given, &actor.person_id) {
        (Some(given), _) => {
            let given: AttendeeId = given.parse().map_err(|_| Error::NotFound)?;
            let found = store::attendee(conn, actor.tenant(), &given)?;
            found.filter(|a| a.meeting_id == x.id)
        }
        (None, Some(person)) => store::place_of(conn, actor.tenant(), id, person)?,
        (None, None) => None,
    };
    let place = place.ok_or(Error::NotFound)?;
    let own = place.person_id.is_some() && place.person_id == actor.person_id;
    if !own && !x.noted_by(actor) {
        return Err(Error::Forbidden("meeting-not-yours"));
    }
    give(conn, actor, &x, place, &input.answer)
}

/// Keeps an answer of somebody who was let in. An alternate who is sent gets a mail.
pub(crate) fn give(
    conn: &mut Conn,
    actor: &Actor,
    x: &Meeting,
    mut place: Attendee,
    answer: &str,
) -> Result<Attendee, Error> {
    follows(x, Step::Edit)?;
    let said: Rsvp = answer
        .parse()
        .ok()
        .filter(|a| *a != Rsvp::None)
        .ok_or_else(|| wrong("answer", "meeting-answer"))?;
    let own = seats::of_body(conn, actor.tenant(), &x.body_id)?;
    let held = own.iter().find(|s| {
        place.person_id.is_some() && s.person_id == place.person_id && s.alternate_id.is_some()
    });
    if said == Rsvp::Alternate && held.is_none() {
        return Err(wrong("answer", "meeting-no-alternate"));
    }
    if place.answer == said {
        return Ok(place);
    }
    place.answer = said;
    place.answered_at = Some(actor.now);
    store::update_person(conn, &place)?;
    store::bump(conn, actor.tenant(), &x.id)?;
    let alternate = held
        .and_then(|s| s.alternate_id.as_ref())
        .filter(|_| said == Rsvp::Alternate);
    if let Some(alternate) = alternate
        && let Some(other) = store::place_of(conn, actor.tenant(), &x.id, alternate)?
    {
        let body = crate::proposal::draft::body(conn, actor, x.body_id.as_str())?;
        mail::sent_instead(conn, actor, x, &body, &other, &place.name)?;
    }
    let event = x
        .event("meeting.answered")
        .data(&json!({"attendee": place.id, "answer": said}));
    append(conn, actor.tenant(), &actor.by(), event)?;
    Ok(place)
}
