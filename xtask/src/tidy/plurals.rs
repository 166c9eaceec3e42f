//! A count is followed by its noun in the right number: `{ $n } things` outside of a selection reads "1 things".

use crate::finding::Finding;
use crate::tree::Tree;

/// Variables that count something and may be one. Limits such as `max` are not among them: nothing is limited to one.
const COUNTS: [&str; 7] = ["n", "count", "days", "hours", "years", "rows", "total"];
/// Words that look like a plural and are none.
const SINGULAR: [&str; 12] = [
    "is", "was", "has", "as", "us", "this", "en", "een", "kunnen", "moeten", "hebben", "worden",
];

pub fn check(tree: &Tree) -> Vec<Finding> {
    let mut findings = Vec::new();
    for file in tree.with_extension(&["ftl"]) {
        for (line, what) in unselected(&file.text) {
            findings.push(Finding::error(
                &file.path,
                line,
                format!("“{what}” is wrong when there is one"),
                "select by the count: { $n -> [one] … *[other] … }",
            ));
        }
    }
    findings
}

/// Counts before a plural noun that no selection surrounds: line, and what stands there.
fn unselected(text: &str) -> Vec<(usize, String)> {
    let mut found = Vec::new();
    let mut depth = 0usize;
    for (index, line) in text.lines().enumerate() {
        if line.starts_with('#') {
            continue;
        }
        if depth == 0 {
            found.extend(counted(line).map(|what| (index + 1, what)));
        }
        depth += line.matches("->").count();
        if depth > 0 && line.trim_start().starts_with('}') {
            depth -= 1;
        }
    }
    found
}

fn counted(line: &str) -> impl Iterator<Item = String> {
    line.match_indices("{ $").filter_map(|(at, _)| {
        let (name, rest) = line[at + 3..].split_once(" }")?;
        let noun: String = rest
            .strip_prefix([' ', '\u{a0}'])?
            .chars()
            .take_while(|c| c.is_alphabetic())
            .collect();
        (COUNTS.contains(&name) && is_plural(&noun)).then(|| format!("{{ ${name} }} {noun}"))
    })
}

fn is_plural(noun: &str) -> bool {
    noun.len() > 1 && !SINGULAR.contains(&noun) && (noun.ends_with('s') || noun.ends_with("en"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_count_before_a_plural_noun_is_selected() {
        for (text, expected) in [
            ("a = { $n } things stop it.", vec![1]),
            ("a = { $count } dingen", vec![1]),
            ("a = At most { $max } characters.", vec![]),
            ("a = { $n } is enough, { $n } s", vec![]),
            (
                "a = { $n ->\n    [one] One thing\n   *[other] { $n } things\n }\nb = { $n } rows",
                vec![5],
            ),
            ("# { $n } things\na = { $name } asks", vec![]),
        ] {
            let lines: Vec<usize> = unselected(text).into_iter().map(|(line, _)| line).collect();
            assert_eq!(lines, expected, "{text}");
        }
    }
}
