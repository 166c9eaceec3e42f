//! Outcomes: what a vote came to, how it was counted, what follows from it, and the record that is sealed.

pub mod api;
pub mod close;
pub(crate) mod count;
pub mod decide;
pub(crate) mod explain;
pub(crate) mod pages;
pub mod quorum;
pub mod record;
pub mod recount;
pub mod review;
pub mod settled;
pub(crate) mod store;

use backbone_db::{Instant, id, text_enum};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use crate::commitment::NewCommitment;
use crate::proposal::DecisionId;

id!(
    /// Identifies an outcome.
    OutcomeId
);
id!(
    /// Identifies a sealed record.
    RecordId
);
id!(
    /// Identifies a review.
    ReviewId
);

text_enum!(
    /// What a review comes to.
    Verdict {
        /// It stays.
        Keep = "keep",
        /// It stays, and a new proposal changes it.
        Adapt = "adapt",
        /// It ends.
        Retire = "retire",
    }
);

/// One thing that the quorum asks for.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct Needed {
    /// `seats`, `organizations`, or a group.
    pub what: String,
    /// How many are needed.
    pub needed: u32,
    /// How many took part.
    pub have: u32,
    /// Of how many.
    pub of: u32,
}

impl Needed {
    /// Whether enough took part.
    pub fn is_met(&self) -> bool {
        self.have >= self.needed
    }
}

/// How many chose an option: its first choices, checks, dots or marks.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct Counted {
    /// The option's key.
    pub option: String,
    /// How many ballots name it.
    pub ballots: u32,
}

/// What a vote came to.
#[derive(Clone, Debug, Default, Serialize, Deserialize, ToSchema)]
pub struct Tallied {
    /// Seats that may vote.
    pub eligible: u32,
    /// Seats that did.
    pub voted: u32,
    /// What the quorum asks for; empty without one.
    pub quorum: Vec<Needed>,
    /// By option.
    pub counted: Vec<Counted>,
    /// Keys of the options that won, best first.
    pub winners: Vec<String>,
    /// How it came about: the tally with all its steps, with options by their keys.
    #[schema(value_type = Object)]
    pub tally: Option<backbone_tally::Tally>,
    /// Why nothing could be counted.
    pub trouble: String,
}

impl Tallied {
    /// Whether enough took part.
    pub fn has_quorum(&self) -> bool {
        self.quorum.iter().all(Needed::is_met)
    }
}

/// An outcome.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub struct Outcome {
    /// Its identifier.
    pub id: OutcomeId,
    /// The proposal.
    pub proposal_id: DecisionId,
    /// Whether it was adopted.
    pub passed: bool,
    /// How it was counted.
    pub result: Tallied,
    /// What was decided, in words; empty until it is written.
    pub statement: String,
    /// Why nothing has to be done, if nothing has.
    pub no_action: String,
    /// When it was counted.
    pub counted_at: Instant,
    /// When it was written down.
    pub decided_at: Option<Instant>,
}

/// What is written down as the outcome.
#[derive(Clone, Debug, Default, Serialize, Deserialize, ToSchema)]
#[serde(default, deny_unknown_fields)]
pub struct NewOutcome {
    /// What was decided, in words.
    pub statement: String,
    /// What is done about it, by whom. At least one, or `no_action`.
    pub commitments: Vec<NewCommitment>,
    /// Why nothing has to be done.
    pub no_action: String,
}

/// A sealed record.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub struct Record {
    /// Its identifier.
    pub id: RecordId,
    /// Its number in the partnership's register, without gaps.
    pub number: i64,
    /// The decision.
    pub proposal_id: DecisionId,
    /// Everything that is needed to verify it, as JSON text. The hash is taken over exactly this text.
    pub content: String,
    /// Hash of the record before; empty for the first.
    pub prev_hash: String,
    /// SHA-256, in hex, over `prev_hash`, a line end, and `content`.
    pub hash: String,
    /// When it was sealed.
    pub sealed_at: Instant,
}

/// Looking back at a decision.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub struct Review {
    /// Its identifier.
    pub id: ReviewId,
    /// What it came to.
    pub verdict: Verdict,
    /// Why.
    pub text: String,
    /// What was expected against what the metrics show.
    pub compared: Vec<Compared>,
    /// Who.
    pub reviewed_by: String,
    /// When.
    pub reviewed_at: Instant,
}

/// A prediction against what happened.
#[derive(Clone, Debug, Serialize, Deserialize, ToSchema)]
pub struct Compared {
    /// The metric.
    pub metric: String,
    /// What was expected.
    pub expected: String,
    /// What it showed when the vote opened.
    pub then: String,
    /// What it shows at the review.
    pub now: String,
}
