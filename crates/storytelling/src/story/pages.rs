//! Staff's pages: the list of stories, beginning one, and the steps of its life.

use actix_web::http::StatusCode;
use actix_web::{HttpRequest, HttpResponse, get, post, web};
use backbone_db::Instant;
use backbone_identity::{Actor, Allowed, Core, page};
use backbone_web::{Args, Form, IfMatch, Lang, Problem};
use serde::Serialize;

use super::api::id;
use super::edit::NewStory;
use super::{
    Status, Story, StoryId, api_life, changes, edit, life, link, pages_view, publish, store,
    template,
};
use crate::error::StoryError;
use crate::figure::Live;
use crate::policy::{ApproveStories, EditStories, PublishStories, SeeStories};

pub(crate) fn routes(cfg: &mut actix_web::web::ServiceConfig) {
    cfg.service(index)
        .service(new_form)
        .service(create_page)
        .service(super::pages_form::show)
        .service(super::pages_form::save)
        .service(super::pages_view::show)
        .service(super::pages_view::preview)
        .service(super::pages_view::layout_check)
        .service(step)
        .service(approve)
        .service(publish_step)
        .service(keep_template);
}

/// A label in the reader's language.
pub(super) fn word(core: &Core, lang: Lang, key: &str) -> String {
    core.renderer.text(lang, key, &Args::new())
}

/// The tone of a status chip.
pub(super) fn tone(status: Status) -> &'static str {
    match status {
        Status::Published => "good",
        Status::InReview => "watch",
        Status::Withdrawn => "bad",
        Status::Draft | Status::Approved => "neutral",
    }
}

#[derive(Serialize)]
struct Row {
    title: String,
    href: String,
    status: String,
    tone: &'static str,
    author: String,
    edition: i64,
    changed: usize,
    updated_at: Instant,
}

#[derive(Serialize)]
struct Index {
    rows: Vec<Row>,
    new_href: String,
    public_page_href: String,
    may_edit: bool,
    changed: usize,
    older: Option<String>,
}

/// Which page of the list.
#[derive(serde::Deserialize)]
struct Older {
    before: Option<String>,
}

/// All stories.
#[get("/p/{partnership}/stories")]
async fn index(
    core: web::Data<Core>,
    req: HttpRequest,
    actor: Allowed<SeeStories>,
    query: backbone_web::ApiQuery<Older>,
) -> Result<HttpResponse, Problem> {
    const PAGE: usize = 50;
    let tenant = actor.tenant().to_string();
    let before = query.0.before;
    let (mut stories, pending) = core
        .db
        .read(move |c| {
            let stories = store::list(c, &tenant, before.as_deref(), PAGE as i64 + 1)?;
            Ok::<_, Problem>((stories, changes::changes_pending(c, &tenant)?))
        })
        .await?;
    let base = format!("/p/{}/stories", actor.partnership.slug);
    let more = stories.len() > PAGE;
    stories.truncate(PAGE);
    let older = stories
        .last()
        .filter(|_| more)
        .map(|s| format!("{base}?before={}", s.id));
    let rows = stories
        .into_iter()
        .map(|s| Row {
            href: format!("{base}/{}", s.id),
            status: word(&core, actor.lang, &status_key(s.status)),
            tone: tone(s.status),
            changed: pending.iter().filter(|c| c.story_id == s.id).count(),
            title: s.title,
            author: s.author_name,
            edition: s.edition,
            updated_at: s.updated_at,
        })
        .collect();
    let data = Index {
        rows,
        new_href: format!("{base}/new"),
        public_page_href: format!("/p/{}/public-page", actor.partnership.slug),
        may_edit: actor.may::<EditStories>(),
        changed: pending.len(),
        older,
    };
    let title = word(&core, actor.lang, "story-list-title");
    let shell = page::shell(&core, &req, &actor, "stories", title);
    page::html(
        &core,
        StatusCode::OK,
        "storytelling/stories/index",
        &shell,
        &data,
    )
}

pub(super) fn status_key(status: Status) -> String {
    format!("story-status-{}", status.as_str().replace('_', "-"))
}

#[derive(Serialize)]
pub(super) struct Choice {
    pub value: String,
    pub label: String,
    pub group: String,
}

#[derive(Serialize)]
struct TemplateChoice {
    value: String,
    label: String,
    hint: String,
    icon: &'static str,
}

