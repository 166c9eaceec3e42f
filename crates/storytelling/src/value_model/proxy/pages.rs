//! The pages of the proxy library.

use actix_web::http::StatusCode;
use actix_web::{HttpRequest, HttpResponse, get, post, web};
use backbone_db::{Currency, Dec};
use backbone_identity::{Actor, Allowed, Core, page};
use backbone_web::etag::IfMatch;
use backbone_web::fields::Fields;
use backbone_web::forms::Form;
use backbone_web::{Args, Problem};
use rust_decimal::Decimal;
use serde_json::{Value, json};

use super::super::error::Error;
use super::api::proxy_id;
use super::{NewProxy, Proxy, ValueProxyId, store};
use crate::policy::{EditProxies, SeeValueModels};

pub(in super::super) fn routes(cfg: &mut web::ServiceConfig) {
    cfg.service(index)
        .service(add_form)
        .service(add)
        .service(edit)
        .service(save)
        .service(remove);
}

const FIELDS: [(&str, &str, &str); 10] = [
    ("name", "value-name", "text"),
    ("unit", "value-unit", "text"),
    ("low", "value-low", "decimal"),
    ("base", "value-base", "decimal"),
    ("high", "value-high", "decimal"),
    ("currency", "value-currency", "text"),
    ("price_year", "value-price-year", "number"),
    ("source", "value-source", "textarea"),
    ("link", "value-link", "url"),
    ("review_on", "value-review-on", "date"),
];

fn home(actor: &Actor) -> String {
    format!("/p/{}/value-proxies", actor.partnership.slug)
}

fn text(core: &Core, actor: &Actor, key: &str) -> String {
    core.renderer.text(actor.lang, key, &Args::new())
}

#[get("/p/{partnership}/value-proxies")]
async fn index(
    core: web::Data<Core>,
    req: HttpRequest,
    actor: Allowed<SeeValueModels>,
) -> Result<HttpResponse, Problem> {
    let tenant = actor.tenant().to_owned();
    let found = core
        .db
        .read(move |conn| store::list(conn, &tenant, None, 500))
        .await?;
    let today = actor.now.date_in(&actor.partnership.zone()).to_string();
    let proxies: Vec<Value> = found
        .iter()
        .map(|x| {
            json!({
                "name": x.name, "unit": x.unit, "source": x.source, "link": x.link,
                "low": x.low, "base": x.base, "high": x.high, "currency": x.currency, "price_year": x.price_year,
                "review_on": x.review_on.map(|d| d.to_string()),
                "due": x.review_on.is_some_and(|d| d.to_string() <= today),
                "href": format!("{}/{}", home(&actor), x.id),
            })
        })
        .collect();
    let data = json!({
        "proxies": proxies,
        "models": format!("/p/{}/value-models", actor.partnership.slug),
        "new_href": format!("{}/new", home(&actor)),
        "may_edit": actor.may::<EditProxies>(),
    });
    let title = text(&core, &actor, "value-proxies");
    let shell = page::shell(&core, &req, &actor, "value-models", title);
    page::html(
        &core,
        StatusCode::OK,
        "storytelling/value_models/proxies",
        &shell,
        &data,
    )
}

#[get("/p/{partnership}/value-proxies/new")]
async fn add_form(
    core: web::Data<Core>,
    req: HttpRequest,
    actor: Allowed<EditProxies>,
) -> Result<HttpResponse, Problem> {
    let year = actor.now.date_in(&actor.partnership.zone()).year();
    let form = Form::from_pairs([
        ("currency", actor.partnership.currency.to_string()),
        ("price_year", year.to_string()),
    ]);
    shown(&core, &req, &actor, None, &form, None)
}

#[post("/p/{partnership}/value-proxies/new")]
async fn add(
    core: web::Data<Core>,
    req: HttpRequest,
    actor: Allowed<EditProxies>,
    form: Form,
) -> Result<HttpResponse, Problem> {
    submit(&core, &req, actor.into_actor(), None, &form).await
}

#[get("/p/{partnership}/value-proxies/{id}")]
async fn edit(
    core: web::Data<Core>,
    req: HttpRequest,
    actor: Allowed<EditProxies>,
    path: web::Path<(String, String)>,
) -> Result<HttpResponse, Problem> {
    let (id, tenant) = (proxy_id(&path.1)?, actor.tenant().to_owned());
    let x = core
        .db
        .read(move |conn| store::find(conn, &tenant, &id)?.ok_or(Error::NotFound))
        .await?;
    shown(&core, &req, &actor, Some(&x.id), &filled(&x), None)
}

fn filled(x: &Proxy) -> Form {
    Form::from_pairs([
        ("name", x.name.clone()),
        ("unit", x.unit.clone()),
        ("low", x.low.to_string()),
        ("base", x.base.to_string()),
        ("high", x.high.to_string()),
        ("currency", x.currency.to_string()),
        ("price_year", x.price_year.to_string()),
        ("source", x.source.clone()),
        ("link", x.link.clone()),
        (
            "review_on",
            x.review_on.map(|d| d.to_string()).unwrap_or_default(),
        ),
        ("version", x.version.to_string()),
    ])
}

