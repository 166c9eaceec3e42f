//! Giving: which metrics a contribution supports, and a question that is answered from a mail.

use backbone_identity::Role;
use backbone_tests::mail::Mail;
use backbone_tests::{TestApp, World};
use serde_json::json;

#[test]
fn a_contribution_names_only_metrics_that_are_there() {
    let app = TestApp::start();
    let world = World::seed(&app);
    let staff = world.home.api(&app, Role::Staff);
    let metric = staff
        .post(
            &world.home.path("/metrics"),
            &json!({ "name": "Children reached" }),
        )
        .expect(201)
        .json();
    let id = metric["id"].as_str().unwrap();
    let elsewhere = world
        .foreign
        .api(&app, Role::Staff)
        .post(
            &world.foreign.path("/metrics"),
            &json!({ "name": "Theirs" }),
        )
        .expect(201)
        .json();
    let partner = world.home.api(&app, Role::Contributor);
    let give = |metrics: serde_json::Value| {
        let new = json!({ "kind": "time", "period": "2026-01", "activity": "Reading aloud", "hours": "5", "metrics": metrics });
        partner.post(&world.home.path("/contributions"), &new)
    };
    for unknown in [json!(["reach"]), json!([id, elsewhere["id"]])] {
        let refused = give(unknown).expect(422).json();
        assert_eq!(refused["errors"][0]["field"], "metrics", "{refused}");
    }
    give(json!([id])).expect(201);

    // The form offers it, and keeps it ticked.
    let browser = world.home.browser(&app, Role::Contributor);
    let slug = &world.home.slug;
    let form = browser
        .get(&format!("/p/{slug}/contributions/new"))
        .expect(200)
        .text();
    assert!(
        form.contains("Children reached") && form.contains(&format!("value=\"{id}\"")),
        "{form}"
    );
    let fields = [
        ("kind", "time"),
        ("quantity", "3"),
        ("activity", "Reading aloud"),
        ("period", "January 2026"),
        ("metrics_shown", id),
        ("metrics", id),
    ];
    let made = browser
        .form(&format!("/p/{slug}/contributions/new"), &fields)
        .expect(303);
    let page = made.header("location").unwrap().to_string();
    let shown = browser.get(&page).expect(200).text();
    assert!(
        shown.contains("Children reached") && shown.contains("January 2026"),
        "{shown}"
    );
}

#[test]
fn a_question_goes_to_who_logged_it_and_is_answered_without_a_password() {
    let app = TestApp::start();
    let world = World::seed(&app);
    let partner = world.home.account(Role::Contributor);
    app.sql(&format!(
        "UPDATE people SET language = 'nl' WHERE id = '{}'",
        partner.person
    ));
    let new =
        json!({ "kind": "time", "period": "2026-01", "activity": "Reading aloud", "hours": "46" });
    let made = world
        .home
        .api(&app, Role::Contributor)
        .post(&world.home.path("/contributions"), &new)
        .expect(201)
        .json();
    let id = made["id"].as_str().unwrap();
    let page = format!("/p/{}/contributions/{id}", world.home.slug);
    let staff = world.home.browser(&app, Role::Staff);
    staff
        .form(
            &format!("{page}/query"),
            &[("text", "All 46 in January?"), ("version", "1")],
        )
        .expect(303);
    app.drain_jobs();
    let mail = Mail::sent(&app.outbox.sent()[0]);
    assert_eq!(mail.to, std::slice::from_ref(&partner.email));
    assert!(mail.subject.contains("heeft een vraag"), "{}", mail.subject);
    assert!(
        mail.text.contains("All 46 in January?") && mail.text.contains("januari 2026"),
        "{}",
        mail.text
    );

    let anybody = app.client().with("Sec-Fetch-Site", "same-origin");
    let receipt = mail.path("/log/");
    let shown = anybody.get(&receipt).expect(200).text();
    assert!(shown.contains("All 46 in January?"), "{shown}");
    let answer = receipt.replace("/done/", "/answer/");
    anybody.form(&answer, &[("text", "")]).expect(422);
    anybody
        .form(&answer, &[("text", "Ja, allemaal.")])
        .expect(303);
    let shown = staff.get(&page).expect(200).text();
    assert!(shown.contains("Ja, allemaal."), "{shown}");
    let home = staff
        .get(&format!("/p/{}", world.home.slug))
        .expect(200)
        .text();
    assert!(
        home.contains("status=answered"),
        "the answer waits on the home page"
    );
}
