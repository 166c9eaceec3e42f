//! What the framework takes from the crate `regex-lite`, by a shorter way.
//!
//! The framework's router tries the regular expression of each route in turn. There are hundreds of routes, and most
//! of them begin alike (`/partnerships/{partnership}/…`), so an engine that runs every expression up to where it fails costs
//! milliseconds a request. The expressions of routes are plain, though: letters, and names for whatever stands between two
//! slashes. Those are matched here by comparing text ([`route::Route`]). Whatever is not such a pattern goes to the
//! crate `regex`, so that the meaning of every expression stays what it was.

mod route;

use std::borrow::Cow;
use std::fmt;
use std::ops::{Index, Range};
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};

pub use regex::{Error, Replacer, escape};
use route::Route;

static ENGINES: AtomicUsize = AtomicUsize::new(0);

/// How many expressions of this process needed the engine so far: the test of the server's routes expects none.
pub fn engines() -> usize {
    ENGINES.load(Ordering::Relaxed)
}

/// A compiled expression.
#[derive(Clone)]
pub struct Regex {
    text: Arc<str>,
    way: Way,
}

#[derive(Clone)]
enum Way {
    Route(Arc<Route>),
    Engine(regex::Regex),
}

impl Regex {
    /// # Errors
    /// The expression is not one.
    pub fn new(text: &str) -> Result<Self, Error> {
        let way = match Route::read(text) {
            Some(route) => Way::Route(Arc::new(route)),
            None => {
                ENGINES.fetch_add(1, Ordering::Relaxed);
                Way::Engine(regex::Regex::new(text)?)
            }
        };
        Ok(Self {
            text: text.into(),
            way,
        })
    }

    /// The expression as it was given.
    pub fn as_str(&self) -> &str {
        &self.text
    }

    /// Whether it matches anywhere.
    pub fn is_match(&self, text: &str) -> bool {
        match &self.way {
            Way::Route(route) => route.find(text).is_some(),
            Way::Engine(engine) => engine.is_match(text),
        }
    }

    /// The first match with its groups.
    pub fn captures<'t>(&self, text: &'t str) -> Option<Captures<'t>> {
        match &self.way {
            Way::Route(route) => {
                let found = route.find(text)?;
                let route = route.clone();
                Some(Captures(Groups::Route { text, route, found }))
            }
            Way::Engine(engine) => Some(Captures(Groups::Engine(engine.captures(text)?))),
        }
    }

    /// All matches with their groups.
    pub fn captures_iter<'t>(&self, text: &'t str) -> impl Iterator<Item = Captures<'t>> {
        let engine = match &self.way {
            Way::Engine(engine) => Some(engine.clone()),
            Way::Route(_) => None,
        };
        // A route's pattern is bound to the beginning, so it matches once at most.
        let once = engine.is_none().then(|| self.captures(text)).flatten();
        let many: Vec<Captures<'t>> = engine
            .iter()
            .flat_map(|engine| engine.captures_iter(text))
            .map(|groups| Captures(Groups::Engine(groups)))
            .collect();
        once.into_iter().chain(many)
    }

    /// Puts something in the place of every match.
    pub fn replace_all<'t>(&self, text: &'t str, with: impl Replacer) -> Cow<'t, str> {
        match &self.way {
            Way::Engine(engine) => engine.replace_all(text, with),
            Way::Route(_) => match regex::Regex::new(&self.text) {
                Ok(engine) => Cow::Owned(engine.replace_all(text, with).into_owned()),
                Err(_) => Cow::Borrowed(text),
            },
        }
    }

    /// Names of the groups in their order, the whole first; nothing for a group without one.
    pub fn capture_names(&self) -> std::vec::IntoIter<Option<&str>> {
        let names: Vec<Option<&str>> = match &self.way {
            Way::Route(route) => route.groups().collect(),
            Way::Engine(engine) => engine.capture_names().collect(),
        };
        names.into_iter()
    }
}

impl fmt::Debug for Regex {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_tuple("Regex").field(&self.text).finish()
    }
}

impl fmt::Display for Regex {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.text)
    }
}

/// A match with its groups.
#[derive(Debug)]
pub struct Captures<'t>(Groups<'t>);

#[derive(Debug)]
enum Groups<'t> {
    Route {
        text: &'t str,
        route: Arc<Route>,
        found: route::Found,
    },
    Engine(regex::Captures<'t>),
}

impl<'t> Captures<'t> {
    /// A group by its number; 0 is the whole match.
    pub fn get(&self, group: usize) -> Option<Match<'t>> {
        match &self.0 {
            Groups::Route { text, route, found } => route
                .group(found, group)
                .map(|range| Match::at(text, range)),
            Groups::Engine(groups) => groups.get(group).map(Match::of),
        }
    }

    /// A group by its name.
    pub fn name(&self, name: &str) -> Option<Match<'t>> {
        match &self.0 {
            Groups::Route { text, route, found } => {
                route.named(found, name).map(|range| Match::at(text, range))
            }
            Groups::Engine(groups) => groups.name(name).map(Match::of),
        }
    }
}

impl Index<usize> for Captures<'_> {
    type Output = str;

    fn index(&self, group: usize) -> &str {
        match &self.0 {
            Groups::Route { text, route, found } => {
                route.group(found, group).map_or("", |range| &text[range])
            }
            Groups::Engine(groups) => &groups[group],
        }
    }
}

/// Where a group matched.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Match<'t> {
    matched: &'t str,
    range: Range<usize>,
}

impl<'t> Match<'t> {
    /// Where it begins, in bytes.
    pub fn start(&self) -> usize {
        self.range.start
    }

    /// Where it ends, in bytes.
    pub fn end(&self) -> usize {
        self.range.end
    }

    /// From where to where, in bytes.
    pub fn range(&self) -> Range<usize> {
        self.range.clone()
    }

    /// What matched.
    pub fn as_str(&self) -> &'t str {
        self.matched
    }

    fn of(found: regex::Match<'t>) -> Self {
        Self {
            matched: found.as_str(),
            range: found.range(),
        }
    }

    fn at(text: &'t str, range: Range<usize>) -> Self {
        Self {
            matched: &text[range.clone()],
            range,
        }
    }
}

#[cfg(test)]
mod tests;
