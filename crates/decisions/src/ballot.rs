//! Votes: who may cast one, in which capacity, and what a ballot says.

pub mod api;
pub mod cast;
pub(crate) mod electorate;
pub(crate) mod form;
pub(crate) mod link;
pub mod proxy;
pub mod rules;
pub(crate) mod store;

use std::collections::BTreeMap;

use backbone_db::{Instant, id, text_enum};
use backbone_identity::{OrganizationId, OrganizationRole, PersonId, Sector};
use diesel::{Insertable, Queryable, Selectable};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use crate::proposal::DecisionId;
use crate::schema::{proxies, voters};
use crate::seat::SeatId;

id!(
    /// Identifies a seat's right to vote on one proposal.
    VoterId
);
id!(
    /// Identifies a ballot.
    BallotId
);
id!(
    /// Identifies a proxy.
    ProxyId
);

text_enum!(
    /// Whether a seat may vote on a proposal.
    VoterState {
        /// It may.
        Eligible = "eligible",
        /// It has an interest in the matter, and does not.
        Recused = "recused",
        /// The seat ended, or nobody may act for it any more.
        Revoked = "revoked",
    }
);

text_enum!(
    /// As what somebody voted.
    Capacity {
        /// Holds the seat.
        Holder = "holder",
        /// Stands in for the holder.
        Alternate = "alternate",
        /// Was given a proxy.
        Proxy = "proxy",
        /// A guest without an account.
        Guest = "guest",
        /// Recorded for somebody in the room.
        Recorded = "recorded",
    }
);

/// A seat's right to vote on one proposal.
#[derive(Clone, Debug, Queryable, Selectable, Insertable, Serialize, ToSchema)]
#[diesel(table_name = voters)]
pub struct Voter {
    /// Its identifier.
    pub id: VoterId,
    /// The tenant.
    #[serde(skip)]
    pub partnership_id: String,
    /// The proposal.
    pub proposal_id: DecisionId,
    /// The seat.
    pub seat_id: SeatId,
    /// Whose seat it was when the vote opened.
    pub organization_id: Option<OrganizationId>,
    /// What that organization is in the partnership.
    pub organization_role: Option<OrganizationRole>,
    /// Its sector.
    pub sector: Option<Sector>,
    /// The organization's or guest's name then.
    pub name: String,
    /// How much its vote weighs.
    pub weight: i32,
    /// Whether it may vote.
    pub state: VoterState,
    /// Its interest in the matter, if there is one.
    pub interest: String,
    /// Whether it has voted.
    pub voted: bool,
}

impl Voter {
    /// Whether it may vote.
    pub fn is_open(&self) -> bool {
        self.state == VoterState::Eligible
    }
}

/// What a ballot says. Which part counts depends on the method.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(default, deny_unknown_fields)]
pub struct Says {
    /// One answer or option, by its key.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub option: Option<String>,
    /// Checked options.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub checks: Vec<String>,
    /// Marks or dots by option.
    #[serde(skip_serializing_if = "BTreeMap::is_empty")]
    pub marks: BTreeMap<String, i32>,
    /// Options from first to last; those in one group are equal.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub ranks: Vec<Vec<String>>,
}

/// A ballot to cast.
#[derive(Clone, Debug, Default, Serialize, Deserialize, ToSchema)]
#[serde(default, deny_unknown_fields)]
pub struct NewBallot {
    /// For which seat, when one may act for several.
    pub seat_id: Option<String>,
    /// What it says.
    pub says: Says,
    /// Why.
    pub reason: String,
}

/// A ballot that counts.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub struct Ballot {
    /// Its identifier.
    pub id: BallotId,
    /// Whose; none for a secret one.
    pub voter_id: Option<VoterId>,
    /// Which change of it.
    pub version: i64,
    /// What it says.
    pub says: Says,
    /// Why.
    pub reason: String,
    /// How much it weighs.
    pub weight: i32,
    /// Who cast it; none for a secret one.
    pub person_id: Option<PersonId>,
    /// Their name then.
    pub person_name: String,
    /// As what.
    pub capacity: Capacity,
    /// Hash of the receipt that only the voter has, for a secret one.
    pub receipt: Option<String>,
    /// When; none for a secret one.
    pub cast_at: Option<Instant>,
}

/// What somebody who voted gets back.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub struct Receipt {
    /// The ballot as it counts now; none for a secret one.
    pub ballot: Option<Ballot>,
    /// For a secret one: the code under which it is found in the count. Nobody else knows it.
    pub code: Option<String>,
    /// Until when it can be changed, if it can.
    pub changeable_until: Option<Instant>,
    /// For which organization or guest.
    pub voted_for: String,
}

/// Somebody else votes for a seat.
#[derive(Clone, Debug, Queryable, Selectable, Insertable, Serialize, ToSchema)]
#[diesel(table_name = proxies)]
pub struct Proxy {
    /// Its identifier.
    pub id: ProxyId,
    /// The tenant.
    #[serde(skip)]
    pub partnership_id: String,
    /// For which seat.
    pub seat_id: SeatId,
    /// Who votes.
    pub person_id: PersonId,
    /// Their name then.
    pub person_name: String,
    /// Only on this proposal; none for all of the body.
    pub proposal_id: Option<DecisionId>,
    /// How they are asked to vote.
    pub note: String,
    /// From when.
    pub starts_at: Instant,
    /// Until when.
    pub expires_at: Instant,
    /// When it was taken back.
    pub revoked_at: Option<Instant>,
    /// Who gave it.
    pub given_by: String,
}

impl Proxy {
    /// Whether it holds for a proposal at a moment.
    pub fn holds(&self, proposal: &DecisionId, now: Instant) -> bool {
        let scope = self.proposal_id.is_none() || self.proposal_id.as_ref() == Some(proposal);
        scope && self.revoked_at.is_none() && self.starts_at <= now && now < self.expires_at
    }
}
