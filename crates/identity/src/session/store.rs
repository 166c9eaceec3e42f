use backbone_db::{Conn, DbError, Instant};
use diesel::prelude::*;

use crate::ids::PersonId;
use crate::schema::sessions;

#[derive(Queryable, Selectable)]
#[diesel(table_name = sessions)]
pub(super) struct Row {
    pub token_hash: String,
    pub created_at: Instant,
    pub seen_at: Instant,
    pub user_agent: String,
}

pub(super) fn insert(
    conn: &mut Conn,
    hash: &str,
    person: &PersonId,
    user_agent: &str,
    now: Instant,
    expires_at: Instant,
) -> Result<(), DbError> {
    diesel::insert_into(sessions::table)
        .values((
            sessions::token_hash.eq(hash),
            sessions::person_id.eq(person),
            sessions::created_at.eq(now),
            sessions::seen_at.eq(now),
            sessions::expires_at.eq(expires_at),
            sessions::user_agent.eq(user_agent),
        ))
        .execute(conn)?;
    Ok(())
}

pub(super) fn touch(
    conn: &mut Conn,
    hash: &str,
    now: Instant,
    expires_at: Instant,
) -> Result<(), DbError> {
    diesel::update(sessions::table.find(hash))
        .set((
            sessions::seen_at.eq(now),
            sessions::expires_at.eq(expires_at),
        ))
        .execute(conn)?;
    Ok(())
}

pub(super) fn list(conn: &mut Conn, person: &PersonId, now: Instant) -> Result<Vec<Row>, DbError> {
    Ok(sessions::table
        .filter(sessions::person_id.eq(person))
        .filter(sessions::expires_at.gt(now))
        .order(sessions::seen_at.desc())
        .limit(100)
        .select(Row::as_select())
        .load(conn)?)
}

pub(super) fn delete(conn: &mut Conn, hash: &str) -> Result<(), DbError> {
    diesel::delete(sessions::table.find(hash)).execute(conn)?;
    Ok(())
}

pub(super) fn delete_by_prefix(
    conn: &mut Conn,
    person: &PersonId,
    id: &str,
) -> Result<bool, DbError> {
    let hashes: Vec<String> = sessions::table
        .filter(sessions::person_id.eq(person))
        .select(sessions::token_hash)
        .load(conn)?;
    let Some(hash) = hashes.iter().find(|h| id.len() == 16 && h.starts_with(id)) else {
        return Ok(false);
    };
    delete(conn, hash)?;
    Ok(true)
}

pub(super) fn delete_others(
    conn: &mut Conn,
    person: &PersonId,
    keep: Option<&str>,
) -> Result<usize, DbError> {
    let others = sessions::table
        .filter(sessions::person_id.eq(person))
        .filter(sessions::token_hash.ne(keep.unwrap_or("")));
    Ok(diesel::delete(others).execute(conn)?)
}

pub(super) fn delete_expired(conn: &mut Conn, now: Instant) -> Result<usize, DbError> {
    Ok(diesel::delete(sessions::table.filter(sessions::expires_at.le(now))).execute(conn)?)
}
