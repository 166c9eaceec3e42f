//! All accounts of the server, for its operator, and one's own: by page and by program.

use backbone_identity::{Role, password};
use backbone_tests::mail::Mail;
use backbone_tests::{Client, TestApp, World};
use serde_json::json;

const PASSWORD: &str = "vier gele fietsen bij de brug";

/// A program with somebody's session: it takes JSON, and says where its requests come from.
fn program(app: &TestApp, session: &str) -> Client {
    app.client()
        .with("Cookie", &format!("backbone={session}"))
        .with("Sec-Fetch-Site", "same-origin")
}

#[test]
fn an_operators_program_lists_accounts_and_shuts_somebody_out_once() {
    let app = TestApp::start();
    let world = World::seed(&app);
    let operator = world.home.account(Role::Admin);
    let partner = world.home.account(Role::Contributor);
    let of = format!("/api/v1/accounts/{}", partner.person);
    let doors = |client: &Client| {
        let steps = ["deactivate", "reactivate", "sign-out"].map(|s| format!("{of}/{s}"));
        let steps = steps.iter().map(|path| client.post(path, &json!({})));
        let mut answers: Vec<u16> = steps.map(|a| a.status).collect();
        answers.push(client.get("/api/v1/accounts").status);
        answers.push(client.get(&of).status);
        answers
    };
    // Neither an administrator nor anybody else finds them; not even the operator by token or key.
    assert_eq!(doors(&program(&app, &operator.session)), [404; 5]);
    app.sql(&format!(
        "UPDATE people SET operator = TRUE WHERE id = '{}'",
        operator.person
    ));
    assert_eq!(doors(&program(&app, &partner.session)), [404; 5]);
    for token in [&operator.token, &operator.key] {
        assert_eq!(doors(&app.client().bearer(token)), [401; 5]);
    }
    // A page of another site makes the browser send the cookie, and says that it is another site.
    let elsewhere = app
        .client()
        .with("Cookie", &format!("backbone={}", operator.session))
        .with("Sec-Fetch-Site", "cross-site");
    assert_eq!(doors(&elsewhere)[..3], [403; 3]);

    let api = program(&app, &operator.session);
    let (mut all, mut cursor) = (Vec::new(), String::new());
    loop {
        let page = api.get(&format!("/api/v1/accounts?limit=5{cursor}"));
        let page = page.expect(200).json();
        for item in page["items"].as_array().unwrap() {
            all.push(item["email"].as_str().unwrap().to_string());
        }
        let Some(next) = page["next_cursor"].as_str() else {
            break;
        };
        cursor = format!("&cursor={next}");
    }
    assert_eq!(all.len() as i64, app.count("people"));
    assert!(all.is_sorted() && all.contains(&partner.email), "{all:?}");
    let found = api.get(&format!(
        "/api/v1/accounts?q={}",
        partner.email.replace('@', "%40")
    ));
    let found = found.expect(200).json();
    assert_eq!(found["items"].as_array().unwrap().len(), 1, "{found}");
    assert_eq!(
        found["items"][0]["partnerships"],
        json!(["Harbour Forward"])
    );

    let shut = |key: &str| {
        let request = api.request("POST", &format!("{of}/deactivate"));
        request.key(key).json(&json!({})).send()
    };
    let (first, again) = (shut("one"), shut("one"));
    assert_eq!(first.expect(200).json()["active"], false);
    assert_eq!(again.header("idempotency-replayed"), Some("true"));
    shut("two").expect(200);
    assert_eq!(app.count("events WHERE kind = 'person.deactivated'"), 1);
    app.client()
        .bearer(&partner.token)
        .get(&world.home.path("/metrics"))
        .expect(401);
    let back = api.post(&format!("{of}/reactivate"), &json!({}));
    assert_eq!(back.expect(200).json()["active"], true);
    assert_eq!(api.get(&of).expect(200).json()["sessions"], 0);
    let itself = format!("/api/v1/accounts/{}", operator.person);
    let refused = api.post(&format!("{itself}/deactivate"), &json!({}));
    assert_eq!(refused.expect(409).problem(), "accounts-operator");
    api.post(&format!("{itself}/sign-out"), &json!({}))
        .expect(200);
    api.get("/api/v1/accounts").expect(401);
}

