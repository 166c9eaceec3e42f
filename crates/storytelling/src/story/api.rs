//! JSON door to stories: writing and reading them. The steps of their life are beside this file.

use actix_web::{HttpResponse, get, patch, post, web};
use backbone_identity::{Actor, Allowed, Core};
use backbone_web::{
    Answer, ApiJson, ApiQuery, IdempotencyKey, IfMatch, Page, PageQuery, Problem, ProblemBody,
    etag, once,
};
use serde::{Deserialize, Serialize};

use super::checks::Check;
use super::edit::{EditedStory, NewStory};
use super::published::PublishedEdition;
use super::{Story, StoryId, changes, edit, life, store, template};
use crate::figure::readings::Choices;
use crate::figure::{Asked, Concern, Live, Readings};
use crate::policy::{EditStories, SeeStories};

pub(crate) fn routes(cfg: &mut utoipa_actix_web::service_config::ServiceConfig) {
    cfg.service(list_sources)
        .service(list_templates)
        .service(list_pending)
        .service(list_stories)
        .service(create_story)
        .service(show_story)
        .service(save_story)
        .service(list_checks)
        .service(list_figures)
        .service(list_editions)
        .service(keep_template);
    super::api_life::routes(cfg);
}

pub(super) fn id(text: &str) -> Result<StoryId, Problem> {
    StoryId::parse(text).map_err(|_| Problem::not_found())
}

pub(super) fn asked(actor: &Actor) -> Asked {
    Asked {
        partnership: actor.tenant().to_string(),
        lang: actor.lang,
        now: actor.now,
    }
}

/// Lists stories, newest first.
#[utoipa::path(tag = "stories",
    params(("partnership" = String, Path, description = "Partnership id or slug"), PageQuery),
    responses((status = 200, body = Page<Story>), (status = 400, body = ProblemBody)),
    extensions(("x-permission" = json!("story.see"))))]
#[get("/partnerships/{partnership}/stories")]
async fn list_stories(
    core: web::Data<Core>,
    actor: Allowed<SeeStories>,
    query: ApiQuery<PageQuery>,
) -> Result<HttpResponse, Problem> {
    let (limit, before) = (query.0.limit()?, query.0.after()?);
    let tenant = actor.tenant().to_string();
    let found = core
        .db
        .read(move |c| store::list(c, &tenant, before.as_deref(), limit + 1))
        .await?;
    Ok(HttpResponse::Ok().json(Page::cut(found, limit, |s| s.id.to_string())))
}

/// Begins a story from a template.
#[utoipa::path(tag = "stories", request_body = NewStory,
    params(("partnership" = String, Path, description = "Partnership id or slug"),
           ("Idempotency-Key" = Option<String>, Header, description = "Makes a repeat of this request harmless")),
    responses((status = 201, body = Story), (status = 422, body = ProblemBody)),
    extensions(("x-permission" = json!("story.edit"))))]
#[post("/partnerships/{partnership}/stories")]
async fn create_story(
    core: web::Data<Core>,
    actor: Allowed<EditStories>,
    key: IdempotencyKey,
    body: ApiJson<NewStory>,
) -> Result<HttpResponse, Problem> {
    let actor = actor.into_actor();
    let (scope, now) = (actor.idempotency_scope(), actor.now);
    once(&core.db, scope, key, body.fingerprint, now, move |conn| {
        let story = edit::create(conn, &actor, body.value)?;
        let at = format!(
            "/api/v1/partnerships/{}/stories/{}",
            actor.partnership.id, story.id
        );
        Answer::created(at, &story)
    })
    .await
}

/// Gives one story.
#[utoipa::path(tag = "stories",
    params(("partnership" = String, Path, description = "Partnership id or slug"), ("story" = String, Path, description = "Story id")),
    responses((status = 200, body = Story), (status = 404, body = ProblemBody)),
    extensions(("x-permission" = json!("story.see"))))]
#[get("/partnerships/{partnership}/stories/{story}")]
async fn show_story(
    core: web::Data<Core>,
    actor: Allowed<SeeStories>,
    path: web::Path<(String, String)>,
) -> Result<HttpResponse, Problem> {
    let (tenant, id) = (actor.tenant().to_string(), id(&path.1)?);
    let story = core
        .db
        .read(move |c| store::find(c, &tenant, &id))
        .await?
        .ok_or_else(Problem::not_found)?;
    Ok(etag::ok(story.version).json(story))
}

