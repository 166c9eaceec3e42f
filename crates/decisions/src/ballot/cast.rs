//! Casting a ballot: by whom, for which seat, and what becomes of one that was there.

use backbone_db::{Conn, DbError};
use backbone_events::{By, NewEvent, Object, append};
use backbone_identity::Actor;
use backbone_identity::secret::{hash_secret, new_secret, random_bytes};
use serde_json::json;

use super::electorate::{self, Acting};
use super::{
    Ballot, BallotId, Capacity, NewBallot, Receipt, Says, Voter, VoterState, rules, store,
};
use crate::error::{Error, wrong};
use crate::outcome::settled::{provable, settled};
use crate::proposal::{DecisionId, Proposal, Status, life, store as proposals};
use crate::seat::SeatId;

/// Voters up to which each ballot is followed by a count, to see whether the result is settled.
const COUNTED_EACH_TIME: usize = 200;

/// Casts a ballot, or changes the one that was there. The same ballot again changes nothing.
///
/// # Errors
/// 404; 403 without a right to vote; 409 `vote-not-open`, `vote-closed`, `vote-recused`, `vote-seat-ended`, `vote-final`, `vote-holder-cast`,
/// `vote-secret-cast`; 422 for what the ballot says.
pub fn cast(
    conn: &mut Conn,
    actor: &Actor,
    id: &DecisionId,
    input: &NewBallot,
) -> Result<Receipt, Error> {
    let x = open(conn, actor, id)?;
    let mine = electorate::acting(conn, actor, &x)?;
    let wanted = input.seat_id.as_deref().filter(|s| !s.is_empty());
    let acting = match wanted {
        None => mine.into_iter().next(),
        Some(seat) => {
            let seat: SeatId = seat.parse().map_err(|_| wrong("seat_id", "ballot-seat"))?;
            mine.into_iter().find(|a| a.voter.seat_id == seat)
        }
    };
    let Acting { voter, capacity } = acting.ok_or(Error::NoSeat)?;
    cast_for(conn, actor, &x, voter, capacity, input)
}

/// The proposal, if it is being voted on at this moment. The moment decides, not when the close was noticed.
pub(crate) fn open(conn: &mut Conn, actor: &Actor, id: &DecisionId) -> Result<Proposal, Error> {
    let x = proposals::find(conn, actor.tenant(), id)?.ok_or(Error::NotFound)?;
    let over = x.closes_at.is_some_and(|c| actor.now >= c);
    match x.status {
        Status::Voting if !over => Ok(x),
        Status::Draft | Status::Discussion => Err(Error::Rule("vote-not-open")),
        _ => Err(Error::Rule("vote-closed")),
    }
}

/// Casts for one voter.
pub(crate) fn cast_for(
    conn: &mut Conn,
    actor: &Actor,
    x: &Proposal,
    voter: Voter,
    capacity: Capacity,
    input: &NewBallot,
) -> Result<Receipt, Error> {
    // One after the other for each voter: of many at once, the first makes the ballot and the others find it there.
    conn.lock(&format!("voter:{}", voter.id))
        .map_err(DbError::from)?;
    let voter = store::voter(conn, actor.tenant(), &voter.id)?.ok_or(Error::NotFound)?;
    match voter.state {
        VoterState::Eligible => {}
        VoterState::Recused => return Err(Error::Rule("vote-recused")),
        VoterState::Revoked => return Err(Error::Rule("vote-seat-ended")),
    }
    let groups = electorate::groups(&voter);
    let (says, reason) = rules::check(&input.says, &input.reason, x, &groups)?;
    if x.norms.secret {
        return secretly(conn, actor, x, &voter, says, reason);
    }
    let before = store::of_voter(conn, actor.tenant(), &voter.id)?;
    let ballot = match &before {
        Some(b) if b.says == says && b.reason == reason && b.capacity == capacity => {
            return Ok(receipt(x, &voter, b.clone()));
        }
        Some(b) if b.capacity == Capacity::Holder && capacity != Capacity::Holder => {
            return Err(Error::Rule("vote-holder-cast"));
        }
        Some(_) if !x.norms.changeable && voter.voted => return Err(Error::Rule("vote-final")),
        _ => Ballot {
            id: BallotId::new(),
            voter_id: Some(voter.id.clone()),
            version: store::last_version(conn, actor.tenant(), &voter.id)? + 1,
            says,
            reason,
            weight: voter.weight,
            person_id: actor.person_id.clone(),
            person_name: actor.name.clone(),
            capacity,
            receipt: None,
            cast_at: Some(actor.now),
        },
    };
    if let Some(before) = &before {
        store::replaced(conn, actor.tenant(), &before.id)?;
    }
    store::insert(conn, actor.tenant(), &x.id, &ballot)?;
    store::set_voted(conn, actor.tenant(), &voter.id, true)?;
    let kind = if before.is_some() {
        "ballot.changed"
    } else {
        "ballot.cast"
    };
    let event = NewEvent::new(kind, Object::new("ballot", &ballot.id))
        .about(x.object())
        .about(Object::new("seat", &voter.seat_id));
    let event = event.data(&json!({"version": ballot.version, "capacity": capacity}));
    append(conn, actor.tenant(), &actor.by(), event)?;
    let receipt = receipt(x, &voter, ballot);
    close_when_all_have(conn, actor, x)?;
    Ok(receipt)
}

