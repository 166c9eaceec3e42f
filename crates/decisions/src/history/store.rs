use std::collections::{HashMap, HashSet};

use backbone_db::{Conn, DbError, Instant, Json};
use diesel::prelude::*;

use super::{Compared, Counts, HistoryRun, HistoryRunId, Origin, RunState};
use crate::proposal::DecisionId;
use crate::schema::{decision_sources as o, history_marks as m, history_runs as r};

pub(crate) fn insert(conn: &mut Conn, partnership: &str, x: &HistoryRun) -> Result<(), DbError> {
    diesel::insert_into(r::table)
        .values((
            r::id.eq(&x.id),
            r::partnership_id.eq(partnership),
            r::file_id.eq(&x.file_id),
            r::file_name.eq(&x.file_name),
            r::state.eq(x.state),
            r::found.eq(Json::new(&x.found)),
            r::made.eq(Json::new(&x.made)),
            r::created_by.eq(&x.created_by),
            r::created_at.eq(x.created_at),
            r::done_at.eq(x.done_at),
        ))
        .execute(conn)?;
    Ok(())
}

/// Notes that a file was brought over, and what came of it.
pub(crate) fn done(
    conn: &mut Conn,
    partnership: &str,
    id: &HistoryRunId,
    made: &Counts,
    now: Instant,
) -> Result<(), DbError> {
    diesel::update(
        r::table
            .filter(r::partnership_id.eq(partnership))
            .filter(r::id.eq(id)),
    )
    .set((
        r::state.eq(RunState::Done),
        r::made.eq(Json::new(made)),
        r::done_at.eq(now),
    ))
    .execute(conn)?;
    Ok(())
}

type Row = (
    HistoryRunId,
    backbone_identity::FileId,
    String,
    RunState,
    Json,
    Json,
    String,
    Instant,
    Option<Instant>,
);

macro_rules! columns {
    () => {
        (
            r::id,
            r::file_id,
            r::file_name,
            r::state,
            r::found,
            r::made,
            r::created_by,
            r::created_at,
            r::done_at,
        )
    };
}

fn unreadable(e: serde_json::Error) -> DbError {
    DbError::Setup(format!("a stored import of decisions cannot be read: {e}"))
}

fn whole(row: Row) -> Result<HistoryRun, DbError> {
    let (id, file_id, file_name, state, found, made, created_by, created_at, done_at) = row;
    Ok(HistoryRun {
        id,
        file_id,
        file_name,
        state,
        found: found.get().map_err(unreadable)?,
        made: made.get().map_err(unreadable)?,
        created_by,
        created_at,
        done_at,
    })
}

pub(crate) fn find(
    conn: &mut Conn,
    partnership: &str,
    id: &HistoryRunId,
) -> Result<Option<HistoryRun>, DbError> {
    let row = r::table
        .filter(r::partnership_id.eq(partnership))
        .filter(r::id.eq(id))
        .select(columns!())
        .first::<Row>(conn)
        .optional()?;
    row.map(whole).transpose()
}

/// The latest files first.
pub(crate) fn list(conn: &mut Conn, partnership: &str) -> Result<Vec<HistoryRun>, DbError> {
    let rows = r::table
        .filter(r::partnership_id.eq(partnership))
        .order(r::id.desc())
        .limit(100)
        .select(columns!())
        .load::<Row>(conn)?;
    rows.into_iter().map(whole).collect()
}

/// What is here already, by its name elsewhere.
pub(crate) fn marks(
    conn: &mut Conn,
    partnership: &str,
    source: &str,
) -> Result<HashMap<String, String>, DbError> {
    let rows = m::table
        .filter(m::partnership_id.eq(partnership))
        .filter(m::source.eq(source))
        .select((m::outer_key, m::inner_id))
        .load::<(String, String)>(conn)?;
    Ok(rows.into_iter().collect())
}

pub(crate) fn mark(
    conn: &mut Conn,
    partnership: &str,
    source: &str,
    outer: &str,
    inner: &str,
) -> Result<(), DbError> {
    diesel::insert_into(m::table)
        .values((
            m::partnership_id.eq(partnership),
            m::source.eq(source),
            m::outer_key.eq(outer),
            m::inner_id.eq(inner),
        ))
        .execute(conn)?;
    Ok(())
}

pub(crate) fn insert_origin(conn: &mut Conn, partnership: &str, x: &Origin) -> Result<(), DbError> {
    diesel::insert_into(o::table)
        .values((
            o::proposal_id.eq(&x.proposal_id),
            o::partnership_id.eq(partnership),
            o::source.eq(&x.source),
            o::outer_key.eq(&x.outer_key),
            o::told.eq(Json::new(&x.told)),
            o::compared.eq(x.compared),
            o::imported_by.eq(&x.imported_by),
            o::imported_at.eq(x.imported_at),
        ))
        .execute(conn)?;
    Ok(())
}

/// Where a decision comes from; none for one that was taken here.
pub(crate) fn origin(
    conn: &mut Conn,
    partnership: &str,
    id: &DecisionId,
) -> Result<Option<Origin>, DbError> {
    type Row = (DecisionId, String, String, Json, Compared, String, Instant);
    let row = o::table
        .filter(o::partnership_id.eq(partnership))
        .filter(o::proposal_id.eq(id))
        .select((
            o::proposal_id,
            o::source,
            o::outer_key,
            o::told,
            o::compared,
            o::imported_by,
            o::imported_at,
        ))
        .first::<Row>(conn)
        .optional()?;
    let Some((proposal_id, source, outer_key, told, compared, imported_by, imported_at)) = row
    else {
        return Ok(None);
    };
    Ok(Some(Origin {
        proposal_id,
        source,
        outer_key,
        told: told.get().map_err(unreadable)?,
        compared,
        imported_by,
        imported_at,
    }))
}

/// The decisions that were not taken here.
pub(crate) fn imported(conn: &mut Conn, partnership: &str) -> Result<HashSet<DecisionId>, DbError> {
    let rows = o::table
        .filter(o::partnership_id.eq(partnership))
        .select(o::proposal_id)
        .load::<DecisionId>(conn)?;
    Ok(rows.into_iter().collect())
}
