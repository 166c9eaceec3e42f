//! The ways in: what they give, whom they stop, and what they never tell.

use backbone_identity::{Role, password};
use backbone_tests::mail::Mail;
use backbone_tests::{Account, Client, Response, TestApp, World, at_once};
use serde_json::json;

const OLD: &str = "vier gele fietsen bij de brug";
const NEW: &str = "seven lanterns above the quay";

fn with_password(app: &TestApp, world: &World) -> Account {
    let who = world.home.account(Role::Staff).clone();
    let hash = password::hash_now(OLD).expect("a password can be hashed");
    app.sql(&format!(
        "UPDATE people SET password_hash = '{hash}' WHERE id = '{}'",
        who.person
    ));
    who
}

/// Somebody in front of our own forms.
fn visitor(app: &TestApp) -> Client {
    app.client()
        .with("Sec-Fetch-Site", "same-origin")
        .with("Accept", "text/html")
}

fn refresh(client: &Client, token: &str) -> Response {
    client.post("/api/v1/auth/refresh", &json!({"refresh_token": token}))
}

fn token(client: &Client, email: &str, password: &str) -> Response {
    let body = json!({"email": email, "password": password, "partnership": "harbour"});
    client.post("/api/v1/auth/token", &body)
}

fn text<'a>(body: &'a serde_json::Value, key: &str) -> &'a str {
    body[key].as_str().unwrap_or_default()
}

#[test]
fn a_refresh_token_used_twice_ends_its_sign_in_everywhere() {
    let app = TestApp::start();
    let world = World::seed(&app);
    let (other, _core) = app.another_node();
    let who = world.home.account(Role::Staff);
    let path = world.home.path("/events");
    let fresh = refresh(&app.client(), &who.refresh).expect(200);
    assert_eq!(fresh.header("cache-control"), Some("no-store"));
    let fresh = fresh.json();
    let program = app.client().bearer(text(&fresh, "access_token"));
    program.get(&path).expect(200);
    program.at(other.address).get(&path).expect(200);

    let stolen = refresh(&other.client(), &who.refresh).expect(401);
    assert_eq!(stolen.problem(), "refresh-refused");
    for address in [app.node.address, other.address] {
        program.at(address).get(&path).expect(401);
        app.client()
            .bearer(&who.token)
            .at(address)
            .get(&path)
            .expect(401);
    }
    let heir = refresh(&app.client(), text(&fresh, "refresh_token")).expect(401);
    assert_eq!(heir.problem(), "refresh-refused");
    // Only that sign-in: the same person's browser, and others' programs, go on.
    app.client().browser(&who.session).get(&path).expect(200);
    world.home.api(&app, Role::Admin).get(&path).expect(200);
}

#[test]
fn of_many_refreshes_at_once_one_wins_and_the_sign_in_ends() {
    let app = TestApp::start();
    let world = World::seed(&app);
    let who = world.home.account(Role::Staff);
    let answers = at_once(8, |_| refresh(&app.client(), &who.refresh));
    let won: Vec<&Response> = answers.iter().filter(|a| a.status == 200).collect();
    let statuses: Vec<u16> = answers.iter().map(|a| a.status).collect();
    assert_eq!(won.len(), 1, "{statuses:?}");
    let winner = won[0].json();
    app.client()
        .bearer(text(&winner, "access_token"))
        .get(&world.home.path("/events"))
        .expect(401);
    refresh(&app.client(), text(&winner, "refresh_token")).expect(401);
}

#[test]
fn guessing_a_password_is_stopped_at_every_door_and_node() {
    let app = TestApp::start();
    let world = World::seed(&app);
    let (other, _core) = app.another_node();
    let who = with_password(&app, &world);
    for attempt in 0..10 {
        let node = if attempt % 2 == 0 { &app.node } else { &other };
        let answer = token(&node.client(), &who.email, "a guess that is wrong").expect(401);
        assert_eq!(answer.problem(), "sign-in-wrong");
    }
    for address in [app.node.address, other.address] {
        // Even the right password, and in capitals too: they are one account.
        for email in [who.email.clone(), who.email.to_uppercase()] {
            let stopped = token(&app.client().at(address), &email, OLD).expect(429);
            assert_eq!(stopped.problem(), "too-many-requests");
            wait_is_told(&stopped);
        }
        let form = [("email", who.email.as_str()), ("password", OLD)];
        let page = visitor(&app)
            .at(address)
            .form("/sign-in", &form)
            .expect(429);
        assert_eq!(page.session(), None);
        wait_is_told(&page);
    }
    let another = &world.home.account(Role::Admin).email;
    token(&app.client(), another, "a guess that is wrong").expect(401);
    app.clock.forward(900);
    token(&app.client(), &who.email, OLD).expect(200);
}

