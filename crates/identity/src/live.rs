//! Pages that stay true by themselves: what can be watched, who may, and the hub that says when something changed.
//!
//! A topic is a kind of thing (`timeline`) or one thing of a kind (`campaign:<id>`). Each domain says through [`Watched`] what
//! marks the present state of a thing; the hub of a node compares the marks of all topics that somebody watches there, a few
//! times a second in one look at the database, and tells all watchers. What other nodes do is seen the same way.

mod hub;

use std::fmt;
use std::str::FromStr;
use std::sync::Arc;

use backbone_db::{Conn, DbError};
use sha2::{Digest, Sha256};

pub use hub::{Hub, Refused, Watch};

/// A domain's way of letting a thing be watched.
pub trait Watched: Send + Sync {
    /// The kind of topic.
    fn kind(&self) -> &'static str;

    /// Name of the permission that is needed to watch it.
    fn permission(&self) -> &'static str;

    /// Something that is another whenever what is shown is another; `None` when there is no such thing in the partnership.
    /// Looked at several times a second while somebody watches, so one cheap query.
    fn mark(
        &self,
        conn: &mut Conn,
        partnership_id: &str,
        id: &str,
    ) -> Result<Option<String>, DbError>;
}

/// What is watched: `kind` or `kind:id`.
#[derive(Clone, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Topic {
    /// The kind.
    pub kind: String,
    /// Which one; empty when there is only one.
    pub id: String,
}

impl FromStr for Topic {
    type Err = ();

    fn from_str(text: &str) -> Result<Self, ()> {
        let (kind, id) = text.split_once(':').unwrap_or((text, ""));
        let plain = |s: &str| {
            s.len() <= 64
                && s.bytes()
                    .all(|b| b.is_ascii_alphanumeric() || matches!(b, b'-' | b'_'))
        };
        if kind.is_empty() || !plain(kind) || !plain(id) {
            return Err(());
        }
        Ok(Self {
            kind: kind.into(),
            id: id.into(),
        })
    }
}

impl fmt::Display for Topic {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.kind)?;
        if self.id.is_empty() {
            return Ok(());
        }
        write!(f, ":{}", self.id)
    }
}

/// Everything that can be watched.
#[derive(Clone, Default)]
pub struct Topics(Vec<Arc<dyn Watched>>);

impl Topics {
    /// Of all domains.
    pub fn new(all: Vec<Arc<dyn Watched>>) -> Self {
        Self(all)
    }

    /// The permission that a topic needs; `None` for a kind that is not known.
    pub fn permission(&self, topic: &Topic) -> Option<&'static str> {
        self.find(topic).map(|w| w.permission())
    }

    /// A short mark of the topic's present state; equal marks mean that nothing changed.
    pub fn mark(
        &self,
        conn: &mut Conn,
        partnership_id: &str,
        topic: &Topic,
    ) -> Result<String, DbError> {
        let mark = match self.find(topic) {
            Some(watched) => watched.mark(conn, partnership_id, &topic.id)?,
            None => None,
        };
        let hash = Sha256::digest(mark.unwrap_or_default().as_bytes());
        Ok(hex::encode(&hash[..6]))
    }

    fn find(&self, topic: &Topic) -> Option<&Arc<dyn Watched>> {
        self.0.iter().find(|w| w.kind() == topic.kind)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_topic_is_a_kind_or_one_thing_of_it() {
        for (text, kind, id) in [
            ("timeline", "timeline", ""),
            ("campaign:0192-ab", "campaign", "0192-ab"),
        ] {
            let topic: Topic = text.parse().unwrap();
            assert_eq!((topic.kind.as_str(), topic.id.as_str()), (kind, id));
            assert_eq!(topic.to_string(), text);
        }
        for text in ["", ":x", "a b", "a:b:c", "a:b\nc", &"x".repeat(65)] {
            assert_eq!(text.parse::<Topic>(), Err(()), "{text:?}");
        }
    }
}
