//! The single transferable vote by the rules of Scottish councils: The Scottish Local Government Elections Order 2011, schedule 1, rules 45 to
//! 52 (as those of 2007, SSI 2007/42): weighted inclusive Gregory transfers, values cut to five decimals.

use crate::TallyError;
use crate::ballots::{self, Ranking, Store};
use crate::counting::{Counting, Found};
use crate::lot::Seek;
use crate::method::Quota;
use crate::methods::seats::{Seats, State};
use crate::step::{Count, Reading, Step};

/// Digits behind the point of a vote's value.
const PLACES: u8 = 5;
/// The value of a whole vote.
const WHOLE: i128 = 100_000;

/// Stage by stage: elect who has the quota; move the largest surplus; where there is none, drop the last one out.
pub(crate) fn run(counting: &mut Counting<'_>, quota: Quota) -> Result<Found, TallyError> {
    let store = counting.rankings();
    if store.largest_group() > 1 {
        counting.say_reading(Reading::EqualsEndBallot);
    }
    let mut seats = Seats::new(counting, PLACES + counting.election.weight_places());
    let mut papers = Papers::first_choices(&store, &mut seats);
    let quota = say_quota(counting, &seats, quota);
    loop {
        seats.say_round(counting, papers.exhausted);
        seats.elect_by_quota(counting, quota);
        if seats.elect_the_rest(counting) {
            break;
        }
        let over = |option: &usize| seats.votes[*option] > quota;
        let over: Vec<usize> = seats
            .of_state(State::Elected)
            .into_iter()
            .filter(over)
            .collect();
        if let Some(from) = seats.pick(counting, &over, Seek::Highest, 0, true) {
            papers.move_surplus(counting, &mut seats, from, quota);
            continue;
        }
        let hopeful = seats.of_state(State::Hopeful);
        let Some(from) = seats.pick(counting, &hopeful, Seek::Lowest, 0, true) else {
            break;
        };
        seats.drop_out(counting, from);
        papers.move_all(counting, &mut seats, from);
    }
    Ok(seats.conclude(counting))
}

fn say_quota(counting: &mut Counting<'_>, seats: &Seats, kind: Quota) -> i128 {
    let valid: i128 = seats.votes.iter().sum();
    let vote = WHOLE * 10i128.pow(u32::from(counting.election.weight_places()));
    // More seats than options were refused before, so that both fit.
    let open = seats.seats as i128;
    let quota = match kind {
        Quota::Droop => (valid / (vote * (open + 1)) + 1) * vote,
        Quota::Hare => (valid / open).max(1),
    };
    counting.steps.push(Step::Quota {
        quota: kind,
        votes: seats.amount(valid),
        seats: seats.seats,
        amount: seats.amount(quota),
    });
    quota
}

/// The ballots, each with the option that holds it.
struct Papers<'s> {
    store: &'s Store<Ranking>,
    /// Where each ballot stands in its ranking.
    at: Vec<u32>,
    /// What each vote of the ballot is worth now.
    value: Vec<i128>,
    held: Vec<Vec<u32>>,
    exhausted: i128,
}

impl<'s> Papers<'s> {
    fn first_choices(store: &'s Store<Ranking>, seats: &mut Seats) -> Self {
        let mut papers = Self {
            store,
            at: vec![0; store.len()],
            value: vec![WHOLE; store.len()],
            held: vec![Vec::new(); seats.states.len()],
            exhausted: 0,
        };
        // The number of different ballots is kept in 32 bits by the store.
        for ballot in 0..store.len() as u32 {
            papers.hand_over(ballot, seats);
        }
        papers
    }

    /// Gives a ballot to its next option that is still hopeful; says to which, and how many votes that is.
    fn hand_over(&mut self, ballot: u32, seats: &mut Seats) -> (Option<usize>, i128) {
        let index = ballot as usize;
        let (codes, weight) = self.store.get(index);
        let votes = i128::from(weight) * self.value[index];
        let mut rest = codes[self.at[index] as usize..].iter();
        while let Some(code) = rest.next() {
            self.at[index] += 1;
            let equal = *code & ballots::EQUAL != 0
                || rest
                    .as_slice()
                    .first()
                    .is_some_and(|next| *next & ballots::EQUAL != 0);
            if equal {
                break;
            }
            let option = ballots::option_of(*code);
            if seats.states[option] == State::Hopeful {
                self.held[option].push(ballot);
                seats.votes[option] += votes;
                return (Some(option), votes);
            }
        }
        self.at[index] = u32::try_from(codes.len()).unwrap_or(u32::MAX);
        self.exhausted += votes;
        (None, votes)
    }

    fn move_surplus(
        &mut self,
        counting: &mut Counting<'_>,
        seats: &mut Seats,
        from: usize,
        quota: i128,
    ) {
        let votes = seats.votes[from];
        let surplus = votes - quota;
        for ballot in &self.held[from] {
            let value = &mut self.value[*ballot as usize];
            *value = *value * surplus / votes;
        }
        seats.votes[from] = quota;
        self.pass_on(counting, seats, from, votes, Some(surplus));
    }

    fn move_all(&mut self, counting: &mut Counting<'_>, seats: &mut Seats, from: usize) {
        let votes = std::mem::take(&mut seats.votes[from]);
        self.pass_on(counting, seats, from, votes, None);
    }

    fn pass_on(
        &mut self,
        counting: &mut Counting<'_>,
        seats: &mut Seats,
        from: usize,
        votes: i128,
        surplus: Option<i128>,
    ) {
        let mut to = vec![0; seats.states.len()];
        let mut exhausted = 0;
        for ballot in std::mem::take(&mut self.held[from]) {
            match self.hand_over(ballot, seats) {
                (Some(option), votes) => to[option] += votes,
                (None, votes) => exhausted += votes,
            }
        }
        let moved: i128 = to.iter().sum::<i128>() + exhausted;
        let received = to.into_iter().enumerate().filter(|(_, votes)| *votes > 0);
        let to: Vec<Count> = counting.counts(received, |votes| seats.amount(votes));
        counting.steps.push(Step::Transfer {
            from: counting.name(from),
            surplus: surplus.map(|surplus| seats.amount(surplus)),
            votes: seats.amount(votes),
            to,
            exhausted: seats.amount(exhausted),
            rounding: seats.amount(surplus.unwrap_or(votes) - moved),
        });
    }
}
