//! Queries of value models, their versions and frozen calculations.

use backbone_db::{Conn, DbError, Instant, Json};
use diesel::prelude::*;
use serde::Serialize;
use utoipa::ToSchema;

use super::content::Content;
use super::error::Error;
use super::freeze::FrozenCalculation;
use super::{ValueCalculationId, ValueModelId};
use crate::schema::{value_calculations as c, value_model_versions as v, value_models as m};

/// A model with its newest version.
#[derive(Clone, Debug, Serialize, ToSchema)]
#[schema(as = ValueModel)]
pub struct Model {
    /// Its identifier.
    pub id: ValueModelId,
    /// The newest version; the ETag.
    pub version: i64,
    /// True when it is no longer used; its figures stay.
    pub retired: bool,
    /// When it was made.
    pub created_at: Instant,
    /// When the newest version was saved.
    pub updated_at: Instant,
    /// What it says.
    pub content: Content,
}

/// One version of a model.
#[derive(Clone, Debug, Serialize, ToSchema)]
#[schema(as = ValueModelVersion)]
pub struct Version {
    /// Its number.
    pub version: i64,
    /// Why it was made.
    pub reason: String,
    /// Who made it.
    pub author: String,
    /// When.
    pub created_at: Instant,
    /// What it says.
    pub content: Content,
}

type ModelRow = (ValueModelId, i64, bool, Instant, Instant, Json);

fn model(
    (id, version, retired, created_at, updated_at, content): ModelRow,
) -> Result<Model, Error> {
    Ok(Model {
        id,
        version,
        retired,
        created_at,
        updated_at,
        content: content.get()?,
    })
}

/// One model.
///
/// # Errors
/// Those of the database; a stored version that cannot be read.
pub fn find(
    conn: &mut Conn,
    partnership_id: &str,
    id: &ValueModelId,
) -> Result<Option<Model>, Error> {
    let row = m::table
        .inner_join(v::table.on(v::model_id.eq(m::id).and(v::version.eq(m::version))))
        .filter(m::partnership_id.eq(partnership_id))
        .filter(m::id.eq(id))
        .select((
            m::id,
            m::version,
            m::retired,
            m::created_at,
            m::updated_at,
            v::content,
        ))
        .first::<ModelRow>(conn)
        .optional()?;
    row.map(model).transpose()
}

/// Models in the order they were made, those after `after`, at most `limit`. Retired ones are left out unless asked for.
///
/// # Errors
/// As [`find`].
pub fn list(
    conn: &mut Conn,
    partnership_id: &str,
    after: Option<&str>,
    limit: i64,
    retired: bool,
) -> Result<Vec<Model>, Error> {
    let rows = m::table
        .inner_join(v::table.on(v::model_id.eq(m::id).and(v::version.eq(m::version))))
        .filter(m::partnership_id.eq(partnership_id))
        .filter(m::id.gt(after.unwrap_or("")))
        .filter(m::retired.eq(retired).or(m::retired.eq(false)))
        .order(m::id.asc())
        .limit(limit)
        .select((
            m::id,
            m::version,
            m::retired,
            m::created_at,
            m::updated_at,
            v::content,
        ))
        .load::<ModelRow>(conn)?;
    rows.into_iter().map(model).collect()
}

type VersionRow = (i64, String, String, Instant, Json);

fn to_version(
    (version, reason, author, created_at, content): VersionRow,
) -> Result<Version, Error> {
    Ok(Version {
        version,
        reason,
        author,
        created_at,
        content: content.get()?,
    })
}

/// The versions of a model, newest first, those before `before`, at most `limit`.
pub(super) fn versions(
    conn: &mut Conn,
    partnership_id: &str,
    id: &ValueModelId,
    before: Option<i64>,
    limit: i64,
) -> Result<Vec<Version>, Error> {
    let rows = v::table
        .filter(v::partnership_id.eq(partnership_id))
        .filter(v::model_id.eq(id))
        .filter(v::version.lt(before.unwrap_or(i64::MAX)))
        .order(v::version.desc())
        .limit(limit)
        .select((v::version, v::reason, v::author, v::created_at, v::content))
        .load::<VersionRow>(conn)?;
    rows.into_iter().map(to_version).collect()
}

/// One version.
pub(super) fn version(
    conn: &mut Conn,
    partnership_id: &str,
    id: &ValueModelId,
    version: i64,
) -> Result<Option<Version>, Error> {
    let row = v::table
        .filter(v::partnership_id.eq(partnership_id))
        .filter(v::model_id.eq(id))
        .filter(v::version.eq(version))
        .select((v::version, v::reason, v::author, v::created_at, v::content))
        .first::<VersionRow>(conn)
        .optional()?;
    row.map(to_version).transpose()
}

