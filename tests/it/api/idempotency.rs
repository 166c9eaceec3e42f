//! A POST with an `Idempotency-Key` has its effect once.

use backbone_identity::Role;
use backbone_tests::{Client, Response, TestApp, World, at_once};

fn upload(client: &Client, path: &str, key: &str, content: &[u8]) -> Response {
    client
        .request("POST", path)
        .key(key)
        .multipart(&[
            ("file", "minutes.txt", content),
            ("purpose", "", b"evidence"),
        ])
        .send()
}

#[test]
fn the_same_key_twice_is_one_effect_and_one_answer() {
    let app = TestApp::start();
    let world = World::seed(&app);
    let (path, staff) = (world.home.path("/files"), world.home.api(&app, Role::Staff));
    let before = app.count("files");
    let first = upload(&staff, &path, "once", b"what was said").expect(201);
    let again = upload(&staff, &path, "once", b"what was said").expect(201);
    assert_eq!(first.body, again.body);
    assert_eq!(first.header("location"), again.header("location"));
    assert_eq!(
        (
            first.header("idempotency-replayed"),
            again.header("idempotency-replayed")
        ),
        (None, Some("true"))
    );
    assert_eq!(app.count("files"), before + 1);
}

#[test]
fn a_key_belongs_to_one_request_of_one_person_in_one_partnership() {
    let app = TestApp::start();
    let world = World::seed(&app);
    let path = world.home.path("/files");
    let staff = world.home.api(&app, Role::Staff);
    upload(&staff, &path, "once", b"what was said").expect(201);
    let other = upload(&staff, &path, "once", b"something else").expect(422);
    assert_eq!(other.problem(), "idempotency-mismatch");
    let elsewhere = [
        world.home.api(&app, Role::Admin),
        world.home.api(&app, Role::Contributor),
    ];
    for client in elsewhere {
        let answer = upload(&client, &path, "once", b"of somebody else").expect(201);
        assert_eq!(answer.header("idempotency-replayed"), None);
    }
    let foreign = upload(
        &world.foreign.api(&app, Role::Staff),
        &world.foreign.path("/files"),
        "once",
        b"abroad",
    )
    .expect(201);
    assert_eq!(foreign.header("idempotency-replayed"), None);
}

#[test]
fn twenty_at_once_are_one_effect() {
    let app = TestApp::start();
    let world = World::seed(&app);
    let (path, staff) = (world.home.path("/files"), world.home.api(&app, Role::Staff));
    let before = app.count("files");
    let answers = at_once(20, |_| {
        upload(&staff, &path, "all-at-once", b"what was said")
    });
    assert!(
        answers.iter().all(|a| a.status == 201),
        "{:?}",
        answers.iter().map(|a| a.status).collect::<Vec<_>>()
    );
    assert!(answers.iter().all(|a| a.body == answers[0].body));
    assert_eq!(app.count("files"), before + 1);
}

#[test]
fn a_refused_request_does_not_use_its_key_up() {
    let app = TestApp::start();
    let world = World::seed(&app);
    let (path, staff) = (world.home.path("/files"), world.home.api(&app, Role::Staff));
    let refused = staff
        .request("POST", &path)
        .key("k")
        .multipart(&[("purpose", "", b"nonsense"), ("file", "a.txt", b"x")])
        .send();
    assert_eq!(refused.status, 422);
    upload(&staff, &path, "k", b"x").expect(201);
    for key in [" ".repeat(201), String::new()] {
        let odd = upload(&staff, &path, &key, b"x");
        assert!([400, 201].contains(&odd.status), "{}", odd.text());
    }
}
