use std::collections::BTreeMap;

use actix_web::http::StatusCode;
use actix_web::{HttpRequest, HttpResponse, get, post, web};
use backbone_db::DbError;
use backbone_identity::{Actor, Allowed, Core, file, page};
use backbone_web::{Answer, Form, IdempotencyKey, IfMatch, Problem, once};
use serde::Serialize;

use crate::contribution::api::parse_id;
use crate::contribution::correct::{Correction, correct, own};
use crate::contribution::form::{FormView, Stock, from_content, of, read, typed};
use crate::contribution::{Contribution, NewContribution, log};
use crate::error::Error;
use crate::policy::{CorrectContribution, LogContribution};
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

/// The form for logging; `?same=1` fills in what was logged last.
#[get("/p/{partnership}/contributions/new")]
pub(super) async fn new_form(
    core: web::Data<Core>,
    req: HttpRequest,
    actor: Allowed<LogContribution>,
) -> Result<HttpResponse, Problem> {
    let same = req.query_string().contains("same=1");
    let actor = actor.into_actor();
    show_new(&core, &req, actor, None, same, None).await
}

async fn show_new(
    core: &Core,
    req: &HttpRequest,
    actor: Actor,
    filled: Option<BTreeMap<String, String>>,
    same: bool,
    problem: Option<&Problem>,
) -> Result<HttpResponse, Problem> {
    let (who, tracer) = (actor.clone(), core.tracer.clone());
    let stock = core
        .db
        .read(move |conn| Stock::load(conn, &who, &tracer))
        .await?;
    let say = Say::new(core, actor.lang);
    let has_last = stock.last.is_some();
    let form = filled.unwrap_or_else(|| start(&actor, stock.last.as_ref().filter(|_| same)));
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

/// What stands in a fresh form: time, in this month; or what was logged last, in this month.
pub(crate) fn start(
    actor: &Actor,
    last: Option<&crate::contribution::Content>,
) -> BTreeMap<String, String> {
    let today = actor.now.date_in(&actor.partnership.zone());
    let mut form = last.map(from_content).unwrap_or_default();
    form.insert(
        "period".into(),
        format!("{:04}-{:02}", today.year(), today.month()),
    );
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
    let base = format!("/p/{}/contributions", actor.partnership.slug);
    let scope = actor.idempotency_scope();
    let outcome = submit(&core, scope, &actor, &form, move |made| {
        format!("{base}/{}?logged=1", made.id)
    })
    .await;
    match outcome {
        Err(p) if p.status == StatusCode::UNPROCESSABLE_ENTITY => {
            show_new(&core, &req, actor, Some(typed(&form)), false, Some(&p)).await
        }
        other => other,
    }
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
    once(
        &core.db,
        scope,
        key,
        "form".into(),
        actor.now,
        move |conn| {
            let input = with_file(conn, &actor, input, kept.as_ref())?;
            let made = log::log(conn, &actor, &input)?;
            Ok::<_, Problem>(see(to(&made)))
        },
    )
    .await
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
