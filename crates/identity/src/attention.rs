//! What needs attention: each domain adds its rules, the home page shows what they find.

use backbone_db::{Conn, DbError, Instant};

use crate::actor::Actor;

/// How pressing a line is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Urgency {
    /// Something is failing or late already.
    Bad,
    /// It will slip if nobody acts.
    Watch,
    /// Ready for the next step.
    Good,
}

/// A message of the catalogue with its arguments.
#[derive(Clone, Debug)]
pub struct Words {
    /// Message key.
    pub key: &'static str,
    /// Arguments: numbers choose plurals, so they are given as numbers.
    pub args: Vec<(&'static str, Word)>,
}

/// One argument.
#[derive(Clone, Debug)]
pub enum Word {
    /// A name or a phrase.
    Text(String),
    /// A count.
    Number(i64),
}

impl Words {
    /// A message without arguments.
    pub fn new(key: &'static str) -> Self {
        Self {
            key,
            args: Vec::new(),
        }
    }
    /// Adds a text.
    pub fn text(mut self, name: &'static str, value: impl Into<String>) -> Self {
        self.args.push((name, Word::Text(value.into())));
        self
    }
    /// Adds a number.
    pub fn number(mut self, name: &'static str, value: i64) -> Self {
        self.args.push((name, Word::Number(value)));
        self
    }
}

/// One thing that needs somebody: what, details, since when, and the action, one click away.
#[derive(Clone, Debug)]
pub struct Line {
    /// How pressing.
    pub urgency: Urgency,
    /// Icon name.
    pub icon: &'static str,
    /// What, in one sentence.
    pub what: Words,
    /// Details.
    pub detail: Option<Words>,
    /// Since when.
    pub since: Option<Instant>,
    /// The verb on the button.
    pub action: Words,
    /// Where it leads, behind `/p/{slug}`.
    pub path: String,
}

/// A domain's rules over its own data. Each looks only at what the actor may see.
pub trait Attention: Send + Sync {
    /// What needs this actor now.
    fn lines(&self, conn: &mut Conn, actor: &Actor) -> Result<Vec<Line>, DbError>;
}
