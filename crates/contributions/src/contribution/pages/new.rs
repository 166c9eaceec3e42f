use std::collections::BTreeMap;

use actix_web::http::StatusCode;
use actix_web::{HttpRequest, HttpResponse, get, post, web};
use backbone_db::DbError;
use backbone_identity::{Actor, Allowed, Core, file, page};
use backbone_ingest::Period;
use backbone_web::{Answer, ApiQuery, Form, IdempotencyKey, IfMatch, Problem, once};
use serde::{Deserialize, Serialize};

use crate::contribution::api::parse_id;
use crate::contribution::correct::{Correction, correct, own};
use crate::contribution::form::{FormView, Stock, from_content, from_input, of, read, typed};
use crate::contribution::{Contribution, NewContribution, log, repeat, store};
use crate::error::Error;
use crate::policy::{CorrectContribution, LogContribution};
use crate::template::{TemplateId, keep};
use crate::view::Say;

#[derive(Serialize)]
struct FormPage {
    #[serde(flatten)]
    view: FormView,
    base: String,
    same: bool,
    editing: bool,
    version: i64,
    back: String,
}

/// What the form is filled with when it opens.
#[derive(Clone, Debug, Default, Deserialize)]
pub(super) struct Filled {
    /// `1`: what was logged last.
    #[serde(default)]
    same: String,
    /// A template of one's own.
    #[serde(default)]
    template: String,
    /// For when; this month when left out.
    #[serde(default)]
    period: String,
}

/// The form for logging, filled in as its address says.
#[get("/p/{partnership}/contributions/new")]
pub(super) async fn new_form(
    core: web::Data<Core>,
    req: HttpRequest,
    actor: Allowed<LogContribution>,
    query: ApiQuery<Filled>,
) -> Result<HttpResponse, Problem> {
    let (actor, query) = (actor.into_actor(), query.0);
    let mut form = None;
    if let Ok(id) = query.template.parse::<TemplateId>() {
        let who = actor.clone();
        let mine = core.db.read(move |conn| keep::mine(conn, &who)).await?;
        let found = mine.into_iter().find(|t| t.id == id);
        let found = found.ok_or_else(Problem::not_found)?;
        form = Some(from_input(&found.content));
    }
    show_new(&core, &req, actor, form, query, None).await
}

async fn show_new(
    core: &Core,
    req: &HttpRequest,
    actor: Actor,
    filled: Option<BTreeMap<String, String>>,
    query: Filled,
    problem: Option<&Problem>,
) -> Result<HttpResponse, Problem> {
    let (who, tracer) = (actor.clone(), core.tracer.clone());
    let stock = core
        .db
        .read(move |conn| Stock::load(conn, &who, &tracer))
        .await?;
    let say = Say::new(core, actor.lang);
    let same = query.same == "1";
    let has_last = stock.last.is_some() && filled.is_none();
    let mut form = filled.unwrap_or_else(|| start(&actor, stock.last.as_ref().filter(|_| same)));
    if problem.is_none() {
        let asked = query.period.parse::<Period>().ok();
        let period = asked.map_or_else(|| this_month(&actor), |p| p.to_string());
        form.insert("period".into(), period);
    }
    let base = format!("/p/{}/contributions", actor.partnership.slug);
    let data = FormPage {
        view: stock.view(&say, &actor, form, problem),
        same: has_last && !same,
        editing: false,
        version: 0,
        back: base.clone(),
        base,
    };
    let title = say.text("contribution-new-title", &[]);
    let shell = page::shell(core, req, &actor, "contributions", title);
    let status = problem.map_or(StatusCode::OK, |p| p.status);
    page::html(core, status, "contributions/new", &shell, &data)
}

/// This month, as a period is stored.
pub(crate) fn this_month(actor: &Actor) -> String {
    let today = actor.now.date_in(&actor.partnership.zone());
    format!("{:04}-{:02}", today.year(), today.month())
}

/// What stands in a fresh form: time, in this month; or what was logged last, in this month.
pub(crate) fn start(
    actor: &Actor,
    last: Option<&crate::contribution::Content>,
) -> BTreeMap<String, String> {
    let mut form = last.map(from_content).unwrap_or_default();
    form.insert("period".into(), this_month(actor));
    form.entry("kind".into()).or_insert_with(|| "time".into());
    form
}

