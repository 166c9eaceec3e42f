use std::collections::HashMap;

use super::{Mapping, Use, plain};

/// Why a stored mapping does not fit a file.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum MappingError {
    /// Columns that the mapping uses are not in the file.
    #[error("the file lacks columns that the mapping uses: {}; rename them or map the file anew", .0.join(", "))]
    MissingColumns(Vec<String>),
    /// Two columns fill one field.
    #[error("two columns fill the field “{0}”; keep one of them")]
    FieldTwice(String),
    /// Columns are headed by periods, but which fields they fill is not said.
    #[error("columns are headed by periods, but it is not said which fields they fill")]
    WideUnsaid,
}

/// A mapping whose columns have been found in a file.
#[derive(Debug, Clone)]
pub struct Bound {
    fields: Vec<(String, usize)>,
    dimensions: Vec<(String, usize)>,
    wide: Option<BoundWide>,
    new_columns: Vec<String>,
}

#[derive(Debug, Clone)]
struct BoundWide {
    /// Keys of the two fields.
    period: String,
    value: String,
    /// Headers, which are periods, and their places.
    columns: Vec<(String, usize)>,
}

/// What one row, or one period of one row, says.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Entry<'a> {
    fields: Vec<(&'a str, &'a str)>,
    dimensions: Vec<(&'a str, &'a str)>,
}

impl<'a> Entry<'a> {
    /// The text for a field, blanks around it removed; `None` when no column fills it.
    pub fn get(&self, field: &str) -> Option<&'a str> {
        self.fields
            .iter()
            .find(|(key, _)| *key == field)
            .map(|(_, text)| *text)
    }

    /// Header and text of each dimension that is not blank in this row.
    pub fn dimensions(&self) -> impl Iterator<Item = (&'a str, &'a str)> {
        self.dimensions
            .iter()
            .copied()
            .filter(|(_, text)| !text.is_empty())
    }
}

impl Mapping {
    /// Finds the mapping's columns in a file, in any order, without regard to case.
    ///
    /// # Errors
    /// When the file lacks columns that are not ignored, or the mapping contradicts itself.
    pub fn bind(&self, headers: &[String]) -> Result<Bound, MappingError> {
        let places: HashMap<String, usize> = headers
            .iter()
            .enumerate()
            .map(|(i, header)| (plain(header), i))
            .collect();
        let mut bound = Bound {
            fields: Vec::new(),
            dimensions: Vec::new(),
            wide: None,
            new_columns: Vec::new(),
        };
        let mut missing = Vec::new();
        let mut periods = Vec::new();
        for column in &self.columns {
            let place = places.get(&plain(&column.header)).copied();
            let header = column.header.clone();
            match (&column.used, place) {
                (Use::Ignore, _) => {}
                (_, None) => missing.push(header),
                (Use::Dimension, Some(at)) => bound.dimensions.push((header, at)),
                (Use::PeriodColumn, Some(at)) => periods.push((header, at)),
                (Use::Field { field }, Some(at)) => {
                    if bound.fields.iter().any(|(key, _)| key == field) {
                        return Err(MappingError::FieldTwice(field.clone()));
                    }
                    bound.fields.push((field.clone(), at));
                }
            }
        }
        if !missing.is_empty() {
            return Err(MappingError::MissingColumns(missing));
        }
        if !periods.is_empty() {
            let wide = self.wide.as_ref().ok_or(MappingError::WideUnsaid)?;
            bound.wide = Some(BoundWide {
                period: wide.period.clone(),
                value: wide.value.clone(),
                columns: periods,
            });
        }
        bound.new_columns = headers
            .iter()
            .filter(|header| {
                !self
                    .columns
                    .iter()
                    .any(|c| plain(&c.header) == plain(header))
            })
            .cloned()
            .collect();
        Ok(bound)
    }
}

impl Bound {
    /// Columns of this file that the mapping does not know; they are not read.
    pub fn new_columns(&self) -> &[String] {
        &self.new_columns
    }

    /// Headers of the columns that are headed by periods.
    pub fn period_columns(&self) -> impl Iterator<Item = &str> {
        self.wide
            .iter()
            .flat_map(|wide| &wide.columns)
            .map(|(header, _)| header.as_str())
    }

    /// What a row says: one entry, or one for each period of a wide table, blank cells included.
    /// `cell` gives the row's text in a column.
    pub fn entries<'a>(&'a self, cell: impl Fn(usize) -> Option<&'a str>) -> Vec<Entry<'a>> {
        let text = |at: usize| cell(at).unwrap_or("").trim();
        let pick = |columns: &'a [(String, usize)]| -> Vec<(&'a str, &'a str)> {
            columns
                .iter()
                .map(|(key, at)| (key.as_str(), text(*at)))
                .collect()
        };
        let entry = Entry {
            fields: pick(&self.fields),
            dimensions: pick(&self.dimensions),
        };
        let Some(wide) = &self.wide else {
            return vec![entry];
        };
        wide.columns
            .iter()
            .map(|(header, at)| {
                let mut entry = entry.clone();
                entry.fields.push((&wide.period, header));
                entry.fields.push((&wide.value, text(*at)));
                entry
            })
            .collect()
    }
}
