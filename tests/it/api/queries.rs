//! How many questions to the database the writes ask that many people do at once, on data as a real partnership has it.

use std::sync::Mutex;

use backbone_tests::{Client, TestApp};
use diesel::connection::{Instrumentation, InstrumentationEvent};
use serde_json::json;

/// Statements since the last look.
static ASKED: Mutex<Vec<String>> = Mutex::new(Vec::new());

fn listen() -> Option<Box<dyn Instrumentation>> {
    Some(Box::new(|event: InstrumentationEvent<'_>| {
        if let InstrumentationEvent::StartQuery { query, .. } = event {
            ASKED.lock().unwrap().push(query.to_string());
        }
    }))
}

/// What the database was asked while `work` ran, without what only opens, keeps and ends a transaction or connection.
fn asked<T>(work: impl FnOnce() -> T) -> (T, Vec<String>) {
    const AROUND: [&str; 8] = [
        "PRAGMA",
        "BEGIN",
        "COMMIT",
        "SAVEPOINT",
        "RELEASE",
        "ROLLBACK",
        "SET ",
        "SELECT 1",
    ];
    ASKED.lock().unwrap().clear();
    let answer = work();
    let mut told = std::mem::take(&mut *ASKED.lock().unwrap());
    told.retain(|q| !AROUND.iter().any(|a| q.starts_with(a)));
    (answer, told)
}

/// A server with the demo partnership, and somebody of its staff.
struct Stage {
    app: TestApp,
    slug: String,
    session: String,
}

impl Stage {
    fn set() -> Self {
        diesel::connection::set_default_instrumentation(listen).unwrap();
        let app = TestApp::start();
        backbone_server::demo::load(&app.core).unwrap();
        let session = backbone_identity::secret::new_secret();
        app.sql(&format!(
            "INSERT INTO sessions (token_hash, person_id, created_at, seen_at, expires_at, user_agent) \
             SELECT '{}', id, '2026-01-01 00:00:00', '2999-01-01 00:00:00', '2999-02-01 00:00:00', 'test' \
             FROM people WHERE email = 'noor@first-job.example'",
            backbone_identity::secret::hash_secret(&session)
        ));
        let slug = app.look("SELECT slug AS value FROM partnerships");
        Self { app, slug, session }
    }

    fn client(&self) -> Client {
        let client = self.app.client();
        client
            .with("Cookie", &format!("backbone={}", self.session))
            .with("Sec-Fetch-Site", "same-origin")
    }
}

#[test]
fn what_many_people_write_at_once_asks_little() {
    let stage = Stage::set();
    let look = |query: &str| stage.app.look(query);
    let organization = look(
        "SELECT id AS value FROM organizations WHERE active = TRUE AND role = 'partner' ORDER BY id LIMIT 1",
    );
    let metric =
        look("SELECT id AS value FROM metrics WHERE status = 'active' ORDER BY id LIMIT 1");
    let writes = [
        (
            "contributions",
            json!({"organization_id": organization, "kind": "in_kind", "period": "2026-03", "activity": "Reading aloud",
                "description": "Books", "basis": "market_price", "amount": "250"}),
        ),
        (
            "measurements",
            json!({"metric_id": metric, "organization_id": organization, "period": "2025-03", "value": "12", "dimensions": {"age": "7"}}),
        ),
    ];
    for (collection, body) in writes {
        let path = format!("/api/v1/partnerships/{}/{collection}", stage.slug);
        let (answer, questions) = asked(|| stage.client().post(&path, &body));
        assert_eq!(answer.status, 201, "{}", answer.text());
        assert!(
            questions.len() <= 16,
            "{path}: {} questions\n{}",
            questions.len(),
            questions.join("\n")
        );
    }
}
