//! Staff's page: whether there is a public page, and which stories stand on it.

use actix_web::http::StatusCode;
use actix_web::{HttpRequest, HttpResponse, get, post, web};
use backbone_db::Instant;
use backbone_identity::{Actor, Allowed, Core, page};
use backbone_web::{Args, Form, IfMatch, Problem};
use serde::Serialize;
use serde_json::{Value, json};

use super::change::{self, PublicPageEdit};
use super::{address, store};
use crate::policy::{PublishStories, SeeStories};
use crate::story::published;

pub(super) fn routes(cfg: &mut web::ServiceConfig) {
    cfg.service(show).service(save);
}

#[derive(Serialize)]
struct Choice {
    id: String,
    title: String,
    headline: String,
    at: Instant,
    listed: bool,
    /// Without an address it is on no page, whatever is ticked.
    revoked: bool,
}

#[derive(Serialize)]
struct Settings {
    version: i64,
    shown: bool,
    was_shown: bool,
    url: String,
    href: String,
    feed: String,
    stories: Vec<Choice>,
    stories_href: String,
    may_change: bool,
    has_purpose: bool,
    settings_href: String,
    errors: Value,
}

/// The page with what was typed, when it comes back.
async fn render(
    core: &Core,
    req: &HttpRequest,
    actor: &Actor,
    again: Option<(&PublicPageEdit, &Problem)>,
) -> Result<HttpResponse, Problem> {
    let tenant = actor.tenant().to_string();
    let ((shown, version), listed, out) = core
        .db
        .read(move |c| {
            let page = store::page(c, &tenant)?;
            let listed = store::listings(c, &tenant)?;
            Ok::<_, Problem>((page, listed, published::all_published(c, &tenant)?))
        })
        .await?;
    let typed = again.map(|(edit, _)| edit);
    let ticked = |id: &str, listed: bool| match typed.and_then(|t| t.stories.as_ref()) {
        Some(stories) => stories.iter().any(|s| s == id),
        None => listed,
    };
    let href = address(&actor.partnership.slug);
    let errors = again.map_or_else(
        || json!([]),
        |(_, problem)| page::again(core, actor.lang, &json!({}), problem)["errors"].take(),
    );
    let data = Settings {
        version,
        shown: typed.and_then(|t| t.shown).unwrap_or(shown),
        was_shown: shown,
        url: format!("{}{href}", core.settings.base_url),
        feed: format!("{}{href}/feed.atom", core.settings.base_url),
        href,
        stories: out
            .into_iter()
            .map(|e| Choice {
                listed: ticked(e.story_id.as_str(), listed.contains(&e.story_id)),
                id: e.story_id.to_string(),
                headline: e.view.plain(&e.view.headline),
                at: e.published_at,
                revoked: e.public_url.is_none(),
                title: e.title,
            })
            .collect(),
        stories_href: format!("/p/{}/stories", actor.partnership.slug),
        may_change: actor.may::<PublishStories>(),
        has_purpose: !actor.partnership.purpose.trim().is_empty(),
        settings_href: format!("/p/{}/settings", actor.partnership.slug),
        errors,
    };
    let title = core
        .renderer
        .text(actor.lang, "public-page-title", &Args::new());
    let shell = page::shell(core, req, actor, "stories", title);
    let status = again.map_or(StatusCode::OK, |(_, problem)| problem.status);
    page::html(core, status, "storytelling/listing/settings", &shell, &data)
}

/// Whether there is a page, and what is on it.
#[get("/p/{partnership}/public-page")]
async fn show(
    core: web::Data<Core>,
    req: HttpRequest,
    actor: Allowed<SeeStories>,
) -> Result<HttpResponse, Problem> {
    render(&core, &req, &actor, None).await
}

/// Saves it.
#[post("/p/{partnership}/public-page")]
async fn save(
    core: web::Data<Core>,
    req: HttpRequest,
    actor: Allowed<PublishStories>,
    form: Form,
) -> Result<HttpResponse, Problem> {
    let actor = actor.into_actor();
    let edit = PublicPageEdit {
        shown: Some(form.ticked("shown")),
        stories: Some(form.all("stories").to_vec()),
    };
    let seen = IfMatch(form.text("version").parse().ok());
    let (doer, wanted) = (actor.clone(), edit.clone());
    let done = core
        .db
        .write(move |c| change::change(c, &doer, seen, &wanted).map_err(Problem::from))
        .await;
    match done {
        Ok(_) => {
            let back = format!("/p/{}/public-page", actor.partnership.slug);
            Ok(page::see_other(&back, "public-page-saved"))
        }
        Err(problem) if page::is_shown_again(&problem) => {
            render(&core, &req, &actor, Some((&edit, &problem))).await
        }
        Err(problem) => Err(problem),
    }
}
