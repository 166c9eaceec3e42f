use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::Duration;

use diesel::r2d2::Pool;

use crate::kept::{Probe, Stamp};
use crate::manager::{Access, Manager};
use crate::writer::{Writer, in_transaction};
use crate::{Conn, DbError, Unavailable};

/// Which database answers.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Engine {
    /// SQLite, embedded.
    Sqlite,
    /// PostgreSQL.
    Postgres,
}

/// Where the database is. `sqlite:PATH` or `postgres://…`; anything else is refused.
#[derive(Clone, PartialEq, Eq)]
pub enum DbUrl {
    /// A file of the embedded database.
    Sqlite(PathBuf),
    /// A PostgreSQL connection address.
    Postgres(String),
}

impl std::str::FromStr for DbUrl {
    type Err = String;
    fn from_str(s: &str) -> Result<Self, String> {
        let s = s.trim();
        if s.starts_with("postgres://") || s.starts_with("postgresql://") {
            return Ok(DbUrl::Postgres(s.to_string()));
        }
        let path = s
            .strip_prefix("sqlite://")
            .or_else(|| s.strip_prefix("sqlite:"));
        match path {
            Some(p) if !p.is_empty() => Ok(DbUrl::Sqlite(PathBuf::from(p))),
            _ => Err(
                "the database address must be sqlite:PATH (a file) or postgres://user@host/name"
                    .to_string(),
            ),
        }
    }
}

impl std::fmt::Display for DbUrl {
    /// Without the password.
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            DbUrl::Sqlite(p) => write!(f, "sqlite:{}", p.display()),
            DbUrl::Postgres(url) => {
                let rest = url.split_once("://").map_or("", |(_, r)| r);
                let host = rest.rsplit_once('@').map_or(rest, |(_, h)| h);
                write!(f, "postgres://…@{host}")
            }
        }
    }
}

impl std::fmt::Debug for DbUrl {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "{self}")
    }
}

/// How the pools are sized.
#[derive(Clone, Debug)]
pub struct Options {
    /// Connections kept for reading (and, on PostgreSQL, for writing).
    pub connections: u32,
    /// How long a request waits for a connection before it is refused.
    pub wait: Duration,
    /// SQLite: how many waiting writes are committed together at most.
    pub group: usize,
}

impl Default for Options {
    fn default() -> Self {
        Self {
            connections: 8,
            wait: Duration::from_secs(5),
            group: 256,
        }
    }
}

/// How often a request that waits for a connection looks whether the database is there at all.
const TURN: Duration = Duration::from_millis(100);

/// A handle on the database, cheap to clone.
#[derive(Clone)]
pub struct Db {
    url: Arc<DbUrl>,
    pool: Pool<Manager>,
    /// Whether the last try to connect failed.
    away: Arc<AtomicBool>,
    /// How long a request waits for a connection while the database answers.
    wait: Duration,
    /// SQLite only: the one thread that writes.
    writer: Option<Writer>,
    probe: Option<Arc<Probe>>,
}

impl Db {
    /// Opens the database. A SQLite file is made when it is not there; a PostgreSQL database never is.
    pub fn open(url: &DbUrl, options: &Options) -> Result<Self, DbError> {
        let writer = match url {
            DbUrl::Sqlite(_) => Some(Writer::start(
                Manager::new(url, Access::Write).open()?,
                options.group,
            )?),
            DbUrl::Postgres(_) => None,
        };
        let access = if writer.is_some() {
            Access::Read
        } else {
            Access::Write
        };
        let manager = Manager::new(url, access);
        let away = manager.away();
        // Opened once here so that the reason is told in full; the pool would only say that it timed out.
        drop(manager.open()?);
        let pool = Pool::builder()
            .max_size(options.connections)
            .min_idle(Some(1))
            .connection_timeout(options.wait)
            .build(manager)
            .map_err(|e| DbError::Setup(format!("cannot open {url}: {e}")))?;
        let probe = match url {
            DbUrl::Sqlite(path) => Some(Arc::new(Probe::open(path)?)),
            DbUrl::Postgres(_) => None,
        };
        Ok(Self {
            url: Arc::new(url.clone()),
            pool,
            away,
            wait: options.wait,
            writer,
            probe,
        })
    }

