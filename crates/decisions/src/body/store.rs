use backbone_db::{Conn, DbError};
use diesel::prelude::*;

use super::{Body, BodyId};
use crate::schema::bodies as b;

pub(crate) fn insert(conn: &mut Conn, body: &Body) -> Result<(), DbError> {
    diesel::insert_into(b::table).values(body).execute(conn)?;
    Ok(())
}

pub(crate) fn update(conn: &mut Conn, body: &Body) -> Result<(), DbError> {
    diesel::update(
        b::table
            .filter(b::partnership_id.eq(&body.partnership_id))
            .filter(b::id.eq(&body.id)),
    )
    .set(body)
    .execute(conn)?;
    Ok(())
}

pub(crate) fn find(
    conn: &mut Conn,
    partnership: &str,
    id: &BodyId,
) -> Result<Option<Body>, DbError> {
    Ok(b::table
        .filter(b::partnership_id.eq(partnership))
        .filter(b::id.eq(id))
        .select(Body::as_select())
        .first(conn)
        .optional()?)
}

/// All bodies by name, those that ended included.
pub(crate) fn all(conn: &mut Conn, partnership: &str) -> Result<Vec<Body>, DbError> {
    Ok(b::table
        .filter(b::partnership_id.eq(partnership))
        .order((b::name.asc(), b::id.asc()))
        .select(Body::as_select())
        .load(conn)?)
}

/// Bodies in the order they were set up, after `after`.
pub(crate) fn list(
    conn: &mut Conn,
    partnership: &str,
    after: Option<&str>,
    limit: i64,
) -> Result<Vec<Body>, DbError> {
    Ok(b::table
        .filter(b::partnership_id.eq(partnership))
        .filter(b::id.gt(after.unwrap_or_default()))
        .order(b::id.asc())
        .limit(limit)
        .select(Body::as_select())
        .load(conn)?)
}
