//! The home pages: what needs somebody, putting it aside, what happened.

use backbone_identity::Role;
use backbone_tests::client::Client;
use backbone_tests::seed::moment;
use backbone_tests::{TestApp, World};
use serde_json::{Value, json};

const DAY: i64 = 86_400;

struct House {
    app: TestApp,
    world: World,
}

impl House {
    fn new() -> Self {
        let app = TestApp::start();
        let world = World::seed(&app);
        Self { app, world }
    }

    fn api(&self, role: Role) -> Client {
        let account = self.world.home.account(role);
        // Tokens end after minutes and sessions after weeks; keys stay while the test's clock moves.
        self.app.client().bearer(&account.key)
    }

    /// A browser in which somebody has just signed in, wherever the clock stands.
    fn browser(&self, role: Role) -> Client {
        let now = moment(self.app.clock.now());
        let later = moment(self.app.clock.now().plus_days(1));
        self.app.sql(&format!(
            "UPDATE sessions SET seen_at = {now}, expires_at = {later}"
        ));
        self.world.home.browser(&self.app, role)
    }

    /// What needs somebody, as programs read it.
    fn attention(&self, role: Role) -> Value {
        let path = self.world.home.path("/attention");
        self.api(role).get(&path).expect(200).json()
    }

    fn lines(&self, role: Role, rule: &str) -> Vec<Value> {
        let all = self.attention(role);
        let lines = all["lines"].as_array().unwrap();
        lines
            .iter()
            .filter(|l| l["rule"] == rule)
            .cloned()
            .collect()
    }

    fn days(&self, n: i64) {
        self.app.clock.forward(n * DAY);
    }

    /// The partner logs something for a month.
    fn give(&self, period: &str, hours: &str) -> Value {
        let new = json!({ "kind": "time", "period": period, "activity": "Reading to children", "hours": hours });
        self.api(Role::Contributor)
            .post(&self.world.home.path("/contributions"), &new)
            .expect(201)
            .json()
    }

    /// The month before now.
    fn last_month(&self) -> String {
        let today = self.app.clock.now().date_in(&jiff::tz::TimeZone::UTC);
        let before = today.first_of_month().yesterday().unwrap();
        format!("{:04}-{:02}", before.year(), before.month())
    }
}

#[test]
fn a_partner_who_goes_quiet_is_noticed_by_their_own_rhythm_and_written_to_by_one_click() {
    let house = House::new();
    for _ in 0..4 {
        house.give(&house.last_month(), "3");
        house.days(7);
    }
    let quiet = "contributions-needs-quiet";
    assert!(house.lines(Role::Staff, quiet).is_empty());
    house.days(15);
    let found = house.lines(Role::Staff, quiet);
    assert_eq!(found.len(), 1, "{found:?}");
    assert_eq!(found[0]["part"], "today");
    assert!(
        found[0]["text"]
            .as_str()
            .unwrap()
            .contains("22 days; before that about every week"),
        "{found:?}"
    );
    assert!(house.lines(Role::Contributor, quiet).is_empty());

    // One click asks by mail and leads back home.
    let fields = [
        ("period", house.last_month()),
        (
            "organizations",
            house
                .world
                .home
                .account(Role::Contributor)
                .organization
                .to_string(),
        ),
    ];
    let fields: Vec<(&str, &str)> = fields.iter().map(|(k, v)| (*k, v.as_str())).collect();
    let slug = &house.world.home.slug;
    let sent = house
        .browser(Role::Staff)
        .form(&format!("/p/{slug}/contributions/requests?home=1"), &fields)
        .expect(303);
    assert_eq!(sent.header("location"), Some(format!("/p/{slug}").as_str()));
    house.app.drain_jobs();
    assert_eq!(
        house
            .app
            .count("contribution_asks WHERE reminded_at IS NULL"),
        1
    );
}

#[test]
fn a_visit_is_a_sign_of_life() {
    let house = House::new();
    for _ in 0..4 {
        house.give(&house.last_month(), "3");
        house.days(7);
    }
    let slug = &house.world.home.slug;
    house
        .browser(Role::Contributor)
        .get(&format!("/p/{slug}"))
        .expect(200);
    house.days(15);
    assert!(
        house
            .lines(Role::Staff, "contributions-needs-quiet")
            .is_empty()
    );
}

