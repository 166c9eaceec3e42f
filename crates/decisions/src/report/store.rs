use std::collections::HashMap;

use backbone_db::{Conn, DbError, Instant, Json};
use backbone_identity::{OrganizationId, PersonId, Sector};
use diesel::prelude::*;

use super::rules::{Promise, Seated, Vote};
use crate::ballot::VoterState;
use crate::body::BodyId;
use crate::commitment::{Commitment, CommitmentId, CommitmentStatus};
use crate::framework::store::read as read_norms;
use crate::proposal::DecisionId;
use crate::schema::{
    ballots as b, commitment_notes as n, commitments as c, outcomes as o, proposal_comments as s,
    proposals as p, voters as v,
};

macro_rules! of_body {
    ($query:expr, $body:expr) => {{
        let mut query = $query.into_boxed();
        if let Some(body) = $body {
            query = query.filter(p::body_id.eq(body));
        }
        query
    }};
}

/// The votes that closed in the time, with the seats that could vote.
pub(crate) fn votes(
    conn: &mut Conn,
    partnership: &str,
    from: Instant,
    until: Instant,
    body: Option<&BodyId>,
) -> Result<Vec<Vote>, DbError> {
    type Row = (DecisionId, Json, Instant, Option<Instant>, Option<Instant>);
    let rows = of_body!(
        p::table
            .filter(p::partnership_id.eq(partnership))
            .filter(p::closed_at.ge(from))
            .filter(p::closed_at.lt(until))
            .filter(p::opened_at.is_not_null()),
        body
    )
    .select((p::id, p::norms, p::created_at, p::opened_at, p::closed_at))
    .load::<Row>(conn)?;
    let mut seats = seats(conn, partnership, from, until)?;
    let mut decided = decided(conn, partnership)?;
    let elsewhere = crate::history::store::imported(conn, partnership)?;
    let mut votes = Vec::new();
    for (id, norms, created_at, opened_at, closed_at) in rows {
        let (Some(opened_at), Some(closed_at)) = (opened_at, closed_at) else {
            continue;
        };
        if elsewhere.contains(&id) {
            continue;
        }
        // Taken back before its end, it has no outcome and was no vote.
        let Some(decided_at) = decided.remove(&id) else {
            continue;
        };
        let norms = read_norms(&norms)?;
        votes.push(Vote {
            secret: norms.secret,
            turnout_from: norms.turnout_from,
            created_at,
            opened_at,
            closed_at,
            decided_at,
            seats: seats.remove(&id).unwrap_or_default(),
        });
    }
    Ok(votes)
}

fn seats(
    conn: &mut Conn,
    partnership: &str,
    from: Instant,
    until: Instant,
) -> Result<HashMap<DecisionId, Vec<Seated>>, DbError> {
    let rows = v::table
        .inner_join(p::table.on(v::proposal_id.eq(p::id)))
        .filter(v::partnership_id.eq(partnership))
        .filter(p::closed_at.ge(from))
        .filter(p::closed_at.lt(until))
        .filter(v::state.eq(VoterState::Eligible))
        .select((v::proposal_id, v::organization_id, v::sector, v::voted))
        .load::<(DecisionId, Option<OrganizationId>, Option<Sector>, bool)>(conn)?;
    let mut all: HashMap<DecisionId, Vec<Seated>> = HashMap::new();
    for (id, organization, sector, voted) in rows {
        all.entry(id).or_default().push(Seated {
            organization,
            sector,
            voted,
        });
    }
    Ok(all)
}

/// The outcomes that count, with the moment each was written.
fn decided(
    conn: &mut Conn,
    partnership: &str,
) -> Result<HashMap<DecisionId, Option<Instant>>, DbError> {
    let rows = o::table
        .filter(o::partnership_id.eq(partnership))
        .filter(o::counts.eq(true))
        .select((o::proposal_id, o::decided_at))
        .load::<(DecisionId, Option<Instant>)>(conn)?;
    Ok(rows.into_iter().collect())
}

/// Ballots that count, by organization. A secret ballot has no voter, so it is not among them.
pub(crate) fn ballots(
    conn: &mut Conn,
    partnership: &str,
    from: Instant,
    until: Instant,
    body: Option<&BodyId>,
) -> Result<Vec<(OrganizationId, u32)>, DbError> {
    let joined = b::table
        .inner_join(v::table.on(b::voter_id.eq(v::id.nullable())))
        .inner_join(p::table.on(b::proposal_id.eq(p::id)));
    let rows = of_body!(
        joined
            .filter(b::partnership_id.eq(partnership))
            .filter(b::counts.eq(true))
            .filter(b::cast_at.ge(from))
            .filter(b::cast_at.lt(until)),
        body
    )
    .select((b::proposal_id, v::organization_id))
    .load::<(DecisionId, Option<OrganizationId>)>(conn)?;
    let elsewhere = crate::history::store::imported(conn, partnership)?;
    let here = rows.into_iter().filter(|(id, _)| !elsewhere.contains(id));
    Ok(here.filter_map(|(_, own)| Some((own?, 1))).collect())
}

/// Comments by who wrote them.
pub(crate) fn comments(
    conn: &mut Conn,
    partnership: &str,
    from: Instant,
    until: Instant,
    body: Option<&BodyId>,
) -> Result<Vec<(Option<PersonId>, u32)>, DbError> {
    let rows = of_body!(
        s::table
            .inner_join(p::table.on(s::proposal_id.eq(p::id)))
            .filter(s::partnership_id.eq(partnership))
            .filter(s::written_at.ge(from))
            .filter(s::written_at.lt(until)),
        body
    )
    .select((s::proposal_id, s::person_id))
    .load::<(DecisionId, Option<PersonId>)>(conn)?;
    let elsewhere = crate::history::store::imported(conn, partnership)?;
    let here = rows.into_iter().filter(|(id, _)| !elsewhere.contains(id));
    Ok(here.map(|(_, person)| (person, 1)).collect())
}

/// All commitments, or those of one body's decisions, with the moment each was done.
pub(crate) fn promises(
    conn: &mut Conn,
    partnership: &str,
    body: Option<&BodyId>,
) -> Result<Vec<Promise>, DbError> {
    let done = n::table
        .filter(n::partnership_id.eq(partnership))
        .filter(n::status.eq(CommitmentStatus::Done))
        .order(n::written_at.desc())
        .select((n::commitment_id, n::written_at))
        .load::<(CommitmentId, Instant)>(conn)?;
    // The last one that is put in is the first that was written.
    let done: HashMap<CommitmentId, Instant> = done.into_iter().collect();
    let all: Vec<Commitment> = match body {
        None => c::table
            .filter(c::partnership_id.eq(partnership))
            .select(Commitment::as_select())
            .load(conn)?,
        Some(body) => c::table
            .inner_join(p::table.on(c::proposal_id.eq(p::id.nullable())))
            .filter(c::partnership_id.eq(partnership))
            .filter(p::body_id.eq(body))
            .select(Commitment::as_select())
            .load(conn)?,
    };
    let promises = all.into_iter().map(|x| Promise {
        done_at: done.get(&x.id).copied(),
        organization: x.organization_id,
        due_on: x.due_on,
        status: x.status,
        made_at: x.created_at,
        hours: x.effort_hours.unwrap_or(0).into(),
    });
    Ok(promises.collect())
}
