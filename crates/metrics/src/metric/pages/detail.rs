//! A metric's own page.

use std::collections::HashMap;

use actix_web::http::StatusCode;
use actix_web::{HttpRequest, HttpResponse};
use backbone_charts::{
    Chart, Frame, LineChart, LineWords, PHONE, Reference, Series, Theme, line, on_page,
};
use backbone_db::Conn;
use backbone_identity::{Actor, Core, directory, page as frame};
use backbone_ingest::period::Period;
use backbone_web::{Form, Problem, SafeHtml};
use serde_json::{Value, json};

use super::{errors, values, words};
use crate::figures;
use crate::judge;
use crate::measurement::{self, Measurement};
use crate::metric::api::visible;
use crate::metric::show::{Words, drawn};
use crate::metric::{Definition, Kind, Measurers, Metric, MetricId, Status};
use crate::perspective;
use crate::policy::{ManageMetrics, Measure, SeeMeasurements};
use crate::rollup::Rollup;
use crate::scorecard::pages::Links;
use crate::scorecard::{ScorecardId, compute, store as cards, view};

/// Periods of the large chart.
const PERIODS: i64 = 40;

/// The page's parts.
pub(super) struct Found {
    metric: Metric,
    rollups: Vec<Rollup>,
    pub(super) measurements: Vec<Measurement>,
    organizations: Vec<directory::OrganizationCard>,
    cards: Vec<(ScorecardId, String)>,
    objective: Option<String>,
}

pub(super) async fn page(
    core: &Core,
    req: &HttpRequest,
    actor: Actor,
    id: MetricId,
    refused: Option<(&Form, &Problem)>,
) -> Result<HttpResponse, Problem> {
    let asked = actor.clone();
    let found = core.db.read(move |conn| find(conn, &asked, &id)).await?;
    let w = words(core, &actor);
    let data = data(&actor, &w, &found, refused);
    let status = match refused {
        Some(_) => StatusCode::UNPROCESSABLE_ENTITY,
        None => StatusCode::OK,
    };
    let shell = frame::shell(core, req, &actor, "scorecard", found.metric.name.clone());
    frame::html(core, status, "metrics/metric", &shell, &data)
}

/// What the page is made of.
pub(super) fn find(conn: &mut Conn, actor: &Actor, id: &MetricId) -> Result<Found, Problem> {
    let metric = visible(conn, actor, id)?;
    let tenant = actor.tenant();
    Ok(Found {
        rollups: figures::series(conn, tenant, &metric, PERIODS)?,
        measurements: match actor.may::<SeeMeasurements>() {
            true => measurement::store::counting(conn, tenant, id, None, 60)?,
            false => Vec::new(),
        },
        organizations: directory::organizations(conn, tenant)?,
        cards: cards::showing(conn, tenant, id)?,
        objective: perspective::store::objectives(conn, tenant)?
            .into_iter()
            .find(|o| Some(&o.id) == metric.objective_id.as_ref())
            .map(|o| o.name),
        metric,
    })
}

pub(super) fn data(
    actor: &Actor,
    w: &Words<'_>,
    found: &Found,
    refused: Option<(&Form, &Problem)>,
) -> Value {
    let (metric, d) = (&found.metric, &found.metric.definition);
    let today = actor.now.date_in(&actor.partnership.zone());
    let last = found.rollups.len().saturating_sub(12);
    let row = compute::stand(metric, &found.rollups[last..], today);
    let chart = pictured(w, metric, &found.rollups);
    let (list, wrong) = errors(w, refused.map(|(_, p)| p));
    let suggested = found
        .rollups
        .last()
        .and_then(|r| r.period.next())
        .or_else(|| d.frequency.containing(today).and_then(|p| p.previous()))
        .map(|p| w.typed(&p))
        .unwrap_or_default();
    let blank = Form::from_pairs([
        ("period", suggested),
        ("organization_id", own_organization(actor)),
    ]);
    let typed = refused.map_or(&blank, |(form, _)| form);
    let names = [
        "period",
        "value",
        "numerator",
        "denominator",
        "organization_id",
        "evidence_url",
        "note",
    ];
    let base = format!("/p/{}/metrics/{}", actor.partnership.slug, metric.id);
    let staff = actor.may::<ManageMetrics>();
    json!({
        "name": metric.name, "meaning": d.meaning, "links": Links::of(&actor.partnership.slug),
        "retired": metric.status == Status::Retired, "version": metric.version, "staff": staff,
        "row": view::row_view(w, d, &row), "target": row.target.as_ref().map(|t| w.value(d, t.get(), None)),
        "chart": SafeHtml::trusted(chart.svg), "table": chart.table,
        "see_measurements": actor.may::<SeeMeasurements>(), "measurements": measurements(w, found, actor),
        "may_measure": metric.status == Status::Active && may_report(actor, metric),
        "ratio": d.kind == Kind::Ratio, "unit": unit(w, metric), "form": values(typed, &names), "errors": list, "wrong": wrong,
        "organizations": found.organizations.iter().filter(|o| o.active && (staff || actor.acts_for(&o.id)))
            .map(|o| json!({ "value": o.id, "label": o.name })).collect::<Vec<_>>(),
        "whole": if staff { Some(w.say("metrics-whole")) } else { None },
        "facts": facts(w, metric, found.objective.as_deref()),
        "cards": found.cards.iter().map(|(id, name)| json!({ "name": name, "href": format!("/p/{}/scorecard?card={id}", actor.partnership.slug) })).collect::<Vec<_>>(),
        "history_href": format!("{base}/history"),
        "edit_href": format!("{base}/edit"), "measure_href": format!("{base}/measure"),
        "verify_href": format!("{base}/verify"), "status_href": format!("{base}/status"),
    })
}