#[test]
fn a_line_is_put_aside_with_a_reason_and_comes_back_by_itself_or_by_hand() {
    let house = House::new();
    house.give(&house.last_month(), "46");
    let staff = house.browser(Role::Staff);
    let slug = house.world.home.slug.clone();
    let home = format!("/p/{slug}");
    let page = staff.get(&home).expect(200).text();
    assert!(
        page.contains("gave 46 hours: Reading to children"),
        "{page}"
    );
    let start = page
        .find(&format!("{home}/attention/"))
        .expect("a link to put it aside");
    let later = page[start..].split('"').next().unwrap().to_string();
    assert!(
        staff
            .get(&later)
            .expect(200)
            .text()
            .contains("gave 46 hours")
    );

    // Without a reason nothing happens, and what was typed stays.
    let today = house.app.clock.now().date_in(&jiff::tz::TimeZone::UTC);
    let day = today.saturating_add(jiff::Span::new().days(10)).to_string();
    let refused = staff
        .form(&later, &[("reason", " "), ("until", &day)])
        .expect(422)
        .text();
    assert!(refused.contains(&day), "{refused}");
    let past = staff
        .form(
            &later,
            &[("reason", "Ilse is away"), ("until", "2020-01-01")],
        )
        .expect(422);
    assert!(past.text().contains("Ilse is away"));

    staff
        .form(&later, &[("reason", "Ilse is away"), ("until", &day)])
        .expect(303);
    let seen = house.attention(Role::Admin);
    assert_eq!(seen["aside"][0]["reason"], "Ilse is away");
    assert!(
        house
            .lines(Role::Staff, "contributions-told-hours")
            .is_empty(),
        "{seen}"
    );
    let page = staff.get(&home).expect(200).text();
    assert!(page.contains("Ilse is away"), "{page}");
    assert_eq!(
        house.app.count("events WHERE kind = 'attention.snoozed'"),
        1
    );

    // By hand …
    let id = seen["aside"][0]["id"].as_str().unwrap();
    staff
        .form(&format!("{home}/attention/snoozes/{id}/wake"), &[])
        .expect(303);
    assert_eq!(
        house.lines(Role::Staff, "contributions-told-hours").len(),
        1
    );
    staff
        .form(&format!("{home}/attention/snoozes/{id}/wake"), &[])
        .expect(404);
    // … and by itself, on its day.
    let line = &house.lines(Role::Staff, "contributions-told-hours")[0];
    let aside = json!({ "rule": line["rule"], "subject": line["subject"], "reason": "Later", "until": day });
    house
        .api(Role::Staff)
        .post(&house.world.home.path("/attention/snoozes"), &aside)
        .expect(201);
    assert!(
        house
            .lines(Role::Staff, "contributions-told-hours")
            .is_empty()
    );
    house.days(10);
    assert_eq!(
        house.lines(Role::Staff, "contributions-told-hours").len(),
        1
    );
}

#[test]
fn others_neither_put_aside_nor_see_what_is() {
    let house = House::new();
    let new = json!({ "rule": "x", "subject": "y", "reason": "z", "until": "2026-01-01" });
    for role in [
        Role::Contributor,
        Role::Leader,
        Role::Funder,
        Role::ReadOnly,
    ] {
        house
            .api(role)
            .post(&house.world.home.path("/attention/snoozes"), &new)
            .expect(403);
        assert_eq!(house.attention(role)["aside"], json!([]));
    }
}

#[test]
fn an_invitation_without_an_answer_is_sent_again_by_one_click() {
    let house = House::new();
    let invited = json!({
        "people": "Sanne Kuiper <sanne@elsewhere.example>",
        "roles": ["contributor"],
        "organization_id": house.world.home.account(Role::Contributor).organization,
    });
    house
        .api(Role::Staff)
        .post(&house.world.home.path("/invitations"), &invited)
        .expect(200);
    let rule = "people-needs-answer";
    house.days(6);
    assert!(house.lines(Role::Staff, rule).is_empty());
    house.days(2);
    let found = house.lines(Role::Staff, rule);
    assert_eq!(found.len(), 1, "{found:?}");
    let slug = &house.world.home.slug;
    let page = house
        .browser(Role::Staff)
        .get(&format!("/p/{slug}"))
        .expect(200)
        .text();
    let start = page
        .find(&format!("/p/{slug}/invitations/"))
        .expect("a form to send again");
    let action = page[start..].split('"').next().unwrap().to_string();
    let sent = house.browser(Role::Staff).form(&action, &[]).expect(303);
    assert_eq!(sent.header("location"), Some(format!("/p/{slug}").as_str()));
    assert!(house.lines(Role::Staff, rule).is_empty(), "a week more");
}

