//! Whatever was acknowledged is there after the program was killed; told to stop, it finishes what it began.

use std::collections::BTreeSet;
use std::sync::Mutex;
use std::sync::atomic::{AtomicBool, Ordering};

use backbone_identity::Role;
use backbone_tests::process::{Setup, wait};
use backbone_tests::{TestApp, TestDb, World};

#[test]
fn every_acknowledged_write_survives_a_kill() {
    let app = TestApp::start();
    let world = World::seed(&app);
    let setup = Setup::new(app.folder.path(), &app.database.setting());
    let program = setup.serve();
    let staff = world.home.api(&app, Role::Staff).at(program.address);
    let (acknowledged, stopped) = (Mutex::new(BTreeSet::new()), AtomicBool::new(false));
    let path = world.home.path("/files");
    std::thread::scope(|scope| {
        for writer in 0..6 {
            let (staff, acknowledged, stopped, path) = (&staff, &acknowledged, &stopped, &path);
            scope.spawn(move || {
                for n in 0.. {
                    if stopped.load(Ordering::SeqCst) {
                        break;
                    }
                    let name = format!("w{writer}-{n}.txt");
                    let sent = staff
                        .request("POST", path)
                        .multipart(&[("file", &name, name.as_bytes())])
                        .try_send();
                    match sent {
                        Ok(answer) if answer.status == 201 => {
                            acknowledged.lock().unwrap().insert(name);
                        }
                        // The program was killed while it answered.
                        _ => break,
                    }
                }
            });
        }
        wait("some writes", String::new, || {
            (acknowledged.lock().unwrap().len() > 40).then_some(())
        });
        program.kill();
        stopped.store(true, Ordering::SeqCst);
    });
    let acknowledged = acknowledged.into_inner().unwrap();
    for name in &acknowledged {
        assert_eq!(
            app.count(&format!("files WHERE name = '{name}'")),
            1,
            "{name} was acknowledged"
        );
    }
    let again = setup.serve();
    let verdict = world
        .home
        .api(&app, Role::Staff)
        .at(again.address)
        .get(&world.home.path("/events/verify"))
        .expect(200)
        .json();
    assert_eq!(verdict["intact"], true, "{verdict}");
    let doctor = setup.run(&["doctor"]);
    let told = String::from_utf8_lossy(&doctor.stdout).into_owned();
    assert_eq!(doctor.status.code(), Some(0), "{told}");
}

#[test]
fn told_to_stop_it_ends_in_order() {
    let app = TestApp::start();
    let world = World::seed(&app);
    let mut program = Setup::new(app.folder.path(), &app.database.setting()).serve();
    let staff = world.home.api(&app, Role::Staff).at(program.address);
    staff.get(&world.home.path("/events")).expect(200);
    program.terminate();
    assert_eq!(program.wait(), Some(0), "{}", program.output());
}

#[test]
fn an_empty_folder_is_enough_to_begin() {
    let database = TestDb::empty();
    let folder = tempfile::tempdir().unwrap();
    let program = Setup::new(folder.path(), &database.setting()).serve();
    let line = program.wait_for_line("/setup");
    let path = backbone_tests::mail::path_of(line.trim());
    program.client().get(&path).expect(200);
    let health = program.client().get("/healthz").expect(200);
    assert_eq!(health.header("x-content-type-options"), Some("nosniff"));
}
