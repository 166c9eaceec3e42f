//! Both engines get the same migrations, and each can be undone.

use crate::finding::Finding;
use crate::tree::Tree;
use std::collections::BTreeSet;

const ENGINES: [&str; 2] = ["sqlite", "postgres"];

pub fn check(tree: &Tree) -> Vec<Finding> {
    let mut findings = Vec::new();
    for root in roots(tree) {
        let [sqlite, postgres] = ENGINES.map(|engine| names(tree, &format!("{root}{engine}/")));
        for name in sqlite.symmetric_difference(&postgres) {
            let (has, lacks) = if sqlite.contains(name) {
                ("sqlite", "postgres")
            } else {
                ("postgres", "sqlite")
            };
            findings.push(Finding::error(
                &format!("{root}{has}/{name}"),
                0,
                format!("this migration does not exist for {lacks}"),
                format!("add {root}{lacks}/{name} with the same effect"),
            ));
        }
        for (engine, all) in ENGINES.iter().zip([&sqlite, &postgres]) {
            for name in all {
                for direction in ["up.sql", "down.sql"] {
                    let path = format!("{root}{engine}/{name}/{direction}");
                    if tree.text(&path).is_none_or(|sql| sql.trim().is_empty()) {
                        findings.push(Finding::error(
                            &path,
                            0,
                            "missing or empty",
                            "every migration can be applied and undone: write both files",
                        ));
                    }
                }
            }
        }
    }
    findings
}

/// The folders that hold migrations: `migrations/` itself, or one in a crate.
fn roots(tree: &Tree) -> BTreeSet<String> {
    let engine_folders = tree.paths.iter().filter_map(|path| {
        let root = ENGINES
            .iter()
            .find_map(|engine| path.strip_suffix(engine))?;
        root.ends_with("migrations/").then(|| root.to_owned())
    });
    engine_folders.collect()
}

fn names(tree: &Tree, folder: &str) -> BTreeSet<String> {
    let inside = tree
        .files
        .iter()
        .filter_map(|file| file.path.strip_prefix(folder));
    inside
        .filter_map(|rest| Some(rest.split_once('/')?.0.to_owned()))
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn accepts_pairs_that_can_be_undone() {
        let tree = Tree::sample(&[
            ("migrations/sqlite/0001_people/up.sql", "create"),
            ("migrations/sqlite/0001_people/down.sql", "drop"),
            ("migrations/postgres/0001_people/up.sql", "create"),
            ("migrations/postgres/0001_people/down.sql", "drop"),
        ]);
        assert_eq!(check(&tree), []);
    }

    #[test]
    fn reports_a_missing_twin_and_a_missing_way_back() {
        let tree = Tree::sample(&[
            ("migrations/sqlite/0001_people/up.sql", "create"),
            ("migrations/sqlite/0001_people/down.sql", "  "),
            ("migrations/sqlite/0002_more/up.sql", "create"),
            ("migrations/sqlite/0002_more/down.sql", "drop"),
            ("migrations/postgres/0001_people/up.sql", "create"),
        ]);
        let paths: Vec<String> = check(&tree)
            .into_iter()
            .map(|finding| finding.path)
            .collect();
        assert_eq!(
            paths,
            [
                "migrations/sqlite/0002_more",
                "migrations/sqlite/0001_people/down.sql",
                "migrations/postgres/0001_people/down.sql",
            ]
        );
    }
}
