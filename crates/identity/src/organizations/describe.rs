//! How organizations, people and the partnership are told about in a trace.

use backbone_db::{Conn, DbError};
use backbone_events::{Audience, Describe, Fact, Node, Object};

use super::store::by_ids;
use crate::words::Words;
use crate::{partnership, people};

/// Tells about organizations, people and partnerships.
pub(crate) struct IdentityDescriber;

impl Describe for IdentityDescriber {
    fn kinds(&self) -> &'static [&'static str] {
        &["organization", "person", "partnership"]
    }

    fn describe(
        &self,
        conn: &mut Conn,
        partnership_id: &str,
        kind: &str,
        ids: &[String],
        audience: Audience,
        lang: &str,
    ) -> Result<Vec<Node>, DbError> {
        let words = Words::of(lang);
        match kind {
            "organization" => organizations(conn, partnership_id, ids, audience, &words),
            "person" => persons(conn, partnership_id, ids, audience, &words),
            _ => the_partnership(conn, partnership_id, ids),
        }
    }
}

fn node(kind: &str, id: impl ToString, title: String) -> Node {
    Node {
        object: Object::new(kind, id),
        title,
        summary: String::new(),
        facts: Vec::new(),
        href: None,
        at: None,
        aggregated: false,
    }
}

fn organizations(
    conn: &mut Conn,
    partnership: &str,
    ids: &[String],
    audience: Audience,
    words: &Words,
) -> Result<Vec<Node>, DbError> {
    let slug = partnership::find(conn, partnership)?
        .map(|p| p.slug)
        .unwrap_or_default();
    let rows = by_ids(conn, partnership, ids)?;
    Ok(rows
        .into_iter()
        .map(|o| {
            let named = audience == Audience::Members || o.public_name;
            let title = if named {
                o.name.clone()
            } else {
                words.text("organizations-a-partner")
            };
            let sector = words.text(&format!("sector-{}", o.sector));
            Node {
                summary: words.text(&format!("organization-role-{}", o.role)),
                facts: vec![Fact {
                    label: "organizations-sector".into(),
                    value: sector,
                }],
                href: (audience == Audience::Members)
                    .then(|| format!("/p/{slug}/organizations/{}", o.id)),
                at: Some(o.created_at),
                ..node("organization", &o.id, title)
            }
        })
        .collect())
}

fn persons(
    conn: &mut Conn,
    partnership: &str,
    ids: &[String],
    audience: Audience,
    words: &Words,
) -> Result<Vec<Node>, DbError> {
    let rows = people::store::members_by_ids(conn, partnership, ids)?;
    Ok(rows
        .into_iter()
        .map(|(id, name)| {
            let title = match audience {
                Audience::Members => name,
                Audience::Public => words.text("people-a-person"),
            };
            node("person", id, title)
        })
        .collect())
}

fn the_partnership(
    conn: &mut Conn,
    partnership: &str,
    ids: &[String],
) -> Result<Vec<Node>, DbError> {
    let found =
        partnership::find(conn, partnership)?.filter(|p| ids.iter().any(|id| id == p.id.as_str()));
    Ok(found
        .into_iter()
        .map(|p| Node {
            summary: p.purpose.clone(),
            href: Some(format!("/p/{}", p.slug)),
            at: Some(p.created_at),
            ..node("partnership", &p.id, p.name.clone())
        })
        .collect())
}
