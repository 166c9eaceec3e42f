//! The stretch of time that a figure is about: a day, a week, a month, … or a span of years.

mod column;
mod read;
#[cfg(test)]
mod tests;
mod text;

use std::cmp::Ordering;

use jiff::{
    ToSpan,
    civil::{Date, ISOWeekDate, Weekday},
};
use serde::{Deserialize, Serialize};

pub use column::{DayOrder, PairMeaning, PeriodNote, Reading};
pub use text::PeriodError;

/// First and last year that a period may touch; outside of it a date is a typing mistake.
const YEARS: std::ops::RangeInclusive<i16> = 1000..=8999;

/// A stretch of whole days. Two periods are equal exactly when they cover the same days, because
/// whatever starts and ends with a month is kept as months.
///
/// Its text form ([`std::fmt::Display`], [`std::str::FromStr`], serde) is canonical: `2020-01-15`,
/// `2020-W05`, `2020-01`, `2020-Q1`, `2020-H1`, `2020`, `2018/2020` (first to last year),
/// `2018-04/2019-03` (first to last month), `2020-01-15/2020-01-20` (first to last day). What
/// people write in many ways is read by [`Reading::read`].
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct Period {
    start: Date,
    length: Length,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
enum Length {
    Days(i32),
    Months(i32),
}

/// What kind of stretch a period is; figures of different kinds are not compared.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Frequency {
    /// One calendar day.
    Day,
    /// Monday to Sunday, numbered as ISO 8601 does.
    Week,
    /// One calendar month.
    Month,
    /// Three months from January, April, July or October.
    Quarter,
    /// Six months from January or July.
    HalfYear,
    /// A calendar year.
    Year,
    /// Twelve months from another month than January: a fiscal or school year.
    FiscalYear,
    /// Anything else, such as three years taken together.
    Span,
}

impl Period {
    /// One calendar day.
    ///
    /// # Errors
    /// When the date is outside the years 1000 to 8999; so for all constructors.
    pub fn day(date: Date) -> Result<Self, PeriodError> {
        Self::new(date, Length::Days(1))
    }

    /// An ISO week; `year` is the ISO week year.
    ///
    /// # Errors
    /// When the year has no such week.
    pub fn week(year: i16, week: i8) -> Result<Self, PeriodError> {
        let monday = ISOWeekDate::new(year, week, Weekday::Monday)
            .map_err(|_| PeriodError::NoSuchWeek { year, week })?;
        Self::new(monday.date(), Length::Days(7))
    }

    /// A calendar month, 1 to 12.
    ///
    /// # Errors
    /// When there is no such month.
    pub fn month(year: i16, month: i8) -> Result<Self, PeriodError> {
        Self::months(year, month, 1)
    }

    /// `count` months from the first of `month` on.
    ///
    /// # Errors
    /// When there is no such month.
    pub fn months(year: i16, month: i8, count: i32) -> Result<Self, PeriodError> {
        if !(1..=12).contains(&month) {
            return Err(PeriodError::NoSuchMonth(month.into()));
        }
        let start = Date::new(year, month, 1).map_err(|_| PeriodError::OutOfRange)?;
        Self::new(start, Length::Months(count))
    }

    /// A calendar quarter, 1 to 4.
    ///
    /// # Errors
    /// When there is no such quarter.
    pub fn quarter(year: i16, quarter: i8) -> Result<Self, PeriodError> {
        if !(1..=4).contains(&quarter) {
            return Err(PeriodError::NoSuchQuarter(quarter.into()));
        }
        Self::months(year, quarter * 3 - 2, 3)
    }

    /// Half a calendar year, 1 or 2.
    ///
    /// # Errors
    /// When there is no such half.
    pub fn half_year(year: i16, half: i8) -> Result<Self, PeriodError> {
        if !(1..=2).contains(&half) {
            return Err(PeriodError::NoSuchHalf(half.into()));
        }
        Self::months(year, half * 6 - 5, 6)
    }

    /// A calendar year.
    ///
    /// # Errors
    /// When the year is outside 1000 to 8999.
    pub fn year(year: i16) -> Result<Self, PeriodError> {
        Self::months(year, 1, 12)
    }

    /// The twelve months that begin with `first_month` of `year`.
    ///
    /// # Errors
    /// When there is no such month.
    pub fn fiscal_year(year: i16, first_month: i8) -> Result<Self, PeriodError> {
        Self::months(year, first_month, 12)
    }

    /// Calendar years taken together, both ends included.
    ///
    /// # Errors
    /// When `last` is before `first`.
    pub fn years(first: i16, last: i16) -> Result<Self, PeriodError> {
        if last < first {
            return Err(PeriodError::EndsBeforeStart);
        }
        Self::months(first, 1, (i32::from(last) - i32::from(first) + 1) * 12)
    }

