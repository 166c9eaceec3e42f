//! The steps of a proposal after it was written: discussion, vote, close, and the ways back.

use backbone_db::{Conn, Instant};
use backbone_identity::Actor;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use super::draft::{body, locked, save, seated, step};
use super::rules::{self, Step};
use super::{DecisionId, Proposal, Status, mail, store};
use crate::ballot::{electorate, store as ballots};
use crate::error::{Error, wrong};
use crate::outcome::{close as outcome, store as outcomes};

/// Seconds that a vote which can be changed stays open after the last voter's tap, for a reason or a second thought.
const GRACE: i64 = 600;

/// Words and times that go with a step.
#[derive(Clone, Debug, Default, Serialize, Deserialize, ToSchema)]
#[serde(default, deny_unknown_fields)]
pub struct StepInput {
    /// Why. Needed for putting off, taking out an option, taking up again and taking back.
    pub reason: String,
    /// The new close, for putting off.
    pub closes_at: Option<String>,
    /// The option that is taken out.
    pub option: Option<String>,
}

fn reason(input: &StepInput) -> Result<String, Error> {
    let mut fields = backbone_web::Fields::new();
    let reason = fields.text("reason", &input.reason, 1_000);
    fields.finish()?;
    Ok(reason)
}

/// Besides staff and the author, nobody moves a proposal on.
fn allowed(actor: &Actor, x: &Proposal) -> Result<(), Error> {
    let own = actor.person_id.is_some() && actor.person_id == x.author_id;
    if actor.is_staff() || own {
        Ok(())
    } else {
        Err(Error::NoSeat)
    }
}

/// Opens the discussion, and says when the vote will be.
///
/// # Errors
/// 404; 403; 409.
pub fn publish(conn: &mut Conn, actor: &Actor, id: &DecisionId) -> Result<Proposal, Error> {
    let mut x = locked(conn, actor, id)?;
    allowed(actor, &x)?;
    step(&x, Step::Publish)?;
    let body = body(conn, actor, x.body_id.as_str())?;
    seated(conn, actor, &body)?;
    let (opens, closes) = rules::usual_times(actor.now, &body.zone(), &x.norms);
    x.opens_at = x.opens_at.or(Some(opens));
    x.closes_at = x.closes_at.or(Some(closes));
    if let (Some(opens), Some(closes)) = (x.opens_at, x.closes_at) {
        rules::times(opens, closes, actor.now)?;
    }
    x.status = Status::Discussion;
    save(conn, actor, &mut x, "decision.published", "")?;
    Ok(x)
}

/// Opens the vote: who may vote is fixed now, and each gets a mail.
///
/// # Errors
/// 404; 403; 409 `decision-evidence` while the framework asks for evidence and there is none, `decision-concerns` while concerns are open
/// under consent, `decision-nobody` when nobody may vote.
pub fn open(conn: &mut Conn, actor: &Actor, id: &DecisionId) -> Result<Proposal, Error> {
    let x = locked(conn, actor, id)?;
    allowed(actor, &x)?;
    begin(conn, actor, x)
}

/// Opens the vote on a proposal that is locked, for somebody who was allowed to.
pub(crate) fn begin(conn: &mut Conn, actor: &Actor, mut x: Proposal) -> Result<Proposal, Error> {
    step(&x, Step::Open)?;
    if x.norms.evidence && x.content.evidence.is_empty() {
        return Err(Error::Rule("decision-evidence"));
    }
    let body = body(conn, actor, x.body_id.as_str())?;
    let (_, usual) = rules::usual_times(
        actor.now,
        &body.zone(),
        &crate::framework::Norms {
            discussion_days: 0,
            ..x.norms.clone()
        },
    );
    let closes = x.closes_at.filter(|c| *c > actor.now).unwrap_or(usual);
    x.opens_at = x.opens_at.or(Some(actor.now));
    x.closes_at = Some(closes);
    x.opened_at = Some(actor.now);
    x.closed_at = None;
    x.reminded_at = None;
    x.status = Status::Voting;
    let voters = electorate::summon(conn, actor, &x, &body)?;
    if voters
        .iter()
        .all(|v| v.state != crate::ballot::VoterState::Eligible)
    {
        return Err(Error::Rule("decision-nobody"));
    }
    save(conn, actor, &mut x, "decision.opened", "")?;
    mail::invite(conn, actor, &x, &body, &voters, false)?;
    Ok(x)
}

