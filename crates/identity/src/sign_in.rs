//! Signing in: with address and password, or with a link in a mail. Neither tells whether an address is known.

pub(crate) mod api;
mod link;
pub(crate) mod pages;
pub(crate) mod store;

use backbone_db::{Conn, DbError, Instant};
use backbone_web::Problem;

use crate::authenticate::Visitor;
use crate::core::Core;
use crate::ids::PersonId;
use crate::{email, limit, password, session};

pub use link::{LinkPurpose, SendLink, consume, make as make_link, request};

/// Counts a try, by account and by address, before anything is looked up.
///
/// # Errors
/// 429 with `Retry-After`.
pub(crate) async fn count(
    core: &Core,
    limits: [(limit::Limit, String); 2],
    now: Instant,
) -> Result<(), Problem> {
    core.db
        .write(move |conn| {
            for (limit, who) in limits {
                if let Err(problem) = limit::hit(conn, limit, &who, now)? {
                    return Ok(Err(problem));
                }
            }
            Ok::<_, DbError>(Ok(()))
        })
        .await?
}

/// Finds out who has this address and password. It takes as long for an unknown address as for a known one.
///
/// # Errors
/// 422 `sign-in-wrong`; 429 after too many tries for the account or from the address.
pub async fn check_password(
    core: &Core,
    visitor: &Visitor,
    address: &str,
    typed: &str,
) -> Result<PersonId, Problem> {
    let account = email::normal(address).unwrap_or_default();
    let limits = [
        (limit::SIGN_IN_ADDRESS, visitor.address.clone()),
        (limit::SIGN_IN_ACCOUNT, account.clone()),
    ];
    count(core, limits, visitor.now).await?;
    let looked_up = account.clone();
    let person = core
        .db
        .read(move |c| store::by_email(c, &looked_up))
        .await?;
    let stored = person.as_ref().and_then(|p| p.password_hash.clone());
    let right = password::verify(typed.to_string(), stored).await?;
    match person {
        Some(person) if right => {
            let cleared = core
                .db
                .write(move |c| limit::clear(c, limit::SIGN_IN_ACCOUNT, &account));
            cleared.await?;
            Ok(person.id)
        }
        _ => Err(Problem::invalid("sign-in-wrong").field("password", "sign-in-wrong")),
    }
}

/// Begins a session for an active person; gives the cookie's secret.
///
/// # Errors
/// 422 `sign-in-wrong` when the account was closed meanwhile.
pub fn begin(
    conn: &mut Conn,
    person: &PersonId,
    user_agent: &str,
    now: Instant,
) -> Result<String, Problem> {
    if !store::is_active(conn, person)? {
        return Err(Problem::invalid("sign-in-wrong").field("password", "sign-in-wrong"));
    }
    Ok(session::open(conn, person, user_agent, now)?)
}

/// Where to go after signing in: a path of this server, or the start. Anything else would send people to another host.
pub fn next_path(next: &str) -> &str {
    let own = next.starts_with('/')
        && !next.starts_with("//")
        && !next.starts_with("/sign-")
        && !next.contains('\\')
        && next.len() < 500
        && !next.chars().any(|c| c.is_control() || c.is_whitespace());
    if own { next } else { "/" }
}

#[cfg(test)]
mod tests {
    use super::next_path;

    #[test]
    fn only_own_paths_are_followed() {
        for (next, path) in [
            (
                "/p/oost/scorecard?period=2026",
                "/p/oost/scorecard?period=2026",
            ),
            ("", "/"),
            ("https://evil.example/", "/"),
            ("//evil.example/", "/"),
            ("/\\evil.example", "/"),
            ("/\t/evil.example", "/"),
            ("/sign-in", "/"),
            ("javascript:alert(1)", "/"),
        ] {
            assert_eq!(next_path(next), path, "{next:?}");
        }
    }
}
