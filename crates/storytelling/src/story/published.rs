//! What readers get: one edition of a story with every figure as it was when it went out.

use backbone_db::{Conn, DbError, Dec, Instant};
use backbone_events::Object;
use serde::{Deserialize, Serialize};

use super::chart::ChartSpec;
use super::store;
use super::{EditionId, EditionStatus, StoryId};
use crate::figure::{FigureVersionId, Format, Source};

/// A figure as it went out.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, utoipa::ToSchema)]
pub struct FrozenFigure {
    /// Identifies this frozen figure in the trace, as object `figure`.
    pub id: FigureVersionId,
    /// Its name in the text.
    pub key: String,
    /// What it is.
    pub label: String,
    /// The exact value.
    pub value: Dec,
    /// As readers saw it.
    pub text: String,
    /// Of when.
    pub period: String,
    /// Where it was read.
    pub source: Source,
    /// How it is written.
    pub format: Format,
    /// Of what it was read, as it was then.
    pub token: String,
    /// The objects it was read from.
    pub sources: Vec<Object>,
    /// When it was frozen.
    pub frozen_at: Instant,
}

/// A person's story.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, utoipa::ToSchema)]
pub struct ViewVignette {
    /// Heading, may be empty.
    pub title: String,
    /// Markdown with figures.
    pub text: String,
    /// The person's name as shown, may be empty.
    pub person: String,
}

/// The ratio with its range.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, utoipa::ToSchema)]
pub struct ViewRatio {
    /// `1 : 3.4`.
    pub ratio: String,
    /// `1 : 2.6`, with the low assumptions.
    pub low: String,
    /// `1 : 4.1`, with the high assumptions.
    pub high: String,
    /// What it says, with figures.
    pub text: String,
}

/// A quotation.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, utoipa::ToSchema)]
pub struct ViewTestimonial {
    /// The words.
    pub quote: String,
    /// Who said them.
    pub name: String,
    /// What they are.
    pub role: String,
}

/// Everything a reader sees. Texts hold `[[key]]` where a figure stands; [`View::plain`] fills them.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, utoipa::ToSchema)]
pub struct View {
    /// The language, `en` or `nl`.
    pub language: String,
    /// For whom.
    pub audience: String,
    /// The headline.
    pub headline: String,
    /// The sentences beneath it.
    pub dek: String,
    /// The text, Markdown.
    pub body: String,
    /// People.
    pub vignettes: Vec<ViewVignette>,
    /// The ratio with its range.
    pub ratio: Option<ViewRatio>,
    /// What changed, Markdown.
    pub outcome: String,
    /// How it was calculated, Markdown.
    pub method: String,
    /// The assumptions behind the ratio, a sentence each.
    pub assumptions: Vec<String>,
    /// A quotation.
    pub testimonial: Option<ViewTestimonial>,
    /// What the reader is asked to do.
    pub call: String,
    /// The picture's numbers.
    #[schema(value_type = Option<std::collections::HashMap<String, String>>)]
    pub chart: Option<ChartSpec>,
    /// Markdown made by the partnership's own layout; stands in place of the usual page when there.
    pub layout: Option<String>,
    /// The figures.
    pub figures: Vec<FrozenFigure>,
}

impl View {
    /// The language.
    pub fn lang(&self) -> backbone_web::Lang {
        self.language.parse().unwrap_or_default()
    }

    /// A figure by its key.
    pub fn figure(&self, key: &str) -> Option<&FrozenFigure> {
        self.figures.iter().find(|f| f.key == key)
    }

    /// A text with its figures as words.
    pub fn plain(&self, text: &str) -> String {
        super::text::fill(text, |key| self.figure(key).map(|f| f.text.clone()))
    }
}

/// A published edition.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, utoipa::ToSchema)]
pub struct PublishedEdition {
    /// Its identifier.
    pub id: EditionId,
    /// The story.
    pub story_id: StoryId,
    /// Its number, from 1 on.
    pub number: i64,
    /// Where it stands.
    pub status: EditionStatus,
    /// The story's name among staff.
    pub title: String,
    /// What readers see.
    pub view: View,
    /// SHA-256 over the stored view, in hex.
    pub sha256: String,
    /// Who published it.
    pub publisher: String,
    /// Why it came out, for later editions.
    pub note: String,
    /// When it came out.
    pub published_at: Instant,
    /// Address without host, `/s/{secret}`; none when its link is revoked.
    pub public_url: Option<String>,
}

