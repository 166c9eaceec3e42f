//! One measurement on a page of its own: what was reported, with which evidence, and everything that happened to it in
//! sentences; questions, answers, withdrawals and their undoing.

use actix_web::http::StatusCode;
use actix_web::{HttpRequest, HttpResponse, get, post, web};
use backbone_db::{Conn, Dec};
use backbone_identity::{Actor, Allowed, Core, directory, file, page as frame};
use backbone_web::{Form, IfMatch, Problem};
use serde_json::{Value, json};

use super::detail::may_correct;
use super::{errors, words};
use crate::measurement::review::{self, Reason};
use crate::measurement::{Marker, Measurement, MeasurementId, Status, Version, store};
use crate::metric::api::visible;
use crate::metric::show::Words;
use crate::metric::{Definition, Metric, MetricId};
use crate::policy::{Measure, ReviewMeasurements, SeeMeasurements};
use crate::scorecard::pages::Links;

/// What the page is about.
pub(super) struct Found {
    pub(super) metric: Metric,
    pub(super) now: Measurement,
    pub(super) before: Vec<Version>,
    pub(super) whose: String,
    pub(super) file: Option<String>,
}

pub(super) fn find(
    conn: &mut Conn,
    actor: &Actor,
    metric: &MetricId,
    id: &MeasurementId,
) -> Result<Found, Problem> {
    let metric = visible(conn, actor, metric)?;
    let now = store::find(conn, actor.tenant(), id)?
        .filter(|m| m.metric_id == metric.id)
        .ok_or_else(Problem::not_found)?;
    let whose = match &now.organization_id {
        None => actor.partnership.name.clone(),
        Some(id) => directory::organizations(conn, actor.tenant())?
            .into_iter()
            .find(|o| o.id == *id)
            .map(|o| o.name)
            .unwrap_or_default(),
    };
    let file = match &now.evidence_file_id {
        Some(id) => file::find(conn, actor.tenant(), id)?.map(|f| f.name),
        None => None,
    };
    Ok(Found {
        before: store::versions(conn, actor.tenant(), id)?,
        metric,
        now,
        whose,
        file,
    })
}

/// The page.
#[get("/p/{partnership}/metrics/{metric}/measurements/{measurement}")]
pub(super) async fn show(
    core: web::Data<Core>,
    req: HttpRequest,
    actor: Allowed<SeeMeasurements>,
    path: web::Path<(String, String, String)>,
) -> Result<HttpResponse, Problem> {
    let actor = actor.into_actor();
    render(&core, &req, &actor, &path, None).await
}

async fn render(
    core: &Core,
    req: &HttpRequest,
    actor: &Actor,
    path: &(String, String, String),
    refused: Option<(&Form, &Problem)>,
) -> Result<HttpResponse, Problem> {
    let metric = crate::path_id::<MetricId>(&path.1)?;
    let id = crate::path_id::<MeasurementId>(&path.2)?;
    let asked = actor.clone();
    let found = core
        .db
        .read(move |conn| find(conn, &asked, &metric, &id))
        .await?;
    let w = words(core, actor);
    let data = data(actor, &w, &found, refused);
    let status = refused.map_or(StatusCode::OK, |(_, p)| p.status);
    let title = format!("{}, {}", found.metric.name, w.period(&found.now.period));
    let shell = frame::shell(core, req, actor, "scorecard", title);
    frame::html(core, status, "metrics/measurement", &shell, &data)
}

pub(super) fn data(
    actor: &Actor,
    w: &Words<'_>,
    found: &Found,
    refused: Option<(&Form, &Problem)>,
) -> Value {
    let (m, d) = (&found.now, &found.metric.definition);
    let slug = &actor.partnership.slug;
    let back = format!("/p/{slug}/metrics/{}", found.metric.id);
    let here = format!("{back}/measurements/{}", m.id);
    let own = may_correct(actor, &found.metric, m);
    let staff = actor.may::<ReviewMeasurements>();
    let there = m.status != Status::Withdrawn;
    let (list, wrong) = errors(w, refused.map(|(_, p)| p));
    json!({
        "name": found.metric.name, "period": w.period(&m.period), "whose": found.whose, "links": Links::of(slug),
        "back": back, "correct_href": format!("{here}/correct"), "here": here, "version": m.version, "id": m.id,
        "value": told(w, d, &m.value, (&m.numerator, &m.denominator), m.marker),
        "status": w.say(&format!("metrics-measurement-{}", m.status.as_str())), "tone": tone(m.status),
        "source": m.source, "note": m.note, "question": (m.status == Status::Queried).then(|| m.note.clone()),
        "withdrawn": !there, "broken_down": m.dimensions.iter().map(|(k, v)| format!("{k}: {v}")).collect::<Vec<_>>().join(", "),
        "evidence_url": m.evidence_url, "evidence_file": found.file,
        "file_href": m.evidence_file_id.as_ref().map(|id| format!("/p/{slug}/files/{id}")),
        "past": past(w, d, found),
        "may": {
            "verify": staff && there && m.status != Status::Verified, "query": staff && there,
            "correct": own && there, "withdraw": own && there, "answer": own && m.status == Status::Queried,
            "restore": own && !there, "say": (staff || own) && there,
        },
        "reason": refused.map(|(form, _)| form.text("reason").to_string()).unwrap_or_default(),
        "errors": list, "wrong": wrong,
    })
}

