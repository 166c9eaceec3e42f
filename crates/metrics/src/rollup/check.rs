use backbone_db::{Conn, DbError};

use super::{Rollup, store};
use crate::metric::MetricId;

/// A row that does not say what its measurements say.
#[derive(Debug)]
pub struct Difference {
    /// Whose row.
    pub metric: MetricId,
    /// What is stored.
    pub stored: Rollup,
    /// What the measurements give.
    pub computed: Rollup,
}

/// Computes every rollup of a partnership again and reports those that differ. A check, not the way they are kept.
///
/// # Errors
/// Only those of the database.
pub fn compare(conn: &mut Conn, partnership: &str) -> Result<Vec<Difference>, DbError> {
    let mut differences = Vec::new();
    for (metric, stored) in store::all(conn, partnership)? {
        let mut computed = store::recompute(
            conn,
            partnership,
            &metric,
            &stored.period,
            stored.changed_at,
        )?;
        computed.version = stored.version;
        if computed != stored {
            differences.push(Difference {
                metric,
                stored,
                computed,
            });
        }
    }
    Ok(differences)
}
