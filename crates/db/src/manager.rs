use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};

use diesel::connection::{Connection, SimpleConnection, TransactionManager};
use diesel::r2d2::ManageConnection;
use diesel::{PgConnection, SqliteConnection};

use crate::{Conn, DbError, DbUrl, Unavailable};

/// Whether a connection may change anything.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Access {
    Read,
    Write,
}

/// Opens connections to one database for the pool.
#[derive(Debug)]
pub struct Manager {
    url: DbUrl,
    access: Access,
    away: Arc<AtomicBool>,
}

/// What PostgreSQL's library does when nothing answers, unless the address says otherwise: give up connecting after 5 seconds, and
/// a query 15 seconds after the other end went silent (a machine that vanished closes no connection).
const POSTGRES_PATIENCE: [(&str, &str); 5] = [
    ("connect_timeout", "5"),
    ("tcp_user_timeout", "15000"),
    ("keepalives_idle", "10"),
    ("keepalives_interval", "3"),
    ("keepalives_count", "3"),
];

/// What SQLite is told on every connection: write-ahead log, wait for a lock rather than fail, survive a power cut.
const SQLITE_SETUP: &str = "PRAGMA busy_timeout = 10000; PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL; \
     PRAGMA foreign_keys = ON; PRAGMA temp_store = MEMORY; PRAGMA cache_size = -8000; PRAGMA wal_autocheckpoint = 4000;";

/// What PostgreSQL is told: UTC, and no statement or idle transaction that hangs for ever.
const POSTGRES_SETUP: &str = "SET TIME ZONE 'UTC'; SET statement_timeout = '60s'; SET idle_in_transaction_session_timeout = '60s';";

impl Manager {
    pub(crate) fn new(url: &DbUrl, access: Access) -> Self {
        Self {
            url: url.clone(),
            access,
            away: Arc::default(),
        }
    }

    /// True from the moment a connection could not be made until one can be again.
    pub(crate) fn away(&self) -> Arc<AtomicBool> {
        self.away.clone()
    }

    pub(crate) fn open(&self) -> Result<Conn, DbError> {
        match &self.url {
            DbUrl::Sqlite(path) => {
                let text = path.to_string_lossy();
                let mut c = SqliteConnection::establish(&text).map_err(|e| {
                    DbError::Setup(format!("cannot open the database file {text}: {e}"))
                })?;
                c.batch_execute(SQLITE_SETUP)?;
                if self.access == Access::Read {
                    c.batch_execute("PRAGMA query_only = ON;")?;
                }
                Ok(Conn::Sqlite(c))
            }
            DbUrl::Postgres(address) => {
                let mut c = PgConnection::establish(&patiently(address))
                    .map_err(|e| Unavailable(format!("cannot reach {}: {e}", self.url)))?;
                c.batch_execute(POSTGRES_SETUP)?;
                Ok(Conn::Pg(c))
            }
        }
    }
}

impl ManageConnection for Manager {
    type Connection = Conn;
    type Error = DbError;

    fn connect(&self) -> Result<Conn, DbError> {
        let opened = self.open();
        self.away.store(opened.is_err(), Ordering::Relaxed);
        opened
    }

    fn is_valid(&self, conn: &mut Conn) -> Result<(), DbError> {
        match conn {
            Conn::Sqlite(_) => Ok(()),
            Conn::Pg(c) => Ok(c.batch_execute("SELECT 1")?),
        }
    }

    fn has_broken(&self, conn: &mut Conn) -> bool {
        std::thread::panicking()
            || <Conn as Connection>::TransactionManager::is_broken_transaction_manager(conn)
    }
}

fn patiently(address: &str) -> String {
    let missing: Vec<String> = POSTGRES_PATIENCE
        .iter()
        .filter(|(name, _)| !address.contains(&format!("{name}=")))
        .map(|(name, value)| format!("{name}={value}"))
        .collect();
    let mark = match (address.contains('?'), missing.is_empty()) {
        (_, true) => "",
        (true, _) => "&",
        (false, _) => "?",
    };
    format!("{address}{mark}{}", missing.join("&"))
}

#[cfg(test)]
mod tests {
    use super::patiently;

    #[test]
    fn what_the_address_says_about_waiting_counts() {
        let said = patiently("postgres://a@db/x?connect_timeout=60");
        assert!(
            said.starts_with("postgres://a@db/x?connect_timeout=60&tcp_user_timeout="),
            "{said}"
        );
        assert_eq!(said.matches("connect_timeout").count(), 1);
        let plain = patiently("postgres://a@db/x");
        assert!(
            plain.starts_with("postgres://a@db/x?connect_timeout=5&"),
            "{plain}"
        );
        assert_eq!(patiently(&plain), plain);
    }
}
