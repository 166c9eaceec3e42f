//! What the trace tells of bodies and seats, and of what they decide.

use std::sync::LazyLock;

use backbone_db::{Conn, DbError};
use backbone_events::{Audience, Describe, Direction, Node, Object};
use backbone_identity::directory;
use backbone_web::{Lang, Renderer};

use crate::ballot::form::words;
use crate::ballot::{BallotId, store as ballots};
use crate::body::store as bodies;
use crate::commitment::{CommitmentId, store as commitments};
use crate::meeting::{MeetingId, store as meetings};
use crate::outcome::store as outcomes;
use crate::proposal::{DecisionId, Status, store as proposals};
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

/// The words of a language for what is written where no renderer is at hand: nodes, minutes, times in mails.
pub(crate) fn say(lang: Lang) -> Result<Say<'static>, DbError> {
    let words = WORDS.as_ref();
    let words =
        words.ok_or_else(|| DbError::Setup("the words of decisions do not parse".into()))?;
    Ok(Say {
        catalogue: words.catalogue(),
        lang,
    })
}

/// Describes `body`, `decision`, `ballot`, `commitment` and `meeting`. To the public a decision tells how many voted; who voted what, and for whom, is
/// told to members only, and of a secret vote to nobody.
pub(crate) struct Decisions;

impl Describe for Decisions {
    fn kinds(&self) -> &'static [&'static str] {
        &["body", "decision", "ballot", "commitment", "meeting"]
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
        let say = say(lang.parse().unwrap_or_default())?;
        match kind {
            "body" => body_nodes(conn, &say, partnership_id, ids),
            "decision" => decision_nodes(conn, &say, partnership_id, ids, audience),
            "ballot" => ballot_nodes(conn, &say, partnership_id, ids, audience),
            "commitment" => commitment_nodes(conn, &say, partnership_id, ids, audience),
            "meeting" => meeting_nodes(conn, &say, partnership_id, ids, audience),
            _ => Ok(Vec::new()),
        }
    }

    fn implied(
        &self,
        conn: &mut Conn,
        partnership_id: &str,
        object: &Object,
        direction: Direction,
    ) -> Result<Vec<(String, Object)>, DbError> {
        let Ok(id) = object.id.parse::<DecisionId>() else {
            return Ok(Vec::new());
        };
        if object.kind != "decision" || direction == Direction::Ahead {
            return Ok(Vec::new());
        }
        let found = proposals::find(conn, partnership_id, &id)?;
        if found.is_none_or(|x| x.norms.secret || x.closed_at.is_none()) {
            return Ok(Vec::new());
        }
        let all = ballots::all(conn, partnership_id, &id)?;
        let ballots = all.into_iter().take(MOST);
        Ok(ballots
            .map(|b| ("voted_in".to_string(), Object::new("ballot", &b.id)))
            .collect())
    }
}

/// Ballots shown behind one decision at most.
const MOST: usize = 300;

fn decision_nodes(
    conn: &mut Conn,
    say: &Say,
    partnership: &str,
    ids: &[String],
    audience: Audience,
) -> Result<Vec<Node>, DbError> {
    let bodies = bodies::all(conn, partnership)?;
    let mut nodes = Vec::new();
    for id in ids.iter().filter_map(|id| id.parse::<DecisionId>().ok()) {
        let Some(x) = proposals::find(conn, partnership, &id)? else {
            continue;
        };
        // Outside, only what was decided is told; drafts and votes that run are the members' own.
        if audience == Audience::Public
            && !matches!(
                x.status,
                Status::InEffect | Status::Superseded | Status::Retired
            )
        {
            continue;
        }
        let body = bodies
            .iter()
            .find(|b| b.id == x.body_id)
            .map(|b| b.name.clone())
            .unwrap_or_default();
        let method = say.of("method", x.norms.method.as_str());
        let outcome = outcomes::of(conn, partnership, &id)?;
        let mut summary = say.text("describe-decision", &[("body", &body), ("method", &method)]);
        if let Some(outcome) = &outcome {
            summary.push_str(". ");
            summary.push_str(&say.count("describe-ballots", outcome.result.voted.into()));
            if x.norms.secret {
                summary.push_str(", ");
                summary.push_str(&say.word("describe-secret"));
            }
        }
        nodes.push(Node {
            object: x.object(),
            summary,
            facts: Vec::new(),
            href: Some(format!("/decisions/{}", x.id)),
            at: x.closed_at.or(Some(x.created_at)),
            aggregated: false,
            title: x.title,
        });
    }
    Ok(nodes)
}

