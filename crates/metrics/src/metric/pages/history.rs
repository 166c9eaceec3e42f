//! What a metric meant over time: each change of its definition, who made it, when and why.

use actix_web::http::StatusCode;
use actix_web::{HttpRequest, HttpResponse, get, web};
use backbone_db::Conn;
use backbone_events::{Event, Object, of_object};
use backbone_identity::{Actor, Allowed, Core, page as frame};
use backbone_web::Problem;
use serde_json::{Value, json};

use super::words;
use crate::metric::api::visible;
use crate::metric::show::Words;
use crate::metric::{Definition, Metric, MetricId, Target};
use crate::perspective::{self, Objective, Perspective};
use crate::policy::SeeMeasurements;
use crate::scorecard::pages::Links;

/// What the page is made of.
pub(super) struct Found {
    metric: Metric,
    events: Vec<Event>,
    perspectives: Vec<Perspective>,
    objectives: Vec<Objective>,
}

pub(super) fn find(conn: &mut Conn, actor: &Actor, id: &MetricId) -> Result<Found, Problem> {
    let metric = visible(conn, actor, id)?;
    let this = Object::new("metric", &metric.id);
    let mut events = of_object(conn, actor.tenant(), &this)?;
    events.retain(|e| e.object == this && e.data.get("definition").is_some());
    Ok(Found {
        events,
        perspectives: perspective::store::list(conn, actor.tenant())?,
        objectives: perspective::store::objectives(conn, actor.tenant())?,
        metric,
    })
}

/// The page.
#[get("/p/{partnership}/metrics/{metric}/history")]
pub(super) async fn show(
    core: web::Data<Core>,
    req: HttpRequest,
    actor: Allowed<SeeMeasurements>,
    path: web::Path<(String, String)>,
) -> Result<HttpResponse, Problem> {
    let (actor, id) = (actor.into_actor(), crate::path_id::<MetricId>(&path.1)?);
    let asked = actor.clone();
    let found = core.db.read(move |conn| find(conn, &asked, &id)).await?;
    let w = words(&core, &actor);
    let title = w.say("metrics-definition-history");
    let shell = frame::shell(&core, &req, &actor, "scorecard", title);
    let data = data(&actor.partnership.slug, &w, &found);
    frame::html(&core, StatusCode::OK, "metrics/history", &shell, &data)
}

pub(super) fn data(slug: &str, w: &Words<'_>, found: &Found) -> Value {
    let mut moments = Vec::new();
    let mut before: Option<Vec<(String, String)>> = None;
    for event in &found.events {
        let now = told(w, found, event);
        let key = match event.kind.as_str() {
            "metric.defined" => "metrics-defined-by",
            "metric.retired" => "metrics-retired-by",
            "metric.revived" => "metrics-revived-by",
            _ => "metrics-changed-by",
        };
        let none = w.say("metrics-nothing-there");
        let or_none = |text: &str| match text.is_empty() {
            true => none.clone(),
            false => text.to_string(),
        };
        let changes: Vec<Value> = before
            .iter()
            .flat_map(|before| before.iter().zip(&now))
            .filter(|((_, old), (_, new))| old != new)
            .map(|((label, old), (_, new))| {
                json!({ "label": label, "from": or_none(old), "to": or_none(new) })
            })
            .collect();
        moments.push(json!({
            "at": event.at, "what": w.say_with(key, &[("who", event.actor_name.clone())]),
            "why": event.data["why"].as_str().unwrap_or_default(), "changes": changes,
        }));
        before = Some(now);
    }
    moments.reverse();
    json!({
        "name": found.metric.name, "links": Links::of(slug), "moments": moments,
        "back": format!("/p/{slug}/metrics/{}", found.metric.id),
    })
}

/// Everything that a definition says, in words: label and value, always in the same order.
fn told(w: &Words<'_>, found: &Found, event: &Event) -> Vec<(String, String)> {
    let data = &event.data;
    // An event of an earlier version may lack what came later; what it lacks is as it is when nothing is said.
    let d: Definition = serde_json::from_value(data["definition"].clone()).unwrap_or_default();
    let text = |field: &str| data[field].as_str().unwrap_or_default().to_string();
    let word =
        |prefix: &str, value: &str| w.say(&format!("metrics-{prefix}-{}", value.replace('_', "-")));
    let point = |t: &Target| {
        let value = w.value_with_unit(&d, t.value.get(), None);
        format!("{value} ({})", w.period(&t.period))
    };
    let dec =
        |d: &Option<backbone_db::Dec>| d.as_ref().map(ToString::to_string).unwrap_or_default();
    let perspective = found
        .perspectives
        .iter()
        .find(|p| p.id.as_str() == text("perspective_id"));
    let objective = found
        .objectives
        .iter()
        .find(|o| o.id.as_str() == text("objective_id"));
    let yes = data["public"].as_bool().unwrap_or_default();
    let targets: Vec<String> = d.targets.iter().map(point).collect();
    [
        ("metrics-f-name", text("name")),
        ("metrics-fact-meaning", d.meaning.clone()),
        (
            "metrics-f-perspective",
            perspective.map(|p| p.name.clone()).unwrap_or_default(),
        ),
        (
            "metrics-objective",
            objective.map(|o| o.name.clone()).unwrap_or_default(),
        ),
        ("metrics-f-kind", word("kind", d.kind.as_str())),
        ("metrics-f-unit", d.unit.clone()),
        ("metrics-f-decimals", d.decimals.to_string()),
        (
            "metrics-f-direction",
            word("direction", d.direction.as_str()),
        ),
        ("metrics-f-range-low", dec(&d.range_low)),
        ("metrics-f-range-high", dec(&d.range_high)),
        (
            "metrics-baseline",
            d.baseline.as_ref().map(point).unwrap_or_default(),
        ),
        ("metrics-f-targets", targets.join(", ")),
        ("metrics-f-threshold-on", d.thresholds.on.to_string()),
        ("metrics-f-threshold-watch", d.thresholds.watch.to_string()),
        (
            "metrics-f-frequency",
            word("frequency", d.frequency.as_str()),
        ),
        (
            "metrics-f-across",
            word("aggregation", d.across_organizations.as_str()),
        ),
        ("metrics-fact-owner", d.owner.name.clone()),
        ("metrics-fact-source", d.source.clone()),
        ("metrics-f-level", word("level", d.level.as_str())),
        (
            "metrics-f-measurers",
            word("measurers", d.measurers.as_str()),
        ),
        (
            "metrics-f-public",
            w.say(if yes { "metrics-yes" } else { "metrics-no" }),
        ),
    ]
    .into_iter()
    .map(|(label, value)| (w.say(label), value))
    .collect()
}
