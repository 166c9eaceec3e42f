use backbone_db::{Conn, DbError, Instant};
use diesel::dsl::max;
use diesel::prelude::*;

use crate::ids::{OrganizationId, PersonId};
use crate::schema::visits as v;

/// The last moment of the present visit, and of the one before.
pub(super) fn find(
    conn: &mut Conn,
    partnership: &str,
    person: &PersonId,
) -> Result<Option<(Instant, Option<Instant>)>, DbError> {
    Ok(v::table
        .filter(v::partnership_id.eq(partnership))
        .filter(v::person_id.eq(person))
        .select((v::seen_at, v::before_at))
        .first(conn)
        .optional()?)
}

pub(super) fn insert(
    conn: &mut Conn,
    partnership: &str,
    person: &PersonId,
    organization: Option<&OrganizationId>,
    now: Instant,
) -> Result<(), DbError> {
    diesel::insert_into(v::table)
        .values((
            v::partnership_id.eq(partnership),
            v::person_id.eq(person),
            v::organization_id.eq(organization),
            v::began_at.eq(now),
            v::seen_at.eq(now),
        ))
        .execute(conn)?;
    Ok(())
}

pub(super) fn stay(
    conn: &mut Conn,
    partnership: &str,
    person: &PersonId,
    now: Instant,
) -> Result<(), DbError> {
    let mine = v::table
        .filter(v::partnership_id.eq(partnership))
        .filter(v::person_id.eq(person));
    diesel::update(mine).set(v::seen_at.eq(now)).execute(conn)?;
    Ok(())
}

pub(super) fn again(
    conn: &mut Conn,
    partnership: &str,
    person: &PersonId,
    organization: Option<&OrganizationId>,
    before: Instant,
    now: Instant,
) -> Result<(), DbError> {
    let mine = v::table
        .filter(v::partnership_id.eq(partnership))
        .filter(v::person_id.eq(person));
    diesel::update(mine)
        .set((
            v::organization_id.eq(organization),
            v::began_at.eq(now),
            v::seen_at.eq(now),
            v::before_at.eq(before),
        ))
        .execute(conn)?;
    Ok(())
}

pub(super) fn last(
    conn: &mut Conn,
    partnership: &str,
) -> Result<Vec<(OrganizationId, Instant)>, DbError> {
    let rows = v::table
        .filter(v::partnership_id.eq(partnership))
        .filter(v::organization_id.is_not_null())
        .group_by(v::organization_id)
        .select((v::organization_id, max(v::seen_at)))
        .load::<(Option<OrganizationId>, Option<Instant>)>(conn)?;
    Ok(rows
        .into_iter()
        .filter_map(|(organization, at)| organization.zip(at))
        .collect())
}
