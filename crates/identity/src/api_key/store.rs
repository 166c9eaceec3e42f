use backbone_db::{Conn, DbError, Instant};
use diesel::prelude::*;

use super::ApiKey;
use crate::ids::{ApiKeyId, PartnershipId, PersonId};
use crate::schema::api_keys;

pub(super) fn insert(
    conn: &mut Conn,
    partnership: &PartnershipId,
    key: &ApiKey,
    hash: &str,
) -> Result<(), DbError> {
    diesel::insert_into(api_keys::table)
        .values((
            api_keys::id.eq(&key.id),
            api_keys::partnership_id.eq(partnership),
            api_keys::person_id.eq(&key.person_id),
            api_keys::name.eq(&key.name),
            api_keys::prefix.eq(&key.prefix),
            api_keys::key_hash.eq(hash),
            api_keys::scopes.eq(key.scopes.join(" ")),
            api_keys::created_at.eq(key.created_at),
            api_keys::expires_at.eq(key.expires_at),
        ))
        .execute(conn)?;
    Ok(())
}

#[derive(Queryable, Selectable)]
#[diesel(table_name = api_keys)]
struct Row {
    id: ApiKeyId,
    name: String,
    prefix: String,
    scopes: String,
    person_id: PersonId,
    created_at: Instant,
    expires_at: Option<Instant>,
    used_at: Option<Instant>,
    revoked_at: Option<Instant>,
}

pub(super) fn list(conn: &mut Conn, partnership: &PartnershipId) -> Result<Vec<ApiKey>, DbError> {
    let rows: Vec<Row> = api_keys::table
        .filter(api_keys::partnership_id.eq(partnership))
        .order(api_keys::id.desc())
        .limit(500)
        .select(Row::as_select())
        .load(conn)?;
    Ok(rows
        .into_iter()
        .map(|r| ApiKey {
            id: r.id,
            name: r.name,
            prefix: r.prefix,
            scopes: r.scopes.split_whitespace().map(str::to_string).collect(),
            person_id: r.person_id,
            created_at: r.created_at,
            expires_at: r.expires_at,
            used_at: r.used_at,
            revoked_at: r.revoked_at,
        })
        .collect())
}

pub(super) fn exists(
    conn: &mut Conn,
    partnership: &PartnershipId,
    id: &ApiKeyId,
) -> Result<bool, DbError> {
    let found = api_keys::table
        .find(id)
        .filter(api_keys::partnership_id.eq(partnership));
    Ok(found.count().get_result::<i64>(conn)? > 0)
}

pub(super) fn revoke(
    conn: &mut Conn,
    partnership: &PartnershipId,
    id: &ApiKeyId,
    now: Instant,
) -> Result<bool, DbError> {
    let open = api_keys::table
        .find(id)
        .filter(api_keys::partnership_id.eq(partnership))
        .filter(api_keys::revoked_at.is_null());
    Ok(diesel::update(open)
        .set(api_keys::revoked_at.eq(now))
        .execute(conn)?
        > 0)
}
