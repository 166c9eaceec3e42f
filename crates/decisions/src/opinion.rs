//! What the people of one organization think of a proposal, before its seat votes. Only they see it: it tells their own seat how to vote, and
//! counts nowhere.

pub mod api;
pub mod give;
pub(crate) mod pages;
pub(crate) mod store;

use backbone_db::{Instant, id};
use backbone_identity::{OrganizationId, PersonId};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use crate::ballot::Says;
use crate::outcome::Counted;
use crate::proposal::DecisionId;

id!(
    /// Identifies an opinion.
    OpinionId
);

/// What somebody thinks.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub struct Opinion {
    /// Its identifier.
    pub id: OpinionId,
    /// On which proposal.
    pub proposal_id: DecisionId,
    /// In which organization.
    pub organization_id: OrganizationId,
    /// Who.
    pub person_id: PersonId,
    /// Their name then.
    pub person_name: String,
    /// What they would vote.
    pub says: Says,
    /// Why.
    pub reason: String,
    /// When they said so last.
    pub given_at: Instant,
}

/// What somebody thinks, to be said.
#[derive(Clone, Debug, Default, Serialize, Deserialize, ToSchema)]
#[serde(default, deny_unknown_fields)]
pub struct NewOpinion {
    /// What they would vote, as on a ballot.
    pub says: Says,
    /// Why.
    pub reason: String,
}

/// What one's own organization thinks.
#[derive(Clone, Debug, Default, Serialize, ToSchema)]
pub struct Opinions {
    /// By option: how many would choose it, check it, or give it a mark or a first place.
    pub counted: Vec<Counted>,
    /// Each of them, the oldest first.
    pub items: Vec<Opinion>,
}
