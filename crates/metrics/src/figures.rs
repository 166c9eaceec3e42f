//! Figures for others to bind to: a story, a value model, a receipt. Read from rollups, with a token that changes when the
//! measurements behind the figure do.

use backbone_db::{Conn, DbError, Dec};
use backbone_ingest::period::Period;
use rust_decimal::Decimal;
use serde::Serialize;
use utoipa::ToSchema;

use crate::judge::{self, freshness};
use crate::metric::{self, Direction, Kind, Metric, MetricId, Status, grain_word};
use crate::rollup::{self, Rollup};

/// A metric's figure of one period, with what is needed to show it, judge it and notice its change.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, ToSchema)]
#[schema(as = MetricFigure)]
pub struct Reading {
    /// Whose figure.
    pub metric_id: MetricId,
    /// The metric's name.
    pub name: String,
    /// The value, exact.
    pub value: Dec,
    /// What was divided, where it was.
    pub numerator: Option<Dec>,
    /// By what.
    pub denominator: Option<Dec>,
    /// The kind of number.
    pub kind: Kind,
    /// The unit; the currency for money.
    pub unit: String,
    /// Digits to show after the point.
    pub decimals: u32,
    /// Of when.
    #[schema(value_type = String)]
    pub period: Period,
    /// Whether the metric is in use.
    pub status: Status,
    /// Changes with every change of a measurement behind the figure, and with nothing else.
    pub version_token: String,
    /// Whether everything behind the figure is verified.
    pub verified: bool,
    /// Whether a later figure is overdue.
    pub stale: bool,
    /// Whether it may be shown outside the partnership.
    pub public: bool,
    /// How many measurements stand behind it.
    pub measurements: i64,
}

/// How a figure moved between two periods.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, ToSchema)]
#[schema(as = MetricMovement)]
pub struct Movement {
    /// The earlier figure.
    pub from: Reading,
    /// The later figure.
    pub to: Reading,
    /// Later minus earlier, in the metric's unit (percentage points for a percentage).
    pub difference: Dec,
    /// The difference over the earlier value, in percent; none when that is zero.
    pub percent: Option<Dec>,
}

/// A metric to choose from.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, ToSchema)]
#[schema(as = MetricChoice)]
pub struct Choice {
    /// The metric.
    pub metric_id: MetricId,
    /// Its name.
    pub name: String,
    /// Its unit.
    pub unit: String,
    /// Whether it may be shown outside the partnership.
    pub public: bool,
    /// Its latest figure.
    pub latest: Option<Reading>,
}

/// The latest figure of a metric, judged fresh or stale at `today`. `None` when there is no such metric or nothing was measured.
///
/// # Errors
/// Only those of the database.
pub fn latest(
    conn: &mut Conn,
    partnership: &str,
    metric: &MetricId,
    today: jiff::civil::Date,
) -> Result<Option<Reading>, DbError> {
    let Some(metric) = metric::store::find(conn, partnership, metric)? else {
        return Ok(None);
    };
    let row = series(conn, partnership, &metric, 1)?.pop();
    Ok(row.and_then(|row| of_row(&metric, &row, today)))
}

/// The figure of one period. Of a longer period than the metric is measured in, the figures within are combined as the metric
/// says, if they fill it without a gap. `None` when there is none.
///
/// # Errors
/// Only those of the database.
pub fn at(
    conn: &mut Conn,
    partnership: &str,
    metric: &MetricId,
    period: &Period,
    today: jiff::civil::Date,
) -> Result<Option<Reading>, DbError> {
    let Some(metric) = metric::store::find(conn, partnership, metric)? else {
        return Ok(None);
    };
    if let Some(row) = rollup::store::find(conn, partnership, &metric.id, period)?
        && let Some(reading) = of_row(&metric, &row, today)
    {
        return Ok(Some(reading));
    }
    let grain = grain_word(metric.definition.frequency.grain());
    let rows = rollup::store::within(conn, partnership, &metric.id, grain, period)?;
    let days: i32 = rows.iter().map(|row| row.period.days()).sum();
    if rows.len() < 2 || days != period.days() {
        return Ok(None);
    }
    Ok(combined(&metric, &rows, period, today))
}

