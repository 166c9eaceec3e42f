//! Who is invited: those who fill seats, their alternates, who leads and who takes notes, and guests.

use backbone_db::{Conn, DbError};
use backbone_events::append;
use backbone_identity::{Actor, PersonId};
use backbone_web::Fields;
use serde_json::json;

use super::plan::{follows, led, locked, save};
use super::rules::Step;
use super::{
    Attendee, AttendeeId, AttendeePart, Meeting, MeetingId, MeetingStatus, NewAttendee, Rsvp, mail,
    store,
};
use crate::error::Error;
use crate::people::{Member, members};
use crate::seat::{Seat, SeatId, store as seats};

/// A place for somebody.
pub(crate) fn place(actor: &Actor, x: &Meeting, name: &str, part: AttendeePart) -> Attendee {
    Attendee {
        id: AttendeeId::new(),
        partnership_id: actor.tenant().into(),
        meeting_id: x.id.clone(),
        person_id: None,
        seat_id: None,
        organization_id: None,
        name: name.into(),
        email: String::new(),
        part,
        answer: Rsvp::None,
        answered_at: None,
        invited_at: None,
        here_since: None,
        first_came: None,
        last_left: None,
        seconds: 0,
        created_at: actor.now,
    }
}

/// Who should be on the list because of a seat or a part in the meeting: person or guest's seat, and as what.
struct Wanted {
    person: Option<PersonId>,
    seat: Option<SeatId>,
    part: AttendeePart,
}

fn wanted(x: &Meeting, seats: &[Seat]) -> Vec<Wanted> {
    let mut all: Vec<Wanted> = Vec::new();
    let holders = seats
        .iter()
        .map(|s| (s, &s.person_id, AttendeePart::Holder));
    let alternates = seats
        .iter()
        .map(|s| (s, &s.alternate_id, AttendeePart::Alternate));
    for (seat, person, part) in holders.chain(alternates) {
        if let Some(person) = person
            && !all.iter().any(|w| w.person.as_ref() == Some(person))
        {
            all.push(Wanted {
                person: Some(person.clone()),
                seat: Some(seat.id.clone()),
                part,
            });
        }
    }
    let guests = seats.iter().filter(|s| s.guest_email.is_some());
    all.extend(guests.map(|s| Wanted {
        person: None,
        seat: Some(s.id.clone()),
        part: AttendeePart::SeatGuest,
    }));
    for person in [&x.facilitator_id, &x.note_taker_id].into_iter().flatten() {
        if !all.iter().any(|w| w.person.as_ref() == Some(person)) {
            all.push(Wanted {
                person: Some(person.clone()),
                seat: None,
                part: AttendeePart::Guest,
            });
        }
    }
    all
}

/// Brings the list up to date with the seats: who came since is put on it; who lost their seat before being invited is taken off.
pub(crate) fn gather(
    conn: &mut Conn,
    actor: &Actor,
    x: &Meeting,
) -> Result<Vec<Attendee>, DbError> {
    let tenant = actor.tenant();
    let seats = seats::of_body(conn, tenant, &x.body_id)?;
    let people = members(conn, tenant)?;
    let there = store::people(conn, tenant, &x.id)?;
    let wanted = wanted(x, &seats);
    let same = |w: &Wanted, a: &Attendee| match &w.person {
        Some(person) => a.person_id.as_ref() == Some(person),
        None => a.part == AttendeePart::SeatGuest && a.seat_id == w.seat,
    };
    for w in &wanted {
        let seat = seats.iter().find(|s| Some(&s.id) == w.seat.as_ref());
        let member = people
            .iter()
            .find(|m| Some(&m.person_id) == w.person.as_ref());
        if let Some(known) = there.iter().find(|a| same(w, a)) {
            if known.seat_id != w.seat || known.part != w.part {
                let mut known = known.clone();
                (known.seat_id, known.part) = (w.seat.clone(), w.part);
                store::update_person(conn, &known)?;
            }
            continue;
        }
        let name = member
            .map(|m| m.name.clone())
            .or_else(|| seat.and_then(|s| s.guest_name.clone()));
        // Somebody who left the partnership is not invited.
        let Some(name) = name else {
            continue;
        };
        let mut made = place(actor, x, &name, w.part);
        made.person_id.clone_from(&w.person);
        made.seat_id.clone_from(&w.seat);
        made.organization_id = seat
            .and_then(|s| s.organization_id.clone())
            .or_else(|| member.and_then(|m| m.organization_id.clone()));
        store::insert_person(conn, &made)?;
    }
    let seated = |a: &Attendee| !matches!(a.part, AttendeePart::Guest);
    for gone in there
        .iter()
        .filter(|a| seated(a) && a.invited_at.is_none() && a.first_came.is_none())
        .filter(|a| !wanted.iter().any(|w| same(w, a)))
    {
        store::delete_person(conn, tenant, &gone.id)?;
    }
    store::people(conn, tenant, &x.id)
}

