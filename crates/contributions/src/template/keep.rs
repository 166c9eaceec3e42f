use backbone_db::Conn;
use backbone_events::{NewEvent, Object, append};
use backbone_identity::{Actor, PersonId};
use backbone_web::Fields;

use super::{NewTemplate, Template, TemplateId, store};
use crate::contribution::NewContribution;
use crate::contribution::correct::own;
use crate::contribution::repeat::again;
use crate::error::Error;

/// Templates that one person may keep: as many as fit under a thumb.
pub const MOST: usize = 12;

/// Keeps what was given as a template of one's own.
///
/// # Errors
/// 404 for a contribution that is not there, 403 for one of another organization; a name that one has already, too many.
pub fn keep(conn: &mut Conn, actor: &Actor, input: &NewTemplate) -> Result<Template, Error> {
    let person = person(actor)?;
    let of = own(conn, actor, &input.contribution_id)?;
    let typed = match input.name.trim() {
        "" => of.content.activity.as_str(),
        name => name,
    };
    let mut f = Fields::new();
    let name = f.text("name", typed, 80);
    conn.lock(&format!(
        "contribution_templates:{}:{person}",
        actor.tenant()
    ))
    .map_err(backbone_db::DbError::from)?;
    let there = store::of_person(conn, actor.tenant(), person)?;
    if there
        .iter()
        .any(|t| t.name.to_lowercase() == name.to_lowercase())
    {
        f.fail("name", "contribution-template-taken");
    } else if there.len() >= MOST {
        f.fail_with(
            "name",
            "contribution-too-many",
            &[("max", MOST.to_string())],
        );
    }
    f.finish().map_err(|p| Error::Invalid(p.fields))?;
    let template = Template {
        id: TemplateId::new(),
        name,
        content: NewContribution {
            // Staff log for any organization; everybody else for the one they act for then.
            organization_id: actor.is_staff().then(|| of.content.organization_id.clone()),
            ..again(&of.content, "")
        },
        created_at: actor.now,
    };
    store::insert(conn, actor.tenant(), person, &template)?;
    note(conn, actor, "contribution_template.kept", &template.id)?;
    Ok(template)
}

/// Removes a template of one's own.
///
/// # Errors
/// 404 for one that is not there, or somebody else's.
pub fn remove(conn: &mut Conn, actor: &Actor, id: &TemplateId) -> Result<(), Error> {
    let person = person(actor)?;
    if !store::remove(conn, actor.tenant(), person, id, actor.now)? {
        return Err(Error::NotFound);
    }
    note(conn, actor, "contribution_template.removed", id)
}

/// One's own templates, by name.
///
/// # Errors
/// Only those of the database.
pub fn mine(conn: &mut Conn, actor: &Actor) -> Result<Vec<Template>, backbone_db::DbError> {
    match &actor.person_id {
        Some(person) => store::of_person(conn, actor.tenant(), person),
        None => Ok(Vec::new()),
    }
}

/// Templates are a person's: a program or an organization's link has none.
fn person(actor: &Actor) -> Result<&PersonId, Error> {
    actor.person_id.as_ref().ok_or(Error::NotFound)
}

fn note(conn: &mut Conn, actor: &Actor, kind: &'static str, id: &TemplateId) -> Result<(), Error> {
    let event = NewEvent::new(kind, Object::new("contribution_template", id));
    append(conn, actor.tenant(), &actor.by(), event)?;
    Ok(())
}
