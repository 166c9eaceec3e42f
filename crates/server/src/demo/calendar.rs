//! The 18 months that the demo looks back on, and moments in them.

use backbone_db::Instant;
use jiff::ToSpan;
use jiff::civil::Date;

/// Months that the demo looks back on.
pub const MONTHS: u32 = 18;

/// The calendar of the demo: the last full month before today, and those before it.
pub struct Calendar {
    first: Date,
    now: Instant,
}

impl Calendar {
    pub fn before(now: Instant) -> Self {
        let today = now.date_in(&jiff::tz::TimeZone::UTC);
        let first = today
            .first_of_month()
            .saturating_sub(i64::from(MONTHS).months());
        Self { first, now }
    }

    /// First day of a month, 0 being the first of the 18.
    pub fn month(&self, index: u32) -> Date {
        self.first.saturating_add(i64::from(index).months())
    }

    /// First and last day of twelve months up to two months ago: what came later is still being verified.
    pub fn verified_year(&self) -> (Date, Date) {
        let end = self.month(MONTHS - 2);
        (self.month(MONTHS - 14), end.yesterday().unwrap_or(end))
    }

    /// A moment in office hours some days after a day, but never after now.
    pub fn moment(&self, day: Date, days_later: i64, minute: u64) -> Instant {
        let at = day.saturating_add(days_later.days()).at(8, 0, 0, 0);
        let at = jiff::tz::TimeZone::UTC
            .to_timestamp(at)
            .map_or(self.now, Instant::from_jiff);
        at.plus_seconds(minute as i64 * 60).min(self.now)
    }
}

/// `2026-10`.
pub fn month_text(first: Date) -> String {
    format!("{:04}-{:02}", first.year(), first.month())
}

/// `2026-Q4`.
pub fn quarter_text(first: Date) -> String {
    format!("{:04}-Q{}", first.year(), (first.month() - 1) / 3 + 1)
}
