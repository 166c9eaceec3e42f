//! Stories: what happened, told so that every number in it leads to where it comes from.

mod api;
mod api_life;
pub mod attention;
pub mod changes;
pub mod chart;
pub mod checks;
pub mod describe;
mod edit;
mod form_fields;
mod form_rows;
pub mod layout;
pub(crate) mod life;
pub(crate) mod link;
mod pages;
mod pages_form;
mod pages_view;
pub mod publish;
pub mod published;
pub(crate) mod render;
mod rules;
pub(crate) mod schema;
pub(crate) mod store;
pub mod template;
#[cfg(test)]
pub(crate) mod tests;
pub mod text;

use backbone_db::Instant;
use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

use crate::figure::{Figure, ModelResult, Source};

pub use edit::{NewStory, create};
pub use life::{approve, submit};

pub(crate) use api::routes as api_routes;
pub(crate) use pages::routes as page_routes;

backbone_db::id!(
    /// Identifies a story.
    StoryId
);
backbone_db::id!(
    /// Identifies one published edition of a story.
    EditionId
);
backbone_db::id!(
    /// Identifies a partnership's own story template.
    StoryTemplateId
);

backbone_db::text_enum!(
    /// Where a story stands.
    #[schema(as = StoryStatus)]
    Status {
        /// Being written.
        Draft = "draft",
        /// Waits for somebody else's approval.
        InReview = "in_review",
        /// May be published.
        Approved = "approved",
        /// The newest edition can be read by its link.
        Published = "published",
        /// Taken back; its link says so.
        Withdrawn = "withdrawn",
    }
);

backbone_db::text_enum!(
    /// Where an edition stands.
    EditionStatus {
        /// What the link shows.
        Published = "published",
        /// A newer edition took its place; it stays readable.
        Superseded = "superseded",
        /// Taken back.
        Withdrawn = "withdrawn",
    }
);

/// What somebody said to being told about or quoted.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize, utoipa::ToSchema)]
pub struct Consent {
    /// Whether they agreed.
    #[serde(default)]
    pub given: bool,
    /// Who gave it: the person, a parent.
    #[serde(default)]
    pub by: String,
    /// Last day on which it holds; no end when absent.
    #[serde(default)]
    #[schema(value_type = Option<String>, format = Date)]
    pub until: Option<NaiveDate>,
}

/// One person's story within the story.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize, utoipa::ToSchema)]
#[schema(as = StoryVignette)]
pub struct Vignette {
    /// Its heading; may be empty.
    #[serde(default)]
    pub title: String,
    /// Its text, Markdown with figures.
    pub text: String,
    /// The name under which the person is shown; empty when nobody can be recognized.
    #[serde(default)]
    pub person: String,
    /// Their consent; needed when a person is named.
    #[serde(default)]
    pub consent: Consent,
}

/// What somebody says about the work, in their own words.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize, utoipa::ToSchema)]
pub struct Testimonial {
    /// Their words.
    pub quote: String,
    /// Their name.
    pub name: String,
    /// What they are: "teacher at De Wegwijzer".
    #[serde(default)]
    pub role: String,
    /// Their consent.
    #[serde(default)]
    pub consent: Consent,
}

/// The ratio of a value model with its range, never without.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize, utoipa::ToSchema)]
pub struct RatioBlock {
    /// The value model; empty until chosen.
    #[serde(default)]
    pub model: String,
    /// What the ratio says, with figures.
    #[serde(default)]
    pub text: String,
}

/// The picture of a story.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, utoipa::ToSchema)]
#[serde(tag = "kind", rename_all = "snake_case")]
pub enum ChartChoice {
    /// A metric over time, with its target.
    Metric {
        /// The metric.
        metric: String,
    },
    /// A value model's ratio: low, base, high.
    Range {
        /// The value model.
        model: String,
    },
}

/// A number that stands in the text on purpose, without being a figure: a year, a quotation.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, utoipa::ToSchema)]
pub struct AllowedNumber {
    /// As it stands in the text.
    pub text: String,
    /// Why it is not a figure.
    pub reason: String,
}

