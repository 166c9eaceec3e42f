use actix_web::http::StatusCode;
use actix_web::{HttpRequest, HttpResponse, get, post, web};
use backbone_identity::{Actor, Allowed, Core, page};
use backbone_web::{Form, Problem};
use serde_json::{Value, json};

use super::{NewTemplate, Template, TemplateId, keep};
use crate::contribution::api::parse_id;
use crate::policy::LogContribution;
use crate::view::Say;

/// One's own templates, each a click from being logged.
#[get("/p/{partnership}/contributions/templates")]
async fn index(
    core: web::Data<Core>,
    req: HttpRequest,
    actor: Allowed<LogContribution>,
) -> Result<HttpResponse, Problem> {
    show(&core, &req, actor.into_actor(), StatusCode::OK, Value::Null).await
}

async fn show(
    core: &Core,
    req: &HttpRequest,
    actor: Actor,
    status: StatusCode,
    again: Value,
) -> Result<HttpResponse, Problem> {
    let who = actor.clone();
    let mine = core.db.read(move |conn| keep::mine(conn, &who)).await?;
    let say = Say::new(core, actor.lang);
    let base = format!("/p/{}/contributions", actor.partnership.slug);
    let data = json!({
        "base": base,
        "templates": mine.iter().map(|t| shown(&say, &actor, t)).collect::<Vec<_>>(),
        "errors": again.get("errors").cloned().unwrap_or_else(|| json!([])),
    });
    let title = say.text("contribution-templates-title", &[]);
    let shell = page::shell(core, req, &actor, "contributions", title);
    page::html(core, status, "contributions/templates", &shell, &data)
}

/// A template as pages show it.
pub(crate) fn shown(say: &Say, actor: &Actor, t: &Template) -> Value {
    let c = &t.content;
    let amount = match (&c.hours, &c.amount) {
        (Some(hours), _) => say.hours(hours.get()),
        (None, Some(amount)) => {
            let currency = c.currency.as_ref().unwrap_or(&actor.partnership.currency);
            let money = backbone_db::Money::from_major(amount.get(), currency);
            money.map_or_else(String::new, |m| say.money(m.minor, currency.code()))
        }
        (None, None) => String::new(),
    };
    json!({
        "id": t.id, "name": t.name, "amount": amount, "kind": say.kind(c.kind), "activity": c.activity,
        "href": format!("/p/{}/contributions/new?template={}", actor.partnership.slug, t.id),
    })
}

/// Keeps a contribution as a template.
#[post("/p/{partnership}/contributions/templates")]
async fn create(
    core: web::Data<Core>,
    req: HttpRequest,
    actor: Allowed<LogContribution>,
    form: Form,
) -> Result<HttpResponse, Problem> {
    let actor = actor.into_actor();
    let input = NewTemplate {
        name: form.text("name").into(),
        contribution_id: parse_id(form.text("contribution_id"))?,
    };
    let to = format!("/p/{}/contributions/templates", actor.partnership.slug);
    let by = actor.clone();
    let kept = core
        .db
        .write(move |conn| keep::keep(conn, &by, &input).map_err(Problem::from))
        .await;
    match kept {
        Ok(_) => Ok(page::see_other(&to, "contribution-template-kept")),
        Err(p) if page::is_shown_again(&p) => {
            let again = page::again(&core, actor.lang, &json!({}), &p);
            show(&core, &req, actor, p.status, again).await
        }
        Err(p) => Err(p),
    }
}

/// Removes one.
#[post("/p/{partnership}/contributions/templates/{template}/remove")]
async fn remove(
    core: web::Data<Core>,
    actor: Allowed<LogContribution>,
    path: web::Path<(String, String)>,
) -> Result<HttpResponse, Problem> {
    let id = TemplateId::parse(&path.1).map_err(|_| Problem::not_found())?;
    let actor = actor.into_actor();
    let to = format!("/p/{}/contributions/templates", actor.partnership.slug);
    core.db
        .write(move |conn| keep::remove(conn, &actor, &id).map_err(Problem::from))
        .await?;
    Ok(page::see_other(&to, "contribution-template-removed"))
}

/// Mounts the pages.
pub(crate) fn mount(cfg: &mut web::ServiceConfig) {
    cfg.service(index).service(create).service(remove);
}
