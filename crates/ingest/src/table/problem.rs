use std::fmt;

use serde::{Deserialize, Serialize};

/// Something wrong with one row. Serialized, its `code` and other fields are what a message
/// catalogue needs to say it in another language.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct RowProblem {
    /// Line of the file or row of the sheet, from 1.
    pub row: u64,
    /// Header of the column, when the problem is in one cell.
    pub column: Option<String>,
    /// What is wrong.
    #[serde(flatten)]
    pub problem: Problem,
    /// Whether the row is missing among the table's rows.
    pub left_out: bool,
    /// The row as it was found, for the error file.
    pub cells: Vec<String>,
}

/// What can be wrong with a row, found while reading or, as [`Problem::Other`], afterwards.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "code", rename_all = "kebab-case")]
pub enum Problem {
    /// Fewer cells than the header has.
    TooFewCells {
        /// Cells of this row.
        found: usize,
        /// Cells of the header.
        expected: usize,
    },
    /// More cells than the header has, and not only blank ones.
    TooManyCells {
        /// Cells of this row.
        found: usize,
        /// Cells of the header.
        expected: usize,
    },
    /// The file stops before the row is complete.
    EndsMidRow {
        /// Cells of this row.
        found: usize,
        /// Cells of the header.
        expected: usize,
    },
    /// The file stops within quote marks that this row opened.
    EndsMidQuote,
    /// The spreadsheet program could not work out this cell.
    CellError {
        /// Such as `#DIV/0!`.
        error: String,
    },
    /// A formula whose result was never stored in the file.
    FormulaWithoutResult {
        /// Such as `B7`.
        cell: String,
    },
    /// Found by whoever works with the rows; both texts are shown as they are.
    Other {
        /// What is wrong.
        problem: String,
        /// What to do about it.
        advice: String,
    },
}

impl fmt::Display for Problem {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::TooFewCells { found, expected } | Self::TooManyCells { found, expected } => {
                write!(f, "The row has {found} cells and the header {expected}.")
            }
            Self::EndsMidRow { found, expected } => write!(
                f,
                "The file ends in the middle of this row, after {found} of {expected} cells."
            ),
            Self::EndsMidQuote => {
                f.write_str("The file ends within a quoted text that begins in this row.")
            }
            Self::CellError { error } => write!(f, "The cell holds the error {error}."),
            Self::FormulaWithoutResult { cell } => {
                write!(f, "Cell {cell} holds a formula without a stored result.")
            }
            Self::Other { problem, .. } => f.write_str(problem),
        }
    }
}

impl Problem {
    /// What the person who made the file can do about it.
    pub fn advice(&self) -> &str {
        match self {
            Self::TooFewCells { .. } => {
                "Add the missing cells, or put quote marks around a text that holds a line break."
            }
            Self::TooManyCells { .. } => {
                "Remove the extra cells, or put quote marks around a text that holds the separator."
            }
            Self::EndsMidRow { .. } => "The file is probably cut off: export or upload it again.",
            Self::EndsMidQuote => {
                "Close the quote mark; if the file is cut off, export or upload it again."
            }
            Self::CellError { .. } => "Correct the formula, or leave the cell empty.",
            Self::FormulaWithoutResult { .. } => {
                "Open the file in a spreadsheet program and save it, or replace the formula by its result."
            }
            Self::Other { advice, .. } => advice,
        }
    }
}

/// Something found out or decided about a whole file; shown to the person who imports.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "code", rename_all = "kebab-case")]
pub enum TableNote {
    /// The file is not in UTF-8 but was read.
    Encoding {
        /// Name of the encoding.
        encoding: String,
    },
    /// A column had no name and was given one.
    BlankHeader {
        /// The name given.
        name: String,
    },
    /// Two columns had one name, and the later was given another.
    DuplicateHeader {
        /// The name twice found.
        header: String,
        /// The name given.
        name: String,
    },
    /// Lines above the header were passed over.
    LinesAboveHeader {
        /// How many.
        count: usize,
    },
    /// The last line has no line end, so its last value may be cut off.
    NoFinalLineEnd {
        /// Line or row on which the last row begins.
        row: u64,
    },
    /// The workbook has further sheets, which were not read.
    OtherSheets {
        /// The sheet that was read.
        read: String,
        /// Names of the others, divided by commas.
        others: String,
    },
    /// Cells hold formulas; the results stored in the file were used.
    Formulas {
        /// How many.
        count: u64,
        /// The first of them, such as `B7`.
        first: String,
    },
}

impl fmt::Display for TableNote {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Encoding { encoding } => write!(f, "The file was read as {encoding}."),
            Self::BlankHeader { name } => {
                write!(f, "A column without a name was called “{name}”.")
            }
            Self::DuplicateHeader { header, name } => write!(
                f,
                "Two columns are called “{header}”; the later one was called “{name}”."
            ),
            Self::LinesAboveHeader { count } => {
                write!(f, "{count} lines above the header were passed over.")
            }
            Self::NoFinalLineEnd { row } => write!(
                f,
                "The file does not end with a line end: check that the last value of row {row} is whole."
            ),
            Self::OtherSheets { read, others } => {
                write!(f, "The sheet “{read}” was read; not read: {others}.")
            }
            Self::Formulas { count, first } => write!(
                f,
                "{count} cells hold formulas (the first is {first}); the results stored in the file were used."
            ),
        }
    }
}
