use backbone_db::Instant;
use backbone_identity::{OrganizationRole as Org, Role};
use backbone_tests::mail::Mail;
use backbone_tests::{Client, TestApp, World};
use serde_json::{Value, json};

use crate::decisions::bodies::board;

const SEATS: &[(Org, Role)] = &[
    (Org::Backbone, Role::Staff),
    (Org::Partner, Role::Contributor),
    (Org::Funder, Role::Funder),
];

struct House {
    app: TestApp,
    world: World,
    body: String,
}

impl House {
    fn new() -> Self {
        let app = TestApp::start();
        let world = World::seed(&app);
        app.drain_jobs();
        let (body, _) = board(&app, &world, SEATS);
        Self { app, world, body }
    }

    fn api(&self, role: Role) -> Client {
        self.app.client().bearer(&self.world.home.account(role).key)
    }

    fn path(&self, rest: &str) -> String {
        self.world.home.path(rest)
    }

    fn vote(&self, title: &str) -> String {
        let norms = json!({"method": "majority", "reasons": "optional", "results": "always",
            "discussion_days": 0, "open_days": 7, "close_early": false, "conflict": "off"});
        let framework = self
            .api(Role::Staff)
            .post(
                &self.path("/frameworks"),
                &json!({"name": title, "norms": norms}),
            )
            .expect(201)
            .json();
        let new = json!({"body_id": self.body, "framework_id": framework["id"], "title": title, "content": {}});
        let made = self
            .api(Role::Staff)
            .post(&self.path("/decisions"), &new)
            .expect(201)
            .json();
        let id = made["id"].as_str().unwrap().to_string();
        self.api(Role::Staff)
            .post(
                &self.path(&format!("/decisions/{id}/steps/open")),
                &json!({}),
            )
            .expect(200);
        id
    }

    fn told(&self, role: Role) -> Vec<(String, String)> {
        let list = self
            .api(role)
            .get(&self.path("/notifications"))
            .expect(200)
            .json();
        let items = list["items"].as_array().unwrap();
        items
            .iter()
            .map(|i| {
                let text = |f: &str| i[f].as_str().unwrap_or_default().to_string();
                (text("kind"), text("text"))
            })
            .collect()
    }

    fn kinds(&self, role: Role) -> Vec<String> {
        self.told(role).into_iter().map(|(kind, _)| kind).collect()
    }

    fn mails(&self, role: Role) -> Vec<Mail> {
        let address = &self.world.home.account(role).email;
        let sent = self.app.outbox.sent();
        let all = sent.iter().map(Mail::sent);
        all.filter(|m| m.to.iter().any(|t| t == address)).collect()
    }

    fn choose(&self, role: Role, change: Value) {
        self.api(role)
            .request("PUT", &self.path("/notifications/settings"))
            .json(&change)
            .send()
            .expect(200);
    }

    /// Lets a minute pass and the work be done, twice: what is told in one minute is mailed by the next.
    fn minutes(&self) {
        for _ in 0..2 {
            self.app.clock.forward(61);
            self.app.drain_jobs();
        }
    }
}

#[test]
fn a_vote_is_told_to_those_who_may_cast_it_once_in_the_bell_and_once_by_mail() {
    let h = House::new();
    let id = h.vote("Ten more mentors?");
    h.minutes();
    h.minutes();
    // Who has no seat is not asked.
    assert_eq!(h.kinds(Role::Contributor), ["ballot.opened"]);
    assert!(h.kinds(Role::Leader).is_empty());
    let (_, text) = h.told(Role::Contributor).remove(0);
    assert!(
        text.contains("Ten more mentors?") && !text.contains('⟦'),
        "{text}"
    );
    // The room's own letter is the mail.
    let mails = h.mails(Role::Contributor);
    assert_eq!(
        mails.len(),
        1,
        "{:?}",
        mails.iter().map(|m| &m.subject).collect::<Vec<_>>()
    );
    assert!(
        mails[0]
            .source
            .contains("List-Unsubscribe-Post: List-Unsubscribe=One-Click")
    );
    // A day before the close those who have not voted are told, and nobody else.
    h.api(Role::Contributor)
        .post(
            &h.path(&format!("/decisions/{id}/ballot")),
            &json!({"says": {"option": "agree"}}),
        )
        .expect(200);
    let vote = h.api(Role::Staff).get(&h.path(&format!("/decisions/{id}")));
    let vote = vote.expect(200).json();
    let closes: Instant = vote["closes_at"].as_str().unwrap().parse().unwrap();
    let left = closes.seconds_since(h.app.clock.now());
    h.app.clock.forward(left - 23 * 3600);
    h.minutes();
    h.app.clock.forward(600);
    h.minutes();
    assert_eq!(h.kinds(Role::Contributor), ["ballot.opened"]);
    assert_eq!(h.kinds(Role::Funder), ["ballot.closing", "ballot.opened"]);
    assert_eq!(h.mails(Role::Funder).len(), 2);
    assert_eq!(h.mails(Role::Contributor).len(), 1);
}

