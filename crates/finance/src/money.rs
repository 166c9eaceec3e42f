//! Money in a currency's smallest unit: what is split adds up again, to the last cent.

use rust_decimal::prelude::ToPrimitive;
use rust_decimal::{Decimal, RoundingStrategy};
use serde::{Deserialize, Serialize};
use std::fmt;

/// A currency's ISO 4217 code: three capital letters.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct CurrencyCode([u8; 3]);

/// How many decimals each currency's smallest unit has. Handed in, so that a partnership can have its own.
#[derive(Debug, Clone, Copy)]
pub struct Exponents<'a> {
    /// Currencies that differ from `otherwise`.
    pub exceptions: &'a [(&'a str, u32)],
    /// The exponent of all others.
    pub otherwise: u32,
}

/// ISO 4217 (list one, 2024): the currencies whose exponent is not 2.
pub const ISO_4217: Exponents<'static> = Exponents {
    exceptions: &[
        ("BIF", 0),
        ("CLP", 0),
        ("DJF", 0),
        ("GNF", 0),
        ("ISK", 0),
        ("JPY", 0),
        ("KMF", 0),
        ("KRW", 0),
        ("PYG", 0),
        ("RWF", 0),
        ("UGX", 0),
        ("UYI", 0),
        ("VND", 0),
        ("VUV", 0),
        ("XAF", 0),
        ("XOF", 0),
        ("XPF", 0),
        ("BHD", 3),
        ("IQD", 3),
        ("JOD", 3),
        ("KWD", 3),
        ("LYD", 3),
        ("OMR", 3),
        ("TND", 3),
        ("CLF", 4),
        ("UYW", 4),
    ],
    otherwise: 2,
};

/// An amount in a currency's smallest unit (cents for EUR).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct Money {
    /// Smallest units; negative when owed.
    pub minor: i64,
    /// The currency.
    pub currency: CurrencyCode,
}

/// Why an amount cannot be had.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum MoneyError {
    /// Not three letters A–Z.
    #[error("{0:?} is not a currency code; give three letters, such as EUR")]
    NotACurrency(String),
    /// Two currencies in one sum.
    #[error("{left} and {right} cannot be added; convert one of them first")]
    CurrencyMismatch {
        /// The first amount's currency.
        left: CurrencyCode,
        /// The second one's.
        right: CurrencyCode,
    },
    /// Beyond what 64 bits of smallest units hold.
    #[error("the amount is too large to be kept in the smallest unit of its currency")]
    Overflow,
    /// More decimals than the currency has.
    #[error("{amount} has more decimals than {currency} has ({exponent}); round it first")]
    TooFine {
        /// The amount given.
        amount: Decimal,
        /// Its currency.
        currency: CurrencyCode,
        /// The decimals that the currency has.
        exponent: u32,
    },
    /// Nothing to split among, or by.
    #[error("an amount is split by weights of zero or more, of which one at least is above zero")]
    NoWeights,
}

impl CurrencyCode {
    /// Reads a code; lower case is accepted.
    ///
    /// # Errors
    /// Anything but three letters A–Z.
    pub fn new(code: &str) -> Result<Self, MoneyError> {
        match code.as_bytes() {
            [a, b, c] if code.bytes().all(|letter| letter.is_ascii_alphabetic()) => {
                Ok(Self([*a, *b, *c].map(|letter| letter.to_ascii_uppercase())))
            }
            _ => Err(MoneyError::NotACurrency(code.to_owned())),
        }
    }
}

impl TryFrom<String> for CurrencyCode {
    type Error = MoneyError;
    fn try_from(code: String) -> Result<Self, MoneyError> {
        Self::new(&code)
    }
}

impl From<CurrencyCode> for String {
    fn from(code: CurrencyCode) -> Self {
        code.to_string()
    }
}

impl fmt::Display for CurrencyCode {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0
            .iter()
            .try_for_each(|letter| write!(f, "{}", char::from(*letter)))
    }
}

impl Exponents<'_> {
    /// Decimals of `currency`'s smallest unit.
    pub fn of(&self, currency: CurrencyCode) -> u32 {
        let code = currency.to_string();
        let listed = self.exceptions.iter().find(|(name, _)| *name == code);
        listed.map_or(self.otherwise, |(_, exponent)| *exponent)
    }
}

