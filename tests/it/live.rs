//! Pages that stay true: who hears what, on which node, and until when.

use backbone_identity::Role;
use backbone_tests::seed::moment;
use backbone_tests::{Client, EventStream, TestApp, World};
use serde_json::{Value, json};

fn open(client: &Client, topics: &str, last: &str) -> EventStream {
    let path = format!("/p/harbour/live?topics={topics}");
    client
        .request("GET", &path)
        .header("Last-Event-ID", last)
        .stream()
}

/// Names of the topics that an event tells of.
fn told(data: &Value) -> Vec<&str> {
    let topics = data["topics"].as_array().unwrap();
    topics.iter().map(|t| t.as_str().unwrap()).collect()
}

/// The topics that a stream watches, by its first event's id, and that id.
fn greeting(stream: &mut EventStream) -> (Vec<String>, String) {
    let first = stream.next_event().expect("a greeting");
    let names = first.id.split(';').filter_map(|p| p.split_once('='));
    (
        names.map(|(n, _)| n.to_string()).collect(),
        first.id.clone(),
    )
}

fn rename(app: &TestApp, world: &World, name: &str) {
    let staff = world.home.api(app, Role::Staff);
    let path = world.home.path(&format!(
        "/organizations/{}",
        world.home.organizations["partner"]
    ));
    let version = staff.get(&path).version();
    staff
        .patch(&path, version, &json!({"name": name}))
        .expect(200);
}

#[test]
fn a_page_on_another_node_hears_of_an_event() {
    let app = TestApp::start();
    let world = World::seed(&app);
    let (other, _core) = app.another_node();
    let browser = world.home.browser(&app, Role::Leader).at(other.address);
    let mut stream = open(&browser, "timeline,attention", "");
    let (topics, _) = greeting(&mut stream);
    assert_eq!(topics, ["attention", "timeline"]);
    rename(&app, &world, "Leeszaal");
    let mut heard = Vec::new();
    while heard.len() < 2 {
        let event = stream.next_event().expect("an event");
        for topic in told(&event.data) {
            if topic == "attention" {
                assert!(event.data["counts"]["home"].is_number(), "{}", event.data);
            }
            heard.push(topic.to_string());
        }
    }
    heard.sort();
    assert_eq!(heard, ["attention", "timeline"]);
}

#[test]
fn who_comes_back_hears_of_what_was_missed_only() {
    let app = TestApp::start();
    let world = World::seed(&app);
    let browser = world.home.browser(&app, Role::Staff);
    let (_, before) = greeting(&mut open(&browser, "timeline,jobs", ""));
    let quiet = open(&browser, "timeline,jobs", &before)
        .next_event()
        .unwrap();
    assert_eq!(told(&quiet.data), Vec::<&str>::new());
    rename(&app, &world, "Leeszaal");
    let missed = open(&browser, "timeline,jobs", &before)
        .next_event()
        .unwrap();
    assert_eq!(told(&missed.data), ["timeline"]);
    let quiet = open(&browser, "timeline,jobs", &missed.id)
        .next_event()
        .unwrap();
    assert_eq!(told(&quiet.data), Vec::<&str>::new());
}

#[test]
fn nobody_hears_of_what_they_may_not_see() {
    let app = TestApp::start();
    let world = World::seed(&app);
    let all = "attention,timeline,jobs,campaign:x,import:y,nonsense";
    for (role, expected) in [
        (
            Role::Staff,
            vec!["attention", "campaign:x", "import:y", "jobs", "timeline"],
        ),
        (Role::Leader, vec!["attention", "timeline"]),
        (Role::Contributor, vec!["attention"]),
        (Role::Funder, vec!["attention"]),
    ] {
        let (topics, _) = greeting(&mut open(&world.home.browser(&app, role), all, ""));
        assert_eq!(topics, expected, "{role}");
    }
    let funder = world.home.browser(&app, Role::Funder);
    for topics in ["", "jobs", "nonsense", "campaign:x,import:y"] {
        funder
            .get(&format!("/p/harbour/live?topics={topics}"))
            .expect(400);
    }
    let stranger = world.foreign.browser(&app, Role::Admin);
    stranger.get("/p/harbour/live?topics=attention").expect(404);
}

#[test]
fn a_stream_ends_with_the_session_the_membership_and_the_server() {
    let app = TestApp::start();
    let world = World::seed(&app);
    let start = |role: Role| {
        let mut stream = open(&world.home.browser(&app, role), "attention", "");
        greeting(&mut stream);
        stream
    };
    let (mut signed_out, mut demoted, mut stopped) = (
        start(Role::Contributor),
        start(Role::Leader),
        start(Role::Staff),
    );
    let person = &world.home.account(Role::Contributor).person;
    app.sql(&format!(
        "DELETE FROM sessions WHERE person_id = '{person}'"
    ));
    assert!(signed_out.next_event().is_none());
    let person = &world.home.account(Role::Leader).person;
    app.sql(&format!(
        "UPDATE memberships SET roles = 'funder' WHERE person_id = '{person}'"
    ));
    assert!(demoted.next_event().is_none());
    app.core.live.close();
    assert!(stopped.next_event().is_none());
    let late = world.home.browser(&app, Role::Staff);
    late.get("/p/harbour/live?topics=attention").expect(503);
}

#[test]
fn a_person_has_so_many_streams_and_no_more() {
    let app = TestApp::start();
    let world = World::seed(&app);
    let browser = world.home.browser(&app, Role::Staff);
    let mut open_streams: Vec<EventStream> =
        (0..16).map(|_| open(&browser, "attention", "")).collect();
    for stream in &mut open_streams {
        greeting(stream);
    }
    browser.get("/p/harbour/live?topics=attention").expect(429);
    // Others are not kept out by that.
    greeting(&mut open(
        &world.home.browser(&app, Role::Leader),
        "attention",
        "",
    ));
}

#[test]
fn progress_is_heard_although_no_event_tells_of_it() {
    let app = TestApp::start();
    let world = World::seed(&app);
    let (id, at) = (uuid::Uuid::now_v7(), moment(app.clock.now()));
    let tenant = &world.home.id;
    app.sql(&format!(
        "INSERT INTO campaigns (id, partnership_id, kind, state, story_id, edition_id, subject, note, note_author, sender_name, reply_to,
            content, rate_per_minute, stumbles, version, created_by, created_at)
         VALUES ('{id}', '{tenant}', 'story', 'sending', 's', 'e', 'S', '', '', 'N', '', '{{}}', 0, 0, 1, 'Staff', {at});
         INSERT INTO deliveries (id, partnership_id, campaign_id, edition_id, email, address_key, name, language, state, attempts, due_at)
         VALUES ('d1', '{tenant}', '{id}', 'e', 'a@b.example', 'a@b.example', 'A', 'en', 'pending', 0, {at})"
    ));
    let mut stream = open(
        &world.home.browser(&app, Role::Staff),
        &format!("campaign:{id},jobs"),
        "",
    );
    let (_, before) = greeting(&mut stream);
    app.sql("UPDATE deliveries SET state = 'accepted'");
    let event = stream.next_event().expect("an event");
    assert_eq!(told(&event.data), [format!("campaign:{id}")]);
    assert_ne!(event.id, before);
    app.sql(&format!(
        "INSERT INTO jobs (id, partnership_id, kind, payload, state, run_at, attempts, max_attempts, created_at)
         VALUES ('j1', '{tenant}', 'tests.nothing', '{{}}', 'waiting', {at}, 0, 1, {at})"
    ));
    let event = stream.next_event().expect("an event");
    assert_eq!(told(&event.data), ["jobs"]);
}