/// Puts the close off, with a reason that everybody sees.
///
/// # Errors
/// 404; 403; 409; 422 without reason, or when the new close is not later.
pub fn extend(
    conn: &mut Conn,
    actor: &Actor,
    id: &DecisionId,
    input: &StepInput,
) -> Result<Proposal, Error> {
    let mut x = locked(conn, actor, id)?;
    allowed(actor, &x)?;
    step(&x, Step::Extend)?;
    let reason = reason(input)?;
    let body = body(conn, actor, x.body_id.as_str())?;
    let text = input.closes_at.as_deref().unwrap_or_default();
    let closes =
        rules::moment(text, &body.zone()).ok_or_else(|| wrong("closes_at", "proposal-moment"))?;
    if closes <= actor.now || x.closes_at.is_some_and(|before| closes <= before) {
        return Err(wrong("closes_at", "proposal-later"));
    }
    x.closes_at = Some(closes);
    x.reminded_at = None;
    x.content.extensions.push(reason.clone());
    save(conn, actor, &mut x, "decision.extended", &reason)?;
    Ok(x)
}

/// Takes an option out while people vote. Ballots are read as if it had never stood; those who chose nothing else are asked again.
///
/// # Errors
/// 404; 403; 409; 422 for an option that is not there, was taken out, belongs to the method, or would leave fewer than two.
pub fn drop_option(
    conn: &mut Conn,
    actor: &Actor,
    id: &DecisionId,
    input: &StepInput,
) -> Result<Proposal, Error> {
    let mut x = locked(conn, actor, id)?;
    allowed(actor, &x)?;
    step(&x, Step::DropOption)?;
    let reason = reason(input)?;
    let key = input.option.as_deref().unwrap_or_default();
    let others = x.standing().filter(|o| o.key != key).count();
    let option = x
        .content
        .options
        .iter_mut()
        .find(|o| o.key == key && o.withdrawn.is_none() && !o.label.is_empty());
    let Some(option) = option.filter(|_| others >= 2) else {
        return Err(wrong("option", "proposal-option"));
    };
    option.withdrawn = Some(reason.clone());
    save(conn, actor, &mut x, "decision.option_withdrawn", &reason)?;
    let body = body(conn, actor, x.body_id.as_str())?;
    let stranded = electorate::stranded(conn, actor, &x)?;
    mail::invite(conn, actor, &x, &body, &stranded, true)?;
    Ok(x)
}

/// Closes the vote and counts it. Before its time only staff and the author may, and only when everybody has voted or a reason is given.
///
/// # Errors
/// 404; 403; 409.
pub fn close(
    conn: &mut Conn,
    actor: &Actor,
    id: &DecisionId,
    input: &StepInput,
) -> Result<Proposal, Error> {
    let x = locked(conn, actor, id)?;
    allowed(actor, &x)?;
    step(&x, Step::Close)?;
    let early = x.closes_at.is_some_and(|c| c > actor.now);
    let voters = ballots::voters(conn, actor.tenant(), &x.id)?;
    let all = electorate::all_voted(&voters);
    let why = if early && !all {
        reason(input)?
    } else {
        input.reason.clone()
    };
    end(conn, actor, x, &why)
}

/// Closes: the ballots are counted, and the result is kept as it was.
pub(crate) fn end(
    conn: &mut Conn,
    actor: &Actor,
    mut x: Proposal,
    why: &str,
) -> Result<Proposal, Error> {
    x.status = Status::Closed;
    x.closed_at = Some(actor.now);
    if x.norms.secret {
        ballots::shuffle(conn, actor.tenant(), &x.id)?;
    }
    save(conn, actor, &mut x, "decision.closed", why)?;
    let outcome = outcome::count(conn, actor, &x, false)?;
    mail::closed(conn, actor, &x, &outcome)?;
    Ok(x)
}

