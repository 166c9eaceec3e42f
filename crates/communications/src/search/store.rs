use backbone_db::{Conn, DbError};
use diesel::prelude::*;

use crate::schema::{campaigns, contacts};

pub(super) fn campaigns(
    conn: &mut Conn,
    partnership: &str,
    after: &str,
    limit: i64,
) -> Result<Vec<String>, DbError> {
    Ok(campaigns::table
        .filter(campaigns::partnership_id.eq(partnership))
        .filter(campaigns::id.gt(after))
        .order(campaigns::id.asc())
        .limit(limit)
        .select(campaigns::id)
        .load(conn)?)
}

pub(super) fn contacts(
    conn: &mut Conn,
    partnership: &str,
    after: &str,
    limit: i64,
) -> Result<Vec<String>, DbError> {
    Ok(contacts::table
        .filter(contacts::partnership_id.eq(partnership))
        .filter(contacts::id.gt(after))
        .order(contacts::id.asc())
        .limit(limit)
        .select(contacts::id)
        .load(conn)?)
}
