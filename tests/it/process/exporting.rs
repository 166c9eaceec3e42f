//! `backbone export`: everything of one partnership, and nothing of another.

use std::io::Read;

use backbone_identity::Role;
use backbone_tests::process::Setup;
use backbone_tests::{TestApp, World};
use serde_json::{Value, json};

#[test]
fn a_partnership_leaves_with_everything_it_put_in() {
    let app = TestApp::start();
    let world = World::seed(&app);
    let gift =
        json!({"kind": "treasure", "period": "2026-01", "activity": "Books", "amount": "250"});
    world
        .home
        .api(&app, Role::Contributor)
        .post(&world.home.path("/contributions"), &gift)
        .expect(201);
    world
        .home
        .api(&app, Role::Contributor)
        .request("POST", &world.home.path("/files"))
        .multipart(&[
            ("file", "minutes.txt", b"what was said"),
            ("purpose", "", b"evidence"),
        ])
        .send()
        .expect(201);
    let setup = Setup::new(app.folder.path(), &app.database.setting());
    let folder = tempfile::tempdir().unwrap();
    let target = folder.path().join("harbour.zip");
    let export = |partnership: &str| {
        let ended = setup.run(&["export", partnership, &target.display().to_string()]);
        let told = String::from_utf8_lossy(&ended.stderr).into_owned();
        (ended.status.code(), told)
    };
    let (code, told) = export("nowhere");
    assert!(
        code == Some(1) && told.contains("nowhere") && !target.exists(),
        "{code:?} {told}"
    );
    let (code, told) = export(&world.home.slug);
    assert_eq!(code, Some(0), "{told}");
    assert!(!told.contains('\u{1b}'), "no colours in a file: {told}");

    let mut archive = zip::ZipArchive::new(std::fs::File::open(&target).unwrap()).unwrap();
    let names: Vec<String> = (archive.file_names())
        .map(|name| name.unwrap().into_owned())
        .collect();
    let mut text = |name: &str| {
        let mut text = String::new();
        let mut file = archive.by_name(name).unwrap();
        file.read_to_string(&mut text).unwrap();
        text
    };
    let gifts: Vec<Value> = text("contributions.jsonl")
        .lines()
        .map(|line| serde_json::from_str(line).unwrap())
        .collect();
    assert_eq!(gifts.len(), 1);
    assert_eq!(gifts[0]["activity"], "Books");
    let kept = names.iter().find(|n| n.starts_with("files/")).unwrap();
    assert_eq!(text(kept), "what was said");
    for name in &names {
        if name.ends_with(".jsonl") {
            assert!(
                !text(name).contains(world.foreign.id.as_str()),
                "{name} holds something of the other partnership"
            );
        }
    }

    let (code, told) = export(&world.home.slug);
    assert_eq!(code, Some(1), "nothing is overwritten: {told}");
}
