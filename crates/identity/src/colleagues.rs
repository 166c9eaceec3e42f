//! Who else could do something: for rules that want a second person.

mod store;

use backbone_db::{Conn, DbError};

use crate::ids::PersonId;
use crate::role::{Role, roles_from_text};

/// Whether another active member than `except` has one of these roles.
///
/// # Errors
/// Only those of the database.
pub fn others_with_role(
    conn: &mut Conn,
    partnership: &str,
    roles: &[Role],
    except: &PersonId,
) -> Result<bool, DbError> {
    Ok(store::active_roles(conn, partnership, except)?
        .iter()
        .any(|text| roles_from_text(text).iter().any(|r| roles.contains(r))))
}

/// The partnership with this identifier, for pages that nobody signs in to.
///
/// # Errors
/// Only those of the database.
pub fn partnership_of(
    conn: &mut Conn,
    id: &str,
) -> Result<Option<crate::partnership::Partnership>, DbError> {
    store::partnership(conn, id)
}
