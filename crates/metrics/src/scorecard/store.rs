use backbone_db::{Conn, DbError, Instant, OptionalExtension};
use diesel::prelude::*;

use super::{Scorecard, ScorecardId};
use crate::metric::MetricId;
use crate::schema::{scorecard_metrics as sm, scorecards as s};

type Row = (ScorecardId, String, i32, i32, i64, Instant);

fn with_metrics(conn: &mut Conn, partnership: &str, row: Row) -> Result<Scorecard, DbError> {
    let (id, name, position, budget, version, created_at) = row;
    let metric_ids = sm::table
        .filter(sm::partnership_id.eq(partnership))
        .filter(sm::scorecard_id.eq(&id))
        .order((sm::position.asc(), sm::metric_id.asc()))
        .select(sm::metric_id)
        .load(conn)?;
    Ok(Scorecard {
        id,
        name,
        position,
        budget,
        metric_ids,
        version,
        created_at,
    })
}

/// All scorecards of a partnership, in order.
pub(crate) fn list(conn: &mut Conn, partnership: &str) -> Result<Vec<Scorecard>, DbError> {
    let rows = s::table
        .filter(s::partnership_id.eq(partnership))
        .order((s::position.asc(), s::id.asc()))
        .select((
            s::id,
            s::name,
            s::position,
            s::budget,
            s::version,
            s::created_at,
        ))
        .load::<Row>(conn)?;
    rows.into_iter()
        .map(|row| with_metrics(conn, partnership, row))
        .collect()
}

pub(crate) fn find(
    conn: &mut Conn,
    partnership: &str,
    id: &ScorecardId,
) -> Result<Option<Scorecard>, DbError> {
    let row = s::table
        .filter(s::partnership_id.eq(partnership))
        .filter(s::id.eq(id))
        .select((
            s::id,
            s::name,
            s::position,
            s::budget,
            s::version,
            s::created_at,
        ))
        .first::<Row>(conn)
        .optional()?;
    row.map(|row| with_metrics(conn, partnership, row))
        .transpose()
}

pub(crate) fn insert(conn: &mut Conn, partnership: &str, it: &Scorecard) -> Result<(), DbError> {
    diesel::insert_into(s::table)
        .values((
            s::id.eq(&it.id),
            s::partnership_id.eq(partnership),
            s::name.eq(&it.name),
            s::position.eq(it.position),
            s::budget.eq(it.budget),
            s::version.eq(it.version),
            s::created_at.eq(it.created_at),
        ))
        .execute(conn)?;
    Ok(())
}

/// Writes name, budget and the metrics in their order.
pub(crate) fn save(conn: &mut Conn, partnership: &str, it: &Scorecard) -> Result<(), DbError> {
    diesel::update(s::table.filter(s::partnership_id.eq(partnership)))
        .filter(s::id.eq(&it.id))
        .set((
            s::name.eq(&it.name),
            s::budget.eq(it.budget),
            s::version.eq(it.version),
        ))
        .execute(conn)?;
    diesel::delete(sm::table.filter(sm::partnership_id.eq(partnership)))
        .filter(sm::scorecard_id.eq(&it.id))
        .execute(conn)?;
    for (position, metric) in (0i32..).zip(&it.metric_ids) {
        diesel::insert_into(sm::table)
            .values((
                sm::partnership_id.eq(partnership),
                sm::scorecard_id.eq(&it.id),
                sm::metric_id.eq(metric),
                sm::position.eq(position),
            ))
            .execute(conn)?;
    }
    Ok(())
}

pub(crate) fn delete(conn: &mut Conn, partnership: &str, id: &ScorecardId) -> Result<(), DbError> {
    diesel::delete(sm::table.filter(sm::partnership_id.eq(partnership)))
        .filter(sm::scorecard_id.eq(id))
        .execute(conn)?;
    diesel::delete(s::table.filter(s::partnership_id.eq(partnership)))
        .filter(s::id.eq(id))
        .execute(conn)?;
    Ok(())
}

/// Takes a metric off every scorecard.
pub(crate) fn take_everywhere(
    conn: &mut Conn,
    partnership: &str,
    metric: &MetricId,
) -> Result<usize, DbError> {
    Ok(
        diesel::delete(sm::table.filter(sm::partnership_id.eq(partnership)))
            .filter(sm::metric_id.eq(metric))
            .execute(conn)?,
    )
}

/// The scorecards that show a metric, by name.
pub(crate) fn showing(
    conn: &mut Conn,
    partnership: &str,
    metric: &MetricId,
) -> Result<Vec<(ScorecardId, String)>, DbError> {
    Ok(sm::table
        .inner_join(s::table.on(s::id.eq(sm::scorecard_id)))
        .filter(sm::partnership_id.eq(partnership))
        .filter(sm::metric_id.eq(metric))
        .order(s::position.asc())
        .select((s::id, s::name))
        .load(conn)?)
}
