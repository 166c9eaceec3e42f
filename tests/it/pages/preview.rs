//! `backbone preview` shows every template in every language.

use backbone_server::wiring;
use backbone_tests::TestDb;
use backbone_tests::process::Setup;

/// Templates that are not pages or mails of their own, each with its reason.
const PARTS: &[(&str, &str)] = &[
    (
        "web/",
        "frames and parts of all pages, in every one of them",
    ),
    ("contributions/fields", "the fields of three forms"),
    ("contributions/receipt_correct", "a part of receipts"),
    (
        "decisions/ballot",
        "the form within a decision and behind a mailed link",
    ),
    ("decisions/secret", "a part of secret votes"),
    ("decisions/tabs", "the tabs above the pages of decisions"),
    ("server/needs", "a part of the home page"),
    ("storytelling/stories/frame", "around stories and traces"),
];

/// Pages and mails that the walk does not reach yet: it needs an act in `crates/server/src/preview/acts.rs` that makes what they show.
const NOT_YET: &[&str] = &[
    "contributions/templates",
    "decisions/emails/meeting-",
    "decisions/history",
    "decisions/interests",
    "decisions/meeting",
    "decisions/minutes",
    "decisions/promise",
    "decisions/report",
    "decisions/rsvp",
    "identity/link-upgrade",
    "notifications/",
    "server/burden",
    "server/chart_table",
    "server/kept",
    "server/leader",
    "server/moved",
    "server/partner",
    "server/value",
];

#[test]
fn every_template_is_shown_in_every_language() {
    let folder = tempfile::tempdir().unwrap();
    let target = folder.path().join("preview");
    let setup = Setup::new(folder.path(), &TestDb::on_sqlite().setting());
    let ended = setup.run(&["preview", &target.display().to_string()]);
    assert!(
        ended.status.success(),
        "{}",
        String::from_utf8_lossy(&ended.stderr)
    );
    let renderer = wiring::renderer(true, &[]).unwrap();
    let (mut wrong, mut shown) = (Vec::new(), 0);
    for name in renderer.template_names() {
        let part = |(part, _): &(&str, &str)| name.starts_with(part);
        if name.contains("/components/") || PARTS.iter().any(part) {
            continue;
        }
        if NOT_YET.iter().any(|later| name.starts_with(later)) {
            continue;
        }
        let mail = name.contains("/emails/");
        let endings: &[&str] = if mail {
            &["html", "txt"]
        } else {
            &["html", "xml"]
        };
        for lang in ["en", "nl"] {
            let files = endings
                .iter()
                .map(|e| format!("{lang}/{}.{e}", name.replace('/', "-")));
            let texts: Vec<String> = files
                .filter_map(|file| std::fs::read_to_string(target.join(file)).ok())
                .collect();
            shown += texts.len();
            if texts.len() != if mail { 2 } else { 1 } {
                wrong.push(format!("{lang} {name} is not shown"));
            }
            if texts.iter().any(|t| t.contains('⟦')) {
                wrong.push(format!("{lang} {name} lacks a message"));
            }
            if texts.iter().any(|t| t.trim().is_empty()) {
                wrong.push(format!("{lang} {name} is empty"));
            }
        }
    }
    let index = std::fs::read_to_string(target.join("index.html")).unwrap();
    assert!(index.contains("nl/server-home.html"), "{index}");
    assert!(
        !target.join(".work").exists(),
        "only what is to be looked at stays"
    );
    assert!(
        wrong.is_empty(),
        "{shown} are shown, but:\n{}",
        wrong.join("\n")
    );
    assert!(shown > 200, "{shown}");
}
