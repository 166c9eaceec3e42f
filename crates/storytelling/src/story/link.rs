//! The unguessable address of a story.

use backbone_db::{Conn, DbError};
use backbone_identity::Actor;
use backbone_identity::secret::{hash_secret, new_secret};

use super::edit::tell;
use super::{Story, StoryId, store};
use crate::error::StoryError;

/// Gives the story a link if it has none.
pub(super) fn ensure(conn: &mut Conn, actor: &Actor, story: &StoryId) -> Result<String, DbError> {
    if let Some(secret) = store::secret(conn, actor.tenant(), story)? {
        return Ok(secret);
    }
    let secret = new_secret();
    let hash = hash_secret(&secret);
    store::insert_link(conn, actor.tenant(), story, &secret, &hash, actor.now)?;
    Ok(secret)
}

/// Makes the old address stop working and, with `renew`, gives a new one.
pub(crate) fn revoke(
    conn: &mut Conn,
    actor: &Actor,
    id: &StoryId,
    renew: bool,
) -> Result<Story, StoryError> {
    conn.lock(&format!("story:{id}"))?;
    let story = store::find(conn, actor.tenant(), id)?.ok_or(StoryError::NotFound)?;
    let revoked = store::revoke_links(conn, actor.tenant(), id, actor.now)?;
    if renew && story.edition > 0 {
        ensure(conn, actor, id)?;
        tell(conn, actor, "story.link_renewed", &story)?;
    } else if revoked > 0 {
        tell(conn, actor, "story.link_revoked", &story)?;
    } else {
        return Err(StoryError::NoLink);
    }
    Ok(story)
}
