//! Putting a measurement right on a page of its own; what it was is kept.

use actix_web::http::StatusCode;
use actix_web::{HttpRequest, HttpResponse, get, post, web};
use backbone_db::Dec;
use backbone_identity::{Actor, Allowed, Core, directory, page as frame};
use backbone_web::{Form, IfMatch, Problem};
use serde_json::{Value, json};

use super::{detail, errors, evidence, reported, saved, values, words};
use crate::measurement::correct::{Correction, correct};
use crate::measurement::{Measurement, MeasurementId, store};
use crate::metric::api::visible;
use crate::metric::show::Words;
use crate::metric::{Kind, Metric, MetricId};
use crate::policy::Measure;
use crate::scorecard::pages::Links;

/// What the page is about.
pub(super) struct Found {
    pub(super) metric: Metric,
    pub(super) old: Measurement,
    pub(super) whose: String,
}

/// The form, holding what was reported.
#[get("/p/{partnership}/metrics/{metric}/measurements/{measurement}/correct")]
pub(super) async fn form(
    core: web::Data<Core>,
    req: HttpRequest,
    actor: Allowed<Measure>,
    path: web::Path<(String, String, String)>,
) -> Result<HttpResponse, Problem> {
    let actor = actor.into_actor();
    let found = find(&core, &actor, &path.1, &path.2).await?;
    let typed = as_reported(&found.old);
    show(&core, &req, &actor, &found, &typed, None)
}

/// Saves the correction.
#[post("/p/{partnership}/metrics/{metric}/measurements/{measurement}/correct")]
pub(super) async fn save(
    core: web::Data<Core>,
    req: HttpRequest,
    actor: Allowed<Measure>,
    path: web::Path<(String, String, String)>,
    typed: Form,
) -> Result<HttpResponse, Problem> {
    let actor = actor.into_actor();
    let found = find(&core, &actor, &path.1, &path.2).await?;
    let back = format!("/p/{}/metrics/{}", actor.partnership.slug, found.metric.id);
    let done = match reported(&typed, &found.metric.id)
        .and_then(|new| Ok((new, evidence(&core, &typed)?)))
    {
        Ok((new, kept)) => {
            let mut correction = Correction {
                evidence_url: new.evidence_url,
                value: new.value,
                numerator: new.numerator,
                denominator: new.denominator,
                note: Some(new.note),
                ..Correction::default()
            };
            let seen = IfMatch(typed.text("version").parse().ok());
            let (asked, id) = (actor.clone(), found.old.id.clone());
            core.db
                .write(move |conn| {
                    correction.evidence_file_id = saved(conn, &asked, kept.as_ref())?;
                    correct(conn, &asked, &id, seen, &correction)
                        .map(drop)
                        .map_err(Problem::from)
                })
                .await
        }
        Err(problem) => Err(problem),
    };
    match done {
        Ok(()) => Ok(frame::see_other(&back, "metrics-flash-corrected")),
        Err(p) if matches!(p.status.as_u16(), 409 | 412 | 422) => {
            show(&core, &req, &actor, &found, &typed, Some(&p))
        }
        Err(p) => Err(p),
    }
}

async fn find(core: &Core, actor: &Actor, metric: &str, id: &str) -> Result<Found, Problem> {
    let metric_id = crate::path_id::<MetricId>(metric)?;
    let id = crate::path_id::<MeasurementId>(id)?;
    let actor = actor.clone();
    core.db
        .read(move |conn| {
            let metric = visible(conn, &actor, &metric_id)?;
            let old = store::find(conn, actor.tenant(), &id)?
                .filter(|old| {
                    old.metric_id == metric.id && detail::may_correct(&actor, &metric, old)
                })
                .ok_or_else(Problem::not_found)?;
            let whose = match &old.organization_id {
                None => actor.partnership.name.clone(),
                Some(id) => directory::organizations(conn, actor.tenant())?
                    .into_iter()
                    .find(|o| o.id == *id)
                    .map(|o| o.name)
                    .unwrap_or_default(),
            };
            Ok(Found { metric, old, whose })
        })
        .await
}

/// What was reported, as the form shows it.
pub(super) fn as_reported(old: &Measurement) -> Form {
    let number = |n: &Option<Dec>| n.as_ref().map(|n| n.get().to_string()).unwrap_or_default();
    Form::from_pairs([
        ("value", number(&old.value)),
        ("numerator", number(&old.numerator)),
        ("denominator", number(&old.denominator)),
        ("evidence_url", old.evidence_url.clone().unwrap_or_default()),
        ("note", old.note.clone()),
        ("version", old.version.to_string()),
    ])
}

fn show(
    core: &Core,
    req: &HttpRequest,
    actor: &Actor,
    found: &Found,
    typed: &Form,
    refused: Option<&Problem>,
) -> Result<HttpResponse, Problem> {
    let w = words(core, actor);
    let data = data(actor, &w, found, typed, refused);
    let status = match refused {
        Some(_) => StatusCode::UNPROCESSABLE_ENTITY,
        None => StatusCode::OK,
    };
    let shell = frame::shell(
        core,
        req,
        actor,
        "scorecard",
        w.say("metrics-correct-title"),
    );
    frame::html(core, status, "metrics/correct", &shell, &data)
}

pub(super) fn data(
    actor: &Actor,
    w: &Words<'_>,
    found: &Found,
    typed: &Form,
    refused: Option<&Problem>,
) -> Value {
    let (metric, slug) = (&found.metric, &actor.partnership.slug);
    let (list, wrong) = errors(w, refused);
    let names = [
        "value",
        "numerator",
        "denominator",
        "evidence_url",
        "note",
        "version",
    ];
    json!({
        "name": metric.name, "whose": found.whose, "period": w.period(&found.old.period), "links": Links::of(slug),
        "back": format!("/p/{slug}/metrics/{}", metric.id), "ratio": metric.definition.kind == Kind::Ratio,
        "unit": detail::unit(w, metric), "form": values(typed, &names), "errors": list, "wrong": wrong,
    })
}
