use backbone_db::{Conn, DbError, Instant, Json};
use diesel::prelude::*;

use crate::event::{ActorKind, By, Event, EventId, NewEvent, Object};
use crate::link::Link;
use crate::schema::{event_heads, event_objects, events, links};

/// Takes the next number, keeping the row locked until the transaction ends; gives it with the last hash.
pub(crate) fn advance_head(
    conn: &mut Conn,
    partnership_id: &str,
) -> Result<(i64, String), DbError> {
    let row = diesel::update(event_heads::table.find(partnership_id))
        .set(event_heads::seq.eq(event_heads::seq + 1))
        .returning((event_heads::seq, event_heads::hash))
        .get_result::<(i64, String)>(conn)
        .optional()?;
    if let Some(row) = row {
        return Ok(row);
    }
    conn.lock(&format!("event_heads:{partnership_id}"))?;
    let again = event_heads::table
        .find(partnership_id)
        .select((event_heads::seq, event_heads::hash))
        .first::<(i64, String)>(conn)
        .optional()?;
    if again.is_some() {
        return advance_head(conn, partnership_id);
    }
    diesel::insert_into(event_heads::table)
        .values((
            event_heads::partnership_id.eq(partnership_id),
            event_heads::seq.eq(1),
            event_heads::hash.eq(""),
        ))
        .execute(conn)?;
    Ok((1, String::new()))
}

pub(crate) fn set_head_hash(
    conn: &mut Conn,
    partnership_id: &str,
    hash: &str,
) -> Result<(), DbError> {
    diesel::update(event_heads::table.find(partnership_id))
        .set(event_heads::hash.eq(hash))
        .execute(conn)?;
    Ok(())
}

pub(crate) fn insert(
    conn: &mut Conn,
    id: &EventId,
    partnership_id: &str,
    seq: i64,
    by: &By,
    event: &NewEvent,
    prev_hash: &str,
    hash: &str,
) -> Result<(), DbError> {
    diesel::insert_into(events::table)
        .values((
            events::id.eq(id),
            events::partnership_id.eq(partnership_id),
            events::seq.eq(seq),
            events::at.eq(by.at),
            events::actor_kind.eq(by.kind),
            events::actor_id.eq(by.id.as_deref()),
            events::actor_name.eq(&by.name),
            events::kind.eq(event.kind),
            events::object_kind.eq(&event.object.kind),
            events::object_id.eq(&event.object.id),
            events::data.eq(&event.data),
            events::prev_hash.eq(prev_hash),
            events::hash.eq(hash),
        ))
        .execute(conn)?;
    for other in &event.others {
        diesel::insert_into(event_objects::table)
            .values((
                event_objects::partnership_id.eq(partnership_id),
                event_objects::object_kind.eq(&other.kind),
                event_objects::object_id.eq(&other.id),
                event_objects::event_id.eq(id),
            ))
            .execute(conn)?;
    }
    Ok(())
}

#[derive(Queryable)]
pub(crate) struct Row {
    pub id: EventId,
    pub partnership_id: String,
    pub seq: i64,
    pub at: Instant,
    pub actor_kind: ActorKind,
    pub actor_id: Option<String>,
    pub actor_name: String,
    pub kind: String,
    pub object_kind: String,
    pub object_id: String,
    pub data: Json,
    pub prev_hash: String,
    pub hash: String,
}

impl From<Row> for Event {
    fn from(r: Row) -> Self {
        Event {
            id: r.id,
            seq: r.seq,
            at: r.at,
            actor_kind: r.actor_kind,
            actor_id: r.actor_id,
            actor_name: r.actor_name,
            kind: r.kind,
            object: Object {
                kind: r.object_kind,
                id: r.object_id,
            },
            data: r.data.value(),
            hash: r.hash,
        }
    }
}

