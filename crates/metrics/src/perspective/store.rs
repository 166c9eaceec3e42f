use backbone_db::{Conn, DbError, Instant, OptionalExtension};
use diesel::prelude::*;

use super::{Objective, ObjectiveId, Perspective, PerspectiveId};
use crate::schema::{metrics, objectives as o, perspectives as p};

type Row = (PerspectiveId, String, i32, i64, Instant);
type ObjectiveRow = (ObjectiveId, PerspectiveId, String, i32, i64, Instant);

fn perspective((id, name, position, version, created_at): Row) -> Perspective {
    Perspective {
        id,
        name,
        position,
        version,
        created_at,
    }
}

fn objective((id, perspective_id, name, position, version, created_at): ObjectiveRow) -> Objective {
    Objective {
        id,
        perspective_id,
        name,
        position,
        version,
        created_at,
    }
}

/// All perspectives in their order.
pub(crate) fn list(conn: &mut Conn, partnership: &str) -> Result<Vec<Perspective>, DbError> {
    let rows = p::table
        .filter(p::partnership_id.eq(partnership))
        .order((p::position.asc(), p::id.asc()))
        .select((p::id, p::name, p::position, p::version, p::created_at))
        .load::<Row>(conn)?;
    Ok(rows.into_iter().map(perspective).collect())
}

pub(crate) fn find(
    conn: &mut Conn,
    partnership: &str,
    id: &PerspectiveId,
) -> Result<Option<Perspective>, DbError> {
    Ok(p::table
        .filter(p::partnership_id.eq(partnership))
        .filter(p::id.eq(id))
        .select((p::id, p::name, p::position, p::version, p::created_at))
        .first::<Row>(conn)
        .optional()?
        .map(perspective))
}

pub(crate) fn insert(conn: &mut Conn, partnership: &str, it: &Perspective) -> Result<(), DbError> {
    diesel::insert_into(p::table)
        .values((
            p::id.eq(&it.id),
            p::partnership_id.eq(partnership),
            p::name.eq(&it.name),
            p::position.eq(it.position),
            p::version.eq(it.version),
            p::created_at.eq(it.created_at),
        ))
        .execute(conn)?;
    Ok(())
}

pub(crate) fn update(conn: &mut Conn, partnership: &str, it: &Perspective) -> Result<(), DbError> {
    diesel::update(p::table.filter(p::partnership_id.eq(partnership)))
        .filter(p::id.eq(&it.id))
        .set((
            p::name.eq(&it.name),
            p::position.eq(it.position),
            p::version.eq(it.version),
        ))
        .execute(conn)?;
    Ok(())
}

pub(crate) fn delete(
    conn: &mut Conn,
    partnership: &str,
    id: &PerspectiveId,
) -> Result<(), DbError> {
    diesel::delete(p::table.filter(p::partnership_id.eq(partnership)))
        .filter(p::id.eq(id))
        .execute(conn)?;
    Ok(())
}

/// Whether metrics or objectives stand under it.
pub(crate) fn in_use(
    conn: &mut Conn,
    partnership: &str,
    id: &PerspectiveId,
) -> Result<bool, DbError> {
    let metrics_under: i64 = metrics::table
        .filter(metrics::partnership_id.eq(partnership))
        .filter(metrics::perspective_id.eq(id))
        .count()
        .get_result(conn)?;
    let objectives_under: i64 = o::table
        .filter(o::partnership_id.eq(partnership))
        .filter(o::perspective_id.eq(id))
        .count()
        .get_result(conn)?;
    Ok(metrics_under + objectives_under > 0)
}

/// All objectives, by their place.
pub(crate) fn objectives(conn: &mut Conn, partnership: &str) -> Result<Vec<Objective>, DbError> {
    let rows = o::table
        .filter(o::partnership_id.eq(partnership))
        .order((o::position.asc(), o::id.asc()))
        .select((
            o::id,
            o::perspective_id,
            o::name,
            o::position,
            o::version,
            o::created_at,
        ))
        .load::<ObjectiveRow>(conn)?;
    Ok(rows.into_iter().map(objective).collect())
}

pub(crate) fn insert_objective(
    conn: &mut Conn,
    partnership: &str,
    it: &Objective,
) -> Result<(), DbError> {
    diesel::insert_into(o::table)
        .values((
            o::id.eq(&it.id),
            o::partnership_id.eq(partnership),
            o::perspective_id.eq(&it.perspective_id),
            o::name.eq(&it.name),
            o::position.eq(it.position),
            o::version.eq(it.version),
            o::created_at.eq(it.created_at),
        ))
        .execute(conn)?;
    Ok(())
}

pub(crate) fn update_objective(
    conn: &mut Conn,
    partnership: &str,
    it: &Objective,
) -> Result<(), DbError> {
    diesel::update(o::table.filter(o::partnership_id.eq(partnership)))
        .filter(o::id.eq(&it.id))
        .set((
            o::name.eq(&it.name),
            o::position.eq(it.position),
            o::version.eq(it.version),
        ))
        .execute(conn)?;
    Ok(())
}

pub(crate) fn delete_objective(
    conn: &mut Conn,
    partnership: &str,
    id: &ObjectiveId,
) -> Result<(), DbError> {
    diesel::delete(o::table.filter(o::partnership_id.eq(partnership)))
        .filter(o::id.eq(id))
        .execute(conn)?;
    Ok(())
}

/// How many metrics name each objective, retired ones included; those that none names are left out.
pub(crate) fn metrics_by_objective(
    conn: &mut Conn,
    partnership: &str,
) -> Result<Vec<(ObjectiveId, i64)>, DbError> {
    let rows = metrics::table
        .filter(metrics::partnership_id.eq(partnership))
        .group_by(metrics::objective_id)
        .select((metrics::objective_id, diesel::dsl::count_star()))
        .load::<(Option<ObjectiveId>, i64)>(conn)?;
    Ok(rows
        .into_iter()
        .filter_map(|(id, n)| Some((id?, n)))
        .collect())
}

/// How many metrics stand under each perspective, retired ones included.
pub(crate) fn metrics_by_perspective(
    conn: &mut Conn,
    partnership: &str,
) -> Result<Vec<(PerspectiveId, i64)>, DbError> {
    Ok(metrics::table
        .filter(metrics::partnership_id.eq(partnership))
        .group_by(metrics::perspective_id)
        .select((metrics::perspective_id, diesel::dsl::count_star()))
        .load(conn)?)
}
