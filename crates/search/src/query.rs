use backbone_db::Instant;
use backbone_events::Object;
use serde::Serialize;

use crate::fold;

/// Words of a query at most; more say nothing more.
const MOST_WORDS: usize = 8;

/// What somebody seeks: every word must begin a word of the title or the body.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Query {
    pub(crate) words: Vec<String>,
    /// Only of this kind, when given.
    pub(crate) kind: Option<String>,
    pub(crate) limit: usize,
}

impl Query {
    /// A query of what was typed. `limit` is at most 50.
    pub fn new(typed: &str, limit: usize) -> Self {
        let mut words = fold::words(typed);
        words.truncate(MOST_WORDS);
        Self {
            words,
            kind: None,
            limit: limit.clamp(1, 50),
        }
    }

    /// Only objects of this kind.
    pub fn of_kind(mut self, kind: Option<String>) -> Self {
        self.kind = kind;
        self
    }

    /// How many are found at most.
    pub fn limit(&self) -> usize {
        self.limit
    }

    /// Whether there is anything to seek.
    pub fn is_empty(&self) -> bool {
        self.words.is_empty()
    }
}

/// A piece of text, and whether it is what was sought. Whoever shows it escapes the text and marks the hits.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, utoipa::ToSchema)]
#[schema(as = SearchPiece)]
pub struct Piece {
    /// The text.
    pub text: String,
    /// Whether it is what was sought.
    pub hit: bool,
}

/// Something that was found.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, utoipa::ToSchema)]
#[schema(as = SearchResult)]
pub struct Found {
    /// What it is.
    pub object: Object,
    /// Its name.
    pub title: String,
    /// Its name in pieces.
    pub title_pieces: Vec<Piece>,
    /// The part of its content around what was sought, or else its beginning, in pieces; empty when there is none.
    pub excerpt: Vec<Piece>,
    /// Its page, behind `/p/{slug}`.
    pub path: String,
    /// When it was made or happened.
    pub at: Instant,
}
