use std::collections::BTreeSet;
use std::sync::Arc;

use backbone_db::{Conn, DbError, Instant};
use backbone_events::{Object, head_seq, since};

use crate::document::{Document, Searchable, Touched, shorten};
use crate::fold;
use crate::query::{Found, Query};
use crate::rank;
use crate::store::{self, Place, Row};

/// Characters of a title and a body that can be found; what lies beyond is left out.
const TITLE: usize = 300;
const BODY: usize = 8_000;

/// What a round of catching up did.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct CaughtUp {
    /// Events read.
    pub events: usize,
    /// Whether more wait.
    pub more: bool,
    /// Kinds that are to be read again as a whole, by [`Index::reread`].
    pub reread: BTreeSet<&'static str>,
}

/// The documents of all domains.
#[derive(Clone, Default)]
pub struct Index {
    sources: Vec<Arc<dyn Searchable>>,
}

impl Index {
    /// With the domains' sources.
    pub fn new(sources: Vec<Arc<dyn Searchable>>) -> Self {
        Self { sources }
    }

    /// Every kind that can be found.
    pub fn kinds(&self) -> Vec<&'static str> {
        self.sources
            .iter()
            .flat_map(|s| s.kinds())
            .copied()
            .collect()
    }

    /// How many events the documents are behind.
    pub fn behind(&self, conn: &mut Conn, partnership: &str) -> Result<i64, DbError> {
        Ok(head_seq(conn, partnership)? - store::cursor(conn, partnership)?)
    }

    /// Reads at most `limit` events since the last time and describes what they were about anew. In a transaction.
    pub fn catch_up(
        &self,
        conn: &mut Conn,
        partnership: &str,
        limit: i64,
    ) -> Result<CaughtUp, DbError> {
        conn.lock(&format!("search:{partnership}"))?;
        let cursor = store::cursor(conn, partnership)?;
        let events = since(conn, partnership, cursor, limit)?;
        let Some(last) = events.last() else {
            return Ok(CaughtUp::default());
        };
        let mut objects = BTreeSet::new();
        let mut reread = BTreeSet::new();
        for event in &events {
            for source in &self.sources {
                let by = Touched {
                    event: &event.kind,
                    object: &event.object,
                };
                objects.extend(source.touched(conn, partnership, by)?);
                reread.extend(source.rereads(&event.kind));
            }
        }
        for object in &objects {
            self.refresh(conn, partnership, object)?;
        }
        store::set_cursor(conn, partnership, last.seq)?;
        Ok(CaughtUp {
            events: events.len(),
            more: events.len() as i64 == limit,
            reread,
        })
    }

    /// Reads one page of a kind again, and forgets what is no more. Gives where the next page begins. In a transaction.
    pub fn reread(
        &self,
        conn: &mut Conn,
        partnership: &str,
        kind: &str,
        after: &str,
        limit: i64,
    ) -> Result<Option<String>, DbError> {
        let Some(source) = self.source(kind) else {
            return Ok(None);
        };
        conn.lock(&format!("search:{partnership}"))?;
        let ids = source.ids(conn, partnership, kind, after, limit)?;
        let next = ids.last().filter(|_| ids.len() as i64 == limit).cloned();
        for id in &ids {
            self.refresh(conn, partnership, &Object::new(kind, id))?;
        }
        let known: BTreeSet<&str> = ids.iter().map(String::as_str).collect();
        for stale in store::ids_between(conn, partnership, kind, after, next.as_deref())? {
            if !known.contains(stale.as_str()) {
                store::remove(conn, partnership, kind, &stale)?;
            }
        }
        Ok(next)
    }

    /// Takes the log as read up to now and forgets kinds that nobody brings any more: the first step of a rebuild, before each
    /// kind is read again.
    pub fn begin_rebuild(&self, conn: &mut Conn, partnership: &str) -> Result<(), DbError> {
        conn.lock(&format!("search:{partnership}"))?;
        let head = head_seq(conn, partnership)?;
        store::remove_other_kinds(conn, partnership, &self.kinds())?;
        store::set_cursor(conn, partnership, head)
    }

    /// Compares one page of a kind with what the domain says now; gives the objects that differ and where the next page begins.
    pub fn check(
        &self,
        conn: &mut Conn,
        partnership: &str,
        kind: &str,
        after: &str,
        limit: i64,
    ) -> Result<(Vec<Object>, Option<String>), DbError> {
        let Some(source) = self.source(kind) else {
            return Ok((Vec::new(), None));
        };
        let ids = source.ids(conn, partnership, kind, after, limit)?;
        let next = ids.last().filter(|_| ids.len() as i64 == limit).cloned();
        let mut all: BTreeSet<String> = ids.into_iter().collect();
        all.extend(store::ids_between(
            conn,
            partnership,
            kind,
            after,
            next.as_deref(),
        )?);
        let mut wrong = Vec::new();
        for id in all {
            let object = Object::new(kind, id);
            let expected = source
                .document(conn, partnership, &object)?
                .map(|d| row(partnership, d));
            let kept = store::find(conn, partnership, kind, &object.id)?;
            if !same(kept.as_ref(), expected.as_ref()) {
                wrong.push(object);
            }
        }
        Ok((wrong, next))
    }

    /// How many things of a partnership can be found.
    pub fn count(&self, conn: &mut Conn, partnership: &str) -> Result<i64, DbError> {
        store::count(conn, partnership)
    }

    /// What fits the query, best first, of what somebody with these permissions may see.
    pub fn search(
        &self,
        conn: &mut Conn,
        partnership: &str,
        permissions: &[&str],
        query: &Query,
        now: Instant,
    ) -> Result<Vec<Found>, DbError> {
        let may: Vec<String> = permissions.iter().map(|p| permission_word(p)).collect();
        let scope = partnership_word(partnership);
        let mut numbers = BTreeSet::new();
        for place in [Place::Title, Place::Anywhere] {
            numbers.extend(store::numbers(conn, &scope, &may, &query.words, place)?);
        }
        let numbers: Vec<i32> = numbers.into_iter().collect();
        let mut found: Vec<(f64, Row)> = store::of_numbers(conn, partnership, &numbers)?
            .into_iter()
            .filter(|row| row.scope.split(' ').any(|w| may.iter().any(|m| m == w)))
            .filter(|row| query.kind.as_ref().is_none_or(|kind| *kind == row.kind))
            .filter_map(|row| {
                let points =
                    rank::score(&query.words, &row.title_words, &row.body_words, row.at, now)?;
                Some((points, row))
            })
            .collect();
        found.sort_by(|(a, x), (b, y)| b.total_cmp(a).then(y.number.cmp(&x.number)));
        found.truncate(query.limit);
        Ok(found
            .into_iter()
            .map(|(_, row)| shown(query, row))
            .collect())
    }

    fn source(&self, kind: &str) -> Option<&Arc<dyn Searchable>> {
        self.sources.iter().find(|s| s.kinds().contains(&kind))
    }

    fn refresh(&self, conn: &mut Conn, partnership: &str, object: &Object) -> Result<(), DbError> {
        let Some(source) = self.source(&object.kind) else {
            return Ok(());
        };
        let kept = store::find(conn, partnership, &object.kind, &object.id)?;
        let now = source
            .document(conn, partnership, object)?
            .map(|d| row(partnership, d));
        if same(kept.as_ref(), now.as_ref()) {
            return Ok(());
        }
        match now {
            Some(row) => store::put(conn, partnership, &row),
            None => store::remove(conn, partnership, &object.kind, &object.id).map(drop),
        }
    }
}

