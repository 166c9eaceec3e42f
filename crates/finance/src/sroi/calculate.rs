//! One scenario, year by year.

use super::model::ValueModel;
use super::resolve::{Resolved, ResolvedInput, ResolvedOutcome, Scenario, resolve};
use super::steps::{self, Step};
use crate::cash_flow::{Convention, Discounting, Irr, discount, growth, irr, net, payback, ratio};
use crate::number::{Result, add, fraction, mul, power, remainder, sub, sum};
use rust_decimal::Decimal;
use serde::{Deserialize, Serialize};

/// One scenario's result with everything between the assumptions and the ratio.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Calculation {
    /// Which ends of the ranges were taken.
    pub scenario: Scenario,
    /// Percent a year.
    pub discount_rate: Decimal,
    /// Which year is discounted.
    pub convention: Convention,
    /// What each input is worth today.
    pub inputs: Vec<InputValue>,
    /// What each outcome is worth, year by year.
    pub outcomes: Vec<OutcomeValue>,
    /// Sum of the outcomes' present values.
    pub benefits: Decimal,
    /// Sum of the inputs' present values.
    pub investment: Decimal,
    /// `benefits − investment`.
    pub npv: Decimal,
    /// `benefits ÷ investment`, the social return ratio; `None` when nothing was put in.
    pub ratio: Option<Decimal>,
    /// Benefits minus inputs at each point of time, undiscounted; points are a year apart, from the first input year's
    /// start (`EndOfYear`) or from year 0 itself (the other conventions).
    pub flows: Vec<Decimal>,
    /// Years until the undiscounted running total stays above zero; `None` if it never does.
    pub payback: Option<Decimal>,
    /// The same with present values.
    pub discounted_payback: Option<Decimal>,
    /// The rate at which the net present value would be zero, as a fraction.
    pub irr: Irr,
    /// "How we calculated this", line by line.
    pub steps: Vec<Step>,
}

/// What one input is worth today.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct InputValue {
    /// The input's identifier.
    pub id: String,
    /// Its name.
    pub name: String,
    /// The year it is put in.
    pub year: u16,
    /// The amount taken in this scenario.
    pub amount: Decimal,
    /// What it is divided by.
    pub growth: Decimal,
    /// `amount ÷ growth`.
    pub present_value: Decimal,
}

/// What one outcome is worth: the assumptions taken, and each year.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct OutcomeValue {
    /// The outcome's identifier.
    pub id: String,
    /// Its name.
    pub name: String,
    /// Units of change a year.
    pub quantity: Decimal,
    /// Money a unit.
    pub proxy: Decimal,
    /// Percent.
    pub deadweight: Decimal,
    /// Percent.
    pub displacement: Decimal,
    /// Percent due to others.
    pub attribution: Decimal,
    /// Percent a year.
    pub drop_off: Decimal,
    /// Years that it lasts; the horizon may leave some out.
    pub duration: u16,
    /// Each year within the horizon.
    pub years: Vec<YearValue>,
    /// Sum of the years' present values.
    pub present_value: Decimal,
}

/// One year of one outcome; see the [module](super) for the formulas.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct YearValue {
    /// The year, from 0.
    pub year: u16,
    /// Quantity × proxy.
    pub gross: Decimal,
    /// Without what would have happened anyway.
    pub after_deadweight: Decimal,
    /// Without what only moved elsewhere.
    pub after_displacement: Decimal,
    /// Without what others brought about.
    pub after_attribution: Decimal,
    /// Without what has worn off by this year.
    pub after_drop_off: Decimal,
    /// What it is divided by.
    pub growth: Decimal,
    /// What is left, in today's money.
    pub present_value: Decimal,
}

/// The scenario of a checked model. Of an uncertain discount rate it takes the end that lowers (or raises) the
/// net present value, which is tried, as it depends on when money flows.
pub(super) fn scenario(model: &ValueModel, scenario: Scenario) -> Result<Calculation> {
    let at = |rate| calculate(&resolve(model, scenario, rate), scenario);
    let rate = model.discount_rate;
    let mut chosen = match scenario {
        Scenario::Base => at(rate.base)?,
        _ => {
            let (a, b) = (at(rate.smallest())?, at(rate.largest())?);
            let first_is_lower = (a.ratio, a.npv) <= (b.ratio, b.npv);
            if first_is_lower == (scenario == Scenario::Low) {
                a
            } else {
                b
            }
        }
    };
    chosen.steps = steps::of(&chosen);
    Ok(chosen)
}

