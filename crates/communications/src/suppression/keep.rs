//! Adding and removing suppressions.

use backbone_db::{Conn, Instant};
use backbone_events::{ActorKind, By, NewEvent, Object, append};
use backbone_identity::Actor;
use backbone_mail::Address;
use backbone_web::Fields;

use super::{Reason, Suppression, address_key, store};
use crate::error::{Error, fields};

/// Adds an address that is not written to any more.
pub(crate) fn add(
    conn: &mut Conn,
    actor: &Actor,
    address: &str,
    note: &str,
) -> Result<Suppression, Error> {
    let mut f = Fields::new();
    let address = f.text("address", address, 254);
    let note = f.optional("note", note, 500);
    if Address::parse(&address).is_err() && !f.has("address") {
        f.fail("address", "contact-address");
    }
    fields(f)?;
    let row = Suppression {
        partnership_id: actor.tenant().to_string(),
        address_key: address_key(&address),
        reason: Reason::Manual,
        note,
        created_at: actor.now,
    };
    if store::put(conn, &row)? {
        tell(conn, actor.tenant(), &actor.by(), "recipient.suppressed")?;
    }
    Ok(row)
}

/// Lets an address be written to again.
pub(crate) fn remove(conn: &mut Conn, actor: &Actor, address: &str) -> Result<(), Error> {
    if !store::remove(conn, actor.tenant(), &address_key(address))? {
        return Err(Error::NotFound);
    }
    tell(conn, actor.tenant(), &actor.by(), "recipient.released")
}

/// A reader leaves, with the link of a message they got. Harmless to repeat.
pub(crate) fn leave(
    conn: &mut Conn,
    tenant: &str,
    address_key: &str,
    now: Instant,
) -> Result<(), Error> {
    let row = Suppression {
        partnership_id: tenant.to_string(),
        address_key: address_key.to_string(),
        reason: Reason::Unsubscribed,
        note: String::new(),
        created_at: now,
    };
    if store::put(conn, &row)? {
        tell(conn, tenant, &reader(now), "recipient.unsubscribed")?;
    }
    Ok(())
}

/// A reader who left comes back, with the same link. Only undoes their own leaving, not what staff or a bounce did.
pub(crate) fn come_back(
    conn: &mut Conn,
    tenant: &str,
    address_key: &str,
    now: Instant,
) -> Result<bool, Error> {
    let left = store::reason(conn, tenant, address_key)? == Some(Reason::Unsubscribed);
    if left && store::remove(conn, tenant, address_key)? {
        tell(conn, tenant, &reader(now), "recipient.resubscribed")?;
    }
    Ok(left)
}

/// The log is never rewritten, so it names no address.
fn tell(conn: &mut Conn, tenant: &str, by: &By, kind: &'static str) -> Result<(), Error> {
    append(
        conn,
        tenant,
        by,
        NewEvent::new(kind, Object::new("partnership", tenant)),
    )?;
    Ok(())
}

fn reader(now: Instant) -> By {
    By {
        kind: ActorKind::Public,
        id: None,
        name: String::new(),
        at: now,
    }
}
