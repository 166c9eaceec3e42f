//! What a version of a value model says.

use backbone_db::{Currency, Dec, text_enum};
use backbone_finance::cash_flow;
use backbone_finance::sroi::Range;
use chrono::NaiveDate;
use rust_decimal::Decimal;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

text_enum!(
    /// Which year is discounted; formulas and sources are in `docs/value-models.md`.
    Convention {
        /// Year t is divided by (1 + r)^t: the first year counts in full.
        FirstYearUndiscounted = "first_year_undiscounted",
        /// Benefits of year t are divided by (1 + r)^(t+1), inputs by (1 + r)^t.
        EndOfYear = "end_of_year",
        /// Year t is divided by (1 + r)^(t+½).
        MidYear = "mid_year",
    }
);

impl Convention {
    pub(crate) fn finance(self) -> cash_flow::Convention {
        match self {
            Convention::FirstYearUndiscounted => cash_flow::Convention::FirstYearUndiscounted,
            Convention::EndOfYear => cash_flow::Convention::EndOfYear,
            Convention::MidYear => cash_flow::Convention::MidYear,
        }
    }
}

fn default_convention() -> Convention {
    Convention::FirstYearUndiscounted
}

/// Everything a version of a model says. Amounts of money are exact decimals in major units of `currency` (a proxy may be a
/// fraction of a cent); percentages are written 0–100; years are calendar years.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[schema(as = ValueModelContent)]
pub struct Content {
    /// As people call it.
    pub name: String,
    /// What question it answers, and for whom.
    #[serde(default)]
    pub purpose: String,
    /// First year of the work: year 0 of the calculation.
    pub first_year: i32,
    /// Last year in which something is put in.
    pub last_year: i32,
    /// Years that are counted, from the first.
    pub horizon: u16,
    /// Currency of all amounts.
    pub currency: Currency,
    /// Percent a year.
    pub discount_rate: Assumption,
    /// Which year is discounted.
    #[serde(default = "default_convention")]
    pub convention: Convention,
    /// What is put in.
    #[serde(default)]
    pub inputs: Vec<Input>,
    /// What comes of it.
    #[serde(default)]
    pub outcomes: Vec<Outcome>,
    /// Which outcomes were left out, and why.
    #[serde(default)]
    pub materiality: String,
}

/// A number that is not certain, and why it is what it is.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct Assumption {
    /// The lowest plausible value; the base when not given.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub low: Option<Dec>,
    /// The best estimate.
    pub base: Dec,
    /// The highest plausible value; the base when not given.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub high: Option<Dec>,
    /// Source or reason.
    #[serde(default)]
    pub source: String,
}

impl Assumption {
    /// A certain value.
    pub fn exactly(base: Decimal, source: &str) -> Self {
        Self {
            low: None,
            base: Dec::new(base),
            high: None,
            source: source.into(),
        }
    }

    /// Low, base and high.
    pub fn range(&self) -> Range {
        let base = self.base.get();
        Range::new(
            self.low.as_ref().map_or(base, Dec::get),
            base,
            self.high.as_ref().map_or(base, Dec::get),
        )
    }
}

/// A number of years with its range.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[schema(as = ValueModelYears)]
pub struct Years {
    /// The fewest plausible.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub low: Option<u16>,
    /// The best estimate.
    pub base: u16,
    /// The most plausible.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub high: Option<u16>,
    /// Source or reason.
    #[serde(default)]
    pub source: String,
}

impl Years {
    /// Low, base and high.
    pub fn range(&self) -> Range<u16> {
        Range::new(
            self.low.unwrap_or(self.base),
            self.base,
            self.high.unwrap_or(self.base),
        )
    }
}

/// Something put in: either `contributions` is given, or `amount` with `year`.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[schema(as = ValueModelInput)]
pub struct Input {
    /// Identifies it within the model; made when empty.
    #[serde(default)]
    pub id: String,
    /// As people call it.
    pub name: String,
    /// Its value is read from the contributions logged.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub contributions: Option<ContributionBinding>,
    /// Its value as given by hand.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub amount: Option<Assumption>,
    /// The year of an amount given by hand.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub year: Option<i32>,
}

