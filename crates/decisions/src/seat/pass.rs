//! A seat changes hands: everything that hangs on it passes to the successor, with a page that says what.

use backbone_db::{Conn, DbError, Json};
use backbone_events::append;
use backbone_identity::{Actor, PersonId};
use backbone_web::Fields;
use chrono::NaiveDate;

use super::place::{self, Room, begin, event};
use super::{
    HandOver, HandOverId, Item, Part, PassReason, Passing, Seat, SeatId, Section, mail, rules,
    store,
};
use crate::ballot::{electorate, store as ballots};
use crate::body::store as bodies;
use crate::commitment::{CommitmentStatus, edit as commitment, store as commitments};
use crate::error::Error;
use crate::people::name_of;
use crate::proposal::{Status, store as proposals};

/// Passes a seat to somebody else of its organization, to another organization, or leaves it vacant.
///
/// # Errors
/// 404; 422 when the successor does not act for the organization; 409 when they have the seat already.
pub fn pass(
    conn: &mut Conn,
    actor: &Actor,
    id: &SeatId,
    input: &Passing,
) -> Result<HandOver, Error> {
    let (before, room) = place::load(conn, actor, id)?;
    let mut fields = Fields::new();
    let note = fields.optional("note", &input.note, 10_000);
    let books = room.books();
    let organization = rules::organization(&mut fields, &books, input.organization_id.as_deref())
        .or_else(|| before.organization_id.clone());
    let person = rules::person(
        &mut fields,
        &books,
        "person_id",
        input.person_id.as_deref(),
        organization.as_ref(),
    );
    let ends = input.term_ends.as_deref().unwrap_or_default();
    let ends = fields.parse_optional::<NaiveDate>("term_ends", ends);
    if ends.is_some_and(|e| e < room.today) {
        fields.fail("term_ends", "seat-term-backwards");
    }
    fields.finish()?;
    if person == before.person_id && organization == before.organization_id {
        return Err(Error::Rule("seat-same-holder"));
    }
    let mut after = before.clone();
    after.organization_id = organization;
    after.person_id = person;
    after.term_starts = room.today;
    after.term_ends = ends;
    move_over(conn, actor, &room, &before, after, PassReason::Named, note)
}

/// Ends a seat; what it decided stays.
///
/// # Errors
/// 404.
pub fn close(conn: &mut Conn, actor: &Actor, id: &SeatId, note: &str) -> Result<HandOver, Error> {
    let (before, room) = place::load(conn, actor, id)?;
    let mut after = before.clone();
    after.active = false;
    after.person_id = None;
    after.alternate_id = None;
    after.term_ends = Some(room.today);
    move_over(
        conn,
        actor,
        &room,
        &before,
        after,
        PassReason::Closed,
        note.into(),
    )
}

/// What happens to a seat whose holder or alternate is no longer there: the alternate steps in, or it is vacant.
pub(crate) fn after_leaving(
    conn: &mut Conn,
    actor: &Actor,
    id: &SeatId,
) -> Result<Option<HandOver>, Error> {
    let (before, room) = place::load(conn, actor, id)?;
    let here = |person: &PersonId| {
        let found = room.members.iter().find(|m| &m.person_id == person);
        found.is_some_and(|m| {
            before.organization_id.is_none() || m.organization_id == before.organization_id
        })
    };
    let mut after = before.clone();
    after.alternate_id = before.alternate_id.clone().filter(here);
    let holder_left = before.person_id.as_ref().is_some_and(|p| !here(p));
    if holder_left {
        after.person_id = after.alternate_id.take();
    }
    if after.person_id == before.person_id && after.alternate_id == before.alternate_id {
        return Ok(None);
    }
    let over = move_over(
        conn,
        actor,
        &room,
        &before,
        after,
        PassReason::Left,
        String::new(),
    )?;
    Ok(Some(over))
}

/// What happens when a term ran out: the next organization's turn comes; without turns, nothing but a reminder.
pub(crate) fn after_term(
    conn: &mut Conn,
    actor: &Actor,
    id: &SeatId,
) -> Result<Option<HandOver>, Error> {
    let (before, room) = place::load(conn, actor, id)?;
    let over = before.term_ends.is_some_and(|last| last < room.today);
    let next = rules::next_turn(&before.turns(), before.organization_id.as_ref());
    let (true, Some(next), Some(months)) = (over, next, before.rotation_months) else {
        return Ok(None);
    };
    let mut after = before.clone();
    after.organization_id = Some(next);
    after.person_id = None;
    after.alternate_id = None;
    after.term_starts = room.today;
    after.term_ends = rules::turn_ends(room.today, months);
    let over = move_over(
        conn,
        actor,
        &room,
        &before,
        after,
        PassReason::Rotated,
        String::new(),
    )?;
    Ok(Some(over))
}

