//! Files of ballots: `.blt`, CSV, JSON and `.pb`. Every error names the line and says what to do.

mod blt;
mod csv;
mod json;
mod pb;
mod weight;

use std::fmt;

use crate::TallyError;
use crate::election::{Election, MOST_WEIGHT_PLACES};

/// The most that a file may hold.
pub const MOST_BYTES: usize = 256 << 20;

/// Kinds of files.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Format {
    /// Rankings as OpenSTV, OpaVote and others write them.
    Blt,
    /// Rankings, marks or choices in rows.
    Csv,
    /// Everything; see the README.
    Json,
    /// Participatory budgets as pabulib.org publishes them.
    Pb,
}

impl Format {
    /// The kind by the end of a file's name.
    pub fn of_name(name: &str) -> Option<Self> {
        let (_, end) = name.rsplit_once('.')?;
        match end.to_ascii_lowercase().as_str() {
            "blt" => Some(Self::Blt),
            "csv" | "tsv" => Some(Self::Csv),
            "json" => Some(Self::Json),
            "pb" => Some(Self::Pb),
            _ => None,
        }
    }
}

/// What numbers in the columns of a CSV file are.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Cells {
    /// Ranks: 1 is first.
    Ranks,
    /// Marks: more is better.
    Marks,
}

/// What is wrong with a file, and where.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct FileError {
    /// The line, from 1; nothing where the file as a whole is meant.
    pub line: Option<usize>,
    /// What is wrong and what to do.
    pub what: String,
}

impl FileError {
    pub(crate) fn at(line: usize, what: impl Into<String>) -> Self {
        Self {
            line: Some(line),
            what: what.into(),
        }
    }

    pub(crate) fn whole(what: impl Into<String>) -> Self {
        Self {
            line: None,
            what: what.into(),
        }
    }

    pub(crate) fn on(line: usize) -> impl Fn(TallyError) -> Self {
        move |error| Self::at(line, error.to_string())
    }
}

impl fmt::Display for FileError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.line {
            Some(line) => write!(f, "line {line}: {}", self.what),
            None => f.write_str(&self.what),
        }
    }
}

impl std::error::Error for FileError {}

/// Why reading stopped: for good, or to start again with more decimal places for weights.
#[derive(Debug)]
pub(crate) enum Stop {
    Wrong(FileError),
    MorePlaces(u8),
}

impl From<FileError> for Stop {
    fn from(error: FileError) -> Self {
        Self::Wrong(error)
    }
}

/// Reads a file.
///
/// # Errors
/// When it is too long, is no UTF-8, or breaks a rule of its format; see [`FileError`].
pub fn read(bytes: &[u8], format: Format, cells: Cells) -> Result<Election, FileError> {
    if bytes.len() > MOST_BYTES {
        return Err(FileError::whole(format!(
            "the file is longer than {} MiB; group identical ballots and give their count",
            MOST_BYTES >> 20
        )));
    }
    let text = std::str::from_utf8(bytes).map_err(|error| {
        let line = 1 + bytes[..error.valid_up_to()]
            .iter()
            .filter(|byte| **byte == b'\n')
            .count();
        FileError::at(line, "this is not UTF-8 text; save the file as UTF-8")
    })?;
    let text = text.strip_prefix('\u{feff}').unwrap_or(text);
    let mut places = 0;
    loop {
        let result = match format {
            Format::Blt => blt::read(text, places),
            Format::Csv => csv::read(text, cells, places),
            Format::Json => json::read(text, places),
            Format::Pb => pb::read(text).map_err(Stop::Wrong),
        };
        match result {
            Ok(election) => return Ok(election),
            Err(Stop::Wrong(error)) => return Err(error),
            // Asked for only when it is more than now, and never for more than the most.
            Err(Stop::MorePlaces(more)) => places = more.clamp(places + 1, MOST_WEIGHT_PLACES),
        }
    }
}

/// Writes an election. What is read back is equal.
///
/// # Errors
/// When the format cannot hold what the election has, such as marks in `.blt`.
pub fn write(election: &Election, format: Format) -> Result<String, FileError> {
    match format {
        Format::Blt => blt::write(election),
        Format::Csv => csv::write(election),
        Format::Json => json::write(election),
        Format::Pb => Err(FileError::whole(
            "files of this kind are only read; write JSON instead",
        )),
    }
}
