use std::collections::HashMap;

use backbone_db::{Conn, DbError};
use backbone_events::Event;
use backbone_identity::Actor;
use backbone_identity::attention::{Told, Words};
use backbone_web::{Lang, format};
use rust_decimal::Decimal;

use crate::measurement::{self, Measurement};
use crate::metric::{self, Definition, Kind, Metric, MetricId};

/// Sentences for what happened to measurements and metrics.
pub(super) fn told(conn: &mut Conn, actor: &Actor, events: &[Event]) -> Result<Vec<Told>, DbError> {
    let ids = |kind: &str| -> Vec<String> {
        let mine = events.iter().filter(|e| e.object.kind == kind);
        mine.map(|e| e.object.id.clone()).collect()
    };
    let found = measurement::store::find_many(conn, actor.tenant(), &ids("measurement"))?;
    let measured: HashMap<&str, &Measurement> = found.iter().map(|m| (m.id.as_str(), m)).collect();
    let mut wanted: Vec<MetricId> = found.iter().map(|m| m.metric_id.clone()).collect();
    wanted.extend(
        ids("metric")
            .iter()
            .filter_map(|id| MetricId::parse(id).ok()),
    );
    let metrics = metric::store::find_many(conn, actor.tenant(), &wanted)?;
    let metric = |id: &str| metrics.iter().find(|m| m.id.as_str() == id);
    let one = |e: &Event| match e.object.kind.as_str() {
        "measurement" => {
            let m = measured.get(e.object.id.as_str())?;
            sentence(actor.lang, e, metric(m.metric_id.as_str())?, m)
        }
        "metric" if e.kind == "metric.defined" => {
            let it = metric(&e.object.id)?;
            let words = Words::new("metrics-told-defined")
                .text("by", &e.actor_name)
                .text("metric", &it.name);
            Some((words, format!("/metrics/{}", it.id)))
        }
        _ => None,
    };
    Ok(events
        .iter()
        .filter_map(|e| {
            one(e).map(|(what, path)| Told {
                seq: e.seq,
                what,
                path: Some(path),
            })
        })
        .collect())
}

fn sentence(lang: Lang, e: &Event, metric: &Metric, m: &Measurement) -> Option<(Words, String)> {
    let key = match (e.kind.as_str(), &m.value) {
        ("measurement.recorded" | "measurement.reported", Some(_)) => "metrics-told-reported",
        ("measurement.verified", _) => "metrics-told-verified",
        ("measurement.corrected", Some(_)) => "metrics-told-corrected",
        ("measurement.queried", _) => "metrics-told-queried",
        ("measurement.answered", _) => "metrics-told-answered",
        _ => return None,
    };
    let value = m
        .value
        .as_ref()
        .map(|v| value(lang, &metric.definition, v.get()));
    let words = Words::new(key)
        .text("by", &e.actor_name)
        .text("metric", &metric.name)
        .text("value", value.unwrap_or_default())
        .period("period", m.period.to_string());
    Some((
        words,
        format!("/metrics/{}/measurements/{}", metric.id, m.id),
    ))
}

/// A value as one reads it in a sentence: `61 %`, `38 young people`.
fn value(lang: Lang, d: &Definition, value: Decimal) -> String {
    match d.kind {
        Kind::Percent | Kind::Ratio => {
            format::percent(lang, value / Decimal::ONE_HUNDRED, d.decimals)
        }
        Kind::Number | Kind::Money => {
            let number = format::decimal(lang, value, Some(d.decimals));
            format!("{number} {}", d.unit).trim_end().to_string()
        }
    }
}
