//! Finding things: who finds what, how soon, and by which words, on both engines.

mod finding;
mod upkeep;

use backbone_identity::Role;
use backbone_tests::client::encode;
use backbone_tests::{Client, TestApp, World};
use serde_json::{Value, json};

/// Something of every kind in the partnership at home, each with the word "Zwaluw" in it.
struct Filled {
    app: TestApp,
    world: World,
}

impl Filled {
    fn new() -> Self {
        let app = TestApp::start();
        let world = World::seed(&app);
        let staff = world.home.api(&app, Role::Staff);
        let post = |path: &str, body: Value| -> Value {
            let answer = staff.post(&world.home.path(path), &body);
            assert!(
                [200, 201].contains(&answer.status),
                "{path}: {}",
                answer.text()
            );
            answer.json()
        };
        post(
            "/organizations",
            json!({"name": "Coöperatie Zwaluw", "role": "partner", "sector": "civil", "public_name": true}),
        );
        post(
            "/contributions",
            json!({"kind": "treasure", "organization_id": world.home.organizations["partner"], "period": "2026-09",
                "activity": "Voorleesuur Zwaluw", "amount": "120", "note": "Met koffie in de bibliotheek"}),
        );
        for (name, public) in [("Zwaluw score", true), ("Zwaluw inside", false)] {
            let metric = post(
                "/metrics",
                json!({"name": name, "public": public, "meaning": "How children fly", "unit": "children",
                    "kind": "number", "frequency": "month", "source": "Counted by the Zwaluw"}),
            );
            post(
                "/measurements",
                json!({"metric_id": metric["id"], "period": "2026-09", "value": "12", "source": "Count", "note": "Zwaluw flew out"}),
            );
        }
        post(
            "/stories",
            json!({"title": "Zwaluw draft", "template": "blank"}),
        );
        post(
            "/contacts",
            json!({"email": "zwaluw@else.example", "name": "Zwaluw Writer", "consent_basis": "consent",
                "consent_note": "By mail"}),
        );
        post(
            "/bodies",
            json!({"kind": "working_group", "name": "Werkgroep Zwaluw", "remit": "Where birds nest"}),
        );
        Self { app, world }
    }

    fn find(&self, who: Role, words: &str) -> Vec<(String, String)> {
        results(
            &self.world.home.api(&self.app, who),
            &self.world.home.path(""),
            words,
        )
    }
}

/// Kind and title of what is found.
fn results(client: &Client, base: &str, words: &str) -> Vec<(String, String)> {
    let answer = client.get(&format!("{base}/search?q={}", encode(words)));
    let body = answer.expect(200).json();
    let items = body["items"].as_array().unwrap();
    let text = |v: &Value| v.as_str().unwrap().to_string();
    items
        .iter()
        .map(|i| (text(&i["object"]["kind"]), text(&i["title"])))
        .collect()
}

fn titles(found: &[(String, String)]) -> Vec<&str> {
    found.iter().map(|(_, title)| title.as_str()).collect()
}
