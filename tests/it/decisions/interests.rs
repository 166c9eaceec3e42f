//! Who declares an interest does not vote where the framework says so, at once for their own, later for what staff write down.

use backbone_identity::{OrganizationRole as Org, Role};
use serde_json::{Value, json};

use super::votes::Room;

impl Room {
    fn declare(&self, role: Role, body: Value) -> backbone_tests::Response {
        self.api(role).post(&self.path("/interests"), &body)
    }

    /// The state and interest of each voter's organization.
    fn voters(&self, id: &str) -> Vec<(String, String, String)> {
        let standing = self
            .api(Role::Staff)
            .get(&self.path(&format!("/decisions/{id}/ballots")))
            .expect(200)
            .json();
        let text = |v: &Value, field: &str| v[field].as_str().unwrap_or_default().to_string();
        let all = standing["voters"].as_array().unwrap().iter();
        all.map(|v| {
            (
                text(v, "organization_id"),
                text(v, "state"),
                text(v, "interest"),
            )
        })
        .collect()
    }

    fn voter(&self, id: &str, organization: Org) -> Vec<(String, String)> {
        let own = self.world.home.organization(organization).to_string();
        let mut all: Vec<_> = self
            .voters(id)
            .into_iter()
            .filter(|v| v.0 == own)
            .map(|v| (v.1, v.2))
            .collect();
        all.sort();
        all
    }
}

fn said(state: &str, interest: &str) -> (String, String) {
    (state.to_string(), interest.to_string())
}

#[test]
fn an_interest_in_a_topic_keeps_all_seats_of_an_organization_from_voting() {
    let r = Room::new();
    let made = r
        .declare(
            Role::Contributor,
            json!({"topic": "more Mentors", "reason": "We would train them"}),
        )
        .expect(201)
        .json();
    assert_eq!(
        (&made["about"], &made["topic"]),
        (&json!("topic"), &json!("more Mentors"))
    );
    let recuse = json!({"conflict": "recuse"});
    let id = r.vote(recuse.clone(), json!({}));
    assert_eq!(
        r.voter(&id, Org::Partner),
        [said("recused", "declared"), said("recused", "declared")]
    );
    assert_eq!(r.voter(&id, Org::Funder), [said("eligible", "")]);
    assert_eq!(
        r.cast(&id, Role::Contributor, json!({"option": "agree"}))
            .expect(409)
            .problem(),
        "vote-recused"
    );
    // Only shown, where the framework only shows it; nothing, where it does not ask.
    let id = r.vote(json!({"conflict": "declare"}), json!({}));
    assert_eq!(
        r.voter(&id, Org::Partner),
        [said("eligible", "declared"), said("eligible", "declared")]
    );
    let id = r.vote(json!({"conflict": "off"}), json!({}));
    assert_eq!(
        r.voter(&id, Org::Partner),
        [said("eligible", ""), said("eligible", "")]
    );
    // When it is over, later votes do not know of it.
    let end = r.path(&format!("/interests/{}/end", made["id"].as_str().unwrap()));
    r.api(Role::Funder).post(&end, &json!({})).expect(403);
    r.api(Role::Contributor).post(&end, &json!({})).expect(200);
    assert_eq!(
        r.api(Role::Staff)
            .post(&end, &json!({}))
            .expect(409)
            .problem(),
        "interest-ended"
    );
    let id = r.vote(recuse, json!({}));
    assert_eq!(
        r.voter(&id, Org::Partner),
        [said("eligible", ""), said("eligible", "")]
    );
}

#[test]
fn ones_own_interest_holds_at_once_and_takes_the_vote_out_of_the_count() {
    let r = Room::new();
    let id = r.vote(json!({"conflict": "recuse"}), json!({}));
    r.cast(&id, Role::Funder, json!({"option": "agree"}))
        .expect(200);
    r.cast(&id, Role::Community, json!({"option": "disagree"}))
        .expect(200);
    r.cast(&id, Role::Contributor, json!({"option": "disagree"}))
        .expect(200);
    // Only the person's own: the other seat of the same organization still votes.
    let body = json!({"personal": true, "in_decision": id, "reason": "My brother is one"});
    r.declare(Role::Contributor, body).expect(201);
    assert_eq!(
        r.voter(&id, Org::Partner),
        [said("eligible", ""), said("recused", "declared")]
    );
    // What staff write down for others does not reach into a vote that runs.
    let funder = r.world.home.organization(Org::Funder);
    let body = json!({"organization_id": funder, "in_decision": id, "reason": "They said so"});
    r.declare(Role::Leader, body.clone()).expect(403);
    r.declare(Role::Staff, body).expect(201);
    assert_eq!(r.voter(&id, Org::Funder), [said("eligible", "")]);
    let body = json!({"in_organization": funder, "reason": "We owe them"});
    r.declare(Role::Community, body).expect(201);
    assert_eq!(
        r.voter(&id, Org::Community),
        [said("eligible", "")],
        "the proposal does not speak of it"
    );
    r.step(&id, "close", json!({"reason": "Enough"}))
        .expect(200);
    let result = r.outcome(&id)["result"].clone();
    assert_eq!(
        (&result["eligible"], &result["voted"]),
        (&json!(4), &json!(2)),
        "{result}"
    );
    let disagree = result["counted"]
        .as_array()
        .unwrap()
        .iter()
        .find(|c| c["option"] == "disagree")
        .unwrap();
    assert_eq!(disagree["ballots"], 1, "{result}");
}

#[test]
fn an_interest_names_one_thing_that_is_there() {
    let r = Room::new();
    let own = r.world.home.organization(Org::Partner);
    for (body, field, code) in [
        (json!({"reason": "Because"}), "topic", "interest-one"),
        (
            json!({"topic": "Mentors", "in_organization": own, "reason": "Because"}),
            "topic",
            "interest-one",
        ),
        (
            json!({"topic": "a", "reason": "Because"}),
            "topic",
            "interest-topic",
        ),
        (json!({"topic": "Mentors"}), "reason", "required"),
        (
            json!({"in_organization": "nobody", "reason": "Because"}),
            "in_organization",
            "interest-organization",
        ),
        (
            json!({"in_decision": "nothing", "reason": "Because"}),
            "in_decision",
            "interest-decision",
        ),
    ] {
        let told = r
            .declare(Role::Contributor, body.clone())
            .expect(422)
            .json();
        assert_eq!(
            (&told["errors"][0]["field"], &told["errors"][0]["code"]),
            (&json!(field), &json!(code)),
            "{body}"
        );
    }
    let foreign = r.world.foreign.organization(Org::Partner);
    r.declare(
        Role::Contributor,
        json!({"in_organization": foreign, "reason": "Because"}),
    )
    .expect(422);
    // By page.
    let page = r.world.home.browser(&r.app, Role::Funder);
    let path = format!("/p/{}/interests", r.world.home.slug);
    let again = page
        .form(
            &path,
            &[("who", "organization"), ("topic", ""), ("reason", "We pay")],
        )
        .expect(422)
        .text();
    assert!(
        again.contains("We pay") && again.contains("one of the three"),
        "{again}"
    );
    page.form(
        &path,
        &[
            ("who", "organization"),
            ("topic", "Lights"),
            ("reason", "We pay"),
        ],
    )
    .expect(303);
    let shown = page.get(&path).expect(200).text();
    assert!(
        shown.contains("“Lights”") && shown.contains("We pay"),
        "{shown}"
    );
}
