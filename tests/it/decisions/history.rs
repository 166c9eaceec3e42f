//! An export of Loomio, made up for this, comes over by page, API and command: bodies, seats, votes, outcomes, words.

use backbone_identity::{OrganizationRole as Org, Role};
use backbone_tests::process::Setup;
use backbone_tests::{Client, Response, TestApp, World};
use serde_json::{Value, json};

const JSON: &str = include_str!("loomio.jsonl");
const CSV: &str = include_str!("loomio.csv");

struct Town {
    app: TestApp,
    world: World,
}

impl Town {
    fn new() -> Self {
        let app = TestApp::start();
        let world = World::seed(&app);
        app.drain_jobs();
        Self { app, world }
    }

    fn staff(&self) -> Client {
        self.world.home.api(&self.app, Role::Staff)
    }

    /// The file with the addresses of people who are here.
    fn file(&self, text: &str) -> String {
        let email = |role| self.world.home.account(role).email.clone();
        text.replace("\"PARTNER\"", &format!("\"{}\"", email(Role::Contributor)))
            .replace(",PARTNER,", &format!(",{},", email(Role::Contributor)))
            .replace(
                "\"FUNDER\"",
                &format!("\"{}\"", email(Role::Funder).to_uppercase()),
            )
            .replace("\"LEADER\"", &format!("\"{}\"", email(Role::Leader)))
    }

    fn send(&self, name: &str, text: &str) -> Response {
        let path = self.world.home.path("/decision-imports");
        let request = self.staff().request("POST", &path);
        request.multipart(&[("file", name, text.as_bytes())]).send()
    }

    fn bring(&self, name: &str, text: &str) -> Value {
        let run = self.send(name, text).expect(201).json();
        assert_eq!(run["state"], "checked");
        let path = format!("/decision-imports/{}/start", run["id"].as_str().unwrap());
        self.staff()
            .post(&self.world.home.path(&path), &json!({}))
            .expect(200)
            .json()
    }

    fn get(&self, path: &str) -> Value {
        self.staff()
            .get(&self.world.home.path(path))
            .expect(200)
            .json()
    }

    fn decision(&self, title: &str) -> Value {
        let all = self.get("/decisions?limit=200");
        let all = all["items"].as_array().unwrap().clone();
        let found = all.into_iter().find(|d| d["title"] == title);
        let id = found.unwrap_or_else(|| panic!("{title}"))["id"]
            .as_str()
            .unwrap()
            .to_string();
        self.get(&format!("/decisions/{id}"))
    }

    fn outcome(&self, title: &str) -> Value {
        let id = self.decision(title)["id"].as_str().unwrap().to_string();
        self.get(&format!("/decisions/{id}/outcome"))
    }

    fn page(&self, path: &str) -> String {
        let page = self.world.home.browser(&self.app, Role::Staff);
        page.get(&format!("/p/{}{path}", self.world.home.slug))
            .expect(200)
            .text()
    }
}

#[test]
fn a_whole_group_comes_over_once_and_writes_to_nobody() {
    let town = Town::new();
    let file = town.file(JSON);
    let looked = town.send("export.json", &file).expect(201).json();
    let found = &looked["found"];
    assert_eq!(found["name"], "Mobility Round Table");
    let new = json!({"bodies": 2, "seats": 3, "guests": 2, "decisions": 7, "discussions": 1, "comments": 5, "ballots": 19, "outcomes": 1});
    assert_eq!(found["new"], new, "{found}");
    let notes: Vec<&str> = found["notes"]
        .as_array()
        .unwrap()
        .iter()
        .map(|n| n["code"].as_str().unwrap())
        .collect();
    assert_eq!(
        notes,
        ["archived", "private", "open", "left", "left", "left"]
    );
    let lines: Vec<(i64, &str)> = found["lines"]
        .as_array()
        .unwrap()
        .iter()
        .map(|l| (l["line"].as_i64().unwrap(), l["code"].as_str().unwrap()))
        .collect();
    let broken = JSON.lines().position(|l| l.contains("cut of")).unwrap() as i64 + 1;
    assert_eq!(lines, [(broken, "not-json"), (broken + 1, "no-id")]);
    assert_eq!(town.app.count("bodies"), 0, "only looked at");
    let before = town.app.outbox.sent().len();
    let done = town.bring("export.json", &file);
    assert_eq!(
        (&done["state"], &done["made"]),
        (&json!("done"), &new),
        "{done}"
    );
    town.app.drain_jobs();
    assert_eq!(town.app.outbox.sent().len(), before, "nobody gets a mail");
    let counted = || {
        [
            "bodies",
            "seats",
            "proposals",
            "ballots",
            "voters",
            "outcomes",
            "proposal_comments",
        ]
        .map(|t| town.app.count(t))
    };
    let there = counted();
    let again = town.bring("again.json", &file);
    assert_eq!(again["made"]["decisions"], 0, "{again}");
    assert_eq!(again["found"]["there"]["decisions"], 7);
    assert_eq!(counted(), there, "nothing twice");
}

