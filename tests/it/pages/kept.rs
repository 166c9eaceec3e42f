//! Forms that could not be taken: a session that ended while somebody typed, and two people who edit the same thing.

use backbone_identity::Role;
use backbone_tests::{Client, Response, TestApp, World};

fn edit(world: &World) -> String {
    format!(
        "/p/harbour/organizations/{}/edit",
        world.home.organizations["partner"]
    )
}

/// The session's cookie and what else the server asked the browser to remember, for the next request.
fn cookies(answer: &Response, session: &str) -> String {
    let kept = answer.header("set-cookie").unwrap_or_default();
    let browser = kept
        .split(';')
        .next()
        .filter(|c| c.starts_with("browser="))
        .expect("the browser is remembered");
    format!("{session}; {browser}")
}

fn version(page: &str) -> String {
    let rest = page
        .split("name=\"version\" value=\"")
        .nth(1)
        .expect("a version");
    rest.split('"').next().unwrap().to_string()
}

fn fields<'a>(version: &'a str, name: &'a str, website: &'a str) -> Vec<(&'a str, &'a str)> {
    vec![
        ("version", version),
        ("name", name),
        ("role", "partner"),
        ("sector", "public"),
        ("website", website),
    ]
}

fn post(client: &Client, path: &str, form: &[(&str, &str)]) -> Response {
    client.request("POST", path).form(form).send()
}

#[test]
fn what_was_typed_when_the_session_ended_is_there_after_signing_in_again() {
    let app = TestApp::start();
    let world = World::seed(&app);
    let staff = world.home.account(Role::Staff);
    let (path, browser) = (edit(&world), world.home.browser(&app, Role::Staff));
    let page = browser.get(&path).expect(200);
    let version = version(&page.text());
    let session = format!("backbone={}", staff.session);
    let both = cookies(&page, &session);
    let person = &staff.person;
    app.sql(&format!(
        "DELETE FROM sessions WHERE person_id = '{person}'"
    ));
    let stale = app
        .client()
        .with("Cookie", &both)
        .with("Accept", "text/html")
        .with("Sec-Fetch-Site", "same-origin");
    let typed = "Library “Oost” & <friends>";
    let sent = post(&stale, &path, &fields(&version, typed, "")).expect(303);
    let to = sent.header("location").unwrap().to_string();
    assert!(to.starts_with("/sign-in?next="), "{to}");
    let sign_in = stale.get(&to).expect(200).text();
    assert!(sign_in.contains("Nothing is lost"), "{sign_in}");
    // Nothing that was typed lies open in the database.
    assert_eq!(app.count("kept_forms WHERE sealed LIKE '%Oost%'"), 0);
    assert_eq!(app.count("kept_forms"), 1);
    // Signed in again: in this browser, by whatever way.
    let hash = backbone_identity::secret::hash_secret("a-new-session");
    let (now, until) = (app.clock.now(), app.clock.now().plus_days(1));
    let (now, until) = (
        backbone_tests::seed::moment(now),
        backbone_tests::seed::moment(until),
    );
    app.sql(&format!(
        "INSERT INTO sessions (token_hash, person_id, created_at, seen_at, expires_at, user_agent)
         VALUES ('{hash}', '{person}', {now}, {now}, {until}, 'test')"
    ));
    let again = app.client().browser("a-new-session");
    let next = percent_decode(to.trim_start_matches("/sign-in?next="));
    let shown = again.get(&next).expect(200).text();
    assert!(
        shown.contains("Library “Oost” &amp; &lt;friends&gt;"),
        "{shown}"
    );
    assert!(shown.contains("name=\"pick:name\""), "{shown}");
    // Nobody else finds it, whatever they guess.
    let other = world
        .home
        .browser(&app, Role::Admin)
        .get(&next)
        .expect(200)
        .text();
    assert!(!other.contains("friends"), "{other}");
    let form = [
        ("version", version.as_str()),
        ("role", "partner"),
        ("sector", "public"),
        ("website", ""),
        ("of:name", "name"),
        ("pick:name", "mine"),
        ("mine:name", typed),
        ("theirs:name", "Library"),
    ];
    post(&again, &path, &form).expect(303);
    let name = "SELECT name AS value FROM organizations WHERE name LIKE '%friends%'";
    assert_eq!(app.look(name), typed);
}

#[test]
fn nothing_is_kept_for_strangers_or_for_programs() {
    let app = TestApp::start();
    let world = World::seed(&app);
    let path = edit(&world);
    let stranger = app
        .client()
        .with("Accept", "text/html")
        .with("Sec-Fetch-Site", "same-origin");
    post(&stranger, &path, &fields("1", "Typed", "")).expect(401);
    let forged = stranger.with("Cookie", "browser=AAAA.BBBB; backbone=nothing");
    post(&forged, &path, &fields("1", "Typed", "")).expect(401);
    assert_eq!(app.count("kept_forms"), 0);
}

#[test]
fn the_second_of_two_sees_what_differs_and_chooses() {
    let app = TestApp::start();
    let world = World::seed(&app);
    let path = edit(&world);
    let (first, second) = (
        world.home.browser(&app, Role::Staff),
        world.home.browser(&app, Role::Admin),
    );
    let seen = version(&first.get(&path).expect(200).text());
    post(
        &first,
        &path,
        &fields(&seen, "Reading room", "https://theirs.example"),
    )
    .expect(303);
    let refused = post(&second, &path, &fields(&seen, "Book house", "")).expect(303);
    let to = refused.header("location").unwrap().to_string();
    assert!(to.starts_with(&format!("{path}?kept=")), "{to}");
    let page = second.get(&to).expect(200).text();
    for part in [
        "Reading room",
        "Book house",
        "https://theirs.example",
        "What was saved meanwhile",
    ] {
        assert!(page.contains(part), "{part} in {page}");
    }
    // What is equal is not asked.
    assert!(
        !page.contains("pick:role") && page.contains("pick:name") && page.contains("pick:website")
    );
    let now = version(&page);
    assert_ne!(now, seen);
    let choice = [
        ("version", now.as_str()),
        ("role", "partner"),
        ("sector", "public"),
        ("of:name", "name"),
        ("pick:name", "mine"),
        ("mine:name", "Book house"),
        ("theirs:name", "Reading room"),
        ("of:website", "website"),
        ("pick:website", "theirs"),
        ("mine:website", ""),
        ("theirs:website", "https://theirs.example"),
    ];
    post(&second, &path, &choice).expect(303);
    let id = &world.home.organizations["partner"];
    assert_eq!(
        app.look(&format!(
            "SELECT name AS value FROM organizations WHERE id = '{id}'"
        )),
        "Book house"
    );
    assert_eq!(
        app.look(&format!(
            "SELECT website AS value FROM organizations WHERE id = '{id}'"
        )),
        "https://theirs.example"
    );
    // An hour later the address shows the plain page.
    app.clock.forward(3601);
    let plain = second.get(&to).expect(200).text();
    assert!(!plain.contains("pick:"), "{plain}");
}

fn percent_decode(text: &str) -> String {
    let mut bytes = Vec::new();
    let mut rest = text.bytes();
    while let Some(b) = rest.next() {
        if b == b'%' {
            let hex: Vec<u8> = rest.by_ref().take(2).collect();
            let hex = std::str::from_utf8(&hex).unwrap();
            bytes.push(u8::from_str_radix(hex, 16).unwrap());
        } else {
            bytes.push(b);
        }
    }
    String::from_utf8(bytes).unwrap()
}
