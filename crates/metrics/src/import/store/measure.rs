//! Measurements in bulk: the statements that only an import needs.

use std::collections::HashSet;

use backbone_db::{Conn, DbError, Dec, Instant, OptionalExtension, each_backend};
use chrono::NaiveDate;
use diesel::prelude::*;

use crate::import::ImportId;
use crate::import::figure::{Figure, id_range};
use crate::measurement::{Marker, Measurement, Status};
use crate::metric::MetricId;
use crate::rollup::store::naive;
use crate::schema::measurements as m;

/// Rows of one statement: 21 values each, of at most 32,766.
const ROWS: usize = 500;

/// What the figures of an import share.
pub(crate) struct Batch<'a> {
    pub partnership: &'a str,
    pub import: &'a ImportId,
    pub metrics: &'a [MetricId],
    pub changed_by: &'a str,
    pub now: Instant,
}

#[derive(Insertable)]
#[diesel(table_name = m, treat_none_as_default_value = false)]
struct New<'a> {
    id: String,
    partnership_id: &'a str,
    metric_id: &'a MetricId,
    organization_id: &'a str,
    period: String,
    period_start: NaiveDate,
    period_end: NaiveDate,
    dimensions: &'a str,
    value: Option<Dec>,
    numerator: Option<Dec>,
    denominator: Option<Dec>,
    marker: Marker,
    source: &'a str,
    evidence_url: Option<&'a str>,
    evidence_file_id: Option<&'a str>,
    note: &'a str,
    status: Status,
    version: i64,
    changed_by: &'a str,
    reported_at: Instant,
    changed_at: Instant,
}

impl<'a> Batch<'a> {
    fn row(&'a self, figure: &'a Figure) -> Option<New<'a>> {
        Some(New {
            id: figure.id(self.import),
            partnership_id: self.partnership,
            metric_id: self.metrics.get(figure.metric)?,
            organization_id: &figure.organization,
            period: figure.period.to_string(),
            period_start: naive(figure.period.start()),
            period_end: naive(figure.period.end()),
            dimensions: &figure.dimensions,
            value: Some(Dec::new(figure.value)),
            numerator: figure.parts.map(|p| Dec::new(p.0)),
            denominator: figure.parts.map(|p| Dec::new(p.1)),
            marker: Marker::None,
            source: &figure.source,
            evidence_url: None,
            evidence_file_id: None,
            note: &figure.note,
            status: Status::Reported,
            version: 1,
            changed_by: self.changed_by,
            reported_at: self.now,
            changed_at: self.now,
        })
    }
}

/// Inserts the figures that nobody has measured before; says how many.
pub(crate) fn insert_new(
    conn: &mut Conn,
    batch: &Batch<'_>,
    figures: &[Figure],
) -> Result<usize, DbError> {
    let mut inserted = 0;
    for part in figures.chunks(ROWS) {
        let rows: Vec<New<'_>> = part.iter().filter_map(|figure| batch.row(figure)).collect();
        inserted += each_backend!(conn, inner => diesel::insert_into(m::table)
            .values(&rows)
            .on_conflict_do_nothing()
            .execute(inner))?;
    }
    Ok(inserted)
}

/// Which of an import's figures are in the table under their own identifiers.
pub(crate) fn existing_ids(
    conn: &mut Conn,
    partnership: &str,
    ids: &[String],
) -> Result<HashSet<String>, DbError> {
    let found: Vec<String> = m::table
        .filter(m::partnership_id.eq(partnership))
        .filter(m::id.eq_any(ids))
        .select(m::id)
        .load(conn)?;
    Ok(found.into_iter().collect())
}

/// Measurements that an import made and that are still there, in the order of its file, after `after`.
pub(crate) fn of_import(
    conn: &mut Conn,
    partnership: &str,
    import: &ImportId,
    after: &str,
    limit: i64,
) -> Result<Vec<Measurement>, DbError> {
    let (first, last) = id_range(import);
    let ids: Vec<String> = m::table
        .filter(m::partnership_id.eq(partnership))
        .filter(m::id.between(first, last))
        .filter(m::id.gt(after))
        .filter(m::status.ne(Status::Withdrawn))
        .order(m::id.asc())
        .limit(limit)
        .select(m::id)
        .load(conn)?;
    let mut found = crate::measurement::store::find_many(conn, partnership, &ids)?;
    found.sort_by(|a, b| a.id.cmp(&b.id));
    Ok(found)
}

/// Whether the partnership has any measurement at all.
pub(crate) fn any_measured(conn: &mut Conn, partnership: &str) -> Result<bool, DbError> {
    let found = m::table
        .filter(m::partnership_id.eq(partnership))
        .select(m::id)
        .first::<String>(conn)
        .optional()?;
    Ok(found.is_some())
}
