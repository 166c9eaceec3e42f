//! Calling an import off. What it has written stays, and can be gone on with or taken back.

use backbone_db::Conn;
use backbone_events::{NewEvent, Object, append};
use backbone_identity::Actor;
use backbone_web::Problem;
use serde_json::json;

use super::store::{self, Asked};
use super::{Import, ImportId, State};
use crate::error::Error;
use crate::policy::ImportMeasurements;

/// Stops a check or an import after the chunk in hand, or gives a file up that was not imported.
///
/// # Errors
/// 403, 404; 409 when there is nothing to stop.
pub fn cancel(conn: &mut Conn, actor: &Actor, id: &ImportId) -> Result<Import, Error> {
    actor.require::<ImportMeasurements>()?;
    let mut it = store::find(conn, actor.tenant(), id)?.ok_or(Error::NotFound)?;
    let over = matches!(
        it.state,
        State::Done | State::Cancelled | State::Undoing | State::Undone
    );
    if over {
        return Err(Problem::conflict("import-over").into());
    }
    it.state = State::Cancelled;
    it.moved_at = actor.now;
    it.version += 1;
    store::update(conn, actor.tenant(), &it, &Asked::of(&actor.by()))?;
    let event = NewEvent::new("import.cancelled", Object::new("import", id))
        .data(&json!({"position": it.position, "counts": it.counts}));
    append(conn, actor.tenant(), &actor.by(), event)?;
    Ok(it)
}
