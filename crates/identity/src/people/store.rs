//! Queries about members; those about invitations are in `store/invitations.rs`.

pub(crate) mod invitations;

use backbone_db::{Conn, DbError, Instant};
use diesel::prelude::*;
use serde::Serialize;

use super::Member;
use crate::ids::{MembershipId, OrganizationId, PartnershipId, PersonId};
use crate::role::{Role, roles_from_text, roles_to_text};
use crate::schema::{memberships, organizations, partnerships, people};

/// One of a person's memberships, for choosing and for their own data.
pub(crate) struct OwnMembership {
    pub partnership: String,
    pub slug: String,
    pub purpose: String,
    pub organization: Option<String>,
    pub roles: Vec<Role>,
    pub active: bool,
    pub since: Instant,
}

pub(crate) fn memberships_of(
    conn: &mut Conn,
    person: &PersonId,
) -> Result<Vec<OwnMembership>, DbError> {
    type Row = (
        String,
        String,
        String,
        Option<String>,
        String,
        bool,
        Instant,
    );
    let rows: Vec<Row> = memberships::table
        .inner_join(partnerships::table.on(partnerships::id.eq(memberships::partnership_id)))
        .left_join(
            organizations::table.on(organizations::id
                .nullable()
                .eq(memberships::organization_id)),
        )
        .filter(memberships::person_id.eq(person))
        .order(partnerships::name)
        .select((
            partnerships::name,
            partnerships::slug,
            partnerships::purpose,
            organizations::name.nullable(),
            memberships::roles,
            memberships::active,
            memberships::created_at,
        ))
        .load(conn)?;
    Ok(rows
        .into_iter()
        .map(
            |(partnership, slug, purpose, organization, roles, active, since)| OwnMembership {
                partnership,
                slug,
                purpose,
                organization,
                roles: roles_from_text(&roles),
                active,
                since,
            },
        )
        .collect())
}

#[derive(Queryable)]
struct Row {
    id: MembershipId,
    person_id: PersonId,
    name: String,
    email: String,
    organization_id: Option<OrganizationId>,
    roles: String,
    active: bool,
    version: i64,
    created_at: Instant,
}

impl From<Row> for Member {
    fn from(r: Row) -> Self {
        Member {
            id: r.id,
            person_id: r.person_id,
            name: r.name,
            email: r.email,
            organization_id: r.organization_id,
            roles: roles_from_text(&r.roles),
            active: r.active,
            version: r.version,
            created_at: r.created_at,
        }
    }
}

macro_rules! members {
    () => {
        memberships::table
            .inner_join(people::table.on(people::id.eq(memberships::person_id)))
            .select((
                memberships::id,
                people::id,
                people::name,
                people::email,
                memberships::organization_id,
                memberships::roles,
                memberships::active,
                memberships::version,
                memberships::created_at,
            ))
    };
}

/// One page of members, in the order they came.
pub(super) fn page(
    conn: &mut Conn,
    partnership: &str,
    after: Option<&str>,
    limit: i64,
) -> Result<Vec<Member>, DbError> {
    let rows: Vec<Row> = members!()
        .filter(memberships::partnership_id.eq(partnership))
        .filter(memberships::id.gt(after.unwrap_or("")))
        .order(memberships::id)
        .limit(limit)
        .load(conn)?;
    Ok(rows.into_iter().map(Member::from).collect())
}

/// All members, by name.
pub(crate) fn all(conn: &mut Conn, partnership: &str) -> Result<Vec<Member>, DbError> {
    let rows: Vec<Row> = members!()
        .filter(memberships::partnership_id.eq(partnership))
        .order((people::name, people::id))
        .load(conn)?;
    Ok(rows.into_iter().map(Member::from).collect())
}

pub(crate) fn find(
    conn: &mut Conn,
    partnership: &str,
    id: &MembershipId,
) -> Result<Option<Member>, DbError> {
    let row: Option<Row> = members!()
        .filter(memberships::partnership_id.eq(partnership))
        .filter(memberships::id.eq(id))
        .first(conn)
        .optional()?;
    Ok(row.map(Member::from))
}