#[post("/p/{partnership}/value-proxies/{id}")]
async fn save(
    core: web::Data<Core>,
    req: HttpRequest,
    actor: Allowed<EditProxies>,
    path: web::Path<(String, String)>,
    form: Form,
) -> Result<HttpResponse, Problem> {
    let id = proxy_id(&path.1)?;
    submit(&core, &req, actor.into_actor(), Some(id), &form).await
}

#[post("/p/{partnership}/value-proxies/{id}/remove")]
async fn remove(
    core: web::Data<Core>,
    actor: Allowed<EditProxies>,
    path: web::Path<(String, String)>,
    form: Form,
) -> Result<HttpResponse, Problem> {
    let (id, actor) = (proxy_id(&path.1)?, actor.into_actor());
    let (back, seen) = (home(&actor), IfMatch(form.text("version").parse().ok()));
    core.db
        .write(move |conn| super::remove(conn, &actor, &id, seen))
        .await?;
    Ok(page::see_other(&back, "value-proxy-removed"))
}

/// What was typed; all that cannot be read or that a rule refuses, at once.
pub(super) fn read(form: &Form, home: &Currency) -> Result<NewProxy, Problem> {
    let mut f = Fields::new();
    let (least, most) = (Decimal::MIN, Decimal::MAX);
    let end = |f: &mut Fields, name: &str| -> Option<Dec> {
        let typed = form.text(name).trim();
        (!typed.is_empty()).then(|| f.decimal(name, typed, least, most))
    };
    let new = NewProxy {
        name: form.text("name").to_owned(),
        unit: form.text("unit").to_owned(),
        low: end(&mut f, "low"),
        base: f.decimal("base", form.text("base"), least, most),
        high: end(&mut f, "high"),
        currency: f
            .parse("currency", form.text("currency"))
            .unwrap_or_else(|| home.clone()),
        price_year: f.parse("price_year", form.text("price_year")).unwrap_or(0),
        source: form.text("source").to_owned(),
        link: form.text("link").to_owned(),
        review_on: f.parse_optional("review_on", form.text("review_on")),
    };
    let rules = super::check(&new);
    let Err(mut unread) = f.finish() else {
        return Ok(new);
    };
    let known: Vec<String> = unread.fields.iter().map(|e| e.field.clone()).collect();
    unread
        .fields
        .extend(rules.into_iter().filter(|e| !known.contains(&e.field)));
    Err(unread)
}

async fn submit(
    core: &Core,
    req: &HttpRequest,
    actor: Actor,
    id: Option<ValueProxyId>,
    form: &Form,
) -> Result<HttpResponse, Problem> {
    let seen = IfMatch(form.text("version").parse().ok());
    let saved = match read(form, &actor.partnership.currency) {
        Err(problem) => Err(problem),
        Ok(new) => {
            let (actor, id) = (actor.clone(), id.clone());
            let write = core.db.write(move |conn| match &id {
                None => super::add(conn, &actor, &new),
                Some(id) => super::change(conn, &actor, id, seen, &new),
            });
            write.await.map_err(Problem::from)
        }
    };
    match saved {
        Ok(_) => Ok(page::see_other(&home(&actor), "value-proxy-saved")),
        Err(p) if p.status.is_client_error() && p.status != StatusCode::NOT_FOUND => {
            shown(core, req, &actor, id.as_ref(), form, Some(p))
        }
        Err(problem) => Err(problem),
    }
}

fn shown(
    core: &Core,
    req: &HttpRequest,
    actor: &Actor,
    id: Option<&ValueProxyId>,
    form: &Form,
    problem: Option<Problem>,
) -> Result<HttpResponse, Problem> {
    let catalogue = core.renderer.catalogue();
    let errors: Vec<(String, String)> = problem
        .iter()
        .flat_map(|p| p.field_messages(catalogue, actor.lang))
        .collect();
    let error_of = |name: &str| errors.iter().find(|(f, _)| f == name).map(|(_, m)| m);
    let fields: Vec<Value> = FIELDS
        .iter()
        .map(|(name, label, kind)| {
            let (typed, error) = (form.text(name), error_of(name));
            let label = text(core, actor, label);
            json!({"name": name, "label": label, "kind": kind, "value": typed, "error": error})
        })
        .collect();
    let general = problem.as_ref().filter(|p| p.fields.is_empty());
    let data = json!({
        "fields": fields,
        "errors": errors.iter().map(|(field, message)| json!({"field": field, "message": message})).collect::<Vec<_>>(),
        "notice": general.map(|p| p.title(catalogue, actor.lang)),
        "notice_detail": general.map(|p| p.detail(catalogue, actor.lang)),
        "version": form.text("version"),
        "home": home(actor),
        "remove": id.map(|id| format!("{}/{id}/remove", home(actor))),
    });
    let title = text(core, actor, "value-proxies");
    let shell = page::shell(core, req, actor, "value-models", title);
    let status = problem.map_or(StatusCode::OK, |p| p.status);
    page::html(
        core,
        status,
        "storytelling/value_models/proxy",
        &shell,
        &data,
    )
}