pub(super) fn tone(status: Status) -> &'static str {
    match status {
        Status::Verified => "good",
        Status::Queried => "watch",
        Status::Reported | Status::Withdrawn => "neutral",
    }
}

/// A value with its unit, or why there is none.
fn told(
    w: &Words<'_>,
    d: &Definition,
    value: &Option<Dec>,
    parts: (&Option<Dec>, &Option<Dec>),
    marker: Marker,
) -> String {
    let parts = parts.0.as_ref().zip(parts.1.as_ref());
    match value {
        Some(value) => w.value_with_unit(d, value.get(), parts.map(|(n, of)| (n.get(), of.get()))),
        None => w.say(&format!("metrics-marker-{}", marker.as_str())),
    }
}

/// Every version in a sentence, the newest first.
fn past(w: &Words<'_>, d: &Definition, found: &Found) -> Vec<Value> {
    let mut all: Vec<Version> = found.before.clone();
    all.sort_by_key(|v| v.version);
    all.push(found.now.as_version());
    let mut moments: Vec<Value> = Vec::with_capacity(all.len());
    for (at, version) in all.iter().enumerate() {
        let before = at.checked_sub(1).and_then(|at| all.get(at));
        // A note that was only carried along is not said twice.
        let note = before
            .is_none_or(|b| b.note != version.note)
            .then(|| version.note.clone());
        moments.push(json!({
            "at": version.changed_at, "what": sentence(w, d, before, version), "note": note.unwrap_or_default(),
            "tone": tone(version.status),
        }));
    }
    moments.reverse();
    moments
}

/// What a version says against the one before it.
fn sentence(w: &Words<'_>, d: &Definition, before: Option<&Version>, now: &Version) -> String {
    let value = |v: &Version| told(w, d, &v.value, (&v.numerator, &v.denominator), v.marker);
    let who = ("who", now.changed_by.clone());
    let Some(before) = before else {
        return w.say_with("metrics-past-reported", &[who, ("value", value(now))]);
    };
    let same = (
        &before.value,
        &before.numerator,
        &before.denominator,
        before.marker,
    ) == (&now.value, &now.numerator, &now.denominator, now.marker);
    if !same && before.status == Status::Withdrawn {
        return w.say_with("metrics-past-again", &[who, ("value", value(now))]);
    }
    if !same {
        let (from, to) = (("from", value(before)), ("to", value(now)));
        return w.say_with("metrics-past-corrected", &[who, from, to]);
    }
    let key = match (before.status, now.status) {
        (_, Status::Verified) if before.status != Status::Withdrawn => "metrics-past-verified",
        (_, Status::Queried) if before.status != Status::Withdrawn => "metrics-past-queried",
        (_, Status::Withdrawn) => "metrics-past-withdrawn",
        (Status::Withdrawn, _) => "metrics-past-restored",
        (Status::Queried, _) => "metrics-past-answered",
        _ => "metrics-past-detail",
    };
    w.say_with(key, &[who])
}

/// A step from the page's buttons.
#[post("/p/{partnership}/metrics/{metric}/measurements/{measurement}/{step}")]
pub(super) async fn act(
    core: web::Data<Core>,
    req: HttpRequest,
    actor: Allowed<Measure>,
    path: web::Path<(String, String, String, String)>,
    form: Form,
) -> Result<HttpResponse, Problem> {
    let actor = actor.into_actor();
    let (partnership, metric, id, step) = path.into_inner();
    let measurement = crate::path_id::<MeasurementId>(&id)?;
    let seen = IfMatch(form.text("version").parse().ok());
    let seen = seen.0.is_some().then_some(seen);
    let reason = Reason {
        reason: form.text("reason").to_string(),
    };
    let asked = actor.clone();
    let done = core
        .db
        .write(move |conn| {
            let (done, message) = match step.as_str() {
                "verify" => (
                    review::verify(conn, &asked, &measurement, seen),
                    "metrics-flash-verified",
                ),
                "query" => (
                    review::query(conn, &asked, &measurement, seen, &reason),
                    "metrics-flash-queried",
                ),
                "answer" => (
                    review::answer(conn, &asked, &measurement, seen, &reason),
                    "metrics-flash-answered",
                ),
                "withdraw" => (
                    review::withdraw(conn, &asked, &measurement, seen, &reason),
                    "metrics-flash-withdrawn",
                ),
                "restore" => (
                    review::restore(conn, &asked, &measurement, seen),
                    "metrics-flash-restored",
                ),
                _ => return Err(Problem::not_found()),
            };
            done.map(|_| message).map_err(Problem::from)
        })
        .await;
    match done {
        Ok(message) => {
            let slug = &actor.partnership.slug;
            let here = format!("/p/{slug}/metrics/{metric}/measurements/{id}");
            Ok(frame::see_other(&here, message))
        }
        Err(p) if matches!(p.status.as_u16(), 409 | 412 | 422) => {
            let place = (partnership, metric, id);
            render(&core, &req, &actor, &place, Some((&form, &p))).await
        }
        Err(p) => Err(p),
    }
}
