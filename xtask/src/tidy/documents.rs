//! Links between documents lead somewhere, and the changelog has a place for what is new.

use crate::finding::Finding;
use crate::tree::{File, Tree};

pub fn check(tree: &Tree) -> Vec<Finding> {
    let mut findings: Vec<Finding> = tree
        .with_extension(&["md"])
        .flat_map(|file| broken_links(tree, file))
        .collect();
    let open = tree
        .text("CHANGELOG.md")
        .is_some_and(|text| text.lines().any(|line| line.trim() == "## [Unreleased]"));
    if !open {
        findings.push(Finding::error(
            "CHANGELOG.md",
            0,
            "has no section Unreleased",
            "add `## [Unreleased]` at its top",
        ));
    }
    findings
}

fn broken_links(tree: &Tree, file: &File) -> Vec<Finding> {
    let mut findings = Vec::new();
    for (line, link) in links(&file.text) {
        if link.contains("://") || link.starts_with("mailto:") {
            continue;
        }
        let (path, anchor) = link
            .split_once('#')
            .map_or((link.as_str(), None), |(path, anchor)| (path, Some(anchor)));
        let target = if path.is_empty() {
            Some(file.path.clone())
        } else {
            resolve(&file.path, path)
        };
        let Some(target) = target.filter(|target| target.is_empty() || tree.paths.contains(target))
        else {
            findings.push(Finding::error(
                &file.path,
                line,
                format!("the link {link} leads nowhere"),
                "correct or remove it",
            ));
            continue;
        };
        let headings = tree.text(&target).filter(|_| target.ends_with(".md"));
        if let (Some(anchor), Some(text)) = (anchor, headings)
            && !anchors(text).iter().any(|known| known == anchor)
        {
            let what = format!("{target} has no heading #{anchor}");
            findings.push(Finding::error(
                &file.path,
                line,
                what,
                "correct the part after the #",
            ));
        }
    }
    findings
}

/// Targets of `[text](target)`, of images too, outside code.
fn links(text: &str) -> Vec<(usize, String)> {
    let mut found = Vec::new();
    let mut fenced = false;
    for (index, line) in text.lines().enumerate() {
        if line.trim_start().starts_with("```") {
            fenced = !fenced;
        }
        if fenced || line.starts_with("    ") {
            continue;
        }
        let outside_code: String = line.split('`').step_by(2).collect::<Vec<_>>().join("`");
        for rest in outside_code.split("](").skip(1) {
            if let Some((target, _)) = rest.split_once(')') {
                let target = target.split(" \"").next().unwrap_or(target);
                found.push((index + 1, target.trim_matches(['<', '>']).to_owned()));
            }
        }
    }
    found
}

/// A relative path seen from a file; nothing when it leaves the project.
fn resolve(from: &str, path: &str) -> Option<String> {
    let mut parts: Vec<&str> = from.split('/').collect();
    parts.pop();
    for part in path.split('/') {
        match part {
            "" | "." => {}
            ".." => {
                parts.pop()?;
            }
            name => parts.push(name),
        }
    }
    Some(parts.join("/"))
}

/// The anchors that headings get on the usual code hosts.
fn anchors(text: &str) -> Vec<String> {
    let headings = text.lines().filter(|line| line.starts_with('#'));
    headings
        .map(|line| {
            let title = line.trim_start_matches('#').trim().to_lowercase();
            let kept = title
                .chars()
                .filter(|c| c.is_alphanumeric() || matches!(c, ' ' | '-' | '_'));
            kept.map(|c| if c == ' ' { '-' } else { c }).collect()
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    const CHANGELOG: (&str, &str) = ("CHANGELOG.md", "## [Unreleased]\n");

    #[test]
    fn links_that_resolve_pass() {
        let guide = "[up](../README.md#two-words) [folder](..) [web](https://example.org) [here](#a-b)\n\n# A b\n`[x](y)`\n";
        let tree = Tree::sample(&[
            CHANGELOG,
            ("README.md", "# Two words!\n"),
            ("docs/guide.md", guide),
        ]);
        assert_eq!(check(&tree), []);
    }

    #[test]
    fn broken_links_and_a_closed_changelog_are_reported() {
        let tree = Tree::sample(&[
            ("CHANGELOG.md", "## [1.0.0]\n"),
            (
                "docs/a.md",
                "[x](missing.md)\n![y](../../outside.png)\n[z](a.md#nothing)\n",
            ),
        ]);
        let found: Vec<(String, usize)> =
            check(&tree).into_iter().map(|f| (f.path, f.line)).collect();
        let in_a = |line| ("docs/a.md".to_owned(), line);
        assert_eq!(
            found,
            [in_a(1), in_a(2), in_a(3), ("CHANGELOG.md".to_owned(), 0)]
        );
    }
}