#[test]
fn who_chose_a_summary_gets_no_letter_and_one_mail_a_day_with_a_link_to_vote() {
    let h = House::new();
    h.choose(Role::Funder, json!({"often": {"ballot.opened": "daily"}}));
    h.choose(
        Role::Contributor,
        json!({"often": {"ballot.opened": "off"}}),
    );
    h.vote("One?");
    h.vote("Two?");
    h.minutes();
    assert!(h.mails(Role::Funder).is_empty());
    h.app.clock.forward(86_400);
    h.minutes();
    let mails = h.mails(Role::Funder);
    assert_eq!(mails.len(), 1, "{mails:?}");
    let mail = &mails[0];
    assert_eq!(mail.subject, "2 things that concern you");
    for part in ["One?", "Two?"] {
        assert!(
            mail.text.contains(part) && mail.html.contains(part),
            "{part}: {}",
            mail.text
        );
    }
    // The address works without signing in.
    let vote = mail.path("/vote?token=");
    let page = h.app.client().get(&vote).expect(200).text();
    assert!(page.contains("One?") || page.contains("Two?"), "{page}");
    // Nothing doubles when days go by.
    h.app.clock.forward(86_400);
    h.minutes();
    assert_eq!(h.mails(Role::Funder).len(), 1);
    // Whoever turned them off is told in the application only.
    assert!(h.mails(Role::Contributor).is_empty());
    assert_eq!(h.kinds(Role::Contributor).len(), 2);
}

#[test]
fn one_tap_in_a_mail_stops_its_kind_and_a_scanner_changes_nothing() {
    let h = House::new();
    h.vote("One?");
    h.minutes();
    let mail = h.mails(Role::Funder).remove(0);
    let stop = mail.path("/notifications/stop/");
    h.app.client().get(&stop).expect(200);
    h.vote("Two?");
    h.minutes();
    assert_eq!(h.mails(Role::Funder).len(), 2);
    let answer = h
        .app
        .client()
        .request("POST", &stop)
        .form(&[("List-Unsubscribe", "One-Click")])
        .send();
    answer.expect(200);
    h.vote("Three?");
    h.minutes();
    assert_eq!(h.mails(Role::Funder).len(), 2);
    assert_eq!(h.kinds(Role::Funder).len(), 3);
    let forged = format!("{}x", stop);
    h.app.client().get(&forged).expect(404);
}

#[test]
fn comments_reach_those_they_name_answer_and_ask() {
    let h = House::new();
    let id = h.vote("Ten more mentors?");
    let path = h.path(&format!("/decisions/{id}/comments"));
    let funder = &h.world.home.account(Role::Funder).person;
    let name = h.app.look(&format!(
        "SELECT name AS value FROM people WHERE id = '{funder}'"
    ));
    let made = h
        .api(Role::Contributor)
        .post(
            &path,
            &json!({"kind": "question", "text": format!("@{name} who pays?")}),
        )
        .expect(201)
        .json();
    h.api(Role::Funder)
        .post(
            &path,
            &json!({"kind": "remark", "text": "We do.", "parent_id": made["id"]}),
        )
        .expect(201);
    h.minutes();
    assert!(
        h.kinds(Role::Funder)
            .contains(&"decision.mentioned".to_string())
    );
    assert!(
        h.kinds(Role::Contributor)
            .contains(&"decision.replied".to_string())
    );
    assert!(
        h.kinds(Role::Staff)
            .contains(&"decision.questioned".to_string())
    );
    // The question goes to who proposed, by a mail of one: its subject is what happened.
    let mails = h.mails(Role::Staff);
    let asked = mails
        .iter()
        .filter(|m| m.subject.contains("asks something about"));
    assert_eq!(
        asked.count(),
        1,
        "{:?}",
        mails.iter().map(|m| &m.subject).collect::<Vec<_>>()
    );
}

