//! How much of a contribution falls into a month or any other stretch of days.
//!
//! By day `d` of a period of `n` days, `floor(total × d / n)` has been given. A stretch gets the difference between its two
//! ends, so that the stretches of a period always add up to its total, whatever they are.

use chrono::{Datelike, Months, NaiveDate};

use crate::contribution::Contribution;
use crate::contribution::store::hundredths;
use crate::days;

/// What falls into one month or stretch.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) struct Part {
    /// First day of the month.
    pub month: NaiveDate,
    /// Hundredths of hours.
    pub hours: i64,
    /// Minor units.
    pub value_minor: i64,
}

/// The part of a contribution between two days, both included.
pub(crate) fn within(c: &Contribution, from: NaiveDate, until: NaiveDate) -> Part {
    let (start, last) = (
        days::chrono(c.content.period.start()),
        days::chrono(c.content.period.last_day()),
    );
    let length = (last - start).num_days() + 1;
    let before = (from.max(start) - start).num_days();
    let through = (until.min(last) - start).num_days() + 1;
    let given = |total: i64| match before < through {
        true => up_to(total, through, length) - up_to(total, before, length),
        false => 0,
    };
    Part {
        month: first_of_month(from.max(start)),
        hours: given(hundredths(&c.content.hours)),
        value_minor: given(c.content.value.minor),
    }
}

/// The parts of a contribution by month, for the months between two days.
pub(crate) fn parts(c: &Contribution, from: NaiveDate, until: NaiveDate) -> Vec<Part> {
    let from = from.max(days::chrono(c.content.period.start()));
    let until = until.min(days::chrono(c.content.period.last_day()));
    let mut parts = Vec::new();
    let mut month = first_of_month(from);
    while month <= until {
        // Years beyond what the calendar knows do not occur in periods; then the walk ends here.
        let Some(next) = month.checked_add_months(Months::new(1)) else {
            break;
        };
        let last = next.pred_opt().unwrap_or(next);
        parts.push(within(c, from.max(month), until.min(last)));
        month = next;
    }
    parts
}

pub(crate) fn first_of_month(day: NaiveDate) -> NaiveDate {
    day.with_day(1).unwrap_or(day)
}

fn up_to(total: i64, days: i64, length: i64) -> i64 {
    let exact = i128::from(total) * i128::from(days) / i128::from(length.max(1));
    // Not larger than the total, which is an i64.
    i64::try_from(exact).unwrap_or(total)
}
