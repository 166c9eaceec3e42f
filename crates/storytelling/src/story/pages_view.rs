//! One story for staff: where it stands, what stops it from going out, its figures, link, editions and history.

use actix_web::http::StatusCode;
use actix_web::{HttpRequest, HttpResponse, get, web};
use backbone_db::Instant;
use backbone_events::Object;
use backbone_identity::{Actor, Allowed, Core, page};
use backbone_web::format::PeriodStyle;
use backbone_web::{Args, Problem};
use serde::Serialize;

use super::api::id;
use super::checks::Weight;
use super::pages::{FieldMessage, messages, status_key, tone, word};
use super::published::PublishedEdition;
use super::{EditionId, EditionStatus, Status, StoryId, api_life, changes, life, publish, store};
use crate::figure::{Asked, Live};
use crate::policy::{ApproveStories, EditStories, PublishStories, SeeStories};
use crate::public_page::{Found, compose};

#[derive(Serialize)]
struct CheckLine {
    text: String,
    tone: &'static str,
    icon: &'static str,
    href: String,
}

#[derive(Serialize)]
struct FigureLine {
    key: String,
    label: String,
    text: String,
    period: String,
    tone: &'static str,
    concern: String,
}

#[derive(Serialize)]
struct EditionLine {
    number: i64,
    at: Instant,
    publisher: String,
    note: String,
    status: String,
    href: Option<String>,
}

#[derive(Serialize)]
struct Happening {
    at: Instant,
    actor: String,
    what: String,
}

#[derive(Serialize)]
struct May {
    edit: bool,
    submit: bool,
    approve: bool,
    send_back: bool,
    publish: bool,
    withdraw: bool,
    link: bool,
}

#[derive(Serialize)]
struct StoryView {
    title: String,
    headline: String,
    status: String,
    tone: &'static str,
    author: String,
    approver: Option<String>,
    version: i64,
    base: String,
    list_href: String,
    preview_href: String,
    edit_href: String,
    checks_hint: String,
    may: May,
    checks: Vec<CheckLine>,
    figures: Vec<FigureLine>,
    editions: Vec<EditionLine>,
    changes: Vec<changes::FigureChange>,
    public_url: Option<String>,
    first: bool,
    history: Vec<Happening>,
    problem: Option<String>,
    problem_detail: String,
    errors: Vec<FieldMessage>,
}

/// One story.
#[get("/p/{partnership}/stories/{story}")]
pub(super) async fn show(
    core: web::Data<Core>,
    req: HttpRequest,
    actor: Allowed<SeeStories>,
    path: web::Path<(String, String)>,
) -> Result<HttpResponse, Problem> {
    let id = id(&path.1)?;
    render(&core, &req, &actor, &id, None).await
}

/// The story's page, with the problem of the step that was tried.
pub(super) async fn render(
    core: &web::Data<Core>,
    req: &HttpRequest,
    actor: &Actor,
    id: &StoryId,
    problem: Option<Problem>,
) -> Result<HttpResponse, Problem> {
    let (asker, of) = (actor.clone(), id.clone());
    let (story, figures, editions, pending, events) = core
        .db
        .read(move |c| {
            let tenant = asker.tenant();
            let story = store::find(c, tenant, &of)?.ok_or_else(Problem::not_found)?;
            let figures = life::resolve(c, &asker, &Live, &story)?;
            let editions = store::editions(c, tenant, &of)?;
            let pending = changes::changes_pending(c, tenant)?;
            let events = backbone_events::of_object(c, tenant, &Object::new("story", &of))?;
            Ok::<_, Problem>((story, figures, editions, pending, events))
        })
        .await?;
    let base = format!("/p/{}/stories/{id}", actor.partnership.slug);
    let found = life::checks(actor, &story, &figures);
    let catalogue = core.renderer.catalogue();
    let mut told = Problem::invalid("story-checks");
    told.fields = found.iter().map(|c| c.field_error()).collect();
    let sentences = told.field_messages(catalogue, actor.lang);
    let checks: Vec<CheckLine> = found
        .iter()
        .zip(sentences)
        .map(|(check, (field, text))| CheckLine {
            text,
            tone: if check.weight == Weight::Blocks {
                "bad"
            } else {
                "watch"
            },
            icon: if check.weight == Weight::Blocks {
                "cross"
            } else {
                "info"
            },
            href: format!("{base}/edit#{}", super::pages_form::control(&field)),
        })
        .collect();
    let out = editions
        .iter()
        .find(|e| e.status == EditionStatus::Published);
    let staff = actor.may::<EditStories>();
    let publisher = actor.may::<PublishStories>();
    let approver = actor.may::<ApproveStories>();
    let data = StoryView {
        headline: story.content.headline.clone(),
        status: word(core, actor.lang, &status_key(story.status)),
        tone: tone(story.status),
        author: story.author_name.clone(),
        approver: story.approver_name.clone(),
        version: story.version,
        may: May {
            edit: staff,
            submit: staff && story.status == Status::Draft,
            approve: approver && story.status == Status::InReview,
            send_back: approver && matches!(story.status, Status::InReview | Status::Approved),
            publish: publisher && story.status == Status::Approved,
            withdraw: publisher && out.is_some(),
            link: publisher && story.edition > 0,
        },
        checks_hint: hint(core, actor, &checks),
        checks,
        figures: figures
            .iter()
            .map(|f| {
                let concern = f.reading.concerns.first();
                FigureLine {
                    key: f.figure.key.clone(),
                    label: f.figure.label.clone(),
                    text: f.text.clone(),
                    period: crate::words::period(actor.lang, &f.reading.period, PeriodStyle::Long),
                    tone: if concern.is_some() { "bad" } else { "good" },
                    concern: word(
                        core,
                        actor.lang,
                        &format!("story-concern-{}", concern.map_or("none", |c| c.as_str())),
                    ),
                }
            })
            .collect(),
        public_url: out
            .and_then(|e| e.public_url.clone())
            .map(|path| format!("{}{path}", core.settings.base_url)),
        editions: editions
            .iter()
            .map(|e| EditionLine {
                number: e.number,
                at: e.published_at,
                publisher: e.publisher.clone(),
                note: e.note.clone(),
                status: word(core, actor.lang, &format!("story-edition-{}", e.status)),
                href: e
                    .public_url
                    .as_ref()
                    .filter(|_| e.status != EditionStatus::Withdrawn)
                    .map(|u| format!("{u}?edition={}", e.number)),
            })
            .collect(),
        changes: pending.into_iter().filter(|c| c.story_id == *id).collect(),
        first: story.edition == 0,
        history: events
            .iter()
            .rev()
            .take(30)
            .map(|e| Happening {
                at: e.at,
                actor: e.actor_name.clone(),
                what: happening(core, actor, &e.kind),
            })
            .collect(),
        problem: problem.as_ref().map(|p| p.title(catalogue, actor.lang)),
        problem_detail: problem
            .as_ref()
            .map(|p| p.detail(catalogue, actor.lang))
            .unwrap_or_default(),
        errors: messages(core, actor.lang, problem.as_ref()),
        title: story.title,
        list_href: format!("/p/{}/stories", actor.partnership.slug),
        preview_href: format!("{base}/preview"),
        edit_href: format!("{base}/edit"),
        base,
    };
    let status = problem.map_or(StatusCode::OK, |p| p.status);
    let shell = page::shell(core, req, actor, "stories", data.title.clone());
    page::html(core, status, "storytelling/stories/view", &shell, &data)
}

