use diesel::prelude::*;

use crate::Engine;

/// One connection to either engine. Queries are written once against it.
#[derive(diesel::MultiConnection)]
pub enum Conn {
    /// The embedded database.
    Sqlite(SqliteConnection),
    /// The server database.
    Pg(PgConnection),
}

impl Conn {
    /// Which engine answers on this connection.
    pub fn engine(&self) -> Engine {
        match self {
            Conn::Sqlite(_) => Engine::Sqlite,
            Conn::Pg(_) => Engine::Postgres,
        }
    }

    /// Takes a lock, named by `key`, that is held until the transaction ends, so that writers which read before they
    /// write (a counter, a "only one" rule) go one after the other. SQLite has one writer anyway, so it costs nothing there.
    pub fn lock(&mut self, key: &str) -> QueryResult<()> {
        match self {
            Conn::Sqlite(_) => Ok(()),
            Conn::Pg(c) => diesel::sql_query("SELECT pg_advisory_xact_lock($1)")
                .bind::<diesel::sql_types::BigInt, _>(lock_number(key))
                .execute(c)
                .map(drop),
        }
    }

    /// As [`Conn::lock`] for several keys, in one question. Callers that take several must bring them in the same order.
    pub fn lock_all(&mut self, keys: &[String]) -> QueryResult<()> {
        match self {
            Conn::Sqlite(_) => Ok(()),
            Conn::Pg(_) if keys.is_empty() => Ok(()),
            Conn::Pg(c) => {
                let numbers: Vec<i64> = keys.iter().map(|key| lock_number(key)).collect();
                diesel::sql_query("SELECT pg_advisory_xact_lock(k) FROM unnest($1) AS k")
                    .bind::<diesel::sql_types::Array<diesel::sql_types::BigInt>, _>(numbers)
                    .execute(c)
                    .map(drop)
            }
        }
    }
}

fn lock_number(key: &str) -> i64 {
    use sha2::Digest;
    let hash = sha2::Sha256::digest(key.as_bytes());
    let mut bytes = [0u8; 8];
    bytes.copy_from_slice(&hash[..8]);
    i64::from_be_bytes(bytes)
}

/// Runs the same expression on the inner connection of either engine, for the few statements that the common
/// connection cannot express (`on_conflict`, batch inserts, `FOR UPDATE SKIP LOCKED`, full-text search).
#[macro_export]
macro_rules! each_backend {
    ($conn:expr, $inner:ident => $body:expr) => {
        match $conn {
            $crate::Conn::Sqlite($inner) => $body,
            $crate::Conn::Pg($inner) => $body,
        }
    };
}
