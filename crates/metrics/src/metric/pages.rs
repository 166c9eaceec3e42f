//! A metric's page, its form, and reporting a measurement.

mod correct;
mod detail;
mod history;
mod measurement;

pub(crate) use detail::pictured;
#[cfg(test)]
mod tests;

use actix_web::http::StatusCode;
use actix_web::{HttpRequest, HttpResponse, get, post, web};
use backbone_db::{Conn, DbError, Dec};
use backbone_identity::{Actor, Allowed, Core, FileId, file, page};
use backbone_web::fields::parse_decimal;
use backbone_web::{Form, IfMatch, Problem};
use serde_json::{Map, Value, json};

use super::define::{self, NewMetric};
use super::show::Words;
use super::{
    Aggregation, Definition, Direction, Frequency, Kind, Level, Measurers, MetricId, Status, form,
    store,
};
use crate::measurement::review;
use crate::measurement::{MeasurementId, NewMeasurement, record};
use crate::perspective::{self, Objective, Perspective, default_names};
use crate::policy::{ManageMetrics, Measure, ReviewMeasurements, SeeScorecard};
use crate::scorecard::pages::Links;

pub(crate) fn configure(cfg: &mut web::ServiceConfig) {
    cfg.service(blank_form)
        .service(make)
        .service(show)
        .service(edit)
        .service(save)
        .service(set_status)
        .service(measure)
        .service(verify)
        .service(history::show)
        .service(correct::form)
        .service(correct::save)
        .service(measurement::show)
        .service(measurement::act);
}

fn words<'a>(core: &'a Core, actor: &Actor) -> Words<'a> {
    Words {
        catalogue: core.renderer.catalogue(),
        lang: actor.lang,
    }
}

/// The form's errors, in a list for its head and by field.
fn errors(w: &Words<'_>, problem: Option<&Problem>) -> (Value, Value) {
    let told = problem.map(|p| match p.fields.is_empty() {
        true => vec![(String::new(), p.title(w.catalogue, w.lang))],
        false => p.field_messages(w.catalogue, w.lang),
    });
    let list: Vec<Value> = told
        .iter()
        .flatten()
        .map(|(field, message)| json!({ "field": field, "message": message }))
        .collect();
    let by_field: Map<String, Value> = told
        .into_iter()
        .flatten()
        .map(|(field, message)| (field, Value::String(message)))
        .collect();
    (Value::Array(list), Value::Object(by_field))
}

/// Everything the form may show, empty where nothing was typed.
fn values(form: &Form, names: &[&str]) -> Value {
    let fields = names.iter().map(|name| {
        (
            (*name).to_string(),
            Value::String(form.text(name).to_string()),
        )
    });
    Value::Object(fields.collect())
}

const FORM: [&str; 22] = [
    "objective_id",
    "why",
    "name",
    "perspective",
    "meaning",
    "unit",
    "kind",
    "decimals",
    "direction",
    "range_low",
    "range_high",
    "baseline_period",
    "baseline_value",
    "threshold_on",
    "threshold_watch",
    "frequency",
    "across_organizations",
    "owner",
    "source",
    "level",
    "measurers",
    "public",
];

async fn form_page(
    core: &Core,
    req: &HttpRequest,
    actor: &Actor,
    id: Option<(&MetricId, i64)>,
    typed: &Form,
    problem: Option<&Problem>,
) -> Result<HttpResponse, Problem> {
    let tenant = actor.tenant().to_string();
    let stored = core
        .db
        .read(move |conn| {
            let perspectives = perspective::store::list(conn, &tenant)?;
            Ok::<_, DbError>((perspectives, perspective::store::objectives(conn, &tenant)?))
        })
        .await?;
    let w = words(core, actor);
    let title = w.say(match id {
        None => "metrics-define",
        Some(_) => "metrics-edit",
    });
    let data = form_data(&w, actor, &stored, id, typed, problem);
    let status = match problem {
        Some(_) => StatusCode::UNPROCESSABLE_ENTITY,
        None => StatusCode::OK,
    };
    let shell = page::shell(core, req, actor, "scorecard", title);
    page::html(core, status, "metrics/metric_form", &shell, &data)
}

