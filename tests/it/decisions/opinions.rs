//! What the people of one organization think stays in it, and counts nowhere.

use backbone_identity::{OrganizationRole as Org, Role};
use serde_json::{Value, json};

use super::votes::Room;

#[test]
fn opinions_are_summed_for_ones_own_organization_only() {
    let r = Room::new();
    let norms = r.framework(json!({"reasons": "required"}));
    let new = json!({"body_id": r.body, "framework_id": norms, "title": "Ten more mentors?", "content": {}});
    let made = r
        .api(Role::Staff)
        .post(&r.path("/decisions"), &new)
        .expect(201)
        .json();
    let id = made["id"].as_str().unwrap();
    let path = r.path(&format!("/decisions/{id}/opinions"));
    let say = |role: Role, option: &str, reason: &str| {
        r.api(role).post(
            &path,
            &json!({"says": {"option": option}, "reason": reason}),
        )
    };
    assert_eq!(
        say(Role::Contributor, "agree", "").expect(409).problem(),
        "opinion-closed",
        "a draft"
    );
    r.step(id, "publish", json!({})).expect(200);
    say(Role::Contributor, "agree", "").expect(200);
    say(Role::Leader, "disagree", "Too soon").expect(200);
    // The same person again changes what they said.
    let all = say(Role::Contributor, "disagree", "I was wrong")
        .expect(200)
        .json();
    let counted = |all: &Value, option: &str| {
        let of = all["counted"]
            .as_array()
            .unwrap()
            .iter()
            .find(|c| c["option"] == option);
        of.unwrap()["ballots"].as_u64().unwrap()
    };
    assert_eq!(
        (counted(&all, "agree"), counted(&all, "disagree")),
        (0, 2),
        "{all}"
    );
    assert_eq!(all["items"].as_array().unwrap().len(), 2);
    let refused = say(Role::Contributor, "nonsense", "").expect(422).json();
    assert_eq!(refused["errors"][0]["field"], "says");
    // Nobody else sees them: another organization, staff, the public log.
    for role in [Role::Funder, Role::Staff, Role::Community] {
        let seen = r.api(role).get(&path).expect(200).json();
        assert_eq!(seen["items"], json!([]), "{role}");
    }
    let foreign = r
        .app
        .client()
        .bearer(&r.world.foreign.account(Role::Contributor).key);
    foreign.get(&path).expect(404);
    let events = r
        .app
        .look_all("SELECT data AS value FROM events WHERE kind = 'opinion.given'");
    assert_eq!(events.len(), 3);
    assert!(events.iter().all(|e| !e.contains("agree")), "{events:?}");
    // On the page of the holder, before the vote; not on that of others.
    let page = |role: Role| {
        let browser = r.world.home.browser(&r.app, role);
        browser
            .get(&format!("/p/{}/decisions/{id}", r.world.home.slug))
            .expect(200)
            .text()
    };
    let own = page(Role::Contributor);
    for part in ["What your organization thinks", "Too soon", "I was wrong"] {
        assert!(own.contains(part), "{part} in {own}");
    }
    assert!(!page(Role::Funder).contains("Too soon"));
    let browser = r.world.home.browser(&r.app, Role::Leader);
    let form = format!("/p/{}/decisions/{id}/opinion", r.world.home.slug);
    browser
        .form(&form, &[("option", "agree"), ("reason", "")])
        .expect(303);
    // They count nowhere.
    r.step(id, "open", json!({})).expect(200);
    r.step(id, "close", json!({"reason": "Nobody came"}))
        .expect(200);
    let result = r.outcome(id)["result"].clone();
    assert_eq!((&result["voted"], r.app.count("ballots")), (&json!(0), 0));
    assert_eq!(
        say(Role::Leader, "agree", "").expect(409).problem(),
        "opinion-closed"
    );
    let partner = r.world.home.organization(Org::Partner);
    assert_eq!(
        r.app
            .count(&format!("opinions WHERE organization_id = '{partner}'")),
        2
    );
}

#[test]
fn who_has_no_seat_there_is_not_asked() {
    let r = Room::new();
    let body = json!({"kind": "board", "name": "Other board"});
    let other = r
        .api(Role::Staff)
        .post(&r.path("/bodies"), &body)
        .expect(201)
        .json();
    let new = json!({"body_id": other["id"], "framework_id": r.framework(json!({})), "title": "Ours?", "content": {}});
    let made = r
        .api(Role::Staff)
        .post(&r.path("/decisions"), &new)
        .expect(201)
        .json();
    let id = made["id"].as_str().unwrap();
    r.step(id, "publish", json!({})).expect(200);
    let path = r.path(&format!("/decisions/{id}/opinions"));
    r.api(Role::Contributor)
        .post(&path, &json!({"says": {"option": "agree"}}))
        .expect(403);
    let page = r.world.home.browser(&r.app, Role::Contributor);
    let page = page
        .get(&format!("/p/{}/decisions/{id}", r.world.home.slug))
        .expect(200)
        .text();
    assert!(!page.contains("What your organization thinks"));
}
