//! The file, row by row: CSV from the disk in constant memory, a workbook as the sandbox has read it.

use std::fs::File;
use std::io::BufReader;
use std::path::{Path, PathBuf};

use backbone_identity::Core;
use backbone_ingest::table::{
    self, CsvReader, Line, ReadError, Record, Row, RowProblem, TableLimits, TableNote,
};

/// A file that can be read from its start as often as needed.
pub(crate) enum Opened {
    Csv(PathBuf, TableLimits),
    Sheet(table::Table),
}

/// One row, wherever it comes from.
pub(crate) enum RowRef<'a> {
    Record(&'a Record),
    Row(&'a Row),
}

impl RowRef<'_> {
    /// Line of the file or row of the sheet, from 1.
    pub fn number(&self) -> u64 {
        match self {
            Self::Record(record) => record.number(),
            Self::Row(row) => row.number,
        }
    }

    /// The text in a column, blanks around it removed.
    pub fn get(&self, index: usize) -> &str {
        let text = match self {
            Self::Record(record) => record.get(index),
            Self::Row(row) => row.cells.get(index).map(String::as_str),
        };
        text.unwrap_or("").trim()
    }

    /// A copy of all cells.
    pub fn cells(&self) -> Vec<String> {
        match self {
            Self::Record(record) => record.to_cells(),
            Self::Row(row) => row.cells.clone(),
        }
    }
}

/// Bytes of a workbook that is read: it has to be taken apart in memory.
const WORKBOOK: u64 = 25 << 20;

/// What is next in the file.
pub(crate) enum Item<'a> {
    Row(RowRef<'a>),
    Problem(RowProblem),
}

/// Opens a stored file; a workbook is parsed by a child process.
pub(crate) async fn open(
    core: &Core,
    sha256: &str,
    sheet: Option<&str>,
) -> Result<Opened, ReadError> {
    let path = backbone_identity::file::path_of(&core.settings.data_dir, sha256);
    let read = path.clone();
    let (start, size) = tokio::task::spawn_blocking(move || beginning(&read))
        .await
        .map_err(lost)?
        .map_err(lost)?;
    let mut limits = TableLimits {
        bytes: core.settings.max_import,
        ..TableLimits::default()
    };
    if !table::is_xlsx(&start) {
        return Ok(Opened::Csv(path, limits));
    }
    limits.bytes = limits.bytes.min(WORKBOOK);
    if size > limits.bytes {
        let limit = limits.bytes;
        return Err(table::Refusal::TooLarge { size, limit }.into());
    }
    let bytes = tokio::task::spawn_blocking(move || std::fs::read(&path))
        .await
        .map_err(lost)?
        .map_err(lost)?;
    let table = table::xlsx::read(&core.sandbox, &bytes, sheet, &limits).await?;
    Ok(Opened::Sheet(table))
}

/// The first bytes of a file, and its size.
fn beginning(path: &Path) -> std::io::Result<(Vec<u8>, u64)> {
    use std::io::Read;
    let mut start = Vec::new();
    let file = File::open(path)?;
    let size = file.metadata()?.len();
    file.take(8).read_to_end(&mut start)?;
    Ok((start, size))
}

/// The disk refused a file that was written there before.
fn lost(error: impl std::fmt::Display) -> ReadError {
    ReadError::Refused(table::Refusal::Damaged {
        detail: error.to_string(),
    })
}

impl Opened {
    /// Reads from the start on. `each` is called with every row and every row that could not be divided into cells, in the order
    /// of the file, and says whether to go on. Gives the headers beforehand to `begin`.
    pub fn walk<B>(
        &self,
        begin: impl FnOnce(&[String]) -> B,
        mut each: impl FnMut(&mut B, Item<'_>) -> bool,
    ) -> Result<(B, Vec<TableNote>), ReadError> {
        match self {
            Self::Csv(path, limits) => {
                let file = File::open(path).map_err(lost)?;
                let mut reader = CsvReader::open(BufReader::with_capacity(1 << 16, file), limits)?;
                let mut state = begin(reader.headers());
                while let Some(line) = reader.next_line()? {
                    let item = match line {
                        Line::Row(record) => Item::Row(RowRef::Record(record)),
                        Line::Problem(problem) => Item::Problem(problem),
                    };
                    if !each(&mut state, item) {
                        break;
                    }
                }
                Ok((state, reader.notes().to_vec()))
            }
            Self::Sheet(table) => {
                let mut state = begin(&table.headers);
                let mut problems = table.problems.iter().peekable();
                for row in &table.rows {
                    while let Some(problem) = problems.next_if(|problem| problem.row < row.number) {
                        if !each(&mut state, Item::Problem(problem.clone())) {
                            return Ok((state, table.notes.clone()));
                        }
                    }
                    // A problem of a row that is nevertheless there is told by its cell, which is blank.
                    while let Some(problem) = problems.next_if(|problem| problem.row == row.number)
                    {
                        if !each(&mut state, Item::Problem(problem.clone())) {
                            return Ok((state, table.notes.clone()));
                        }
                    }
                    if !each(&mut state, Item::Row(RowRef::Row(row))) {
                        return Ok((state, table.notes.clone()));
                    }
                }
                for problem in problems {
                    if !each(&mut state, Item::Problem(problem.clone())) {
                        break;
                    }
                }
                Ok((state, table.notes.clone()))
            }
        }
    }
}
