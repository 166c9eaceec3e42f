//! CSV of any common dialect and encoding, row by row in constant memory.

use std::io::{Read, Seek};

use encoding_rs::{Encoding, UTF_8};

use super::{
    Problem, Record, Refusal, Row, RowProblem, Table, TableLimits, TableNote, delimiter, encoding,
    header,
    tokens::{End, Tokens},
};

/// Characters that are looked at to find separator and header.
const SAMPLE: usize = 64 << 10;

/// What comes next in a file.
#[derive(Debug)]
pub enum Line<'a> {
    /// A row with as many cells as there are headers.
    Row(&'a Record),
    /// A row that is left out, and why.
    Problem(RowProblem),
}

/// Reads a CSV file row by row. As an iterator it gives owned rows; [`CsvReader::next_line`] is
/// the faster way, without an allocation for each cell.
pub struct CsvReader<R> {
    tokens: Tokens<R>,
    record: Record,
    headers: Vec<String>,
    notes: Vec<TableNote>,
    rows: u64,
    limit: u64,
    done: bool,
}

impl<R: Read + Seek> CsvReader<R> {
    /// Finds encoding, separator and header, and stands before the first row.
    ///
    /// # Errors
    /// When the file is too large, empty, or no table.
    pub fn open(mut source: R, limits: &TableLimits) -> Result<Self, Refusal> {
        let encoding = encoding::detect(&mut source, limits)?;
        let mut notes = encoding_note(encoding);
        let (sample, whole) = sample(&mut source, encoding)?;
        // A first line "sep=;" is an instruction that Excel writes and hides.
        let told = sample
            .strip_prefix("sep=")
            .and_then(|rest| rest.bytes().next());
        let sniffed = delimiter::sniff(&sample, whole, limits);
        let records = &sniffed.records[usize::from(told.is_some()).min(sniffed.records.len())..];
        let usual = delimiter::usual_width(records).map_or(0, |(width, _)| width);
        let filled = |record: &Record| record.iter().filter(|c| !c.trim().is_empty()).count();
        let above = header::position(records.iter().map(filled), usual);

        source.rewind().map_err(Refusal::damaged)?;
        let delimiter = told.unwrap_or(sniffed.delimiter);
        let source = encoding::Utf8::new(source, encoding);
        let mut reader = Self {
            tokens: Tokens::new(source, delimiter, limits),
            record: Record::default(),
            headers: Vec::new(),
            notes: Vec::new(),
            rows: 0,
            limit: limits.rows,
            done: false,
        };
        for _ in 0..above + usize::from(told.is_some()) {
            reader.skip_blank()?;
        }
        reader.skip_blank()?.ok_or(Refusal::Empty)?;
        if above > 0 {
            notes.push(TableNote::LinesAboveHeader { count: above });
        }
        reader.headers = header::names(reader.record.iter(), &mut notes);
        reader.notes = notes;
        Ok(reader)
    }

    /// Reads all the rest into memory.
    ///
    /// # Errors
    /// When a limit is exceeded further down.
    pub fn into_table(mut self) -> Result<Table, Refusal> {
        let mut rows = Vec::new();
        let mut problems = Vec::new();
        while let Some(line) = self.next_line()? {
            match line {
                Line::Row(record) => rows.push(owned(record)),
                Line::Problem(problem) => problems.push(problem),
            }
        }
        Ok(Table {
            headers: self.headers,
            rows,
            problems,
            notes: self.notes,
        })
    }
}

impl<R: Read> CsvReader<R> {
    /// Names of the columns: unique and not blank.
    pub fn headers(&self) -> &[String] {
        &self.headers
    }

    /// What was found out so far; the last line may add to it.
    pub fn notes(&self) -> &[TableNote] {
        &self.notes
    }

    /// The next row or problem, in the order of the file; `None` after the last.
    ///
    /// # Errors
    /// When a limit is exceeded; nothing more can be read then.
    pub fn next_line(&mut self) -> Result<Option<Line<'_>>, Refusal> {
        if self.done {
            return Ok(None);
        }
        let next = self.skip_blank();
        self.done = !matches!(next, Ok(Some(End::Line)));
        let Some(end) = next? else {
            return Ok(None);
        };
        self.rows += 1;
        if self.rows > self.limit {
            self.done = true;
            return Err(Refusal::TooManyRows { limit: self.limit });
        }
        if let Some(problem) = self.problem(end) {
            return Ok(Some(Line::Problem(RowProblem {
                row: self.record.number(),
                column: None,
                problem,
                left_out: true,
                cells: self.record.to_cells(),
            })));
        }
        if end == End::File {
            let row = self.record.number();
            self.notes.push(TableNote::NoFinalLineEnd { row });
        }
        self.record.truncate(self.headers.len());
        Ok(Some(Line::Row(&self.record)))
    }

    fn problem(&self, end: End) -> Option<Problem> {
        let (found, expected) = (self.record.len(), self.headers.len());
        let extra = || {
            self.record
                .iter()
                .skip(expected)
                .any(|cell| !cell.trim().is_empty())
        };
        match end {
            End::OpenQuote => Some(Problem::EndsMidQuote),
            End::File if found < expected => Some(Problem::EndsMidRow { found, expected }),
            _ if found < expected => Some(Problem::TooFewCells { found, expected }),
            _ if found > expected && extra() => Some(Problem::TooManyCells { found, expected }),
            _ => None,
        }
    }

    /// Reads on to the next record that has any text.
    fn skip_blank(&mut self) -> Result<Option<End>, Refusal> {
        while let Some(end) = self.tokens.next(&mut self.record)? {
            if !self.record.is_blank() || end == End::OpenQuote {
                return Ok(Some(end));
            }
        }
        Ok(None)
    }
}

impl<R: Read> Iterator for CsvReader<R> {
    type Item = Result<Result<Row, RowProblem>, Refusal>;

    fn next(&mut self) -> Option<Self::Item> {
        match self.next_line() {
            Ok(Some(Line::Row(record))) => Some(Ok(Ok(owned(record)))),
            Ok(Some(Line::Problem(problem))) => Some(Ok(Err(problem))),
            Ok(None) => None,
            Err(refusal) => Some(Err(refusal)),
        }
    }
}

fn owned(record: &Record) -> Row {
    Row {
        number: record.number(),
        cells: record.to_cells(),
    }
}

fn encoding_note(encoding: &'static Encoding) -> Vec<TableNote> {
    if encoding == UTF_8 {
        return Vec::new();
    }
    let encoding = match encoding.name() {
        "windows-1252" => "Windows-1252 (Western European)",
        name => name,
    };
    vec![TableNote::Encoding {
        encoding: encoding.to_owned(),
    }]
}

/// The start of the text, and whether it is all of it.
fn sample<R: Read + Seek>(
    source: &mut R,
    encoding: &'static Encoding,
) -> Result<(String, bool), Refusal> {
    let mut text = encoding::Utf8::new(&mut *source, encoding);
    let mut sample = String::new();
    let mut chunk = String::new();
    while sample.len() < SAMPLE {
        text.fill(&mut chunk).map_err(Refusal::damaged)?;
        if chunk.is_empty() {
            return Ok((sample, true));
        }
        sample.push_str(&chunk);
    }
    Ok((sample, false))
}