#[test]
fn the_bell_counts_what_was_not_read_on_every_page_without_script() {
    let h = House::new();
    h.vote("One?");
    h.minutes();
    let browser = h.world.home.browser(&h.app, Role::Funder);
    let count = |page: String| {
        page.split("class=\"bell-count\"")
            .nth(1)
            .and_then(|s| s.split('>').nth(1)?.split('<').next().map(str::to_string))
    };
    assert_eq!(
        count(browser.get("/p/harbour").text()).as_deref(),
        Some("1")
    );
    let page = browser.get("/p/harbour/notifications").expect(200).text();
    let link = page.split("class=\"notice-link\" href=\"").nth(1).unwrap();
    let link = link.split('"').next().unwrap();
    let opened = browser.get(link).expect(303);
    assert!(
        opened
            .header("location")
            .unwrap()
            .starts_with("/p/harbour/decisions/")
    );
    assert_eq!(count(browser.get("/p/harbour").text()), None);
    let id = link.rsplit('/').next().unwrap();
    let form = [("id", id), ("step", "unread")];
    browser.form("/p/harbour/notifications", &form).expect(303);
    assert_eq!(
        count(browser.get("/p/harbour").text()).as_deref(),
        Some("1")
    );
    browser.form("/p/harbour/notifications", &[]).expect(303);
    assert_eq!(count(browser.get("/p/harbour").text()), None);
    // Another's notification is not there.
    let staff = h.world.home.browser(&h.app, Role::Staff);
    staff.get(link).expect(404);
}

#[test]
fn nothing_is_lost_or_doubled_when_several_nodes_read_at_once() {
    let h = House::new();
    let (_node, other) = h.app.another_node();
    for i in 0..6 {
        h.vote(&format!("Vote {i}?"));
    }
    let cores = [h.app.core.clone().into_inner(), other.into_inner()];
    backbone_tests::at_once(6, |i| {
        let core = &cores[i % 2];
        let runtime = tokio::runtime::Builder::new_current_thread()
            .enable_all()
            .build()
            .unwrap();
        runtime
            .block_on(backbone_notifications::follow::catch_up(core))
            .unwrap();
    });
    assert_eq!(h.kinds(Role::Funder).len(), 6);
    h.minutes();
    assert_eq!(h.kinds(Role::Funder).len(), 6);
}

#[test]
fn choices_are_checked_and_kept() {
    let h = House::new();
    let path = h.path("/notifications/settings");
    let staff = h.api(Role::Contributor);
    for (change, field) in [
        (
            json!({"often": {"ballot.opened": "sometimes"}}),
            "ballot.opened",
        ),
        (json!({"often": {"seat.vacant": "off"}}), "seat.vacant"),
        (json!({"time_zone": "Europe/Nowhere"}), "time_zone"),
        (
            json!({"quiet_from": "22:00", "quiet_until": ""}),
            "quiet_until",
        ),
        (json!({"summary_day": 8}), "summary_day"),
        (json!({"summary_at": "late"}), "summary_at"),
    ] {
        let refused = staff.request("PUT", &path).json(&change).send().expect(422);
        let told = refused.json();
        assert_eq!(told["errors"][0]["field"], field, "{told}");
    }
    let change = json!({"quiet_from": "22:00", "quiet_until": "07:00", "time_zone": "Asia/Tokyo", "summary_at": "09:30", "summary_day": 5});
    h.choose(Role::Contributor, change.clone());
    let kept = staff.get(&path).expect(200).json();
    for field in [
        "quiet_from",
        "quiet_until",
        "time_zone",
        "summary_at",
        "summary_day",
    ] {
        assert_eq!(kept[field], change[field], "{field}");
    }
    let page = h.world.home.browser(&h.app, Role::Contributor);
    let page = page
        .get("/p/harbour/notifications/settings")
        .expect(200)
        .text();
    assert!(page.contains("value=\"Asia/Tokyo\"") && page.contains("value=\"22:00\""));
}
