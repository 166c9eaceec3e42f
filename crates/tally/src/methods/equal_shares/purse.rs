//! Who has how much left, and which project can be paid most evenly.

use num_rational::BigRational;
use num_traits::Zero;

use crate::election::{Ballots, Election};
use crate::lot::Lot;
use crate::method::Utility;

/// Something that costs money, and who supports it.
#[derive(Debug)]
pub(super) struct Project {
    pub cost: u64,
    /// Supporting ballots, by their place in the store, and their marks.
    pub supporters: Vec<(usize, u32)>,
    /// The sum of marks × weights.
    pub support: i128,
    utility: Utility,
}

impl Project {
    pub fn new(cost: u64, utility: Utility) -> Self {
        Self {
            cost,
            supporters: Vec::new(),
            support: 0,
            utility,
        }
    }

    /// What one unit of mark is worth.
    fn worth(&self) -> BigRational {
        BigRational::from_integer(match self.utility {
            Utility::Cost => self.cost.max(1).into(),
            Utility::Marks => 1.into(),
        })
    }
}

/// A project that was bought.
#[derive(Debug)]
pub(super) struct Bought {
    pub project: usize,
    /// Money for each unit of worth, of those who pay in full; for a unit of weight.
    pub price: BigRational,
    /// The most that anybody pays, for a unit of weight.
    pub most: BigRational,
    /// The weight of its supporters.
    pub supporters: u64,
    /// Which others could have been bought at the same price, and what decided.
    pub tie: Option<(Vec<usize>, Tie)>,
}

/// What decided between projects of the same price.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Tie {
    Cost,
    Support,
    Lot,
}

/// The voters and the projects.
#[derive(Debug)]
pub(super) struct Purses<'p> {
    projects: &'p [Project],
    weights: Vec<u64>,
    lot_order: Vec<usize>,
}

impl<'p> Purses<'p> {
    pub fn new(election: &Election, projects: &'p [Project], lot: &Lot) -> Self {
        let weights = match election.ballots() {
            Ballots::Marked(store) => store.iter().map(|(_, weight)| weight).collect(),
            _ => Vec::new(),
        };
        Self {
            projects,
            weights,
            lot_order: (0..projects.len()).map(|one| lot.order(one)).collect(),
        }
    }

    /// Buys as long as supporters can pay, each voter starting with the same share for a unit of weight.
    pub fn spend(&self, share: &BigRational) -> Vec<Bought> {
        let mut left = vec![share.clone(); self.weights.len()];
        // Purses only get emptier, so that a price once found is a lower bound later.
        let mut open: Vec<(BigRational, usize)> = Vec::new();
        for (one, project) in self.projects.iter().enumerate() {
            if !project.supporters.is_empty() {
                open.push((BigRational::zero(), one));
            }
        }
        let mut bought = Vec::new();
        while let Some((price, tied)) = self.cheapest(&mut open, &left) {
            let (project, tie) = self.choose(tied);
            open.retain(|(_, other)| *other != project);
            bought.push(self.pay(project, price, tie, &mut left));
        }
        bought
    }

    /// The lowest price, and the projects that have it. Projects that cannot be paid any more are taken out.
    fn cheapest(
        &self,
        open: &mut Vec<(BigRational, usize)>,
        left: &[BigRational],
    ) -> Option<(BigRational, Vec<usize>)> {
        open.sort();
        let mut best: Option<(BigRational, Vec<usize>)> = None;
        let mut unpayable = Vec::new();
        for (bound, one) in open.iter_mut() {
            if best.as_ref().is_some_and(|(price, _)| *bound > *price) {
                break;
            }
            let Some(price) = self.price(*one, left) else {
                unpayable.push(*one);
                continue;
            };
            bound.clone_from(&price);
            match &mut best {
                Some((lowest, tied)) if *lowest == price => tied.push(*one),
                Some((lowest, _)) if *lowest < price => {}
                _ => best = Some((price, vec![*one])),
            }
        }
        open.retain(|(_, one)| !unpayable.contains(one));
        best
    }

    /// The lowest money for each unit of worth at which the supporters pay the cost together; nothing when they cannot.
    fn price(&self, one: usize, left: &[BigRational]) -> Option<BigRational> {
        let project = &self.projects[one];
        let worth = project.worth();
        let weight = |voter: usize| BigRational::from_integer(self.weights[voter].into());
        let mut payers: Vec<(BigRational, usize, BigRational)> = Vec::new();
        let mut units = BigRational::zero();
        for (voter, mark) in &project.supporters {
            let value = &worth * BigRational::from_integer((*mark).into());
            units += &value * weight(*voter);
            payers.push((&left[*voter] / &value, *voter, value));
        }
        payers.sort();
        let mut missing = BigRational::from_integer(project.cost.into());
        for (limit, voter, value) in payers {
            let price = &missing / &units;
            if price <= limit {
                return Some(price);
            }
            missing -= &left[voter] * weight(voter);
            units -= value * weight(voter);
        }
        None
    }

    /// Of projects with the same price: the cheaper one, then the one with more support, then by lot.
    fn choose(&self, mut tied: Vec<usize>) -> (usize, Option<(Vec<usize>, Tie)>) {
        let key = |one: &usize| {
            let support = std::cmp::Reverse(self.projects[*one].support);
            (self.projects[*one].cost, support, self.lot_order[*one])
        };
        tied.sort_by_key(key);
        let first = tied[0];
        let tie = tied.get(1).map(|second| {
            let (one, other) = (key(&first), key(second));
            if one.0 != other.0 {
                Tie::Cost
            } else if one.1 != other.1 {
                Tie::Support
            } else {
                Tie::Lot
            }
        });
        (first, tie.map(|tie| (tied, tie)))
    }

    fn pay(
        &self,
        one: usize,
        price: BigRational,
        tie: Option<(Vec<usize>, Tie)>,
        left: &mut [BigRational],
    ) -> Bought {
        let project = &self.projects[one];
        let worth = project.worth();
        let mut most = BigRational::zero();
        let mut supporters = 0;
        for (voter, mark) in &project.supporters {
            let full = &price * &worth * BigRational::from_integer((*mark).into());
            let paid = full.min(left[*voter].clone());
            left[*voter] -= &paid;
            supporters += self.weights[*voter];
            most = most.max(paid);
        }
        Bought {
            project: one,
            price,
            most,
            supporters,
            tie,
        }
    }
}