pub(super) fn insert(
    conn: &mut Conn,
    partnership_id: &str,
    id: &ValueModelId,
    name: &str,
    now: Instant,
) -> Result<(), DbError> {
    diesel::insert_into(m::table)
        .values((
            m::id.eq(id),
            m::partnership_id.eq(partnership_id),
            m::name.eq(name),
            m::version.eq(1),
            m::retired.eq(false),
            m::created_at.eq(now),
            m::updated_at.eq(now),
        ))
        .execute(conn)?;
    Ok(())
}

pub(super) fn insert_version(
    conn: &mut Conn,
    partnership_id: &str,
    id: &ValueModelId,
    version: &Version,
) -> Result<(), DbError> {
    diesel::insert_into(v::table)
        .values((
            v::model_id.eq(id),
            v::partnership_id.eq(partnership_id),
            v::version.eq(version.version),
            v::content.eq(Json::new(&version.content)),
            v::reason.eq(&version.reason),
            v::author.eq(&version.author),
            v::created_at.eq(version.created_at),
        ))
        .execute(conn)?;
    Ok(())
}

pub(super) fn set_version(
    conn: &mut Conn,
    partnership_id: &str,
    id: &ValueModelId,
    version: &Version,
) -> Result<(), DbError> {
    diesel::update(
        m::table
            .filter(m::partnership_id.eq(partnership_id))
            .filter(m::id.eq(id)),
    )
    .set((
        m::version.eq(version.version),
        m::name.eq(&version.content.name),
        m::updated_at.eq(version.created_at),
    ))
    .execute(conn)?;
    Ok(())
}

pub(super) fn set_retired(
    conn: &mut Conn,
    partnership_id: &str,
    id: &ValueModelId,
    now: Instant,
) -> Result<(), DbError> {
    diesel::update(
        m::table
            .filter(m::partnership_id.eq(partnership_id))
            .filter(m::id.eq(id)),
    )
    .set((m::retired.eq(true), m::updated_at.eq(now)))
    .execute(conn)?;
    Ok(())
}

pub(super) fn insert_calculation(
    conn: &mut Conn,
    partnership_id: &str,
    frozen: &FrozenCalculation,
    content: &Json,
) -> Result<(), DbError> {
    diesel::insert_into(c::table)
        .values((
            c::id.eq(&frozen.id),
            c::partnership_id.eq(partnership_id),
            c::model_id.eq(&frozen.calculated.model_id),
            c::model_version.eq(frozen.calculated.version),
            c::content.eq(content),
            c::sha256.eq(&frozen.sha256),
            c::author.eq(&frozen.author),
            c::created_at.eq(frozen.created_at),
        ))
        .execute(conn)?;
    Ok(())
}

type CalculationRow = (ValueCalculationId, Json, String, String, Instant);

fn to_frozen(
    (id, content, sha256, author, created_at): CalculationRow,
) -> Result<FrozenCalculation, Error> {
    Ok(FrozenCalculation {
        id,
        calculated: content.get()?,
        sha256,
        author,
        created_at,
    })
}

/// One frozen calculation.
pub(super) fn calculation(
    conn: &mut Conn,
    partnership_id: &str,
    id: &ValueCalculationId,
) -> Result<Option<FrozenCalculation>, Error> {
    let row = c::table
        .filter(c::partnership_id.eq(partnership_id))
        .filter(c::id.eq(id))
        .select((c::id, c::content, c::sha256, c::author, c::created_at))
        .first::<CalculationRow>(conn)
        .optional()?;
    row.map(to_frozen).transpose()
}

/// The frozen calculations of a model, oldest first, those after `after`.
pub(super) fn calculations(
    conn: &mut Conn,
    partnership_id: &str,
    id: &ValueModelId,
    after: Option<&str>,
    limit: i64,
) -> Result<Vec<FrozenCalculation>, Error> {
    let rows = c::table
        .filter(c::partnership_id.eq(partnership_id))
        .filter(c::model_id.eq(id))
        .filter(c::id.gt(after.unwrap_or("")))
        .order(c::id.asc())
        .limit(limit)
        .select((c::id, c::content, c::sha256, c::author, c::created_at))
        .load::<CalculationRow>(conn)?;
    rows.into_iter().map(to_frozen).collect()
}

impl From<diesel::result::Error> for Error {
    fn from(error: diesel::result::Error) -> Self {
        Error::Db(error.into())
    }
}
