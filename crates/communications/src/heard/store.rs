use backbone_db::{Conn, DbError, Instant};
use diesel::dsl::max;
use diesel::prelude::*;

use crate::delivery::DeliveryState;
use crate::schema::{contacts, deliveries as d};

/// The person and the moment of each message that a member's mail server accepted, the last of each campaign and person.
pub(super) fn reached(
    conn: &mut Conn,
    partnership: &str,
    since: Instant,
) -> Result<Vec<(String, Instant)>, DbError> {
    let rows = d::table
        .filter(d::partnership_id.eq(partnership))
        .filter(d::state.eq(DeliveryState::Accepted))
        .filter(d::settled_at.assume_not_null().ge(since))
        .filter(d::person_id.is_not_null())
        .select((d::person_id.assume_not_null(), d::settled_at))
        .load::<(String, Option<Instant>)>(conn)?;
    Ok(rows
        .into_iter()
        .filter_map(|(person, at)| Some((person, at?)))
        .collect())
}

/// When each campaign last reached somebody outside of the partnership.
pub(super) fn outside(
    conn: &mut Conn,
    partnership: &str,
    since: Instant,
) -> Result<Vec<Instant>, DbError> {
    let rows = d::table
        .filter(d::partnership_id.eq(partnership))
        .filter(d::state.eq(DeliveryState::Accepted))
        .filter(d::settled_at.assume_not_null().ge(since))
        .filter(d::contact_id.is_not_null())
        .group_by(d::campaign_id)
        .select(max(d::settled_at))
        .load::<Option<Instant>>(conn)?;
    Ok(rows.into_iter().flatten().collect())
}

/// How many people outside it may write to.
pub(super) fn contacts(conn: &mut Conn, partnership: &str) -> Result<usize, DbError> {
    let n: i64 = contacts::table
        .filter(contacts::partnership_id.eq(partnership))
        .count()
        .get_result(conn)?;
    Ok(usize::try_from(n).unwrap_or(0))
}
