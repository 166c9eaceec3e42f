//! Meek's method by the Reference Meek Rule of the Proportional Representation Foundation (prfound.org): fixed-point numbers with nine decimals,
//! keep factors rounded up, and an omega of a millionth of a vote.

mod sharing;

use crate::TallyError;
use crate::amount::Amount;
use crate::counting::{Counting, Found};
use crate::lot::Seek;
use crate::method::Quota;
use crate::methods::seats::{Seats, State};
use crate::step::{Count, Reading, Step};
use sharing::Sharing;

/// Digits behind the point.
const PLACES: u8 = 9;
/// A whole vote, and the factor of an option that keeps all.
const WHOLE: u64 = 1_000_000_000;
/// The share of surplus at which an iteration has converged: a millionth of a vote.
const OMEGA: i128 = 1_000;

/// Rounds: share votes out until surpluses are settled or somebody is elected; then drop the last one out.
pub(crate) fn run(counting: &mut Counting<'_>, kind: Quota) -> Result<Found, TallyError> {
    let store = counting.rankings();
    if store.largest_group() > 1 {
        counting.say_reading(Reading::EqualsShare);
    }
    let mut seats = Seats::new(counting, PLACES + counting.election.weight_places());
    let mut sharing = Sharing::new(&store, counting.options());
    let scale = 10i128.pow(u32::from(counting.election.weight_places()));
    let total = i128::from(counting.election.weight() - counting.election.blank_weight());
    let mut quota_said = false;
    while !seats.elect_the_rest(counting) {
        let round = iterate(&mut sharing, &mut seats, kind, OMEGA * scale);
        let votes: i128 = seats.votes.iter().sum();
        if !std::mem::replace(&mut quota_said, true) {
            counting.steps.push(Step::Quota {
                quota: kind,
                votes: seats.amount(round.first_sum),
                seats: seats.seats,
                amount: seats.amount(round.first_quota),
            });
        }
        seats.say_round(counting, total * i128::from(WHOLE) - votes);
        say_keep(counting, &sharing, &seats, &round);
        if seats.elect_by_quota(counting, round.quota) {
            continue;
        }
        let hopeful = seats.of_state(State::Hopeful);
        let Some(last) = seats.pick(counting, &hopeful, Seek::Lowest, round.surplus, true) else {
            break;
        };
        seats.drop_out(counting, last);
        sharing.remove(last);
    }
    Ok(seats.conclude(counting))
}

/// How an iteration ended.
struct Settled {
    times: usize,
    quota: i128,
    surplus: i128,
    first_sum: i128,
    first_quota: i128,
}

/// Shares votes out and adjusts what elected options keep, until somebody reaches the quota or the surplus is settled.
fn iterate(sharing: &mut Sharing<'_>, seats: &mut Seats, kind: Quota, omega: i128) -> Settled {
    let mut settled = Settled {
        times: 0,
        quota: 0,
        surplus: i128::MAX,
        first_sum: 0,
        first_quota: 0,
    };
    loop {
        sharing.share_out(&mut seats.votes);
        let sum: i128 = seats.votes.iter().sum();
        // More seats than options were refused before, so that both fit.
        let open = seats.seats as i128;
        let quota = match kind {
            Quota::Droop => sum / (open + 1) + 1,
            Quota::Hare => (sum / open).max(1),
        };
        let elected = seats.elected.iter();
        let surplus: i128 = elected.map(|option| seats.votes[*option] - quota).sum();
        let surplus = surplus.max(0);
        let before = settled.surplus;
        if settled.times == 0 {
            (settled.first_sum, settled.first_quota) = (sum, quota);
        }
        settled.times += 1;
        (settled.quota, settled.surplus) = (quota, surplus);
        let hopeful = seats.of_state(State::Hopeful);
        let reached = hopeful.iter().any(|option| seats.votes[*option] >= quota);
        if reached || surplus < omega || surplus >= before {
            return settled;
        }
        for option in &seats.elected {
            sharing.adjust(*option, quota, seats.votes[*option]);
        }
    }
}

fn say_keep(counting: &mut Counting<'_>, sharing: &Sharing<'_>, seats: &Seats, round: &Settled) {
    if seats.elected.is_empty() {
        return;
    }
    let keep = seats.elected.iter().map(|option| Count {
        option: counting.name(*option),
        amount: Amount::decimal(sharing.keep(*option), PLACES),
    });
    let keep = keep.collect();
    counting.steps.push(Step::Keep {
        iterations: round.times,
        quota: seats.amount(round.quota),
        surplus: seats.amount(round.surplus),
        keep,
    });
}
