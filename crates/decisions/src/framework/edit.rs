use backbone_db::Conn;
use backbone_events::{NewEvent, Object, append};
use backbone_identity::Actor;
use backbone_web::IfMatch;
use serde_json::json;

use super::{Framework, FrameworkId, NewFramework, rules, store};
use crate::body::{BodyId, store as bodies};
use crate::error::{Error, wrong};
use crate::seat::store as seats;

/// Writes a framework down.
///
/// # Errors
/// 422 with the wrong fields.
pub fn create(conn: &mut Conn, actor: &Actor, input: &NewFramework) -> Result<Framework, Error> {
    let checked = rules::check(input)?;
    let made = Framework {
        id: FrameworkId::new(),
        body_id: body(conn, actor, &checked)?,
        name: checked.name,
        class: checked.class,
        norms: checked.norms,
        active: checked.active.unwrap_or(true),
        version: 1,
        created_at: actor.now,
        updated_at: actor.now,
    };
    known_seat(conn, actor, &made)?;
    store::insert(conn, actor.tenant(), &made, &actor.name)?;
    append(
        conn,
        actor.tenant(),
        &actor.by(),
        event("framework.written", &made),
    )?;
    Ok(made)
}

/// Changes a framework. What is decided by it already keeps the text it began with.
///
/// # Errors
/// 404; 412 when somebody changed it meanwhile; 422.
pub fn change(
    conn: &mut Conn,
    actor: &Actor,
    id: &FrameworkId,
    seen: IfMatch,
    input: &NewFramework,
) -> Result<Framework, Error> {
    let before = store::find(conn, actor.tenant(), id)?.ok_or(Error::NotFound)?;
    seen.check(before.version)?;
    let checked = rules::check(input)?;
    let after = Framework {
        body_id: body(conn, actor, &checked)?,
        name: checked.name,
        class: checked.class,
        norms: checked.norms,
        active: checked.active.unwrap_or(before.active),
        version: before.version + 1,
        updated_at: actor.now,
        ..before
    };
    known_seat(conn, actor, &after)?;
    store::update(conn, actor.tenant(), &after, &actor.name)?;
    append(
        conn,
        actor.tenant(),
        &actor.by(),
        event("framework.changed", &after),
    )?;
    Ok(after)
}

fn body(conn: &mut Conn, actor: &Actor, input: &NewFramework) -> Result<Option<BodyId>, Error> {
    let Some(id) = input.body_id.as_deref().filter(|id| !id.trim().is_empty()) else {
        return Ok(None);
    };
    let id: BodyId = id
        .trim()
        .parse()
        .map_err(|_| wrong("body_id", "body-unknown"))?;
    match bodies::find(conn, actor.tenant(), &id)? {
        Some(_) => Ok(Some(id)),
        None => Err(wrong("body_id", "body-unknown")),
    }
}

/// Authority is delegated to a seat that is there.
fn known_seat(conn: &mut Conn, actor: &Actor, f: &Framework) -> Result<(), Error> {
    if let Some(delegated) = &f.norms.delegated {
        let seat = seats::find(conn, actor.tenant(), &delegated.seat_id)?;
        let right =
            seat.is_some_and(|s| f.body_id.is_none() || f.body_id.as_ref() == Some(&s.body_id));
        if !right {
            return Err(wrong("delegated", "framework-seat"));
        }
    }
    Ok(())
}

fn event(kind: &'static str, f: &Framework) -> NewEvent {
    let event = NewEvent::new(kind, Object::new("framework", &f.id));
    let event = match &f.body_id {
        Some(body) => event.about(Object::new("body", body)),
        None => event,
    };
    event.data(&json!({"method": f.norms.method, "version": f.version, "active": f.active}))
}
