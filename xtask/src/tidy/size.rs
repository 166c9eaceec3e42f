//! Files stop at 600 lines; functions that leave the screen are worth a thought.

use crate::finding::Finding;
use crate::rust_source::{RustSource, has_word, item_end};
use crate::tree::{File, Tree};

const FILE_LIMIT: usize = 600;
const FILE_THOUGHT: usize = 300;
const FUNCTION_THOUGHT: usize = 60;

pub fn check(tree: &Tree) -> Vec<Finding> {
    let mut findings = Vec::new();
    for file in tree.with_extension(&["rs", "mjs", "css", "js"]) {
        if file.name() == "schema.rs" || file.path.contains("/vendor/") {
            continue;
        }
        let lines = file.text.lines().count();
        if lines > FILE_LIMIT {
            let what = format!("{lines} lines, the limit is {FILE_LIMIT}");
            findings.push(Finding::error(
                &file.path,
                0,
                what,
                "split it along a seam: one verb, one type or one page a file",
            ));
        } else if lines > FILE_THOUGHT && !file.is_test() {
            let what = format!("{lines} lines");
            findings.push(Finding::warning(
                &file.path,
                0,
                what,
                "above 300 lines, look for a seam to split along",
            ));
        }
        if file.extension() == "rs" && !file.is_test() {
            findings.extend(long_functions(file));
        }
    }
    findings
}

fn long_functions(file: &File) -> Vec<Finding> {
    let source = RustSource::parse(&file.text);
    let starts = source
        .product_lines()
        .filter(|(_, line)| has_word(line, "fn ") && line.contains('('));
    let long = starts.filter_map(|(line, _)| {
        let length = item_end(&source.code, line - 1) + 2 - line;
        (length > FUNCTION_THOUGHT).then(|| {
            let what = format!("this function has {length} lines");
            Finding::warning(
                &file.path,
                line,
                what,
                "a function fits on one screen: name its steps",
            )
        })
    });
    long.collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::finding::Level;

    #[test]
    fn reports_a_file_that_is_too_long_unless_it_is_generated() {
        let long = "// x\n".repeat(601);
        let tree = Tree::sample(&[
            ("crates/a/src/big.rs", &long),
            ("crates/a/src/schema.rs", &long),
            ("crates/a/src/tests.rs", "// x\n"),
        ]);
        let findings = check(&tree);
        assert_eq!(findings.len(), 1);
        assert_eq!(
            (findings[0].path.as_str(), findings[0].level),
            ("crates/a/src/big.rs", Level::Error)
        );
    }

    #[test]
    fn warns_of_a_long_function() {
        let text = format!(
            "fn short() {{}}\nfn long(\n) {{\n{}}}\n",
            "    step();\n".repeat(60)
        );
        let findings = check(&Tree::sample(&[("crates/a/src/a.rs", &text)]));
        assert_eq!(findings.len(), 1);
        assert_eq!((findings[0].line, findings[0].level), (2, Level::Warning));
    }
}
