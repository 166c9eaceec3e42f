//! How many questions to the database an address costs, on data as a real partnership has it: lists must not ask once a row.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Mutex;

use backbone_tests::openapi::operations;
use backbone_tests::{Client, TestApp, routes};
use diesel::connection::{Instrumentation, InstrumentationEvent};
use serde_json::{Value, json};

/// Questions that any reading operation of the API may ask, those for the credential included.
const OPERATION: usize = 12;
/// Questions that any page may ask, its frame included.
const PAGE: usize = 40;

/// Addresses that may ask more, with their budget and the reason.
const MORE: &[(&str, usize, &str)] = &[];

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

/// What was found for an address: the most questions of any try, and which.
type Found = BTreeMap<String, Vec<String>>;

fn note(found: &mut Found, pattern: &str, questions: Vec<String>) {
    let worst = found.entry(pattern.to_owned()).or_default();
    if questions.len() > worst.len() {
        *worst = questions;
    }
}

fn budget(pattern: &str, usual: usize) -> usize {
    let own = MORE.iter().find(|(p, _, _)| *p == pattern);
    own.map_or(usual, |(_, budget, _)| *budget)
}

/// The questions that are asked more than once, most often asked first.
fn repeated(questions: &[String]) -> String {
    let mut times: BTreeMap<&str, usize> = BTreeMap::new();
    for question in questions {
        let text = question.split("-- binds").next().unwrap_or(question);
        *times.entry(text).or_default() += 1;
    }
    let mut all: Vec<_> = times.into_iter().filter(|(_, n)| *n > 1).collect();
    all.sort_by_key(|(_, n)| std::cmp::Reverse(*n));
    let lines = all.iter().take(4);
    lines
        .map(|(text, n)| format!("\n    {n} × {}", text.chars().take(160).collect::<String>()))
        .collect()
}

fn within_budget(found: &Found, usual: usize) {
    for (pattern, questions) in found {
        println!("{:>4}  {pattern}", questions.len());
    }
    let over: Vec<String> = found
        .iter()
        .filter(|(pattern, questions)| questions.len() > budget(pattern, usual))
        .map(|(pattern, questions)| {
            format!(
                "{pattern}: {} questions, {} allowed{}",
                questions.len(),
                budget(pattern, usual),
                repeated(questions)
            )
        })
        .collect();
    assert!(over.is_empty(), "over budget:\n{}", over.join("\n"));
}

/// The first thing of a list's answer, under the names that things go by.
fn first_id(list: &Value) -> Option<String> {
    let items = list.get("items").unwrap_or(list).as_array()?;
    let first = items.first()?;
    let name = ["id", "member_id", "membership_id"];
    let id = name.iter().find_map(|n| first[*n].as_str())?;
    Some(id.to_owned())
}

/// The address with things that are there: each identifier is the first of the list before it.
fn fill(stage: &Stage, pattern: &str) -> Option<String> {
    let mut path = String::new();
    for part in pattern.split('/').skip(1) {
        let value = match part {
            "{partnership}" => stage.slug.clone(),
            "{format}" => "csv".into(),
            "{period}" => "2026".into(),
            _ if part.starts_with('{') => {
                let listed = stage.client().get(&path);
                (listed.status == 200).then(|| first_id(&listed.json()))??
            }
            _ => part.to_owned(),
        };
        path = format!("{path}/{value}");
    }
    Some(path)
}

#[test]
fn no_reading_operation_asks_more_than_its_budget() {
    let stage = Stage::set();
    let (mut found, mut tried) = (Found::new(), 0);
    let reads = operations()
        .into_iter()
        .filter(|o| o.method == "GET" && o.path.contains("{partnership}"));
    for operation in reads {
        let Some(path) = fill(&stage, &operation.path) else {
            continue;
        };
        let query = if path.ends_with("/search") { "?q=job" } else { "" };
        let (answer, questions) = asked(|| stage.client().get(&format!("{path}{query}")));
        if answer.status == 200 {
            tried += 1;
            note(&mut found, &operation.path, questions);
        }
    }
    assert!(tried > 50, "only {tried} operations were tried");
    within_budget(&found, OPERATION);
}

fn fits(pattern: &str, path: &str) -> bool {
    let (pattern, path): (Vec<_>, Vec<_>) = (pattern.split('/').collect(), path.split('/').collect());
    pattern.len() == path.len()
        && pattern
            .iter()
            .zip(path)
            .all(|(a, b)| a.starts_with('{') || *a == b)
}

#[test]
fn no_page_asks_more_than_its_budget() {
    let stage = Stage::set();
    let browser = stage.client().with("Accept", "text/html");
    // Words before identifiers, as the router tries them.
    let mut patterns = routes::pages();
    patterns.sort_by_key(|p| p.matches('{').count());
    let mut found = Found::new();
    let mut tries: BTreeMap<String, usize> = BTreeMap::new();
    let (mut waiting, mut seen) = (vec![format!("/p/{}", stage.slug)], BTreeSet::new());
    while let Some(path) = waiting.pop() {
        let bare = path.split('?').next().unwrap_or_default();
        let Some(pattern) = patterns.iter().find(|p| fits(p, bare)) else {
            continue;
        };
        let times = tries.entry(pattern.clone()).or_default();
        // Two of a kind, and the same in other orders and filters.
        if *times >= 4 || !seen.insert(path.clone()) || pattern.ends_with("/live") {
            continue;
        }
        *times += 1;
        let (page, questions) = asked(|| browser.get(&path));
        if page.status != 200 {
            continue;
        }
        note(&mut found, pattern, questions);
        let text = page.text();
        for link in text.split("href=\"").skip(1) {
            let link = link.split('"').next().unwrap_or_default();
            let link = link.split('#').next().unwrap_or_default();
            if link.starts_with("/p/") {
                waiting.push(link.replace("&amp;", "&"));
            }
        }
    }
    assert!(found.len() > 40, "only {} kinds of page were seen", found.len());
    within_budget(&found, PAGE);
}

#[test]
fn what_many_people_write_at_once_asks_little() {
    let stage = Stage::set();
    let look = |query: &str| stage.app.look(query);
    let organization = look(
        "SELECT id AS value FROM organizations WHERE active = TRUE AND role = 'partner' ORDER BY id LIMIT 1",
    );
    let metric = look(
        "SELECT id AS value FROM metrics WHERE status = 'active' ORDER BY id LIMIT 1",
    );
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
