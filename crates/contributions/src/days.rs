//! Dates between the calendar library and the database, which speak different types.

use chrono::{Datelike, NaiveDate};
use jiff::civil::Date;

/// A date for the database.
pub(crate) fn chrono(date: Date) -> NaiveDate {
    // Every date of one calendar is a date of the other within the years that periods may touch.
    NaiveDate::from_ymd_opt(date.year().into(), date.month() as u32, date.day() as u32)
        .unwrap_or_default()
}

/// A date from the database.
pub(crate) fn jiff(date: NaiveDate) -> Date {
    let year = i16::try_from(date.year()).unwrap_or(i16::MAX);
    // Months and days are within 31, so they fit.
    Date::new(year, date.month() as i8, date.day() as i8).unwrap_or(Date::MAX)
}