    /// The database's state, to keep under it what is read from now on; nothing where that cannot be told cheaply (PostgreSQL).
    pub fn stamp(&self) -> Option<Stamp> {
        self.probe.as_ref()?.stamp()
    }

    /// Which engine this is.
    pub fn engine(&self) -> Engine {
        match &*self.url {
            DbUrl::Sqlite(_) => Engine::Sqlite,
            DbUrl::Postgres(_) => Engine::Postgres,
        }
    }

    /// The file of the embedded database, when it is one.
    pub fn sqlite_path(&self) -> Option<&Path> {
        match &*self.url {
            DbUrl::Sqlite(path) => Some(path),
            DbUrl::Postgres(_) => None,
        }
    }

    /// The address of the PostgreSQL database, password included, when it is one. For `pg_dump`, never for a log.
    pub fn postgres_url(&self) -> Option<&str> {
        match &*self.url {
            DbUrl::Sqlite(_) => None,
            DbUrl::Postgres(url) => Some(url),
        }
    }

    /// Reads. The closure must not write: on SQLite the connection refuses it.
    pub async fn read<T, E, F>(&self, f: F) -> Result<T, E>
    where
        F: FnOnce(&mut Conn) -> Result<T, E> + Send + 'static,
        T: Send + 'static,
        E: From<DbError> + Send + 'static,
    {
        let me = self.clone();
        joined(tokio::task::spawn_blocking(move || me.read_blocking(f)).await)
    }

    /// Writes, in one transaction: committed when the closure returns `Ok`, undone when it returns `Err`. Keep it
    /// short: on SQLite every other write waits for it. When the commit itself fails, the caller gets that error.
    pub async fn write<T, E, F>(&self, f: F) -> Result<T, E>
    where
        F: FnOnce(&mut Conn) -> Result<T, E> + Send + 'static,
        T: Send + 'static,
        E: From<DbError> + Send + 'static,
    {
        match &self.writer {
            Some(writer) => writer.run(f).await,
            None => {
                let me = self.clone();
                joined(tokio::task::spawn_blocking(move || me.write_blocking(f)).await)
            }
        }
    }

    /// [`Db::read`] for code that is not async: the command line, tests, work already off the async threads.
    pub fn read_blocking<T, E, F>(&self, f: F) -> Result<T, E>
    where
        F: FnOnce(&mut Conn) -> Result<T, E>,
        E: From<DbError>,
    {
        f(&mut *self.connection()?)
    }

    /// [`Db::write`] for code that is not async. Never call it from a write closure: it would wait for itself.
    pub fn write_blocking<T, E, F>(&self, f: F) -> Result<T, E>
    where
        F: FnOnce(&mut Conn) -> Result<T, E> + Send + 'static,
        T: Send + 'static,
        E: From<DbError> + Send + 'static,
    {
        match &self.writer {
            Some(writer) => writer.run_blocking(f),
            None => in_transaction(&mut *self.connection()?, f),
        }
    }

    /// A connection of its own beside the pools, that may write. For migrations and backups.
    pub fn own_connection<T>(
        &self,
        f: impl FnOnce(&mut Conn) -> Result<T, DbError>,
    ) -> Result<T, DbError> {
        f(&mut Manager::new(&self.url, Access::Write).open()?)
    }

    /// While all connections are in use a request waits for its turn; while the database is away it is refused at once, for waiting
    /// would only pile up requests. The pool goes on trying to connect by itself.
    fn connection(&self) -> Result<diesel::r2d2::PooledConnection<Manager>, DbError> {
        let turns = (self.wait.as_millis() / TURN.as_millis()).max(1);
        for turn in 1..=turns {
            match self.pool.get_timeout(TURN.min(self.wait)) {
                Ok(connection) => return Ok(connection),
                Err(e) if turn == turns || self.away.load(Ordering::Relaxed) => {
                    return Err(Unavailable(e.to_string()).into());
                }
                Err(_) => {}
            }
        }
        Err(Unavailable("no connection came free".into()).into())
    }
}

fn joined<T, E: From<DbError>>(r: Result<Result<T, E>, tokio::task::JoinError>) -> Result<T, E> {
    r.unwrap_or_else(|e| {
        Err(E::from(DbError::Setup(format!(
            "the database task stopped: {e}"
        ))))
    })
}
