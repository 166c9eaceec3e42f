use backbone_db::{Conn, DbError};
use diesel::prelude::*;

use crate::schema::{memberships, organizations as o};

pub(super) fn organizations(
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

pub(super) fn people(
    conn: &mut Conn,
    partnership: &str,
    after: &str,
    limit: i64,
) -> Result<Vec<String>, DbError> {
    Ok(memberships::table
        .filter(memberships::partnership_id.eq(partnership))
        .filter(memberships::person_id.gt(after))
        .order(memberships::person_id.asc())
        .limit(limit)
        .select(memberships::person_id)
        .load(conn)?)
}
