//! Which licences and crates may enter, read from deny.toml and checked without a network.

use crate::finding::Finding;
use crate::tree::Tree;
use std::path::Path;
use std::process::Command;

/// What `cargo metadata` says that the checks need.
#[derive(Debug, Default)]
pub struct Metadata {
    /// Name, version and licence expression of every crate in the graph that is not ours.
    pub packages: Vec<(String, String, String)>,
    /// Names of our own crates, without the prefix `backbone-`.
    pub members: Vec<String>,
    /// Dependencies among our own crates: from, to.
    pub edges: Vec<(String, String)>,
}

/// Asks cargo for the graph of crates.
///
/// # Errors
/// When cargo fails or its answer cannot be read.
pub fn metadata(root: &Path) -> Result<Metadata, String> {
    let cargo = std::env::var("CARGO").unwrap_or_else(|_| "cargo".to_owned());
    let output = Command::new(cargo)
        .args(["metadata", "--format-version", "1", "--quiet"])
        .current_dir(root)
        .output()
        .map_err(|error| format!("cannot run cargo metadata: {error}"))?;
    if !output.status.success() {
        return Err(String::from_utf8_lossy(&output.stderr).into_owned());
    }
    let json: serde_json::Value = serde_json::from_slice(&output.stdout)
        .map_err(|error| format!("cargo metadata is not JSON: {error}"))?;
    Ok(shape(&json))
}

fn shape(json: &serde_json::Value) -> Metadata {
    let mut metadata = Metadata::default();
    let none = Vec::new();
    let text = |value: &serde_json::Value| value.as_str().unwrap_or_default().to_owned();
    let short = |name: String| name.strip_prefix("backbone-").unwrap_or(&name).to_owned();
    for package in json["packages"].as_array().unwrap_or(&none) {
        let name = text(&package["name"]);
        if package["source"].is_string() {
            metadata
                .packages
                .push((name, text(&package["version"]), text(&package["license"])));
            continue;
        }
        let from = short(name);
        for dependency in package["dependencies"].as_array().unwrap_or(&none) {
            if dependency["path"].is_string() {
                metadata
                    .edges
                    .push((from.clone(), short(text(&dependency["name"]))));
            }
        }
        metadata.members.push(from);
    }
    metadata
}

/// The part of deny.toml that is checked here.
#[derive(Debug, Default)]
struct Rules {
    allowed: Vec<String>,
    exceptions: Vec<(String, Vec<String>)>,
    banned: Vec<(String, String)>,
}

pub fn check(tree: &Tree, metadata: &Metadata) -> Vec<Finding> {
    let rules = match tree.text("deny.toml").map(read_rules) {
        Some(Ok(rules)) => rules,
        Some(Err(error)) => return vec![Finding::error("deny.toml", 0, error, "correct it")],
        None => {
            return vec![Finding::error(
                "deny.toml",
                0,
                "missing",
                "list the licences that may enter",
            )];
        }
    };
    let mut findings = Vec::new();
    for (name, version, licence) in &metadata.packages {
        let exception = rules
            .exceptions
            .iter()
            .find(|(excepted, _)| excepted == name);
        let allowed = |id: &str| {
            rules.allowed.iter().any(|known| known == id)
                || exception.is_some_and(|(_, also)| also.iter().any(|known| known == id))
        };
        if !satisfied(licence, &allowed) {
            let what =
                format!("{name} {version} is licensed “{licence}”, which deny.toml does not allow");
            findings.push(Finding::error("Cargo.lock", 0, what, "use another crate"));
        }
        if let Some((_, reason)) = rules.banned.iter().find(|(banned, _)| banned == name) {
            let what = format!("{name} {version} is banned ({reason})");
            findings.push(Finding::error(
                "Cargo.lock",
                0,
                what,
                "switch off the feature that pulls it: cargo tree -i",
            ));
        }
    }
    findings
}

fn read_rules(text: &str) -> Result<Rules, String> {
    let table: toml::Table = text.parse().map_err(|error| format!("not TOML: {error}"))?;
    let list = |section: &str, name: &str| -> Vec<toml::Value> {
        let value = table.get(section).and_then(|section| section.get(name));
        value
            .and_then(toml::Value::as_array)
            .cloned()
            .unwrap_or_default()
    };
    let text_of = |value: Option<&toml::Value>| {
        value
            .and_then(toml::Value::as_str)
            .unwrap_or_default()
            .to_owned()
    };
    let words = |values: &[toml::Value]| -> Vec<String> {
        values.iter().map(|value| text_of(Some(value))).collect()
    };
    let rules = Rules {
        allowed: words(&list("licenses", "allow")),
        exceptions: list("licenses", "exceptions")
            .iter()
            .map(|entry| {
                let also = entry
                    .get("allow")
                    .and_then(toml::Value::as_array)
                    .map(|values| words(values));
                (text_of(entry.get("crate")), also.unwrap_or_default())
            })
            .collect(),
        banned: list("bans", "deny")
            .iter()
            .map(|entry| (text_of(entry.get("crate")), text_of(entry.get("reason"))))
            .collect(),
    };
    if rules.allowed.is_empty() {
        Err("licenses.allow is empty".to_owned())
    } else {
        Ok(rules)
    }
}

