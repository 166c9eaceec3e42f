//! When people were last there: for "what changed since my last visit", and for noticing that an organization has gone quiet.
//! Like a session's own last moment, a visit is no fact of the partnership and stands in no log.

mod store;

use std::collections::HashMap;

use backbone_db::{Conn, DbError, Instant};

use crate::actor::Actor;
use crate::ids::OrganizationId;

/// Seconds of silence after which the next page begins a new visit.
const APART: i64 = 2 * 3600;

/// Seconds for which a visit that was noted needs no second note.
const FRESH: i64 = 600;

/// Whether somebody's being there was noted a moment ago, so that reading a page need not write.
pub fn is_noted(conn: &mut Conn, actor: &Actor) -> Result<bool, DbError> {
    let Some(person) = &actor.person_id else {
        return Ok(true);
    };
    let seen = store::find(conn, actor.tenant(), person)?;
    Ok(seen.is_some_and(|(at, _)| actor.now.seconds_since(at) < FRESH))
}

/// Notes that somebody is there; gives when their visit before this one ended, if there was one.
pub fn arrive(conn: &mut Conn, actor: &Actor) -> Result<Option<Instant>, DbError> {
    let Some(person) = &actor.person_id else {
        return Ok(None);
    };
    let organization = actor.organization_id.as_ref();
    conn.lock(&format!("visit:{}:{person}", actor.tenant()))?;
    match store::find(conn, actor.tenant(), person)? {
        None => {
            store::insert(conn, actor.tenant(), person, organization, actor.now)?;
            Ok(None)
        }
        Some((seen_at, before)) if actor.now.seconds_since(seen_at) < APART => {
            store::stay(conn, actor.tenant(), person, actor.now.max(seen_at))?;
            Ok(before)
        }
        Some((seen_at, _)) => {
            store::again(
                conn,
                actor.tenant(),
                person,
                organization,
                seen_at,
                actor.now,
            )?;
            Ok(Some(seen_at))
        }
    }
}

/// When somebody's visit before this one ended, if there was one.
pub fn before(conn: &mut Conn, actor: &Actor) -> Result<Option<Instant>, DbError> {
    let Some(person) = &actor.person_id else {
        return Ok(None);
    };
    Ok(store::find(conn, actor.tenant(), person)?.and_then(|(_, before)| before))
}

/// The last visit of anybody of each organization.
pub fn last_by_organization(
    conn: &mut Conn,
    partnership: &str,
) -> Result<HashMap<OrganizationId, Instant>, DbError> {
    Ok(store::last(conn, partnership)?.into_iter().collect())
}
