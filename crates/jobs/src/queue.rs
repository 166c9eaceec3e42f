use backbone_db::{Conn, DbError, Instant, Json};

use crate::job::{Job, JobId};
use crate::store;

/// Adds a job, to run as soon as a worker is free.
pub fn enqueue<C: Send + Sync + 'static, J: Job<C>>(
    conn: &mut Conn,
    partnership_id: Option<&str>,
    job: &J,
    now: Instant,
) -> Result<JobId, DbError> {
    enqueue_at::<C, J>(conn, partnership_id, job, now, now)
}

/// Adds a job that waits until `run_at`.
pub fn enqueue_at<C: Send + Sync + 'static, J: Job<C>>(
    conn: &mut Conn,
    partnership_id: Option<&str>,
    job: &J,
    run_at: Instant,
    now: Instant,
) -> Result<JobId, DbError> {
    let id = JobId::new();
    store::insert(
        conn,
        &id,
        partnership_id,
        J::KIND,
        &Json::new(job),
        None,
        run_at,
        J::MAX_ATTEMPTS,
        now,
    )?;
    Ok(id)
}

/// Adds a job unless one with the same `key` is there, done or not. Gives the job's id, or `None` when it was there.
pub fn enqueue_unique<C: Send + Sync + 'static, J: Job<C>>(
    conn: &mut Conn,
    partnership_id: Option<&str>,
    key: &str,
    job: &J,
    now: Instant,
) -> Result<Option<JobId>, DbError> {
    conn.lock(&format!("jobs:{key}"))?;
    if store::exists(conn, key)? {
        return Ok(None);
    }
    let id = JobId::new();
    store::insert(
        conn,
        &id,
        partnership_id,
        J::KIND,
        &Json::new(job),
        Some(key),
        now,
        J::MAX_ATTEMPTS,
        now,
    )?;
    Ok(Some(id))
}

/// Puts a dead job back in the queue with fresh attempts; says whether it was dead. Only a job of `partnership_id`.
pub fn retry_dead(
    conn: &mut Conn,
    partnership_id: &str,
    id: &JobId,
    now: Instant,
) -> Result<bool, DbError> {
    store::revive(conn, partnership_id, id, now)
}
