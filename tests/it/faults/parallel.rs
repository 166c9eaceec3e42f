//! Two hundred at once with one key are one effect.

use std::collections::BTreeSet;

use backbone_identity::{OrganizationRole, Role};
use backbone_tests::client::Client;
use backbone_tests::{TestApp, World, at_once};
use serde_json::{Value, json};

/// Sends the same 200 times at once and gives the one answer all of them got.
fn two_hundred(client: &Client, path: &str, body: &Value) -> Value {
    let answers = at_once(200, |_| {
        client
            .request("POST", path)
            .key("the one")
            .json(body)
            .send()
    });
    let refused: Vec<String> = answers
        .iter()
        .filter(|a| !(200..300).contains(&a.status))
        .map(|a| format!("{} {}", a.status, a.text()))
        .collect();
    assert!(
        refused.is_empty(),
        "{} refused, such as {}",
        refused.len(),
        refused[0]
    );
    let bodies: BTreeSet<&[u8]> = answers.iter().map(|a| a.body.as_slice()).collect();
    assert_eq!(bodies.len(), 1, "all get the first answer");
    let replayed = answers
        .iter()
        .filter(|a| a.header("idempotency-replayed").is_some());
    assert_eq!(replayed.count(), 199);
    answers[0].json()
}

#[test]
fn two_hundred_equal_logs_and_invitations_are_one() {
    let app = TestApp::start();
    let world = World::seed(&app);
    let partner = world.home.api(&app, Role::Contributor);
    let gift = json!({"kind": "treasure", "period": "2024-10", "activity": "once", "amount": "10"});
    let made = two_hundred(&partner, &world.home.path("/contributions"), &gift);
    assert_eq!(app.count("contributions"), 1);
    assert_eq!(
        app.count(&format!(
            "contributions WHERE id = '{}'",
            made["id"].as_str().unwrap()
        )),
        1
    );
    assert_eq!(app.count("events WHERE kind = 'contribution.logged'"), 1);

    let staff = world.home.api(&app, Role::Staff);
    let ask = json!({
        "people": "Ada <ada@library.example>", "roles": ["contributor"],
        "organization_id": world.home.organization(OrganizationRole::Partner),
    });
    two_hundred(&staff, &world.home.path("/invitations"), &ask);
    assert_eq!(app.count("invitations"), 1);
    app.drain_jobs();
    assert_eq!(app.outbox.sent().len(), 1, "one mail");

    // Joining goes through a page and takes no key: the link itself is good for one.
    let mail = backbone_tests::mail::Mail::sent(&app.outbox.sent()[0]);
    let link = mail.path("/invitation");
    let token = link.split_once("token=").unwrap().1.to_string();
    let guest = app.client().with("Sec-Fetch-Site", "same-origin");
    let answers = at_once(200, |_| {
        guest
            .form(
                "/invitation",
                &[("token", &token), ("name", "Ada"), ("language", "en")],
            )
            .status
    });
    let joined = answers.iter().filter(|s| **s == 303).count();
    assert_eq!(joined, 1, "{answers:?}");
    assert!(
        answers.iter().all(|s| [303, 410].contains(s)),
        "{answers:?}"
    );
    assert_eq!(app.count("people WHERE email = 'ada@library.example'"), 1);
}
