use backbone_db::{Conn, DbError, Instant};
use backbone_identity::OrganizationId;
use chrono::NaiveDate;
use diesel::prelude::*;

use super::{Commitment, CommitmentId, CommitmentStatus, Note};
use crate::proposal::DecisionId;
use crate::schema::{commitment_notes as n, commitments as c};

pub(crate) fn insert(conn: &mut Conn, x: &Commitment) -> Result<(), DbError> {
    diesel::insert_into(c::table).values(x).execute(conn)?;
    Ok(())
}

pub(crate) fn update(conn: &mut Conn, x: &Commitment) -> Result<(), DbError> {
    diesel::update(
        c::table
            .filter(c::partnership_id.eq(&x.partnership_id))
            .filter(c::id.eq(&x.id)),
    )
    .set(x)
    .execute(conn)?;
    Ok(())
}

pub(crate) fn find(
    conn: &mut Conn,
    partnership: &str,
    id: &CommitmentId,
) -> Result<Option<Commitment>, DbError> {
    Ok(c::table
        .filter(c::partnership_id.eq(partnership))
        .filter(c::id.eq(id))
        .select(Commitment::as_select())
        .first(conn)
        .optional()?)
}

/// Commitments in one state, the soonest due first.
pub(crate) fn in_state(
    conn: &mut Conn,
    partnership: &str,
    status: CommitmentStatus,
) -> Result<Vec<Commitment>, DbError> {
    Ok(c::table
        .filter(c::partnership_id.eq(partnership))
        .filter(c::status.eq(status))
        .order((c::due_on.asc(), c::id.asc()))
        .limit(1000)
        .select(Commitment::as_select())
        .load(conn)?)
}

/// Commitments in the order they were made, after `after`.
pub(crate) fn list(
    conn: &mut Conn,
    partnership: &str,
    after: Option<&str>,
    limit: i64,
) -> Result<Vec<Commitment>, DbError> {
    Ok(c::table
        .filter(c::partnership_id.eq(partnership))
        .filter(c::id.gt(after.unwrap_or_default()))
        .order(c::id.asc())
        .limit(limit)
        .select(Commitment::as_select())
        .load(conn)?)
}

pub(crate) fn of_proposal(
    conn: &mut Conn,
    partnership: &str,
    proposal: &DecisionId,
) -> Result<Vec<Commitment>, DbError> {
    Ok(c::table
        .filter(c::partnership_id.eq(partnership))
        .filter(c::proposal_id.eq(proposal))
        .order(c::id.asc())
        .select(Commitment::as_select())
        .load(conn)?)
}

pub(crate) fn reminded(
    conn: &mut Conn,
    partnership: &str,
    id: &CommitmentId,
    day: NaiveDate,
) -> Result<(), DbError> {
    diesel::update(
        c::table
            .filter(c::partnership_id.eq(partnership))
            .filter(c::id.eq(id)),
    )
    .set(c::reminded_on.eq(day))
    .execute(conn)?;
    Ok(())
}

pub(crate) fn insert_note(conn: &mut Conn, note: &Note) -> Result<(), DbError> {
    diesel::insert_into(n::table).values(note).execute(conn)?;
    Ok(())
}

pub(crate) fn notes(
    conn: &mut Conn,
    partnership: &str,
    id: &CommitmentId,
) -> Result<Vec<Note>, DbError> {
    Ok(n::table
        .filter(n::partnership_id.eq(partnership))
        .filter(n::commitment_id.eq(id))
        .order(n::id.desc())
        .select(Note::as_select())
        .load(conn)?)
}

/// What was noted about commitments since a moment, each with the organization that promised.
pub(crate) fn notes_since(
    conn: &mut Conn,
    partnership: &str,
    since: Instant,
) -> Result<Vec<(OrganizationId, Note)>, DbError> {
    Ok(n::table
        .inner_join(c::table.on(c::id.eq(n::commitment_id)))
        .filter(n::partnership_id.eq(partnership))
        .filter(n::written_at.ge(since))
        .order(n::id.asc())
        .select((c::organization_id, Note::as_select()))
        .load(conn)?)
}
