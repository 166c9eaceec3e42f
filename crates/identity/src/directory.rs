//! Who is who in a partnership, for the rooms above: names for identifiers, and whom to write to.

mod reachable;
mod store;

use backbone_db::{Conn, DbError};
use serde::Serialize;

use crate::ids::{OrganizationId, PartnershipId, PersonId};
use crate::partnership::Partnership;
use crate::role::{OrganizationRole, Role, Sector};

pub use reachable::Reachable;

/// An organization as other rooms show it.
#[derive(Clone, Debug, Serialize, utoipa::ToSchema)]
pub struct OrganizationCard {
    /// Its identifier.
    pub id: OrganizationId,
    /// Its name.
    pub name: String,
    /// What it is in the partnership.
    pub role: OrganizationRole,
    /// Its sector.
    pub sector: Sector,
    /// Whether its name may be shown outside the partnership.
    pub public_name: bool,
    /// Whether it still takes part.
    pub active: bool,
}

/// An active member of an active organization, whom mail can reach.
#[derive(Clone, Debug)]
pub struct Contact {
    /// The person.
    pub person_id: PersonId,
    /// Their organization.
    pub organization_id: OrganizationId,
    /// Their name.
    pub name: String,
    /// Their address.
    pub email: String,
    /// Their language, `en` or `nl`.
    pub language: String,
}

/// All organizations of a partnership by name, those that left included.
pub fn organizations(conn: &mut Conn, partnership: &str) -> Result<Vec<OrganizationCard>, DbError> {
    store::organizations(conn, partnership)
}

/// One organization of a partnership, also when it left.
pub fn organization(
    conn: &mut Conn,
    partnership: &str,
    id: &OrganizationId,
) -> Result<Option<OrganizationCard>, DbError> {
    store::organization(conn, partnership, id)
}

/// The active people with `role` who act for an active organization, by organization and name.
pub fn contacts(conn: &mut Conn, partnership: &str, role: Role) -> Result<Vec<Contact>, DbError> {
    store::contacts(conn, partnership, role)
}

/// The active members who have one of `roles`, by name, those without an organization included; with no roles given, all.
pub fn members(
    conn: &mut Conn,
    partnership: &str,
    roles: &[Role],
) -> Result<Vec<Reachable>, DbError> {
    let mut members = store::members(conn, partnership)?;
    members.retain(|m| roles.is_empty() || m.roles.iter().any(|r| roles.contains(r)));
    Ok(members)
}

/// One active member.
pub fn member(
    conn: &mut Conn,
    partnership: &str,
    person: &PersonId,
) -> Result<Option<Reachable>, DbError> {
    store::member(conn, partnership, person)
}

/// A partnership by its identifier, for work that knows only that.
pub fn partnership(conn: &mut Conn, id: &str) -> Result<Option<Partnership>, DbError> {
    store::partnership(conn, id)
}

/// A partnership by its name in addresses, for pages that nobody signs in to.
pub fn partnership_by_slug(conn: &mut Conn, slug: &str) -> Result<Option<Partnership>, DbError> {
    store::partnership_by_slug(conn, slug)
}

/// The identifiers of all partnerships, for schedules.
pub fn partnerships(conn: &mut Conn) -> Result<Vec<PartnershipId>, DbError> {
    store::partnerships(conn)
}
