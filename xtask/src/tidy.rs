//! The rules of the house that a compiler does not know. Each check is one small module with a
//! test that shows it a bad sample, so that a check that can no longer fail is noticed.

mod documents;
mod external;
mod hygiene;
mod languages;
mod layers;
mod layout;
mod licences;
mod literals;
mod markup;
mod messages;
mod migrations;
mod panics;
mod plurals;
mod schemas;
mod size;
mod tables;
mod words;

use crate::finding::{Finding, Level};
use crate::tree::Tree;
use std::path::Path;
use std::process::ExitCode;

type Check = fn(&Tree) -> Vec<Finding>;

/// Name of the rule, and the check of it.
const CHECKS: &[(&str, Check)] = &[
    ("migrations are the same on both engines", migrations::check),
    ("files and functions stay short", size::check),
    ("one file a module, no mod.rs", layout::check),
    ("tables are named in stores only", tables::check),
    ("types of the API have names of their own", schemas::check),
    ("no panics outside tests", panics::check),
    ("nothing half-done is left behind", words::check),
    ("pages hold under a strict content policy", markup::check),
    ("nothing is requested from another host", external::check),
    ("text lives in the message catalogue", messages::check),
    ("further languages say what English says", languages::check),
    ("counts and nouns agree in number", plurals::check),
    ("templates hold no text of their own", literals::check),
    (
        "documents' links resolve, the changelog is open",
        documents::check,
    ),
    ("no paths of one machine", hygiene::check),
];

/// Runs all checks on the working copy and prints what they found.
pub fn run(show_warnings: bool) -> ExitCode {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("..");
    let tree = match Tree::read(&root) {
        Ok(tree) => tree,
        Err(error) => {
            eprintln!("tidy cannot read the project: {error}");
            return ExitCode::from(2);
        }
    };
    let mut results: Vec<(&str, Vec<Finding>)> = CHECKS
        .iter()
        .map(|(name, check)| (*name, check(&tree)))
        .collect();
    match licences::metadata(&root) {
        Ok(metadata) => {
            results.push((
                "crates depend on one another in one direction",
                layers::check(&metadata),
            ));
            results.push((
                "licences and crates that may enter",
                licences::check(&tree, &metadata),
            ));
        }
        Err(error) => {
            eprintln!("{error}");
            return ExitCode::from(2);
        }
    }
    report(&results, show_warnings)
}

fn report(results: &[(&str, Vec<Finding>)], show_warnings: bool) -> ExitCode {
    let (mut failed, mut warnings) = (0, 0);
    for (name, findings) in results {
        let errors = findings
            .iter()
            .filter(|finding| finding.level == Level::Error)
            .count();
        warnings += findings.len() - errors;
        failed += usize::from(errors > 0);
        println!("{} {name}", if errors > 0 { "FAILED" } else { "ok    " });
        for finding in findings {
            if finding.level == Level::Error {
                println!("  {finding}");
            } else if show_warnings {
                println!("  warning: {finding}");
            }
        }
    }
    if warnings > 0 && !show_warnings {
        println!("{warnings} warnings, shown by: cargo xtask tidy --warnings");
    }
    println!("{} passed, {failed} failed", results.len() - failed);
    if failed == 0 {
        ExitCode::SUCCESS
    } else {
        ExitCode::FAILURE
    }
}
