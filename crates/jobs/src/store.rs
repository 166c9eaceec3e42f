use backbone_db::{Conn, DbError, Instant, Json, each_backend};
use diesel::prelude::*;
use serde::Serialize;

use crate::job::{JobId, JobState};
use crate::schema::{jobs, schedules};

/// A job as stored, for people to look at.
#[derive(Clone, Debug, Queryable, Selectable, Serialize)]
#[diesel(table_name = jobs)]
pub struct JobRow {
    /// Its identifier.
    pub id: JobId,
    /// The partnership it works for, if any.
    pub partnership_id: Option<String>,
    /// What kind of work.
    pub kind: String,
    /// Its data.
    #[serde(skip)]
    pub payload: Json,
    /// Where it stands.
    pub state: JobState,
    /// When it is due.
    pub run_at: Instant,
    /// Tries so far.
    pub attempts: i32,
    /// Tries before it is given up.
    pub max_attempts: i32,
    /// What went wrong last.
    pub last_error: Option<String>,
    /// When it was added.
    pub created_at: Instant,
    /// When it ended.
    pub finished_at: Option<Instant>,
}

pub(crate) fn insert(
    conn: &mut Conn,
    id: &JobId,
    partnership_id: Option<&str>,
    kind: &str,
    payload: &Json,
    unique_key: Option<&str>,
    run_at: Instant,
    max_attempts: i32,
    now: Instant,
) -> Result<(), DbError> {
    diesel::insert_into(jobs::table)
        .values((
            jobs::id.eq(id),
            jobs::partnership_id.eq(partnership_id),
            jobs::kind.eq(kind),
            jobs::payload.eq(payload),
            jobs::state.eq(JobState::Waiting),
            jobs::unique_key.eq(unique_key),
            jobs::run_at.eq(run_at),
            jobs::attempts.eq(0),
            jobs::max_attempts.eq(max_attempts),
            jobs::created_at.eq(now),
        ))
        .execute(conn)?;
    Ok(())
}

pub(crate) fn exists(conn: &mut Conn, key: &str) -> Result<bool, DbError> {
    Ok(jobs::table
        .filter(jobs::unique_key.eq(key))
        .count()
        .get_result::<i64>(conn)?
        > 0)
}

/// Leases up to `limit` due jobs: waiting ones, and running ones whose lease has run out.
pub(crate) fn claim(
    conn: &mut Conn,
    worker: &str,
    kinds: &[&str],
    limit: i64,
    now: Instant,
    until: Instant,
) -> Result<Vec<JobRow>, DbError> {
    // The lock clause exists on one engine only, so the query is written out for each by a macro.
    macro_rules! due {
        () => {
            jobs::table
                .filter(
                    (jobs::state.eq(JobState::Waiting).and(jobs::run_at.le(now))).or(jobs::state
                        .eq(JobState::Running)
                        .and(jobs::leased_until.assume_not_null().lt(now))),
                )
                .filter(jobs::kind.eq_any(kinds))
                .order(jobs::run_at.asc())
                .limit(limit)
                .select(jobs::id)
        };
    }
    let ids: Vec<JobId> = match conn {
        Conn::Sqlite(c) => due!().load(c)?,
        // Two workers on PostgreSQL pass over each other's candidates instead of waiting for them.
        Conn::Pg(c) => due!().for_update().skip_locked().load(c)?,
    };
    if ids.is_empty() {
        return Ok(Vec::new());
    }
    each_backend!(conn, c => diesel::update(jobs::table.filter(jobs::id.eq_any(&ids)))
        .set((
            jobs::state.eq(JobState::Running),
            jobs::leased_by.eq(worker),
            jobs::leased_until.eq(until),
            jobs::attempts.eq(jobs::attempts + 1),
        ))
        .execute(c))?;
    Ok(jobs::table
        .filter(jobs::id.eq_any(&ids))
        .order(jobs::run_at.asc())
        .select(JobRow::as_select())
        .load(conn)?)
}

/// Keeps a lease alive; false when another worker has it.
pub(crate) fn heartbeat(
    conn: &mut Conn,
    id: &JobId,
    worker: &str,
    until: Instant,
) -> Result<bool, DbError> {
    let mine = jobs::table
        .filter(jobs::id.eq(id))
        .filter(jobs::leased_by.eq(worker));
    Ok(
        diesel::update(mine.filter(jobs::state.eq(JobState::Running)))
            .set(jobs::leased_until.eq(until))
            .execute(conn)?
            > 0,
    )
}

/// Puts all that a worker holds back into the queue, as if it had not been begun.
pub(crate) fn release(conn: &mut Conn, worker: &str, now: Instant) -> Result<usize, DbError> {
    let mine = jobs::table
        .filter(jobs::leased_by.eq(worker))
        .filter(jobs::state.eq(JobState::Running));
    Ok(each_backend!(conn, c => diesel::update(mine)
        .set((
            jobs::state.eq(JobState::Waiting),
            jobs::run_at.eq(now),
            jobs::attempts.eq(jobs::attempts - 1),
        ))
        .execute(c))?)
}

