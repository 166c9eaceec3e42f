use chrono::{DateTime, NaiveDateTime, SubsecRound};
use diesel::deserialize::{self, FromSql, FromSqlRow};
use diesel::expression::AsExpression;
use diesel::serialize::{self, Output, ToSql};
use diesel::sql_types::Timestamp as SqlTimestamp;
use serde::{Deserialize, Serialize};

/// A moment in UTC, kept to the microsecond (SQLite would keep nanoseconds where PostgreSQL does not).
/// Read and written as RFC 3339.
#[derive(
    Clone,
    Copy,
    Debug,
    PartialEq,
    Eq,
    Hash,
    PartialOrd,
    Ord,
    AsExpression,
    FromSqlRow,
    utoipa::ToSchema,
)]
#[diesel(sql_type = SqlTimestamp)]
#[schema(value_type = String, format = DateTime)]
pub struct Instant(NaiveDateTime);

impl Instant {
    /// The system clock. Only the edge (`server`, job runner) calls it; everything else is handed a moment.
    #[expect(
        clippy::disallowed_methods,
        reason = "the one place where the wall clock enters"
    )]
    pub fn now() -> Self {
        Self::from_jiff(jiff::Timestamp::now())
    }

    /// From the time library's own type.
    pub fn from_jiff(t: jiff::Timestamp) -> Self {
        let dt = DateTime::from_timestamp_micros(t.as_microsecond()).unwrap_or_default();
        Self(dt.naive_utc().trunc_subsecs(6))
    }

    /// From seconds since 1970 UTC; out of range gives 1970.
    pub fn from_unix(seconds: i64) -> Self {
        Self(
            DateTime::from_timestamp(seconds, 0)
                .unwrap_or_default()
                .naive_utc(),
        )
    }

    /// As the time library's own type, for calendars and zones.
    pub fn jiff(self) -> jiff::Timestamp {
        jiff::Timestamp::from_microsecond(self.micros()).unwrap_or(jiff::Timestamp::UNIX_EPOCH)
    }

    /// Microseconds since 1970 UTC.
    pub fn micros(self) -> i64 {
        self.0.and_utc().timestamp_micros()
    }

    /// Seconds since 1970 UTC.
    pub fn unix(self) -> i64 {
        self.0.and_utc().timestamp()
    }

    /// This moment plus (or, when negative, minus) some seconds.
    pub fn plus_seconds(self, seconds: i64) -> Self {
        Self(
            self.0
                .checked_add_signed(chrono::TimeDelta::seconds(seconds))
                .unwrap_or(self.0),
        )
    }

    /// This moment plus some days of 24 hours.
    pub fn plus_days(self, days: i64) -> Self {
        self.plus_seconds(days.saturating_mul(86_400))
    }

    /// Seconds from `earlier` to this moment, negative when it is later.
    pub fn seconds_since(self, earlier: Instant) -> i64 {
        (self.0 - earlier.0).num_seconds()
    }

    /// The calendar day in a time zone.
    pub fn date_in(self, zone: &jiff::tz::TimeZone) -> jiff::civil::Date {
        zone.to_datetime(self.jiff()).date()
    }
}

impl std::fmt::Display for Instant {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "{}", self.jiff())
    }
}

impl std::str::FromStr for Instant {
    type Err = String;
    fn from_str(s: &str) -> Result<Self, String> {
        s.parse::<jiff::Timestamp>()
            .map(Self::from_jiff)
            .map_err(|_| format!("{s:?} is not a moment in RFC 3339, such as 2026-11-12T09:30:00Z"))
    }
}

impl Serialize for Instant {
    fn serialize<S: serde::Serializer>(&self, s: S) -> Result<S::Ok, S::Error> {
        s.collect_str(self)
    }
}

impl<'de> Deserialize<'de> for Instant {
    fn deserialize<D: serde::Deserializer<'de>>(d: D) -> Result<Self, D::Error> {
        String::deserialize(d)?
            .parse()
            .map_err(serde::de::Error::custom)
    }
}

impl<DB> ToSql<SqlTimestamp, DB> for Instant
where
    DB: diesel::backend::Backend,
    NaiveDateTime: ToSql<SqlTimestamp, DB>,
{
    fn to_sql<'b>(&'b self, out: &mut Output<'b, '_, DB>) -> serialize::Result {
        self.0.to_sql(out)
    }
}

impl<DB> FromSql<SqlTimestamp, DB> for Instant
where
    DB: diesel::backend::Backend,
    NaiveDateTime: FromSql<SqlTimestamp, DB>,
{
    fn from_sql(bytes: DB::RawValue<'_>) -> deserialize::Result<Self> {
        Ok(Self(
            <NaiveDateTime as FromSql<SqlTimestamp, DB>>::from_sql(bytes)?,
        ))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn reads_and_writes_rfc3339_to_the_microsecond() {
        let t: Instant = "2026-11-12T09:30:00.123456789Z".parse().unwrap();
        assert_eq!(t.to_string(), "2026-11-12T09:30:00.123456Z");
        assert_eq!(
            "2026-11-12T10:30:00+01:00"
                .parse::<Instant>()
                .unwrap()
                .to_string(),
            "2026-11-12T09:30:00Z"
        );
        assert!("12 November".parse::<Instant>().is_err());
    }
}
