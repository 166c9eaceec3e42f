//! The links that somebody has in their mail: what each is for, and taking one back.

use backbone_db::{Conn, DbError, Instant};
use serde::Serialize;

use super::{Purpose, store};
use crate::ids::{AccessLinkId, PersonId};

/// A link that works.
#[derive(Clone, Debug, Serialize)]
pub struct Held {
    /// Its identifier; the secret itself is kept nowhere.
    pub id: AccessLinkId,
    /// The one thing it allows.
    pub purpose: Purpose,
    /// In which partnership.
    pub partnership: String,
    /// When it was made.
    pub created_at: Instant,
    /// When it ends.
    pub expires_at: Instant,
}

/// The links of a person that work now, the newest first.
///
/// # Errors
/// Only those of the database.
pub fn held(conn: &mut Conn, person: &PersonId, now: Instant) -> Result<Vec<Held>, DbError> {
    store::held(conn, person, now)
}

/// Ends a link of one's own; says whether it was open.
///
/// # Errors
/// Only those of the database.
pub fn let_go(
    conn: &mut Conn,
    person: &PersonId,
    id: &AccessLinkId,
    now: Instant,
) -> Result<bool, DbError> {
    store::revoke_own(conn, person, id, now)
}
