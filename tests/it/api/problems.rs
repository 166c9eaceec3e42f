//! Errors are problem+json for programs and a page for people, without internal detail.

use backbone_identity::Role;
use backbone_tests::{TestApp, World};

#[test]
fn every_error_of_the_api_is_a_problem() {
    let app = TestApp::start();
    let world = World::seed(&app);
    let staff = world.home.api(&app, Role::Staff);
    let nowhere = uuid::Uuid::now_v7();
    let cases = [
        (staff.get("/api/v1/nothing"), 404),
        (staff.get(&world.home.path("/nothing")), 404),
        (
            staff.get(&world.home.path(&format!("/files/{nowhere}"))),
            404,
        ),
        (staff.get(&world.home.path("/files/not-an-id")), 404),
        (
            staff.get(&format!("/api/v1/partnerships/{nowhere}/events")),
            404,
        ),
        (app.client().get(&world.home.path("/events")), 401),
        (
            app.client()
                .bearer("x.y.z")
                .get(&world.home.path("/events")),
            401,
        ),
        (
            app.client()
                .with("Authorization", "Basic abc")
                .get(&world.home.path("/events")),
            401,
        ),
        (
            staff
                .request("POST", &world.home.path(&format!("/jobs/{nowhere}/retry")))
                .body("application/json", "{not json")
                .send(),
            400,
        ),
        (
            staff
                .request("POST", &world.home.path("/files"))
                .body("text/plain", "no form")
                .send(),
            422,
        ),
        (
            world
                .home
                .api(&app, Role::Funder)
                .get(&world.home.path("/events")),
            403,
        ),
    ];
    for (answer, status) in cases {
        assert_eq!(answer.status, status, "{}: {}", answer.asked, answer.text());
        answer.problem();
    }
}

#[test]
fn an_address_says_which_methods_it_takes() {
    let app = TestApp::start();
    let world = World::seed(&app);
    let staff = world.home.api(&app, Role::Staff);
    let ask = |method: &str, path: &str| staff.request(method, path).send();
    let home = world.home.path("");
    let refused = ask("DELETE", &home).expect(405);
    assert_eq!(refused.problem(), "method-not-allowed");
    assert_eq!(refused.header("allow"), Some("GET, HEAD, PATCH"));
    let options = ask("OPTIONS", &world.home.path("/contributions")).expect(204);
    assert_eq!(options.header("allow"), Some("GET, HEAD, POST"));
    let unknown = ask("DELETE", "/api/v1/nothing").expect(404);
    assert_eq!(unknown.header("allow"), None);
    // Asked for its head, a list does not claim to be empty.
    let head = ask("HEAD", &world.home.path("/contributions")).expect(200);
    assert_eq!(
        (head.header("content-length"), head.body.len()),
        (None, 0),
        "{:?}",
        head.headers
    );
}

#[test]
fn an_answer_to_nobody_names_the_way_in() {
    let app = TestApp::start();
    let world = World::seed(&app);
    let api = app.client().get(&world.home.path("/events"));
    assert!(
        api.header("www-authenticate")
            .is_some_and(|h| h.starts_with("Bearer")),
        "{:?}",
        api.headers
    );
    let page = app
        .client()
        .with("Accept", "text/html")
        .get("/p/harbour/timeline?limit=5");
    assert_eq!(page.status, 303);
    assert_eq!(
        page.header("location"),
        Some("/sign-in?next=%2Fp%2Fharbour%2Ftimeline%3Flimit%3D5")
    );
}

#[test]
fn problems_speak_the_readers_language() {
    let app = TestApp::start();
    let titles: Vec<String> = ["en", "nl"]
        .iter()
        .map(|lang| {
            app.client()
                .with("Accept-Language", lang)
                .get("/api/v1/nothing")
                .json()["title"]
                .as_str()
                .unwrap()
                .to_string()
        })
        .collect();
    assert_ne!(titles[0], titles[1]);
}

#[test]
fn an_internal_error_tells_its_number_and_nothing_else() {
    let app = TestApp::start();
    let world = World::seed(&app);
    app.sql("DROP TABLE event_objects; DROP TABLE events;");
    let answer = world
        .home
        .api(&app, Role::Staff)
        .get(&world.home.path("/events"));
    assert_eq!(answer.status, 500, "{}", answer.text());
    assert_eq!(answer.problem(), "internal");
    assert!(
        !answer.text().to_lowercase().contains("table") && !answer.text().contains("events\""),
        "{}",
        answer.text()
    );
}

#[test]
fn a_request_number_from_outside_is_kept_when_it_is_plain() {
    let app = TestApp::start();
    let kept = app
        .client()
        .with("X-Request-Id", "proxy-17")
        .get("/healthz");
    assert_eq!(kept.header("x-request-id"), Some("proxy-17"));
    let odd = app
        .client()
        .with("X-Request-Id", "a<script>")
        .get("/healthz");
    assert_ne!(odd.header("x-request-id"), Some("a<script>"));
}