/// The newest events of a partnership, newest first, those before number `before` when given.
pub fn recent(
    conn: &mut Conn,
    partnership_id: &str,
    before: Option<i64>,
    limit: i64,
) -> Result<Vec<Event>, DbError> {
    let rows = events::table
        .filter(events::partnership_id.eq(partnership_id))
        .filter(events::seq.lt(before.unwrap_or(i64::MAX)))
        .order(events::seq.desc())
        .limit(limit)
        .load::<Row>(conn)?;
    Ok(rows.into_iter().map(Event::from).collect())
}

/// The events of a partnership at a moment or after it, newest first.
pub fn from_moment(
    conn: &mut Conn,
    partnership_id: &str,
    at: Instant,
    limit: i64,
) -> Result<Vec<Event>, DbError> {
    let rows = events::table
        .filter(events::partnership_id.eq(partnership_id))
        .filter(events::at.ge(at))
        .order(events::seq.desc())
        .limit(limit)
        .load::<Row>(conn)?;
    Ok(rows.into_iter().map(Event::from).collect())
}

/// Everything that happened to one object, oldest first: its history.
pub fn of_object(
    conn: &mut Conn,
    partnership_id: &str,
    object: &Object,
) -> Result<Vec<Event>, DbError> {
    let further = event_objects::table
        .filter(event_objects::partnership_id.eq(partnership_id))
        .filter(event_objects::object_kind.eq(&object.kind))
        .filter(event_objects::object_id.eq(&object.id))
        .select(event_objects::event_id);
    let rows = events::table
        .filter(events::partnership_id.eq(partnership_id))
        .filter(
            events::object_kind
                .eq(&object.kind)
                .and(events::object_id.eq(&object.id))
                .or(events::id.eq_any(further)),
        )
        .order(events::seq.asc())
        .limit(1000)
        .load::<Row>(conn)?;
    Ok(rows.into_iter().map(Event::from).collect())
}

/// Whether anything ever happened to the object in this partnership: what was never made has no event.
pub fn happened(conn: &mut Conn, partnership_id: &str, object: &Object) -> Result<bool, DbError> {
    let first = events::table
        .filter(events::partnership_id.eq(partnership_id))
        .filter(events::object_kind.eq(&object.kind))
        .filter(events::object_id.eq(&object.id))
        .select(events::seq)
        .first::<i64>(conn)
        .optional()?;
    Ok(first.is_some())
}

pub(crate) fn after(
    conn: &mut Conn,
    partnership_id: &str,
    seq: i64,
    limit: i64,
) -> Result<Vec<Row>, DbError> {
    Ok(events::table
        .filter(events::partnership_id.eq(partnership_id))
        .filter(events::seq.gt(seq))
        .order(events::seq.asc())
        .limit(limit)
        .load::<Row>(conn)?)
}

/// The events behind number `seq`, oldest first, at most `limit`.
pub fn since(
    conn: &mut Conn,
    partnership_id: &str,
    seq: i64,
    limit: i64,
) -> Result<Vec<Event>, DbError> {
    let rows = after(conn, partnership_id, seq, limit)?;
    Ok(rows.into_iter().map(Event::from).collect())
}

/// Those of the kinds of which something has happened in a partnership.
pub fn kinds_of(
    conn: &mut Conn,
    partnership_id: &str,
    kinds: &[&str],
) -> Result<Vec<String>, DbError> {
    Ok(events::table
        .filter(events::partnership_id.eq(partnership_id))
        .filter(events::kind.eq_any(kinds))
        .select(events::kind)
        .distinct()
        .load(conn)?)
}

/// The number of a partnership's newest event; 0 before the first.
pub fn head_seq(conn: &mut Conn, partnership_id: &str) -> Result<i64, DbError> {
    Ok(head(conn, partnership_id)?.map_or(0, |(seq, _)| seq))
}

/// Every log with the number of its newest event.
pub fn heads(conn: &mut Conn) -> Result<Vec<(String, i64)>, DbError> {
    Ok(event_heads::table
        .select((event_heads::partnership_id, event_heads::seq))
        .order(event_heads::partnership_id)
        .load(conn)?)
}

