//! What both methods for several seats share: who is in, out or elected, and the rounds so far.

use crate::amount::Amount;
use crate::counting::{Counting, Found, by_value};
use crate::lot::{Seek, by_earlier_round};
use crate::step::{Elected, Step};
use crate::tally::{Figure, FigureKind};

/// Where an option stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum State {
    /// Neither elected nor out.
    Hopeful,
    /// Has a seat.
    Elected,
    /// Has dropped out.
    Out,
}

/// The state of a count.
#[derive(Debug)]
pub(crate) struct Seats {
    pub seats: usize,
    pub states: Vec<State>,
    pub elected: Vec<usize>,
    pub votes: Vec<i128>,
    out: Vec<usize>,
    history: Vec<Vec<i128>>,
    drawn: Vec<Vec<Option<f64>>>,
    places: u8,
}

impl Seats {
    /// Nobody is elected yet. `places` is how many digits of a vote stand behind the point.
    pub fn new(counting: &Counting<'_>, places: u8) -> Self {
        let size = counting.options();
        Self {
            seats: counting.rules.seats,
            states: vec![State::Hopeful; size],
            elected: Vec::new(),
            votes: vec![0; size],
            out: Vec::new(),
            history: Vec::new(),
            drawn: vec![Vec::new(); size],
            places,
        }
    }

    pub fn amount(&self, units: i128) -> Amount {
        Amount::decimal(units, self.places)
    }

    pub fn of_state(&self, state: State) -> Vec<usize> {
        let of_state = |option: &usize| self.states[*option] == state;
        (0..self.states.len()).filter(of_state).collect()
    }

    /// Seats that are still open.
    pub fn open(&self) -> usize {
        self.seats - self.elected.len()
    }

    /// Says where the votes are; the round is then part of what earlier rounds decide.
    pub fn say_round(&mut self, counting: &mut Counting<'_>, exhausted: i128) {
        let left = (0..self.states.len()).filter(|option| self.states[*option] != State::Out);
        let counts = left.map(|option| (option, self.votes[option]));
        counting.steps.push(Step::Round {
            number: self.history.len() + 1,
            counts: counting.counts(counts, |votes| self.amount(votes)),
            exhausted: self.amount(exhausted),
        });
        for (option, row) in self.drawn.iter_mut().enumerate() {
            let stays = self.states[option] != State::Out;
            let height = Amount::decimal(self.votes[option], self.places).to_f64();
            row.push(stays.then_some(height));
        }
        self.history.push(self.votes.clone());
    }

    /// Elects all who have the quota, most votes first.
    pub fn elect_by_quota(&mut self, counting: &mut Counting<'_>, quota: i128) -> bool {
        let hopeful = self.of_state(State::Hopeful).into_iter();
        let mut reach: Vec<usize> = hopeful
            .filter(|option| self.votes[*option] >= quota)
            .collect();
        let any = !reach.is_empty();
        while let Some(next) = self.pick(
            counting,
            &reach,
            Seek::Highest,
            0,
            reach.len() > self.open(),
        ) {
            if self.open() == 0 {
                break;
            }
            reach.retain(|option| *option != next);
            self.elect(counting, next, Elected::Quota);
        }
        any
    }

    /// Elects all that are left when there are as many seats; says whether that ends the count.
    pub fn elect_the_rest(&mut self, counting: &mut Counting<'_>) -> bool {
        let hopeful = self.of_state(State::Hopeful);
        if self.open() == 0 {
            return true;
        }
        if hopeful.len() > self.open() {
            return false;
        }
        let mut rest = hopeful;
        while let Some(next) = self.pick(counting, &rest, Seek::Highest, 0, false) {
            rest.retain(|option| *option != next);
            self.elect(counting, next, Elected::SeatsLeft);
        }
        true
    }

    /// The option with the most or the least votes; options within `slack` of it are tied with it, and decided between by an earlier round or
    /// the lot. `say` whether that goes into the steps.
    pub fn pick(
        &self,
        counting: &mut Counting<'_>,
        among: &[usize],
        seek: Seek,
        slack: i128,
        say: bool,
    ) -> Option<usize> {
        let votes = among.iter().map(|option| self.votes[*option]);
        let best = match seek {
            Seek::Highest => votes.max(),
            Seek::Lowest => votes.min(),
        }?;
        let near = |option: &usize| (self.votes[*option] - best).abs() <= slack;
        let tied: Vec<usize> = among.iter().copied().filter(near).collect();
        // The last round is the present one. Within the slack its numbers count as equal.
        let earlier = self.history.len().saturating_sub(1);
        let (one, by) = by_earlier_round(&tied, &self.history[..earlier], seek, &counting.lot)?;
        if say && tied.len() > 1 {
            let others: Vec<usize> = tied.iter().copied().filter(|o| *o != one).collect();
            let ahead = match seek {
                Seek::Highest => vec![one],
                Seek::Lowest => others,
            };
            counting.steps.push(Step::TieBroken {
                between: counting.names(&tied),
                ahead: counting.names(&ahead),
                by,
            });
        }
        Some(one)
    }

    /// Drops an option out.
    pub fn drop_out(&mut self, counting: &mut Counting<'_>, option: usize) {
        counting.steps.push(Step::Eliminated {
            option: counting.name(option),
            amount: self.amount(self.votes[option]),
        });
        self.states[option] = State::Out;
        self.out.push(option);
    }

    fn elect(&mut self, counting: &mut Counting<'_>, option: usize, why: Elected) {
        counting.steps.push(Step::Elected {
            option: counting.name(option),
            amount: self.amount(self.votes[option]),
            why,
        });
        self.states[option] = State::Elected;
        self.elected.push(option);
    }

    /// The elected in order, then those who were left by their votes, then those who dropped out, the last one first.
    pub fn conclude(mut self, counting: &mut Counting<'_>) -> Found {
        let rounds = self.drawn.first().map_or(0, Vec::len);
        counting.figures.push(Figure {
            kind: FigureKind::Rounds,
            rows: counting.election.options().to_vec(),
            columns: (1..=rounds).map(|number| number.to_string()).collect(),
            values: std::mem::take(&mut self.drawn),
        });
        let hopeful = self.of_state(State::Hopeful);
        let votes: Vec<i128> = hopeful.iter().map(|option| self.votes[*option]).collect();
        let left = by_value(&votes).into_iter();
        let left = left.map(|group| group.into_iter().map(|at| hopeful[at]).collect());
        let mut ranking: Vec<Vec<usize>> = self.elected.iter().map(|one| vec![*one]).collect();
        ranking.extend(left);
        ranking.extend(self.out.iter().rev().map(|one| vec![*one]));
        Found {
            ranking,
            winners: Some(self.elected),
        }
    }
}
