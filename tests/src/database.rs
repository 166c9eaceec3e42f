//! A fresh database for each test, copied from one that was migrated once.

use std::path::PathBuf;
use std::sync::OnceLock;

use backbone_db::{Db, DbUrl, Options};
use diesel::connection::SimpleConnection;
use diesel::prelude::*;
use diesel::sql_types::{Bool, Text};
use tempfile::TempDir;

/// A database that is dropped with this value.
pub struct TestDb {
    /// Its address.
    pub url: DbUrl,
    /// Name of the PostgreSQL database to drop.
    name: Option<String>,
    _folder: TempDir,
}

/// The server on which PostgreSQL databases are made, when the tests run on one.
pub fn postgres() -> Option<String> {
    std::env::var("BACKBONE_TEST_POSTGRES_URL")
        .ok()
        .filter(|url| !url.is_empty())
}

impl TestDb {
    /// With the schema of today, and nothing in it.
    pub fn migrated() -> Self {
        match postgres() {
            Some(server) => Self::on_postgres(&server, Some(&postgres_template(&server))),
            None => {
                let db = Self::on_sqlite();
                let DbUrl::Sqlite(path) = &db.url else {
                    unreachable!("a SQLite database was asked for")
                };
                std::fs::copy(sqlite_template(), path)
                    .expect("the migrated database can be copied");
                db
            }
        }
    }

    /// Without any schema, on the engine of this run.
    pub fn empty() -> Self {
        match postgres() {
            Some(server) => Self::on_postgres(&server, None),
            None => Self::on_sqlite(),
        }
    }

    /// Without any schema, on the embedded engine.
    pub fn on_sqlite() -> Self {
        let folder = tempfile::tempdir().expect("a temporary folder");
        let url = DbUrl::Sqlite(folder.path().join("backbone.db"));
        Self {
            url,
            name: None,
            _folder: folder,
        }
    }

    /// One that is there already and stays there.
    pub fn at(url: DbUrl) -> Self {
        Self {
            url,
            name: None,
            _folder: tempfile::tempdir().expect("a temporary folder"),
        }
    }

    /// Every row of every table as one line of text, sorted: what two databases are compared by.
    pub fn rows(&self) -> Vec<String> {
        self.rows_in(&self.columns())
    }

    /// The columns that there are, as `table.column`.
    pub fn columns(&self) -> Vec<String> {
        backbone_db::tables(&self.open()).expect("the list of tables")
    }

    /// The same of these columns alone.
    pub fn rows_in(&self, columns: &[String]) -> Vec<String> {
        let db = self.open();
        let mut all = Vec::new();
        for (table, columns) in by_table(columns) {
            // What FTS5 keeps for itself is bytes, made from the rows of search_documents by triggers.
            if table.starts_with("search_index_") {
                continue;
            }
            let parts: Vec<String> = columns
                .iter()
                .map(|c| format!("coalesce(CAST(\"{c}\" AS TEXT), '∅')"))
                .collect();
            let query = format!(
                "SELECT {} AS value FROM \"{table}\"",
                parts.join(" || '|' || ")
            );
            let rows = crate::app::look_all(&db, &query);
            all.extend(rows.into_iter().map(|row| format!("{table}: {row}")));
        }
        all.sort();
        all
    }

    fn on_postgres(server: &str, template: Option<&str>) -> Self {
        let name = format!("test_{}", uuid::Uuid::now_v7().simple());
        let mut admin = connect(server);
        let from = template
            .map(|t| format!(" TEMPLATE {t}"))
            .unwrap_or_default();
        admin
            .batch_execute(&format!("CREATE DATABASE {name}{from}"))
            .expect("a database can be made");
        let url = DbUrl::Postgres(with_name(server, &name));
        Self {
            url,
            name: Some(name),
            _folder: tempfile::tempdir().expect("a temporary folder"),
        }
    }

    /// Opens it, as a node of its own.
    pub fn open(&self) -> Db {
        Db::open(&self.url, &Options::default()).expect("the test's database opens")
    }

    /// The address as the settings take it, password included.
    pub fn setting(&self) -> String {
        match &self.url {
            DbUrl::Sqlite(path) => format!("sqlite:{}", path.display()),
            DbUrl::Postgres(url) => url.clone(),
        }
    }
}

