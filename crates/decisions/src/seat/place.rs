use backbone_db::{Conn, DbError};
use backbone_events::{NewEvent, Object, append};
use backbone_identity::{Actor, PersonId, directory};
use backbone_web::IfMatch;
use chrono::{Datelike, NaiveDate};
use serde_json::json;

use super::rules::{self, Books, Content};
use super::{NewSeat, Part, PassReason, Seat, SeatId, Term, TermId, store};
use crate::body::{Body, BodyId, store as bodies};
use crate::error::Error;
use crate::people::{Member, members, name_of};

/// What seats are checked against, read once.
pub(crate) struct Room {
    pub organizations: Vec<directory::OrganizationCard>,
    pub members: Vec<Member>,
    pub others: Vec<Seat>,
    pub body: Body,
    pub today: NaiveDate,
}

impl Room {
    pub(crate) fn open(conn: &mut Conn, actor: &Actor, body: &BodyId) -> Result<Self, Error> {
        let tenant = actor.tenant();
        let body = bodies::find(conn, tenant, body)?.ok_or(Error::NotFound)?;
        Ok(Self {
            organizations: directory::organizations(conn, tenant)?,
            members: members(conn, tenant)?,
            others: store::of_body(conn, tenant, &body.id)?,
            today: today(actor, &body),
            body,
        })
    }

    pub(crate) fn books(&self) -> Books<'_> {
        Books {
            organizations: &self.organizations,
            members: &self.members,
            others: &self.others,
            seats_each: self.body.seats_each,
            today: self.today,
        }
    }
}

/// The day it is where the body meets.
pub(crate) fn today(actor: &Actor, body: &Body) -> NaiveDate {
    let day = actor.now.date_in(&body.zone());
    NaiveDate::from_ymd_opt(day.year().into(), day.month() as u32, day.day() as u32).unwrap_or_else(
        || {
            NaiveDate::default()
                .with_year(day.year().into())
                .unwrap_or_default()
        },
    )
}

/// Makes a seat.
///
/// # Errors
/// 404; 409 when the body ended; 422.
pub fn add(conn: &mut Conn, actor: &Actor, body: &BodyId, input: &NewSeat) -> Result<Seat, Error> {
    conn.lock(&format!("seats:{body}")).map_err(DbError::from)?;
    let room = Room::open(conn, actor, body)?;
    if !room.body.active {
        return Err(Error::Rule("body-ended"));
    }
    let content = rules::content(input, &room.books())?;
    let seat = built(actor, &room.body, SeatId::new(), content, 1);
    store::insert(conn, &seat)?;
    for (part, person) in [
        (Part::Holder, &seat.person_id),
        (Part::Alternate, &seat.alternate_id),
    ] {
        begin(conn, actor, &seat, part, person.as_ref(), &room.members)?;
    }
    append(
        conn,
        actor.tenant(),
        &actor.by(),
        event("seat.added", &seat),
    )?;
    Ok(seat)
}

/// Changes a seat in everything but who fills it.
///
/// # Errors
/// 404; 412 when somebody changed it meanwhile; 422.
pub fn change(
    conn: &mut Conn,
    actor: &Actor,
    id: &SeatId,
    seen: IfMatch,
    input: &NewSeat,
) -> Result<Seat, Error> {
    let (before, mut room) = load(conn, actor, id)?;
    seen.check(before.version)?;
    room.others.retain(|s| s.id != before.id);
    let mut input = input.clone();
    input.person_id = before.person_id.as_ref().map(ToString::to_string);
    input.organization_id = before.organization_id.as_ref().map(ToString::to_string);
    let content = rules::content(&input, &room.books())?;
    let mut after = built(actor, &room.body, id.clone(), content, before.version + 1);
    after.created_at = before.created_at;
    store::update(conn, &after)?;
    if before.alternate_id != after.alternate_id {
        store::end_term(conn, &after, Part::Alternate, PassReason::Named, actor.now)?;
        begin(
            conn,
            actor,
            &after,
            Part::Alternate,
            after.alternate_id.as_ref(),
            &room.members,
        )?;
    }
    append(
        conn,
        actor.tenant(),
        &actor.by(),
        event("seat.changed", &after),
    )?;
    Ok(after)
}

/// A seat that is there, locked, with what it is checked against.
pub(crate) fn load(conn: &mut Conn, actor: &Actor, id: &SeatId) -> Result<(Seat, Room), Error> {
    let seat = store::find(conn, actor.tenant(), id)?.ok_or(Error::NotFound)?;
    conn.lock(&format!("seats:{}", seat.body_id))
        .map_err(DbError::from)?;
    let seat = store::find(conn, actor.tenant(), id)?
        .filter(|s| s.active)
        .ok_or(Error::NotFound)?;
    let room = Room::open(conn, actor, &seat.body_id)?;
    Ok((seat, room))
}

/// Begins somebody's term; nothing for nobody.
pub(crate) fn begin(
    conn: &mut Conn,
    actor: &Actor,
    seat: &Seat,
    part: Part,
    person: Option<&PersonId>,
    members: &[Member],
) -> Result<(), DbError> {
    let Some(person) = person else {
        return Ok(());
    };
    let term = Term {
        id: TermId::new(),
        partnership_id: seat.partnership_id.clone(),
        seat_id: seat.id.clone(),
        organization_id: seat.organization_id.clone(),
        person_id: person.clone(),
        person_name: name_of(members, Some(person)),
        part,
        starts_at: actor.now,
        ends_at: None,
        reason: String::new(),
    };
    store::insert_term(conn, &term)
}

fn built(actor: &Actor, body: &Body, id: SeatId, c: Content, version: i64) -> Seat {
    let (guest_name, guest_email) = c.guest.unzip();
    let rotation: Vec<&str> = c.rotation.iter().map(|o| o.as_str()).collect();
    Seat {
        id,
        partnership_id: actor.tenant().into(),
        body_id: body.id.clone(),
        kind: c.kind,
        title: c.title,
        organization_id: c.organization_id,
        person_id: c.person_id,
        alternate_id: c.alternate_id,
        guest_name,
        guest_email,
        weight: c.weight,
        term_starts: c.term_starts,
        term_ends: c.term_ends,
        rotation: rotation.join(" "),
        rotation_months: c.rotation_months,
        active: true,
        version,
        created_at: actor.now,
        updated_at: actor.now,
    }
}

/// The event of a change; without names of people.
pub(crate) fn event(kind: &'static str, seat: &Seat) -> NewEvent {
    let event = NewEvent::new(kind, Object::new("seat", &seat.id))
        .about(Object::new("body", &seat.body_id));
    let event = match &seat.organization_id {
        Some(organization) => event.about(Object::new("organization", organization)),
        None => event,
    };
    let event = match &seat.person_id {
        Some(person) => event.about(Object::new("person", person)),
        None => event,
    };
    event.data(&json!({"kind": seat.kind, "version": seat.version, "vacant": seat.is_vacant()}))
}
