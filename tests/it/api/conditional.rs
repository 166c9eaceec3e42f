//! `If-Match` guards edits: 428 without it, 412 with an old version.

use backbone_identity::Role;
use backbone_tests::openapi::operations;
use backbone_tests::{TestApp, World};
use serde_json::json;

#[test]
fn an_edit_says_upon_which_version() {
    let app = TestApp::start();
    let world = World::seed(&app);
    let staff = world.home.api(&app, Role::Staff);
    let path = world.home.path(&format!(
        "/organizations/{}",
        world.home.organizations["partner"]
    ));
    let seen = staff.get(&path).expect(200);
    let version = seen.version();
    let change = json!({"name": "Harbour Public Library"});
    let blind = staff
        .request("PATCH", &path)
        .json(&change)
        .send()
        .expect(428);
    assert_eq!(blind.problem(), "if-match-required");
    let late = staff.patch(&path, version + 7, &change).expect(412);
    assert_eq!(late.problem(), "changed-meanwhile");
    let odd = staff
        .request("PATCH", &path)
        .header("If-Match", "W/abc")
        .json(&change)
        .send()
        .expect(400);
    assert_eq!(odd.problem(), "invalid-if-match");
    let changed = staff.patch(&path, version, &change).expect(200);
    assert_eq!(changed.json()["name"], "Harbour Public Library");
    assert!(changed.version() > version);
    assert_eq!(
        staff.patch(&path, version, &change).expect(412).problem(),
        "changed-meanwhile"
    );
}

#[test]
fn of_twenty_edits_of_one_version_one_counts() {
    let app = TestApp::start();
    let world = World::seed(&app);
    let staff = world.home.api(&app, Role::Staff);
    let path = world.home.path(&format!(
        "/organizations/{}",
        world.home.organizations["partner"]
    ));
    let version = staff.get(&path).expect(200).version();
    let answers = backbone_tests::at_once(20, |i| {
        staff
            .patch(&path, version, &json!({"name": format!("Library {i}")}))
            .status
    });
    let won = answers.iter().filter(|s| **s == 200).count();
    assert_eq!(won, 1, "{answers:?}");
    assert!(
        answers.iter().all(|s| [200, 412].contains(s)),
        "{answers:?}"
    );
}

#[test]
fn every_patch_knows_if_match() {
    let without: Vec<String> = operations()
        .iter()
        .filter(|o| o.method == "PATCH" && !o.takes_header("If-Match"))
        .map(|o| o.name())
        .collect();
    assert!(
        without.is_empty(),
        "these describe no If-Match: {}",
        without.join(", ")
    );
}
