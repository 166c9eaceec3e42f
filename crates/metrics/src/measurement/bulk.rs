//! Recording many measurements at once: all or none, or those that hold.

use std::collections::{BTreeSet, HashMap};

use backbone_db::{Conn, DbError};
use backbone_events::{NewEvent, Object, append};
use backbone_identity::{Actor, OrganizationId, directory, file};
use backbone_web::{FieldError, Fields, Problem};
use serde::{Deserialize, Serialize};
use serde_json::json;
use utoipa::ToSchema;

use super::check;
use super::{NewMeasurement, Status, correct, record};
use crate::clock;
use crate::error::Error;
use crate::metric::{self, Metric, MetricId};
use crate::rollup::{self, Change};

/// Rows that one request may hold.
pub const MAX_ROWS: usize = 10_000;

backbone_db::text_enum!(
    /// What to do with a row whose measurement is there already.
    MeasurementExisting {
        /// Refuse the row.
        Refuse = "refuse",
        /// Correct the measurement, if it differs.
        Correct = "correct",
        /// Leave the measurement as it is.
        Skip = "skip",
    }
);

/// Short for [`MeasurementExisting`], whose full name stands in the API description.
pub type Existing = MeasurementExisting;

/// How a bulk request is treated.
#[derive(Clone, Copy, Debug)]
pub struct BulkOptions {
    /// Save the rows that hold, even when others do not.
    pub partial: bool,
    /// What to do with what is there already.
    pub existing: Existing,
}

/// What became of the rows.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, ToSchema)]
#[schema(as = MeasurementBulkReport)]
pub struct BulkReport {
    /// New measurements.
    pub recorded: usize,
    /// Measurements that were corrected.
    pub corrected: usize,
    /// Rows that say what is there already, or were to be skipped.
    pub unchanged: usize,
    /// Rows that were refused, each with its errors.
    pub refused: Vec<RefusedRow>,
}

/// A row that was not saved.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, ToSchema)]
#[schema(as = MeasurementRefusedRow)]
pub struct RefusedRow {
    /// Its place in the request, from 0.
    pub row: usize,
    /// What is wrong with it.
    pub errors: Vec<RowError>,
}

/// One error of one row.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[schema(as = MeasurementRowError)]
pub struct RowError {
    /// The field.
    pub field: String,
    /// Stable code; its words are the message `field-<code>`.
    pub code: String,
}

/// What the rows of one request share, so that each is looked up once.
struct Known {
    metrics: HashMap<MetricId, Option<Metric>>,
    organizations: BTreeSet<OrganizationId>,
}

/// Records many measurements in one transaction. One event tells of all of them.
///
/// # Errors
/// 422 when there are no rows or too many; without `partial` also when any row is refused, and then nothing is saved.
pub fn bulk(
    conn: &mut Conn,
    actor: &Actor,
    rows: &[NewMeasurement],
    options: BulkOptions,
) -> Result<BulkReport, Error> {
    if rows.is_empty() || rows.len() > MAX_ROWS {
        let problem = Problem::invalid("metrics-bulk-size").arg("max", MAX_ROWS);
        return Err(problem.into());
    }
    // Two bulk requests lock many periods each; one after the other, they cannot block one another.
    conn.lock(&format!("measurements-bulk:{}", actor.tenant()))
        .map_err(DbError::from)?;
    let mut known = Known {
        metrics: HashMap::new(),
        organizations: directory::organizations(conn, actor.tenant())?
            .into_iter()
            .map(|o| o.id)
            .collect(),
    };
    let reading = check::reading(actor);
    let mut report = BulkReport::default();
    let mut changes = Vec::new();
    let mut field_errors: Vec<FieldError> = Vec::new();
    for (number, row) in rows.iter().enumerate() {
        match one(
            conn,
            actor,
            &mut known,
            row,
            options.existing,
            &reading,
            &mut report,
        ) {
            Ok(Some(change)) => changes.push(change),
            Ok(None) => {}
            Err(Error::Refused(problem)) => {
                let errors = problem
                    .fields
                    .iter()
                    .map(|e| RowError {
                        field: e.field.clone(),
                        code: e.code.to_string(),
                    })
                    .collect();
                report.refused.push(RefusedRow {
                    row: number,
                    errors,
                });
                field_errors.extend(problem.fields.into_iter().take(3).map(|mut e| {
                    e.field = format!("rows.{number}.{}", e.field);
                    e
                }));
            }
            Err(other) => return Err(other),
        }
    }
    if !report.refused.is_empty() && !options.partial {
        field_errors.truncate(200);
        return Err(Error::RowsRefused {
            refused: report.refused.len(),
            fields: field_errors,
        });
    }
    finish(conn, actor, changes, &report)?;
    Ok(report)
}

