use backbone_db::{Conn, DbError, Instant};
use backbone_web::Lang;
use diesel::prelude::*;

use crate::ids::{InvitationId, OrganizationId, PartnershipId, PersonId};
use crate::people::Invitation;
use crate::role::{roles_from_text, roles_to_text};
use crate::schema::{invitations, people};

#[derive(Queryable, Selectable)]
#[diesel(table_name = invitations)]
struct Row {
    id: InvitationId,
    email: String,
    name: String,
    roles: String,
    organization_id: Option<OrganizationId>,
    invited_by: Option<PersonId>,
    created_at: Instant,
    expires_at: Instant,
    accepted_at: Option<Instant>,
    revoked_at: Option<Instant>,
}

impl From<Row> for Invitation {
    fn from(r: Row) -> Self {
        Invitation {
            id: r.id,
            email: r.email,
            name: r.name,
            roles: roles_from_text(&r.roles),
            organization_id: r.organization_id,
            invited_by: r.invited_by,
            created_at: r.created_at,
            expires_at: r.expires_at,
            accepted_at: r.accepted_at,
            revoked_at: r.revoked_at,
        }
    }
}

pub(crate) fn insert(
    conn: &mut Conn,
    partnership: &PartnershipId,
    i: &Invitation,
) -> Result<(), DbError> {
    diesel::insert_into(invitations::table)
        .values((
            invitations::id.eq(&i.id),
            invitations::partnership_id.eq(partnership),
            invitations::email.eq(&i.email),
            invitations::name.eq(&i.name),
            invitations::roles.eq(roles_to_text(&i.roles)),
            invitations::organization_id.eq(&i.organization_id),
            invitations::invited_by.eq(&i.invited_by),
            invitations::created_at.eq(i.created_at),
            invitations::expires_at.eq(i.expires_at),
        ))
        .execute(conn)?;
    Ok(())
}

pub(crate) fn find(
    conn: &mut Conn,
    partnership: &PartnershipId,
    id: &InvitationId,
) -> Result<Option<Invitation>, DbError> {
    let row: Option<Row> = invitations::table
        .find(id)
        .filter(invitations::partnership_id.eq(partnership))
        .select(Row::as_select())
        .first(conn)
        .optional()?;
    Ok(row.map(Invitation::from))
}

/// An invitation and its partnership, for the one who follows its link.
pub(crate) fn find_any(
    conn: &mut Conn,
    id: &str,
) -> Result<Option<(Invitation, PartnershipId)>, DbError> {
    let row: Option<(Row, PartnershipId)> = invitations::table
        .find(id)
        .select((Row::as_select(), invitations::partnership_id))
        .first(conn)
        .optional()?;
    Ok(row.map(|(row, partnership)| (row.into(), partnership)))
}

/// The invitation of an address that could still be accepted or renewed.
pub(crate) fn pending(
    conn: &mut Conn,
    partnership: &PartnershipId,
    email: &str,
) -> Result<Option<Invitation>, DbError> {
    let row: Option<Row> = invitations::table
        .filter(invitations::partnership_id.eq(partnership))
        .filter(invitations::email.eq(email))
        .filter(invitations::accepted_at.is_null())
        .filter(invitations::revoked_at.is_null())
        .select(Row::as_select())
        .first(conn)
        .optional()?;
    Ok(row.map(Invitation::from))
}

/// One page, the newest first.
pub(crate) fn page(
    conn: &mut Conn,
    partnership: &str,
    before: Option<&str>,
    limit: i64,
) -> Result<Vec<Invitation>, DbError> {
    let rows: Vec<Row> = invitations::table
        .filter(invitations::partnership_id.eq(partnership))
        // "~" sorts behind every identifier.
        .filter(invitations::id.lt(before.unwrap_or("~")))
        .order(invitations::id.desc())
        .limit(limit)
        .select(Row::as_select())
        .load(conn)?;
    Ok(rows.into_iter().map(Invitation::from).collect())
}

/// Those that expire between two moments and were neither taken up nor taken back, oldest first.
pub(crate) fn unanswered(
    conn: &mut Conn,
    partnership: &str,
    from: Instant,
    until: Instant,
) -> Result<Vec<Invitation>, DbError> {
    let rows: Vec<Row> = invitations::table
        .filter(invitations::partnership_id.eq(partnership))
        .filter(invitations::accepted_at.is_null())
        .filter(invitations::revoked_at.is_null())
        .filter(invitations::expires_at.ge(from))
        .filter(invitations::expires_at.lt(until))
        .order(invitations::id.asc())
        .limit(20)
        .select(Row::as_select())
        .load(conn)?;
    Ok(rows.into_iter().map(Invitation::from).collect())
}

/// Stores what may change: roles, organization and the three dates.
pub(crate) fn update(conn: &mut Conn, i: &Invitation) -> Result<(), DbError> {
    diesel::update(invitations::table.find(&i.id))
        .set((
            invitations::roles.eq(roles_to_text(&i.roles)),
            invitations::organization_id.eq(&i.organization_id),
            invitations::expires_at.eq(i.expires_at),
            invitations::accepted_at.eq(i.accepted_at),
            invitations::revoked_at.eq(i.revoked_at),
        ))
        .execute(conn)?;
    Ok(())
}

/// The account with this address: id, name, whether it is active.
pub(crate) fn person(
    conn: &mut Conn,
    email: &str,
) -> Result<Option<(PersonId, String, bool)>, DbError> {
    Ok(people::table
        .filter(people::email.eq(email))
        .select((people::id, people::name, people::active))
        .first(conn)
        .optional()?)
}

pub(crate) fn insert_person(
    conn: &mut Conn,
    email: &str,
    name: &str,
    lang: Lang,
    password_hash: Option<&str>,
    now: Instant,
) -> Result<PersonId, DbError> {
    let id = PersonId::new();
    diesel::insert_into(people::table)
        .values((
            people::id.eq(&id),
            people::email.eq(email),
            people::name.eq(name),
            people::language.eq(lang.code()),
            people::password_hash.eq(password_hash),
            people::active.eq(true),
            people::operator.eq(false),
            people::created_at.eq(now),
        ))
        .execute(conn)?;
    Ok(id)
}
