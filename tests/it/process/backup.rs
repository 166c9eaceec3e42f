//! A backup taken while the server writes is whole, and restores into the same data.

use backbone_identity::Role;
use backbone_tests::database::postgres;
use backbone_tests::process::Setup;
use backbone_tests::{TestApp, TestDb, World};

fn tools_are_there() -> bool {
    let pg_dump = std::process::Command::new("pg_dump")
        .arg("--version")
        .output();
    postgres().is_none() || pg_dump.is_ok_and(|o| o.status.success())
}

#[test]
fn what_was_backed_up_comes_back() {
    if !tools_are_there() {
        eprintln!("pg_dump is not installed: nothing to try");
        return;
    }
    let app = TestApp::start();
    let world = World::seed(&app);
    let staff = world.home.api(&app, Role::Staff);
    let upload = |n: usize| {
        let content = format!("note {n}");
        let sent = staff.request("POST", &world.home.path("/files"));
        sent.multipart(&[("file", "note.txt", content.as_bytes())])
            .send()
            .expect(201)
            .json()
    };
    let first = upload(0);
    let target = tempfile::tempdir().unwrap();
    let folder = target.path().join("backup");
    let setup = Setup::new(app.folder.path(), &app.database.setting());
    let ended = std::thread::scope(|scope| {
        let writing = scope.spawn(|| (1..30).map(upload).count());
        let ended = setup.run(&["backup", &folder.display().to_string()]);
        writing.join().unwrap();
        ended
    });
    assert!(
        ended.status.success(),
        "{}",
        String::from_utf8_lossy(&ended.stderr)
    );
    let (database, data) = (TestDb::empty(), tempfile::tempdir().unwrap());
    let restored = Setup::new(data.path(), &database.setting());
    let ended = restored.run(&["restore", &folder.display().to_string()]);
    assert!(
        ended.status.success(),
        "{}",
        String::from_utf8_lossy(&ended.stderr)
    );
    let program = restored.serve();
    let staff = staff.at(program.address);
    let path = world
        .home
        .path(&format!("/files/{}", first["id"].as_str().unwrap()));
    assert_eq!(staff.get(&path).expect(200).json(), first);
    let content = format!("/p/harbour/files/{}", first["id"].as_str().unwrap());
    assert_eq!(staff.get(&content).expect(200).body, b"note 0");
    let verdict = staff
        .get(&world.home.path("/events/verify"))
        .expect(200)
        .json();
    assert_eq!(verdict["intact"], true, "{verdict}");
    let twice = restored.run(&["restore", &folder.display().to_string()]);
    assert_eq!(
        twice.status.code(),
        Some(1),
        "a place that is not empty is refused"
    );
}

#[test]
fn a_restored_database_is_equal_row_by_row() {
    if !tools_are_there() {
        eprintln!("pg_dump is not installed: nothing to try");
        return;
    }
    let app = TestApp::start();
    let world = World::seed(&app);
    let partner = world.home.api(&app, Role::Contributor);
    for n in 0..20 {
        let gift = serde_json::json!({"kind": "treasure", "period": "2024-10", "activity": format!("gift {n} | 'é' ∅"), "amount": "10.05"});
        partner
            .post(&world.home.path("/contributions"), &gift)
            .expect(201);
    }
    let target = tempfile::tempdir().unwrap();
    let folder = target.path().join("backup").display().to_string();
    let run = |setup: &Setup, verb: &str| {
        let ended = setup.run(&[verb, &folder]);
        let told = String::from_utf8_lossy(&ended.stderr).into_owned();
        assert!(ended.status.success(), "{told}");
    };
    // A running server beside it, with its worker and schedules.
    let serving = Setup::new(app.folder.path(), &app.database.setting());
    drop(serving.serve());
    let rows = app.database.rows();
    run(&serving, "backup");
    let (database, data) = (TestDb::empty(), tempfile::tempdir().unwrap());
    run(&Setup::new(data.path(), &database.setting()), "restore");
    let restored = database.rows();
    assert!(restored.len() > 100, "{} rows", restored.len());
    let differences: Vec<_> = rows
        .iter()
        .zip(&restored)
        .filter(|(a, b)| a != b)
        .take(3)
        .collect();
    assert!(
        differences.is_empty() && rows.len() == restored.len(),
        "{} and {} rows, {differences:?}",
        rows.len(),
        restored.len()
    );
}
