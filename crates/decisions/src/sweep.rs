//! What happens because time passes or people leave, looked at once a minute. Each step does nothing when it was done already, so
//! that a missed or repeated look is harmless.

use backbone_db::{Conn, DbError, Instant};
use backbone_identity::{Actor, Partnership, directory};

use crate::commitment::edit as commitment;
use crate::error::Error;
use crate::meeting::needs;
use crate::people::members;
use crate::proposal::life;
use crate::seat::{pass, store as seats};

/// Looks at every partnership.
pub(crate) fn sweep(conn: &mut Conn, now: Instant) -> Result<(), DbError> {
    for id in directory::partnerships(conn)? {
        if let Some(partnership) = directory::partnership(conn, id.as_str())? {
            visit(conn, partnership, now)?;
        }
    }
    Ok(())
}

fn visit(conn: &mut Conn, partnership: Partnership, now: Instant) -> Result<(), DbError> {
    let actor = Actor::system(partnership, now);
    pass_seats(conn, &actor)?;
    life::due(conn, &actor)?;
    needs::due(conn, &actor)?;
    commitment::remind_due(conn, &actor)
}

/// Seats whose holder left pass to the alternate; those whose turn is over pass to the next organization.
fn pass_seats(conn: &mut Conn, actor: &Actor) -> Result<(), DbError> {
    let all = seats::all(conn, actor.tenant())?;
    if all.is_empty() {
        return Ok(());
    }
    let here = members(conn, actor.tenant())?;
    let today = actor.now.date_in(&actor.partnership.zone()).to_string();
    for seat in all {
        let stays = |person: &Option<backbone_identity::PersonId>| match person {
            Some(id) => here.iter().any(|m| {
                &m.person_id == id
                    && (seat.organization_id.is_none() || m.organization_id == seat.organization_id)
            }),
            None => true,
        };
        if !stays(&seat.person_id) || !stays(&seat.alternate_id) {
            kept(&seat.id, pass::after_leaving(conn, actor, &seat.id))?;
        }
        // The body's own zone decides in the verb; a day's difference here only means another look later.
        let over = seat.term_ends.is_some_and(|last| last.to_string() <= today);
        if over && !seat.turns().is_empty() {
            kept(&seat.id, pass::after_term(conn, actor, &seat.id))?;
        }
    }
    Ok(())
}

/// A rule that stands in the way of one object must not stop the others; the database's faults must.
pub(crate) fn kept<T>(
    what: &impl std::fmt::Display,
    done: Result<T, Error>,
) -> Result<(), DbError> {
    match done {
        Ok(_) => Ok(()),
        Err(Error::Db(e)) => Err(e),
        Err(error) => {
            tracing::warn!(%what, %error, "left for later");
            Ok(())
        }
    }
}
