//! Cash flows by period: what they are worth today, when they pay back, at which rate they break even.
//!
//! A flow list holds one net amount a period, the first entry being period 0. Rates are **fractions** a period
//! (0.035 for 3.5 %).

mod irr;
mod polynomial;

pub use irr::{Irr, NoRate, RATE_DECIMALS, irr};

use crate::number::{FinanceError, Result, add, div, mul, power, square_root, sub, sum};
use rust_decimal::Decimal;
use serde::{Deserialize, Serialize};

/// The longest flow list that is calculated: a century by months.
pub const MAX_PERIODS: usize = 1200;

/// When within a period its amount counts as paid; that decides the power of (1 + rate) it is divided by.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Convention {
    /// Period *t* is divided by (1 + r)ᵗ, so the first period counts in full. HM Treasury's Green Book (2022,
    /// annex 6) takes year 0 undiscounted; spreadsheets' "NPV plus the first flow" and numpy-financial do the same.
    #[default]
    FirstYearUndiscounted,
    /// Period *t* is divided by (1 + r)ᵗ⁺¹, so the first year of benefit is discounted once. The SROI Network's
    /// (now Social Value UK) "A guide to Social Return on Investment" (2012), stage 5.2, divides the impact of
    /// year 1 by (1 + r), of year 2 by (1 + r)², and so on.
    EndOfYear,
    /// Period *t* is divided by (1 + r)ᵗ⁺½: amounts arrive evenly through the year, on average in its middle
    /// (an option of US OMB Circular A-94 (1992)).
    MidYear,
}

/// A rate and the convention it is applied by.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct Discounting {
    /// Fraction a period; above −1.
    pub rate: Decimal,
    /// Which period is discounted how often.
    pub convention: Convention,
}

/// One line of the table behind a net present value.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct PresentValue {
    /// The period, from 0.
    pub period: usize,
    /// The amount as it occurs.
    pub amount: Decimal,
    /// What the amount is divided by: (1 + rate) to the power that the convention gives.
    pub growth: Decimal,
    /// `amount ÷ growth`.
    pub value: Decimal,
}

/// (1 + `rate`) to the power that `convention` gives `period`.
///
/// # Errors
/// A rate of −1 or below; overflow.
pub fn growth(rate: Decimal, period: usize, convention: Convention) -> Result<Decimal> {
    if rate <= Decimal::NEGATIVE_ONE {
        return Err(FinanceError::RateOutOfRange { rate });
    }
    let too_many = FinanceError::TooManyPeriods {
        periods: period,
        limit: MAX_PERIODS,
    };
    let whole = u32::try_from(period).map_err(|_| too_many)?;
    let base = add(Decimal::ONE, rate)?;
    match convention {
        Convention::FirstYearUndiscounted => power(base, whole),
        Convention::EndOfYear => mul(power(base, whole)?, base),
        Convention::MidYear => mul(power(base, whole)?, square_root(base)?),
    }
}

/// The present value of each period's amount, line by line.
///
/// # Errors
/// A rate of −1 or below; more than [`MAX_PERIODS`] flows; overflow.
pub fn present_values(
    rate: Decimal,
    flows: &[Decimal],
    convention: Convention,
) -> Result<Vec<PresentValue>> {
    check_length(flows)?;
    let line = |(period, &amount)| {
        let growth = growth(rate, period, convention)?;
        let value = discount(amount, growth)?;
        Ok(PresentValue {
            period,
            amount,
            growth,
            value,
        })
    };
    flows.iter().enumerate().map(line).collect()
}

/// Net present value: the sum of [`present_values`]. An empty list is worth 0.
///
/// # Errors
/// As [`present_values`].
pub fn npv(rate: Decimal, flows: &[Decimal], convention: Convention) -> Result<Decimal> {
    sum(present_values(rate, flows, convention)?
        .into_iter()
        .map(|line| line.value))
}

/// Present value of the benefits ÷ present value of the costs; `None` when the costs are worth 0. Costs are given
/// as positive amounts.
///
/// # Errors
/// As [`present_values`].
pub fn benefit_cost_ratio(
    rate: Decimal,
    benefits: &[Decimal],
    costs: &[Decimal],
    convention: Convention,
) -> Result<Option<Decimal>> {
    ratio(
        npv(rate, benefits, convention)?,
        npv(rate, costs, convention)?,
    )
}

/// `benefits ÷ costs`, `None` when the costs are 0.
pub(crate) fn ratio(benefits: Decimal, costs: Decimal) -> Result<Option<Decimal>> {
    if costs.is_zero() {
        return Ok(None);
    }
    div(benefits, costs).map(Some)
}

/// The time, in periods since period 0, from which the running total of `flows` is no longer negative, and stays so.
///
/// Within the period in which it turns, the total is taken to grow evenly from the previous period's total to this
/// one's (linear interpolation): totals of −0.9 after period 25 and +1.6 after period 26 pay back after
/// 25 + 0.9 ÷ 2.5 = 25.36 periods. Flows that never run negative pay back at 0; `None` if they end negative.
/// With `discounting`, present values are summed in place of amounts.
///
/// # Errors
/// As [`present_values`].
pub fn payback(flows: &[Decimal], discounting: Option<Discounting>) -> Result<Option<Decimal>> {
    check_length(flows)?;
    let amounts = match discounting {
        None => flows.to_vec(),
        Some(Discounting { rate, convention }) => present_values(rate, flows, convention)?
            .into_iter()
            .map(|line| line.value)
            .collect(),
    };
    let mut total = Decimal::ZERO;
    let mut turned = Some(Decimal::ZERO);
    for (period, &amount) in amounts.iter().enumerate() {
        let before = total;
        total = add(total, amount)?;
        if total < Decimal::ZERO {
            turned = None;
        } else if turned.is_none() {
            // `before` was negative and `total` is not, so `amount` is above zero.
            let within = div(-before, amount)?;
            turned = Some(add(Decimal::from(period - 1), within)?);
        }
    }
    Ok(turned)
}

/// Running totals of `flows`, for a table or a chart.
///
/// # Errors
/// Overflow.
pub fn running_totals(flows: &[Decimal]) -> Result<Vec<Decimal>> {
    let mut total = Decimal::ZERO;
    let mut step = |&amount| {
        total = add(total, amount)?;
        Ok(total)
    };
    flows.iter().map(&mut step).collect()
}

/// Benefits minus costs, period by period; the shorter list counts as 0 beyond its end.
///
/// # Errors
/// Overflow.
pub fn net(benefits: &[Decimal], costs: &[Decimal]) -> Result<Vec<Decimal>> {
    let at = |list: &[Decimal], i: usize| list.get(i).copied().unwrap_or_default();
    (0..benefits.len().max(costs.len()))
        .map(|i| sub(at(benefits, i), at(costs, i)))
        .collect()
}

/// An amount divided by a growth so small that it rounded to zero has no value that a decimal can hold.
pub(crate) fn discount(amount: Decimal, growth: Decimal) -> Result<Decimal> {
    if amount.is_zero() {
        return Ok(Decimal::ZERO);
    }
    div(amount, growth)
}

fn check_length(flows: &[Decimal]) -> Result<()> {
    if flows.len() > MAX_PERIODS {
        return Err(FinanceError::TooManyPeriods {
            periods: flows.len(),
            limit: MAX_PERIODS,
        });
    }
    Ok(())
}
