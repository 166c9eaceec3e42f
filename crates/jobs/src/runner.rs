use std::collections::HashMap;
use std::future::Future;
use std::pin::Pin;
use std::sync::Arc;
use std::time::Duration;

use backbone_db::{Db, Instant, Json};
use tokio::sync::{Notify, Semaphore, watch};
use tokio::task::JoinSet;

use crate::job::{Job, JobError, JobId, JobState};
use crate::schedule::{self, Schedule};
use crate::store::{self, JobRow};

type RunFn<C> = Arc<
    dyn Fn(Arc<C>, JobId, Json) -> Pin<Box<dyn Future<Output = Result<(), JobError>> + Send>>
        + Send
        + Sync,
>;

/// The kinds of job a server knows, and its schedules.
pub struct Registry<C> {
    runs: HashMap<&'static str, RunFn<C>>,
    schedules: Vec<Schedule>,
}

impl<C: Send + Sync + 'static> Default for Registry<C> {
    fn default() -> Self {
        Self {
            runs: HashMap::new(),
            schedules: Vec::new(),
        }
    }
}

impl<C: Send + Sync + 'static> Registry<C> {
    /// Makes a kind of job known.
    pub fn job<J: Job<C>>(&mut self) -> &mut Self {
        let run: RunFn<C> = Arc::new(|context, id, payload| {
            Box::pin(async move {
                let job: J = payload.get().map_err(|e| {
                    JobError::Fail(format!("this version cannot read the job's data: {e}"))
                })?;
                job.run(&context, &id).await
            })
        });
        self.runs.insert(J::KIND, run);
        self
    }

    /// Adds work that comes round.
    pub fn schedule(&mut self, schedule: Schedule) -> &mut Self {
        self.schedules.push(schedule);
        self
    }
}

/// How a worker works.
#[derive(Clone, Debug)]
pub struct RunnerOptions {
    /// This worker's name, unique among those alive.
    pub worker: String,
    /// Jobs at once.
    pub concurrency: usize,
    /// Seconds a lease lasts; a heartbeat renews it at a third of that.
    pub lease_seconds: i64,
    /// How often to look when nothing wakes the worker.
    pub poll: Duration,
}

/// A worker.
pub struct Runner<C> {
    db: Db,
    context: Arc<C>,
    registry: Arc<Registry<C>>,
    options: RunnerOptions,
    clock: fn() -> Instant,
    wake: Arc<Notify>,
    grace: Duration,
}

/// How long jobs in hand may take to end after the worker was told to stop. A job that lasts longer goes back into the queue.
const GRACE: Duration = Duration::from_secs(25);
/// Tries, a second apart, to store how a job ended while the database is away; its lease lasts longer.
const TRIES_TO_FINISH: usize = 20;

