//! Instant run-off: the option with the fewest votes drops out, and its votes move on, until one is left.

use crate::TallyError;
use crate::amount::Amount;
use crate::ballots::{self, Ranking, Store};
use crate::counting::{Counting, Found};
use crate::lot::{Seek, by_earlier_round};
use crate::step::{Elected, Reading, Step};
use crate::tally::{Figure, FigureKind};

/// The most equally ranked options whose shares are whole parts of one unit.
pub(crate) const MOST_EQUAL: usize = 40;

/// Rounds until one option is left; those that dropped out follow in reverse order. When all that are left have the same votes, they
/// are tied.
pub(crate) fn run(counting: &mut Counting<'_>) -> Result<Found, TallyError> {
    let store = counting.rankings();
    let mut rounds = Rounds::new(counting, &store)?;
    if rounds.unit > 1 {
        counting.say_reading(Reading::EqualsShare);
    }
    let mut dropped: Vec<Vec<usize>> = Vec::new();
    let mut majority_said = false;
    let last = loop {
        let (votes, exhausted) = rounds.share_out();
        rounds.say(counting, &votes, exhausted, &mut majority_said);
        let left = rounds.left();
        let lowest = left.iter().map(|option| votes[*option]).min();
        let tied: Vec<usize> = left
            .iter()
            .copied()
            .filter(|o| Some(votes[*o]) == lowest)
            .collect();
        if tied.len() == left.len() {
            break left;
        }
        let Some((out, rule)) =
            by_earlier_round(&tied, &rounds.history, Seek::Lowest, &counting.lot)
        else {
            break left;
        };
        if tied.len() > 1 {
            let ahead: Vec<usize> = tied.iter().copied().filter(|o| *o != out).collect();
            counting.steps.push(Step::TieBroken {
                between: counting.names(&tied),
                ahead: counting.names(&ahead),
                by: rule,
            });
        }
        counting.steps.push(Step::Eliminated {
            option: counting.name(out),
            amount: rounds.amount(counting, votes[out]),
        });
        rounds.history.push(votes);
        rounds.out[out] = true;
        dropped.push(vec![out]);
    };
    if let [one] = last[..] {
        let votes = rounds.share_out().0[one];
        counting.steps.push(Step::Elected {
            option: counting.name(one),
            amount: rounds.amount(counting, votes),
            why: Elected::LastOne,
        });
    }
    rounds.draw(counting);
    let mut ranking = vec![last];
    ranking.extend(dropped.into_iter().rev());
    Ok(Found::ranked(ranking))
}

/// The rounds so far.
struct Rounds<'s> {
    store: &'s Store<Ranking>,
    /// Where each ballot stands: the place of its first code that may still count.
    at: Vec<u32>,
    /// Parts that one vote is divided into, so that equal ranks share it without a rest.
    unit: i128,
    out: Vec<bool>,
    history: Vec<Vec<i128>>,
    drawn: Vec<Vec<Option<f64>>>,
}

impl<'s> Rounds<'s> {
    fn new(counting: &Counting<'_>, store: &'s Store<Ranking>) -> Result<Self, TallyError> {
        let largest = store.largest_group();
        if largest > MOST_EQUAL {
            return Err(TallyError::TooManyEqual {
                found: largest,
                most: MOST_EQUAL,
            });
        }
        Ok(Self {
            store,
            at: vec![0; store.len()],
            unit: (1..=largest as i128).fold(1, least_common_multiple),
            out: vec![false; counting.options()],
            history: Vec::new(),
            drawn: vec![Vec::new(); counting.options()],
        })
    }

    fn left(&self) -> Vec<usize> {
        (0..self.out.len())
            .filter(|option| !self.out[*option])
            .collect()
    }

    /// Votes of each option, and of ballots without a choice left, in parts of a vote.
    fn share_out(&mut self) -> (Vec<i128>, i128) {
        let mut votes = vec![0i128; self.out.len()];
        let mut exhausted = 0;
        for (ballot, at) in self.at.iter_mut().enumerate() {
            let (codes, weight) = self.store.get(ballot);
            let is_out = |code: &u16| self.out[ballots::option_of(*code)];
            while codes.get(*at as usize).is_some_and(is_out) {
                *at += 1;
            }
            let value = i128::from(weight) * self.unit;
            let Some(first) = codes.get(*at as usize) else {
                exhausted += value;
                continue;
            };
            let rest = &codes[*at as usize + 1..];
            let equals = rest.iter().take_while(|code| **code & ballots::EQUAL != 0);
            let equals = equals.filter(|code| !is_out(code));
            let sharers = 1 + equals.clone().count() as i128;
            votes[ballots::option_of(*first)] += value / sharers;
            if sharers > 1 {
                equals.for_each(|code| votes[ballots::option_of(*code)] += value / sharers);
            }
        }
        (votes, exhausted)
    }

    fn amount(&self, counting: &Counting<'_>, parts: i128) -> Amount {
        let votes = counting.votes(parts / self.unit);
        if parts % self.unit == 0 {
            return votes;
        }
        let places = u32::from(counting.election.weight_places());
        Amount::fraction(parts, self.unit * 10i128.pow(places))
    }

    fn say(
        &mut self,
        counting: &mut Counting<'_>,
        votes: &[i128],
        exhausted: i128,
        majority_said: &mut bool,
    ) {
        let left = self.left();
        let counts = left.iter().map(|option| (*option, votes[*option]));
        counting.steps.push(Step::Round {
            number: self.history.len() + 1,
            counts: counting.counts(counts, |parts| self.amount(counting, parts)),
            exhausted: self.amount(counting, exhausted),
        });
        for (option, row) in self.drawn.iter_mut().enumerate() {
            let parts = (!self.out[option]).then_some(votes[option]);
            #[expect(clippy::cast_precision_loss, reason = "for drawing only")]
            let height = |parts: i128| counting.votes(parts).to_f64() / self.unit as f64;
            row.push(parts.map(height));
        }
        let all: i128 = votes.iter().sum();
        let majority = left.iter().find(|option| votes[**option] * 2 > all);
        if let (Some(option), false) = (majority, *majority_said) {
            *majority_said = true;
            counting.steps.push(Step::RoundMajority {
                option: counting.name(*option),
                amount: self.amount(counting, votes[*option]),
                base: self.amount(counting, all),
            });
        }
    }

    fn draw(&mut self, counting: &mut Counting<'_>) {
        let rounds = self.drawn.first().map_or(0, Vec::len);
        counting.figures.push(Figure {
            kind: FigureKind::Rounds,
            rows: counting.election.options().to_vec(),
            columns: (1..=rounds).map(|number| number.to_string()).collect(),
            values: std::mem::take(&mut self.drawn),
        });
    }
}

fn least_common_multiple(a: i128, b: i128) -> i128 {
    let (mut x, mut y) = (a, b);
    while y != 0 {
        (x, y) = (y, x % y);
    }
    a / x * b
}
