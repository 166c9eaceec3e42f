//! The main job over the API alone, by people with the roles concerned: from an empty server to a correction in a funder's inbox.

mod walk;

use backbone_tests::client::Client;
use backbone_tests::mail::{Mail, path_of};
use backbone_tests::{Response, TestApp};
use serde_json::{Value, json};

const PASSWORD: &str = "harbour lantern orchard nine";

struct Chain {
    app: TestApp,
    home: String,
}

/// The two quarters before this one, the earlier first.
fn quarters(app: &TestApp) -> [String; 2] {
    let now = app.clock.now().jiff().strftime("%Y %m").to_string();
    let (year, month) = now.split_once(' ').unwrap();
    let (year, month): (i64, i64) = (year.parse().unwrap(), month.parse().unwrap());
    let count = year * 4 + (month - 1) / 3;
    [count - 2, count - 1].map(|n| format!("{}-Q{}", n / 4, n % 4 + 1))
}

fn year_of(period: &str) -> i64 {
    period[..4].parse().unwrap()
}

fn id(of: &Value) -> String {
    of["id"]
        .as_str()
        .unwrap_or_else(|| panic!("no id in {of}"))
        .to_string()
}

fn plain(text: &str) -> String {
    text.replace(['\u{a0}', '\u{202f}'], " ")
}

impl Chain {
    fn path(&self, rest: &str) -> String {
        format!("{}{rest}", self.home)
    }

    fn make(&self, who: &Client, rest: &str, body: Value) -> Value {
        who.post(&self.path(rest), &body).expect(201).json()
    }

    fn look(&self, who: &Client, rest: &str) -> Value {
        who.get(&self.path(rest)).expect(200).json()
    }

    /// A step of something: its answer.
    fn step(&self, who: &Client, rest: &str, body: Value) -> Response {
        who.post(&self.path(rest), &body)
    }

    fn mails(&self, to: &str) -> Vec<Mail> {
        let sent = self.app.outbox.sent();
        let all = sent.iter().map(Mail::sent);
        all.filter(|m| m.to == [to]).collect()
    }

    /// Exchanges name and password for a token.
    fn sign_in(&self, email: &str, partnership: &str) -> Client {
        let anybody = self.app.client();
        let body = json!({"email": email, "password": PASSWORD, "partnership": partnership});
        let tokens = anybody.post("/api/v1/auth/token", &body).expect(200).json();
        anybody.bearer(tokens["access_token"].as_str().unwrap())
    }
}

/// An empty server, set up by program: the printed link's token, a session, a partnership.
fn set_up() -> (Chain, Client, String) {
    let app = TestApp::start();
    let token = backbone_identity::setup::token(&app.core.settings.secret);
    let program = app.client().with("Sec-Fetch-Site", "same-origin");
    let mut first = json!({
        "token": "not this", "name": "Noor Visser", "email": "noor@backbone.example", "language": "en", "password": PASSWORD,
    });
    program.post("/api/v1/setup", &first).expect(404);
    first["token"] = json!(token);
    program.post("/api/v1/setup", &first).expect(201);
    program.post("/api/v1/setup", &first).expect(410);
    let me = json!({"email": "noor@backbone.example", "password": PASSWORD});
    let entered = program.post("/api/v1/auth/session", &me).expect(204);
    let session = entered.session().expect("the founder is signed in");
    let new = json!({
        "name": "Reading Together", "purpose": "Every child reads at its level by the age of nine.", "language": "en",
        "currency": "EUR", "time_zone": "Europe/Amsterdam", "fiscal_year_start": 1, "accent": "#0f6b5c",
    });
    let made = app
        .client()
        .browser(&session)
        .post("/api/v1/partnerships", &new)
        .expect(201)
        .json();
    let slug = made["slug"].as_str().unwrap().to_string();
    let chain = Chain {
        home: format!("/api/v1/partnerships/{}", id(&made)),
        app,
    };
    let staff = chain.sign_in("noor@backbone.example", &slug);
    (chain, staff, slug)
}