impl Money {
    /// `amount` in whole units (12.34), which must be exact in the currency's smallest unit.
    ///
    /// # Errors
    /// More decimals than the currency has; too large.
    pub fn exact(
        amount: Decimal,
        currency: CurrencyCode,
        exponents: Exponents<'_>,
    ) -> Result<Self, MoneyError> {
        let money = Self::rounded(amount, currency, exponents)?;
        if money.amount(exponents) == amount {
            return Ok(money);
        }
        let exponent = exponents.of(currency);
        Err(MoneyError::TooFine {
            amount,
            currency,
            exponent,
        })
    }

    /// `amount` in whole units, rounded half to even to the currency's smallest unit.
    ///
    /// # Errors
    /// Too large.
    pub fn rounded(
        amount: Decimal,
        currency: CurrencyCode,
        exponents: Exponents<'_>,
    ) -> Result<Self, MoneyError> {
        let unit = Decimal::from(10_i64.pow(exponents.of(currency).min(18)));
        let minor = amount.checked_mul(unit).ok_or(MoneyError::Overflow)?;
        Ok(Self {
            minor: half_even(minor)?,
            currency,
        })
    }

    /// The amount in whole units.
    pub fn amount(&self, exponents: Exponents<'_>) -> Decimal {
        Decimal::from_i128_with_scale(i128::from(self.minor), exponents.of(self.currency).min(18))
    }

    /// The sum of two amounts of one currency.
    ///
    /// # Errors
    /// Different currencies; too large.
    pub fn plus(self, other: Self) -> Result<Self, MoneyError> {
        if self.currency != other.currency {
            return Err(MoneyError::CurrencyMismatch {
                left: self.currency,
                right: other.currency,
            });
        }
        let minor = self
            .minor
            .checked_add(other.minor)
            .ok_or(MoneyError::Overflow)?;
        Ok(Self { minor, ..self })
    }

    /// The amount times a decimal (an hourly rate times 7.5 hours), rounded half to even.
    ///
    /// # Errors
    /// Too large.
    pub fn times(self, factor: Decimal) -> Result<Self, MoneyError> {
        let product = Decimal::from(self.minor)
            .checked_mul(factor)
            .ok_or(MoneyError::Overflow)?;
        Ok(Self {
            minor: half_even(product)?,
            ..self
        })
    }

    /// Splits by weight without losing or making a cent (largest remainder: each part is rounded down, what is
    /// left goes cent by cent to the largest remainders, of equal ones to the earliest).
    ///
    /// # Errors
    /// No weights, a negative one, or none above zero; too large.
    pub fn split(self, weights: &[Decimal]) -> Result<Vec<Self>, MoneyError> {
        let total = weights
            .iter()
            .try_fold(Decimal::ZERO, |sum, weight| sum.checked_add(*weight))
            .ok_or(MoneyError::Overflow)?;
        if total <= Decimal::ZERO || weights.iter().any(|weight| *weight < Decimal::ZERO) {
            return Err(MoneyError::NoWeights);
        }
        let whole = Decimal::from(self.minor.unsigned_abs());
        let mut parts = Vec::with_capacity(weights.len());
        for weight in weights {
            let part = whole
                .checked_mul(*weight)
                .and_then(|product| product.checked_div(total))
                .ok_or(MoneyError::Overflow)?;
            parts.push((part.floor(), part - part.floor()));
        }
        let given: Decimal = parts.iter().map(|(floor, _)| floor).sum();
        let left = (whole - given).to_usize().unwrap_or_default();
        let mut order: Vec<usize> = (0..parts.len()).collect();
        order.sort_by(|a, b| parts[*b].1.cmp(&parts[*a].1));
        for index in order.into_iter().take(left) {
            parts[index].0 += Decimal::ONE;
        }
        let sign = Decimal::from(self.minor.signum());
        parts
            .into_iter()
            .map(|(part, _)| {
                Ok(Self {
                    minor: half_even(part * sign)?,
                    ..self
                })
            })
            .collect()
    }
}

fn half_even(value: Decimal) -> Result<i64, MoneyError> {
    value
        .round_dp_with_strategy(0, RoundingStrategy::MidpointNearestEven)
        .to_i64()
        .ok_or(MoneyError::Overflow)
}