/// What stands behind the value's field.
pub(super) fn unit(w: &Words<'_>, metric: &Metric) -> Option<String> {
    match metric.definition.kind {
        Kind::Percent => Some(w.say("metrics-percent-sign")),
        _ => Some(metric.definition.unit.clone()).filter(|unit| !unit.is_empty()),
    }
}

fn own_organization(actor: &Actor) -> String {
    match actor.may::<ManageMetrics>() {
        true => String::new(),
        false => actor
            .organization_id
            .as_ref()
            .map(ToString::to_string)
            .unwrap_or_default(),
    }
}

fn may_report(actor: &Actor, metric: &Metric) -> bool {
    let owner = &metric.definition.owner;
    let owns = owner.person_id.is_some() && owner.person_id == actor.person_id
        || owner.organization_id.is_some() && owner.organization_id == actor.organization_id;
    let members =
        metric.definition.measurers == Measurers::Members && actor.organization_id.is_some();
    let owners = metric.definition.measurers != Measurers::Staff && owns;
    actor.may::<ManageMetrics>() || actor.may::<Measure>() && (members || owners)
}

/// Whether this measurement may be put right by them: staff any, others those of their own organization.
pub(super) fn may_correct(actor: &Actor, metric: &Metric, of: &Measurement) -> bool {
    let own = of
        .organization_id
        .as_ref()
        .is_some_and(|id| actor.acts_for(id));
    actor.may::<ManageMetrics>() || own && may_report(actor, metric)
}

fn measurements(w: &Words<'_>, found: &Found, actor: &Actor) -> Vec<Value> {
    let names: HashMap<&str, &str> = found
        .organizations
        .iter()
        .map(|o| (o.id.as_str(), o.name.as_str()))
        .collect();
    let d = &found.metric.definition;
    found
        .measurements
        .iter()
        .map(|m| {
            let parts = m.numerator.as_ref().zip(m.denominator.as_ref());
            let value = match &m.value {
                Some(value) => w.value(d, value.get(), parts.map(|(n, of)| (n.get(), of.get()))),
                None => w.say(&format!("metrics-marker-{}", m.marker.as_str())),
            };
            let whose = m.organization_id.as_ref().map_or(actor.partnership.name.as_str(), |id| {
                names.get(id.as_str()).copied().unwrap_or_default()
            });
            json!({
                "id": m.id, "period": w.period(&m.period), "whose": whose, "value": value, "tone": super::measurement::tone(m.status),
                "href": format!("/p/{}/metrics/{}/measurements/{}", actor.partnership.slug, found.metric.id, m.id),
                "evidence": m.evidence_url.is_some() || m.evidence_file_id.is_some(),
                "status": w.say(&format!("metrics-measurement-{}", m.status.as_str())),
                "open": m.status != measurement::Status::Verified,
                "correct_href": may_correct(actor, &found.metric, m).then(|| {
                    format!("/p/{}/metrics/{}/measurements/{}/correct", actor.partnership.slug, found.metric.id, m.id)
                }),
                "corrected": if m.version > 1 { Some(m.version) } else { None },
            })
        })
        .collect()
}

