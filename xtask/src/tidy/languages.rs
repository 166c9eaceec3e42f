//! Languages besides English and Dutch, one file each in `locales/`: they may say less than English, and are then shown in English,
//! but nothing that English does not say.

use super::messages::{Catalogue, parse};
use crate::finding::Finding;
use crate::tree::Tree;

/// What a language says about itself.
const ABOUT: &[&str] = &[
    "language-name",
    "language-direction",
    "language-group-mark",
    "language-decimal-mark",
];

pub fn check(tree: &Tree) -> Vec<Finding> {
    let english = english(tree);
    let mut findings = Vec::new();
    for file in &tree.files {
        let added = file
            .path
            .strip_prefix("locales/")
            .is_some_and(|name| name.ends_with(".ftl") && !name.contains('/'));
        if added {
            findings.extend(compare(&file.path, &english, &parse(&file.text)));
        }
    }
    findings
}

/// The English messages of all crates together.
fn english(tree: &Tree) -> Catalogue {
    let mut all = Catalogue::new();
    for file in &tree.files {
        if file.path.starts_with("crates/") && file.path.ends_with("/locales/en.ftl") {
            all.extend(parse(&file.text));
        }
    }
    all
}

fn compare(path: &str, english: &Catalogue, said: &Catalogue) -> Vec<Finding> {
    let mut findings = Vec::new();
    let mut translated = 0;
    if !said.contains_key("language-name") {
        findings.push(Finding::error(
            path,
            1,
            "the language does not say its name",
            "add language-name, its name in itself",
        ));
    }
    for (key, message) in said {
        match english.get(key) {
            Some(there) if message.variables.is_subset(&there.variables) => translated += 1,
            Some(_) => findings.push(Finding::error(
                path,
                message.line,
                format!("{key} asks for a variable that the English message does not have"),
                "use the variables of the English message only",
            )),
            None if ABOUT.contains(&key.as_str()) => {}
            None => findings.push(Finding::error(
                path,
                message.line,
                format!("{key} is not a message"),
                "remove it, or correct its name",
            )),
        }
    }
    if translated < english.len() {
        let percent = translated * 100 / english.len();
        findings.push(Finding::warning(
            path,
            1,
            format!(
                "{percent} % translated: {translated} of {} messages",
                english.len()
            ),
            "`backbone language check` lists what is missing; it is shown in English",
        ));
    }
    findings
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::finding::Level;

    #[test]
    fn coverage_is_told_and_what_english_does_not_say_is_an_error() {
        let english = parse("a = { $x } things\nb = B\nc = C\n");
        let of = |text: &str| {
            let found = compare("locales/de.ftl", &english, &parse(text));
            let errors = found.iter().filter(|f| f.level == Level::Error);
            let errors: Vec<String> = errors.map(|f| f.what.clone()).collect();
            let warned = found.iter().find(|f| f.level == Level::Warning);
            (errors, warned.map(|f| f.what.clone()).unwrap_or_default())
        };
        let whole = "language-name = Deutsch\na = { $x }\nb = B\nc = C\n";
        assert_eq!(of(whole), (Vec::new(), String::new()));
        let (errors, warned) = of("language-name = Deutsch\nb = B\n");
        assert!(errors.is_empty(), "{errors:?}");
        assert_eq!(warned, "33 % translated: 1 of 3 messages");
        let (errors, _) = of("a = { $y }\nz = Z\n");
        assert_eq!(errors.len(), 3, "{errors:?}");
    }
}