fn hint(core: &Core, actor: &Actor, checks: &[CheckLine]) -> String {
    let blocking = checks.iter().filter(|c| c.tone == "bad").count();
    let mut args = Args::new();
    args.set("n", blocking as i64);
    core.renderer.text(actor.lang, "story-checks-hint", &args)
}

fn happening(core: &Core, actor: &Actor, kind: &str) -> String {
    let key = format!("event-{}", kind.replace(['.', '_'], "-"));
    if core.renderer.catalogue().has(actor.lang, &key) {
        core.renderer.text(actor.lang, &key, &Args::new())
    } else {
        kind.to_string()
    }
}

/// The story as a funder would see it, with what its figures read now.
#[get("/p/{partnership}/stories/{story}/preview")]
pub(super) async fn preview(
    core: web::Data<Core>,
    req: HttpRequest,
    actor: Allowed<SeeStories>,
    path: web::Path<(String, String)>,
) -> Result<HttpResponse, Problem> {
    let (actor, id) = (actor.into_actor(), id(&path.1)?);
    let (layout, _) = api_life::lay_out(&core, &actor, &id).await?;
    let asker = actor.clone();
    let edition = core
        .db
        .read(move |c| {
            let story = store::find(c, asker.tenant(), &id)?.ok_or_else(Problem::not_found)?;
            let figures = life::resolve(c, &asker, &Live, &story)?;
            let asked = Asked {
                partnership: asker.tenant().to_string(),
                lang: story.lang(),
                now: asker.now,
            };
            let view = publish::view(c, &asked, &Live, &story, &figures, layout)?;
            Ok::<_, Problem>(PublishedEdition {
                id: EditionId::new(),
                story_id: id,
                number: story.edition + 1,
                status: EditionStatus::Published,
                title: story.title,
                view,
                sha256: String::new(),
                publisher: asker.name.clone(),
                note: String::new(),
                published_at: asker.now,
                public_url: None,
            })
        })
        .await?;
    let found = Found {
        partnership: actor.partnership.clone(),
        newest: edition.number,
        editions: Vec::new(),
        changed: Vec::new(),
        edition,
    };
    let data = compose(&core, &found, None, true);
    let mut shell = page::shell(&core, &req, &actor, "stories", data.title().to_string());
    shell.lang = found.edition.view.lang();
    page::html(
        &core,
        StatusCode::OK,
        "storytelling/stories/public",
        &shell,
        &data,
    )
}

/// Whether the story's own layout works: what it writes, as text.
#[get("/p/{partnership}/stories/{story}/layout")]
pub(super) async fn layout_check(
    core: web::Data<Core>,
    actor: Allowed<SeeStories>,
    path: web::Path<(String, String)>,
) -> Result<HttpResponse, Problem> {
    let (actor, id) = (actor.into_actor(), id(&path.1)?);
    let (layout, _) = api_life::lay_out(&core, &actor, &id).await?;
    Ok(HttpResponse::Ok()
        .content_type("text/plain; charset=utf-8")
        .body(layout.unwrap_or_default()))
}
