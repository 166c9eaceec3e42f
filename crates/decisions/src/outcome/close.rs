use backbone_db::{Conn, DbError};
use backbone_identity::Actor;

use super::{Outcome, OutcomeId, count, store};
use crate::ballot::store as ballots;
use crate::error::Error;
use crate::proposal::{DecisionId, Proposal};

/// What a vote that closed came to.
///
/// # Errors
/// 404 for a vote of another partnership, and for one that was not counted yet.
pub fn kept(conn: &mut Conn, actor: &Actor, id: &DecisionId) -> Result<Outcome, Error> {
    store::of(conn, actor.tenant(), id)?.ok_or(Error::NotFound)
}

/// Counts a vote that closed, and keeps the result as it was at that moment. `alone` says that a seat decided with delegated authority.
///
/// # Errors
/// Only those of the database.
pub(crate) fn count(
    conn: &mut Conn,
    actor: &Actor,
    x: &Proposal,
    alone: bool,
) -> Result<Outcome, DbError> {
    let voters = ballots::voters(conn, actor.tenant(), &x.id)?;
    let cast = ballots::all(conn, actor.tenant(), &x.id)?;
    let result = count::count(x, &voters, &cast);
    let outcome = Outcome {
        id: OutcomeId::new(),
        proposal_id: x.id.clone(),
        passed: alone || count::passes(x, &result),
        result,
        statement: String::new(),
        no_action: String::new(),
        counted_at: actor.now,
        decided_at: None,
    };
    store::insert(conn, actor.tenant(), &outcome)?;
    Ok(outcome)
}
