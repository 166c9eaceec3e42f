//! "How we calculated this": every number of a calculation as a line with its formula.

use super::calculate::{Calculation, InputValue, OutcomeValue, YearValue};
use crate::cash_flow::Irr;
use rust_decimal::Decimal;
use serde::{Deserialize, Serialize};

/// What kind of number it is, so that a page can format it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Unit {
    /// An amount in the model's currency.
    Money,
    /// Units of change.
    Quantity,
    /// Percent, 0–100.
    Percent,
    /// A plain number, such as a discount factor or a ratio.
    Number,
    /// Years.
    Years,
}

/// A part of a formula: a number to be formatted for its reader, or a sign that needs no translation.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Piece {
    /// A number and what kind it is.
    Number(Decimal, Unit),
    /// A sign of mathematics, spaces included.
    Sign(String),
}

/// One line of a calculation.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Step {
    /// Unique within the calculation and stable between runs: `outcome.jobs.year.2.gross`.
    pub id: String,
    /// Key of what the number is called, in a message catalogue: `step-gross`.
    pub label_key: String,
    /// The input or outcome it is about; `None` for totals.
    pub subject: Option<String>,
    /// The year it is about, from 0.
    pub year: Option<u16>,
    /// The formula with its numbers, written with a decimal point: `120 × 350`.
    pub formula: String,
    /// The same in parts, for a page that formats numbers its own way.
    pub pieces: Vec<Piece>,
    /// The result, not rounded; `None` when there is none (no payback, no single rate of return).
    pub value: Option<Decimal>,
    /// The kind of number that `value` is.
    pub unit: Unit,
}

impl Step {
    /// The formula with numbers written by `format`.
    pub fn formula_with(&self, format: impl Fn(Decimal, Unit) -> String) -> String {
        write(&self.pieces, format)
    }
}

use Unit::{Money, Number, Percent, Quantity, Years};

pub(super) fn of(calculation: &Calculation) -> Vec<Step> {
    let mut steps: Vec<Step> = Vec::new();
    for outcome in &calculation.outcomes {
        for year in &outcome.years {
            steps.extend(year_steps(outcome, year));
        }
        let values = outcome.years.iter().map(|year| year.present_value);
        let id = format!("outcome.{}.present_value", outcome.id);
        let total = step(
            id,
            "step-outcome-present-value",
            added(values),
            Some(outcome.present_value),
            Money,
        );
        steps.push(about(total, &outcome.id, None));
    }
    steps.extend(calculation.inputs.iter().map(input_step));
    steps.extend(totals(calculation));
    steps
}

fn year_steps(outcome: &OutcomeValue, year: &YearValue) -> Vec<Step> {
    let less = |from: Decimal, percent: Decimal| {
        vec![
            number(from, Money),
            sign(" × (1 − "),
            number(percent, Percent),
            sign(")"),
        ]
    };
    // The outcome's first year within the model is its first year of all.
    let worn = outcome
        .years
        .first()
        .map_or(0, |first| year.year - first.year);
    let mut drop_off = less(year.after_attribution, outcome.drop_off);
    drop_off.extend([sign("^"), number(worn.into(), Number)]);
    let gross = vec![
        number(outcome.quantity, Quantity),
        sign(" × "),
        number(outcome.proxy, Money),
    ];
    let today = vec![
        number(year.after_drop_off, Money),
        sign(" ÷ "),
        number(year.growth, Number),
    ];
    let lines = [
        ("gross", "step-gross", gross, year.gross),
        (
            "after_deadweight",
            "step-after-deadweight",
            less(year.gross, outcome.deadweight),
            year.after_deadweight,
        ),
        (
            "after_displacement",
            "step-after-displacement",
            less(year.after_deadweight, outcome.displacement),
            year.after_displacement,
        ),
        (
            "after_attribution",
            "step-after-attribution",
            less(year.after_displacement, outcome.attribution),
            year.after_attribution,
        ),
        (
            "after_drop_off",
            "step-after-drop-off",
            drop_off,
            year.after_drop_off,
        ),
        (
            "present_value",
            "step-present-value",
            today,
            year.present_value,
        ),
    ];
    let line = |(name, key, pieces, value)| {
        let id = format!("outcome.{}.year.{}.{name}", outcome.id, year.year);
        about(
            step(id, key, pieces, Some(value), Money),
            &outcome.id,
            Some(year.year),
        )
    };
    lines.into_iter().map(line).collect()
}

