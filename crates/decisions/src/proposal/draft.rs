use backbone_db::{Conn, DbError};
use backbone_events::{NewEvent, append, link};
use backbone_identity::Actor;
use backbone_web::{Fields, IfMatch};
use serde_json::json;

use super::rules::{self, Step};
use super::{DecisionId, NewProposal, Proposal, Status, store};
use crate::body::{Body, store as bodies};
use crate::error::{Error, wrong};
use crate::framework::choose::{Matter, fitting};
use crate::framework::{Framework, store as frameworks};
use crate::seat::store as seats;

/// Begins a proposal, as a draft.
///
/// # Errors
/// 403 without a seat in the body; 422.
pub fn create(conn: &mut Conn, actor: &Actor, input: &NewProposal) -> Result<Proposal, Error> {
    let body = body(conn, actor, &input.body_id)?;
    seated(conn, actor, &body)?;
    let framework = framework(conn, actor, &body, input)?;
    let norms = framework
        .as_ref()
        .map(|f| f.norms.clone())
        .unwrap_or_default();
    let (title, content) = rules::content(&input.title, &input.content, &norms)?;
    let supersedes_id = superseded(conn, actor, input)?;
    let mut made = Proposal {
        id: DecisionId::new(),
        body_id: body.id.clone(),
        framework_id: framework.as_ref().map(|f| f.id.clone()),
        framework_version: framework.as_ref().map_or(0, |f| f.version),
        norms,
        title,
        status: Status::Draft,
        content,
        opens_at: None,
        closes_at: None,
        opened_at: None,
        closed_at: None,
        reminded_at: None,
        review_on: None,
        supersedes_id,
        author_id: actor.person_id.clone(),
        author_name: actor.name.clone(),
        version: 1,
        created_at: actor.now,
        updated_at: actor.now,
    };
    schedule(&mut made, &body, input, actor)?;
    store::insert(conn, actor.tenant(), &made, &actor.name)?;
    based_on(conn, actor, &made)?;
    append(
        conn,
        actor.tenant(),
        &actor.by(),
        event("decision.drafted", &made),
    )?;
    Ok(made)
}

/// Changes what a proposal says, until its vote opens. Every version is kept.
///
/// # Errors
/// 404; 403; 409 once the vote is open; 412; 422.
pub fn change(
    conn: &mut Conn,
    actor: &Actor,
    id: &DecisionId,
    seen: IfMatch,
    input: &NewProposal,
    reason: &str,
) -> Result<Proposal, Error> {
    let before = locked(conn, actor, id)?;
    let body = body(conn, actor, before.body_id.as_str())?;
    seated(conn, actor, &body)?;
    seen.check(before.version)?;
    step(&before, Step::Edit)?;
    let mut after = before.clone();
    let chosen = input.framework_id.as_deref().unwrap_or_default();
    if before.framework_id.as_ref().map(|f| f.as_str()) != Some(chosen) && !chosen.is_empty() {
        let framework = framework(conn, actor, &body, input)?
            .ok_or_else(|| wrong("framework_id", "proposal-framework"))?;
        after.framework_version = framework.version;
        after.framework_id = Some(framework.id);
        after.norms = framework.norms;
    }
    (after.title, after.content) = rules::content(&input.title, &input.content, &after.norms)?;
    after.content.extensions = before.content.extensions;
    schedule(&mut after, &body, input, actor)?;
    save(conn, actor, &mut after, "decision.amended", reason)?;
    based_on(conn, actor, &after)?;
    Ok(after)
}

/// Saves a proposal as its next version, with an event.
pub(crate) fn save(
    conn: &mut Conn,
    actor: &Actor,
    x: &mut Proposal,
    kind: &'static str,
    reason: &str,
) -> Result<(), DbError> {
    x.version += 1;
    x.updated_at = actor.now;
    store::update(conn, actor.tenant(), x, reason, &actor.name)?;
    append(conn, actor.tenant(), &actor.by(), event(kind, x))?;
    Ok(())
}

/// Reads a proposal under a lock that is held until the transaction ends.
pub(crate) fn locked(conn: &mut Conn, actor: &Actor, id: &DecisionId) -> Result<Proposal, Error> {
    conn.lock(&format!("decision:{id}"))
        .map_err(DbError::from)?;
    store::find(conn, actor.tenant(), id)?.ok_or(Error::NotFound)
}

