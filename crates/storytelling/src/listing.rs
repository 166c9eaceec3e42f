//! What of a partnership anybody may find: a page with its name and purpose, the stories that staff list there, and a feed of
//! them. There is nothing until a partnership turns it on.

pub(crate) mod api;
pub(crate) mod card;
pub(crate) mod change;
pub(crate) mod feed;
pub(crate) mod pages;
pub(crate) mod public;
pub(crate) mod store;
#[cfg(test)]
mod tests;

use std::collections::HashSet;

use backbone_db::{Conn, DbError, Instant};
use serde::Serialize;

use crate::story::StoryId;

pub use change::{PublicPageEdit, change};

/// A story that anybody may find.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, utoipa::ToSchema)]
pub struct ListedStory {
    /// The story.
    pub story_id: StoryId,
    /// Its headline, with its figures as words.
    pub headline: String,
    /// The sentences beneath it.
    pub dek: String,
    /// The language it is written in, `en` or `nl`.
    pub language: String,
    /// The newest edition's number.
    pub edition: i64,
    /// When that came out.
    pub published_at: Instant,
    /// When staff listed it.
    pub listed_at: Instant,
    /// Its address without host.
    pub href: String,
}

/// What a partnership lets anybody find, as staff see it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, utoipa::ToSchema)]
pub struct PublicPage {
    /// Whether there is a page at all.
    pub shown: bool,
    /// Its address without host.
    pub href: String,
    /// Counts its changes; the ETag. 0 before the first.
    pub version: i64,
    /// The stories that are listed and out, the newest first; also while the page is not shown.
    pub stories: Vec<ListedStory>,
}

/// The stories that anybody may find; none while the page is not shown.
///
/// # Errors
/// Only those of the database.
pub fn findable(conn: &mut Conn, partnership: &str) -> Result<HashSet<StoryId>, DbError> {
    if store::page(conn, partnership)?.0 {
        store::listings(conn, partnership)
    } else {
        Ok(HashSet::new())
    }
}

/// The address of a partnership's page, without host.
pub(crate) fn address(slug: &str) -> String {
    format!("/public/{slug}")
}

pub(crate) fn page_routes(cfg: &mut actix_web::web::ServiceConfig) {
    public::routes(cfg);
    pages::routes(cfg);
    cfg.service(feed::feed).service(card::card);
}

pub(crate) fn api_routes(cfg: &mut utoipa_actix_web::service_config::ServiceConfig) {
    api::routes(cfg);
}