/// Saves a story's text. An approved or published story becomes a draft again; what was published stays.
#[utoipa::path(tag = "stories", request_body = EditedStory,
    params(("partnership" = String, Path, description = "Partnership id or slug"), ("story" = String, Path, description = "Story id"),
           ("If-Match" = String, Header, description = "The version that was read")),
    responses((status = 200, body = Story), (status = 412, body = ProblemBody), (status = 422, body = ProblemBody)),
    extensions(("x-permission" = json!("story.edit"))))]
#[patch("/partnerships/{partnership}/stories/{story}")]
async fn save_story(
    core: web::Data<Core>,
    actor: Allowed<EditStories>,
    path: web::Path<(String, String)>,
    seen: IfMatch,
    body: ApiJson<EditedStory>,
) -> Result<HttpResponse, Problem> {
    let (actor, id) = (actor.into_actor(), id(&path.1)?);
    let story = core
        .db
        .write(move |c| edit::save(c, &actor, &id, seen, body.value))
        .await
        .map_err(Problem::from)?;
    Ok(etag::ok(story.version).json(story))
}

/// What stops a story from going out, and what is worth a look.
#[utoipa::path(tag = "stories",
    params(("partnership" = String, Path, description = "Partnership id or slug"), ("story" = String, Path, description = "Story id")),
    responses((status = 200, body = Vec<Check>), (status = 404, body = ProblemBody)),
    extensions(("x-permission" = json!("story.see"))))]
#[get("/partnerships/{partnership}/stories/{story}/checks")]
async fn list_checks(
    core: web::Data<Core>,
    actor: Allowed<SeeStories>,
    path: web::Path<(String, String)>,
) -> Result<HttpResponse, Problem> {
    let (actor, id) = (actor.into_actor(), id(&path.1)?);
    let found = core
        .db
        .read(move |c| {
            let story = store::find(c, actor.tenant(), &id)?.ok_or_else(Problem::not_found)?;
            let figures = life::resolve(c, &actor, &Live, &story)?;
            Ok::<_, Problem>(life::checks(&actor, &story, &figures))
        })
        .await?;
    Ok(HttpResponse::Ok().json(found))
}

/// A figure with what it reads now.
#[derive(Serialize, utoipa::ToSchema)]
struct FigureNow {
    /// Its key.
    key: String,
    /// What it is.
    label: String,
    /// As readers would see it.
    text: String,
    /// The exact value.
    value: Option<backbone_db::Dec>,
    /// Of when.
    period: String,
    /// Changes whenever what it rests on does.
    token: String,
    /// Why it may not go out.
    concerns: Vec<Concern>,
}

/// The story's figures with what they read now.
#[utoipa::path(tag = "stories",
    params(("partnership" = String, Path, description = "Partnership id or slug"), ("story" = String, Path, description = "Story id")),
    responses((status = 200, body = Vec<FigureNow>), (status = 404, body = ProblemBody)),
    extensions(("x-permission" = json!("story.see"))))]
#[get("/partnerships/{partnership}/stories/{story}/figures")]
async fn list_figures(
    core: web::Data<Core>,
    actor: Allowed<SeeStories>,
    path: web::Path<(String, String)>,
) -> Result<HttpResponse, Problem> {
    let (actor, id) = (actor.into_actor(), id(&path.1)?);
    let found = core
        .db
        .read(move |c| {
            let story = store::find(c, actor.tenant(), &id)?.ok_or_else(Problem::not_found)?;
            life::resolve(c, &actor, &Live, &story).map_err(Problem::from)
        })
        .await?;
    let shown: Vec<FigureNow> = found
        .into_iter()
        .map(|f| FigureNow {
            key: f.figure.key,
            label: f.figure.label,
            text: f.text,
            value: f.reading.value,
            period: f.reading.period,
            token: f.reading.token,
            concerns: f.reading.concerns,
        })
        .collect();
    Ok(HttpResponse::Ok().json(shown))
}

/// The story's published editions, newest first.
#[utoipa::path(tag = "stories",
    params(("partnership" = String, Path, description = "Partnership id or slug"), ("story" = String, Path, description = "Story id")),
    responses((status = 200, body = Vec<PublishedEdition>), (status = 404, body = ProblemBody)),
    extensions(("x-permission" = json!("story.see"))))]
#[get("/partnerships/{partnership}/stories/{story}/editions")]
async fn list_editions(
    core: web::Data<Core>,
    actor: Allowed<SeeStories>,
    path: web::Path<(String, String)>,
) -> Result<HttpResponse, Problem> {
    let (tenant, id) = (actor.tenant().to_string(), id(&path.1)?);
    let found = core
        .db
        .read(move |c| {
            store::find(c, &tenant, &id)?.ok_or_else(Problem::not_found)?;
            store::editions(c, &tenant, &id).map_err(Problem::from)
        })
        .await?;
    Ok(HttpResponse::Ok().json(found))
}