/// Ends a run: state, when to run again, and what went wrong. Only the worker that holds the lease may.
pub(crate) fn finish(
    conn: &mut Conn,
    id: &JobId,
    worker: &str,
    state: JobState,
    run_at: Option<Instant>,
    give_back_attempt: bool,
    error: Option<&str>,
    now: Instant,
) -> Result<bool, DbError> {
    let mine = jobs::table
        .filter(jobs::id.eq(id))
        .filter(jobs::leased_by.eq(worker));
    let ended = matches!(state, JobState::Done | JobState::Dead).then_some(now);
    let changed = diesel::update(mine.filter(jobs::state.eq(JobState::Running)))
        .set((
            jobs::state.eq(state),
            run_at.map(|t| jobs::run_at.eq(t)),
            jobs::attempts.eq(jobs::attempts - i32::from(give_back_attempt)),
            jobs::leased_by.eq(None::<String>),
            jobs::leased_until.eq(None::<Instant>),
            jobs::last_error.eq(error),
            jobs::finished_at.eq(ended),
        ))
        .execute(conn)?;
    Ok(changed > 0)
}

pub(crate) fn revive(
    conn: &mut Conn,
    partnership_id: &str,
    id: &JobId,
    now: Instant,
) -> Result<bool, DbError> {
    let dead = jobs::table
        .filter(jobs::id.eq(id))
        .filter(jobs::partnership_id.eq(partnership_id));
    Ok(diesel::update(dead.filter(jobs::state.eq(JobState::Dead)))
        .set((
            jobs::state.eq(JobState::Waiting),
            jobs::attempts.eq(0),
            jobs::run_at.eq(now),
            jobs::finished_at.eq(None::<Instant>),
        ))
        .execute(conn)?
        > 0)
}

/// Finished jobs older than `before` are forgotten; their effects and events stay.
pub(crate) fn forget_done(conn: &mut Conn, before: Instant) -> Result<usize, DbError> {
    Ok(diesel::delete(
        jobs::table
            .filter(jobs::state.eq(JobState::Done))
            .filter(jobs::finished_at.assume_not_null().lt(before)),
    )
    .execute(conn)?)
}

/// Jobs of a partnership that gave up, newest first.
pub fn dead(conn: &mut Conn, partnership_id: &str, limit: i64) -> Result<Vec<JobRow>, DbError> {
    Ok(jobs::table
        .filter(jobs::partnership_id.eq(partnership_id))
        .filter(jobs::state.eq(JobState::Dead))
        .order(jobs::finished_at.desc())
        .limit(limit)
        .select(JobRow::as_select())
        .load(conn)?)
}

/// Jobs of a partnership, newest first, those with an id below `before` when given.
pub fn list(
    conn: &mut Conn,
    partnership_id: &str,
    state: Option<JobState>,
    before: Option<&str>,
    limit: i64,
) -> Result<Vec<JobRow>, DbError> {
    let mut query = jobs::table
        .filter(jobs::partnership_id.eq(partnership_id))
        .order(jobs::id.desc())
        .limit(limit)
        .select(JobRow::as_select())
        .into_boxed();
    if let Some(state) = state {
        query = query.filter(jobs::state.eq(state));
    }
    if let Some(before) = before {
        query = query.filter(jobs::id.lt(before));
    }
    Ok(query.load(conn)?)
}

/// How many jobs stand where, for monitoring.
#[derive(Clone, Copy, Debug, Default, Serialize)]
pub struct Counts {
    /// Waiting.
    pub waiting: i64,
    /// Being worked on.
    pub running: i64,
    /// Given up.
    pub dead: i64,
}

/// Counts jobs by state over the whole server.
pub fn counts(conn: &mut Conn) -> Result<Counts, DbError> {
    let rows: Vec<(JobState, i64)> = jobs::table
        .filter(jobs::state.ne(JobState::Done))
        .group_by(jobs::state)
        .select((jobs::state, diesel::dsl::count_star()))
        .load(conn)?;
    let of = |s| {
        rows.iter()
            .find(|(state, _)| *state == s)
            .map_or(0, |(_, n)| *n)
    };
    Ok(Counts {
        waiting: of(JobState::Waiting),
        running: of(JobState::Running),
        dead: of(JobState::Dead),
    })
}

#[derive(Clone, Debug, Queryable)]
pub(crate) struct ScheduleRow {
    pub cron: String,
    pub next_at: Instant,
}

pub(crate) fn schedule(conn: &mut Conn, name: &str) -> Result<Option<ScheduleRow>, DbError> {
    Ok(schedules::table
        .find(name)
        .select((schedules::cron, schedules::next_at))
        .first(conn)
        .optional()?)
}

pub(crate) fn put_schedule(
    conn: &mut Conn,
    name: &str,
    cron: &str,
    next_at: Instant,
) -> Result<(), DbError> {
    let changed = diesel::update(schedules::table.find(name))
        .set((schedules::cron.eq(cron), schedules::next_at.eq(next_at)))
        .execute(conn)?;
    if changed == 0 {
        diesel::insert_into(schedules::table)
            .values((
                schedules::name.eq(name),
                schedules::cron.eq(cron),
                schedules::next_at.eq(next_at),
            ))
            .execute(conn)?;
    }
    Ok(())
}

/// Moves a schedule on from `due` to `next_at`; false when another node did so first.
pub(crate) fn advance(
    conn: &mut Conn,
    name: &str,
    due: Instant,
    next_at: Instant,
    now: Instant,
) -> Result<bool, DbError> {
    Ok(diesel::update(
        schedules::table
            .find(name)
            .filter(schedules::next_at.eq(due)),
    )
    .set((schedules::next_at.eq(next_at), schedules::last_at.eq(now)))
    .execute(conn)?
        > 0)
}
