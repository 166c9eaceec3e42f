//! Told to stop in the midst of work: the request is answered, the job ends or goes back, and the exit code is 0.

use std::io::{Read, Write};
use std::net::TcpStream;
use std::sync::Arc;
use std::time::Duration;

use backbone_identity::Role;
use backbone_jobs::{Job, JobError, JobId, Registry, Runner, RunnerOptions};
use backbone_mail::sink::Script;
use backbone_tests::process::{Setup, wait};
use backbone_tests::{TestApp, World};
use serde::{Deserialize, Serialize};

use crate::process::sending::{emails, queue, state};

#[test]
fn a_request_and_a_campaign_in_hand_are_finished_first() {
    let script = Script {
        delay: Duration::from_millis(10),
        keep_bytes: false,
        ..Script::default()
    };
    let (app, sink) = TestApp::with_sink(script);
    let world = World::seed(&app);
    let campaign = queue(&app, &world.home, 600);
    let setup = Setup::new(app.folder.path(), &app.database.setting())
        .with("BACKBONE_SMTP_URL", &sink.url());
    let mut program = setup.serve();
    wait(
        "some messages",
        || program.output(),
        || (sink.totals().messages >= 50).then_some(()),
    );

    // Half of an upload is there when the signal comes; the other half follows.
    let token = &world.home.account(Role::Staff).token;
    let body = "--b\r\nContent-Disposition: form-data; name=\"file\"; filename=\"note.txt\"\r\n\r\nwritten while it stopped\r\n--b--\r\n";
    let head = format!(
        "POST {} HTTP/1.1\r\nHost: {}\r\nConnection: close\r\nAuthorization: Bearer {token}\r\n\
         Content-Type: multipart/form-data; boundary=b\r\nContent-Length: {}\r\n\r\n",
        world.home.path("/files"),
        program.address,
        body.len()
    );
    let mut stream = TcpStream::connect(program.address).unwrap();
    stream
        .set_read_timeout(Some(Duration::from_secs(30)))
        .unwrap();
    stream
        .write_all(format!("{head}{}", &body[..60]).as_bytes())
        .unwrap();
    // An answer to a later request shows that the first one has been taken up.
    program.client().get("/healthz").expect(200);
    program.terminate();
    wait(
        "a closed door",
        || program.output(),
        || TcpStream::connect(program.address).is_err().then_some(()),
    );
    stream.write_all(&body.as_bytes()[60..]).unwrap();
    let mut answer = String::new();
    stream.read_to_string(&mut answer).unwrap();
    assert!(answer.starts_with("HTTP/1.1 201"), "{answer}");
    assert_eq!(program.wait(), Some(0), "{}", program.output());
    assert_eq!(app.count("files WHERE name = 'note.txt'"), 1);

    assert!(
        emails(&app, &campaign, "state = 'claimed'").is_empty(),
        "nothing is left in flight"
    );
    assert_eq!(
        app.count("jobs WHERE state = 'running'"),
        0,
        "no job is left with a worker that has ended"
    );
    if state(&app, &campaign) != "done" {
        let mut next = setup.work();
        wait(
            "the end of the campaign",
            || next.output(),
            || (state(&app, &campaign) == "done").then_some(()),
        );
        next.terminate();
        assert_eq!(next.wait(), Some(0), "{}", next.output());
    }
    assert_eq!(emails(&app, &campaign, "state = 'accepted'").len(), 600);
    assert_eq!(sink.totals().messages, 600, "nobody got it twice");
}

#[derive(Serialize, Deserialize)]
struct Endless;

#[async_trait::async_trait]
impl Job<()> for Endless {
    const KIND: &'static str = "test.endless";

    async fn run(&self, (): &(), _: &JobId) -> Result<(), JobError> {
        std::future::pending().await
    }
}

#[test]
fn a_job_that_takes_too_long_goes_back_into_the_queue() {
    let app = TestApp::start();
    let mut registry = Registry::default();
    registry.job::<Endless>();
    let options = RunnerOptions {
        worker: "stopping".into(),
        concurrency: 2,
        lease_seconds: 45,
        poll: Duration::from_millis(20),
    };
    let now = app.clock.now();
    app.write(move |c| backbone_jobs::enqueue::<(), _>(c, None, &Endless, now));
    let runner = Runner::new(
        app.database.open(),
        Arc::new(()),
        Arc::new(registry),
        options,
        app.clock.function(),
    )
    .with_grace(Duration::from_millis(50));
    let (stop, stopped) = tokio::sync::watch::channel(false);
    let task = app.runtime.spawn(runner.run(stopped));
    wait("the job to start", String::new, || {
        (app.count("jobs WHERE state = 'running'") == 1).then_some(())
    });
    stop.send_replace(true);
    app.runtime.block_on(task).unwrap();
    assert_eq!(
        app.count("jobs WHERE state = 'waiting' AND attempts = 0"),
        1,
        "another worker may have it at once"
    );
}
