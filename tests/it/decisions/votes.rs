//! From a draft to a sealed record: voting by page, API and mailed link, and everything that may go wrong with a ballot.

use backbone_identity::{OrganizationRole as Org, Role};
use backbone_tests::mail::Mail;
use backbone_tests::{Client, TestApp, World};
use serde_json::{Value, json};

use super::bodies::board;

const SEATS: &[(Org, Role)] = &[
    (Org::Backbone, Role::Staff),
    (Org::Partner, Role::Contributor),
    (Org::Partner, Role::Leader),
    (Org::Funder, Role::Funder),
    (Org::Community, Role::Community),
];

pub(super) struct Room {
    pub(super) app: TestApp,
    pub(super) world: World,
    pub(super) body: String,
    pub(super) seats: Vec<String>,
}

impl Room {
    pub(super) fn new() -> Self {
        let app = TestApp::start();
        let world = World::seed(&app);
        app.drain_jobs();
        let (body, seats) = board(&app, &world, SEATS);
        Self {
            app,
            world,
            body,
            seats,
        }
    }

    pub(super) fn api(&self, role: Role) -> Client {
        // By key: a token would run out where the clock is set forward.
        self.app.client().bearer(&self.world.home.account(role).key)
    }

    pub(super) fn path(&self, rest: &str) -> String {
        self.world.home.path(rest)
    }

    /// A framework with these norms over the usual ones.
    pub(super) fn framework(&self, norms: Value) -> String {
        let mut all = json!({"method": "majority", "reasons": "optional", "results": "always", "discussion_days": 0,
                             "open_days": 7, "close_early": false, "conflict": "off"});
        all.as_object_mut()
            .unwrap()
            .extend(norms.as_object().unwrap().clone());
        let new = json!({"name": "Norms", "norms": all});
        let made = self
            .api(Role::Staff)
            .post(&self.path("/frameworks"), &new)
            .expect(201)
            .json();
        made["id"].as_str().unwrap().to_string()
    }

    /// A vote that is open.
    pub(super) fn vote(&self, norms: Value, content: Value) -> String {
        let new = json!({"body_id": self.body, "framework_id": self.framework(norms), "title": "Ten more mentors?", "content": content});
        let made = self
            .api(Role::Staff)
            .post(&self.path("/decisions"), &new)
            .expect(201)
            .json();
        let id = made["id"].as_str().unwrap().to_string();
        self.step(&id, "open", json!({})).expect(200);
        id
    }

    pub(super) fn step(&self, id: &str, step: &str, body: Value) -> backbone_tests::Response {
        self.api(Role::Staff)
            .post(&self.path(&format!("/decisions/{id}/steps/{step}")), &body)
    }

    pub(super) fn cast(&self, id: &str, role: Role, says: Value) -> backbone_tests::Response {
        self.api(role).post(
            &self.path(&format!("/decisions/{id}/ballot")),
            &json!({"says": says}),
        )
    }

    pub(super) fn outcome(&self, id: &str) -> Value {
        self.api(Role::Staff)
            .get(&self.path(&format!("/decisions/{id}/outcome")))
            .expect(200)
            .json()
    }

    pub(super) fn mails(&self) -> Vec<Mail> {
        self.app.drain_jobs();
        self.app.outbox.sent().iter().map(Mail::sent).collect()
    }
}

fn to(mail: &Mail, start: &str) -> bool {
    mail.to.iter().any(|t| t.starts_with(start))
}

fn code(problem: &Value) -> &str {
    problem["errors"][0]["code"].as_str().unwrap_or_default()
}

