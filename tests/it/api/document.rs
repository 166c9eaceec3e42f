//! The committed description of the API is the one that the server gives.

use std::collections::HashMap;

use backbone_tests::openapi::{document, operations};
use backbone_tests::{TestApp, routes};

/// POSTs without an `Idempotency-Key`, each with its reason.
const WITHOUT_KEY: &[(&str, &str)] = &[
    (
        "/api/v1/auth/token",
        "signing in twice makes two sign-ins, and stores no answer that holds a secret",
    ),
    (
        "/api/v1/auth/refresh",
        "a refresh token is used once; an answer that holds the next one is not stored",
    ),
    (
        "/api/v1/auth/revoke",
        "ending what has ended changes nothing",
    ),
    (
        "/api/v1/auth/session",
        "signing in twice makes two sessions, and stores no answer that holds a secret",
    ),
    (
        "/api/v1/setup",
        "an empty server is set up once, and the body holds a password",
    ),
    (
        "/api/v1/invitations/look",
        "looking changes nothing; the token is in the body so that no log keeps it",
    ),
    (
        "/api/v1/invitations/accept",
        "an invitation is accepted once, and the body may hold a password",
    ),
    (
        "/api/v1/account/password",
        "the old password works once; no hash of the body is kept",
    ),
    ("/api/v1/account/email/confirm", "a token works once"),
    (
        "/api/v1/account/erase",
        "the session of the request ends with the account",
    ),
    (
        "/api/v1/partnerships/{partnership}/api-keys",
        "the answer holds a secret, which is not stored",
    ),
    (
        "/api/v1/partnerships/{partnership}/members/{member}/close",
        "closing what is closed changes nothing",
    ),
    (
        "/api/v1/partnerships/{partnership}/members/{member}/erase",
        "erasing what is erased changes nothing",
    ),
];

#[test]
fn the_committed_document_is_the_one_that_is_served() {
    let path = routes::project().join("docs/openapi.json");
    let advice = "write it anew with: cargo run -- openapi > docs/openapi.json";
    let committed = std::fs::read_to_string(&path)
        .unwrap_or_else(|e| panic!("docs/openapi.json cannot be read ({e}); {advice}"));
    let generated = backbone_server::openapi::document()
        .to_pretty_json()
        .unwrap();
    let differs = committed
        .trim_end()
        .lines()
        .zip(generated.trim_end().lines())
        .position(|(a, b)| a != b);
    assert!(
        committed.trim_end() == generated.trim_end(),
        "docs/openapi.json is not what the handlers say, first at line {:?}; {advice}",
        differs.map(|n| n + 1)
    );
    let served = TestApp::start()
        .client()
        .get("/api/openapi.json")
        .expect(200)
        .json();
    assert_eq!(served, document());
}

#[test]
fn every_operation_is_described_in_full() {
    let mut wrong = Vec::new();
    let mut seen: HashMap<String, String> = HashMap::new();
    for operation in operations() {
        let name = operation.name();
        let id = operation.spec["operationId"]
            .as_str()
            .unwrap_or_default()
            .to_string();
        if id.is_empty() {
            wrong.push(format!("{name} has no operationId"));
        } else if let Some(other) = seen.insert(id.clone(), name.clone()) {
            wrong.push(format!("{name} and {other} share the operationId {id:?}"));
        }
        if operation.spec["responses"]
            .as_object()
            .is_none_or(serde_json::Map::is_empty)
        {
            wrong.push(format!("{name} lists no responses"));
        }
        if operation.spec["tags"].as_array().is_none_or(Vec::is_empty) {
            wrong.push(format!("{name} has no tag"));
        }
        let said = operation.spec["summary"]
            .as_str()
            .or(operation.spec["description"].as_str())
            .unwrap_or_default();
        if said.is_empty() {
            wrong.push(format!("{name} does not say what it does"));
        }
        for part in operation
            .path
            .split('/')
            .filter_map(|p| p.strip_prefix('{')?.strip_suffix('}'))
        {
            let listed = operation.spec["parameters"].as_array();
            if !listed.is_some_and(|all| all.iter().any(|p| p["in"] == "path" && p["name"] == part))
            {
                wrong.push(format!("{name} does not describe {{{part}}}"));
            }
        }
        let excused = WITHOUT_KEY.iter().any(|(path, _)| *path == operation.path);
        if operation.method == "POST" && !excused && !operation.takes_header("Idempotency-Key") {
            wrong.push(format!("{name} takes no Idempotency-Key"));
        }
    }
    assert!(
        wrong.is_empty(),
        "{} things:\n{}",
        wrong.len(),
        wrong.join("\n")
    );
}

#[test]
fn references_in_the_document_resolve() {
    fn walk(at: &serde_json::Value, root: &serde_json::Value, wrong: &mut Vec<String>) {
        match at {
            serde_json::Value::Object(map) => {
                if let Some(target) = map.get("$ref").and_then(|r| r.as_str()) {
                    let found = target.strip_prefix('#').and_then(|p| root.pointer(p));
                    if found.is_none() {
                        wrong.push(target.to_string());
                    }
                }
                map.values().for_each(|v| walk(v, root, wrong));
            }
            serde_json::Value::Array(all) => all.iter().for_each(|v| walk(v, root, wrong)),
            _ => {}
        }
    }
    let (document, mut wrong) = (document(), Vec::new());
    walk(&document, &document, &mut wrong);
    wrong.sort();
    wrong.dedup();
    assert!(wrong.is_empty(), "nothing at {}", wrong.join(", "));
}

#[test]
fn the_browsable_page_asks_no_other_host() {
    let app = TestApp::start();
    let page = app.client().get("/api/docs/").expect(200);
    let text = page.text();
    for part in text.split(['"', '\'']) {
        assert!(
            !part.starts_with("http://")
                && !part.starts_with("https://")
                && !part.starts_with("//"),
            "the page loads {part}"
        );
    }
    let policy = page.header("content-security-policy").unwrap();
    assert!(policy.starts_with("default-src 'none'"), "{policy}");
}