#[derive(Serialize)]
struct NewPage {
    title: String,
    template: String,
    language: String,
    templates: Vec<TemplateChoice>,
    languages: Vec<Choice>,
    errors: Vec<FieldMessage>,
    wrong_title: String,
    back: String,
}

/// What was wrong with one control.
#[derive(Serialize)]
pub(super) struct FieldMessage {
    pub field: String,
    pub message: String,
}

pub(super) fn languages() -> Vec<Choice> {
    Lang::all()
        .iter()
        .map(|l| Choice {
            value: l.code().into(),
            label: l.name().into(),
            group: String::new(),
        })
        .collect()
}

/// Beginning a story.
#[get("/p/{partnership}/stories/new")]
async fn new_form(
    core: web::Data<Core>,
    req: HttpRequest,
    actor: Allowed<EditStories>,
) -> Result<HttpResponse, Problem> {
    let form = Form::from_pairs([
        ("template", "roi".to_string()),
        ("language", actor.partnership.language.clone()),
    ]);
    new_page(&core, &req, &actor, &form, None).await
}

async fn new_page(
    core: &web::Data<Core>,
    req: &HttpRequest,
    actor: &Actor,
    form: &Form,
    problem: Option<Problem>,
) -> Result<HttpResponse, Problem> {
    let tenant = actor.tenant().to_string();
    let own = core.db.read(move |c| store::templates(c, &tenant)).await?;
    let built_in = template::BUILT_IN.iter().map(|id| TemplateChoice {
        value: (*id).into(),
        label: word(core, actor.lang, &format!("story-template-{id}")),
        hint: word(core, actor.lang, &format!("story-template-{id}-hint")),
        icon: match *id {
            "roi" => "value-model",
            "update" => "newsletter",
            _ => "edit",
        },
    });
    let own = own.into_iter().map(|(id, name, _)| TemplateChoice {
        value: id.to_string(),
        label: name,
        hint: word(core, actor.lang, "story-template-own-hint"),
        icon: "stories",
    });
    let errors: Vec<FieldMessage> = messages(core, actor.lang, problem.as_ref());
    let data = NewPage {
        title: form.text("title").into(),
        template: form.text("template").into(),
        language: form.text("language").into(),
        templates: built_in.chain(own).collect(),
        languages: languages(),
        wrong_title: errors
            .iter()
            .find(|e| e.field == "title")
            .map(|e| e.message.clone())
            .unwrap_or_default(),
        errors,
        back: format!("/p/{}/stories", actor.partnership.slug),
    };
    let status = problem.map_or(StatusCode::OK, |p| p.status);
    let title = word(core, actor.lang, "story-new-title");
    let shell = page::shell(core, req, actor, "stories", title);
    page::html(core, status, "storytelling/stories/new", &shell, &data)
}

pub(super) fn messages(core: &Core, lang: Lang, problem: Option<&Problem>) -> Vec<FieldMessage> {
    problem
        .map(|p| p.field_messages(core.renderer.catalogue(), lang))
        .unwrap_or_default()
        .into_iter()
        .map(|(field, message)| FieldMessage { field, message })
        .collect()
}

/// Begins it and leads to its form.
#[post("/p/{partnership}/stories/new")]
async fn create_page(
    core: web::Data<Core>,
    req: HttpRequest,
    actor: Allowed<EditStories>,
    form: Form,
) -> Result<HttpResponse, Problem> {
    let actor = actor.into_actor();
    let new = NewStory {
        title: form.text("title").into(),
        language: form.text("language").into(),
        template: form.text("template").into(),
        content: None,
    };
    let writer = actor.clone();
    let made = core.db.write(move |c| edit::create(c, &writer, new)).await;
    match made.map_err(Problem::from) {
        Ok(story) => Ok(page::see_other(
            &format!("/p/{}/stories/{}/edit", actor.partnership.slug, story.id),
            "story-flash-created",
        )),
        Err(p) if p.status == StatusCode::UNPROCESSABLE_ENTITY => {
            new_page(&core, &req, &actor, &form, Some(p)).await
        }
        Err(p) => Err(p),
    }
}

/// The version that the page showed.
pub(super) fn seen(form: &Form) -> IfMatch {
    IfMatch(form.text("version").parse().ok())
}