#[test]
fn a_decision_is_voted_counted_sealed_and_traced() {
    let r = Room::new();
    let id = r.vote(json!({"quorum": {"percent": 50, "organizations": 2, "groups": [{"group": "community", "seats": 1}]}}), json!({}));
    r.cast(&id, Role::Contributor, json!({"option": "agree"}))
        .expect(200);
    r.cast(&id, Role::Funder, json!({"option": "agree"}))
        .expect(200);
    r.cast(&id, Role::Community, json!({"option": "disagree"}))
        .expect(200);
    r.cast(&id, Role::ReadOnly, json!({"option": "agree"}))
        .expect(403);
    r.cast(&id, Role::Admin, json!({"option": "agree"}))
        .expect(403);
    r.step(&id, "close", json!({})).expect(422);
    r.step(&id, "close", json!({"reason": "Enough took part"}))
        .expect(200);
    let outcome = r.outcome(&id);
    assert_eq!(outcome["passed"], true, "{outcome}");
    assert_eq!(outcome["result"]["voted"], 3);
    assert_eq!(outcome["result"]["quorum"].as_array().unwrap().len(), 3);
    assert!(
        outcome["result"]["tally"]["steps"]
            .as_array()
            .unwrap()
            .len()
            > 2
    );
    let write = r.path(&format!("/decisions/{id}/outcome"));
    let staff = r.api(Role::Staff);
    let nothing = staff
        .post(&write, &json!({"statement": "We do it"}))
        .expect(422)
        .json();
    assert_eq!(code(&nothing), "outcome-commitment");
    let partner = r.world.home.organization(Org::Partner);
    let promised = json!({"statement": "We do it", "commitments": [{"title": "Find ten mentors", "organization_id": partner,
        "person_id": r.world.home.account(Role::Contributor).person, "due_on": "2030-01-31", "effort_hours": 40, "benefit": "Shorter lists"}]});
    let record = staff.post(&write, &promised).expect(201).json();
    assert_eq!(record["number"], 1);
    staff.post(&write, &promised).expect(409);
    let second = r.vote(json!({}), json!({}));
    r.step(&second, "close", json!({"reason": "Nobody came"}))
        .expect(200);
    assert_eq!(r.outcome(&second)["passed"], false);
    staff
        .post(
            &r.path(&format!("/decisions/{second}/outcome")),
            &json!({"statement": "Not adopted"}),
        )
        .expect(201);
    let bundle = staff
        .get(&r.path("/decision-records/bundle"))
        .expect(200)
        .json();
    assert_eq!(bundle["broken"], Value::Null);
    let mut before = String::new();
    for record in bundle["records"].as_array().unwrap() {
        use sha2::Digest;
        let text = format!("{before}\n{}", record["content"].as_str().unwrap());
        before = hex::encode(sha2::Sha256::digest(text.as_bytes()));
        assert_eq!(record["hash"], before, "the recipe does not give the hash");
    }
    let trace = staff
        .get(&r.path(&format!("/trace/decision/{id}")))
        .expect(200)
        .json();
    let told = trace.to_string();
    assert!(
        told.contains("Agree") && told.contains("Disagree"),
        "{told}"
    );
    let page = r
        .world
        .home
        .browser(&r.app, Role::Contributor)
        .get(&format!("/p/{}/decisions/{id}/tally", r.world.home.slug))
        .expect(200);
    assert!(page.text().contains("votes were cast"), "{}", page.text());
}

#[test]
fn two_hundred_identical_ballots_at_once_are_one() {
    let r = Room::new();
    let id = r.vote(json!({}), json!({}));
    let path = r.path(&format!("/decisions/{id}/ballot"));
    let client = r.api(Role::Funder);
    let statuses: Vec<u16> = std::thread::scope(|s| {
        let all: Vec<_> = (0..200)
            .map(|_| {
                s.spawn(|| {
                    // A machine under load may not read a request in time; then it says so, and the sender tries again.
                    let mut status = 408;
                    while status == 408 {
                        status = client
                            .post(&path, &json!({"says": {"option": "agree"}}))
                            .status;
                    }
                    status
                })
            })
            .collect();
        all.into_iter().map(|h| h.join().unwrap()).collect()
    });
    assert!(statuses.iter().all(|s| *s == 200), "{statuses:?}");
    assert_eq!(r.app.count("ballots"), 1);
    assert_eq!(r.app.count("events WHERE kind = 'ballot.cast'"), 1);
    r.cast(&id, Role::Funder, json!({"option": "disagree"}))
        .expect(200);
    assert_eq!(r.app.count("ballots"), 2, "the earlier version is kept");
    assert_eq!(r.app.count("ballots WHERE counts = true"), 1);
}

