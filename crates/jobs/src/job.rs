use backbone_db::{DbError, id, text_enum};
use serde::Serialize;
use serde::de::DeserializeOwned;

id!(
    /// Identifies one job.
    JobId
);

text_enum!(
    /// Where a job stands.
    JobState {
        /// Not started, or waiting for its next try.
        Waiting = "waiting",
        /// Leased by a worker.
        Running = "running",
        /// Finished well.
        Done = "done",
        /// Gave up; a person can retry it.
        Dead = "dead",
    }
);

/// Why a run did not finish.
#[derive(Debug, thiserror::Error)]
pub enum JobError {
    /// May go better later: tried again with back-off, until the attempts are used up.
    #[error("{0}")]
    Retry(String),
    /// Waits until the given number of seconds from now, without using up an attempt: a rate limit, a relay that asks to wait.
    #[error("{0}")]
    Later(String, i64),
    /// Will never go better: dead at once.
    #[error("{0}")]
    Fail(String),
}

impl From<DbError> for JobError {
    fn from(e: DbError) -> Self {
        JobError::Retry(e.to_string())
    }
}

/// Work that can be stored and run later, perhaps more than once: `run` must be idempotent. `C` is what the server gives its
/// jobs to work with.
#[async_trait::async_trait]
pub trait Job<C: Send + Sync + 'static>:
    Serialize + DeserializeOwned + Send + Sync + 'static
{
    /// Stored name, `domain.verb`. Never change it: rows carry it.
    const KIND: &'static str;
    /// Tries before it is dead.
    const MAX_ATTEMPTS: i32 = 12;

    /// Does the work.
    async fn run(&self, context: &C, job: &JobId) -> Result<(), JobError>;
}
