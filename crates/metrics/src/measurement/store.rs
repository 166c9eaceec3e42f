use backbone_db::{Conn, DbError, Dec, Instant, OptionalExtension};
use backbone_identity::{FileId, OrganizationId};
use backbone_ingest::period::Period;
use chrono::NaiveDate;
use diesel::prelude::*;

use super::{Marker, Measurement, MeasurementId, Status, Version, dimensions_text};
use crate::metric::MetricId;
use crate::rollup::store::{naive, period};
use crate::schema::{measurement_versions as v, measurements as m};

#[derive(Queryable)]
struct Row {
    id: MeasurementId,
    _partnership_id: String,
    metric_id: MetricId,
    organization_id: String,
    period: String,
    _period_start: NaiveDate,
    _period_end: NaiveDate,
    dimensions: String,
    value: Option<Dec>,
    numerator: Option<Dec>,
    denominator: Option<Dec>,
    marker: Marker,
    source: String,
    evidence_url: Option<String>,
    evidence_file_id: Option<FileId>,
    note: String,
    status: Status,
    version: i64,
    changed_by: String,
    reported_at: Instant,
    changed_at: Instant,
}

fn unreadable(id: &MeasurementId, what: impl std::fmt::Display) -> DbError {
    DbError::Setup(format!("measurement {id} cannot be read: {what}"))
}

impl Row {
    fn read(self) -> Result<Measurement, DbError> {
        let organization_id = match self.organization_id.as_str() {
            "" => None,
            id => Some(OrganizationId::parse(id).map_err(|e| unreadable(&self.id, e))?),
        };
        let dimensions = match self.dimensions.as_str() {
            "" => Default::default(),
            text => serde_json::from_str(text).map_err(|e| unreadable(&self.id, e))?,
        };
        Ok(Measurement {
            period: period(&self.period)?,
            organization_id,
            dimensions,
            id: self.id,
            metric_id: self.metric_id,
            value: self.value,
            numerator: self.numerator,
            denominator: self.denominator,
            marker: self.marker,
            source: self.source,
            evidence_url: self.evidence_url,
            evidence_file_id: self.evidence_file_id,
            note: self.note,
            status: self.status,
            version: self.version,
            changed_by: self.changed_by,
            reported_at: self.reported_at,
            changed_at: self.changed_at,
        })
    }
}

fn read_all(rows: Vec<Row>) -> Result<Vec<Measurement>, DbError> {
    rows.into_iter().map(Row::read).collect()
}

fn organization_text(id: Option<&OrganizationId>) -> &str {
    id.map_or("", OrganizationId::as_str)
}

pub(crate) fn find(
    conn: &mut Conn,
    partnership: &str,
    id: &MeasurementId,
) -> Result<Option<Measurement>, DbError> {
    m::table
        .filter(m::partnership_id.eq(partnership))
        .filter(m::id.eq(id))
        .first::<Row>(conn)
        .optional()?
        .map(Row::read)
        .transpose()
}

/// The one measurement of a metric, organization, period and disaggregation.
pub(crate) fn find_by_key(
    conn: &mut Conn,
    partnership: &str,
    metric: &MetricId,
    organization: Option<&OrganizationId>,
    period: &Period,
    dimensions: &str,
) -> Result<Option<Measurement>, DbError> {
    m::table
        .filter(m::partnership_id.eq(partnership))
        .filter(m::metric_id.eq(metric))
        .filter(m::organization_id.eq(organization_text(organization)))
        .filter(m::period.eq(period.to_string()))
        .filter(m::dimensions.eq(dimensions))
        .first::<Row>(conn)
        .optional()?
        .map(Row::read)
        .transpose()
}

/// What a list may be narrowed to.
#[derive(Clone, Debug, Default)]
pub(crate) struct Filter {
    pub metric: Option<MetricId>,
    pub organization: Option<OrganizationId>,
    pub status: Option<Status>,
    pub period: Option<Period>,
    /// Only totals, without those that are broken down.
    pub totals: bool,
}

