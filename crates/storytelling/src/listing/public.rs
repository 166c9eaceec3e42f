//! The page of a partnership for anybody, and the archive of its stories.

use actix_web::http::StatusCode;
use actix_web::http::header::{CACHE_CONTROL, HeaderValue};
use actix_web::{HttpRequest, HttpResponse, get, web};
use backbone_db::Instant;
use backbone_identity::{Core, Partnership, Visitor, directory, page};
use backbone_web::{ApiQuery, Args, Lang, Problem, Shell};
use serde::{Deserialize, Serialize};

use super::{ListedStory, address, store};

/// Stories on the partnership's own page.
const NEWEST: usize = 6;
/// Stories on one page of the archive.
pub(super) const PAGE: usize = 50;

pub(super) fn routes(cfg: &mut web::ServiceConfig) {
    cfg.service(front_page).service(archive_page);
}

/// A page that is shown, and a part of its stories.
pub(super) struct FoundPage {
    pub partnership: Partnership,
    pub stories: Vec<ListedStory>,
    pub more: bool,
}

/// The page of the partnership with this name in addresses, with part `number` of its stories, `size` a part.
///
/// # Errors
/// 404 when there is no such partnership, or it shows no page: nobody can tell which.
pub(super) async fn found(
    core: &Core,
    slug: &str,
    number: u32,
    size: usize,
) -> Result<FoundPage, Problem> {
    let slug = slug.to_string();
    core.db
        .read(move |c| {
            let partnership =
                directory::partnership_by_slug(c, &slug)?.ok_or_else(Problem::not_found)?;
            let tenant = partnership.id.as_str();
            if !store::page(c, tenant)?.0 {
                return Err(Problem::not_found());
            }
            let size = i64::try_from(size).unwrap_or(i64::MAX - 1);
            let skip = i64::from(number.saturating_sub(1)).saturating_mul(size);
            let mut stories = store::out(c, tenant, skip, size + 1)?;
            let kept = usize::try_from(size).unwrap_or(usize::MAX);
            let more = stories.len() > kept;
            stories.truncate(kept);
            Ok(FoundPage {
                partnership,
                stories,
                more,
            })
        })
        .await
}

#[derive(Serialize)]
struct StoryLine {
    href: String,
    headline: String,
    dek: String,
    at: Instant,
    /// The story's language, where it is not the page's.
    lang: Option<&'static str>,
    language: Option<&'static str>,
}

#[derive(Serialize)]
struct Card {
    title: String,
    description: String,
    url: String,
    site: String,
    image: String,
    kind: &'static str,
}

#[derive(Serialize)]
struct PublicPageShown {
    card: Card,
    feed: String,
    name: String,
    purpose: Vec<String>,
    logo: Option<String>,
    stories: Vec<StoryLine>,
    front: String,
    archive: Option<String>,
    newer: Option<String>,
    older: Option<String>,
}

fn line(story: ListedStory, page: Lang) -> StoryLine {
    let own: Lang = story.language.parse().unwrap_or(page);
    let other = own != page;
    StoryLine {
        lang: other.then(|| own.code()),
        language: other.then(|| own.name()),
        href: story.href,
        headline: story.headline,
        dek: story.dek,
        at: story.published_at,
    }
}

fn data(core: &Core, title: &str, of: FoundPage) -> PublicPageShown {
    let p = of.partnership;
    let lang = p.lang();
    let front = address(&p.slug);
    let base = &core.settings.base_url;
    PublicPageShown {
        card: Card {
            title: title.to_string(),
            description: p.purpose.clone(),
            url: format!("{base}{front}"),
            site: p.name.clone(),
            image: format!("{base}{front}/card.png"),
            kind: "website",
        },
        feed: format!("{front}/feed.atom"),
        purpose: p
            .purpose
            .lines()
            .map(str::trim)
            .filter(|l| !l.is_empty())
            .map(String::from)
            .collect(),
        logo: p
            .logo_file_id
            .is_some()
            .then(|| format!("/p/{}/logo", p.slug)),
        name: p.name,
        stories: of.stories.into_iter().map(|s| line(s, lang)).collect(),
        archive: None,
        newer: None,
        older: None,
        front,
    }
}

fn framed(
    core: &Core,
    req: &HttpRequest,
    mut visitor: Visitor,
    p: &Partnership,
    title: String,
) -> Shell {
    visitor.lang = p.lang();
    let mut shell = page::public_shell(core, req, &visitor, Some(p), title);
    shell.indexable = true;
    shell.description.clone_from(&p.purpose);
    shell
}

fn answer(
    core: &Core,
    template: &str,
    shell: &Shell,
    data: &PublicPageShown,
) -> Result<HttpResponse, Problem> {
    let mut answer = page::html(core, StatusCode::OK, template, shell, data)?;
    // Whoever is taken off the page is gone within minutes, from caches too.
    answer.headers_mut().insert(
        CACHE_CONTROL,
        HeaderValue::from_static("private, max-age=60"),
    );
    Ok(answer)
}

/// The partnership: what it is for, and its newest stories.
#[get("/public/{slug}")]
async fn front_page(
    core: web::Data<Core>,
    req: HttpRequest,
    visitor: Visitor,
    slug: web::Path<String>,
) -> Result<HttpResponse, Problem> {
    let of = found(&core, &slug, 1, NEWEST).await?;
    let (p, more) = (of.partnership.clone(), of.more);
    let mut data = data(&core, &p.name, of);
    data.archive = more.then(|| format!("{}/stories", data.front));
    let title = core
        .renderer
        .text(p.lang(), "public-page-about", &Args::new());
    let shell = framed(&core, &req, visitor, &p, title);
    answer(&core, "storytelling/listing/front", &shell, &data)
}

/// Which part of the archive.
#[derive(Deserialize)]
struct Part {
    page: Option<u32>,
}

/// Every story the partnership lists, the newest first.
#[get("/public/{slug}/stories")]
async fn archive_page(
    core: web::Data<Core>,
    req: HttpRequest,
    visitor: Visitor,
    slug: web::Path<String>,
    part: ApiQuery<Part>,
) -> Result<HttpResponse, Problem> {
    let number = part.0.page.unwrap_or(1).max(1);
    let of = found(&core, &slug, number, PAGE).await?;
    let (p, more) = (of.partnership.clone(), of.more);
    let title = core
        .renderer
        .text(p.lang(), "public-page-archive", &Args::new());
    let mut data = data(&core, &title, of);
    let here = format!("{}/stories", data.front);
    data.newer = (number > 1).then(|| format!("{here}?page={}", number - 1));
    data.older = more.then(|| format!("{here}?page={}", number.saturating_add(1)));
    data.card.url = format!("{}{here}", core.settings.base_url);
    let shell = framed(&core, &req, visitor, &p, title);
    answer(&core, "storytelling/listing/archive", &shell, &data)
}
