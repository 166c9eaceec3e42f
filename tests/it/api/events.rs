//! The log of what happened: every write is in it, and a change to it is found.

use backbone_identity::Role;
use backbone_tests::{TestApp, World, at_once};

fn upload_many(app: &TestApp, world: &World, n: usize) {
    let staff = world.home.api(app, Role::Staff);
    let statuses = at_once(n, |i| {
        let content = format!("note {i}");
        staff
            .request("POST", &world.home.path("/files"))
            .multipart(&[("file", "note.txt", content.as_bytes())])
            .send()
            .status
    });
    assert!(statuses.iter().all(|s| *s == 201), "{statuses:?}");
}

#[test]
fn two_hundred_writes_at_once_are_all_there_and_the_chain_holds() {
    let app = TestApp::start();
    let world = World::seed(&app);
    let before = app.count("files");
    upload_many(&app, &world, 200);
    assert_eq!(app.count("files"), before + 200);
    let verdict = world
        .home
        .api(&app, Role::Staff)
        .get(&world.home.path("/events/verify"))
        .expect(200)
        .json();
    assert_eq!(verdict["intact"], true, "{verdict}");
    assert_eq!(verdict["events"], app.count("events"), "{verdict}");
    assert!(app.count("events") >= 200);
}

#[test]
fn a_changed_missing_or_cut_event_is_found() {
    for (statement, why) in [
        (
            "UPDATE events SET actor_name = 'Somebody else' WHERE seq = 2",
            "changed",
        ),
        ("UPDATE events SET data = '{}' WHERE seq = 2", "changed"),
        (
            "UPDATE events SET at = '2020-01-01 00:00:00' WHERE seq = 2",
            "changed",
        ),
        (
            "DELETE FROM event_objects; DELETE FROM events WHERE seq = 2",
            "missing",
        ),
        (
            "DELETE FROM event_objects; DELETE FROM events WHERE seq = 3",
            "missing",
        ),
        ("UPDATE event_heads SET seq = seq - 1", "head of the chain"),
        (
            "UPDATE event_heads SET hash = 'another'",
            "head of the chain",
        ),
        ("DELETE FROM event_heads", "head of the chain"),
    ] {
        let app = TestApp::start();
        let world = World::seed(&app);
        upload_many(&app, &world, 3);
        let staff = world.home.api(&app, Role::Staff);
        let path = world.home.path("/events/verify");
        assert_eq!(staff.get(&path).expect(200).json()["intact"], true);
        app.sql(statement);
        let verdict = staff.get(&path).expect(200).json();
        assert_eq!(verdict["intact"], false, "{statement}: {verdict}");
        let told = verdict["why"].as_str().unwrap();
        assert!(told.contains(why), "{statement}: {told}");
    }
}
