use diesel::migration::{Migration, MigrationSource};
use diesel::prelude::*;
use diesel_migrations::{EmbeddedMigrations, MigrationHarness, embed_migrations};

use crate::{Conn, Db, DbError, Engine, each_backend};

const SQLITE: EmbeddedMigrations = embed_migrations!("../../migrations/sqlite");
const POSTGRES: EmbeddedMigrations = embed_migrations!("../../migrations/postgres");

/// What a run of the migrations did.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct MigrationReport {
    /// Names of those applied now, in order.
    pub applied: Vec<String>,
}

/// Names of all migrations this binary carries, in order.
pub fn migrations(engine: Engine) -> Result<Vec<String>, DbError> {
    let names = match engine {
        Engine::Sqlite => MigrationSource::<diesel::sqlite::Sqlite>::migrations(&SQLITE)
            .map(|v| v.iter().map(|m| m.name().to_string()).collect::<Vec<_>>()),
        Engine::Postgres => MigrationSource::<diesel::pg::Pg>::migrations(&POSTGRES)
            .map(|v| v.iter().map(|m| m.name().to_string()).collect::<Vec<_>>()),
    };
    names.map_err(|e| DbError::Setup(format!("the migrations cannot be read: {e}")))
}

/// Brings the schema up to date. Safe when several nodes start at once: one works, the others wait.
pub fn run_migrations(db: &Db) -> Result<MigrationReport, DbError> {
    exclusively(db, |conn| {
        let applied = match conn {
            Conn::Sqlite(c) => c.run_pending_migrations(SQLITE).map(names),
            Conn::Pg(c) => c.run_pending_migrations(POSTGRES).map(names),
        };
        applied
            .map(|applied| MigrationReport { applied })
            .map_err(|e| DbError::Setup(format!("migration failed: {e}")))
    })
}

/// Brings an empty database to the schema that ended with the migration `last`, as an earlier release left it. For tests of
/// upgrades.
pub fn run_migrations_until(db: &Db, last: &str) -> Result<(), DbError> {
    fn until<B, H>(conn: &mut H, source: EmbeddedMigrations, last: &str) -> Result<(), DbError>
    where
        B: diesel::backend::Backend,
        H: MigrationHarness<B>,
        EmbeddedMigrations: MigrationSource<B>,
    {
        let failed = |e: &dyn std::fmt::Display| DbError::Setup(format!("migration failed: {e}"));
        for migration in conn.pending_migrations(source).map_err(|e| failed(&e))? {
            conn.run_migration(&migration).map_err(|e| failed(&e))?;
            if migration.name().to_string() == last {
                return Ok(());
            }
        }
        Err(DbError::Setup(format!("there is no migration {last}")))
    }
    exclusively(db, |conn| match conn {
        Conn::Sqlite(c) => until(c, SQLITE, last),
        Conn::Pg(c) => until(c, POSTGRES, last),
    })
}

/// Names of the migrations not applied yet. Only reads: the library's own way would first make its bookkeeping table.
pub fn pending(db: &Db) -> Result<Vec<String>, DbError> {
    #[derive(QueryableByName)]
    struct Applied {
        #[diesel(sql_type = diesel::sql_types::Text)]
        version: String,
    }
    let known = known_versions(db.engine())?;
    let applied: Result<Vec<Applied>, DbError> = db.read_blocking(|conn| {
        let query = diesel::sql_query(
            "SELECT CAST(version AS TEXT) AS version FROM __diesel_schema_migrations",
        );
        Ok(each_backend!(conn, c => query.load(c))?)
    });
    let applied = match applied {
        Ok(rows) => rows,
        Err(e) if e.to_string().contains("__diesel_schema_migrations") => Vec::new(),
        Err(e) => return Err(e),
    };
    Ok(known
        .into_iter()
        .filter(|(version, _)| !applied.iter().any(|a| a.version == *version))
        .map(|(_, name)| name)
        .collect())
}

