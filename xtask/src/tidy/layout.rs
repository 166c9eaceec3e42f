//! A module is `foo.rs`, with its parts in `foo/`.

use crate::finding::Finding;
use crate::tree::Tree;

pub fn check(tree: &Tree) -> Vec<Finding> {
    let old_style = tree
        .with_extension(&["rs"])
        .filter(|file| file.name() == "mod.rs");
    old_style
        .map(|file| {
            let module = file.path.trim_end_matches("/mod.rs");
            Finding::error(
                &file.path,
                0,
                "mod.rs does not say what it is",
                format!("move it to {module}.rs"),
            )
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn reports_mod_rs() {
        let tree = Tree::sample(&[("crates/a/src/b/mod.rs", ""), ("crates/a/src/c.rs", "")]);
        let findings = check(&tree);
        assert_eq!(findings.len(), 1);
        assert_eq!(findings[0].advice, "move it to crates/a/src/b.rs");
    }
}
