use backbone_db::{Conn, DbError};
use backbone_identity::OrganizationId;
use chrono::NaiveDate;
use diesel::prelude::*;

use super::share::first_of_month;
use super::{Part, TotalsQuery};
use crate::contribution::Kind;
use crate::schema::contribution_rollups as r;

/// Adds a month's part, `sign` times, to the row of its organization, month and kind.
pub(crate) fn add(
    conn: &mut Conn,
    partnership: &str,
    organization: &OrganizationId,
    kind: Kind,
    part: &Part,
    sign: i64,
) -> Result<(), DbError> {
    let (hours, value, entries) = (part.hours * sign, part.value_minor * sign, sign);
    let row = r::table
        .filter(r::partnership_id.eq(partnership))
        .filter(r::organization_id.eq(organization))
        .filter(r::month.eq(part.month))
        .filter(r::kind.eq(kind));
    let updated = diesel::update(row)
        .set((
            r::hours.eq(r::hours + hours),
            r::value_minor.eq(r::value_minor + value),
            r::entries.eq(r::entries + entries),
            r::changes.eq(r::changes + 1),
        ))
        .execute(conn)?;
    if updated == 0 {
        diesel::insert_into(r::table)
            .values((
                r::partnership_id.eq(partnership),
                r::organization_id.eq(organization),
                r::month.eq(part.month),
                r::kind.eq(kind),
                r::hours.eq(hours),
                r::value_minor.eq(value),
                r::entries.eq(entries),
                r::changes.eq(1),
            ))
            .execute(conn)?;
    }
    Ok(())
}

type SumRow = (NaiveDate, i64, i64, i64);

/// The rows of a query's months: month, hours, value, changes.
fn rows(conn: &mut Conn, partnership: &str, q: &TotalsQuery) -> Result<Vec<SumRow>, DbError> {
    let mut query = r::table
        .filter(r::partnership_id.eq(partnership))
        .filter(r::month.ge(first_of_month(q.from)))
        .filter(r::month.le(q.until))
        .filter(r::kind.eq_any(q.kinds_or_all()))
        .into_boxed();
    if let Some(organization) = &q.organization_id {
        query = query.filter(r::organization_id.eq(organization));
    }
    Ok(query
        .order(r::month.asc())
        .select((r::month, r::hours, r::value_minor, r::changes))
        .load(conn)?)
}

/// Hours in hundredths, value and changes of a query's months.
pub(crate) fn sums(
    conn: &mut Conn,
    partnership: &str,
    q: &TotalsQuery,
) -> Result<(i64, i64, i64), DbError> {
    let rows = rows(conn, partnership, q)?;
    Ok(rows.iter().fold((0, 0, 0), |sum, row| {
        (sum.0 + row.1, sum.1 + row.2, sum.2 + row.3)
    }))
}

/// Hours in hundredths and value by month, oldest first.
pub(crate) fn by_month(
    conn: &mut Conn,
    partnership: &str,
    q: &TotalsQuery,
) -> Result<Vec<(NaiveDate, i64, i64)>, DbError> {
    let mut months: Vec<(NaiveDate, i64, i64)> = Vec::new();
    for (month, hours, value, _) in rows(conn, partnership, q)? {
        match months.last_mut() {
            Some(last) if last.0 == month => {
                last.1 += hours;
                last.2 += value;
            }
            _ => months.push((month, hours, value)),
        }
    }
    Ok(months)
}

type Kept = (String, NaiveDate, Kind, (i64, i64, i64));

/// Every row: organization, month, kind, and hours, value and entries.
pub(crate) fn all(conn: &mut Conn, partnership: &str) -> Result<Vec<Kept>, DbError> {
    let rows = r::table
        .filter(r::partnership_id.eq(partnership))
        .select((
            r::organization_id,
            r::month,
            r::kind,
            r::hours,
            r::value_minor,
            r::entries,
        ))
        .load::<(String, NaiveDate, Kind, i64, i64, i64)>(conn)?;
    Ok(rows
        .into_iter()
        .map(|(organization, month, kind, hours, value, entries)| {
            (organization, month, kind, (hours, value, entries))
        })
        .collect())
}
