//! What a model reads from where it was measured or given.

use backbone_db::{Conn, Dec};
use backbone_events::Object;
use rust_decimal::Decimal;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use super::content::{Content, ContributionBinding, MetricBinding};
use super::error::Error;

/// The value of contributions in one calendar year.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct YearAmount {
    /// The year.
    pub year: i32,
    /// Minor units of the partnership's currency.
    pub minor: i64,
}

/// What was given, as one total that the trace knows.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ContributionPart {
    /// The total: kind `contribution_total`.
    pub object: Object,
    /// Changes whenever a contribution in it does.
    pub token: String,
    /// Its value by year.
    pub years: Vec<YearAmount>,
}

/// A metric's value as a quantity.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct MetricValue {
    /// The metric's name.
    pub name: String,
    /// The value, or the improvement on the baseline.
    pub value: Dec,
    /// The period it is of, as in `metric_period` objects.
    pub period: String,
    /// Changes whenever the value is corrected.
    pub token: String,
}

/// Where readings come from: the domains, or a test.
pub trait Readings: Send + Sync {
    /// The contributions of a binding, one part for each organization it names (or one for all).
    ///
    /// # Errors
    /// Those of the database.
    fn contributions(
        &self,
        conn: &mut Conn,
        partnership_id: &str,
        binding: &ContributionBinding,
    ) -> Result<Vec<ContributionPart>, Error>;

    /// A metric's value; none when it was not measured (for that period).
    ///
    /// # Errors
    /// Those of the database.
    fn metric(
        &self,
        conn: &mut Conn,
        partnership_id: &str,
        binding: &MetricBinding,
    ) -> Result<Option<MetricValue>, Error>;
}

/// One thing that was read for a calculation.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[schema(as = ValueModelReading)]
pub struct Reading {
    /// The input or outcome it was read for.
    pub subject: String,
    /// What was read, for the trace.
    pub object: Object,
    /// What it is called.
    pub label: String,
    /// The year, for contributions.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub year: Option<i32>,
    /// The value: major units of money, or units of change.
    pub value: Dec,
    /// Changes whenever what was read does.
    pub token: String,
}

/// Something that could not be read, so that nothing can be calculated yet.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[schema(as = ValueModelGap)]
pub struct Gap {
    /// The input or outcome.
    pub subject: String,
    /// Its name.
    pub name: String,
}

/// Reads all that a model is bound to.
pub(super) fn gather(
    conn: &mut Conn,
    readings: &dyn Readings,
    partnership_id: &str,
    content: &Content,
) -> Result<(Vec<Reading>, Vec<Gap>), Error> {
    let (mut found, mut gaps) = (Vec::new(), Vec::new());
    for input in &content.inputs {
        let Some(binding) = &input.contributions else {
            continue;
        };
        for part in readings.contributions(conn, partnership_id, binding)? {
            found.extend(part.years.iter().map(|amount| Reading {
                subject: input.id.clone(),
                object: part.object.clone(),
                label: input.name.clone(),
                year: Some(amount.year),
                value: Dec::new(Decimal::new(amount.minor, content.currency.exponent())),
                token: part.token.clone(),
            }));
        }
    }
    for outcome in &content.outcomes {
        let Some(binding) = &outcome.quantity.metric else {
            continue;
        };
        match readings.metric(conn, partnership_id, binding)? {
            Some(metric) => found.push(Reading {
                subject: outcome.id.clone(),
                object: Object::new(
                    "metric_period",
                    format!("{}@{}", binding.metric, metric.period),
                ),
                label: format!("{}, {}", metric.name, metric.period),
                year: None,
                value: metric.value,
                token: metric.token,
            }),
            None => gaps.push(Gap {
                subject: outcome.id.clone(),
                name: outcome.name.clone(),
            }),
        }
    }
    Ok((found, gaps))
}
