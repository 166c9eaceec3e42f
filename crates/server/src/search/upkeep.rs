//! Keeping the index true: catching up with the log, reading kinds again, making it anew, checking it.

use backbone_db::{Conn, DbError, Instant};
use backbone_identity::{Core, directory};
use backbone_jobs::{Job, JobError, JobId, Registry, Schedule, enqueue};
use backbone_search::Index;
use serde::{Deserialize, Serialize};

/// Events or objects that one transaction takes at most, so that other writers need not wait long.
const STEP: i64 = 200;

/// What a step of catching up leaves to do.
pub(super) struct Step {
    /// Whether more events wait.
    pub more: bool,
    /// Whether kinds are to be read again.
    pub reread: bool,
}

/// Reads events of one partnership, and enqueues the reading again of kinds that they touched as a whole.
pub(super) fn step(
    conn: &mut Conn,
    index: &Index,
    partnership: &str,
    limit: i64,
    now: Instant,
) -> Result<Step, DbError> {
    let caught = index.catch_up(conn, partnership, limit)?;
    for kind in &caught.reread {
        let job = Reread {
            partnership: partnership.to_string(),
            kind: (*kind).to_string(),
        };
        enqueue::<Core, _>(conn, Some(partnership), &job, now)?;
    }
    Ok(Step {
        more: caught.more,
        reread: !caught.reread.is_empty(),
    })
}

/// Catches up with every partnership's log.
#[derive(Serialize, Deserialize)]
pub(super) struct CatchUp;

#[async_trait::async_trait]
impl Job<Core> for CatchUp {
    const KIND: &'static str = "search.catch_up";

    async fn run(&self, core: &Core, _: &JobId) -> Result<(), JobError> {
        let all = core.db.read(directory::partnerships).await?;
        for partnership in all {
            let tenant = partnership.to_string();
            loop {
                let (index, held) = (core.search.clone(), tenant.clone());
                let behind = core.db.read(move |c| index.behind(c, &held)).await?;
                if behind == 0 {
                    break;
                }
                let (index, held, now) = (core.search.clone(), tenant.clone(), core.now());
                let done = core
                    .db
                    .write(move |c| step(c, &index, &held, STEP, now))
                    .await?;
                if done.reread {
                    core.wake_jobs();
                }
                if !done.more {
                    break;
                }
            }
        }
        Ok(())
    }
}

/// Reads all objects of one kind again.
#[derive(Serialize, Deserialize)]
pub(super) struct Reread {
    partnership: String,
    kind: String,
}

#[async_trait::async_trait]
impl Job<Core> for Reread {
    const KIND: &'static str = "search.reread";

    async fn run(&self, core: &Core, _: &JobId) -> Result<(), JobError> {
        let mut after = Some(String::new());
        while let Some(from) = after {
            let index = core.search.clone();
            let (tenant, kind) = (self.partnership.clone(), self.kind.clone());
            after = core
                .db
                .write(move |c| index.reread(c, &tenant, &kind, &from, STEP))
                .await?;
        }
        Ok(())
    }
}

pub(super) fn register(r: &mut Registry<Core>) {
    r.job::<CatchUp>();
    r.job::<Reread>();
    r.schedule(Schedule::new(
        "search.catch_up",
        "* * * * *",
        |conn, now: Instant| enqueue::<Core, _>(conn, None, &CatchUp, now).map(drop),
    ));
}

/// Makes the index of every partnership anew and says how much can be found. What changes meanwhile is caught up with later.
///
/// # Errors
/// What the database says.
pub fn rebuild(core: &Core) -> Result<Vec<(String, i64)>, DbError> {
    let mut counts = Vec::new();
    for partnership in core.db.read_blocking(directory::partnerships)? {
        let tenant = partnership.to_string();
        let (index, held) = (core.search.clone(), tenant.clone());
        core.db
            .write_blocking(move |c| index.begin_rebuild(c, &held))?;
        for kind in core.search.kinds() {
            let mut after = Some(String::new());
            while let Some(from) = after {
                let (index, held) = (core.search.clone(), tenant.clone());
                after = core
                    .db
                    .write_blocking(move |c| index.reread(c, &held, kind, &from, STEP))?;
            }
        }
        let count = core.db.read_blocking(|c| core.search.count(c, &tenant))?;
        counts.push((tenant, count));
    }
    Ok(counts)
}

/// Compares the index with what it was made from; gives what differs, as `partnership kind id`. Events not read yet may show.
///
/// # Errors
/// What the database says.
pub fn check(core: &Core) -> Result<Vec<String>, DbError> {
    let mut wrong = Vec::new();
    for partnership in core.db.read_blocking(directory::partnerships)? {
        let tenant = partnership.to_string();
        for kind in core.search.kinds() {
            let mut after = Some(String::new());
            while let Some(from) = after {
                let (found, next) = core
                    .db
                    .read_blocking(|c| core.search.check(c, &tenant, kind, &from, STEP))?;
                wrong.extend(
                    found
                        .iter()
                        .map(|o| format!("{tenant} {} {}", o.kind, o.id)),
                );
                after = next;
            }
        }
    }
    Ok(wrong)
}
