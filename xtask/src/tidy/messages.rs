//! The catalogues of all languages have the same messages, and every message that is asked for exists.

use crate::finding::Finding;
use crate::rust_source::RustSource;
use crate::tree::Tree;
use std::collections::{BTreeMap, BTreeSet};

const LANGUAGES: [&str; 2] = ["en", "nl"];
/// The crate whose catalogue all others may use.
const SHARED: &str = "crates/web";

/// A message: the line where it starts and the variables that it uses.
#[derive(Debug, Default)]
pub(super) struct Message {
    pub(super) line: usize,
    pub(super) variables: BTreeSet<String>,
}

pub(super) type Catalogue = BTreeMap<String, Message>;

pub fn check(tree: &Tree) -> Vec<Finding> {
    let mut findings = Vec::new();
    let mut known: BTreeMap<String, BTreeSet<String>> = BTreeMap::new();
    for folder in folders(tree) {
        let [en, nl] = LANGUAGES.map(|language| {
            let path = format!("{folder}/locales/{language}.ftl");
            let catalogue = tree.text(&path).map(parse);
            (path, catalogue.unwrap_or_default())
        });
        findings.extend(missing(&en, &nl));
        findings.extend(missing(&nl, &en));
        findings.extend(differing(&en, &nl));
        known.insert(folder, en.1.into_keys().chain(nl.1.into_keys()).collect());
    }
    findings.extend(unknown_keys(tree, &known));
    findings
}

fn folders(tree: &Tree) -> BTreeSet<String> {
    let catalogues = tree
        .files
        .iter()
        .filter_map(|file| file.path.split_once("/locales/"));
    catalogues.map(|(folder, _)| folder.to_owned()).collect()
}

/// Reads the messages of a Fluent file; an attribute counts as `message.attribute`, a term keeps its dash.
pub(super) fn parse(text: &str) -> Catalogue {
    let mut catalogue = Catalogue::new();
    let (mut message, mut current) = (String::new(), String::new());
    for (index, line) in text.lines().enumerate() {
        if line.starts_with('#') {
            continue;
        }
        if let Some((id, _)) = line
            .split_once('=')
            .filter(|_| line.starts_with(|c: char| c.is_ascii_alphabetic() || c == '-'))
        {
            message = id.trim().to_owned();
            current.clone_from(&message);
        } else if let Some((attribute, _)) = line
            .trim_start()
            .strip_prefix('.')
            .and_then(|rest| rest.split_once('='))
        {
            current = format!("{message}.{}", attribute.trim());
        }
        if current.is_empty() {
            continue;
        }
        let entry = catalogue.entry(current.clone()).or_insert_with(|| Message {
            line: index + 1,
            ..Message::default()
        });
        entry.variables.extend(variables(line));
    }
    catalogue
}

fn variables(line: &str) -> Vec<String> {
    let names = line.split('$').skip(1);
    names
        .map(|rest| {
            rest.chars()
                .take_while(|c| c.is_alphanumeric() || matches!(c, '_' | '-'))
                .collect()
        })
        .collect()
}

fn missing(from: &(String, Catalogue), other: &(String, Catalogue)) -> Vec<Finding> {
    let absent = from.1.iter().filter(|(key, _)| !other.1.contains_key(*key));
    absent
        .map(|(key, message)| {
            let what = format!("{key} has no counterpart in {}", other.0);
            Finding::error(
                &from.0,
                message.line,
                what,
                "translate it there, or remove it here",
            )
        })
        .collect()
}

fn differing(en: &(String, Catalogue), nl: &(String, Catalogue)) -> Vec<Finding> {
    let pairs =
        en.1.iter()
            .filter_map(|(key, message)| Some((key, message, nl.1.get(key)?)));
    let differing = pairs.filter(|(_, en, nl)| en.variables != nl.variables);
    differing
        .map(|(key, english, dutch)| {
            let what = format!(
                "{key} uses {:?} in English and {:?} in Dutch",
                english.variables, dutch.variables
            );
            Finding::error(
                &nl.0,
                dutch.line,
                what,
                "use the same variables in each language",
            )
        })
        .collect()
}

/// Keys that templates and code ask for and that neither their crate nor the shared catalogue has.
fn unknown_keys(tree: &Tree, known: &BTreeMap<String, BTreeSet<String>>) -> Vec<Finding> {
    let mut findings = Vec::new();
    for file in tree
        .with_extension(&["hbs", "html", "mjml", "rs"])
        .filter(|file| !file.is_test())
    {
        let Some(folder) = file.crate_folder() else {
            continue;
        };
        let has = |key: &str| {
            [folder, SHARED]
                .iter()
                .any(|place| known.get(*place).is_some_and(|keys| keys.contains(key)))
        };
        let asked = if file.extension() == "rs" {
            asked_in_rust(&file.text)
        } else {
            asked_in_template(&file.text)
        };
        for (line, key) in asked.into_iter().filter(|(_, key)| !has(key)) {
            let what = format!("the message {key} does not exist");
            findings.push(Finding::error(
                &file.path,
                line,
                what,
                format!("add it to {folder}/locales/en.ftl and nl.ftl"),
            ));
        }
    }
    findings
}