/// How a metric moved from one period to another. `None` when either figure is missing.
///
/// # Errors
/// Only those of the database.
pub fn change(
    conn: &mut Conn,
    partnership: &str,
    metric: &MetricId,
    from: &Period,
    to: &Period,
    today: jiff::civil::Date,
) -> Result<Option<Movement>, DbError> {
    let before = at(conn, partnership, metric, from, today)?;
    let after = at(conn, partnership, metric, to, today)?;
    Ok(before.zip(after).map(|(from, to)| {
        let (a, b) = (from.value.get(), to.value.get());
        let percent = (b - a)
            .checked_mul(Decimal::ONE_HUNDRED)
            .and_then(|d| d.checked_div(a.abs()))
            .map(|p| Dec::new(p.round_dp(10)));
        Movement {
            difference: Dec::new(b - a),
            percent,
            from,
            to,
        }
    }))
}

/// How far the figure of a period (or the latest) has come from the metric's baseline, in the metric's unit: positive is better.
/// Where a range is good there is no better way, so it is later minus earlier. `None` without a baseline or a figure.
///
/// # Errors
/// Only those of the database.
pub fn since_baseline(
    conn: &mut Conn,
    partnership: &str,
    metric: &MetricId,
    period: Option<&Period>,
    today: jiff::civil::Date,
) -> Result<Option<(Reading, Dec)>, DbError> {
    let found = metric::store::find(conn, partnership, metric)?;
    let Some((baseline, direction)) =
        found.and_then(|m| Some((m.definition.baseline?, m.definition.direction)))
    else {
        return Ok(None);
    };
    let reading = match period {
        Some(period) => at(conn, partnership, metric, period, today)?,
        None => latest(conn, partnership, metric, today)?,
    };
    Ok(reading.and_then(|reading| {
        let moved = reading.value.get().checked_sub(baseline.value.get())?;
        let better = match direction {
            Direction::Down => -moved,
            Direction::Up | Direction::Range => moved,
        };
        Some((reading, Dec::new(better)))
    }))
}

/// Where a metric started.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Baseline {
    /// The value, exact.
    pub value: Dec,
    /// Of when.
    pub period: Period,
    /// The kind of number.
    pub kind: Kind,
    /// The unit; the currency for money.
    pub unit: String,
    /// Whether it may be shown outside the partnership.
    pub public: bool,
}

/// A metric's baseline. `None` when there is no such metric, or it has none.
///
/// # Errors
/// Only those of the database.
pub fn baseline(
    conn: &mut Conn,
    partnership: &str,
    metric: &MetricId,
) -> Result<Option<Baseline>, DbError> {
    let found = metric::store::find(conn, partnership, metric)?;
    Ok(found.and_then(|m| {
        let from = m.definition.baseline?;
        Some(Baseline {
            value: from.value,
            period: from.period,
            kind: m.definition.kind,
            unit: m.definition.unit,
            public: m.public,
        })
    }))
}

/// Periods ahead of what was measured that a chart shows, on the way to the last target.
const AHEAD: usize = 4;

/// The target's path of a metric through periods that follow each other, and through a few more towards its last target. The
/// periods themselves without values when the metric has no target; empty when it is gone.
///
/// # Errors
/// Only those of the database.
pub fn path(
    conn: &mut Conn,
    partnership: &str,
    metric: &MetricId,
    periods: &[Period],
) -> Result<Vec<(Period, Option<Dec>)>, DbError> {
    let Some(metric) = metric::store::find(conn, partnership, metric)? else {
        return Ok(Vec::new());
    };
    Ok(along(&metric.definition, periods))
}

fn along(definition: &metric::Definition, periods: &[Period]) -> Vec<(Period, Option<Dec>)> {
    let mut all = periods.to_vec();
    let end = definition.targets.iter().map(|t| t.period.last_day()).max();
    while let (Some(last), Some(end)) = (all.last(), end)
        && last.last_day() < end
        && all.len() < periods.len() + AHEAD
    {
        let Some(next) = last.next() else { break };
        all.push(next);
    }
    all.into_iter()
        .map(|period| (period, judge::expected(definition, &period).map(Dec::new)))
        .collect()
}

/// The metrics in use with their latest figures, by name, at most 500.
///
/// # Errors
/// Only those of the database.
pub fn list_for_picker(
    conn: &mut Conn,
    partnership: &str,
    today: jiff::civil::Date,
) -> Result<Vec<Choice>, DbError> {
    let mut metrics =
        metric::store::list(conn, partnership, false, Some(Status::Active), None, 500)?;
    metrics.sort_by_key(|metric| metric.name.to_lowercase());
    let mut choices = Vec::with_capacity(metrics.len());
    for metric in metrics {
        let row = series(conn, partnership, &metric, 1)?.pop();
        choices.push(Choice {
            latest: row.and_then(|row| of_row(&metric, &row, today)),
            metric_id: metric.id,
            name: metric.name,
            unit: metric.definition.unit,
            public: metric.public,
        });
    }
    Ok(choices)
}