/// Invites somebody, who joins by the link in the mail and chooses a password.
fn join(
    chain: &Chain,
    staff: &Client,
    slug: &str,
    person: (&str, &str),
    role: &str,
    organization: &str,
) -> Client {
    let (name, email) = person;
    let invitation = json!({"people": format!("{name} <{email}>"), "roles": [role], "organization_id": organization});
    chain.step(staff, "/invitations", invitation).expect(200);
    chain.app.drain_jobs();
    let link = chain
        .mails(email)
        .last()
        .expect("an invitation")
        .path("/invitation");
    // A scanner opens the link first: that changes nothing.
    let anybody = chain.app.client();
    anybody.with("Accept", "text/html").get(&link).expect(200);
    let token = link.split_once("token=").unwrap().1;
    let mut said = json!({"token": token});
    let open = anybody.post("/api/v1/invitations/look", &said);
    let open = open.expect(200).json();
    assert_eq!(
        (&open["email"], &open["roles"], &open["has_account"]),
        (&json!(email), &json!([role]), &json!(false))
    );
    anybody
        .post("/api/v1/invitations/accept", &said)
        .expect(422);
    for (field, value) in [("name", name), ("language", "en"), ("password", PASSWORD)] {
        said[field] = json!(value);
    }
    let joined = anybody.post("/api/v1/invitations/accept", &said);
    assert_eq!(joined.expect(201).json()["slug"], *slug);
    anybody
        .post("/api/v1/invitations/accept", &said)
        .expect(410);
    chain.sign_in(email, slug)
}

/// Four kinds of contribution by the partner, evidence, a question, an answer, a correction, and the word of the staff.
fn contribute(chain: &Chain, staff: &Client, partner: &Client, period: &str) -> String {
    chain.make(staff, "/rates", json!({"work_role": "Volunteer", "hourly": "18.50", "valid_from": "2020-01-01", "source": "Agreement"}));
    let upload = partner.request("POST", &chain.path("/files"));
    let evidence = upload
        .multipart(&[("file", "roster.txt", b"who read when")])
        .send()
        .expect(201)
        .json();
    let hours = chain.make(partner, "/contributions", json!({
        "kind": "time", "period": period, "activity": "Reading hour", "hours": "40", "work_role": "Volunteer",
        "evidence": {"files": [id(&evidence)]},
    }));
    for other in [
        json!({"kind": "talent", "period": period, "activity": "Training", "hours": "4", "skill": "Reading aloud", "hourly_rate": "60", "rate_reason": "market"}),
        json!({"kind": "treasure", "period": period, "activity": "Books", "amount": "250"}),
        json!({"kind": "in_kind", "period": period, "activity": "Room", "amount": "300", "description": "Hall", "basis": "market_price"}),
    ] {
        let made = chain.make(partner, "/contributions", other);
        chain
            .step(
                staff,
                &format!("/contributions/{}/verify", id(&made)),
                json!({}),
            )
            .expect(200);
    }
    let it = format!("/contributions/{}", id(&hours));
    assert_eq!(
        chain
            .step(partner, &format!("{it}/verify"), json!({}))
            .status,
        403,
        "nobody verifies their own"
    );
    chain
        .step(
            staff,
            &format!("{it}/query"),
            json!({"text": "Is that with the holidays?"}),
        )
        .expect(200);
    let version = partner.get(&chain.path(&it)).expect(200).version();
    partner.patch(&chain.path(&it), version, &json!({
        "reason": "The holidays were missing",
        "changes": {"kind": "time", "period": period, "activity": "Reading hour", "hours": "46", "work_role": "Volunteer",
            "evidence": {"files": [id(&evidence)]}},
    })).expect(200);
    chain
        .step(staff, &format!("{it}/verify"), json!({}))
        .expect(200);
    let history = chain.look(staff, &format!("{it}/history"));
    assert!(
        history["versions"].as_array().unwrap().len() >= 2,
        "nothing is overwritten: {history}"
    );
    id(&hours)
}