/// Ballots one by one to members; to the public none, for the decision itself says how many voted.
fn ballot_nodes(
    conn: &mut Conn,
    say: &Say,
    partnership: &str,
    ids: &[String],
    audience: Audience,
) -> Result<Vec<Node>, DbError> {
    let mut nodes = Vec::new();
    if audience == Audience::Public {
        return Ok(nodes);
    }
    for id in ids.iter().filter_map(|id| id.parse::<BallotId>().ok()) {
        let Some((decision, ballot)) = ballots::find(conn, partnership, &id)? else {
            continue;
        };
        let (Some(x), Some(voter)) = (
            proposals::find(conn, partnership, &decision)?,
            &ballot.voter_id,
        ) else {
            continue;
        };
        let name = ballots::voter(conn, partnership, voter)?
            .map(|v| v.name)
            .unwrap_or_default();
        nodes.push(Node {
            object: Object::new("ballot", &ballot.id),
            title: format!("{name}: {}", words(say, &x, &ballot.says)),
            summary: ballot.reason,
            facts: Vec::new(),
            href: Some(format!("/decisions/{}", x.id)),
            at: ballot.cast_at,
            aggregated: false,
        });
    }
    Ok(nodes)
}

fn commitment_nodes(
    conn: &mut Conn,
    say: &Say,
    partnership: &str,
    ids: &[String],
    audience: Audience,
) -> Result<Vec<Node>, DbError> {
    let organizations = directory::organizations(conn, partnership)?;
    let mut nodes = Vec::new();
    for id in ids.iter().filter_map(|id| id.parse::<CommitmentId>().ok()) {
        let Some(c) = commitments::find(conn, partnership, &id)? else {
            continue;
        };
        let own = organizations.iter().find(|o| o.id == c.organization_id);
        let named = own
            .filter(|o| audience == Audience::Members || o.public_name)
            .map(|o| o.name.clone());
        let name = named.unwrap_or_else(|| say.word("describe-organization"));
        nodes.push(Node {
            object: Object::new("commitment", &c.id),
            summary: say.text(
                "describe-commitment",
                &[("organization", &name), ("day", &c.due_on.to_string())],
            ),
            facts: Vec::new(),
            href: Some(format!("/commitments/{}", c.id)),
            at: Some(c.created_at),
            aggregated: false,
            title: c.title,
        });
    }
    Ok(nodes)
}

/// Meetings are told to members only: who met where is their own.
fn meeting_nodes(
    conn: &mut Conn,
    say: &Say,
    partnership: &str,
    ids: &[String],
    audience: Audience,
) -> Result<Vec<Node>, DbError> {
    let mut nodes = Vec::new();
    if audience == Audience::Public {
        return Ok(nodes);
    }
    let bodies = bodies::all(conn, partnership)?;
    for id in ids.iter().filter_map(|id| id.parse::<MeetingId>().ok()) {
        let Some(x) = meetings::find(conn, partnership, &id)? else {
            continue;
        };
        let body = bodies.iter().find(|b| b.id == x.body_id);
        let body = body.map(|b| b.name.clone()).unwrap_or_default();
        let number = x.number.to_string();
        nodes.push(Node {
            object: x.object(),
            summary: say.text("describe-meeting", &[("body", &body), ("number", &number)]),
            facts: Vec::new(),
            href: Some(format!("/meetings/{}", x.id)),
            at: Some(x.opened_at.unwrap_or(x.starts_at)),
            aggregated: false,
            title: x.title,
        });
    }
    Ok(nodes)
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
