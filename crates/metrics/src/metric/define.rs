//! Defining a metric, and editing what it means.

use backbone_db::{Conn, Currency};
use backbone_events::{NewEvent, Object, append};
use backbone_identity::Actor;
use backbone_web::{Fields, IfMatch};
use serde::Deserialize;
use serde_json::json;
use utoipa::ToSchema;

use super::{Definition, Direction, Kind, Metric, MetricId, Status, ThresholdKind, store};
use crate::clock;
use crate::error::Error;
use crate::perspective::{self, ObjectiveId, Perspective};
use crate::policy::ManageMetrics;

/// A metric to define, or all of what an edited one is to be.
#[derive(Clone, Debug, Default, Deserialize, ToSchema)]
#[serde(default)]
pub struct NewMetric {
    /// Its name.
    pub name: String,
    /// The perspective's identifier or name; the first one when empty.
    pub perspective: String,
    /// The objective it shows the way of.
    pub objective_id: Option<ObjectiveId>,
    /// Whether funders and readers of stories may see it.
    pub public: bool,
    /// Why it is changed, for its history; of an edit only.
    pub why: String,
    /// What it means and how it is judged.
    #[serde(flatten)]
    pub definition: Definition,
}

/// Defines a metric.
///
/// # Errors
/// 403; 422 with every field that is wrong.
pub fn define(conn: &mut Conn, actor: &Actor, new: &NewMetric) -> Result<Metric, Error> {
    actor.require::<ManageMetrics>()?;
    let perspectives = perspective::manage::ensure(conn, actor)?;
    let mut metric = Metric {
        id: MetricId::new(),
        perspective_id: perspectives.first().ok_or(Error::NotFound)?.id.clone(),
        objective_id: None,
        name: String::new(),
        definition: Definition::default(),
        public: new.public,
        status: Status::Active,
        version: 1,
        created_at: actor.now,
        updated_at: actor.now,
    };
    fill(conn, actor, &perspectives, new, &mut metric)?;
    store::insert(conn, actor.tenant(), &metric)?;
    told(conn, actor, "metric.defined", &metric, "")?;
    Ok(metric)
}

/// Edits a metric: `new` says all of what it is to be. Its measurements stay as they are.
///
/// # Errors
/// 403, 404, 412 and 428 for its version, 422 with every field that is wrong.
pub fn edit(
    conn: &mut Conn,
    actor: &Actor,
    id: &MetricId,
    seen: IfMatch,
    new: &NewMetric,
) -> Result<Metric, Error> {
    actor.require::<ManageMetrics>()?;
    let mut metric = store::find(conn, actor.tenant(), id)?.ok_or(Error::NotFound)?;
    seen.check(metric.version)?;
    let perspectives = perspective::manage::ensure(conn, actor)?;
    metric.public = new.public;
    fill(conn, actor, &perspectives, new, &mut metric)?;
    metric.version += 1;
    metric.updated_at = actor.now;
    store::update(conn, actor.tenant(), &metric)?;
    told(conn, actor, "metric.changed", &metric, new.why.trim())?;
    Ok(metric)
}

/// Retires a metric: it leaves the scorecards and is no longer measured; its measurements stay. Or takes it back into use.
///
/// # Errors
/// 403, 404, 412 and 428 for its version.
pub fn set_status(
    conn: &mut Conn,
    actor: &Actor,
    id: &MetricId,
    seen: IfMatch,
    status: Status,
) -> Result<Metric, Error> {
    actor.require::<ManageMetrics>()?;
    let mut metric = store::find(conn, actor.tenant(), id)?.ok_or(Error::NotFound)?;
    seen.check(metric.version)?;
    if metric.status == status {
        return Ok(metric);
    }
    metric.status = status;
    metric.version += 1;
    metric.updated_at = actor.now;
    store::update(conn, actor.tenant(), &metric)?;
    let kind = match status {
        Status::Retired => {
            crate::scorecard::store::take_everywhere(conn, actor.tenant(), id)?;
            "metric.retired"
        }
        Status::Active => "metric.revived",
    };
    told(conn, actor, kind, &metric, "")?;
    Ok(metric)
}

fn told(
    conn: &mut Conn,
    actor: &Actor,
    kind: &'static str,
    it: &Metric,
    why: &str,
) -> Result<(), Error> {
    let event = NewEvent::new(kind, Object::new("metric", &it.id)).data(&json!({
        "version": it.version, "name": it.name, "public": it.public, "perspective_id": it.perspective_id,
        "objective_id": it.objective_id, "status": it.status, "why": why, "definition": it.definition,
    }));
    append(conn, actor.tenant(), &actor.by(), event)?;
    clock::tick(conn, actor.tenant())?;
    Ok(())
}

