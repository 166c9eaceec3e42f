//! Limits on how often something may be tried, counted in the database so that they hold on every node.

mod store;

use backbone_db::{Conn, DbError, Instant};
use backbone_web::Problem;

use crate::secret::hash_secret;

/// How often within how long.
#[derive(Clone, Copy, Debug)]
pub struct Limit {
    /// What is limited; part of the stored key.
    pub name: &'static str,
    /// Times within a window.
    pub hits: i32,
    /// Length of a window in seconds.
    pub seconds: i64,
}

/// Passwords tried for one account.
pub const SIGN_IN_ACCOUNT: Limit = Limit {
    name: "sign-in-account",
    hits: 10,
    seconds: 900,
};
/// Passwords tried from one address.
pub const SIGN_IN_ADDRESS: Limit = Limit {
    name: "sign-in-address",
    hits: 60,
    seconds: 900,
};
/// Mails with links asked for one account.
pub const LINK_ACCOUNT: Limit = Limit {
    name: "link-account",
    hits: 5,
    seconds: 900,
};
/// Mails with links asked from one address.
pub const LINK_ADDRESS: Limit = Limit {
    name: "link-address",
    hits: 30,
    seconds: 900,
};
/// Invitations sent by one person.
pub const INVITATIONS: Limit = Limit {
    name: "invitations",
    hits: 500,
    seconds: 86_400,
};

/// Counts one try by `who` (an address, an account). The key is hashed, so that no address is kept.
///
/// Call it in a transaction of its own: a try that fails must still be counted.
///
/// # Errors
/// 429 `too-many-requests` with `Retry-After` when the window's tries are used up.
pub fn hit(
    conn: &mut Conn,
    limit: Limit,
    who: &str,
    now: Instant,
) -> Result<Result<(), Problem>, DbError> {
    let key = key(limit, who);
    conn.lock(&format!("limit:{key}"))?;
    let (start, hits) = match store::find(conn, &key)? {
        Some((start, hits)) if now.seconds_since(start) < limit.seconds => (start, hits),
        _ => (now, 0),
    };
    if hits >= limit.hits {
        let left = limit.seconds - now.seconds_since(start);
        let mut problem = Problem::new(
            actix_web::http::StatusCode::TOO_MANY_REQUESTS,
            "too-many-requests",
        );
        problem.retry_after = Some(u32::try_from(left.max(1)).unwrap_or(u32::MAX));
        return Ok(Err(problem));
    }
    store::put(conn, &key, start, hits + 1)?;
    Ok(Ok(()))
}

/// Forgets the tries of `who`, after one that worked.
pub fn clear(conn: &mut Conn, limit: Limit, who: &str) -> Result<(), DbError> {
    store::delete(conn, &key(limit, who))
}

/// Forgets windows that began before `before`.
pub fn forget(conn: &mut Conn, before: Instant) -> Result<usize, DbError> {
    store::delete_before(conn, before)
}

fn key(limit: Limit, who: &str) -> String {
    format!("{}:{}", limit.name, &hash_secret(who)[..32])
}
