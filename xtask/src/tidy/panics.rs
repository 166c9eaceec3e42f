//! Product code does not panic, except where a comment shows that it cannot happen.

use crate::finding::Finding;
use crate::rust_source::RustSource;
use crate::tree::{File, Tree};

const PANICS: &[&str] = &[
    ".unwrap()",
    ".expect(",
    ".unwrap_err()",
    ".expect_err(",
    "panic!(",
    "unreachable!(",
];
/// Words by which a comment argues that a panic cannot happen.
const PROOF: &[&str] = &["cannot", "can not", "never", "always", "infallible"];
/// How far above the line its comment may stand, for chains of calls.
const REACH: usize = 6;

pub fn check(tree: &Tree) -> Vec<Finding> {
    let files = tree
        .with_extension(&["rs"])
        .filter(|file| !file.is_test() && file.crate_folder().is_some());
    files.flat_map(findings_in).collect()
}

fn findings_in(file: &File) -> Vec<Finding> {
    let source = RustSource::parse(&file.text);
    let lines: Vec<&str> = file.text.lines().collect();
    let mut findings = Vec::new();
    for (line, code) in source.product_lines() {
        if let Some(word) = PANICS
            .iter()
            .find(|word| code.contains(**word))
            .filter(|_| !proven(&lines, line))
        {
            findings.push(Finding::error(
                &file.path,
                line,
                format!(
                    "{} may end the request or the process",
                    word.trim_matches(['.', '('])
                ),
                "return an error, or say above it in a comment why it cannot fail",
            ));
        }
    }
    findings
}

/// Whether a comment on this line, or one shortly above in the same block of lines, argues that it cannot fail.
fn proven(lines: &[&str], line: usize) -> bool {
    let above = lines[..line].iter().rev().take(REACH + 1);
    above
        .take_while(|text| !text.trim().is_empty())
        .any(|text| {
            text.split_once("//").is_some_and(|(_, comment)| {
                let comment = comment.to_lowercase();
                PROOF.iter().any(|word| comment.contains(word))
            })
        })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn reports_a_panic_without_a_reason() {
        let text = "fn f() {\n    a().unwrap();\n\n    // A constant: it cannot fail.\n    b()\n        .expect(\"constant\");\n}\n";
        let findings = check(&Tree::sample(&[("crates/a/src/a.rs", text)]));
        assert_eq!(
            findings
                .iter()
                .map(|finding| finding.line)
                .collect::<Vec<_>>(),
            [2]
        );
    }

    #[test]
    fn leaves_tests_and_other_words_alone() {
        let text = "fn f() { a().unwrap_or_default(); \"x.unwrap()\"; }\n#[cfg(test)]\nmod tests {\n    fn t() { a().unwrap(); }\n}\n";
        assert_eq!(
            check(&Tree::sample(&[
                ("crates/a/src/a.rs", text),
                ("tests/src/b.rs", "fn f() { a().unwrap() }")
            ])),
            []
        );
    }
}
