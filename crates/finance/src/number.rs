//! Checked decimal arithmetic: what does not fit is an error that names the operation.

use rust_decimal::{Decimal, MathematicalOps};

/// Why a calculation has no result.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum FinanceError {
    /// A number grew beyond what a decimal holds (about 7.9 × 10²⁸).
    #[error(
        "{during} gives a number too large to calculate with exactly; use larger units or a smaller rate"
    )]
    Overflow {
        /// The operation that overflowed.
        during: &'static str,
    },
    /// A discount rate of −100 % or less has no discount factor.
    #[error("the rate {rate} is not above -1 (-100 %), so nothing can be discounted with it")]
    RateOutOfRange {
        /// The rate given, as a fraction.
        rate: Decimal,
    },
    /// More periods than [`crate::cash_flow::MAX_PERIODS`].
    #[error("{periods} periods were given; at most {limit} can be calculated")]
    TooManyPeriods {
        /// How many were given.
        periods: usize,
        /// The limit.
        limit: usize,
    },
    /// A value model with assumptions that cannot be calculated; every problem found is listed.
    #[error("the value model has {} problem(s), the first: {}", .0.len(), .0.first().map(ToString::to_string).unwrap_or_default())]
    Invalid(Vec<crate::sroi::Problem>),
}

/// Shorthand for results of this crate.
pub type Result<T> = std::result::Result<T, FinanceError>;

/// `a + b`, or [`FinanceError::Overflow`].
pub fn add(a: Decimal, b: Decimal) -> Result<Decimal> {
    a.checked_add(b)
        .ok_or(FinanceError::Overflow { during: "addition" })
}

/// `a − b`, or [`FinanceError::Overflow`].
pub fn sub(a: Decimal, b: Decimal) -> Result<Decimal> {
    a.checked_sub(b).ok_or(FinanceError::Overflow {
        during: "subtraction",
    })
}

/// `a × b`, rounded at the 28th digit, or [`FinanceError::Overflow`].
pub fn mul(a: Decimal, b: Decimal) -> Result<Decimal> {
    a.checked_mul(b).ok_or(FinanceError::Overflow {
        during: "multiplication",
    })
}

/// `a ÷ b`, rounded at the 28th digit. The caller has made sure that `b` is not zero; if it is, this is an overflow too.
pub fn div(a: Decimal, b: Decimal) -> Result<Decimal> {
    a.checked_div(b)
        .ok_or(FinanceError::Overflow { during: "division" })
}

/// The sum of `values`.
pub fn sum(values: impl IntoIterator<Item = Decimal>) -> Result<Decimal> {
    values.into_iter().try_fold(Decimal::ZERO, add)
}

/// `base` to a whole power, by checked repeated multiplication (squaring).
pub fn power(base: Decimal, exponent: u32) -> Result<Decimal> {
    let overflow = FinanceError::Overflow { during: "a power" };
    let (mut result, mut square, mut left) = (Decimal::ONE, base, exponent);
    while left > 0 {
        if left & 1 == 1 {
            result = result.checked_mul(square).ok_or(overflow.clone())?;
        }
        left >>= 1;
        if left > 0 {
            square = square.checked_mul(square).ok_or(overflow.clone())?;
        }
    }
    Ok(result)
}

/// The square root of a number that is not negative.
pub fn square_root(value: Decimal) -> Result<Decimal> {
    value.sqrt().ok_or(FinanceError::Overflow {
        during: "a square root",
    })
}

/// `percent` (0–100) as a fraction (0–1).
pub fn fraction(percent: Decimal) -> Result<Decimal> {
    div(percent, Decimal::ONE_HUNDRED)
}

/// What is left of one after taking `percent` (0–100) away: `1 − percent ÷ 100`.
pub fn remainder(percent: Decimal) -> Result<Decimal> {
    sub(Decimal::ONE, fraction(percent)?)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn powers_are_exact_and_overflow_is_an_error() {
        let d = |s: &str| s.parse::<Decimal>().unwrap();
        for (base, exponent, expected) in [
            ("1.035", 0, "1"),
            ("1.035", 1, "1.035"),
            ("1.1", 3, "1.331"),
            ("2", 90, "1237940039285380274899124224"),
            ("-1.5", 3, "-3.375"),
        ] {
            assert_eq!(
                power(d(base), exponent),
                Ok(d(expected)),
                "{base}^{exponent}"
            );
        }
        assert!(matches!(
            power(d("10"), 40),
            Err(FinanceError::Overflow { .. })
        ));
        assert!(matches!(
            add(Decimal::MAX, Decimal::MAX),
            Err(FinanceError::Overflow { .. })
        ));
        assert!(matches!(
            sub(Decimal::MIN, Decimal::MAX),
            Err(FinanceError::Overflow { .. })
        ));
        assert!(matches!(
            mul(Decimal::MAX, d("2")),
            Err(FinanceError::Overflow { .. })
        ));
        assert!(matches!(
            div(Decimal::ONE, Decimal::ZERO),
            Err(FinanceError::Overflow { .. })
        ));
    }
}
