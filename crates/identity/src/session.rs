//! Cookie sessions: a random secret in the browser, its hash in the database, thirty days from the last use.

mod device;
mod store;

use actix_web::HttpRequest;
use actix_web::cookie::{Cookie, SameSite, time::Duration};
use backbone_db::{Conn, DbError, Instant};
use serde::Serialize;

use crate::authenticate::cookie_name;
use crate::ids::PersonId;
use crate::secret::{hash_secret, new_secret};

/// Seconds a session lasts after its last use.
pub const SECONDS: i64 = 30 * 86_400;

/// One session, as its person sees it.
#[derive(Clone, Debug, Serialize, utoipa::ToSchema)]
#[schema(as = OwnSession)]
pub struct Session {
    /// A short name for it: the beginning of the stored hash.
    pub id: String,
    /// When it began.
    pub created_at: Instant,
    /// When it was last used, to the hour.
    pub seen_at: Instant,
    /// Browser and system, such as "Firefox, Linux".
    pub device: String,
    /// Whether it is the one that asks.
    pub current: bool,
}

/// Begins a session; gives the secret for the cookie.
pub fn open(
    conn: &mut Conn,
    person: &PersonId,
    user_agent: &str,
    now: Instant,
) -> Result<String, DbError> {
    let secret = new_secret();
    let agent: String = user_agent
        .chars()
        .filter(|c| !c.is_control())
        .take(200)
        .collect();
    store::insert(
        conn,
        &hash_secret(&secret),
        person,
        &agent,
        now,
        now.plus_seconds(SECONDS),
    )?;
    Ok(secret)
}

/// Notes a use.
pub(crate) fn touch(conn: &mut Conn, hash: &str, now: Instant) -> Result<(), DbError> {
    store::touch(conn, hash, now, now.plus_seconds(SECONDS))
}

/// A person's sessions, the last used first. `current` is the hash of the one that asks.
pub fn list(
    conn: &mut Conn,
    person: &PersonId,
    current: Option<&str>,
    now: Instant,
) -> Result<Vec<Session>, DbError> {
    let rows = store::list(conn, person, now)?;
    Ok(rows
        .into_iter()
        .map(|row| Session {
            id: row.token_hash[..16].to_string(),
            created_at: row.created_at,
            seen_at: row.seen_at,
            device: device::name(&row.user_agent),
            current: current == Some(row.token_hash.as_str()),
        })
        .collect())
}

/// Ends the session with this hash.
pub fn end(conn: &mut Conn, hash: &str) -> Result<(), DbError> {
    store::delete(conn, hash)
}

/// Ends one of a person's sessions by its short name; says whether there was one.
pub fn end_one(conn: &mut Conn, person: &PersonId, id: &str) -> Result<bool, DbError> {
    store::delete_by_prefix(conn, person, id)
}

/// Ends all of a person's sessions but the one to keep.
pub fn end_others(
    conn: &mut Conn,
    person: &PersonId,
    keep: Option<&str>,
) -> Result<usize, DbError> {
    store::delete_others(conn, person, keep)
}

/// Forgets sessions that have run out.
pub fn forget(conn: &mut Conn, now: Instant) -> Result<usize, DbError> {
    store::delete_expired(conn, now)
}

/// The cookie for a session. It outlives the session, which the server ends by itself.
pub fn cookie(base_url: &str, secret: String) -> Cookie<'static> {
    build(base_url, secret, Duration::days(400))
}

/// The cookie that takes a session's cookie away.
pub fn no_cookie(base_url: &str) -> Cookie<'static> {
    build(base_url, String::new(), Duration::ZERO)
}

fn build(base_url: &str, value: String, age: Duration) -> Cookie<'static> {
    Cookie::build(cookie_name(base_url), value)
        .path("/")
        .http_only(true)
        .secure(base_url.starts_with("https://"))
        .same_site(SameSite::Lax)
        .max_age(age)
        .finish()
}

/// What the browser calls itself.
pub fn user_agent(req: &HttpRequest) -> String {
    let header = req.headers().get(actix_web::http::header::USER_AGENT);
    header
        .and_then(|v| v.to_str().ok())
        .unwrap_or("")
        .to_string()
}
