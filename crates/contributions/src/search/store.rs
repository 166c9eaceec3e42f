use backbone_db::{Conn, DbError};
use diesel::prelude::*;

use crate::schema::contributions as c;

pub(super) fn contributions(
    conn: &mut Conn,
    partnership: &str,
    after: &str,
    limit: i64,
) -> Result<Vec<String>, DbError> {
    Ok(c::table
        .filter(c::partnership_id.eq(partnership))
        .filter(c::id.gt(after))
        .order(c::id.asc())
        .limit(limit)
        .select(c::id)
        .load(conn)?)
}