impl<C: Send + Sync + 'static> Runner<C> {
    /// A worker on `db`; `clock` is the server's.
    pub fn new(
        db: Db,
        context: Arc<C>,
        registry: Arc<Registry<C>>,
        options: RunnerOptions,
        clock: fn() -> Instant,
    ) -> Self {
        Self {
            db,
            context,
            registry,
            options,
            clock,
            wake: Arc::new(Notify::new()),
            grace: GRACE,
        }
    }

    /// Another time for jobs in hand to end after the worker was told to stop.
    pub fn with_grace(mut self, grace: Duration) -> Self {
        self.grace = grace;
        self
    }

    /// Wakes the worker at once when notified, rather than at its next look.
    pub fn waker(&self) -> Arc<Notify> {
        self.wake.clone()
    }

    /// Uses the caller's waker, so that those who enqueue need not know the worker.
    pub fn woken_by(mut self, wake: Arc<Notify>) -> Self {
        self.wake = wake;
        self
    }

    /// Works until `stop` turns true, then waits for the jobs in hand; those that take too long are put back for another worker.
    pub async fn run(self, mut stop: watch::Receiver<bool>) {
        let slots = Arc::new(Semaphore::new(self.options.concurrency));
        let me = Arc::new(self);
        let mut in_hand = JoinSet::new();
        let mut last_swept = Instant::from_unix(0);
        while !*stop.borrow() {
            let now = (me.clock)();
            me.tick(now).await;
            if now.seconds_since(last_swept) > 3600 {
                me.sweep(now).await;
                last_swept = now;
            }
            let free = slots.available_permits();
            let jobs = if free > 0 {
                me.claim(free as i64, now).await
            } else {
                Vec::new()
            };
            let found = !jobs.is_empty();
            for job in jobs {
                // Never closed, and at most `free` jobs were claimed.
                let Ok(permit) = slots.clone().acquire_owned().await else {
                    break;
                };
                let me = me.clone();
                in_hand.spawn(async move {
                    me.work(job).await;
                    drop(permit);
                    me.wake.notify_one();
                });
            }
            while in_hand.try_join_next().is_some() {}
            if !found {
                tokio::select! {
                    _ = tokio::time::sleep(me.options.poll) => {}
                    _ = me.wake.notified() => {}
                    _ = stop.changed() => {}
                }
            }
        }
        let all_ended = async { while in_hand.join_next().await.is_some() {} };
        if tokio::time::timeout(me.grace, all_ended).await.is_err() {
            tracing::info!(jobs = in_hand.len(), "jobs in hand go back into the queue");
            in_hand.shutdown().await;
            me.release().await;
        }
    }

    /// Gives back what this worker holds; the job's runs are idempotent, so another may begin them anew.
    async fn release(&self) {
        let (worker, now) = (self.options.worker.clone(), (self.clock)());
        if let Err(e) = self
            .db
            .write(move |c| store::release(c, &worker, now))
            .await
        {
            tracing::error!(error = %e, "jobs could not be put back; they resume when their leases run out");
        }
    }

    /// Runs everything that is due, one after another, until nothing is. For tests and the command line.
    pub async fn drain(&self) -> usize {
        let mut done = 0;
        loop {
            let now = (self.clock)();
            self.tick(now).await;
            let jobs = self.claim(16, now).await;
            if jobs.is_empty() {
                return done;
            }
            for job in jobs {
                self.work(job).await;
                done += 1;
            }
        }
    }

    async fn tick(&self, now: Instant) {
        let registry = self.registry.clone();
        let ticked = self
            .db
            .write(move |c| schedule::tick(c, &registry.schedules, now))
            .await;
        if let Err(e) = ticked {
            tracing::error!(error = %e, "schedules could not be looked at");
        }
    }

    async fn sweep(&self, now: Instant) {
        if let Err(e) = self
            .db
            .write(move |c| store::forget_done(c, now.plus_days(-30)))
            .await
        {
            tracing::error!(error = %e, "old jobs could not be forgotten");
        }
    }

    async fn claim(&self, limit: i64, now: Instant) -> Vec<JobRow> {
        let worker = self.options.worker.clone();
        let until = now.plus_seconds(self.options.lease_seconds);
        let registry = self.registry.clone();
        let claimed = self
            .db
            .write(move |c| {
                let kinds: Vec<&str> = registry.runs.keys().copied().collect();
                store::claim(c, &worker, &kinds, limit, now, until)
            })
            .await;
        claimed.unwrap_or_else(|e| {
            tracing::error!(error = %e, "the job queue could not be read");
            Vec::new()
        })
    }

    async fn work(&self, job: JobRow) {
        let Some(run) = self.registry.runs.get(job.kind.as_str()).cloned() else {
            return;
        };
        let work = tokio::spawn(run(
            self.context.clone(),
            job.id.clone(),
            job.payload.clone(),
        ));
        let abort = work.abort_handle();
        // When this worker gives the job back, the work must not go on unseen.
        let _stop = AbortOnDrop(work.abort_handle());
        let beat = self.heartbeat(&job, abort);
        let outcome = tokio::select! {
            done = work => match done {
                Ok(result) => result,
                Err(e) => Err(JobError::Retry(format!("the job stopped: {e}"))),
            },
            () = beat => return,
        };
        self.finish(&job, outcome).await;
    }

    /// Renews the lease; returns only when it was lost, after stopping the work, so that a job is never owned by two.
    async fn heartbeat(&self, job: &JobRow, abort: tokio::task::AbortHandle) {
        let every = Duration::from_secs((self.options.lease_seconds as u64 / 3).max(1));
        loop {
            tokio::time::sleep(every).await;
            let (id, worker) = (job.id.clone(), self.options.worker.clone());
            let until = (self.clock)().plus_seconds(self.options.lease_seconds);
            match self
                .db
                .write(move |c| store::heartbeat(c, &id, &worker, until))
                .await
            {
                Ok(true) => {}
                Ok(false) => {
                    tracing::warn!(job = %job.id, kind = job.kind, "lease lost; stopping");
                    abort.abort();
                    return;
                }
                Err(e) => tracing::warn!(job = %job.id, error = %e, "heartbeat failed"),
            }
        }
    }

    async fn finish(&self, job: &JobRow, outcome: Result<(), JobError>) {
        let now = (self.clock)();
        let (state, run_at, give_back, error) = match outcome {
            Ok(()) => (JobState::Done, None, false, None),
            Err(JobError::Later(why, seconds)) => (
                JobState::Waiting,
                Some(now.plus_seconds(seconds)),
                true,
                Some(why),
            ),
            Err(JobError::Retry(why)) if job.attempts < job.max_attempts => {
                tracing::warn!(job = %job.id, kind = job.kind, attempt = job.attempts, error = why, "job will be tried again");
                (
                    JobState::Waiting,
                    Some(now.plus_seconds(back_off(job.attempts))),
                    false,
                    Some(why),
                )
            }
            Err(JobError::Retry(why) | JobError::Fail(why)) => {
                tracing::error!(job = %job.id, kind = job.kind, error = why, "job given up");
                (JobState::Dead, None, false, Some(why))
            }
        };
        for _ in 0..TRIES_TO_FINISH {
            let (id, worker, error) = (job.id.clone(), self.options.worker.clone(), error.clone());
            let ended = self
                .db
                .write(move |c| {
                    store::finish(
                        c,
                        &id,
                        &worker,
                        state,
                        run_at,
                        give_back,
                        error.as_deref(),
                        now,
                    )
                })
                .await;
            match ended {
                Ok(_) => return,
                Err(e) => {
                    tracing::error!(job = %job.id, error = %e, "the job's end could not be stored");
                    if !e.is_unavailable() {
                        break;
                    }
                }
            }
            tokio::time::sleep(Duration::from_secs(1)).await;
        }
        // The lease runs out and the job, being idempotent, is run again.
    }
}

/// Ends a task that nobody waits for any more.
struct AbortOnDrop(tokio::task::AbortHandle);

impl Drop for AbortOnDrop {
    fn drop(&mut self) {
        self.0.abort();
    }
}

/// Seconds until the next try: 5, 20, 45, … growing with the square, at most an hour.
fn back_off(attempts: i32) -> i64 {
    let n = i64::from(attempts.max(1));
    (5 * n * n).min(3600)
}
