use backbone_db::{Conn, DbError, Instant};
use diesel::prelude::*;

use super::LinkPurpose;
use crate::ids::PersonId;
use crate::schema::{magic_links, people};

#[derive(Queryable, Selectable)]
#[diesel(table_name = people)]
pub(crate) struct Account {
    pub id: PersonId,
    pub email: String,
    pub name: String,
    pub language: String,
    pub password_hash: Option<String>,
}

/// The active account with this address.
pub(crate) fn by_email(conn: &mut Conn, email: &str) -> Result<Option<Account>, DbError> {
    Ok(people::table
        .filter(people::email.eq(email))
        .filter(people::active.eq(true))
        .select(Account::as_select())
        .first(conn)
        .optional()?)
}

pub(crate) fn by_id(conn: &mut Conn, id: &PersonId) -> Result<Option<Account>, DbError> {
    Ok(people::table
        .find(id)
        .filter(people::active.eq(true))
        .select(Account::as_select())
        .first(conn)
        .optional()?)
}

pub(super) fn is_active(conn: &mut Conn, id: &PersonId) -> Result<bool, DbError> {
    Ok(by_id(conn, id)?.is_some())
}

#[derive(Queryable, Selectable)]
#[diesel(table_name = magic_links)]
pub(super) struct Link {
    pub person_id: PersonId,
    pub next: Option<String>,
    pub expires_at: Instant,
    pub used_at: Option<Instant>,
}

/// Makes a link, or lets one that was not used last longer when its mail is sent again.
pub(super) fn put_link(
    conn: &mut Conn,
    id: &str,
    person: &PersonId,
    purpose: LinkPurpose,
    next: Option<&str>,
    now: Instant,
    expires_at: Instant,
) -> Result<(), DbError> {
    let known = diesel::update(magic_links::table.find(id))
        .set(magic_links::expires_at.eq(expires_at))
        .execute(conn)?;
    if known == 0 {
        diesel::insert_into(magic_links::table)
            .values((
                magic_links::id.eq(id),
                magic_links::person_id.eq(person),
                magic_links::purpose.eq(purpose),
                magic_links::next.eq(next),
                magic_links::created_at.eq(now),
                magic_links::expires_at.eq(expires_at),
            ))
            .execute(conn)?;
    }
    Ok(())
}

pub(super) fn find_link(
    conn: &mut Conn,
    id: &str,
    purpose: LinkPurpose,
) -> Result<Option<Link>, DbError> {
    Ok(magic_links::table
        .find(id)
        .filter(magic_links::purpose.eq(purpose))
        .select(Link::as_select())
        .first(conn)
        .optional()?)
}

/// Uses a link up; says whether it was unused.
pub(super) fn use_link(conn: &mut Conn, id: &str, now: Instant) -> Result<bool, DbError> {
    let unused = magic_links::table
        .find(id)
        .filter(magic_links::used_at.is_null());
    Ok(diesel::update(unused)
        .set(magic_links::used_at.eq(now))
        .execute(conn)?
        == 1)
}

/// Ends a person's links, when their password changes or the account is closed.
pub(crate) fn end_links(conn: &mut Conn, person: &PersonId, now: Instant) -> Result<(), DbError> {
    let unused = magic_links::table
        .filter(magic_links::person_id.eq(person))
        .filter(magic_links::used_at.is_null());
    diesel::update(unused)
        .set(magic_links::used_at.eq(now))
        .execute(conn)?;
    Ok(())
}

/// Forgets links that ran out.
pub(crate) fn forget_links(conn: &mut Conn, before: Instant) -> Result<usize, DbError> {
    Ok(
        diesel::delete(magic_links::table.filter(magic_links::expires_at.lt(before)))
            .execute(conn)?,
    )
}

pub(crate) fn set_password(conn: &mut Conn, person: &PersonId, hash: &str) -> Result<(), DbError> {
    diesel::update(people::table.find(person))
        .set(people::password_hash.eq(hash))
        .execute(conn)?;
    Ok(())
}
