//! A session cookie counts only on requests from our own pages.

use backbone_identity::Role;
use backbone_tests::{TestApp, World};

#[test]
fn a_form_of_another_site_does_nothing() {
    let app = TestApp::start();
    let world = World::seed(&app);
    let session = &world.home.account(Role::Staff).session;
    let cookie = app.client().with("Cookie", &format!("backbone={session}"));
    let path = world.home.path("/files");
    let own = app.core.settings.base_url.clone();
    let before = app.count("files");
    for (header, value) in [
        ("X-Nothing", "said"),
        ("Sec-Fetch-Site", "cross-site"),
        ("Sec-Fetch-Site", "same-site"),
        ("Origin", "https://evil.example"),
        ("Origin", "null"),
    ] {
        let answer = cookie
            .request("POST", &path)
            .header(header, value)
            .multipart(&[("file", "a.txt", b"x")])
            .send();
        assert_eq!(answer.status, 403, "{header}: {value}");
        assert_eq!(answer.problem(), "cross-site", "{header}: {value}");
    }
    assert_eq!(app.count("files"), before);
    for (header, value) in [("Sec-Fetch-Site", "same-origin"), ("Origin", own.as_str())] {
        cookie
            .request("POST", &path)
            .header(header, value)
            .multipart(&[("file", "a.txt", b"x")])
            .send()
            .expect(201);
    }
    cookie.get(&world.home.path("/events")).expect(200);
}

#[test]
fn a_token_needs_no_page() {
    let app = TestApp::start();
    let world = World::seed(&app);
    let staff = world
        .home
        .api(&app, Role::Staff)
        .with("Origin", "https://elsewhere.example");
    staff
        .request("POST", &world.home.path("/files"))
        .multipart(&[("file", "a.txt", b"x")])
        .send()
        .expect(201);
}
