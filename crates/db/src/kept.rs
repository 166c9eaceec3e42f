//! Answers that hold until anything is committed.
//!
//! SQLite tells cheaply whether any connection of any process committed since one asked last. What was read under a [`Stamp`] is
//! therefore still true while the stamp is the same, and need not be read again. PostgreSQL has nothing as cheap, so there everything is
//! read each time.

use std::collections::HashMap;
use std::sync::{Mutex, PoisonError};

use diesel::prelude::*;
use diesel::query_builder::{AstPass, Query, QueryFragment, QueryId};
use diesel::sql_types::BigInt;
use diesel::sqlite::Sqlite;

use crate::DbError;

/// A state of the database as one [`crate::Db`] sees it: nothing was committed between two equal stamps.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Stamp(i64);

/// A connection that only asks whether others committed. It never writes, for its own commits would not count.
pub(crate) struct Probe(Mutex<SqliteConnection>);

impl Probe {
    pub(crate) fn open(path: &std::path::Path) -> Result<Self, DbError> {
        let path = path.to_string_lossy();
        let conn = SqliteConnection::establish(&path)
            .map_err(|e| DbError::Setup(format!("cannot open the database file {path}: {e}")))?;
        Ok(Self(Mutex::new(conn)))
    }

    /// Some microseconds: a look into shared memory, without waiting for the disk or for writers.
    pub(crate) fn stamp(&self) -> Option<Stamp> {
        let mut conn = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        let version: QueryResult<i64> = DataVersion.get_result(&mut *conn);
        // A file that cannot be looked at just now (a checkpoint has it) means only that nothing is taken from memory.
        version.ok().map(Stamp)
    }
}

/// The question, as a statement of its own kind: diesel keeps those prepared, and text that it does not know it does not.
#[derive(QueryId)]
struct DataVersion;

impl QueryFragment<Sqlite> for DataVersion {
    fn walk_ast<'b>(&'b self, mut pass: AstPass<'_, 'b, Sqlite>) -> QueryResult<()> {
        pass.push_sql("PRAGMA data_version");
        Ok(())
    }
}

impl Query for DataVersion {
    type SqlType = BigInt;
}

impl RunQueryDsl<SqliteConnection> for DataVersion {}

/// Values that are kept in memory under one stamp; all are forgotten with the first that comes under another.
pub struct Kept<V>(Mutex<Held<V>>);

struct Held<V> {
    stamp: Option<Stamp>,
    values: HashMap<String, V>,
}

/// Values that are kept at most.
const MOST: usize = 4096;

impl<V> Default for Kept<V> {
    fn default() -> Self {
        Self(Mutex::new(Held {
            stamp: None,
            values: HashMap::new(),
        }))
    }
}

impl<V: Clone> Kept<V> {
    /// What was put in under this stamp.
    pub fn get(&self, stamp: Stamp, key: &str) -> Option<V> {
        let held = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        if held.stamp == Some(stamp) {
            held.values.get(key).cloned()
        } else {
            None
        }
    }

    /// Keeps what was read after `stamp` was taken: a stamp that is older than the reading errs on the safe side.
    pub fn put(&self, stamp: Stamp, key: String, value: V) {
        let mut held = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        if held.stamp != Some(stamp) || held.values.len() >= MOST {
            held.values.clear();
            held.stamp = Some(stamp);
        }
        held.values.insert(key, value);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn values_are_kept_under_their_stamp_alone() {
        let kept = Kept::default();
        kept.put(Stamp(1), "a".into(), 10);
        kept.put(Stamp(1), "b".into(), 20);
        assert_eq!(kept.get(Stamp(1), "a"), Some(10));
        assert_eq!(kept.get(Stamp(2), "a"), None);
        kept.put(Stamp(2), "c".into(), 30);
        assert_eq!(kept.get(Stamp(2), "b"), None);
        assert_eq!(kept.get(Stamp(1), "b"), None);
        assert_eq!(kept.get(Stamp(2), "c"), Some(30));
    }

    #[test]
    fn no_more_are_kept_than_fit() {
        let kept = Kept::default();
        for n in 0..=MOST {
            kept.put(Stamp(1), n.to_string(), n);
        }
        assert_eq!(kept.get(Stamp(1), "0"), None);
        assert_eq!(kept.get(Stamp(1), &MOST.to_string()), Some(MOST));
    }
}
