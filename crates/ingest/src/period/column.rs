//! What one value cannot say alone, its column can: which comes first, day or month; and whether
//! `2010-12` is a month or three years.

use std::fmt;

use serde::{Deserialize, Serialize};

use super::{Period, PeriodError};

/// Which of the first two numbers of a date is the day.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum DayOrder {
    /// `31/01/2020`
    DayFirst,
    /// `01/31/2020`
    MonthFirst,
}

/// What `2010-12` means.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum PairMeaning {
    /// Year and month, as in ISO 8601.
    #[default]
    Month,
    /// First and last year, as in many statistical tables.
    Years,
}

/// How the texts of one column are to be read.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct Reading {
    /// For dates such as `03/04/2020`; without it they are reported as ambiguous.
    pub day_order: Option<DayOrder>,
    /// For texts such as `2010-12`.
    pub pairs: PairMeaning,
    /// Month in which the fiscal year begins (2 to 12), for `2018/19`.
    pub fiscal_year_start: i8,
    /// Month in which the school year begins, for `school year 2018/19`.
    pub school_year_start: i8,
}

impl Default for Reading {
    fn default() -> Self {
        Self {
            day_order: None,
            pairs: PairMeaning::Month,
            fiscal_year_start: 4,
            school_year_start: 9,
        }
    }
}

/// What a column told about itself; shown to the person who imports.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "code", rename_all = "kebab-case")]
pub enum PeriodNote {
    /// A value shows the order of day and month.
    DayOrder {
        /// The order found.
        order: DayOrder,
        /// The value that shows it.
        example: String,
    },
    /// Values show both orders, so that ambiguous ones cannot be read.
    MixedDayOrder {
        /// A value with the day first.
        day_first: String,
        /// A value with the month first.
        month_first: String,
    },
    /// Pairs are read as first and last year.
    YearPairs {
        /// The value that shows it.
        example: String,
    },
    /// Some pairs can only be years and some only months.
    MixedPairs {
        /// A pair that can only be years.
        years: String,
        /// A pair that can only be a month.
        month: String,
    },
}

impl fmt::Display for PeriodNote {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::DayOrder { order, example } => {
                let first = match order {
                    DayOrder::DayFirst => "day",
                    DayOrder::MonthFirst => "month",
                };
                write!(
                    f,
                    "Dates are read with the {first} first, because of “{example}”."
                )
            }
            Self::MixedDayOrder {
                day_first,
                month_first,
            } => write!(
                f,
                "Dates have the day first in “{day_first}” and the month first in “{month_first}”; those that could be either are reported."
            ),
            Self::YearPairs { example } => write!(
                f,
                "Pairs such as “{example}” are read as first and last year, not as year and month."
            ),
            Self::MixedPairs { years, month } => write!(
                f,
                "“{years}” can only be years and “{month}” only a month; pairs that could be either are read as months."
            ),
        }
    }
}

impl Reading {
    /// Reads one text, in any of the ways in which people write periods.
    ///
    /// # Errors
    /// Says what was expected; see [`PeriodError`].
    pub fn read(&self, text: &str) -> Result<Period, PeriodError> {
        super::read::read(text, self)
    }

    /// Settles from the column's values what `self` leaves open, and says so.
    pub fn for_column<'a>(
        mut self,
        values: impl IntoIterator<Item = &'a str>,
    ) -> (Self, Vec<PeriodNote>) {
        let mut seen = Seen::default();
        for value in values {
            seen.look_at(value);
        }
        let mut notes = Vec::new();
        match (seen.day_first, seen.month_first) {
            (Some(day_first), Some(month_first)) => {
                self.day_order = None;
                notes.push(PeriodNote::MixedDayOrder {
                    day_first,
                    month_first,
                });
            }
            (Some(example), None) => {
                let order = DayOrder::DayFirst;
                self.day_order = Some(order);
                notes.push(PeriodNote::DayOrder { order, example });
            }
            (None, Some(example)) => {
                let order = DayOrder::MonthFirst;
                self.day_order = Some(order);
                notes.push(PeriodNote::DayOrder { order, example });
            }
            (None, None) => {}
        }
        match (seen.years, seen.month) {
            (Some(years), Some(month)) => {
                self.pairs = PairMeaning::Month;
                notes.push(PeriodNote::MixedPairs { years, month });
            }
            (Some(example), None) => {
                self.pairs = PairMeaning::Years;
                notes.push(PeriodNote::YearPairs { example });
            }
            (None, _) => {}
        }
        (self, notes)
    }
}

/// The first value of each kind that allows only one meaning.
#[derive(Default)]
struct Seen {
    day_first: Option<String>,
    month_first: Option<String>,
    years: Option<String>,
    month: Option<String>,
}

impl Seen {
    fn look_at(&mut self, value: &str) {
        let value = value.trim();
        let mut parts = value.splitn(3, ['/', '-', '.']);
        let number = |part: Option<&str>| part.and_then(|p| p.parse::<i32>().ok());
        let (first, second) = (number(parts.next()), number(parts.next()));
        let (Some(first), Some(second)) = (first, second) else {
            return;
        };
        let keep = |slot: &mut Option<String>| {
            slot.get_or_insert_with(|| value.to_owned());
        };
        if parts.next().is_some() {
            match (first, second) {
                (13..=31, 1..=12) => keep(&mut self.day_first),
                (1..=12, 13..=31) => keep(&mut self.month_first),
                _ => {}
            }
        } else if value.len() == 7 && value.as_bytes()[4] == b'-' && first >= 1000 {
            // 1999-01 is a month or the years 1999–2001; 2018-20 can only be years, and what
            // would end before it starts can only be a month.
            let following = second - first % 100;
            match second {
                13.. => keep(&mut self.years),
                0 if first % 100 >= 90 => keep(&mut self.years),
                1..=12 if following < 0 && first % 100 < 80 => keep(&mut self.month),
                _ => {}
            }
        }
    }
}
