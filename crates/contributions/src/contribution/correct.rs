use backbone_db::Conn;
use backbone_events::append;
use backbone_identity::Actor;
use backbone_web::{FieldError, Fields, IfMatch};
use serde::Deserialize;
use serde_json::{Map, Value};
use utoipa::ToSchema;

use super::log::{Books, event, organization, support};
use super::rules::{Step, after};
use super::{Contribution, ContributionId, NewContribution, Status, store};
use crate::error::Error;
use crate::rollup;

/// A correction: only what changes, and why.
#[derive(Clone, Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
#[schema(as = ContributionCorrection)]
pub struct Correction {
    /// Why it is changed; kept in the history.
    pub reason: String,
    /// The fields of a contribution that change, as when logging (JSON merge patch, RFC 7396).
    #[schema(value_type = NewContribution)]
    pub changes: Map<String, Value>,
}

/// Corrects a contribution: a new version; the one before stays in the history.
///
/// # Errors
/// Fields that are wrong, no reason, another version than the caller saw, withdrawn, another organization's.
pub fn correct(
    conn: &mut Conn,
    actor: &Actor,
    id: &ContributionId,
    seen: IfMatch,
    correction: &Correction,
) -> Result<Contribution, Error> {
    let old = own(conn, actor, id)?;
    seen.check(old.version).map_err(Error::Seen)?;
    let status = step(&old, Step::Correct)?;
    let mut f = Fields::new();
    let reason = f.text("reason", &correction.reason, 500);
    let input = patched(&old.content.to_input(), &correction.changes)?;
    let mut books = Books::open(conn, actor)?;
    let content = match books.check(conn, actor, &input, Some(&old.content)) {
        Ok(content) => content,
        Err(Error::Invalid(errors)) => {
            let missing = f.finish().err().map(|p| p.fields).unwrap_or_default();
            return Err(Error::Invalid([missing, errors].concat()));
        }
        Err(other) => return Err(other),
    };
    f.finish().map_err(|p| Error::Invalid(p.fields))?;
    let new = Contribution {
        status,
        version: old.version + 1,
        content,
        updated_at: actor.now,
        ..old.clone()
    };
    rollup::apply(conn, actor.tenant(), &old, -1)?;
    rollup::apply(conn, actor.tenant(), &new, 1)?;
    save(conn, actor, &old, &new, &reason)?;
    support(conn, actor, &new)?;
    append(
        conn,
        actor.tenant(),
        &actor.by(),
        event("contribution.corrected", &new),
    )?;
    Ok(new)
}

/// Takes a contribution back: it no longer counts, and stays in the history.
///
/// # Errors
/// No reason; withdrawn already; another organization's; another version than the caller saw, if it said which.
pub fn withdraw(
    conn: &mut Conn,
    actor: &Actor,
    id: &ContributionId,
    seen: IfMatch,
    reason: &str,
) -> Result<Contribution, Error> {
    let old = own(conn, actor, id)?;
    if seen.0.is_some() {
        seen.check(old.version).map_err(Error::Seen)?;
    }
    let status = step(&old, Step::Withdraw)?;
    let mut f = Fields::new();
    let reason = f.text("reason", reason, 500);
    f.finish().map_err(|p| Error::Invalid(p.fields))?;
    let new = Contribution {
        status,
        version: old.version + 1,
        updated_at: actor.now,
        ..old.clone()
    };
    rollup::apply(conn, actor.tenant(), &old, -1)?;
    save(conn, actor, &old, &new, &reason)?;
    append(
        conn,
        actor.tenant(),
        &actor.by(),
        event("contribution.withdrawn", &new),
    )?;
    Ok(new)
}

/// The contribution, if the actor may speak for its organization.
pub(crate) fn own(
    conn: &mut Conn,
    actor: &Actor,
    id: &ContributionId,
) -> Result<Contribution, Error> {
    let found = store::find(conn, actor.tenant(), id)?.ok_or(Error::NotFound)?;
    organization(actor, Some(&found.content.organization_id))?;
    Ok(found)
}

pub(super) fn step(c: &Contribution, step: Step) -> Result<Status, Error> {
    after(c.status, step).ok_or(Error::Step(c.status.as_str()))
}

/// Puts the new state in the place of the old one and keeps it in the history.
pub(super) fn save(
    conn: &mut Conn,
    actor: &Actor,
    old: &Contribution,
    new: &Contribution,
    reason: &str,
) -> Result<(), Error> {
    if !store::replace(conn, actor.tenant(), new, old.version)? {
        // Somebody was faster between our reading and our writing (two writers of PostgreSQL).
        return Err(Error::Seen(backbone_web::Problem::conflict(
            "changed-meanwhile",
        )));
    }
    store::insert_version(conn, actor.tenant(), new, reason, &actor.name)?;
    Ok(())
}

/// The input with the changes laid over it; a null takes a field away.
fn patched(
    input: &NewContribution,
    changes: &Map<String, Value>,
) -> Result<NewContribution, Error> {
    let unreadable = |why: String| {
        Error::Invalid(vec![FieldError {
            field: "changes".into(),
            code: "contribution-not-readable",
            args: vec![("why", why)],
        }])
    };
    let mut whole = match serde_json::to_value(input) {
        Ok(Value::Object(fields)) => fields,
        Ok(_) | Err(_) => Map::new(),
    };
    for (name, value) in changes {
        if value.is_null() {
            whole.remove(name);
        } else {
            whole.insert(name.clone(), value.clone());
        }
    }
    serde_json::from_value(Value::Object(whole)).map_err(|e| unreadable(e.to_string()))
}