#[test]
fn votes_come_with_their_ballots_and_are_counted_again() {
    let town = Town::new();
    town.bring("export.json", &town.file(JSON));
    let x = town.decision("A car-free Saturday?");
    assert_eq!(
        (&x["status"], &x["norms"]["method"]),
        (&json!("in_effect"), &json!("majority"))
    );
    assert_eq!(
        x["content"]["background"],
        "Cars stand *everywhere*.\n\nOnce a month."
    );
    assert_eq!(
        x["closed_at"].as_str().unwrap()[..19],
        *"2023-02-10T10:00:01"
    );
    assert_eq!(
        x["review_on"],
        Value::Null,
        "a day that is over calls nobody"
    );
    let words: Vec<(&str, bool)> = x["comments"]
        .as_array()
        .unwrap()
        .iter()
        .map(|c| (c["text"].as_str().unwrap(), c["parent_id"].is_null()))
        .collect();
    assert_eq!(words[0], ("Where do the cars go?", true));
    assert!(
        words[1].0.contains("park and ride") && !words[1].0.contains('<') && !words[1].1,
        "{words:?}"
    );
    assert_eq!(words[2], ("And my van?", false));
    let o = town.outcome("A car-free Saturday?");
    assert_eq!(
        (&o["statement"], &o["passed"], &o["result"]["winners"]),
        (&json!("We begin in May."), &json!(true), &json!(["agree"]))
    );
    assert_eq!(
        (&o["result"]["eligible"], &o["result"]["voted"]),
        (&json!(5), &json!(4))
    );
    let id = x["id"].as_str().unwrap();
    let standing = town.get(&format!("/decisions/{id}/ballots"));
    let names: Vec<&str> = standing["voters"]
        .as_array()
        .unwrap()
        .iter()
        .map(|v| v["name"].as_str().unwrap())
        .collect();
    assert!(
        names.contains(&"Guus Guest") && names.contains(&"Lia Left"),
        "{names:?}"
    );
    let partner = town.world.home.organization(Org::Partner).to_string();
    assert!(
        standing["voters"]
            .as_array()
            .unwrap()
            .iter()
            .any(|v| v["organization_id"] == partner.as_str()),
        "{standing}"
    );
    let reasons: Vec<&str> = standing["ballots"]
        .as_array()
        .unwrap()
        .iter()
        .map(|b| b["reason"].as_str().unwrap())
        .collect();
    assert!(
        reasons.contains(&"My van!") && reasons.contains(&"Shops will be full"),
        "{reasons:?}"
    );
    for (title, method, winner) in [
        ("Which street first?", "score", "o1"),
        ("Spread ten dots", "dots", "o1"),
        ("When do we meet?", "meeting", "o1"),
        ("How good was the year?", "score", "o1"),
        ("Consent to the charter", "consent", ""),
        ("Who speaks for us?", "count", "o1"),
    ] {
        let (x, o) = (town.decision(title), town.outcome(title));
        assert_eq!(
            (&x["status"], &x["norms"]["method"]),
            (&json!("withdrawn"), &json!(method)),
            "{title}"
        );
        assert_eq!(o["result"]["trouble"], "", "{title}: {o}");
        assert_eq!(
            o["result"]["winners"]
                .get(0)
                .and_then(Value::as_str)
                .unwrap_or(""),
            winner,
            "{title}: {o}"
        );
    }
    let compared = |title: &str, word: &str| {
        let id = town.decision(title)["id"].as_str().unwrap().to_string();
        let page = town.page(&format!("/decisions/{id}"));
        assert!(
            page.contains("From Loomio") && page.contains(word),
            "{title}: {page}"
        );
    };
    compared("Which street first?", "give the same points");
    compared("Spread ten dots", "give other points");
    compared("How good was the year?", "nothing to compare");
    // Nothing leads from a person to an anonymous ballot, and few of them are not shown.
    let secret = town.decision("Who speaks for us?")["id"]
        .as_str()
        .unwrap()
        .to_string();
    assert_eq!(
        town.app.count(&format!(
            "ballots WHERE proposal_id = '{secret}' AND voter_id IS NULL AND cast_at IS NULL"
        )),
        3
    );
    assert_eq!(
        town.get(&format!("/decisions/{secret}/ballots"))["ballots"],
        Value::Null
    );
    // Old decisions stand behind new ones.
    let all = town.get("/decisions?limit=200");
    assert_eq!(
        all["items"].as_array().unwrap().last().unwrap()["title"],
        "Only talk"
    );
    // History is no part of the figures.
    assert_eq!(
        town.get("/decision-report?from=2023-01-01&until=2023-12-31")["votes"],
        0
    );
}

