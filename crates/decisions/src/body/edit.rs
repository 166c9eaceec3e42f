use std::collections::HashMap;

use backbone_db::{Conn, DbError};
use backbone_events::{NewEvent, Object, append};
use backbone_identity::Actor;
use backbone_web::IfMatch;
use serde_json::json;

use super::{Body, BodyId, NewBody, rules, store};
use crate::error::Error;

/// Sets a body up.
///
/// # Errors
/// 422 with the wrong fields.
pub fn create(conn: &mut Conn, actor: &Actor, input: &NewBody) -> Result<Body, Error> {
    let parents = parents(conn, actor.tenant())?;
    let content = rules::content(input, &actor.partnership.time_zone, &parents, None)?;
    let body = built(actor, BodyId::new(), content, 1);
    store::insert(conn, &body)?;
    append(
        conn,
        actor.tenant(),
        &actor.by(),
        event("body.created", &body),
    )?;
    Ok(body)
}

/// Changes a body, or ends it.
///
/// # Errors
/// 404; 412 when somebody changed it meanwhile; 422.
pub fn change(
    conn: &mut Conn,
    actor: &Actor,
    id: &BodyId,
    seen: IfMatch,
    input: &NewBody,
) -> Result<Body, Error> {
    conn.lock(&format!("bodies:{}", actor.tenant()))
        .map_err(DbError::from)?;
    let before = store::find(conn, actor.tenant(), id)?.ok_or(Error::NotFound)?;
    seen.check(before.version)?;
    let parents = parents(conn, actor.tenant())?;
    let content = rules::content(input, &before.time_zone, &parents, Some(id))?;
    let mut after = built(actor, id.clone(), content, before.version + 1);
    after.created_at = before.created_at;
    store::update(conn, &after)?;
    let kind = match (before.active, after.active) {
        (true, false) => "body.ended",
        _ => "body.changed",
    };
    append(conn, actor.tenant(), &actor.by(), event(kind, &after))?;
    Ok(after)
}

fn parents(conn: &mut Conn, tenant: &str) -> Result<HashMap<BodyId, Option<BodyId>>, DbError> {
    let all = store::all(conn, tenant)?;
    Ok(all.into_iter().map(|b| (b.id, b.parent_id)).collect())
}

fn built(actor: &Actor, id: BodyId, c: rules::Content, version: i64) -> Body {
    Body {
        id,
        partnership_id: actor.tenant().into(),
        parent_id: c.parent_id,
        kind: c.kind,
        name: c.name,
        charter: c.charter,
        remit: c.remit,
        time_zone: c.time_zone,
        seats_each: c.seats_each,
        active: c.active,
        version,
        created_at: actor.now,
        updated_at: actor.now,
    }
}

fn event(kind: &'static str, body: &Body) -> NewEvent {
    NewEvent::new(kind, Object::new("body", &body.id))
        .data(&json!({"kind": body.kind, "version": body.version, "active": body.active}))
}
