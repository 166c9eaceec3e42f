//! Turning the public page on and off, and choosing the stories on it.

use std::collections::HashSet;

use backbone_db::{Conn, DbError};
use backbone_events::{NewEvent, Object, append};
use backbone_identity::Actor;
use backbone_web::{Fields, IfMatch};
use serde::{Deserialize, Serialize};

use super::{PublicPage, address, store};
use crate::error::StoryError;
use crate::story::StoryId;
use crate::story::published;

/// Stories that staff see listed at most; readers turn the pages of the archive.
const MOST: i64 = 1000;

/// What is changed; what is absent stays.
#[derive(Clone, Debug, Default, Serialize, Deserialize, utoipa::ToSchema)]
#[serde(deny_unknown_fields)]
pub struct PublicPageEdit {
    /// Whether there is a page.
    pub shown: Option<bool>,
    /// The published stories on it, by identifier; all others are taken off.
    #[schema(value_type = Option<Vec<String>>)]
    pub stories: Option<Vec<String>>,
}

/// The page as it stands.
///
/// # Errors
/// Only those of the database.
pub(crate) fn look(conn: &mut Conn, actor: &Actor) -> Result<PublicPage, DbError> {
    let (shown, version) = store::page(conn, actor.tenant())?;
    Ok(PublicPage {
        shown,
        version,
        href: address(&actor.partnership.slug),
        stories: store::out(conn, actor.tenant(), 0, MOST)?,
    })
}

/// Changes it.
///
/// # Errors
/// 412 when somebody changed it meanwhile; 422 for a story that is not published.
pub fn change(
    conn: &mut Conn,
    actor: &Actor,
    seen: IfMatch,
    edit: &PublicPageEdit,
) -> Result<PublicPage, StoryError> {
    let tenant = actor.tenant();
    conn.lock(&format!("public_page:{tenant}"))?;
    let (was, version) = store::page(conn, tenant)?;
    seen.check(version)?;
    let shown = edit.shown.unwrap_or(was);
    if shown != was {
        let kind = if shown {
            "public_page.shown"
        } else {
            "public_page.hidden"
        };
        let event = NewEvent::new(kind, Object::new("partnership", &actor.partnership.id));
        append(conn, tenant, &actor.by(), event)?;
    }
    let chosen = match &edit.stories {
        Some(stories) => choose(conn, actor, stories)?,
        None => false,
    };
    if shown != was || chosen {
        store::save_page(conn, tenant, shown, version + 1, actor.now)?;
    }
    Ok(look(conn, actor)?)
}

/// Lists exactly these stories; says whether that changed anything.
fn choose(conn: &mut Conn, actor: &Actor, stories: &[String]) -> Result<bool, StoryError> {
    let tenant = actor.tenant();
    let out: HashSet<StoryId> = published::all_published(conn, tenant)?
        .into_iter()
        .map(|e| e.story_id)
        .collect();
    let wanted: HashSet<StoryId> = stories
        .iter()
        .filter_map(|id| StoryId::parse(id).ok())
        .filter(|id| out.contains(id))
        .collect();
    let distinct: HashSet<&String> = stories.iter().collect();
    if wanted.len() != distinct.len() {
        let mut fields = Fields::new();
        fields.fail("stories", "listing-not-published");
        fields.finish()?;
    }
    let listed = store::listings(conn, tenant)?;
    for id in wanted.difference(&listed) {
        store::list(conn, tenant, id, actor.now)?;
        tell(conn, actor, "story.listed", id)?;
    }
    for id in listed.difference(&wanted) {
        store::unlist(conn, tenant, id)?;
        tell(conn, actor, "story.unlisted", id)?;
    }
    Ok(listed != wanted)
}

fn tell(conn: &mut Conn, actor: &Actor, kind: &'static str, id: &StoryId) -> Result<(), DbError> {
    let event = NewEvent::new(kind, Object::new("story", id));
    append(conn, actor.tenant(), &actor.by(), event)?;
    Ok(())
}
