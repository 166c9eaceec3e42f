use std::collections::HashMap;

use backbone_db::{Conn, DbError, Dec, Instant, OptionalExtension};
use backbone_ingest::period::Period;
use chrono::NaiveDate;
use diesel::prelude::*;

use super::rules::{Contribution, Fact, Rollup, dec};
use crate::measurement::Status;
use crate::metric::{MetricId, grain_word};
use crate::schema::{measurements, metric_rollups as r};

/// A day for the database.
pub(crate) fn naive(day: jiff::civil::Date) -> NaiveDate {
    let part = |n: i8| u32::try_from(n).unwrap_or(1);
    // Every civil date of the years that a period may touch exists on both sides.
    NaiveDate::from_ymd_opt(day.year().into(), part(day.month()), part(day.day()))
        .unwrap_or_default()
}

/// A stored period.
pub(crate) fn period(text: &str) -> Result<Period, DbError> {
    text.parse()
        .map_err(|_| DbError::Setup(format!("the stored period {text:?} cannot be read")))
}

#[derive(Queryable)]
struct Row {
    _partnership_id: String,
    metric_id: MetricId,
    period: String,
    _period_start: NaiveDate,
    _period_end: NaiveDate,
    _grain: String,
    whole_value: Option<Dec>,
    whole_numerator: Option<Dec>,
    whole_denominator: Option<Dec>,
    whole_verified: bool,
    n: i64,
    sum: Dec,
    min: Option<Dec>,
    max: Option<Dec>,
    last_value: Option<Dec>,
    last_at: Option<Instant>,
    weighted: i64,
    numerator: Dec,
    denominator: Dec,
    verified: i64,
    version: i64,
    changed_at: Instant,
}

impl Row {
    fn read(self) -> Result<(MetricId, Rollup), DbError> {
        let parts = self
            .whole_numerator
            .zip(self.whole_denominator)
            .map(|(n, d)| (n.get(), d.get()));
        let rollup = Rollup {
            period: period(&self.period)?,
            whole: self.whole_value.map(|value| Fact {
                value: value.get(),
                parts,
            }),
            whole_verified: self.whole_verified,
            n: self.n,
            sum: self.sum.get(),
            min: self.min.map(|v| v.get()),
            max: self.max.map(|v| v.get()),
            last: self.last_value.map(|v| v.get()).zip(self.last_at),
            weighted: self.weighted,
            numerator: self.numerator.get(),
            denominator: self.denominator.get(),
            verified: self.verified,
            version: self.version,
            changed_at: self.changed_at,
        };
        Ok((self.metric_id, rollup))
    }
}

pub(crate) fn find(
    conn: &mut Conn,
    partnership: &str,
    metric: &MetricId,
    period: &Period,
) -> Result<Option<Rollup>, DbError> {
    let row = r::table
        .find((partnership, metric, period.to_string()))
        .first::<Row>(conn)
        .optional()?;
    row.map(|row| row.read().map(|(_, rollup)| rollup))
        .transpose()
}

/// Periods that are asked for at once.
const AT_ONCE: usize = 500;

/// The rows of several metrics and periods, as far as they exist.
pub(crate) fn find_each(
    conn: &mut Conn,
    partnership: &str,
    keys: &[(MetricId, Period)],
) -> Result<HashMap<(MetricId, Period), Rollup>, DbError> {
    let mut found = HashMap::with_capacity(keys.len());
    for of_metric in keys.chunk_by(|a, b| a.0 == b.0) {
        for part in of_metric.chunks(AT_ONCE) {
            let [(metric, period), rest @ ..] = part else {
                continue;
            };
            if rest.is_empty() {
                // One alone, as when a person records a measurement: a statement that stays prepared.
                let row = find(conn, partnership, metric, period)?;
                found.extend(row.map(|row| ((metric.clone(), *period), row)));
                continue;
            }
            let periods: Vec<String> = part.iter().map(|(_, p)| p.to_string()).collect();
            let rows = r::table
                .filter(r::partnership_id.eq(partnership))
                .filter(r::metric_id.eq(metric))
                .filter(r::period.eq_any(periods))
                .load::<Row>(conn)?;
            for row in rows {
                let (metric, rollup) = row.read()?;
                found.insert((metric, rollup.period), rollup);
            }
        }
    }
    Ok(found)
}

pub(crate) fn all(conn: &mut Conn, partnership: &str) -> Result<Vec<(MetricId, Rollup)>, DbError> {
    let rows = r::table
        .filter(r::partnership_id.eq(partnership))
        .load::<Row>(conn)?;
    rows.into_iter().map(Row::read).collect()
}

