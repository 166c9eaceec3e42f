use backbone_db::{Conn, DbError, Instant};
use diesel::prelude::*;
use serde::Serialize;

use super::{ConsentBasis, ContactId};
use crate::schema::contacts::{self, dsl};

/// Somebody outside of the partnership whom it writes to.
#[derive(Clone, Debug, Queryable, Selectable, Insertable, Serialize, utoipa::ToSchema)]
#[diesel(table_name = contacts)]
pub struct Contact {
    /// Its identifier.
    pub id: ContactId,
    #[serde(skip)]
    pub(crate) partnership_id: String,
    /// The address.
    pub email: String,
    #[serde(skip)]
    pub(crate) address_key: String,
    /// The name.
    pub name: String,
    /// The language, `en` or `nl`.
    pub language: String,
    /// Where they belong.
    pub organization: String,
    /// Why the partnership may write to them.
    pub consent_basis: ConsentBasis,
    /// When and how they agreed, or which agreement or interest it is.
    pub consent_note: String,
    /// Counts its edits; the ETag.
    pub version: i64,
    /// When it was added.
    pub created_at: Instant,
}

pub(crate) fn insert(conn: &mut Conn, contact: &Contact) -> Result<(), DbError> {
    diesel::insert_into(contacts::table)
        .values(contact)
        .execute(conn)?;
    Ok(())
}

pub(crate) fn find(
    conn: &mut Conn,
    tenant: &str,
    id: &ContactId,
) -> Result<Option<Contact>, DbError> {
    Ok(contacts::table
        .filter(dsl::partnership_id.eq(tenant))
        .filter(dsl::id.eq(id))
        .select(Contact::as_select())
        .first(conn)
        .optional()?)
}

pub(crate) fn by_address(
    conn: &mut Conn,
    tenant: &str,
    key: &str,
) -> Result<Option<Contact>, DbError> {
    Ok(contacts::table
        .filter(dsl::partnership_id.eq(tenant))
        .filter(dsl::address_key.eq(key))
        .select(Contact::as_select())
        .first(conn)
        .optional()?)
}

/// Writes a changed contact, unless somebody else changed it meanwhile.
pub(crate) fn update(conn: &mut Conn, c: &Contact) -> Result<bool, DbError> {
    let same = contacts::table
        .filter(dsl::partnership_id.eq(&c.partnership_id))
        .filter(dsl::id.eq(&c.id))
        .filter(dsl::version.eq(c.version));
    let changed = diesel::update(same)
        .set((
            dsl::email.eq(&c.email),
            dsl::address_key.eq(&c.address_key),
            dsl::name.eq(&c.name),
            dsl::language.eq(&c.language),
            dsl::organization.eq(&c.organization),
            dsl::consent_basis.eq(c.consent_basis),
            dsl::consent_note.eq(&c.consent_note),
            dsl::version.eq(dsl::version + 1),
        ))
        .execute(conn)?;
    Ok(changed > 0)
}

pub(crate) fn delete(conn: &mut Conn, tenant: &str, id: &ContactId) -> Result<bool, DbError> {
    let one = contacts::table
        .filter(dsl::partnership_id.eq(tenant))
        .filter(dsl::id.eq(id));
    Ok(diesel::delete(one).execute(conn)? > 0)
}

/// In the order in which they were added, those behind `after`.
pub(crate) fn list(
    conn: &mut Conn,
    tenant: &str,
    after: Option<&str>,
    limit: i64,
) -> Result<Vec<Contact>, DbError> {
    let mut query = contacts::table
        .filter(dsl::partnership_id.eq(tenant.to_string()))
        .order(dsl::id.asc())
        .limit(limit)
        .select(Contact::as_select())
        .into_boxed();
    if let Some(after) = after {
        query = query.filter(dsl::id.gt(after.to_string()));
    }
    Ok(query.load(conn)?)
}

pub(crate) fn count(conn: &mut Conn, tenant: &str) -> Result<i64, DbError> {
    Ok(contacts::table
        .filter(dsl::partnership_id.eq(tenant))
        .count()
        .get_result(conn)?)
}
