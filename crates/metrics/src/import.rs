//! Measurements from a file: upload, say which column is what, check everything without writing, then import in chunks.
//!
//! Each chunk is one transaction with its measurements, their rollups and the place in the file, so that whatever stops the work,
//! it goes on exactly there. An import can be taken back as a whole.

pub mod api;
pub mod cancel;
pub mod check;
mod chunk;
mod figure;
pub mod jobs;
pub mod map;
mod mapping;
pub mod pages;
mod plan;
mod reader;
mod report;
mod scan;
mod seen;
mod source;
pub mod start;
pub(crate) mod store;
mod suggest;
#[cfg(test)]
mod tests;
mod told;
pub mod undo;
pub mod upload;

use backbone_db::{Instant, id, text_enum};
use backbone_identity::FileId;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

pub use mapping::{ColumnUse, DayOrder, DecimalMark, ImportMapping, Pairs, Role, Years};
pub use scan::Findings;
pub use told::Told;

id!(
    /// Identifies an import.
    ImportId
);

text_enum!(
    /// How far an import has come.
    #[schema(as = ImportState)]
    State {
        /// The file is here; a mapping is proposed.
        Uploaded = "uploaded",
        /// A person has said which column is what.
        Mapped = "mapped",
        /// The whole file is being read, and nothing written.
        Checking = "checking",
        /// The check is done; its results wait for a decision.
        Checked = "checked",
        /// Measurements are being written.
        Importing = "importing",
        /// All is in.
        Done = "done",
        /// It stopped; what was written stays and can be gone on with or taken back.
        Failed = "failed",
        /// A person stopped it.
        Cancelled = "cancelled",
        /// What it wrote is being taken back.
        Undoing = "undoing",
        /// What it wrote was taken back.
        Undone = "undone",
    }
);

text_enum!(
    /// What the check says of a row that is not simply new or known.
    #[schema(as = ImportRowState)]
    RowState {
        /// Cannot be imported.
        Error = "error",
        /// Says again what an earlier row says.
        Duplicate = "duplicate",
        /// Says something else than what was measured before.
        Correction = "correction",
    }
);

/// The jobs of this room.
pub(crate) fn register(registry: &mut backbone_jobs::Registry<backbone_identity::Core>) {
    registry
        .job::<jobs::CheckImport>()
        .job::<jobs::RunImport>()
        .job::<jobs::UndoImport>();
}

/// How many figures of each kind. A row of a wide table has several.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(default)]
#[schema(as = ImportCounts)]
pub struct Counts {
    /// Not measured before.
    pub new: u64,
    /// Measured before with the same value; nothing to do.
    pub same: u64,
    /// Measured before with another value.
    pub corrections: u64,
    /// Said twice in the file.
    pub duplicates: u64,
    /// Rows and cells that cannot be imported.
    pub errors: u64,
    /// Cells that hold no figure, such as `n/a`.
    pub blank: u64,
    /// Taken back.
    pub undone: u64,
    /// Not taken back, because somebody changed them since.
    pub kept: u64,
}

impl Counts {
    /// Figures that were looked at.
    pub fn figures(&self) -> u64 {
        self.new + self.same + self.corrections + self.duplicates + self.errors + self.blank
    }
}

/// An import.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub struct Import {
    /// Its identifier.
    pub id: ImportId,
    /// The file.
    pub file_id: FileId,
    /// The file's name.
    pub file_name: String,
    /// The sheet of a workbook that is read; the first one with content when absent.
    pub sheet: Option<String>,
    /// How far it is.
    pub state: State,
    /// What was found in the file.
    pub findings: Findings,
    /// Which column is what.
    pub mapping: ImportMapping,
    /// What the check found, or what the import did so far.
    pub counts: Counts,
    /// Rows worked off in the present step, of `findings.rows`.
    pub position: u64,
    /// Whether figures that were measured before are corrected; otherwise they stay as they are.
    pub corrections: bool,
    /// Why it failed.
    pub failure: Option<Told>,
    /// Who uploaded it.
    pub created_by: String,
    /// When it was uploaded.
    pub created_at: Instant,
    /// When the present step began.
    pub step_at: Instant,
    /// When the present step last moved on.
    pub moved_at: Instant,
    /// Counts its changes; the ETag.
    pub version: i64,
}

impl Import {
    /// Rows a second in the present step; `None` before there is anything to tell.
    pub fn rate(&self) -> Option<u64> {
        let seconds = u64::try_from(self.moved_at.seconds_since(self.step_at)).ok()?;
        (self.position > 0).then(|| self.position / seconds.max(1))
    }

    /// Seconds that the present step will still take, as far as can be told.
    pub fn eta(&self) -> Option<u64> {
        let left = self.findings.rows.saturating_sub(self.position);
        self.rate().filter(|rate| *rate > 0).map(|rate| left / rate)
    }

    /// Whether work is going on.
    pub fn is_busy(&self) -> bool {
        matches!(
            self.state,
            State::Checking | State::Importing | State::Undoing
        )
    }

    /// Whether it has written measurements that are still there.
    pub fn has_written(&self) -> bool {
        matches!(
            self.state,
            State::Done | State::Failed | State::Cancelled | State::Importing
        ) && self.counts.new + self.counts.corrections > 0
            && self.corrections_or_new_written()
    }

    /// After a check the counts are a forecast; only from the start of the import on do they count what was written.
    fn corrections_or_new_written(&self) -> bool {
        self.findings.started
    }
}
