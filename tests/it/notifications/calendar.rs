use backbone_identity::Role;
use backbone_tests::{Response, TestApp, World};
use serde_json::json;

fn make(app: &TestApp, world: &World, role: Role) -> String {
    let made = world
        .home
        .api(app, role)
        .request("PUT", &world.home.path("/calendar/link"))
        .json(&json!({}))
        .send()
        .expect(201)
        .json();
    backbone_tests::mail::path_of(made["url"].as_str().unwrap())
}

fn promise(app: &TestApp, world: &World, title: &str, person: Role, due: &str) {
    let new = json!({
        "title": title, "due_on": due, "benefit": "",
        "organization_id": world.home.organizations["partner"],
        "person_id": world.home.account(person).person,
    });
    world
        .home
        .api(app, Role::Staff)
        .post(&world.home.path("/commitments"), &new)
        .expect(201);
}

fn entries(feed: &Response) -> usize {
    feed.text().matches("BEGIN:VEVENT").count()
}

#[test]
fn a_calendar_shows_what_is_due_for_its_owner_until_the_address_is_ended() {
    let app = TestApp::start();
    let world = World::seed(&app);
    let today = app
        .clock
        .now()
        .plus_days(20)
        .date_in(&jiff::tz::TimeZone::UTC);
    promise(
        &app,
        &world,
        "Train; twelve, mentors",
        Role::Contributor,
        &today.to_string(),
    );
    let path = make(&app, &world, Role::Contributor);
    let feed = app.client().get(&path).expect(200);
    assert_eq!(
        feed.header("content-type"),
        Some("text/calendar; charset=utf-8")
    );
    let text = feed.text().replace("\r\n ", "");
    assert!(text.contains("Train\\; twelve\\, mentors"), "{text}");
    assert!(
        text.contains(&format!("DTSTART;VALUE=DATE:{}", today.strftime("%Y%m%d"))),
        "{text}"
    );
    // The same entry keeps its name, and what did not change is not sent again.
    let tag = feed.header("etag").unwrap().to_string();
    let again = app
        .client()
        .request("GET", &path)
        .header("If-None-Match", &tag)
        .send();
    assert_eq!(again.status, 304);
    let others = make(&app, &world, Role::Leader);
    assert_eq!(entries(&app.client().get(&others).expect(200)), 0);
    // A new address ends the old one, and ending it ends it.
    let newer = make(&app, &world, Role::Contributor);
    app.client().get(&path).expect(404);
    assert_eq!(entries(&app.client().get(&newer).expect(200)), 1);
    let api = world.home.api(&app, Role::Contributor);
    let link = world.home.path("/calendar/link");
    api.request("DELETE", &link).send().expect(204);
    api.request("DELETE", &link).send().expect(404);
    app.client().get(&newer).expect(404);
    app.client()
        .get("/calendar/never-given-out.ics")
        .expect(404);
}

#[test]
fn a_calendar_ends_with_its_owners_membership_and_holds_no_secret_in_the_database() {
    let app = TestApp::start();
    let world = World::seed(&app);
    let path = make(&app, &world, Role::Contributor);
    let secret = path
        .trim_start_matches("/calendar/")
        .trim_end_matches(".ics");
    assert_eq!(
        app.count(&format!("calendar_links WHERE token_hash = '{secret}'")),
        0
    );
    assert_eq!(app.count("calendar_links"), 1);
    app.client().get(&path).expect(200);
    let person = &world.home.account(Role::Contributor).person;
    app.sql(&format!(
        "UPDATE memberships SET active = {} WHERE person_id = '{person}'",
        "FALSE"
    ));
    app.client().get(&path).expect(404);
}