/// A metric with two verified measurements, on the scorecard; gives the metric and the newer measurement.
fn measure(chain: &Chain, staff: &Client, [earlier, latest]: &[String; 2]) -> (String, String) {
    let metric = id(&chain.make(staff, "/metrics", json!({
        "name": "Children who read at their level", "kind": "percent", "direction": "up", "frequency": "quarter", "public": true,
        "baseline": {"period": earlier, "value": "34"},
        "targets": [{"period": format!("{}-Q4", year_of(latest) + 2), "value": "70"}],
    })));
    let mut newest = String::new();
    for (period, value) in [(earlier, "36"), (latest, "61")] {
        let made = chain.make(
            staff,
            "/measurements",
            json!({"metric_id": metric, "period": period, "value": value}),
        );
        newest = id(&made);
        chain
            .step(staff, &format!("/measurements/{newest}/verify"), json!({}))
            .expect(200);
    }
    let cards = chain.look(staff, "/scorecards");
    let card = match cards["items"].as_array().unwrap().first() {
        Some(card) => id(card),
        None => id(&chain.make(staff, "/scorecards", json!({"name": "Our scorecard"}))),
    };
    let shown = chain.look(staff, &format!("/scorecards/{card}"));
    if !shown.to_string().contains(&metric) {
        chain
            .step(
                staff,
                &format!("/scorecards/{card}/metrics"),
                json!({"metric_id": metric}),
            )
            .expect(200);
    }
    let shown = chain
        .look(staff, &format!("/scorecards/{card}"))
        .to_string();
    assert!(
        shown.contains(&metric) && shown.contains("\"61\""),
        "{shown}"
    );
    (metric, newest)
}

/// What was given over what came of it, calculated and frozen.
fn value(chain: &Chain, staff: &Client, metric: &str, year: i64) -> String {
    let sure = |base: &str| json!({"base": base, "source": "asked of five schools"});
    let model = chain.make(staff, "/value-models", json!({
        "name": "A year of reading", "first_year": year, "last_year": year, "horizon": 3, "currency": "EUR",
        "discount_rate": sure("3.5"),
        "inputs": [{"name": "Everything given", "contributions": {"from": format!("{year}-01-01"), "to": format!("{year}-12-31")}}],
        "outcomes": [{
            "name": "Children who read", "beneficiaries": "Children",
            "quantity": {"unit": "children", "metric": {"metric": metric, "reading": "latest"}},
            "proxy": {"base": "100", "source": "cost of a year of extra lessons", "price_year": year},
            "deadweight": sure("10"), "displacement": sure("0"), "attribution": sure("20"), "drop_off": sure("0"),
            "duration": {"base": 1, "source": "one year"}, "start_year": year,
        }],
    }));
    let frozen = chain
        .step(
            staff,
            &format!("/value-models/{}/calculations", id(&model)),
            json!({}),
        )
        .expect(201)
        .json();
    // 46 × 18.50 + 4 × 60 + 250 + 300 = 1,641 put in; 61 × 100 × 0.9 × 0.8 = 4,392 came back: 2.68 for each euro.
    let text = frozen.to_string();
    assert!(text.contains("1641") && text.contains("4392"), "{text}");
    id(&model)
}

