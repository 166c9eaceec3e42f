//! Whether the ballots that are still to come could change a result. Pure.
//!
//! It is tried, not estimated: all who have not voted are given the ballots that could move the result furthest, one way after the
//! other, and each time it is counted as at the close. Where every such count ends as it stands without them, nothing between them can end otherwise,
//! because more weight on one answer never turns the result away from it. That holds for pass-or-not votes, for most first choices and
//! for checks with one winner; for rankings, marks and budgets it does not, so they are never called settled.

use super::count;
use crate::ballot::{Ballot, BallotId, Capacity, Says, Voter};
use crate::framework::{Method, Norms};
use crate::proposal::Proposal;

/// Whether a framework's votes can be settled before their end at all: a method for which it can be proved, and ballots that are final.
/// A secret vote is not, because closing it at that moment would tell something of the last ballot.
pub fn provable(norms: &Norms) -> bool {
    let method = match norms.method {
        Method::Majority | Method::Supermajority | Method::Consent | Method::Gradients => true,
        Method::Count | Method::Approval => norms.winners == 1,
        _ => false,
    };
    method && !norms.changeable && !norms.secret
}

/// Whether nothing that is still to come can change whether the proposal passes, or which option wins.
pub fn settled(x: &Proposal, voters: &[Voter], ballots: &[Ballot]) -> bool {
    if !provable(&x.norms) || !voters.iter().any(|v| v.voted) {
        return false;
    }
    let open = voters.iter().filter(|v| v.is_open() && !v.voted);
    let weight: i64 = open.map(|v| i64::from(v.weight)).sum();
    let Ok(weight) = i32::try_from(weight) else {
        return false;
    };
    let now = ends(x, voters, ballots);
    if weight == 0 {
        return true;
    }
    let mut all: Vec<Voter> = voters.to_vec();
    for voter in all.iter_mut().filter(|v| v.is_open()) {
        voter.voted = true;
    }
    furthest(x).into_iter().all(|says| {
        let mut with = ballots.to_vec();
        with.push(together(says, weight));
        ends(x, &all, &with) == now
    })
}

/// How a count ends: whether it passes, and what wins.
fn ends(x: &Proposal, voters: &[Voter], ballots: &[Ballot]) -> (bool, Option<String>) {
    let result = count::count(x, voters, ballots);
    let passes = count::passes(x, &result);
    let winner = match x.norms.method {
        Method::Count | Method::Approval => result.winners.first().cloned(),
        _ => None,
    };
    (passes, winner)
}

/// The ballots that could move the result furthest.
fn furthest(x: &Proposal) -> Vec<Says> {
    let one = |key: &str| Says {
        option: Some(key.to_string()),
        ..Says::default()
    };
    let standing = x.standing().map(|o| o.key.as_str());
    match x.norms.method {
        Method::Majority | Method::Supermajority => vec![one("agree"), one("disagree")],
        Method::Consent => vec![one("agree"), one("object")],
        Method::Gradients => vec![one("endorse"), one("block")],
        Method::Count => standing.map(one).collect(),
        _ => standing
            .map(|key| Says {
                checks: vec![key.to_string()],
                ..Says::default()
            })
            .collect(),
    }
}

/// One ballot with the weight of all who have not voted.
fn together(says: Says, weight: i32) -> Ballot {
    Ballot {
        id: BallotId::new(),
        voter_id: None,
        version: 1,
        says,
        reason: String::new(),
        weight,
        person_id: None,
        person_name: String::new(),
        capacity: Capacity::Holder,
        receipt: None,
        cast_at: None,
    }
}

#[cfg(test)]
mod tests;
