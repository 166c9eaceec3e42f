//! Decisions that were taken elsewhere, brought over as history: bodies, seats, what was said, how it was voted, what came of it. Nobody gets a
//! mail, nothing opens or closes by itself, and each decision says where it comes from.

pub mod api;
pub mod ballots;
pub mod bring;
pub mod loomio;
pub(crate) mod pages;
pub mod plan;
pub(crate) mod store;

use backbone_db::{Instant, id, text_enum};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use crate::proposal::DecisionId;

id!(
    /// Identifies a file that was brought.
    HistoryRunId
);

text_enum!(
    /// How far a file is.
    #[schema(as = HistoryState)]
    RunState {
        /// It was looked through; nothing was brought over.
        Checked = "checked",
        /// It was brought over.
        Done = "done",
    }
);

text_enum!(
    /// How the count of the ballots here stands to the result there.
    #[schema(as = HistoryCompared)]
    Compared {
        /// The same points.
        Same = "same",
        /// Other points.
        Differs = "differs",
        /// There is nothing to compare.
        Unknown = "unknown",
    }
);

/// How many of each.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(default)]
#[schema(as = HistoryCounts)]
pub struct Counts {
    /// Groups, as bodies.
    pub bodies: u32,
    /// Members who are people here, with a seat for their organization.
    pub seats: u32,
    /// Members who are not: guests without an account.
    pub guests: u32,
    /// Polls, as decisions.
    pub decisions: u32,
    /// Discussions without a poll, as proposals that came to nothing.
    pub discussions: u32,
    /// Comments.
    pub comments: u32,
    /// Ballots.
    pub ballots: u32,
    /// Outcomes that were written.
    pub outcomes: u32,
}

impl Counts {
    /// Each number with the message that names it, in the order in which people read them.
    pub fn rows(&self) -> [(&'static str, u32); 8] {
        [
            ("history-bodies", self.bodies),
            ("history-seats", self.seats),
            ("history-guests", self.guests),
            ("history-decisions", self.decisions),
            ("history-ballots", self.ballots),
            ("history-outcomes", self.outcomes),
            ("history-discussions", self.discussions),
            ("history-comments", self.comments),
        ]
    }
}

/// Something that does not come, and why.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[schema(as = HistoryNote)]
pub struct Note {
    /// A word of messages, `history-note-…`.
    pub code: String,
    /// What it is about.
    pub what: String,
    /// How many.
    pub n: u64,
}

/// A line that cannot be read.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[schema(as = HistoryLine)]
pub struct Line {
    /// Its number, from 1.
    pub line: u64,
    /// A word of messages, `history-unread-…`.
    pub code: String,
    /// What it is about.
    pub what: String,
}

/// What a file holds, beside what is here.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(default)]
#[schema(as = HistoryFound)]
pub struct Found {
    /// The group that was exported.
    pub name: String,
    /// What would come.
    pub new: Counts,
    /// What is here already.
    pub there: Counts,
    /// What would not come.
    pub notes: Vec<Note>,
    /// Lines that cannot be read, the first 200.
    pub lines: Vec<Line>,
}

/// A file that was brought.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub struct HistoryRun {
    /// Its identifier.
    pub id: HistoryRunId,
    /// Where it is kept.
    #[serde(skip)]
    pub file_id: backbone_identity::FileId,
    /// Its name.
    pub file_name: String,
    /// How far it is.
    pub state: RunState,
    /// What it holds.
    pub found: Found,
    /// What was made of it.
    pub made: Counts,
    /// Who brought it.
    pub created_by: String,
    /// When.
    pub created_at: Instant,
    /// When it was brought over.
    pub done_at: Option<Instant>,
}

/// An option's result elsewhere.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[schema(as = HistoryResult)]
pub struct ToldResult {
    /// The option.
    pub option: String,
    /// Its points there.
    pub score: i64,
}

/// Where a decision comes from.
#[derive(Clone, Debug, Serialize, ToSchema)]
#[schema(as = DecisionSource)]
pub struct Origin {
    /// Which decision.
    pub proposal_id: DecisionId,
    /// Which program: `loomio`.
    pub source: String,
    /// Its key there.
    pub outer_key: String,
    /// Its results there.
    pub told: Vec<ToldResult>,
    /// How the count here stands to them.
    pub compared: Compared,
    /// Who brought it over.
    pub imported_by: String,
    /// When.
    pub imported_at: Instant,
}
