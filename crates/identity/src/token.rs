//! Tokens for programs that act for a person: a short access token and a refresh token that changes at every use.
//!
//! A refresh token works once. When one is used a second time, somebody has copied it: the whole family ends.

pub(crate) mod api;
mod store;

use actix_web::http::StatusCode;
use backbone_db::{Conn, DbError, Instant};
use backbone_web::Problem;
use serde::Serialize;

use crate::ids::{PartnershipId, PersonId, TokenFamilyId};
use crate::jwt;
use crate::secret::{MasterSecret, hash_secret, new_secret};

/// Seconds a refresh token lasts when it is not used.
pub const REFRESH_SECONDS: i64 = 30 * 86_400;

/// What a program gets.
#[derive(Clone, Debug, Serialize, utoipa::ToSchema)]
pub struct Tokens {
    /// Goes into `Authorization: Bearer …`.
    pub access_token: String,
    /// `Bearer`.
    pub token_type: &'static str,
    /// Seconds the access token lasts.
    pub expires_in: i64,
    /// Gives new tokens, once.
    pub refresh_token: String,
    /// Seconds the refresh token lasts.
    pub refresh_expires_in: i64,
}

/// Begins a family: one sign-in of one program.
///
/// # Errors
/// 500 when the token cannot be written.
pub fn issue(
    conn: &mut Conn,
    secret: &MasterSecret,
    person: &PersonId,
    partnership: &PartnershipId,
    now: Instant,
) -> Result<Tokens, Problem> {
    let family = TokenFamilyId::new();
    store::insert_family(conn, &family, person, partnership, now)?;
    pair(conn, secret, person, partnership, &family, now)
}

fn pair(
    conn: &mut Conn,
    secret: &MasterSecret,
    person: &PersonId,
    partnership: &PartnershipId,
    family: &TokenFamilyId,
    now: Instant,
) -> Result<Tokens, Problem> {
    let kid = current_key(conn, now)?;
    let access_token =
        jwt::sign(secret, &kid, person, partnership, family, now).map_err(Problem::internal)?;
    let refresh_token = new_secret();
    store::insert_refresh(
        conn,
        &hash_secret(&refresh_token),
        family,
        now,
        now.plus_seconds(REFRESH_SECONDS),
    )?;
    Ok(Tokens {
        access_token,
        token_type: "Bearer",
        expires_in: jwt::ACCESS_SECONDS,
        refresh_token,
        refresh_expires_in: REFRESH_SECONDS,
    })
}

/// Exchanges a refresh token for new tokens. The inner error is for the caller; the transaction is kept all the same, because a
/// second use ends the family.
///
/// # Errors
/// The outer one: the database. The inner one: 401 `refresh-refused`.
pub fn refresh(
    conn: &mut Conn,
    secret: &MasterSecret,
    token: &str,
    now: Instant,
) -> Result<Result<Tokens, Problem>, Problem> {
    let refused = || Err(Problem::new(StatusCode::UNAUTHORIZED, "refresh-refused"));
    let hash = hash_secret(token);
    store::lock(conn, &hash)?;
    let Some(found) = store::find_refresh(conn, &hash)? else {
        return Ok(refused());
    };
    if found.used_at.is_some() {
        store::revoke_family(conn, &found.family_id, "reused", now)?;
        tracing::warn!(family = %found.family_id, "a refresh token was used twice; its family was ended");
        return Ok(refused());
    }
    if found.revoked_at.is_some()
        || found.expires_at <= now
        || !store::is_member(conn, &found.person_id, &found.partnership_id)?
    {
        return Ok(refused());
    }
    store::use_refresh(conn, &hash, now)?;
    pair(
        conn,
        secret,
        &found.person_id,
        &found.partnership_id,
        &found.family_id,
        now,
    )
    .map(Ok)
}

/// Ends the family of a refresh token. Unknown tokens are no error: the wish is fulfilled.
pub fn revoke(conn: &mut Conn, token: &str, now: Instant) -> Result<(), DbError> {
    if let Some(found) = store::find_refresh(conn, &hash_secret(token))? {
        store::revoke_family(conn, &found.family_id, "revoked", now)?;
    }
    Ok(())
}

/// The key that signs now; the first one is made when it is needed.
fn current_key(conn: &mut Conn, now: Instant) -> Result<String, DbError> {
    if let Some((kid, _)) = store::keys(conn)?.into_iter().next() {
        return Ok(kid);
    }
    store::lock(conn, "signing_keys")?;
    match store::keys(conn)?.into_iter().next() {
        Some((kid, _)) => Ok(kid),
        None => new_key(conn, now),
    }
}

fn new_key(conn: &mut Conn, now: Instant) -> Result<String, DbError> {
    let kid = new_secret()[..16].to_string();
    store::insert_key(conn, &kid, now)?;
    Ok(kid)
}

/// Makes a new signing key. The ones before stay accepted until their last token has run out; see [`retire_keys`].
pub fn rotate_keys(conn: &mut Conn, now: Instant) -> Result<String, DbError> {
    retire_keys(conn, now)?;
    new_key(conn, now)
}

/// Retires keys whose successor has signed for longer than a token lasts.
pub fn retire_keys(conn: &mut Conn, now: Instant) -> Result<(), DbError> {
    let keys = store::keys(conn)?;
    for pair in keys.windows(2) {
        if let [(_, successor_since), (kid, _)] = pair
            && now.seconds_since(*successor_since) > jwt::ACCESS_SECONDS + 60
        {
            store::retire_key(conn, kid, now)?;
        }
    }
    Ok(())
}
