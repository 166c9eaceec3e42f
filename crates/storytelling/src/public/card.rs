//! The picture beside a shared story: drawn once for each edition and kept while it is asked for.

use std::collections::VecDeque;
use std::sync::{LazyLock, Mutex, PoisonError};

use actix_web::http::header::{CACHE_CONTROL, CONTENT_TYPE, ETAG, HeaderName};
use actix_web::{HttpRequest, HttpResponse, get, web};
use backbone_charts::{CARD_LOGO, CARD_WIDTH, Card, png_with};
use backbone_identity::{Core, Partnership, Visitor, file};
use backbone_web::{ApiQuery, Problem, etag};

use super::find::{Found, find};
use super::pages::Which;

/// Pictures kept in memory, the one asked for last at the end.
const KEPT: usize = 64;

static DRAWN: LazyLock<Mutex<VecDeque<(String, web::Bytes)>>> = LazyLock::new(Mutex::default);

fn known(key: &str) -> Option<web::Bytes> {
    let mut drawn = DRAWN.lock().unwrap_or_else(PoisonError::into_inner);
    let at = drawn.iter().position(|(k, _)| k == key)?;
    let found = drawn.remove(at)?;
    let bytes = found.1.clone();
    drawn.push_back(found);
    Some(bytes)
}

fn keep(key: String, bytes: web::Bytes) {
    let mut drawn = DRAWN.lock().unwrap_or_else(PoisonError::into_inner);
    while drawn.len() >= KEPT {
        drawn.pop_front();
    }
    drawn.push_back((key, bytes));
}

/// The first figure of the headline, or else of the story.
fn svg(found: &Found) -> String {
    let view = &found.edition.view;
    let named = crate::story::text::pieces(&view.headline)
        .into_iter()
        .find_map(|piece| match piece {
            crate::story::text::Piece::Figure(key) => view.figure(key),
            crate::story::text::Piece::Words(_) => None,
        });
    let figure = named.or(view.figures.first());
    backbone_charts::card(&Card {
        from: &found.partnership.name,
        title: &view.plain(&view.headline),
        figure: figure.map_or("", |f| f.text.as_str()),
        label: figure.map_or("", |f| f.label.as_str()),
        accent: &found.partnership.accent,
    })
}

/// The partnership's logo, if it has one that can be drawn: a PNG.
pub(crate) async fn logo_of(
    core: &web::Data<Core>,
    p: &Partnership,
) -> Result<Option<Vec<u8>>, Problem> {
    let Some(id) = p.logo_file_id.clone() else {
        return Ok(None);
    };
    let tenant = p.id.to_string();
    let found = core
        .db
        .read(move |c| file::find(c, &tenant, &id))
        .await?
        .filter(|f| f.media_type == "image/png");
    let Some(found) = found else {
        return Ok(None);
    };
    let core = core.clone();
    let read = web::block(move || file::read(&core.settings.data_dir, &found))
        .await
        .map_err(Problem::internal)?;
    // A file that is not on this disk leaves the card without logo, not without card.
    Ok(read.ok())
}

/// Draws a card away from other requests, once for each key.
pub(crate) async fn drawn_card(
    key: String,
    logo: Option<Vec<u8>>,
    svg: impl FnOnce() -> String + Send + 'static,
) -> Result<web::Bytes, Problem> {
    if let Some(bytes) = known(&key) {
        return Ok(bytes);
    }
    let drawn = web::block(move || match logo {
        Some(logo) => png_with(&svg(), CARD_WIDTH, &logo, CARD_LOGO),
        None => backbone_charts::png(&svg(), CARD_WIDTH),
    })
    .await
    .map_err(Problem::internal)?
    .map_err(Problem::internal)?;
    let bytes = web::Bytes::from(drawn);
    keep(key, bytes.clone());
    Ok(bytes)
}

/// The story as a picture, for programs that show one beside its address.
#[get("/s/{secret}/card.png")]
pub(super) async fn card(
    core: web::Data<Core>,
    req: HttpRequest,
    visitor: Visitor,
    path: web::Path<String>,
    which: ApiQuery<Which>,
) -> Result<HttpResponse, Problem> {
    let (secret, now) = (path.into_inner(), visitor.now);
    let found = core
        .db
        .read(move |c| find(c, &secret, which.0.edition, now))
        .await?;
    // An edition never changes; the partnership's name and colour may.
    let key = format!("{}-{}", found.edition.id, found.partnership.version);
    let tag = format!("\"{key}\"");
    if etag::not_modified(&req, &key) {
        return Ok(HttpResponse::NotModified()
            .insert_header((ETAG, tag))
            .finish());
    }
    let logo = logo_of(&core, &found.partnership).await?;
    let bytes = drawn_card(key, logo, move || svg(&found)).await?;
    Ok(HttpResponse::Ok()
        .insert_header((CONTENT_TYPE, "image/png"))
        .insert_header((ETAG, tag))
        .insert_header((CACHE_CONTROL, "public, max-age=86400"))
        .insert_header((HeaderName::from_static("x-robots-tag"), "noindex"))
        .body(bytes))
}
