//! Jobs that behave badly end alone: the process that asked lives, and other jobs go on.

use std::time::Duration;

use backbone_sandbox::{Limits, Sandbox, SandboxError};

const PROBE: &str = env!("CARGO_BIN_EXE_backbone-sandbox-probe");

fn limits() -> Limits {
    Limits {
        memory: 256 << 20,
        cpu: Duration::from_secs(30),
        wall: Duration::from_secs(60),
        input: 1 << 20,
        output: 1 << 20,
    }
}

async fn code_of(kind: &str, limits: Limits) -> String {
    match Sandbox::new(PROBE, limits, 0)
        .run(kind, b"in".to_vec())
        .await
    {
        Ok(bytes) => String::from_utf8_lossy(&bytes).into_owned(),
        Err(error) => error.code().to_owned(),
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn every_kind_of_misbehaviour_has_its_explanation() {
    let short = Limits {
        wall: Duration::from_millis(500),
        ..limits()
    };
    let cpu = Limits {
        cpu: Duration::from_secs(1),
        ..limits()
    };
    for (kind, limits, expected) in [
        ("echo", limits(), "in"),
        ("refuse", limits(), "sandbox-refused"),
        ("panic", limits(), "sandbox-crashed"),
        ("hungry", limits(), "sandbox-too-much-memory"),
        ("deep", limits(), "sandbox-crashed"),
        ("endless", cpu, "sandbox-too-slow"),
        ("endless", short, "sandbox-too-slow"),
        ("sleepy", short, "sandbox-too-slow"),
        ("flood", limits(), "sandbox-too-much-output"),
        ("chatty", limits(), "in"),
        ("dying", limits(), "sandbox-crashed"),
        ("no such job", limits(), "sandbox-crashed"),
        ("secrets", limits(), "0"),
        ("files", limits(), "sandbox-crashed"),
    ] {
        assert_eq!(code_of(kind, limits).await, expected, "{kind}");
    }
}

#[tokio::test]
async fn what_a_crash_was_is_kept_for_the_log() {
    let sandbox = Sandbox::new(PROBE, limits(), 0);
    for (kind, words) in [
        ("panic", "an assumption was wrong"),
        ("deep", "overflowed its stack"),
        ("no such job", "no such job"),
    ] {
        let error = sandbox.run(kind, Vec::new()).await.unwrap_err();
        let detail = error.detail().unwrap_or_default();
        assert!(detail.contains(words), "{kind}: {detail}");
        assert!(
            !error.to_string().contains(words),
            "people are spared the detail"
        );
    }
    match sandbox.run("refuse", Vec::new()).await {
        Err(SandboxError::Refused(reason)) => assert_eq!(reason, "This is not a table."),
        other => panic!("{other:?}"),
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn good_jobs_finish_beside_bad_ones() {
    let sandbox = Sandbox::new(PROBE, limits(), 3);
    sandbox.warm_up().unwrap();
    let mut jobs = Vec::new();
    for round in 0..24_u8 {
        let sandbox = sandbox.clone();
        jobs.push(tokio::spawn(async move {
            let bad = ["hungry", "deep", "panic", "flood"][usize::from(round % 4)];
            let kind = if round % 2 == 0 { "echo" } else { bad };
            (kind, round, sandbox.run(kind, vec![round; 1000]).await)
        }));
    }
    for job in jobs {
        let (kind, round, result) = job.await.unwrap();
        match result {
            Ok(bytes) => assert_eq!((kind, bytes), ("echo", vec![round; 1000])),
            Err(error) => assert_ne!(kind, "echo", "{error:?}"),
        }
    }
}

#[tokio::test]
async fn a_large_input_is_refused_before_a_child_is_used() {
    let error = Sandbox::new("/nonexistent", limits(), 0)
        .run("echo", vec![0; 2 << 20])
        .await
        .unwrap_err();
    assert_eq!(
        error.to_string(),
        "The file has 2097152 bytes, more than the 1048576 that can be worked on at once."
    );
}

#[tokio::test]
async fn a_missing_or_foreign_program_is_an_ordinary_error() {
    for (exe, expected) in [
        ("/nonexistent/backbone", "sandbox-unavailable"),
        ("/usr/bin/yes", "sandbox-crashed"),
        ("/bin/false", "sandbox-crashed"),
    ] {
        let error = Sandbox::new(exe, limits(), 0)
            .run("echo", Vec::new())
            .await
            .unwrap_err();
        assert_eq!(error.code(), expected, "{exe}: {error:?}");
    }
}
