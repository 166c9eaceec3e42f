use backbone_db::{Conn, DbError, Instant};
use diesel::prelude::*;
use serde::Serialize;

use super::Reason;
use crate::schema::suppressions::{self, dsl};

/// An address that is not written to.
#[derive(Clone, Debug, Queryable, Selectable, Insertable, Serialize, utoipa::ToSchema)]
#[diesel(table_name = suppressions)]
pub struct Suppression {
    #[serde(skip)]
    pub(crate) partnership_id: String,
    /// The address, in lower case.
    #[serde(rename = "address")]
    pub address_key: String,
    /// Why.
    pub reason: Reason,
    /// In the words of staff or of the mail server.
    pub note: String,
    /// Since when.
    pub created_at: Instant,
}

/// Adds a suppression; says whether it was new. One that is there keeps its reason.
pub(crate) fn put(conn: &mut Conn, row: &Suppression) -> Result<bool, DbError> {
    conn.lock(&format!(
        "suppression:{}:{}",
        row.partnership_id, row.address_key
    ))?;
    if is_suppressed(conn, &row.partnership_id, &row.address_key)? {
        return Ok(false);
    }
    diesel::insert_into(suppressions::table)
        .values(row)
        .execute(conn)?;
    Ok(true)
}

pub(crate) fn remove(conn: &mut Conn, tenant: &str, key: &str) -> Result<bool, DbError> {
    let one = suppressions::table
        .filter(dsl::partnership_id.eq(tenant))
        .filter(dsl::address_key.eq(key));
    Ok(diesel::delete(one).execute(conn)? > 0)
}

pub(crate) fn is_suppressed(conn: &mut Conn, tenant: &str, key: &str) -> Result<bool, DbError> {
    let found: i64 = suppressions::table
        .filter(dsl::partnership_id.eq(tenant))
        .filter(dsl::address_key.eq(key))
        .count()
        .get_result(conn)?;
    Ok(found > 0)
}

/// Which of these addresses are suppressed.
pub(crate) fn among(
    conn: &mut Conn,
    tenant: &str,
    keys: &[String],
) -> Result<Vec<String>, DbError> {
    let mut found = Vec::new();
    for part in keys.chunks(500) {
        found.extend(
            suppressions::table
                .filter(dsl::partnership_id.eq(tenant))
                .filter(dsl::address_key.eq_any(part))
                .select(dsl::address_key)
                .load::<String>(conn)?,
        );
    }
    Ok(found)
}

/// By address, those behind `after`.
pub(crate) fn list(
    conn: &mut Conn,
    tenant: &str,
    after: Option<&str>,
    limit: i64,
) -> Result<Vec<Suppression>, DbError> {
    let mut query = suppressions::table
        .filter(dsl::partnership_id.eq(tenant.to_string()))
        .order(dsl::address_key.asc())
        .limit(limit)
        .select(Suppression::as_select())
        .into_boxed();
    if let Some(after) = after {
        query = query.filter(dsl::address_key.gt(after.to_string()));
    }
    Ok(query.load(conn)?)
}

/// Why an address is not written to, if it is not.
pub(crate) fn reason(conn: &mut Conn, tenant: &str, key: &str) -> Result<Option<Reason>, DbError> {
    Ok(suppressions::table
        .filter(dsl::partnership_id.eq(tenant))
        .filter(dsl::address_key.eq(key))
        .select(dsl::reason)
        .first(conn)
        .optional()?)
}
