//! Reminds of what was promised.

use backbone_db::{Conn, DbError};
use backbone_identity::Actor;
use backbone_identity::mail::{Letter, queue_kind};
use chrono::NaiveDate;

use super::Commitment;
use crate::notify;
use crate::people::members;

/// Reminds the person who sees to it; nobody else's inbox is filled.
pub(crate) fn remind(
    conn: &mut Conn,
    actor: &Actor,
    c: &Commitment,
    today: NaiveDate,
) -> Result<(), DbError> {
    let people = members(conn, actor.tenant())?;
    for to in people
        .iter()
        .filter(|m| Some(&m.person_id) == c.person_id.as_ref())
    {
        let letter = Letter::new(
            (&to.name, &to.email),
            to.language.parse().unwrap_or_default(),
            "decisions/emails/commitment-due",
        )
        .with("title", c.title.clone())
        .with("due", c.due_on.to_string())
        .with("late", c.due_on < today)
        .with("benefit", c.benefit.clone())
        .with(
            "path",
            format!("/p/{}/commitments/{}", actor.partnership.slug, c.id),
        );
        queue_kind(
            conn,
            &actor.partnership,
            &to.person_id,
            &notify::COMMITMENT_DUE,
            letter,
            actor.now,
        )?;
    }
    Ok(())
}
