//! What a process remembers of the database while nobody commits (see [`backbone_db::Kept`]): who holds a credential, and the tags
//! of lists. An unchanged list is so answered without a question to the database, and whatever ends a session, a membership or a key
//! ends it with the next request, on every node.

use std::sync::Arc;

use backbone_db::{Conn, DbError, Instant, Kept};
use backbone_web::etag::Known;

use crate::authenticate::store::{self, Credential, Seen};
use crate::core::Core;

/// Empty at first.
#[derive(Default)]
pub struct Memory {
    members: Kept<Arc<Seen>>,
    tags: Kept<String>,
}

impl Core {
    /// Who brought a credential, and what they are in a partnership; `None` when it is not good (any more).
    pub(crate) async fn member(
        &self,
        credential: &Credential,
        partnership: String,
        now: Instant,
    ) -> Result<Option<Arc<Seen>>, DbError> {
        let key = format!("{} {partnership}", credential.name());
        let stamp = self.db.stamp();
        let kept = stamp.and_then(|stamp| self.memory.members.get(stamp, &key));
        if let Some(seen) = kept.filter(|seen| seen.holds(now)) {
            return Ok(Some(seen));
        }
        let credential = credential.clone();
        let seen = self
            .db
            .read(move |c| store::member(c, &credential, &partnership, now))
            .await?
            .map(Arc::new);
        if let (Some(stamp), Some(seen)) = (stamp, &seen)
            && seen.member.is_some()
        {
            self.memory.members.put(stamp, key, seen.clone());
        }
        Ok(seen)
    }

    /// Reads something under its tag, unless the caller has it already. The tag is remembered as `name`, which must say of what it is.
    ///
    /// # Errors
    /// Those of reading.
    pub async fn unless_known<T, E>(
        &self,
        name: String,
        known: Known,
        tag: impl FnOnce(&mut Conn) -> Result<String, E> + Send + 'static,
        read: impl FnOnce(&mut Conn) -> Result<T, E> + Send + 'static,
    ) -> Result<(String, Option<T>), E>
    where
        T: Send + 'static,
        E: From<DbError> + Send + 'static,
    {
        let stamp = self.db.stamp();
        let kept = stamp.and_then(|stamp| self.memory.tags.get(stamp, &name));
        if let Some(tag) = kept.filter(|tag| known.has(tag)) {
            return Ok((tag, None));
        }
        let (tag, found) = self
            .db
            .read(move |conn| {
                let tag = tag(conn)?;
                if known.has(&tag) {
                    return Ok((tag, None));
                }
                read(conn).map(|found| (tag, Some(found)))
            })
            .await?;
        if let Some(stamp) = stamp {
            self.memory.tags.put(stamp, name, tag.clone());
        }
        Ok((tag, found))
    }
}
