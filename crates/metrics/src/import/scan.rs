//! One look through the whole file: its columns, what they hold, and how their numbers and periods are to be read.

use std::collections::HashSet;

use backbone_ingest::period::Reading;
use backbone_ingest::table::ReadError;
use backbone_ingest::value::{Mark, NumberStyle, is_missing};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use super::mapping::{DayOrder, ImportMapping, Pairs, Role};
use super::source::{Item, Opened};
use super::told::Told;

/// Different texts of a column that are kept to decide about it.
const KINDS: usize = 5_000;
/// Rows that are shown to the person who maps.
const SAMPLE: usize = 6;

/// What was found in a file, for the person who says which column is what.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize, ToSchema)]
#[serde(default)]
pub struct Findings {
    /// Names of the columns.
    pub headers: Vec<String>,
    /// The first rows.
    pub sample: Vec<Vec<String>>,
    /// Rows below the header, those that cannot be read included.
    pub rows: u64,
    /// What was found out or decided about the file.
    pub notes: Vec<Told>,
    /// Columns that fill no field; each is kept as a dimension or ignored.
    pub unknown: Vec<String>,
    /// How periods and numbers are read, as settled from the columns.
    #[schema(value_type = Object)]
    pub settled: Settled,
    /// The unit that the file names, when all of it is in one.
    pub unit: String,
    /// Whether the import has begun to write.
    pub started: bool,
}

/// How the texts of this file are read.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct Settled {
    /// Periods.
    pub reading: Reading,
    /// Values.
    pub style: NumberStyle,
}

/// The different texts of one column.
#[derive(Default)]
pub(crate) struct Kinds {
    texts: Vec<String>,
    known: HashSet<String>,
    /// Rows with a text.
    pub filled: u64,
    /// There are more than are kept.
    pub many: bool,
}

impl Kinds {
    fn add(&mut self, text: &str) {
        if text.is_empty() {
            return;
        }
        self.filled += 1;
        if self.many || self.known.contains(text) {
            return;
        }
        if self.texts.len() == KINDS {
            self.many = true;
            return;
        }
        self.known.insert(text.to_owned());
        self.texts.push(text.to_owned());
    }

    pub fn iter(&self) -> impl Iterator<Item = &str> {
        self.texts.iter().map(String::as_str)
    }

    pub fn len(&self) -> usize {
        self.texts.len()
    }

    /// Whether all texts are numbers.
    pub fn is_numeric(&self) -> bool {
        let style = NumberStyle { decimal: None };
        let plain = NumberStyle::default();
        !self.texts.is_empty()
            && self.iter().all(|text| {
                is_missing(text) || style.read(text).is_ok() || plain.read(text).is_ok()
            })
    }
}

/// The file's headers, size and kinds of text.
pub(crate) struct Scan {
    pub headers: Vec<String>,
    pub sample: Vec<Vec<String>>,
    pub rows: u64,
    pub kinds: Vec<Kinds>,
    pub notes: Vec<Told>,
}

pub(crate) fn scan(file: &Opened) -> Result<Scan, ReadError> {
    let begin = |headers: &[String]| Scan {
        headers: headers.to_vec(),
        sample: Vec::new(),
        rows: 0,
        kinds: headers.iter().map(|_| Kinds::default()).collect(),
        notes: Vec::new(),
    };
    let (mut scan, notes) = file.walk(begin, |scan, item| {
        scan.rows += 1;
        if let Item::Row(row) = item {
            for (index, kinds) in scan.kinds.iter_mut().enumerate() {
                kinds.add(row.get(index));
            }
            if scan.sample.len() < SAMPLE {
                scan.sample.push(row.cells());
            }
        }
        true
    })?;
    scan.notes = notes.iter().map(Told::of).collect();
    Ok(scan)
}

/// Settles how this file's periods and numbers are read under a mapping; `habit` is the decimal mark of the person's language.
pub(crate) fn settle(scan: &Scan, mapping: &ImportMapping, habit: Mark) -> (Settled, Vec<Told>) {
    let mut notes = Vec::new();
    let kinds = |role: Role| -> Vec<&Kinds> {
        let named = |header: &String| {
            mapping
                .columns
                .iter()
                .any(|c| c.header == *header && c.role == role)
        };
        let columns = scan.headers.iter().zip(&scan.kinds);
        columns
            .filter(|(header, _)| named(header))
            .map(|(_, kinds)| kinds)
            .collect()
    };
    let said = mapping.reading();
    let periods: Vec<&str> = if mapping.has(Role::PeriodColumn) {
        let wide = mapping
            .columns
            .iter()
            .filter(|c| c.role == Role::PeriodColumn);
        wide.map(|c| c.header.as_str()).collect()
    } else {
        kinds(Role::Period)
            .into_iter()
            .flat_map(Kinds::iter)
            .collect()
    };
    let (mut reading, told) = said.for_column(periods);
    notes.extend(told.iter().map(Told::of));
    if mapping.pairs != Pairs::Auto {
        reading.pairs = said.pairs;
    }
    if mapping.day_order != DayOrder::Auto {
        reading.day_order = said.day_order;
    }
    let style = mapping.style().unwrap_or_else(|| {
        let roles = [
            Role::Value,
            Role::PeriodColumn,
            Role::MetricColumn,
            Role::Numerator,
            Role::Denominator,
        ];
        let values = roles.into_iter().flat_map(kinds).flat_map(Kinds::iter);
        let (style, told) = NumberStyle::for_column(values, habit);
        notes.extend(told.iter().map(Told::of));
        style
    });
    (Settled { reading, style }, notes)
}
