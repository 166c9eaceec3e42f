use std::collections::HashMap;

use backbone_db::{Conn, DbError, Instant};
use diesel::dsl::{count_star, max};
use diesel::prelude::*;

use super::AccountLine;
use crate::ids::PersonId;
use crate::schema::{memberships, partnerships, people, sessions};

pub(super) struct Found {
    pub operator: bool,
    pub active: bool,
}

pub(super) fn find(conn: &mut Conn, id: &PersonId) -> Result<Option<Found>, DbError> {
    let found = people::table
        .find(id)
        .select((people::operator, people::active))
        .first(conn)
        .optional()?;
    Ok(found.map(|(operator, active)| Found { operator, active }))
}

pub(super) fn one(
    conn: &mut Conn,
    id: &PersonId,
    now: Instant,
) -> Result<Option<AccountLine>, DbError> {
    let rows = people::table
        .find(id)
        .select((
            people::id,
            people::name,
            people::email,
            people::active,
            people::operator,
        ))
        .load(conn)?;
    Ok(lines(conn, rows, now)?.pop())
}

pub(super) fn set_active(conn: &mut Conn, id: &PersonId, active: bool) -> Result<(), DbError> {
    diesel::update(people::table.find(id))
        .set(people::active.eq(active))
        .execute(conn)?;
    Ok(())
}

pub(super) fn list(
    conn: &mut Conn,
    search: &str,
    after: Option<&str>,
    limit: i64,
    now: Instant,
) -> Result<Vec<AccountLine>, DbError> {
    let mut query = people::table
        .order(people::email.asc())
        .limit(limit)
        .select((
            people::id,
            people::name,
            people::email,
            people::active,
            people::operator,
        ))
        .into_boxed();
    if let Some(after) = after {
        query = query.filter(people::email.gt(after.to_string()));
    }
    if !search.is_empty() {
        // A backslash keeps what was typed from meaning "anything".
        let escaped = search
            .replace('\\', "\\\\")
            .replace('%', "\\%")
            .replace('_', "\\_");
        let like = format!("%{escaped}%");
        query = query.filter(
            people::name
                .like(like.clone())
                .escape('\\')
                .or(people::email.like(like.to_lowercase()).escape('\\')),
        );
    }
    let rows = query.load(conn)?;
    lines(conn, rows, now)
}

/// Identifier, name, address, whether active, whether operator.
type Row = (PersonId, String, String, bool, bool);

fn lines(conn: &mut Conn, rows: Vec<Row>, now: Instant) -> Result<Vec<AccountLine>, DbError> {
    let ids: Vec<&PersonId> = rows.iter().map(|row| &row.0).collect();
    let mut seen = seen(conn, &ids, now)?;
    let mut names = partnerships_of(conn, &ids)?;
    Ok(rows
        .into_iter()
        .map(|(id, name, email, active, operator)| {
            let (sessions, seen_at) = seen.remove(&id).unwrap_or_default();
            AccountLine {
                partnerships: names.remove(&id).unwrap_or_default(),
                id,
                name,
                email,
                active,
                operator,
                seen_at,
                sessions,
            }
        })
        .collect())
}

type Seen = HashMap<PersonId, (i64, Option<Instant>)>;

fn seen(conn: &mut Conn, ids: &[&PersonId], now: Instant) -> Result<Seen, DbError> {
    let rows: Vec<(PersonId, i64, Option<Instant>)> = sessions::table
        .filter(sessions::person_id.eq_any(ids.to_vec()))
        .filter(sessions::expires_at.gt(now))
        .group_by(sessions::person_id)
        .select((sessions::person_id, count_star(), max(sessions::seen_at)))
        .load(conn)?;
    Ok(rows.into_iter().map(|(id, n, at)| (id, (n, at))).collect())
}

fn partnerships_of(
    conn: &mut Conn,
    ids: &[&PersonId],
) -> Result<HashMap<PersonId, Vec<String>>, DbError> {
    let rows: Vec<(PersonId, String)> = memberships::table
        .inner_join(partnerships::table.on(partnerships::id.eq(memberships::partnership_id)))
        .filter(memberships::person_id.eq_any(ids.to_vec()))
        .filter(memberships::active.eq(true))
        .order(partnerships::name)
        .select((memberships::person_id, partnerships::name))
        .load(conn)?;
    let mut names: HashMap<PersonId, Vec<String>> = HashMap::new();
    for (id, name) in rows {
        names.entry(id).or_default().push(name);
    }
    Ok(names)
}
