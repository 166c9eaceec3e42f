//! Reports from outside: by page, API and table; and votes that close once nothing can turn them.

use backbone_identity::{OrganizationRole as Org, Role};
use serde_json::{Value, json};

use super::votes::Room;

fn row<'r>(report: &'r Value, organization: &str) -> &'r Value {
    let all = report["organizations"].as_array().unwrap();
    all.iter()
        .find(|o| o["organization_id"] == organization)
        .unwrap()
}

#[test]
fn a_report_tells_who_took_part_and_never_of_a_secret_vote() {
    let r = Room::new();
    let staff = r.api(Role::Staff);
    let get = |query: &str| {
        staff
            .get(&r.path(&format!("/decision-report{query}")))
            .expect(200)
            .json()
    };
    assert_eq!(get("")["votes"], 0);
    let id = r.vote(json!({}), json!({}));
    r.cast(&id, Role::Funder, json!({"option": "agree"}))
        .expect(200);
    r.cast(&id, Role::Community, json!({"option": "disagree"}))
        .expect(200);
    r.api(Role::Funder)
        .post(
            &r.path(&format!("/decisions/{id}/comments")),
            &json!({"kind": "remark", "text": "Why now?"}),
        )
        .expect(201);
    r.app.clock.forward(48 * 3600);
    r.step(&id, "close", json!({"reason": "Enough"}))
        .expect(200);
    let funder = r.world.home.organization(Org::Funder).to_string();
    let partner = r.world.home.organization(Org::Partner).to_string();
    let day = |days: i64| {
        let at = r.app.clock.now().plus_days(days);
        backbone_tests::seed::moment(at)[1..11].to_string()
    };
    let promise = |due: String| json!({"title": "Find mentors", "organization_id": partner, "due_on": due, "effort_hours": 12, "benefit": ""});
    let made = staff
        .post(
            &r.path(&format!("/decisions/{id}/outcome")),
            &json!({"statement": "We do it", "commitments": [promise(day(1)), promise(day(2))]}),
        )
        .expect(201);
    assert_eq!(made.json()["number"], 1);
    let open = get("");
    assert_eq!((&open["votes"], &open["secret"]), (&json!(1), &json!(0)));
    assert_eq!(open["participation"], json!({"have": 2, "of": 5}));
    assert_eq!(
        open["time"]["vote"],
        json!({"count": 1, "median_hours": 48, "longest_hours": 48})
    );
    assert_eq!(
        row(&open, &funder)["participation"],
        json!({"have": 1, "of": 1})
    );
    assert_eq!(
        (
            &row(&open, &funder)["ballots"],
            &row(&open, &funder)["comments"]
        ),
        (&json!(1), &json!(1))
    );
    assert_eq!(
        row(&open, &partner)["participation"],
        json!({"have": 0, "of": 2})
    );
    assert_eq!(
        (
            &row(&open, &partner)["commitments"],
            &row(&open, &partner)["hours"]
        ),
        (&json!(2), &json!(24))
    );
    // A secret vote changes the whole, and no row.
    let id = r.vote(
        json!({"secret": true, "changeable": false, "turnout_from": 2}),
        json!({}),
    );
    r.cast(&id, Role::Funder, json!({"option": "agree"}))
        .expect(200);
    r.cast(&id, Role::Contributor, json!({"option": "agree"}))
        .expect(200);
    r.step(&id, "close", json!({"reason": "Enough"}))
        .expect(200);
    let with = get("");
    assert_eq!((&with["votes"], &with["secret"]), (&json!(2), &json!(1)));
    assert_eq!(with["participation"], json!({"have": 4, "of": 10}));
    assert_eq!(with["organizations"], open["organizations"]);
    assert_eq!(with["sectors"], open["sectors"]);
    // One promise is kept late, the other is open when both have fallen due.
    let all = staff.get(&r.path("/commitments")).expect(200).json();
    let first = all["items"]
        .as_array()
        .unwrap()
        .iter()
        .min_by_key(|c| c["due_on"].to_string())
        .unwrap();
    r.app.clock.forward(3 * 86_400);
    staff
        .patch(
            &r.path(&format!("/commitments/{}", first["id"].as_str().unwrap())),
            first["version"].as_i64().unwrap(),
            &json!({"status": "done", "text": "All ten are there"}),
        )
        .expect(200);
    let late = get("");
    assert_eq!(
        late["follow_through"],
        json!({"due": 2, "in_time": 0, "late": 1, "dropped": 0, "open": 1})
    );
    // Another time, and another body, tell nothing of this.
    assert_eq!(get("?from=2020-01-01&until=2020-12-31")["votes"], 0);
    assert_eq!(get(&format!("?body={}", r.body))["votes"], 2);
    for wrong in [
        "?from=yesterday",
        "?from=2026-02-01&until=2026-01-01",
        "?body=x",
    ] {
        staff
            .get(&r.path(&format!("/decision-report{wrong}")))
            .expect(400);
    }
    let csv = staff
        .get(&r.path("/decision-report/organizations.csv"))
        .expect(200)
        .text();
    assert_eq!(
        csv.lines().count(),
        1 + with["organizations"].as_array().unwrap().len(),
        "{csv}"
    );
    assert!(
        csv.starts_with("organization_id,organization,sector,from,until,votes_asked,votes_cast"),
        "{csv}"
    );
    let page = r.world.home.browser(&r.app, Role::ReadOnly);
    let page = page
        .get(&format!("/p/{}/decisions/report", r.world.home.slug))
        .expect(200)
        .text();
    for part in ["<svg", "organizations.csv?from=", "One vote was secret"] {
        assert!(page.contains(part), "{part} in {page}");
    }
}

#[test]
fn a_vote_closes_when_no_ballot_can_turn_it_and_not_before() {
    let r = Room::new();
    let norms = json!({"method": "majority", "changeable": false, "close_decided": true});
    let id = r.vote(norms, json!({}));
    let status = || {
        r.api(Role::Staff)
            .get(&r.path(&format!("/decisions/{id}")))
            .expect(200)
            .json()["status"]
            .clone()
    };
    r.cast(&id, Role::Funder, json!({"option": "agree"}))
        .expect(200);
    r.cast(&id, Role::Community, json!({"option": "agree"}))
        .expect(200);
    assert_eq!(status(), "voting", "two of five may still be outvoted");
    r.cast(&id, Role::Contributor, json!({"option": "agree"}))
        .expect(200);
    assert_eq!(status(), "closed", "three of five cannot");
    assert_eq!(r.outcome(&id)["passed"], true);
    let late = r.cast(&id, Role::Leader, json!({"option": "disagree"}));
    assert_eq!(late.expect(409).problem(), "vote-closed");
    // Where it cannot be proved, a framework must not promise it.
    for norms in [
        json!({"method": "schulze", "changeable": false, "close_decided": true}),
        json!({"method": "majority", "changeable": true, "close_decided": true}),
        json!({"method": "majority", "changeable": false, "secret": true, "close_decided": true, "reasons": "off"}),
    ] {
        let refused = r.api(Role::Staff).post(
            &r.path("/frameworks"),
            &json!({"name": "N", "norms": norms}),
        );
        let told = refused.expect(422).json();
        assert_eq!(
            told["errors"][0]["code"], "framework-close-unprovable",
            "{told}"
        );
    }
}
