//! A campaign: one sending of one thing to chosen recipients, and what it tells.

pub mod api;
pub mod checks;
pub(crate) mod describe;
pub mod draft;
pub mod life;
pub(crate) mod message;
pub(crate) mod pages;
pub(crate) mod preview;
pub mod recipients;
pub(crate) mod rules;
pub(crate) mod store;

use backbone_db::{id, text_enum};
use backbone_web::Lang;
use serde::{Deserialize, Serialize};

pub use store::Campaign;

id!(
    /// Identifies a campaign.
    CampaignId
);

text_enum!(
    /// What a campaign sends.
    #[schema(as = CampaignKind)]
    Kind {
        /// An edition of a published story.
        Story = "story",
        /// A notice to those who received a figure that was corrected since.
        Correction = "correction",
    }
);

text_enum!(
    /// Where a campaign stands.
    CampaignState {
        /// Being prepared; nothing has left.
        Draft = "draft",
        /// Sent by a person, not taken up by a worker yet.
        Queued = "queued",
        /// Leaving, or waiting for the mail server or for retries.
        Sending = "sending",
        /// Held by a person.
        Paused = "paused",
        /// Every recipient has an end state.
        Done = "done",
        /// Ended by a person before everything had left.
        Cancelled = "cancelled",
    }
);

/// What a campaign tells, kept as it was when the campaign was made, so that a repeat after a crash says the same.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, utoipa::ToSchema)]
#[schema(as = CampaignContent)]
pub struct Content {
    /// The edition of the story.
    pub edition: Edition,
    /// What changed since, in a correction.
    #[serde(default)]
    pub changes: Vec<Change>,
    /// Why it changed, in the words of the staff.
    #[serde(default)]
    pub reason: String,
}

/// A published edition of a story, as mail tells it.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, utoipa::ToSchema)]
pub struct Edition {
    /// The story.
    pub story_id: String,
    /// The edition, whose figure versions are frozen.
    pub edition_id: String,
    /// The unguessable part of its public address.
    pub secret: String,
    /// The language it is written in.
    #[schema(value_type = String, examples("en"))]
    pub language: Lang,
    /// Its headline.
    pub headline: String,
    /// A sentence or two beneath the headline.
    pub summary: String,
    /// One person's story.
    pub vignette: Option<Vignette>,
    /// Its figures; the first is the headline number.
    pub figures: Vec<Figure>,
    /// Social return, always with its range and assumptions.
    pub ratio: Option<Ratio>,
    /// A chart other than that of the ratio.
    pub chart: Option<Picture>,
}

/// One person's story.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, utoipa::ToSchema)]
#[schema(as = CampaignVignette)]
pub struct Vignette {
    /// Its heading.
    pub title: String,
    /// Its text; an empty line parts paragraphs.
    pub text: String,
}

/// A number of the story, bound to its source.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, utoipa::ToSchema)]
#[schema(as = CampaignFigure)]
pub struct Figure {
    /// Its key within the story; the address of its trace ends with it.
    pub key: String,
    /// What is counted.
    pub label: String,
    /// The value as it is printed, with its unit.
    pub value: String,
    /// Of when.
    pub period: String,
}

/// A social return ratio.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, utoipa::ToSchema)]
pub struct Ratio {
    /// The key of its figure.
    pub key: String,
    /// Under low, base and high assumptions, for drawing.
    pub values: [f64; 3],
    /// The same as they are printed, such as "3.2 : 1".
    pub texts: [String; 3],
    /// What it rests on, a sentence each.
    pub assumptions: Vec<String>,
}

/// A chart as the server drew it.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, utoipa::ToSchema)]
pub struct Picture {
    /// The drawing, in fixed colours on a background.
    pub svg: String,
    /// What it shows, for those who do not see it.
    pub alt: String,
}

/// A figure that changed after it was sent.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, utoipa::ToSchema)]
#[schema(as = CampaignChange)]
pub struct Change {
    /// The figure's key within the story.
    pub key: String,
    /// What is counted.
    pub label: String,
    /// As it was sent.
    pub old: String,
    /// As it is now.
    pub new: String,
}
