//! The operator's page of accounts, and another address for one's own.

use backbone_identity::Role;
use backbone_tests::mail::Mail;
use backbone_tests::{TestApp, World};

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
