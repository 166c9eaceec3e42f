//! Asking organizations to log what they gave: to whom a link was sent, who answered, who was reminded.

pub mod api;
pub mod ask;
pub(crate) mod mail;
pub(crate) mod pages;
pub(crate) mod store;

use backbone_db::{Instant, id};
use backbone_identity::{OrganizationId, PersonId};
use backbone_ingest::Period;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use crate::contribution::Kind;

id!(
    /// Identifies a request to log.
    RequestId
);
id!(
    /// Identifies one person who was asked.
    AskId
);

/// A request to log what was given in a period.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub struct Request {
    /// Its identifier.
    pub id: RequestId,
    /// For when.
    #[schema(value_type = String)]
    pub period: Period,
    /// The kind that is chosen when the form opens.
    pub kind: Option<Kind>,
    /// A word to those who are asked.
    pub message: String,
    /// Who asked.
    pub asked_by: String,
    /// Until when the links work.
    pub expires_at: Instant,
    /// When it was sent.
    pub created_at: Instant,
    /// Who was asked.
    pub asks: Vec<Ask>,
}

/// One person who was asked.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub struct Ask {
    /// Its identifier.
    pub id: AskId,
    /// For which organization.
    pub organization_id: OrganizationId,
    /// Whom.
    pub person_id: PersonId,
    /// When.
    pub asked_at: Instant,
    /// When they were last reminded.
    pub reminded_at: Option<Instant>,
    /// When they logged something by the link.
    pub answered_at: Option<Instant>,
}

/// A request to send.
#[derive(Clone, Debug, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct NewRequest {
    /// For when: `2026-10`.
    pub period: String,
    /// The kind that is chosen when the form opens.
    #[serde(default)]
    pub kind: Option<Kind>,
    /// A word to those who are asked.
    #[serde(default)]
    pub message: String,
    /// Only these organizations; all with a contributor when empty.
    #[serde(default)]
    pub organizations: Vec<OrganizationId>,
}
