//! Exact numbers as they stand in steps: whole, decimal or fraction.

use std::fmt;

use num_bigint::BigInt;
use num_rational::BigRational;
use num_traits::{ToPrimitive, Zero};
use serde::{Deserialize, Deserializer, Serialize, Serializer, de};

/// An exact number. In JSON a whole number is a number, any other is text (`"12.50000"`, `"7/3"`).
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum Amount {
    /// `units` divided by ten to the power of `places`.
    Decimal {
        /// The digits.
        units: i128,
        /// How many of them stand behind the point.
        places: u8,
    },
    /// A fraction in lowest terms.
    Fraction(Box<BigRational>),
}

impl Amount {
    /// A whole number.
    pub fn whole(units: impl Into<i128>) -> Self {
        Self::Decimal {
            units: units.into(),
            places: 0,
        }
    }

    /// A number with `places` digits behind the point.
    pub fn decimal(units: impl Into<i128>, places: u8) -> Self {
        Self::Decimal {
            units: units.into(),
            places,
        }
    }

    /// A fraction; whole when it is whole.
    pub fn ratio(value: BigRational) -> Self {
        match value.is_integer().then(|| value.to_integer().to_i128()) {
            Some(Some(units)) => Self::whole(units),
            _ => Self::Fraction(Box::new(value)),
        }
    }

    /// `numerator / denominator`; zero when the denominator is zero.
    pub fn fraction(numerator: impl Into<BigInt>, denominator: impl Into<BigInt>) -> Self {
        let denominator = denominator.into();
        if denominator.is_zero() {
            return Self::whole(0);
        }
        Self::ratio(BigRational::new(numerator.into(), denominator))
    }

    /// The nearest binary number, for charts.
    pub fn to_f64(&self) -> f64 {
        match self {
            #[expect(clippy::cast_precision_loss, reason = "for drawing only")]
            Self::Decimal { units, places } => *units as f64 / 10f64.powi(i32::from(*places)),
            Self::Fraction(value) => value.to_f64().unwrap_or(f64::NAN),
        }
    }

    /// For reading: zeros at the end are left out, a fraction is shown to four places with `≈` where it is not exact.
    pub fn plain(&self) -> String {
        match self {
            Self::Decimal { .. } => trimmed(self.to_string()),
            Self::Fraction(value) => {
                let scale = BigInt::from(10_000);
                let scaled = value.as_ref() * BigRational::from_integer(scale);
                let units = scaled.round().to_integer();
                let sign = if scaled.is_integer() { "" } else { "≈ " };
                let text = units.to_i128().map_or_else(
                    || value.to_string(),
                    |units| Self::decimal(units, 4).to_string(),
                );
                format!("{sign}{}", trimmed(text))
            }
        }
    }
}

fn trimmed(text: String) -> String {
    if text.contains('.') {
        text.trim_end_matches('0').trim_end_matches('.').to_owned()
    } else {
        text
    }
}

impl fmt::Display for Amount {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Decimal { units, places: 0 } => write!(f, "{units}"),
            Self::Decimal { units, places } => {
                let sign = if *units < 0 { "-" } else { "" };
                let digits = format!(
                    "{:0>width$}",
                    units.unsigned_abs(),
                    width = usize::from(*places) + 1
                );
                let (whole, part) = digits.split_at(digits.len() - usize::from(*places));
                write!(f, "{sign}{whole}.{part}")
            }
            Self::Fraction(value) => write!(f, "{}/{}", value.numer(), value.denom()),
        }
    }
}

impl std::str::FromStr for Amount {
    type Err = String;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        let wrong = || format!("“{text}” is not a number");
        if let Some((numerator, denominator)) = text.split_once('/') {
            let numerator: BigInt = numerator.parse().map_err(|_| wrong())?;
            let denominator: BigInt = denominator.parse().map_err(|_| wrong())?;
            if denominator.is_zero() {
                return Err(wrong());
            }
            return Ok(Self::fraction(numerator, denominator));
        }
        let (whole, part) = text.split_once('.').unwrap_or((text, ""));
        if !part.bytes().all(|b| b.is_ascii_digit()) {
            return Err(wrong());
        }
        let places = u8::try_from(part.len()).map_err(|_| wrong())?;
        let units = format!("{whole}{part}").parse().map_err(|_| wrong())?;
        Ok(Self::Decimal { units, places })
    }
}

impl Serialize for Amount {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        if let Self::Decimal { units, places: 0 } = self
            && let Ok(units) = i64::try_from(*units)
        {
            return serializer.serialize_i64(units);
        }
        serializer.collect_str(self)
    }
}

impl<'de> Deserialize<'de> for Amount {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        #[derive(Deserialize)]
        #[serde(untagged)]
        enum Written {
            Number(i64),
            Text(String),
        }
        match Written::deserialize(deserializer)? {
            Written::Number(units) => Ok(Self::whole(units)),
            Written::Text(text) => text.parse().map_err(de::Error::custom),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn is_written_and_read_back_exactly() {
        for (amount, text, plain) in [
            (Amount::whole(25), "25", "25"),
            (Amount::whole(-3), "-3", "-3"),
            (Amount::decimal(1_250_000, 5), "12.50000", "12.5"),
            (Amount::decimal(-5, 2), "-0.05", "-0.05"),
            (Amount::fraction(7, 3), "7/3", "≈ 2.3333"),
            (Amount::fraction(1, 4), "1/4", "0.25"),
            (Amount::fraction(6, 3), "2", "2"),
        ] {
            assert_eq!(amount.to_string(), text);
            assert_eq!(amount.plain(), plain);
            assert_eq!(text.parse(), Ok(amount.clone()));
            let json = serde_json::to_string(&amount).expect("json");
            assert_eq!(
                serde_json::from_str::<Amount>(&json).expect("back"),
                amount,
                "{json}"
            );
        }
        assert_eq!(
            serde_json::to_string(&Amount::whole(25)).expect("json"),
            "25"
        );
    }

    #[test]
    fn what_is_no_number_is_refused() {
        for text in ["", "1/0", "x", "1.x", "1.-5", "1/2/3"] {
            assert!(text.parse::<Amount>().is_err(), "{text}");
        }
    }
}
