//! Ending a reader's links: by staff, when a mail went astray, or by the reader.

use backbone_db::{Conn, DbError, Instant};
use backbone_events::{ActorKind, By, NewEvent, Object, append};
use backbone_identity::Actor;

use super::store;
use crate::campaign::CampaignId;
use crate::delivery::{self, Delivery, DeliveryId};
use crate::error::Error;

/// Ends every link that was mailed to the recipient of this delivery until now.
///
/// # Errors
/// 404 when there is no such delivery in the campaign.
pub(crate) fn by_staff(
    conn: &mut Conn,
    actor: &Actor,
    campaign: &CampaignId,
    id: &DeliveryId,
) -> Result<(), Error> {
    let delivery =
        delivery::store::find(conn, actor.tenant(), campaign, id)?.ok_or(Error::NotFound)?;
    end(conn, &delivery, &actor.by(), actor.now)?;
    Ok(())
}

/// Ends the links of the reader who holds this one.
pub(crate) fn by_reader(conn: &mut Conn, delivery: &Delivery, now: Instant) -> Result<(), DbError> {
    let by = By {
        kind: ActorKind::Link,
        id: Some(delivery.id.to_string()),
        name: String::new(),
        at: now,
    };
    end(conn, delivery, &by, now)
}

fn end(conn: &mut Conn, d: &Delivery, by: &By, now: Instant) -> Result<(), DbError> {
    conn.lock(&format!("reader:{}:{}", d.partnership_id, d.address_key))?;
    store::end(conn, &d.partnership_id, &d.address_key, now)?;
    let event = NewEvent::new("reader.link_ended", Object::new("delivery", &d.id))
        .about(Object::new("campaign", &d.campaign_id));
    append(conn, &d.partnership_id, by, event)?;
    Ok(())
}
