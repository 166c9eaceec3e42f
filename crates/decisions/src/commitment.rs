//! Commitments: what somebody promised to do, by when, and how it goes.

pub mod api;
pub mod edit;
pub(crate) mod link;
pub(crate) mod mail;
pub(crate) mod pages;
pub(crate) mod store;

use backbone_db::{Instant, id, text_enum};
use backbone_identity::{OrganizationId, PersonId};
use chrono::NaiveDate;
use diesel::{AsChangeset, Insertable, Queryable, Selectable};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use crate::proposal::DecisionId;
use crate::schema::{commitment_notes, commitments};

id!(
    /// Identifies a commitment.
    CommitmentId
);
id!(
    /// Identifies a note about a commitment.
    NoteId
);

text_enum!(
    /// Where a commitment stands.
    CommitmentStatus {
        /// Being done.
        Open = "open",
        /// Done.
        Done = "done",
        /// Will not be done, and why is in the notes.
        Dropped = "dropped",
    }
);

/// A commitment.
#[derive(Clone, Debug, Queryable, Selectable, Insertable, AsChangeset, Serialize, ToSchema)]
#[diesel(table_name = commitments, treat_none_as_null = true)]
pub struct Commitment {
    /// Its identifier.
    pub id: CommitmentId,
    /// The tenant.
    #[serde(skip)]
    pub partnership_id: String,
    /// The decision it follows from.
    pub proposal_id: Option<DecisionId>,
    /// What will be done.
    pub title: String,
    /// Which organization owns it.
    pub organization_id: OrganizationId,
    /// Who sees to it.
    pub person_id: Option<PersonId>,
    /// By when.
    #[schema(value_type = String, format = Date)]
    pub due_on: NaiveDate,
    /// About how many hours it takes.
    pub effort_hours: Option<i32>,
    /// What the owner gets out of it.
    pub benefit: String,
    /// Where it stands.
    pub status: CommitmentStatus,
    /// Percent done.
    pub progress: i32,
    /// The day of the last reminder.
    #[schema(value_type = Option<String>, format = Date)]
    pub reminded_on: Option<NaiveDate>,
    /// Counts its changes; the ETag.
    pub version: i64,
    /// When it was made.
    pub created_at: Instant,
    /// When it was last changed.
    pub updated_at: Instant,
}

/// What was said about a commitment.
#[derive(Clone, Debug, Queryable, Selectable, Insertable, Serialize, ToSchema)]
#[diesel(table_name = commitment_notes)]
pub struct Note {
    /// Its identifier.
    pub id: NoteId,
    /// The tenant.
    #[serde(skip)]
    pub partnership_id: String,
    /// About which commitment.
    pub commitment_id: CommitmentId,
    /// Its words.
    pub text: String,
    /// Percent done then.
    pub progress: i32,
    /// Where it stood then.
    pub status: CommitmentStatus,
    /// Who.
    pub written_by: String,
    /// When.
    pub written_at: Instant,
}

/// A commitment to make.
#[derive(Clone, Debug, Default, Serialize, Deserialize, ToSchema)]
#[serde(default, deny_unknown_fields)]
pub struct NewCommitment {
    /// What will be done.
    pub title: String,
    /// Which organization owns it.
    pub organization_id: String,
    /// Who sees to it.
    pub person_id: Option<String>,
    /// By when.
    pub due_on: String,
    /// About how many hours it takes.
    pub effort_hours: Option<i32>,
    /// What the owner gets out of it.
    pub benefit: String,
}

/// How it goes.
#[derive(Clone, Debug, Default, Serialize, Deserialize, ToSchema)]
#[serde(default, deny_unknown_fields)]
pub struct Progress {
    /// Percent done; left out, it stays.
    pub progress: Option<i32>,
    /// `open`, `done` or `dropped`; left out, it stays.
    pub status: Option<String>,
    /// Another due day.
    pub due_on: Option<String>,
    /// Somebody else of the organization sees to it.
    pub person_id: Option<String>,
    /// What happened; needed for dropping it and for another due day.
    pub text: String,
}

/// The commitments that are open, the soonest due first.
///
/// # Errors
/// Only those of the database.
pub fn open(
    conn: &mut backbone_db::Conn,
    actor: &backbone_identity::Actor,
) -> Result<Vec<Commitment>, backbone_db::DbError> {
    store::in_state(conn, actor.tenant(), CommitmentStatus::Open)
}
