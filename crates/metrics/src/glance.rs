//! A few metrics at a glance, for pages that tell of other things: what somebody's contributions moved, what a leader must know.

use backbone_db::{Conn, DbError};
use backbone_identity::{Actor, Core};
use backbone_web::SafeHtml;
use serde::Serialize;

use crate::judge::Standing;
use crate::metric::show::Words;
use crate::metric::{Metric, MetricId, store as metrics};
use crate::policy::SeeScorecard;
use crate::scorecard::compute::{Row, compute, row};
use crate::scorecard::store as cards;
use crate::scorecard::view::row_view;

/// One metric in words, with its picture.
#[derive(Serialize)]
pub struct Glance {
    /// The metric, by identifier.
    pub id: String,
    /// Its name.
    pub name: String,
    /// Its unit, where the value does not say it.
    pub unit: String,
    /// The latest value.
    pub value: String,
    /// Of when.
    pub period: String,
    /// The first value of those in the picture, when there are two.
    pub before: Option<String>,
    /// Of when that is.
    pub before_period: String,
    /// Twelve periods.
    pub spark: SafeHtml,
    /// The chip's tone.
    pub tone: &'static str,
    /// The chip's word.
    pub status: String,
    /// Where it is heading, in words.
    pub direction: String,
    /// Who answers for it.
    pub owner: String,
    /// Where it leads, behind `/p/{slug}`.
    pub path: String,
}

/// These metrics as they stand, in this order. Who may not see the scorecard sees none.
///
/// # Errors
/// Only those of the database.
pub fn of(
    core: &Core,
    conn: &mut Conn,
    actor: &Actor,
    ids: &[String],
) -> Result<Vec<Glance>, DbError> {
    if !actor.may::<SeeScorecard>() {
        return Ok(Vec::new());
    }
    let today = actor.now.date_in(&actor.partnership.zone());
    let ids: Vec<MetricId> = ids.iter().filter_map(|id| id.parse().ok()).collect();
    let found = metrics::find_many(conn, actor.tenant(), &ids)?;
    let mut glances = Vec::new();
    for id in &ids {
        if let Some(metric) = found.iter().find(|m| &m.id == id) {
            let stands = row(conn, actor.tenant(), metric, today)?;
            glances.push(glance(core, actor, metric, &stands));
        }
    }
    Ok(glances)
}

/// The metrics of all scorecards that are off their target's path, and those to watch; the worst first, each once.
///
/// # Errors
/// Only those of the database.
pub fn off(
    core: &Core,
    conn: &mut Conn,
    actor: &Actor,
    most: usize,
) -> Result<(Vec<Glance>, Health), DbError> {
    let today = actor.now.date_in(&actor.partnership.zone());
    let mut rows: Vec<Row> = Vec::new();
    for card in cards::list(conn, actor.tenant())? {
        let computed = compute(conn, actor.tenant(), &card, today, false)?;
        for row in computed.groups.into_iter().flat_map(|g| g.rows) {
            if !rows.iter().any(|r| r.metric_id == row.metric_id) {
                rows.push(row);
            }
        }
    }
    let count = |standing| rows.iter().filter(|r| r.standing == standing).count();
    let health = Health {
        all: rows.len(),
        on_target: count(Standing::OnTarget),
        watch: count(Standing::Watch),
        off: count(Standing::Off),
    };
    rows.retain(|r| matches!(r.standing, Standing::Off | Standing::Watch));
    rows.sort_by_key(|r| r.standing != Standing::Off);
    rows.truncate(most);
    let ids: Vec<MetricId> = rows.iter().map(|r| r.metric_id.clone()).collect();
    let found = metrics::find_many(conn, actor.tenant(), &ids)?;
    let glances = rows.iter().filter_map(|row| {
        let metric = found.iter().find(|m| m.id == row.metric_id)?;
        Some(glance(core, actor, metric, row))
    });
    Ok((glances.collect(), health))
}

/// How many metrics stand how.
#[derive(Clone, Copy, Debug, Serialize)]
pub struct Health {
    /// On any scorecard.
    pub all: usize,
    /// On target.
    pub on_target: usize,
    /// To watch.
    pub watch: usize,
    /// Off target.
    pub off: usize,
}

fn glance(core: &Core, actor: &Actor, metric: &Metric, stands: &Row) -> Glance {
    let words = Words {
        catalogue: core.renderer.catalogue(),
        lang: actor.lang,
    };
    let view = row_view(&words, &metric.definition, stands);
    let first = stands.points.first().filter(|_| stands.points.len() > 1);
    Glance {
        id: metric.id.to_string(),
        before: first.map(|p| words.value(&metric.definition, p.value.get(), None)),
        before_period: first.map(|p| words.period(&p.period)).unwrap_or_default(),
        name: view.name,
        unit: view.unit,
        value: view.value,
        period: view.period,
        spark: view.spark,
        tone: view.tone,
        status: view.status,
        direction: view.direction,
        owner: view.owner,
        path: format!("/metrics/{}", metric.id),
    }
}
