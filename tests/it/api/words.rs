//! The words that the description of the API lists are those that the API takes, found by sending it one that it does not know.

use std::collections::BTreeSet;

use backbone_identity::Role;
use backbone_tests::openapi::{Operation, document, operations};
use backbone_tests::{Client, TestApp, World};
use serde_json::{Value, json};

/// A word that is none anywhere.
const UNKNOWN: &str = "no-such-word";

/// Places whose words are read later than the rest of the request, each with its reason.
const READ_LATER: &[(&str, &str)] = &[
    (
        "changes/kind",
        "laid over the contribution that is corrected",
    ),
    (
        "changes/basis",
        "laid over the contribution that is corrected",
    ),
    (
        "content/figures/[]/source/what",
        "the kind of the source comes first",
    ),
    (
        "content/figures/[]/source/result",
        "the kind of the source comes first",
    ),
];

/// A place in a request that takes one of some words.
struct Place {
    /// Names of fields from the outside in; `[]` is an entry of a list.
    steps: Vec<String>,
    words: BTreeSet<String>,
}

/// Every place with listed words in what a schema describes.
fn places(schema: &Value, root: &Value) -> Vec<Place> {
    fn visit(at: &Value, root: &Value, steps: &[String], open: &[&str], found: &mut Vec<Place>) {
        if let Some(target) = at["$ref"].as_str() {
            let inside = target.strip_prefix('#').and_then(|p| root.pointer(p));
            // A type within itself says nothing new.
            if let Some(inside) = inside.filter(|_| !open.contains(&target)) {
                visit(inside, root, steps, &[open, &[target]].concat(), found);
            }
            return;
        }
        if let Some(words) = at["enum"].as_array() {
            add(found, steps, words);
        }
        for several in ["oneOf", "anyOf", "allOf"] {
            for one in at[several].as_array().into_iter().flatten() {
                visit(one, root, steps, open, found);
            }
        }
        let deeper = |name: &str| [steps, &[name.to_string()]].concat();
        for (name, inner) in at["properties"].as_object().into_iter().flatten() {
            visit(inner, root, &deeper(name), open, found);
        }
        if at["items"].is_object() {
            visit(&at["items"], root, &deeper("[]"), open, found);
        }
    }
    let mut found = Vec::new();
    visit(schema, root, &[], &[], &mut found);
    found
}

/// Alternatives of one place, such as the kinds of a thing, are one list of words.
fn add(found: &mut Vec<Place>, steps: &[String], words: &[Value]) {
    let words = words.iter().filter_map(|w| Some(w.as_str()?.to_string()));
    if let Some(known) = found.iter_mut().find(|p| p.steps == steps) {
        known.words.extend(words);
    } else {
        found.push(Place {
            steps: steps.to_vec(),
            words: words.collect(),
        });
    }
}

/// A body with nothing but this word in this place.
fn body(steps: &[String], word: &str) -> Value {
    match steps.split_first() {
        None => json!(word),
        Some((first, rest)) if first == "[]" => json!([body(rest, word)]),
        Some((first, rest)) => json!({ first: body(rest, word) }),
    }
}

/// The words that a refusal lists: "unknown variant `x`, expected one of `a`, `b`".
fn listed(answer: &str) -> Option<BTreeSet<String>> {
    let (_, rest) = answer.split_once(&format!("unknown variant `{UNKNOWN}`, expected "))?;
    Some(
        rest.split('`')
            .skip(1)
            .step_by(2)
            .map(str::to_string)
            .collect(),
    )
}

fn address(operation: &Operation, world: &World) -> String {
    let unknown = uuid::Uuid::now_v7().to_string();
    let parts = operation.path.split('/').map(|part| match part {
        "{partnership}" => world.home.id.to_string(),
        "{format}" => "csv".to_string(),
        _ if part.starts_with('{') => unknown.clone(),
        _ => part.to_string(),
    });
    parts.collect::<Vec<_>>().join("/")
}

/// What the operation says to a word that it does not know.
fn refusal(callers: &[Client], operation: &Operation, path: &str, steps: &[String]) -> String {
    let mut last = String::new();
    for caller in callers {
        let answer = match steps.split_first() {
            Some((query, [])) if query.starts_with('?') => {
                caller.get(&format!("{path}{query}={UNKNOWN}"))
            }
            _ => caller
                .request(&operation.method, path)
                .header("If-Match", "\"1\"")
                .json(&body(steps, UNKNOWN))
                .send(),
        };
        last = format!("{} {}", answer.status, answer.text());
        if answer.status != 403 {
            break;
        }
    }
    last
}

#[test]
fn listed_words_are_those_that_are_taken() {
    let app = TestApp::start();
    let world = World::seed(&app);
    let callers = [Role::Staff, Role::Admin, Role::Leader].map(|role| world.home.api(&app, role));
    let root = document();
    let (mut wrong, mut compared) = (Vec::new(), 0);
    for operation in operations() {
        let mut all = places(
            &operation.spec["requestBody"]["content"]["application/json"]["schema"],
            &root,
        );
        for parameter in operation.spec["parameters"]
            .as_array()
            .into_iter()
            .flatten()
        {
            if parameter["in"] == "query" {
                let name = format!("?{}", parameter["name"].as_str().unwrap_or_default());
                all.extend(
                    places(&parameter["schema"], &root)
                        .into_iter()
                        .map(|p| Place {
                            steps: vec![name.clone()],
                            words: p.words,
                        }),
                );
            }
        }
        let path = address(&operation, &world);
        for place in all {
            let at = place.steps.join("/");
            if READ_LATER.iter().any(|(later, _)| *later == at) {
                continue;
            }
            compared += 1;
            let said = refusal(&callers, &operation, &path, &place.steps);
            if listed(&said).as_ref() != Some(&place.words) {
                wrong.push(format!(
                    "{} {at}: {:?}, but: {said}",
                    operation.name(),
                    place.words
                ));
            }
        }
    }
    assert!(compared > 50, "{compared} places only");
    assert!(
        wrong.is_empty(),
        "{} of {compared}:\n{}",
        wrong.len(),
        wrong.join("\n")
    );
}

#[test]
fn words_that_are_only_told_are_listed_as_they_are_sent() {
    let root = document();
    let listed = |name: &str| -> Vec<String> {
        let words = root["components"]["schemas"][name]["enum"].as_array();
        let words = words.unwrap_or_else(|| panic!("{name} lists no words"));
        words
            .iter()
            .map(|w| w.as_str().unwrap().to_string())
            .collect()
    };
    let told = |words: &[&str]| words.iter().map(ToString::to_string).collect::<Vec<_>>();
    let states: Vec<&str> = backbone_jobs::JobState::ALL
        .iter()
        .map(|s| s.as_str())
        .collect();
    assert_eq!(listed("JobState"), told(&states));
    let kinds: Vec<&str> = backbone_events::ActorKind::ALL
        .iter()
        .map(|s| s.as_str())
        .collect();
    assert_eq!(listed("ActorKind"), told(&kinds));
    // Two rooms may each have kinds; the description of the API keeps them apart.
    assert_eq!(
        listed("ContributionKind"),
        ["time", "talent", "treasure", "in_kind"]
    );
    assert_eq!(listed("CampaignKind"), ["story", "correction"]);
    let capital = |word: &String| word.chars().any(char::is_uppercase);
    for (name, schema) in root["components"]["schemas"].as_object().unwrap() {
        if schema["enum"].is_array() {
            assert!(
                !listed(name).iter().any(capital),
                "{name}: {:?}",
                listed(name)
            );
        }
    }
}
