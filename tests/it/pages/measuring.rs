//! Measuring from page to page: what is striven for, the figures and the questions about them, scorecards for a meeting.

use backbone_identity::Role;
use backbone_tests::mail::Mail;
use backbone_tests::{Client, TestApp, World};
use serde_json::{Value, json};

/// A metric that members report, defined by staff.
fn metric(world: &World, staff: &Client, name: &str) -> String {
    let made = staff
        .post(
            &world.home.path("/metrics"),
            &json!({ "name": name, "unit": "children", "measurers": "members" }),
        )
        .expect(201)
        .json();
    made["id"].as_str().unwrap().to_string()
}

fn find(world: &World, client: &Client, metric: &str) -> Value {
    let path = world.home.path(&format!("/measurements?metric={metric}"));
    client.get(&path).expect(200).json()["items"][0].clone()
}

#[test]
fn a_question_about_a_figure_reaches_who_reported_it_and_its_answer_stands_in_the_history() {
    let app = TestApp::start();
    let world = World::seed(&app);
    let slug = &world.home.slug;
    let staff = world.home.api(&app, Role::Staff);
    let id = metric(&world, &staff, "Children who are read to");
    let partner = world.home.account(Role::Contributor);
    let own = world.home.browser(&app, Role::Contributor);
    let fields: [(&str, &str, &[u8]); 4] = [
        ("period", "", b"Q3 2026"),
        ("value", "", b"312"),
        (
            "organization_id",
            "",
            partner.organization.as_str().as_bytes(),
        ),
        ("evidence", "count.csv", b"school,children\nOost,312\n"),
    ];
    own.request("POST", &format!("/p/{slug}/metrics/{id}/measure"))
        .multipart(&fields)
        .send()
        .expect(303);
    let reported = find(&world, &staff, &id);
    assert!(reported["evidence_file_id"].is_string(), "{reported}");
    let page = format!(
        "/p/{slug}/metrics/{id}/measurements/{}",
        reported["id"].as_str().unwrap()
    );

    let browser = world.home.browser(&app, Role::Staff);
    browser
        .form(&format!("{page}/query"), &[("reason", "")])
        .expect(422);
    browser
        .form(
            &format!("{page}/query"),
            &[("reason", "Is Oost counted twice?")],
        )
        .expect(303);
    app.drain_jobs();
    let mail = Mail::sent(&app.outbox.sent()[0]);
    assert_eq!(mail.to, std::slice::from_ref(&partner.email));
    assert!(
        mail.text.contains("Is Oost counted twice?"),
        "{}",
        mail.text
    );
    assert_eq!(mail.path("/measurements/"), page);

    let shown = own.get(&page).expect(200).text();
    assert!(shown.contains("Is Oost counted twice?") && shown.contains("count.csv"));
    let home = own.get(&format!("/p/{slug}")).expect(200).text();
    assert!(home.contains(&page), "the question waits on the home page");
    own.form(&format!("{page}/answer"), &[("reason", "No, once.")])
        .expect(303);
    let shown = browser.get(&page).expect(200).text();
    for part in [
        "reported 312 children",
        "asked about it",
        "answered that it is right",
        "No, once.",
    ] {
        assert!(shown.contains(part), "{part} in {shown}");
    }
    // There is nothing left to answer.
    own.form(&format!("{page}/answer"), &[("reason", "Again")])
        .expect(409);
}

#[test]
fn a_withdrawn_figure_counts_no_longer_until_it_is_taken_back() {
    let app = TestApp::start();
    let world = World::seed(&app);
    let staff = world.home.api(&app, Role::Staff);
    let id = metric(&world, &staff, "Volunteers");
    let new = json!({ "metric_id": id, "period": "2026-Q2", "value": "40" });
    let made = staff
        .post(&world.home.path("/measurements"), &new)
        .expect(201)
        .json();
    let base = world
        .home
        .path(&format!("/measurements/{}", made["id"].as_str().unwrap()));
    let figure = world.home.path(&format!("/metrics/{id}/figures/2026-Q2"));
    staff.get(&figure).expect(200);
    staff
        .post(&format!("{base}/restore"), &json!({}))
        .expect(409);
    staff
        .post(&format!("{base}/withdraw"), &json!({}))
        .expect(422);
    staff
        .post(
            &format!("{base}/withdraw"),
            &json!({ "reason": "wrong quarter" }),
        )
        .expect(200);
    staff.get(&figure).expect(404);
    let back = staff
        .post(&format!("{base}/restore"), &json!({}))
        .expect(200)
        .json();
    assert_eq!(back["status"], "reported");
    let again = staff.get(&figure).expect(200).json();
    assert_eq!(again["value"], "40");
    let page = format!(
        "/p/{}/metrics/{id}/measurements/{}",
        world.home.slug,
        made["id"].as_str().unwrap()
    );
    let shown = world
        .home
        .browser(&app, Role::Staff)
        .get(&page)
        .expect(200)
        .text();
    assert!(
        shown.contains("wrong quarter") && shown.contains("undid the withdrawal"),
        "{shown}"
    );
}