/// Version and name of every migration this binary carries.
fn known_versions(engine: Engine) -> Result<Vec<(String, String)>, DbError> {
    let pairs = match engine {
        Engine::Sqlite => MigrationSource::<diesel::sqlite::Sqlite>::migrations(&SQLITE).map(|v| {
            v.iter()
                .map(|m| (m.name().version().to_string(), m.name().to_string()))
                .collect::<Vec<_>>()
        }),
        Engine::Postgres => MigrationSource::<diesel::pg::Pg>::migrations(&POSTGRES).map(|v| {
            v.iter()
                .map(|m| (m.name().version().to_string(), m.name().to_string()))
                .collect::<Vec<_>>()
        }),
    };
    pairs.map_err(|e| DbError::Setup(format!("the migrations cannot be read: {e}")))
}

/// Takes every migration back, newest first. For tests.
pub fn revert_all(db: &Db) -> Result<usize, DbError> {
    exclusively(db, |conn| {
        match conn {
            Conn::Sqlite(c) => c.revert_all_migrations(SQLITE).map(|v| v.len()),
            Conn::Pg(c) => c.revert_all_migrations(POSTGRES).map(|v| v.len()),
        }
        .map_err(|e| DbError::Setup(format!("migration could not be taken back: {e}")))
    })
}

/// Every table with its columns, `table.column`, sorted; the migration bookkeeping left out.
pub fn tables(db: &Db) -> Result<Vec<String>, DbError> {
    #[derive(QueryableByName)]
    struct Row {
        #[diesel(sql_type = diesel::sql_types::Text)]
        name: String,
    }
    db.read_blocking(|conn| {
        let rows: Vec<Row> = match conn {
            Conn::Sqlite(c) => diesel::sql_query(
                "SELECT m.name || '.' || p.name AS name FROM sqlite_master m, pragma_table_info(m.name) p \
                 WHERE m.type = 'table' AND m.name NOT LIKE 'sqlite_%' AND m.name NOT LIKE '\\_\\_%' ESCAPE '\\' ORDER BY 1",
            )
            .load(c),
            Conn::Pg(c) => diesel::sql_query(
                "SELECT (table_name || '.' || column_name)::text AS name FROM information_schema.columns \
                 WHERE table_schema = current_schema() AND table_name NOT LIKE '\\_\\_%' ORDER BY 1",
            )
            .load(c),
        }
        .map_err(DbError::from)?;
        let mut names: Vec<String> = rows.into_iter().map(|r| r.name).collect();
        names.sort();
        Ok(names)
    })
}

fn names(v: Vec<diesel::migration::MigrationVersion<'_>>) -> Vec<String> {
    v.into_iter().map(|m| m.to_string()).collect()
}

/// One node at a time: a lock file beside the SQLite database, an advisory lock on PostgreSQL.
fn exclusively<T>(db: &Db, f: impl FnOnce(&mut Conn) -> Result<T, DbError>) -> Result<T, DbError> {
    const KEY: i64 = 0x6261_636b_626f_6e65;
    let lock_file = match db.sqlite_path() {
        Some(path) => {
            let file = std::fs::File::create(path.with_extension("migrate.lock"))
                .and_then(|f| f.lock().map(|()| f))
                .map_err(|e| {
                    DbError::Setup(format!("cannot lock {} for migration: {e}", path.display()))
                })?;
            Some(file)
        }
        None => None,
    };
    let result = db.own_connection(|conn| {
        if let Conn::Pg(c) = conn {
            diesel::sql_query("SELECT pg_advisory_lock($1)")
                .bind::<diesel::sql_types::BigInt, _>(KEY)
                .execute(c)?;
        }
        let done = f(conn);
        if let Conn::Pg(c) = conn {
            diesel::sql_query("SELECT pg_advisory_unlock($1)")
                .bind::<diesel::sql_types::BigInt, _>(KEY)
                .execute(c)?;
        }
        done
    });
    drop(lock_file);
    result
}
