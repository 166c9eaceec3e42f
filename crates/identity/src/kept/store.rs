use backbone_db::{Conn, DbError, Instant};
use diesel::prelude::*;

use crate::ids::PersonId;
use crate::schema::kept_forms as k;

pub(super) fn insert(
    conn: &mut Conn,
    id: &str,
    person: &PersonId,
    sealed: &str,
    now: Instant,
) -> Result<(), DbError> {
    diesel::insert_into(k::table)
        .values((
            k::id.eq(id),
            k::person_id.eq(person),
            k::sealed.eq(sealed),
            k::kept_at.eq(now),
        ))
        .execute(conn)?;
    Ok(())
}

/// Deletes all of a person's forms but the newest `most`.
pub(super) fn make_room(conn: &mut Conn, person: &PersonId, most: usize) -> Result<(), DbError> {
    let ids: Vec<String> = k::table
        .filter(k::person_id.eq(person))
        .order(k::kept_at.desc())
        .select(k::id)
        .load(conn)?;
    for id in ids.iter().skip(most) {
        diesel::delete(k::table.find(id)).execute(conn)?;
    }
    Ok(())
}

pub(super) fn find(
    conn: &mut Conn,
    id: &str,
    person: &PersonId,
    since: Instant,
) -> Result<Option<(String, Option<Instant>)>, DbError> {
    Ok(k::table
        .filter(k::id.eq(id))
        .filter(k::person_id.eq(person))
        .filter(k::kept_at.gt(since))
        .select((k::sealed, k::sent_at))
        .first(conn)
        .optional()?)
}

pub(super) fn sent(
    conn: &mut Conn,
    id: &str,
    person: &PersonId,
    now: Instant,
) -> Result<(), DbError> {
    let mine = k::table
        .filter(k::id.eq(id))
        .filter(k::person_id.eq(person));
    diesel::update(mine).set(k::sent_at.eq(now)).execute(conn)?;
    Ok(())
}

pub(super) fn delete(conn: &mut Conn, id: &str, person: &PersonId) -> Result<bool, DbError> {
    let mine = k::table
        .filter(k::id.eq(id))
        .filter(k::person_id.eq(person));
    Ok(diesel::delete(mine).execute(conn)? > 0)
}

pub(super) fn delete_before(conn: &mut Conn, before: Instant) -> Result<(), DbError> {
    diesel::delete(k::table.filter(k::kept_at.lt(before))).execute(conn)?;
    Ok(())
}