/// What the form shows.
fn form_data(
    w: &Words<'_>,
    actor: &Actor,
    (stored, objectives): &(Vec<Perspective>, Vec<Objective>),
    id: Option<(&MetricId, i64)>,
    typed: &Form,
    problem: Option<&Problem>,
) -> Value {
    let choice = |value: &str, label: String| json!({ "value": value, "label": label });
    let perspectives: Vec<Value> = match stored.is_empty() {
        true => default_names(actor.partnership.lang())
            .iter()
            .map(|name| choice(name, (*name).to_string()))
            .collect(),
        false => stored
            .iter()
            .map(|p| choice(p.id.as_str(), p.name.clone()))
            .collect(),
    };
    let objectives: Vec<Value> = stored
        .iter()
        .flat_map(|p| {
            objectives
                .iter()
                .filter(|o| o.perspective_id == p.id)
                .map(move |o| (p, o))
        })
        .map(|(p, o)| choice(o.id.as_str(), format!("{}: {}", p.name, o.name)))
        .collect();
    let options = |prefix: &str, all: Vec<&'static str>| -> Vec<Value> {
        all.into_iter()
            .map(|word| {
                choice(
                    word,
                    w.say(&format!("metrics-{prefix}-{}", word.replace('_', "-"))),
                )
            })
            .collect()
    };
    let slug = &actor.partnership.slug;
    let (title, action) = match id {
        None => (w.say("metrics-define"), format!("/p/{slug}/metrics/new")),
        Some((id, _)) => (
            w.say("metrics-edit"),
            format!("/p/{slug}/metrics/{id}/edit"),
        ),
    };
    let (list, wrong) = errors(w, problem);
    json!({
        "title": title, "action": action, "version": id.map_or(0, |(_, version)| version), "links": Links::of(slug),
        "form": values(typed, &FORM), "errors": list, "wrong": wrong, "perspectives": perspectives,
        "objectives": objectives, "targets": target_rows(typed), "perspectives_href": format!("/p/{slug}/perspectives"),
        "kinds": options("kind", Kind::ALL.iter().map(|v| v.as_str()).collect()),
        "directions": options("direction", Direction::ALL.iter().map(|v| v.as_str()).collect()),
        "frequencies": options("frequency", Frequency::ALL.iter().map(|v| v.as_str()).collect()),
        "aggregations": options("aggregation", Aggregation::ALL.iter().map(|v| v.as_str()).collect()),
        "levels": options("level", Level::ALL.iter().map(|v| v.as_str()).collect()),
        "measurers": options("measurers", Measurers::ALL.iter().map(|v| v.as_str()).collect()),
    })
}

/// The rows of target points: those that were typed, and two more for those who have no script to add some.
fn target_rows(typed: &Form) -> Vec<Value> {
    let (periods, values) = (typed.all("target_period"), typed.all("target_value"));
    let filled = periods.len().max(values.len());
    let text = |all: &[String], at: usize| all.get(at).cloned().unwrap_or_default();
    (0..filled + 2)
        .filter(|at| *at >= filled || !(text(periods, *at) + &text(values, *at)).is_empty())
        .enumerate()
        .map(|(n, at)| {
            json!({
                "period_id": format!("target-period-{n}"), "value_id": format!("target-value-{n}"),
                "period": text(periods, at), "value": text(values, at),
            })
        })
        .collect()
}

/// The form of a new metric.
#[get("/p/{partnership}/metrics/new")]
async fn blank_form(
    core: web::Data<Core>,
    req: HttpRequest,
    actor: Allowed<ManageMetrics>,
) -> Result<HttpResponse, Problem> {
    let d = Definition::default();
    let typed = Form::from_pairs([
        ("kind", d.kind.to_string()),
        ("decimals", d.decimals.to_string()),
        ("direction", d.direction.to_string()),
        ("frequency", d.frequency.to_string()),
        ("across_organizations", d.across_organizations.to_string()),
        ("level", d.level.to_string()),
        ("measurers", d.measurers.to_string()),
        ("threshold_on", d.thresholds.on.to_string()),
        ("threshold_watch", d.thresholds.watch.to_string()),
    ]);
    form_page(&core, &req, &actor, None, &typed, None).await
}