/// After a step: back to the story, or the story with what stands in the way.
async fn after_step<T>(
    core: &web::Data<Core>,
    req: &HttpRequest,
    actor: &Actor,
    id: &StoryId,
    done: Result<T, StoryError>,
    message: &str,
) -> Result<HttpResponse, Problem> {
    match done.map_err(Problem::from) {
        Ok(_) => Ok(page::see_other(
            &format!("/p/{}/stories/{id}", actor.partnership.slug),
            message,
        )),
        Err(p) if p.status.is_client_error() && p.status != StatusCode::NOT_FOUND => {
            pages_view::render(core, req, actor, id, Some(p)).await
        }
        Err(p) => Err(p),
    }
}

type StepFn = fn(&mut backbone_db::Conn, &Actor, &StoryId, IfMatch) -> Result<Story, StoryError>;

/// Submits, withdraws, renews or revokes the link; who may only submit cannot do the others.
#[post("/p/{partnership}/stories/{story}/step")]
async fn step(
    core: web::Data<Core>,
    req: HttpRequest,
    actor: Allowed<EditStories>,
    path: web::Path<(String, String)>,
    form: Form,
) -> Result<HttpResponse, Problem> {
    let (actor, id) = (actor.into_actor(), id(&path.1)?);
    let (run, message): (StepFn, &str) = match form.text("step") {
        "submit" => (life::submit, "story-flash-submitted"),
        "withdraw" => (life::withdraw, "story-flash-withdrawn"),
        "renew" => (
            |c, a, i, _| link::revoke(c, a, i, true),
            "story-flash-renewed",
        ),
        "revoke" => (
            |c, a, i, _| link::revoke(c, a, i, false),
            "story-flash-revoked",
        ),
        _ => return Err(Problem::bad_request("unreadable-body")),
    };
    if form.text("step") != "submit" {
        actor.require::<PublishStories>()?;
    }
    let (writer, of, seen) = (actor.clone(), id.clone(), seen(&form));
    let done = core.db.write(move |c| run(c, &writer, &of, seen)).await;
    after_step(&core, &req, &actor, &id, done, message).await
}

/// Approves or sends back.
#[post("/p/{partnership}/stories/{story}/approve")]
async fn approve(
    core: web::Data<Core>,
    req: HttpRequest,
    actor: Allowed<ApproveStories>,
    path: web::Path<(String, String)>,
    form: Form,
) -> Result<HttpResponse, Problem> {
    let (actor, id) = (actor.into_actor(), id(&path.1)?);
    let back = form.text("step") == "send-back";
    let (writer, of, seen) = (actor.clone(), id.clone(), seen(&form));
    let done = core
        .db
        .write(move |c| {
            if back {
                life::send_back(c, &writer, &of, seen)
            } else {
                life::approve(c, &writer, &Live, &of, seen)
            }
        })
        .await;
    let message = if back {
        "story-flash-sent-back"
    } else {
        "story-flash-approved"
    };
    after_step(&core, &req, &actor, &id, done, message).await
}

/// Publishes.
#[post("/p/{partnership}/stories/{story}/publish")]
async fn publish_step(
    core: web::Data<Core>,
    req: HttpRequest,
    actor: Allowed<PublishStories>,
    path: web::Path<(String, String)>,
    form: Form,
) -> Result<HttpResponse, Problem> {
    let (actor, id) = (actor.into_actor(), id(&path.1)?);
    let done = match api_life::lay_out(&core, &actor, &id).await {
        Err(e) => Err(e),
        Ok((layout, _)) => {
            let (writer, of, seen) = (actor.clone(), id.clone(), seen(&form));
            let note = form.text("note").to_string();
            core.db
                .write(move |c| publish::publish(c, &writer, &Live, &of, seen, layout, &note))
                .await
        }
    };
    after_step(&core, &req, &actor, &id, done, "story-flash-published").await
}

/// Keeps the text as a template.
#[post("/p/{partnership}/stories/{story}/template")]
async fn keep_template(
    core: web::Data<Core>,
    req: HttpRequest,
    actor: Allowed<EditStories>,
    path: web::Path<(String, String)>,
    form: Form,
) -> Result<HttpResponse, Problem> {
    let (actor, id) = (actor.into_actor(), id(&path.1)?);
    let (writer, of, name) = (actor.clone(), id.clone(), form.text("name").to_string());
    let done = core
        .db
        .write(move |c| edit::save_template(c, &writer, &of, &name))
        .await;
    after_step(&core, &req, &actor, &id, done, "story-flash-template").await
}