/// Logs what the form says. A form that is sent twice logs once.
#[post("/p/{partnership}/contributions/new")]
pub(super) async fn new_submit(
    core: web::Data<Core>,
    req: HttpRequest,
    actor: Allowed<LogContribution>,
    form: Form,
) -> Result<HttpResponse, Problem> {
    let actor = actor.into_actor();
    let (slug, home) = (actor.partnership.slug.clone(), is_home(&req));
    let scope = actor.idempotency_scope();
    let outcome = submit(&core, scope, &actor, &form, move |made| {
        logged(&slug, home, made)
    })
    .await;
    match outcome {
        Err(p) if p.status == StatusCode::UNPROCESSABLE_ENTITY => {
            show_new(
                &core,
                &req,
                actor,
                Some(typed(&form)),
                Filled::default(),
                Some(&p),
            )
            .await
        }
        other => other,
    }
}

/// Whether a form was sent from the home page, which is then shown again.
fn is_home(req: &HttpRequest) -> bool {
    req.query_string() == "home=1"
}

/// Where one is led after logging: to what was logged, or back home, which tells of it.
fn logged(slug: &str, home: bool, made: &Contribution) -> String {
    match home {
        true => format!("/p/{slug}?logged={}", made.id),
        false => format!("/p/{slug}/contributions/{}?logged=1", made.id),
    }
}

/// Logs the same again, for the period that the form names. A form that is sent twice logs once.
#[post("/p/{partnership}/contributions/{contribution}/repeat")]
pub(super) async fn repeat_submit(
    core: web::Data<Core>,
    req: HttpRequest,
    actor: Allowed<LogContribution>,
    path: web::Path<(String, String)>,
    form: Form,
) -> Result<HttpResponse, Problem> {
    let (actor, id) = (actor.into_actor(), parse_id(&path.1)?);
    let typed = form.text("period").trim().to_string();
    let period = match typed.is_empty() {
        true => this_month(&actor),
        false => typed,
    };
    let (slug, home) = (actor.partnership.slug.clone(), is_home(&req));
    let key = IdempotencyKey(Some(form.text("key").to_string()).filter(|k| !k.is_empty()));
    let (scope, now) = (actor.idempotency_scope(), actor.now);
    once(&core.db, scope, key, "repeat".into(), now, move |conn| {
        let made = repeat::repeat(conn, &actor, &id, &period)?;
        Ok::<_, Problem>(see(logged(&slug, home, &made)))
    })
    .await
}

/// Logs a form once, whoever sent it; then leads to the address that `to` gives.
async fn submit(
    core: &Core,
    scope: String,
    actor: &Actor,
    form: &Form,
    to: impl FnOnce(&Contribution) -> String + Send + 'static,
) -> Result<HttpResponse, Problem> {
    let input = read(&of(form), None).map_err(Error::Invalid)?;
    let kept = kept(core, form)?;
    let key = IdempotencyKey(Some(form.text("key").to_string()).filter(|k| !k.is_empty()));
    let actor = actor.clone();
    // The short form on the home page has no room for metrics.
    let short = form.text("short") == "1" && input.metrics.is_empty();
    once(
        &core.db,
        scope,
        key,
        "form".into(),
        actor.now,
        move |conn| {
            let mut input = with_file(conn, &actor, input, kept.as_ref())?;
            if short {
                input.metrics = as_before(conn, &actor, &input)?;
            }
            let made = log::log(conn, &actor, &input)?;
            Ok::<_, Problem>(see(to(&made)))
        },
    )
    .await
}

/// The metrics that the same activity of one's organization supported last time: who logs it again means the same.
fn as_before(
    conn: &mut backbone_db::Conn,
    actor: &Actor,
    input: &NewContribution,
) -> Result<Vec<String>, DbError> {
    let own = input
        .organization_id
        .as_ref()
        .or(actor.organization_id.as_ref());
    let Some(own) = own else {
        return Ok(Vec::new());
    };
    let last = store::last_like(conn, actor.tenant(), own, input.activity.trim())?;
    Ok(last.map(|c| c.content.metrics).unwrap_or_default())
}

/// Sends the browser on.
pub(crate) fn see(location: String) -> Answer {
    Answer {
        status: StatusCode::SEE_OTHER,
        location: Some(location),
        body: String::new(),
    }
}

