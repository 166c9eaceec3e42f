//! Measurements in bulk: the statements that only an import needs. They are written for each engine, because what is fast differs:
//! SQLite keeps statements of a fixed number of rows prepared, PostgreSQL takes whole columns at once.

use std::collections::{HashMap, HashSet};

use backbone_db::{Conn, DbError, Dec, Instant};
use chrono::NaiveDate;
use diesel::prelude::*;
use diesel::sql_types::{Array, BigInt, Date, Nullable, Text, Timestamp};
use diesel::{PgConnection, SqliteConnection, sql_query};

use crate::import::ImportId;
use crate::import::figure::{Figure, id_range};
use crate::measurement::{Marker, Measurement, Status};
use crate::metric::MetricId;
use crate::rollup::store::naive;
use crate::schema::measurements as m;

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

/// Rows of a statement that SQLite keeps prepared.
const ROWS: usize = 32;

/// Inserts the figures that nobody has measured before; says how many.
pub(crate) fn insert_new(
    conn: &mut Conn,
    batch: &Batch<'_>,
    figures: &[Figure],
) -> Result<usize, DbError> {
    let rows: Vec<New<'_>> = figures.iter().filter_map(|f| batch.row(f)).collect();
    Ok(match conn {
        Conn::Sqlite(c) => insert_prepared(c, &rows)?,
        Conn::Pg(c) => insert_columns(c, batch, &rows)?,
    })
}

