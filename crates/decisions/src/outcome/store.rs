use backbone_db::{Conn, DbError, Instant, Json};
use diesel::prelude::*;

use super::{Outcome, OutcomeId, Record, RecordId, Review, ReviewId, Verdict};
use crate::proposal::DecisionId;
use crate::schema::{decision_records as r, decision_reviews as w, outcomes as o};

pub(crate) fn insert(conn: &mut Conn, partnership: &str, x: &Outcome) -> Result<(), DbError> {
    diesel::insert_into(o::table)
        .values((
            o::id.eq(&x.id),
            o::partnership_id.eq(partnership),
            o::proposal_id.eq(&x.proposal_id),
            o::counts.eq(true),
            o::passed.eq(x.passed),
            o::content.eq(Json::new(&x.result)),
            o::statement.eq(&x.statement),
            o::no_action.eq(&x.no_action),
            o::counted_at.eq(x.counted_at),
            o::decided_at.eq(x.decided_at),
        ))
        .execute(conn)?;
    Ok(())
}

/// Writes an outcome down; what was counted stays.
pub(crate) fn decide(conn: &mut Conn, partnership: &str, x: &Outcome) -> Result<(), DbError> {
    diesel::update(
        o::table
            .filter(o::partnership_id.eq(partnership))
            .filter(o::id.eq(&x.id)),
    )
    .set((
        o::statement.eq(&x.statement),
        o::no_action.eq(&x.no_action),
        o::decided_at.eq(x.decided_at),
    ))
    .execute(conn)?;
    Ok(())
}

/// A matter is taken up again: its outcome stays, but no longer counts.
pub(crate) fn set_aside(
    conn: &mut Conn,
    partnership: &str,
    proposal: &DecisionId,
) -> Result<(), DbError> {
    diesel::update(
        o::table
            .filter(o::partnership_id.eq(partnership))
            .filter(o::proposal_id.eq(proposal)),
    )
    .set(o::counts.eq(false))
    .execute(conn)?;
    Ok(())
}

type Row = (
    OutcomeId,
    DecisionId,
    bool,
    Json,
    String,
    String,
    Instant,
    Option<Instant>,
);

/// The outcome of a proposal that counts.
pub(crate) fn of(
    conn: &mut Conn,
    partnership: &str,
    proposal: &DecisionId,
) -> Result<Option<Outcome>, DbError> {
    let row = o::table
        .filter(o::partnership_id.eq(partnership))
        .filter(o::proposal_id.eq(proposal))
        .filter(o::counts.eq(true))
        .select((
            o::id,
            o::proposal_id,
            o::passed,
            o::content,
            o::statement,
            o::no_action,
            o::counted_at,
            o::decided_at,
        ))
        .first::<Row>(conn)
        .optional()?;
    let Some((id, proposal_id, passed, content, statement, no_action, counted_at, decided_at)) =
        row
    else {
        return Ok(None);
    };
    Ok(Some(Outcome {
        id,
        proposal_id,
        passed,
        result: content
            .get()
            .map_err(|e| DbError::Setup(format!("a stored outcome cannot be read: {e}")))?,
        statement,
        no_action,
        counted_at,
        decided_at,
    }))
}

type RecordRow = (RecordId, i64, DecisionId, String, String, String, Instant);

fn record((id, number, proposal_id, content, prev_hash, hash, sealed_at): RecordRow) -> Record {
    Record {
        id,
        number,
        proposal_id,
        content,
        prev_hash,
        hash,
        sealed_at,
    }
}

macro_rules! record_columns {
    () => {
        (
            r::id,
            r::number,
            r::proposal_id,
            r::content,
            r::prev_hash,
            r::hash,
            r::sealed_at,
        )
    };
}

pub(crate) fn insert_record(conn: &mut Conn, partnership: &str, x: &Record) -> Result<(), DbError> {
    diesel::insert_into(r::table)
        .values((
            r::id.eq(&x.id),
            r::partnership_id.eq(partnership),
            r::number.eq(x.number),
            r::proposal_id.eq(&x.proposal_id),
            r::content.eq(&x.content),
            r::prev_hash.eq(&x.prev_hash),
            r::hash.eq(&x.hash),
            r::sealed_at.eq(x.sealed_at),
        ))
        .execute(conn)?;
    Ok(())
}

/// The latest record of the register.
pub(crate) fn last_record(conn: &mut Conn, partnership: &str) -> Result<Option<Record>, DbError> {
    let row = r::table
        .filter(r::partnership_id.eq(partnership))
        .order(r::number.desc())
        .select(record_columns!())
        .first::<RecordRow>(conn)
        .optional()?;
    Ok(row.map(record))
}

/// Records from number `after` on.
pub(crate) fn records(
    conn: &mut Conn,
    partnership: &str,
    after: i64,
    limit: i64,
) -> Result<Vec<Record>, DbError> {
    let rows = r::table
        .filter(r::partnership_id.eq(partnership))
        .filter(r::number.gt(after))
        .order(r::number.asc())
        .limit(limit)
        .select(record_columns!())
        .load::<RecordRow>(conn)?;
    Ok(rows.into_iter().map(record).collect())
}

/// The records of a decision, the latest first.
pub(crate) fn records_of(
    conn: &mut Conn,
    partnership: &str,
    proposal: &DecisionId,
) -> Result<Vec<Record>, DbError> {
    let rows = r::table
        .filter(r::partnership_id.eq(partnership))
        .filter(r::proposal_id.eq(proposal))
        .order(r::number.desc())
        .select(record_columns!())
        .load::<RecordRow>(conn)?;
    Ok(rows.into_iter().map(record).collect())
}

/// The number of each decision that has one.
pub(crate) fn numbers(
    conn: &mut Conn,
    partnership: &str,
) -> Result<Vec<(DecisionId, i64)>, DbError> {
    Ok(r::table
        .filter(r::partnership_id.eq(partnership))
        .order(r::number.asc())
        .select((r::proposal_id, r::number))
        .load(conn)?)
}

pub(crate) fn insert_review(
    conn: &mut Conn,
    partnership: &str,
    proposal: &DecisionId,
    x: &Review,
) -> Result<(), DbError> {
    diesel::insert_into(w::table)
        .values((
            w::id.eq(&x.id),
            w::partnership_id.eq(partnership),
            w::proposal_id.eq(proposal),
            w::verdict.eq(x.verdict),
            w::text.eq(&x.text),
            w::compared.eq(Json::new(&x.compared)),
            w::reviewed_by.eq(&x.reviewed_by),
            w::reviewed_at.eq(x.reviewed_at),
        ))
        .execute(conn)?;
    Ok(())
}

/// The reviews of a decision, the latest first.
pub(crate) fn reviews(
    conn: &mut Conn,
    partnership: &str,
    proposal: &DecisionId,
) -> Result<Vec<Review>, DbError> {
    let rows = w::table
        .filter(w::partnership_id.eq(partnership))
        .filter(w::proposal_id.eq(proposal))
        .order(w::id.desc())
        .select((
            w::id,
            w::verdict,
            w::text,
            w::compared,
            w::reviewed_by,
            w::reviewed_at,
        ))
        .load::<(ReviewId, Verdict, String, Json, String, Instant)>(conn)?;
    rows.into_iter()
        .map(|(id, verdict, text, compared, reviewed_by, reviewed_at)| {
            Ok(Review {
                id,
                verdict,
                text,
                compared: compared
                    .get()
                    .map_err(|e| DbError::Setup(format!("a stored review cannot be read: {e}")))?,
                reviewed_by,
                reviewed_at,
            })
        })
        .collect()
}
