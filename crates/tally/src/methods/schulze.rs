//! Schulze's method: Markus Schulze, "A new monotonic, clone-independent, reversal symmetric, and Condorcet-consistent single-winner
//! election method", Social Choice and Welfare 36 (2011).

use crate::counting::{Counting, Found};
use crate::method::Strength;
use crate::methods::pairwise::{self, Table};
use crate::step::{Path, Step};

/// An option is better than another when its strongest path there is stronger than the way back. Options that nobody is better than come
/// first, then those that none of the rest is better than, and so on.
pub(crate) fn run(counting: &mut Counting<'_>, strength: Strength) -> Found {
    let rankings = counting.rankings();
    let table = pairwise::say_table(counting, &rankings);
    let paths = Paths::strongest(&table, strength);
    say_paths(counting, &paths, strength);
    let size = table.size();
    for one in 0..size {
        for other in one + 1..size {
            say_comparison(counting, &paths, one, other);
        }
    }
    let better = |a: usize, b: usize| paths.at(a, b) > paths.at(b, a);
    Found::ranked(pairwise::layers(size, better))
}

/// The strongest path from each option to each other one.
struct Paths {
    size: usize,
    strengths: Vec<u64>,
    /// The option before the last one on the way.
    before: Vec<usize>,
}

impl Paths {
    /// Widest paths by the algorithm of Floyd and Warshall: n³ steps.
    fn strongest(table: &Table, strength: Strength) -> Self {
        let size = table.size();
        let cells = (0..size * size).map(|cell| (cell / size, cell % size));
        let mut strengths: Vec<u64> = cells
            .clone()
            .map(|(from, to)| table.strength(from, to, strength))
            .collect();
        let mut before: Vec<usize> = cells.map(|(from, _)| from).collect();
        for via in 0..size {
            for from in (0..size).filter(|from| *from != via) {
                let first_part = strengths[from * size + via];
                if first_part == 0 {
                    continue;
                }
                for to in (0..size).filter(|to| *to != via && *to != from) {
                    let weakest = first_part.min(strengths[via * size + to]);
                    if weakest > strengths[from * size + to] {
                        strengths[from * size + to] = weakest;
                        before[from * size + to] = before[via * size + to];
                    }
                }
            }
        }
        Self {
            size,
            strengths,
            before,
        }
    }

    fn at(&self, from: usize, to: usize) -> u64 {
        self.strengths[from * self.size + to]
    }

    /// The options on the way.
    fn through(&self, from: usize, to: usize) -> Vec<usize> {
        let mut through = vec![to];
        let mut at = to;
        while at != from && through.len() <= self.size {
            at = self.before[from * self.size + at];
            through.push(at);
        }
        through.reverse();
        through
    }
}

fn say_paths(counting: &mut Counting<'_>, paths: &Paths, strength: Strength) {
    let size = paths.size;
    let row = |from: usize| (0..size).map(move |to| (from, to));
    let pairs = (0..size).flat_map(row);
    let pairs = pairs.filter(|(from, to)| from != to && paths.at(*from, *to) > 0);
    let path = |(from, to)| Path {
        through: counting.names(&paths.through(from, to)),
        strength: counting.votes(paths.at(from, to)),
    };
    let number = |(from, to)| counting.votes(paths.at(from, to));
    let step = Step::Paths {
        strength,
        options: counting.election.options().to_vec(),
        table: (0..size)
            .map(|from| row(from).map(number).collect())
            .collect(),
        paths: pairs.map(path).collect(),
    };
    counting.steps.push(step);
}

fn say_comparison(counting: &mut Counting<'_>, paths: &Paths, one: usize, other: usize) {
    let (forth, back) = (paths.at(one, other), paths.at(other, one));
    let (winner, loser) = if forth >= back {
        (one, other)
    } else {
        (other, one)
    };
    counting.steps.push(if forth == back {
        Step::EqualPaths {
            one: counting.name(one),
            other: counting.name(other),
            strength: counting.votes(forth),
        }
    } else {
        Step::StrongerPath {
            winner: counting.name(winner),
            loser: counting.name(loser),
            forth: counting.votes(forth.max(back)),
            back: counting.votes(forth.min(back)),
        }
    });
}