/// Measurements, those first reported last at the front; `after` is the last identifier seen.
pub(crate) fn list(
    conn: &mut Conn,
    partnership: &str,
    filter: &Filter,
    after: Option<&str>,
    limit: i64,
) -> Result<Vec<Measurement>, DbError> {
    let mut query = m::table
        .filter(m::partnership_id.eq(partnership))
        .order(m::id.desc())
        .limit(limit)
        .into_boxed();
    if let Some(metric) = &filter.metric {
        query = query.filter(m::metric_id.eq(metric.clone()));
    }
    if let Some(organization) = &filter.organization {
        query = query.filter(m::organization_id.eq(organization.as_str().to_string()));
    }
    if let Some(status) = filter.status {
        query = query.filter(m::status.eq(status));
    }
    if let Some(period) = &filter.period {
        query = query.filter(m::period.eq(period.to_string()));
    }
    if filter.totals {
        query = query.filter(m::dimensions.eq(""));
    }
    if let Some(after) = after {
        query = query.filter(m::id.lt(after.to_string()));
    }
    read_all(query.load(conn)?)
}

/// The measurements that count for a metric, latest periods first; of one period when given.
pub(crate) fn counting(
    conn: &mut Conn,
    partnership: &str,
    metric: &MetricId,
    of: Option<&Period>,
    limit: i64,
) -> Result<Vec<Measurement>, DbError> {
    let mut query = m::table
        .filter(m::partnership_id.eq(partnership))
        .filter(m::metric_id.eq(metric))
        .filter(m::status.ne(Status::Withdrawn))
        .filter(m::dimensions.eq(""))
        .order((m::period_start.desc(), m::id.asc()))
        .limit(limit)
        .into_boxed();
    if let Some(of) = of {
        query = query
            .filter(m::period_start.ge(naive(of.start())))
            .filter(m::period_end.le(naive(of.end())));
    }
    read_all(query.load(conn)?)
}

pub(crate) fn find_many(
    conn: &mut Conn,
    partnership: &str,
    ids: &[String],
) -> Result<Vec<Measurement>, DbError> {
    read_all(
        m::table
            .filter(m::partnership_id.eq(partnership))
            .filter(m::id.eq_any(ids))
            .load(conn)?,
    )
}

pub(crate) fn insert(conn: &mut Conn, partnership: &str, it: &Measurement) -> Result<(), DbError> {
    diesel::insert_into(m::table)
        .values((
            (
                m::id.eq(&it.id),
                m::partnership_id.eq(partnership),
                m::metric_id.eq(&it.metric_id),
                m::organization_id.eq(organization_text(it.organization_id.as_ref())),
                m::period.eq(it.period.to_string()),
                m::period_start.eq(naive(it.period.start())),
                m::period_end.eq(naive(it.period.end())),
                m::dimensions.eq(dimensions_text(&it.dimensions)),
                m::reported_at.eq(it.reported_at),
            ),
            (
                m::value.eq(&it.value),
                m::numerator.eq(&it.numerator),
                m::denominator.eq(&it.denominator),
                m::marker.eq(it.marker),
                m::source.eq(&it.source),
                m::evidence_url.eq(&it.evidence_url),
                m::evidence_file_id.eq(&it.evidence_file_id),
                m::note.eq(&it.note),
                m::status.eq(it.status),
                m::version.eq(it.version),
                m::changed_by.eq(&it.changed_by),
                m::changed_at.eq(it.changed_at),
            ),
        ))
        .execute(conn)?;
    Ok(())
}

