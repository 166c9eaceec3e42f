//! Verifying, querying and withdrawing what was reported.

use backbone_db::{Conn, DbError};
use backbone_identity::Actor;
use backbone_web::{Fields, IfMatch};
use serde::Deserialize;
use utoipa::ToSchema;

use super::{Measurement, MeasurementId, NewMeasurement, Status, check, record, store};
use crate::clock;
use crate::error::Error;
use crate::metric;
use crate::policy::ReviewMeasurements;
use crate::rollup::{self, Change};

/// Why, in a sentence.
#[derive(Clone, Debug, Default, Deserialize, ToSchema)]
#[serde(default)]
#[schema(as = MeasurementReason)]
pub struct Reason {
    /// The sentence; needed for a query and for a withdrawal.
    pub reason: String,
}

/// Marks a measurement as checked.
///
/// # Errors
/// 403, 404; 409 when it was withdrawn; 412 for its version.
pub fn verify(
    conn: &mut Conn,
    actor: &Actor,
    id: &MeasurementId,
    seen: Option<IfMatch>,
) -> Result<Measurement, Error> {
    actor.require::<ReviewMeasurements>()?;
    set(conn, actor, id, seen, Status::Verified, None)
}

/// Asks about a measurement; it still counts.
///
/// # Errors
/// 403, 404; 409 when it was withdrawn; 412 for its version; 422 without a question.
pub fn query(
    conn: &mut Conn,
    actor: &Actor,
    id: &MeasurementId,
    seen: Option<IfMatch>,
    reason: &Reason,
) -> Result<Measurement, Error> {
    actor.require::<ReviewMeasurements>()?;
    let reason = sentence(reason)?;
    set(conn, actor, id, seen, Status::Queried, Some(reason))
}

/// Takes a measurement back: staff, or those who may report it. It stays in the history and no longer counts.
///
/// # Errors
/// 403, 404; 412 for its version; 422 without a reason.
pub fn withdraw(
    conn: &mut Conn,
    actor: &Actor,
    id: &MeasurementId,
    seen: Option<IfMatch>,
    reason: &Reason,
) -> Result<Measurement, Error> {
    let old = store::find(conn, actor.tenant(), id)?.ok_or(Error::NotFound)?;
    let metric =
        metric::store::find(conn, actor.tenant(), &old.metric_id)?.ok_or(Error::NotFound)?;
    let as_new = NewMeasurement {
        organization_id: old.organization_id.clone(),
        ..NewMeasurement::default()
    };
    if !check::may_measure(actor, &metric, &as_new) {
        return Err(Error::MayNotMeasure);
    }
    let reason = sentence(reason)?;
    set(conn, actor, id, seen, Status::Withdrawn, Some(reason))
}

fn sentence(reason: &Reason) -> Result<String, Error> {
    let mut fields = Fields::new();
    let text = fields.text("reason", &reason.reason, 1000);
    fields.finish()?;
    Ok(text)
}

fn set(
    conn: &mut Conn,
    actor: &Actor,
    id: &MeasurementId,
    seen: Option<IfMatch>,
    status: Status,
    reason: Option<String>,
) -> Result<Measurement, Error> {
    let old = store::find(conn, actor.tenant(), id)?.ok_or(Error::NotFound)?;
    conn.lock(&format!("rollup:{}:{}", old.metric_id, old.period))
        .map_err(DbError::from)?;
    let old = store::find(conn, actor.tenant(), id)?.ok_or(Error::NotFound)?;
    if let Some(seen) = seen {
        seen.check(old.version)?;
    }
    if old.status == Status::Withdrawn {
        return Err(Error::Withdrawn);
    }
    if old.status == status && reason.is_none() {
        return Ok(old);
    }
    let made = Measurement {
        status,
        note: reason.clone().unwrap_or_else(|| old.note.clone()),
        version: old.version + 1,
        changed_by: actor.name.clone(),
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
    rollup::apply(conn, actor.tenant(), vec![change], actor.now)?;
    let kind = match status {
        Status::Verified => "measurement.verified",
        Status::Queried => "measurement.queried",
        Status::Withdrawn => "measurement.withdrawn",
        Status::Reported => "measurement.reported",
    };
    record::told(conn, actor, kind, &made, reason.as_deref())?;
    clock::tick(conn, actor.tenant())?;
    Ok(made)
}