/// Written by one, approved by another, published; gives the story and the secret of its public address.
fn tell(
    chain: &Chain,
    author: &Client,
    approver: &Client,
    metric: &str,
    model: &str,
    year: i64,
) -> (String, String) {
    let days = [format!("{year}-01-01"), format!("{year}-12-31")];
    let story = chain.make(author, "/stories", json!({"title": "A year of reading together", "language": "en", "content": {
        "audience": "for the Lamplight Fund",
        "headline": "[[after]] of our children read at their level",
        "dek": "Volunteers of the library gave [[hours]].",
        "body": "Together they gave [[hours]].",
        "ratio": {"model": model, "text": "What came back for each euro."},
        "figures": [
            {"key": "after", "label": "Children who read at their level", "source": {"kind": "metric", "metric": metric}},
            {"key": "hours", "label": "Hours given", "source": {"kind": "contributions", "what": "hours", "from": days[0], "to": days[1]}},
        ],
    }}));
    let it = format!("/stories/{}", id(&story));
    let checks = chain.look(author, &format!("{it}/checks"));
    assert!(!checks.to_string().contains("\"blocks\""), "{checks}");
    let seen = |who: &Client, verb: &str| {
        let version = who.get(&chain.path(&it)).expect(200).version();
        who.request("POST", &chain.path(&format!("{it}/{verb}")))
            .header("If-Match", &format!("\"{version}\""))
            .json(&json!({}))
            .send()
    };
    seen(author, "submit").expect(200);
    assert!(
        seen(author, "approve").status >= 400,
        "nobody approves their own story"
    );
    seen(approver, "approve").expect(200);
    let edition = seen(approver, "publish").expect(201).json();
    let address = path_of(
        edition["public_url"]
            .as_str()
            .unwrap_or_else(|| panic!("{edition}")),
    );
    (id(&story), address.trim_start_matches("/s/").to_string())
}

/// Sends to the funders and gives the one message that this funder got.
fn send(chain: &Chain, staff: &Client, campaign: &str, to: &str) -> Mail {
    let before = chain.mails(to).len();
    let total = chain.app.outbox.sent().len();
    chain
        .step(staff, &format!("/campaigns/{campaign}/send"), json!({}))
        .expect(202);
    chain.app.drain_jobs();
    let it = chain.look(staff, &format!("/campaigns/{campaign}"));
    assert_eq!(
        (&it["state"], &it["counts"]["accepted"]),
        (&json!("done"), &json!(1)),
        "{it}"
    );
    let mails = chain.mails(to);
    assert_eq!(
        (mails.len(), chain.app.outbox.sent().len()),
        (before + 1, total + 1),
        "exactly one reader"
    );
    mails.last().cloned().unwrap()
}

/// The measurement is corrected: the story says so, and a notice for exactly the reader is drafted and sent.
fn correct(chain: &Chain, staff: &Client, measurement: &str, secret: &str, story: &str) {
    let it = chain.path(&format!("/measurements/{measurement}"));
    let version = staff.get(&it).expect(200).version();
    staff
        .patch(
            &it,
            version,
            &json!({"value": "58", "note": "Two schools were counted twice."}),
        )
        .expect(200);
    chain
        .step(
            staff,
            &format!("/measurements/{measurement}/verify"),
            json!({}),
        )
        .expect(200);
    let found = chain
        .step(staff, "/figure-changes/detect", json!({}))
        .expect(200)
        .json();
    let after = found["found"]
        .as_array()
        .unwrap()
        .iter()
        .find(|c| c["key"] == "after")
        .cloned();
    let after = after.unwrap_or_else(|| panic!("{found}"));
    assert_eq!(after["story_id"], json!(story));
    let public = chain
        .app
        .client()
        .get(&format!("/api/v1/public/stories/{secret}"))
        .expect(200)
        .json();
    let changed = public["changed"]
        .as_array()
        .unwrap()
        .iter()
        .find(|c| c["key"] == "after")
        .cloned()
        .unwrap();
    assert_eq!(
        (
            plain(changed["was"].as_str().unwrap()),
            plain(changed["now"].as_str().unwrap())
        ),
        ("61 %".into(), "58 %".into())
    );

    chain.app.clock.forward(120);
    chain.app.drain_jobs();
    let all = chain.look(staff, "/campaigns");
    let drafts: Vec<&Value> = all["items"]
        .as_array()
        .unwrap()
        .iter()
        .filter(|c| c["kind"] == "correction")
        .collect();
    assert_eq!(
        (drafts.len(), &drafts[0]["state"]),
        (1, &json!("draft")),
        "{all}"
    );
    let notice = id(drafts[0]);
    let readers = chain.look(staff, &format!("/campaigns/{notice}/deliveries"));
    let to: Vec<&str> = readers["items"]
        .as_array()
        .unwrap()
        .iter()
        .filter_map(|d| d["email"].as_str())
        .collect();
    assert_eq!(
        to,
        ["fenna@lamplight.example"],
        "exactly those who received the old figure"
    );
    let version = staff
        .get(&chain.path(&format!("/campaigns/{notice}")))
        .expect(200)
        .version();
    staff
        .patch(
            &chain.path(&format!("/campaigns/{notice}")),
            version,
            &json!({"reason": "Two schools were counted twice."}),
        )
        .expect(200);
    let mail = send(chain, staff, &notice, "fenna@lamplight.example");
    let text = plain(&mail.text);
    assert!(
        text.contains("61 %") && text.contains("58 %") && text.contains("counted twice"),
        "{text}"
    );
    // Looking again drafts no second notice.
    chain.app.clock.forward(120);
    chain.app.drain_jobs();
    assert_eq!(
        chain.look(staff, "/campaigns")["items"]
            .as_array()
            .unwrap()
            .len(),
        2
    );
}

