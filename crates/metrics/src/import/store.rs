//! The tables of imports.

mod measure;
mod schema;

use backbone_db::{Conn, DbError, Instant, Json, OptionalExtension, id};
use backbone_events::{ActorKind, By};
use diesel::prelude::*;
use serde::{Deserialize, Serialize};

use self::schema::{import_changes as c, import_mappings as k, import_rows as r, imports as i};
use super::{Counts, Import, ImportId, ImportMapping, RowState, State, Told};
use backbone_identity::FileId;

pub(crate) use measure::{Batch, existing_ids, insert_new, measured, of_import, there};

id!(
    /// Identifies a mapping that is kept.
    MappingId
);

/// Who asked for a step, as it is kept for the log.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub(crate) struct Asked {
    kind: ActorKind,
    id: Option<String>,
    pub name: String,
}

impl Asked {
    pub fn of(by: &By) -> Self {
        Self {
            kind: by.kind,
            id: by.id.clone(),
            name: by.name.clone(),
        }
    }

    pub fn by(&self, at: Instant) -> By {
        By {
            kind: self.kind,
            id: self.id.clone(),
            name: self.name.clone(),
            at,
        }
    }
}

#[derive(Queryable)]
struct Row {
    id: ImportId,
    _partnership_id: String,
    file_id: FileId,
    file_name: String,
    sheet: Option<String>,
    state: State,
    findings: Json,
    mapping: Json,
    counts: Json,
    position: i64,
    corrections: bool,
    failure: Option<Json>,
    _asked_by: Json,
    created_by: String,
    created_at: Instant,
    step_at: Instant,
    moved_at: Instant,
    version: i64,
}

impl Row {
    fn read(self) -> Result<Import, DbError> {
        let unreadable = |e: serde_json::Error| {
            DbError::Setup(format!("import {} cannot be read: {e}", self.id))
        };
        Ok(Import {
            findings: self.findings.get().map_err(unreadable)?,
            mapping: self.mapping.get().map_err(unreadable)?,
            counts: self.counts.get().map_err(unreadable)?,
            failure: self
                .failure
                .as_ref()
                .map(Json::get)
                .transpose()
                .map_err(unreadable)?,
            id: self.id,
            file_id: self.file_id,
            file_name: self.file_name,
            sheet: self.sheet,
            state: self.state,
            position: u64::try_from(self.position).unwrap_or(0),
            corrections: self.corrections,
            created_by: self.created_by,
            created_at: self.created_at,
            step_at: self.step_at,
            moved_at: self.moved_at,
            version: self.version,
        })
    }
}

pub(crate) fn insert(
    conn: &mut Conn,
    partnership: &str,
    it: &Import,
    asked: &Asked,
) -> Result<(), DbError> {
    diesel::insert_into(i::table)
        .values((
            i::id.eq(&it.id),
            i::partnership_id.eq(partnership),
            i::file_id.eq(&it.file_id),
            i::file_name.eq(&it.file_name),
            i::sheet.eq(&it.sheet),
            i::state.eq(it.state),
            i::findings.eq(Json::new(&it.findings)),
            i::mapping.eq(Json::new(&it.mapping)),
            i::counts.eq(Json::new(&it.counts)),
            i::position.eq(0_i64),
            i::corrections.eq(it.corrections),
            i::asked_by.eq(Json::new(asked)),
            i::created_by.eq(&it.created_by),
            i::created_at.eq(it.created_at),
            i::step_at.eq(it.step_at),
            i::moved_at.eq(it.moved_at),
            i::version.eq(it.version),
        ))
        .execute(conn)?;
    Ok(())
}

pub(crate) fn find(
    conn: &mut Conn,
    partnership: &str,
    id: &ImportId,
) -> Result<Option<Import>, DbError> {
    i::table
        .filter(i::partnership_id.eq(partnership))
        .filter(i::id.eq(id))
        .first::<Row>(conn)
        .optional()?
        .map(Row::read)
        .transpose()
}

/// Who asked for the present step.
pub(crate) fn asked(conn: &mut Conn, partnership: &str, id: &ImportId) -> Result<Asked, DbError> {
    let text = i::table
        .filter(i::partnership_id.eq(partnership))
        .filter(i::id.eq(id))
        .select(i::asked_by)
        .first::<Json>(conn)?;
    text.get()
        .map_err(|e| DbError::Setup(format!("import {id} cannot be read: {e}")))
}

