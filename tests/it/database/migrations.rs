//! One schema on two engines, up and down, also when several nodes start at once.

use backbone_db::{Engine, migrations, pending, revert_all, run_migrations, tables};
use backbone_tests::database::postgres;
use backbone_tests::{TestDb, at_once};

/// What an engine keeps in its own way, made from tables that are alike: nothing is lost with it.
const THE_ENGINES_OWN: &[(&str, &str)] = &[(
    "search_index",
    "words by which search_documents are found: FTS5 with its shadow tables here, a tsvector with GIN there",
)];

fn is_the_engines_own(table: &str) -> bool {
    THE_ENGINES_OWN
        .iter()
        .any(|(name, _)| table == *name || table.starts_with(&format!("{name}_")))
}

/// The tables and columns that both engines have.
fn common(mut columns: Vec<String>) -> Vec<String> {
    columns.retain(|c| !is_the_engines_own(c.split('.').next().unwrap_or_default()));
    columns
}

#[test]
fn both_engines_end_in_the_same_tables_and_columns() {
    assert_eq!(
        migrations(Engine::Sqlite).unwrap(),
        migrations(Engine::Postgres).unwrap()
    );
    if postgres().is_none() {
        return;
    }
    let (lite, server) = (TestDb::on_sqlite(), TestDb::migrated());
    let (lite, server) = (lite.open(), server.open());
    run_migrations(&lite).unwrap();
    assert_eq!(server.engine(), Engine::Postgres);
    let (lite, server) = (
        common(tables(&lite).unwrap()),
        common(tables(&server).unwrap()),
    );
    assert!(lite.len() > 300, "{lite:?}");
    assert_eq!(lite, server);
}

#[test]
fn the_schema_goes_up_down_and_up_again() {
    let database = TestDb::empty();
    let db = database.open();
    let all = migrations(db.engine()).unwrap();
    assert_eq!(pending(&db).unwrap(), all);
    let first = run_migrations(&db).unwrap();
    assert_eq!(first.applied.len(), all.len());
    let shape = tables(&db).unwrap();
    assert!(shape.contains(&"events.hash".to_string()), "{shape:?}");
    assert_eq!(pending(&db).unwrap(), Vec::<String>::new());
    assert_eq!(run_migrations(&db).unwrap().applied, Vec::<String>::new());
    assert_eq!(revert_all(&db).unwrap(), all.len());
    assert_eq!(tables(&db).unwrap(), Vec::<String>::new());
    run_migrations(&db).unwrap();
    assert_eq!(tables(&db).unwrap(), shape);
}

#[test]
fn eight_nodes_that_start_at_once_migrate_once() {
    let database = TestDb::empty();
    let applied = at_once(8, |_| {
        run_migrations(&database.open()).map(|r| r.applied.len())
    });
    let counts: Vec<usize> = applied.into_iter().map(|r| r.unwrap()).collect();
    let all = migrations(database.open().engine()).unwrap().len();
    assert_eq!(counts.iter().sum::<usize>(), all, "{counts:?}");
}

#[test]
fn every_table_of_a_partnership_leads_with_it() {
    const OF_NOBODY: &[&str] = &[
        "partnerships",
        "people",
        "sessions",
        "magic_links",
        "signing_keys",
        "refresh_tokens",
        "schedules",
        "idempotency_keys",
        "rate_limits",
        "kept_forms",
    ];
    let database = TestDb::migrated();
    let columns = tables(&database.open()).unwrap();
    let mut names: Vec<&str> = columns.iter().filter_map(|c| c.split('.').next()).collect();
    names.dedup();
    let without: Vec<&&str> = names
        .iter()
        .filter(|t| !OF_NOBODY.contains(t) && !is_the_engines_own(t))
        .filter(|t| !columns.contains(&format!("{t}.partnership_id")))
        .collect();
    assert!(without.is_empty(), "no partnership_id in {without:?}");
}