#[test]
fn a_request_that_waits_names_who_and_tells_the_partner_what_it_costs() {
    let house = House::new();
    let period = house.last_month();
    house
        .api(Role::Staff)
        .post(
            &house.world.home.path("/contribution-requests"),
            &json!({ "period": period }),
        )
        .expect(201);
    let mine = house.lines(Role::Contributor, "contributions-needs-mine");
    assert_eq!(mine.len(), 1, "{mine:?}");
    assert_eq!(mine[0]["minutes"], 2, "{mine:?}");
    assert!(
        house
            .lines(Role::Staff, "contributions-needs-request")
            .is_empty()
    );
    house.days(8);
    assert_eq!(
        house
            .lines(Role::Staff, "contributions-needs-request")
            .len(),
        1
    );
    // Who logs for that month has answered, by whatever way.
    house.give(&period, "5");
    assert!(
        house
            .lines(Role::Staff, "contributions-needs-request")
            .is_empty()
    );
    assert!(
        house
            .lines(Role::Contributor, "contributions-needs-mine")
            .is_empty()
    );
}

#[test]
fn a_story_waits_for_anybody_but_its_author() {
    let house = House::new();
    let story = house
        .api(Role::Staff)
        .post(
            &house.world.home.path("/stories"),
            &json!({ "title": "Three times a week" }),
        )
        .expect(201)
        .json();
    let submit = house.world.home.path(&format!(
        "/stories/{}/submit",
        story["id"].as_str().unwrap()
    ));
    house
        .api(Role::Staff)
        .request("POST", &submit)
        .header("If-Match", &format!("\"{}\"", story["version"]))
        .json(&json!({}))
        .send()
        .expect(200);
    let rule = "stories-needs-approval";
    assert!(
        house.lines(Role::Staff, rule).is_empty(),
        "the author does not approve"
    );
    for role in [Role::Admin, Role::Leader] {
        assert_eq!(house.lines(role, rule).len(), 1, "{role}");
    }
    assert!(house.lines(Role::Contributor, rule).is_empty());
}

#[test]
fn who_was_not_written_to_for_weeks_is_named() {
    let house = House::new();
    let rule = "communications-needs-never-funders";
    house.days(36);
    let found = house.lines(Role::Staff, rule);
    assert_eq!(found.len(), 1, "{found:?}");
    assert!(house.lines(Role::Leader, rule).is_empty());
}

#[test]
fn a_slash_too_many_leads_to_the_page_and_never_to_another_server() {
    let app = TestApp::start();
    let world = World::seed(&app);
    let browser = world.home.browser(&app, Role::Staff);
    let slug = &world.home.slug;
    for (typed, leads) in [
        (format!("/p/{slug}/"), format!("/p/{slug}")),
        (
            format!("/p/{slug}/contributions/?status=logged"),
            format!("/p/{slug}/contributions?status=logged"),
        ),
        ("//elsewhere.example/".into(), "/elsewhere.example".into()),
        ("/\\elsewhere.example/".into(), "/elsewhere.example".into()),
    ] {
        let answer = browser.get(&typed);
        assert_eq!(answer.status, 301, "{typed}");
        assert_eq!(answer.header("location"), Some(leads.as_str()));
    }
    browser.get("/p/nowhere").expect(404);
}

#[test]
fn first_steps_tick_themselves_and_stand_only_at_the_beginning() {
    let house = House::new();
    let slug = house.world.home.slug.clone();
    let home = |role: Role| {
        let page = house.browser(role).get(&format!("/p/{slug}"));
        page.expect(200).text()
    };
    let log = "Log a first contribution</a>";
    let before = home(Role::Staff);
    assert!(before.contains("First steps"), "{before}");
    assert!(
        before.contains("0 of 10 taken") && before.contains(log),
        "{before}"
    );
    assert!(!home(Role::Contributor).contains("First steps"));
    house.give(&house.last_month(), "3");
    let after = home(Role::Staff);
    assert!(
        after.contains("1 of 10 taken") && !after.contains(log),
        "{after}"
    );
    assert!(after.contains("Log a first contribution<span"), "{after}");
    house.days(121);
    assert!(!home(Role::Staff).contains("First steps"));
}
