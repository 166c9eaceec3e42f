use backbone_db::{Conn, DbError};
use diesel::prelude::*;

use super::{Contact, OrganizationCard, Reachable};
use crate::ids::{OrganizationId, PartnershipId, PersonId};
use crate::partnership::Partnership;
use crate::role::{OrganizationRole, Role, Sector, roles_from_text};
use crate::schema::{memberships, organizations, partnerships, people};

type Card = (OrganizationId, String, OrganizationRole, Sector, bool, bool);

macro_rules! cards {
    ($partnership:expr) => {
        organizations::table
            .filter(organizations::partnership_id.eq($partnership))
            .select((
                organizations::id,
                organizations::name,
                organizations::role,
                organizations::sector,
                organizations::public_name,
                organizations::active,
            ))
    };
}

fn card((id, name, role, sector, public_name, active): Card) -> OrganizationCard {
    OrganizationCard {
        id,
        name,
        role,
        sector,
        public_name,
        active,
    }
}

pub(super) fn organizations(
    conn: &mut Conn,
    partnership: &str,
) -> Result<Vec<OrganizationCard>, DbError> {
    let rows: Vec<Card> = cards!(partnership)
        .order((organizations::name.asc(), organizations::id.asc()))
        .load(conn)?;
    Ok(rows.into_iter().map(card).collect())
}

pub(super) fn organization(
    conn: &mut Conn,
    partnership: &str,
    id: &OrganizationId,
) -> Result<Option<OrganizationCard>, DbError> {
    let row: Option<Card> = cards!(partnership)
        .filter(organizations::id.eq(id))
        .first(conn)
        .optional()?;
    Ok(row.map(card))
}

type Row = (PersonId, OrganizationId, String, String, String, String);

pub(super) fn contacts(
    conn: &mut Conn,
    partnership: &str,
    role: Role,
) -> Result<Vec<Contact>, DbError> {
    let rows = memberships::table
        .inner_join(people::table.on(people::id.eq(memberships::person_id)))
        .inner_join(
            organizations::table.on(organizations::id
                .nullable()
                .eq(memberships::organization_id)),
        )
        .filter(memberships::partnership_id.eq(partnership))
        .filter(memberships::active.eq(true))
        .filter(people::active.eq(true))
        .filter(organizations::active.eq(true))
        .order((organizations::name.asc(), people::name.asc()))
        .select((
            people::id,
            organizations::id,
            people::name,
            people::email,
            people::language,
            memberships::roles,
        ))
        .load::<Row>(conn)?;
    Ok(rows
        .into_iter()
        .filter(|row| roles_from_text(&row.5).contains(&role))
        .map(
            |(person_id, organization_id, name, email, language, _)| Contact {
                person_id,
                organization_id,
                name,
                email,
                language,
            },
        )
        .collect())
}

type MemberRow = (PersonId, String, String, String, String, Option<String>);

macro_rules! reachable {
    ($partnership:expr) => {
        people::table
            .inner_join(memberships::table.on(memberships::person_id.eq(people::id)))
            .left_join(
                organizations::table
                    .on(memberships::organization_id.eq(organizations::id.nullable())),
            )
            .filter(memberships::partnership_id.eq($partnership))
            .filter(memberships::active.eq(true))
            .filter(people::active.eq(true))
            .order((people::name.asc(), people::id.asc()))
            .select((
                people::id,
                people::name,
                people::email,
                people::language,
                memberships::roles,
                organizations::name.nullable(),
            ))
    };
}

fn from_row((person_id, name, email, language, roles, organization): MemberRow) -> Reachable {
    Reachable {
        person_id,
        name,
        email,
        language,
        roles: roles_from_text(&roles),
        organization,
    }
}

pub(super) fn members(conn: &mut Conn, partnership: &str) -> Result<Vec<Reachable>, DbError> {
    let rows: Vec<MemberRow> = reachable!(partnership).load(conn)?;
    Ok(rows.into_iter().map(from_row).collect())
}

pub(super) fn member(
    conn: &mut Conn,
    partnership: &str,
    person: &PersonId,
) -> Result<Option<Reachable>, DbError> {
    let row: Option<MemberRow> = reachable!(partnership)
        .filter(people::id.eq(person))
        .first(conn)
        .optional()?;
    Ok(row.map(from_row))
}

pub(super) fn partnership(conn: &mut Conn, id: &str) -> Result<Option<Partnership>, DbError> {
    Ok(partnerships::table
        .filter(partnerships::id.eq(id))
        .select(Partnership::as_select())
        .first(conn)
        .optional()?)
}

pub(super) fn partnership_by_slug(
    conn: &mut Conn,
    slug: &str,
) -> Result<Option<Partnership>, DbError> {
    Ok(partnerships::table
        .filter(partnerships::slug.eq(slug))
        .select(Partnership::as_select())
        .first(conn)
        .optional()?)
}

pub(super) fn partnerships(conn: &mut Conn) -> Result<Vec<PartnershipId>, DbError> {
    Ok(partnerships::table
        .order(partnerships::id.asc())
        .select(partnerships::id)
        .load(conn)?)
}
