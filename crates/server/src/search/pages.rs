use actix_web::http::StatusCode;
use actix_web::{HttpRequest, HttpResponse, get, web};
use backbone_identity::{Actor, Allowed, Core, page};
use backbone_search::{Found, Query};
use backbone_web::{ApiQuery, Args, Problem};
use serde_json::{Value, json};

use super::{SearchQuery, actions, found};
use crate::home::policy::Search;

/// Results on the page, and in the palette.
const ON_PAGE: usize = 50;
const IN_PALETTE: usize = 8;

/// The page: works without script, and its address can be kept.
#[get("/p/{partnership}/search")]
pub async fn index(
    core: web::Data<Core>,
    req: HttpRequest,
    actor: Allowed<Search>,
    query: ApiQuery<SearchQuery>,
) -> Result<HttpResponse, Problem> {
    let asked = query.0;
    let kind = asked.kind.filter(|k| !k.is_empty());
    let all = found(&core, &actor, Query::new(&asked.q, ON_PAGE)).await?;
    let results = match &kind {
        Some(_) => {
            let query = Query::new(&asked.q, ON_PAGE).of_kind(kind.clone());
            found(&core, &actor, query).await?
        }
        None => all.clone(),
    };
    let title = core.renderer.text(actor.lang, "search-title", &Args::new());
    let shell = page::shell(&core, &req, &actor, "search", title);
    let data = json!({
        "q": asked.q,
        "kind": kind,
        "all_href": format!("?q={}", encoded(&asked.q)),
        "slug": actor.partnership.slug,
        "asked": !Query::new(&asked.q, 1).is_empty(),
        "kinds": kinds(&core, &actor, &all, kind.as_deref(), &asked.q),
        "results": results.iter().map(|f| shown(&core, &actor, f)).collect::<Vec<_>>(),
        "full": results.len() == ON_PAGE,
    });
    page::html(&core, StatusCode::OK, "server/search", &shell, &data)
}

/// The palette: a dialog with the field, and what can be done before anything is typed.
#[get("/p/{partnership}/search/palette")]
pub async fn palette(
    core: web::Data<Core>,
    req: HttpRequest,
    actor: Allowed<Search>,
) -> Result<HttpResponse, Problem> {
    let data = json!({
        "slug": actor.partnership.slug,
        "actions": actions::fitting(&core, &actor, ""),
        "results": [],
        "q": "",
    });
    fragment(&core, &req, &actor, "server/search_palette", &data)
}

/// The palette's list for what was typed.
#[get("/p/{partnership}/search/options")]
pub async fn options(
    core: web::Data<Core>,
    req: HttpRequest,
    actor: Allowed<Search>,
    query: ApiQuery<SearchQuery>,
) -> Result<HttpResponse, Problem> {
    let results = found(&core, &actor, Query::new(&query.0.q, IN_PALETTE)).await?;
    let mut fitting = actions::fitting(&core, &actor, &query.0.q);
    if !results.is_empty() {
        fitting.truncate(3);
    }
    let data = json!({
        "slug": actor.partnership.slug,
        "actions": fitting,
        "results": results.iter().map(|f| shown(&core, &actor, f)).collect::<Vec<_>>(),
        "q": query.0.q,
    });
    fragment(&core, &req, &actor, "server/search_options", &data)
}

fn fragment(
    core: &Core,
    req: &HttpRequest,
    actor: &Actor,
    template: &str,
    data: &Value,
) -> Result<HttpResponse, Problem> {
    let shell = page::shell(core, req, actor, "search", String::new());
    let body = core
        .renderer
        .fragment(template, &shell, data)
        .map_err(Problem::internal)?;
    Ok(HttpResponse::Ok()
        .content_type("text/html; charset=utf-8")
        .insert_header(("Cache-Control", "no-store"))
        .body(body))
}

fn shown(core: &Core, actor: &Actor, found: &Found) -> Value {
    json!({
        "href": format!("/p/{}{}", actor.partnership.slug, found.path),
        "icon": icon(&found.object.kind),
        "kind": kind_name(core, actor, &found.object.kind),
        "title": found.title_pieces,
        "excerpt": found.excerpt,
        "at": found.at,
    })
}

/// The kinds among what was found, as filters: the chosen one stays when it found nothing.
fn kinds(
    core: &Core,
    actor: &Actor,
    all: &[Found],
    chosen: Option<&str>,
    typed: &str,
) -> Vec<Value> {
    let query = encoded(typed);
    core.search
        .kinds()
        .into_iter()
        .filter(|k| chosen == Some(*k) || all.iter().any(|f| f.object.kind == *k))
        .map(|k| {
            json!({
                "label": kind_name(core, actor, k),
                "href": format!("?q={query}&kind={k}"),
                "active": chosen == Some(k),
            })
        })
        .collect()
}

fn encoded(text: &str) -> String {
    percent_encoding::utf8_percent_encode(text, percent_encoding::NON_ALPHANUMERIC).to_string()
}

fn kind_name(core: &Core, actor: &Actor, kind: &str) -> String {
    let key = format!("kind-{}", kind.replace('_', "-"));
    core.renderer.text(actor.lang, &key, &Args::new())
}

fn icon(kind: &str) -> &'static str {
    match kind {
        "organization" => "organization",
        "person" => "user",
        "contribution" => "contributions",
        "metric" | "measurement" => "scorecard",
        "objective" => "target",
        "story" => "stories",
        "value_model" | "value_proxy" => "value-model",
        "campaign" => "newsletter",
        "contact" | "body" => "users",
        "decision" => "decisions",
        "commitment" => "flag",
        _ => "file",
    }
}