/// Defines a metric; while its scorecard has room, it stands there at once.
#[post("/p/{partnership}/metrics/new")]
async fn make(
    core: web::Data<Core>,
    req: HttpRequest,
    actor: Allowed<ManageMetrics>,
    typed: Form,
) -> Result<HttpResponse, Problem> {
    let actor = actor.into_actor();
    let done = match form::read(&typed, Definition::default()) {
        Ok(new) => defined(&core, &actor, new).await,
        Err(problem) => Err(problem),
    };
    match done {
        Ok(id) => {
            let path = format!("/p/{}/metrics/{id}", actor.partnership.slug);
            Ok(page::see_other(&path, "metrics-flash-defined"))
        }
        Err(p) if p.status == StatusCode::UNPROCESSABLE_ENTITY => {
            form_page(&core, &req, &actor, None, &typed, Some(&p)).await
        }
        Err(p) => Err(p),
    }
}

async fn defined(core: &Core, actor: &Actor, new: NewMetric) -> Result<MetricId, Problem> {
    use crate::scorecard::manage::{self, Addition};
    let actor = actor.clone();
    core.db
        .write(move |conn| {
            let made = define::define(conn, &actor, &new)?;
            let card = manage::first(conn, &actor)?;
            if i64::from(card.budget) > card.metric_ids.len() as i64 {
                let addition = Addition {
                    metric_id: made.id.clone(),
                    instead_of: None,
                    retire: false,
                };
                manage::add(conn, &actor, &card.id, &addition)?;
            }
            Ok(made.id)
        })
        .await
}

/// The form of a metric that is there.
#[get("/p/{partnership}/metrics/{metric}/edit")]
async fn edit(
    core: web::Data<Core>,
    req: HttpRequest,
    actor: Allowed<ManageMetrics>,
    path: web::Path<(String, String)>,
) -> Result<HttpResponse, Problem> {
    let id = crate::path_id::<MetricId>(&path.1)?;
    let (tenant, wanted) = (actor.tenant().to_string(), id.clone());
    let found = core
        .db
        .read(move |conn| store::find(conn, &tenant, &wanted))
        .await?
        .ok_or_else(Problem::not_found)?;
    let typed = form::filled(&words(&core, &actor), &found);
    form_page(
        &core,
        &req,
        &actor,
        Some((&id, found.version)),
        &typed,
        None,
    )
    .await
}

/// Saves the form.
#[post("/p/{partnership}/metrics/{metric}/edit")]
async fn save(
    core: web::Data<Core>,
    req: HttpRequest,
    actor: Allowed<ManageMetrics>,
    path: web::Path<(String, String)>,
    typed: Form,
) -> Result<HttpResponse, Problem> {
    let actor = actor.into_actor();
    let id = crate::path_id::<MetricId>(&path.1)?;
    let version: i64 = typed.text("version").parse().unwrap_or(0);
    let (asked, wanted, sent) = (actor.clone(), id.clone(), typed.clone());
    let done = core
        .db
        .write(move |conn| {
            let old = store::find(conn, asked.tenant(), &wanted)?.ok_or_else(Problem::not_found)?;
            let new = form::read(&sent, old.definition)?;
            let seen = IfMatch(Some(version));
            define::edit(conn, &asked, &wanted, seen, &new).map_err(Problem::from)
        })
        .await;
    match done {
        Ok(_) => {
            let path = format!("/p/{}/metrics/{id}", actor.partnership.slug);
            Ok(page::see_other(&path, "metrics-flash-saved"))
        }
        Err(p) if p.status == StatusCode::UNPROCESSABLE_ENTITY => {
            form_page(&core, &req, &actor, Some((&id, version)), &typed, Some(&p)).await
        }
        Err(p) => Err(p),
    }
}

/// Retires a metric, or takes it back into use.
#[post("/p/{partnership}/metrics/{metric}/status")]
async fn set_status(
    core: web::Data<Core>,
    actor: Allowed<ManageMetrics>,
    path: web::Path<(String, String)>,
    typed: Form,
) -> Result<HttpResponse, Problem> {
    let actor = actor.into_actor();
    let id = crate::path_id::<MetricId>(&path.1)?;
    let back = format!("/p/{}/metrics/{id}", actor.partnership.slug);
    let seen = IfMatch(typed.text("version").parse().ok());
    let status: Status = crate::path_id(typed.text("status"))?;
    core.db
        .write(move |conn| {
            define::set_status(conn, &actor, &id, seen, status).map_err(Problem::from)
        })
        .await?;
    Ok(page::see_other(&back, "metrics-flash-saved"))
}

