//! Queries of the proxy library.

use backbone_db::{Conn, Currency, DbError, Dec, Instant};
use chrono::NaiveDate;
use diesel::prelude::*;

use super::{Proxy, ValueProxyId};
use crate::schema::value_proxies as p;

type Columns = (
    p::id,
    p::name,
    p::unit,
    p::low,
    p::base,
    p::high,
    p::currency,
    p::price_year,
    p::source,
    p::link,
    p::review_on,
    p::version,
    p::updated_at,
);

const COLUMNS: Columns = (
    p::id,
    p::name,
    p::unit,
    p::low,
    p::base,
    p::high,
    p::currency,
    p::price_year,
    p::source,
    p::link,
    p::review_on,
    p::version,
    p::updated_at,
);

type Row = (
    ValueProxyId,
    String,
    String,
    Dec,
    Dec,
    Dec,
    Currency,
    i32,
    String,
    String,
    Option<NaiveDate>,
    i64,
    Instant,
);

fn proxy(
    (
        id,
        name,
        unit,
        low,
        base,
        high,
        currency,
        price_year,
        source,
        link,
        review_on,
        version,
        updated_at,
    ): Row,
) -> Proxy {
    Proxy {
        id,
        name,
        unit,
        low,
        base,
        high,
        currency,
        price_year,
        source,
        link,
        review_on,
        version,
        updated_at,
    }
}

/// Those in use, in the order they were added, after `after`.
/// Proxies that are to be looked at again: identifier, name and day.
pub(crate) fn reviews(
    conn: &mut Conn,
    partnership_id: &str,
) -> Result<Vec<(ValueProxyId, String, NaiveDate)>, DbError> {
    let rows: Vec<(ValueProxyId, String, Option<NaiveDate>)> = p::table
        .filter(p::partnership_id.eq(partnership_id))
        .filter(p::review_on.is_not_null())
        .filter(p::retired.eq(false))
        .select((p::id, p::name, p::review_on))
        .load(conn)?;
    Ok(rows
        .into_iter()
        .filter_map(|(id, name, day)| Some((id, name, day?)))
        .collect())
}

pub(in super::super) fn list(
    conn: &mut Conn,
    partnership_id: &str,
    after: Option<&str>,
    limit: i64,
) -> Result<Vec<Proxy>, DbError> {
    let rows: Vec<Row> = p::table
        .filter(p::partnership_id.eq(partnership_id))
        .filter(p::retired.eq(false))
        .filter(p::id.gt(after.unwrap_or("")))
        .order(p::id.asc())
        .limit(limit)
        .select(COLUMNS)
        .load(conn)?;
    Ok(rows.into_iter().map(proxy).collect())
}

/// One in use.
pub(in super::super) fn find(
    conn: &mut Conn,
    partnership_id: &str,
    id: &ValueProxyId,
) -> Result<Option<Proxy>, DbError> {
    let row: Option<Row> = p::table
        .filter(p::partnership_id.eq(partnership_id))
        .filter(p::retired.eq(false))
        .filter(p::id.eq(id))
        .select(COLUMNS)
        .first(conn)
        .optional()?;
    Ok(row.map(proxy))
}

pub(super) fn insert(conn: &mut Conn, partnership_id: &str, x: &Proxy) -> Result<(), DbError> {
    diesel::insert_into(p::table)
        .values((
            p::id.eq(&x.id),
            p::partnership_id.eq(partnership_id),
            (
                p::name.eq(&x.name),
                p::unit.eq(&x.unit),
                p::low.eq(&x.low),
                p::base.eq(&x.base),
                p::high.eq(&x.high),
                p::currency.eq(&x.currency),
                p::price_year.eq(x.price_year),
            ),
            (
                p::source.eq(&x.source),
                p::link.eq(&x.link),
                p::review_on.eq(x.review_on),
            ),
            p::version.eq(x.version),
            p::retired.eq(false),
            p::created_at.eq(x.updated_at),
            p::updated_at.eq(x.updated_at),
        ))
        .execute(conn)?;
    Ok(())
}

pub(super) fn update(conn: &mut Conn, partnership_id: &str, x: &Proxy) -> Result<(), DbError> {
    let row = p::table
        .filter(p::partnership_id.eq(partnership_id))
        .filter(p::id.eq(&x.id));
    diesel::update(row)
        .set((
            p::name.eq(&x.name),
            p::unit.eq(&x.unit),
            p::low.eq(&x.low),
            p::base.eq(&x.base),
            p::high.eq(&x.high),
            p::currency.eq(&x.currency),
            p::price_year.eq(x.price_year),
            p::source.eq(&x.source),
            p::link.eq(&x.link),
            p::review_on.eq(x.review_on),
            p::version.eq(x.version),
            p::updated_at.eq(x.updated_at),
        ))
        .execute(conn)?;
    Ok(())
}

pub(super) fn retire(
    conn: &mut Conn,
    partnership_id: &str,
    id: &ValueProxyId,
    now: Instant,
) -> Result<(), DbError> {
    let row = p::table
        .filter(p::partnership_id.eq(partnership_id))
        .filter(p::id.eq(id));
    diesel::update(row)
        .set((p::retired.eq(true), p::updated_at.eq(now)))
        .execute(conn)?;
    Ok(())
}
