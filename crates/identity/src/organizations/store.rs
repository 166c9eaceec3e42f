use std::collections::HashMap;

use backbone_db::{Conn, DbError};
use diesel::prelude::*;

use super::{Organization, OrganizationSummary};
use crate::ids::{OrganizationId, PartnershipId};
use crate::schema::organizations;

pub(super) fn insert(
    conn: &mut Conn,
    partnership: &PartnershipId,
    o: &Organization,
) -> Result<(), DbError> {
    diesel::insert_into(organizations::table)
        .values((
            organizations::id.eq(&o.id),
            organizations::partnership_id.eq(partnership),
            organizations::name.eq(&o.name),
            organizations::role.eq(o.role),
            organizations::sector.eq(o.sector),
            organizations::website.eq(&o.website),
            organizations::public_name.eq(o.public_name),
            organizations::active.eq(o.active),
            organizations::version.eq(o.version),
            organizations::created_at.eq(o.created_at),
        ))
        .execute(conn)?;
    Ok(())
}

pub(super) fn update(
    conn: &mut Conn,
    partnership: &PartnershipId,
    o: &Organization,
) -> Result<(), DbError> {
    diesel::update(
        organizations::table
            .find(&o.id)
            .filter(organizations::partnership_id.eq(partnership)),
    )
    .set((
        organizations::name.eq(&o.name),
        organizations::role.eq(o.role),
        organizations::sector.eq(o.sector),
        organizations::website.eq(&o.website),
        organizations::public_name.eq(o.public_name),
        organizations::active.eq(o.active),
        organizations::version.eq(o.version),
    ))
    .execute(conn)?;
    Ok(())
}

/// Takes the lock under which the partnership's organizations are read and changed.
pub(super) fn lock(conn: &mut Conn, partnership: &PartnershipId) -> Result<(), DbError> {
    Ok(conn.lock(&format!("organizations:{partnership}"))?)
}

/// Whether another organization of the partnership has this name.
pub(super) fn name_taken(
    conn: &mut Conn,
    partnership: &PartnershipId,
    name: &str,
    but: Option<&OrganizationId>,
) -> Result<bool, DbError> {
    let same: Option<OrganizationId> = organizations::table
        .filter(organizations::partnership_id.eq(partnership))
        .filter(organizations::name.eq(name))
        .select(organizations::id)
        .first(conn)
        .optional()?;
    Ok(same.is_some_and(|id| Some(&id) != but))
}

pub(crate) fn find(
    conn: &mut Conn,
    partnership: &str,
    id: &OrganizationId,
) -> Result<Option<Organization>, DbError> {
    Ok(organizations::table
        .find(id)
        .filter(organizations::partnership_id.eq(partnership))
        .select(Organization::as_select())
        .first(conn)
        .optional()?)
}

/// One page of a partnership's organizations, in the order they were added.
pub(super) fn page(
    conn: &mut Conn,
    partnership: &str,
    after: Option<&str>,
    limit: i64,
) -> Result<Vec<Organization>, DbError> {
    Ok(organizations::table
        .filter(organizations::partnership_id.eq(partnership))
        .filter(organizations::id.gt(after.unwrap_or("")))
        .order(organizations::id)
        .limit(limit)
        .select(Organization::as_select())
        .load(conn)?)
}

/// All of a partnership's organizations, by name.
pub(super) fn all(conn: &mut Conn, partnership: &str) -> Result<Vec<Organization>, DbError> {
    Ok(organizations::table
        .filter(organizations::partnership_id.eq(partnership))
        .order(organizations::name)
        .select(Organization::as_select())
        .load(conn)?)
}

pub(super) fn summary(
    conn: &mut Conn,
    partnership: &str,
    id: &OrganizationId,
) -> Result<Option<OrganizationSummary>, DbError> {
    Ok(organizations::table
        .find(id)
        .filter(organizations::partnership_id.eq(partnership))
        .select(OrganizationSummary::as_select())
        .first(conn)
        .optional()?)
}

pub(super) fn summaries(
    conn: &mut Conn,
    partnership: &str,
) -> Result<Vec<OrganizationSummary>, DbError> {
    Ok(organizations::table
        .filter(organizations::partnership_id.eq(partnership))
        .filter(organizations::active.eq(true))
        .order(organizations::name)
        .select(OrganizationSummary::as_select())
        .load(conn)?)
}

pub(super) fn by_ids(
    conn: &mut Conn,
    partnership: &str,
    ids: &[String],
) -> Result<Vec<Organization>, DbError> {
    Ok(organizations::table
        .filter(organizations::partnership_id.eq(partnership))
        .filter(organizations::id.eq_any(ids))
        .select(Organization::as_select())
        .load(conn)?)
}

pub(super) fn names(
    conn: &mut Conn,
    partnership: &str,
    ids: &[OrganizationId],
) -> Result<HashMap<OrganizationId, String>, DbError> {
    let rows: Vec<(OrganizationId, String)> = organizations::table
        .filter(organizations::partnership_id.eq(partnership))
        .filter(organizations::id.eq_any(ids))
        .select((organizations::id, organizations::name))
        .load(conn)?;
    Ok(rows.into_iter().collect())
}
