//! The story's page and its JSON.

use actix_web::http::StatusCode;
use actix_web::http::header::{CACHE_CONTROL, HeaderName, HeaderValue};
use actix_web::{HttpRequest, HttpResponse, get, web};
use backbone_charts::{PHONE, Theme, on_page};
use backbone_db::Instant;
use backbone_identity::{Core, Visitor, page};
use backbone_web::{ApiQuery, Problem, ProblemBody, SafeHtml, Shell};
use serde::{Deserialize, Serialize};

use super::find::{Changed, Found, find};
use crate::listing::store as listing;
use crate::question::store::shown;
use crate::question::{Shown, reader};
use crate::story::chart::chart_svg;
use crate::story::published::View;
use crate::story::render::{Article, Links, article};

/// Which edition, and who was sent it; anything else in the address is ignored.
#[derive(Debug, Default, Deserialize, utoipa::IntoParams)]
#[into_params(parameter_in = Query)]
pub(crate) struct Which {
    /// An earlier edition's number.
    pub edition: Option<i64>,
    /// The reader's token of a link in mail; pages only, where it becomes a cookie.
    pub r: Option<String>,
}

/// What a shared link shows in other programs.
#[derive(Serialize)]
pub(crate) struct Card {
    title: String,
    description: String,
    url: String,
    site: String,
    image: String,
    kind: &'static str,
}

/// A picture with its table.
#[derive(Serialize)]
pub(crate) struct ChartBlock {
    svg: SafeHtml,
    caption: String,
    headers: Vec<String>,
    rows: Vec<Vec<String>>,
}

/// Everything the article's template shows.
#[derive(Serialize)]
pub(crate) struct StoryPage {
    card: Card,
    article: Article,
    chart: Option<ChartBlock>,
    published_at: Instant,
    number: i64,
    note: String,
    newer: Option<String>,
    earlier: Vec<Earlier>,
    changed: Vec<Changed>,
    base: Option<String>,
    bundle: Option<String>,
    preview: bool,
    asked: Vec<AskedHere>,
}

/// A question that stands beside one of the figures, with its answer.
#[derive(Serialize)]
pub(crate) struct AskedHere {
    figure: String,
    #[serde(flatten)]
    q: Shown,
}

impl StoryPage {
    /// The headline, for the page's title.
    pub(crate) fn title(&self) -> &str {
        &self.card.title
    }
}

/// An earlier edition.
#[derive(Serialize)]
pub(crate) struct Earlier {
    number: i64,
    at: Instant,
    href: String,
}

/// The chart of an edition, with a table for who cannot see it.
pub(crate) fn chart_block(
    edition: &crate::story::published::PublishedEdition,
) -> Option<ChartBlock> {
    let draw = |width| chart_svg(edition, Theme::Light, width, false);
    let chart = on_page("story-chart", draw(680)?, draw(PHONE)?);
    Some(ChartBlock {
        svg: SafeHtml::trusted(chart.svg),
        caption: chart.table.caption,
        headers: chart.table.headers,
        rows: chart.table.rows,
    })
}

/// The frame of a public page, in the story's language and the partnership's colours.
pub(super) fn shell(
    core: &Core,
    req: &HttpRequest,
    mut visitor: Visitor,
    found: &Found,
    title: String,
) -> Shell {
    visitor.lang = found.edition.view.lang();
    page::public_shell(core, req, &visitor, Some(&found.partnership), title)
}

/// Private pages that many people open: kept out of search engines and of shared caches.
pub(crate) fn guarded(mut response: HttpResponse) -> HttpResponse {
    let headers = response.headers_mut();
    headers.insert(CACHE_CONTROL, HeaderValue::from_static("private, no-cache"));
    headers.insert(
        HeaderName::from_static("x-robots-tag"),
        HeaderValue::from_static("noindex"),
    );
    response
}

