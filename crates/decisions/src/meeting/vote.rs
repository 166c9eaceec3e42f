//! Deciding in the room: with the methods of every other vote, by show of hands or by phone.

use backbone_db::{Conn, DbError};
use backbone_events::{append, link};
use backbone_identity::Actor;
use serde::{Deserialize, Serialize};
use serde_json::json;
use utoipa::ToSchema;

use super::agenda::of_body;
use super::plan::led;
use super::room::Room;
use super::rules::Step;
use super::{AgendaKind, Meeting, MeetingId, NewAgendaItem, RoomVote, agenda, hold, store};
use crate::ballot::{Capacity, NewBallot, Says, cast, store as ballots};
use crate::commitment::store as commitments;
use crate::error::{Error, wrong};
use crate::outcome::{NewOutcome, Record, decide as outcomes};
use crate::proposal::draft::{locked, step};
use crate::proposal::rules::Step as ProposalStep;
use crate::proposal::{Proposal, Status, life, store as proposals};
use crate::seat::SeatId;

/// What one seat's hand says.
#[derive(Clone, Debug, Default, Serialize, Deserialize, ToSchema)]
#[serde(default, deny_unknown_fields)]
pub struct Hand {
    /// The seat; somebody in the room speaks for it.
    pub seat_id: String,
    /// What it says.
    pub says: Says,
    /// Why.
    pub reason: String,
}

/// A show of hands.
#[derive(Clone, Debug, Default, Serialize, Deserialize, ToSchema)]
#[serde(default, deny_unknown_fields)]
pub struct Hands {
    /// The hands that went up. Seats that are left out stay as they are.
    pub hands: Vec<Hand>,
}

/// What became of a show of hands.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, ToSchema)]
pub struct Recorded {
    /// Seats whose hand was recorded.
    pub recorded: u32,
    /// Seats that voted by themselves; that ballot stays.
    pub kept: u32,
}

/// Why a vote ends in the room.
#[derive(Clone, Debug, Default, Serialize, Deserialize, ToSchema)]
#[serde(default, deny_unknown_fields)]
pub struct RoomClose {
    /// Shown with the decision when not everybody has voted; left out, it says in which meeting the vote was taken.
    pub reason: String,
}

/// A meeting that somebody leads and that is going on, with a proposal of its body.
fn own(
    conn: &mut Conn,
    actor: &Actor,
    id: &MeetingId,
    decision: &str,
) -> Result<(Meeting, Proposal), Error> {
    let x = led(conn, actor, id, Step::Act)?;
    let p = of_body(conn, &x, decision).map_err(|_| Error::NotFound)?;
    Ok((x, locked(conn, actor, &p.id)?))
}

/// Opens the vote on a proposal, or takes one that is open into the room. Who may vote gets the usual mail, and can vote by phone.
///
/// # Errors
/// 404; 403 unless one leads the meeting; 409 as [`life::open`].
pub fn open(
    conn: &mut Conn,
    actor: &Actor,
    id: &MeetingId,
    decision: &str,
) -> Result<Proposal, Error> {
    let (x, mut p) = own(conn, actor, id, decision)?;
    if p.status != Status::Voting {
        p = life::begin(conn, actor, p)?;
    }
    let items = store::items(conn, actor.tenant(), id)?;
    let listed = items
        .iter()
        .any(|i| i.kind == AgendaKind::Decision && i.object_id.as_deref() == Some(p.id.as_str()));
    if !listed {
        let new = NewAgendaItem {
            decision_id: Some(p.id.to_string()),
            ..NewAgendaItem::default()
        };
        agenda::add(conn, actor, id, &new)?;
    }
    let vote = RoomVote {
        meeting_id: id.clone(),
        proposal_id: p.id.clone(),
        opened_at: actor.now,
        closed_at: None,
        present: Vec::new(),
    };
    store::save_vote(conn, actor.tenant(), &vote)?;
    store::bump(conn, actor.tenant(), id)?;
    link(
        conn,
        actor.tenant(),
        p.object(),
        "taken_in",
        x.object(),
        actor.now,
    )?;
    let event = x.event("meeting.vote_opened").about(p.object());
    append(conn, actor.tenant(), &actor.by(), event)?;
    Ok(p)
}

/// Records hands. A seat must be spoken for in the room; what a seat voted by itself stays.
///
/// # Errors
/// 404; 403; 409 `vote-not-open`, `vote-closed`, `meeting-secret` for a secret vote, `meeting-seat-absent`; 422 for what a hand says.
pub fn hands(
    conn: &mut Conn,
    actor: &Actor,
    id: &MeetingId,
    decision: &str,
    input: &Hands,
) -> Result<Recorded, Error> {
    let (x, p) = own(conn, actor, id, decision)?;
    let p = cast::open(conn, actor, &p.id)?;
    if p.norms.secret {
        return Err(Error::Rule("meeting-secret"));
    }
    let room = Room::load(conn, x, actor.now)?.ok_or(Error::NotFound)?;
    let there = room.represented(Some(&p.id));
    let voters = ballots::voters(conn, actor.tenant(), &p.id)?;
    let mut done = Recorded {
        recorded: 0,
        kept: 0,
    };
    for hand in &input.hands {
        let seat: SeatId = hand
            .seat_id
            .parse()
            .map_err(|_| wrong("seat_id", "ballot-seat"))?;
        let voter = voters
            .iter()
            .find(|v| v.seat_id == seat)
            .ok_or_else(|| wrong("seat_id", "ballot-seat"))?;
        if !there.iter().any(|r| r.seat == seat) {
            return Err(Error::RuleOf(
                "meeting-seat-absent",
                "seat",
                voter.name.clone(),
            ));
        }
        let before = ballots::of_voter(conn, actor.tenant(), &voter.id)?;
        if before.is_some_and(|b| b.capacity != Capacity::Recorded) {
            done.kept += 1;
            continue;
        }
        let ballot = NewBallot {
            seat_id: None,
            says: hand.says.clone(),
            reason: hand.reason.clone(),
        };
        cast::cast_for(conn, actor, &p, voter.clone(), Capacity::Recorded, &ballot)
            .map_err(|e| at_seat(e, &voter.name))?;
        done.recorded += 1;
    }
    settle(conn, actor, &room.x)?;
    store::bump(conn, actor.tenant(), id)?;
    let event = room
        .x
        .event("meeting.hands_recorded")
        .about(p.object())
        .data(&done);
    append(conn, actor.tenant(), &actor.by(), event)?;
    Ok(done)
}

