//! What ends an account, a membership or a key ends it on every node with the next request.

use backbone_identity::Role;
use backbone_tests::{TestApp, World};

#[test]
fn a_closed_account_is_out_everywhere_at_once() {
    let app = TestApp::start();
    let world = World::seed(&app);
    let (other, _core) = app.another_node();
    let who = world.home.account(Role::Staff);
    let path = world.home.path("/events");
    let clients = [
        app.client().browser(&who.session),
        app.client().bearer(&who.token),
        app.client().bearer(&who.key),
    ];
    for client in &clients {
        client.get(&path).expect(200);
        client.at(other.address).get(&path).expect(200);
    }
    app.sql(&format!(
        "UPDATE people SET active = FALSE WHERE id = '{}'",
        who.person
    ));
    for client in &clients {
        for address in [app.node.address, other.address] {
            assert_eq!(
                client
                    .at(address)
                    .with("Accept", "application/json")
                    .get(&path)
                    .status,
                401
            );
        }
    }
}

#[test]
fn a_membership_that_ended_hides_the_partnership() {
    let app = TestApp::start();
    let world = World::seed(&app);
    let who = world.home.account(Role::Staff);
    let path = world.home.path("/events");
    app.sql(&format!(
        "UPDATE memberships SET active = FALSE WHERE id = '{}'",
        who.membership
    ));
    for client in [
        app.client().browser(&who.session),
        app.client().bearer(&who.token),
        app.client().bearer(&who.key),
    ] {
        client.get(&path).expect(404);
    }
}

#[test]
fn sessions_and_keys_end_when_they_say() {
    let app = TestApp::start();
    let world = World::seed(&app);
    let who = world.home.account(Role::Staff);
    let path = world.home.path("/events");
    let (browser, key) = (
        app.client().browser(&who.session),
        app.client().bearer(&who.key),
    );
    app.sql("UPDATE api_keys SET expires_at = '2020-01-01 00:00:00' WHERE scopes = 'read write'");
    key.get(&path).expect(401);
    app.sql("UPDATE api_keys SET expires_at = NULL, revoked_at = '2020-01-01 00:00:00'");
    key.get(&path).expect(401);
    browser.get(&path).expect(200);
    app.clock.forward(8 * 86_400);
    browser.get(&path).expect(401);
}

#[test]
fn the_session_cookie_is_out_of_reach_of_scripts() {
    let app = TestApp::start();
    let world = World::seed(&app);
    let page = world
        .home
        .browser(&app, Role::Staff)
        .get("/p/harbour")
        .expect(200);
    for (name, value) in &page.headers {
        if name == "set-cookie" && value.starts_with("backbone=") {
            assert!(
                value.contains("HttpOnly") && value.contains("SameSite=Lax"),
                "{value}"
            );
        }
    }
    assert!(
        !page
            .text()
            .contains(&world.home.account(Role::Staff).session)
    );
}
