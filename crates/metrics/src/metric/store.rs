use backbone_db::{Conn, DbError, Instant, Json, OptionalExtension};
use diesel::prelude::*;

use super::{Definition, Metric, MetricId, Status};
use crate::perspective::{ObjectiveId, PerspectiveId};
use crate::schema::metrics as m;

type Row = (
    MetricId,
    PerspectiveId,
    Option<ObjectiveId>,
    String,
    Json,
    bool,
    Status,
    i64,
    Instant,
    Instant,
);

const COLUMNS: (
    m::id,
    m::perspective_id,
    m::objective_id,
    m::name,
    m::definition,
    m::public,
    m::status,
    m::version,
    m::created_at,
    m::updated_at,
) = (
    m::id,
    m::perspective_id,
    m::objective_id,
    m::name,
    m::definition,
    m::public,
    m::status,
    m::version,
    m::created_at,
    m::updated_at,
);

fn read(row: Row) -> Result<Metric, DbError> {
    let (id, perspective_id, objective_id, name, definition, public, status, version, made, edited) =
        row;
    let definition = definition.get::<Definition>().map_err(|e| {
        DbError::Setup(format!("the definition of metric {id} cannot be read: {e}"))
    })?;
    Ok(Metric {
        id,
        perspective_id,
        objective_id,
        name,
        definition,
        public,
        status,
        version,
        created_at: made,
        updated_at: edited,
    })
}

pub(crate) fn find(
    conn: &mut Conn,
    partnership: &str,
    id: &MetricId,
) -> Result<Option<Metric>, DbError> {
    m::table
        .filter(m::partnership_id.eq(partnership))
        .filter(m::id.eq(id))
        .select(COLUMNS)
        .first::<Row>(conn)
        .optional()?
        .map(read)
        .transpose()
}

pub(crate) fn by_name(
    conn: &mut Conn,
    partnership: &str,
    name: &str,
) -> Result<Option<MetricId>, DbError> {
    Ok(m::table
        .filter(m::partnership_id.eq(partnership))
        .filter(m::name.eq(name))
        .select(m::id)
        .first(conn)
        .optional()?)
}

/// Metrics by identifier, those defined first at the front.
pub(crate) fn list(
    conn: &mut Conn,
    partnership: &str,
    public_only: bool,
    status: Option<Status>,
    after: Option<&str>,
    limit: i64,
) -> Result<Vec<Metric>, DbError> {
    let mut query = m::table
        .filter(m::partnership_id.eq(partnership))
        .select(COLUMNS)
        .order(m::id.asc())
        .limit(limit)
        .into_boxed();
    if public_only {
        query = query.filter(m::public.eq(true));
    }
    if let Some(status) = status {
        query = query.filter(m::status.eq(status));
    }
    if let Some(after) = after {
        query = query.filter(m::id.gt(after.to_string()));
    }
    query.load::<Row>(conn)?.into_iter().map(read).collect()
}

pub(crate) fn find_many(
    conn: &mut Conn,
    partnership: &str,
    ids: &[MetricId],
) -> Result<Vec<Metric>, DbError> {
    m::table
        .filter(m::partnership_id.eq(partnership))
        .filter(m::id.eq_any(ids))
        .select(COLUMNS)
        .load::<Row>(conn)?
        .into_iter()
        .map(read)
        .collect()
}

pub(crate) fn insert(conn: &mut Conn, partnership: &str, it: &Metric) -> Result<(), DbError> {
    diesel::insert_into(m::table)
        .values((
            m::id.eq(&it.id),
            m::partnership_id.eq(partnership),
            m::perspective_id.eq(&it.perspective_id),
            m::objective_id.eq(&it.objective_id),
            m::name.eq(&it.name),
            m::definition.eq(Json::new(&it.definition)),
            m::public.eq(it.public),
            m::status.eq(it.status),
            m::version.eq(it.version),
            m::created_at.eq(it.created_at),
            m::updated_at.eq(it.updated_at),
        ))
        .execute(conn)?;
    Ok(())
}

pub(crate) fn update(conn: &mut Conn, partnership: &str, it: &Metric) -> Result<(), DbError> {
    diesel::update(m::table.filter(m::partnership_id.eq(partnership)))
        .filter(m::id.eq(&it.id))
        .set((
            m::perspective_id.eq(&it.perspective_id),
            m::objective_id.eq(&it.objective_id),
            m::name.eq(&it.name),
            m::definition.eq(Json::new(&it.definition)),
            m::public.eq(it.public),
            m::status.eq(it.status),
            m::version.eq(it.version),
            m::updated_at.eq(it.updated_at),
        ))
        .execute(conn)?;
    Ok(())
}
