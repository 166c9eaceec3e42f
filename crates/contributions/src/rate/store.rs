use backbone_db::{Conn, Currency, DbError, Instant, Money};
use chrono::NaiveDate;
use diesel::prelude::*;

use super::{Rate, RateId};
use crate::schema::rates;

type Row = (
    RateId,
    String,
    i64,
    Currency,
    NaiveDate,
    String,
    String,
    Instant,
);

/// All rates of a partnership, by role and newest first.
pub(crate) fn all(conn: &mut Conn, partnership: &str) -> Result<Vec<Rate>, DbError> {
    let rows = rates::table
        .filter(rates::partnership_id.eq(partnership))
        .order((rates::work_role.asc(), rates::valid_from.desc()))
        .select((
            rates::id,
            rates::work_role,
            rates::hourly_minor,
            rates::currency,
            rates::valid_from,
            rates::source,
            rates::created_by,
            rates::created_at,
        ))
        .load::<Row>(conn)?;
    Ok(rows
        .into_iter()
        .map(
            |(id, work_role, minor, currency, valid_from, source, created_by, created_at)| Rate {
                id,
                work_role,
                hourly: Money { minor, currency },
                valid_from,
                source,
                created_by,
                created_at,
            },
        )
        .collect())
}

pub(crate) fn insert(conn: &mut Conn, partnership: &str, rate: &Rate) -> Result<(), DbError> {
    diesel::insert_into(rates::table)
        .values((
            rates::id.eq(&rate.id),
            rates::partnership_id.eq(partnership),
            rates::work_role.eq(&rate.work_role),
            rates::hourly_minor.eq(rate.hourly.minor),
            rates::currency.eq(&rate.hourly.currency),
            rates::valid_from.eq(rate.valid_from),
            rates::source.eq(&rate.source),
            rates::created_by.eq(&rate.created_by),
            rates::created_at.eq(rate.created_at),
        ))
        .execute(conn)?;
    Ok(())
}
