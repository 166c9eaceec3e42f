//! The link of a reader, and who stands behind it.

use backbone_db::{Conn, DbError, Instant};
use backbone_identity::Core;
use backbone_identity::secret::MasterSecret;
use backbone_storytelling::question::reader::{Reader, Readers};

use super::store;
use crate::delivery::{Delivery, DeliveryId};

/// What the token is signed for.
const PURPOSE: &str = "reader";
/// Days for which the link of a mail holds.
pub(crate) const DAYS: i64 = 180;

/// The token of a delivery. Nothing personal stands in it, for addresses end up in logs.
pub(crate) fn token(secret: &MasterSecret, id: &DeliveryId) -> String {
    secret.sign(PURPOSE, id.as_str())
}

/// The delivery behind a token and when its campaign was sent; `None` when this server did not make the token, nothing was sent,
/// the time is over, or the reader's links were ended since.
pub(crate) fn open(
    secret: &MasterSecret,
    conn: &mut Conn,
    token: &str,
    now: Instant,
) -> Result<Option<(Delivery, Instant)>, DbError> {
    let Some(id) = secret.open(PURPOSE, token) else {
        return Ok(None);
    };
    let Ok(id) = DeliveryId::parse(&id) else {
        return Ok(None);
    };
    let Some((delivery, sent_at)) = store::sent(conn, &id)? else {
        return Ok(None);
    };
    let ended = store::cutoff(conn, &delivery.partnership_id, &delivery.address_key)?;
    let holds = now < sent_at.plus_days(DAYS) && ended.is_none_or(|at| sent_at > at);
    Ok(holds.then_some((delivery, sent_at)))
}

/// Opens readers' links for the pages of stories.
pub struct Links;

impl Readers for Links {
    fn open(
        &self,
        core: &Core,
        conn: &mut Conn,
        partnership: &str,
        token: &str,
        now: Instant,
    ) -> Result<Option<Reader>, DbError> {
        let found = open(&core.settings.secret, conn, token, now)?;
        Ok(found
            .filter(|(d, _)| d.partnership_id == partnership)
            .map(|(d, _)| Reader {
                name: d.name,
                email: d.email,
                language: d.language,
            }))
    }
}
