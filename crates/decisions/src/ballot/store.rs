use backbone_db::{Conn, DbError, Instant, Json};
use backbone_identity::PersonId;
use diesel::prelude::*;

use super::{Ballot, BallotId, Capacity, Proxy, ProxyId, Voter, VoterId, VoterState};
use crate::proposal::DecisionId;
use crate::schema::{ballots as b, proxies as x, voters as v};
use crate::seat::SeatId;

pub(crate) fn insert_voter(conn: &mut Conn, voter: &Voter) -> Result<(), DbError> {
    diesel::insert_into(v::table).values(voter).execute(conn)?;
    Ok(())
}

pub(crate) fn voters(
    conn: &mut Conn,
    partnership: &str,
    proposal: &DecisionId,
) -> Result<Vec<Voter>, DbError> {
    Ok(v::table
        .filter(v::partnership_id.eq(partnership))
        .filter(v::proposal_id.eq(proposal))
        .order((v::name.asc(), v::id.asc()))
        .select(Voter::as_select())
        .load(conn)?)
}

pub(crate) fn voter(
    conn: &mut Conn,
    partnership: &str,
    id: &VoterId,
) -> Result<Option<Voter>, DbError> {
    Ok(v::table
        .filter(v::partnership_id.eq(partnership))
        .filter(v::id.eq(id))
        .select(Voter::as_select())
        .first(conn)
        .optional()?)
}

/// The rights to vote that a seat has, on any proposal.
pub(crate) fn voters_of_seat(
    conn: &mut Conn,
    partnership: &str,
    seat: &SeatId,
) -> Result<Vec<Voter>, DbError> {
    Ok(v::table
        .filter(v::partnership_id.eq(partnership))
        .filter(v::seat_id.eq(seat))
        .order(v::id.desc())
        .limit(200)
        .select(Voter::as_select())
        .load(conn)?)
}

pub(crate) fn set_state(
    conn: &mut Conn,
    partnership: &str,
    id: &VoterId,
    state: VoterState,
    interest: &str,
) -> Result<(), DbError> {
    diesel::update(
        v::table
            .filter(v::partnership_id.eq(partnership))
            .filter(v::id.eq(id)),
    )
    .set((v::state.eq(state), v::interest.eq(interest)))
    .execute(conn)?;
    Ok(())
}

pub(crate) fn set_voted(
    conn: &mut Conn,
    partnership: &str,
    id: &VoterId,
    voted: bool,
) -> Result<(), DbError> {
    diesel::update(
        v::table
            .filter(v::partnership_id.eq(partnership))
            .filter(v::id.eq(id)),
    )
    .set(v::voted.eq(voted))
    .execute(conn)?;
    Ok(())
}

type Row = (
    BallotId,
    Option<VoterId>,
    i64,
    Json,
    String,
    i32,
    Option<PersonId>,
    String,
    Capacity,
    Option<String>,
    Option<Instant>,
);

macro_rules! columns {
    () => {
        (
            b::id,
            b::voter_id,
            b::version,
            b::choice,
            b::reason,
            b::weight,
            b::person_id,
            b::person_name,
            b::capacity,
            b::receipt,
            b::cast_at,
        )
    };
}

fn whole(row: Row) -> Result<Ballot, DbError> {
    let (
        id,
        voter_id,
        version,
        choice,
        reason,
        weight,
        person_id,
        person_name,
        capacity,
        receipt,
        cast_at,
    ) = row;
    Ok(Ballot {
        id,
        voter_id,
        version,
        says: choice
            .get()
            .map_err(|e| DbError::Setup(format!("a stored ballot cannot be read: {e}")))?,
        reason,
        weight,
        person_id,
        person_name,
        capacity,
        receipt,
        cast_at,
    })
}

pub(crate) fn insert(
    conn: &mut Conn,
    partnership: &str,
    proposal: &DecisionId,
    ballot: &Ballot,
) -> Result<(), DbError> {
    diesel::insert_into(b::table)
        .values((
            b::id.eq(&ballot.id),
            b::partnership_id.eq(partnership),
            b::proposal_id.eq(proposal),
            b::voter_id.eq(&ballot.voter_id),
            b::version.eq(ballot.version),
            b::counts.eq(true),
            b::choice.eq(Json::new(&ballot.says)),
            b::reason.eq(&ballot.reason),
            b::weight.eq(ballot.weight),
            b::person_id.eq(&ballot.person_id),
            b::person_name.eq(&ballot.person_name),
            b::capacity.eq(ballot.capacity),
            b::receipt.eq(&ballot.receipt),
            b::cast_at.eq(ballot.cast_at),
        ))
        .execute(conn)?;
    Ok(())
}

/// The ballot of a voter that counts.
pub(crate) fn of_voter(
    conn: &mut Conn,
    partnership: &str,
    voter: &VoterId,
) -> Result<Option<Ballot>, DbError> {
    let row = b::table
        .filter(b::partnership_id.eq(partnership))
        .filter(b::voter_id.eq(voter))
        .filter(b::counts.eq(true))
        .select(columns!())
        .first::<Row>(conn)
        .optional()?;
    row.map(whole).transpose()
}

/// One ballot, with the proposal it was cast on.
pub(crate) fn find(
    conn: &mut Conn,
    partnership: &str,
    id: &BallotId,
) -> Result<Option<(DecisionId, Ballot)>, DbError> {
    let row = b::table
        .filter(b::partnership_id.eq(partnership))
        .filter(b::id.eq(id))
        .select((b::proposal_id, columns!()))
        .first::<(DecisionId, Row)>(conn)
        .optional()?;
    row.map(|(decision, row)| Ok((decision, whole(row)?)))
        .transpose()
}

