use backbone_db::{Conn, DbError, Instant, parse_id};
use diesel::prelude::*;

use super::Partnership;
use crate::ids::{FileId, MembershipId, OrganizationId, PartnershipId, PersonId};
use crate::role::{Role, roles_from_text, roles_to_text};
use crate::schema::{memberships, partnerships, people};

pub(super) fn find(conn: &mut Conn, id_or_slug: &str) -> Result<Option<Partnership>, DbError> {
    let all = partnerships::table.select(Partnership::as_select());
    let found = match parse_id(id_or_slug) {
        Ok(id) => all.filter(partnerships::id.eq(id)).first(conn),
        Err(_) => all.filter(partnerships::slug.eq(id_or_slug)).first(conn),
    };
    Ok(found.optional()?)
}

pub(super) fn slug_taken(conn: &mut Conn, slug: &str) -> Result<bool, DbError> {
    conn.lock("partnerships")?;
    let same = partnerships::table.filter(partnerships::slug.eq(slug));
    Ok(same.count().get_result::<i64>(conn)? > 0)
}

pub(super) fn insert(conn: &mut Conn, p: &Partnership) -> Result<(), DbError> {
    diesel::insert_into(partnerships::table)
        .values((
            partnerships::id.eq(&p.id),
            partnerships::slug.eq(&p.slug),
            partnerships::name.eq(&p.name),
            partnerships::purpose.eq(&p.purpose),
            partnerships::language.eq(&p.language),
            partnerships::currency.eq(&p.currency),
            partnerships::time_zone.eq(&p.time_zone),
            partnerships::fiscal_year_start.eq(p.fiscal_year_start),
            partnerships::accent.eq(&p.accent),
            partnerships::small_cell.eq(p.small_cell),
            partnerships::version.eq(p.version),
            partnerships::created_at.eq(p.created_at),
        ))
        .execute(conn)?;
    Ok(())
}

pub(super) fn update(conn: &mut Conn, p: &Partnership) -> Result<(), DbError> {
    diesel::update(partnerships::table.find(&p.id))
        .set((
            partnerships::name.eq(&p.name),
            partnerships::purpose.eq(&p.purpose),
            partnerships::language.eq(&p.language),
            partnerships::currency.eq(&p.currency),
            partnerships::time_zone.eq(&p.time_zone),
            partnerships::fiscal_year_start.eq(p.fiscal_year_start),
            partnerships::accent.eq(&p.accent),
            partnerships::small_cell.eq(p.small_cell),
            partnerships::logo_file_id.eq(&p.logo_file_id),
            partnerships::version.eq(p.version),
        ))
        .execute(conn)?;
    Ok(())
}

/// Takes the lock under which a partnership is read and changed.
pub(super) fn lock(conn: &mut Conn, id: &PartnershipId) -> Result<(), DbError> {
    Ok(conn.lock(&format!("partnership:{id}"))?)
}

pub(crate) fn insert_membership(
    conn: &mut Conn,
    partnership: &PartnershipId,
    person: &PersonId,
    organization: Option<&OrganizationId>,
    roles: &[Role],
    now: Instant,
) -> Result<MembershipId, DbError> {
    let id = MembershipId::new();
    diesel::insert_into(memberships::table)
        .values((
            memberships::id.eq(&id),
            memberships::partnership_id.eq(partnership),
            memberships::person_id.eq(person),
            memberships::organization_id.eq(organization),
            memberships::roles.eq(roles_to_text(roles)),
            memberships::active.eq(true),
            memberships::version.eq(1i64),
            memberships::created_at.eq(now),
        ))
        .execute(conn)?;
    Ok(id)
}

/// Whether they operate the server or are administrator of any partnership.
pub(crate) fn may_create(conn: &mut Conn, person: &PersonId) -> Result<bool, DbError> {
    let operator: bool = people::table
        .find(person)
        .select(people::operator)
        .first(conn)?;
    let roles: Vec<String> = memberships::table
        .filter(memberships::person_id.eq(person))
        .filter(memberships::active.eq(true))
        .select(memberships::roles)
        .load(conn)?;
    Ok(operator
        || roles
            .iter()
            .any(|r| roles_from_text(r).contains(&Role::Admin)))
}

/// The logo of a partnership was a file of its own; says whether the file is there.
pub(super) fn is_own_image(
    conn: &mut Conn,
    partnership: &PartnershipId,
    file: &FileId,
) -> Result<bool, DbError> {
    let found = crate::file::find(conn, partnership.as_str(), file)?;
    Ok(found.is_some_and(|f| f.media_type.starts_with("image/")))
}