#[test]
fn seats_go_to_organizations_of_people_who_are_here_and_others_are_guests() {
    let town = Town::new();
    town.bring("export.json", &town.file(JSON));
    let bodies = town.get("/bodies?limit=50");
    let bodies = bodies["items"].as_array().unwrap();
    let named = |name: &str| {
        bodies
            .iter()
            .find(|b| b["name"] == name)
            .unwrap_or_else(|| panic!("{name}"))
    };
    assert_eq!(
        named("Cycling")["parent_id"],
        named("Mobility Round Table")["id"]
    );
    let body = named("Mobility Round Table")["id"].as_str().unwrap();
    let seats = town.app.look_all(&format!(
        "SELECT kind || ' ' || COALESCE(guest_name, '-') || ' ' || CAST(active AS TEXT) || ' ' || title AS value FROM seats WHERE body_id = '{body}' ORDER BY kind, guest_name"
    ));
    let kinds: Vec<&str> = seats.iter().map(|s| s.split(' ').next().unwrap()).collect();
    assert_eq!(
        kinds,
        ["guest", "guest", "member", "member", "observer"],
        "{seats:?}"
    );
    assert!(seats.iter().any(|s| s.ends_with("Chair")), "{seats:?}");
    assert_eq!(town.app.count("seats WHERE guest_name = 'Asked Only'"), 0);
}

#[test]
fn a_csv_export_brings_words_and_says_what_it_cannot_bring() {
    let town = Town::new();
    let run = town.bring("export.csv", &town.file(CSV));
    let made = json!({"bodies": 1, "seats": 1, "guests": 0, "decisions": 1, "discussions": 0, "comments": 2, "ballots": 0, "outcomes": 1});
    assert_eq!(run["made"], made, "{run}");
    let codes: Vec<&str> = run["found"]["notes"]
        .as_array()
        .unwrap()
        .iter()
        .map(|n| n["code"].as_str().unwrap())
        .collect();
    assert_eq!(codes, ["open", "answers"]);
    let x = town.decision("A car-free Saturday?");
    assert_eq!(x["status"], "in_effect");
    assert!(
        x["content"]["background"]
            .as_str()
            .unwrap()
            .contains("\"really\"")
    );
    let texts: Vec<&str> = x["comments"]
        .as_array()
        .unwrap()
        .iter()
        .map(|c| c["text"].as_str().unwrap())
        .collect();
    assert_eq!(texts, ["Where do the cars go?", "Shops will be full"]);
    assert_eq!(
        town.outcome("A car-free Saturday?")["statement"],
        "We begin in May."
    );
    // The JSON export of the same group brings what is missing, and no decision twice.
    let later = town.bring("later.json", &town.file(JSON));
    assert_eq!(
        (&later["made"]["bodies"], &later["made"]["decisions"]),
        (&json!(1), &json!(6)),
        "{later}"
    );
}