/// The latest rows of a metric with periods of its own kind, newest first, those without a figure left out by the caller.
pub(crate) fn latest(
    conn: &mut Conn,
    partnership: &str,
    metric: &MetricId,
    grain: &str,
    limit: i64,
) -> Result<Vec<Rollup>, DbError> {
    let rows = r::table
        .filter(r::partnership_id.eq(partnership))
        .filter(r::metric_id.eq(metric))
        .filter(r::grain.eq(grain))
        .filter(r::n.gt(0).or(r::whole_value.is_not_null()))
        .order(r::period_start.desc())
        .limit(limit)
        .load::<Row>(conn)?;
    rows.into_iter()
        .map(|row| row.read().map(|(_, rollup)| rollup))
        .collect()
}

/// The kinds of period that a metric has figures of.
pub(crate) fn grains(
    conn: &mut Conn,
    partnership: &str,
    metric: &MetricId,
) -> Result<Vec<String>, DbError> {
    Ok(r::table
        .filter(r::partnership_id.eq(partnership))
        .filter(r::metric_id.eq(metric))
        .filter(r::n.gt(0).or(r::whole_value.is_not_null()))
        .select(r::grain)
        .distinct()
        .load(conn)?)
}

/// The rows of one kind of period within a longer one, oldest first.
pub(crate) fn within(
    conn: &mut Conn,
    partnership: &str,
    metric: &MetricId,
    grain: &str,
    period: &Period,
) -> Result<Vec<Rollup>, DbError> {
    let rows = r::table
        .filter(r::partnership_id.eq(partnership))
        .filter(r::metric_id.eq(metric))
        .filter(r::grain.eq(grain))
        .filter(r::period_start.ge(naive(period.start())))
        .filter(r::period_end.le(naive(period.end())))
        .filter(r::n.gt(0).or(r::whole_value.is_not_null()))
        .order(r::period_start.asc())
        .limit(400)
        .load::<Row>(conn)?;
    rows.into_iter()
        .map(|row| row.read().map(|(_, rollup)| rollup))
        .collect()
}

/// The row as the period's measurements give it, with version 0.
pub(crate) fn recompute(
    conn: &mut Conn,
    partnership: &str,
    metric: &MetricId,
    period: &Period,
    now: Instant,
) -> Result<Rollup, DbError> {
    use measurements as m;
    type Counted = (
        String,
        Option<Dec>,
        Option<Dec>,
        Option<Dec>,
        Status,
        Instant,
    );
    let rows = m::table
        .filter(m::partnership_id.eq(partnership))
        .filter(m::metric_id.eq(metric))
        .filter(m::period_start.eq(naive(period.start())))
        .filter(m::period.eq(period.to_string()))
        .filter(m::dimensions.eq(""))
        .filter(m::status.ne(Status::Withdrawn))
        .select((
            m::organization_id,
            m::value,
            m::numerator,
            m::denominator,
            m::status,
            m::reported_at,
        ))
        .load::<Counted>(conn)?;
    let mut rollup = Rollup::empty(*period, now);
    for (organization, value, numerator, denominator, status, at) in rows {
        let Some(value) = value else { continue };
        rollup.add(&Contribution {
            whole: organization.is_empty(),
            value: value.get(),
            parts: numerator.zip(denominator).map(|(n, d)| (n.get(), d.get())),
            verified: status == Status::Verified,
            at,
        });
    }
    Ok(rollup)
}

pub(crate) fn save(
    conn: &mut Conn,
    partnership: &str,
    metric: &MetricId,
    row: &Rollup,
    is_new: bool,
) -> Result<(), DbError> {
    let period = row.period.to_string();
    let whole = row.whole.as_ref();
    let values = (
        r::whole_value.eq(whole.map(|w| dec(w.value))),
        r::whole_numerator.eq(whole.and_then(|w| w.parts).map(|p| dec(p.0))),
        r::whole_denominator.eq(whole.and_then(|w| w.parts).map(|p| dec(p.1))),
        r::whole_verified.eq(row.whole_verified),
        r::n.eq(row.n),
        r::sum.eq(dec(row.sum)),
        r::min.eq(row.min.map(dec)),
        r::max.eq(row.max.map(dec)),
        r::last_value.eq(row.last.map(|l| dec(l.0))),
        r::last_at.eq(row.last.map(|l| l.1)),
        r::weighted.eq(row.weighted),
        r::numerator.eq(dec(row.numerator)),
        r::denominator.eq(dec(row.denominator)),
        r::verified.eq(row.verified),
        r::version.eq(row.version),
        r::changed_at.eq(row.changed_at),
    );
    if is_new {
        let key = (
            r::partnership_id.eq(partnership),
            r::metric_id.eq(metric),
            r::period.eq(period),
            r::period_start.eq(naive(row.period.start())),
            r::period_end.eq(naive(row.period.end())),
            r::grain.eq(grain_word(row.period.frequency())),
        );
        diesel::insert_into(r::table)
            .values((key, values))
            .execute(conn)?;
    } else {
        diesel::update(r::table.find((partnership, metric, period)))
            .set(values)
            .execute(conn)?;
    }
    Ok(())
}