#[test]
fn bad_ballots_are_refused_with_the_reason_and_change_nothing() {
    let r = Room::new();
    let options = json!({"options": [{"label": "North"}, {"label": "South"}, {"label": "West"}]});
    let ranked = r.vote(json!({"method": "schulze"}), options.clone());
    let dotted = r.vote(json!({"method": "dots", "dots": 5}), options);
    for (id, says, expected) in [
        (
            &ranked,
            json!({"ranks": [["o1"], ["o2"], ["o1"]]}),
            "ballot-twice",
        ),
        (&ranked, json!({"ranks": []}), "ballot-empty"),
        (&ranked, json!({"ranks": [["o9"]]}), "ballot-unknown"),
        (
            &dotted,
            json!({"marks": {"o1": 3, "o2": 3}}),
            "ballot-over-spent",
        ),
        (&dotted, json!({"marks": {"o1": -1}}), "ballot-negative"),
    ] {
        let problem = r.cast(id, Role::Funder, says).expect(422).json();
        assert_eq!(code(&problem), expected, "{problem}");
    }
    assert_eq!(r.app.count("ballots"), 0);
    r.cast(
        &ranked,
        Role::Funder,
        json!({"ranks": [["o3"], [], ["o1"]]}),
    )
    .expect(200);
    r.cast(&ranked, Role::Leader, json!({"ranks": [["o1"]]}))
        .expect(200);
    r.step(&ranked, "withdraw-option", json!({"option": "o1"}))
        .expect(422);
    r.step(
        &ranked,
        "withdraw-option",
        json!({"option": "o1", "reason": "Sold"}),
    )
    .expect(200);
    let late = r
        .cast(&ranked, Role::Community, json!({"ranks": [["o1"]]}))
        .expect(422)
        .json();
    assert_eq!(code(&late), "ballot-withdrawn");
    let standing = r
        .api(Role::Staff)
        .get(&r.path(&format!("/decisions/{ranked}/ballots")))
        .expect(200)
        .json();
    assert_eq!(
        standing["voted"], 1,
        "whose only choice was taken out has to vote again: {standing}"
    );
    r.step(&ranked, "close", json!({"reason": "Test"}))
        .expect(200);
    assert_eq!(r.outcome(&ranked)["result"]["winners"], json!(["o3"]));
}

#[test]
fn a_vote_closes_at_its_moment_and_late_ballots_do_not_count() {
    let r = Room::new();
    let id = r.vote(json!({"open_days": 1}), json!({}));
    r.cast(&id, Role::Funder, json!({"option": "agree"}))
        .expect(200);
    let sent = r.mails().len();
    r.app.clock.forward(86_400 - 4 * 3_600);
    assert!(
        r.mails()
            .iter()
            .skip(sent)
            .any(|m| m.subject.contains("Ten more mentors")),
        "nobody was reminded"
    );
    let reminded: Vec<String> = r
        .mails()
        .iter()
        .skip(sent)
        .map(|m| m.to.join(" "))
        .collect();
    assert!(
        !reminded.iter().any(|to| to.contains("funder@")),
        "who voted is not reminded: {reminded:?}"
    );
    r.app.clock.forward(2 * 86_400);
    let problem = r
        .cast(&id, Role::Leader, json!({"option": "disagree"}))
        .expect(409)
        .json();
    assert_eq!(problem["code"], "vote-closed");
    r.app.drain_jobs();
    let outcome = r.outcome(&id);
    assert_eq!(
        (&outcome["passed"], &outcome["result"]["voted"]),
        (&json!(true), &json!(1)),
        "{outcome}"
    );
}

