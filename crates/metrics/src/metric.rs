//! A metric: what is measured, which way is good, where it came from and where it should go.

pub mod api;
pub mod define;
pub mod export;
pub mod form;
pub mod pages;
pub mod show;
pub(crate) mod store;

use backbone_db::{Dec, Instant, id, text_enum};
use backbone_identity::{OrganizationId, PersonId};
use backbone_ingest::period::{self, Period};
use jiff::civil::Date;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use crate::perspective::{ObjectiveId, PerspectiveId};

id!(
    /// Identifies a metric.
    MetricId
);

text_enum!(
    /// What kind of number a metric gives.
    MetricKind {
        /// A plain number, with its unit.
        Number = "number",
        /// A percentage: 61 means 61 %.
        Percent = "percent",
        /// An amount of money in major units; the metric's unit is its currency.
        Money = "money",
        /// So many of so many, such as 19 of 22; its value is the percentage.
        Ratio = "ratio",
    }
);

/// Short for [`MetricKind`], whose full name stands in the API description.
pub type Kind = MetricKind;

text_enum!(
    /// Which way is good.
    MetricDirection {
        /// More is better.
        Up = "up",
        /// Less is better.
        Down = "down",
        /// Best between two bounds.
        Range = "range",
    }
);

/// Short for [`MetricDirection`], whose full name stands in the API description.
pub type Direction = MetricDirection;

text_enum!(
    /// How often it is measured.
    MetricFrequency {
        /// Each calendar month.
        Month = "month",
        /// Each calendar quarter.
        Quarter = "quarter",
        /// Each half of a calendar year.
        HalfYear = "half_year",
        /// Each calendar year.
        Year = "year",
        /// Each school year, from September on.
        SchoolYear = "school_year",
    }
);

/// Short for [`MetricFrequency`], whose full name stands in the API description.
pub type Frequency = MetricFrequency;

text_enum!(
    /// How many figures become one, over organizations or over periods.
    MetricAggregation {
        /// Added up.
        Sum = "sum",
        /// Their mean.
        Mean = "mean",
        /// The latest one.
        Last = "last",
        /// Numerators over denominators.
        Weighted = "weighted",
        /// The smallest.
        Min = "min",
        /// The largest.
        Max = "max",
        /// How many there are.
        Count = "count",
    }
);

/// Short for [`MetricAggregation`], whose full name stands in the API description.
pub type Aggregation = MetricAggregation;

text_enum!(
    /// Whom a metric tells about.
    MetricLevel {
        /// The people the partnership is there for, whoever helps them.
        Population = "population",
        /// What partners do themselves.
        Performance = "performance",
    }
);

/// Short for [`MetricLevel`], whose full name stands in the API description.
pub type Level = MetricLevel;

text_enum!(
    /// Who may report measurements.
    MetricMeasurers {
        /// Backbone staff only.
        Staff = "staff",
        /// Staff and whoever owns the metric.
        Owner = "owner",
        /// Staff, and members for their own organization.
        Members = "members",
    }
);

/// Short for [`MetricMeasurers`], whose full name stands in the API description.
pub type Measurers = MetricMeasurers;

text_enum!(
    /// Whether a metric is in use.
    MetricStatus {
        /// In use.
        Active = "active",
        /// Kept with its measurements, no longer measured.
        Retired = "retired",
    }
);

/// Short for [`MetricStatus`], whose full name stands in the API description.
pub type Status = MetricStatus;

text_enum!(
    /// What the two thresholds mean.
    MetricThresholdKind {
        /// Distance behind the target's path, in percent of the path.
        Percent = "percent",
        /// Distance behind the target's path, in the metric's unit.
        Distance = "distance",
        /// Levels of the metric itself, whatever the path.
        Level = "level",
    }
);

/// Short for [`MetricThresholdKind`], whose full name stands in the API description.
pub type ThresholdKind = MetricThresholdKind;

/// A value that is meant to be reached in a period.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[schema(as = MetricTarget)]
pub struct Target {
    /// The period, such as `2027` or `2026-Q4`.
    #[schema(value_type = String)]
    pub period: Period,
    /// The value to reach in it.
    pub value: Dec,
}

/// Where "on target" ends and "off target" begins.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[schema(as = MetricThresholds)]
pub struct Thresholds {
    /// What the numbers mean.
    pub kind: ThresholdKind,
    /// On target up to here.
    pub on: Dec,
    /// Watch up to here, off target beyond.
    pub watch: Dec,
}