#[test]
fn a_contribution_travels_into_a_funders_inbox_and_a_correction_after_it() {
    let (chain, staff, slug) = set_up();
    let organization = |name: &str, role: &str, sector: &str| {
        id(&chain.make(
            &staff,
            "/organizations",
            json!({"name": name, "role": role, "sector": sector, "public_name": true}),
        ))
    };
    let office = organization("Reading Office", "backbone", "civil");
    let library = organization("East Library", "partner", "public");
    let fund = organization("Lamplight Fund", "funder", "private");
    let partner = join(
        &chain,
        &staff,
        &slug,
        ("Sam Okafor", "sam@library.example"),
        "contributor",
        &library,
    );
    let funder = join(
        &chain,
        &staff,
        &slug,
        ("Fenna Bos", "fenna@lamplight.example"),
        "funder",
        &fund,
    );
    let second = join(
        &chain,
        &staff,
        &slug,
        ("Iris Kok", "iris@backbone.example"),
        "staff",
        &office,
    );

    let periods = quarters(&chain.app);
    let year = year_of(&periods[1]);
    let contribution = contribute(&chain, &staff, &partner, &periods[1]);
    let (metric, measurement) = measure(&chain, &staff, &periods);
    let model = value(&chain, &staff, &metric, year);
    let (story, secret) = tell(&chain, &staff, &second, &metric, &model, year);

    // A funder reads, and may neither write the story nor send it.
    assert_eq!(
        chain
            .step(&funder, "/stories", json!({"title": "Mine"}))
            .status,
        403
    );
    let campaign = id(&chain.make(
        &staff,
        "/campaigns",
        json!({"story_id": story, "subject": "What your year of reading moved"}),
    ));
    chain
        .step(
            &staff,
            &format!("/campaigns/{campaign}/recipients"),
            json!({"roles": ["funder"]}),
        )
        .expect(200);
    assert_eq!(
        chain
            .step(&funder, &format!("/campaigns/{campaign}/send"), json!({}))
            .status,
        403
    );
    let mail = send(&chain, &staff, &campaign, "fenna@lamplight.example");
    assert!(
        mail.text.contains("Fenna") && plain(&mail.text).contains("61 %"),
        "{}",
        mail.text
    );
    assert!(
        mail.source
            .contains("List-Unsubscribe-Post: List-Unsubscribe=One-Click"),
        "{}",
        mail.source
    );

    walk::walk(&chain, &mail, &contribution);
    correct(&chain, &staff, &measurement, &secret, &story);
    let verdict = chain.look(&staff, "/events/verify");
    assert_eq!(verdict["intact"], true, "{verdict}");
    backbone_tests::fixture::write(&chain.app);
}
