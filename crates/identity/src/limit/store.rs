use backbone_db::{Conn, DbError, Instant};
use diesel::prelude::*;

use crate::schema::rate_limits;

pub(super) fn find(conn: &mut Conn, key: &str) -> Result<Option<(Instant, i32)>, DbError> {
    Ok(rate_limits::table
        .find(key)
        .select((rate_limits::window_start, rate_limits::hits))
        .first(conn)
        .optional()?)
}

pub(super) fn put(conn: &mut Conn, key: &str, start: Instant, hits: i32) -> Result<(), DbError> {
    let values = (
        rate_limits::window_start.eq(start),
        rate_limits::hits.eq(hits),
    );
    let known = diesel::update(rate_limits::table.find(key))
        .set(values)
        .execute(conn)?;
    if known == 0 {
        diesel::insert_into(rate_limits::table)
            .values((
                rate_limits::key.eq(key),
                rate_limits::window_start.eq(start),
                rate_limits::hits.eq(hits),
            ))
            .execute(conn)?;
    }
    Ok(())
}

pub(super) fn delete(conn: &mut Conn, key: &str) -> Result<(), DbError> {
    diesel::delete(rate_limits::table.find(key)).execute(conn)?;
    Ok(())
}

pub(super) fn delete_before(conn: &mut Conn, before: Instant) -> Result<usize, DbError> {
    Ok(
        diesel::delete(rate_limits::table.filter(rate_limits::window_start.lt(before)))
            .execute(conn)?,
    )
}
