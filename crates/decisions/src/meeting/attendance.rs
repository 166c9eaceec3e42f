//! Who is there: checked in by who leads or notes, or by themselves.

use backbone_db::{Conn, Instant};
use backbone_events::append;
use backbone_identity::Actor;
use serde::{Deserialize, Serialize};
use serde_json::json;
use utoipa::ToSchema;

use super::plan::{follows, locked};
use super::rules::Step;
use super::{Attendee, AttendeeId, Meeting, MeetingId, store};
use crate::error::Error;

/// Somebody comes or leaves.
#[derive(Clone, Debug, Default, Serialize, Deserialize, ToSchema)]
#[serde(default, deny_unknown_fields)]
pub struct NewPresence {
    /// Who; oneself when left out.
    pub attendee_id: Option<String>,
    /// Whether they are there from now on.
    pub here: bool,
}

/// Comes.
pub(crate) fn came(a: &mut Attendee, now: Instant) {
    if a.here_since.is_none() {
        a.here_since = Some(now);
        a.first_came = a.first_came.or(Some(now));
        a.last_left = None;
    }
}

/// Leaves.
pub(crate) fn left(a: &mut Attendee, now: Instant) {
    if a.here_since.is_some() {
        a.seconds = a.present_seconds(now);
        a.here_since = None;
        a.last_left = Some(now);
    }
}

/// Notes that somebody is there, or left. The same again changes nothing.
///
/// # Errors
/// 404; 403 for others unless one leads or notes; 409 unless it is going on.
pub fn check(
    conn: &mut Conn,
    actor: &Actor,
    id: &MeetingId,
    input: &NewPresence,
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
    note(conn, actor, &x, place, input.here)
}

/// Notes it for somebody who was let in.
pub(crate) fn note(
    conn: &mut Conn,
    actor: &Actor,
    x: &Meeting,
    mut place: Attendee,
    here: bool,
) -> Result<Attendee, Error> {
    follows(x, Step::Act)?;
    if here == place.here_since.is_some() {
        return Ok(place);
    }
    let kind = if here {
        came(&mut place, actor.now);
        "meeting.arrived"
    } else {
        left(&mut place, actor.now);
        "meeting.left"
    };
    store::update_person(conn, &place)?;
    store::bump(conn, actor.tenant(), &x.id)?;
    let event = x.event(kind).data(&json!({"attendee": place.id}));
    append(conn, actor.tenant(), &actor.by(), event)?;
    Ok(place)
}

/// Everybody who is still there leaves: the meeting is over.
pub(crate) fn all_leave(
    conn: &mut Conn,
    actor: &Actor,
    x: &Meeting,
) -> Result<Vec<Attendee>, Error> {
    let mut all = store::people(conn, actor.tenant(), &x.id)?;
    for a in all.iter_mut().filter(|a| a.here_since.is_some()) {
        left(a, actor.now);
        store::update_person(conn, a)?;
    }
    Ok(all)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::meeting::{AttendeePart, Rsvp};

    #[test]
    fn time_away_does_not_count() {
        let at = |minute: i64| Instant::from_unix(minute * 60);
        let mut a = Attendee {
            id: AttendeeId::new(),
            partnership_id: String::new(),
            meeting_id: MeetingId::new(),
            person_id: None,
            seat_id: None,
            organization_id: None,
            name: String::new(),
            email: String::new(),
            part: AttendeePart::Guest,
            answer: Rsvp::None,
            answered_at: None,
            invited_at: None,
            here_since: None,
            first_came: None,
            last_left: None,
            seconds: 0,
            created_at: at(0),
        };
        left(&mut a, at(3));
        assert_eq!((a.seconds, a.last_left), (0, None));
        came(&mut a, at(5));
        came(&mut a, at(9));
        assert_eq!(a.present_seconds(at(15)), 600);
        left(&mut a, at(15));
        left(&mut a, at(16));
        came(&mut a, at(40));
        assert_eq!((a.first_came, a.last_left), (Some(at(5)), None));
        left(&mut a, at(45));
        assert_eq!((a.seconds, a.last_left), (900, Some(at(45))));
        assert_eq!(a.present_seconds(at(99)), 900);
    }
}
