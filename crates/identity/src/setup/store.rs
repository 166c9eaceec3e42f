use backbone_db::{Conn, DbError, Instant};
use diesel::prelude::*;

use super::FirstPerson;
use crate::ids::PersonId;
use crate::schema::people;

pub(super) fn lock(conn: &mut Conn) -> Result<(), DbError> {
    Ok(conn.lock("setup")?)
}

pub(super) fn people(conn: &mut Conn) -> Result<i64, DbError> {
    Ok(people::table.count().get_result(conn)?)
}

pub(super) fn insert_operator(
    conn: &mut Conn,
    person: &FirstPerson,
    now: Instant,
) -> Result<PersonId, DbError> {
    let id = PersonId::new();
    diesel::insert_into(people::table)
        .values((
            people::id.eq(&id),
            people::email.eq(&person.email),
            people::name.eq(&person.name),
            people::language.eq(person.lang.code()),
            people::password_hash.eq(&person.password_hash),
            people::active.eq(true),
            people::operator.eq(true),
            people::created_at.eq(now),
        ))
        .execute(conn)?;
    Ok(id)
}
