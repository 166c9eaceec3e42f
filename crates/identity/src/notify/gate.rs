use backbone_db::{Conn, DbError, Instant};

use super::{Hours, Kind, Often, rules, store};
use crate::ids::PersonId;
use crate::partnership::Partnership;

/// When somebody wants mail.
pub fn hours(
    conn: &mut Conn,
    partnership: &Partnership,
    person: &PersonId,
) -> Result<Hours, DbError> {
    let chosen = store::hours(conn, partnership.id.as_str(), person)?;
    Ok(chosen.unwrap_or_else(|| Hours::usual(partnership)))
}

/// How often somebody hears of a kind by mail: as they chose, else as is usual.
pub fn often(
    conn: &mut Conn,
    partnership: &str,
    person: &PersonId,
    kind: &Kind,
) -> Result<Often, DbError> {
    let chosen = store::choice(conn, partnership, person, kind.name)?;
    Ok(chosen.unwrap_or(kind.usual))
}

/// When a domain's own letter of a kind may go to a member: now, or after their hours without mail. `None` when they do not want
/// it as it happens; they then hear of it with their summary, or see it in the application.
pub fn letter(
    conn: &mut Conn,
    partnership: &Partnership,
    person: &PersonId,
    kind: &Kind,
    now: Instant,
) -> Result<Option<Instant>, DbError> {
    if often(conn, partnership.id.as_str(), person, kind)? != Often::Now {
        return Ok(None);
    }
    let hours = hours(conn, partnership, person)?;
    Ok(rules::when(Often::Now, &hours, now))
}

/// How many notifications of a person are unread, for the bell; counted up to a hundred.
pub fn unread(conn: &mut Conn, partnership: &str, person: &PersonId) -> Result<i64, DbError> {
    store::unread(conn, partnership, person, 100)
}