/// What figures can be bound to.
#[utoipa::path(tag = "stories",
    params(("partnership" = String, Path, description = "Partnership id or slug")),
    responses((status = 200, body = Choices)),
    extensions(("x-permission" = json!("story.see"))))]
#[get("/partnerships/{partnership}/figure-sources")]
async fn list_sources(
    core: web::Data<Core>,
    actor: Allowed<SeeStories>,
) -> Result<HttpResponse, Problem> {
    let asked = asked(&actor);
    let found = core.db.read(move |c| Live.choices(c, &asked)).await?;
    Ok(HttpResponse::Ok().json(found))
}

/// A template that a story can begin with.
#[derive(Serialize, utoipa::ToSchema)]
struct TemplateInfo {
    /// What `template` of a new story says.
    id: String,
    /// Its name, for the partnership's own.
    name: String,
    /// Whether it came along.
    built_in: bool,
}

/// What a story can begin with.
#[utoipa::path(tag = "stories",
    params(("partnership" = String, Path, description = "Partnership id or slug")),
    responses((status = 200, body = Vec<TemplateInfo>)),
    extensions(("x-permission" = json!("story.see"))))]
#[get("/partnerships/{partnership}/story-templates")]
async fn list_templates(
    core: web::Data<Core>,
    actor: Allowed<SeeStories>,
) -> Result<HttpResponse, Problem> {
    let tenant = actor.tenant().to_string();
    let own = core.db.read(move |c| store::templates(c, &tenant)).await?;
    let built_in = template::BUILT_IN.iter().map(|id| TemplateInfo {
        id: (*id).into(),
        name: core.renderer.text(
            actor.lang,
            &format!("story-template-{id}"),
            &Default::default(),
        ),
        built_in: true,
    });
    let own = own.into_iter().map(|(id, name, _)| TemplateInfo {
        id: id.to_string(),
        name,
        built_in: false,
    });
    Ok(HttpResponse::Ok().json(built_in.chain(own).collect::<Vec<_>>()))
}

/// A name for a template.
#[derive(Deserialize, utoipa::ToSchema)]
struct NewTemplate {
    /// Its name.
    name: String,
}

/// Keeps a story's text as a template, without names and consent of people.
#[utoipa::path(tag = "stories", request_body = NewTemplate,
    params(("partnership" = String, Path, description = "Partnership id or slug"), ("story" = String, Path, description = "Story id"),
           ("Idempotency-Key" = Option<String>, Header, description = "Makes a repeat of this request harmless")),
    responses((status = 201, body = TemplateInfo), (status = 422, body = ProblemBody)),
    extensions(("x-permission" = json!("story.edit"))))]
#[post("/partnerships/{partnership}/stories/{story}/template")]
async fn keep_template(
    core: web::Data<Core>,
    actor: Allowed<EditStories>,
    path: web::Path<(String, String)>,
    key: IdempotencyKey,
    body: ApiJson<NewTemplate>,
) -> Result<HttpResponse, Problem> {
    let (actor, id) = (actor.into_actor(), id(&path.1)?);
    let (scope, now) = (actor.idempotency_scope(), actor.now);
    once(&core.db, scope, key, body.fingerprint, now, move |conn| {
        let made = edit::save_template(conn, &actor, &id, &body.value.name)?;
        let at = format!(
            "/api/v1/partnerships/{}/story-templates",
            actor.partnership.id
        );
        let info = TemplateInfo {
            id: made.to_string(),
            name: body.value.name,
            built_in: false,
        };
        Answer::created(at, &info)
    })
    .await
}

/// Figures of published stories that read differently now, oldest first.
#[utoipa::path(tag = "stories",
    params(("partnership" = String, Path, description = "Partnership id or slug")),
    responses((status = 200, body = Vec<changes::FigureChange>)),
    extensions(("x-permission" = json!("story.see"))))]
#[get("/partnerships/{partnership}/figure-changes")]
async fn list_pending(
    core: web::Data<Core>,
    actor: Allowed<SeeStories>,
) -> Result<HttpResponse, Problem> {
    let tenant = actor.tenant().to_string();
    let found = core
        .db
        .read(move |c| changes::changes_pending(c, &tenant))
        .await?;
    Ok(HttpResponse::Ok().json(found))
}
