//! Which column of a file goes into which field, proposed for a person to correct, stored, and
//! applied to this file and the next one like it.

mod apply;
mod propose;
#[cfg(test)]
mod tests;

use serde::{Deserialize, Serialize};

pub use apply::{Bound, Entry, MappingError};
pub use propose::{Match, Proposal, propose};

/// A field that a file can fill.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Field {
    /// Its name in code and in stored mappings.
    pub key: String,
    /// Other names that people give such a column, in any language; the key is one by itself.
    pub synonyms: Vec<String>,
    /// Whether nothing can be imported without it.
    pub required: bool,
}

impl Field {
    /// A field that must be there.
    pub fn required(key: &str, synonyms: &[&str]) -> Self {
        Self {
            key: key.to_owned(),
            synonyms: synonyms.iter().map(|name| (*name).to_owned()).collect(),
            required: true,
        }
    }

    /// A field that may be missing.
    pub fn optional(key: &str, synonyms: &[&str]) -> Self {
        Self {
            required: false,
            ..Self::required(key, synonyms)
        }
    }
}

/// What is done with a column.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "use", rename_all = "snake_case")]
pub enum Use {
    /// Its texts fill a field.
    Field {
        /// Key of the field.
        field: String,
    },
    /// It says which part of the whole a row is about, such as sex or region.
    Dimension,
    /// Its header is a period and its texts are values: see [`Mapping::wide`].
    PeriodColumn,
    /// Nothing.
    Ignore,
}

/// One column and what is done with it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Column {
    /// Header in the file.
    pub header: String,
    /// What is done with it.
    #[serde(flatten)]
    pub used: Use,
}

/// Fields that a table with one column for each period fills.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Wide {
    /// Field that gets the column's header.
    pub period: String,
    /// Field that gets the cell.
    pub value: String,
}

/// All columns of a file. It can be stored and applied to later files with the same columns, in
/// any order.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct Mapping {
    /// Columns in the order of the file it was made from.
    pub columns: Vec<Column>,
    /// Set when some columns are [`Use::PeriodColumn`]: a row then gives one entry for each.
    #[serde(default)]
    pub wide: Option<Wide>,
}

/// A name without case, accents of punctuation, and doubled spaces, for comparison.
fn plain(name: &str) -> String {
    let mut plain = String::with_capacity(name.len());
    for c in name.chars().flat_map(char::to_lowercase) {
        if c.is_alphanumeric() {
            plain.push(c);
        } else if !plain.ends_with(' ') && !plain.is_empty() {
            plain.push(' ');
        }
    }
    plain.trim_end().to_owned()
}
