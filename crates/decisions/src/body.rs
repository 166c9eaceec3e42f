//! Bodies: who decides what, and below whom they stand.

pub mod api;
pub mod edit;
pub(crate) mod pages;
pub mod rules;
pub(crate) mod store;

use backbone_db::{Instant, id, text_enum};
use diesel::{AsChangeset, Insertable, Queryable, Selectable};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use crate::schema::bodies;

id!(
    /// Identifies a body.
    BodyId
);

text_enum!(
    /// What kind of body.
    BodyKind {
        /// Governs the partnership.
        Board = "board",
        /// Leads the work.
        Council = "council",
        /// Works on one subject.
        WorkingGroup = "working_group",
        /// Anything else that decides.
        Custom = "custom",
    }
);

/// A body that decides.
#[derive(Clone, Debug, Queryable, Selectable, Insertable, AsChangeset, Serialize, ToSchema)]
#[diesel(table_name = bodies, treat_none_as_null = true)]
pub struct Body {
    /// Its identifier.
    pub id: BodyId,
    /// The tenant.
    #[serde(skip)]
    pub partnership_id: String,
    /// The body it stands below.
    pub parent_id: Option<BodyId>,
    /// What kind.
    pub kind: BodyKind,
    /// Its name.
    pub name: String,
    /// Why it exists and how it works, in Markdown.
    pub charter: String,
    /// What it may decide.
    pub remit: String,
    /// IANA time zone in which its votes open and close.
    pub time_zone: String,
    /// How many member seats one organization may hold.
    pub seats_each: i32,
    /// Whether it still meets.
    pub active: bool,
    /// Counts its edits; the ETag.
    pub version: i64,
    /// When it was set up.
    pub created_at: Instant,
    /// When it was last changed.
    pub updated_at: Instant,
}

impl Body {
    /// Its time zone; UTC when the name is unknown to this server.
    pub fn zone(&self) -> jiff::tz::TimeZone {
        jiff::tz::TimeZone::get(&self.time_zone).unwrap_or(jiff::tz::TimeZone::UTC)
    }
}

/// A body to set up, or what it should be from now on.
#[derive(Clone, Debug, Default, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields, default)]
pub struct NewBody {
    /// `board`, `council`, `working_group` or `custom`.
    pub kind: String,
    /// Its name.
    pub name: String,
    /// Why it exists and how it works, in Markdown.
    pub charter: String,
    /// What it may decide.
    pub remit: String,
    /// The body it stands below.
    pub parent_id: Option<String>,
    /// IANA time zone; the partnership's when not given.
    pub time_zone: Option<String>,
    /// How many member seats one organization may hold; 1 when not given.
    pub seats_each: Option<i32>,
    /// `false` ends its work; what it decided stays.
    pub active: Option<bool>,
}
