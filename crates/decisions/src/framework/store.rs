use backbone_db::{Conn, DbError, Instant, Json};
use diesel::prelude::*;

use super::{Framework, FrameworkId, FrameworkVersion, Norms};
use crate::body::BodyId;
use crate::schema::{framework_versions as v, frameworks as f};

type Row = (
    FrameworkId,
    Option<BodyId>,
    String,
    String,
    Json,
    bool,
    i64,
    Instant,
    Instant,
);

fn from_row(row: Row) -> Result<Framework, DbError> {
    let (id, body_id, name, class, norms, active, version, created_at, updated_at) = row;
    Ok(Framework {
        id,
        body_id,
        name,
        class,
        norms: read(&norms)?,
        active,
        version,
        created_at,
        updated_at,
    })
}

pub(crate) fn read(norms: &Json) -> Result<Norms, DbError> {
    norms
        .get()
        .map_err(|e| DbError::Setup(format!("stored norms cannot be read: {e}")))
}

macro_rules! columns {
    () => {
        (
            f::id,
            f::body_id,
            f::name,
            f::class,
            f::norms,
            f::active,
            f::version,
            f::created_at,
            f::updated_at,
        )
    };
}

pub(crate) fn insert(
    conn: &mut Conn,
    partnership: &str,
    x: &Framework,
    by: &str,
) -> Result<(), DbError> {
    diesel::insert_into(f::table)
        .values((
            f::id.eq(&x.id),
            f::partnership_id.eq(partnership),
            f::body_id.eq(&x.body_id),
            f::name.eq(&x.name),
            f::class.eq(&x.class),
            f::norms.eq(Json::new(&x.norms)),
            f::active.eq(x.active),
            f::version.eq(x.version),
            f::created_at.eq(x.created_at),
            f::updated_at.eq(x.updated_at),
        ))
        .execute(conn)?;
    keep(conn, partnership, x, by)
}

pub(crate) fn update(
    conn: &mut Conn,
    partnership: &str,
    x: &Framework,
    by: &str,
) -> Result<(), DbError> {
    diesel::update(
        f::table
            .filter(f::partnership_id.eq(partnership))
            .filter(f::id.eq(&x.id)),
    )
    .set((
        f::body_id.eq(&x.body_id),
        f::name.eq(&x.name),
        f::class.eq(&x.class),
        f::norms.eq(Json::new(&x.norms)),
        f::active.eq(x.active),
        f::version.eq(x.version),
        f::updated_at.eq(x.updated_at),
    ))
    .execute(conn)?;
    keep(conn, partnership, x, by)
}

fn keep(conn: &mut Conn, partnership: &str, x: &Framework, by: &str) -> Result<(), DbError> {
    diesel::insert_into(v::table)
        .values((
            v::framework_id.eq(&x.id),
            v::version.eq(x.version),
            v::partnership_id.eq(partnership),
            v::name.eq(&x.name),
            v::class.eq(&x.class),
            v::norms.eq(Json::new(&x.norms)),
            v::changed_by.eq(by),
            v::changed_at.eq(x.updated_at),
        ))
        .execute(conn)?;
    Ok(())
}

pub(crate) fn find(
    conn: &mut Conn,
    partnership: &str,
    id: &FrameworkId,
) -> Result<Option<Framework>, DbError> {
    let row = f::table
        .filter(f::partnership_id.eq(partnership))
        .filter(f::id.eq(id))
        .select(columns!())
        .first::<Row>(conn)
        .optional()?;
    row.map(from_row).transpose()
}

/// All frameworks by name, those out of use included.
pub(crate) fn all(conn: &mut Conn, partnership: &str) -> Result<Vec<Framework>, DbError> {
    let rows = f::table
        .filter(f::partnership_id.eq(partnership))
        .order((f::name.asc(), f::id.asc()))
        .select(columns!())
        .load::<Row>(conn)?;
    rows.into_iter().map(from_row).collect()
}

/// Frameworks in the order they were written, after `after`.
pub(crate) fn list(
    conn: &mut Conn,
    partnership: &str,
    after: Option<&str>,
    limit: i64,
) -> Result<Vec<Framework>, DbError> {
    let rows = f::table
        .filter(f::partnership_id.eq(partnership))
        .filter(f::id.gt(after.unwrap_or_default()))
        .order(f::id.asc())
        .limit(limit)
        .select(columns!())
        .load::<Row>(conn)?;
    rows.into_iter().map(from_row).collect()
}

/// Every text a framework had, the latest first.
pub(crate) fn versions(
    conn: &mut Conn,
    partnership: &str,
    id: &FrameworkId,
) -> Result<Vec<FrameworkVersion>, DbError> {
    let rows = v::table
        .filter(v::partnership_id.eq(partnership))
        .filter(v::framework_id.eq(id))
        .order(v::version.desc())
        .select((
            v::version,
            v::name,
            v::class,
            v::norms,
            v::changed_by,
            v::changed_at,
        ))
        .load::<(i64, String, String, Json, String, Instant)>(conn)?;
    rows.into_iter()
        .map(|(version, name, class, norms, changed_by, changed_at)| {
            Ok(FrameworkVersion {
                version,
                name,
                class,
                norms: read(&norms)?,
                changed_by,
                changed_at,
            })
        })
        .collect()
}
