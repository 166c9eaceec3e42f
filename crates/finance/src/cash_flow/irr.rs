//! Internal rate of return: every rate at which a flow list is worth nothing.

use super::{check_length, polynomial};
use crate::number::Result;
use rust_decimal::Decimal;
use rust_decimal::prelude::{FromPrimitive, ToPrimitive};
use serde::{Deserialize, Serialize};

/// Decimals that a rate is rounded to, half to even: 0.0205666601 is 2.05666601 %.
pub const RATE_DECIMALS: u32 = 10;

/// Present value is a polynomial in 1 ÷ (1 + rate). Its roots are sought where that lies within
/// (10⁻⁶, 10⁶): rates from −99.9999 % to 99,999,900 %.
const NARROWEST: f64 = 1e-6;

/// The internal rate, or rates, of return as fractions a period.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "kind", rename_all = "snake_case")]
pub enum Irr {
    /// Exactly one rate makes the flows worth nothing.
    Rate {
        /// Fraction a period.
        rate: Decimal,
    },
    /// There is no such rate.
    None {
        /// Why not.
        reason: NoRate,
    },
    /// Several rates do, because the flows change sign more than once: no single one of them is *the* return.
    Multiple {
        /// Ascending fractions a period.
        rates: Vec<Decimal>,
    },
}

/// Why flows have no internal rate of return.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum NoRate {
    /// No flow differs from zero: they are worth nothing at any rate.
    AllZero,
    /// Nothing is ever paid in, or nothing is ever paid out.
    NoSignChange,
    /// The sign changes, but present value is above (or below) zero at every rate searched.
    NeverZero,
}

impl Irr {
    /// The rate to show when one number is wanted: the only one, or of several the one closest to zero (of two
    /// equally close, the lower). Say so beside it when there are several.
    pub fn principal(&self) -> Option<Decimal> {
        match self {
            Irr::Rate { rate } => Some(*rate),
            Irr::None { .. } => None,
            Irr::Multiple { rates } => rates.iter().copied().min_by_key(|rate| rate.abs()),
        }
    }
}

/// Every rate, from −99.9999 % to 99,999,900 % a period, at which the net present value of `flows` is zero.
///
/// The search is complete within that interval and always gives the same answer: the polynomial's turning points
/// are found first (recursively, as the roots of its derivative), and between two of them there is at most one
/// root, which is bisected. The convention does not matter, as it only multiplies all present values alike.
///
/// # Errors
/// More than [`super::MAX_PERIODS`] flows.
pub fn irr(flows: &[Decimal]) -> Result<Irr> {
    check_length(flows)?;
    let amounts: Vec<f64> = flows
        .iter()
        .map(|flow| flow.to_f64().unwrap_or_default())
        .collect();
    let Some(amounts) = polynomial::normalized(&amounts) else {
        return Ok(Irr::None {
            reason: NoRate::AllZero,
        });
    };
    if polynomial::sign_changes(&amounts) == 0 {
        return Ok(Irr::None {
            reason: NoRate::NoSignChange,
        });
    }
    let mut rates: Vec<Decimal> = candidates(&amounts)
        .into_iter()
        .filter_map(|rate| Decimal::from_f64(rate).map(|rate| rate.round_dp(RATE_DECIMALS)))
        .collect();
    rates.sort();
    rates.dedup();
    Ok(match rates.as_slice() {
        [] => Irr::None {
            reason: NoRate::NeverZero,
        },
        [rate] => Irr::Rate { rate: *rate },
        _ => Irr::Multiple { rates },
    })
}

/// Rates from zero up are roots in x = 1 ÷ (1 + r) within (0, 1]; negative ones are roots in g = 1 + r within
/// (0, 1), of the same flows in reverse. So powers never leave the unit interval, and never overflow.
fn candidates(amounts: &[f64]) -> Vec<f64> {
    let reversed: Vec<f64> = amounts.iter().rev().copied().collect();
    let upper = polynomial::roots(amounts, NARROWEST, 1.0)
        .into_iter()
        .map(|x| 1.0 / x - 1.0);
    let lower = polynomial::roots(&reversed, NARROWEST, 1.0)
        .into_iter()
        .map(|growth| growth - 1.0);
    upper.chain(lower).collect()
}
