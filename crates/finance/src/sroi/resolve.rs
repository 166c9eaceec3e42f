//! From ranges to numbers: which end of each range a scenario takes.

use super::model::{Outcome, Range, ValueModel};
use crate::cash_flow::Convention;
use rust_decimal::Decimal;
use serde::{Deserialize, Serialize};

/// Which end of every range is taken.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Scenario {
    /// The end that lowers the social return ratio.
    Low,
    /// The best estimate.
    Base,
    /// The end that raises the ratio.
    High,
}

/// A model with one number for every assumption.
#[derive(Debug, Clone)]
pub(super) struct Resolved {
    pub inputs: Vec<ResolvedInput>,
    pub outcomes: Vec<ResolvedOutcome>,
    /// Percent a year.
    pub discount_rate: Decimal,
    pub convention: Convention,
    pub horizon: u16,
}

#[derive(Debug, Clone)]
pub(super) struct ResolvedInput {
    pub id: String,
    pub name: String,
    pub amount: Decimal,
    pub year: u16,
}

#[derive(Debug, Clone)]
pub(super) struct ResolvedOutcome {
    pub id: String,
    pub name: String,
    pub quantity: Decimal,
    pub proxy: Decimal,
    pub deadweight: Decimal,
    pub displacement: Decimal,
    pub attribution: Decimal,
    pub drop_off: Decimal,
    pub duration: u16,
    pub start_year: u16,
}

impl Scenario {
    /// For an assumption that raises the ratio when it grows.
    pub(super) fn of_gain<T: Copy + Ord>(self, range: Range<T>) -> T {
        match self {
            Scenario::Low => range.smallest(),
            Scenario::Base => range.base,
            Scenario::High => range.largest(),
        }
    }

    /// For an assumption that lowers the ratio when it grows.
    pub(super) fn of_loss<T: Copy + Ord>(self, range: Range<T>) -> T {
        match self {
            Scenario::Low => range.largest(),
            Scenario::Base => range.base,
            Scenario::High => range.smallest(),
        }
    }
}

/// All assumptions but the discount rate as `scenario` takes them, at `discount_rate` (whose effect on the
/// ratio depends on when money flows, so the caller chooses its end by trying).
pub(super) fn resolve(model: &ValueModel, scenario: Scenario, discount_rate: Decimal) -> Resolved {
    let input = |input: &super::model::Input| ResolvedInput {
        id: input.id.clone(),
        name: input.name.clone(),
        amount: scenario.of_loss(input.amount),
        year: input.year,
    };
    Resolved {
        inputs: model.inputs.iter().map(input).collect(),
        outcomes: model
            .outcomes
            .iter()
            .map(|outcome| resolve_outcome(outcome, scenario))
            .collect(),
        discount_rate,
        convention: model.convention,
        horizon: model.horizon,
    }
}

fn resolve_outcome(outcome: &Outcome, scenario: Scenario) -> ResolvedOutcome {
    ResolvedOutcome {
        id: outcome.id.clone(),
        name: outcome.name.clone(),
        quantity: scenario.of_gain(outcome.quantity),
        proxy: scenario.of_gain(outcome.proxy),
        deadweight: scenario.of_loss(outcome.deadweight),
        displacement: scenario.of_loss(outcome.displacement),
        attribution: scenario.of_loss(outcome.attribution),
        drop_off: scenario.of_loss(outcome.drop_off),
        duration: scenario.of_gain(outcome.duration),
        start_year: outcome.start_year,
    }
}