fn input_step(input: &InputValue) -> Step {
    let pieces = vec![
        number(input.amount, Money),
        sign(" ÷ "),
        number(input.growth, Number),
    ];
    let id = format!("input.{}.present_value", input.id);
    let line = step(
        id,
        "step-input-present-value",
        pieces,
        Some(input.present_value),
        Money,
    );
    about(line, &input.id, Some(input.year))
}

fn totals(c: &Calculation) -> Vec<Step> {
    let line = |id: &str, key, pieces, value, unit| step(id.to_owned(), key, pieces, value, unit);
    let benefits = added(c.outcomes.iter().map(|outcome| outcome.present_value));
    let investment = added(c.inputs.iter().map(|input| input.present_value));
    let between = |symbol| {
        vec![
            number(c.benefits, Money),
            sign(symbol),
            number(c.investment, Money),
        ]
    };
    vec![
        line(
            "total.benefits",
            "step-total-benefits",
            benefits,
            Some(c.benefits),
            Money,
        ),
        line(
            "total.investment",
            "step-total-investment",
            investment,
            Some(c.investment),
            Money,
        ),
        line("total.npv", "step-npv", between(" − "), Some(c.npv), Money),
        line("total.ratio", "step-ratio", between(" ÷ "), c.ratio, Number),
        line(
            "total.payback",
            "step-payback",
            added(c.flows.iter().copied()),
            c.payback,
            Years,
        ),
        line(
            "total.discounted_payback",
            "step-discounted-payback",
            Vec::new(),
            c.discounted_payback,
            Years,
        ),
        line(
            "total.irr",
            "step-irr",
            rate_pieces(c),
            irr_percent(&c.irr),
            Percent,
        ),
    ]
}

/// flow₀ + flow₁ ÷ (1 + r) + … = 0, with the flows' numbers.
fn rate_pieces(c: &Calculation) -> Vec<Piece> {
    let mut pieces = Vec::new();
    for (point, flow) in c
        .flows
        .iter()
        .enumerate()
        .filter(|(_, flow)| !flow.is_zero())
    {
        if !pieces.is_empty() {
            pieces.push(sign(" + "));
        }
        pieces.push(number(*flow, Money));
        if point > 0 {
            pieces.extend([sign(" ÷ (1 + r)^"), number(point.into(), Number)]);
        }
    }
    if !pieces.is_empty() {
        pieces.push(sign(" = "));
        pieces.push(number(Decimal::ZERO, Number));
    }
    pieces
}

/// Only a single rate is a return that can be stated.
fn irr_percent(irr: &Irr) -> Option<Decimal> {
    match irr {
        Irr::Rate { rate } => rate.checked_mul(Decimal::ONE_HUNDRED),
        _ => None,
    }
}

fn added(values: impl Iterator<Item = Decimal>) -> Vec<Piece> {
    let mut pieces = Vec::new();
    for value in values {
        if !pieces.is_empty() {
            pieces.push(sign(" + "));
        }
        pieces.push(number(value, Money));
    }
    pieces
}

fn step(id: String, key: &str, pieces: Vec<Piece>, value: Option<Decimal>, unit: Unit) -> Step {
    Step {
        id,
        label_key: key.to_owned(),
        subject: None,
        year: None,
        formula: write(&pieces, plain),
        pieces,
        value,
        unit,
    }
}

fn about(step: Step, subject: &str, year: Option<u16>) -> Step {
    Step {
        subject: Some(subject.to_owned()),
        year,
        ..step
    }
}

fn number(value: Decimal, unit: Unit) -> Piece {
    Piece::Number(value, unit)
}

fn sign(text: &str) -> Piece {
    Piece::Sign(text.to_owned())
}

fn write(pieces: &[Piece], format: impl Fn(Decimal, Unit) -> String) -> String {
    let part = |piece: &Piece| match piece {
        Piece::Number(value, unit) => format(*value, *unit),
        Piece::Sign(text) => text.clone(),
    };
    pieces.iter().map(part).collect()
}

/// At most six decimals, as many as are needed; percent with its sign.
fn plain(value: Decimal, unit: Unit) -> String {
    let text = value.round_dp(6).normalize().to_string();
    if unit == Percent {
        format!("{text} %")
    } else {
        text
    }
}