/// Refuses a step that does not follow.
pub(crate) fn step(proposal: &Proposal, step: Step) -> Result<(), Error> {
    if rules::may(proposal.status, step) {
        Ok(())
    } else {
        Err(Error::RuleOf(
            "decision-step",
            "status",
            proposal.status.to_string(),
        ))
    }
}

pub(crate) fn body(conn: &mut Conn, actor: &Actor, id: &str) -> Result<Body, Error> {
    let id = id
        .trim()
        .parse()
        .map_err(|_| wrong("body_id", "body-unknown"))?;
    bodies::find(conn, actor.tenant(), &id)?
        .filter(|b| b.active)
        .ok_or_else(|| wrong("body_id", "body-unknown"))
}

/// Refuses those who neither hold a seat, stand in for somebody, nor coordinate.
pub(crate) fn seated(conn: &mut Conn, actor: &Actor, body: &Body) -> Result<(), Error> {
    if actor.is_staff() || has_seat(conn, actor, body)? {
        Ok(())
    } else {
        Err(Error::NoSeat)
    }
}

pub(crate) fn has_seat(conn: &mut Conn, actor: &Actor, body: &Body) -> Result<bool, DbError> {
    let Some(person) = &actor.person_id else {
        return Ok(false);
    };
    let own = seats::of_person(conn, actor.tenant(), person)?;
    Ok(own.iter().any(|s| s.body_id == body.id))
}

fn framework(
    conn: &mut Conn,
    actor: &Actor,
    body: &Body,
    input: &NewProposal,
) -> Result<Option<Framework>, Error> {
    let all = frameworks::all(conn, actor.tenant())?;
    let matter = Matter {
        body: Some(&body.id),
        words: &input.title,
        amount_minor: input.content.amount_minor,
    };
    let fitting = fitting(&all, &matter);
    match input
        .framework_id
        .as_deref()
        .filter(|id| !id.trim().is_empty())
    {
        None => Ok(fitting.first().map(|f| (*f).clone())),
        Some(id) => {
            let found = all.iter().find(|f| f.id.as_str() == id.trim() && f.active);
            let found =
                found.filter(|f| f.body_id.is_none() || f.body_id.as_ref() == Some(&body.id));
            found
                .cloned()
                .map(Some)
                .ok_or_else(|| wrong("framework_id", "proposal-framework"))
        }
    }
}

fn superseded(
    conn: &mut Conn,
    actor: &Actor,
    input: &NewProposal,
) -> Result<Option<DecisionId>, Error> {
    let Some(id) = input.supersedes_id.as_deref().filter(|id| !id.is_empty()) else {
        return Ok(None);
    };
    let id: DecisionId = id
        .parse()
        .map_err(|_| wrong("supersedes_id", "proposal-supersedes"))?;
    let found = store::find(conn, actor.tenant(), &id)?;
    if found.is_some_and(|p| p.status == Status::InEffect) {
        Ok(Some(id))
    } else {
        Err(wrong("supersedes_id", "proposal-supersedes"))
    }
}

/// Reads when the vote opens and closes.
fn schedule(
    x: &mut Proposal,
    body: &Body,
    input: &NewProposal,
    actor: &Actor,
) -> Result<(), Error> {
    let zone = body.zone();
    let mut fields = Fields::new();
    let mut read = |field: &str, text: &Option<String>| {
        let text = text.as_deref().map(str::trim).filter(|t| !t.is_empty())?;
        let moment = rules::moment(text, &zone);
        if moment.is_none() {
            fields.fail(field, "proposal-moment");
        }
        moment
    };
    x.opens_at = read("opens_at", &input.opens_at);
    x.closes_at = read("closes_at", &input.closes_at);
    fields.finish()?;
    if let (Some(opens), Some(closes)) = (x.opens_at, x.closes_at) {
        rules::times(opens, closes, actor.now)?;
    }
    Ok(())
}

/// Links a proposal to what it rests on, so that a trace from it goes on to there.
fn based_on(conn: &mut Conn, actor: &Actor, x: &Proposal) -> Result<(), DbError> {
    for evidence in &x.content.evidence {
        link(
            conn,
            actor.tenant(),
            x.object(),
            "based_on",
            evidence.object.clone(),
            actor.now,
        )?;
    }
    Ok(())
}

/// The event of a change; without words of people.
pub(crate) fn event(kind: &'static str, x: &Proposal) -> NewEvent {
    let event =
        NewEvent::new(kind, x.object()).about(backbone_events::Object::new("body", &x.body_id));
    event.data(&json!({"status": x.status, "version": x.version, "method": x.norms.method, "closes_at": x.closes_at}))
}
