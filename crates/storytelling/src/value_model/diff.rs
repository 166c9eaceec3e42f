//! What changed between two versions of a model. Pure.

use std::collections::BTreeMap;

use serde::Serialize;
use serde_json::Value;
use utoipa::ToSchema;

use super::content::Content;

/// One value that differs.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, ToSchema)]
#[schema(as = ValueModelChange)]
pub struct Change {
    /// The input or outcome it is about, by name; none for the model itself.
    pub subject: Option<String>,
    /// Path of the value within it: `deadweight.base`.
    pub field: String,
    /// What it was; none when it was not there.
    pub before: Option<String>,
    /// What it is; none when it is gone.
    pub after: Option<String>,
}

/// Every value that differs, the model's own first. Inputs and outcomes are matched by identifier, so moving one is no change.
pub fn diff(before: &Content, after: &Content) -> Vec<Change> {
    let (old, new) = (leaves(before), leaves(after));
    let mut keys: Vec<&(String, String)> = old.keys().chain(new.keys()).collect();
    keys.sort();
    keys.dedup();
    keys.into_iter()
        .filter(|key| old.get(*key) != new.get(*key))
        .map(|key| Change {
            subject: after
                .name_of(&key.0)
                .or_else(|| before.name_of(&key.0))
                .map(str::to_owned),
            field: key.1.clone(),
            before: old.get(key).cloned(),
            after: new.get(key).cloned(),
        })
        .collect()
}

/// Leaves by (identifier of input or outcome, path within).
fn leaves(content: &Content) -> BTreeMap<(String, String), String> {
    let mut found = BTreeMap::new();
    // A content has only text keys, so it always becomes an object.
    if let Ok(Value::Object(fields)) = serde_json::to_value(content) {
        for (name, value) in fields {
            match (name.as_str(), value) {
                ("inputs" | "outcomes", Value::Array(rows)) => {
                    for row in rows {
                        let id = row
                            .get("id")
                            .and_then(Value::as_str)
                            .unwrap_or("")
                            .to_owned();
                        walk(&mut found, &id, String::new(), &row);
                    }
                }
                (_, value) => walk(&mut found, "", name, &value),
            }
        }
    }
    found.retain(|(_, path), _| path != "id");
    found
}

fn walk(found: &mut BTreeMap<(String, String), String>, id: &str, path: String, value: &Value) {
    let below = |name: &str| match path.as_str() {
        "" => name.to_owned(),
        path => format!("{path}.{name}"),
    };
    match value {
        Value::Object(fields) => fields
            .iter()
            .for_each(|(name, value)| walk(found, id, below(name), value)),
        Value::Array(items) => items
            .iter()
            .enumerate()
            .for_each(|(i, value)| walk(found, id, below(&(i + 1).to_string()), value)),
        Value::Null => {}
        Value::String(text) if text.is_empty() => {}
        Value::String(text) => {
            found.insert((id.to_owned(), path), text.clone());
        }
        other => {
            found.insert((id.to_owned(), path), other.to_string());
        }
    }
}
