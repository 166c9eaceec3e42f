//! Perspectives: add, rename, order, remove.

use backbone_db::{Conn, DbError};
use backbone_events::{NewEvent, Object, append};
use backbone_identity::Actor;
use backbone_web::{Fields, IfMatch};
use serde::Deserialize;
use serde_json::json;
use utoipa::ToSchema;

use super::{Perspective, PerspectiveId, default_names, store};
use crate::clock;
use crate::error::Error;
use crate::policy::ManageMetrics;

/// A perspective to add.
#[derive(Clone, Debug, Default, Deserialize, ToSchema)]
#[serde(default)]
pub struct NewPerspective {
    /// Its name.
    pub name: String,
}

/// Changes of a perspective; what is left out stays.
#[derive(Clone, Debug, Default, Deserialize, ToSchema)]
#[serde(default)]
pub struct PerspectiveChange {
    /// Another name.
    pub name: Option<String>,
    /// Another place, from 0.
    pub position: Option<i32>,
}

/// The partnership's perspectives; the usual four are put in when it has none.
///
/// # Errors
/// Only those of the database.
pub fn ensure(conn: &mut Conn, actor: &Actor) -> Result<Vec<Perspective>, Error> {
    let there = store::list(conn, actor.tenant())?;
    if !there.is_empty() {
        return Ok(there);
    }
    conn.lock(&format!("perspectives:{}", actor.tenant()))
        .map_err(DbError::from)?;
    let there = store::list(conn, actor.tenant())?;
    if !there.is_empty() {
        return Ok(there);
    }
    for name in default_names(actor.partnership.lang()) {
        insert(conn, actor, name.to_string())?;
    }
    Ok(store::list(conn, actor.tenant())?)
}

fn insert(conn: &mut Conn, actor: &Actor, name: String) -> Result<Perspective, Error> {
    let others = store::list(conn, actor.tenant())?;
    if others.iter().any(|p| p.name == name) {
        return Err(Error::NameTaken);
    }
    let made = Perspective {
        id: PerspectiveId::new(),
        name,
        position: others.last().map_or(0, |p| p.position + 1),
        version: 1,
        created_at: actor.now,
    };
    store::insert(conn, actor.tenant(), &made)?;
    let event = NewEvent::new("perspective.added", Object::new("perspective", &made.id))
        .data(&json!({ "name": made.name }));
    append(conn, actor.tenant(), &actor.by(), event)?;
    clock::tick(conn, actor.tenant())?;
    Ok(made)
}

/// Adds a perspective after the others.
///
/// # Errors
/// 403; 422 when the name is missing, too long or taken.
pub fn add(conn: &mut Conn, actor: &Actor, new: &NewPerspective) -> Result<Perspective, Error> {
    actor.require::<ManageMetrics>()?;
    let mut fields = Fields::new();
    let name = fields.text("name", &new.name, 80);
    fields.finish()?;
    ensure(conn, actor)?;
    insert(conn, actor, name)
}

/// Renames or moves a perspective.
///
/// # Errors
/// 403, 404, 412 and 428 for its version, 422 for its name.
pub fn change(
    conn: &mut Conn,
    actor: &Actor,
    id: &PerspectiveId,
    seen: IfMatch,
    change: &PerspectiveChange,
) -> Result<Perspective, Error> {
    actor.require::<ManageMetrics>()?;
    let mut all = store::list(conn, actor.tenant())?;
    let at = all
        .iter()
        .position(|p| p.id == *id)
        .ok_or(Error::NotFound)?;
    seen.check(all[at].version)?;
    let mut fields = Fields::new();
    let name = change.name.as_ref().map(|n| fields.text("name", n, 80));
    fields.finish()?;
    if let Some(name) = name {
        if all.iter().any(|p| p.name == name && p.id != *id) {
            return Err(Error::NameTaken);
        }
        all[at].name = name;
    }
    all[at].version += 1;
    let mut moved = all.remove(at);
    let place = change.position.and_then(|p| usize::try_from(p).ok());
    all.insert(place.unwrap_or(at).min(all.len()), moved.clone());
    for (position, perspective) in (0..).zip(&mut all) {
        if perspective.position != position || perspective.id == *id {
            perspective.position = position;
            store::update(conn, actor.tenant(), perspective)?;
        }
        if perspective.id == *id {
            moved = perspective.clone();
        }
    }
    let event = NewEvent::new("perspective.changed", Object::new("perspective", id))
        .data(&json!({ "name": moved.name, "position": moved.position }));
    append(conn, actor.tenant(), &actor.by(), event)?;
    clock::tick(conn, actor.tenant())?;
    Ok(moved)
}

/// Removes a perspective that nothing stands under.
///
/// # Errors
/// 403, 404; 409 while metrics or objectives stand under it; 412 and 428 for its version.
pub fn remove(
    conn: &mut Conn,
    actor: &Actor,
    id: &PerspectiveId,
    seen: IfMatch,
) -> Result<(), Error> {
    actor.require::<ManageMetrics>()?;
    let it = store::find(conn, actor.tenant(), id)?.ok_or(Error::NotFound)?;
    seen.check(it.version)?;
    if store::in_use(conn, actor.tenant(), id)? {
        return Err(Error::InUse);
    }
    store::delete(conn, actor.tenant(), id)?;
    let event = NewEvent::new("perspective.removed", Object::new("perspective", id))
        .data(&json!({ "name": it.name }));
    append(conn, actor.tenant(), &actor.by(), event)?;
    clock::tick(conn, actor.tenant())?;
    Ok(())
}

/// A perspective by its identifier or its name.
pub(crate) fn find_by_id_or_name<'a>(
    all: &'a [Perspective],
    text: &str,
) -> Option<&'a Perspective> {
    let text = text.trim();
    all.iter()
        .find(|p| p.id.as_str() == text)
        .or_else(|| all.iter().find(|p| p.name.eq_ignore_ascii_case(text)))
}
