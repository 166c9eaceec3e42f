//! What an hour of a role of work is worth. A new rate is a new row; contributions keep the rate that they used.

pub mod api;
pub(crate) mod pages;
pub mod set;
pub(crate) mod store;

use backbone_db::{Dec, Instant, Money, id};
use chrono::NaiveDate;
use jiff::civil::Date;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

id!(
    /// Identifies one rate: a role of work from a day on.
    RateId
);

/// The worth of an hour of a role of work, from a day on.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, ToSchema)]
pub struct Rate {
    /// Its identifier.
    pub id: RateId,
    /// The role of work.
    pub work_role: String,
    /// Worth of one hour.
    pub hourly: Money,
    /// From when on it holds, until a later one of the same role.
    #[schema(value_type = String, format = Date)]
    pub valid_from: NaiveDate,
    /// Where the figure comes from.
    pub source: String,
    /// Who set it.
    pub created_by: String,
    /// When it was set.
    pub created_at: Instant,
}

/// A rate to set.
#[derive(Clone, Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct NewRate {
    /// The role of work.
    #[schema(examples("Volunteer"))]
    pub work_role: String,
    /// Worth of one hour in the partnership's currency, in major units.
    #[schema(examples("24"))]
    pub hourly: Dec,
    /// From when on.
    #[schema(value_type = String, format = Date)]
    pub valid_from: NaiveDate,
    /// Where the figure comes from: a decision, a wage table, a publication.
    pub source: String,
}

/// The rate of a role that holds on a day.
pub fn rate_on<'a>(rates: &'a [Rate], role: &str, day: Date) -> Option<&'a Rate> {
    let day = crate::days::chrono(day);
    rates
        .iter()
        .filter(|r| r.work_role.eq_ignore_ascii_case(role) && r.valid_from <= day)
        .max_by_key(|r| (r.valid_from, &r.id))
}

/// The role that is meant when none is named: the one that was set up first.
pub fn usual_role(rates: &[Rate]) -> Option<&str> {
    rates
        .iter()
        .min_by_key(|r| &r.id)
        .map(|r| r.work_role.as_str())
}

/// The roles of work, each once, the usual one first.
pub fn roles(rates: &[Rate]) -> Vec<&str> {
    let mut by_age: Vec<&Rate> = rates.iter().collect();
    by_age.sort_by_key(|r| &r.id);
    let mut roles: Vec<&str> = Vec::new();
    for rate in by_age {
        if !roles.contains(&rate.work_role.as_str()) {
            roles.push(&rate.work_role);
        }
    }
    roles
}
