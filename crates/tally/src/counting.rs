//! What every method works with while it counts: options, ballots, lot, and the steps so far.

use std::borrow::Cow;

use crate::TallyError;
use crate::amount::Amount;
use crate::ballots::{Ranking, Store};
use crate::election::{Ballots, Election, OptionName};
use crate::lot::Lot;
use crate::method::{DEFAULT_SEED, Rules};
use crate::step::{Count, Counted, Reading, Step};
use crate::tally::Figure;

/// What a method finds: all options from best to worst, tied ones in one group; and the winners where they do not follow from the
/// ranking.
#[derive(Debug)]
pub(crate) struct Found {
    pub ranking: Vec<Vec<usize>>,
    pub winners: Option<Vec<usize>>,
}

impl Found {
    /// The winners are the first of the ranking.
    pub fn ranked(ranking: Vec<Vec<usize>>) -> Self {
        Self {
            ranking,
            winners: None,
        }
    }
}

/// A count in progress.
#[derive(Debug)]
pub(crate) struct Counting<'a> {
    pub election: &'a Election,
    pub rules: &'a Rules,
    pub lot: Lot,
    pub steps: Vec<Step>,
    pub figures: Vec<Figure>,
}

impl<'a> Counting<'a> {
    pub fn new(election: &'a Election, rules: &'a Rules) -> Self {
        let seed = rules.seed.as_deref().unwrap_or(DEFAULT_SEED);
        Self {
            election,
            rules,
            lot: Lot::draw(seed, election.options()),
            steps: Vec::new(),
            figures: Vec::new(),
        }
    }

    /// How many options stand.
    pub fn options(&self) -> usize {
        self.election.options().len()
    }

    pub fn name(&self, option: usize) -> OptionName {
        self.election.options()[option].clone()
    }

    pub fn names(&self, options: &[usize]) -> Vec<OptionName> {
        options.iter().map(|option| self.name(*option)).collect()
    }

    /// A weight of ballots as a number of votes.
    pub fn votes(&self, weight: impl Into<i128>) -> Amount {
        Amount::decimal(weight, self.election.weight_places())
    }

    /// Numbers of options for a step, highest first, equal ones in the order of the options.
    pub fn counts<V: Ord + Copy>(
        &self,
        values: impl IntoIterator<Item = (usize, V)>,
        amount: impl Fn(V) -> Amount,
    ) -> Vec<Count> {
        let mut values: Vec<(usize, V)> = values.into_iter().collect();
        values.sort_by_key(|(option, value)| (std::cmp::Reverse(*value), *option));
        let count = |(option, value)| Count {
            option: self.name(option),
            amount: amount(value),
        };
        values.into_iter().map(count).collect()
    }

    /// Adds a step with the numbers of all options, and a chart of them.
    pub fn say_counts(&mut self, what: Counted, values: &[i128]) {
        let counts = self.counts(values.iter().copied().enumerate(), |v| self.votes(v));
        self.steps.push(Step::Counts { what, counts });
        let heights = values.iter().map(|value| self.votes(*value).to_f64());
        let bars = Figure::bars(self.election.options(), heights);
        self.figures.push(bars);
    }

    pub fn say_reading(&mut self, rule: Reading) {
        self.steps.push(Step::Reading { rule });
    }

    /// The weight of each option as the one first choice, and the weight of ballots without one (blank ones included).
    pub fn first_choices(&mut self) -> (Vec<u64>, u64) {
        let mut firsts = vec![0; self.options()];
        let mut without = self.election.blank_weight();
        let mut several = false;
        let mut add = |first: Option<usize>, weight: u64| match first {
            Some(option) => firsts[option] += weight,
            None => {
                several = true;
                without += weight;
            }
        };
        match self.election.ballots() {
            Ballots::None => {}
            Ballots::Ranked(store) => {
                for (codes, weight) in store.iter() {
                    let first = crate::ballots::groups(codes).next();
                    let one = first.filter(|group| group.len() == 1);
                    add(one.map(|group| crate::ballots::option_of(group[0])), weight);
                }
            }
            Ballots::Marked(store) => {
                for (marks, weight) in store.iter() {
                    let top = marks.iter().map(|(_, mark)| *mark).max();
                    let mut best = marks.iter().filter(|(_, mark)| Some(*mark) == top);
                    let one = best.next().filter(|_| best.next().is_none());
                    let one = one.filter(|(_, mark)| *mark > 0);
                    add(one.map(|(option, _)| usize::from(*option)), weight);
                }
            }
        }
        if several {
            self.say_reading(Reading::FirstChoice);
        }
        (firsts, without)
    }

    /// The ballots as rankings.
    pub fn rankings(&mut self) -> Cow<'a, Store<Ranking>> {
        match self.election.ballots() {
            Ballots::None => Cow::Owned(Store::default()),
            Ballots::Ranked(store) => Cow::Borrowed(store),
            Ballots::Marked(store) => {
                self.say_reading(Reading::MarksAsRanks);
                Cow::Owned(store.as_rankings())
            }
        }
    }
}

/// Groups options by their value, highest first; options of one group have the same.
pub(crate) fn by_value<V: Ord>(values: &[V]) -> Vec<Vec<usize>> {
    let mut order: Vec<usize> = (0..values.len()).collect();
    order.sort_by(|a, b| values[*b].cmp(&values[*a]).then(a.cmp(b)));
    let groups = order.chunk_by(|a, b| values[*a] == values[*b]);
    groups.map(<[usize]>::to_vec).collect()
}

/// Adds up in the widest type that never overflows here: a weight below 10¹⁵ times a mark below 2³¹.
pub(crate) fn times(weight: u64, mark: i32) -> i128 {
    i128::from(weight) * i128::from(mark)
}

/// Checks that the seats can be filled.
pub(crate) fn check_seats(seats: usize, options: usize) -> Result<(), TallyError> {
    if seats == 0 || seats > options {
        return Err(TallyError::Seats { seats, options });
    }
    Ok(())
}