/// What a mail needs of an edition, all plain words.
#[derive(Clone, Debug, Serialize)]
pub struct MailParts {
    /// The language, `en` or `nl`.
    pub language: String,
    /// The headline.
    pub headline: String,
    /// The sentences beneath it.
    pub dek: String,
    /// The text, as Markdown without figure marks.
    pub body: String,
    /// People.
    pub vignettes: Vec<ViewVignette>,
    /// The ratio with its range.
    pub ratio: Option<ViewRatio>,
    /// What changed, as Markdown.
    pub outcome: String,
    /// How it was calculated, as Markdown.
    pub method: String,
    /// The assumptions, to stand beside the ratio.
    pub assumptions: Vec<String>,
    /// A quotation.
    pub testimonial: Option<ViewTestimonial>,
    /// What the reader is asked to do.
    pub call: String,
    /// Key, label and text of each figure, with the address of its trace without host.
    pub figures: Vec<MailFigure>,
    /// Whether there is a picture.
    pub has_chart: bool,
    /// Address of the page without host.
    pub public_url: Option<String>,
}

/// A figure in a mail.
#[derive(Clone, Debug, Serialize)]
pub struct MailFigure {
    /// Its key.
    pub key: String,
    /// What it is.
    pub label: String,
    /// As written.
    pub text: String,
    /// Address of its trace without host.
    pub href: Option<String>,
}

/// The newest edition of a story that is out; `None` when none is, or it was withdrawn.
///
/// # Errors
/// Only those of the database.
pub fn published(
    conn: &mut Conn,
    partnership: &str,
    story: &StoryId,
) -> Result<Option<PublishedEdition>, DbError> {
    Ok(store::editions(conn, partnership, story)?
        .into_iter()
        .find(|e| e.status == EditionStatus::Published))
}

/// One edition, whichever way it stands.
///
/// # Errors
/// Only those of the database.
pub fn edition(
    conn: &mut Conn,
    partnership: &str,
    id: &EditionId,
) -> Result<Option<PublishedEdition>, DbError> {
    store::edition(conn, partnership, id)
}

/// The editions that are out, newest first.
///
/// # Errors
/// Only those of the database.
pub fn all_published(conn: &mut Conn, partnership: &str) -> Result<Vec<PublishedEdition>, DbError> {
    store::published_editions(conn, partnership)
}

/// What a mail template shows of an edition.
pub fn mail_parts(edition: &PublishedEdition) -> MailParts {
    let view = &edition.view;
    let plain = |text: &str| view.plain(text);
    let base = edition.public_url.as_deref();
    MailParts {
        language: view.language.clone(),
        headline: plain(&view.headline),
        dek: plain(&view.dek),
        body: plain(&view.body),
        vignettes: view
            .vignettes
            .iter()
            .map(|v| ViewVignette {
                title: plain(&v.title),
                text: plain(&v.text),
                person: v.person.clone(),
            })
            .collect(),
        ratio: view.ratio.as_ref().map(|r| ViewRatio {
            text: plain(&r.text),
            ..r.clone()
        }),
        outcome: plain(&view.outcome),
        method: plain(&view.method),
        assumptions: view.assumptions.clone(),
        testimonial: view.testimonial.as_ref().map(|t| ViewTestimonial {
            quote: plain(&t.quote),
            ..t.clone()
        }),
        call: plain(&view.call),
        figures: view
            .figures
            .iter()
            .map(|f| MailFigure {
                key: f.key.clone(),
                label: f.label.clone(),
                text: f.text.clone(),
                href: base.map(|b| format!("{b}/figure/{}", f.key)),
            })
            .collect(),
        has_chart: view.chart.is_some(),
        public_url: edition.public_url.clone(),
    }
}