/// All but the steps.
pub(super) fn calculate(model: &Resolved, scenario: Scenario) -> Result<Calculation> {
    let rate = fraction(model.discount_rate)?;
    let inputs: Vec<InputValue> = model
        .inputs
        .iter()
        .map(|input| value_input(input, rate, model.convention))
        .collect::<Result<_>>()?;
    let outcomes: Vec<OutcomeValue> = model
        .outcomes
        .iter()
        .map(|outcome| value_outcome(outcome, rate, model))
        .collect::<Result<_>>()?;
    let benefits = sum(outcomes.iter().map(|outcome| outcome.present_value))?;
    let investment = sum(inputs.iter().map(|input| input.present_value))?;
    let flows = flows(&inputs, &outcomes, model)?;
    // On this timeline the first point is today under every convention but MidYear.
    let convention = match model.convention {
        Convention::MidYear => Convention::MidYear,
        _ => Convention::FirstYearUndiscounted,
    };
    Ok(Calculation {
        scenario,
        discount_rate: model.discount_rate,
        convention: model.convention,
        benefits,
        investment,
        npv: sub(benefits, investment)?,
        ratio: ratio(benefits, investment)?,
        payback: payback(&flows, None)?,
        discounted_payback: payback(&flows, Some(Discounting { rate, convention }))?,
        irr: irr(&flows)?,
        flows,
        inputs,
        outcomes,
        steps: Vec::new(),
    })
}

fn value_input(input: &ResolvedInput, rate: Decimal, convention: Convention) -> Result<InputValue> {
    // Under EndOfYear inputs are paid at the start of their year.
    let timing = match convention {
        Convention::MidYear => Convention::MidYear,
        _ => Convention::FirstYearUndiscounted,
    };
    let growth = growth(rate, input.year.into(), timing)?;
    Ok(InputValue {
        id: input.id.clone(),
        name: input.name.clone(),
        year: input.year,
        amount: input.amount,
        growth,
        present_value: discount(input.amount, growth)?,
    })
}

fn value_outcome(
    outcome: &ResolvedOutcome,
    rate: Decimal,
    model: &Resolved,
) -> Result<OutcomeValue> {
    let end = outcome
        .start_year
        .saturating_add(outcome.duration)
        .min(model.horizon);
    let years: Vec<YearValue> = (outcome.start_year..end)
        .map(|year| value_year(outcome, year, growth(rate, year.into(), model.convention)?))
        .collect::<Result<_>>()?;
    Ok(OutcomeValue {
        id: outcome.id.clone(),
        name: outcome.name.clone(),
        quantity: outcome.quantity,
        proxy: outcome.proxy,
        deadweight: outcome.deadweight,
        displacement: outcome.displacement,
        attribution: outcome.attribution,
        drop_off: outcome.drop_off,
        duration: outcome.duration,
        present_value: sum(years.iter().map(|year| year.present_value))?,
        years,
    })
}

fn value_year(outcome: &ResolvedOutcome, year: u16, growth: Decimal) -> Result<YearValue> {
    let gross = mul(outcome.quantity, outcome.proxy)?;
    let after_deadweight = mul(gross, remainder(outcome.deadweight)?)?;
    let after_displacement = mul(after_deadweight, remainder(outcome.displacement)?)?;
    let after_attribution = mul(after_displacement, remainder(outcome.attribution)?)?;
    let kept = power(
        remainder(outcome.drop_off)?,
        u32::from(year - outcome.start_year),
    )?;
    let after_drop_off = mul(after_attribution, kept)?;
    Ok(YearValue {
        year,
        gross,
        after_deadweight,
        after_displacement,
        after_attribution,
        after_drop_off,
        growth,
        present_value: discount(after_drop_off, growth)?,
    })
}

fn flows(
    inputs: &[InputValue],
    outcomes: &[OutcomeValue],
    model: &Resolved,
) -> Result<Vec<Decimal>> {
    let late = usize::from(model.convention == Convention::EndOfYear);
    let points = usize::from(model.horizon) + late;
    let mut costs = vec![Decimal::ZERO; points];
    let mut benefits = vec![Decimal::ZERO; points];
    for input in inputs {
        let point = &mut costs[usize::from(input.year)];
        *point = add(*point, input.amount)?;
    }
    for year in outcomes.iter().flat_map(|outcome| &outcome.years) {
        let point = &mut benefits[usize::from(year.year) + late];
        *point = add(*point, year.after_drop_off)?;
    }
    net(&benefits, &costs)
}
