//! Work is durable: leased by one worker, taken over when that one dies, given up in the open.

use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::Duration;

use backbone_db::{Conn, DbError, Instant};
use backbone_identity::Role;
use backbone_jobs::{
    Job, JobError, JobId, JobState, Registry, Runner, RunnerOptions, enqueue, enqueue_unique, list,
};
use backbone_tests::process::wait;
use backbone_tests::{TestApp, World};
use serde::{Deserialize, Serialize};
use serde_json::json;

/// What the test's jobs see of each other.
#[derive(Default)]
struct Bench {
    runs: AtomicUsize,
    running: AtomicUsize,
    most_at_once: AtomicUsize,
    fails: AtomicUsize,
}

#[derive(Serialize, Deserialize)]
struct Work {
    millis: u64,
}

#[async_trait::async_trait]
impl Job<Bench> for Work {
    const KIND: &'static str = "test.work";
    const MAX_ATTEMPTS: i32 = 3;

    async fn run(&self, bench: &Bench, _: &JobId) -> Result<(), JobError> {
        let now = bench.running.fetch_add(1, Ordering::SeqCst) + 1;
        bench.most_at_once.fetch_max(now, Ordering::SeqCst);
        tokio::time::sleep(Duration::from_millis(self.millis)).await;
        bench.running.fetch_sub(1, Ordering::SeqCst);
        bench.runs.fetch_add(1, Ordering::SeqCst);
        if bench.fails.load(Ordering::SeqCst) > 0 {
            bench.fails.fetch_sub(1, Ordering::SeqCst);
            return Err(JobError::Retry("not today".into()));
        }
        Ok(())
    }
}

fn worker(app: &TestApp, bench: &Arc<Bench>, name: &str) -> Runner<Bench> {
    let mut registry = Registry::default();
    registry.job::<Work>();
    let options = RunnerOptions {
        worker: name.into(),
        concurrency: 4,
        lease_seconds: 45,
        poll: Duration::from_millis(20),
    };
    Runner::new(
        app.database.open(),
        bench.clone(),
        Arc::new(registry),
        options,
        app.clock.function(),
    )
}

fn add(app: &TestApp, tenant: &str, work: Work) -> JobId {
    let (tenant, now) = (tenant.to_string(), app.clock.now());
    app.write(move |c| enqueue::<Bench, _>(c, Some(&tenant), &work, now))
}

fn state(app: &TestApp, tenant: &str) -> Vec<JobState> {
    app.read(|c: &mut Conn| list(c, tenant, None, None, 50))
        .iter()
        .map(|j| j.state)
        .collect()
}

#[test]
fn many_workers_run_every_job_once() {
    let app = TestApp::start();
    let bench = Arc::new(Bench::default());
    for _ in 0..60 {
        add(&app, "t", Work { millis: 2 });
    }
    let workers: Vec<_> = (0..4)
        .map(|i| worker(&app, &bench, &format!("w{i}")))
        .collect();
    let done = app.runtime.block_on(async {
        let tasks: Vec<_> = workers
            .into_iter()
            .map(|w| tokio::spawn(async move { w.drain().await }))
            .collect();
        let mut sum = 0;
        for task in tasks {
            sum += task.await.unwrap();
        }
        sum
    });
    assert_eq!((done, bench.runs.load(Ordering::SeqCst)), (60, 60));
}

#[test]
fn a_dead_workers_job_is_taken_over_when_its_lease_is_over() {
    let app = TestApp::start();
    let bench = Arc::new(Bench::default());
    add(&app, "t", Work { millis: 1 });
    // A worker that took the job and was never heard of again.
    let later = backbone_tests::seed::moment(app.clock.now().plus_seconds(45));
    app.sql(&format!("UPDATE jobs SET state = 'running', leased_by = 'dead', leased_until = {later}, attempts = 1"));
    let other = worker(&app, &bench, "alive");
    assert_eq!(
        app.runtime.block_on(other.drain()),
        0,
        "its lease still holds"
    );
    app.clock.forward(46);
    assert_eq!(app.runtime.block_on(other.drain()), 1);
    assert_eq!(state(&app, "t"), [JobState::Done]);
}

