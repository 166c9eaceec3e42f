use backbone_db::{Conn, DbError, Instant};
use backbone_events::Object;

/// An object as it can be found.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Document {
    /// What it is.
    pub object: Object,
    /// Names of the permissions of which one must be held to find it.
    pub permissions: Vec<&'static str>,
    /// Its name.
    pub title: String,
    /// Everything else by which it should be found; an excerpt around the words found is shown.
    pub body: String,
    /// Its page, behind `/p/{slug}`.
    pub path: String,
    /// When it was made or happened: of two alike, the later one comes first.
    pub at: Instant,
}

/// What an event was about.
#[derive(Clone, Copy, Debug)]
pub struct Touched<'a> {
    /// The event's kind, `object.verb`.
    pub event: &'a str,
    /// Its main object.
    pub object: &'a Object,
}

/// A domain's way of letting its objects be found.
pub trait Searchable: Send + Sync {
    /// The kinds of object it brings.
    fn kinds(&self) -> &'static [&'static str];

    /// One object as it can be found now; `None` when it cannot (any more).
    fn document(
        &self,
        conn: &mut Conn,
        partnership_id: &str,
        object: &Object,
    ) -> Result<Option<Document>, DbError>;

    /// Identifiers of a kind in ascending order, those behind `after`, at most `limit`; for reading all of them again.
    fn ids(
        &self,
        conn: &mut Conn,
        partnership_id: &str,
        kind: &str,
        after: &str,
        limit: i64,
    ) -> Result<Vec<String>, DbError>;

    /// The objects whose documents an event changed: its main object, if it is of a kind known here.
    fn touched(
        &self,
        _conn: &mut Conn,
        _partnership_id: &str,
        by: Touched<'_>,
    ) -> Result<Vec<Object>, DbError> {
        let known = self.kinds().contains(&by.object.kind.as_str());
        Ok(known.then(|| by.object.clone()).into_iter().collect())
    }

    /// Kinds that are to be read again as a whole after an event, because it may have changed any number of them.
    fn rereads(&self, _event: &str) -> &'static [&'static str] {
        &[]
    }
}

/// The first `most` characters.
pub(crate) fn shorten(text: &str, most: usize) -> String {
    match text.char_indices().nth(most) {
        Some((end, _)) => text[..end].to_string(),
        None => text.to_string(),
    }
}
