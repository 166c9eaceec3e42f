//! Divides text into records and cells: RFC 4180 with any line end, bounded, and aware of a file
//! that stops in the middle.
//!
//! The `csv` crate neither bounds a record nor tells that a quote was never closed, and both are
//! needed here; a test holds the two against each other on what they have in common.

use std::io::Read;

use super::{Refusal, TableLimits, encoding::Utf8};

/// One record, reused from row to row.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Record {
    text: String,
    ends: Vec<usize>,
    line: u64,
}

impl Record {
    /// Line of the file on which the record begins, from 1.
    pub fn number(&self) -> u64 {
        self.line
    }

    /// How many cells it has.
    pub fn len(&self) -> usize {
        self.ends.len()
    }

    /// Whether it has no cells.
    pub fn is_empty(&self) -> bool {
        self.ends.is_empty()
    }

    /// The cell with this index.
    pub fn get(&self, index: usize) -> Option<&str> {
        let end = *self.ends.get(index)?;
        let start = index.checked_sub(1).map_or(0, |before| self.ends[before]);
        Some(&self.text[start..end])
    }

    /// All cells.
    pub fn iter(&self) -> impl Iterator<Item = &str> {
        let mut start = 0;
        self.ends.iter().map(move |end| {
            let cell = &self.text[start..*end];
            start = *end;
            cell
        })
    }

    /// A copy as separate texts.
    pub fn to_cells(&self) -> Vec<String> {
        self.iter().map(str::to_owned).collect()
    }

    pub(super) fn truncate(&mut self, len: usize) {
        self.ends.truncate(len);
    }

    pub(super) fn is_blank(&self) -> bool {
        self.text.trim().is_empty()
    }

    fn clear(&mut self, line: u64) {
        self.text.clear();
        self.ends.clear();
        self.line = line;
    }
}

/// How a record ended.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum End {
    /// With a line end.
    Line,
    /// With the file.
    File,
    /// With the file, within quote marks.
    OpenQuote,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum State {
    CellStart,
    Plain,
    Quoted,
    /// After a quote mark within a quoted cell: its end, or half of a doubled mark.
    QuoteSeen,
}

pub(super) struct Tokens<R> {
    source: Utf8<R>,
    chunk: String,
    at: usize,
    line: u64,
    after_return: bool,
    delimiter: u8,
    columns: usize,
    cell: usize,
}

impl<R: Read> Tokens<R> {
    pub(super) fn new(source: Utf8<R>, delimiter: u8, limits: &TableLimits) -> Self {
        Self {
            source,
            chunk: String::new(),
            at: 0,
            line: 1,
            after_return: false,
            delimiter,
            columns: limits.columns,
            cell: limits.cell,
        }
    }

    /// Reads the next record, blank lines included; `None` after the last one.
    pub(super) fn next(&mut self, record: &mut Record) -> Result<Option<End>, Refusal> {
        record.clear(self.line);
        let mut state = State::CellStart;
        loop {
            if self.at == self.chunk.len() {
                self.at = 0;
                self.source
                    .fill(&mut self.chunk)
                    .map_err(Refusal::damaged)?;
                if self.chunk.is_empty() {
                    return self.at_end(record, state);
                }
            }
            if std::mem::take(&mut self.after_return) && self.chunk.as_bytes()[self.at] == b'\n' {
                self.at += 1;
                continue;
            }
            if record.ends.is_empty() && record.text.is_empty() && state == State::CellStart {
                record.line = self.line;
            }
            let byte = self.chunk.as_bytes()[self.at];
            match state {
                State::CellStart if byte == b'"' => {
                    self.at += 1;
                    state = State::Quoted;
                }
                State::CellStart | State::Plain => {
                    let mark =
                        self.copy_until(record, |b, d| b == d || b == b'\n' || b == b'\r')?;
                    state = State::Plain;
                    if self.close(mark, record, &mut state)? {
                        return Ok(Some(End::Line));
                    }
                }
                State::Quoted => {
                    if self.copy_until(record, |b, _| b == b'"')?.is_some() {
                        state = State::QuoteSeen;
                    }
                }
                State::QuoteSeen if byte == b'"' => {
                    record.text.push('"');
                    self.at += 1;
                    state = State::Quoted;
                }
                State::QuoteSeen => state = State::Plain,
            }
        }
    }

    fn at_end(&self, record: &mut Record, state: State) -> Result<Option<End>, Refusal> {
        if state == State::CellStart && record.ends.is_empty() {
            return Ok(None);
        }
        self.end_cell(record)?;
        Ok(Some(if state == State::Quoted {
            End::OpenQuote
        } else {
            End::File
        }))
    }

    /// Copies up to the first byte that stops, steps over it and gives it; `None` when the chunk
    /// ends first.
    fn copy_until(
        &mut self,
        record: &mut Record,
        stops: impl Fn(u8, u8) -> bool,
    ) -> Result<Option<u8>, Refusal> {
        let rest = &self.chunk[self.at..];
        let delimiter = self.delimiter;
        let found = rest.bytes().position(|byte| stops(byte, delimiter));
        let taken = &rest[..found.unwrap_or(rest.len())];
        let start = record.ends.last().copied().unwrap_or(0);
        if record.text.len() - start + taken.len() > self.cell {
            let column = record.ends.len() + 1;
            return Err(Refusal::CellTooLong {
                at: format!("line {}, column {column}", record.line),
                limit: self.cell,
            });
        }
        record.text.push_str(taken);
        let mark = found.map(|at| rest.as_bytes()[at]);
        if mark == Some(b'"') {
            self.line += line_ends(taken);
        }
        if mark.is_none() && !taken.is_empty() {
            // Within quote marks a chunk may hold line ends; elsewhere it stops at them.
            self.line += line_ends(taken);
        }
        self.at += taken.len() + usize::from(mark.is_some());
        Ok(mark)
    }

    /// What a mark outside of quotes ends; true when it is the record.
    fn close(
        &mut self,
        mark: Option<u8>,
        record: &mut Record,
        state: &mut State,
    ) -> Result<bool, Refusal> {
        let Some(mark) = mark else { return Ok(false) };
        self.end_cell(record)?;
        if mark == self.delimiter {
            *state = State::CellStart;
            return Ok(false);
        }
        self.line += 1;
        self.after_return = mark == b'\r';
        Ok(true)
    }

    fn end_cell(&self, record: &mut Record) -> Result<(), Refusal> {
        if record.ends.len() == self.columns {
            let (row, limit) = (record.line, self.columns);
            return Err(Refusal::TooManyColumns { row, limit });
        }
        record.ends.push(record.text.len());
        Ok(())
    }
}

fn line_ends(text: &str) -> u64 {
    text.bytes().filter(|byte| *byte == b'\n').count() as u64
}
