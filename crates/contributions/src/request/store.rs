use backbone_db::{Conn, DbError, Instant};
use backbone_identity::{OrganizationId, PersonId};
use chrono::NaiveDate;
use diesel::prelude::*;

use super::{Ask, AskId, Request, RequestId};
use crate::contribution::Kind;
use crate::days;
use crate::schema::{contribution_asks as a, contribution_requests as r};

type Row = (
    RequestId,
    String,
    Option<Kind>,
    String,
    String,
    Instant,
    Instant,
);

pub(crate) fn insert(conn: &mut Conn, partnership: &str, request: &Request) -> Result<(), DbError> {
    let starts_on: NaiveDate = days::chrono(request.period.start());
    diesel::insert_into(r::table)
        .values((
            r::id.eq(&request.id),
            r::partnership_id.eq(partnership),
            r::period.eq(request.period.to_string()),
            r::starts_on.eq(starts_on),
            r::ends_on.eq(days::chrono(request.period.last_day())),
            r::kind.eq(request.kind),
            r::message.eq(&request.message),
            r::asked_by.eq(&request.asked_by),
            r::expires_at.eq(request.expires_at),
            r::created_at.eq(request.created_at),
        ))
        .execute(conn)?;
    for ask in &request.asks {
        diesel::insert_into(a::table)
            .values((
                a::id.eq(&ask.id),
                a::partnership_id.eq(partnership),
                a::request_id.eq(&request.id),
                a::organization_id.eq(&ask.organization_id),
                a::person_id.eq(&ask.person_id),
                a::asked_at.eq(ask.asked_at),
            ))
            .execute(conn)?;
    }
    Ok(())
}

pub(crate) fn find(
    conn: &mut Conn,
    partnership: &str,
    id: &RequestId,
) -> Result<Option<Request>, DbError> {
    let row = r::table
        .filter(r::partnership_id.eq(partnership))
        .filter(r::id.eq(id))
        .select((
            r::id,
            r::period,
            r::kind,
            r::message,
            r::asked_by,
            r::expires_at,
            r::created_at,
        ))
        .first::<Row>(conn)
        .optional()?;
    row.map(|row| whole(conn, partnership, row)).transpose()
}

/// Requests, the newest first, before `before`.
pub(crate) fn list(
    conn: &mut Conn,
    partnership: &str,
    before: Option<&RequestId>,
    limit: i64,
) -> Result<Vec<Request>, DbError> {
    let mut query = r::table
        .filter(r::partnership_id.eq(partnership))
        .into_boxed();
    if let Some(before) = before {
        query = query.filter(r::id.lt(before));
    }
    let rows = query
        .order(r::id.desc())
        .limit(limit)
        .select((
            r::id,
            r::period,
            r::kind,
            r::message,
            r::asked_by,
            r::expires_at,
            r::created_at,
        ))
        .load::<Row>(conn)?;
    rows.into_iter()
        .map(|row| whole(conn, partnership, row))
        .collect()
}

/// Requests that were sent at a moment or after it.
pub(crate) fn since(
    conn: &mut Conn,
    partnership: &str,
    since: Instant,
) -> Result<Vec<Request>, DbError> {
    let rows = r::table
        .filter(r::partnership_id.eq(partnership))
        .filter(r::created_at.ge(since))
        .order(r::id.asc())
        .select((
            r::id,
            r::period,
            r::kind,
            r::message,
            r::asked_by,
            r::expires_at,
            r::created_at,
        ))
        .load::<Row>(conn)?;
    rows.into_iter()
        .map(|row| whole(conn, partnership, row))
        .collect()
}

type AskRow = (
    AskId,
    OrganizationId,
    PersonId,
    Instant,
    Option<Instant>,
    Option<Instant>,
);

fn whole(conn: &mut Conn, partnership: &str, row: Row) -> Result<Request, DbError> {
    let (id, period, kind, message, asked_by, expires_at, created_at) = row;
    let asks = a::table
        .filter(a::partnership_id.eq(partnership))
        .filter(a::request_id.eq(&id))
        .order(a::id.asc())
        .select((
            a::id,
            a::organization_id,
            a::person_id,
            a::asked_at,
            a::reminded_at,
            a::answered_at,
        ))
        .load::<AskRow>(conn)?;
    let unreadable = |e| DbError::Setup(format!("a stored period cannot be read: {e}"));
    Ok(Request {
        id,
        period: period.parse().map_err(unreadable)?,
        kind,
        message,
        asked_by,
        expires_at,
        created_at,
        asks: asks
            .into_iter()
            .map(
                |(id, organization_id, person_id, asked_at, reminded_at, answered_at)| Ask {
                    id,
                    organization_id,
                    person_id,
                    asked_at,
                    reminded_at,
                    answered_at,
                },
            )
            .collect(),
    })
}

/// The requests that a person was sent and nobody of their organization has answered, while their links work.
pub(crate) fn open_for(
    conn: &mut Conn,
    partnership: &str,
    person: &PersonId,
    now: Instant,
) -> Result<Vec<Request>, DbError> {
    let ids: Vec<RequestId> = a::table
        .inner_join(r::table.on(r::id.eq(a::request_id)))
        .filter(a::partnership_id.eq(partnership))
        .filter(a::person_id.eq(person))
        .filter(a::answered_at.is_null())
        .filter(r::expires_at.gt(now))
        .order(r::id.desc())
        .select(r::id)
        .limit(50)
        .load(conn)?;
    let mut open = Vec::new();
    for id in ids {
        open.extend(find(conn, partnership, &id)?);
    }
    Ok(open)
}

/// Notes that an organization answered: all its people who were asked need no reminder.
pub(crate) fn answered(
    conn: &mut Conn,
    partnership: &str,
    request: &RequestId,
    organization: &OrganizationId,
    now: Instant,
) -> Result<(), DbError> {
    let open = a::table
        .filter(a::partnership_id.eq(partnership))
        .filter(a::request_id.eq(request))
        .filter(a::organization_id.eq(organization))
        .filter(a::answered_at.is_null());
    diesel::update(open)
        .set(a::answered_at.eq(now))
        .execute(conn)?;
    Ok(())
}

pub(crate) fn reminded(
    conn: &mut Conn,
    partnership: &str,
    ask: &AskId,
    now: Instant,
) -> Result<(), DbError> {
    let one = a::table
        .filter(a::partnership_id.eq(partnership))
        .filter(a::id.eq(ask));
    diesel::update(one)
        .set(a::reminded_at.eq(now))
        .execute(conn)?;
    Ok(())
}
