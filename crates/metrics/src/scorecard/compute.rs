//! How a scorecard stands, read from rollups only: what it costs depends on its metrics, not on their measurements.

use backbone_db::{Conn, DbError, Dec, Instant};
use backbone_ingest::period::Period;
use jiff::civil::Date;
use rust_decimal::Decimal;
use serde::Serialize;
use utoipa::ToSchema;

use super::{Scorecard, ScorecardId};
use crate::figures::{self, Reading};
use crate::judge::{self, Freshness, Standing, Trend};
use crate::metric::{self, Level, Metric, MetricId, Owner, Status};
use crate::perspective::{self, PerspectiveId};
use crate::rollup::Rollup;

/// Periods of a sparkline.
const PERIODS: i64 = 12;

/// A scorecard as it stands.
#[derive(Clone, Debug, Serialize, ToSchema)]
#[schema(as = ComputedScorecard)]
pub struct Computed {
    /// The scorecard.
    pub id: ScorecardId,
    /// Its name.
    pub name: String,
    /// How many metrics it may hold.
    pub budget: i32,
    /// How many are on it.
    pub used: usize,
    /// How many are on target.
    pub on_target: usize,
    /// How many are up to date, in percent; none without metrics.
    pub fresh_percent: Option<u32>,
    /// Counts its edits: the version to edit it with.
    pub version: i64,
    /// Its rows, by perspective, in order.
    pub groups: Vec<Group>,
}

/// The rows of one perspective.
#[derive(Clone, Debug, Serialize, ToSchema)]
#[schema(as = ScorecardGroup)]
pub struct Group {
    /// The perspective.
    pub perspective_id: PerspectiveId,
    /// Its name.
    pub name: String,
    /// Its metrics.
    pub rows: Vec<Row>,
}

/// One metric as it stands.
#[derive(Clone, Debug, Serialize, ToSchema)]
#[schema(as = ScorecardRow)]
pub struct Row {
    /// The metric.
    pub metric_id: MetricId,
    /// Its name.
    pub name: String,
    /// Whom it tells about.
    pub level: Level,
    /// Its latest figure.
    pub latest: Option<Reading>,
    /// How that stands against the target's path.
    pub standing: Standing,
    /// The path's value in that period.
    pub target: Option<Dec>,
    /// How far behind the path, in the metric's unit.
    pub behind: Option<Dec>,
    /// How much of the target is reached, in percent.
    pub attainment: Option<Dec>,
    /// Where it is heading.
    pub trend: Trend,
    /// Whether it is up to date.
    pub freshness: Freshness,
    /// Who answers for it.
    pub owner: Owner,
    /// When its latest figure last changed.
    pub updated_at: Option<Instant>,
    /// The last twelve figures, oldest first.
    pub points: Vec<Point>,
}

/// One figure of a sparkline.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, ToSchema)]
#[schema(as = ScorecardPoint)]
pub struct Point {
    /// Of when.
    #[schema(value_type = String)]
    pub period: Period,
    /// The value.
    pub value: Dec,
}

/// Computes a scorecard. With `public_only`, metrics that are not marked for funders are left out.
///
/// # Errors
/// Only those of the database.
pub fn compute(
    conn: &mut Conn,
    partnership: &str,
    scorecard: &Scorecard,
    today: Date,
    public_only: bool,
) -> Result<Computed, DbError> {
    let metrics = metric::store::find_many(conn, partnership, &scorecard.metric_ids)?;
    let perspectives = perspective::store::list(conn, partnership)?;
    let mut groups: Vec<Group> = perspectives
        .into_iter()
        .map(|p| Group {
            perspective_id: p.id,
            name: p.name,
            rows: Vec::new(),
        })
        .collect();
    for id in &scorecard.metric_ids {
        let Some(metric) = metrics.iter().find(|m| m.id == *id) else {
            continue;
        };
        if public_only && !metric.public {
            continue;
        }
        let row = row(conn, partnership, metric, today)?;
        if let Some(group) = groups
            .iter_mut()
            .find(|g| g.perspective_id == metric.perspective_id)
        {
            group.rows.push(row);
        }
    }
    groups.retain(|group| !group.rows.is_empty());
    let rows = || groups.iter().flat_map(|group| &group.rows);
    let count = rows().count();
    let fresh = rows().filter(|r| !r.freshness.is_stale()).count();
    Ok(Computed {
        id: scorecard.id.clone(),
        name: scorecard.name.clone(),
        budget: scorecard.budget,
        used: count,
        on_target: rows().filter(|r| r.standing == Standing::OnTarget).count(),
        fresh_percent: (count > 0)
            .then(|| u32::try_from((fresh * 100 + count / 2) / count).unwrap_or(100)),
        version: scorecard.version,
        groups,
    })
}

/// How one metric stands.
///
/// # Errors
/// Only those of the database.
pub fn row(
    conn: &mut Conn,
    partnership: &str,
    metric: &Metric,
    today: Date,
) -> Result<Row, DbError> {
    let rollups = figures::series(conn, partnership, metric, PERIODS)?;
    Ok(stand(metric, &rollups, today))
}

/// How a metric stands by its last rollups, oldest first.
pub fn stand(metric: &Metric, rollups: &[Rollup], today: Date) -> Row {
    let d = &metric.definition;
    let figures: Vec<(Period, Decimal)> = rollups
        .iter()
        .filter_map(|r| {
            let fact = r.figure(d.across_organizations, d.kind)?;
            Some((r.period, fact.value))
        })
        .collect();
    let latest = rollups
        .last()
        .and_then(|rollup| figures::of_row(metric, rollup, today));
    let at = figures.last().copied();
    let path = at.and_then(|(period, _)| judge::expected(d, &period));
    let next = match at {
        Some((period, _)) => period.next(),
        None => {
            let made = metric.created_at.jiff().to_zoned(jiff::tz::TimeZone::UTC);
            d.frequency.containing(made.date())
        }
    };
    let mut freshness = match next {
        Some(next) => judge::freshness(&next, d.grace_days, today),
        None => Freshness {
            due: today,
            days_late: 0,
        },
    };
    if metric.status == Status::Retired {
        freshness.days_late = 0;
    }
    Row {
        metric_id: metric.id.clone(),
        name: metric.name.clone(),
        level: d.level,
        standing: at.map_or(Standing::NoData, |(period, value)| {
            judge::standing(d, Some(value), &period)
        }),
        target: path.map(Dec::new),
        behind: at
            .and_then(|(_, value)| judge::behind(d, value, path))
            .map(Dec::new),
        attainment: at
            .and_then(|(period, value)| judge::attainment(d, value, &period))
            .map(Dec::new),
        trend: judge::trend(d, &figures),
        freshness,
        owner: d.owner.clone(),
        updated_at: rollups.last().map(|r| r.changed_at),
        points: figures
            .into_iter()
            .map(|(period, value)| Point {
                period,
                value: Dec::new(value),
            })
            .collect(),
        latest,
    }
}
