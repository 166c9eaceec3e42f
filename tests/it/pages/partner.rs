//! What partners and leaders see: asks with their minutes, logging from the home page, templates, the receipt, the value page, the
//! burden ledger, the leader's page.

use backbone_identity::Role;
use backbone_tests::client::Client;
use backbone_tests::{TestApp, World};
use serde_json::{Value, json};

pub(super) struct House {
    pub app: TestApp,
    pub world: World,
}

impl House {
    pub fn new() -> Self {
        let app = TestApp::start();
        let world = World::seed(&app);
        Self { app, world }
    }

    pub fn api(&self, role: Role) -> Client {
        self.world.home.api(&self.app, role)
    }

    pub fn browser(&self, role: Role) -> Client {
        self.world.home.browser(&self.app, role)
    }

    pub fn at(&self, path: &str) -> String {
        format!("/p/{}{path}", self.world.home.slug)
    }

    pub fn home(&self, role: Role) -> String {
        self.browser(role).get(&self.at("")).expect(200).text()
    }

    /// This month, and the one before.
    pub fn months(&self) -> (String, String) {
        let this = self
            .app
            .clock
            .now()
            .date_in(&jiff::tz::TimeZone::UTC)
            .first_of_month();
        let before = this.yesterday().unwrap();
        let text = |d: jiff::civil::Date| format!("{:04}-{:02}", d.year(), d.month());
        (text(this), text(before))
    }

    pub fn give(&self, period: &str, hours: &str, metrics: &[&str]) -> Value {
        let new = json!({ "kind": "time", "period": period, "activity": "Reading aloud", "hours": hours,
                          "metrics": metrics, "note": "of that month only" });
        let path = self.world.home.path("/contributions");
        self.api(Role::Contributor)
            .post(&path, &new)
            .expect(201)
            .json()
    }

    pub fn metric(&self, name: &str) -> String {
        let path = self.world.home.path("/metrics");
        let made = self
            .api(Role::Staff)
            .post(&path, &json!({ "name": name }))
            .expect(201)
            .json();
        made["id"].as_str().unwrap().to_string()
    }

    pub fn given(&self) -> Vec<Value> {
        let path = self.world.home.path("/contributions");
        let all = self.api(Role::Contributor).get(&path).expect(200).json();
        all["items"].as_array().unwrap().clone()
    }

    pub fn ask(&self, period: &str) {
        let path = self.world.home.path("/contribution-requests");
        self.api(Role::Staff)
            .post(&path, &json!({ "period": period }))
            .expect(201);
    }
}

/// The first form of a page that posts to an address ending so, with its hidden fields.
pub(super) fn form(page: &str, end: &str) -> (String, Vec<(String, String)>) {
    let found = page.match_indices("action=\"").find_map(|(at, start)| {
        let rest = &page[at + start.len()..];
        let action = rest.split('"').next()?;
        action.ends_with(end).then(|| (action.to_string(), rest))
    });
    let (action, rest) = found.unwrap_or_else(|| panic!("a form to {end} in {page}"));
    let inside = rest.split("</form>").next().unwrap();
    let hidden = inside
        .split("<input type=\"hidden\" ")
        .skip(1)
        .map(|input| {
            let value = |name: &str| {
                let from = input.split(&format!("{name}=\"")).nth(1).unwrap();
                from.split('"').next().unwrap().to_string()
            };
            (value("name"), value("value"))
        });
    (action, hidden.collect())
}

fn pairs(fields: &[(String, String)]) -> Vec<(&str, &str)> {
    fields
        .iter()
        .map(|(k, v)| (k.as_str(), v.as_str()))
        .collect()
}

