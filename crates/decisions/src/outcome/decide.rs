//! Writing an outcome down: a statement, what follows from it, and the seal.

use backbone_db::Conn;
use backbone_events::{NewEvent, Object, append, link};
use backbone_identity::{Actor, Core};
use backbone_web::{Fields, Problem};
use chrono::Months;
use serde_json::json;

use super::{NewOutcome, Outcome, Record, record, store};
use crate::ballot::form::{name, words};
use crate::ballot::store as ballots;
use crate::body::store as bodies;
use crate::commitment::{self, Commitment};
use crate::error::Error;
use crate::framework::{Delegation, Method};
use crate::proposal::draft::{locked, save, step};
use crate::proposal::rules::Step;
use crate::proposal::{DecisionId, Proposal, Status, mail, store as proposals};
use crate::seat::place::today;
use crate::seat::store as seats;
use crate::view::Say;

/// Writes the outcome down, makes its commitments, and seals the record. A decision that another one takes the place of ends.
///
/// # Errors
/// 404; 403 unless staff or the author; 409 before the close; 422 without statement, or with neither commitment nor a reason for none.
pub fn decide(
    conn: &mut Conn,
    actor: &Actor,
    id: &DecisionId,
    input: &NewOutcome,
) -> Result<Record, Error> {
    let x = locked(conn, actor, id)?;
    if !actor.is_staff() && (actor.person_id.is_none() || actor.person_id != x.author_id) {
        return Err(Error::NoSeat);
    }
    finish(conn, actor, x, input)
}

/// Writes the outcome of a proposal that is locked down, for somebody who was allowed to.
pub(crate) fn finish(
    conn: &mut Conn,
    actor: &Actor,
    x: Proposal,
    input: &NewOutcome,
) -> Result<Record, Error> {
    step(&x, Step::Decide)?;
    let outcome = super::close::kept(conn, actor, &x.id)?;
    write_down(conn, actor, x, outcome, input)
}

fn write_down(
    conn: &mut Conn,
    actor: &Actor,
    mut x: Proposal,
    mut outcome: Outcome,
    input: &NewOutcome,
) -> Result<Record, Error> {
    let mut fields = Fields::new();
    outcome.statement = fields.text("statement", &input.statement, 10_000);
    outcome.no_action = fields.optional("no_action", &input.no_action, 1_000);
    if input.commitments.is_empty() && outcome.no_action.is_empty() && outcome.passed {
        fields.fail("commitments", "outcome-commitment");
    }
    fields.finish()?;
    let mut made: Vec<Commitment> = Vec::new();
    for (index, new) in input.commitments.iter().enumerate() {
        let one = commitment::edit::create(conn, actor, Some(&x), new);
        made.push(one.map_err(|e| in_row(index, e))?);
    }
    outcome.decided_at = Some(actor.now);
    store::decide(conn, actor.tenant(), &outcome)?;
    let body = bodies::find(conn, actor.tenant(), &x.body_id)?.ok_or(Error::NotFound)?;
    x.status = if outcome.passed {
        Status::InEffect
    } else {
        Status::Declined
    };
    if outcome.passed && x.norms.review_months > 0 {
        x.review_on = today(actor, &body).checked_add_months(Months::new(x.norms.review_months));
    }
    save(
        conn,
        actor,
        &mut x,
        if outcome.passed {
            "decision.taken"
        } else {
            "decision.declined"
        },
        "",
    )?;
    if outcome.passed {
        take_place(conn, actor, &x)?;
        for prediction in &x.content.predictions {
            let metric = Object::new("metric", &prediction.metric_id);
            link(
                conn,
                actor.tenant(),
                metric,
                "decided_by",
                x.object(),
                actor.now,
            )?;
        }
    }
    let record = record::seal(conn, actor, &x, &body, &outcome, &made)?;
    let event = NewEvent::new("decision.sealed", x.object());
    append(
        conn,
        actor.tenant(),
        &actor.by(),
        event.data(&json!({"number": record.number, "hash": record.hash})),
    )?;
    mail::decided(conn, actor, &x, &body, &outcome, record.number)?;
    Ok(record)
}

fn in_row(index: usize, error: Error) -> Error {
    match error {
        Error::Input(mut problem) => {
            for field in &mut problem.fields {
                field.field = format!("commitments.{index}.{}", field.field);
            }
            Error::Input(problem)
        }
        other => other,
    }
}

/// Ends the decision whose place this one takes.
fn take_place(conn: &mut Conn, actor: &Actor, x: &Proposal) -> Result<(), Error> {
    let Some(id) = &x.supersedes_id else {
        return Ok(());
    };
    let mut old = locked(conn, actor, id)?;
    if old.status == Status::InEffect {
        old.status = Status::Superseded;
        save(conn, actor, &mut old, "decision.superseded", "")?;
    }
    link(
        conn,
        actor.tenant(),
        x.object(),
        "supersedes",
        old.object(),
        actor.now,
    )?;
    Ok(())
}

