//! Tables and queries are named in stores, so that the rest of a crate can be read without SQL.

use crate::finding::Finding;
use crate::rust_source::{RustSource, has_word};
use crate::tree::{File, Tree};

/// Files beyond the stores that may name them, each with its reason.
const FOUNDATIONS: &[(&str, &str)] = &[
    ("crates/server/src/backup.rs", "copies whole databases"),
    (
        "crates/server/src/doctor.rs",
        "looks at the database itself",
    ),
];

pub fn check(tree: &Tree) -> Vec<Finding> {
    let files = tree
        .with_extension(&["rs"])
        .filter(|file| file.crate_folder().is_some() && !may_name_tables(file));
    files.flat_map(findings_in).collect()
}

fn may_name_tables(file: &File) -> bool {
    // An error enum takes in what its store fails with.
    matches!(file.name(), "store.rs" | "schema.rs" | "error.rs")
        || file.path.contains("/store/")
        || file.path.starts_with("crates/db/")
        || file.is_test()
        || FOUNDATIONS.iter().any(|(path, _)| file.path == *path)
}

/// A type that is loaded as a row names its table in its derive; it may import for that, as long as nothing is asked there.
fn is_row_type(file: &File) -> bool {
    let asks = [
        ".load(",
        ".first(",
        ".execute(",
        ".get_result",
        ".filter(",
        "sql_query",
    ];
    file.text.contains("Selectable") && !asks.iter().any(|call| file.text.contains(call))
}

/// Importing a derive asks nothing of the database.
fn only_derives(line: &str) -> bool {
    [
        "use diesel::Queryable;",
        "use diesel::{Queryable, Selectable};",
    ]
    .contains(&line.trim())
}

fn findings_in(file: &File) -> Vec<Finding> {
    let source = RustSource::parse(&file.text);
    let row_type = is_row_type(file);
    let naming = source.product_lines().filter(|(_, line)| {
        if row_type && line.trim_start().starts_with("use ") || only_derives(line) {
            return false;
        }
        let schema =
            has_word(line, "schema::") && !line.contains("openapi::") && !line.contains("utoipa");
        has_word(line, "diesel::") || schema
    });
    naming
        .map(|(line, _)| {
            Finding::error(
                &file.path,
                line,
                "names a table or diesel outside a store",
                "move the query into store.rs as a function with a name",
            )
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn stores_and_tests_may_name_tables() {
        let text = "use diesel::prelude::*;\nuse crate::schema::people;\n";
        let tree = Tree::sample(&[
            ("crates/a/src/person/store.rs", text),
            ("crates/a/src/store/person.rs", text),
            ("crates/db/src/pool.rs", text),
            ("crates/a/src/person/tests.rs", text),
            (
                "crates/a/src/api.rs",
                "// diesel:: is not named here\nuse utoipa::openapi::schema::Schema;\n",
            ),
        ]);
        assert_eq!(check(&tree), []);
    }

    #[test]
    fn others_may_not() {
        let text = "use diesel::prelude::*;\nuse crate::schema::people;\nfn f() {}\n";
        let lines: Vec<usize> = check(&Tree::sample(&[("crates/a/src/person/vote.rs", text)]))
            .iter()
            .map(|f| f.line)
            .collect();
        assert_eq!(lines, [1, 2]);
    }
}