#[test]
fn an_ask_says_its_minutes_and_is_answered_where_it_stands() {
    let house = House::new();
    let (_, before) = house.months();
    let quiet = house.home(Role::Contributor);
    assert!(quiet.contains("Nothing is asked of you"), "{quiet}");
    house.give("2020-03", "46", &[]);
    house.ask(&before);
    let page = house.home(Role::Contributor);
    assert!(page.contains("One thing is asked of you"), "{page}");
    assert!(page.contains("About 2 minutes in all"), "{page}");
    let (action, fields) = form(&page, "/repeat?home=1");
    assert!(page.contains("Same as last time: 46 hours"), "{page}");
    // The first form to repeat is the ask's: it names the month that was asked for.
    assert!(
        fields.contains(&("period".into(), before.clone())),
        "{fields:?}"
    );
    let browser = house.browser(Role::Contributor);
    for _ in 0..2 {
        let done = browser.form(&action, &pairs(&fields)).expect(303);
        let to = done.header("location").unwrap().to_string();
        assert!(to.starts_with(&format!("{}?logged=", house.at(""))), "{to}");
        let told = browser.get(&to).expect(200).text();
        assert!(told.contains("Logged: 46 hours, Reading aloud"), "{told}");
        assert!(told.contains("Nothing is asked of you"), "{told}");
    }
    let given = house.given();
    assert_eq!(
        given.len(),
        2,
        "a form that is sent twice logs once: {given:?}"
    );
    assert_eq!(given[0]["period"], before);
    assert_eq!(given[0]["note"], "", "the note belonged to that month");
}

#[test]
fn logging_from_home_takes_three_fields_and_is_taken_back_by_one_click() {
    let house = House::new();
    let (this, _) = house.months();
    let browser = house.browser(Role::Contributor);
    let page = house.home(Role::Contributor);
    let (action, mut fields) = form(&page, "/contributions/new?home=1");
    fields.extend(
        [
            ("kind", "time"),
            ("quantity", "2.5"),
            ("activity", "Mentor talks"),
        ]
        .map(|(k, v)| (k.into(), v.into())),
    );
    let done = browser.form(&action, &pairs(&fields)).expect(303);
    let told = browser
        .get(done.header("location").unwrap())
        .expect(200)
        .text();
    assert!(told.contains("Logged: 2.5 hours, Mentor talks"), "{told}");
    assert_eq!(house.given()[0]["period"], this);
    let (undo, fields) = form(&told, "/withdraw?home=1");
    browser.form(&undo, &pairs(&fields)).expect(303);
    assert!(house.given().is_empty());
    // What cannot be logged comes back in the whole form, with what was typed.
    let (action, mut fields) = form(&page, "/contributions/new?home=1");
    fields.extend(
        [
            ("kind", "time"),
            ("quantity", "many"),
            ("activity", "Evenings"),
        ]
        .map(|(k, v)| (k.into(), v.into())),
    );
    let refused = browser.form(&action, &pairs(&fields)).expect(422).text();
    assert!(
        refused.contains("Evenings") && refused.contains("many"),
        "{refused}"
    );
    // Somebody else's contribution is not told of, whatever the address says.
    let elsewhere = house.world.foreign.api(&house.app, Role::Contributor);
    let new = json!({ "kind": "time", "period": this, "activity": "Theirs", "hours": "3" });
    let theirs = elsewhere
        .post(&house.world.foreign.path("/contributions"), &new)
        .expect(201)
        .json();
    let id = theirs["id"].as_str().unwrap();
    for logged in [id, "x", "%00"] {
        let page = browser
            .get(&house.at(&format!("?logged={logged}")))
            .expect(200)
            .text();
        assert!(
            !page.contains("Theirs") && !page.contains("Logged:"),
            "{page}"
        );
    }
}

