//! The trace: the chain behind (towards sources) or ahead of (towards uses) any object.
//!
//! The log knows only kinds and identifiers. What an object is called, and what an audience may see of it, its own domain says
//! through [`Describe`]; the server registers every domain's describers.

use std::collections::{HashMap, HashSet, VecDeque};
use std::sync::Arc;

use backbone_db::{Conn, DbError, Instant};
use serde::{Deserialize, Serialize};

use crate::event::Object;
use crate::store;

/// Who looks. It decides how much of each object is told.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, utoipa::ToSchema)]
#[serde(rename_all = "snake_case")]
#[schema(as = TraceAudience)]
pub enum Audience {
    /// Members of the partnership.
    Members,
    /// Anybody with a story's link: small and private things stay aggregated.
    Public,
}

/// Which way to walk.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, utoipa::ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum Direction {
    /// Towards the sources: where does it come from?
    Behind,
    /// Towards the uses: what did it move?
    Ahead,
}

/// One line of detail about an object: a message key of the catalogue and its value, already formatted or plain text.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, utoipa::ToSchema)]
pub struct Fact {
    /// Message key of the label.
    pub label: String,
    /// The value to show.
    pub value: String,
}

/// One object in a trace, as the audience may see it.
#[derive(Clone, Debug, Serialize, Deserialize, utoipa::ToSchema)]
pub struct Node {
    /// What it is.
    pub object: Object,
    /// Its name or value, such as "61 %" or "46 hours".
    pub title: String,
    /// One sentence on who, when and how.
    pub summary: String,
    /// Further lines, shown when it is opened.
    pub facts: Vec<Fact>,
    /// Address of its own page for members, without host; one that does not begin with `/p/` lies within the partnership.
    pub href: Option<String>,
    /// When it came to be, for ordering.
    pub at: Option<Instant>,
    /// True when it stands for several objects that this audience may only see together.
    pub aggregated: bool,
}

/// A domain's way of telling about its objects.
pub trait Describe: Send + Sync {
    /// The kinds of object it knows.
    fn kinds(&self) -> &'static [&'static str];

    /// Describes the objects (all of one kind) to the audience, in language `lang`. May give fewer nodes than objects: those
    /// the audience may not see are left out, or one aggregated node stands for many.
    fn describe(
        &self,
        conn: &mut Conn,
        partnership_id: &str,
        kind: &str,
        ids: &[String],
        audience: Audience,
        lang: &str,
    ) -> Result<Vec<Node>, DbError>;

    /// Sources (or uses) that are computed rather than linked, such as a metric's measurements. At most a few hundred.
    fn implied(
        &self,
        _conn: &mut Conn,
        _partnership_id: &str,
        _object: &Object,
        _direction: Direction,
    ) -> Result<Vec<(String, Object)>, DbError> {
        Ok(Vec::new())
    }

    /// The objects of a kind that something else may be linked to, identifier and name, in the order in which people choose.
    /// Nothing unless the kind is one that people choose from.
    fn choices(
        &self,
        _conn: &mut Conn,
        _partnership_id: &str,
        _kind: &str,
    ) -> Result<Vec<(String, String)>, DbError> {
        Ok(Vec::new())
    }
}

/// The chain of one object: levels by distance, nearest first, and who hangs on whom.
#[derive(Clone, Debug, Serialize, utoipa::ToSchema)]
pub struct Trace {
    /// Where it starts.
    pub root: Option<Node>,
    /// Nodes by distance from the root, nearest first, without the root.
    pub levels: Vec<Vec<Node>>,
    /// Pairs (from, relation, to) among the objects shown.
    pub edges: Vec<(Object, String, Object)>,
    /// True when the walk stopped at its bound and more lies beyond.
    pub cut: bool,
}

/// Walks traces with the describers of all domains.
#[derive(Clone, Default)]
pub struct Tracer {
    by_kind: HashMap<&'static str, Arc<dyn Describe>>,
}

/// Objects a walk visits at most.
const BOUND: usize = 600;

impl Tracer {
    /// Adds a domain's describer.
    pub fn register(&mut self, describer: Arc<dyn Describe>) {
        for kind in describer.kinds() {
            self.by_kind.insert(kind, describer.clone());
        }
    }

