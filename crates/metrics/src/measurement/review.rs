//! Verifying, querying and withdrawing what was reported; answering, and taking a withdrawal back.

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

/// Asks about a measurement; it still counts. Whoever reported it gets a mail with the question.
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
    let made = set(conn, actor, id, seen, Status::Queried, Some(reason))?;
    super::question::mail(conn, actor, &made)?;
    Ok(made)
}

/// Answers a question about a measurement that is right as it is; staff look at it again.
///
/// # Errors
/// 403 as for reporting; 404; 409 while nobody asks; 412 for its version; 422 without an answer.
pub fn answer(
    conn: &mut Conn,
    actor: &Actor,
    id: &MeasurementId,
    seen: Option<IfMatch>,
    reason: &Reason,
) -> Result<Measurement, Error> {
    let old = own(conn, actor, id)?;
    let reason = sentence(reason)?;
    let old = locked(conn, actor, &old, seen)?;
    if old.status != Status::Queried {
        return Err(Error::NotThere("queried"));
    }
    let made = next(actor, &old, Status::Reported, reason.clone());
    save(
        conn,
        actor,
        &old,
        &made,
        "measurement.answered",
        Some(&reason),
    )?;
    Ok(made)
}

/// Takes a withdrawal back: the measurement counts again as it did before. Once it was reported anew there is nothing to take
/// back.
///
/// # Errors
/// 403 as for reporting; 404; 409 unless it is withdrawn; 412 for its version.
pub fn restore(
    conn: &mut Conn,
    actor: &Actor,
    id: &MeasurementId,
    seen: Option<IfMatch>,
) -> Result<Measurement, Error> {
    let old = own(conn, actor, id)?;
    let old = locked(conn, actor, &old, seen)?;
    let before = store::versions(conn, actor.tenant(), id)?
        .into_iter()
        .next();
    let Some(before) = before.filter(|_| old.status == Status::Withdrawn) else {
        return Err(Error::NotThere("withdrawn"));
    };
    let made = next(actor, &old, before.status, before.note);
    save(conn, actor, &old, &made, "measurement.restored", None)?;
    Ok(made)
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
    own(conn, actor, id)?;
    let reason = sentence(reason)?;
    set(conn, actor, id, seen, Status::Withdrawn, Some(reason))
}

/// The measurement, if this actor may report it.
fn own(conn: &mut Conn, actor: &Actor, id: &MeasurementId) -> Result<Measurement, Error> {
    let it = store::find(conn, actor.tenant(), id)?.ok_or(Error::NotFound)?;
    let metric =
        metric::store::find(conn, actor.tenant(), &it.metric_id)?.ok_or(Error::NotFound)?;
    let as_new = NewMeasurement {
        organization_id: it.organization_id.clone(),
        ..NewMeasurement::default()
    };
    match check::may_measure(actor, &metric, &as_new) {
        true => Ok(it),
        false => Err(Error::MayNotMeasure),
    }
}

fn sentence(reason: &Reason) -> Result<String, Error> {
    let mut fields = Fields::new();
    let text = fields.text("reason", &reason.reason, 1000);
    fields.finish()?;
    Ok(text)
}

/// The measurement read again behind its period's lock, in the version that the caller saw.
fn locked(
    conn: &mut Conn,
    actor: &Actor,
    it: &Measurement,
    seen: Option<IfMatch>,
) -> Result<Measurement, Error> {
    conn.lock(&format!("rollup:{}:{}", it.metric_id, it.period))
        .map_err(DbError::from)?;
    let it = store::find(conn, actor.tenant(), &it.id)?.ok_or(Error::NotFound)?;
    if let Some(seen) = seen {
        seen.check(it.version)?;
    }
    Ok(it)
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
    let old = locked(conn, actor, &old, seen)?;
    if old.status == Status::Withdrawn {
        return Err(Error::Withdrawn);
    }
    if old.status == status && reason.is_none() {
        return Ok(old);
    }
    let note = reason.clone().unwrap_or_else(|| old.note.clone());
    let made = next(actor, &old, status, note);
    let kind = match status {
        Status::Verified => "measurement.verified",
        Status::Queried => "measurement.queried",
        Status::Withdrawn => "measurement.withdrawn",
        Status::Reported => "measurement.reported",
    };
    save(conn, actor, &old, &made, kind, reason.as_deref())?;
    Ok(made)
}

fn next(actor: &Actor, old: &Measurement, status: Status, note: String) -> Measurement {
    Measurement {
        status,
        note,
        version: old.version + 1,
        changed_by: actor.name.clone(),
        changed_at: actor.now,
        ..old.clone()
    }
}

/// Keeps what it was, counts the change, and tells it.
fn save(
    conn: &mut Conn,
    actor: &Actor,
    old: &Measurement,
    made: &Measurement,
    kind: &'static str,
    reason: Option<&str>,
) -> Result<(), Error> {
    store::replace(conn, actor.tenant(), &old.as_version(), made)?;
    let change = Change {
        metric: made.metric_id.clone(),
        period: made.period,
        before: old.contribution(),
        after: made.contribution(),
    };
    rollup::apply(conn, actor.tenant(), vec![change], actor.now)?;
    record::told(conn, actor, kind, made, reason)?;
    clock::tick(conn, actor.tenant())?;
    Ok(())
}
