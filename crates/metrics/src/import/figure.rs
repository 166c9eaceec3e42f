//! One figure of a file, checked and ready to be written.

use std::hash::{Hash, Hasher};

use backbone_ingest::period::Period;
use rust_decimal::Decimal;

use super::ImportId;

/// Bits of an identifier that tell the entry of a row; a row has at most 1,024 columns.
const ENTRY_BITS: u32 = 11;
/// Bits that tell the line.
const LINE_BITS: u32 = 25;

/// A figure with everything that names it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Figure {
    /// Line of the file.
    pub line: u64,
    /// Which of the row's figures, from 0.
    pub entry: u32,
    /// Index among the plan's metrics.
    pub metric: usize,
    /// The organization's identifier; empty for the partnership as a whole.
    pub organization: String,
    pub period: Period,
    /// Canonical JSON of the dimensions; empty for the total.
    pub dimensions: String,
    pub value: Decimal,
    pub parts: Option<(Decimal, Decimal)>,
    pub source: String,
    pub note: String,
}

impl Figure {
    /// A hash of what names it: metric, organization, period and dimensions. Two different ones collide once in 2^128.
    pub fn key(&self) -> u128 {
        let half = |salt: u8| {
            let mut hasher = std::hash::DefaultHasher::new();
            (
                salt,
                self.metric,
                &self.organization,
                self.period,
                &self.dimensions,
            )
                .hash(&mut hasher);
            u128::from(hasher.finish())
        };
        half(0) << 64 | half(1)
    }

    /// Its identifier: a UUIDv7 of the moment of the import whose lower bits are the place in the file. So an import's figures
    /// lie side by side, in the order of the file, and are found again without a list of them.
    pub fn id(&self, import: &ImportId) -> String {
        let place = self.line << ENTRY_BITS | u64::from(self.entry);
        place_id(import, place)
    }
}

/// First and last identifier that an import can give.
pub(crate) fn id_range(import: &ImportId) -> (String, String) {
    let last = (1 << (LINE_BITS + ENTRY_BITS)) - 1;
    (place_id(import, 0), place_id(import, last))
}

fn place_id(import: &ImportId, place: u64) -> String {
    let bits = u128::from(place) & ((1 << (LINE_BITS + ENTRY_BITS)) - 1);
    let mask = !((1_u128 << (LINE_BITS + ENTRY_BITS)) - 1);
    // An ImportId is a UUID by construction.
    let base = uuid::Uuid::parse_str(import.as_str())
        .unwrap_or_default()
        .as_u128();
    uuid::Uuid::from_u128(base & mask | bits).to_string()
}