/// `{{t "key"}}` and `(t "key")`, and the same with `t_html`.
fn asked_in_template(text: &str) -> Vec<(usize, String)> {
    let mut asked = Vec::new();
    for (index, line) in text.lines().enumerate() {
        for call in [
            "{{t ",
            "{{~t ",
            "(t ",
            "{{t_html ",
            "{{{t_html ",
            "(t_html ",
        ] {
            asked.extend(
                line.split(call)
                    .skip(1)
                    .filter_map(quoted)
                    .map(|key| (index + 1, key)),
            );
        }
    }
    asked
}

/// `t("key"`, `.text(lang, "key"` and `.try_text(lang, "key"` outside tests and comments.
fn asked_in_rust(text: &str) -> Vec<(usize, String)> {
    let lines: Vec<&str> = text.lines().collect();
    let mut asked = Vec::new();
    for (number, code) in RustSource::parse(text).product_lines() {
        let line = lines.get(number - 1).copied().unwrap_or_default();
        for call in ["t(", ".text(", ".try_text("] {
            if !code.contains(call) {
                continue;
            }
            for (at, _) in line.match_indices(call) {
                let part_of_name = line[..at].ends_with(|c: char| c.is_alphanumeric() || c == '_');
                let arguments = &line[at + call.len()..];
                let first = if call == "t(" {
                    Some(arguments)
                } else {
                    after_language(arguments)
                };
                if let Some(key) = first
                    .filter(|_| call != "t(" || !part_of_name)
                    .and_then(quoted)
                {
                    asked.push((number, key));
                }
            }
        }
    }
    asked
}

/// What follows the first argument, when that is a plain path such as `Lang::En` or `self.lang()`.
fn after_language(arguments: &str) -> Option<&str> {
    let (language, rest) = arguments.split_once(", ")?;
    let plain = language
        .chars()
        .all(|c| c.is_alphanumeric() || matches!(c, '_' | ':' | '.' | '(' | ')'));
    plain.then_some(rest)
}

/// The quoted word at the start of `rest`, when it has the form of a key.
fn quoted(rest: &str) -> Option<String> {
    let quote = rest.chars().next().filter(|c| matches!(c, '"' | '\''))?;
    let (key, _) = rest[1..].split_once(quote)?;
    let well_formed = !key.is_empty()
        && key
            .chars()
            .all(|c| c.is_ascii_alphanumeric() || matches!(c, '-' | '_' | '.'));
    well_formed.then(|| key.to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn found(files: &[(&str, &str)]) -> Vec<String> {
        check(&Tree::sample(files))
            .into_iter()
            .map(|finding| format!("{}:{} {}", finding.path, finding.line, finding.what))
            .collect()
    }

    #[test]
    fn complete_catalogues_pass() {
        let files = [
            (
                "crates/web/locales/en.ftl",
                "# c = d\nhello = Hello { $name }\n    .title = T\nhours =\n    { $n ->\n        [one] hour\n       *[other] hours\n    }\n",
            ),
            (
                "crates/web/locales/nl.ftl",
                "hello = Dag { $name }\n    .title = T\nhours =\n    { $n ->\n        [one] uur\n       *[other] uur\n    }\n",
            ),
            (
                "crates/mail/templates/a.hbs",
                "{{t \"hello\" name=x}} {{#if (t 'hours')}}",
            ),
            (
                "crates/mail/src/a.rs",
                "fn f() { c.t(\"hello\"); assert(\"x\") }\n",
            ),
        ];
        assert_eq!(found(&files), Vec::<String>::new());
    }

    #[test]
    fn missing_different_and_unknown_messages_are_reported() {
        let files = [
            ("crates/web/locales/en.ftl", "a = A\nb = { $x }\n"),
            ("crates/web/locales/nl.ftl", "b = { $y }\nc = C\n"),
            ("crates/mail/templates/a.hbs", "\n{{t \"d\"}}"),
            (
                "crates/mail/src/a.rs",
                "fn f() { c.t(\"e\"); }\nfn g() { c.text(self.lang(), \"f\", &a) }\n",
            ),
        ];
        assert_eq!(
            found(&files),
            [
                "crates/web/locales/en.ftl:1 a has no counterpart in crates/web/locales/nl.ftl",
                "crates/web/locales/nl.ftl:2 c has no counterpart in crates/web/locales/en.ftl",
                "crates/web/locales/nl.ftl:1 b uses {\"x\"} in English and {\"y\"} in Dutch",
                "crates/mail/templates/a.hbs:2 the message d does not exist",
                "crates/mail/src/a.rs:1 the message e does not exist",
                "crates/mail/src/a.rs:2 the message f does not exist",
            ]
        );
    }
}
