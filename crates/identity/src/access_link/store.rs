use backbone_db::{Conn, DbError, Instant};
use diesel::prelude::*;

use super::{Held, NewLink, Purpose};
use crate::ids::{AccessLinkId, OrganizationId, PartnershipId, PersonId};
use crate::partnership::Partnership;
use crate::schema::{access_links, memberships, organizations, partnerships, people};

#[derive(Queryable, Selectable)]
#[diesel(table_name = access_links)]
pub(super) struct Row {
    pub id: AccessLinkId,
    pub partnership_id: PartnershipId,
    pub person_id: Option<PersonId>,
    pub organization_id: Option<OrganizationId>,
    pub subject_kind: String,
    pub subject_id: String,
    pub created_at: Instant,
    pub expires_at: Instant,
    pub used_at: Option<Instant>,
    pub revoked_at: Option<Instant>,
}

pub(super) fn insert(
    conn: &mut Conn,
    id: &AccessLinkId,
    hash: &str,
    partnership: &PartnershipId,
    link: &NewLink,
    now: Instant,
) -> Result<(), DbError> {
    diesel::insert_into(access_links::table)
        .values((
            access_links::id.eq(id),
            access_links::token_hash.eq(hash),
            access_links::partnership_id.eq(partnership),
            access_links::purpose.eq(link.purpose),
            access_links::person_id.eq(&link.person_id),
            access_links::organization_id.eq(&link.organization_id),
            access_links::subject_kind.eq(&link.subject.0),
            access_links::subject_id.eq(&link.subject.1),
            access_links::created_at.eq(now),
            access_links::expires_at.eq(link.expires_at),
        ))
        .execute(conn)?;
    Ok(())
}

pub(super) fn find(conn: &mut Conn, hash: &str, purpose: Purpose) -> Result<Option<Row>, DbError> {
    Ok(access_links::table
        .filter(access_links::token_hash.eq(hash))
        .filter(access_links::purpose.eq(purpose))
        .select(Row::as_select())
        .first(conn)
        .optional()?)
}

pub(super) fn partnership(conn: &mut Conn, id: &PartnershipId) -> Result<Partnership, DbError> {
    Ok(partnerships::table
        .find(id)
        .select(Partnership::as_select())
        .first(conn)?)
}

/// Name and language of an active person with an active membership.
pub(super) fn active_person(
    conn: &mut Conn,
    person: &PersonId,
    partnership: &PartnershipId,
) -> Result<Option<(String, String)>, DbError> {
    Ok(people::table
        .inner_join(memberships::table.on(memberships::person_id.eq(people::id)))
        .filter(people::id.eq(person))
        .filter(people::active.eq(true))
        .filter(memberships::partnership_id.eq(partnership))
        .filter(memberships::active.eq(true))
        .select((people::name, people::language))
        .first(conn)
        .optional()?)
}

pub(super) fn active_organization(
    conn: &mut Conn,
    id: &OrganizationId,
) -> Result<Option<String>, DbError> {
    Ok(organizations::table
        .find(id)
        .filter(organizations::active.eq(true))
        .select(organizations::name)
        .first(conn)
        .optional()?)
}

pub(super) fn revoke(
    conn: &mut Conn,
    partnership: &PartnershipId,
    id: &AccessLinkId,
    now: Instant,
) -> Result<bool, DbError> {
    let open = access_links::table
        .filter(access_links::id.eq(id))
        .filter(access_links::partnership_id.eq(partnership))
        .filter(access_links::revoked_at.is_null());
    Ok(diesel::update(open)
        .set(access_links::revoked_at.eq(now))
        .execute(conn)?
        > 0)
}

pub(super) fn revoke_all_of(
    conn: &mut Conn,
    person: &PersonId,
    now: Instant,
) -> Result<usize, DbError> {
    let open = access_links::table
        .filter(access_links::person_id.eq(person))
        .filter(access_links::revoked_at.is_null());
    Ok(diesel::update(open)
        .set(access_links::revoked_at.eq(now))
        .execute(conn)?)
}

/// A link for whatever purpose.
pub(super) fn find_any(conn: &mut Conn, hash: &str) -> Result<Option<Row>, DbError> {
    Ok(access_links::table
        .filter(access_links::token_hash.eq(hash))
        .select(Row::as_select())
        .first(conn)
        .optional()?)
}

/// An active person with an active membership.
#[derive(Queryable)]
pub(super) struct Member {
    pub name: String,
    pub email: String,
    pub roles: String,
}

pub(super) fn member(
    conn: &mut Conn,
    person: &PersonId,
    partnership: &PartnershipId,
) -> Result<Option<Member>, DbError> {
    Ok(people::table
        .inner_join(memberships::table.on(memberships::person_id.eq(people::id)))
        .filter(people::id.eq(person))
        .filter(people::active.eq(true))
        .filter(memberships::partnership_id.eq(partnership))
        .filter(memberships::active.eq(true))
        .select((people::name, people::email, memberships::roles))
        .first(conn)
        .optional()?)
}

/// Notes that a link opened a session; false when it did before.
pub(super) fn used(conn: &mut Conn, id: &AccessLinkId, now: Instant) -> Result<bool, DbError> {
    let fresh = access_links::table
        .filter(access_links::id.eq(id))
        .filter(access_links::used_at.is_null());
    Ok(diesel::update(fresh)
        .set(access_links::used_at.eq(now))
        .execute(conn)?
        > 0)
}

/// A person's links that work, the newest first.
pub(super) fn held(conn: &mut Conn, person: &PersonId, now: Instant) -> Result<Vec<Held>, DbError> {
    let rows = access_links::table
        .inner_join(partnerships::table.on(partnerships::id.eq(access_links::partnership_id)))
        .filter(access_links::person_id.eq(person))
        .filter(access_links::revoked_at.is_null())
        .filter(access_links::expires_at.gt(now))
        .order(access_links::id.desc())
        .select((
            access_links::id,
            access_links::purpose,
            partnerships::name,
            access_links::created_at,
            access_links::expires_at,
        ))
        .load::<(AccessLinkId, Purpose, String, Instant, Instant)>(conn)?;
    Ok(rows
        .into_iter()
        .map(|(id, purpose, partnership, created_at, expires_at)| Held {
            id,
            purpose,
            partnership,
            created_at,
            expires_at,
        })
        .collect())
}

/// Ends a person's own link; says whether it was open.
pub(super) fn revoke_own(
    conn: &mut Conn,
    person: &PersonId,
    id: &AccessLinkId,
    now: Instant,
) -> Result<bool, DbError> {
    let open = access_links::table
        .filter(access_links::id.eq(id))
        .filter(access_links::person_id.eq(person))
        .filter(access_links::revoked_at.is_null());
    Ok(diesel::update(open)
        .set(access_links::revoked_at.eq(now))
        .execute(conn)?
        > 0)
}