impl Drop for TestDb {
    fn drop(&mut self) {
        if let (Some(name), Some(server)) = (&self.name, postgres()) {
            let dropped = PgConnection::establish(&server)
                .map_err(|e| e.to_string())
                .and_then(|mut c| {
                    c.batch_execute(&format!("DROP DATABASE IF EXISTS {name} WITH (FORCE)"))
                        .map_err(|e| e.to_string())
                });
            if let Err(why) = dropped {
                eprintln!("the test's database {name} stays behind: {why}");
            }
        }
    }
}

/// `table.column` lines, grouped by table.
fn by_table(columns: &[String]) -> std::collections::BTreeMap<&str, Vec<&str>> {
    let mut tables: std::collections::BTreeMap<&str, Vec<&str>> = Default::default();
    for (table, column) in columns.iter().filter_map(|line| line.split_once('.')) {
        tables.entry(table).or_default().push(column);
    }
    tables
}

fn connect(url: &str) -> PgConnection {
    PgConnection::establish(url).expect("BACKBONE_TEST_POSTGRES_URL names a server that answers")
}

/// The same server, another database.
fn with_name(server: &str, name: &str) -> String {
    let (address, options) = server
        .split_once('?')
        .map_or((server, None), |(a, o)| (a, Some(o)));
    let base = address.rsplit_once('/').map_or(address, |(base, _)| base);
    match options {
        Some(options) => format!("{base}/{name}?{options}"),
        None => format!("{base}/{name}"),
    }
}

fn sqlite_template() -> &'static PathBuf {
    static TEMPLATE: OnceLock<(TempDir, PathBuf)> = OnceLock::new();
    let (_, path) = TEMPLATE.get_or_init(|| {
        let folder = tempfile::tempdir().expect("a temporary folder");
        let path = folder.path().join("template.db");
        let work = TestDb::on_sqlite();
        let db = work.open();
        backbone_db::run_migrations(&db).expect("the migrations run");
        // One file without a log beside it, so that copying it is enough.
        let copy = format!("VACUUM INTO '{}'", path.display());
        db.own_connection(|c| Ok(c.batch_execute(&copy)?))
            .expect("the template is written");
        (folder, path)
    });
    path
}

/// The test programs of one run share a template, made by the first of them; its name tells them from those of another build.
fn postgres_template(server: &str) -> String {
    #[derive(QueryableByName)]
    struct Found {
        #[diesel(sql_type = Bool)]
        found: bool,
    }
    static NAME: OnceLock<String> = OnceLock::new();
    let make = || {
        let name = format!("template_{}", build_stamp());
        let mut admin = connect(server);
        admin
            .batch_execute("SELECT pg_advisory_lock(7146001)")
            .expect("the lock around the template");
        let found: Found = diesel::sql_query(
            "SELECT EXISTS (SELECT 1 FROM pg_database WHERE datname = $1) AS found",
        )
        .bind::<Text, _>(&name)
        .get_result(&mut admin)
        .expect("the list of databases");
        if !found.found {
            let making = format!("making_{}", uuid::Uuid::now_v7().simple());
            admin
                .batch_execute(&format!("CREATE DATABASE {making}"))
                .expect("a database can be made");
            let db = Db::open(
                &DbUrl::Postgres(with_name(server, &making)),
                &Options {
                    connections: 1,
                    ..Options::default()
                },
            )
            .expect("the template opens");
            backbone_db::run_migrations(&db).expect("the migrations run");
            drop(db);
            wait_until_unused(&mut admin, &making);
            admin
                .batch_execute(&format!("ALTER DATABASE {making} RENAME TO {name}"))
                .expect("the template gets its name");
        }
        admin
            .batch_execute("SELECT pg_advisory_unlock(7146001)")
            .expect("the lock around the template");
        name
    };
    NAME.get_or_init(make).clone()
}

/// A pool closes its connections in its own time; a database in use cannot be renamed.
fn wait_until_unused(admin: &mut PgConnection, name: &str) {
    let end =
        format!("SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = '{name}'");
    admin
        .batch_execute(&end)
        .expect("connections to the template end");
}

fn build_stamp() -> String {
    use sha2::Digest;
    let program = std::env::current_exe().expect("the path of the test program");
    let meta = program.metadata().expect("the test program is a file");
    let stamp = format!(
        "{} {} {:?}",
        program.display(),
        meta.len(),
        meta.modified().ok()
    );
    hex::encode(&sha2::Sha256::digest(stamp.as_bytes())[..12])
}
