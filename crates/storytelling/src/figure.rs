//! Figures: numbers in a story that are bound to where they were measured, given or calculated, and never typed.

mod live;
mod metric;
pub mod readings;
pub mod rules;
mod value;

use backbone_db::Dec;
use backbone_events::Object;
use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

pub use readings::{Asked, Explained, Live, Readings};

backbone_db::id!(
    /// Identifies one figure as it was frozen in one edition.
    FigureVersionId
);

backbone_db::text_enum!(
    /// What of the contributions a figure counts.
    Given {
        /// Hours of work.
        Hours = "hours",
        /// The value of everything given.
        Value = "value",
        /// How many contributions were logged.
        Count = "count",
        /// How many people at least gave their time.
        People = "people",
        /// How many organizations gave something.
        Organizations = "organizations",
    }
);

backbone_db::text_enum!(
    /// Which result of a value model a figure shows.
    ModelResult {
        /// Social return for each unit put in, base case.
        Ratio = "ratio",
        /// The same with the low assumptions.
        RatioLow = "ratio_low",
        /// The same with the high assumptions.
        RatioHigh = "ratio_high",
        /// Net present value.
        Npv = "npv",
        /// Present value of what was put in.
        Invested = "invested",
        /// Present value of what came of it.
        Created = "created",
        /// Years until what came of it outweighs what was put in.
        Payback = "payback",
        /// Internal rate of return, a fraction.
        Irr = "irr",
    }
);

/// What a figure is read from.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, utoipa::ToSchema)]
#[serde(tag = "kind", rename_all = "snake_case")]
pub enum Source {
    /// A metric in a period, or its newest value.
    Metric {
        /// The metric.
        metric: String,
        /// The period (`2026-Q3`), the newest when absent.
        #[serde(default)]
        period: Option<String>,
    },
    /// A metric's baseline.
    MetricBaseline {
        /// The metric.
        metric: String,
    },
    /// The difference of a metric between two periods.
    MetricChange {
        /// The metric.
        metric: String,
        /// From this period on, the baseline when absent.
        #[serde(default)]
        from: Option<String>,
        /// Until this period, the newest when absent.
        #[serde(default)]
        to: Option<String>,
    },
    /// A total of contributions.
    Contributions {
        /// What is counted.
        what: Given,
        /// First day.
        #[schema(value_type = String, format = Date)]
        from: NaiveDate,
        /// Last day.
        #[schema(value_type = String, format = Date)]
        to: NaiveDate,
        /// Of this organization only.
        #[serde(default)]
        organization: Option<String>,
    },
    /// A result of a value model.
    ValueModel {
        /// The model.
        model: String,
        /// Which result.
        result: ModelResult,
    },
    /// How many organizations take part.
    Organizations,
}

impl Source {
    /// The object it names, for the trace.
    pub fn object(&self) -> Option<Object> {
        match self {
            Source::Metric { metric, .. }
            | Source::MetricBaseline { metric }
            | Source::MetricChange { metric, .. } => Some(Object::new("metric", metric)),
            Source::ValueModel { model, .. } => Some(Object::new("value_model", model)),
            Source::Contributions { organization, .. } => organization
                .as_ref()
                .map(|o| Object::new("organization", o)),
            Source::Organizations => None,
        }
    }
}

/// How a figure is written.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize, utoipa::ToSchema)]
pub struct Format {
    /// Digits behind the point; as the unit suggests when absent.
    #[serde(default)]
    pub decimals: Option<u32>,
    /// Words behind the number, such as "hours"; the source's own unit when empty.
    #[serde(default)]
    pub unit: String,
}

/// A figure as its story defines it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, utoipa::ToSchema)]
#[schema(as = StoryFigure)]
pub struct Figure {
    /// Its name in the text: `[[children]]` shows the figure `children`.
    pub key: String,
    /// What it is, for the trace and the picker.
    pub label: String,
    /// Where it comes from; a template's figures wait for theirs.
    #[serde(default)]
    pub source: Option<Source>,
    /// How it is written.
    #[serde(default)]
    pub format: Format,
}

/// What a number counts, which decides how it is written.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "unit", content = "name", rename_all = "snake_case")]
pub enum Unit {
    /// A bare number.
    Number,
    /// Hundredths: 61 is written `61 %`.
    Percent,
    /// A fraction of one: 0.61 is written `61 %`.
    Fraction,
    /// An amount in major units of this currency.
    Money(String),
    /// What one unit put in gives back: 3.4 is written `1 : 3.4`.
    Ratio,
    /// Something with a name of its own: hours, children.
    Named(String),
}

/// Why a figure may not go out as it is.
#[derive(
    Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize, utoipa::ToSchema,
)]
#[serde(rename_all = "snake_case")]
pub enum Concern {
    /// There is no value, or its source is gone.
    Missing,
    /// It has not been measured for longer than it should.
    Stale,
    /// Nobody has verified it.
    Unverified,
    /// It counts so few, or is so private, that it may not be shown outside.
    Withheld,
}

impl Concern {
    /// Its word in message keys.
    pub fn as_str(self) -> &'static str {
        match self {
            Concern::Missing => "missing",
            Concern::Stale => "stale",
            Concern::Unverified => "unverified",
            Concern::Withheld => "withheld",
        }
    }
}

/// A number as its source has it now.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Reading {
    /// The exact value; none when it is missing or may not be told.
    pub value: Option<Dec>,
    /// What it counts.
    pub unit: Unit,
    /// Of when, in words or as a period.
    pub period: String,
    /// Changes whenever anything that it rests on changes.
    pub token: String,
    /// What it was read from, nearest first.
    pub sources: Vec<Object>,
    /// Why it may not go out.
    pub concerns: Vec<Concern>,
}

impl Reading {
    /// A source that has nothing to tell.
    pub fn missing() -> Self {
        Self {
            value: None,
            unit: Unit::Number,
            period: String::new(),
            token: "missing".into(),
            sources: Vec::new(),
            concerns: vec![Concern::Missing],
        }
    }
}

/// A figure with what it reads now, written in the story's language.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Resolved {
    /// The figure.
    pub figure: Figure,
    /// What its source says.
    pub reading: Reading,
    /// As readers see it; a dash when there is nothing to show.
    pub text: String,
}
