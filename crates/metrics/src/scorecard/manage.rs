//! Choosing the metrics of a scorecard, within its budget.

use backbone_db::{Conn, DbError};
use backbone_events::{NewEvent, Object, append};
use backbone_identity::Actor;
use backbone_web::{Fields, IfMatch, Lang};
use serde::Deserialize;
use serde_json::json;
use utoipa::ToSchema;

use super::{DEFAULT_BUDGET, Scorecard, ScorecardId, store};
use crate::clock;
use crate::error::Error;
use crate::metric::{self, MetricId, Status};
use crate::policy::ManageMetrics;

/// A scorecard to make.
#[derive(Clone, Debug, Default, Deserialize, ToSchema)]
#[serde(default)]
pub struct NewScorecard {
    /// Its name.
    pub name: String,
    /// How many metrics it may hold; 10 when not given.
    pub budget: Option<i32>,
}

/// Changes of a scorecard; what is left out stays.
#[derive(Clone, Debug, Default, Deserialize, ToSchema)]
#[serde(default)]
pub struct ScorecardChange {
    /// Another name.
    pub name: Option<String>,
    /// Another budget; not below the number of metrics on it.
    pub budget: Option<i32>,
    /// The same metrics in another order.
    pub metric_ids: Option<Vec<MetricId>>,
}

/// A metric to put on a scorecard.
#[derive(Clone, Debug, Deserialize, ToSchema)]
#[schema(as = ScorecardAddition)]
pub struct Addition {
    /// The metric.
    pub metric_id: MetricId,
    /// A metric on the scorecard that makes room for it in the same step.
    #[serde(default)]
    pub instead_of: Option<MetricId>,
    /// Whether the one that makes room is retired, too, rather than only taken off.
    #[serde(default)]
    pub retire: bool,
}

/// The first scorecard's name, in the partnership's language.
fn default_name(lang: Lang) -> &'static str {
    let source = match lang {
        Lang::Nl => include_str!("../../locales/nl.ftl"),
        Lang::En | Lang::Added(_) => include_str!("../../locales/en.ftl"),
    };
    source
        .lines()
        .find_map(|line| line.strip_prefix("metrics-nav = "))
        .map_or("", str::trim)
}

/// The partnership's first scorecard; made when it has none.
///
/// # Errors
/// Only those of the database.
pub fn first(conn: &mut Conn, actor: &Actor) -> Result<Scorecard, Error> {
    conn.lock(&format!("scorecards:{}", actor.tenant()))
        .map_err(DbError::from)?;
    if let Some(first) = store::list(conn, actor.tenant())?.into_iter().next() {
        return Ok(first);
    }
    let name = default_name(actor.partnership.lang()).to_string();
    made(conn, actor, name, DEFAULT_BUDGET, 0)
}

fn made(
    conn: &mut Conn,
    actor: &Actor,
    name: String,
    budget: i32,
    position: i32,
) -> Result<Scorecard, Error> {
    let scorecard = Scorecard {
        id: ScorecardId::new(),
        name,
        position,
        budget,
        metric_ids: Vec::new(),
        version: 1,
        created_at: actor.now,
    };
    store::insert(conn, actor.tenant(), &scorecard)?;
    told(
        conn,
        actor,
        "scorecard.made",
        &scorecard,
        &json!({ "budget": budget }),
        &[],
    )?;
    Ok(scorecard)
}

/// Makes a scorecard.
///
/// # Errors
/// 403; 422 for its name or budget.
pub fn make(conn: &mut Conn, actor: &Actor, new: &NewScorecard) -> Result<Scorecard, Error> {
    actor.require::<ManageMetrics>()?;
    let mut fields = Fields::new();
    let name = fields.text("name", &new.name, 80);
    let budget = checked_budget(&mut fields, new.budget.unwrap_or(DEFAULT_BUDGET));
    fields.finish()?;
    conn.lock(&format!("scorecards:{}", actor.tenant()))
        .map_err(DbError::from)?;
    let others = store::list(conn, actor.tenant())?;
    if others.iter().any(|s| s.name == name) {
        return Err(Error::NameTaken);
    }
    let position = others.last().map_or(0, |s| s.position + 1);
    made(conn, actor, name, budget, position)
}

fn checked_budget(fields: &mut Fields, budget: i32) -> i32 {
    if !(1..=40).contains(&budget) {
        let args = [("min", "1".to_string()), ("max", "40".to_string())];
        fields.fail_with("budget", "out-of-range", &args);
    }
    budget
}

/// The scorecard behind its lock.
fn locked(conn: &mut Conn, actor: &Actor, id: &ScorecardId) -> Result<Scorecard, Error> {
    actor.require::<ManageMetrics>()?;
    conn.lock(&format!("scorecard:{id}"))
        .map_err(DbError::from)?;
    store::find(conn, actor.tenant(), id)?.ok_or(Error::NotFound)
}