fn move_over(
    conn: &mut Conn,
    actor: &Actor,
    room: &Room,
    before: &Seat,
    mut after: Seat,
    reason: PassReason,
    note: String,
) -> Result<HandOver, Error> {
    // Somebody else's alternate is not this one's.
    if after.organization_id != before.organization_id || after.alternate_id == after.person_id {
        after.alternate_id = None;
    }
    after.version = before.version + 1;
    after.updated_at = actor.now;
    let sections = sections(conn, actor, room, before)?;
    store::update(conn, &after)?;
    if before.person_id != after.person_id || before.organization_id != after.organization_id {
        store::end_term(conn, before, Part::Holder, reason, actor.now)?;
        begin(
            conn,
            actor,
            &after,
            Part::Holder,
            after.person_id.as_ref(),
            &room.members,
        )?;
    }
    if before.alternate_id != after.alternate_id {
        store::end_term(conn, before, Part::Alternate, reason, actor.now)?;
        begin(
            conn,
            actor,
            &after,
            Part::Alternate,
            after.alternate_id.as_ref(),
            &room.members,
        )?;
    }
    let over = HandOver {
        id: HandOverId::new(),
        partnership_id: actor.tenant().into(),
        seat_id: after.id.clone(),
        from_person: before.person_id.clone(),
        from_name: known_name(conn, room, before)?,
        to_person: after.person_id.clone(),
        to_name: name_of(&room.members, after.person_id.as_ref()),
        reason,
        note,
        content: Json::new(&sections),
        made_at: actor.now,
    };
    store::insert_hand_over(conn, &over)?;
    electorate::seat_passed(conn, actor, &after)?;
    if let (Some(organization), Some(from)) = (&before.organization_id, &before.person_id) {
        let stays = after.organization_id == before.organization_id;
        let to = after.person_id.as_ref().filter(|_| stays);
        commitment::pass_on(conn, actor, organization, from, to)?;
    }
    let kind = if after.active {
        "seat.passed"
    } else {
        "seat.closed"
    };
    append(conn, actor.tenant(), &actor.by(), event(kind, &after))?;
    mail::tell(conn, actor, room, &after, &over)?;
    Ok(over)
}

/// The name of who had the seat: they may have left the partnership, so their term is asked too.
fn known_name(conn: &mut Conn, room: &Room, seat: &Seat) -> Result<String, DbError> {
    let Some(person) = &seat.person_id else {
        return Ok(String::new());
    };
    let name = name_of(&room.members, Some(person));
    if !name.is_empty() {
        return Ok(name);
    }
    let terms = store::terms(conn, &seat.partnership_id, &seat.id)?;
    let term = terms.into_iter().find(|t| &t.person_id == person);
    Ok(term.map(|t| t.person_name).unwrap_or_default())
}

/// What passes with a seat at this moment: votes that are open, promises, what was decided in this term, and other seats.
fn sections(
    conn: &mut Conn,
    actor: &Actor,
    room: &Room,
    seat: &Seat,
) -> Result<Vec<Section>, Error> {
    let (tenant, mut votes, mut decided) = (actor.tenant(), Vec::new(), Vec::new());
    for voter in ballots::voters_of_seat(conn, tenant, &seat.id)? {
        let Some(x) = proposals::find(conn, tenant, &voter.proposal_id)? else {
            continue;
        };
        let path = format!("/decisions/{}", x.id);
        let item = |state: &str| Item {
            title: x.title.clone(),
            state: state.into(),
            day: None,
            path: path.clone(),
        };
        match x.status {
            Status::Voting if voter.voted => votes.push(item("voted")),
            Status::Voting => votes.push(item("not_voted")),
            Status::InEffect => decided.push(item("")),
            _ => {}
        }
    }
    let mut sections = vec![section("votes", votes), section("decisions", decided)];
    if let (Some(person), Some(organization)) = (&seat.person_id, &seat.organization_id) {
        let open = commitments::in_state(conn, tenant, CommitmentStatus::Open)?;
        let own = open
            .into_iter()
            .filter(|c| &c.organization_id == organization && c.person_id.as_ref() == Some(person));
        let items = own.map(|c| Item {
            title: c.title,
            state: String::new(),
            day: Some(c.due_on),
            path: format!("/commitments/{}", c.id),
        });
        sections.push(section("commitments", items.collect()));
        let bodies = bodies::all(conn, tenant)?;
        let others = store::of_person(conn, tenant, person)?
            .into_iter()
            .filter(|s| s.id != seat.id);
        let named = |s: &Seat| {
            bodies
                .iter()
                .find(|b| b.id == s.body_id)
                .map_or_else(|| room.body.name.clone(), |b| b.name.clone())
        };
        let items = others.map(|s| Item {
            title: named(&s),
            state: String::new(),
            day: s.term_ends,
            path: format!("/bodies/{}/seats/{}", s.body_id, s.id),
        });
        sections.push(section("seats", items.collect()));
    }
    sections.retain(|s| !s.items.is_empty());
    Ok(sections)
}

fn section(kind: &str, items: Vec<Item>) -> Section {
    Section {
        kind: kind.into(),
        items,
    }
}