/// A later ballot of the same voter counts instead of this one.
pub(crate) fn replaced(conn: &mut Conn, partnership: &str, id: &BallotId) -> Result<(), DbError> {
    diesel::update(
        b::table
            .filter(b::partnership_id.eq(partnership))
            .filter(b::id.eq(id)),
    )
    .set(b::counts.eq(false))
    .execute(conn)?;
    Ok(())
}

/// All ballots that count, by identifier: for secret ones that order is random.
pub(crate) fn all(
    conn: &mut Conn,
    partnership: &str,
    proposal: &DecisionId,
) -> Result<Vec<Ballot>, DbError> {
    let rows = b::table
        .filter(b::partnership_id.eq(partnership))
        .filter(b::proposal_id.eq(proposal))
        .filter(b::counts.eq(true))
        .order(b::id.asc())
        .select(columns!())
        .load::<Row>(conn)?;
    rows.into_iter().map(whole).collect()
}

/// When the latest ballot that counts was cast; none for secret ones.
pub(crate) fn last_cast(
    conn: &mut Conn,
    partnership: &str,
    proposal: &DecisionId,
) -> Result<Option<Instant>, DbError> {
    Ok(b::table
        .filter(b::partnership_id.eq(partnership))
        .filter(b::proposal_id.eq(proposal))
        .filter(b::counts.eq(true))
        .select(diesel::dsl::max(b::cast_at))
        .first::<Option<Instant>>(conn)?)
}

/// Writes secret ballots anew in the order of their random identifiers, so that the order in which they came is gone from
/// the table too.
pub(crate) fn shuffle(
    conn: &mut Conn,
    partnership: &str,
    proposal: &DecisionId,
) -> Result<(), DbError> {
    let ballots = all(conn, partnership, proposal)?;
    diesel::delete(
        b::table
            .filter(b::partnership_id.eq(partnership))
            .filter(b::proposal_id.eq(proposal))
            .filter(b::counts.eq(true)),
    )
    .execute(conn)?;
    for ballot in &ballots {
        insert(conn, partnership, proposal, ballot)?;
    }
    Ok(())
}

/// A proposal is taken up again: the ballots of the earlier round stay, but no longer count, and everybody may vote anew.
pub(crate) fn set_aside(
    conn: &mut Conn,
    partnership: &str,
    proposal: &DecisionId,
) -> Result<(), DbError> {
    diesel::update(
        b::table
            .filter(b::partnership_id.eq(partnership))
            .filter(b::proposal_id.eq(proposal)),
    )
    .set(b::counts.eq(false))
    .execute(conn)?;
    diesel::update(
        v::table
            .filter(v::partnership_id.eq(partnership))
            .filter(v::proposal_id.eq(proposal)),
    )
    .set(v::voted.eq(false))
    .execute(conn)?;
    Ok(())
}

/// The highest version of a ballot that a voter has, counted or not.
pub(crate) fn last_version(
    conn: &mut Conn,
    partnership: &str,
    voter: &VoterId,
) -> Result<i64, DbError> {
    let last: Option<i64> = b::table
        .filter(b::partnership_id.eq(partnership))
        .filter(b::voter_id.eq(voter))
        .select(diesel::dsl::max(b::version))
        .first(conn)?;
    Ok(last.unwrap_or(0))
}

pub(crate) fn insert_proxy(conn: &mut Conn, proxy: &Proxy) -> Result<(), DbError> {
    diesel::insert_into(x::table).values(proxy).execute(conn)?;
    Ok(())
}

pub(crate) fn proxy(
    conn: &mut Conn,
    partnership: &str,
    id: &ProxyId,
) -> Result<Option<Proxy>, DbError> {
    Ok(x::table
        .filter(x::partnership_id.eq(partnership))
        .filter(x::id.eq(id))
        .select(Proxy::as_select())
        .first(conn)
        .optional()?)
}

/// Proxies that hold at this moment.
pub(crate) fn proxies(
    conn: &mut Conn,
    partnership: &str,
    now: Instant,
) -> Result<Vec<Proxy>, DbError> {
    Ok(x::table
        .filter(x::partnership_id.eq(partnership))
        .filter(x::revoked_at.is_null())
        .filter(x::expires_at.gt(now))
        .order(x::id.asc())
        .select(Proxy::as_select())
        .load(conn)?)
}

pub(crate) fn revoke_proxy(
    conn: &mut Conn,
    partnership: &str,
    id: &ProxyId,
    now: Instant,
) -> Result<usize, DbError> {
    let one = x::table
        .filter(x::partnership_id.eq(partnership))
        .filter(x::id.eq(id))
        .filter(x::revoked_at.is_null());
    Ok(diesel::update(one)
        .set(x::revoked_at.eq(now))
        .execute(conn)?)
}

/// Ends the proxies that a seat gave, when it changes hands.
pub(crate) fn revoke_proxies_of(
    conn: &mut Conn,
    partnership: &str,
    seat: &SeatId,
    now: Instant,
) -> Result<usize, DbError> {
    let open = x::table
        .filter(x::partnership_id.eq(partnership))
        .filter(x::seat_id.eq(seat))
        .filter(x::revoked_at.is_null());
    Ok(diesel::update(open)
        .set(x::revoked_at.eq(now))
        .execute(conn)?)
}
