use backbone_db::{Conn, DbError, Instant};
use backbone_identity::PersonId;
use diesel::prelude::*;

use super::{HandOver, HandOverId, Part, PassReason, Seat, SeatId, Term};
use crate::body::BodyId;
use crate::schema::{hand_overs as h, seat_terms as t, seats as s};

pub(crate) fn insert(conn: &mut Conn, seat: &Seat) -> Result<(), DbError> {
    diesel::insert_into(s::table).values(seat).execute(conn)?;
    Ok(())
}

pub(crate) fn update(conn: &mut Conn, seat: &Seat) -> Result<(), DbError> {
    diesel::update(
        s::table
            .filter(s::partnership_id.eq(&seat.partnership_id))
            .filter(s::id.eq(&seat.id)),
    )
    .set(seat)
    .execute(conn)?;
    Ok(())
}

pub(crate) fn find(
    conn: &mut Conn,
    partnership: &str,
    id: &SeatId,
) -> Result<Option<Seat>, DbError> {
    Ok(s::table
        .filter(s::partnership_id.eq(partnership))
        .filter(s::id.eq(id))
        .select(Seat::as_select())
        .first(conn)
        .optional()?)
}

/// The seats of a body that are still there.
pub(crate) fn of_body(
    conn: &mut Conn,
    partnership: &str,
    body: &BodyId,
) -> Result<Vec<Seat>, DbError> {
    Ok(s::table
        .filter(s::partnership_id.eq(partnership))
        .filter(s::body_id.eq(body))
        .filter(s::active.eq(true))
        .order(s::id.asc())
        .select(Seat::as_select())
        .load(conn)?)
}

/// All seats that are still there.
pub(crate) fn all(conn: &mut Conn, partnership: &str) -> Result<Vec<Seat>, DbError> {
    Ok(s::table
        .filter(s::partnership_id.eq(partnership))
        .filter(s::active.eq(true))
        .order(s::id.asc())
        .select(Seat::as_select())
        .load(conn)?)
}

/// The seats that a person fills or stands in for.
pub(crate) fn of_person(
    conn: &mut Conn,
    partnership: &str,
    person: &PersonId,
) -> Result<Vec<Seat>, DbError> {
    Ok(s::table
        .filter(s::partnership_id.eq(partnership))
        .filter(s::active.eq(true))
        .filter(s::person_id.eq(person).or(s::alternate_id.eq(person)))
        .order(s::id.asc())
        .select(Seat::as_select())
        .load(conn)?)
}

pub(crate) fn insert_term(conn: &mut Conn, term: &Term) -> Result<(), DbError> {
    diesel::insert_into(t::table).values(term).execute(conn)?;
    Ok(())
}

/// Ends the running term of this part of a seat.
pub(crate) fn end_term(
    conn: &mut Conn,
    seat: &Seat,
    part: Part,
    reason: PassReason,
    now: Instant,
) -> Result<(), DbError> {
    diesel::update(
        t::table
            .filter(t::partnership_id.eq(&seat.partnership_id))
            .filter(t::seat_id.eq(&seat.id))
            .filter(t::part.eq(part))
            .filter(t::ends_at.is_null()),
    )
    .set((t::ends_at.eq(now), t::reason.eq(reason.as_str())))
    .execute(conn)?;
    Ok(())
}

/// Everybody who filled a seat, the latest first.
pub(crate) fn terms(
    conn: &mut Conn,
    partnership: &str,
    seat: &SeatId,
) -> Result<Vec<Term>, DbError> {
    Ok(t::table
        .filter(t::partnership_id.eq(partnership))
        .filter(t::seat_id.eq(seat))
        .order((t::starts_at.desc(), t::id.desc()))
        .select(Term::as_select())
        .load(conn)?)
}

pub(crate) fn insert_hand_over(conn: &mut Conn, over: &HandOver) -> Result<(), DbError> {
    diesel::insert_into(h::table).values(over).execute(conn)?;
    Ok(())
}

pub(crate) fn hand_over(
    conn: &mut Conn,
    partnership: &str,
    id: &HandOverId,
) -> Result<Option<HandOver>, DbError> {
    Ok(h::table
        .filter(h::partnership_id.eq(partnership))
        .filter(h::id.eq(id))
        .select(HandOver::as_select())
        .first(conn)
        .optional()?)
}

pub(crate) fn hand_overs(
    conn: &mut Conn,
    partnership: &str,
    seat: &SeatId,
) -> Result<Vec<HandOver>, DbError> {
    Ok(h::table
        .filter(h::partnership_id.eq(partnership))
        .filter(h::seat_id.eq(seat))
        .order((h::made_at.desc(), h::id.desc()))
        .select(HandOver::as_select())
        .load(conn)?)
}
