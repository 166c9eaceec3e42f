//! Data as an earlier release left it: the rows of the end-to-end test, kept as statements that both engines read.
//!
//! A fixture is named after the last migration of its schema. For a new release, write one with
//! `BACKBONE_WRITE_FIXTURE=1 cargo nextest run -p backbone-tests chain`.

use std::path::PathBuf;

use backbone_db::{Db, DbError, Engine, migrations, run_migrations_until};
use diesel::connection::SimpleConnection;

use crate::app::look_all;
use crate::{TestApp, TestDb};

fn folder() -> PathBuf {
    crate::routes::project().join("tests/fixtures")
}

/// Names of all fixtures, which are those of migrations.
pub fn all() -> Vec<String> {
    let entries = std::fs::read_dir(folder()).expect("the fixtures are there");
    let mut names: Vec<String> = entries
        .flatten()
        .filter_map(|e| Some(e.file_name().to_str()?.strip_suffix(".sql")?.to_string()))
        .collect();
    names.sort();
    names
}

/// A database with the schema and the rows of a fixture, on the engine of this run.
pub fn load(name: &str) -> TestDb {
    let database = TestDb::empty();
    let db = database.open();
    run_migrations_until(&db, name).expect("the earlier schema can be made");
    let path = folder().join(format!("{name}.sql"));
    let rows = std::fs::read_to_string(&path).expect("the fixture can be read");
    db.own_connection(|c| Ok(c.batch_execute(&rows)?))
        .expect("the fixture's rows fit the schema of their time");
    database
}

/// Writes the fixture of today's schema, when asked to.
pub fn write(app: &TestApp) {
    if std::env::var_os("BACKBONE_WRITE_FIXTURE").is_none()
        || app.core.db.engine() != Engine::Sqlite
    {
        return;
    }
    let last = migrations(Engine::Sqlite)
        .expect("the migrations")
        .pop()
        .expect("there is one");
    std::fs::create_dir_all(folder()).expect("the folder of the fixtures");
    std::fs::write(
        folder().join(format!("{last}.sql")),
        statements(&app.core.db),
    )
    .expect("the fixture is written");
}

/// Every row as an INSERT, tables in the order in which they were made, so that references find what they name.
fn statements(db: &Db) -> String {
    let tables = look_all(
        db,
        "SELECT name AS value FROM sqlite_master WHERE type = 'table' AND name NOT LIKE 'sqlite%' AND name NOT LIKE '\\_\\_%' ESCAPE '\\' ORDER BY rowid",
    );
    let mut text = String::new();
    for table in tables {
        let columns = look_all(
            db,
            &format!("SELECT name || ' ' || type AS value FROM pragma_table_info('{table}')"),
        );
        let columns: Vec<(&str, &str)> = columns.iter().filter_map(|c| c.split_once(' ')).collect();
        let names: Vec<&str> = columns.iter().map(|(name, _)| *name).collect();
        let values: Vec<String> = columns
            .iter()
            .map(|(name, kind)| value(name, kind))
            .collect();
        let rows = format!(
            "SELECT 'INSERT INTO {table} ({}) VALUES (' || {} || ');' AS value FROM {table} ORDER BY rowid",
            names.join(", "),
            values.join(" || ', ' || ")
        );
        for row in rows_of(db, &table, &rows) {
            text.push_str(&row);
            text.push('\n');
        }
    }
    text
}

/// Tables without a row number come in the order of their key.
fn rows_of(db: &Db, table: &str, query: &str) -> Vec<String> {
    let plain = query.replace(" ORDER BY rowid", "");
    let numbered: Result<(), DbError> =
        db.own_connection(|c| Ok(c.batch_execute(&format!("SELECT rowid FROM {table} LIMIT 1"))?));
    look_all(db, if numbered.is_ok() { query } else { &plain })
}

fn value(column: &str, kind: &str) -> String {
    match kind {
        "BOOLEAN" => format!(
            "CASE WHEN {column} IS NULL THEN 'NULL' WHEN {column} THEN 'TRUE' ELSE 'FALSE' END"
        ),
        _ => format!("quote({column})"),
    }
}
