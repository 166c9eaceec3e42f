//! Everything that is kept about one person, as they may download it.

use backbone_db::{Conn, DbError, Instant};
use serde::Serialize;

use super::store;
use crate::ids::PersonId;
use crate::people::store::memberships_of;
use crate::session::{self, Session};

/// A person's data.
#[derive(Serialize, utoipa::ToSchema)]
pub(crate) struct PersonalData {
    name: String,
    email: String,
    language: String,
    since: Instant,
    memberships: Vec<MembershipData>,
    sessions: Vec<Session>,
    files: Vec<String>,
}

#[derive(Serialize, utoipa::ToSchema)]
#[schema(as = OwnMembership)]
struct MembershipData {
    partnership: String,
    organization: Option<String>,
    roles: Vec<&'static str>,
    active: bool,
    since: Instant,
}

/// Gathers it.
pub(crate) fn gather(
    conn: &mut Conn,
    person: &PersonId,
    now: Instant,
) -> Result<PersonalData, DbError> {
    let (name, email, language, since) = store::person(conn, person)?;
    let memberships = memberships_of(conn, person)?
        .into_iter()
        .map(|m| MembershipData {
            partnership: m.partnership,
            organization: m.organization,
            roles: m.roles.into_iter().map(crate::role::Role::as_str).collect(),
            active: m.active,
            since: m.since,
        })
        .collect();
    Ok(PersonalData {
        name,
        email,
        language,
        since,
        memberships,
        sessions: session::list(conn, person, None, now)?,
        files: store::files(conn, person)?,
    })
}
