//! Pages, sheets and scripts ask nothing of another host.

use crate::finding::Finding;
use crate::tree::{File, Tree};

/// Names of formats that look like addresses; nothing is requested from them.
const NAMESPACES: &[&str] = &["http://www.w3.org/", "https://www.w3.org/"];

pub fn check(tree: &Tree) -> Vec<Finding> {
    let files = tree.with_extension(&["hbs", "html", "mjml", "css", "js", "svg"]);
    let ours =
        files.filter(|file| file.crate_folder().is_some() && !file.is_test() && !is_sample(file));
    ours.flat_map(findings_in).collect()
}

/// Samples show addresses as text; nobody is served them.
fn is_sample(file: &File) -> bool {
    file.path.contains("/samples/") || file.path == "crates/web/templates/components.hbs"
}

fn findings_in(file: &File) -> Vec<Finding> {
    let mut findings = Vec::new();
    for (index, line) in file.text.lines().enumerate() {
        if asks_elsewhere(file, line) {
            findings.push(Finding::error(
                &file.path,
                index + 1,
                "an address of another host",
                "serve it ourselves, or build the address from the configured base URL",
            ));
        }
    }
    findings
}

fn asks_elsewhere(file: &File, line: &str) -> bool {
    let mut rest = line.to_owned();
    for namespace in NAMESPACES {
        rest = rest.replace(namespace, "");
    }
    let addressed = [
        "http://", "https://", "=\"//", "url(//", "url(\"//", "url('//",
    ]
    .iter()
    .any(|start| rest.contains(start));
    // What others wrote may name its home in a comment; only what makes a browser ask counts there.
    if file.path.contains("/vendor/") {
        return file.extension() == "css"
            && addressed
            && (rest.contains("url(") || rest.contains("@import"));
    }
    addressed
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn reports_other_hosts_but_not_namespaces() {
        let tree = Tree::sample(&[
            (
                "crates/web/templates/a.hbs",
                "<svg xmlns=\"http://www.w3.org/2000/svg\">\n<script src=\"https://cdn.example/x.js\"></script>\n",
            ),
            (
                "crates/web/assets/a.css",
                "a { background: url(//fonts.example/x.woff) }\n",
            ),
            (
                "crates/web/assets/vendor/b.js",
                "/*! https://b.example */\n",
            ),
        ]);
        let found: Vec<(String, usize)> =
            check(&tree).into_iter().map(|f| (f.path, f.line)).collect();
        assert_eq!(
            found,
            [
                ("crates/web/templates/a.hbs".to_owned(), 2),
                ("crates/web/assets/a.css".to_owned(), 1)
            ]
        );
    }
}
