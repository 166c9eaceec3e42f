use backbone_db::{Conn, DbError};
use diesel::prelude::*;

use crate::schema::{measurements as m, metrics, objectives as o};

pub(super) fn metrics(
    conn: &mut Conn,
    partnership: &str,
    after: &str,
    limit: i64,
) -> Result<Vec<String>, DbError> {
    Ok(metrics::table
        .filter(metrics::partnership_id.eq(partnership))
        .filter(metrics::id.gt(after))
        .order(metrics::id.asc())
        .limit(limit)
        .select(metrics::id)
        .load(conn)?)
}

pub(super) fn objectives(
    conn: &mut Conn,
    partnership: &str,
    after: &str,
    limit: i64,
) -> Result<Vec<String>, DbError> {
    Ok(o::table
        .filter(o::partnership_id.eq(partnership))
        .filter(o::id.gt(after))
        .order(o::id.asc())
        .limit(limit)
        .select(o::id)
        .load(conn)?)
}

/// Measurements with a note: those without would be found by nothing that their metric is not found by.
pub(super) fn noted_measurements(
    conn: &mut Conn,
    partnership: &str,
    after: &str,
    limit: i64,
) -> Result<Vec<String>, DbError> {
    Ok(m::table
        .filter(m::partnership_id.eq(partnership))
        .filter(m::note.ne(""))
        .filter(m::id.gt(after))
        .order(m::id.asc())
        .limit(limit)
        .select(m::id)
        .load(conn)?)
}
