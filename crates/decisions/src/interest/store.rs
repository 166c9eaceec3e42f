use backbone_db::{Conn, DbError, Instant};
use diesel::prelude::*;

use super::{Interest, InterestId};
use crate::schema::interests as i;

/// Interests that are listed at most.
const MOST: i64 = 1_000;

pub(crate) fn insert(conn: &mut Conn, x: &Interest) -> Result<(), DbError> {
    diesel::insert_into(i::table).values(x).execute(conn)?;
    Ok(())
}

pub(crate) fn find(
    conn: &mut Conn,
    partnership: &str,
    id: &InterestId,
) -> Result<Option<Interest>, DbError> {
    Ok(i::table
        .filter(i::partnership_id.eq(partnership))
        .filter(i::id.eq(id))
        .select(Interest::as_select())
        .first(conn)
        .optional()?)
}

/// The interests that hold, the latest first.
pub(crate) fn held(conn: &mut Conn, partnership: &str) -> Result<Vec<Interest>, DbError> {
    Ok(i::table
        .filter(i::partnership_id.eq(partnership))
        .filter(i::ended_at.is_null())
        .order(i::id.desc())
        .limit(MOST)
        .select(Interest::as_select())
        .load(conn)?)
}

/// All interests, also those that ended, the latest first.
pub(crate) fn all(conn: &mut Conn, partnership: &str) -> Result<Vec<Interest>, DbError> {
    Ok(i::table
        .filter(i::partnership_id.eq(partnership))
        .order(i::id.desc())
        .limit(MOST)
        .select(Interest::as_select())
        .load(conn)?)
}

/// Notes that an interest no longer holds; 0 when that was noted before.
pub(crate) fn end(
    conn: &mut Conn,
    partnership: &str,
    id: &InterestId,
    by: &str,
    now: Instant,
) -> Result<usize, DbError> {
    let one = i::table
        .filter(i::partnership_id.eq(partnership))
        .filter(i::id.eq(id))
        .filter(i::ended_at.is_null());
    Ok(diesel::update(one)
        .set((i::ended_at.eq(now), i::ended_by.eq(by)))
        .execute(conn)?)
}