pub(crate) fn by_person(
    conn: &mut Conn,
    partnership: &PartnershipId,
    person: &PersonId,
) -> Result<Option<Member>, DbError> {
    let row: Option<Row> = members!()
        .filter(memberships::partnership_id.eq(partnership))
        .filter(memberships::person_id.eq(person))
        .first(conn)
        .optional()?;
    Ok(row.map(Member::from))
}

pub(super) fn update(
    conn: &mut Conn,
    partnership: &PartnershipId,
    m: &Member,
) -> Result<(), DbError> {
    diesel::update(
        memberships::table
            .find(&m.id)
            .filter(memberships::partnership_id.eq(partnership)),
    )
    .set((
        memberships::organization_id.eq(&m.organization_id),
        memberships::roles.eq(roles_to_text(&m.roles)),
        memberships::active.eq(m.active),
        memberships::version.eq(m.version),
    ))
    .execute(conn)?;
    Ok(())
}

/// Takes the lock under which memberships are read and changed.
pub(super) fn lock(conn: &mut Conn, partnership: &PartnershipId) -> Result<(), DbError> {
    Ok(conn.lock(&format!("memberships:{partnership}"))?)
}

/// Puts a person under an organization.
pub(crate) fn set_organization(
    conn: &mut Conn,
    partnership: &PartnershipId,
    person: &PersonId,
    organization: &OrganizationId,
) -> Result<(), DbError> {
    let theirs = memberships::table
        .filter(memberships::partnership_id.eq(partnership))
        .filter(memberships::person_id.eq(person));
    diesel::update(theirs)
        .set((
            memberships::organization_id.eq(Some(organization)),
            memberships::version.eq(memberships::version + 1),
        ))
        .execute(conn)?;
    Ok(())
}

/// In how many other partnerships a person takes part.
pub(super) fn others(
    conn: &mut Conn,
    partnership: &PartnershipId,
    person: &PersonId,
) -> Result<i64, DbError> {
    Ok(memberships::table
        .filter(memberships::person_id.eq(person))
        .filter(memberships::partnership_id.ne(partnership))
        .filter(memberships::active.eq(true))
        .count()
        .get_result(conn)?)
}

pub(crate) fn is_operator(conn: &mut Conn, person: &PersonId) -> Result<bool, DbError> {
    Ok(people::table
        .find(person)
        .select(people::operator)
        .first(conn)?)
}

/// Names by id, of those who belong or belonged to the partnership.
pub(crate) fn members_by_ids(
    conn: &mut Conn,
    partnership: &str,
    ids: &[String],
) -> Result<Vec<(PersonId, String)>, DbError> {
    Ok(memberships::table
        .inner_join(people::table.on(people::id.eq(memberships::person_id)))
        .filter(memberships::partnership_id.eq(partnership))
        .filter(people::id.eq_any(ids))
        .select((people::id, people::name))
        .load(conn)?)
}

/// Name and roles of an organization's active people, for its page.
#[derive(Serialize)]
pub(crate) struct Colleague {
    name: String,
    roles: Vec<Role>,
}

pub(crate) fn of_organization(
    conn: &mut Conn,
    partnership: &PartnershipId,
    organization: &OrganizationId,
) -> Result<Vec<Colleague>, DbError> {
    let rows: Vec<(String, String)> = memberships::table
        .inner_join(people::table.on(people::id.eq(memberships::person_id)))
        .filter(memberships::partnership_id.eq(partnership))
        .filter(memberships::organization_id.eq(organization))
        .filter(memberships::active.eq(true))
        .filter(people::active.eq(true))
        .order(people::name)
        .select((people::name, memberships::roles))
        .load(conn)?;
    Ok(rows
        .into_iter()
        .map(|(name, roles)| Colleague {
            name,
            roles: roles_from_text(&roles),
        })
        .collect())
}
