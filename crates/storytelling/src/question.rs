//! Questions of readers about a figure: asked on the public page, answered by staff, sent back by mail, and kept beside the
//! figure when staff choose so.

pub(crate) mod answer;
pub(crate) mod api;
pub(crate) mod ask;
mod describe;
mod mail;
pub(crate) mod pages;
pub(crate) mod public;
pub mod reader;
pub(crate) mod rules;
pub(crate) mod store;
pub(crate) mod upkeep;

use backbone_db::Instant;
use serde::Serialize;

use crate::figure::FigureVersionId;
use crate::story::{EditionId, StoryId};

pub use describe::Describer;
pub use store::of_address;
pub use upkeep::ForgetUnconfirmed;

backbone_db::id!(
    /// Identifies a question about a figure.
    QuestionId
);

backbone_db::text_enum!(
    /// Where a question stands.
    QuestionStatus {
        /// A visitor has not yet confirmed their address; nobody sees it.
        Unconfirmed = "unconfirmed",
        /// Waits for an answer.
        Open = "open",
        /// Answered by mail.
        Answered = "answered",
        /// Not to be answered: no question, or asked twice.
        SetAside = "set_aside",
    }
);

backbone_db::text_enum!(
    /// How the asker is known.
    Asker {
        /// By the link in the mail that brought them the story.
        Reader = "reader",
        /// By an address that they confirmed.
        Visitor = "visitor",
    }
);

/// A question about a figure.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, utoipa::ToSchema)]
pub struct Question {
    /// Its identifier.
    pub id: QuestionId,
    /// The story.
    pub story_id: StoryId,
    /// The edition that the asker read.
    pub edition_id: EditionId,
    /// The figure as it stood in that edition.
    pub figure_id: FigureVersionId,
    /// The figure's key.
    pub figure_key: String,
    /// What the figure is.
    pub figure_label: String,
    /// The figure as the asker saw it.
    pub figure_text: String,
    /// How the asker is known.
    pub asker: Asker,
    /// Their name.
    pub asker_name: String,
    /// Their address.
    pub asker_email: String,
    /// The language in which they get the answer, `en` or `nl`.
    pub language: String,
    /// What they ask.
    pub question: String,
    /// Where it stands.
    pub status: QuestionStatus,
    /// Whether question and answer stand beside the figure.
    pub shown: bool,
    /// The question as it stands there.
    pub shown_question: String,
    /// Counts its changes; the ETag.
    pub version: i64,
    /// When it was asked.
    pub asked_at: Instant,
    /// When it reached staff: at once for readers, after the confirmation for visitors.
    pub received_at: Option<Instant>,
    /// When it was answered last.
    pub answered_at: Option<Instant>,
}

impl Question {
    /// The language of the answer's mail.
    pub fn lang(&self) -> backbone_web::Lang {
        self.language.parse().unwrap_or_default()
    }
}

/// An answer, one for each time it was sent.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, utoipa::ToSchema)]
pub struct Answer {
    /// 1 for the first, more for corrected ones.
    pub version: i64,
    /// What was answered.
    pub answer: String,
    /// Who answered.
    pub author: String,
    /// When.
    pub created_at: Instant,
}

/// A question with its newest answer, as it stands beside its figure. Says nothing about who asked.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, utoipa::ToSchema)]
pub struct Shown {
    /// The figure's key.
    pub figure_key: String,
    /// The question as staff let it stand.
    pub question: String,
    /// The newest answer.
    pub answer: String,
    /// When it was answered.
    pub answered_at: Instant,
}

pub(crate) fn page_routes(cfg: &mut actix_web::web::ServiceConfig) {
    public::routes(cfg);
    pages::routes(cfg);
}

pub(crate) fn api_routes(cfg: &mut utoipa_actix_web::service_config::ServiceConfig) {
    api::routes(cfg);
}
