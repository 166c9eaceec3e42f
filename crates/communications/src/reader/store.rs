//! What was sent to an address, and since when its links do not hold any more.

use backbone_db::{Conn, DbError, Instant};
use diesel::prelude::*;

use crate::delivery::{Delivery, DeliveryId, DeliveryState};
use crate::schema::{campaigns, deliveries, reader_cutoffs};

/// A delivery that was sent or is on its way, and when its campaign was.
pub(crate) fn sent(
    conn: &mut Conn,
    id: &DeliveryId,
) -> Result<Option<(Delivery, Instant)>, DbError> {
    let found: Option<(Delivery, Option<Instant>)> = deliveries::table
        .inner_join(campaigns::table.on(campaigns::id.eq(deliveries::campaign_id)))
        .filter(deliveries::id.eq(id))
        .filter(deliveries::state.ne(DeliveryState::Cancelled))
        .filter(deliveries::state.ne(DeliveryState::Suppressed))
        .select((Delivery::as_select(), campaigns::queued_at))
        .first(conn)
        .optional()?;
    Ok(found.and_then(|(delivery, queued_at)| Some((delivery, queued_at?))))
}

/// What an address received, newest first, at most 500: the delivery, the campaign's kind, and its story.
pub(crate) fn received(
    conn: &mut Conn,
    partnership: &str,
    address_key: &str,
) -> Result<Vec<(Delivery, crate::campaign::Kind, String)>, DbError> {
    Ok(deliveries::table
        .inner_join(campaigns::table.on(campaigns::id.eq(deliveries::campaign_id)))
        .filter(deliveries::partnership_id.eq(partnership))
        .filter(deliveries::address_key.eq(address_key))
        .filter(deliveries::state.eq(DeliveryState::Accepted))
        .order(deliveries::id.desc())
        .limit(500)
        .select((Delivery::as_select(), campaigns::kind, campaigns::story_id))
        .load(conn)?)
}

/// The moment before which an address's links were ended.
pub(crate) fn cutoff(
    conn: &mut Conn,
    partnership: &str,
    address_key: &str,
) -> Result<Option<Instant>, DbError> {
    use reader_cutoffs as t;
    Ok(t::table
        .filter(t::partnership_id.eq(partnership))
        .filter(t::address_key.eq(address_key))
        .select(t::ended_at)
        .first(conn)
        .optional()?)
}

/// Ends an address's links; call it under a lock.
pub(crate) fn end(
    conn: &mut Conn,
    partnership: &str,
    address_key: &str,
    now: Instant,
) -> Result<(), DbError> {
    use reader_cutoffs as t;
    let changed = diesel::update(
        t::table
            .filter(t::partnership_id.eq(partnership))
            .filter(t::address_key.eq(address_key)),
    )
    .set(t::ended_at.eq(now))
    .execute(conn)?;
    if changed == 0 {
        diesel::insert_into(t::table)
            .values((
                t::partnership_id.eq(partnership),
                t::address_key.eq(address_key),
                t::ended_at.eq(now),
            ))
            .execute(conn)?;
    }
    Ok(())
}