/// Says at which seat something is wrong.
fn at_seat(error: Error, seat: &str) -> Error {
    match error {
        Error::Input(mut problem) => {
            for field in &mut problem.fields {
                field.field = format!("{seat}: {}", field.field);
            }
            Error::Input(problem)
        }
        other => other,
    }
}

/// Closes a vote in the room, and counts it.
///
/// # Errors
/// 404; 403; 409 unless the vote is open.
pub fn close(
    conn: &mut Conn,
    actor: &Actor,
    id: &MeetingId,
    decision: &str,
    why: &str,
) -> Result<Proposal, Error> {
    let (x, p) = own(conn, actor, id, decision)?;
    step(&p, ProposalStep::Close)?;
    let votes = store::votes(conn, actor.tenant(), id)?;
    if !votes.iter().any(|v| v.proposal_id == p.id) {
        return Err(Error::Rule("meeting-vote-elsewhere"));
    }
    let why = match why.trim() {
        "" => {
            let words = crate::describe::say(actor.partnership.lang())?;
            let number = x.number.to_string();
            words.text(
                "meeting-vote-why",
                &[("number", &number), ("title", &x.title)],
            )
        }
        why => why.to_string(),
    };
    let p = life::end(conn, actor, p, &why)?;
    settle(conn, actor, &x)?;
    Ok(p)
}

/// Keeps, for votes of the room that closed since, who was there. A vote closes in the room, or by itself once all have voted.
pub(crate) fn settle(conn: &mut Conn, actor: &Actor, x: &Meeting) -> Result<(), Error> {
    let open: Vec<RoomVote> = store::votes(conn, actor.tenant(), &x.id)?
        .into_iter()
        .filter(|v| v.closed_at.is_none())
        .collect();
    for mut vote in open {
        let Some(p) = proposals::find(conn, actor.tenant(), &vote.proposal_id)? else {
            continue;
        };
        if !matches!(
            p.status,
            Status::Closed | Status::InEffect | Status::Declined
        ) {
            continue;
        }
        let Some(room) = Room::load(conn, x.clone(), actor.now)? else {
            continue;
        };
        vote.present = room.present(Some(&p.id));
        vote.closed_at = p.closed_at.or(Some(actor.now));
        store::save_vote(conn, actor.tenant(), &vote)?;
        store::bump(conn, actor.tenant(), &x.id)?;
        let event = x
            .event("meeting.vote_closed")
            .about(p.object())
            .data(&json!({"present": vote.present.len()}));
        append(conn, actor.tenant(), &actor.by(), event)?;
    }
    Ok(())
}

/// Writes an outcome down in the room: the record says in which meeting, and who was there.
///
/// # Errors
/// 404; 403; 409 before the close; 422 as for every outcome.
pub fn decide(
    conn: &mut Conn,
    actor: &Actor,
    id: &MeetingId,
    decision: &str,
    input: &NewOutcome,
) -> Result<Record, Error> {
    let (x, p) = own(conn, actor, id, decision)?;
    settle(conn, actor, &x)?;
    let object = p.object();
    let record = outcomes::finish(conn, actor, p.clone(), input)?;
    let items = store::items(conn, actor.tenant(), id)?;
    let item = items
        .iter()
        .find(|i| i.object_id.as_deref() == Some(p.id.as_str()))
        .map(|i| i.id.clone());
    let there = store::promised(conn, actor.tenant(), id)?;
    for c in commitments::of_proposal(conn, actor.tenant(), &p.id)? {
        if !there.iter().any(|t| t.commitment_id == c.id) && c.created_at == actor.now {
            hold::promised(conn, actor, &x, item.clone(), &c)?;
        }
    }
    store::bump(conn, actor.tenant(), id)?;
    let event = x
        .event("meeting.decided")
        .about(object)
        .data(&json!({"number": record.number}));
    append(conn, actor.tenant(), &actor.by(), event)?;
    Ok(record)
}

/// What of a meeting's votes changes a live page: how many have voted where a vote is open.
pub(crate) fn mark(conn: &mut Conn, x: &Meeting) -> Result<String, DbError> {
    let mut mark = String::new();
    for vote in store::votes(conn, &x.partnership_id, &x.id)? {
        if vote.closed_at.is_none() {
            let voters = ballots::voters(conn, &x.partnership_id, &vote.proposal_id)?;
            let voted = voters.iter().filter(|v| v.voted).count();
            let status = proposals::find(conn, &x.partnership_id, &vote.proposal_id)?
                .map(|p| p.status.as_str());
            mark.push_str(&format!(" {}:{voted}:{status:?}", vote.proposal_id));
        }
    }
    Ok(mark)
}
