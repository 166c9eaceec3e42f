//! The seam to storytelling: which editions are out, and which of their figures changed since.

use backbone_db::{Conn, DbError};

use crate::campaign::{Change, Edition};

/// An edition that is out, and what a sender should know of it.
#[derive(Clone, Debug)]
pub struct Out {
    /// What mail tells of it.
    pub edition: Edition,
    /// The story's name among staff.
    pub title: String,
}

/// A figure that changed after its edition went out.
#[derive(Clone, Debug, PartialEq)]
pub struct Changed {
    /// The story.
    pub story_id: String,
    /// The edition that showed the old figure.
    pub edition_id: String,
    /// Key, label, old and new.
    pub change: Change,
}

/// Where stories come from.
pub trait Stories: Send + Sync {
    /// The editions that are out, newest first.
    fn out(&self, conn: &mut Conn, tenant: &str) -> Result<Vec<Out>, DbError>;

    /// One edition, also when a newer one took its place.
    fn edition(&self, conn: &mut Conn, tenant: &str, id: &str) -> Result<Option<Out>, DbError>;

    /// The figures that read differently now than in an edition that went out.
    fn changed(&self, conn: &mut Conn, tenant: &str) -> Result<Vec<Changed>, DbError>;
}

/// The stories of the partnership.
pub struct Live;

impl Stories for Live {
    fn out(&self, _: &mut Conn, _: &str) -> Result<Vec<Out>, DbError> {
        Ok(Vec::new())
    }
    fn edition(&self, _: &mut Conn, _: &str, _: &str) -> Result<Option<Out>, DbError> {
        Ok(None)
    }
    fn changed(&self, _: &mut Conn, _: &str) -> Result<Vec<Changed>, DbError> {
        Ok(Vec::new())
    }
}