#[test]
fn a_mailed_link_shows_the_ballot_and_only_a_post_casts_it() {
    let r = Room::new();
    let before = r.mails().len();
    let id = r.vote(json!({}), json!({}));
    let mails = r.mails();
    let mail = mails
        .iter()
        .skip(before)
        .find(|m| to(m, "community@"))
        .expect("a mail to the voter");
    let link = mail.path("/vote?token=");
    let path = link.split("&choice").next().unwrap();
    let browser = r.app.client();
    for _ in 0..3 {
        browser.get(&format!("{path}&choice=agree")).expect(200);
        browser.request("HEAD", path).send();
    }
    assert_eq!(r.app.count("ballots"), 0, "a scanner voted");
    let page = browser
        .form(path, &[("option", "agree")])
        .expect(200)
        .text();
    assert!(page.contains("Your vote: Agree"), "{page}");
    assert_eq!(r.app.count("ballots"), 1);
    browser
        .form(
            path,
            &[("option", "agree"), ("reason", "They wait too long")],
        )
        .expect(200);
    assert_eq!(
        r.app
            .look("SELECT reason AS value FROM ballots WHERE counts = true"),
        "They wait too long"
    );
    browser.get("/vote?token=forged.forged").expect(404);
    let account = r.world.home.account(Role::Community);
    r.app.sql(&format!(
        "UPDATE memberships SET active = false WHERE id = '{}'",
        account.membership
    ));
    browser.form(path, &[("option", "disagree")]).expect(410);
    assert_eq!(r.outcome_after_close(&id)["result"]["voted"], 1);
}

impl Room {
    fn outcome_after_close(&self, id: &str) -> Value {
        self.step(id, "close", json!({"reason": "Test"}))
            .expect(200);
        self.outcome(id)
    }
}

#[test]
fn a_secret_ballot_keeps_no_link_to_its_voter() {
    let r = Room::new();
    let norms = json!({"secret": true, "changeable": false, "reasons": "off", "results": "after_close", "turnout_from": 3});
    let id = r.vote(norms, json!({}));
    let receipt = r
        .cast(&id, Role::Funder, json!({"option": "disagree"}))
        .expect(200)
        .json();
    let receipt_code = receipt["code"].as_str().unwrap().to_string();
    assert_eq!(receipt["ballot"], Value::Null);
    let again = r
        .cast(&id, Role::Funder, json!({"option": "agree"}))
        .expect(409)
        .json();
    assert_eq!(again["code"], "vote-secret-cast");
    let standing = |r: &Room| {
        r.api(Role::Staff)
            .get(&r.path(&format!("/decisions/{id}/ballots")))
            .expect(200)
            .json()
    };
    assert_eq!(
        standing(&r)["voted"],
        Value::Null,
        "one ballot would tell whose it is"
    );
    r.cast(&id, Role::Leader, json!({"option": "agree"}))
        .expect(200);
    r.cast(&id, Role::Community, json!({"option": "agree"}))
        .expect(200);
    let now = standing(&r);
    assert_eq!(
        (&now["voted"], &now["voters"], &now["ballots"]),
        (&json!(3), &json!([]), &Value::Null)
    );
    let funder = r.world.home.account(Role::Funder).person.to_string();
    assert_eq!(
        r.app.count(&format!(
            "events WHERE kind LIKE 'ballot%' AND actor_id = '{funder}'"
        )),
        0
    );
    assert_eq!(r.app.count("ballots WHERE voter_id IS NOT NULL OR person_id IS NOT NULL OR cast_at IS NOT NULL OR person_name <> ''"), 0);
    assert_eq!(
        r.app.count("idempotency_keys"),
        0,
        "an answer that was kept would be a link"
    );
    r.step(&id, "close", json!({"reason": "Test"})).expect(200);
    let closed = standing(&r);
    use sha2::Digest;
    let hash = hex::encode(sha2::Sha256::digest(receipt_code.as_bytes()));
    let own: Vec<&Value> = closed["ballots"]
        .as_array()
        .unwrap()
        .iter()
        .filter(|b| b["receipt"] == hash)
        .collect();
    assert_eq!(
        own.len(),
        1,
        "the voter does not find their ballot: {closed}"
    );
    assert_eq!(own[0]["says"]["option"], "disagree");
    let trace = r
        .api(Role::Staff)
        .get(&r.path(&format!("/trace/decision/{id}")))
        .expect(200)
        .text();
    assert!(!trace.contains("\"ballot\""), "{trace}");
}