/// Takes a proposal back before it was decided.
///
/// # Errors
/// 404; 403; 409; 422 without reason.
pub fn withdraw(
    conn: &mut Conn,
    actor: &Actor,
    id: &DecisionId,
    input: &StepInput,
) -> Result<Proposal, Error> {
    let mut x = locked(conn, actor, id)?;
    allowed(actor, &x)?;
    step(&x, Step::Withdraw)?;
    let reason = reason(input)?;
    x.status = Status::Withdrawn;
    x.closed_at = Some(actor.now);
    save(conn, actor, &mut x, "decision.withdrawn", &reason)?;
    Ok(x)
}

/// Takes a decided matter up again, within the days its framework allows. What was voted stays in the record of that round.
///
/// # Errors
/// 404; 403; 409 `decision-no-reopening` when the framework allows it no longer; 422 without the new facts.
pub fn reopen(
    conn: &mut Conn,
    actor: &Actor,
    id: &DecisionId,
    input: &StepInput,
) -> Result<Proposal, Error> {
    let mut x = locked(conn, actor, id)?;
    allowed(actor, &x)?;
    step(&x, Step::Reopen)?;
    let reason = reason(input)?;
    let last = x.closed_at.map(|c| c.plus_days(x.norms.reopen_days.into()));
    if x.norms.reopen_days == 0 || last.is_none_or(|last| actor.now > last) {
        return Err(Error::Rule("decision-no-reopening"));
    }
    outcomes::set_aside(conn, actor.tenant(), &x.id)?;
    ballots::set_aside(conn, actor.tenant(), &x.id)?;
    x.status = Status::Discussion;
    x.opens_at = None;
    x.closes_at = None;
    x.opened_at = None;
    x.review_on = None;
    let body = body(conn, actor, x.body_id.as_str())?;
    let (opens, closes) = rules::usual_times(actor.now, &body.zone(), &x.norms);
    (x.opens_at, x.closes_at) = (Some(opens), Some(closes));
    save(conn, actor, &mut x, "decision.reopened", &reason)?;
    Ok(x)
}

/// What time has made due: votes that open, those who have not voted reminded once, votes that close.
pub(crate) fn due(conn: &mut Conn, actor: &Actor) -> Result<(), backbone_db::DbError> {
    let now = actor.now;
    let passed = |at: Option<Instant>| at.is_some_and(|at| at <= now);
    for x in store::in_states(conn, actor.tenant(), &[Status::Discussion, Status::Voting])? {
        let done = match x.status {
            Status::Discussion if passed(x.opens_at) => open(conn, actor, &x.id).map(drop),
            Status::Voting => vote_due(conn, actor, &x, passed(x.closes_at)),
            _ => Ok(()),
        };
        crate::sweep::kept(&x.id, done)?;
    }
    Ok(())
}

/// Whether a day is left of a vote; a vote shorter than two days closes soon from its half.
pub(crate) fn is_closing(x: &Proposal, now: Instant) -> bool {
    let (Some(opened), Some(closes)) = (x.opened_at, x.closes_at) else {
        return false;
    };
    let lead = (closes.seconds_since(opened) / 2).min(86_400);
    now >= closes.plus_seconds(-lead)
}

fn vote_due(conn: &mut Conn, actor: &Actor, x: &Proposal, over: bool) -> Result<(), Error> {
    let voters = ballots::voters(conn, actor.tenant(), &x.id)?;
    let settled = ballots::last_cast(conn, actor.tenant(), &x.id)?
        .is_none_or(|last| !x.norms.changeable || actor.now.seconds_since(last) >= GRACE);
    let early = (x.norms.close_early && electorate::all_voted(&voters) && settled)
        || crate::ballot::cast::is_settled(conn, actor, x, &voters)?;
    if over || early {
        let x = locked(conn, actor, &x.id)?;
        step(&x, Step::Close)?;
        return end(conn, actor, x, "").map(drop);
    }
    if x.reminded_at.is_none() && is_closing(x, actor.now) {
        let body = body(conn, actor, x.body_id.as_str())?;
        let undecided: Vec<_> = voters
            .into_iter()
            .filter(|v| v.is_open() && !v.voted)
            .collect();
        mail::invite(conn, actor, x, &body, &undecided, true)?;
        store::reminded(conn, actor.tenant(), &x.id, actor.now)?;
    }
    Ok(())
}