/// Everything that people write and choose in a story.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize, utoipa::ToSchema)]
#[schema(as = StoryContent)]
pub struct Content {
    /// For whom it is written, shown beside the partnership's name: "for Fonds Midden".
    #[serde(default)]
    pub audience: String,
    /// The headline, with figures.
    #[serde(default)]
    pub headline: String,
    /// One or two sentences beneath it, with figures; also what a shared link shows.
    #[serde(default)]
    pub dek: String,
    /// The text, Markdown with figures.
    #[serde(default)]
    pub body: String,
    /// People.
    #[serde(default)]
    pub vignettes: Vec<Vignette>,
    /// The ratio block.
    #[serde(default)]
    pub ratio: Option<RatioBlock>,
    /// Text after the ratio: what changed.
    #[serde(default)]
    pub outcome: String,
    /// How this was calculated, in plain words; the value model's assumptions are added to it.
    #[serde(default)]
    pub method: String,
    /// A quotation.
    #[serde(default)]
    pub testimonial: Option<Testimonial>,
    /// What the reader is asked to do.
    #[serde(default)]
    pub call: String,
    /// The picture.
    #[serde(default)]
    pub chart: Option<ChartChoice>,
    /// The figures.
    #[serde(default)]
    pub figures: Vec<Figure>,
    /// Numbers in the text that are no figures.
    #[serde(default)]
    pub allowed_numbers: Vec<AllowedNumber>,
    /// A layout of the partnership's own: Handlebars that writes Markdown. The usual page when empty.
    #[serde(default)]
    pub layout: String,
}

impl Content {
    /// The figures written by people, and those that the ratio block brings along.
    pub fn all_figures(&self) -> Vec<Figure> {
        let mut all = self.figures.clone();
        let Some(ratio) = self.ratio.as_ref().filter(|r| !r.model.is_empty()) else {
            return all;
        };
        for (key, result) in [
            ("ratio", ModelResult::Ratio),
            ("ratio_low", ModelResult::RatioLow),
            ("ratio_high", ModelResult::RatioHigh),
        ] {
            if !all.iter().any(|f| f.key == key) {
                all.push(Figure {
                    key: key.into(),
                    label: String::new(),
                    source: Some(Source::ValueModel {
                        model: ratio.model.clone(),
                        result,
                    }),
                    format: Default::default(),
                });
            }
        }
        all
    }

    /// Every text in which figures may stand, with the name of its field.
    pub fn texts(&self) -> Vec<(String, &str)> {
        let mut texts = vec![
            ("headline".to_string(), self.headline.as_str()),
            ("dek".into(), &self.dek),
            ("body".into(), &self.body),
        ];
        for (i, v) in self.vignettes.iter().enumerate() {
            texts.push((format!("vignettes.{i}.title"), &v.title));
            texts.push((format!("vignettes.{i}.text"), &v.text));
        }
        if let Some(r) = &self.ratio {
            texts.push(("ratio.text".into(), &r.text));
        }
        texts.push(("outcome".into(), &self.outcome));
        texts.push(("method".into(), &self.method));
        if let Some(t) = &self.testimonial {
            texts.push(("testimonial.quote".into(), &t.quote));
        }
        texts.push(("call".into(), &self.call));
        texts
    }
}

/// A story.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, utoipa::ToSchema)]
pub struct Story {
    /// Its identifier.
    pub id: StoryId,
    /// Its name among staff.
    pub title: String,
    /// The language it is written in, `en` or `nl`.
    pub language: String,
    /// Where it stands.
    pub status: Status,
    /// What it says.
    pub content: Content,
    /// Who wrote it.
    pub author_name: String,
    /// The author's account.
    #[serde(skip)]
    pub author_id: Option<String>,
    /// Who approved it.
    pub approver_name: Option<String>,
    /// When.
    pub approved_at: Option<Instant>,
    /// Number of its newest edition, 0 before the first.
    pub edition: i64,
    /// Counts its edits; the ETag.
    pub version: i64,
    /// When it was begun.
    pub created_at: Instant,
    /// When it was last changed.
    pub updated_at: Instant,
}

impl Story {
    /// Its language.
    pub fn lang(&self) -> backbone_web::Lang {
        self.language.parse().unwrap_or_default()
    }
}
