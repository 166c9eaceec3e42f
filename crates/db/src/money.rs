use diesel::deserialize::{self, FromSql, FromSqlRow};
use diesel::expression::AsExpression;
use diesel::serialize::{self, Output, ToSql};
use diesel::sql_types::Text;
use rust_decimal::Decimal;
use serde::{Deserialize, Serialize};

/// An ISO 4217 currency code, three capital letters.
#[derive(
    Clone,
    Debug,
    PartialEq,
    Eq,
    Hash,
    PartialOrd,
    Ord,
    AsExpression,
    FromSqlRow,
    Serialize,
    utoipa::ToSchema,
)]
#[diesel(sql_type = Text)]
#[schema(value_type = String, examples("EUR"))]
pub struct Currency(String);

impl Currency {
    /// The code.
    pub fn code(&self) -> &str {
        &self.0
    }

    /// Digits after the point of the minor unit (ISO 4217): 2 for EUR, 0 for JPY, 3 for KWD.
    pub fn exponent(&self) -> u32 {
        match self.0.as_str() {
            "BIF" | "CLP" | "DJF" | "GNF" | "ISK" | "JPY" | "KMF" | "KRW" | "PYG" | "RWF"
            | "UGX" | "VND" | "VUV" | "XAF" | "XOF" | "XPF" => 0,
            "BHD" | "IQD" | "JOD" | "KWD" | "LYD" | "OMR" | "TND" => 3,
            _ => 2,
        }
    }
}

impl std::str::FromStr for Currency {
    type Err = String;
    fn from_str(s: &str) -> Result<Self, String> {
        let code = s.trim().to_ascii_uppercase();
        if code.len() == 3 && code.bytes().all(|b| b.is_ascii_uppercase()) {
            Ok(Self(code))
        } else {
            Err(format!(
                "{s:?} is not a currency code of three letters, such as EUR"
            ))
        }
    }
}

impl std::fmt::Display for Currency {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(&self.0)
    }
}

impl<'de> Deserialize<'de> for Currency {
    fn deserialize<D: serde::Deserializer<'de>>(d: D) -> Result<Self, D::Error> {
        String::deserialize(d)?
            .parse()
            .map_err(serde::de::Error::custom)
    }
}

impl<DB> ToSql<Text, DB> for Currency
where
    DB: diesel::backend::Backend,
    String: ToSql<Text, DB>,
{
    fn to_sql<'b>(&'b self, out: &mut Output<'b, '_, DB>) -> serialize::Result {
        self.0.to_sql(out)
    }
}

impl<DB> FromSql<Text, DB> for Currency
where
    DB: diesel::backend::Backend,
    String: FromSql<Text, DB>,
{
    fn from_sql(bytes: DB::RawValue<'_>) -> deserialize::Result<Self> {
        Ok(Self(<String as FromSql<Text, DB>>::from_sql(bytes)?))
    }
}

/// An amount of money in minor units (cents) of a currency.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, utoipa::ToSchema)]
pub struct Money {
    /// Minor units: 110400 is € 1,104.00.
    pub minor: i64,
    /// The currency.
    pub currency: Currency,
}

impl Money {
    /// From a decimal amount in major units, rounded half to even to the minor unit. `None` when it does not fit.
    pub fn from_major(amount: Decimal, currency: &Currency) -> Option<Self> {
        use rust_decimal::prelude::ToPrimitive;
        let minor = amount
            .checked_mul(Decimal::from(10i64.pow(currency.exponent())))?
            .round()
            .to_i64()?;
        Some(Self {
            minor,
            currency: currency.clone(),
        })
    }

    /// The amount in major units.
    pub fn major(&self) -> Decimal {
        Decimal::new(self.minor, self.currency.exponent())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn minor_units_follow_the_currency() {
        for (code, text, minor) in [
            ("EUR", "11.04", 1104),
            ("JPY", "500", 500),
            ("KWD", "1.2345", 1234),
        ] {
            let c: Currency = code.parse().unwrap();
            assert_eq!(
                Money::from_major(text.parse().unwrap(), &c).unwrap().minor,
                minor,
                "{code}"
            );
        }
        assert!("euro".parse::<Currency>().is_err());
    }
}