/// A secret ballot: nothing of it leads back. It has a random identifier, no person and no moment; the log says only that one
/// was cast. Only the voter gets the code under which it will be found in the count.
fn secretly(
    conn: &mut Conn,
    actor: &Actor,
    x: &Proposal,
    voter: &Voter,
    says: Says,
    reason: String,
) -> Result<Receipt, Error> {
    if voter.voted {
        return Err(Error::Rule("vote-secret-cast"));
    }
    let code: String = new_secret().chars().take(16).collect();
    let random = uuid::Builder::from_random_bytes(random_bytes::<16>()).into_uuid();
    let ballot = Ballot {
        id: BallotId::parse(&random.to_string()).map_err(|e| Error::Db(DbError::Setup(e)))?,
        voter_id: None,
        version: 1,
        says,
        reason,
        weight: voter.weight,
        person_id: None,
        person_name: String::new(),
        capacity: Capacity::Holder,
        receipt: Some(hash_secret(&code)),
        cast_at: None,
    };
    store::insert(conn, actor.tenant(), &x.id, &ballot)?;
    store::set_voted(conn, actor.tenant(), &voter.id, true)?;
    append(
        conn,
        actor.tenant(),
        &By::system(actor.now),
        NewEvent::new("ballot.cast_secretly", x.object()),
    )?;
    close_when_all_have(conn, actor, x)?;
    Ok(Receipt {
        ballot: None,
        code: Some(code),
        changeable_until: None,
        voted_for: voter.name.clone(),
    })
}

fn receipt(x: &Proposal, voter: &Voter, ballot: Ballot) -> Receipt {
    Receipt {
        ballot: Some(ballot),
        code: None,
        changeable_until: x.closes_at.filter(|_| x.norms.changeable),
        voted_for: voter.name.clone(),
    }
}

/// Whether no ballot that is still to come can change the result, where the framework closes a vote then.
pub(crate) fn is_settled(
    conn: &mut Conn,
    actor: &Actor,
    x: &Proposal,
    voters: &[Voter],
) -> Result<bool, DbError> {
    if !x.norms.close_decided || !provable(&x.norms) {
        return Ok(false);
    }
    let ballots = store::all(conn, actor.tenant(), &x.id)?;
    Ok(settled(x, voters, &ballots))
}

/// Closes the vote once everybody has voted or the result is settled, where that is agreed. Two last votes at the same moment do not see one another; the
/// look that comes round closes then.
fn close_when_all_have(conn: &mut Conn, actor: &Actor, x: &Proposal) -> Result<(), Error> {
    // A vote that can be changed stays open a little, for the reason that follows the tap.
    if x.norms.changeable || !(x.norms.close_early || x.norms.close_decided) {
        return Ok(());
    }
    let voters = store::voters(conn, actor.tenant(), &x.id)?;
    let all = x.norms.close_early && electorate::all_voted(&voters);
    // Counting anew with each ballot would hold up a large vote; the look that comes round each minute sees to those.
    let settled = voters.len() <= COUNTED_EACH_TIME && is_settled(conn, actor, x, &voters)?;
    if !all && !settled {
        return Ok(());
    }
    let system = Actor::system(actor.partnership.clone(), actor.now);
    let x = crate::proposal::draft::locked(conn, &system, &x.id)?;
    if x.status == Status::Voting {
        life::end(conn, &system, x, "")?;
    }
    Ok(())
}
