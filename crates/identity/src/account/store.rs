use backbone_db::{Conn, DbError, Instant};
use diesel::prelude::*;

use crate::ids::{PartnershipId, PersonId};
use crate::role::{Role, roles_from_text};
use crate::schema::{
    api_keys, files, invitations, magic_links, memberships, partnerships, people, token_families,
};

/// The name of those whose data was erased; pages show the message `people-former` for it.
pub(crate) const FORMER: &str = "Former member";

pub(super) fn revoke_families(
    conn: &mut Conn,
    person: &PersonId,
    reason: &str,
    now: Instant,
) -> Result<(), DbError> {
    let open = token_families::table
        .filter(token_families::person_id.eq(person))
        .filter(token_families::revoked_at.is_null());
    diesel::update(open)
        .set((
            token_families::revoked_at.eq(now),
            token_families::reason.eq(reason),
        ))
        .execute(conn)?;
    Ok(())
}

pub(crate) fn revoke_keys(conn: &mut Conn, person: &PersonId, now: Instant) -> Result<(), DbError> {
    let open = api_keys::table
        .filter(api_keys::person_id.eq(person))
        .filter(api_keys::revoked_at.is_null());
    diesel::update(open)
        .set(api_keys::revoked_at.eq(now))
        .execute(conn)?;
    Ok(())
}

pub(super) fn set_profile(
    conn: &mut Conn,
    person: &PersonId,
    name: &str,
    language: &str,
) -> Result<(), DbError> {
    diesel::update(people::table.find(person))
        .set((people::name.eq(name), people::language.eq(language)))
        .execute(conn)?;
    Ok(())
}

/// Makes the person and all their memberships inactive; gives the partnerships they were active in.
pub(super) fn deactivate(
    conn: &mut Conn,
    person: &PersonId,
) -> Result<Vec<PartnershipId>, DbError> {
    let theirs = memberships::table
        .filter(memberships::person_id.eq(person))
        .filter(memberships::active.eq(true));
    let partnerships = theirs.select(memberships::partnership_id).load(conn)?;
    diesel::update(theirs)
        .set((
            memberships::active.eq(false),
            memberships::version.eq(memberships::version + 1),
        ))
        .execute(conn)?;
    diesel::update(people::table.find(person))
        .set(people::active.eq(false))
        .execute(conn)?;
    Ok(partnerships)
}

pub(crate) fn all_partnerships(
    conn: &mut Conn,
    person: &PersonId,
) -> Result<Vec<PartnershipId>, DbError> {
    Ok(memberships::table
        .filter(memberships::person_id.eq(person))
        .select(memberships::partnership_id)
        .load(conn)?)
}

/// A partnership (by name) whose only active administrator this person is.
pub(crate) fn sole_admin_of(conn: &mut Conn, person: &PersonId) -> Result<Option<String>, DbError> {
    for id in all_partnerships(conn, person)? {
        let admins = admins(conn, &id)?;
        if admins == [person.clone()] {
            let name = partnerships::table
                .find(&id)
                .select(partnerships::name)
                .first(conn)?;
            return Ok(Some(name));
        }
    }
    Ok(None)
}

/// The active administrators of a partnership.
pub(crate) fn admins(
    conn: &mut Conn,
    partnership: &PartnershipId,
) -> Result<Vec<PersonId>, DbError> {
    conn.lock(&format!("admins:{partnership}"))?;
    let rows: Vec<(PersonId, String)> = memberships::table
        .inner_join(people::table.on(people::id.eq(memberships::person_id)))
        .filter(memberships::partnership_id.eq(partnership))
        .filter(memberships::active.eq(true))
        .filter(people::active.eq(true))
        .select((memberships::person_id, memberships::roles))
        .load(conn)?;
    Ok(rows
        .into_iter()
        .filter(|(_, roles)| roles_from_text(roles).contains(&Role::Admin))
        .map(|(id, _)| id)
        .collect())
}

/// Replaces what tells who the person was.
pub(super) fn anonymize(conn: &mut Conn, person: &PersonId) -> Result<(), DbError> {
    let email: String = people::table
        .find(person)
        .select(people::email)
        .first(conn)?;
    let nobody = format!("{person}@erased.invalid");
    diesel::update(people::table.find(person))
        .set((
            people::name.eq(FORMER),
            people::email.eq(&nobody),
            people::password_hash.eq(None::<String>),
            people::operator.eq(false),
        ))
        .execute(conn)?;
    diesel::update(invitations::table.filter(invitations::email.eq(&email)))
        .set((invitations::email.eq(&nobody), invitations::name.eq(FORMER)))
        .execute(conn)?;
    diesel::delete(magic_links::table.filter(magic_links::person_id.eq(person))).execute(conn)?;
    Ok(())
}

/// Name, address, language and since when.
pub(super) fn person(
    conn: &mut Conn,
    id: &PersonId,
) -> Result<(String, String, String, Instant), DbError> {
    Ok(people::table
        .find(id)
        .select((
            people::name,
            people::email,
            people::language,
            people::created_at,
        ))
        .first(conn)?)
}

/// Names of the files they uploaded.
pub(super) fn files(conn: &mut Conn, id: &PersonId) -> Result<Vec<String>, DbError> {
    Ok(files::table
        .filter(files::uploaded_by.eq(id))
        .order(files::created_at)
        .select(files::name)
        .load(conn)?)
}

/// Whether an account has this address, active or not.
pub(super) fn has_email(conn: &mut Conn, email: &str) -> Result<bool, DbError> {
    let n: i64 = people::table
        .filter(people::email.eq(email))
        .count()
        .get_result(conn)?;
    Ok(n > 0)
}

pub(super) fn set_email(conn: &mut Conn, person: &PersonId, email: &str) -> Result<(), DbError> {
    diesel::update(people::table.find(person))
        .set(people::email.eq(email))
        .execute(conn)?;
    Ok(())
}
