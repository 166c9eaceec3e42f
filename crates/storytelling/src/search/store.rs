use backbone_db::{Conn, DbError};
use diesel::prelude::*;

use crate::schema::{value_models as m, value_proxies as p};
use crate::story::schema::stories as s;

macro_rules! ids {
    ($table:ident, $conn:expr, $partnership:expr, $after:expr, $limit:expr) => {
        $table::table
            .filter($table::partnership_id.eq($partnership))
            .filter($table::id.gt($after))
            .order($table::id.asc())
            .limit($limit)
            .select($table::id)
            .load($conn)?
    };
}

pub(super) fn stories(
    conn: &mut Conn,
    partnership: &str,
    after: &str,
    limit: i64,
) -> Result<Vec<String>, DbError> {
    Ok(ids!(s, conn, partnership, after, limit))
}

pub(super) fn models(
    conn: &mut Conn,
    partnership: &str,
    after: &str,
    limit: i64,
) -> Result<Vec<String>, DbError> {
    Ok(ids!(m, conn, partnership, after, limit))
}

pub(super) fn proxies(
    conn: &mut Conn,
    partnership: &str,
    after: &str,
    limit: i64,
) -> Result<Vec<String>, DbError> {
    Ok(ids!(p, conn, partnership, after, limit))
}