#[test]
fn templates_are_ones_own_and_fill_the_form() {
    let house = House::new();
    let made = house.give("2026-01", "12.5", &[]);
    let path = house.world.home.path("/contribution-templates");
    let partner = house.api(Role::Contributor);
    let keep = |name: &str| {
        partner.post(
            &path,
            &json!({ "name": name, "contribution_id": made["id"] }),
        )
    };
    let kept = keep("").expect(201).json();
    assert_eq!(kept["name"], "Reading aloud");
    assert_eq!(kept["content"]["note"], "");
    assert_eq!(
        keep(" reading ALOUD ").expect(422).json()["errors"][0]["field"],
        "name"
    );
    keep("Évening \u{202e}talks").expect(201);
    assert_eq!(
        partner
            .get(&path)
            .expect(200)
            .json()
            .as_array()
            .unwrap()
            .len(),
        2
    );
    assert_eq!(
        house.api(Role::Staff).get(&path).expect(200).json(),
        json!([]),
        "they are a person's own"
    );

    let id = kept["id"].as_str().unwrap();
    let browser = house.browser(Role::Contributor);
    let home = house.home(Role::Contributor);
    assert!(home.contains(&format!("?template={id}")), "{home}");
    let filled = browser
        .get(&house.at(&format!("/contributions/new?template={id}")))
        .expect(200)
        .text();
    assert!(
        filled.contains("value=\"12.5\"") && filled.contains("value=\"Reading aloud\""),
        "{filled}"
    );
    house
        .browser(Role::Staff)
        .get(&house.at(&format!("/contributions/new?template={id}")))
        .expect(404);
    let asked = browser
        .get(&house.at("/contributions/new?period=2026-02"))
        .expect(200)
        .text();
    assert!(asked.contains("February 2026"), "{asked}");

    let one = format!("{path}/{id}");
    house
        .api(Role::Staff)
        .request("DELETE", &one)
        .send()
        .expect(404);
    partner.request("DELETE", &one).send().expect(204);
    partner.request("DELETE", &one).send().expect(404);
    let page = browser
        .get(&house.at("/contributions/templates"))
        .expect(200)
        .text();
    assert!(!page.contains(id), "{page}");
    // Kept from the page too; a name that is taken is said there.
    let again = [
        ("contribution_id", made["id"].as_str().unwrap()),
        ("name", "Mine"),
    ];
    browser
        .form(&house.at("/contributions/templates"), &again)
        .expect(303);
    browser
        .form(&house.at("/contributions/templates"), &again)
        .expect(422);
    for n in 0..10 {
        keep(&format!("Number {n}")).expect(201);
    }
    assert_eq!(
        keep("One too many").expect(422).json()["errors"][0]["field"],
        "name"
    );
}

#[test]
fn the_receipt_shows_what_the_metrics_of_ones_contributions_do() {
    let house = House::new();
    let (this, _) = house.months();
    let metric = house.metric("Children reached");
    house.give(&this, "5", &[&metric]);
    let page = house.home(Role::Contributor);
    assert!(page.contains("Children reached"), "{page}");
    assert!(
        page.contains("5 hours in one contribution went into it"),
        "{page}"
    );
    // Logged again in three fields, the same activity supports the same.
    let (action, mut fields) = form(&page, "/contributions/new?home=1");
    fields.extend(
        [
            ("kind", "time"),
            ("quantity", "2"),
            ("activity", "Reading aloud"),
        ]
        .map(|(k, v)| (k.into(), v.into())),
    );
    let browser = house.browser(Role::Contributor);
    let done = browser.form(&action, &pairs(&fields)).expect(303);
    let told = browser
        .get(done.header("location").unwrap())
        .expect(200)
        .text();
    assert!(
        told.contains("It counts towards: Children reached"),
        "{told}"
    );
    let (undo, fields) = form(&told, "/withdraw?home=1");
    browser.form(&undo, &pairs(&fields)).expect(303);

    let organization = house
        .world
        .home
        .account(Role::Contributor)
        .organization
        .to_string();
    let path = house
        .world
        .home
        .path(&format!("/organizations/{organization}/value"));
    let value = house.api(Role::Contributor).get(&path).expect(200).json();
    assert_eq!(value["totals"]["hours"], "5", "{value}");
    assert_eq!(value["metrics"][0]["metric_id"], json!(metric));
    assert_eq!(value["months"].as_array().unwrap().len(), 12);
    assert_eq!(value["months"][11]["month"], json!(this));
    assert_eq!(value["minutes_asked"], 0);
    assert_eq!(
        house
            .api(Role::Leader)
            .get(&format!("{path}?period=2020"))
            .expect(200)
            .json()["totals"]["contributions"],
        0
    );
    for wrong in ["soon", "1000/2000"] {
        house
            .api(Role::Contributor)
            .get(&format!("{path}?period={wrong}"))
            .expect(400);
    }
    house.api(Role::Community).get(&path).expect(403);
    let elsewhere = house
        .world
        .foreign
        .account(Role::Contributor)
        .organization
        .to_string();
    let foreign = house
        .world
        .home
        .path(&format!("/organizations/{elsewhere}/value"));
    house.api(Role::Staff).get(&foreign).expect(404);
    for (query, role) in [("", Role::Contributor), ("?period=2019", Role::Staff)] {
        let page = house
            .browser(role)
            .get(&house.at(&format!("/organizations/{organization}/value{query}")))
            .expect(200)
            .text();
        assert!(page.contains("What it moved"), "{page}");
    }
}

