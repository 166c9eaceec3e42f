use std::str::FromStr;
use std::sync::Arc;

use backbone_db::{Conn, DbError, Instant};
use croner::Cron;

use crate::store;

type Enqueue = Arc<dyn Fn(&mut Conn, Instant) -> Result<(), DbError> + Send + Sync>;

/// Work that comes round: a name, a cron line (UTC), and what to enqueue when it is due.
#[derive(Clone)]
pub struct Schedule {
    pub(crate) name: &'static str,
    pub(crate) cron: &'static str,
    pub(crate) enqueue: Enqueue,
}

impl Schedule {
    /// `cron` has five fields, in UTC, so that daylight saving neither skips nor doubles a run.
    pub fn new(
        name: &'static str,
        cron: &'static str,
        enqueue: impl Fn(&mut Conn, Instant) -> Result<(), DbError> + Send + Sync + 'static,
    ) -> Self {
        Self {
            name,
            cron,
            enqueue: Arc::new(enqueue),
        }
    }
}

/// The first moment strictly after `after` that the cron line names.
///
/// # Errors
/// The line cannot be read, or never comes round.
pub fn next_after(cron: &str, after: Instant) -> Result<Instant, String> {
    let parsed = Cron::from_str(cron).map_err(|e| format!("{cron:?} is not a cron line: {e}"))?;
    let from = chrono::DateTime::from_timestamp(after.unix(), 0).unwrap_or_default();
    let next = parsed
        .find_next_occurrence(&from, false)
        .map_err(|e| format!("{cron:?} never comes round: {e}"))?;
    Ok(Instant::from_unix(next.timestamp()))
}

/// Enqueues what is due. Runs missed while nothing ran (a stopped server, a clock set forward) are made up once, not once
/// each; a clock set back runs nothing twice, because the next moment is stored.
pub(crate) fn tick(
    conn: &mut Conn,
    schedules: &[Schedule],
    now: Instant,
) -> Result<usize, DbError> {
    let mut fired = 0;
    for s in schedules {
        let next = next_after(s.cron, now).map_err(DbError::Setup)?;
        match store::schedule(conn, s.name)? {
            Some(row) if row.cron == s.cron => {
                if row.next_at <= now && store::advance(conn, s.name, row.next_at, next, now)? {
                    (s.enqueue)(conn, now)?;
                    fired += 1;
                }
            }
            _ => store::put_schedule(conn, s.name, s.cron, next)?,
        }
    }
    Ok(fired)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn next_moment_is_strictly_later() {
        let at = |s: &str| s.parse::<Instant>().unwrap();
        for (cron, after, next) in [
            ("0 6 * * *", "2026-03-29T05:59:59Z", "2026-03-29T06:00:00Z"),
            ("0 6 * * *", "2026-03-29T06:00:00Z", "2026-03-30T06:00:00Z"),
            (
                "*/15 * * * *",
                "2026-10-25T00:59:00Z",
                "2026-10-25T01:00:00Z",
            ),
        ] {
            assert_eq!(
                next_after(cron, at(after)).unwrap(),
                at(next),
                "{cron} after {after}"
            );
        }
        assert!(next_after("soon", at("2026-01-01T00:00:00Z")).is_err());
    }
}
