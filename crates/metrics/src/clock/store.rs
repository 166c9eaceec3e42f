use backbone_db::{Conn, DbError, OptionalExtension};
use diesel::prelude::*;

use crate::schema::metric_clocks as c;

/// How many changes there were.
pub fn version(conn: &mut Conn, partnership: &str) -> Result<i64, DbError> {
    Ok(c::table
        .find(partnership)
        .select(c::version)
        .first(conn)
        .optional()?
        .unwrap_or(0))
}

/// Counts one more, in the transaction of the change.
pub(crate) fn tick(conn: &mut Conn, partnership: &str) -> Result<(), DbError> {
    let bump = |conn: &mut Conn| {
        diesel::update(c::table.find(partnership))
            .set(c::version.eq(c::version + 1))
            .execute(conn)
    };
    if bump(conn)? > 0 {
        return Ok(());
    }
    conn.lock(&format!("metric_clocks:{partnership}"))?;
    if bump(conn)? == 0 {
        diesel::insert_into(c::table)
            .values((c::partnership_id.eq(partnership), c::version.eq(1)))
            .execute(conn)?;
    }
    Ok(())
}
