//! Sharing votes out by keep factors. Ballots with the same beginning pass on the same part of a vote, so they are walked through
//! together, as a tree that grows only where votes go.

use std::borrow::Cow;

use super::WHOLE;
use crate::ballots::{self, Ranking, Store};

/// Ballots and keep factors.
pub(crate) struct Sharing<'s> {
    store: Cow<'s, Store<Ranking>>,
    keep: Vec<u64>,
    /// Nothing when ballots rank options equally: then each ballot is walked through by itself.
    tree: Option<Tree>,
}

impl<'s> Sharing<'s> {
    pub fn new(store: &'s Store<Ranking>, options: usize) -> Self {
        let tree = (store.largest_group() == 1).then(|| Tree::new(store));
        Self {
            store: Cow::Borrowed(store),
            keep: vec![WHOLE; options],
            tree,
        }
    }

    /// The part that an option keeps.
    pub fn keep(&self, option: usize) -> u64 {
        self.keep[option]
    }

    /// Sets an elected option's factor to factor × quota ÷ votes, each rounded up to nine decimals.
    pub fn adjust(&mut self, option: usize, quota: i128, votes: i128) {
        let whole = i128::from(WHOLE);
        let product = divide_up(i128::from(self.keep[option]) * quota, whole);
        let keep = divide_up(product * whole, votes.max(1));
        // An elected option has at least the quota, so that its factor never grows above one.
        self.keep[option] = u64::try_from(keep).unwrap_or(WHOLE).min(WHOLE);
    }

    /// Takes an option out of all ballots, and merges those that are then the same.
    pub fn remove(&mut self, option: usize) {
        self.keep[option] = 0;
        let mut rest = Store::default();
        let mut kept: Vec<Vec<usize>> = Vec::new();
        for (codes, weight) in self.store.iter() {
            if self.tree.is_some() {
                let stays = |code: &&u16| ballots::option_of(**code) != option;
                let stays = codes
                    .iter()
                    .filter(stays)
                    .map(|code| [ballots::option_of(*code)]);
                rest.add_ranking(&stays.collect::<Vec<_>>(), weight);
                continue;
            }
            kept.clear();
            for group in ballots::groups(codes) {
                let stays = group.iter().map(|code| ballots::option_of(*code));
                let stays: Vec<usize> = stays.filter(|other| *other != option).collect();
                if !stays.is_empty() {
                    kept.push(stays);
                }
            }
            rest.add_ranking(&kept, weight);
        }
        if self.tree.is_some() {
            self.tree = Some(Tree::new(&rest));
        }
        self.store = Cow::Owned(rest);
    }

    /// The votes of each option, in billionths.
    pub fn share_out(&mut self, votes: &mut [i128]) {
        votes.fill(0);
        match &mut self.tree {
            Some(tree) => tree.share_out(&self.store, &self.keep, votes),
            None => {
                for (codes, weight) in self.store.iter() {
                    walk(codes, weight, &self.keep, votes);
                }
            }
        }
    }
}

fn divide_up(a: i128, b: i128) -> i128 {
    (a + b - 1) / b
}

/// What an option keeps of a part of a vote, rounded up. Both are at most a billion, so that the product fits.
fn kept(part: u64, keep: u64) -> u64 {
    (part * keep).div_ceil(WHOLE)
}

/// One ballot. Equal options get equal parts of what arrives (cut to nine decimals); what they do not keep goes on.
fn walk(codes: &[u16], weight: u64, keep: &[u64], votes: &mut [i128]) {
    let mut part = WHOLE;
    for group in ballots::groups(codes) {
        let each = part / group.len() as u64;
        part = 0;
        for code in group {
            let option = ballots::option_of(*code);
            let kept = kept(each, keep[option]);
            votes[option] += i128::from(kept) * i128::from(weight);
            part += each - kept;
        }
        if part == 0 {
            break;
        }
    }
}

/// Ballots by their beginnings.
struct Tree {
    /// Ballots, sorted as far as the tree has grown.
    order: Vec<u32>,
    nodes: Vec<Node>,
}

struct Node {
    option: u16,
    depth: u16,
    /// Its ballots, as a range of the order.
    start: u32,
    end: u32,
    weight: u64,
    /// Its children, as a range of nodes; nothing as long as no vote went beyond it.
    children: Option<(u32, u32)>,
}

impl Tree {
    fn new(store: &Store<Ranking>) -> Self {
        // The number of different ballots is kept in 32 bits by the store.
        let end = store.len() as u32;
        let root = Node {
            option: 0,
            depth: 0,
            start: 0,
            end,
            weight: 0,
            children: None,
        };
        Self {
            order: (0..end).collect(),
            nodes: vec![root],
        }
    }

    fn share_out(&mut self, store: &Store<Ranking>, keep: &[u64], votes: &mut [i128]) {
        let mut open = vec![(0u32, WHOLE)];
        while let Some((node, part)) = open.pop() {
            let (from, to) = match self.nodes[node as usize].children {
                Some(range) => range,
                None => self.grow(node, store),
            };
            for child in from..to {
                let Node { option, weight, .. } = self.nodes[child as usize];
                let kept = kept(part, keep[usize::from(option)]);
                votes[usize::from(option)] += i128::from(kept) * i128::from(weight);
                if kept < part {
                    open.push((child, part - kept));
                }
            }
        }
    }

    /// Sorts a node's ballots by their next choice, and makes a node of each.
    fn grow(&mut self, node: u32, store: &Store<Ranking>) -> (u32, u32) {
        let Node {
            depth, start, end, ..
        } = self.nodes[node as usize];
        let next = |ballot: &u32| {
            let codes = store.get(*ballot as usize).0;
            codes.get(usize::from(depth)).copied()
        };
        let order = &mut self.order[start as usize..end as usize];
        order.sort_unstable_by_key(next);
        let first = self.nodes.len() as u32;
        let mut at = start;
        for group in order.chunk_by(|a, b| next(a) == next(b)) {
            let from = at;
            at += group.len() as u32;
            let Some(option) = next(&group[0]) else {
                continue;
            };
            let weights = group.iter().map(|ballot| store.get(*ballot as usize).1);
            self.nodes.push(Node {
                option,
                depth: depth + 1,
                start: from,
                end: at,
                weight: weights.sum(),
                children: None,
            });
        }
        let range = (first, self.nodes.len() as u32);
        self.nodes[node as usize].children = Some(range);
        range
    }
}