/// The last figures of a metric, oldest first: of its own kind of period, or, where it has none of those, of the kind it has.
pub(crate) fn series(
    conn: &mut Conn,
    partnership: &str,
    metric: &Metric,
    limit: i64,
) -> Result<Vec<Rollup>, DbError> {
    let own = grain_word(metric.definition.frequency.grain());
    let mut rows = rollup::store::latest(conn, partnership, &metric.id, own, limit)?;
    if rows.is_empty() {
        let other = rollup::store::grains(conn, partnership, &metric.id)?;
        if let Some(grain) = other.into_iter().min() {
            rows = rollup::store::latest(conn, partnership, &metric.id, &grain, limit)?;
        }
    }
    rows.reverse();
    Ok(rows)
}

/// The reading of one rollup.
pub(crate) fn of_row(metric: &Metric, row: &Rollup, today: jiff::civil::Date) -> Option<Reading> {
    let d = &metric.definition;
    let fact = row.figure(d.across_organizations, d.kind)?;
    Some(reading(
        metric,
        row.period,
        fact,
        row.token(),
        row.is_verified(),
        if row.whole.is_some() { 1 } else { row.n },
        today,
    ))
}

fn combined(
    metric: &Metric,
    rows: &[Rollup],
    period: &Period,
    today: jiff::civil::Date,
) -> Option<Reading> {
    let d = &metric.definition;
    let facts: Vec<rollup::Fact> = rows
        .iter()
        .filter_map(|row| row.figure(d.across_organizations, d.kind))
        .collect();
    let fact = rollup::combine(&facts, d.across_periods, d.kind)?;
    let versions: Vec<String> = rows.iter().map(|row| row.version.to_string()).collect();
    Some(reading(
        metric,
        *period,
        fact,
        format!("m{}", versions.join(".")),
        rows.iter().all(Rollup::is_verified),
        rows.iter()
            .map(|row| if row.whole.is_some() { 1 } else { row.n })
            .sum(),
        today,
    ))
}

fn reading(
    metric: &Metric,
    period: Period,
    fact: rollup::Fact,
    version_token: String,
    verified: bool,
    measurements: i64,
    today: jiff::civil::Date,
) -> Reading {
    let d = &metric.definition;
    let stale = period
        .next()
        .is_some_and(|next| freshness(&next, d.grace_days, today).is_stale());
    Reading {
        metric_id: metric.id.clone(),
        name: metric.name.clone(),
        value: Dec::new(fact.value),
        numerator: fact.parts.map(|p| Dec::new(p.0)),
        denominator: fact.parts.map(|p| Dec::new(p.1)),
        kind: d.kind,
        unit: d.unit.clone(),
        decimals: d.decimals,
        period,
        status: metric.status,
        version_token,
        verified,
        stale: stale && metric.status == Status::Active,
        public: metric.public,
        measurements,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::metric::{Definition, Target};

    fn point(period: &str, value: &str) -> Target {
        Target {
            period: period.parse().unwrap(),
            value: value.parse().unwrap(),
        }
    }

    #[test]
    fn the_path_leads_a_little_beyond_what_was_measured() {
        let measured: Vec<Period> = ["2026-01", "2026-02"].map(|p| p.parse().unwrap()).to_vec();
        let drawn = |definition: &Definition| -> Vec<String> {
            along(definition, &measured)
                .into_iter()
                .map(|(period, at)| {
                    format!("{period} {}", at.map_or("-".into(), |v| v.to_string()))
                })
                .collect()
        };
        let mut definition = Definition::default();
        assert_eq!(drawn(&definition), ["2026-01 -", "2026-02 -"]);
        definition.targets = vec![point("2026-02", "40")];
        assert_eq!(drawn(&definition), ["2026-01 40", "2026-02 40"]);
        definition.baseline = Some(point("2026-01", "10"));
        definition.targets.push(point("2027-12", "80"));
        let path = drawn(&definition);
        assert_eq!(path.len(), 6, "four ahead: {path:?}");
        assert_eq!(path[..2], ["2026-01 10", "2026-02 40"]);
        definition.targets[1] = point("2026-03", "80");
        assert_eq!(
            drawn(&definition),
            ["2026-01 10", "2026-02 40", "2026-03 80"]
        );
        assert!(along(&definition, &[]).is_empty());
    }
}