#[test]
fn a_program_signs_in_and_changes_its_own_account() {
    let app = TestApp::start();
    let world = World::seed(&app);
    let me = world.home.account(Role::Contributor);
    let hash = password::hash_now(PASSWORD).unwrap();
    app.sql(&format!(
        "UPDATE people SET password_hash = '{hash}' WHERE id = '{}'",
        me.person
    ));
    let anybody = app.client().with("Sec-Fetch-Site", "same-origin");
    let enter = |email: &str, typed: &str| {
        anybody.post(
            "/api/v1/auth/session",
            &json!({"email": email, "password": typed}),
        )
    };
    let unknown = enter("nobody@oost.example", PASSWORD).expect(401);
    let wrong = enter(&me.email, "not this one").expect(401);
    assert_eq!(unknown.problem(), wrong.problem());
    app.client()
        .post(
            "/api/v1/auth/session",
            &json!({"email": me.email, "password": PASSWORD}),
        )
        .expect(403);
    let entered = enter(&me.email, PASSWORD).expect(204);
    assert_eq!(entered.header("cache-control"), Some("no-store"));
    let session = entered.session().unwrap();
    let own = program(&app, &session);

    let shown = own.get("/api/v1/account").expect(200);
    assert_eq!(shown.json()["email"], *me.email);
    assert_eq!(shown.json()["has_password"], true);
    let change = json!({"language": "nl"});
    let blind = own.request("PATCH", "/api/v1/account").json(&change);
    blind.send().expect(428);
    let changed = own.patch("/api/v1/account", shown.version(), &change);
    assert_eq!(changed.expect(200).json()["language"], "nl");
    own.patch("/api/v1/account", shown.version(), &change)
        .expect(412);
    let now = own.get("/api/v1/account").expect(200).version();
    own.patch("/api/v1/account", now, &json!({"language": "xx"}))
        .expect(422);
    own.patch("/api/v1/account", now, &json!({"operator": true}))
        .expect(400);

    let sessions = own.get("/api/v1/account/sessions").expect(200).json();
    let items = sessions["items"].as_array().unwrap();
    assert_eq!(items.len(), 2, "{sessions}");
    let other = items.iter().find(|s| s["current"] == false).unwrap();
    let of = format!("/api/v1/account/sessions/{}", other["id"].as_str().unwrap());
    own.request("DELETE", &of).send().expect(204);
    own.request("DELETE", &of).send().expect(404);
    world
        .home
        .browser(&app, Role::Contributor)
        .get("/account")
        .expect(303);

    let data = own.get("/api/v1/account/data").expect(200).json();
    assert_eq!(data["memberships"][0]["partnership"], "Harbour Forward");
    let password = |old: &str, new: &str| {
        own.post(
            "/api/v1/account/password",
            &json!({"old_password": old, "new_password": new}),
        )
    };
    password("not this one", "seven lanterns above the quay").expect(422);
    password(PASSWORD, "12345678").expect(422);
    password(PASSWORD, "seven lanterns above the quay").expect(204);
    own.get("/api/v1/account").expect(200);
    app.client()
        .bearer(&me.token)
        .get(&world.home.path("/metrics"))
        .expect(401);
    enter(&me.email, PASSWORD).expect(401);

    let erase = |email: &str| own.post("/api/v1/account/erase", &json!({"erase_email": email}));
    erase("somebody@oost.example").expect(422);
    erase(&me.email).expect(204);
    own.get("/api/v1/account").expect(401);
    assert_eq!(
        app.count(&format!("people WHERE email = '{}'", me.email)),
        0
    );
}

#[test]
fn a_program_asks_for_another_address_and_confirms_it() {
    let app = TestApp::start();
    let world = World::seed(&app);
    let me = world.home.account(Role::Contributor);
    let taken = world.home.account(Role::Leader);
    let own = program(&app, &me.session);
    let ask = |email: &str, key: &str| {
        let request = own.request("POST", "/api/v1/account/email");
        request.key(key).json(&json!({"new_email": email})).send()
    };
    ask("nonsense", "a").expect(422);
    ask(&me.email, "b").expect(422);
    // Whether somebody has the address is not told, and the same request twice mails once.
    ask(&taken.email, "c").expect(202);
    let first = ask("New@oost.example", "d").expect(202);
    assert_eq!(first.json(), json!({"email": "new@oost.example"}));
    let again = ask("new@oost.example", "d").expect(202);
    assert_eq!(again.header("idempotency-replayed"), Some("true"));
    app.drain_jobs();
    let sent: Vec<Mail> = app.outbox.sent().iter().map(Mail::sent).collect();
    assert_eq!(sent.len(), 1);
    let link = sent[0].path("/account/email/confirm");
    let token = link.split("token=").nth(1).unwrap();
    let confirm = |token: &str| {
        let body = json!({"token": token});
        app.client().post("/api/v1/account/email/confirm", &body)
    };
    confirm("nonsense").expect(410);
    confirm(token).expect(204);
    confirm(token).expect(410);
    let account = own.get("/api/v1/account").expect(200).json();
    assert_eq!(account["email"], "new@oost.example");
    app.drain_jobs();
    let told = Mail::sent(app.outbox.sent().last().unwrap());
    assert_eq!(told.to, std::slice::from_ref(&me.email));
}