#[test]
fn alternates_proxies_and_holders_act_in_this_order() {
    let r = Room::new();
    let id = r.vote(json!({}), json!({}));
    let seat = &r.seats[3];
    let proxy = json!({"seat_id": seat, "person_id": r.world.home.account(Role::Leader).person, "proposal_id": id,
                       "expires_at": r.app.clock.now().plus_days(1).to_string()});
    r.api(Role::Community)
        .post(&r.path("/proxies"), &proxy)
        .expect(403);
    let given = r
        .api(Role::Funder)
        .post(&r.path("/proxies"), &proxy)
        .expect(201)
        .json();
    let for_funder = |role: Role, option: &str| {
        let body = json!({"seat_id": seat, "says": {"option": option}});
        r.api(role)
            .post(&r.path(&format!("/decisions/{id}/ballot")), &body)
    };
    for_funder(Role::Community, "agree").expect(403);
    let by_proxy = for_funder(Role::Leader, "agree").expect(200).json();
    assert_eq!(
        by_proxy["ballot"]["capacity"], "proxy",
        "the record shows who acted as whom"
    );
    for_funder(Role::Funder, "disagree").expect(200);
    let after = for_funder(Role::Leader, "agree").expect(409).json();
    assert_eq!(after["code"], "vote-holder-cast");
    let revoke = r.path(&format!(
        "/proxies/{}/revoke",
        given["id"].as_str().unwrap()
    ));
    r.api(Role::Funder).post(&revoke, &json!({})).expect(200);
    r.api(Role::Funder).post(&revoke, &json!({})).expect(409);
    for_funder(Role::Leader, "agree").expect(403);
    r.api(Role::Staff)
        .post(&r.path(&format!("/seats/{}/close", r.seats[4])), &json!({}))
        .expect(200);
    r.cast(&id, Role::Community, json!({"option": "agree"}))
        .expect(403);
    let page = r
        .world
        .home
        .browser(&r.app, Role::Leader)
        .get(&format!("/p/{}/decisions/{id}", r.world.home.slug))
        .expect(200);
    assert!(page.text().contains("Your vote for"), "{}", page.text());
}

#[test]
fn people_talk_concerns_are_settled_and_the_page_votes_in_one_tap() {
    let r = Room::new();
    let framework = r.framework(json!({"method": "consent", "discussion_days": 3}));
    let new = json!({"body_id": r.body, "framework_id": framework, "title": "Open on Saturdays", "content": {"background": "They ask for it"}});
    let made = r
        .api(Role::Leader)
        .post(&r.path("/decisions"), &new)
        .expect(201)
        .json();
    let id = made["id"].as_str().unwrap();
    let base = format!("/p/{}/decisions/{id}", r.world.home.slug);
    let leader = r.world.home.browser(&r.app, Role::Leader);
    leader
        .form(&format!("{base}/steps/publish"), &[])
        .expect(303);
    let before = r.mails().len();
    let text = "Who pays? @harbour leader, do you know";
    r.world
        .home
        .browser(&r.app, Role::Funder)
        .form(
            &format!("{base}/comments"),
            &[("kind", "concern"), ("text", text)],
        )
        .expect(303);
    assert!(
        r.mails().iter().skip(before).any(|m| to(m, "leader@")),
        "who was named hears of it"
    );
    r.world
        .home
        .browser(&r.app, Role::ReadOnly)
        .form(&format!("{base}/comments"), &[("text", "x")])
        .expect(403);
    r.app.clock.forward(4 * 86_400);
    r.app.drain_jobs();
    let x = r
        .api(Role::Staff)
        .get(&r.path(&format!("/decisions/{id}")))
        .expect(200)
        .json();
    assert_eq!(x["status"], "voting", "it opens by itself: {x}");
    let settle = format!(
        "{base}/comments/{}/settle",
        x["comments"][0]["id"].as_str().unwrap()
    );
    r.world
        .home
        .browser(&r.app, Role::Funder)
        .form(&settle, &[("text", "I do")])
        .expect(403);
    leader
        .form(&settle, &[("text", "The council pays")])
        .expect(303);
    let voted = leader
        .form(&format!("{base}/vote"), &[("option", "agree")])
        .expect(200)
        .text();
    assert!(voted.contains("Your vote: Agree"), "{voted}");
    let refused = r
        .world
        .home
        .browser(&r.app, Role::Community)
        .form(&format!("{base}/vote"), &[("option", "object")])
        .expect(422)
        .text();
    assert!(refused.contains("says what would be harmed"), "{refused}");
    r.api(Role::Leader)
        .patch(
            &r.path(&format!("/decisions/{id}")),
            x["version"].as_i64().unwrap(),
            &new,
        )
        .expect(409);
}