#[test]
fn a_worker_that_lost_its_lease_stops_and_cannot_end_the_job() {
    let app = TestApp::start();
    let (slow, quick) = (Arc::new(Bench::default()), Arc::new(Bench::default()));
    add(&app, "t", Work { millis: 400 });
    let (first, second) = (worker(&app, &slow, "slow"), worker(&app, &quick, "quick"));
    app.runtime.block_on(async {
        let task = tokio::spawn(async move { first.drain().await });
        while slow.running.load(Ordering::SeqCst) == 0 {
            tokio::time::sleep(Duration::from_millis(5)).await;
        }
        // Its machine slept: to everybody else the lease is over.
        app.clock.forward(60);
        assert_eq!(second.drain().await, 1);
        task.await.unwrap();
    });
    let rows = app.read(|c: &mut Conn| list(c, "t", None, None, 5));
    assert_eq!((rows[0].state, rows[0].attempts), (JobState::Done, 2));
}

#[test]
fn a_job_that_keeps_failing_is_given_up_and_can_be_retried_by_staff() {
    let app = TestApp::start();
    let world = World::seed(&app);
    let bench = Arc::new(Bench::default());
    let tenant = world.home.id.to_string();
    bench.fails.store(3, Ordering::SeqCst);
    let id = add(&app, &tenant, Work { millis: 0 });
    let worker = worker(&app, &bench, "w");
    for attempt in 1..=3 {
        assert_eq!(app.runtime.block_on(worker.drain()), 1, "attempt {attempt}");
        assert_eq!(
            app.runtime.block_on(worker.drain()),
            0,
            "it waits before the next try"
        );
        app.clock.forward(3601);
    }
    assert_eq!(state(&app, &tenant), [JobState::Dead]);
    // Hours have passed: keys last longer than access tokens.
    let staff = app.client().bearer(&world.home.account(Role::Staff).key);
    let listed = staff
        .get(&world.home.path("/jobs?state=dead"))
        .expect(200)
        .json();
    assert_eq!(listed["items"][0]["last_error"], "not today", "{listed}");
    let foreign = app.client().bearer(&world.foreign.account(Role::Staff).key);
    foreign
        .post(
            &world.foreign.path(&format!("/jobs/{id}/retry")),
            &json!({}),
        )
        .expect(404);
    staff
        .post(&world.home.path(&format!("/jobs/{id}/retry")), &json!({}))
        .expect(200);
    assert_eq!(app.runtime.block_on(worker.drain()), 1);
    assert_eq!(state(&app, &tenant), [JobState::Done]);
    staff
        .post(&world.home.path(&format!("/jobs/{id}/retry")), &json!({}))
        .expect(404);
}

#[test]
fn a_named_job_is_enqueued_once_by_many() {
    let app = TestApp::start();
    let now: Instant = app.clock.now();
    let made = backbone_tests::at_once(20, |_| {
        app.core
            .db
            .write_blocking(move |c| {
                enqueue_unique::<Bench, _>(c, Some("t"), "only-one", &Work { millis: 0 }, now)
            })
            .unwrap()
            .is_some()
    });
    assert_eq!(made.iter().filter(|m| **m).count(), 1);
    assert_eq!(app.count("jobs WHERE unique_key = 'only-one'"), 1);
}

#[test]
fn a_job_and_its_cause_exist_together_or_not_at_all() {
    let app = TestApp::start();
    let now = app.clock.now();
    let undone: Result<(), DbError> = app.core.db.write_blocking(move |c| {
        enqueue::<Bench, _>(c, None, &Work { millis: 0 }, now)?;
        Err(DbError::Setup("the fact did not happen".into()))
    });
    assert!(undone.is_err());
    assert_eq!(app.count("jobs"), 0);
}

#[test]
fn a_running_worker_is_woken_and_finishes_what_it_holds() {
    let app = TestApp::start();
    let bench = Arc::new(Bench::default());
    let worker = worker(&app, &bench, "w");
    let wake = worker.waker();
    let (stop, stopped) = tokio::sync::watch::channel(false);
    let task = app.runtime.spawn(worker.run(stopped));
    add(&app, "t", Work { millis: 150 });
    wake.notify_one();
    wait("the job to start", String::new, || {
        (bench.running.load(Ordering::SeqCst) == 1).then_some(())
    });
    stop.send_replace(true);
    app.runtime.block_on(task).unwrap();
    assert_eq!(
        bench.runs.load(Ordering::SeqCst),
        1,
        "told to stop, it ends the job in hand first"
    );
    assert_eq!(state(&app, "t"), [JobState::Done]);
}
