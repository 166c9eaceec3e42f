//! One's own account: name, language, password, sign-ins, personal data; and the end of an account.

pub(crate) mod api;
pub(crate) mod email;
pub(crate) mod email_pages;
pub(crate) mod export;
mod own;
pub(crate) mod pages;
pub(crate) mod store;

use backbone_db::{Conn, DbError, Instant};
use backbone_events::{By, NewEvent, Object, append};
use backbone_web::{Lang, Problem};

use crate::ids::PersonId;
use crate::{access_link, notify, session, sign_in};

/// Ends every sign-in of a person, in browsers and programs, but the session to keep.
pub fn end_sign_ins(
    conn: &mut Conn,
    person: &PersonId,
    keep: Option<&str>,
    now: Instant,
) -> Result<(), DbError> {
    session::end_others(conn, person, keep)?;
    store::revoke_families(conn, person, "signed_out", now)
}

/// Sets a password and ends every other way in: sessions, tokens, links that were mailed.
pub fn set_password(
    conn: &mut Conn,
    person: &PersonId,
    hash: &str,
    keep: Option<&str>,
    now: Instant,
) -> Result<(), DbError> {
    sign_in::store::set_password(conn, person, hash)?;
    sign_in::store::end_links(conn, person, now)?;
    end_sign_ins(conn, person, keep, now)
}

/// Changes name and language.
pub fn set_profile(
    conn: &mut Conn,
    person: &PersonId,
    name: &str,
    lang: Lang,
) -> Result<(), DbError> {
    store::set_profile(conn, person, name, lang.code())
}

/// Closes an account: no session, token, key or link of this person works from the next request on.
///
/// # Errors
/// 409 `last-admin` while they are the only administrator of a partnership.
pub fn close(conn: &mut Conn, person: &PersonId, by: &By) -> Result<(), Problem> {
    if let Some(name) = store::sole_admin_of(conn, person)? {
        return Err(Problem::conflict("last-admin").arg("partnership", name));
    }
    session::end_others(conn, person, None)?;
    store::revoke_families(conn, person, "closed", by.at)?;
    store::revoke_keys(conn, person, by.at)?;
    sign_in::store::end_links(conn, person, by.at)?;
    access_link::revoke_all_of(conn, person, by.at)?;
    for partnership in store::deactivate(conn, person)? {
        let event = NewEvent::new("person.closed", Object::new("person", person));
        append(conn, partnership.as_str(), by, event)?;
    }
    Ok(())
}

/// Closes an account and forgets who it was. What they gave and measured stays with their organization.
///
/// # Errors
/// As [`close`].
pub fn erase(conn: &mut Conn, person: &PersonId, by: &By) -> Result<(), Problem> {
    let partnerships = store::all_partnerships(conn, person)?;
    close(conn, person, by)?;
    store::anonymize(conn, person)?;
    notify::forget(conn, person)?;
    for partnership in partnerships {
        let event = NewEvent::new("person.erased", Object::new("person", person));
        append(conn, partnership.as_str(), by, event)?;
    }
    Ok(())
}
