use backbone_db::{Conn, DbError, Instant, Json};
use diesel::prelude::*;
use serde::Serialize;

use super::{Hours, Notice, NotificationId, Often, Said};
use crate::ids::PersonId;
use crate::schema::{
    notification_choices as c, notification_cursors as k, notification_hours as h,
    notifications as n,
};

/// What somebody was told.
#[derive(Clone, Debug, Queryable, Selectable, Serialize)]
#[diesel(table_name = n)]
pub struct Row {
    /// Its identifier.
    pub id: NotificationId,
    /// Whom.
    pub person_id: PersonId,
    /// The kind's name.
    pub kind: String,
    /// What it is about.
    pub matter: String,
    /// What it says.
    #[serde(skip)]
    pub words: Json,
    /// Where it leads, behind `/p/{slug}`.
    pub path: String,
    /// When it happened.
    pub at: Instant,
    /// When it was read.
    pub read_at: Option<Instant>,
}

impl Row {
    /// What it says; nothing when another version wrote it in a way that this one cannot read.
    pub fn said(&self) -> Option<Said> {
        self.words.get().ok()
    }
}

pub(super) fn was_told(
    conn: &mut Conn,
    partnership: &str,
    person: &PersonId,
    matter: &str,
) -> Result<bool, DbError> {
    let there = n::table
        .filter(n::partnership_id.eq(partnership))
        .filter(n::person_id.eq(person))
        .filter(n::matter.eq(matter))
        .select(n::kind)
        .first::<String>(conn)
        .optional()?;
    Ok(there.is_some())
}

pub(super) fn insert(
    conn: &mut Conn,
    partnership: &str,
    notice: &Notice,
    at: Instant,
    mail_at: Option<Instant>,
) -> Result<(), DbError> {
    diesel::insert_into(n::table)
        .values((
            n::id.eq(NotificationId::new()),
            n::partnership_id.eq(partnership),
            n::person_id.eq(&notice.person),
            n::kind.eq(notice.kind),
            n::matter.eq(&notice.matter),
            n::words.eq(Json::new(&Said::from(&notice.what))),
            n::path.eq(&notice.path),
            n::at.eq(at),
            n::mail_at.eq(mail_at),
        ))
        .execute(conn)?;
    Ok(())
}

pub(super) fn unread(
    conn: &mut Conn,
    partnership: &str,
    person: &PersonId,
    most: i64,
) -> Result<i64, DbError> {
    let ids: Vec<NotificationId> = n::table
        .filter(n::partnership_id.eq(partnership))
        .filter(n::person_id.eq(person))
        .filter(n::read_at.is_null())
        .limit(most)
        .select(n::id)
        .load(conn)?;
    Ok(ids.len() as i64)
}

/// The newest notification of a person, for knowing whether there is news.
pub fn newest(
    conn: &mut Conn,
    partnership: &str,
    person: &str,
) -> Result<Option<(NotificationId, Instant)>, DbError> {
    Ok(n::table
        .filter(n::partnership_id.eq(partnership))
        .filter(n::person_id.eq(person))
        .order((n::at.desc(), n::id.desc()))
        .select((n::id, n::at))
        .first(conn)
        .optional()?)
}

/// A person's notifications, newest first; those before `before` (a moment and an identifier) when given.
pub fn list(
    conn: &mut Conn,
    partnership: &str,
    person: &PersonId,
    unread_only: bool,
    before: Option<(Instant, String)>,
    limit: i64,
) -> Result<Vec<Row>, DbError> {
    let mut query = n::table
        .filter(n::partnership_id.eq(partnership))
        .filter(n::person_id.eq(person))
        .order((n::at.desc(), n::id.desc()))
        .limit(limit)
        .select(Row::as_select())
        .into_boxed();
    if unread_only {
        query = query.filter(n::read_at.is_null());
    }
    if let Some((at, id)) = before {
        query = query.filter(n::at.lt(at).or(n::at.eq(at).and(n::id.lt(id))));
    }
    Ok(query.load(conn)?)
}

