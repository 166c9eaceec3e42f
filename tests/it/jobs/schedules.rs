//! Schedules neither miss nor double a run, whatever the clock does.

use std::sync::Arc;
use std::time::Duration;

use backbone_db::Instant;
use backbone_jobs::{Job, JobError, JobId, Registry, Runner, RunnerOptions, Schedule};
use backbone_tests::TestApp;
use serde::{Deserialize, Serialize};

#[derive(Serialize, Deserialize)]
struct Nightly;

#[async_trait::async_trait]
impl Job<()> for Nightly {
    const KIND: &'static str = "test.nightly";
    async fn run(&self, (): &(), _: &JobId) -> Result<(), JobError> {
        Ok(())
    }
}

fn worker(app: &TestApp, name: &str) -> Runner<()> {
    let mut registry = Registry::default();
    registry.job::<Nightly>();
    registry.schedule(Schedule::new("test.nightly", "0 2 * * *", |conn, now| {
        backbone_jobs::enqueue::<(), _>(conn, None, &Nightly, now).map(drop)
    }));
    let options = RunnerOptions {
        worker: name.into(),
        concurrency: 1,
        lease_seconds: 45,
        poll: Duration::from_millis(20),
    };
    Runner::new(
        app.database.open(),
        Arc::new(()),
        Arc::new(registry),
        options,
        app.clock.function(),
    )
}

fn at(text: &str) -> Instant {
    text.parse().unwrap()
}

#[test]
fn the_clock_may_jump_either_way() {
    let app = TestApp::start();
    let worker = worker(&app, "w");
    let runs_at = |moment: &str| {
        app.clock.set(at(moment));
        app.runtime.block_on(worker.drain())
    };
    for (moment, runs, why) in [
        (
            "2026-10-24T01:00:00Z",
            0,
            "the first look only notes when it is due",
        ),
        ("2026-10-24T02:00:05Z", 1, "due"),
        ("2026-10-24T02:00:09Z", 0, "it ran"),
        ("2026-10-24T01:30:00Z", 0, "the clock was set back"),
        ("2026-10-24T02:00:05Z", 0, "the same moment a second time"),
        (
            "2026-10-25T02:00:05Z",
            1,
            "the night in which daylight saving ends",
        ),
        (
            "2026-10-25T03:00:05Z",
            0,
            "the hour that comes twice on the wall",
        ),
        (
            "2026-11-05T09:00:00Z",
            1,
            "ten days missed are made up once",
        ),
        ("2026-11-06T02:00:05Z", 1, "and it goes on"),
    ] {
        assert_eq!(runs_at(moment), runs, "{moment}: {why}");
    }
}

#[test]
fn of_many_nodes_one_enqueues() {
    let app = TestApp::start();
    app.clock.set(at("2026-10-24T01:00:00Z"));
    let workers: Vec<_> = (0..6).map(|i| worker(&app, &format!("w{i}"))).collect();
    app.runtime.block_on(workers[0].drain());
    app.clock.set(at("2026-10-24T02:00:05Z"));
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
    assert_eq!(done, 1);
    assert_eq!(app.count("jobs WHERE kind = 'test.nightly'"), 1);
}
