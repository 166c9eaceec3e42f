//! From what a model says and what was read to numbers. Pure.

use std::collections::BTreeMap;

use backbone_finance::number::{add, div, mul, sub};
use backbone_finance::sroi::{self, Range};
use backbone_finance::{Decimal, FinanceError};

use super::content::{Content, Input, Outcome};
use super::readings::Reading;

/// The model of numbers, years counted from 0. An input read by year becomes one input a year, `i1@2025`.
///
/// # Errors
/// Overflow.
pub(super) fn resolve(
    content: &Content,
    readings: &[Reading],
) -> Result<sroi::ValueModel, FinanceError> {
    let mut inputs = Vec::new();
    for input in &content.inputs {
        inputs.extend(resolve_input(content, input, readings)?);
    }
    let outcomes = content
        .outcomes
        .iter()
        .map(|outcome| resolve_outcome(content, outcome, readings))
        .collect::<Result<_, _>>()?;
    Ok(sroi::ValueModel {
        inputs,
        outcomes,
        discount_rate: content.discount_rate.range(),
        convention: content.convention.finance(),
        horizon: content.horizon,
    })
}

/// Years before the first (refused when a model is saved) count as the first rather than vanish.
fn index(content: &Content, year: i32) -> u16 {
    u16::try_from(year.saturating_sub(content.first_year)).unwrap_or(0)
}

fn resolve_input(
    content: &Content,
    input: &Input,
    readings: &[Reading],
) -> Result<Vec<sroi::Input>, FinanceError> {
    if input.contributions.is_some() {
        let mut by_year: BTreeMap<i32, Decimal> = BTreeMap::new();
        for reading in readings.iter().filter(|r| r.subject == input.id) {
            let Some(year) = reading.year else { continue };
            let sum = by_year.entry(year).or_default();
            *sum = add(*sum, reading.value.get())?;
        }
        let yearly = by_year.into_iter().map(|(year, amount)| sroi::Input {
            id: format!("{}@{year}", input.id),
            name: input.name.clone(),
            amount: Range::exactly(amount),
            year: index(content, year),
        });
        return Ok(yearly.collect());
    }
    let amount = input.amount.iter().map(|amount| sroi::Input {
        id: input.id.clone(),
        name: input.name.clone(),
        amount: amount.range(),
        year: index(content, input.year.unwrap_or(content.first_year)),
    });
    Ok(amount.collect())
}

fn resolve_outcome(
    content: &Content,
    outcome: &Outcome,
    readings: &[Reading],
) -> Result<sroi::Outcome, FinanceError> {
    Ok(sroi::Outcome {
        id: outcome.id.clone(),
        name: outcome.name.clone(),
        quantity: quantity(outcome, readings)?,
        proxy: outcome.proxy.amount.range(),
        deadweight: outcome.deadweight.range(),
        displacement: outcome.displacement.range(),
        attribution: outcome.attribution.range(),
        drop_off: outcome.drop_off.range(),
        duration: outcome.duration.range(),
        start_year: index(content, outcome.start_year),
    })
}

/// A reading that fell below zero (things got worse) counts as no change: harm is not netted against other outcomes here but
/// told as a warning on the page.
fn quantity(outcome: &Outcome, readings: &[Reading]) -> Result<Range, FinanceError> {
    let Some(binding) = &outcome.quantity.metric else {
        let value = outcome.quantity.value.as_ref();
        return Ok(value.map_or(Range::exactly(Decimal::ZERO), |v| v.range()));
    };
    let read = readings.iter().find(|r| r.subject == outcome.id);
    let base = read
        .map_or(Decimal::ZERO, |r| r.value.get())
        .max(Decimal::ZERO);
    let part = |percent: &Option<backbone_db::Dec>| -> Result<Decimal, FinanceError> {
        let percent = percent.as_ref().map_or(Decimal::ZERO, |p| p.get());
        div(mul(base, percent)?, Decimal::ONE_HUNDRED)
    };
    Ok(Range::new(
        sub(base, part(&binding.less)?)?,
        base,
        add(base, part(&binding.more)?)?,
    ))
}
