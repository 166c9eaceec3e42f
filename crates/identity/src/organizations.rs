//! Organizations: the independent members of a partnership.

pub(crate) mod api;
pub(crate) mod describe;
pub(crate) mod edit;
pub(crate) mod export;
pub(crate) mod pages;
pub(crate) mod store;

use std::collections::HashMap;

use backbone_db::{Conn, DbError, Instant};
use diesel::prelude::*;
use serde::Serialize;

use crate::ids::OrganizationId;
use crate::role::{OrganizationRole, Sector};
use crate::schema::organizations;

pub use edit::{NewOrganization, OrganizationChange, add, change};

/// An organization of a partnership.
#[derive(Clone, Debug, Queryable, Selectable, Serialize, utoipa::ToSchema)]
#[diesel(table_name = organizations)]
pub struct Organization {
    /// Its identifier.
    pub id: OrganizationId,
    /// Its name.
    pub name: String,
    /// What it is in the partnership.
    pub role: OrganizationRole,
    /// Its sector.
    pub sector: Sector,
    /// Its website.
    pub website: Option<String>,
    /// Whether its name may be shown to funders and the public; otherwise it is counted, not named.
    pub public_name: bool,
    /// Whether it takes part now.
    pub active: bool,
    /// Counts its edits; the ETag.
    pub version: i64,
    /// When it was added.
    pub created_at: Instant,
}

/// What other rooms need to know of an organization.
#[derive(Clone, Debug, PartialEq, Queryable, Selectable, Serialize, utoipa::ToSchema)]
#[diesel(table_name = organizations)]
pub struct OrganizationSummary {
    /// Its identifier.
    pub id: OrganizationId,
    /// Its name.
    pub name: String,
    /// What it is in the partnership.
    pub role: OrganizationRole,
    /// Its sector.
    pub sector: Sector,
    /// Whether its name may be shown to funders and the public.
    pub public_name: bool,
    /// Whether it takes part now.
    pub active: bool,
}

/// One organization of this partnership.
pub fn find(
    conn: &mut Conn,
    partnership: &str,
    id: &OrganizationId,
) -> Result<Option<OrganizationSummary>, DbError> {
    store::summary(conn, partnership, id)
}

/// The active organizations of a partnership, by name.
pub fn list(conn: &mut Conn, partnership: &str) -> Result<Vec<OrganizationSummary>, DbError> {
    store::summaries(conn, partnership)
}

/// Names by id; ids of other partnerships are left out.
pub fn names(
    conn: &mut Conn,
    partnership: &str,
    ids: &[OrganizationId],
) -> Result<HashMap<OrganizationId, String>, DbError> {
    store::names(conn, partnership, ids)
}