/// Every partnership that has a log.
pub fn partnerships(conn: &mut Conn) -> Result<Vec<String>, DbError> {
    Ok(event_heads::table
        .select(event_heads::partnership_id)
        .order(event_heads::partnership_id)
        .load(conn)?)
}

pub(crate) fn head(
    conn: &mut Conn,
    partnership_id: &str,
) -> Result<Option<(i64, String)>, DbError> {
    Ok(event_heads::table
        .find(partnership_id)
        .select((event_heads::seq, event_heads::hash))
        .first(conn)
        .optional()?)
}

/// Names the present state of everything in a partnership whose changes are told in its log; it changes with each event.
pub fn state(conn: &mut Conn, partnership_id: &str) -> Result<String, DbError> {
    Ok(head(conn, partnership_id)?.map_or_else(
        || "0".to_owned(),
        |(seq, hash)| format!("{seq}-{}", hash.get(..12).unwrap_or_default()),
    ))
}

pub(crate) fn insert_link(
    conn: &mut Conn,
    partnership_id: &str,
    l: &Link,
    at: Instant,
) -> Result<(), DbError> {
    if find_link(conn, partnership_id, l)? {
        return Ok(());
    }
    diesel::insert_into(links::table)
        .values((
            links::partnership_id.eq(partnership_id),
            links::from_kind.eq(&l.from.kind),
            links::from_id.eq(&l.from.id),
            links::relation.eq(&l.relation),
            links::to_kind.eq(&l.to.kind),
            links::to_id.eq(&l.to.id),
            links::created_at.eq(at),
        ))
        .execute(conn)?;
    Ok(())
}

fn key<'a>(
    partnership_id: &'a str,
    l: &'a Link,
) -> (&'a str, &'a str, &'a str, &'a str, &'a str, &'a str) {
    (
        partnership_id,
        &l.from.kind,
        &l.from.id,
        &l.relation,
        &l.to.kind,
        &l.to.id,
    )
}

fn find_link(conn: &mut Conn, partnership_id: &str, l: &Link) -> Result<bool, DbError> {
    let found = links::table
        .find(key(partnership_id, l))
        .select(links::relation)
        .first::<String>(conn)
        .optional()?;
    Ok(found.is_some())
}

pub(crate) fn delete_link(
    conn: &mut Conn,
    partnership_id: &str,
    l: &Link,
) -> Result<usize, DbError> {
    Ok(diesel::delete(links::table.find(key(partnership_id, l))).execute(conn)?)
}

type LinkRow = (String, String, String, String, String);

fn to_link((fk, fi, relation, tk, ti): LinkRow) -> Link {
    Link {
        from: Object { kind: fk, id: fi },
        relation,
        to: Object { kind: tk, id: ti },
    }
}

pub(crate) fn links(
    conn: &mut Conn,
    partnership_id: &str,
    object: &Object,
    forwards: bool,
    limit: i64,
) -> Result<Vec<Link>, DbError> {
    let columns = (
        links::from_kind,
        links::from_id,
        links::relation,
        links::to_kind,
        links::to_id,
    );
    let base = links::table
        .filter(links::partnership_id.eq(partnership_id))
        .select(columns);
    let rows: Vec<LinkRow> = if forwards {
        base.filter(links::from_kind.eq(&object.kind))
            .filter(links::from_id.eq(&object.id))
            .order((links::created_at.asc(), links::to_id.asc()))
            .limit(limit)
            .load(conn)?
    } else {
        base.filter(links::to_kind.eq(&object.kind))
            .filter(links::to_id.eq(&object.id))
            .order((links::created_at.asc(), links::from_id.asc()))
            .limit(limit)
            .load(conn)?
    };
    Ok(rows.into_iter().map(to_link).collect())
}