fn insert_prepared(conn: &mut SqliteConnection, rows: &[New<'_>]) -> QueryResult<usize> {
    let (parts, rest) = rows.as_chunks::<ROWS>();
    let mut inserted = 0;
    for part in parts {
        inserted += diesel::insert_into(m::table)
            .values(part)
            .on_conflict_do_nothing()
            .execute(conn)?;
    }
    for row in rest {
        inserted += diesel::insert_into(m::table)
            .values(row)
            .on_conflict_do_nothing()
            .execute(conn)?;
    }
    Ok(inserted)
}

fn insert_columns(
    conn: &mut PgConnection,
    batch: &Batch<'_>,
    rows: &[New<'_>],
) -> QueryResult<usize> {
    let texts = |of: for<'a> fn(&'a New<'a>) -> &'a str| -> Vec<String> {
        rows.iter().map(|row| of(row).to_owned()).collect()
    };
    let numbers = |of: for<'a> fn(&'a New<'a>) -> &'a Option<Dec>| -> Vec<Option<String>> {
        let text = |n: &Option<Dec>| n.as_ref().map(ToString::to_string);
        rows.iter().map(|row| text(of(row))).collect()
    };
    let days = |of: fn(&New<'_>) -> NaiveDate| -> Vec<NaiveDate> { rows.iter().map(of).collect() };
    sql_query(
        "INSERT INTO measurements (id, partnership_id, metric_id, organization_id, period, period_start, period_end, dimensions, \
         value, numerator, denominator, marker, source, note, status, version, changed_by, reported_at, changed_at) \
         SELECT u.id, $1, u.metric, u.organization, u.period, u.period_start, u.period_end, u.dimensions, u.value, u.numerator, \
         u.denominator, $2, u.source, u.note, $3, 1, $4, $5, $5 FROM unnest($6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17) \
         AS u (id, metric, organization, period, period_start, period_end, dimensions, value, numerator, denominator, source, note) \
         ON CONFLICT DO NOTHING",
    )
    .bind::<Text, _>(batch.partnership)
    .bind::<Text, _>(Marker::None.as_str())
    .bind::<Text, _>(Status::Reported.as_str())
    .bind::<Text, _>(batch.changed_by)
    .bind::<Timestamp, _>(batch.now)
    .bind::<Array<Text>, _>(texts(|row| &row.id))
    .bind::<Array<Text>, _>(texts(|row| row.metric_id.as_str()))
    .bind::<Array<Text>, _>(texts(|row| row.organization_id))
    .bind::<Array<Text>, _>(texts(|row| &row.period))
    .bind::<Array<Date>, _>(days(|row| row.period_start))
    .bind::<Array<Date>, _>(days(|row| row.period_end))
    .bind::<Array<Text>, _>(texts(|row| row.dimensions))
    .bind::<Array<Nullable<Text>>, _>(numbers(|row| &row.value))
    .bind::<Array<Nullable<Text>>, _>(numbers(|row| &row.numerator))
    .bind::<Array<Nullable<Text>>, _>(numbers(|row| &row.denominator))
    .bind::<Array<Text>, _>(texts(|row| row.source))
    .bind::<Array<Text>, _>(texts(|row| row.note))
    .execute(conn)
}

#[derive(QueryableByName)]
struct Place {
    #[diesel(sql_type = BigInt)]
    place: i64,
    #[diesel(sql_type = Text)]
    id: String,
}

/// The measurements that are there under the figures' names, by the figure's place.
pub(crate) fn there(
    conn: &mut Conn,
    batch: &Batch<'_>,
    figures: &[&Figure],
) -> Result<HashMap<usize, Measurement>, DbError> {
    let named = |f: &&Figure| {
        let metric = batch.metrics.get(f.metric).map_or("", |id| id.as_str());
        [
            metric.to_owned(),
            f.organization.clone(),
            f.period.to_string(),
            f.dimensions.clone(),
        ]
    };
    let names: Vec<[String; 4]> = figures.iter().map(named).collect();
    let places: Vec<Place> = match conn {
        Conn::Sqlite(c) => sql_query(
            "SELECT j.key AS place, m.id AS id FROM json_each(?) AS j CROSS JOIN measurements AS m \
             WHERE m.partnership_id = ? AND m.metric_id = j.value ->> 0 AND m.organization_id = j.value ->> 1 \
             AND m.period = j.value ->> 2 AND m.dimensions = j.value ->> 3",
        )
        .bind::<Text, _>(backbone_db::Json::new(&names).as_str().to_owned())
        .bind::<Text, _>(batch.partnership)
        .load(c)?,
        Conn::Pg(c) => {
            let column = |at: usize| -> Vec<String> {
                names.iter().filter_map(|n| n.get(at).cloned()).collect()
            };
            sql_query(
                "SELECT j.place - 1 AS place, m.id AS id FROM unnest($2, $3, $4, $5) WITH ORDINALITY \
                 AS j (metric, organization, period, dimensions, place) JOIN measurements AS m ON m.partnership_id = $1 \
                 AND m.metric_id = j.metric AND m.organization_id = j.organization AND m.period = j.period \
                 AND m.dimensions = j.dimensions",
            )
            .bind::<Text, _>(batch.partnership)
            .bind::<Array<Text>, _>(column(0))
            .bind::<Array<Text>, _>(column(1))
            .bind::<Array<Text>, _>(column(2))
            .bind::<Array<Text>, _>(column(3))
            .load(c)?
        }
    };
    let ids: Vec<String> = places.iter().map(|p| p.id.clone()).collect();
    let mut by_id: HashMap<String, Measurement> = HashMap::with_capacity(ids.len());
    for part in ids.chunks(AT_ONCE) {
        let found = crate::measurement::store::find_many(conn, batch.partnership, part)?;
        by_id.extend(found.into_iter().map(|it| (it.id.to_string(), it)));
    }
    let placed = places.into_iter().filter_map(|p| {
        let place = usize::try_from(p.place).ok()?;
        Some((place, by_id.remove(&p.id)?))
    });
    Ok(placed.collect())
}

/// Identifiers that are asked for at once.
const AT_ONCE: usize = 2_000;

/// Which of an import's figures are in the table under their own identifiers.
pub(crate) fn existing_ids(
    conn: &mut Conn,
    partnership: &str,
    ids: &[String],
) -> Result<HashSet<String>, DbError> {
    let mut there = HashSet::with_capacity(ids.len());
    for part in ids.chunks(AT_ONCE) {
        let found: Vec<String> = m::table
            .filter(m::partnership_id.eq(partnership))
            .filter(m::id.eq_any(part))
            .select(m::id)
            .load(conn)?;
        there.extend(found);
    }
    Ok(there)
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

/// Which of these metrics have any measurement.
pub(crate) fn measured(
    conn: &mut Conn,
    partnership: &str,
    metrics: &[MetricId],
) -> Result<Vec<bool>, DbError> {
    let any = |metric: &MetricId| {
        let found = m::table
            .filter(m::partnership_id.eq(partnership))
            .filter(m::metric_id.eq(metric))
            .select(m::id)
            .first::<String>(conn)
            .optional()?;
        Ok(found.is_some())
    };
    metrics.iter().map(any).collect()
}