#[track_caller]
fn wait_is_told(answer: &Response) {
    let seconds = answer
        .header("retry-after")
        .and_then(|s| s.parse::<u32>().ok());
    assert!(
        seconds.is_some_and(|s| (1..=900).contains(&s)),
        "{:?}",
        answer.headers
    );
}

#[test]
fn no_door_tells_whether_an_address_is_known() {
    let app = TestApp::start();
    let world = World::seed(&app);
    let known = with_password(&app, &world).email;
    let unknown = known.replace("staff", "stuff");
    assert_ne!(known, unknown);
    let page = |path: &str, email: &str| {
        let answer = visitor(&app).form(path, &[("email", email), ("password", "not this one")]);
        told(&answer, email)
    };
    for path in ["/sign-in/link", "/password/forgot"] {
        let (a, b) = (page(path, &known), page(path, &unknown));
        assert_eq!(a.0, 200, "{path}");
        assert_eq!(a, b, "{path}");
    }
    let (a, b) = (page("/sign-in", &known), page("/sign-in", &unknown));
    assert_eq!(a.0, 422);
    assert_eq!(a, b);
    let program = |email: &str| told(&token(&app.client(), email, "not this one"), email);
    assert_eq!(program(&known), program(&unknown));

    assert_eq!(app.count("jobs WHERE kind = 'identity.send_link'"), 4);
    app.drain_jobs();
    let to: Vec<String> = app
        .outbox
        .sent()
        .iter()
        .flat_map(|raw| Mail::sent(raw).to)
        .collect();
    assert_eq!(to, [known.clone(), known]);
}

/// What an answer tells, but for the address that was typed and what is new in every answer.
fn told(answer: &Response, email: &str) -> (u16, Vec<(String, String)>, String) {
    let id = answer.header("x-request-id").unwrap_or_default();
    let plain = |text: &str| text.replace(email, "ADDRESS").replace(id, "REQUEST");
    assert!(!id.is_empty(), "{:?}", answer.headers);
    let mut headers: Vec<(String, String)> = answer
        .headers
        .iter()
        .filter(|(name, _)| name != "date")
        .map(|(name, value)| (name.clone(), plain(value)))
        .collect();
    // They have no order of their own.
    headers.sort();
    (answer.status, headers, plain(&answer.text()))
}

#[test]
fn a_new_password_ends_every_other_way_in_on_every_node() {
    let app = TestApp::start();
    let world = World::seed(&app);
    let (other, _core) = app.another_node();
    let who = with_password(&app, &world);
    let path = world.home.path("/events");
    let form = [("email", who.email.as_str()), ("password", OLD)];
    let entered = visitor(&app)
        .at(other.address)
        .form("/sign-in", &form)
        .expect(303);
    let elsewhere = entered.session().expect("signing in opens a session");
    visitor(&app)
        .form("/password/forgot", &[("email", &who.email)])
        .expect(200);
    app.drain_jobs();
    let mailed = Mail::sent(&app.outbox.sent()[0]).path("/password/reset");
    visitor(&app).get(&mailed).expect(200);
    let own = app.client().browser(&who.session);
    let others = [
        app.client().browser(&elsewhere),
        app.client().bearer(&who.token),
    ];
    for client in &others {
        client.at(other.address).get(&path).expect(200);
    }

    let change = |old: &str| {
        own.form(
            "/account/password",
            &[("old_password", old), ("new_password", NEW)],
        )
    };
    change("not the old one at all").expect(422);
    for client in &others {
        client.get(&path).expect(200);
    }
    change(OLD).expect(303);
    for address in [other.address, app.node.address] {
        for client in &others {
            let client = client.with("Accept", "application/json");
            assert_eq!(client.at(address).get(&path).status, 401);
        }
        own.at(address).get(&path).expect(200);
    }
    refresh(&other.client(), &who.refresh).expect(401);
    visitor(&app).get(&mailed).expect(410);
    token(&other.client(), &who.email, OLD).expect(401);
    token(&other.client(), &who.email, NEW).expect(200);
}
