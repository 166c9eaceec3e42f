use backbone_sandbox::SandboxError;
use serde::{Deserialize, Serialize};

/// Why a file is not read at all. Serialized, its `code` and other fields are what a message
/// catalogue needs to say it in another language.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error, Serialize, Deserialize)]
#[serde(tag = "code", rename_all = "kebab-case")]
pub enum Refusal {
    /// No row at all.
    #[error("The file is empty.")]
    Empty,
    /// Larger than [`super::TableLimits::bytes`].
    #[error("The file has {size} bytes and may have {limit}: divide it into several files.")]
    TooLarge {
        /// Bytes.
        size: u64,
        /// Bytes allowed.
        limit: u64,
    },
    /// More than [`super::TableLimits::rows`].
    #[error("The file has more than {limit} rows: divide it into several files.")]
    TooManyRows {
        /// Rows allowed.
        limit: u64,
    },
    /// More than [`super::TableLimits::columns`].
    #[error("Row {row} has more than {limit} columns: remove those that are not needed.")]
    TooManyColumns {
        /// Line or row.
        row: u64,
        /// Columns allowed.
        limit: usize,
    },
    /// Longer than [`super::TableLimits::cell`].
    #[error(
        "The cell at {at} is longer than {limit} bytes: shorten it, or look for a quote mark that is never closed."
    )]
    CellTooLong {
        /// `line 7, column 3` or `B7`.
        at: String,
        /// Bytes allowed.
        limit: usize,
    },
    /// Some other kind of file.
    #[error("This is {found}, not a table: export it as CSV or XLSX.")]
    NotATable {
        /// What it seems to be.
        found: String,
    },
    /// The archive would unpack to far more than the file's size suggests.
    #[error(
        "The workbook unpacks to {size} bytes and may unpack to {limit}: it is refused unread."
    )]
    UnpacksTooLarge {
        /// Bytes it unpacks to, as far as was looked.
        size: u64,
        /// Bytes allowed.
        limit: u64,
    },
    /// The archive has far more parts than a workbook.
    #[error("The workbook consists of {count} parts and may have {limit}: it is refused unread.")]
    TooManyParts {
        /// Parts.
        count: usize,
        /// Parts allowed.
        limit: usize,
    },
    /// A cell outside of what a table may be.
    #[error(
        "The sheet has a cell at {cell}, far from any table: delete what is there and save again."
    )]
    FarCell {
        /// Its place.
        cell: String,
    },
    /// The sheet that was asked for is not there.
    #[error("There is no sheet “{name}”; there are: {sheets}.")]
    NoSuchSheet {
        /// The name asked for.
        name: String,
        /// The names there are.
        sheets: String,
    },
    /// Damaged, or not what it claims to be.
    #[error(
        "The file is damaged and cannot be read ({detail}): open it in a spreadsheet program and save it again."
    )]
    Damaged {
        /// For the curious and the log.
        detail: String,
    },
}

impl Refusal {
    pub(crate) fn damaged(error: impl std::fmt::Display) -> Self {
        Self::Damaged {
            detail: error.to_string(),
        }
    }
}

/// Why reading gave no table.
#[derive(Debug, thiserror::Error)]
pub enum ReadError {
    /// The file was looked at and is not read.
    #[error(transparent)]
    Refused(#[from] Refusal),
    /// The sandbox ended the work: the file needs too much of something.
    #[error(transparent)]
    Sandbox(#[from] SandboxError),
}
