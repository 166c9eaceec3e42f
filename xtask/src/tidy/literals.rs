//! A template holds no text of its own: what people read comes from the catalogue, in each language.

use crate::finding::Finding;
use crate::template::{Piece, attributes, expressions, pieces};
use crate::tree::{File, Tree};

/// Attributes that people read or hear.
const READ: &[&str] = &[
    "alt",
    "aria-label",
    "aria-description",
    "placeholder",
    "title",
    "content",
];
/// Arguments of components that people read or hear.
const READ_ARGUMENTS: &[&str] = &[
    "alt",
    "caption",
    "heading",
    "hint",
    "label",
    "label_full",
    "lead",
    "message",
    "note",
    "placeholder",
    "summary",
    "text",
    "title",
    "unit",
];
/// Names that are the same in every language.
const NAMES: &[&str] = &[
    "Backbone",
    "CSV",
    "XLSX",
    "JSON",
    "PDF",
    "API",
    "English",
    "Nederlands",
];

/// The living page of all components shows samples, not the product; nobody but its developers opens it.
const SAMPLES: &str = "crates/web/templates/components.hbs";

pub fn check(tree: &Tree) -> Vec<Finding> {
    let templates = tree
        .with_extension(&["hbs", "html", "mjml"])
        .filter(|file| is_template(file) && file.path != SAMPLES);
    templates.flat_map(findings_in).collect()
}

/// A template that exists once in each language (`…/en/…`, `…/nl/…`) is text itself.
fn is_template(file: &File) -> bool {
    file.path.contains("/templates/")
        && !file.is_test()
        && !["/en/", "/nl/"].iter().any(|part| file.path.contains(part))
}

fn findings_in(file: &File) -> Vec<Finding> {
    let mut findings = Vec::new();
    for piece in pieces(&file.text) {
        match piece {
            Piece::Text(line, text) => {
                let offset = text.len() - text.trim_start().len();
                let line = line + text[..offset].matches('\n').count();
                findings.extend(finding(file, line, &text));
            }
            Piece::Tag(line, tag) => {
                // `content` is read in <meta name="description">; elsewhere it is for machines.
                let read = attributes(&tag).into_iter().filter(|(name, _)| {
                    READ.contains(&name.as_str())
                        && (name != "content" || tag.contains("description"))
                });
                findings.extend(read.filter_map(|(_, value)| finding(file, line, &value)));
            }
        }
    }
    for (line, expression) in expressions(&file.text) {
        let arguments = attributes(&expression).into_iter();
        let read = arguments.filter(|(name, _)| READ_ARGUMENTS.contains(&name.as_str()));
        // `label=(t "key")` and `label=name` are looked up; only a quoted value is text.
        let quoted =
            read.filter(|(name, value)| expression.contains(&format!("{name}=\"{value}\"")));
        findings.extend(quoted.filter_map(|(_, value)| finding(file, line, &value)));
    }
    findings
}

fn finding(file: &File, line: usize, text: &str) -> Option<Finding> {
    let literal = literal(text)?;
    let advice = "move it to the catalogue and write {{t \"its-key\"}}";
    Some(Finding::error(
        &file.path,
        line,
        format!("the text “{literal}”"),
        advice,
    ))
}

/// The words that people would read, if there are any.
fn literal(text: &str) -> Option<String> {
    let words = text.split_whitespace().filter(|word| {
        let entity = word.starts_with('&') && word.ends_with(';');
        let letters = word.chars().filter(|c| c.is_alphabetic()).count();
        letters >= 2 && !entity && !NAMES.contains(&word.trim_matches(|c: char| !c.is_alphabetic()))
    });
    let words: Vec<&str> = words.take(6).collect();
    (!words.is_empty()).then(|| words.join(" "))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn reports_text_and_readable_attributes() {
        let page = "<h1>{{t \"home\"}}</h1>\n<p>\n  Hello there</p>\n<img alt=\"A chart\">\n<b>Backbone &nbsp; {{name}} · 12 %</b>\n<meta name=\"viewport\" content=\"width=device-width\">\n{{> button label=\"Save it\" kind=\"primary\"}}{{> button label=(t \"save\") title=name}}";
        let tree = Tree::sample(&[
            ("crates/web/templates/pages/a.hbs", page),
            ("crates/web/templates/stories/nl/a.hbs", page),
        ]);
        let lines: Vec<usize> = check(&tree).iter().map(|finding| finding.line).collect();
        assert_eq!(lines, [3, 4, 7]);
    }
}
