use backbone_db::{Conn, DbError, Instant};
use diesel::prelude::*;

use crate::ids::{PartnershipId, PersonId, TokenFamilyId};
use crate::schema::{memberships, people, refresh_tokens, signing_keys, token_families};

pub(super) fn lock(conn: &mut Conn, name: &str) -> Result<(), DbError> {
    Ok(conn.lock(&format!("token:{name}"))?)
}

pub(super) fn insert_family(
    conn: &mut Conn,
    id: &TokenFamilyId,
    person: &PersonId,
    partnership: &PartnershipId,
    now: Instant,
) -> Result<(), DbError> {
    diesel::insert_into(token_families::table)
        .values((
            token_families::id.eq(id),
            token_families::person_id.eq(person),
            token_families::partnership_id.eq(partnership),
            token_families::created_at.eq(now),
        ))
        .execute(conn)?;
    Ok(())
}

pub(super) fn revoke_family(
    conn: &mut Conn,
    id: &TokenFamilyId,
    reason: &str,
    now: Instant,
) -> Result<(), DbError> {
    let open = token_families::table
        .find(id)
        .filter(token_families::revoked_at.is_null());
    diesel::update(open)
        .set((
            token_families::revoked_at.eq(now),
            token_families::reason.eq(reason),
        ))
        .execute(conn)?;
    Ok(())
}

pub(super) fn insert_refresh(
    conn: &mut Conn,
    hash: &str,
    family: &TokenFamilyId,
    now: Instant,
    expires_at: Instant,
) -> Result<(), DbError> {
    diesel::insert_into(refresh_tokens::table)
        .values((
            refresh_tokens::token_hash.eq(hash),
            refresh_tokens::family_id.eq(family),
            refresh_tokens::issued_at.eq(now),
            refresh_tokens::expires_at.eq(expires_at),
        ))
        .execute(conn)?;
    Ok(())
}

#[derive(Queryable)]
pub(super) struct Refresh {
    pub family_id: TokenFamilyId,
    pub person_id: PersonId,
    pub partnership_id: PartnershipId,
    pub revoked_at: Option<Instant>,
    pub expires_at: Instant,
    pub used_at: Option<Instant>,
}

pub(super) fn find_refresh(conn: &mut Conn, hash: &str) -> Result<Option<Refresh>, DbError> {
    Ok(refresh_tokens::table
        .inner_join(token_families::table.on(token_families::id.eq(refresh_tokens::family_id)))
        .filter(refresh_tokens::token_hash.eq(hash))
        .select((
            token_families::id,
            token_families::person_id,
            token_families::partnership_id,
            token_families::revoked_at,
            refresh_tokens::expires_at,
            refresh_tokens::used_at,
        ))
        .first(conn)
        .optional()?)
}

pub(super) fn use_refresh(conn: &mut Conn, hash: &str, now: Instant) -> Result<(), DbError> {
    diesel::update(refresh_tokens::table.find(hash))
        .set(refresh_tokens::used_at.eq(now))
        .execute(conn)?;
    Ok(())
}

pub(super) fn is_member(
    conn: &mut Conn,
    person: &PersonId,
    partnership: &PartnershipId,
) -> Result<bool, DbError> {
    let theirs = memberships::table
        .inner_join(people::table.on(people::id.eq(memberships::person_id)))
        .filter(memberships::person_id.eq(person))
        .filter(memberships::partnership_id.eq(partnership))
        .filter(memberships::active.eq(true))
        .filter(people::active.eq(true));
    Ok(theirs.count().get_result::<i64>(conn)? > 0)
}

/// Keys not retired, the newest first.
pub(super) fn keys(conn: &mut Conn) -> Result<Vec<(String, Instant)>, DbError> {
    Ok(signing_keys::table
        .filter(signing_keys::retired_at.is_null())
        .order((signing_keys::created_at.desc(), signing_keys::kid))
        .select((signing_keys::kid, signing_keys::created_at))
        .load(conn)?)
}

pub(super) fn insert_key(conn: &mut Conn, kid: &str, now: Instant) -> Result<(), DbError> {
    diesel::insert_into(signing_keys::table)
        .values((signing_keys::kid.eq(kid), signing_keys::created_at.eq(now)))
        .execute(conn)?;
    Ok(())
}

pub(super) fn retire_key(conn: &mut Conn, kid: &str, now: Instant) -> Result<(), DbError> {
    diesel::update(signing_keys::table.find(kid))
        .set(signing_keys::retired_at.eq(now))
        .execute(conn)?;
    Ok(())
}
