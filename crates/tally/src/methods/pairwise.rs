//! How many prefer one option to another, for every pair.

use crate::ballots::{self, Ranking, Store};
use crate::counting::Counting;
use crate::method::Strength;
use crate::step::{Reading, Step};
use crate::tally::{Figure, FigureKind};

/// A square table of weights.
#[derive(Debug)]
pub(crate) struct Table {
    size: usize,
    cells: Vec<u64>,
}

impl Table {
    /// How many prefer `row` to `column`.
    pub fn at(&self, row: usize, column: usize) -> u64 {
        self.cells[row * self.size + column]
    }

    /// How many options there are.
    pub fn size(&self) -> usize {
        self.size
    }

    /// How strong the majority of `row` over `column` is; nothing where it is none.
    pub fn strength(&self, row: usize, column: usize, strength: Strength) -> u64 {
        let (votes, against) = (self.at(row, column), self.at(column, row));
        match strength {
            _ if votes <= against => 0,
            Strength::WinningVotes => votes,
            Strength::Margins => votes - against,
        }
    }

    /// Adds a ballot that gives each option a mark.
    pub fn add_marks(&mut self, marks: &[i32], weight: u64) {
        for (row, mark) in marks.iter().enumerate() {
            for (column, other) in marks.iter().enumerate() {
                if mark > other {
                    self.cells[row * self.size + column] += weight;
                }
            }
        }
    }

    /// The option that beats every other one.
    pub fn condorcet(&self) -> Option<usize> {
        let beats_all = |row: &usize| {
            let mut others = (0..self.size).filter(|column| column != row);
            others.all(|column| self.at(*row, column) > self.at(column, *row))
        };
        (0..self.size).find(beats_all)
    }
}

/// Compares all pairs. Unranked options are equal, after all that are ranked.
pub(crate) fn table(store: &Store<Ranking>, size: usize) -> Table {
    let mut cells = vec![0u64; size * size];
    let mut behind: Vec<usize> = Vec::with_capacity(size);
    for (codes, weight) in store.iter() {
        behind.clear();
        behind.extend(0..size);
        for group in ballots::groups(codes) {
            let in_group = |option: &usize| {
                let mut group = group.iter().map(|code| ballots::option_of(*code));
                group.any(|member| member == *option)
            };
            behind.retain(|option| !in_group(option));
            for code in group {
                let row = ballots::option_of(*code) * size;
                for column in &behind {
                    cells[row + column] += weight;
                }
            }
        }
    }
    Table { size, cells }
}

/// The table of all ballots, with the steps and the chart that show it.
pub(crate) fn say_table(counting: &mut Counting<'_>, store: &Store<Ranking>) -> Table {
    let size = counting.options();
    if store.iter().any(|(codes, _)| codes.len() < size) {
        counting.say_reading(Reading::UnrankedAreLast);
    }
    let table = table(store, size);
    let options = counting.election.options();
    let row = |row: usize| (0..size).map(move |column| (row, column));
    let steps = (0..size).map(|r| row(r).map(|(r, c)| counting.votes(table.at(r, c))));
    counting.steps.push(Step::Pairwise {
        options: options.to_vec(),
        table: steps.map(Iterator::collect).collect(),
    });
    let number = |(r, c): (usize, usize)| (r != c).then(|| counting.votes(table.at(r, c)).to_f64());
    counting.figures.push(Figure {
        kind: FigureKind::Matrix,
        rows: options.to_vec(),
        columns: options.iter().map(ToString::to_string).collect(),
        values: (0..size).map(|r| row(r).map(number).collect()).collect(),
    });
    let winner = table.condorcet().map(|winner| counting.name(winner));
    counting.steps.push(Step::Condorcet { winner });
    table
}

/// Groups options by who beats whom: first those whom nobody beats, then those whom none of the rest beats, and so on.
pub(crate) fn layers(size: usize, beats: impl Fn(usize, usize) -> bool) -> Vec<Vec<usize>> {
    let mut rest: Vec<usize> = (0..size).collect();
    let mut layers = Vec::new();
    while !rest.is_empty() {
        let unbeaten = |option: &usize| !rest.iter().any(|other| beats(*other, *option));
        let (mut top, below): (Vec<usize>, Vec<usize>) = rest.iter().partition(|o| unbeaten(o));
        if top.is_empty() {
            // Who beats whom is an order without circles, so that somebody is always unbeaten.
            top = below;
            rest = Vec::new();
        } else {
            rest = below;
        }
        layers.push(top);
    }
    layers
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn equal_and_unranked_options_are_not_preferred() {
        let mut store = Store::default();
        store.add_ranking(&[vec![0], vec![1, 2]], 3);
        store.add_ranking(&[vec![2]], 2);
        let table = table(&store, 4);
        assert_eq!((table.at(0, 1), table.at(1, 2), table.at(2, 1)), (3, 0, 2));
        assert_eq!((table.at(1, 3), table.at(3, 1), table.at(2, 0)), (3, 0, 2));
        assert_eq!(table.condorcet(), Some(0));
        assert_eq!(table.strength(0, 2, Strength::WinningVotes), 3);
        assert_eq!(table.strength(0, 2, Strength::Margins), 1);
        assert_eq!(table.strength(2, 0, Strength::Margins), 0);
    }

    #[test]
    fn layers_follow_who_beats_whom() {
        let beats = |a: usize, b: usize| (a, b) == (2, 0) || (a, b) == (0, 1) || (a, b) == (2, 1);
        assert_eq!(layers(4, beats), [vec![2, 3], vec![0], vec![1]]);
    }
}