/// Checks what was given and puts it into the metric.
fn fill(
    conn: &mut Conn,
    actor: &Actor,
    perspectives: &[Perspective],
    new: &NewMetric,
    metric: &mut Metric,
) -> Result<(), Error> {
    let mut fields = Fields::new();
    metric.name = fields.text("name", &new.name, 120);
    fields.optional("why", &new.why, 500);
    metric.definition = checked(
        &mut fields,
        &new.definition,
        actor.partnership.currency.code(),
    );
    if !new.perspective.trim().is_empty() {
        match perspective::manage::find_by_id_or_name(perspectives, &new.perspective) {
            Some(found) => metric.perspective_id = found.id.clone(),
            None => fields.fail("perspective", "not-understood"),
        }
    }
    metric.objective_id = new.objective_id.clone();
    if let Some(objective) = &new.objective_id {
        let known = perspective::store::objectives(conn, actor.tenant())?
            .iter()
            .any(|o| o.id == *objective && o.perspective_id == metric.perspective_id);
        if !known {
            fields.fail("objective_id", "metrics-objective-elsewhere");
        }
    }
    if let Some(owner) = &new.definition.owner.organization_id
        && !crate::has_organization(conn, actor, owner)?
    {
        fields.fail("owner", "not-understood");
    }
    let taken = store::by_name(conn, actor.tenant(), &metric.name)?;
    if taken.is_some_and(|id| id != metric.id) {
        fields.fail("name", "metrics-name-taken");
    }
    fields.finish()?;
    Ok(())
}

/// The definition with its texts trimmed, and an error for everything that contradicts itself.
fn checked(fields: &mut Fields, given: &Definition, currency: &str) -> Definition {
    let mut d = given.clone();
    d.meaning = fields.optional("meaning", &given.meaning, 2000);
    d.unit = fields.optional("unit", &given.unit, 40);
    d.source = fields.optional("source", &given.source, 500);
    d.owner.name = fields.optional("owner", &given.owner.name, 120);
    d.dimensions = given
        .dimensions
        .iter()
        .map(|name| fields.optional("dimensions", name, 80))
        .filter(|name| !name.is_empty())
        .collect();
    if d.kind == Kind::Money {
        if d.unit.is_empty() {
            d.unit = currency.to_string();
        }
        match d.unit.parse::<Currency>() {
            Ok(currency) => d.unit = currency.code().to_string(),
            Err(_) => fields.fail("unit", "metrics-unit-currency"),
        }
    }
    if d.decimals > 8 {
        let args = [("min", "0".to_string()), ("max", "8".to_string())];
        fields.fail_with("decimals", "out-of-range", &args);
    }
    if d.grace_days > 1000 {
        let args = [("min", "0".to_string()), ("max", "1000".to_string())];
        fields.fail_with("grace_days", "out-of-range", &args);
    }
    match (d.direction, &d.range_low, &d.range_high) {
        (Direction::Range, None, None) => fields.fail("range_low", "metrics-range-missing"),
        (Direction::Range, Some(low), Some(high)) if low.get() >= high.get() => {
            fields.fail("range_high", "metrics-range-order");
        }
        _ => {}
    }
    d.targets.sort_by_key(|target| target.period.last_day());
    if d.targets.len() > 60 {
        let args = [("min", "0".to_string()), ("max", "60".to_string())];
        fields.fail_with("targets", "out-of-range", &args);
    }
    if d.targets
        .windows(2)
        .any(|pair| pair[0].period.last_day() == pair[1].period.last_day())
    {
        fields.fail("targets", "metrics-targets-twice");
    }
    if let (Some(baseline), Some(first)) = (&d.baseline, d.targets.first())
        && baseline.period.last_day() >= first.period.last_day()
    {
        fields.fail("targets", "metrics-targets-before-baseline");
    }
    check_thresholds(fields, &d);
    d
}

fn check_thresholds(fields: &mut Fields, d: &Definition) {
    let (on, watch) = (d.thresholds.on.get(), d.thresholds.watch.get());
    let ordered = match (d.thresholds.kind, d.direction) {
        (ThresholdKind::Level, Direction::Range) => {
            fields.fail("threshold_kind", "metrics-level-range");
            return;
        }
        (ThresholdKind::Level, Direction::Up) => on >= watch,
        (ThresholdKind::Level, Direction::Down) => on <= watch,
        _ => on.is_sign_positive() && on <= watch,
    };
    if !ordered {
        fields.fail("threshold_watch", "metrics-threshold-order");
    }
}