fn finish(
    conn: &mut Conn,
    actor: &Actor,
    changes: Vec<Change>,
    report: &BulkReport,
) -> Result<(), Error> {
    if report.recorded + report.corrected == 0 {
        return Ok(());
    }
    let metrics: BTreeSet<MetricId> = changes.iter().map(|c| c.metric.clone()).collect();
    rollup::apply(conn, actor.tenant(), changes, actor.now)?;
    let mut event = NewEvent::new(
        "measurement.recorded_in_bulk",
        Object::new("partnership", actor.tenant()),
    );
    for metric in metrics.iter().take(200) {
        event = event.about(Object::new("metric", metric));
    }
    let event = event.data(&json!({
        "recorded": report.recorded, "corrected": report.corrected, "unchanged": report.unchanged,
        "refused": report.refused.len(), "metrics": metrics.len(),
    }));
    append(conn, actor.tenant(), &actor.by(), event)?;
    clock::tick(conn, actor.tenant())?;
    Ok(())
}

/// Saves one row; its errors come back as a refusal with fields.
fn one(
    conn: &mut Conn,
    actor: &Actor,
    known: &mut Known,
    row: &NewMeasurement,
    existing: Existing,
    reading: &backbone_ingest::period::Reading,
    report: &mut BulkReport,
) -> Result<Option<Change>, Error> {
    let mut fields = Fields::new();
    let metric = match &row.metric_id {
        None => {
            fields.fail("metric_id", "required");
            None
        }
        Some(id) => {
            if !known.metrics.contains_key(id) {
                let found = metric::store::find(conn, actor.tenant(), id)?;
                known.metrics.insert(id.clone(), found);
            }
            known.metrics.get(id).cloned().flatten()
        }
    };
    let Some(metric) = metric else {
        if row.metric_id.is_some() {
            fields.fail("metric_id", "metrics-metric-unknown");
        }
        fields.finish()?;
        return Ok(None);
    };
    if !check::may_measure(actor, &metric, row) {
        fields.fail("metric_id", "metrics-may-not-measure");
    }
    let checked = check::check(&mut fields, &metric, row, reading);
    if let Some(id) = &row.organization_id
        && !known.organizations.contains(id)
    {
        fields.fail("organization_id", "metrics-organization-unknown");
    }
    if let Some(id) = &row.evidence_file_id
        && file::find(conn, actor.tenant(), id)?.is_none()
    {
        fields.fail("evidence_file_id", "not-understood");
    }
    let checked = match checked {
        Some(checked) if !fields_failed(&fields) => checked,
        _ => {
            fields.finish()?;
            return Ok(None);
        }
    };
    record::lock_key(conn, &metric, &checked)?;
    let there = record::existing(conn, actor, &metric, row, &checked)?;
    match (there, existing) {
        (None, _) => {
            report.recorded += 1;
            Ok(Some(record::first(conn, actor, &metric, row, checked)?.1))
        }
        (Some(old), _) if old.status == Status::Withdrawn => {
            report.recorded += 1;
            let (_, change) = correct::replace(conn, actor, old, row, checked, actor.now)?;
            Ok(Some(change))
        }
        (Some(_), Existing::Refuse) => {
            fields.fail("period", "metrics-already-measured");
            fields.finish()?;
            Ok(None)
        }
        (Some(old), existing) => {
            let same = old.value == checked.values.value
                && old.numerator == checked.values.numerator
                && old.denominator == checked.values.denominator
                && old.marker == checked.values.marker;
            if same || existing == Existing::Skip {
                report.unchanged += 1;
                return Ok(None);
            }
            report.corrected += 1;
            let first_reported = old.reported_at;
            let (_, change) = correct::replace(conn, actor, old, row, checked, first_reported)?;
            Ok(Some(change))
        }
    }
}

/// Whether any check of this row failed so far.
fn fields_failed(fields: &Fields) -> bool {
    const NAMES: [&str; 11] = [
        "metric_id",
        "organization_id",
        "period",
        "dimensions",
        "value",
        "numerator",
        "denominator",
        "source",
        "note",
        "evidence_url",
        "evidence_file_id",
    ];
    NAMES.iter().any(|name| fields.has(name))
}
