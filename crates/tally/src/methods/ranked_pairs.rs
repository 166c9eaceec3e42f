//! Ranked pairs: T. N. Tideman, "Independence of clones as a criterion for voting rules", Social Choice and Welfare 4 (1987).

use crate::counting::{Counting, Found};
use crate::method::Strength;
use crate::methods::pairwise::{self, Table};
use crate::step::{Pair, Step};

/// Majorities are taken from the strongest to the weakest; each is kept unless those kept before already say the opposite. Equally
/// strong ones are taken in the order of the lot: by their winner, then by their loser from the last drawn on.
pub(crate) fn run(counting: &mut Counting<'_>, strength: Strength) -> Found {
    let rankings = counting.rankings();
    let table = pairwise::say_table(counting, &rankings);
    let pairs = sorted(counting, &table, strength);
    let said = pairs.iter().map(|pair| describe(counting, &table, *pair));
    let said = said.collect();
    counting.steps.push(Step::Majorities {
        strength,
        pairs: said,
    });
    let mut kept = Kept::new(table.size());
    let mut lot_mattered = false;
    for (at, pair) in pairs.iter().enumerate() {
        let (winner, loser) = *pair;
        let described = describe(counting, &table, *pair);
        if let Some(chain) = kept.chain(loser, winner) {
            let key = |pair: &(usize, usize)| key(&table, *pair, strength);
            let equal_before = pairs[..at].iter().any(|other| key(other) == key(pair));
            lot_mattered |= equal_before;
            counting.steps.push(Step::LeftOut {
                pair: described,
                chain: counting.names(&chain),
            });
        } else {
            kept.keep(winner, loser);
            counting.steps.push(Step::Locked { pair: described });
        }
    }
    if lot_mattered {
        say_lot(counting);
    }
    let layers = pairwise::layers(table.size(), |a, b| kept.reaches(a, b));
    Found::ranked(layers)
}

/// The stronger, the larger: votes for, then fewer votes against; or the lead.
fn key(table: &Table, (winner, loser): (usize, usize), strength: Strength) -> (u64, u64) {
    let (votes, against) = (table.at(winner, loser), table.at(loser, winner));
    match strength {
        Strength::WinningVotes => (votes, u64::MAX - against),
        Strength::Margins => (votes - against, 0),
    }
}

fn sorted(counting: &Counting<'_>, table: &Table, strength: Strength) -> Vec<(usize, usize)> {
    let size = table.size();
    let all = (0..size).flat_map(|winner| (0..size).map(move |loser| (winner, loser)));
    let mut pairs: Vec<(usize, usize)> = all
        .filter(|(winner, loser)| table.strength(*winner, *loser, strength) > 0)
        .collect();
    let lot = |option: usize| counting.lot.order(option);
    pairs.sort_by_key(|pair| {
        let strongest = std::cmp::Reverse(key(table, *pair, strength));
        (strongest, lot(pair.0), std::cmp::Reverse(lot(pair.1)))
    });
    pairs
}

fn describe(counting: &Counting<'_>, table: &Table, (winner, loser): (usize, usize)) -> Pair {
    Pair {
        winner: counting.name(winner),
        loser: counting.name(loser),
        votes: counting.votes(table.at(winner, loser)),
        against: counting.votes(table.at(loser, winner)),
    }
}

fn say_lot(counting: &mut Counting<'_>) {
    let mut drawn: Vec<usize> = (0..counting.options()).collect();
    let between = counting.names(&drawn);
    drawn.sort_by_key(|option| counting.lot.order(*option));
    counting.steps.push(Step::TieBroken {
        between,
        ahead: counting.names(&drawn),
        by: counting.lot.rule(),
    });
}

/// The majorities that are kept, and who comes before whom by them.
struct Kept {
    size: usize,
    direct: Vec<bool>,
    reach: Vec<bool>,
}

impl Kept {
    fn new(size: usize) -> Self {
        Self {
            size,
            direct: vec![false; size * size],
            reach: vec![false; size * size],
        }
    }

    fn reaches(&self, from: usize, to: usize) -> bool {
        self.reach[from * self.size + to]
    }

    fn keep(&mut self, winner: usize, loser: usize) {
        self.direct[winner * self.size + loser] = true;
        if self.reaches(winner, loser) {
            return;
        }
        for from in 0..self.size {
            if from != winner && !self.reaches(from, winner) {
                continue;
            }
            for to in 0..self.size {
                if to == loser || self.reaches(loser, to) {
                    self.reach[from * self.size + to] = true;
                }
            }
        }
    }

    /// The shortest way from one to another over kept majorities.
    fn chain(&self, from: usize, to: usize) -> Option<Vec<usize>> {
        if !self.reaches(from, to) {
            return None;
        }
        let mut before: Vec<Option<usize>> = vec![None; self.size];
        let mut queue = std::collections::VecDeque::from([from]);
        while let Some(at) = queue.pop_front().filter(|at| *at != to) {
            for (next, before) in before.iter_mut().enumerate() {
                let new = next != from && before.is_none();
                if new && self.direct[at * self.size + next] {
                    *before = Some(at);
                    queue.push_back(next);
                }
            }
        }
        let mut chain = vec![to];
        while let Some(at) = chain.last().and_then(|at| before[*at]) {
            chain.push(at);
        }
        chain.reverse();
        Some(chain)
    }
}
