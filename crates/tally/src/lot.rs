//! Ties: first by a rule of the method, then by a lot that anyone can draw again.

use sha2::{Digest, Sha256};

use crate::election::OptionName;
use crate::step::TieRule;

/// The order of the lot: the smaller the SHA-256 of `seed:name`, the earlier. Does not depend on the order of options or ballots.
#[derive(Debug)]
pub(crate) struct Lot {
    /// The seed.
    pub seed: String,
    order: Vec<usize>,
}

impl Lot {
    /// Draws the lot for all options.
    pub fn draw(seed: &str, options: &[OptionName]) -> Self {
        let digest = |name: &OptionName| Sha256::digest(format!("{seed}:{name}").as_bytes());
        let mut drawn: Vec<usize> = (0..options.len()).collect();
        drawn.sort_by_cached_key(|place| digest(&options[*place]));
        let mut order = vec![0; options.len()];
        for (position, place) in drawn.into_iter().enumerate() {
            order[place] = position;
        }
        Self {
            seed: seed.to_owned(),
            order,
        }
    }

    /// The place of an option in the lot, from 0.
    pub fn order(&self, option: usize) -> usize {
        self.order[option]
    }

    /// The rule for a step.
    pub fn rule(&self) -> TieRule {
        TieRule::Lot {
            seed: self.seed.clone(),
        }
    }
}

/// Which one is sought among those tied.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Seek {
    /// The one with the most.
    Highest,
    /// The one with the least.
    Lowest,
}

/// Decides between tied options by the latest earlier round in which they differ, then by the lot (which lets the earlier drawn go
/// ahead). Gives the one that is sought, and the rule that decided.
pub(crate) fn by_earlier_round<V: Ord + Copy>(
    tied: &[usize],
    history: &[Vec<V>],
    seek: Seek,
    lot: &Lot,
) -> Option<(usize, TieRule)> {
    let mut tied = tied.to_vec();
    for (number, round) in history.iter().enumerate().rev() {
        let values = tied.iter().map(|option| round[*option]);
        let sought = match seek {
            Seek::Highest => values.max(),
            Seek::Lowest => values.min(),
        };
        tied.retain(|option| Some(round[*option]) == sought);
        if let [one] = tied[..] {
            return Some((one, TieRule::EarlierRound { round: number + 1 }));
        }
    }
    let one = match seek {
        Seek::Highest => tied.into_iter().min_by_key(|option| lot.order(*option)),
        Seek::Lowest => tied.into_iter().max_by_key(|option| lot.order(*option)),
    };
    one.map(|one| (one, lot.rule()))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn names() -> Vec<OptionName> {
        ["a", "b", "c"].map(OptionName::from).to_vec()
    }

    #[test]
    fn the_lot_can_be_drawn_by_hand() {
        // `printf %s 7:a | sha256sum` begins with 82d9d6, 7:b with ec2ad6, 7:c with 18ec66.
        let lot = Lot::draw("7", &names());
        assert_eq!([lot.order(0), lot.order(1), lot.order(2)], [1, 2, 0]);
    }

    #[test]
    fn an_earlier_round_decides_before_the_lot() {
        let lot = Lot::draw("x", &names());
        let history = [vec![1, 2, 3], vec![5, 5, 4]];
        let low = by_earlier_round(&[0, 1], &history, Seek::Lowest, &lot);
        assert_eq!(low, Some((0, TieRule::EarlierRound { round: 1 })));
        let high = by_earlier_round(&[0, 1, 2], &history, Seek::Highest, &lot);
        assert_eq!(high, Some((1, TieRule::EarlierRound { round: 1 })));
    }

    #[test]
    fn the_lot_decides_when_no_round_does() {
        let lot = Lot::draw("x", &names());
        let low = by_earlier_round::<i32>(&[0, 1, 2], &[], Seek::Lowest, &lot);
        let last = (0..3).find(|option| lot.order(*option) == 2);
        assert_eq!(low, last.map(|last| (last, lot.rule())));
        assert_eq!(by_earlier_round::<i32>(&[], &[], Seek::Lowest, &lot), None);
    }
}