fn facts(w: &Words<'_>, metric: &Metric, objective: Option<&str>) -> Vec<Value> {
    let d = &metric.definition;
    let word =
        |prefix: &str, value: &str| w.say(&format!("metrics-{prefix}-{}", value.replace('_', "-")));
    let point = |t: &crate::metric::Target| {
        format!(
            "{} ({})",
            w.value_with_unit(d, t.value.get(), None),
            w.period(&t.period)
        )
    };
    let yes_no = |yes: bool| w.say(if yes { "metrics-yes" } else { "metrics-no" });
    let rows = [
        (
            "metrics-objective",
            objective.unwrap_or_default().to_string(),
        ),
        (
            "metrics-f-direction",
            word("direction", d.direction.as_str()),
        ),
        (
            "metrics-baseline",
            d.baseline.as_ref().map(point).unwrap_or_default(),
        ),
        (
            "metrics-target",
            d.targets.iter().map(point).collect::<Vec<_>>().join(", "),
        ),
        (
            "metrics-f-frequency",
            word("frequency", d.frequency.as_str()),
        ),
        (
            "metrics-f-across",
            word("aggregation", d.across_organizations.as_str()),
        ),
        ("metrics-f-level", word("level", d.level.as_str())),
        (
            "metrics-f-measurers",
            word("measurers", d.measurers.as_str()),
        ),
        ("metrics-fact-owner", d.owner.name.clone()),
        ("metrics-fact-source", d.source.clone()),
        ("metrics-f-public", yes_no(metric.public)),
    ];
    rows.into_iter()
        .filter(|(_, value)| !value.is_empty())
        .map(|(label, value)| json!({ "label": w.say(label), "value": value }))
        .collect()
}

/// Periods that the target's path still leads through, behind the last figure; at most as many as keep the figures readable.
fn ahead(d: &Definition, last: Option<Period>) -> Vec<Period> {
    let end = d.targets.last().map(|target| target.period.last_day());
    let (Some(last), Some(end)) = (last, end) else {
        return Vec::new();
    };
    let mut periods = Vec::new();
    let mut next = last.next();
    while let Some(period) = next.filter(|p| p.start() <= end && periods.len() < 16) {
        periods.push(period);
        next = period.next();
    }
    periods
}

/// The large chart of a metric, drawn for desk and phone.
pub(crate) fn pictured(w: &Words<'_>, metric: &Metric, rollups: &[Rollup]) -> Chart {
    on_page(
        "metric",
        drawing(w, metric, rollups, 960),
        drawing(w, metric, rollups, PHONE),
    )
}

fn drawing(w: &Words<'_>, metric: &Metric, rollups: &[Rollup], width: u32) -> Chart {
    let d = &metric.definition;
    let mut all: Vec<Period> = rollups.iter().map(|r| r.period).collect();
    all.extend(ahead(d, all.last().copied()));
    let periods: Vec<String> = all.iter().map(|period| w.period(period)).collect();
    let names: Vec<&str> = periods.iter().map(String::as_str).collect();
    let mut values: Vec<Option<f64>> = rollups
        .iter()
        .map(|r| drawn(r.figure(d.across_organizations, d.kind)?.value))
        .collect();
    values.resize(all.len(), None);
    let path: Vec<Option<f64>> = all
        .iter()
        .map(|period| drawn(judge::expected(d, period)?))
        .collect();
    let start = [d.baseline.as_ref().and_then(|b| drawn(b.value.get()))];
    let labels = [
        "metrics-target",
        "metrics-baseline",
        "metrics-period",
        "metrics-not-from-zero",
        "metrics-no-data",
        "metrics-value",
    ]
    .map(|key| w.say(key));
    let description = w.say_with("metrics-chart", &[("name", metric.name.clone())]);
    line(&LineChart {
        frame: Frame {
            id: "metric",
            title: &metric.name,
            description: &description,
            width,
            theme: Theme::Light,
            background: false,
        },
        height: 260,
        periods: &names,
        series: &[Series {
            label: &labels[5],
            values: &values,
            forecast_from: None,
        }],
        target: path.iter().any(Option::is_some).then_some(Reference {
            label: &labels[0],
            values: &path,
        }),
        baseline: start[0].is_some().then_some(Reference {
            label: &labels[1],
            values: &start,
        }),
        format: &|value| w.axis(d, value),
        words: LineWords {
            period: &labels[2],
            not_from_zero: &labels[3],
            no_data: &labels[4],
        },
    })
}
