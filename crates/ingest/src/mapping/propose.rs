use std::collections::BTreeSet;

use serde::{Deserialize, Serialize};

use super::{Column, Field, Mapping, Use, Wide, plain};
use crate::{
    period::Reading,
    value::{NumberStyle, is_missing},
};

/// Share of letter pairs that two names must have in common to be proposed.
const ALIKE: f64 = 0.7;
/// Columns headed by a period that make a table wide.
const WIDE: usize = 3;
/// Kinds of text that a column may hold to be taken for a dimension.
const KINDS: usize = 60;

/// Why a column was given to a field; the earlier, the surer.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Match {
    /// The header is the field's key, letter for letter.
    Exact,
    /// The same apart from case and punctuation.
    SameName,
    /// One of the field's synonyms.
    Synonym,
    /// Spelled much like one of them; to be confirmed.
    Similar,
}

/// A mapping to be looked over by a person.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Proposal {
    /// What is proposed.
    pub mapping: Mapping,
    /// For each column that fills a field, how that was found.
    pub matches: Vec<(String, Match)>,
    /// Headers of columns that fill no field; the proposal keeps or ignores them.
    pub unknown: Vec<String>,
    /// Keys of required fields that no column fills.
    pub missing: Vec<String>,
}

/// Proposes what to do with each column.
///
/// Fields get the column that fits best. When no column fills the field `wide.period` but several
/// headers are periods, the table is taken for a wide one. Of the rest, columns whose few
/// different texts are not all numbers become dimensions, others are ignored. `sample` gives the
/// first texts of the column with an index.
pub fn propose<'a, I: Iterator<Item = &'a str>>(
    headers: &[String],
    fields: &[Field],
    wide: Option<&Wide>,
    reading: &Reading,
    sample: impl Fn(usize) -> I,
) -> Proposal {
    let mut uses: Vec<Option<Use>> = vec![None; headers.len()];
    let mut matches = Vec::new();
    let mut filled = BTreeSet::new();
    for (how, column, field) in ranked(headers, fields) {
        let key = &fields[field].key;
        if uses[column].is_none() && filled.insert(key.clone()) {
            uses[column] = Some(Use::Field { field: key.clone() });
            matches.push((headers[column].clone(), how));
        }
    }
    let wide = wide.filter(|wide| !filled.contains(&wide.period) && !filled.contains(&wide.value));
    let periods: Vec<usize> = (0..headers.len())
        .filter(|i| uses[*i].is_none() && reading.read(&headers[*i]).is_ok())
        .collect();
    let wide = wide.filter(|_| periods.len() >= WIDE).cloned();
    if let Some(wide) = &wide {
        filled.extend([wide.period.clone(), wide.value.clone()]);
        for column in periods {
            uses[column] = Some(Use::PeriodColumn);
        }
    }
    let unknown = headers
        .iter()
        .zip(&uses)
        .filter(|(_, used)| used.is_none())
        .map(|(header, _)| header.clone())
        .collect();
    let columns = uses
        .into_iter()
        .enumerate()
        .map(|(index, used)| Column {
            header: headers[index].clone(),
            used: used.unwrap_or_else(|| rest(sample(index))),
        })
        .collect();
    let missing = fields
        .iter()
        .filter(|field| field.required && !filled.contains(&field.key))
        .map(|field| field.key.clone())
        .collect();
    Proposal {
        mapping: Mapping { columns, wide },
        matches,
        unknown,
        missing,
    }
}

/// All pairs of column and field that fit, the surest first.
fn ranked(headers: &[String], fields: &[Field]) -> Vec<(Match, usize, usize)> {
    let mut found = Vec::new();
    for (column, header) in headers.iter().enumerate() {
        for (index, field) in fields.iter().enumerate() {
            if let Some((how, likeness)) = fit(header, field) {
                found.push((how, likeness, column, index));
            }
        }
    }
    found.sort_by(|a, b| a.0.cmp(&b.0).then(b.1.total_cmp(&a.1)));
    found
        .into_iter()
        .map(|(how, _, column, field)| (how, column, field))
        .collect()
}

fn fit(header: &str, field: &Field) -> Option<(Match, f64)> {
    if header == field.key {
        return Some((Match::Exact, 1.0));
    }
    let name = plain(header);
    if name == plain(&field.key) {
        return Some((Match::SameName, 1.0));
    }
    let synonyms: Vec<String> = field.synonyms.iter().map(|name| plain(name)).collect();
    if synonyms.contains(&name) {
        return Some((Match::Synonym, 1.0));
    }
    let likeness = synonyms
        .iter()
        .chain([&plain(&field.key)])
        .map(|other| likeness(&name, other))
        .fold(0.0, f64::max);
    (likeness >= ALIKE).then_some((Match::Similar, likeness))
}

/// Share of letter pairs in common (Dice's coefficient).
fn likeness(a: &str, b: &str) -> f64 {
    let pairs =
        |text: &str| -> Vec<(char, char)> { text.chars().zip(text.chars().skip(1)).collect() };
    let (a, mut b) = (pairs(a), pairs(b));
    let total = a.len() + b.len();
    if total == 0 {
        return 0.0;
    }
    let mut common = 0;
    for pair in a {
        if let Some(at) = b.iter().position(|other| *other == pair) {
            b.swap_remove(at);
            common += 1;
        }
    }
    2.0 * f64::from(common) / total as f64
}

fn rest<'a>(sample: impl Iterator<Item = &'a str>) -> Use {
    let mut kinds = BTreeSet::new();
    for text in sample {
        let text = text.trim();
        if !is_missing(text) && kinds.insert(text) && kinds.len() > KINDS {
            return Use::Ignore;
        }
    }
    let style = NumberStyle::default();
    if kinds.iter().all(|text| style.read(text).is_ok()) {
        Use::Ignore
    } else {
        Use::Dimension
    }
}