#[test]
fn only_the_operator_sees_all_accounts_and_shuts_somebody_out() {
    let app = TestApp::start();
    let world = World::seed(&app);
    let operator = world.home.account(Role::Admin);
    let partner = world.home.account(Role::Contributor);
    let page = world.home.browser(&app, Role::Admin);
    let own = world.home.browser(&app, Role::Contributor);
    page.get("/accounts").expect(404);
    app.sql(&format!(
        "UPDATE people SET operator = TRUE WHERE id = '{}'",
        operator.person
    ));
    let shown = page.get("/accounts").expect(200).text();
    assert!(
        shown.contains(&partner.email) && shown.contains("Harbour Forward"),
        "{shown}"
    );
    let found = page.get(&format!(
        "/accounts?q={}",
        partner.email.replace('@', "%40")
    ));
    let found = found.expect(200).text();
    assert!(
        found.contains(&partner.email) && !found.contains(&operator.email),
        "{found}"
    );
    own.get("/accounts").expect(404);
    let of = format!("/accounts/{}", partner.person);
    own.form(&of, &[("step", "deactivate")]).expect(404);

    let home = format!("/p/{}", world.home.slug);
    own.get(&home).expect(200);
    page.form(&of, &[("step", "deactivate")]).expect(303);
    own.get("/account").expect(303);
    app.client()
        .bearer(&partner.token)
        .get(&world.home.path("/metrics"))
        .expect(401);
    app.client()
        .bearer(&partner.key)
        .get(&world.home.path("/metrics"))
        .expect(401);
    page.form(&of, &[("step", "reactivate")]).expect(303);
    assert_eq!(
        app.count(&format!(
            "people WHERE id = '{}' AND active = TRUE",
            partner.person
        )),
        1
    );
    let itself = format!("/accounts/{}", operator.person);
    page.form(&itself, &[("step", "deactivate")]).expect(409);
    page.form(&itself, &[("step", "sign-out")]).expect(303);
    page.get("/accounts").expect(303);
}

#[test]
fn an_address_changes_once_the_new_one_confirms_it() {
    let app = TestApp::start();
    let world = World::seed(&app);
    let me = world.home.account(Role::Contributor);
    let taken = world.home.account(Role::Leader);
    let own = world.home.browser(&app, Role::Contributor);
    let answers = [taken.email.as_str(), "new@oost.example"].map(|address| {
        let answer = own
            .form("/account/email", &[("new_email", address)])
            .expect(303);
        (
            answer.header("location").map(str::to_string),
            answer.header("set-cookie").map(str::to_string),
        )
    });
    assert_eq!(
        answers[0], answers[1],
        "the answer does not say whose an address is"
    );
    app.drain_jobs();
    let sent: Vec<Mail> = app.outbox.sent().iter().map(Mail::sent).collect();
    assert_eq!(sent.len(), 1);
    assert_eq!(sent[0].to, ["new@oost.example".to_string()]);
    let link = sent[0].path("/account/email/confirm");
    let anybody = app.client().with("Sec-Fetch-Site", "same-origin");
    anybody.get(&link).expect(200);
    let has = |email: &str| {
        app.count(&format!(
            "people WHERE id = '{}' AND email = '{email}'",
            me.person
        ))
    };
    assert_eq!(has(&me.email), 1, "looking changes nothing");
    let token = link.split("token=").nth(1).unwrap().to_string();
    anybody
        .form("/account/email/confirm", &[("token", &token)])
        .expect(303);
    assert_eq!(has("new@oost.example"), 1);
    own.get("/account").expect(200);
    app.drain_jobs();
    let notice = Mail::sent(app.outbox.sent().last().unwrap());
    assert_eq!(notice.to, std::slice::from_ref(&me.email));
    assert!(
        !notice.text.contains("new@oost.example"),
        "the old address learns no new one"
    );
    anybody
        .form("/account/email/confirm", &[("token", &token)])
        .expect(410);
    own.form("/account/email", &[("new_email", "new@oost.example")])
        .expect(422);
}
