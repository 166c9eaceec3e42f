//! Types of the API have names of their own: of two with one name, the description of the API would keep only one.

use std::collections::BTreeMap;

use crate::finding::Finding;
use crate::rust_source::{RustSource, has_word};
use crate::tree::{File, Tree};

pub fn check(tree: &Tree) -> Vec<Finding> {
    let mut first: BTreeMap<String, String> = BTreeMap::new();
    let mut findings = Vec::new();
    let files = tree
        .with_extension(&["rs"])
        .filter(|file| file.crate_folder().is_some() && !file.is_test());
    for file in files {
        for (line, name) in described(file) {
            let here = format!("{}:{line}", file.path);
            if let Some(there) = first.get(&name) {
                findings.push(Finding::error(
                    &file.path,
                    line,
                    format!("the API has another type named {name}, at {there}"),
                    "give one of them another name with #[schema(as = …)]",
                ));
            } else {
                first.insert(name, here);
            }
        }
    }
    findings
}

/// Line and name of every type with a description for the API: by a derive, or by a macro that derives one.
fn described(file: &File) -> Vec<(usize, String)> {
    let source = RustSource::parse(&file.text);
    let code = source.code.join("\n");
    let mut words = Words { code: &code, at: 0 };
    let (mut found, mut attributes, mut awaited) = (Vec::new(), String::new(), false);
    while let Some((at, word)) = words.next() {
        match word {
            "#" => attributes.push_str(words.group()),
            "pub" => drop(words.group_if("(")),
            "text_enum" | "id" if words.skip("!") && (words.skip("{") || words.skip("(")) => {
                awaited = true;
                attributes.clear();
            }
            "struct" | "enum" if has_word(&attributes, "ToSchema") => awaited = true,
            _ if awaited => {
                let line = code[..at].matches('\n').count();
                if word != "$" && !source.in_test[line] {
                    found.push((line + 1, renamed(&attributes).unwrap_or(word).to_owned()));
                }
                awaited = false;
                attributes.clear();
            }
            _ => attributes.clear(),
        }
    }
    found
}

/// The name in `schema(as = Name)`.
fn renamed(attributes: &str) -> Option<&str> {
    let (_, rest) = attributes.split_once("schema(as =")?;
    rest.split([',', ')']).next().map(str::trim)
}

/// Names and signs of blanked code, one after another.
struct Words<'a> {
    code: &'a str,
    at: usize,
}

impl<'a> Words<'a> {
    fn next(&mut self) -> Option<(usize, &'a str)> {
        let rest = &self.code[self.at..];
        let from = self.at + (rest.len() - rest.trim_start().len());
        let part = |c: char| c.is_alphanumeric() || c == '_';
        let rest = &self.code[from..];
        let first = rest.chars().next()?;
        let length = if part(first) {
            rest.find(|c| !part(c)).unwrap_or(rest.len())
        } else {
            first.len_utf8()
        };
        self.at = from + length;
        Some((from, &rest[..length]))
    }

    /// Passes `sign` when it comes next.
    fn skip(&mut self, sign: &str) -> bool {
        let before = self.at;
        let found = self.next().is_some_and(|(_, word)| word == sign);
        if !found {
            self.at = before;
        }
        found
    }

    /// Passes a group when it begins with `sign`.
    fn group_if(&mut self, sign: &str) -> &'a str {
        if self.code[self.at..].trim_start().starts_with(sign) {
            self.group()
        } else {
            ""
        }
    }

    /// What comes next between brackets, with them.
    fn group(&mut self) -> &'a str {
        let (from, mut depth) = (self.at, 0);
        while let Some((_, word)) = self.next() {
            match word {
                "[" | "(" => depth += 1,
                "]" | ")" => depth -= 1,
                _ => {}
            }
            if depth == 0 && word != "!" {
                break;
            }
        }
        &self.code[from..self.at]
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn names(text: &str) -> Vec<(usize, String)> {
        let tree = Tree::sample(&[("crates/a/src/api.rs", text)]);
        described(&tree.files[0])
    }

    #[test]
    fn described_types_are_found_with_the_name_that_they_have_in_the_api() {
        let text = "#![deny(unsafe_code)]\n\
            /// A thing, not enum Else.\n#[derive(Clone, ToSchema)]\n#[serde(deny_unknown_fields)]\npub struct Thing { kind: u8 }\n\
            #[derive(Clone)]\nstruct Inner;\n\
            #[derive(\n    utoipa::ToSchema\n)]\n#[schema(as = ThingChange, example = json!({\"a\": 1}))]\npub(crate) enum Change { Up, Down }\n\
            backbone_db::text_enum! {\n    /// Words.\n    #[schema(as = ThingKind)]\n    Kind { A = \"a\" }\n}\n\
            id!(\n    /// Of things.\n    ThingId\n);\n\
            #[cfg(test)]\nmod tests {\n    #[derive(ToSchema)]\n    struct Sample;\n}\n";
        let expected = [
            (5, "Thing"),
            (12, "ThingChange"),
            (16, "ThingKind"),
            (20, "ThingId"),
        ];
        assert_eq!(
            names(text),
            expected.map(|(line, name)| (line, name.to_string()))
        );
    }

    #[test]
    fn two_types_with_one_name_are_found() {
        let one = "#[derive(ToSchema)]\npub struct Kind;\n";
        let tree = Tree::sample(&[
            ("crates/a/src/api.rs", one),
            ("crates/b/src/kind.rs", "text_enum!(Kind { A = \"a\" });"),
            ("crates/c/src/tests.rs", one),
            (
                "crates/d/src/api.rs",
                "#[derive(ToSchema)]\n#[schema(as = OtherKind)]\npub struct Kind;\n",
            ),
        ]);
        let found = check(&tree);
        assert_eq!(found.len(), 1, "{found:?}");
        assert_eq!(
            (found[0].path.as_str(), found[0].line),
            ("crates/b/src/kind.rs", 1)
        );
    }
}
