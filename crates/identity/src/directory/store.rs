use backbone_db::{Conn, DbError};
use diesel::prelude::*;

use super::{Contact, OrganizationCard};
use crate::ids::{OrganizationId, PersonId};
use crate::role::{OrganizationRole, Role, Sector, roles_from_text};
use crate::schema::{memberships, organizations, people};

type Card = (OrganizationId, String, OrganizationRole, Sector, bool, bool);

pub(super) fn organizations(
    conn: &mut Conn,
    partnership: &str,
) -> Result<Vec<OrganizationCard>, DbError> {
    use organizations as o;
    let rows = o::table
        .filter(o::partnership_id.eq(partnership))
        .order((o::name.asc(), o::id.asc()))
        .select((
            o::id,
            o::name,
            o::role,
            o::sector,
            o::public_name,
            o::active,
        ))
        .load::<Card>(conn)?;
    Ok(rows
        .into_iter()
        .map(
            |(id, name, role, sector, public_name, active)| OrganizationCard {
                id,
                name,
                role,
                sector,
                public_name,
                active,
            },
        )
        .collect())
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
