//! A mail server that greylists, refuses, or is down for days: an invitation waits for it, and arrives once.

use backbone_identity::{OrganizationRole, Role};
use backbone_mail::sink::{Refusal, Script, Slip};
use backbone_tests::{TestApp, World};
use serde_json::json;

fn invite(app: &TestApp, world: &World, address: &str) {
    let staff = app.client().bearer(&world.home.account(Role::Staff).key);
    let body = json!({
        "people": format!("Ada <{address}>"), "roles": ["contributor"],
        "organization_id": world.home.organization(OrganizationRole::Partner),
    });
    staff
        .post(&world.home.path("/invitations"), &body)
        .expect(200);
}

/// State, and what went wrong last, of the only letter.
fn letter(app: &TestApp) -> (String, String) {
    let row = app.look("SELECT state || '|' || coalesce(last_error, '') AS value FROM jobs WHERE kind = 'mail.send'");
    let (state, why) = row.split_once('|').unwrap();
    (state.to_string(), why.to_string())
}

/// Works every so many seconds, for so long.
fn pass(app: &TestApp, seconds: i64, step: i64) {
    for _ in 0..seconds / step {
        app.clock.forward(step);
        app.drain_jobs();
    }
}

#[test]
fn greylisting_costs_some_minutes_and_no_letter() {
    let (app, sink) = TestApp::with_sink(Script {
        greylist: true,
        ..Script::default()
    });
    let world = World::seed(&app);
    invite(&app, &world, "ada@library.example");
    app.drain_jobs();
    let (state, why) = letter(&app);
    assert_eq!(state, "waiting");
    assert!(why.contains("451"), "staff see what the server said: {why}");
    assert_eq!(sink.totals().messages, 0);
    pass(&app, 60, 15);
    assert_eq!(letter(&app).0, "done");
    assert_eq!(sink.totals().messages, 1);
}

#[test]
fn a_mail_server_that_is_down_for_two_days_loses_no_letter() {
    let away = Script {
        greeting: Some(Refusal::new(421, "4.3.2 closed for repairs")),
        ..Script::default()
    };
    let (app, sink) = TestApp::with_sink(away);
    let world = World::seed(&app);
    invite(&app, &world, "ada@library.example");
    app.drain_jobs();
    pass(&app, 600, 60);
    pass(&app, 2 * 86_400, 7200);
    let (state, why) = letter(&app);
    assert_eq!(state, "waiting");
    assert!(why.contains("421"), "{why}");
    sink.change(Script::default());
    pass(&app, 3600, 3600);
    assert_eq!(
        (letter(&app).0.as_str(), sink.totals().messages),
        ("done", 1)
    );
}

#[test]
fn after_three_days_it_is_given_up_in_the_open() {
    let (app, sink) = TestApp::with_sink(Script {
        greeting: Some(Refusal::new(421, "4.3.2 closed for good")),
        ..Script::default()
    });
    let world = World::seed(&app);
    invite(&app, &world, "ada@library.example");
    pass(&app, 3 * 86_400 + 14_400, 7200);
    let (state, why) = letter(&app);
    assert_eq!(state, "dead");
    assert!(why.contains("closed for good"), "{why}");
    sink.change(Script::default());
    let staff = app.client().bearer(&world.home.account(Role::Staff).key);
    let jobs = staff
        .get(&world.home.path("/jobs?state=dead"))
        .expect(200)
        .json();
    let id = jobs["items"][0]["id"].as_str().unwrap();
    staff
        .post(&world.home.path(&format!("/jobs/{id}/retry")), &json!({}))
        .expect(200);
    app.drain_jobs();
    assert_eq!(letter(&app).0, "done", "staff try it again");
    assert_eq!(sink.totals().messages, 1);
}

#[test]
fn a_refused_recipient_is_told_at_once() {
    let (app, sink) = TestApp::with_sink(Script::default().refusing(
        "gone@library.example",
        550,
        "5.1.1 nobody here",
    ));
    let world = World::seed(&app);
    invite(&app, &world, "gone@library.example");
    app.drain_jobs();
    assert_eq!(letter(&app), ("dead".into(), letter(&app).1));
    assert!(letter(&app).1.contains("nobody here"), "{}", letter(&app).1);
    assert_eq!(sink.totals().messages, 0);
}

#[test]
fn a_connection_that_broke_after_the_message_was_taken_repeats_it_recognizably() {
    let (app, sink) = TestApp::with_sink(Script {
        slip: Some(Slip::KeepThenDrop(1)),
        ..Script::default()
    });
    let world = World::seed(&app);
    invite(&app, &world, "ada@library.example");
    app.drain_jobs();
    assert_eq!(letter(&app).0, "waiting");
    sink.change(Script::default());
    pass(&app, 30, 15);
    assert_eq!(letter(&app).0, "done");
    let ids: Vec<String> = sink.received().into_iter().map(|m| m.message_id).collect();
    assert_eq!(ids.len(), 2, "{ids:?}");
    assert_eq!(ids[0], ids[1]);
}
