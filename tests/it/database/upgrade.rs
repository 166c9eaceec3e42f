//! Data of every earlier schema comes along: migrated, all rows there, and used by the server of today.

use backbone_db::{Instant, run_migrations};
use backbone_tests::{TestApp, fixture};
use serde_json::json;

#[test]
fn data_of_every_earlier_schema_is_migrated_and_used() {
    let all = fixture::all();
    assert!(!all.is_empty());
    for name in all {
        let database = fixture::load(&name);
        let columns = database.columns();
        let before = database.rows_in(&columns);
        run_migrations(&database.open()).unwrap();
        let after = database.rows_in(&columns);
        for (before, after) in before.iter().zip(&after) {
            assert_eq!(before, after, "{name}");
        }
        assert_eq!(
            before.len(),
            after.len(),
            "{name}: every row, and each once"
        );
        let app = TestApp::on(database);
        uses(&name, &app);
    }
}

/// What the end-to-end test left is shown as it was.
fn uses(name: &str, app: &TestApp) {
    // It is the day after; how old data are counts in some of what is shown.
    let last = app.look("SELECT CAST(max(at) AS TEXT) AS value FROM events");
    let last: Instant = format!("{}Z", last.replace(' ', "T")).parse().unwrap();
    app.clock.set(last.plus_days(1));
    let anybody = app.client();
    let slug = app.look("SELECT slug AS value FROM partnerships");
    let who = json!({"email": "noor@backbone.example", "password": "harbour lantern orchard nine", "partnership": slug});
    let tokens = anybody.post("/api/v1/auth/token", &who).expect(200).json();
    let staff = anybody.bearer(tokens["access_token"].as_str().unwrap());
    let look = |rest: &str| {
        staff
            .get(&format!("/api/v1/partnerships/{slug}{rest}"))
            .expect(200)
            .json()
    };
    let contributions = look("/contributions").to_string();
    assert!(
        contributions.contains("Reading hour") && contributions.contains("\"46\""),
        "{name}: {contributions}"
    );
    let metrics = look("/metrics");
    let metric = metrics["items"][0]["id"].as_str().unwrap();
    let standing = look(&format!("/metrics/{metric}/standing"));
    assert_eq!(standing["latest"]["value"], "58", "{name}: {standing}");
    let models = look("/value-models");
    let model = models["items"][0]["id"].as_str().unwrap();
    assert!(
        look(&format!("/value-models/{model}/calculation"))
            .to_string()
            .contains("1641"),
        "{name}"
    );
    let stories = look("/stories");
    assert_eq!(
        stories["items"][0]["status"], "published",
        "{name}: {stories}"
    );
    let sent = look("/campaigns")["items"]
        .as_array()
        .unwrap()
        .iter()
        .filter(|c| c["state"] == "done")
        .count();
    assert_eq!(sent, 2, "{name}");
    let verdict = look("/events/verify");
    assert_eq!(verdict["intact"], true, "{name}: {verdict}");
    for page in [
        "",
        "/contributions",
        "/scorecard",
        "/stories",
        "/value-models",
        "/campaigns",
        "/people",
        "/timeline",
    ] {
        assert!(
            staff
                .with("Accept", "text/html")
                .get(&format!("/p/{slug}{page}"))
                .status
                < 500,
            "{name}: {page}"
        );
    }
    staff
        .post(
            &format!("/api/v1/partnerships/{slug}/organizations"),
            &json!({"name": "New here", "role": "partner", "sector": "civil"}),
        )
        .expect(201);
}
