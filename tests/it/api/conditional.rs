//! `If-Match` guards edits: 428 without it, 412 with an old version.

use backbone_tests::openapi::operations;

#[test]
fn every_patch_knows_if_match() {
    let without: Vec<String> = operations()
        .iter()
        .filter(|o| o.method == "PATCH" && !o.takes_header("If-Match"))
        .map(|o| o.name())
        .collect();
    assert!(
        without.is_empty(),
        "these describe no If-Match: {}",
        without.join(", ")
    );
}
