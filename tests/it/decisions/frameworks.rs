//! Norms: taken from the library, changed with versions, exported and taken over elsewhere, and chosen by class.

use backbone_identity::Role;
use backbone_tests::{TestApp, World};
use serde_json::json;

#[test]
fn a_framework_is_taken_over_changed_exported_and_chosen() {
    let app = TestApp::start();
    let world = World::seed(&app);
    let (home, staff) = (&world.home, world.home.api(&app, Role::Staff));
    let library = staff
        .get(&home.path("/frameworks/library"))
        .expect(200)
        .json();
    let ready = library["items"].as_array().unwrap();
    assert!(ready.len() >= 11, "{library}");
    let mut made = Vec::new();
    for framework in ready {
        made.push(
            staff
                .post(&home.path("/frameworks"), framework)
                .expect(201)
                .json(),
        );
    }
    let first = &made[0];
    let here = home.path(&format!("/frameworks/{}", first["id"].as_str().unwrap()));
    let mut changed = json!({"name": "Admit a partner", "class": "Admission of partners", "norms": first["norms"]});
    changed["norms"]["quorum"] =
        json!({"percent": 50, "organizations": 2, "groups": [{"group": "funder", "seats": 1}]});
    staff.patch(&here, 1, &changed).expect(200);
    staff.patch(&here, 1, &changed).expect(412);
    let detail = staff.get(&here).expect(200).json();
    assert_eq!(detail["versions"].as_array().unwrap().len(), 2);
    assert_eq!(detail["versions"][1]["name"], first["name"]);
    let suggested = staff
        .get(&home.path("/frameworks/suggest?about=Admission%20of%20Quayside"))
        .expect(200)
        .json();
    assert_eq!(suggested["items"][0]["name"], "Admit a partner");
    let export = staff.get(&format!("{here}/export")).expect(200).json();
    let foreign = world.foreign.api(&app, Role::Admin);
    let copy = foreign
        .post(&world.foreign.path("/frameworks"), &export)
        .expect(201)
        .json();
    assert_eq!(copy["norms"], detail["norms"]);
    assert_eq!(copy["name"], "Admit a partner");
    changed["norms"]["secret"] = json!(true);
    let problem = staff.patch(&here, 2, &changed).expect(422).json();
    assert!(
        problem["errors"]
            .as_array()
            .unwrap()
            .iter()
            .any(|e| e["field"] == "changeable"),
        "{problem}"
    );
}

#[test]
fn a_framework_is_written_on_a_page() {
    let app = TestApp::start();
    let world = World::seed(&app);
    let browser = world.home.browser(&app, Role::Staff);
    let base = format!("/p/{}/frameworks", world.home.slug);
    let form = browser
        .get(&format!("{base}/new?from=supermajority"))
        .expect(200)
        .text();
    assert!(form.contains("value=\"2/3\""), "{form}");
    let fields = [
        ("name", "Big money"),
        ("method", "supermajority"),
        ("pass", "2/3"),
        ("reaching", "1"),
        ("pass_of", "cast"),
        ("open_days", "7"),
        ("conflict", "recuse"),
        ("reasons", "required"),
        ("results", "after_close"),
        ("quorum_funder", "1"),
    ];
    let made = browser.form(&format!("{base}/new"), &fields).expect(303);
    let page = browser
        .get(made.header("location").unwrap())
        .expect(200)
        .text();
    assert!(
        page.contains("Big money") && page.contains("at least 2/3"),
        "{page}"
    );
    let mut wrong = fields;
    wrong[2] = ("pass", "3/2");
    let again = browser
        .form(&format!("{base}/new"), &wrong)
        .expect(422)
        .text();
    assert!(again.contains("Big money"), "what was typed is lost");
}