/// The evidence of a form on disk, before the transaction.
pub(crate) fn kept(core: &Core, form: &Form) -> Result<Option<file::Kept>, Problem> {
    let upload = form.file("evidence");
    upload
        .map(|u| file::keep(&core.settings.data_dir, u))
        .transpose()
}

/// The input with its evidence.
pub(crate) fn with_file(
    conn: &mut backbone_db::Conn,
    actor: &Actor,
    mut input: NewContribution,
    kept: Option<&file::Kept>,
) -> Result<NewContribution, DbError> {
    if let Some(kept) = kept {
        input
            .evidence
            .files
            .push(file::save(conn, actor, "evidence", kept)?.id);
    }
    Ok(input)
}

/// The form for correcting.
#[get("/p/{partnership}/contributions/{contribution}/correct")]
pub(super) async fn edit_form(
    core: web::Data<Core>,
    req: HttpRequest,
    actor: Allowed<CorrectContribution>,
    path: web::Path<(String, String)>,
) -> Result<HttpResponse, Problem> {
    show_edit(&core, &req, actor.into_actor(), &path.1, None, None).await
}

async fn show_edit(
    core: &Core,
    req: &HttpRequest,
    actor: Actor,
    id: &str,
    filled: Option<BTreeMap<String, String>>,
    problem: Option<&Problem>,
) -> Result<HttpResponse, Problem> {
    let (who, id, tracer) = (actor.clone(), parse_id(id)?, core.tracer.clone());
    let (found, stock) = core
        .db
        .read(move |conn| {
            let found = own(conn, &who, &id)?;
            Ok::<_, Error>((found, Stock::load(conn, &who, &tracer)?))
        })
        .await?;
    let say = Say::new(core, actor.lang);
    let form = filled.unwrap_or_else(|| from_content(&found.content));
    let base = format!("/p/{}/contributions", actor.partnership.slug);
    let data = FormPage {
        view: stock.view(&say, &actor, form, problem),
        same: false,
        editing: true,
        version: found.version,
        back: format!("{base}/{}", found.id),
        base,
    };
    let title = say.text("contribution-correct-title", &[]);
    let shell = page::shell(core, req, &actor, "contributions", title);
    let status = problem.map_or(StatusCode::OK, |p| p.status);
    page::html(core, status, "contributions/new", &shell, &data)
}

/// Corrects as the form says.
#[post("/p/{partnership}/contributions/{contribution}/correct")]
pub(super) async fn edit_submit(
    core: web::Data<Core>,
    req: HttpRequest,
    actor: Allowed<CorrectContribution>,
    path: web::Path<(String, String)>,
    form: Form,
) -> Result<HttpResponse, Problem> {
    let actor = actor.into_actor();
    match corrected(&core, &actor, &path.1, &form).await {
        Ok(new) => {
            let to = format!("/p/{}/contributions/{}", actor.partnership.slug, new.id);
            Ok(page::see_other(&to, "contribution-corrected"))
        }
        Err(p) if p.status == StatusCode::UNPROCESSABLE_ENTITY => {
            show_edit(&core, &req, actor, &path.1, Some(typed(&form)), Some(&p)).await
        }
        Err(p) => Err(p),
    }
}

/// Corrects a contribution by a form that shows the whole of it.
pub(crate) async fn corrected(
    core: &Core,
    actor: &Actor,
    id: &str,
    form: &Form,
) -> Result<Contribution, Problem> {
    let (actor, form, id) = (actor.clone(), form.clone(), parse_id(id)?);
    let kept = kept(core, &form)?;
    core.db
        .write(move |conn| {
            let old = own(conn, &actor, &id)?;
            let input = read(&of(&form), Some(&old.content)).map_err(Error::Invalid)?;
            let input = with_file(conn, &actor, input, kept.as_ref())?;
            let mut changes = match serde_json::to_value(&input).map_err(Problem::internal)? {
                serde_json::Value::Object(fields) => fields,
                // A struct is an object, always.
                _ => serde_json::Map::new(),
            };
            if input.organization_id.is_none() {
                changes.shift_remove("organization_id");
            }
            let correction = Correction {
                reason: form.text("reason").to_string(),
                changes,
            };
            let seen = IfMatch(form.text("version").parse().ok());
            Ok::<_, Problem>(correct(conn, &actor, &id, seen, &correction)?)
        })
        .await
}
