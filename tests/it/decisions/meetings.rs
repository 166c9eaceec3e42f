//! A meeting from its plan to its minutes: invitations with calendar entries, who is there, decisions in the room, what follows.

use backbone_identity::{OrganizationRole as Org, Role};
use backbone_tests::mail::Mail;
use backbone_tests::{Client, Response, TestApp, World};
use mail_parser::{MessageParser, MimeHeaders};
use serde_json::{Value, json};

use super::bodies::board;

mod room;

const SEATS: &[(Org, Role)] = &[
    (Org::Backbone, Role::Staff),
    (Org::Partner, Role::Contributor),
    (Org::Funder, Role::Funder),
    (Org::Community, Role::Community),
];

struct House {
    app: TestApp,
    world: World,
    body: String,
    seats: Vec<String>,
}

impl House {
    fn new() -> Self {
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

    fn api(&self, role: Role) -> Client {
        self.app.client().bearer(&self.world.home.account(role).key)
    }

    fn path(&self, rest: &str) -> String {
        self.world.home.path(rest)
    }

    fn post(&self, role: Role, rest: &str, body: Value) -> Response {
        self.api(role).post(&self.path(rest), &body)
    }

    /// A meeting some hours from now, an hour long.
    fn plan(&self, hours: i64) -> String {
        let starts = self.app.clock.now().plus_seconds(hours * 3600);
        let new = json!({"body_id": self.body, "title": "Board, in autumn", "place": "Town hall", "purpose": "Money; people",
                         "starts_at": starts, "ends_at": starts.plus_seconds(3600)});
        let made = self.post(Role::Staff, "/meetings", new).expect(201).json();
        made["id"].as_str().unwrap().to_string()
    }

    fn proposal(&self, title: &str, norms: Value) -> String {
        let mut all = json!({"method": "majority", "reasons": "off", "results": "always", "discussion_days": 0, "open_days": 7,
                             "close_early": false, "conflict": "off"});
        all.as_object_mut()
            .unwrap()
            .extend(norms.as_object().unwrap().clone());
        let framework = self
            .post(
                Role::Staff,
                "/frameworks",
                json!({"name": title, "norms": all}),
            )
            .expect(201)
            .json();
        let new = json!({"body_id": self.body, "framework_id": framework["id"], "title": title,
                         "opens_at": self.app.clock.now().plus_days(20), "closes_at": self.app.clock.now().plus_days(30)});
        let made = self.post(Role::Staff, "/decisions", new).expect(201).json();
        let id = made["id"].as_str().unwrap().to_string();
        self.post(
            Role::Staff,
            &format!("/decisions/{id}/steps/publish"),
            json!({}),
        )
        .expect(200);
        id
    }

    fn step(&self, id: &str, step: &str) -> Response {
        self.post(
            Role::Staff,
            &format!("/meetings/{id}/steps/{step}"),
            json!({"reason": "The hall is closed"}),
        )
    }

    fn detail(&self, id: &str) -> Value {
        self.api(Role::Staff)
            .get(&self.path(&format!("/meetings/{id}")))
            .expect(200)
            .json()
    }

    fn person(&self, id: &str, role: Role) -> String {
        let wanted = self.world.home.account(role).person.to_string();
        let detail = self.detail(id);
        let people = detail["people"].as_array().unwrap();
        let one = people.iter().find(|p| p["person_id"] == json!(wanted));
        one.unwrap_or_else(|| panic!("{role} is not on the list of {people:?}"))["id"]
            .as_str()
            .unwrap()
            .to_string()
    }

    fn arrive(&self, id: &str, role: Role) {
        self.post(
            role,
            &format!("/meetings/{id}/presence"),
            json!({"here": true}),
        )
        .expect(200);
    }

    fn hands(&self, id: &str, decision: &str, hands: &[(usize, &str)]) -> Response {
        let hands: Vec<Value> = hands
            .iter()
            .map(|(seat, option)| json!({"seat_id": self.seats[*seat], "says": {"option": option}}))
            .collect();
        self.post(
            Role::Staff,
            &format!("/meetings/{id}/votes/{decision}/hands"),
            json!({"hands": hands}),
        )
    }

    fn mails(&self) -> Vec<Mail> {
        self.app.drain_jobs();
        self.app.outbox.sent().iter().map(Mail::sent).collect()
    }

    /// The mails to somebody, from the one numbered `skip` on.
    fn to(&self, start: &str, skip: usize) -> Vec<Mail> {
        let all = self.mails().into_iter().skip(skip);
        all.filter(|m| m.to.iter().any(|t| t.starts_with(start)))
            .collect()
    }
}

/// The calendar entry of a mail, its continued lines joined, and its content type.
fn entry(mail: &Mail) -> (Vec<String>, String) {
    let parsed = MessageParser::default()
        .parse(mail.source.as_bytes())
        .unwrap();
    let part = parsed.attachments().next().expect("a calendar entry");
    let kind = part.content_type().unwrap();
    let method = kind.attribute("method").unwrap_or_default().to_string();
    let kind = format!(
        "{}/{} {method}",
        kind.ctype(),
        kind.subtype().unwrap_or_default()
    );
    let text = String::from_utf8(part.contents().to_vec()).unwrap();
    assert!(text.split("\r\n").all(|line| line.len() <= 75), "{text}");
    let lines = text.replace("\r\n ", "");
    (lines.split("\r\n").map(str::to_string).collect(), kind)
}

fn titles(agenda: &Value) -> Vec<String> {
    agenda
        .as_array()
        .unwrap()
        .iter()
        .map(|i| {
            format!(
                "{} {}",
                i["kind"].as_str().unwrap(),
                i["title"].as_str().unwrap()
            )
        })
        .collect()
}

#[test]
fn the_agenda_is_what_is_open_and_can_be_ordered() {
    let h = House::new();
    let vacant =
        json!({"kind": "member", "organization_id": h.world.home.organization(Org::Partner)});
    h.post(Role::Staff, &format!("/bodies/{}/seats", h.body), vacant)
        .expect(201);
    let talk = h.proposal("More mentors?", json!({}));
    let vote = h.proposal("Another hall?", json!({}));
    h.post(
        Role::Staff,
        &format!("/decisions/{vote}/steps/open"),
        json!({}),
    )
    .expect(200);
    let id = h.plan(72);
    let agenda = h.detail(&id)["agenda"].clone();
    assert_eq!(
        titles(&agenda),
        [
            "decision Another hall?",
            "decision More mentors?",
            "vacancies "
        ],
        "what is voted on comes first"
    );
    let at = |n: usize, agenda: &Value| agenda[n]["id"].as_str().unwrap().to_string();
    let point = |item: &str, step: &str| {
        h.post(
            Role::Staff,
            &format!("/meetings/{id}/agenda/{item}/steps/{step}"),
            json!({}),
        )
    };
    let moved = point(&at(1, &agenda), "up").expect(200).json();
    assert_eq!(titles(&moved)[0], "decision More mentors?");
    assert_eq!(moved[0]["position"], 1);
    let same = point(&at(0, &moved), "up").expect(200).json();
    assert_eq!(titles(&same), titles(&moved));
    let left = point(&at(2, &moved), "remove").expect(200).json();
    assert_eq!(left.as_array().unwrap().len(), 2);
    let waiting = h.detail(&id)["suggestions"].clone();
    assert_eq!(waiting[0]["kind"], "vacancies");
    let all = h
        .post(
            Role::Staff,
            &format!("/meetings/{id}/agenda/assemble"),
            json!({}),
        )
        .expect(200)
        .json();
    assert_eq!(all.as_array().unwrap().len(), 3);
    // Somebody with a seat adds a point; what is there already, and other bodies' matters, are refused.
    let add = |role: Role, body: Value| h.post(role, &format!("/meetings/{id}/agenda"), body);
    let own = add(
        Role::Funder,
        json!({"title": "The annual report", "minutes": 45}),
    )
    .expect(201)
    .json();
    let twice = add(Role::Staff, json!({"decision_id": talk}))
        .expect(422)
        .json();
    assert_eq!(twice["errors"][0]["code"], "meeting-item-twice");
    add(Role::Leader, json!({"title": "Of no seat"})).expect(403);
    let over = h.detail(&id);
    assert_eq!(over["agenda_minutes"], 10 + 10 + 5 + 45);
    let less = h
        .post(
            Role::Staff,
            &format!("/meetings/{id}/agenda/{}", own["id"].as_str().unwrap()),
            json!({"minutes": 15}),
        )
        .expect(200)
        .json();
    assert_eq!(
        (&less["minutes"], &less["title"]),
        (&json!(15), &json!("The annual report"))
    );
    h.post(
        Role::Funder,
        &format!("/meetings/{id}/agenda/assemble"),
        json!({}),
    )
    .expect(403);
}

#[test]
fn invitations_carry_a_calendar_entry_that_changes_and_is_struck_out() {
    let h = House::new();
    let id = h.plan(100);
    let guest = json!({"name": "Ada Visser", "email": "ada@guests.example"});
    h.post(Role::Staff, &format!("/meetings/{id}/people"), guest)
        .expect(201);
    let before = h.mails().len();
    h.step(&id, "invite").expect(200);
    let to_guest = h.to("ada@", before);
    assert_eq!(to_guest.len(), 1);
    let (lines, kind) = entry(&to_guest[0]);
    assert_eq!(kind, "text/calendar REQUEST");
    let has = |lines: &[String], line: &str| {
        assert!(lines.iter().any(|l| l == line), "{line} in {lines:?}")
    };
    has(&lines, &format!("UID:{id}"));
    has(&lines, "SEQUENCE:0");
    has(&lines, "SUMMARY:Board\\, in autumn (Board)");
    has(&lines, "LOCATION:Town hall");
    assert!(
        lines
            .iter()
            .any(|l| l.starts_with("DESCRIPTION:Money\\; people")),
        "{lines:?}"
    );
    assert!(
        lines
            .iter()
            .any(|l| l.starts_with("URL:") && l.contains("/rsvp?token=")),
        "{lines:?}"
    );
    assert_eq!(h.to("funder@", before).len(), 1);
    // A second invitation reaches only those who came since.
    h.step(&id, "invite").expect(200);
    assert_eq!(h.to("funder@", before).len(), 1);

    let meeting = h.detail(&id);
    let starts = h.app.clock.now().plus_seconds(200 * 3600);
    let change = |place: &str, version: i64| {
        let new = json!({"title": "Board, in autumn", "place": place, "starts_at": starts, "ends_at": starts.plus_seconds(5400)});
        h.api(Role::Staff)
            .patch(&h.path(&format!("/meetings/{id}")), version, &new)
    };
    let version = meeting["version"].as_i64().unwrap();
    change("The Quays", version - 1).expect(412);
    let changed = change("The Quays", version).expect(200).json();
    assert_eq!(changed["sequence"], 1);
    let mails = h.to("ada@", before);
    let (lines, kind) = entry(mails.last().unwrap());
    assert_eq!(kind, "text/calendar REQUEST");
    has(&lines, &format!("UID:{id}"));
    has(&lines, "SEQUENCE:1");
    has(&lines, "LOCATION:The Quays");
    // Nothing that those invited would see has changed: nobody is written to.
    let same = change("The Quays", changed["version"].as_i64().unwrap())
        .expect(200)
        .json();
    assert_eq!(same["sequence"], 1);
    assert_eq!(h.to("ada@", before).len(), mails.len());

    let no_reason = h.post(
        Role::Staff,
        &format!("/meetings/{id}/steps/cancel"),
        json!({}),
    );
    no_reason.expect(422);
    h.step(&id, "cancel").expect(200);
    let mails = h.to("ada@", before);
    let (lines, kind) = entry(mails.last().unwrap());
    assert_eq!(kind, "text/calendar CANCEL");
    for line in ["METHOD:CANCEL", "STATUS:CANCELLED", "SEQUENCE:2"] {
        has(&lines, line);
    }
    assert!(mails.last().unwrap().text.contains("The hall is closed"));
    h.step(&id, "open").expect(409);
}

#[test]
fn an_answer_needs_no_password_and_opening_the_mail_gives_none() {
    let h = House::new();
    let alternate = h.world.home.account(Role::Leader).person.to_string();
    let seat = format!("/seats/{}", h.seats[1]);
    let now = h.api(Role::Staff).get(&h.path(&seat)).expect(200);
    let version = now.version();
    h.api(Role::Staff)
        .patch(
            &h.path(&seat),
            version,
            &json!({"kind": "member", "organization_id": h.world.home.organization(Org::Partner), "alternate_id": alternate}),
        )
        .expect(200);
    let id = h.plan(100);
    let before = h.mails().len();
    h.step(&id, "invite").expect(200);
    let answer = |role: Role| -> String {
        let detail = h.detail(&id);
        let wanted = h.world.home.account(role).person.to_string();
        let people = detail["people"].as_array().unwrap().clone();
        let one = people
            .iter()
            .find(|p| p["person_id"] == json!(wanted))
            .unwrap();
        one["answer"].as_str().unwrap().to_string()
    };
    let link = |start: &str| {
        let mail = h
            .to(start, before)
            .into_iter()
            .next()
            .expect("an invitation");
        let path = mail.path("/rsvp?token=");
        path.split("&answer").next().unwrap().to_string()
    };
    let browser = h.app.client();
    let own = link("contributor@");
    browser.get(&format!("{own}&answer=yes")).expect(200);
    browser.request("HEAD", &own).send();
    assert_eq!(answer(Role::Contributor), "none", "a scanner answered");
    browser.form(&own, &[("answer", "perhaps")]).expect(422);
    let count = h.mails().len();
    browser.form(&own, &[("answer", "alternate")]).expect(303);
    assert_eq!(answer(Role::Contributor), "alternate");
    let asked = h.to("leader@", count);
    assert_eq!(asked.len(), 1, "the alternate is told once");
    browser.form(&own, &[("answer", "alternate")]).expect(303);
    assert_eq!(h.to("leader@", count).len(), 1);
    // Somebody whose seat has no alternate cannot send one.
    browser
        .form(&link("funder@"), &[("answer", "alternate")])
        .expect(422);
    browser
        .form(&link("funder@"), &[("answer", "yes")])
        .expect(303);
    let page = browser.get(&link("funder@")).expect(200).text();
    assert!(page.contains("Your answer: comes"), "{page}");
    browser.get("/rsvp?token=forged.forged").expect(404);
    // Signed in, one answers for oneself only; who leads writes down what others said.
    let of = h.person(&id, Role::Community);
    let reply = |role: Role, body: Value| h.post(role, &format!("/meetings/{id}/answer"), body);
    reply(Role::Funder, json!({"answer": "no", "attendee_id": of})).expect(403);
    reply(Role::Staff, json!({"answer": "no", "attendee_id": of})).expect(200);
    reply(Role::Admin, json!({"answer": "yes"})).expect(404);
    assert_eq!(answer(Role::Community), "no");
    // Who has left answers no more.
    let account = h.world.home.account(Role::Funder);
    h.app.sql(&format!(
        "UPDATE memberships SET active = false WHERE id = '{}'",
        account.membership
    ));
    browser
        .form(&link("funder@"), &[("answer", "no")])
        .expect(410);
}