/// How a metric stands, where it comes from and what it means.
#[get("/p/{partnership}/metrics/{metric}")]
async fn show(
    core: web::Data<Core>,
    req: HttpRequest,
    actor: Allowed<SeeScorecard>,
    path: web::Path<(String, String)>,
) -> Result<HttpResponse, Problem> {
    let id = crate::path_id::<MetricId>(&path.1)?;
    detail::page(&core, &req, actor.into_actor(), id, None).await
}

/// Reports a measurement.
#[post("/p/{partnership}/metrics/{metric}/measure")]
async fn measure(
    core: web::Data<Core>,
    req: HttpRequest,
    actor: Allowed<Measure>,
    path: web::Path<(String, String)>,
    typed: Form,
) -> Result<HttpResponse, Problem> {
    let actor = actor.into_actor();
    let id = crate::path_id::<MetricId>(&path.1)?;
    let back = format!("/p/{}/metrics/{id}", actor.partnership.slug);
    let done = match reported(&typed, &id).and_then(|new| Ok((new, evidence(&core, &typed)?))) {
        Ok((mut new, kept)) => {
            let asked = actor.clone();
            core.db
                .write(move |conn| {
                    new.evidence_file_id = saved(conn, &asked, kept.as_ref())?;
                    record(conn, &asked, &new).map(drop).map_err(Problem::from)
                })
                .await
        }
        Err(problem) => Err(problem),
    };
    match done {
        Ok(()) => Ok(page::see_other(&back, "metrics-flash-reported")),
        Err(p) if matches!(p.status.as_u16(), 409 | 422) => {
            detail::page(&core, &req, actor, id, Some((&typed, &p))).await
        }
        Err(p) => Err(p),
    }
}

/// The uploaded evidence on disk, before the transaction.
fn evidence(core: &Core, typed: &Form) -> Result<Option<file::Kept>, Problem> {
    typed
        .file("evidence")
        .map(|upload| file::keep(&core.settings.data_dir, upload))
        .transpose()
        .map_err(|p| p.field("evidence", "metrics-evidence-file"))
}

/// The row of kept evidence.
fn saved(
    conn: &mut Conn,
    actor: &Actor,
    kept: Option<&file::Kept>,
) -> Result<Option<FileId>, DbError> {
    kept.map(|kept| file::save(conn, actor, "evidence", kept).map(|f| f.id))
        .transpose()
}

fn reported(typed: &Form, id: &MetricId) -> Result<NewMeasurement, Problem> {
    let mut wrong = Problem::invalid("invalid");
    let mut number = |name: &str| -> Option<Dec> {
        let text = typed.text(name).trim();
        if text.is_empty() {
            return None;
        }
        let found = parse_decimal(text).map(Dec::new);
        if found.is_none() {
            wrong = wrong.clone().field(name, "not-a-number");
        }
        found
    };
    let (value, numerator, denominator) =
        (number("value"), number("numerator"), number("denominator"));
    if !wrong.fields.is_empty() {
        return Err(wrong);
    }
    let organization_id = match typed.text("organization_id") {
        "" => None,
        id => Some(crate::path_id(id)?),
    };
    Ok(NewMeasurement {
        metric_id: Some(id.clone()),
        organization_id,
        period: typed.text("period").to_string(),
        value,
        numerator,
        denominator,
        evidence_url: Some(typed.text("evidence_url").to_string()),
        note: typed.text("note").to_string(),
        ..NewMeasurement::default()
    })
}

/// Marks a measurement as checked.
#[post("/p/{partnership}/metrics/{metric}/verify")]
async fn verify(
    core: web::Data<Core>,
    actor: Allowed<ReviewMeasurements>,
    path: web::Path<(String, String)>,
    typed: Form,
) -> Result<HttpResponse, Problem> {
    let actor = actor.into_actor();
    let id = crate::path_id::<MetricId>(&path.1)?;
    let measurement = crate::path_id::<MeasurementId>(typed.text("measurement"))?;
    let back = format!("/p/{}/metrics/{id}", actor.partnership.slug);
    core.db
        .write(move |conn| review::verify(conn, &actor, &measurement, None).map_err(Problem::from))
        .await?;
    Ok(page::see_other(&back, "metrics-flash-verified"))
}