/// Whether two documents say the same; their numbers aside.
fn same(a: Option<&Row>, b: Option<&Row>) -> bool {
    let bare = |row: &Row| Row {
        number: 0,
        ..row.clone()
    };
    a.map(bare) == b.map(bare)
}

fn row(partnership: &str, d: Document) -> Row {
    let title = shorten(d.title.trim(), TITLE);
    let body = shorten(d.body.trim(), BODY);
    let mut scope = vec![partnership_word(partnership)];
    scope.extend(d.permissions.iter().map(|p| permission_word(p)));
    Row {
        number: 0,
        kind: d.object.kind,
        object_id: d.object.id,
        scope: scope.join(" "),
        title_words: fold::words(&title).join(" "),
        body_words: fold::words(&body).join(" "),
        title,
        body,
        path: d.path,
        at: d.at,
    }
}

/// The words of the index for a partnership and a permission. They begin with letters that begin no word of a language.
fn partnership_word(id: &str) -> String {
    format!("qxqp{}", letters(id))
}

fn permission_word(name: &str) -> String {
    format!("qxqm{}", letters(name))
}

fn letters(text: &str) -> String {
    text.chars().filter(char::is_ascii_alphanumeric).collect()
}

fn shown(query: &Query, row: Row) -> Found {
    Found {
        object: Object::new(&row.kind, row.object_id),
        title_pieces: rank::mark(&query.words, &row.title),
        excerpt: rank::excerpt(&query.words, &row.body),
        title: row.title,
        path: row.path,
        at: row.at,
    }
}

/// Weighs a document that is in no index, as one in it would be: its points and what is shown. `None` when it does not fit.
pub fn weigh(query: &Query, document: Document, now: Instant) -> Option<(f64, Found)> {
    let fits = query
        .kind
        .as_ref()
        .is_none_or(|kind| *kind == document.object.kind);
    let row = fits.then(|| row("", document))?;
    let points = rank::score(&query.words, &row.title_words, &row.body_words, row.at, now)?;
    Some((points, shown(query, row)))
}
