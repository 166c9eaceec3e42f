//! How decisions, bodies and commitments are found: by what they say, and by what was said about them.

mod store;

use backbone_db::{Conn, DbError};
use backbone_events::Object;
use backbone_identity::{Permission, organizations};
use backbone_search::{Document, Searchable};

use crate::body::{BodyId, store as bodies};
use crate::commitment::{CommitmentId, store as commitments};
use crate::outcome::store as outcomes;
use crate::policy::SeeDecisions;
use crate::proposal::{DecisionId, store as proposals};

/// Finds `decision`, by its discussion and its outcome too, `body` and `commitment`. What ballots say is never found: who may read them,
/// and when, differs from vote to vote.
pub struct Decided;

impl Searchable for Decided {
    fn kinds(&self) -> &'static [&'static str] {
        &["decision", "body", "commitment"]
    }

    fn document(
        &self,
        conn: &mut Conn,
        partnership_id: &str,
        object: &Object,
    ) -> Result<Option<Document>, DbError> {
        match object.kind.as_str() {
            "decision" => decision(conn, partnership_id, object),
            "body" => body(conn, partnership_id, object),
            _ => commitment(conn, partnership_id, object),
        }
    }

    fn ids(
        &self,
        conn: &mut Conn,
        partnership_id: &str,
        kind: &str,
        after: &str,
        limit: i64,
    ) -> Result<Vec<String>, DbError> {
        match kind {
            "decision" => store::decisions(conn, partnership_id, after, limit),
            "body" => store::bodies_of(conn, partnership_id, after, limit),
            _ => store::promises(conn, partnership_id, after, limit),
        }
    }

    fn rereads(&self, event: &str) -> &'static [&'static str] {
        match event {
            // Decisions are found by the body that takes them, commitments by who owns them.
            "body.changed" => &["decision"],
            "organization.changed" => &["commitment"],
            _ => &[],
        }
    }
}

fn decision(
    conn: &mut Conn,
    partnership: &str,
    object: &Object,
) -> Result<Option<Document>, DbError> {
    let Ok(id) = object.id.parse::<DecisionId>() else {
        return Ok(None);
    };
    let Some(it) = proposals::find(conn, partnership, &id)? else {
        return Ok(None);
    };
    let body = bodies::find(conn, partnership, &it.body_id)?;
    let outcome = outcomes::of(conn, partnership, &id)?;
    let mut parts = vec![
        body.map(|b| b.name).unwrap_or_default(),
        it.author_name,
        outcome.map(|o| o.statement).unwrap_or_default(),
        it.content.background,
    ];
    for option in it.content.options {
        parts.extend([option.label, option.meaning]);
    }
    let comments = proposals::comments(conn, partnership, &id)?;
    parts.extend(comments.into_iter().map(|c| c.text));
    Ok(Some(document(
        object,
        it.title,
        parts,
        format!("/decisions/{id}"),
        it.updated_at,
    )))
}

fn body(conn: &mut Conn, partnership: &str, object: &Object) -> Result<Option<Document>, DbError> {
    let Ok(id) = object.id.parse::<BodyId>() else {
        return Ok(None);
    };
    let found = bodies::find(conn, partnership, &id)?;
    Ok(found.map(|it| {
        let parts = vec![it.remit, it.charter];
        document(
            object,
            it.name,
            parts,
            format!("/bodies/{id}"),
            it.updated_at,
        )
    }))
}

fn commitment(
    conn: &mut Conn,
    partnership: &str,
    object: &Object,
) -> Result<Option<Document>, DbError> {
    let Ok(id) = object.id.parse::<CommitmentId>() else {
        return Ok(None);
    };
    let Some(it) = commitments::find(conn, partnership, &id)? else {
        return Ok(None);
    };
    let owner = organizations::find(conn, partnership, &it.organization_id)?;
    let mut parts = vec![owner.map(|o| o.name).unwrap_or_default(), it.benefit];
    let notes = commitments::notes(conn, partnership, &id)?;
    parts.extend(notes.into_iter().map(|n| n.text));
    Ok(Some(document(
        object,
        it.title,
        parts,
        format!("/commitments/{id}"),
        it.updated_at,
    )))
}

fn document(
    object: &Object,
    title: String,
    mut parts: Vec<String>,
    path: String,
    at: backbone_db::Instant,
) -> Document {
    parts.retain(|p| !p.trim().is_empty());
    Document {
        object: object.clone(),
        permissions: vec![SeeDecisions::NAME],
        title,
        body: parts.join(" · ").replace(['*', '#', '_', '`', '>'], ""),
        path,
        at,
    }
}
