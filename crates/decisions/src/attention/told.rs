//! What was decided, promised and kept, in sentences.

use std::collections::HashMap;

use backbone_db::{Conn, DbError};
use backbone_events::Event;
use backbone_identity::attention::{Told, Words};
use backbone_identity::{Actor, directory};

use crate::ballot::{BallotId, store as ballots};
use crate::commitment::{CommitmentId, CommitmentStatus, store as commitments};
use crate::proposal::{DecisionId, store as proposals};
use crate::view::organization_name;

/// Sentences for what happened to decisions and commitments.
pub(super) fn told(conn: &mut Conn, actor: &Actor, events: &[Event]) -> Result<Vec<Told>, DbError> {
    let organizations = directory::organizations(conn, actor.tenant())?;
    let mut titles: HashMap<String, Option<String>> = HashMap::new();
    let mut told = Vec::new();
    for e in events {
        let Some((kind, id)) = about(conn, actor, e)? else {
            continue;
        };
        let id = &id;
        let said = match (kind, key(e)) {
            ("decision", Some(key)) => {
                if !titles.contains_key(id) {
                    let found = match id.parse::<DecisionId>() {
                        Ok(id) => proposals::find(conn, actor.tenant(), &id)?.map(|x| x.title),
                        Err(_) => None,
                    };
                    titles.insert(id.clone(), found);
                }
                let title = titles.get(id).cloned().flatten();
                title.map(|t| (Words::new(key).text("title", t), format!("/decisions/{id}")))
            }
            ("commitment", Some(key)) => {
                let found = match id.parse::<CommitmentId>() {
                    Ok(id) => commitments::find(conn, actor.tenant(), &id)?,
                    Err(_) => None,
                };
                found.map(|c| {
                    let name = organization_name(&organizations, Some(&c.organization_id));
                    let words = Words::new(key).text("name", name).text("title", c.title);
                    (words, format!("/commitments/{id}"))
                })
            }
            _ => None,
        };
        told.extend(said.map(|(what, path)| Told {
            seq: e.seq,
            what: what.text("by", &e.actor_name),
            path: Some(path),
        }));
    }
    Ok(told)
}

/// What an event tells of: a decision or a commitment. A ballot tells of what it was cast on; of secret ones the log says nothing more
/// than that one was cast.
fn about(
    conn: &mut Conn,
    actor: &Actor,
    e: &Event,
) -> Result<Option<(&'static str, String)>, DbError> {
    let id = &e.object.id;
    Ok(match e.object.kind.as_str() {
        "decision" => Some(("decision", id.clone())),
        "commitment" => Some(("commitment", id.clone())),
        "ballot" if key(e).is_some() => match id.parse::<BallotId>() {
            Ok(id) => ballots::find(conn, actor.tenant(), &id)?
                .map(|(decision, _)| ("decision", decision.to_string())),
            Err(_) => None,
        },
        _ => None,
    })
}

fn key(e: &Event) -> Option<&'static str> {
    let done = || e.data["status"].as_str() == Some(CommitmentStatus::Done.as_str());
    Some(match e.kind.as_str() {
        "decision.published" => "decisions-told-published",
        "decision.opened" => "decisions-told-opened",
        "decision.closed" => "decisions-told-closed",
        "decision.taken" => "decisions-told-taken",
        "decision.declined" => "decisions-told-declined",
        "decision.commented" => "decisions-told-commented",
        "decision.review_written" => "decisions-told-reviewed",
        "decision.withdrawn" => "decisions-told-withdrawn",
        "ballot.cast" => "decisions-told-cast",
        "ballot.changed" => "decisions-told-changed",
        "commitment.made" => "decisions-told-promised",
        "commitment.reported" if done() => "decisions-told-kept",
        _ => return None,
    })
}