/// Whether an SPDX expression can be met with allowed licences. The old form `MIT/Apache-2.0` means OR.
fn satisfied(expression: &str, allowed: &dyn Fn(&str) -> bool) -> bool {
    let spaced = expression
        .replace('(', " ( ")
        .replace(')', " ) ")
        .replace('/', " OR ");
    let words: Vec<&str> = spaced.split_whitespace().collect();
    let mut at = 0;
    let met = any_of(&words, &mut at, allowed);
    met && at == words.len()
}

fn any_of(words: &[&str], at: &mut usize, allowed: &dyn Fn(&str) -> bool) -> bool {
    let mut met = all_of(words, at, allowed);
    while words.get(*at) == Some(&"OR") {
        *at += 1;
        met |= all_of(words, at, allowed);
    }
    met
}

fn all_of(words: &[&str], at: &mut usize, allowed: &dyn Fn(&str) -> bool) -> bool {
    let mut met = single(words, at, allowed);
    while words.get(*at) == Some(&"AND") {
        *at += 1;
        met &= single(words, at, allowed);
    }
    met
}

fn single(words: &[&str], at: &mut usize, allowed: &dyn Fn(&str) -> bool) -> bool {
    let Some(word) = words.get(*at) else {
        return false;
    };
    *at += 1;
    if *word == "(" {
        let met = any_of(words, at, allowed);
        *at += 1; // the closing parenthesis
        return met;
    }
    if words.get(*at) == Some(&"WITH") && *at + 1 < words.len() {
        let id = format!("{word} WITH {}", words[*at + 1]);
        *at += 2;
        return allowed(&id);
    }
    allowed(word)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn expressions_are_met_or_not() {
        let allowed =
            |id: &str| ["MIT", "Unicode-3.0", "Apache-2.0 WITH LLVM-exception"].contains(&id);
        let cases = [
            ("MIT", true),
            ("MIT/Apache-2.0", true),
            ("GPL-3.0 OR MIT", true),
            ("MIT AND GPL-3.0", false),
            ("(MIT OR Apache-2.0) AND Unicode-3.0", true),
            ("(GPL-3.0 OR Apache-2.0) AND Unicode-3.0", false),
            ("Apache-2.0 WITH LLVM-exception OR GPL-2.0", true),
            ("", false),
            ("MIT MIT", false),
        ];
        for (expression, expected) in cases {
            assert_eq!(satisfied(expression, &allowed), expected, "{expression}");
        }
    }

    #[test]
    fn reports_foreign_licences_and_banned_crates() {
        let deny = "[licenses]\nallow = [\"MIT\"]\nexceptions = [{ crate = \"css\", allow = [\"MPL-2.0\"] }]\n[bans]\ndeny = [{ crate = \"openssl-sys\", reason = \"rustls\" }]\n";
        let package =
            |name: &str, licence: &str| (name.to_owned(), "1.0.0".to_owned(), licence.to_owned());
        let metadata = Metadata {
            packages: vec![
                package("good", "MIT"),
                package("css", "MPL-2.0"),
                package("other", "MPL-2.0"),
                package("openssl-sys", "MIT"),
            ],
            ..Metadata::default()
        };
        let found: Vec<String> = check(&Tree::sample(&[("deny.toml", deny)]), &metadata)
            .into_iter()
            .map(|f| f.what)
            .collect();
        assert_eq!(
            found,
            [
                "other 1.0.0 is licensed “MPL-2.0”, which deny.toml does not allow",
                "openssl-sys 1.0.0 is banned (rustls)",
            ]
        );
    }

    #[test]
    fn reads_our_own_crates_from_the_metadata() {
        let json = serde_json::json!({ "packages": [
            { "name": "backbone-web", "source": null, "dependencies": [{ "name": "backbone-db", "path": "p" }, { "name": "serde" }] },
            { "name": "serde", "version": "1.0.0", "license": "MIT", "source": "registry", "dependencies": [] },
        ] });
        let metadata = shape(&json);
        assert_eq!(metadata.edges, [("web".to_owned(), "db".to_owned())]);
        assert_eq!(metadata.packages.len(), 1);
    }
}
