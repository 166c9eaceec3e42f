use backbone_ingest::period::Period;
use jiff::civil::Date;
use serde::Serialize;
use utoipa::ToSchema;

/// Whether the latest figure is up to date.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, ToSchema)]
#[schema(as = MetricFreshness)]
pub struct Freshness {
    /// The day by which the next figure is expected.
    #[schema(value_type = String, format = Date)]
    pub due: Date,
    /// Days past it; 0 when it is not late.
    pub days_late: i32,
}

impl Freshness {
    /// Whether a figure is missing.
    pub fn is_stale(&self) -> bool {
        self.days_late > 0
    }
}

/// The next figure is that of `next`, and is due when that period has ended and the days of grace are over.
pub fn freshness(next: &Period, grace_days: u16, today: Date) -> Freshness {
    let due = next
        .last_day()
        .checked_add(jiff::Span::new().days(grace_days))
        .unwrap_or(Date::MAX);
    let late = due.until(today).map_or(0, |span| span.get_days());
    Freshness {
        due,
        days_late: late.max(0),
    }
}
