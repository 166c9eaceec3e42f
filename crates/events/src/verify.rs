use backbone_db::{Conn, DbError};

use crate::append::{ChainInput, chain_hash};
use crate::store;

/// The first place where the chain does not hold.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Broken {
    /// Number of the event at fault.
    pub seq: i64,
    /// What is wrong with it.
    pub why: &'static str,
}

/// Recomputes the partnership's chain of hashes from its first event. Gives how many events were checked, or where it breaks.
///
/// Others may append meanwhile: the chain has to hold what its head named before the walk, and nothing that it does not name after it.
pub fn verify(conn: &mut Conn, partnership_id: &str) -> Result<Result<i64, Broken>, DbError> {
    let named = store::head(conn, partnership_id)?;
    let (mut seq, mut hash) = (0i64, String::new());
    loop {
        let rows = store::after(conn, partnership_id, seq, 500)?;
        if rows.is_empty() {
            break;
        }
        for row in rows {
            let wrong = |why| Ok(Err(Broken { seq: row.seq, why }));
            if row.seq != seq + 1 {
                return wrong("an event before it is missing");
            }
            if row.prev_hash != hash {
                return wrong("it does not follow the event before it");
            }
            let expected = chain_hash(&ChainInput {
                prev_hash: &row.prev_hash,
                id: &row.id,
                partnership_id: &row.partnership_id,
                seq: row.seq,
                at: row.at,
                actor_kind: row.actor_kind,
                actor_id: row.actor_id.as_deref(),
                actor_name: &row.actor_name,
                kind: &row.kind,
                object_kind: &row.object_kind,
                object_id: &row.object_id,
                data: &row.data,
            });
            if expected != row.hash {
                return wrong("its content was changed");
            }
            (seq, hash) = (row.seq, row.hash);
            if named
                .as_ref()
                .is_some_and(|head| head.0 == seq && head.1 != hash)
            {
                return wrong("it is not the event that the head of the chain names");
            }
        }
    }
    let broken = |why| Ok(Err(Broken { seq: seq + 1, why }));
    if named.is_some_and(|(last, _)| last > seq) {
        return broken("events at the end are missing");
    }
    match store::head(conn, partnership_id)? {
        None if seq > 0 => broken("the head of the chain is missing"),
        Some((last, _)) if last < seq => broken("the head of the chain names an earlier event"),
        _ => Ok(Ok(seq)),
    }
}
