//! The canonical text form, which is also what is stored.

use std::{fmt, str::FromStr};

use jiff::civil::Date;
use serde::{Deserialize, Deserializer, Serialize, Serializer, de};

use super::{Frequency, Length, Period};

/// Why a text is not a period. The text says what was expected; [`PeriodError::code`] finds its
/// translation.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum PeriodError {
    /// There is nothing to read.
    #[error(
        "there is no period; write one, such as 2020, 2020-Q1, 2020-01, 2020-W05 or 2020-01-15"
    )]
    Blank,
    /// No known way of writing a period.
    #[error(
        "“{0}” is not a period; write a year (2020), a quarter (2020-Q1), a month (2020-01), a week (2020-W05), a day (2020-01-15), a fiscal year (2019/20) or years (2018-2020)"
    )]
    Unknown(String),
    /// A year with letters behind it, as some series mark breaks or two events in a year.
    #[error(
        "“{0}” is a year with a mark; write the year alone, or the days that are meant (2020-01-15)"
    )]
    MarkedYear(String),
    /// Both numbers could be the day.
    #[error(
        "“{0}” may have the day or the month first; write it as year-month-day, or say which comes first"
    )]
    AmbiguousDay(String),
    /// A fiscal year that is named by a single year.
    #[error("“{0}” does not say where the fiscal year begins; write both years, such as 2019/20")]
    AmbiguousFiscalYear(String),
    /// Month number outside 1 to 12.
    #[error("there is no month {0}; months are 1 to 12")]
    NoSuchMonth(i32),
    /// Quarter number outside 1 to 4.
    #[error("there is no quarter {0}; quarters are 1 to 4")]
    NoSuchQuarter(i32),
    /// Half-year number other than 1 and 2.
    #[error("there is no half-year {0}; halves are 1 and 2")]
    NoSuchHalf(i32),
    /// The ISO year has only 52 weeks, or the number is outside 1 to 53.
    #[error("the year {year} has no week {week}")]
    NoSuchWeek {
        /// ISO week year.
        year: i16,
        /// Week number.
        week: i8,
    },
    /// A day that the calendar does not have.
    #[error("“{0}” is not a day of the calendar")]
    NoSuchDay(String),
    /// The second part is before the first.
    #[error("the period ends before it starts")]
    EndsBeforeStart,
    /// Outside the years that can be worked with.
    #[error("the year must be between 1000 and 8999")]
    OutOfRange,
}

impl PeriodError {
    /// A stable name for API answers and the message catalogue.
    pub fn code(&self) -> &'static str {
        match self {
            Self::Blank => "period-blank",
            Self::Unknown(_) => "period-unknown",
            Self::MarkedYear(_) => "period-marked-year",
            Self::AmbiguousDay(_) => "period-ambiguous-day",
            Self::AmbiguousFiscalYear(_) => "period-ambiguous-fiscal-year",
            Self::NoSuchMonth(_) => "period-no-such-month",
            Self::NoSuchQuarter(_) => "period-no-such-quarter",
            Self::NoSuchHalf(_) => "period-no-such-half",
            Self::NoSuchWeek { .. } => "period-no-such-week",
            Self::NoSuchDay(_) => "period-no-such-day",
            Self::EndsBeforeStart => "period-ends-before-start",
            Self::OutOfRange => "period-out-of-range",
        }
    }

    /// The text or number that the message is about, for translation.
    pub fn subject(&self) -> Option<String> {
        match self {
            Self::Unknown(text)
            | Self::MarkedYear(text)
            | Self::AmbiguousDay(text)
            | Self::AmbiguousFiscalYear(text)
            | Self::NoSuchDay(text) => Some(text.clone()),
            Self::NoSuchMonth(n) | Self::NoSuchQuarter(n) | Self::NoSuchHalf(n) => {
                Some(n.to_string())
            }
            Self::NoSuchWeek { year, week } => Some(format!("{year}-W{week:02}")),
            Self::Blank | Self::EndsBeforeStart | Self::OutOfRange => None,
        }
    }
}

impl fmt::Display for Period {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let start = self.start();
        let last = self.last_day();
        let (year, month) = (start.year(), start.month());
        match self.frequency() {
            Frequency::Day => write!(f, "{start}"),
            Frequency::Week => {
                let week = start.iso_week_date();
                write!(f, "{:04}-W{:02}", week.year(), week.week())
            }
            Frequency::Month => write!(f, "{year:04}-{month:02}"),
            Frequency::Quarter => write!(f, "{year:04}-Q{}", (month + 2) / 3),
            Frequency::HalfYear => write!(f, "{year:04}-H{}", (month + 5) / 6),
            Frequency::Year => write!(f, "{year:04}"),
            Frequency::FiscalYear | Frequency::Span => match self.length {
                // Two years together are written in months: 2018/2019 is how people write a
                // fiscal year, and no text may mean two things.
                Length::Months(n) if month == 1 && n % 12 == 0 && n > 24 => {
                    write!(f, "{year:04}/{:04}", last.year())
                }
                Length::Months(_) => {
                    let (last_year, last_month) = (last.year(), last.month());
                    write!(f, "{year:04}-{month:02}/{last_year:04}-{last_month:02}")
                }
                Length::Days(_) => write!(f, "{start}/{last}"),
            },
        }
    }
}

impl FromStr for Period {
    type Err = PeriodError;

    /// Reads the canonical form only, so that equal periods have equal texts.
    fn from_str(text: &str) -> Result<Self, PeriodError> {
        let unknown = || PeriodError::Unknown(text.to_owned());
        let period = match text.split_once('/') {
            Some((first, last)) => atom(first)
                .ok_or_else(unknown)?
                .through(atom(last).ok_or_else(unknown)?)?,
            None => atom(text).ok_or_else(unknown)?,
        };
        if period.to_string() == text {
            Ok(period)
        } else {
            Err(unknown())
        }
    }
}

/// `2020`, `2020-01`, `2020-Q1`, `2020-H1`, `2020-W05` or `2020-01-15`.
fn atom(text: &str) -> Option<Period> {
    let year: i16 = text.get(..4)?.parse().ok()?;
    let rest = &text[4..];
    let number = |skip: usize| rest.get(skip..)?.parse::<i8>().ok();
    match (rest.len(), rest.get(..2)) {
        (0, _) => Period::year(year).ok(),
        (3, Some("-Q")) => Period::quarter(year, number(2)?).ok(),
        (3, Some("-H")) => Period::half_year(year, number(2)?).ok(),
        (4, Some("-W")) => Period::week(year, number(2)?).ok(),
        (3, _) => Period::month(year, number(1)?).ok(),
        (6, _) => Period::day(text.parse::<Date>().ok()?).ok(),
        _ => None,
    }
}

impl Serialize for Period {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}

impl<'de> Deserialize<'de> for Period {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        String::deserialize(deserializer)?
            .parse()
            .map_err(de::Error::custom)
    }
}
