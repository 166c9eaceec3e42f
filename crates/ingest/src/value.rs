//! Numbers as people and spreadsheets write them, read into exact decimals.

mod column;
mod read;
#[cfg(test)]
mod tests;

use std::fmt;

use rust_decimal::Decimal;
use serde::{Deserialize, Serialize};

/// The sign between units and fractions.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Mark {
    /// `1,234.56`
    Point,
    /// `1.234,56`
    Comma,
}

impl Mark {
    fn sign(self) -> char {
        match self {
            Self::Point => '.',
            Self::Comma => ',',
        }
    }
}

/// How the numbers of one column are written; see [`NumberStyle::for_column`].
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct NumberStyle {
    /// Decides about `1,234` and `1.234`. `None` where the column contradicts itself: then only
    /// what can be read in one way is read.
    pub decimal: Option<Mark>,
}

impl Default for NumberStyle {
    fn default() -> Self {
        Self {
            decimal: Some(Mark::Point),
        }
    }
}

/// A number with what was written around it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Number {
    /// Exactly what was written; `12 %` is 12, not 0.12.
    pub value: Decimal,
    /// Whether a percent sign was there.
    pub percent: bool,
    /// Currency that was there: an ISO code, or `$` and `kr`, which several currencies share.
    pub currency: Option<String>,
}

/// Why a text is not a number. The text says what to do; [`NumberError::code`] finds its
/// translation.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum NumberError {
    /// No number in it.
    #[error(
        "“{0}” is not a number; write digits, such as 1234.5, or leave the cell empty when there is no figure"
    )]
    NotANumber(String),
    /// It starts like a formula, which is never worked out here.
    #[error("“{0}” is a formula; replace it by its result")]
    Formula(String),
    /// The spreadsheet program could not work it out.
    #[error("“{0}” is an error from a spreadsheet; correct the formula, or leave the cell empty")]
    SpreadsheetError(String),
    /// Thousands or fraction, and the column does not tell.
    #[error("“{0}” could have thousands or a fraction; write it without a sign for thousands")]
    Ambiguous(String),
    /// Signs for thousands that are not three digits apart, or signs in a wrong order.
    #[error(
        "the signs in “{0}” do not divide it into thousands; write it without a sign for thousands"
    )]
    BadGroups(String),
    /// More digits than can be kept exactly.
    #[error("“{0}” has more than 28 digits; round it")]
    TooLong(String),
}

impl NumberError {
    /// A stable name for API answers and the message catalogue.
    pub fn code(&self) -> &'static str {
        match self {
            Self::NotANumber(_) => "number-not-a-number",
            Self::Formula(_) => "number-formula",
            Self::SpreadsheetError(_) => "number-spreadsheet-error",
            Self::Ambiguous(_) => "number-ambiguous",
            Self::BadGroups(_) => "number-bad-groups",
            Self::TooLong(_) => "number-too-long",
        }
    }

    /// The text that the message is about, for translation.
    pub fn subject(&self) -> &str {
        match self {
            Self::NotANumber(text)
            | Self::Formula(text)
            | Self::SpreadsheetError(text)
            | Self::Ambiguous(text)
            | Self::BadGroups(text)
            | Self::TooLong(text) => text,
        }
    }
}

/// What a column told about its numbers; shown to the person who imports.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "code", rename_all = "kebab-case")]
pub enum NumberNote {
    /// The decimal comma was recognised.
    DecimalComma {
        /// The value that shows it.
        example: String,
    },
    /// Nothing in the column tells thousands from fractions; a habit decided.
    Assumed {
        /// A value that could be read in two ways.
        example: String,
        /// How it is read.
        read_as: String,
    },
    /// Some values have a decimal comma, others a decimal point.
    Mixed {
        /// A value with a decimal point.
        point: String,
        /// A value with a decimal comma.
        comma: String,
    },
}

impl fmt::Display for NumberNote {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::DecimalComma { example } => write!(
                f,
                "Numbers are read with a decimal comma, because of “{example}”."
            ),
            Self::Assumed { example, read_as } => write!(
                f,
                "“{example}” could have thousands or a fraction; it is read as {read_as}."
            ),
            Self::Mixed { point, comma } => write!(
                f,
                "“{point}” has a decimal point and “{comma}” a decimal comma; numbers that could be either are reported."
            ),
        }
    }
}

/// Texts that stand for "no figure", compared without regard to case.
///
/// Dashes and dots as statistical tables use them, `:` and `x` of Eurostat and Statistics
/// Netherlands, and the words that spreadsheets and programs leave.
pub const MISSING: &[&str] = &[
    "", "-", "--", "---", "–", "—", "−", ".", "..", "...", "…", ":", "x", "*", "n/a", "na", "n.a.",
    "#n/a", "nan", "null", "none", "nil", "nb", "n.b.", "nvt", "n.v.t.", "unknown", "onbekend",
];

/// Whether the text stands for "no figure".
pub fn is_missing(text: &str) -> bool {
    let text = text.trim();
    MISSING
        .iter()
        .any(|marker| marker.eq_ignore_ascii_case(text))
}