/// Imports, newest first; `after` is the last one seen.
pub(crate) fn list(
    conn: &mut Conn,
    partnership: &str,
    after: Option<&str>,
    limit: i64,
) -> Result<Vec<Import>, DbError> {
    let mut query = i::table
        .filter(i::partnership_id.eq(partnership))
        .order(i::id.desc())
        .limit(limit)
        .into_boxed();
    if let Some(after) = after {
        query = query.filter(i::id.lt(after.to_string()));
    }
    query
        .load::<Row>(conn)?
        .into_iter()
        .map(Row::read)
        .collect()
}

/// Saves what a verb changed, and who asked for it.
pub(crate) fn update(
    conn: &mut Conn,
    partnership: &str,
    it: &Import,
    asked: &Asked,
) -> Result<(), DbError> {
    diesel::update(i::table.filter(i::partnership_id.eq(partnership)))
        .filter(i::id.eq(&it.id))
        .set((
            i::state.eq(it.state),
            i::findings.eq(Json::new(&it.findings)),
            i::mapping.eq(Json::new(&it.mapping)),
            i::counts.eq(Json::new(&it.counts)),
            i::position.eq(position(it.position)),
            i::corrections.eq(it.corrections),
            i::failure.eq(it.failure.as_ref().map(Json::new)),
            i::asked_by.eq(Json::new(asked)),
            i::step_at.eq(it.step_at),
            i::moved_at.eq(it.moved_at),
            i::version.eq(it.version),
        ))
        .execute(conn)?;
    Ok(())
}

/// One step forward of a job, if the import is still in that state and nobody else has gone on from there.
pub(crate) struct Step {
    pub state: State,
    pub from: u64,
    pub to: u64,
    pub then: State,
}

/// Says whether the step was taken; if not, the job has nothing more to do.
pub(crate) fn advance(
    conn: &mut Conn,
    partnership: &str,
    id: &ImportId,
    step: &Step,
    counts: &Counts,
    now: Instant,
) -> Result<bool, DbError> {
    let moved = diesel::update(i::table.filter(i::partnership_id.eq(partnership)))
        .filter(i::id.eq(id))
        .filter(i::state.eq(step.state))
        .filter(i::position.eq(position(step.from)))
        .set((
            i::state.eq(step.then),
            i::position.eq(position(step.to)),
            i::counts.eq(Json::new(counts)),
            i::moved_at.eq(now),
            i::version.eq(i::version + 1),
        ))
        .execute(conn)?;
    Ok(moved > 0)
}

/// What was counted in the chunk whose step was taken.
pub(crate) fn set_counts(
    conn: &mut Conn,
    partnership: &str,
    id: &ImportId,
    counts: &Counts,
) -> Result<(), DbError> {
    diesel::update(i::table.filter(i::partnership_id.eq(partnership)))
        .filter(i::id.eq(id))
        .set(i::counts.eq(Json::new(counts)))
        .execute(conn)?;
    Ok(())
}

/// A step that cannot be finished: it says why.
pub(crate) fn fail(
    conn: &mut Conn,
    partnership: &str,
    id: &ImportId,
    from: State,
    why: &Told,
    now: Instant,
) -> Result<bool, DbError> {
    let failed = diesel::update(i::table.filter(i::partnership_id.eq(partnership)))
        .filter(i::id.eq(id))
        .filter(i::state.eq(from))
        .set((
            i::state.eq(State::Failed),
            i::failure.eq(Some(Json::new(why))),
            i::moved_at.eq(now),
            i::version.eq(i::version + 1),
        ))
        .execute(conn)?;
    Ok(failed > 0)
}

fn position(n: u64) -> i64 {
    i64::try_from(n).unwrap_or(i64::MAX)
}

/// A row that the check has something to say about.
#[derive(Clone, Debug, Serialize, utoipa::ToSchema)]
pub struct ImportRow {
    /// Its number among them, from 1.
    pub seq: i64,
    /// Line of the file, or row of the sheet.
    pub line: i64,
    /// What it is.
    pub state: RowState,
    /// What is to be said.
    pub told: Told,
    /// The row as it stands in the file.
    pub cells: Vec<String>,
}

pub(crate) fn forget_rows(
    conn: &mut Conn,
    partnership: &str,
    id: &ImportId,
) -> Result<(), DbError> {
    diesel::delete(
        r::table
            .filter(r::partnership_id.eq(partnership))
            .filter(r::import_id.eq(id)),
    )
    .execute(conn)?;
    Ok(())
}

