//! Nothing half-done is left behind, and no lint is silenced for good.

use crate::finding::Finding;
use crate::rust_source::RustSource;
use crate::tree::{File, Tree};

/// Words in code (comments and strings aside), and what to do instead.
const IN_CODE: &[(&str, &str)] = &[
    ("todo!", "finish it"),
    ("unimplemented!", "finish it"),
    ("dbg!", "remove it, or log with tracing"),
    ("#[ignore", "make the test run, or remove it"),
    ("allow(dead_code)", "remove what is not used"),
    ("allow(unused", "remove what is not used"),
    (
        "allow(clippy::",
        "follow the lint, or use expect with a reason where it is wrong",
    ),
];
/// Words in comments and documents. Split, so that this file does not report itself.
const ANYWHERE: &[&str] = &[
    concat!("TO", "DO"),
    concat!("FIX", "ME"),
    concat!("XX", "X:"),
    concat!("HA", "CK:"),
];

pub fn check(tree: &Tree) -> Vec<Finding> {
    let mut findings = Vec::new();
    for file in &tree.files {
        match file.extension() {
            "rs" => {
                findings.extend(in_code(file));
                findings.extend(anywhere(file));
            }
            "hbs" | "html" | "css" | "js" | "mjs" | "sql" | "ftl" | "sh" | "py" | "toml"
            | "mjml"
                if !file.path.contains("/vendor/") =>
            {
                findings.extend(anywhere(file));
            }
            _ => {}
        }
    }
    findings
}

fn in_code(file: &File) -> Vec<Finding> {
    let source = RustSource::parse(&file.text);
    let mut findings = Vec::new();
    for (index, line) in source.code.iter().enumerate() {
        let found = IN_CODE
            .iter()
            .filter(|(word, _)| line.contains(word) && !line.contains("reason ="));
        findings.extend(
            found.map(|(word, advice)| Finding::error(&file.path, index + 1, *word, *advice)),
        );
    }
    findings
}

fn anywhere(file: &File) -> Vec<Finding> {
    let mut findings = Vec::new();
    for (index, line) in file.text.lines().enumerate() {
        if let Some(word) = ANYWHERE.iter().find(|word| line.contains(**word)) {
            findings.push(Finding::error(
                &file.path,
                index + 1,
                *word,
                "do it now, or write it down where work is planned",
            ));
        }
    }
    findings
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn reports_what_is_left_behind() {
        let text = format!(
            "fn f() {{\n    todo!()\n}}\n// {}: later\n#[allow(clippy::all)]\nfn g() {{}}\n",
            ANYWHERE[0]
        );
        let lines: Vec<usize> = check(&Tree::sample(&[("crates/a/src/a.rs", &text)]))
            .iter()
            .map(|f| f.line)
            .collect();
        assert_eq!(lines, [2, 5, 4]);
    }

    #[test]
    fn does_not_mind_the_words_in_strings() {
        assert_eq!(
            check(&Tree::sample(&[(
                "crates/a/src/a.rs",
                "const W: &str = \"todo!\"; // dbg!\n"
            )])),
            []
        );
    }
}