impl Default for Thresholds {
    /// On target on the path, watch up to a tenth behind it.
    fn default() -> Self {
        Self {
            kind: ThresholdKind::Percent,
            on: Dec::new(0.into()),
            watch: Dec::new(10.into()),
        }
    }
}

/// Who answers for a metric.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(default)]
#[schema(as = MetricOwner)]
pub struct Owner {
    /// A person.
    pub person_id: Option<PersonId>,
    /// An organization.
    pub organization_id: Option<OrganizationId>,
    /// The name to show.
    pub name: String,
}

/// What a metric means and how it is judged. Edited as a whole; earlier ones are in the log.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(default)]
#[schema(as = MetricDefinition)]
pub struct Definition {
    /// What it means, in plain words.
    pub meaning: String,
    /// Its unit: `children`, `hours`; for money the currency.
    pub unit: String,
    /// What kind of number it is.
    pub kind: Kind,
    /// Digits shown after the point.
    pub decimals: u32,
    /// Which way is good.
    pub direction: Direction,
    /// The lower bound when a range is good.
    pub range_low: Option<Dec>,
    /// The upper bound when a range is good.
    pub range_high: Option<Dec>,
    /// Where it started.
    pub baseline: Option<Target>,
    /// Where it should go: a straight line between the points.
    pub targets: Vec<Target>,
    /// Where "on target" ends.
    pub thresholds: Thresholds,
    /// How often it is measured.
    pub frequency: Frequency,
    /// Days after a period's end before its measurement counts as late.
    pub grace_days: u16,
    /// How figures of organizations become one.
    pub across_organizations: Aggregation,
    /// How figures of short periods become one of a longer period.
    pub across_periods: Aggregation,
    /// Who answers for it.
    pub owner: Owner,
    /// Where the numbers come from.
    pub source: String,
    /// Whom it tells about.
    pub level: Level,
    /// Dimensions it may be broken down by, such as `district`; empty allows any.
    pub dimensions: Vec<String>,
    /// Who may report.
    pub measurers: Measurers,
}

impl Default for Definition {
    fn default() -> Self {
        Self {
            meaning: String::new(),
            unit: String::new(),
            kind: Kind::Number,
            decimals: 0,
            direction: Direction::Up,
            range_low: None,
            range_high: None,
            baseline: None,
            targets: Vec::new(),
            thresholds: Thresholds::default(),
            frequency: Frequency::Quarter,
            grace_days: 30,
            across_organizations: Aggregation::Sum,
            across_periods: Aggregation::Last,
            owner: Owner::default(),
            source: String::new(),
            level: Level::Population,
            dimensions: Vec::new(),
            measurers: Measurers::Members,
        }
    }
}

/// A metric.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, ToSchema)]
pub struct Metric {
    /// Its identifier.
    pub id: MetricId,
    /// The perspective it belongs to.
    pub perspective_id: PerspectiveId,
    /// The objective it shows the way of.
    pub objective_id: Option<ObjectiveId>,
    /// Its name.
    pub name: String,
    /// What it means and how it is judged.
    #[serde(flatten)]
    pub definition: Definition,
    /// Whether funders and readers of stories may see it.
    pub public: bool,
    /// Whether it is in use.
    pub status: Status,
    /// Counts its edits; the ETag.
    pub version: i64,
    /// When it was defined.
    pub created_at: Instant,
    /// When it was last edited.
    pub updated_at: Instant,
}

impl Frequency {
    /// The kind of period that it is measured in.
    pub fn grain(self) -> period::Frequency {
        match self {
            Self::Month => period::Frequency::Month,
            Self::Quarter => period::Frequency::Quarter,
            Self::HalfYear => period::Frequency::HalfYear,
            Self::Year => period::Frequency::Year,
            Self::SchoolYear => period::Frequency::FiscalYear,
        }
    }

    /// The period of this kind that contains a day.
    pub fn containing(self, day: Date) -> Option<Period> {
        match self {
            Self::SchoolYear if day.month() >= 9 => Period::fiscal_year(day.year(), 9).ok(),
            Self::SchoolYear => Period::fiscal_year(day.year() - 1, 9).ok(),
            _ => Period::containing(day, self.grain()),
        }
    }
}

/// The stored word for a kind of period.
pub fn grain_word(grain: period::Frequency) -> &'static str {
    match grain {
        period::Frequency::Day => "day",
        period::Frequency::Week => "week",
        period::Frequency::Month => "month",
        period::Frequency::Quarter => "quarter",
        period::Frequency::HalfYear => "half_year",
        period::Frequency::Year => "year",
        period::Frequency::FiscalYear => "fiscal_year",
        period::Frequency::Span => "span",
    }
}
