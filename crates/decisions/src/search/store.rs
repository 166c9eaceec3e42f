use backbone_db::{Conn, DbError};
use diesel::prelude::*;

use crate::schema::{bodies, commitments, proposals};

/// Identifiers of one table behind `after`, in their order.
macro_rules! ids {
    ($name:ident, $table:ident) => {
        pub(super) fn $name(
            conn: &mut Conn,
            partnership: &str,
            after: &str,
            limit: i64,
        ) -> Result<Vec<String>, DbError> {
            Ok($table::table
                .filter($table::partnership_id.eq(partnership))
                .filter($table::id.gt(after))
                .order($table::id.asc())
                .limit(limit)
                .select($table::id)
                .load(conn)?)
        }
    };
}

ids!(decisions, proposals);
ids!(bodies_of, bodies);
ids!(promises, commitments);
