//! Objectives: add, rename, order, remove.

use backbone_db::Conn;
use backbone_events::{NewEvent, Object, append};
use backbone_identity::Actor;
use backbone_web::{Fields, IfMatch};
use serde::Deserialize;
use serde_json::json;
use utoipa::ToSchema;

use super::manage::{ensure, find_by_id_or_name};
use super::{Objective, ObjectiveId, store};
use crate::clock;
use crate::error::Error;
use crate::policy::ManageMetrics;

/// An objective to add.
#[derive(Clone, Debug, Default, Deserialize, ToSchema)]
#[serde(default)]
pub struct NewObjective {
    /// The perspective's identifier or name.
    pub perspective: String,
    /// What is striven for.
    pub name: String,
}

/// Changes of an objective; what is left out stays.
#[derive(Clone, Debug, Default, Deserialize, ToSchema)]
#[serde(default)]
pub struct ObjectiveChange {
    /// Other words.
    pub name: Option<String>,
    /// Another place within its perspective, from 0.
    pub position: Option<i32>,
}

/// Adds an objective to a perspective.
///
/// # Errors
/// 403; 422 when the name is missing or taken, or the perspective unknown.
pub fn add_objective(
    conn: &mut Conn,
    actor: &Actor,
    new: &NewObjective,
) -> Result<Objective, Error> {
    actor.require::<ManageMetrics>()?;
    let perspectives = ensure(conn, actor)?;
    let mut fields = Fields::new();
    let name = fields.text("name", &new.name, 160);
    let under = find_by_id_or_name(&perspectives, &new.perspective);
    if under.is_none() {
        fields.fail("perspective", "not-understood");
    }
    fields.finish()?;
    let under = under.ok_or(Error::NotFound)?;
    let beside: Vec<Objective> = store::objectives(conn, actor.tenant())?
        .into_iter()
        .filter(|o| o.perspective_id == under.id)
        .collect();
    if beside.iter().any(|o| o.name == name) {
        return Err(Error::NameTaken);
    }
    let made = Objective {
        id: ObjectiveId::new(),
        perspective_id: under.id.clone(),
        name,
        position: beside.last().map_or(0, |o| o.position + 1),
        version: 1,
        created_at: actor.now,
    };
    store::insert_objective(conn, actor.tenant(), &made)?;
    let event = NewEvent::new("objective.added", Object::new("objective", &made.id))
        .about(Object::new("perspective", &under.id))
        .data(&json!({ "name": made.name }));
    append(conn, actor.tenant(), &actor.by(), event)?;
    Ok(made)
}

/// The partnership's objectives, by their place.
///
/// # Errors
/// Only those of the database.
pub fn all_objectives(conn: &mut Conn, actor: &Actor) -> Result<Vec<Objective>, Error> {
    Ok(store::objectives(conn, actor.tenant())?)
}

/// Renames or moves an objective within its perspective.
///
/// # Errors
/// 403, 404, 412 and 428 for its version, 422 for its name.
pub fn change_objective(
    conn: &mut Conn,
    actor: &Actor,
    id: &ObjectiveId,
    seen: IfMatch,
    change: &ObjectiveChange,
) -> Result<Objective, Error> {
    actor.require::<ManageMetrics>()?;
    let (mut beside, at) = found(conn, actor, id, seen)?;
    let mut fields = Fields::new();
    let name = change.name.as_ref().map(|n| fields.text("name", n, 160));
    fields.finish()?;
    let mut it = beside.remove(at);
    if let Some(name) = name {
        if beside.iter().any(|o| o.name == name) {
            return Err(Error::NameTaken);
        }
        it.name = name;
    }
    it.version += 1;
    let place = change.position.and_then(|p| usize::try_from(p).ok());
    let place = place.unwrap_or(at).min(beside.len());
    beside.insert(place, it);
    for (position, objective) in (0..).zip(&mut beside) {
        if objective.position != position || objective.id == *id {
            objective.position = position;
            store::update_objective(conn, actor.tenant(), objective)?;
        }
    }
    let it = beside.swap_remove(place);
    told(conn, actor, "objective.changed", &it)?;
    Ok(it)
}

/// Removes an objective that no metric shows the way of.
///
/// # Errors
/// 403, 404; 409 while metrics name it; 412 and 428 for its version.
pub fn remove_objective(
    conn: &mut Conn,
    actor: &Actor,
    id: &ObjectiveId,
    seen: IfMatch,
) -> Result<(), Error> {
    actor.require::<ManageMetrics>()?;
    let (mut beside, at) = found(conn, actor, id, seen)?;
    let counts = store::metrics_by_objective(conn, actor.tenant())?;
    if counts
        .iter()
        .any(|(objective, n)| objective == id && *n > 0)
    {
        return Err(Error::ObjectiveInUse);
    }
    store::delete_objective(conn, actor.tenant(), id)?;
    told(conn, actor, "objective.removed", &beside.swap_remove(at))
}

/// The objectives of the same perspective in their order, and where this one stands among them.
fn found(
    conn: &mut Conn,
    actor: &Actor,
    id: &ObjectiveId,
    seen: IfMatch,
) -> Result<(Vec<Objective>, usize), Error> {
    let mut all = store::objectives(conn, actor.tenant())?;
    let it = all.iter().find(|o| o.id == *id).ok_or(Error::NotFound)?;
    seen.check(it.version)?;
    let perspective = it.perspective_id.clone();
    all.retain(|o| o.perspective_id == perspective);
    let at = all
        .iter()
        .position(|o| o.id == *id)
        .ok_or(Error::NotFound)?;
    Ok((all, at))
}

fn told(conn: &mut Conn, actor: &Actor, kind: &'static str, it: &Objective) -> Result<(), Error> {
    let event = NewEvent::new(kind, Object::new("objective", &it.id))
        .about(Object::new("perspective", &it.perspective_id))
        .data(&json!({ "name": it.name, "position": it.position }));
    append(conn, actor.tenant(), &actor.by(), event)?;
    clock::tick(conn, actor.tenant())?;
    Ok(())
}