/// One notification of a person.
pub fn find(
    conn: &mut Conn,
    partnership: &str,
    person: &PersonId,
    id: &str,
) -> Result<Option<Row>, DbError> {
    Ok(n::table
        .filter(n::partnership_id.eq(partnership))
        .filter(n::person_id.eq(person))
        .filter(n::id.eq(id))
        .select(Row::as_select())
        .first(conn)
        .optional()?)
}

/// Marks one as read or unread; says whether it is there.
pub fn mark(
    conn: &mut Conn,
    partnership: &str,
    person: &PersonId,
    id: &str,
    read_at: Option<Instant>,
) -> Result<bool, DbError> {
    let mine = n::table
        .filter(n::partnership_id.eq(partnership))
        .filter(n::person_id.eq(person))
        .filter(n::id.eq(id));
    Ok(diesel::update(mine)
        .set(n::read_at.eq(read_at))
        .execute(conn)?
        > 0)
}

/// Marks those up to a moment as read; gives how many.
pub fn mark_all(
    conn: &mut Conn,
    partnership: &str,
    person: &PersonId,
    until: Instant,
    now: Instant,
) -> Result<usize, DbError> {
    let mine = n::table
        .filter(n::partnership_id.eq(partnership))
        .filter(n::person_id.eq(person))
        .filter(n::at.le(until))
        .filter(n::read_at.is_null());
    Ok(diesel::update(mine).set(n::read_at.eq(now)).execute(conn)?)
}

/// What is to go out by mail by now, of a person or of all, oldest first.
pub fn to_mail(
    conn: &mut Conn,
    partnership: &str,
    person: Option<&PersonId>,
    now: Instant,
    limit: i64,
) -> Result<Vec<Row>, DbError> {
    let mut query = n::table
        .filter(n::partnership_id.eq(partnership))
        .filter(n::mail_at.le(now))
        .order((n::at.asc(), n::id.asc()))
        .limit(limit)
        .select(Row::as_select())
        .into_boxed();
    if let Some(person) = person {
        query = query.filter(n::person_id.eq(person));
    }
    Ok(query.load(conn)?)
}

/// Notes that rows were handed to a mail.
pub fn mailed(
    conn: &mut Conn,
    partnership: &str,
    ids: &[NotificationId],
    now: Instant,
) -> Result<(), DbError> {
    for id in ids {
        let row = n::table
            .filter(n::partnership_id.eq(partnership))
            .filter(n::id.eq(id));
        diesel::update(row)
            .set((n::mail_at.eq(None::<Instant>), n::mailed_at.eq(now)))
            .execute(conn)?;
    }
    Ok(())
}

/// Plans anew when the waiting notifications of a kind go out to a person.
pub fn plan(
    conn: &mut Conn,
    partnership: &str,
    person: &PersonId,
    kind: &str,
    at: Option<Instant>,
) -> Result<(), DbError> {
    let waiting = n::table
        .filter(n::partnership_id.eq(partnership))
        .filter(n::person_id.eq(person))
        .filter(n::kind.eq(kind))
        .filter(n::mail_at.is_not_null());
    diesel::update(waiting)
        .set(n::mail_at.eq(at))
        .execute(conn)?;
    Ok(())
}

/// Everything about a person, when their account is erased.
pub fn forget(conn: &mut Conn, person: &PersonId) -> Result<(), DbError> {
    diesel::delete(n::table.filter(n::person_id.eq(person))).execute(conn)?;
    diesel::delete(c::table.filter(c::person_id.eq(person))).execute(conn)?;
    diesel::delete(h::table.filter(h::person_id.eq(person))).execute(conn)?;
    Ok(())
}

/// Forgets what is older than `before`; the log still knows what happened.
pub fn forget_old(conn: &mut Conn, before: Instant) -> Result<usize, DbError> {
    Ok(diesel::delete(n::table.filter(n::at.lt(before))).execute(conn)?)
}

