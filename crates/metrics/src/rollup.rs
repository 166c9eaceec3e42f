//! All measurements of one metric and period in one row, kept exact in the transaction of each fact.
//!
//! Only totals count (a measurement without dimensions). Adding one is arithmetic on the row. Taking one away is, too, unless it
//! was the smallest, largest or last: then the row is made anew from that one period's measurements.

mod check;
mod rules;
pub(crate) mod store;
#[cfg(test)]
mod tests;

pub use check::{Difference, compare};
pub(crate) use rules::{Contribution, Update, quotient};
pub use rules::{Fact, Rollup, combine};

use backbone_db::{Conn, DbError, Instant};
use backbone_ingest::period::Period;

use crate::metric::MetricId;

/// What a change of one measurement means for its period: what it counted for before, and after.
pub(crate) struct Change {
    /// Whose measurement.
    pub metric: MetricId,
    /// Of when.
    pub period: Period,
    /// What it was, if it counted.
    pub before: Option<Contribution>,
    /// What it is, if it counts.
    pub after: Option<Contribution>,
}

/// Brings the rows up to date. Changes of the same metric and period are written once.
pub(crate) fn apply(
    conn: &mut Conn,
    partnership: &str,
    changes: Vec<Change>,
    now: Instant,
) -> Result<(), DbError> {
    let mut by_key: std::collections::BTreeMap<(MetricId, Period), Vec<Change>> =
        std::collections::BTreeMap::new();
    for change in changes {
        if change.before.is_some() || change.after.is_some() {
            by_key
                .entry((change.metric.clone(), change.period))
                .or_default()
                .push(change);
        }
    }
    let keys: Vec<(MetricId, Period)> = by_key.keys().cloned().collect();
    let names: Vec<String> = keys.iter().map(|(m, p)| lock_name(m, p)).collect();
    conn.lock_all(&names)?;
    let mut stored = store::find_each(conn, partnership, &keys)?;
    for (key, changes) in by_key {
        let before = stored.remove(&key);
        let (metric, period) = key;
        let is_new = before.is_none();
        let mut row = before.unwrap_or_else(|| Rollup::empty(period, now));
        let mut exact = true;
        for change in changes {
            if let Some(before) = &change.before {
                exact &= row.remove(before) == Update::Exact;
            }
            if let Some(after) = &change.after {
                row.add(after);
            }
        }
        if !exact {
            let version = row.version;
            row = store::recompute(conn, partnership, &metric, &period, now)?;
            row.version = version;
        }
        row.version += 1;
        row.changed_at = now;
        store::save(conn, partnership, &metric, &row, is_new)?;
    }
    Ok(())
}

/// Names the lock under which the row of a metric and period is read and written.
pub(crate) fn lock_name(metric: &MetricId, period: &Period) -> String {
    format!("rollup:{metric}:{period}")
}
