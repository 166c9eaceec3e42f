//! Durable work: a queue in the database with leases and back-off, and schedules that survive restarts.
//!
//! A job is a serializable struct with a `run`. It is enqueued in the transaction of the fact that causes it, so that neither
//! exists without the other. A worker leases it, keeps the lease alive while it runs, and another takes over when it dies.

mod job;
mod queue;
mod runner;
mod schedule;
mod schema;
mod store;

pub use job::{Job, JobError, JobId, JobState};
pub use queue::{enqueue, enqueue_at, enqueue_unique, retry_dead};
pub use runner::{Registry, Runner, RunnerOptions};
pub use schedule::{Schedule, next_after};
pub use store::{Counts, JobRow, counts, dead, list};
