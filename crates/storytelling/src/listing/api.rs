//! JSON door to the public page: for staff, and for anybody.

use actix_web::{HttpResponse, get, patch, web};
use backbone_identity::{Allowed, Core, Visitor};
use backbone_web::{ApiJson, ApiQuery, IfMatch, Problem, ProblemBody, etag};
use serde::{Deserialize, Serialize};

use super::change::{self, PublicPageEdit};
use super::public::{PAGE, found};
use super::{ListedStory, PublicPage};
use crate::policy::{PublishStories, SeeStories};

pub(super) fn routes(cfg: &mut utoipa_actix_web::service_config::ServiceConfig) {
    cfg.service(show).service(save).service(read);
}

/// What of the partnership anybody may find.
#[utoipa::path(tag = "stories",
    params(("partnership" = String, Path, description = "Partnership id or slug")),
    responses((status = 200, body = PublicPage), (status = 403, body = ProblemBody)),
    extensions(("x-permission" = json!("story.see"))))]
#[get("/partnerships/{partnership}/public-page")]
async fn show(core: web::Data<Core>, actor: Allowed<SeeStories>) -> Result<HttpResponse, Problem> {
    let actor = actor.into_actor();
    let page = core.db.read(move |c| change::look(c, &actor)).await?;
    Ok(etag::ok(page.version).json(page))
}

/// Turns the page on or off, and chooses the published stories on it.
#[utoipa::path(tag = "stories", request_body = PublicPageEdit,
    params(("partnership" = String, Path, description = "Partnership id or slug"),
           ("If-Match" = String, Header, description = "The version that was read, 0 before the first")),
    responses((status = 200, body = PublicPage), (status = 412, body = ProblemBody), (status = 422, body = ProblemBody)),
    extensions(("x-permission" = json!("story.publish"))))]
#[patch("/partnerships/{partnership}/public-page")]
async fn save(
    core: web::Data<Core>,
    actor: Allowed<PublishStories>,
    seen: IfMatch,
    body: ApiJson<PublicPageEdit>,
) -> Result<HttpResponse, Problem> {
    let actor = actor.into_actor();
    let page = core
        .db
        .write(move |c| change::change(c, &actor, seen, &body.value))
        .await
        .map_err(Problem::from)?;
    Ok(etag::ok(page.version).json(page))
}

/// Which part of the archive.
#[derive(Deserialize, utoipa::IntoParams)]
#[into_params(parameter_in = Query)]
struct Part {
    /// The part, from 1 on; 50 stories each.
    page: Option<u32>,
}

/// A partnership as anybody may find it.
#[derive(Serialize, utoipa::ToSchema)]
struct PublicPartnership {
    /// Its name.
    name: String,
    /// What it is for.
    purpose: String,
    /// The language of its page, `en` or `nl`.
    language: String,
    /// Its page, without host.
    href: String,
    /// Its logo, without host.
    logo: Option<String>,
    /// The stories it shows, the newest first.
    stories: Vec<ListedStory>,
    /// Whether there are further parts.
    more: bool,
}

/// What a partnership lets anybody find: its name, purpose, and the stories that it lists.
#[utoipa::path(tag = "stories",
    params(("slug" = String, Path, description = "The partnership's name in addresses"), Part),
    responses((status = 200, body = PublicPartnership), (status = 404, body = ProblemBody)),
    extensions(("x-permission" = json!("public"))))]
#[get("/public/partnerships/{slug}")]
async fn read(
    core: web::Data<Core>,
    _visitor: Visitor,
    slug: web::Path<String>,
    part: ApiQuery<Part>,
) -> Result<HttpResponse, Problem> {
    let number = part.0.page.unwrap_or(1).max(1);
    let page = found(&core, &slug, number, PAGE).await?;
    let p = page.partnership;
    Ok(HttpResponse::Ok().json(PublicPartnership {
        href: super::address(&p.slug),
        logo: p
            .logo_file_id
            .is_some()
            .then(|| format!("/p/{}/logo", p.slug)),
        name: p.name,
        purpose: p.purpose,
        language: p.language,
        stories: page.stories,
        more: page.more,
    }))
}
