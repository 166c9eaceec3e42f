//! An uploaded file as headers and rows of text, with everything that is wrong in it by row.
//!
//! CSV is read here, in constant memory if need be ([`CsvReader`]); XLSX only inside the sandbox
//! ([`read`], [`xlsx::JOB`]).

mod csv;
mod delimiter;
mod encoding;
mod guard;
mod header;
mod problem;
mod refusal;
mod sheet;
#[cfg(test)]
mod tests;
mod tokens;
pub mod xlsx;

use std::io::Cursor;

use backbone_sandbox::Sandbox;
use serde::{Deserialize, Serialize};

pub use csv::{CsvReader, Line};
pub use problem::{Problem, RowProblem, TableNote};
pub use refusal::{ReadError, Refusal};
pub use tokens::Record;

/// How large a file may be. What is larger is refused before it is worked on.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct TableLimits {
    /// Size of the file; for XLSX also half of what its parts may unpack to.
    pub bytes: u64,
    /// Rows below the header, blank ones not counted.
    pub rows: u64,
    /// Columns.
    pub columns: usize,
    /// Bytes of one cell, as UTF-8.
    pub cell: usize,
}

impl Default for TableLimits {
    /// Two million rows; 1,024 columns; cells as long as a spreadsheet program allows.
    fn default() -> Self {
        Self {
            bytes: 256 << 20,
            rows: 2_000_000,
            columns: 1024,
            cell: 32_767,
        }
    }
}

/// One row below the header.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Row {
    /// Line of the file on which it begins, or row of the sheet, from 1.
    pub number: u64,
    /// As many as there are headers.
    pub cells: Vec<String>,
}

/// A whole file in memory.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Table {
    /// Unique and not blank.
    pub headers: Vec<String>,
    /// Rows that are whole.
    pub rows: Vec<Row>,
    /// What is wrong, by row.
    pub problems: Vec<RowProblem>,
    /// What was found out or decided about the file as a whole.
    pub notes: Vec<TableNote>,
}

impl Table {
    /// The texts of one column, for the decisions that are taken by column.
    pub fn column(&self, index: usize) -> impl Iterator<Item = &str> {
        self.rows
            .iter()
            .filter_map(move |row| row.cells.get(index))
            .map(String::as_str)
    }
}

/// Whether the bytes begin like an XLSX file (a zip archive).
pub fn is_xlsx(start: &[u8]) -> bool {
    start.starts_with(b"PK\x03\x04")
}

/// Reads a whole file of either kind: CSV here, XLSX (its first sheet with content, or `sheet`)
/// in the sandbox. CSV of 100 MB takes about a second of processor time, so call it off the
/// threads that answer people, or stream with [`CsvReader`].
///
/// # Errors
/// [`ReadError`]: the file is refused, or the sandbox stopped the work.
pub async fn read(
    sandbox: &Sandbox,
    bytes: Vec<u8>,
    sheet: Option<&str>,
    limits: &TableLimits,
) -> Result<Table, ReadError> {
    if is_xlsx(&bytes) {
        xlsx::read(sandbox, &bytes, sheet, limits).await
    } else {
        Ok(CsvReader::open(Cursor::new(bytes), limits)?.into_table()?)
    }
}
