//! Queries of the documents and of the engines' word indexes.

mod lookup;

use backbone_db::{Conn, DbError, Instant};
use diesel::prelude::*;

use crate::schema::{search_cursors as c, search_documents as d};

pub(crate) use lookup::{Place, numbers};

/// A document as it is stored.
#[derive(Clone, Debug, PartialEq, Queryable)]
pub(crate) struct Row {
    pub number: i32,
    pub kind: String,
    pub object_id: String,
    pub scope: String,
    pub title: String,
    pub body: String,
    pub title_words: String,
    pub body_words: String,
    pub path: String,
    pub at: Instant,
}

type Columns = (
    d::number,
    d::kind,
    d::object_id,
    d::scope,
    d::title,
    d::body,
    d::title_words,
    d::body_words,
    d::path,
    d::happened_at,
);
const COLUMNS: Columns = (
    d::number,
    d::kind,
    d::object_id,
    d::scope,
    d::title,
    d::body,
    d::title_words,
    d::body_words,
    d::path,
    d::happened_at,
);

pub(crate) fn find(
    conn: &mut Conn,
    partnership: &str,
    kind: &str,
    id: &str,
) -> Result<Option<Row>, DbError> {
    Ok(d::table
        .filter(d::partnership_id.eq(partnership))
        .filter(d::kind.eq(kind))
        .filter(d::object_id.eq(id))
        .select(COLUMNS)
        .first(conn)
        .optional()?)
}

/// Puts a document in place of the one of the same object; its number is kept, or a new one given.
pub(crate) fn put(conn: &mut Conn, partnership: &str, row: &Row) -> Result<(), DbError> {
    let values = (
        d::scope.eq(&row.scope),
        d::title.eq(&row.title),
        d::body.eq(&row.body),
        d::title_words.eq(&row.title_words),
        d::body_words.eq(&row.body_words),
        d::path.eq(&row.path),
        d::happened_at.eq(row.at),
    );
    let same = d::table
        .filter(d::partnership_id.eq(partnership))
        .filter(d::kind.eq(&row.kind))
        .filter(d::object_id.eq(&row.object_id));
    if diesel::update(same).set(values).execute(conn)? > 0 {
        return Ok(());
    }
    conn.lock("search_documents:number")?;
    let last: Option<i32> = d::table.select(diesel::dsl::max(d::number)).first(conn)?;
    diesel::insert_into(d::table)
        .values((
            d::number.eq(last.unwrap_or(0) + 1),
            d::partnership_id.eq(partnership),
            d::kind.eq(&row.kind),
            d::object_id.eq(&row.object_id),
            values,
        ))
        .execute(conn)?;
    Ok(())
}

pub(crate) fn remove(
    conn: &mut Conn,
    partnership: &str,
    kind: &str,
    id: &str,
) -> Result<bool, DbError> {
    let one = d::table
        .filter(d::partnership_id.eq(partnership))
        .filter(d::kind.eq(kind))
        .filter(d::object_id.eq(id));
    Ok(diesel::delete(one).execute(conn)? > 0)
}

/// Identifiers of the documents of a kind behind `after`, up to and including `until` when given.
pub(crate) fn ids_between(
    conn: &mut Conn,
    partnership: &str,
    kind: &str,
    after: &str,
    until: Option<&str>,
) -> Result<Vec<String>, DbError> {
    let mut query = d::table
        .filter(d::partnership_id.eq(partnership))
        .filter(d::kind.eq(kind))
        .filter(d::object_id.gt(after))
        .select(d::object_id)
        .order(d::object_id.asc())
        .into_boxed();
    if let Some(until) = until {
        query = query.filter(d::object_id.le(until));
    }
    Ok(query.load(conn)?)
}

/// The documents with these numbers, of this partnership only.
pub(crate) fn of_numbers(
    conn: &mut Conn,
    partnership: &str,
    numbers: &[i32],
) -> Result<Vec<Row>, DbError> {
    Ok(d::table
        .filter(d::partnership_id.eq(partnership))
        .filter(d::number.eq_any(numbers))
        .select(COLUMNS)
        .load(conn)?)
}

/// How many documents there are.
pub(crate) fn count(conn: &mut Conn, partnership: &str) -> Result<i64, DbError> {
    Ok(d::table
        .filter(d::partnership_id.eq(partnership))
        .count()
        .get_result(conn)?)
}

/// Forgets the documents of kinds that nobody brings any more.
pub(crate) fn remove_other_kinds(
    conn: &mut Conn,
    partnership: &str,
    kinds: &[&str],
) -> Result<usize, DbError> {
    let others = d::table
        .filter(d::partnership_id.eq(partnership))
        .filter(d::kind.ne_all(kinds.to_vec()));
    Ok(diesel::delete(others).execute(conn)?)
}

pub(crate) fn cursor(conn: &mut Conn, partnership: &str) -> Result<i64, DbError> {
    let seq: Option<i64> = c::table
        .find(partnership)
        .select(c::seq)
        .first(conn)
        .optional()?;
    Ok(seq.unwrap_or(0))
}

/// Moves the cursor; the caller holds the partnership's lock.
pub(crate) fn set_cursor(conn: &mut Conn, partnership: &str, seq: i64) -> Result<(), DbError> {
    let moved = diesel::update(c::table.find(partnership))
        .set(c::seq.eq(seq))
        .execute(conn)?;
    if moved == 0 {
        diesel::insert_into(c::table)
            .values((c::partnership_id.eq(partnership), c::seq.eq(seq)))
            .execute(conn)?;
    }
    Ok(())
}
