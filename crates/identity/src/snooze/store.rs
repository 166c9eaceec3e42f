use backbone_db::{Conn, DbError, Instant};
use chrono::NaiveDate;
use diesel::prelude::*;

use super::{Snooze, SnoozeId};
use crate::ids::PersonId;
use crate::schema::attention_snoozes as s;

pub(crate) fn insert(
    conn: &mut Conn,
    partnership: &str,
    it: &Snooze,
    by: Option<&PersonId>,
) -> Result<(), DbError> {
    diesel::insert_into(s::table)
        .values((
            s::id.eq(&it.id),
            s::partnership_id.eq(partnership),
            s::rule.eq(&it.rule),
            s::subject.eq(&it.subject),
            s::title.eq(&it.title),
            s::reason.eq(&it.reason),
            s::until_day.eq(it.until),
            s::snoozed_by.eq(by),
            s::snoozed_by_name.eq(&it.snoozed_by),
            s::created_at.eq(it.created_at),
        ))
        .execute(conn)?;
    Ok(())
}

/// Ends what stands for this line.
pub(crate) fn end(
    conn: &mut Conn,
    partnership: &str,
    rule: &str,
    subject: &str,
    now: Instant,
) -> Result<(), DbError> {
    let open = s::table
        .filter(s::partnership_id.eq(partnership))
        .filter(s::rule.eq(rule))
        .filter(s::subject.eq(subject))
        .filter(s::ended_at.is_null());
    diesel::update(open)
        .set(s::ended_at.eq(now))
        .execute(conn)?;
    Ok(())
}

/// Ends one; false when it is not aside.
pub(crate) fn end_one(
    conn: &mut Conn,
    partnership: &str,
    id: &SnoozeId,
    now: Instant,
) -> Result<bool, DbError> {
    let open = s::table
        .filter(s::partnership_id.eq(partnership))
        .filter(s::id.eq(id))
        .filter(s::ended_at.is_null());
    Ok(diesel::update(open)
        .set(s::ended_at.eq(now))
        .execute(conn)?
        > 0)
}

type Row = (
    SnoozeId,
    String,
    String,
    String,
    String,
    NaiveDate,
    String,
    Instant,
);

/// What is aside on a day.
pub(crate) fn active(
    conn: &mut Conn,
    partnership: &str,
    today: NaiveDate,
) -> Result<Vec<Snooze>, DbError> {
    let rows = s::table
        .filter(s::partnership_id.eq(partnership))
        .filter(s::ended_at.is_null())
        .filter(s::until_day.gt(today))
        .order((s::until_day.asc(), s::id.asc()))
        .limit(500)
        .select((
            s::id,
            s::rule,
            s::subject,
            s::title,
            s::reason,
            s::until_day,
            s::snoozed_by_name,
            s::created_at,
        ))
        .load::<Row>(conn)?;
    Ok(rows
        .into_iter()
        .map(
            |(id, rule, subject, title, reason, until, snoozed_by, created_at)| Snooze {
                id,
                rule,
                subject,
                title,
                reason,
                until,
                snoozed_by,
                created_at,
            },
        )
        .collect())
}