    /// From `start` (inclusive) to `end` (exclusive).
    ///
    /// # Errors
    /// When it would be empty.
    pub fn between(start: Date, end: Date) -> Result<Self, PeriodError> {
        if end <= start {
            return Err(PeriodError::EndsBeforeStart);
        }
        let days = start
            .until(end)
            .map_err(|_| PeriodError::OutOfRange)?
            .get_days();
        Self::new(start, Length::Days(days))
    }

    /// From the first day of `self` to the last day of `last`.
    ///
    /// # Errors
    /// When `last` ends before `self` starts.
    pub fn through(self, last: Self) -> Result<Self, PeriodError> {
        Self::between(self.start, last.end())
    }

    /// The calendar period of the given kind that contains the date; `None` for
    /// [`Frequency::FiscalYear`] and [`Frequency::Span`], which have no calendar of their own.
    pub fn containing(date: Date, frequency: Frequency) -> Option<Self> {
        let (year, month) = (date.year(), date.month());
        let found = match frequency {
            Frequency::Day => Self::day(date),
            Frequency::Week => {
                let week = date.iso_week_date();
                Self::week(week.year(), week.week())
            }
            Frequency::Month => Self::month(year, month),
            Frequency::Quarter => Self::quarter(year, (month + 2) / 3),
            Frequency::HalfYear => Self::half_year(year, (month + 5) / 6),
            Frequency::Year => Self::year(year),
            Frequency::FiscalYear | Frequency::Span => return None,
        };
        found.ok()
    }

    /// The only way to make one: in range, and months wherever months are whole.
    fn new(start: Date, length: Length) -> Result<Self, PeriodError> {
        let mut period = Self { start, length };
        let end = period.checked_end().ok_or(PeriodError::OutOfRange)?;
        if !YEARS.contains(&start.year()) || !YEARS.contains(&end.year()) {
            return Err(PeriodError::OutOfRange);
        }
        if start.day() == 1 && end.day() == 1 {
            let years = i32::from(end.year()) - i32::from(start.year());
            let months = years * 12 + i32::from(end.month()) - i32::from(start.month());
            period.length = Length::Months(months);
        }
        Ok(period)
    }

    fn checked_end(&self) -> Option<Date> {
        match self.length {
            Length::Days(days) => self.start.checked_add(days.days()),
            Length::Months(months) => self.start.checked_add(months.months()),
        }
        .ok()
    }

    /// First day.
    pub fn start(&self) -> Date {
        self.start
    }

    /// The day after the last one.
    pub fn end(&self) -> Date {
        // Every period was made by `new`, which has checked that this date exists.
        self.checked_end().unwrap_or(Date::MAX)
    }

    /// Last day.
    pub fn last_day(&self) -> Date {
        self.end().yesterday().unwrap_or(Date::MIN)
    }

    /// Number of days.
    pub fn days(&self) -> i32 {
        self.start
            .until(self.end())
            .map_or(0, |span| span.get_days())
    }

    /// What kind of stretch it is.
    pub fn frequency(&self) -> Frequency {
        let month = self.start.month();
        match self.length {
            Length::Days(1) => Frequency::Day,
            Length::Days(7) if self.start.weekday() == Weekday::Monday => Frequency::Week,
            Length::Months(1) => Frequency::Month,
            Length::Months(3) if month % 3 == 1 => Frequency::Quarter,
            Length::Months(6) if month % 6 == 1 => Frequency::HalfYear,
            Length::Months(12) if month == 1 => Frequency::Year,
            Length::Months(12) => Frequency::FiscalYear,
            Length::Days(_) | Length::Months(_) => Frequency::Span,
        }
    }

    /// The period of the same length that begins when this one ends; `None` past the year 8999.
    pub fn next(&self) -> Option<Self> {
        Self::new(self.end(), self.length).ok()
    }

    /// The period of the same length that ends when this one begins; `None` before the year 1000.
    pub fn previous(&self) -> Option<Self> {
        let start = match self.length {
            Length::Days(days) => self.start.checked_sub(days.days()),
            Length::Months(months) => self.start.checked_sub(months.months()),
        };
        Self::new(start.ok()?, self.length).ok()
    }

    /// Whether the day is one of its days.
    pub fn contains(&self, day: Date) -> bool {
        self.start <= day && day < self.end()
    }

    /// Whether all of the other's days are among its days.
    pub fn covers(&self, other: &Self) -> bool {
        self.start <= other.start && other.end() <= self.end()
    }

    /// Whether they have a day in common.
    pub fn overlaps(&self, other: &Self) -> bool {
        self.start < other.end() && other.start < self.end()
    }
}

impl Ord for Period {
    /// By start, then the shorter first.
    fn cmp(&self, other: &Self) -> Ordering {
        (self.start, self.end()).cmp(&(other.start, other.end()))
    }
}

impl PartialOrd for Period {
    fn partial_cmp(&self, other: &Self) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}