    /// The kinds that can be traced.
    pub fn kinds(&self) -> Vec<&'static str> {
        let mut kinds: Vec<_> = self.by_kind.keys().copied().collect();
        kinds.sort_unstable();
        kinds
    }

    /// The direct sources (or uses) of an object, links and implied ones together.
    pub fn step(
        &self,
        conn: &mut Conn,
        partnership_id: &str,
        object: &Object,
        direction: Direction,
    ) -> Result<Vec<(String, Object)>, DbError> {
        let forwards = direction == Direction::Behind;
        let mut next: Vec<(String, Object)> =
            store::links(conn, partnership_id, object, forwards, 500)?
                .into_iter()
                .map(|l| (l.relation, if forwards { l.to } else { l.from }))
                .collect();
        if let Some(d) = self.by_kind.get(object.kind.as_str()) {
            next.extend(d.implied(conn, partnership_id, object, direction)?);
        }
        Ok(next)
    }

    /// The objects of a kind that something may be linked to: identifier and name.
    pub fn choices(
        &self,
        conn: &mut Conn,
        partnership_id: &str,
        kind: &str,
    ) -> Result<Vec<(String, String)>, DbError> {
        match self.by_kind.get(kind) {
            Some(describer) => describer.choices(conn, partnership_id, kind),
            None => Ok(Vec::new()),
        }
    }

    /// Describes one object.
    pub fn node(
        &self,
        conn: &mut Conn,
        partnership_id: &str,
        object: &Object,
        audience: Audience,
        lang: &str,
    ) -> Result<Option<Node>, DbError> {
        Ok(self
            .nodes(
                conn,
                partnership_id,
                std::slice::from_ref(object),
                audience,
                lang,
            )?
            .pop())
    }

    /// Describes many objects, of any kinds; those of an unknown kind are left out.
    pub fn nodes(
        &self,
        conn: &mut Conn,
        partnership_id: &str,
        objects: &[Object],
        audience: Audience,
        lang: &str,
    ) -> Result<Vec<Node>, DbError> {
        let mut kinds: Vec<&str> = Vec::new();
        let mut ids: HashMap<&str, Vec<String>> = HashMap::new();
        for o in objects {
            if !ids.contains_key(o.kind.as_str()) {
                kinds.push(&o.kind);
            }
            ids.entry(&o.kind).or_default().push(o.id.clone());
        }
        let mut nodes = Vec::new();
        for kind in kinds {
            if let (Some(d), Some(ids)) = (self.by_kind.get(kind), ids.get(kind)) {
                nodes.extend(d.describe(conn, partnership_id, kind, ids, audience, lang)?);
            }
        }
        Ok(nodes)
    }

    /// Walks from `root` to the given depth.
    pub fn trace(
        &self,
        conn: &mut Conn,
        partnership_id: &str,
        root: &Object,
        direction: Direction,
        audience: Audience,
        depth: usize,
        lang: &str,
    ) -> Result<Trace, DbError> {
        let mut seen: HashSet<Object> = HashSet::from([root.clone()]);
        let mut edges = Vec::new();
        let mut by_level: Vec<Vec<Object>> = Vec::new();
        let mut frontier = VecDeque::from([(root.clone(), 0usize)]);
        let mut cut = false;
        while let Some((object, level)) = frontier.pop_front() {
            if level == depth {
                continue;
            }
            for (relation, next) in self.step(conn, partnership_id, &object, direction)? {
                edges.push((object.clone(), relation, next.clone()));
                if seen.contains(&next) {
                    continue;
                }
                if seen.len() >= BOUND {
                    cut = true;
                    continue;
                }
                seen.insert(next.clone());
                if by_level.len() <= level {
                    by_level.resize_with(level + 1, Vec::new);
                }
                by_level[level].push(next.clone());
                frontier.push_back((next, level + 1));
            }
        }
        let root = self.node(conn, partnership_id, root, audience, lang)?;
        let mut levels = Vec::new();
        let mut shown: HashSet<Object> = root.iter().map(|n| n.object.clone()).collect();
        for objects in by_level {
            let nodes = self.nodes(conn, partnership_id, &objects, audience, lang)?;
            shown.extend(nodes.iter().map(|n| n.object.clone()));
            levels.push(nodes);
        }
        edges.retain(|(a, _, b)| shown.contains(a) && shown.contains(b));
        Ok(Trace {
            root,
            levels,
            edges,
            cut,
        })
    }
}
