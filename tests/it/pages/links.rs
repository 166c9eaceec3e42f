//! Links in mail: what each does without a password, and how one becomes a session.

use backbone_identity::Role;
use backbone_tests::mail::Mail;
use serde_json::json;

use super::partner::{House, form};

/// The contributor's link to log with, from the mail that asks.
fn asked_by_mail(house: &House) -> String {
    house.ask("2026-01");
    house.app.drain_jobs();
    let partner = house.world.home.account(Role::Contributor);
    let sent = house.app.outbox.sent();
    let mails: Vec<Mail> = sent.iter().map(Mail::sent).collect();
    let mail = mails
        .iter()
        .rfind(|m| m.to.contains(&partner.email))
        .expect("a mail that asks");
    mail.path("/log/")
}

#[test]
fn a_link_opens_a_session_once_while_it_is_young_and_then_by_mail() {
    let house = House::new();
    let path = asked_by_mail(&house);
    let secret = path.rsplit('/').next().unwrap().to_string();
    let session = format!("/link/{secret}/session");
    let anybody = house.app.client().with("Sec-Fetch-Site", "same-origin");
    let page = anybody.get(&path).expect(200).text();
    assert!(page.contains(&session), "{page}");
    // Only from our own pages, and never by following a link.
    house
        .app
        .client()
        .with("Sec-Fetch-Site", "cross-site")
        .form(&session, &[])
        .expect(403);
    let followed = anybody.get(&session);
    assert!(matches!(followed.status, 404 | 405), "{}", followed.status);
    let done = anybody.form(&session, &[]).expect(303);
    assert_eq!(done.header("location"), Some(house.at("").as_str()));
    let cookie = done.header("set-cookie").unwrap().to_string();
    let cookie = cookie.split(';').next().unwrap();
    let inside = house
        .app
        .client()
        .with("Cookie", cookie)
        .with("Sec-Fetch-Site", "same-origin");
    assert!(
        inside
            .get(&house.at(""))
            .expect(200)
            .text()
            .contains("asked of you")
    );
    assert_eq!(
        house
            .app
            .count("events WHERE kind = 'access_link.upgraded'"),
        1
    );
    // A second time, a sign-in link goes to the person's own address, which the page does not tell.
    let before = house.app.outbox.sent().len();
    let told = anybody.form(&session, &[]).expect(200);
    assert_eq!(told.header("set-cookie"), None);
    let email = &house.world.home.account(Role::Contributor).email;
    assert!(!told.text().contains(email.as_str()));
    house.app.drain_jobs();
    let mail = Mail::sent(&house.app.outbox.sent()[before]);
    assert_eq!(mail.to, std::slice::from_ref(email));
    assert!(!mail.links("/sign-in/link").is_empty(), "{}", mail.text);
    // The link goes on doing the one thing that it is for.
    anybody.get(&path).expect(200);
    anybody.form("/link/nothing/session", &[]).expect(404);
}

#[test]
fn a_link_that_is_old_or_was_ended_opens_nothing() {
    let house = House::new();
    let path = asked_by_mail(&house);
    let secret = path.rsplit('/').next().unwrap().to_string();
    let session = format!("/link/{secret}/session");
    let anybody = house.app.client().with("Sec-Fetch-Site", "same-origin");
    // Its owner ends it; nobody else can.
    let owner = house.browser(Role::Contributor);
    let account = owner.get("/account").expect(200).text();
    assert!(account.contains("Links in your mail"), "{account}");
    let (end, _) = form(&account, "/end");
    house.browser(Role::Funder).form(&end, &[]).expect(404);
    house.app.clock.forward(4 * 86_400);
    let told = anybody.form(&session, &[]).expect(200);
    assert_eq!(told.header("set-cookie"), None, "after days, only by mail");
    house
        .app
        .sql("UPDATE sessions SET expires_at = '2999-01-01 00:00:00'");
    owner.form(&end, &[]).expect(303);
    owner.form(&end, &[]).expect(404);
    anybody.get(&path).expect(410);
    anybody.form(&session, &[]).expect(410);
}

#[test]
fn a_promise_is_reported_from_the_reminder_without_a_password() {
    let house = House::new();
    let account = house.world.home.account(Role::Contributor);
    let due = house
        .app
        .clock
        .now()
        .plus_days(2)
        .date_in(&jiff::tz::TimeZone::UTC)
        .to_string();
    let new = json!({ "title": "Find ten mentors", "organization_id": account.organization, "person_id": account.person, "due_on": due });
    let path = house.world.home.path("/commitments");
    let made = house.api(Role::Staff).post(&path, &new).expect(201).json();
    // It stands on the home page, with one click for what is done.
    let home = house.home(Role::Contributor);
    assert!(
        home.contains("You promised: Find ten mentors") && home.contains("It is done"),
        "{home}"
    );
    house.app.drain_jobs();
    house.app.clock.forward(120);
    house.app.drain_jobs();
    let sent = house.app.outbox.sent();
    // Beside it goes the news that somebody asks for the promise.
    let mut mails = sent.iter().map(Mail::sent);
    let mail = mails
        .find(|m| m.text.contains("/promise/"))
        .expect("a reminder");
    assert_eq!(mail.to, std::slice::from_ref(&account.email));
    let link = mail.path("/promise/");
    let anybody = house.app.client().with("Sec-Fetch-Site", "same-origin");
    let page = anybody.get(&link).expect(200).text();
    assert!(page.contains("Find ten mentors"), "{page}");
    let refused = anybody
        .form(&link, &[("progress", "101"), ("version", "1")])
        .expect(422)
        .text();
    assert!(refused.contains("101"), "{refused}");
    anybody
        .form(
            &link,
            &[("progress", "40"), ("text", "Four came"), ("version", "1")],
        )
        .expect(200);
    anybody
        .form(&link, &[("progress", "50"), ("version", "1")])
        .expect(412);
    let now = house
        .api(Role::Staff)
        .get(&format!("{path}/{}", made["id"].as_str().unwrap()))
        .expect(200)
        .json();
    assert_eq!(now["progress"], 40, "{now}");
    let done = anybody
        .form(&link, &[("status", "done"), ("version", "2")])
        .expect(200)
        .text();
    assert!(done.contains("Thank you, it is noted"), "{done}");
    // What was reported cost three minutes each time.
    let ledger = house
        .api(Role::Contributor)
        .get(&house.world.home.path("/burden"))
        .expect(200)
        .json();
    assert_eq!(ledger["organizations"][0]["total"], 6, "{ledger}");
    for stranger in ["/promise/nothing", &link.replace("/promise/", "/log/")] {
        anybody.get(stranger).expect(404);
    }
}
