use backbone_db::{Conn, DbError, Instant, Json};
use sha2::{Digest, Sha256};

use crate::event::{ActorKind, By, EventId, NewEvent};
use crate::store;

/// Appends an event to the partnership's log, in the caller's transaction.
///
/// # Errors
/// Only those of the database.
pub fn append(
    conn: &mut Conn,
    partnership_id: &str,
    by: &By,
    event: NewEvent,
) -> Result<EventId, DbError> {
    let (seq, prev_hash) = store::advance_head(conn, partnership_id)?;
    let id = EventId::new();
    let hash = chain_hash(&ChainInput {
        prev_hash: &prev_hash,
        id: &id,
        partnership_id,
        seq,
        at: by.at,
        actor_kind: by.kind,
        actor_id: by.id.as_deref(),
        actor_name: &by.name,
        kind: event.kind,
        object_kind: &event.object.kind,
        object_id: &event.object.id,
        data: &event.data,
    });
    store::insert(
        conn,
        &id,
        partnership_id,
        seq,
        by,
        &event,
        &prev_hash,
        &hash,
    )?;
    store::set_head_hash(conn, partnership_id, &hash)?;
    Ok(id)
}

pub(crate) struct ChainInput<'a> {
    pub prev_hash: &'a str,
    pub id: &'a EventId,
    pub partnership_id: &'a str,
    pub seq: i64,
    pub at: Instant,
    pub actor_kind: ActorKind,
    pub actor_id: Option<&'a str>,
    pub actor_name: &'a str,
    pub kind: &'a str,
    pub object_kind: &'a str,
    pub object_id: &'a str,
    pub data: &'a Json,
}

/// SHA-256, in hex, over the previous hash and every field, each written with its length so that no two different events
/// give the same bytes.
pub(crate) fn chain_hash(e: &ChainInput<'_>) -> String {
    let mut hash = Sha256::new();
    let seq = e.seq.to_string();
    let at = e.at.micros().to_string();
    for part in [
        e.prev_hash,
        e.id.as_str(),
        e.partnership_id,
        &seq,
        &at,
        e.actor_kind.as_str(),
        e.actor_id.unwrap_or(""),
        e.actor_name,
        e.kind,
        e.object_kind,
        e.object_id,
        e.data.as_str(),
    ] {
        hash.update((part.len() as u64).to_be_bytes());
        hash.update(part.as_bytes());
    }
    hex::encode(hash.finalize())
}
