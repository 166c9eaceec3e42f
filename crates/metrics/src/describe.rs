//! What the trace tells about metrics and measurements, to members and to readers of a public story.
//!
//! In public, only metrics that are marked for it are told about; organizations are named only if they agreed; and counts of
//! fewer than the partnership's bound are said to be small, not how small.

mod tell;

use std::collections::HashMap;

use backbone_db::{Conn, DbError};
use backbone_events::{Audience, Describe, Direction, Node, Object, links_to};
use backbone_identity::directory::{self, OrganizationCard};
use backbone_ingest::period::Period;
use backbone_web::{Lang, Renderer};

use crate::measurement::{self, MeasurementId};
use crate::metric::show::Words;
use crate::metric::{self, Metric, MetricId};
use tell::Teller;

/// Measurements that a metric's trace leads to at most.
const NEAREST: i64 = 60;

/// Tells about `metric`, `metric_period` (a metric's figure of one period) and `measurement`.
pub struct Describer {
    renderer: Renderer,
}

impl Describer {
    /// With this crate's messages and those of the page frame. `None` when they do not parse, which the tests rule out.
    pub fn new() -> Option<Self> {
        let mut builder = Renderer::builder();
        crate::texts(&mut builder);
        builder.build().ok().map(|renderer| Self { renderer })
    }
}

/// The identifier of a metric's figure of one period, for kind `metric_period`.
pub fn metric_period_id(metric: &MetricId, period: &Period) -> String {
    format!("{metric}@{period}")
}

fn split(id: &str) -> Option<(MetricId, Period)> {
    let (metric, period) = id.split_once('@')?;
    Some((MetricId::parse(metric).ok()?, period.parse().ok()?))
}

impl Describe for Describer {
    fn kinds(&self) -> &'static [&'static str] {
        &["metric", "metric_period", "measurement"]
    }

    fn describe(
        &self,
        conn: &mut Conn,
        partnership_id: &str,
        kind: &str,
        ids: &[String],
        audience: Audience,
        lang: &str,
    ) -> Result<Vec<Node>, DbError> {
        let Some(partnership) = directory::partnership(conn, partnership_id)? else {
            return Ok(Vec::new());
        };
        let lang: Lang = lang.parse().unwrap_or_default();
        let organizations: HashMap<String, OrganizationCard> =
            directory::organizations(conn, partnership_id)?
                .into_iter()
                .map(|o| (o.id.to_string(), o))
                .collect();
        let teller = Teller {
            words: Words {
                catalogue: self.renderer.catalogue(),
                lang,
            },
            partnership: &partnership,
            organizations: &organizations,
            public: audience == Audience::Public,
        };
        let mut nodes = Vec::new();
        match kind {
            "metric" => {
                let wanted: Vec<MetricId> = ids
                    .iter()
                    .filter_map(|id| MetricId::parse(id).ok())
                    .collect();
                for metric in metric::store::find_many(conn, partnership_id, &wanted)? {
                    nodes.extend(teller.metric(conn, &metric)?);
                }
            }
            "metric_period" => {
                for (id, period) in ids.iter().filter_map(|id| split(id)) {
                    if let Some(metric) = metric::store::find(conn, partnership_id, &id)? {
                        nodes.extend(teller.metric_period(conn, &metric, &period)?);
                    }
                }
            }
            _ => nodes = self.measurements(conn, &teller, ids)?,
        }
        Ok(nodes)
    }

    fn choices(
        &self,
        conn: &mut Conn,
        partnership_id: &str,
        kind: &str,
    ) -> Result<Vec<(String, String)>, DbError> {
        if kind != "metric" {
            return Ok(Vec::new());
        }
        let active = Some(metric::Status::Active);
        let metrics = metric::store::list(conn, partnership_id, false, active, None, 200)?;
        let mut all: Vec<(String, String)> = metrics
            .into_iter()
            .map(|m| (m.id.to_string(), m.name))
            .collect();
        all.sort_by_key(|(_, name)| name.to_lowercase());
        Ok(all)
    }

    fn implied(
        &self,
        conn: &mut Conn,
        partnership_id: &str,
        object: &Object,
        direction: Direction,
    ) -> Result<Vec<(String, Object)>, DbError> {
        let found = match object.kind.as_str() {
            "metric" => MetricId::parse(&object.id).ok().map(|id| (id, None)),
            "metric_period" => split(&object.id).map(|(id, period)| (id, Some(period))),
            "measurement" => return ahead_of_measurement(conn, partnership_id, object, direction),
            _ => None,
        };
        let Some((id, period)) = found else {
            return Ok(Vec::new());
        };
        if direction == Direction::Ahead {
            let up = period.map(|_| ("of".to_string(), Object::new("metric", &id)));
            return Ok(up.into_iter().collect());
        }
        let measured =
            measurement::store::counting(conn, partnership_id, &id, period.as_ref(), NEAREST)?;
        let mut behind: Vec<(String, Object)> = measured
            .iter()
            .map(|m| ("measured".to_string(), Object::new("measurement", &m.id)))
            .collect();
        // What partners gave towards a metric is linked to it, or to one period of it.
        let mut targets = vec![Object::new("metric", &id)];
        if period.is_some() {
            targets.push(object.clone());
        }
        for target in targets {
            let links = links_to(conn, partnership_id, &target)?;
            behind.extend(
                links
                    .into_iter()
                    .filter(|link| link.relation == "supports")
                    .map(|link| ("supported_by".to_string(), link.from)),
            );
        }
        Ok(behind)
    }
}

impl Describer {
    fn measurements(
        &self,
        conn: &mut Conn,
        teller: &Teller<'_>,
        ids: &[String],
    ) -> Result<Vec<Node>, DbError> {
        let tenant = teller.partnership.id.as_str();
        let found = measurement::store::find_many(conn, tenant, ids)?;
        let mut metric_ids: Vec<MetricId> = found.iter().map(|m| m.metric_id.clone()).collect();
        metric_ids.sort();
        metric_ids.dedup();
        let metrics: HashMap<String, Metric> = metric::store::find_many(conn, tenant, &metric_ids)?
            .into_iter()
            .map(|m| (m.id.to_string(), m))
            .collect();
        Ok(found
            .iter()
            .filter_map(|m| teller.measurement(metrics.get(m.metric_id.as_str())?, m))
            .collect())
    }
}

/// A measurement moves its metric's figure of that period.
fn ahead_of_measurement(
    conn: &mut Conn,
    partnership_id: &str,
    object: &Object,
    direction: Direction,
) -> Result<Vec<(String, Object)>, DbError> {
    let Ok(id) = MeasurementId::parse(&object.id) else {
        return Ok(Vec::new());
    };
    if direction == Direction::Behind {
        return Ok(Vec::new());
    }
    let found = measurement::store::find(conn, partnership_id, &id)?;
    Ok(found
        .map(|m| {
            let figure = metric_period_id(&m.metric_id, &m.period);
            ("moves".to_string(), Object::new("metric_period", figure))
        })
        .into_iter()
        .collect())
}
