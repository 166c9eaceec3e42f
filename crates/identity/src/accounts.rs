//! All accounts of the server, for its operator: who, when they were last there, and ending or taking back their access.

pub(crate) mod api;
pub(crate) mod pages;
mod store;

use backbone_db::{Conn, DbError, Instant};
use backbone_events::{By, NewEvent, Object, append};
use backbone_web::Problem;
use serde::Serialize;

use crate::authenticate::SignedIn;
use crate::ids::PersonId;
use crate::{access_link, account, sign_in};

/// One account as the operator sees it.
#[derive(Clone, Debug, Serialize, utoipa::ToSchema)]
pub struct AccountLine {
    /// The person.
    pub id: PersonId,
    /// Their name.
    pub name: String,
    /// Their address.
    pub email: String,
    /// Whether they may sign in.
    pub active: bool,
    /// Whether they operate the server.
    pub operator: bool,
    /// When a session of theirs was last used; none without one.
    pub seen_at: Option<Instant>,
    /// How many sessions they have.
    pub sessions: i64,
    /// The partnerships they take part in, by name.
    pub partnerships: Vec<String>,
}

/// Accounts by address, those behind `after`, whose name or address holds `search`.
///
/// # Errors
/// Only those of the database.
pub fn list(
    conn: &mut Conn,
    search: &str,
    after: Option<&str>,
    limit: i64,
    now: Instant,
) -> Result<Vec<AccountLine>, DbError> {
    store::list(conn, search, after, limit, now)
}

/// One account.
///
/// # Errors
/// 404.
pub fn find(conn: &mut Conn, person: &PersonId, now: Instant) -> Result<AccountLine, Problem> {
    store::one(conn, person, now)?.ok_or_else(Problem::not_found)
}

/// Nobody but the operator finds the accounts.
fn operates(me: &SignedIn) -> Result<(), Problem> {
    match me.operator {
        true => Ok(()),
        false => Err(Problem::not_found()),
    }
}

/// Shuts a person out of everything until they are let in again: sessions, tokens, keys and links end, memberships stay.
/// Whoever is shut out already stays so, and nothing is noted.
///
/// # Errors
/// 404; 409 for an operator, and for the only administrator of a partnership.
pub fn deactivate(conn: &mut Conn, person: &PersonId, by: &By) -> Result<(), Problem> {
    let found = store::find(conn, person)?.ok_or_else(Problem::not_found)?;
    if found.operator {
        return Err(Problem::conflict("accounts-operator"));
    }
    if !found.active {
        return Ok(());
    }
    if let Some(name) = account::store::sole_admin_of(conn, person)? {
        return Err(Problem::conflict("last-admin").arg("partnership", name));
    }
    account::end_sign_ins(conn, person, None, by.at)?;
    account::store::revoke_keys(conn, person, by.at)?;
    sign_in::store::end_links(conn, person, by.at)?;
    access_link::revoke_all_of(conn, person, by.at)?;
    store::set_active(conn, person, false)?;
    told(conn, person, "person.deactivated", by)
}

/// Lets a person in again, with the memberships they had.
///
/// # Errors
/// 404.
pub fn reactivate(conn: &mut Conn, person: &PersonId, by: &By) -> Result<(), Problem> {
    if store::find(conn, person)?
        .ok_or_else(Problem::not_found)?
        .active
    {
        return Ok(());
    }
    store::set_active(conn, person, true)?;
    told(conn, person, "person.reactivated", by)
}

/// Ends every sign-in of a person, in browsers and programs; they may sign in again.
///
/// # Errors
/// 404.
pub fn sign_out(conn: &mut Conn, person: &PersonId, by: &By) -> Result<(), Problem> {
    store::find(conn, person)?.ok_or_else(Problem::not_found)?;
    account::end_sign_ins(conn, person, None, by.at)?;
    told(conn, person, "person.signed_out", by)
}

fn told(conn: &mut Conn, person: &PersonId, kind: &'static str, by: &By) -> Result<(), Problem> {
    for partnership in account::store::all_partnerships(conn, person)? {
        let event = NewEvent::new(kind, Object::new("person", person));
        append(conn, partnership.as_str(), by, event)?;
    }
    Ok(())
}