pub(crate) fn add_rows(
    conn: &mut Conn,
    partnership: &str,
    id: &ImportId,
    rows: &[ImportRow],
) -> Result<(), DbError> {
    for row in rows {
        diesel::insert_into(r::table)
            .values((
                r::import_id.eq(id),
                r::seq.eq(row.seq),
                r::partnership_id.eq(partnership),
                r::line.eq(row.line),
                r::state.eq(row.state),
                r::told.eq(Json::new(&row.told)),
                r::cells.eq(Json::new(&row.cells)),
            ))
            .execute(conn)?;
    }
    Ok(())
}

/// Rows after `after`, in the order of the file.
pub(crate) fn rows(
    conn: &mut Conn,
    partnership: &str,
    id: &ImportId,
    state: Option<RowState>,
    after: i64,
    limit: i64,
) -> Result<Vec<ImportRow>, DbError> {
    let mut query = r::table
        .filter(r::partnership_id.eq(partnership))
        .filter(r::import_id.eq(id))
        .filter(r::seq.gt(after))
        .order(r::seq.asc())
        .limit(limit)
        .select((r::seq, r::line, r::state, r::told, r::cells))
        .into_boxed();
    if let Some(state) = state {
        query = query.filter(r::state.eq(state));
    }
    let unreadable =
        |e: serde_json::Error| DbError::Setup(format!("a row of import {id} cannot be read: {e}"));
    let rows = query.load::<(i64, i64, RowState, Json, Json)>(conn)?;
    rows.into_iter()
        .map(|(seq, line, state, told, cells)| {
            Ok(ImportRow {
                seq,
                line,
                state,
                told: told.get().map_err(unreadable)?,
                cells: cells.get().map_err(unreadable)?,
            })
        })
        .collect()
}

/// Notes that an import made this version of a measurement that was there before.
pub(crate) fn add_change(
    conn: &mut Conn,
    partnership: &str,
    id: &ImportId,
    measurement: &str,
    version: i64,
) -> Result<(), DbError> {
    diesel::insert_into(c::table)
        .values((
            c::import_id.eq(id),
            c::measurement_id.eq(measurement),
            c::partnership_id.eq(partnership),
            c::version.eq(version),
        ))
        .execute(conn)?;
    Ok(())
}

/// Measurements that an import changed and the version it made, by identifier, after `after`.
pub(crate) fn changes(
    conn: &mut Conn,
    partnership: &str,
    id: &ImportId,
    after: &str,
    limit: i64,
) -> Result<Vec<(String, i64)>, DbError> {
    Ok(c::table
        .filter(c::partnership_id.eq(partnership))
        .filter(c::import_id.eq(id))
        .filter(c::measurement_id.gt(after))
        .order(c::measurement_id.asc())
        .limit(limit)
        .select((c::measurement_id, c::version))
        .load(conn)?)
}

/// Mappings that are kept, by name.
pub(crate) fn kept(
    conn: &mut Conn,
    partnership: &str,
) -> Result<Vec<(String, ImportMapping)>, DbError> {
    let rows = k::table
        .filter(k::partnership_id.eq(partnership))
        .order(k::name.asc())
        .limit(200)
        .select((k::name, k::mapping))
        .load::<(String, Json)>(conn)?;
    // One of a later version, with words unknown here, is passed over.
    Ok(rows
        .into_iter()
        .filter_map(|(name, mapping)| Some((name, mapping.get().ok()?)))
        .collect())
}

/// Keeps a mapping under a name, in place of an earlier one of that name.
pub(crate) fn keep(
    conn: &mut Conn,
    partnership: &str,
    name: &str,
    mapping: &ImportMapping,
    now: Instant,
) -> Result<(), DbError> {
    conn.lock(&format!("import_mappings:{partnership}"))?;
    let same = k::table
        .filter(k::partnership_id.eq(partnership))
        .filter(k::name.eq(name));
    let replaced = diesel::update(same)
        .set(k::mapping.eq(Json::new(mapping)))
        .execute(conn)?;
    if replaced == 0 {
        diesel::insert_into(k::table)
            .values((
                k::id.eq(MappingId::new()),
                k::partnership_id.eq(partnership),
                k::name.eq(name),
                k::mapping.eq(Json::new(mapping)),
                k::created_at.eq(now),
            ))
            .execute(conn)?;
    }
    Ok(())
}
