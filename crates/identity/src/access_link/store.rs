use backbone_db::{Conn, DbError, Instant};
use diesel::prelude::*;

use super::{NewLink, Purpose};
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
    pub expires_at: Instant,
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