#[test]
fn what_is_no_export_is_refused_and_only_staff_bring_one() {
    let town = Town::new();
    for (name, text) in [
        ("a.txt", "Dear all"),
        ("a.json", "{\"table\": \"users\", \"record\": {\"id\": 1}}"),
        ("a.csv", "a,b\n1,2\n"),
    ] {
        let told = town.send(name, text).expect(422).json();
        assert_eq!(
            told["errors"][0]["code"], "history-no-export",
            "{name}: {told}"
        );
    }
    let path = format!("/p/{}/decisions/import", town.world.home.slug);
    let partner = town.world.home.browser(&town.app, Role::Contributor);
    partner.get(&path).expect(403);
    let staff = town.world.home.browser(&town.app, Role::Staff);
    let again = staff
        .request("POST", &path)
        .multipart(&[("file", "a.txt", b"Dear all")])
        .send()
        .expect(422)
        .text();
    assert!(again.contains("There is no group in this file"), "{again}");
    let file = town.file(JSON);
    let sent = staff
        .request("POST", &path)
        .multipart(&[("file", "export.json", file.as_bytes())])
        .send()
        .expect(303);
    let to = sent.header("location").unwrap().to_string();
    let shown = staff.get(&to).expect(200).text();
    for part in [
        "Nothing was brought over yet",
        "“Still open?” is still open there",
        "this is no JSON",
    ] {
        assert!(shown.contains(part), "{part} in {shown}");
    }
    staff.form(&to, &[]).expect(303);
    assert!(
        staff
            .get(&to)
            .expect(200)
            .text()
            .contains("This was brought over")
    );
    assert_eq!(town.app.count("decision_sources"), 8);
    let foreign = town.world.foreign.browser(&town.app, Role::Staff);
    assert_eq!(foreign.get(&to).status, 404);
}

#[test]
fn the_program_brings_a_file_over_by_itself() {
    let town = Town::new();
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("export.json");
    std::fs::write(&file, town.file(JSON)).unwrap();
    let path = file.display().to_string();
    let setup = Setup::new(town.app.folder.path(), &town.app.database.setting());
    let said = |arguments: &[&str]| {
        let mut all = vec!["import", "loomio", path.as_str()];
        all.extend(arguments);
        let ended = setup.run(&all);
        let (out, err) = (
            String::from_utf8_lossy(&ended.stdout),
            String::from_utf8_lossy(&ended.stderr),
        );
        (ended.status.code(), format!("{out}{err}"))
    };
    let (code, told) = said(&[]);
    assert_eq!(code, Some(1), "{told}");
    assert!(told.contains("say which partnership"), "{told}");
    let own = ["--partnership", town.world.home.slug.as_str()];
    let (code, told) = said(&[own[0], own[1], "--dry-run"]);
    assert_eq!(code, Some(0), "{told}");
    for part in [
        "Mobility Round Table: This would come",
        "7  Closed polls, as decisions",
        "“Still open?” is still open there",
        "this is no JSON",
    ] {
        assert!(told.contains(part), "{part} in {told}");
    }
    assert_eq!(town.app.count("proposals"), 0);
    let (code, told) = said(&own);
    assert_eq!(code, Some(0), "{told}");
    assert!(told.contains("This was brought over"), "{told}");
    assert_eq!(town.app.count("proposals"), 8);
    let (_, told) = said(&own);
    assert!(told.contains("0  Closed polls, as decisions"), "{told}");
    std::fs::write(&file, "Dear all").unwrap();
    let (code, told) = said(&own);
    assert_eq!(code, Some(1));
    assert!(told.contains("There is no group in this file"), "{told}");
}
