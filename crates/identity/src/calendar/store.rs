use backbone_db::{Conn, DbError, Instant};
use diesel::prelude::*;

use super::CalendarLinkId;
use crate::ids::PersonId;
use crate::schema::calendar_links as l;

pub(super) fn insert(
    conn: &mut Conn,
    partnership: &str,
    person: &PersonId,
    hash: &str,
    now: Instant,
) -> Result<(), DbError> {
    diesel::insert_into(l::table)
        .values((
            l::id.eq(CalendarLinkId::new()),
            l::partnership_id.eq(partnership),
            l::person_id.eq(person),
            l::token_hash.eq(hash),
            l::created_at.eq(now),
        ))
        .execute(conn)?;
    Ok(())
}

pub(super) fn revoke(
    conn: &mut Conn,
    partnership: &str,
    person: &PersonId,
    now: Instant,
) -> Result<usize, DbError> {
    let open = l::table
        .filter(l::partnership_id.eq(partnership))
        .filter(l::person_id.eq(person))
        .filter(l::revoked_at.is_null());
    Ok(diesel::update(open)
        .set(l::revoked_at.eq(now))
        .execute(conn)?)
}

pub(super) fn of(
    conn: &mut Conn,
    partnership: &str,
    person: &PersonId,
) -> Result<Option<(Instant, Option<Instant>)>, DbError> {
    Ok(l::table
        .filter(l::partnership_id.eq(partnership))
        .filter(l::person_id.eq(person))
        .filter(l::revoked_at.is_null())
        .select((l::created_at, l::used_at))
        .first(conn)
        .optional()?)
}

type Found = (CalendarLinkId, String, PersonId, Option<Instant>);

pub(super) fn by_hash(conn: &mut Conn, hash: &str) -> Result<Option<Found>, DbError> {
    Ok(l::table
        .filter(l::token_hash.eq(hash))
        .filter(l::revoked_at.is_null())
        .select((l::id, l::partnership_id, l::person_id, l::used_at))
        .first(conn)
        .optional()?)
}

pub(super) fn used(conn: &mut Conn, hash: &str, now: Instant) -> Result<(), DbError> {
    diesel::update(l::table.filter(l::token_hash.eq(hash)))
        .set(l::used_at.eq(now))
        .execute(conn)?;
    Ok(())
}
