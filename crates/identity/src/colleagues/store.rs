use backbone_db::{Conn, DbError};
use diesel::prelude::*;

use crate::ids::PersonId;
use crate::schema::{memberships, people};

/// The roles of every active member but one, as stored.
pub(super) fn active_roles(
    conn: &mut Conn,
    partnership: &str,
    except: &PersonId,
) -> Result<Vec<String>, DbError> {
    Ok(memberships::table
        .inner_join(people::table.on(people::id.eq(memberships::person_id)))
        .filter(memberships::partnership_id.eq(partnership))
        .filter(memberships::active.eq(true))
        .filter(people::active.eq(true))
        .filter(memberships::person_id.ne(except))
        .select(memberships::roles)
        .load(conn)?)
}

/// A partnership by its identifier.
pub(super) fn partnership(
    conn: &mut Conn,
    id: &str,
) -> Result<Option<crate::partnership::Partnership>, DbError> {
    use crate::schema::partnerships;
    Ok(partnerships::table
        .filter(partnerships::id.eq(id))
        .select(crate::partnership::Partnership::as_select())
        .first(conn)
        .optional()?)
}