/// Puts an edition's page together; also for the preview, which has no address.
pub(crate) fn compose(
    core: &Core,
    found: &Found,
    base: Option<String>,
    preview: bool,
) -> StoryPage {
    let edition = &found.edition;
    let view: &View = &edition.view;
    let keys: Vec<String> = found.changed.iter().map(|c| c.key.clone()).collect();
    let word = crate::words::text(view.lang(), "story-figure-changed", &Default::default());
    let links = Links {
        base: base.as_deref(),
        changed: &keys,
        changed_word: &word,
    };
    let earlier = found
        .editions
        .iter()
        .filter(|(number, _)| *number < edition.number)
        .filter_map(|(number, at)| {
            Some(Earlier {
                number: *number,
                at: *at,
                href: format!("{}?edition={number}", base.as_deref()?),
            })
        })
        .collect();
    StoryPage {
        card: Card {
            title: view.plain(&view.headline),
            description: view.plain(&view.dek),
            url: format!(
                "{}{}",
                core.settings.base_url,
                base.as_deref().unwrap_or_default()
            ),
            site: found.partnership.name.clone(),
            image: format!(
                "{}{}/card.png?edition={}",
                core.settings.base_url,
                base.as_deref().unwrap_or_default(),
                edition.number
            ),
            kind: "article",
        },
        article: article(view, &links),
        chart: chart_block(edition),
        published_at: edition.published_at,
        number: edition.number,
        note: edition.note.clone(),
        newer: base.clone().filter(|_| edition.number < found.newest),
        earlier,
        changed: found.changed.clone(),
        bundle: base.as_ref().map(|b| {
            if edition.number < found.newest {
                format!("{b}/bundle.zip?edition={}", edition.number)
            } else {
                format!("{b}/bundle.zip")
            }
        }),
        base,
        preview,
        asked: Vec::new(),
    }
}

/// The story, for anybody with its link.
#[get("/s/{secret}")]
pub(super) async fn story_page(
    core: web::Data<Core>,
    req: HttpRequest,
    visitor: Visitor,
    path: web::Path<String>,
    which: ApiQuery<Which>,
) -> Result<HttpResponse, Problem> {
    let secret = path.into_inner();
    if let Some(token) = &which.0.r {
        return Ok(reader::remember(&req, &secret, token));
    }
    let base = format!("/s/{secret}");
    let now = visitor.now;
    let (found, asked, findable) = core
        .db
        .read(move |c| {
            let found = find(c, &secret, which.0.edition, now)?;
            let (tenant, story) = (found.partnership.id.as_str(), &found.edition.story_id);
            let asked = shown(c, tenant, story)?;
            // What stands on the public page may be found by searching too, in its newest edition.
            let newest = found.edition.number == found.newest;
            let findable = newest && listing::is_findable(c, tenant, story)?;
            Ok::<_, Problem>((found, asked, findable))
        })
        .await?;
    let mut data = compose(&core, &found, Some(base), false);
    data.asked = asked
        .into_iter()
        .filter_map(|q| {
            let figure = found.edition.view.figure(&q.figure_key)?;
            Some(AskedHere {
                figure: figure.text.clone(),
                q,
            })
        })
        .collect();
    let mut shell = shell(&core, &req, visitor, &found, data.card.title.clone());
    shell.description.clone_from(&data.card.description);
    shell.indexable = findable;
    let mut answer = page::html(
        &core,
        StatusCode::OK,
        "storytelling/stories/public",
        &shell,
        &data,
    )
    .map(guarded)?;
    if findable {
        answer.headers_mut().remove("x-robots-tag");
    }
    Ok(answer)
}

/// A published story as programs read it.
#[derive(Serialize, utoipa::ToSchema)]
pub(crate) struct PublicStory {
    /// The partnership's name.
    partnership: String,
    /// The edition's number.
    edition: i64,
    /// When it came out.
    published_at: Instant,
    /// SHA-256 over the edition as stored.
    sha256: String,
    /// What readers see.
    view: View,
    /// Figures that read differently now.
    changed: Vec<Changed>,
}

/// Gives a published story to anybody with its link.
#[utoipa::path(tag = "stories",
    params(("secret" = String, Path, description = "The end of the story's address"), Which),
    responses((status = 200, body = PublicStory), (status = 404, body = ProblemBody), (status = 410, body = ProblemBody)),
    extensions(("x-permission" = json!("public"))))]
#[get("/public/stories/{secret}")]
pub(crate) async fn story_json(
    core: web::Data<Core>,
    visitor: Visitor,
    path: web::Path<String>,
    which: ApiQuery<Which>,
) -> Result<HttpResponse, Problem> {
    let secret = path.into_inner();
    let found = core
        .db
        .read(move |c| find(c, &secret, which.0.edition, visitor.now))
        .await?;
    Ok(guarded(HttpResponse::Ok().json(PublicStory {
        partnership: found.partnership.name,
        edition: found.edition.number,
        published_at: found.edition.published_at,
        sha256: found.edition.sha256,
        view: found.edition.view,
        changed: found.changed,
    })))
}
