//! What readers do with a published story: they ask about a figure, come back by the link in their mail, and find its page.

mod listing;
mod questions;
mod readers;

use backbone_identity::Role;
use backbone_tests::mail::Mail;
use backbone_tests::seed::Partnership;
use backbone_tests::{Client, TestApp, World};
use serde_json::{Value, json};

/// A published story with one figure, `orgs`.
struct Told {
    app: TestApp,
    world: World,
    /// The story's identifier.
    story: String,
    /// Its address, `/s/…`.
    address: String,
}

impl Told {
    fn new() -> Self {
        let app = TestApp::start();
        let world = World::seed(&app);
        let (story, address) = publish(&app, &world.home, "Together for reading");
        Self {
            app,
            world,
            story,
            address,
        }
    }

    /// Where the figure is explained.
    fn figure(&self) -> String {
        format!("{}/figure/orgs", self.address)
    }

    /// Anybody's browser, without an account.
    fn visitor(&self) -> Client {
        self.app
            .client()
            .with("Sec-Fetch-Site", "same-origin")
            .with("Accept", "text/html")
    }

    fn staff(&self) -> Client {
        self.world.home.api(&self.app, Role::Staff)
    }

    /// Works off what is due, and gives the mail that left since.
    fn mail(&self) -> Vec<Mail> {
        let before = self.app.outbox.sent().len();
        self.app.drain_jobs();
        self.app.outbox.sent()[before..]
            .iter()
            .map(Mail::sent)
            .collect()
    }

    /// Sends the story to one reader; gives the campaign's path and the reader's mail.
    fn send_to(&self, name: &str, email: &str) -> (String, Mail) {
        let staff = self.staff();
        let new = json!({"story_id": self.story, "subject": "What you made possible", "note": "Have a look."});
        let path = self.world.home.path("/campaigns");
        let made = staff.post(&path, &new).expect(201).json();
        let campaign = format!("{path}/{}", made["id"].as_str().unwrap());
        let to = json!({"addresses": [{"email": email, "name": name, "consent_basis": "consent",
            "consent_note": "By mail", "language": "en"}]});
        staff
            .post(&format!("{campaign}/recipients"), &to)
            .expect(200);
        staff
            .post(&format!("{campaign}/send"), &json!({}))
            .expect(202);
        let mut sent = self.mail();
        assert_eq!(sent.len(), 1, "one reader, one mail");
        (campaign, sent.remove(0))
    }

    /// What staff see of the questions.
    fn questions(&self) -> Vec<Value> {
        let all = self
            .staff()
            .get(&self.world.home.path("/questions"))
            .expect(200);
        all.json()["items"].as_array().unwrap().clone()
    }
}

/// Writes, approves and publishes a story; gives its identifier and address.
fn publish(app: &TestApp, home: &Partnership, title: &str) -> (String, String) {
    let author = home.api(app, Role::Staff);
    let content = json!({
        "headline": format!("{title}: [[orgs]] take part"), "dek": "They read aloud every week.",
        "body": "All of them, [[orgs]], read aloud.",
        "figures": [{"key": "orgs", "label": "Organizations that take part", "source": {"kind": "organizations"}}],
    });
    let path = home.path("/stories");
    let new = json!({"title": title, "language": "en", "template": "blank", "content": content});
    let story = author.post(&path, &new).expect(201).json()["id"]
        .as_str()
        .unwrap()
        .to_string();
    let one = format!("{path}/{story}");
    let step = |who: Role, step: &str, status: u16| {
        home.api(app, who)
            .post(&format!("{one}/{step}"), &json!({}))
            .expect(status)
            .json()
    };
    step(Role::Staff, "submit", 200);
    step(Role::Admin, "approve", 200);
    let edition = step(Role::Staff, "publish", 201);
    let address = edition["public_url"].as_str().unwrap().to_string();
    (story, address)
}
