//! The partnership itself: setting it up, and its settings.

pub(crate) mod api;
pub(crate) mod edit;
pub(crate) mod pages;
pub mod rules;
pub(crate) mod store;

use backbone_db::{Conn, Currency, DbError, Instant};
use backbone_web::Lang;
use diesel::prelude::*;
use serde::Serialize;

use crate::ids::{FileId, PartnershipId};
use crate::schema::partnerships;

/// A partnership, the tenant: many independent organizations with one purpose.
#[derive(Clone, Debug, Queryable, Selectable, Serialize, utoipa::ToSchema)]
#[diesel(table_name = partnerships)]
pub struct Partnership {
    /// Its identifier.
    pub id: PartnershipId,
    /// Its name in addresses.
    pub slug: String,
    /// Its name.
    pub name: String,
    /// Why it exists, in its own words.
    pub purpose: String,
    /// Its first language, `en` or `nl`.
    pub language: String,
    /// The currency that contributions are valued in.
    pub currency: Currency,
    /// IANA time zone.
    pub time_zone: String,
    /// First month of its fiscal year, 1 to 12.
    pub fiscal_year_start: i32,
    /// Its colour, `#rrggbb`.
    pub accent: String,
    /// Its logo.
    pub logo_file_id: Option<FileId>,
    /// Counts below this are not shown outside the partnership.
    pub small_cell: i32,
    /// Counts its edits; the ETag.
    pub version: i64,
    /// When it was set up.
    pub created_at: Instant,
}

impl Partnership {
    /// Its language.
    pub fn lang(&self) -> Lang {
        self.language.parse().unwrap_or_default()
    }

    /// Its time zone; UTC when the name is unknown to this server.
    pub fn zone(&self) -> jiff::tz::TimeZone {
        jiff::tz::TimeZone::get(&self.time_zone).unwrap_or(jiff::tz::TimeZone::UTC)
    }
}

/// Finds a partnership by id or slug.
pub fn find(conn: &mut Conn, id_or_slug: &str) -> Result<Option<Partnership>, DbError> {
    store::find(conn, id_or_slug)
}

pub use edit::{Change, Founder, NewPartnership, create, update};