/// Replaces the head and keeps what it was.
pub(crate) fn replace(
    conn: &mut Conn,
    partnership: &str,
    was: &Version,
    it: &Measurement,
) -> Result<(), DbError> {
    diesel::insert_into(v::table)
        .values((
            v::measurement_id.eq(&it.id),
            v::version.eq(was.version),
            v::partnership_id.eq(partnership),
            v::value.eq(&was.value),
            v::numerator.eq(&was.numerator),
            v::denominator.eq(&was.denominator),
            v::marker.eq(was.marker),
            v::source.eq(&was.source),
            v::evidence_url.eq(&was.evidence_url),
            v::evidence_file_id.eq(&was.evidence_file_id),
            v::note.eq(&was.note),
            v::status.eq(was.status),
            v::changed_by.eq(&was.changed_by),
            v::changed_at.eq(was.changed_at),
        ))
        .execute(conn)?;
    diesel::update(m::table.filter(m::partnership_id.eq(partnership)))
        .filter(m::id.eq(&it.id))
        .set((
            m::value.eq(&it.value),
            m::numerator.eq(&it.numerator),
            m::denominator.eq(&it.denominator),
            m::marker.eq(it.marker),
            m::source.eq(&it.source),
            m::evidence_url.eq(&it.evidence_url),
            m::evidence_file_id.eq(&it.evidence_file_id),
            m::note.eq(&it.note),
            m::status.eq(it.status),
            m::version.eq(it.version),
            m::changed_by.eq(&it.changed_by),
            m::reported_at.eq(it.reported_at),
            m::changed_at.eq(it.changed_at),
        ))
        .execute(conn)?;
    Ok(())
}

/// What it was before, newest first.
pub(crate) fn versions(
    conn: &mut Conn,
    partnership: &str,
    id: &MeasurementId,
) -> Result<Vec<Version>, DbError> {
    type Columns = (
        i64,
        Option<Dec>,
        Option<Dec>,
        Option<Dec>,
        Marker,
        String,
        Option<String>,
        Option<FileId>,
        String,
        Status,
        String,
        Instant,
    );
    let rows = v::table
        .filter(v::partnership_id.eq(partnership))
        .filter(v::measurement_id.eq(id))
        .order(v::version.desc())
        .select((
            v::version,
            v::value,
            v::numerator,
            v::denominator,
            v::marker,
            v::source,
            v::evidence_url,
            v::evidence_file_id,
            v::note,
            v::status,
            v::changed_by,
            v::changed_at,
        ))
        .load::<Columns>(conn)?;
    Ok(rows
        .into_iter()
        .map(|r| Version {
            version: r.0,
            value: r.1,
            numerator: r.2,
            denominator: r.3,
            marker: r.4,
            source: r.5,
            evidence_url: r.6,
            evidence_file_id: r.7,
            note: r.8,
            status: r.9,
            changed_by: r.10,
            changed_at: r.11,
        })
        .collect())
}

/// Of which organizations something was asked about their figures, and when, since a moment: questions that are open, and those that
/// were answered since.
pub(crate) fn queried_since(
    conn: &mut Conn,
    partnership: &str,
    since: Instant,
) -> Result<Vec<(OrganizationId, Instant)>, DbError> {
    let mut all: Vec<(String, Instant)> = m::table
        .filter(m::partnership_id.eq(partnership))
        .filter(m::status.eq(Status::Queried))
        .filter(m::changed_at.ge(since))
        .select((m::organization_id, m::changed_at))
        .load(conn)?;
    all.extend(
        v::table
            .inner_join(m::table.on(m::id.eq(v::measurement_id)))
            .filter(v::partnership_id.eq(partnership))
            .filter(v::status.eq(Status::Queried))
            .filter(v::changed_at.ge(since))
            .select((m::organization_id, v::changed_at))
            .load::<(String, Instant)>(conn)?,
    );
    // A figure of the partnership as a whole is nobody's.
    let own = all.into_iter().filter_map(|(organization, at)| {
        let organization = OrganizationId::parse(&organization).ok()?;
        Some((organization, at))
    });
    Ok(own.collect())
}
