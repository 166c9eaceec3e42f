//! The project says nothing about the machine that it was written on.

use crate::finding::Finding;
use crate::tree::Tree;

/// Beginnings of absolute paths that exist on one machine only. Split, so that this file does not report itself.
const PATHS: &[&str] = &[
    concat!("/ho", "me/"),
    concat!("/Use", "rs/"),
    concat!("/ro", "ot/"),
    concat!("/wo", "rk/"),
    concat!("/tmp/", "wt"),
    concat!("C:", "\\Users"),
];

pub fn check(tree: &Tree) -> Vec<Finding> {
    let mut findings = Vec::new();
    for file in tree
        .files
        .iter()
        .filter(|file| !file.path.contains("/vendor/") && file.name() != "Cargo.lock")
    {
        for (index, line) in file.text.lines().enumerate() {
            if let Some(path) = PATHS.iter().find(|path| starts_a_path(line, path)) {
                findings.push(Finding::error(
                    &file.path,
                    index + 1,
                    format!("{path}… is a path of one machine"),
                    "make it relative to the repository, or configurable",
                ));
            }
        }
    }
    findings
}

/// Whether the path begins here and is not the middle of a longer one (or of an address).
fn starts_a_path(line: &str, path: &str) -> bool {
    line.match_indices(path).any(|(at, _)| {
        !line[..at].ends_with(|before: char| before.is_alphanumeric() || "_-.}/".contains(before))
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn reports_a_machine_path_but_no_address() {
        let text = format!("cd {}me/x\nhttps://example.org{}me/\n", PATHS[0], PATHS[0]);
        let findings = check(&Tree::sample(&[("docs/a.md", &text)]));
        assert_eq!(
            findings
                .iter()
                .map(|finding| finding.line)
                .collect::<Vec<_>>(),
            [1]
        );
    }
}
