//! Making, changing and retiring a model.

use backbone_db::Conn;
use backbone_events::{NewEvent, Object, append};
use backbone_identity::Actor;
use backbone_web::etag::IfMatch;

use super::ValueModelId;
use super::check::check;
use super::content::Content;
use super::error::Error;
use super::store::{self, Model, Version};

/// Makes a model; its first version.
///
/// # Errors
/// [`Error::Invalid`] with every field that needs attention.
pub fn create(conn: &mut Conn, actor: &Actor, content: Content) -> Result<Model, Error> {
    let content = checked(actor, content)?;
    let id = ValueModelId::new();
    let version = Version {
        version: 1,
        reason: String::new(),
        author: actor.name.clone(),
        created_at: actor.now,
        content,
    };
    store::insert(conn, actor.tenant(), &id, &version.content.name, actor.now)?;
    store::insert_version(conn, actor.tenant(), &id, &version)?;
    tell(conn, actor, "value_model.created", &id, 1, "")?;
    found(conn, actor, &id)
}

/// Saves a new version of a model; the earlier ones stay. `reason` says why, for the history.
///
/// # Errors
/// 412 or 428 when the caller has not seen the newest version; [`Error::Invalid`]; a model that is retired.
pub fn edit(
    conn: &mut Conn,
    actor: &Actor,
    id: &ValueModelId,
    seen: IfMatch,
    content: Content,
    reason: &str,
) -> Result<Model, Error> {
    conn.lock(&format!("value_model:{id}"))?;
    let model = found(conn, actor, id)?;
    seen.check(model.version)?;
    if model.retired {
        return Err(backbone_web::Problem::conflict("value-model-retired").into());
    }
    let content = checked(actor, content)?;
    if content == model.content {
        return Ok(model);
    }
    let version = Version {
        version: model.version + 1,
        reason: reason.trim().chars().take(1000).collect(),
        author: actor.name.clone(),
        created_at: actor.now,
        content,
    };
    store::insert_version(conn, actor.tenant(), id, &version)?;
    store::set_version(conn, actor.tenant(), id, &version)?;
    tell(
        conn,
        actor,
        "value_model.changed",
        id,
        version.version,
        &version.reason,
    )?;
    found(conn, actor, id)
}

/// Takes a model out of use. Its versions, frozen calculations and the figures told from them stay.
///
/// # Errors
/// 412 or 428 when the caller has not seen the newest version.
pub fn retire(
    conn: &mut Conn,
    actor: &Actor,
    id: &ValueModelId,
    seen: IfMatch,
) -> Result<(), Error> {
    conn.lock(&format!("value_model:{id}"))?;
    let model = found(conn, actor, id)?;
    seen.check(model.version)?;
    if !model.retired {
        store::set_retired(conn, actor.tenant(), id, actor.now)?;
        tell(conn, actor, "value_model.retired", id, model.version, "")?;
    }
    Ok(())
}

fn checked(actor: &Actor, content: Content) -> Result<Content, Error> {
    let problems = check(&content, &actor.partnership.currency);
    if problems.is_empty() {
        Ok(content.with_ids())
    } else {
        Err(Error::Invalid(problems))
    }
}

fn found(conn: &mut Conn, actor: &Actor, id: &ValueModelId) -> Result<Model, Error> {
    store::find(conn, actor.tenant(), id)?.ok_or(Error::NotFound)
}

fn tell(
    conn: &mut Conn,
    actor: &Actor,
    kind: &'static str,
    id: &ValueModelId,
    version: i64,
    reason: &str,
) -> Result<(), Error> {
    let event = NewEvent::new(kind, Object::new("value_model", id))
        .data(&serde_json::json!({"version": version, "reason": reason}));
    append(conn, actor.tenant(), &actor.by(), event)?;
    Ok(())
}
