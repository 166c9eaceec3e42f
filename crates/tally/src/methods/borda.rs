//! Borda's count: a point for each option that a ballot ranks lower, half a point for each that it ranks equally.

use crate::amount::Amount;
use crate::ballots;
use crate::counting::{Counting, Found, by_value};
use crate::step::{Counted, Reading, Step};
use crate::tally::Figure;

/// The most points win. Points are counted in halves, so that they stay exact.
pub(crate) fn run(counting: &mut Counting<'_>) -> Found {
    let store = counting.rankings();
    let size = counting.options();
    let mut halves = vec![0i128; size];
    let mut unranked: Vec<bool> = Vec::with_capacity(size);
    let mut partial = false;
    for (codes, weight) in store.iter() {
        let weight = i128::from(weight);
        let mut below = size;
        unranked.clear();
        unranked.resize(size, true);
        for group in ballots::groups(codes) {
            below -= group.len();
            // A group holds fewer options than an election can have, so that nothing is lost.
            let points = (2 * below + group.len() - 1) as i128;
            for code in group {
                let option = ballots::option_of(*code);
                unranked[option] = false;
                halves[option] += points * weight;
            }
        }
        if below > 1 {
            partial = true;
        }
        if below > 0 {
            let points = (below - 1) as i128;
            let rest = unranked.iter().enumerate().filter(|(_, rest)| **rest);
            rest.for_each(|(option, _)| halves[option] += points * weight);
        }
    }
    if partial {
        counting.say_reading(Reading::UnrankedAreLast);
    }
    let places = counting.election.weight_places();
    // Half of a number is five tenths of it.
    let points = |halves: i128| {
        if halves % 2 == 0 {
            Amount::decimal(halves / 2, places)
        } else {
            Amount::decimal(halves * 5, places + 1)
        }
    };
    let counts = counting.counts(halves.iter().copied().enumerate(), points);
    counting.steps.push(Step::Counts {
        what: Counted::Points,
        counts,
    });
    let heights = halves.iter().map(|halves| points(*halves).to_f64());
    let bars = Figure::bars(counting.election.options(), heights);
    counting.figures.push(bars);
    Found::ranked(by_value(&halves))
}
