//! Made-up but repeatable variation: the same demo on every machine.

/// A linear congruential generator (Knuth's MMIX constants). Not for secrets.
pub struct Chance(u64);

impl Chance {
    pub fn new(seed: u64) -> Self {
        Self(seed)
    }

    /// A number from 0 up to, not including, `bound`.
    pub fn below(&mut self, bound: u64) -> u64 {
        self.0 = self
            .0
            .wrapping_mul(6_364_136_223_846_793_005)
            .wrapping_add(1_442_695_040_888_963_407);
        (self.0 >> 33) % bound.max(1)
    }

    /// `usual`, give or take up to a fifth.
    pub fn around(&mut self, usual: i64) -> i64 {
        let spread = usual * 2 / 5;
        usual - usual / 5 + self.below(u64::try_from(spread).unwrap_or(0) + 1) as i64
    }
}
