//! Compact stores of ballots: all entries in one vector, identical ones merged.

use std::hash::{BuildHasher, Hash};
use std::marker::PhantomData;

use hashbrown::HashTable;
use rustc_hash::FxBuildHasher;

/// What an entry of a store is made of.
pub(crate) trait Kind {
    /// One part of a ballot.
    type Part: Copy + Eq + Hash + Ord + std::fmt::Debug;
}

/// Options from first to last as codes; see [`EQUAL`].
#[derive(Clone, Debug)]
pub(crate) struct Ranking;

impl Kind for Ranking {
    type Part = u16;
}

/// Options with their marks, by place.
#[derive(Clone, Debug)]
pub(crate) struct Marks;

impl Kind for Marks {
    type Part = (u16, i32);
}

/// Set in a code that is ranked equal to the one before.
pub(crate) const EQUAL: u16 = 0x8000;

/// The option of a code.
pub(crate) fn option_of(code: u16) -> usize {
    usize::from(code & !EQUAL)
}

/// The groups of equally ranked codes, from first to last.
pub(crate) fn groups(codes: &[u16]) -> impl Iterator<Item = &[u16]> {
    codes.chunk_by(|_, next| next & EQUAL != 0)
}

/// Ballots and their weights, each different ballot once, in the order in which they first came.
#[derive(Clone, Debug)]
pub(crate) struct Store<K: Kind> {
    parts: Vec<K::Part>,
    entries: Vec<(usize, u64)>,
    index: HashTable<u32>,
    kind: PhantomData<K>,
    scratch: Vec<K::Part>,
}

impl<K: Kind> Default for Store<K> {
    fn default() -> Self {
        Self {
            parts: Vec::new(),
            entries: Vec::new(),
            index: HashTable::new(),
            kind: PhantomData,
            scratch: Vec::new(),
        }
    }
}

impl<K: Kind> Store<K> {
    /// How many different ballots there are.
    pub fn len(&self) -> usize {
        self.entries.len()
    }

    /// A ballot and its weight.
    pub fn get(&self, at: usize) -> (&[K::Part], u64) {
        (slice(&self.parts, &self.entries, at), self.entries[at].1)
    }

    /// All ballots with their weights.
    pub fn iter(&self) -> impl Iterator<Item = (&[K::Part], u64)> {
        (0..self.len()).map(|at| self.get(at))
    }

    fn add(&mut self, weight: u64) {
        let Self {
            parts,
            entries,
            index,
            scratch,
            ..
        } = self;
        let hash = FxBuildHasher.hash_one(&scratch[..]);
        let same = |at: &u32| slice(parts, entries, *at as usize) == &scratch[..];
        if let Some(at) = index.find(hash, same) {
            entries[*at as usize].1 += weight;
            return;
        }
        // The sum of weights is bounded below the largest u32 only in theory: 4 billion different ballots never fit
        // into memory, so that the conversion cannot lose anything.
        let at = entries.len() as u32;
        parts.extend_from_slice(scratch);
        entries.push((parts.len(), weight));
        let rehash = |at: &u32| FxBuildHasher.hash_one(slice(parts, entries, *at as usize));
        index.insert_unique(hash, at, rehash);
    }
}

fn slice<'a, P>(parts: &'a [P], entries: &[(usize, u64)], at: usize) -> &'a [P] {
    let start = if at == 0 { 0 } else { entries[at - 1].0 };
    &parts[start..entries[at].0]
}

impl Store<Ranking> {
    /// Adds a ranking of checked options; empty groups are skipped.
    pub fn add_ranking<G: AsRef<[usize]>>(&mut self, groups: &[G], weight: u64) {
        self.scratch.clear();
        for group in groups {
            let group = group.as_ref();
            let start = self.scratch.len();
            // Options are fewer than `EQUAL`, so no place can be cut off.
            self.scratch
                .extend(group.iter().map(|option| *option as u16));
            if group.len() > 1 {
                self.scratch[start..].sort_unstable();
                self.scratch[start + 1..]
                    .iter_mut()
                    .for_each(|code| *code |= EQUAL);
            }
        }
        self.add(weight);
    }

    /// The most options that stand equal on one ballot.
    pub fn largest_group(&self) -> usize {
        if !self.parts.iter().any(|code| code & EQUAL != 0) {
            return 1;
        }
        let largest = |(codes, _): (&[u16], u64)| groups(codes).map(<[u16]>::len).max();
        self.iter().filter_map(largest).max().unwrap_or(1)
    }
}

impl Store<Marks> {
    /// Adds marks of checked options.
    pub fn add_marks(&mut self, marks: &[(usize, i32)], weight: u64) {
        self.scratch.clear();
        // Options are fewer than the largest u16, so no place can be cut off.
        self.scratch
            .extend(marks.iter().map(|(option, mark)| (*option as u16, *mark)));
        self.scratch.sort_unstable();
        self.add(weight);
    }

    /// The rankings that marks mean: a higher mark is a better rank, equal marks are equal, options without a mark are unranked.
    pub fn as_rankings(&self) -> Store<Ranking> {
        let mut ranked = Store::default();
        let mut sorted: Vec<(u16, i32)> = Vec::new();
        for (marks, weight) in self.iter() {
            sorted.clear();
            sorted.extend_from_slice(marks);
            sorted.sort_by_key(|(option, mark)| (std::cmp::Reverse(*mark), *option));
            let groups = sorted.chunk_by(|a, b| a.1 == b.1);
            let groups: Vec<Vec<usize>> = groups
                .map(|group| {
                    group
                        .iter()
                        .map(|(option, _)| usize::from(*option))
                        .collect()
                })
                .collect();
            ranked.add_ranking(&groups, weight);
        }
        ranked
    }
}