/// Puts a metric on a scorecard; with `instead_of`, in the place of another one.
///
/// # Errors
/// 403, 404; 409 when it is there already, is retired, or the budget is used up and nothing makes room.
pub fn add(
    conn: &mut Conn,
    actor: &Actor,
    id: &ScorecardId,
    addition: &Addition,
) -> Result<Scorecard, Error> {
    let mut scorecard = locked(conn, actor, id)?;
    let metric =
        metric::store::find(conn, actor.tenant(), &addition.metric_id)?.ok_or(Error::NotFound)?;
    if metric.status == Status::Retired {
        return Err(Error::Retired);
    }
    if scorecard.metric_ids.contains(&metric.id) {
        return Err(Error::OnScorecard);
    }
    let budget = usize::try_from(scorecard.budget).unwrap_or(0);
    let mut about = vec![Object::new("metric", &metric.id)];
    match &addition.instead_of {
        Some(other) => {
            let place = scorecard
                .metric_ids
                .iter()
                .position(|m| m == other)
                .ok_or(Error::NotFound)?;
            scorecard.metric_ids[place] = metric.id.clone();
            about.push(Object::new("metric", other));
        }
        None if scorecard.metric_ids.len() >= budget => {
            return Err(Error::BudgetUsed {
                scorecard: scorecard.name,
                budget: scorecard.budget,
            });
        }
        None => scorecard.metric_ids.push(metric.id.clone()),
    }
    scorecard.version += 1;
    store::save(conn, actor.tenant(), &scorecard)?;
    if let Some(other) = addition.instead_of.as_ref().filter(|_| addition.retire) {
        let old = metric::store::find(conn, actor.tenant(), other)?.ok_or(Error::NotFound)?;
        let seen = IfMatch(Some(old.version));
        metric::define::set_status(conn, actor, other, seen, Status::Retired)?;
    }
    let (kind, data) = match &addition.instead_of {
        Some(other) => (
            "scorecard.metric_swapped",
            json!({ "added": metric.id, "removed": other, "retired": addition.retire }),
        ),
        None => ("scorecard.metric_added", json!({ "added": metric.id })),
    };
    told(conn, actor, kind, &scorecard, &data, &about)?;
    Ok(scorecard)
}

/// Takes a metric off a scorecard; it stays defined and measured.
///
/// # Errors
/// 403; 404 when it is not on it.
pub fn remove(
    conn: &mut Conn,
    actor: &Actor,
    id: &ScorecardId,
    metric: &MetricId,
) -> Result<Scorecard, Error> {
    let mut scorecard = locked(conn, actor, id)?;
    let before = scorecard.metric_ids.len();
    scorecard.metric_ids.retain(|m| m != metric);
    if scorecard.metric_ids.len() == before {
        return Err(Error::NotFound);
    }
    scorecard.version += 1;
    store::save(conn, actor.tenant(), &scorecard)?;
    let data = json!({ "removed": metric });
    let about = [Object::new("metric", metric)];
    told(
        conn,
        actor,
        "scorecard.metric_removed",
        &scorecard,
        &data,
        &about,
    )?;
    Ok(scorecard)
}

/// Renames a scorecard, sets its budget, or orders its metrics.
///
/// # Errors
/// 403, 404; 409 for a budget below what is on it; 412 and 428 for its version; 422 for name, budget, or an order that names
/// other metrics.
pub fn change(
    conn: &mut Conn,
    actor: &Actor,
    id: &ScorecardId,
    seen: IfMatch,
    change: &ScorecardChange,
) -> Result<Scorecard, Error> {
    let mut scorecard = locked(conn, actor, id)?;
    seen.check(scorecard.version)?;
    let mut fields = Fields::new();
    if let Some(name) = &change.name {
        scorecard.name = fields.text("name", name, 80);
    }
    if let Some(budget) = change.budget {
        scorecard.budget = checked_budget(&mut fields, budget);
    }
    if let Some(order) = &change.metric_ids {
        let sorted = |ids: &[MetricId]| {
            let mut ids = ids.to_vec();
            ids.sort();
            ids
        };
        if sorted(order) == sorted(&scorecard.metric_ids) {
            scorecard.metric_ids.clone_from(order);
        } else {
            fields.fail("metric_ids", "metrics-order-other");
        }
    }
    fields.finish()?;
    let others = store::list(conn, actor.tenant())?;
    if others
        .iter()
        .any(|s| s.name == scorecard.name && s.id != *id)
    {
        return Err(Error::NameTaken);
    }
    let used = scorecard.metric_ids.len() as i64;
    if i64::from(scorecard.budget) < used {
        return Err(Error::BudgetTooSmall { used });
    }
    scorecard.version += 1;
    store::save(conn, actor.tenant(), &scorecard)?;
    let data = json!({ "name": scorecard.name, "budget": scorecard.budget, "metrics": scorecard.metric_ids });
    told(conn, actor, "scorecard.changed", &scorecard, &data, &[])?;
    Ok(scorecard)
}

/// Retires a scorecard: it goes, its metrics and their measurements stay.
///
/// # Errors
/// 403, 404; 409 for the only one; 412 and 428 for its version.
pub fn retire(
    conn: &mut Conn,
    actor: &Actor,
    id: &ScorecardId,
    seen: IfMatch,
) -> Result<(), Error> {
    conn.lock(&format!("scorecards:{}", actor.tenant()))
        .map_err(DbError::from)?;
    let scorecard = locked(conn, actor, id)?;
    seen.check(scorecard.version)?;
    if store::list(conn, actor.tenant())?.len() < 2 {
        return Err(Error::LastScorecard);
    }
    store::delete(conn, actor.tenant(), id)?;
    let data = json!({ "name": scorecard.name, "metrics": scorecard.metric_ids });
    told(conn, actor, "scorecard.retired", &scorecard, &data, &[])
}

fn told(
    conn: &mut Conn,
    actor: &Actor,
    kind: &'static str,
    it: &Scorecard,
    data: &serde_json::Value,
    about: &[Object],
) -> Result<(), Error> {
    let mut event = NewEvent::new(kind, Object::new("scorecard", &it.id)).data(data);
    for object in about {
        event = event.about(object.clone());
    }
    append(conn, actor.tenant(), &actor.by(), event)?;
    clock::tick(conn, actor.tenant())?;
    Ok(())
}
