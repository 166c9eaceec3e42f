//! Which sign divides the cells.

use std::collections::BTreeMap;

use super::{
    TableLimits,
    encoding::Utf8,
    tokens::{End, Record, Tokens},
};

const CANDIDATES: [u8; 4] = [b',', b';', b'\t', b'|'];

/// The first records of a file, as one of the candidates divides them.
pub(super) struct Sample {
    pub delimiter: u8,
    pub records: Vec<Record>,
}

/// The candidate that gives the most records the same number of cells, and more than one; a
/// comma when none does. `whole` says that the sample is all of the file.
pub(super) fn sniff(sample: &str, whole: bool, limits: &TableLimits) -> Sample {
    CANDIDATES
        .into_iter()
        .map(|delimiter| {
            let records = records(sample, whole, delimiter, limits);
            (score(&records), Sample { delimiter, records })
        })
        // Of equals the first wins, as the comma is the most common.
        .reduce(|best, next| if next.0 > best.0 { next } else { best })
        .map_or_else(
            || Sample {
                delimiter: b',',
                records: Vec::new(),
            },
            |(_, sample)| sample,
        )
}

fn records(sample: &str, whole: bool, delimiter: u8, limits: &TableLimits) -> Vec<Record> {
    let source = Utf8::new(sample.as_bytes(), encoding_rs::UTF_8);
    let mut tokens = Tokens::new(source, delimiter, limits);
    let mut records = Vec::new();
    let mut record = Record::default();
    // What is refused here is refused with its reason when the file itself is read.
    while let Ok(Some(end)) = tokens.next(&mut record) {
        if end != End::Line && !whole {
            break;
        }
        if !record.is_blank() {
            records.push(record.clone());
        }
    }
    records
}

/// Share of the records that have the most common width, times a little for more cells.
fn score(records: &[Record]) -> u64 {
    let Some((width, count)) = usual_width(records) else {
        return 0;
    };
    if width < 2 {
        return 0;
    }
    count as u64 * 1000 / records.len() as u64 * 100 + width.min(99) as u64
}

/// The most common number of cells, and how many records have it.
pub(super) fn usual_width(records: &[Record]) -> Option<(usize, usize)> {
    let mut widths = BTreeMap::new();
    for record in records {
        *widths.entry(record.len()).or_insert(0) += 1;
    }
    widths
        .into_iter()
        .max_by_key(|(width, count)| (*count, *width))
}