/// Which contributions count as an input.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct ContributionBinding {
    /// `time`, `talent`, `treasure`, `in_kind`; empty means all.
    #[serde(default)]
    pub kinds: Vec<String>,
    /// First day.
    #[schema(value_type = String, format = Date)]
    pub from: NaiveDate,
    /// Last day.
    #[schema(value_type = String, format = Date)]
    pub to: NaiveDate,
    /// Only those of these organizations; empty means all.
    #[serde(default)]
    pub organizations: Vec<String>,
}

/// A change for people, with what it is worth and how much of it is ours.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[schema(as = ValueModelOutcome)]
pub struct Outcome {
    /// Identifies it within the model; made when empty.
    #[serde(default)]
    pub id: String,
    /// What changes.
    pub name: String,
    /// For whom.
    #[serde(default)]
    pub beneficiaries: String,
    /// How much of it.
    pub quantity: Quantity,
    /// What one unit is worth a year.
    pub proxy: Price,
    /// Percent that would have happened anyway.
    pub deadweight: Assumption,
    /// Percent that only moved elsewhere.
    pub displacement: Assumption,
    /// Percent that others brought about.
    pub attribution: Assumption,
    /// Percent by which it wears off each year after its first.
    pub drop_off: Assumption,
    /// How long it lasts.
    pub duration: Years,
    /// The year it begins.
    pub start_year: i32,
    /// Why it counts.
    #[serde(default)]
    pub materiality: String,
    /// Which organizations claim which share, in percent, together at most 100.
    #[serde(default)]
    pub claims: Vec<Claim>,
}

/// Units of change a year: either `metric` is given, or `value`.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[schema(as = OutcomeQuantity)]
pub struct Quantity {
    /// What is counted: "people in work", "visits".
    #[serde(default)]
    pub unit: String,
    /// Read from a metric.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub metric: Option<MetricBinding>,
    /// As given by hand.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub value: Option<Assumption>,
}

text_enum!(
    /// Which of a metric's values is the quantity.
    MetricReading {
        /// The latest.
        Latest = "latest",
        /// That of a period.
        At = "at",
        /// The latest, or that of a period, minus the baseline, as improvement in the metric's direction.
        Change = "change",
    }
);

/// A quantity read from a metric.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct MetricBinding {
    /// The metric.
    pub metric: String,
    /// Which of its values.
    pub reading: MetricReading,
    /// The period, such as `2026-Q2`; needed for `at`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub period: Option<String>,
    /// Percent by which the true value may be lower.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub less: Option<Dec>,
    /// Percent by which the true value may be higher.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub more: Option<Dec>,
}

/// A financial proxy: what one unit is worth a year.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct Price {
    /// Money a unit, with source.
    #[serde(flatten)]
    pub amount: Assumption,
    /// Address of the source.
    #[serde(default)]
    pub link: String,
    /// The year whose prices it is in.
    pub price_year: i32,
    /// The proxy of the library that it was taken from.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub proxy_id: Option<String>,
}

/// An organization's share of an outcome.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[schema(as = OutcomeClaim)]
pub struct Claim {
    /// The organization, by name.
    pub organization: String,
    /// Percent.
    pub share: Dec,
}

impl Content {
    /// Gives every input and outcome without an identifier one that is free (`i1`, `o1`, …).
    pub fn with_ids(mut self) -> Self {
        let mut taken: Vec<String> = self
            .inputs
            .iter()
            .map(|i| i.id.clone())
            .chain(self.outcomes.iter().map(|o| o.id.clone()))
            .collect();
        for input in &mut self.inputs {
            fill(&mut input.id, 'i', &mut taken);
        }
        for outcome in &mut self.outcomes {
            fill(&mut outcome.id, 'o', &mut taken);
        }
        self
    }

    /// The name of an input or outcome.
    pub fn name_of(&self, id: &str) -> Option<&str> {
        // An input read by year is `i1@2025` in the calculation.
        let id = id.split('@').next().unwrap_or(id);
        let inputs = self.inputs.iter().map(|i| (&i.id, &i.name));
        let outcomes = self.outcomes.iter().map(|o| (&o.id, &o.name));
        inputs
            .chain(outcomes)
            .find(|(known, _)| *known == id)
            .map(|(_, name)| name.as_str())
    }
}

fn fill(id: &mut String, letter: char, taken: &mut Vec<String>) {
    if !id.is_empty() {
        return;
    }
    let mut n = 1;
    while taken.contains(&format!("{letter}{n}")) {
        n += 1;
    }
    *id = format!("{letter}{n}");
    taken.push(id.clone());
}
