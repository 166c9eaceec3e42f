//! Recording one measurement.

use backbone_db::{Conn, DbError, Instant};
use backbone_events::{NewEvent, Object, append};
use backbone_identity::{Actor, file};
use backbone_web::Fields;
use serde_json::json;

use super::check::{self, Checked};
use super::{Measurement, MeasurementId, NewMeasurement, Status, dimensions_text, store};
use crate::clock;
use crate::error::Error;
use crate::metric::{self, Metric};
use crate::rollup::{self, Change};

/// Records a measurement.
///
/// # Errors
/// 403 when the metric lets only others report; 409 when there is one for the same metric, organization, period and dimensions
/// (correct that one instead); 422 with every field that is wrong.
pub fn record(conn: &mut Conn, actor: &Actor, new: &NewMeasurement) -> Result<Measurement, Error> {
    let mut fields = Fields::new();
    let metric = metric_of(conn, actor, &mut fields, new)?;
    let Some(metric) = metric else {
        fields.finish()?;
        return Err(Error::NotFound);
    };
    if !check::may_measure(actor, &metric, new) {
        return Err(Error::MayNotMeasure);
    }
    let checked = check::check(&mut fields, &metric, new, &check::reading(actor));
    check_references(conn, actor, &mut fields, new)?;
    fields.finish()?;
    let checked = checked.ok_or(Error::NotFound)?;
    lock_key(conn, &metric, &checked)?;
    let there = existing(conn, actor, &metric, new, &checked)?;
    let (made, change) = match there {
        None => first(conn, actor, &metric, new, checked)?,
        Some(old) if old.status == Status::Withdrawn => {
            super::correct::replace(conn, actor, old, new, checked, actor.now)?
        }
        Some(old) => {
            return Err(Error::AlreadyMeasured {
                id: old.id.to_string(),
            });
        }
    };
    rollup::apply(conn, actor.tenant(), vec![change], actor.now)?;
    told(conn, actor, "measurement.recorded", &made, None)?;
    clock::tick(conn, actor.tenant())?;
    Ok(made)
}

/// The metric that the input names; a field error when it names none.
fn metric_of(
    conn: &mut Conn,
    actor: &Actor,
    fields: &mut Fields,
    new: &NewMeasurement,
) -> Result<Option<Metric>, Error> {
    let Some(id) = &new.metric_id else {
        fields.fail("metric_id", "required");
        return Ok(None);
    };
    let found = metric::store::find(conn, actor.tenant(), id)?;
    if found.is_none() {
        fields.fail("metric_id", "metrics-metric-unknown");
    }
    Ok(found)
}

/// Organization and evidence must be this partnership's.
fn check_references(
    conn: &mut Conn,
    actor: &Actor,
    fields: &mut Fields,
    new: &NewMeasurement,
) -> Result<(), Error> {
    if let Some(id) = &new.organization_id
        && !crate::has_organization(conn, actor, id)?
    {
        fields.fail("organization_id", "metrics-organization-unknown");
    }
    if let Some(id) = &new.evidence_file_id
        && file::find(conn, actor.tenant(), id)?.is_none()
    {
        fields.fail("evidence_file_id", "not-understood");
    }
    Ok(())
}

pub(super) fn lock_key(conn: &mut Conn, metric: &Metric, checked: &Checked) -> Result<(), Error> {
    conn.lock(&rollup::lock_name(&metric.id, &checked.period))
        .map_err(DbError::from)?;
    Ok(())
}

pub(super) fn existing(
    conn: &mut Conn,
    actor: &Actor,
    metric: &Metric,
    new: &NewMeasurement,
    checked: &Checked,
) -> Result<Option<Measurement>, DbError> {
    store::find_by_key(
        conn,
        actor.tenant(),
        &metric.id,
        new.organization_id.as_ref(),
        &checked.period,
        &dimensions_text(&checked.dimensions),
    )
}

/// Saves a measurement where there was none.
pub(super) fn first(
    conn: &mut Conn,
    actor: &Actor,
    metric: &Metric,
    new: &NewMeasurement,
    checked: Checked,
) -> Result<(Measurement, Change), DbError> {
    let made = build(metric, new, checked, &actor.name, actor.now);
    store::insert(conn, actor.tenant(), &made)?;
    let change = Change {
        metric: metric.id.clone(),
        period: made.period,
        before: None,
        after: made.contribution(),
    };
    Ok((made, change))
}

fn build(
    metric: &Metric,
    new: &NewMeasurement,
    checked: Checked,
    by: &str,
    now: Instant,
) -> Measurement {
    let source = match checked.source.is_empty() {
        true => metric.definition.source.clone(),
        false => checked.source,
    };
    Measurement {
        id: MeasurementId::new(),
        metric_id: metric.id.clone(),
        organization_id: new.organization_id.clone(),
        period: checked.period,
        dimensions: checked.dimensions,
        value: checked.values.value,
        numerator: checked.values.numerator,
        denominator: checked.values.denominator,
        marker: checked.values.marker,
        source,
        evidence_url: checked.evidence_url,
        evidence_file_id: new.evidence_file_id.clone(),
        note: checked.note,
        status: Status::Reported,
        version: 1,
        changed_by: by.to_string(),
        reported_at: now,
        changed_at: now,
    }
}

pub(super) fn told(
    conn: &mut Conn,
    actor: &Actor,
    kind: &'static str,
    it: &Measurement,
    reason: Option<&str>,
) -> Result<(), DbError> {
    let mut event = NewEvent::new(kind, Object::new("measurement", &it.id))
        .about(Object::new("metric", &it.metric_id));
    if let Some(organization) = &it.organization_id {
        event = event.about(Object::new("organization", organization));
    }
    let event = event.data(&json!({
        "version": it.version, "period": it.period, "value": it.value, "status": it.status, "reason": reason,
    }));
    append(conn, actor.tenant(), &actor.by(), event).map(drop)
}
