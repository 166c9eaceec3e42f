//! The connection to the database, the same for SQLite (embedded) and PostgreSQL (many nodes).
//!
//! Everything reads through [`Db::read`] and writes through [`Db::write`]; both hand a closure one [`Conn`].
//! A write closure runs inside a transaction that commits when it returns `Ok` and leaves nothing behind when it
//! returns `Err`. On SQLite all writes go through one thread that commits waiting requests together.

mod conn;
mod decimal;
mod error;
mod export;
mod id;
mod json;
mod kept;
mod manager;
mod migrate;
mod money;
mod pool;
mod time;
mod writer;

pub use conn::Conn;
pub use decimal::Dec;
pub use diesel::result::OptionalExtension;
pub use error::{DbError, Unavailable};
pub use export::{tenant_rows, tenant_tables};
pub use id::parse_id;
pub use json::Json;
pub use kept::{Kept, Stamp};
pub use migrate::{
    MigrationReport, migrations, pending, revert_all, run_migrations, run_migrations_until, tables,
};
pub use money::{Currency, Money};
pub use pool::{Db, DbUrl, Engine, Options};
pub use time::Instant;

#[doc(hidden)]
pub use {diesel, serde, utoipa, uuid};
