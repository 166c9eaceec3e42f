use std::str::FromStr;

use diesel::deserialize::{self, FromSql, FromSqlRow};
use diesel::expression::AsExpression;
use diesel::serialize::{self, Output, ToSql};
use diesel::sql_types::Text;
use rust_decimal::Decimal;
use serde::{Deserialize, Serialize};

/// An exact decimal number (28 significant digits), stored as text so that both engines keep every digit.
#[derive(Clone, Debug, PartialEq, Eq, AsExpression, FromSqlRow)]
#[diesel(sql_type = Text)]
pub struct Dec {
    value: Decimal,
    text: String,
}

impl Dec {
    /// Wraps a decimal; trailing zeros are dropped so that equal numbers have one text.
    pub fn new(value: Decimal) -> Self {
        let value = value.normalize();
        Self {
            text: value.to_string(),
            value,
        }
    }
    /// The number itself.
    pub fn get(&self) -> Decimal {
        self.value
    }
}

impl From<Decimal> for Dec {
    fn from(value: Decimal) -> Self {
        Self::new(value)
    }
}

impl FromStr for Dec {
    type Err = String;
    fn from_str(s: &str) -> Result<Self, String> {
        Decimal::from_str_exact(s.trim())
            .or_else(|_| Decimal::from_scientific(s.trim()))
            .map(Self::new)
            .map_err(|_| format!("{s:?} is not a number"))
    }
}

impl std::fmt::Display for Dec {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(&self.text)
    }
}

impl utoipa::PartialSchema for Dec {
    fn schema() -> utoipa::openapi::RefOr<utoipa::openapi::schema::Schema> {
        utoipa::openapi::ObjectBuilder::new()
            .schema_type(utoipa::openapi::schema::Type::String)
            .description(Some(
                "An exact decimal number as text, such as \"61.4\"; a JSON number is read too.",
            ))
            .into()
    }
}

impl utoipa::ToSchema for Dec {}

impl Serialize for Dec {
    fn serialize<S: serde::Serializer>(&self, s: S) -> Result<S::Ok, S::Error> {
        s.serialize_str(&self.text)
    }
}

impl<'de> Deserialize<'de> for Dec {
    /// Accepts a string (`"61.4"`, exact) or a JSON number.
    fn deserialize<D: serde::Deserializer<'de>>(d: D) -> Result<Self, D::Error> {
        struct V;
        impl serde::de::Visitor<'_> for V {
            type Value = Dec;
            fn expecting(&self, f: &mut std::fmt::Formatter) -> std::fmt::Result {
                f.write_str("a decimal number, best as a string such as \"61.4\"")
            }
            fn visit_str<E: serde::de::Error>(self, v: &str) -> Result<Dec, E> {
                v.parse().map_err(E::custom)
            }
            fn visit_i64<E: serde::de::Error>(self, v: i64) -> Result<Dec, E> {
                Ok(Dec::new(Decimal::from(v)))
            }
            fn visit_u64<E: serde::de::Error>(self, v: u64) -> Result<Dec, E> {
                Ok(Dec::new(Decimal::from(v)))
            }
            fn visit_f64<E: serde::de::Error>(self, v: f64) -> Result<Dec, E> {
                // The shortest text that reads back as the same float is what the sender wrote.
                format!("{v}").parse().map_err(E::custom)
            }
        }
        d.deserialize_any(V)
    }
}

impl<DB> ToSql<Text, DB> for Dec
where
    DB: diesel::backend::Backend,
    String: ToSql<Text, DB>,
{
    fn to_sql<'b>(&'b self, out: &mut Output<'b, '_, DB>) -> serialize::Result {
        self.text.to_sql(out)
    }
}

impl<DB> FromSql<Text, DB> for Dec
where
    DB: diesel::backend::Backend,
    String: FromSql<Text, DB>,
{
    fn from_sql(bytes: DB::RawValue<'_>) -> deserialize::Result<Self> {
        Ok(<String as FromSql<Text, DB>>::from_sql(bytes)?.parse::<Dec>()?)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn one_text_for_equal_numbers() {
        for (given, kept) in [
            ("1.50", "1.5"),
            ("007", "7"),
            ("1e3", "1000"),
            ("-0.10", "-0.1"),
            (" 61.4 ", "61.4"),
        ] {
            assert_eq!(given.parse::<Dec>().unwrap().to_string(), kept, "{given}");
        }
        assert!("1,5".parse::<Dec>().is_err());
        assert_eq!(
            serde_json::from_str::<Dec>("0.1").unwrap().to_string(),
            "0.1"
        );
    }
}