#[test]
fn the_ledger_counts_what_was_asked_and_shows_each_their_own() {
    let house = House::new();
    let (this, before) = house.months();
    let made = house.give(&before, "5", &[]);
    house.ask(&before);
    let query = house.world.home.path(&format!(
        "/contributions/{}/query",
        made["id"].as_str().unwrap()
    ));
    house
        .api(Role::Staff)
        .request("POST", &query)
        .header("If-Match", "\"1\"")
        .json(&json!({ "text": "With the evening?" }))
        .send()
        .expect(200);
    let path = house.world.home.path("/burden");
    let own = house.api(Role::Contributor).get(&path).expect(200).json();
    let organization = house
        .world
        .home
        .account(Role::Contributor)
        .organization
        .to_string();
    assert_eq!(own["months"][5], json!(this), "{own}");
    let mine = &own["organizations"][0];
    assert_eq!(own["organizations"].as_array().unwrap().len(), 1, "{own}");
    assert_eq!(mine["organization_id"], json!(organization));
    assert_eq!(
        mine["minutes"],
        json!([0, 0, 0, 0, 0, 7]),
        "two for the request, five for the question: {own}"
    );
    assert_eq!(mine["rules"].as_array().unwrap().len(), 2);
    let other = house.api(Role::Funder).get(&path).expect(200).json();
    for o in other["organizations"].as_array().unwrap() {
        assert_ne!(o["organization_id"], json!(organization), "{other}");
    }
    let all = house
        .api(Role::Staff)
        .get(&format!("{path}?months=1&organization={organization}"))
        .expect(200)
        .json();
    assert_eq!(all["organizations"][0]["total"], 7);
    for wrong in ["0", "25", "x"] {
        house
            .api(Role::Staff)
            .get(&format!("{path}?months={wrong}"))
            .expect(400);
    }
    let page = house
        .browser(Role::Contributor)
        .get(&house.at("/burden"))
        .expect(200)
        .text();
    assert!(
        page.contains("Minutes asked of") && page.contains("one question about a contribution"),
        "{page}"
    );
    let page = house
        .browser(Role::Staff)
        .get(&house.at("/burden"))
        .expect(200)
        .text();
    assert!(
        page.contains(&format!("/burden?organization={organization}")),
        "{page}"
    );
    let page = house
        .browser(Role::Staff)
        .get(&house.at(&format!("/burden?organization={organization}")))
        .expect(200)
        .text();
    assert!(page.contains("one request to log"), "{page}");
}

#[test]
fn a_leader_reads_one_page_and_nobody_else_does() {
    let house = House::new();
    let (this, _) = house.months();
    house.give(&this, "5", &[]);
    let page = house.home(Role::Leader);
    assert!(
        page.contains("Five minutes") && page.contains("Off its path"),
        "{page}"
    );
    assert!(page.contains("About one minute to read"), "{page}");
    let path = house.world.home.path("/fortnight");
    let read = house.api(Role::Leader).get(&path).expect(200).json();
    assert_eq!(read["counts"]["contributions"], 1, "{read}");
    assert_eq!(read["counts"]["hours"], "5", "{read}");
    assert_eq!(read["story"], Value::Null);
    for role in [Role::Contributor, Role::Funder, Role::ReadOnly] {
        house.api(role).get(&path).expect(403);
        house.browser(role).get(&house.at("/leader")).expect(403);
    }
    house
        .browser(Role::Staff)
        .get(&house.at("/leader"))
        .expect(200);
}