/// Where somebody on the list is written to, and in which language.
pub(crate) fn address<'a>(
    people: &'a [Member],
    seats: &'a [Seat],
    a: &'a Attendee,
    usual: &'a str,
) -> Option<(&'a str, &'a str)> {
    if let Some(person) = &a.person_id {
        let member = people.iter().find(|m| &m.person_id == person)?;
        return Some((&member.email, &member.language));
    }
    let own = seats.iter().find(|s| Some(&s.id) == a.seat_id.as_ref());
    let email = own
        .and_then(|s| s.guest_email.as_deref())
        .unwrap_or(&a.email);
    (!email.is_empty()).then_some((email, usual))
}

/// Invites those who were not invited yet, with a calendar entry and a link to answer by.
///
/// # Errors
/// 404; 403 unless one leads it; 409 once it began, `meeting-nobody` with nobody on the list.
pub fn invite(conn: &mut Conn, actor: &Actor, id: &MeetingId) -> Result<Meeting, Error> {
    let mut x = led(conn, actor, id, Step::Invite)?;
    let body = crate::proposal::draft::body(conn, actor, x.body_id.as_str())?;
    let list = gather(conn, actor, &x)?;
    if list.is_empty() {
        return Err(Error::Rule("meeting-nobody"));
    }
    x.status = MeetingStatus::Invited;
    save(conn, actor, &mut x)?;
    let mut invited = 0;
    for mut a in list.into_iter().filter(|a| a.invited_at.is_none()) {
        if mail::invitation(conn, actor, &x, &body, &a)? {
            a.invited_at = Some(actor.now);
            store::update_person(conn, &a)?;
            invited += 1;
        }
    }
    let event = x
        .event("meeting.invited")
        .data(&json!({"invited": invited}));
    append(conn, actor.tenant(), &actor.by(), event)?;
    Ok(x)
}

/// Puts a guest on the list; during the meeting, somebody who walked in and is there now. Before, they are invited with the others,
/// or at once when those were.
///
/// # Errors
/// 404; 403; 409 once it is over, `meeting-there-already`; 422.
pub fn add(
    conn: &mut Conn,
    actor: &Actor,
    id: &MeetingId,
    input: &NewAttendee,
) -> Result<Attendee, Error> {
    let x = locked(conn, actor, id)?;
    if !x.noted_by(actor) {
        return Err(Error::Forbidden("meeting-not-yours"));
    }
    follows(&x, Step::Agenda)?;
    let mut made = guest(conn, actor, &x, input)?;
    if x.status == MeetingStatus::Open {
        super::attendance::came(&mut made, actor.now);
    }
    store::insert_person(conn, &made)?;
    if x.status == MeetingStatus::Invited {
        let body = crate::proposal::draft::body(conn, actor, x.body_id.as_str())?;
        if mail::invitation(conn, actor, &x, &body, &made)? {
            made.invited_at = Some(actor.now);
            store::update_person(conn, &made)?;
        }
    }
    store::bump(conn, actor.tenant(), id)?;
    let kind = if made.here_since.is_some() {
        "meeting.arrived"
    } else {
        "meeting.guest_added"
    };
    let event = x.event(kind).data(&json!({"attendee": made.id}));
    append(conn, actor.tenant(), &actor.by(), event)?;
    Ok(made)
}

fn guest(
    conn: &mut Conn,
    actor: &Actor,
    x: &Meeting,
    input: &NewAttendee,
) -> Result<Attendee, Error> {
    let mut fields = Fields::new();
    let id = input.person_id.as_deref().unwrap_or_default();
    let person = fields.parse_optional::<PersonId>("person_id", id);
    if let Some(person) = person {
        let people = members(conn, actor.tenant())?;
        let member = people.iter().find(|m| m.person_id == person);
        if member.is_none() {
            fields.fail("person_id", "seat-person-unknown");
        }
        fields.finish()?;
        if store::place_of(conn, actor.tenant(), &x.id, &person)?.is_some() {
            return Err(Error::Rule("meeting-there-already"));
        }
        let member = member.ok_or(Error::NotFound)?;
        let mut made = place(actor, x, &member.name, AttendeePart::Guest);
        made.person_id = Some(person);
        made.organization_id.clone_from(&member.organization_id);
        return Ok(made);
    }
    let name = input.name.split_whitespace().collect::<Vec<_>>().join(" ");
    let name = fields.text("name", &name, 120);
    let email = fields.optional("email", &input.email, 254);
    let (local, host) = email.split_once('@').unwrap_or_default();
    let wrong = local.is_empty() || !host.contains('.') || email.contains(char::is_whitespace);
    if !email.is_empty() && wrong {
        fields.fail("email", "seat-guest-address");
    }
    fields.finish()?;
    let mut made = place(actor, x, &name, AttendeePart::Guest);
    made.email = email;
    Ok(made)
}
