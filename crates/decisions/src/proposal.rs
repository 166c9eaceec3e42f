//! Proposals: from a draft, through discussion and a vote, to a decision in effect.

pub mod api;
pub mod comment;
pub mod draft;
pub mod life;
pub(crate) mod mail;
pub(crate) mod pages;
pub mod rules;
pub(crate) mod store;

use backbone_db::{Instant, id, text_enum};
use backbone_events::Object;
use backbone_identity::PersonId;
use chrono::NaiveDate;
use diesel::{Insertable, Queryable, Selectable};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use crate::body::BodyId;
use crate::framework::{FrameworkId, Norms};
use crate::schema::proposal_comments;

id!(
    /// Identifies a proposal, and the decision it becomes.
    DecisionId
);
id!(
    /// Identifies a comment.
    ProposalCommentId
);

text_enum!(
    /// Where a proposal stands.
    Status {
        /// Being written.
        Draft = "draft",
        /// Open to advice, concerns and amendments.
        Discussion = "discussion",
        /// Being voted on.
        Voting = "voting",
        /// Counted; the outcome is being written.
        Closed = "closed",
        /// Adopted, and in effect.
        InEffect = "in_effect",
        /// Not adopted.
        Declined = "declined",
        /// Another decision took its place.
        Superseded = "superseded",
        /// A review ended it.
        Retired = "retired",
        /// Taken back before it was decided.
        Withdrawn = "withdrawn",
    }
);

text_enum!(
    /// What a comment is.
    #[schema(as = ProposalCommentKind)]
    CommentKind {
        /// Anything.
        Remark = "remark",
        /// Something to be cleared up.
        Question = "question",
        /// Something that may go wrong.
        Concern = "concern",
        /// Another wording.
        Amendment = "amendment",
        /// What somebody who knows would do.
        Advice = "advice",
    }
);

/// One of the options.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(default, deny_unknown_fields)]
pub struct Choice {
    /// Stays the same through all versions; given by the server when left out.
    pub key: String,
    /// Its name; empty for an answer that belongs to the method, whose words are the reader's.
    pub label: String,
    /// What it means, in one line.
    pub meaning: String,
    /// What it costs, in whole units of currency, for budgets.
    pub cost: Option<u64>,
    /// Why it was taken out, if it was.
    pub withdrawn: Option<String>,
}

/// Something a proposal rests on.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
#[schema(as = ProposalEvidence)]
pub struct Evidence {
    /// What: a metric, a story, a contribution, a value model, another decision.
    pub object: Object,
    /// What it shows.
    #[serde(default)]
    pub note: String,
}

/// What a proposal is expected to move.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct Prediction {
    /// Which metric.
    pub metric_id: String,
    /// What is expected: "from 61 % to 70 %".
    pub expected: String,
    /// By when.
    #[schema(value_type = Option<String>, format = Date)]
    #[serde(default)]
    pub by: Option<NaiveDate>,
    /// What the metric showed when it was proposed; filled in by the server when left out.
    #[serde(default)]
    pub then: String,
}

/// What a proposal says.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(default, deny_unknown_fields)]
pub struct Content {
    /// Why, in Markdown.
    pub background: String,
    /// About how much money, in minor units of the partnership's currency.
    pub amount_minor: Option<i64>,
    /// The options; for methods with answers of their own, those answers.
    pub options: Vec<Choice>,
    /// What it rests on.
    pub evidence: Vec<Evidence>,
    /// What it is expected to move.
    pub predictions: Vec<Prediction>,
    /// Why the close was put off, each time.
    pub extensions: Vec<String>,
}

/// A proposal, and the decision it becomes.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub struct Proposal {
    /// Its identifier.
    pub id: DecisionId,
    /// Who decides.
    pub body_id: BodyId,
    /// The framework it was begun with.
    pub framework_id: Option<FrameworkId>,
    /// In which version.
    pub framework_version: i64,
    /// How it is decided, as it was when it began.
    pub norms: Norms,
    /// The question, or what should be decided.
    pub title: String,
    /// Where it stands.
    pub status: Status,
    /// What it says.
    pub content: Content,
    /// When the vote opens.
    pub opens_at: Option<Instant>,
    /// When the vote closes.
    pub closes_at: Option<Instant>,
    /// When it opened.
    pub opened_at: Option<Instant>,
    /// When it closed.
    pub closed_at: Option<Instant>,
    /// When those who had not voted were reminded.
    pub reminded_at: Option<Instant>,
    /// When it is reviewed.
    #[schema(value_type = Option<String>, format = Date)]
    pub review_on: Option<NaiveDate>,
    /// The decision whose place it takes.
    pub supersedes_id: Option<DecisionId>,
    /// Who proposed it.
    pub author_id: Option<PersonId>,
    /// Their name then.
    pub author_name: String,
    /// Counts its changes; the ETag.
    pub version: i64,
    /// When it was begun.
    pub created_at: Instant,
    /// When it was last changed.
    pub updated_at: Instant,
}

/// A proposal to begin, or what it should say from now on.
#[derive(Clone, Debug, Default, Serialize, Deserialize, ToSchema)]
#[serde(default, deny_unknown_fields)]
pub struct NewProposal {
    /// Who decides.
    pub body_id: String,
    /// By which norms; left out, the most fitting framework.
    pub framework_id: Option<String>,
    /// The question, or what should be decided.
    pub title: String,
    /// What it says.
    pub content: Content,
    /// When the vote opens: a moment (RFC 3339), or a local time of the body (`2026-11-27T17:00`).
    pub opens_at: Option<String>,
    /// When the vote closes, in the same forms.
    pub closes_at: Option<String>,
    /// The decision whose place it takes.
    pub supersedes_id: Option<String>,
}

/// A comment.
#[derive(Clone, Debug, Queryable, Selectable, Insertable, Serialize, ToSchema)]
#[diesel(table_name = proposal_comments)]
#[schema(as = ProposalComment)]
pub struct Comment {
    /// Its identifier.
    pub id: ProposalCommentId,
    /// The tenant.
    #[serde(skip)]
    pub partnership_id: String,
    /// The proposal.
    pub proposal_id: DecisionId,
    /// The comment it answers.
    pub parent_id: Option<ProposalCommentId>,
    /// What it is.
    pub kind: CommentKind,
    /// Its words.
    pub text: String,
    /// Who wrote it.
    pub person_id: Option<PersonId>,
    /// Their name then.
    pub person_name: String,
    /// When.
    pub written_at: Instant,
    /// How it was worked in, or answered.
    pub settled: Option<String>,
    /// By whom.
    pub settled_by: Option<String>,
    /// When.
    pub settled_at: Option<Instant>,
}

impl Proposal {
    /// As an object of the log and the trace.
    pub fn object(&self) -> Object {
        Object::new("decision", &self.id)
    }
}
