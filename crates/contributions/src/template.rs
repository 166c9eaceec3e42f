//! What somebody gives again and again, kept by them under a name of their own.

pub mod api;
pub mod keep;
pub(crate) mod pages;
pub(crate) mod store;

use backbone_db::{Instant, id};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use crate::contribution::{ContributionId, NewContribution};

id!(
    /// Identifies a template.
    TemplateId
);

/// A contribution that is filled in already, but for its period.
#[derive(Clone, Debug, Serialize, ToSchema)]
#[schema(as = ContributionTemplate)]
pub struct Template {
    /// Its identifier.
    pub id: TemplateId,
    /// Its name among its person's own.
    pub name: String,
    /// What is logged with it; period, evidence and note are empty.
    pub content: NewContribution,
    /// When it was kept.
    pub created_at: Instant,
}

/// A template to keep.
#[derive(Clone, Debug, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
#[schema(as = NewContributionTemplate)]
pub struct NewTemplate {
    /// A name among one's own; the activity of the contribution when left out.
    #[serde(default)]
    pub name: String,
    /// What it is made from: a contribution of one's own organization.
    pub contribution_id: ContributionId,
}
