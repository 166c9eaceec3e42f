use backbone_identity::Role;
use backbone_server::search::{check, rebuild};

use super::{Filled, titles};

#[test]
fn the_index_can_be_checked_and_made_anew() {
    let filled = Filled::new();
    let app = &filled.app;
    // The people and organizations of the tests' world were written without events: a rebuild finds them too.
    let before = check(&app.core).unwrap();
    assert!(!before.is_empty());
    let counts = rebuild(&app.core).unwrap();
    assert_eq!(check(&app.core).unwrap(), Vec::<String>::new());
    assert_eq!(
        app.count("search_documents"),
        counts.iter().map(|c| c.1).sum::<i64>()
    );
    let found = filled.find(Role::Staff, "harbour contributor");
    assert_eq!(titles(&found), ["harbour contributor"]);
    assert_eq!(filled.find(Role::Leader, "harbour contributor"), []);

    app.sql(
        "UPDATE search_documents SET title = 'Ekster', title_words = 'ekster' WHERE kind = 'story'",
    );
    app.sql("DELETE FROM search_documents WHERE kind = 'contact'");
    app.sql(
        "INSERT INTO search_documents (number, partnership_id, kind, object_id, scope, title, body, title_words, body_words, path, happened_at)
         SELECT number + 100000, partnership_id, 'owl', object_id, scope, title, body, title_words, body_words, path, happened_at
         FROM search_documents WHERE kind = 'story'",
    );
    assert_eq!(
        titles(&filled.find(Role::Staff, "ekster")),
        ["Ekster", "Ekster"]
    );
    assert_eq!(check(&app.core).unwrap().len(), 2);
    rebuild(&app.core).unwrap();
    assert_eq!(check(&app.core).unwrap(), Vec::<String>::new());
    assert_eq!(filled.find(Role::Staff, "ekster"), []);
    let kinds = app.count("search_documents WHERE kind = 'owl'");
    assert_eq!(kinds, 0);
    assert_eq!(
        titles(&filled.find(Role::Staff, "zwaluw writer")),
        ["Zwaluw Writer"]
    );
}

#[test]
fn what_nobody_searched_for_yet_is_indexed_by_the_schedule() {
    let filled = Filled::new();
    let app = &filled.app;
    assert_eq!(app.count("search_documents"), 0);
    app.clock.forward(61);
    app.drain_jobs();
    app.clock.forward(61);
    app.drain_jobs();
    assert!(app.count("search_documents") >= 6);
    let (seq, cursor) = (
        app.look("SELECT CAST(sum(seq) AS TEXT) AS value FROM event_heads"),
        app.look("SELECT CAST(sum(seq) AS TEXT) AS value FROM search_cursors"),
    );
    assert_eq!(seq, cursor);
}
