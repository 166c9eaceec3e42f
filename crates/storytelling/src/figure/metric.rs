//! Figures of metrics.

use backbone_db::{Conn, DbError, Dec};
use backbone_events::Object;
use backbone_ingest::Period;
use backbone_metrics::figures;
use backbone_metrics::metric::{Kind, MetricId};
use rust_decimal::prelude::ToPrimitive;

use super::readings::{Asked, Choice, SeriesOf};
use super::{Concern, Reading, Unit};

/// How many periods a chart shows at most.
const PERIODS: usize = 12;

fn unit(kind: Kind, unit: &str) -> Unit {
    match kind {
        Kind::Percent | Kind::Ratio => Unit::Percent,
        Kind::Money => Unit::Money(unit.into()),
        Kind::Number if unit.is_empty() => Unit::Number,
        Kind::Number => Unit::Named(unit.into()),
    }
}

/// The day decides whether a figure is stale.
fn today(asked: &Asked) -> jiff::civil::Date {
    asked.now.date_in(&jiff::tz::TimeZone::UTC)
}

fn found(
    conn: &mut Conn,
    asked: &Asked,
    metric: &str,
    period: Option<&str>,
) -> Result<Option<figures::Reading>, DbError> {
    let Ok(id) = MetricId::parse(metric) else {
        return Ok(None);
    };
    match period.map(str::parse::<Period>) {
        None => figures::latest(conn, &asked.partnership, &id, today(asked)),
        Some(Ok(period)) => figures::at(conn, &asked.partnership, &id, &period, today(asked)),
        Some(Err(_)) => Ok(None),
    }
}

fn concerns(r: &figures::Reading, newest: bool) -> Vec<Concern> {
    let mut concerns = Vec::new();
    if !r.public {
        concerns.push(Concern::Withheld);
    }
    if !r.verified {
        concerns.push(Concern::Unverified);
    }
    // A figure of a chosen period is of that period, however old; only "the newest" can be overdue.
    if newest && r.stale {
        concerns.push(Concern::Stale);
    }
    concerns
}

fn object(r: &figures::Reading) -> Object {
    Object::new("metric_period", format!("{}@{}", r.metric_id, r.period))
}

/// The metric in a period, or its newest value.
pub(super) fn read(
    conn: &mut Conn,
    asked: &Asked,
    metric: &str,
    period: Option<&str>,
) -> Result<Reading, DbError> {
    let Some(r) = found(conn, asked, metric, period)? else {
        return Ok(Reading::missing());
    };
    Ok(Reading {
        concerns: concerns(&r, period.is_none()),
        sources: vec![object(&r)],
        unit: unit(r.kind, &r.unit),
        period: r.period.to_string(),
        token: r.version_token,
        value: Some(r.value),
    })
}

/// Where the metric started.
pub(super) fn baseline(conn: &mut Conn, asked: &Asked, metric: &str) -> Result<Reading, DbError> {
    let Ok(id) = MetricId::parse(metric) else {
        return Ok(Reading::missing());
    };
    let Some(from) = figures::baseline(conn, &asked.partnership, &id)? else {
        return Ok(Reading::missing());
    };
    Ok(Reading {
        concerns: if from.public {
            Vec::new()
        } else {
            vec![Concern::Withheld]
        },
        unit: unit(from.kind, &from.unit),
        period: from.period.to_string(),
        token: format!("baseline:{}", from.value),
        sources: vec![Object::new("metric", &id)],
        value: Some(from.value),
    })
}

/// How far the metric moved: later minus earlier, in its own unit.
pub(super) fn change(
    conn: &mut Conn,
    asked: &Asked,
    metric: &str,
    from: Option<&str>,
    to: Option<&str>,
) -> Result<Reading, DbError> {
    let before = match from {
        Some(period) => read(conn, asked, metric, Some(period))?,
        None => baseline(conn, asked, metric)?,
    };
    let after = read(conn, asked, metric, to)?;
    let (Some(a), Some(b)) = (&before.value, &after.value) else {
        return Ok(Reading::missing());
    };
    let mut concerns = after.concerns;
    concerns.extend(before.concerns);
    concerns.sort_unstable();
    concerns.dedup();
    Ok(Reading {
        value: b.get().checked_sub(a.get()).map(Dec::new),
        unit: after.unit,
        period: format!("{} – {}", before.period, after.period),
        token: format!("{} {}", before.token, after.token),
        sources: [after.sources, before.sources].concat(),
        concerns,
    })
}

/// The metrics that figures can be bound to.
pub(super) fn choices(conn: &mut Conn, asked: &Asked) -> Result<Vec<Choice>, DbError> {
    let metrics = figures::list_for_picker(conn, &asked.partnership, today(asked))?;
    Ok(metrics
        .into_iter()
        .map(|m| Choice {
            id: m.metric_id.to_string(),
            name: m.name,
        })
        .collect())
}

/// The last year or so of a metric that may be shown outside.
pub(super) fn series(
    conn: &mut Conn,
    asked: &Asked,
    metric: &str,
) -> Result<Option<SeriesOf>, DbError> {
    let Some(last) = found(conn, asked, metric, None)?.filter(|r| r.public) else {
        return Ok(None);
    };
    let mut points = vec![(last.period, last.value.get().to_f64())];
    let mut period = last.period;
    while points.len() < PERIODS {
        let Some(earlier) = period.previous() else {
            break;
        };
        let reading = figures::at(
            conn,
            &asked.partnership,
            &last.metric_id,
            &earlier,
            today(asked),
        )?;
        let Some(reading) = reading else { break };
        points.push((earlier, reading.value.get().to_f64()));
        period = earlier;
    }
    points.reverse();
    let (measured, mut values): (Vec<Period>, Vec<Option<f64>>) = points.into_iter().unzip();
    let path = figures::path(conn, &asked.partnership, &last.metric_id, &measured)?;
    values.resize(path.len(), None);
    let mut target: Vec<Option<f64>> = path
        .iter()
        .map(|(_, at)| at.as_ref().and_then(|v| v.get().to_f64()))
        .collect();
    if target.iter().all(Option::is_none) {
        target.clear();
    }
    Ok(Some(SeriesOf {
        name: last.name,
        unit: match unit(last.kind, &last.unit) {
            Unit::Percent => "%".into(),
            Unit::Money(name) | Unit::Named(name) => name,
            _ => String::new(),
        },
        periods: path.iter().map(|(period, _)| period.to_string()).collect(),
        values,
        target,
    }))
}