#[test]
fn objectives_and_target_points_are_set_on_pages_and_their_history_says_who_and_why() {
    let app = TestApp::start();
    let world = World::seed(&app);
    let slug = &world.home.slug;
    let staff = world.home.browser(&app, Role::Staff);
    let api = world.home.api(&app, Role::Staff);
    staff
        .form(&format!("/p/{slug}/perspectives/begin"), &[])
        .expect(303);
    let perspectives = api.get(&world.home.path("/perspectives")).json();
    let perspective = perspectives["items"][0]["id"].as_str().unwrap().to_string();
    staff
        .form(
            &format!("/p/{slug}/perspectives/{perspective}/objectives"),
            &[("name", "Every child is read to")],
        )
        .expect(303);
    let objectives = api.get(&world.home.path("/objectives")).json();
    let objective = objectives["items"][0]["id"].as_str().unwrap().to_string();

    let mut fields = vec![
        ("name", "Read to each week"),
        ("perspective", &perspective),
        ("objective_id", &objective),
        ("kind", "percent"),
        ("direction", "up"),
        ("decimals", "0"),
        ("frequency", "year"),
        ("across_organizations", "weighted"),
        ("level", "population"),
        ("measurers", "staff"),
        ("baseline_period", "2025"),
        ("baseline_value", "50"),
        ("target_period", "2026"),
        ("target_value", "60"),
        ("target_period", "2028"),
        ("target_value", "75"),
        ("target_period", ""),
        ("target_value", ""),
    ];
    let made = staff
        .form(&format!("/p/{slug}/metrics/new"), &fields)
        .expect(303);
    let page = made.header("location").unwrap().to_string();
    let shown = staff.get(&page).expect(200).text();
    for part in ["Every child is read to", "60", "75", "(2028)"] {
        assert!(shown.contains(part), "{part} in {shown}");
    }
    // A row with a value and no period is told by its number, and what was typed stays.
    fields.push(("target_value", "80"));
    fields.push(("target_period", "soon"));
    fields.push(("version", "1"));
    let wrong = staff
        .form(&format!("{page}/edit"), &fields)
        .expect(422)
        .text();
    assert!(
        wrong.contains("Row 4") || wrong.contains("Row 3"),
        "{wrong}"
    );

    let form: Vec<(&str, &str)> = vec![
        ("name", "Read to each week"),
        ("perspective", &perspective),
        ("objective_id", &objective),
        ("kind", "percent"),
        ("direction", "up"),
        ("decimals", "0"),
        ("frequency", "year"),
        ("across_organizations", "weighted"),
        ("level", "population"),
        ("measurers", "staff"),
        ("target_period", "2028"),
        ("target_value", "80"),
        ("why", "The schools aim higher"),
        ("version", "1"),
    ];
    staff.form(&format!("{page}/edit"), &form).expect(303);
    let history = staff.get(&format!("{page}/history")).expect(200).text();
    for part in ["The schools aim higher", "75", "80", "<del>"] {
        assert!(history.contains(part), "{part} in {history}");
    }
    // An objective that a metric names stays.
    let gone = [("step", "remove"), ("version", "1")];
    staff
        .form(
            &format!("/p/{slug}/perspectives/objectives/{objective}"),
            &gone,
        )
        .expect(409);
    let renamed = [
        ("step", "rename"),
        ("name", "Each child, each week"),
        ("version", "1"),
    ];
    staff
        .form(
            &format!("/p/{slug}/perspectives/objectives/{objective}"),
            &renamed,
        )
        .expect(303);
    let listed = staff
        .get(&format!("/p/{slug}/perspectives"))
        .expect(200)
        .text();
    assert!(
        listed.contains("Each child, each week") && listed.contains("1 metric"),
        "{listed}"
    );
}

#[test]
fn several_scorecards_are_kept_and_shown_to_a_meeting() {
    let app = TestApp::start();
    let world = World::seed(&app);
    let slug = &world.home.slug;
    let staff = world.home.browser(&app, Role::Staff);
    let api = world.home.api(&app, Role::Staff);
    let id = metric(&world, &api, "Volunteers");
    staff
        .form(
            &format!("/p/{slug}/scorecard/manage/add"),
            &[("metric", &id)],
        )
        .expect(303);
    let made = staff
        .form(
            &format!("/p/{slug}/scorecards"),
            &[("name", "For the council"), ("budget", "1")],
        )
        .expect(303);
    let choose = made.header("location").unwrap().to_string();
    let card = choose.rsplit('=').next().unwrap().to_string();
    staff
        .form(
            &format!("/p/{slug}/scorecard/manage/add"),
            &[("card", &card), ("metric", &id)],
        )
        .expect(303);
    // The second scorecard holds one metric at most: another has to take its place.
    let other = metric(&world, &api, "Hours");
    let refused = staff
        .form(
            &format!("/p/{slug}/scorecard/manage/add"),
            &[("card", &card), ("metric", &other)],
        )
        .expect(409)
        .text();
    assert!(refused.contains("This scorecard is full."), "{refused}");

    let whole = staff
        .get(&format!("/p/{slug}/scorecard/meeting?card={card}"))
        .expect(200)
        .text();
    assert!(
        whole.contains("rel=\"next\"") && !whole.contains("class=\"rail\""),
        "{whole}"
    );
    let one = staff
        .get(&format!("/p/{slug}/scorecard/meeting?card={card}&at=1"))
        .expect(200)
        .text();
    assert!(
        one.contains("<h1>Volunteers</h1>") && one.contains("1 of 1"),
        "{one}"
    );

    let cards = api.get(&world.home.path("/scorecards")).json();
    let version = cards["items"][1]["version"].to_string();
    staff
        .form(
            &format!("/p/{slug}/scorecard/manage/retire"),
            &[("card", &card), ("version", &version)],
        )
        .expect(303);
    let first = cards["items"][0]["id"].as_str().unwrap();
    let version = cards["items"][0]["version"].to_string();
    staff
        .form(
            &format!("/p/{slug}/scorecard/manage/retire"),
            &[("card", first), ("version", &version)],
        )
        .expect(409);
}
