//! Pages hold under a content security policy without inline scripts and styles.

use crate::finding::Finding;
use crate::template::{Piece, attributes, pieces};
use crate::tree::{File, Tree};

pub fn check(tree: &Tree) -> Vec<Finding> {
    tree.with_extension(&["hbs", "html"])
        .filter(|file| is_page(file))
        .flat_map(findings_in)
        .collect()
}

/// Mail is different: its readers support little besides inline styles, and no policy applies.
fn is_page(file: &File) -> bool {
    file.crate_folder().is_some()
        && !file.is_test()
        && !file.path.contains("/emails/")
        && !file.path.contains("/vendor/")
}

fn findings_in(file: &File) -> Vec<Finding> {
    let mut findings = Vec::new();
    for piece in pieces(&file.text) {
        let Piece::Tag(line, tag) = piece else {
            continue;
        };
        let attributes = attributes(&tag);
        let has = |name: &str| attributes.iter().any(|(found, _)| found == name);
        let name = tag.split_whitespace().next().unwrap_or("").to_lowercase();
        if name == "script"
            && !has("src")
            && !attributes
                .iter()
                .any(|(_, value)| value == "application/json")
        {
            findings.push(Finding::error(
                &file.path,
                line,
                "an inline script",
                "move it to a file among the assets",
            ));
        }
        if name == "style" {
            findings.push(Finding::error(
                &file.path,
                line,
                "an inline style sheet",
                "move it to a file among the assets",
            ));
        }
        if has("style") {
            findings.push(Finding::error(
                &file.path,
                line,
                "a style attribute",
                "use a class (or an SVG attribute)",
            ));
        }
        for (handler, _) in attributes.iter().filter(|(name, _)| is_handler(name)) {
            findings.push(Finding::error(
                &file.path,
                line,
                format!("the inline handler {handler}"),
                "listen in a script file",
            ));
        }
    }
    findings
}

fn is_handler(attribute: &str) -> bool {
    attribute
        .strip_prefix("on")
        .is_some_and(|event| !event.is_empty() && event.chars().all(char::is_alphabetic))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn reports_what_the_policy_would_block() {
        let page = "<p style=\"color:red\">\n<script>go()</script>\n<a onclick=\"go()\">\n<script src=\"/a.js\"></script>\n<script type=\"application/json\">{}</script>";
        let tree = Tree::sample(&[
            ("crates/web/templates/pages/a.hbs", page),
            ("crates/web/templates/emails/a.hbs", page),
        ]);
        let lines: Vec<usize> = check(&tree).iter().map(|finding| finding.line).collect();
        assert_eq!(lines, [1, 2, 3]);
    }
}
