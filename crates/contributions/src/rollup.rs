//! Totals by organization, month and kind, exact, and what is read from them.

pub mod api;
mod query;
mod share;
pub(crate) mod store;
#[cfg(test)]
pub(crate) mod tests;

use backbone_db::{Conn, DbError, Dec};
use backbone_identity::OrganizationId;
use chrono::{Datelike, NaiveDate};
use rust_decimal::Decimal;
use serde::Serialize;
use std::collections::BTreeMap;
use utoipa::ToSchema;

use crate::contribution::store::{self as contributions};
use crate::contribution::{Contribution, Kind};

pub use query::TotalsQuery;
pub(crate) use share::{Part, first_of_month, parts};

/// What was given within a query. Withdrawn contributions never count.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, ToSchema)]
pub struct Totals {
    /// Hours of time and talent.
    pub hours: Dec,
    /// Value in minor units of the partnership's currency.
    pub value_minor: i64,
    /// How many organizations gave.
    pub organizations: i64,
    /// How many people at least: of each organization the largest number that one entry names. None where no hours were given.
    pub people: Option<i64>,
    /// How many contributions have a day in it.
    pub contributions: i64,
    /// How many of them staff have not verified.
    pub unverified: i64,
    /// Changes whenever an included contribution is added, corrected or withdrawn.
    pub version_token: String,
}

/// What one organization gave within a query.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, ToSchema)]
pub struct Share {
    /// The organization.
    pub organization_id: OrganizationId,
    /// Its hours.
    pub hours: Dec,
    /// Its value in minor units.
    pub value_minor: i64,
    /// Its contributions.
    pub contributions: i64,
}

/// The totals of a query. Whole months are read from the totals kept; a query that begins or ends within a month counts each
/// contribution by its days.
pub fn totals(conn: &mut Conn, partnership: &str, q: &TotalsQuery) -> Result<Totals, DbError> {
    let (hours, value_minor, changes) = store::sums(conn, partnership, q)?;
    let (hours, value_minor) = if q.whole_months() {
        (hours, value_minor)
    } else {
        let included = included(conn, partnership, q)?;
        let parts = included.iter().map(|c| share::within(c, q.from, q.until));
        parts.fold((0, 0), |sum, p| (sum.0 + p.hours, sum.1 + p.value_minor))
    };
    let gave = contributions::gave(conn, partnership, q)?;
    let contributions: i64 = gave.iter().map(|g| g.contributions).sum();
    let people: Vec<i64> = gave
        .iter()
        .filter_map(|g| g.people)
        .map(i64::from)
        .collect();
    Ok(Totals {
        hours: hours_of(hours),
        value_minor,
        organizations: gave.len() as i64,
        people: (!people.is_empty()).then(|| people.iter().sum()),
        contributions,
        unverified: contributions::unverified(conn, partnership, q)?,
        version_token: format!("{changes}-{contributions}"),
    })
}

/// The same by organization, the largest value first.
pub fn shares(conn: &mut Conn, partnership: &str, q: &TotalsQuery) -> Result<Vec<Share>, DbError> {
    let mut by: BTreeMap<OrganizationId, (Part, i64)> = BTreeMap::new();
    for c in included(conn, partnership, q)? {
        let part = share::within(&c, q.from, q.until);
        let sum = by.entry(c.content.organization_id).or_default();
        sum.0.hours += part.hours;
        sum.0.value_minor += part.value_minor;
        sum.1 += 1;
    }
    let mut shares: Vec<Share> = by
        .into_iter()
        .map(|(organization_id, (part, contributions))| Share {
            organization_id,
            hours: hours_of(part.hours),
            value_minor: part.value_minor,
            contributions,
        })
        .collect();
    shares.sort_by_key(|s| (-s.value_minor, -s.contributions));
    Ok(shares)
}

/// Value in minor units by calendar year, for the years of the two days and those between; the years at the ends by their
/// days within.
pub fn value_by_year(
    conn: &mut Conn,
    partnership: &str,
    from: NaiveDate,
    until: NaiveDate,
) -> Result<Vec<(i32, i64)>, DbError> {
    let mut years: BTreeMap<i32, i64> = (from.year()..=until.year()).map(|y| (y, 0)).collect();
    for c in contributions::overlapping(conn, partnership, from, until)? {
        for part in parts(&c, from, until) {
            *years.entry(part.month.year()).or_default() += part.value_minor;
        }
    }
    Ok(years.into_iter().collect())
}

/// Value and hours by month, for the months that have any, oldest first.
pub fn by_month(
    conn: &mut Conn,
    partnership: &str,
    q: &TotalsQuery,
) -> Result<Vec<(NaiveDate, Dec, i64)>, DbError> {
    let rows = store::by_month(conn, partnership, q)?;
    Ok(rows
        .into_iter()
        .map(|(month, hours, value)| (month, hours_of(hours), value))
        .collect())
}

/// Adds (or, with `sign` -1, takes away) what a contribution gives to each month. Call it in the transaction of the change.
pub(crate) fn apply(
    conn: &mut Conn,
    partnership: &str,
    c: &Contribution,
    sign: i64,
) -> Result<(), DbError> {
    let organization = &c.content.organization_id;
    conn.lock(&format!(
        "contribution_rollups:{partnership}:{organization}"
    ))?;
    for part in parts(c, NaiveDate::MIN, NaiveDate::MAX) {
        store::add(conn, partnership, organization, c.content.kind, &part, sign)?;
    }
    Ok(())
}

/// A place where the totals kept differ from those computed from the contributions.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, ToSchema)]
pub struct Difference {
    /// The organization.
    pub organization_id: String,
    /// First day of the month.
    #[schema(value_type = String, format = Date)]
    pub month: NaiveDate,
    /// The kind.
    pub kind: Kind,
    /// Hours in hundredths, value and entries as kept.
    pub kept: (i64, i64, i64),
    /// The same as computed.
    pub computed: (i64, i64, i64),
}

/// Computes all totals anew from the contributions and compares: a check, never the way. Empty when all is well.
pub fn rebuild(conn: &mut Conn, partnership: &str) -> Result<Vec<Difference>, DbError> {
    type Key = (String, NaiveDate, Kind);
    let mut both: BTreeMap<Key, [(i64, i64, i64); 2]> = BTreeMap::new();
    for (organization, month, kind, sums) in store::all(conn, partnership)? {
        both.entry((organization, month, kind)).or_default()[0] = sums;
    }
    let q = TotalsQuery::all();
    for c in contributions::overlapping(conn, partnership, q.from, q.until)? {
        for part in parts(&c, q.from, q.until) {
            let key = (
                c.content.organization_id.to_string(),
                part.month,
                c.content.kind,
            );
            let sums = &mut both.entry(key).or_default()[1];
            *sums = (sums.0 + part.hours, sums.1 + part.value_minor, sums.2 + 1);
        }
    }
    let differing = both
        .into_iter()
        .filter(|(_, [kept, computed])| kept != computed);
    Ok(differing
        .map(
            |((organization_id, month, kind), [kept, computed])| Difference {
                organization_id,
                month,
                kind,
                kept,
                computed,
            },
        )
        .collect())
}

fn included(
    conn: &mut Conn,
    partnership: &str,
    q: &TotalsQuery,
) -> Result<Vec<Contribution>, DbError> {
    let mut all = contributions::overlapping(conn, partnership, q.from, q.until)?;
    all.retain(|c| q.includes(c.content.kind, &c.content.organization_id));
    Ok(all)
}

fn hours_of(hundredths: i64) -> Dec {
    Dec::new(Decimal::new(hundredths, 2))
}
