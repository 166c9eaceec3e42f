//! The steps of a count in the reader's words. A step is data; here it meets its message, `step-<kind>`.

use std::collections::BTreeMap;

use backbone_tally::Step;
use backbone_web::Args;
use serde_json::{Value, json};

use crate::ballot::form::name;
use crate::proposal::Proposal;
use crate::view::Say;

/// Fields of steps that name options.
const OPTIONS: &[&str] = &[
    "option",
    "winner",
    "loser",
    "one",
    "other",
    "from",
    "median",
    "between",
    "ahead",
    "winners",
    "options",
    "withdrawn",
    "finalists",
    "through",
    "chain",
];

/// Every step: a sentence, and where there are numbers by option, rows or a table.
pub(crate) fn steps(say: &Say, x: &Proposal, tally: &backbone_tally::Tally) -> Vec<Value> {
    tally
        .steps
        .iter()
        .map(|s| step(say, x, s))
        .filter(|v| v["text"] != "")
        .collect()
}

fn step(say: &Say, x: &Proposal, step: &Step) -> Value {
    let Ok(Value::Object(fields)) = serde_json::to_value(step) else {
        return json!({"text": ""});
    };
    let kind = fields
        .get("kind")
        .and_then(Value::as_str)
        .unwrap_or_default()
        .replace('_', "-");
    let mut args: BTreeMap<String, String> = BTreeMap::new();
    for (field, value) in &fields {
        args.insert(field.clone(), text(say, x, field, value));
    }
    if let Some(rule) = fields.get("rule").and_then(Value::as_str) {
        args.insert("rule".into(), say.of("reading", rule));
    }
    if let Some(rule) = fields
        .get("by")
        .and_then(|b| b.get("rule"))
        .and_then(Value::as_str)
    {
        args.insert("by".into(), say.of("tie", rule));
    }
    if let Some(what) = fields.get("what").and_then(Value::as_str) {
        args.insert("what".into(), say.of("counted", what));
    }
    if let Some(pair) = fields.get("pair").and_then(Value::as_object) {
        for (field, value) in pair {
            args.insert(field.clone(), text(say, x, field, value));
        }
    }
    // What did not hold has a sentence of its own.
    let no = ["passes", "given", "counted"]
        .iter()
        .any(|f| fields.get(*f) == Some(&Value::Bool(false)));
    let empty = fields.get("winner").is_some_and(Value::is_null)
        || fields.get("winners").is_some_and(|w| w == &json!([]));
    let key = format!("step-{kind}{}", if no || empty { "-no" } else { "" });
    let known = say.catalogue.has(say.lang, &key);
    json!({
        "text": if known { sentence(say, &key, &args) } else { String::new() },
        "rows": rows(say, x, &fields), "table": table(say, x, &fields),
    })
}

fn sentence(say: &Say, key: &str, args: &BTreeMap<String, String>) -> String {
    let mut all = Args::new();
    for (name, value) in args {
        all.set(name.clone(), value.clone());
    }
    say.catalogue.text(say.lang, key, &all)
}

/// A field in words.
fn text(say: &Say, x: &Proposal, field: &str, value: &Value) -> String {
    match value {
        Value::String(key) if OPTIONS.contains(&field) => name(say, x, key),
        Value::Array(keys) if OPTIONS.contains(&field) => {
            let names = keys
                .iter()
                .filter_map(Value::as_str)
                .map(|k| name(say, x, k));
            names.collect::<Vec<_>>().join(", ")
        }
        Value::Object(part) if field == "threshold" => {
            let number = |of: &str| part.get(of).map(ToString::to_string).unwrap_or_default();
            format!("{}/{}", number("numerator"), number("denominator"))
        }
        Value::Object(count) if count.contains_key("option") => {
            let key = count
                .get("option")
                .and_then(Value::as_str)
                .unwrap_or_default();
            format!(
                "{} {}",
                name(say, x, key),
                plain(count.get("amount").unwrap_or(&Value::Null))
            )
        }
        other => plain(other),
    }
}

/// A number or a text as it is; amounts are texts or numbers.
fn plain(value: &Value) -> String {
    match value {
        Value::String(s) => s.clone(),
        Value::Number(n) => n.to_string(),
        _ => String::new(),
    }
}

fn rows(say: &Say, x: &Proposal, fields: &serde_json::Map<String, Value>) -> Vec<Value> {
    let counts = ["counts", "to", "keep"]
        .iter()
        .find_map(|f| fields.get(*f)?.as_array());
    counts
        .into_iter()
        .flatten()
        .map(|c| {
            let key = c["option"].as_str().unwrap_or_default();
            json!({"label": name(say, x, key), "amount": plain(&c["amount"])})
        })
        .collect()
}

fn table(say: &Say, x: &Proposal, fields: &serde_json::Map<String, Value>) -> Option<Value> {
    let table = fields.get("table")?.as_array()?;
    let options: Vec<String> = fields
        .get("options")?
        .as_array()?
        .iter()
        .filter_map(Value::as_str)
        .map(|k| name(say, x, k))
        .collect();
    let rows: Vec<Value> = table
        .iter()
        .zip(&options)
        .enumerate()
        .map(|(at, (row, label))| {
            let cells = row.as_array().into_iter().flatten().enumerate();
            let cells: Vec<String> = cells
                .map(|(to, v)| if at == to { "–".into() } else { plain(v) })
                .collect();
            json!({"label": label, "cells": cells})
        })
        .collect();
    Some(json!({"head": options, "rows": rows}))
}
