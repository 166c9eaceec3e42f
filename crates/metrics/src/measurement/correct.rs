//! Correcting a measurement: the earlier version is kept.

use backbone_db::{Conn, DbError, Dec, Instant};
use backbone_identity::{Actor, FileId, file};
use backbone_web::{Fields, IfMatch};
use serde::Deserialize;
use utoipa::ToSchema;

use super::check::{self, Checked};
use super::{Marker, Measurement, MeasurementId, NewMeasurement, Status, record, store};
use crate::clock;
use crate::error::Error;
use crate::metric;
use crate::rollup::{self, Change};

/// What to change; what is left out stays. Value, numerator, denominator and marker are given together.
#[derive(Clone, Debug, Default, Deserialize, ToSchema)]
#[serde(default)]
#[schema(as = MeasurementCorrection)]
pub struct Correction {
    /// The right value.
    pub value: Option<Dec>,
    /// What was divided.
    pub numerator: Option<Dec>,
    /// By what.
    pub denominator: Option<Dec>,
    /// `suppressed` or `missing` when there is no value.
    pub marker: Option<Marker>,
    /// Where it comes from.
    pub source: Option<String>,
    /// Evidence elsewhere.
    pub evidence_url: Option<String>,
    /// Evidence uploaded here.
    pub evidence_file_id: Option<FileId>,
    /// The note, which may say why it is corrected.
    pub note: Option<String>,
}

impl Correction {
    fn over(&self, old: &Measurement) -> NewMeasurement {
        let numbers = self.value.is_some()
            || self.numerator.is_some()
            || self.denominator.is_some()
            || self.marker.is_some();
        let (value, numerator, denominator, marker) = if numbers {
            (
                self.value.clone(),
                self.numerator.clone(),
                self.denominator.clone(),
                self.marker,
            )
        } else {
            (
                old.value.clone(),
                old.numerator.clone(),
                old.denominator.clone(),
                Some(old.marker),
            )
        };
        NewMeasurement {
            metric_id: Some(old.metric_id.clone()),
            organization_id: old.organization_id.clone(),
            period: old.period.to_string(),
            dimensions: old.dimensions.clone(),
            value,
            numerator,
            denominator,
            marker,
            source: self.source.clone().unwrap_or_else(|| old.source.clone()),
            evidence_url: self
                .evidence_url
                .clone()
                .or_else(|| old.evidence_url.clone()),
            evidence_file_id: self
                .evidence_file_id
                .clone()
                .or_else(|| old.evidence_file_id.clone()),
            note: self.note.clone().unwrap_or_else(|| old.note.clone()),
        }
    }
}

/// Corrects a measurement. It is reported again, so a verification of the earlier version does not carry over.
///
/// # Errors
/// 403 as for recording; 404; 409 when it was withdrawn; 412 and 428 for its version; 422 with every field that is wrong.
pub fn correct(
    conn: &mut Conn,
    actor: &Actor,
    id: &MeasurementId,
    seen: IfMatch,
    correction: &Correction,
) -> Result<Measurement, Error> {
    let old = store::find(conn, actor.tenant(), id)?.ok_or(Error::NotFound)?;
    let metric =
        metric::store::find(conn, actor.tenant(), &old.metric_id)?.ok_or(Error::NotFound)?;
    let new = correction.over(&old);
    if !check::may_measure(actor, &metric, &new) {
        return Err(Error::MayNotMeasure);
    }
    conn.lock(&format!("rollup:{}:{}", old.metric_id, old.period))
        .map_err(DbError::from)?;
    // Read again behind the lock: somebody may have changed it meanwhile.
    let old = store::find(conn, actor.tenant(), id)?.ok_or(Error::NotFound)?;
    seen.check(old.version)?;
    if old.status == Status::Withdrawn {
        return Err(Error::Withdrawn);
    }
    let mut fields = Fields::new();
    let mut open = metric.clone();
    // A retired metric takes no new measurements, but mistakes in old ones can be put right.
    open.status = metric::Status::Active;
    let checked = check::check(&mut fields, &open, &new, &check::reading(actor));
    if let Some(evidence) = &correction.evidence_file_id
        && file::find(conn, actor.tenant(), evidence)?.is_none()
    {
        fields.fail("evidence_file_id", "not-understood");
    }
    fields.finish()?;
    let checked = checked.ok_or(Error::NotFound)?;
    let first_reported = old.reported_at;
    let (made, change) = replace(conn, actor, old, &new, checked, first_reported)?;
    rollup::apply(conn, actor.tenant(), vec![change], actor.now)?;
    record::told(conn, actor, "measurement.corrected", &made, None)?;
    clock::tick(conn, actor.tenant())?;
    Ok(made)
}

/// Puts new content over a measurement, keeping what it was.
pub(super) fn replace(
    conn: &mut Conn,
    actor: &Actor,
    old: Measurement,
    new: &NewMeasurement,
    checked: Checked,
    reported_at: Instant,
) -> Result<(Measurement, Change), DbError> {
    let made = Measurement {
        value: checked.values.value,
        numerator: checked.values.numerator,
        denominator: checked.values.denominator,
        marker: checked.values.marker,
        source: checked.source,
        evidence_url: checked.evidence_url,
        evidence_file_id: new.evidence_file_id.clone(),
        note: checked.note,
        status: Status::Reported,
        version: old.version + 1,
        changed_by: actor.name.clone(),
        reported_at,
        changed_at: actor.now,
        ..old.clone()
    };
    store::replace(conn, actor.tenant(), &old.as_version(), &made)?;
    let change = Change {
        metric: made.metric_id.clone(),
        period: made.period,
        before: old.contribution(),
        after: made.contribution(),
    };
    Ok((made, change))
}