pub(super) fn choice(
    conn: &mut Conn,
    partnership: &str,
    person: &PersonId,
    kind: &str,
) -> Result<Option<Often>, DbError> {
    Ok(c::table
        .filter(c::partnership_id.eq(partnership))
        .filter(c::person_id.eq(person))
        .filter(c::kind.eq(kind))
        .select(c::often)
        .first(conn)
        .optional()?)
}

/// What a person chose, by kind.
pub fn choices(
    conn: &mut Conn,
    partnership: &str,
    person: &PersonId,
) -> Result<Vec<(String, Often)>, DbError> {
    Ok(c::table
        .filter(c::partnership_id.eq(partnership))
        .filter(c::person_id.eq(person))
        .order(c::kind.asc())
        .select((c::kind, c::often))
        .load(conn)?)
}

/// Keeps a choice.
pub fn choose(
    conn: &mut Conn,
    partnership: &str,
    person: &PersonId,
    kind: &str,
    often: Often,
) -> Result<(), DbError> {
    conn.lock(&format!("notification_choices:{person}"))?;
    let mine = c::table
        .filter(c::partnership_id.eq(partnership))
        .filter(c::person_id.eq(person))
        .filter(c::kind.eq(kind));
    if diesel::update(mine).set(c::often.eq(often)).execute(conn)? == 0 {
        diesel::insert_into(c::table)
            .values((
                c::partnership_id.eq(partnership),
                c::person_id.eq(person),
                c::kind.eq(kind),
                c::often.eq(often),
            ))
            .execute(conn)?;
    }
    Ok(())
}

type HoursRow = (String, Option<i32>, Option<i32>, i32, i32);

pub(super) fn hours(
    conn: &mut Conn,
    partnership: &str,
    person: &PersonId,
) -> Result<Option<Hours>, DbError> {
    let row: Option<HoursRow> = h::table
        .filter(h::partnership_id.eq(partnership))
        .filter(h::person_id.eq(person))
        .select((
            h::time_zone,
            h::quiet_from,
            h::quiet_until,
            h::summary_at,
            h::summary_day,
        ))
        .first(conn)
        .optional()?;
    Ok(
        row.map(|(time_zone, from, until, summary_at, summary_day)| Hours {
            time_zone,
            quiet: from.zip(until),
            summary_at,
            summary_day,
        }),
    )
}

/// Keeps when somebody wants mail.
pub fn put_hours(
    conn: &mut Conn,
    partnership: &str,
    person: &PersonId,
    hours: &Hours,
) -> Result<(), DbError> {
    conn.lock(&format!("notification_hours:{person}"))?;
    let values = (
        h::time_zone.eq(&hours.time_zone),
        h::quiet_from.eq(hours.quiet.map(|q| q.0)),
        h::quiet_until.eq(hours.quiet.map(|q| q.1)),
        h::summary_at.eq(hours.summary_at),
        h::summary_day.eq(hours.summary_day),
    );
    let mine = h::table
        .filter(h::partnership_id.eq(partnership))
        .filter(h::person_id.eq(person));
    if diesel::update(mine).set(values).execute(conn)? == 0 {
        diesel::insert_into(h::table)
            .values((
                h::partnership_id.eq(partnership),
                h::person_id.eq(person),
                values,
            ))
            .execute(conn)?;
    }
    Ok(())
}

pub(super) fn cursors(conn: &mut Conn) -> Result<Vec<(String, i64)>, DbError> {
    Ok(k::table.select((k::partnership_id, k::seq)).load(conn)?)
}

pub(super) fn cursor(conn: &mut Conn, partnership: &str) -> Result<Option<i64>, DbError> {
    Ok(k::table
        .find(partnership)
        .select(k::seq)
        .first(conn)
        .optional()?)
}

pub(super) fn advance(conn: &mut Conn, partnership: &str, seq: i64) -> Result<(), DbError> {
    let changed = diesel::update(k::table.find(partnership))
        .set(k::seq.eq(seq))
        .execute(conn)?;
    if changed == 0 {
        diesel::insert_into(k::table)
            .values((k::partnership_id.eq(partnership), k::seq.eq(seq)))
            .execute(conn)?;
    }
    Ok(())
}