/// A seat decides alone, within what was delegated to it: no vote, but a record like every other.
///
/// # Errors
/// 404; 403 unless one fills that seat; 409 beyond the bounds or after the vote opened.
pub fn alone(
    conn: &mut Conn,
    actor: &Actor,
    id: &DecisionId,
    input: &NewOutcome,
) -> Result<Record, Error> {
    let mut x = locked(conn, actor, id)?;
    step(&x, Step::Open)?;
    let Some(Delegation {
        seat_id,
        up_to_minor,
    }) = x.norms.delegated.clone()
    else {
        return Err(Error::Rule("decision-not-delegated"));
    };
    let seat = seats::find(conn, actor.tenant(), &seat_id)?
        .filter(|s| s.active)
        .ok_or(Error::Rule("decision-not-delegated"))?;
    let fills = actor
        .person_id
        .as_ref()
        .is_some_and(|p| seat.part_of(p).is_some());
    if !fills {
        return Err(Error::NoSeat);
    }
    let within = match (up_to_minor, x.content.amount_minor) {
        (None, _) => true,
        (Some(most), Some(amount)) => amount <= most,
        (Some(_), None) => false,
    };
    if !within {
        return Err(Error::Rule("decision-beyond-delegation"));
    }
    x.status = Status::Closed;
    x.closed_at = Some(actor.now);
    save(conn, actor, &mut x, "decision.delegated", &seat.title)?;
    let outcome = super::close::count(conn, actor, &x, true)?;
    write_down(conn, actor, x, outcome, input)
}

/// A statement to begin with, from what was counted; whoever writes the outcome changes it.
pub(crate) fn draft(say: &Say, x: &Proposal, outcome: &Outcome) -> String {
    let r = &outcome.result;
    let (voted, eligible) = (r.voted.to_string(), r.eligible.to_string());
    let args = [
        ("title", x.title.as_str()),
        ("voted", voted.as_str()),
        ("eligible", eligible.as_str()),
    ];
    let mut text = if !r.has_quorum() {
        say.text("draft-no-quorum", &args)
    } else if !outcome.passed {
        say.text("draft-declined", &args)
    } else if x.norms.method.answers().is_empty() {
        let winners: Vec<String> = r.winners.iter().map(|w| name(say, x, w)).collect();
        let winners = winners.join(", ");
        say.text(
            "draft-chosen",
            &[
                ("title", &x.title),
                ("winners", &winners),
                ("voted", &voted),
                ("eligible", &eligible),
            ],
        )
    } else if x.norms.method.binds() {
        say.text("draft-adopted", &args)
    } else {
        say.text("draft-informed", &args)
    };
    let counts: Vec<String> = r
        .counted
        .iter()
        .filter(|c| c.ballots > 0)
        .map(|c| format!("{} {}", name(say, x, &c.option), c.ballots))
        .collect();
    if !counts.is_empty() {
        text.push_str("\n\n");
        text.push_str(&counts.join(" · "));
    }
    text
}

/// Who did not agree, and why, as it goes into the outcome. Nobody's name of a secret vote.
pub(crate) fn dissent(
    conn: &mut Conn,
    say: &Say,
    tenant: &str,
    x: &Proposal,
) -> Result<Vec<(String, String, String)>, backbone_db::DbError> {
    let voters = ballots::voters(conn, tenant, &x.id)?;
    let all = ballots::all(conn, tenant, &x.id)?;
    let against = all
        .iter()
        .filter(|b| b.says.option.as_deref().is_some_and(Method::is_no));
    Ok(against
        .map(|b| {
            let voter = voters.iter().find(|v| Some(&v.id) == b.voter_id.as_ref());
            (
                voter.map(|v| v.name.clone()).unwrap_or_default(),
                words(say, x, &b.says),
                b.reason.clone(),
            )
        })
        .collect())
}

/// Links a metric, a contribution or a value model to the decision by which it was adopted, so that its trace goes on to the ballots.
///
/// # Errors
/// 404; 409 for a decision that is not in effect; 422 for another kind of object.
pub fn attach(
    conn: &mut Conn,
    core: &Core,
    actor: &Actor,
    id: &DecisionId,
    object: &Object,
) -> Result<(), Error> {
    let x = proposals::find(conn, actor.tenant(), id)?.ok_or(Error::NotFound)?;
    if x.status != Status::InEffect {
        return Err(Error::RuleOf(
            "decision-step",
            "status",
            x.status.to_string(),
        ));
    }
    let known = matches!(
        object.kind.as_str(),
        "metric" | "contribution" | "value_model" | "value_proxy" | "story" | "commitment"
    );
    let node = core.tracer.node(
        conn,
        actor.tenant(),
        object,
        backbone_events::Audience::Members,
        "en",
    )?;
    if !known || node.is_none() {
        return Err(Error::Input(
            Problem::invalid("invalid").field("object", "proposal-object"),
        ));
    }
    link(
        conn,
        actor.tenant(),
        object.clone(),
        "decided_by",
        x.object(),
        actor.now,
    )?;
    let event = NewEvent::new("decision.attached", x.object()).about(object.clone());
    append(conn, actor.tenant(), &actor.by(), event)?;
    Ok(())
}
