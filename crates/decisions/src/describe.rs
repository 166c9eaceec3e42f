//! What the trace tells of bodies and seats, and of what they decide.

use std::sync::LazyLock;

use backbone_db::{Conn, DbError};
use backbone_events::{Audience, Describe, Node, Object};
use backbone_web::{Lang, Renderer};

use crate::body::store as bodies;
use crate::view::Say;

/// Words for nodes, for a describer is given no renderer.
static WORDS: LazyLock<Option<Renderer>> = LazyLock::new(|| {
    let mut b = Renderer::builder();
    b.messages("decisions", Lang::En, include_str!("../locales/en.ftl"))
        .messages("decisions", Lang::Nl, include_str!("../locales/nl.ftl"));
    b.build()
        .inspect_err(|error| tracing::error!(%error, "the words of decisions do not parse"))
        .ok()
});

/// Describes `body`.
pub(crate) struct Decisions;

impl Describe for Decisions {
    fn kinds(&self) -> &'static [&'static str] {
        &["body"]
    }

    fn describe(
        &self,
        conn: &mut Conn,
        partnership_id: &str,
        kind: &str,
        ids: &[String],
        _audience: Audience,
        lang: &str,
    ) -> Result<Vec<Node>, DbError> {
        let Some(words) = WORDS.as_ref() else {
            return Err(DbError::Setup("the words of decisions do not parse".into()));
        };
        let say = Say {
            catalogue: words.catalogue(),
            lang: lang.parse().unwrap_or_default(),
        };
        match kind {
            "body" => body_nodes(conn, &say, partnership_id, ids),
            _ => Ok(Vec::new()),
        }
    }
}

fn body_nodes(
    conn: &mut Conn,
    say: &Say,
    partnership: &str,
    ids: &[String],
) -> Result<Vec<Node>, DbError> {
    let all = bodies::all(conn, partnership)?;
    let wanted = all
        .into_iter()
        .filter(|b| ids.iter().any(|id| id == b.id.as_str()));
    Ok(wanted
        .map(|b| Node {
            object: Object::new("body", &b.id),
            summary: say.of("body-kind", b.kind.as_str()),
            facts: Vec::new(),
            href: Some(format!("/bodies/{}", b.id)),
            at: Some(b.created_at),
            aggregated: false,
            title: b.name,
        })
        .collect())
}
