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

#[test]
fn an_unchanged_list_is_answered_without_a_body() {
    let app = TestApp::start();
    let world = World::seed(&app);
    let staff = world.home.api(&app, Role::Staff);
    let metric = json!({"name": "Pupils", "definition": {"kind": "number"}});
    let metric = staff.post(&world.home.path("/metrics"), &metric);
    let metric = metric.expect(201).json()["id"].clone();
    let organization = &world.home.organizations["partner"];
    let measurement = json!({"metric_id": metric, "period": "2026", "value": "7"});
    let gift = json!({"organization_id": organization, "kind": "treasure", "activity": "A gift", "period": "2026-10", "amount": "5"});
    for (list, new) in [("/measurements", measurement), ("/contributions", gift)] {
        let path = world.home.path(list);
        let first = staff.get(&path).expect(200);
        let tag = first.header("etag").unwrap().to_owned();
        let again = |tag: &str| {
            let asked = staff.request("GET", &path).header("If-None-Match", tag);
            asked.send()
        };
        let unchanged = again(&tag).expect(304);
        assert!(unchanged.body.is_empty());
        assert_eq!(unchanged.header("etag"), Some(tag.as_str()));
        again("\"another\"").expect(200);
        staff.post(&path, &new).expect(201);
        let changed = again(&tag).expect(200);
        assert_eq!(changed.json()["items"].as_array().unwrap().len(), 1);
        assert_ne!(changed.header("etag"), Some(tag.as_str()));
        // Another partnership's changes are not ours.
        let tag = changed.header("etag").unwrap().to_owned();
        let other = world.foreign.api(&app, Role::Staff);
        let name = json!({"name": format!("Like {list}"), "definition": {"kind": "number"}});
        other
            .post(&world.foreign.path("/metrics"), &name)
            .expect(201);
        again(&tag).expect(304);
    }
}
