use backbone_db::{Conn, DbError, Instant, Json};
use backbone_identity::PersonId;
use diesel::prelude::*;

use super::{Template, TemplateId};
use crate::schema::contribution_templates as t;

pub(crate) fn insert(
    conn: &mut Conn,
    partnership: &str,
    person: &PersonId,
    template: &Template,
) -> Result<(), DbError> {
    diesel::insert_into(t::table)
        .values((
            t::id.eq(&template.id),
            t::partnership_id.eq(partnership),
            t::person_id.eq(person),
            t::name.eq(&template.name),
            t::content.eq(Json::new(&template.content)),
            t::created_at.eq(template.created_at),
        ))
        .execute(conn)?;
    Ok(())
}

/// A person's templates, by name.
pub(crate) fn of_person(
    conn: &mut Conn,
    partnership: &str,
    person: &PersonId,
) -> Result<Vec<Template>, DbError> {
    let rows = t::table
        .filter(t::partnership_id.eq(partnership))
        .filter(t::person_id.eq(person))
        .filter(t::removed_at.is_null())
        .order((t::name.asc(), t::id.asc()))
        .select((t::id, t::name, t::content, t::created_at))
        .load::<(TemplateId, String, Json, Instant)>(conn)?;
    rows.into_iter()
        .map(|(id, name, content, created_at)| {
            let unreadable = |e| DbError::Setup(format!("a stored template cannot be read: {e}"));
            Ok(Template {
                id,
                name,
                content: content.get().map_err(unreadable)?,
                created_at,
            })
        })
        .collect()
}

/// Removes one; says whether it was there.
pub(crate) fn remove(
    conn: &mut Conn,
    partnership: &str,
    person: &PersonId,
    id: &TemplateId,
    now: Instant,
) -> Result<bool, DbError> {
    let one = t::table
        .filter(t::partnership_id.eq(partnership))
        .filter(t::person_id.eq(person))
        .filter(t::id.eq(id))
        .filter(t::removed_at.is_null());
    Ok(diesel::update(one)
        .set(t::removed_at.eq(now))
        .execute(conn)?
        > 0)
}
