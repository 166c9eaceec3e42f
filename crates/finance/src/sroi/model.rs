//! What people enter: inputs, outcomes, and the range each assumption may lie in.

use crate::cash_flow::Convention;
use rust_decimal::Decimal;
use serde::{Deserialize, Serialize};

/// The lowest plausible value, the best estimate and the highest plausible value of one assumption, as numbers.
///
/// Which end is the bad one depends on the assumption (much deadweight lowers the result, a high quantity raises
/// it); the scenarios know, so the ends may be given in either order. The base lies between them.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct Range<T = Decimal> {
    /// One end.
    pub low: T,
    /// The best estimate.
    pub base: T,
    /// The other end.
    pub high: T,
}

impl<T: Copy + Ord> Range<T> {
    /// No uncertainty: all three are `value`.
    pub fn exactly(value: T) -> Self {
        Self {
            low: value,
            base: value,
            high: value,
        }
    }

    /// A range.
    pub fn new(low: T, base: T, high: T) -> Self {
        Self { low, base, high }
    }

    /// The smaller end.
    pub fn smallest(&self) -> T {
        self.low.min(self.high)
    }

    /// The larger end.
    pub fn largest(&self) -> T {
        self.low.max(self.high)
    }

    /// Whether the ends differ.
    pub fn is_uncertain(&self) -> bool {
        self.low != self.high
    }
}

/// Something put in: money, or time and goods at their value.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Input {
    /// Identifies it within the model, in steps and problems.
    pub id: String,
    /// As people call it.
    pub name: String,
    /// Its value in the model's currency; not negative.
    pub amount: Range,
    /// The year it is put in, from 0.
    pub year: u16,
}

/// A change for people, with what it is worth and how much of it is ours.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Outcome {
    /// Identifies it within the model, in steps and problems.
    pub id: String,
    /// As people call it.
    pub name: String,
    /// How many units of change a year; not negative.
    pub quantity: Range,
    /// What one unit is worth a year, in the model's currency; not negative.
    pub proxy: Range,
    /// Percent that would have happened anyway.
    pub deadweight: Range,
    /// Percent that only moved elsewhere.
    pub displacement: Range,
    /// Percent that others brought about.
    pub attribution: Range,
    /// Percent by which it wears off each year after its first.
    pub drop_off: Range,
    /// Years it lasts; at least 1.
    pub duration: Range<u16>,
    /// The year it begins, from 0.
    pub start_year: u16,
}

/// A value model: what was put in, what came of it, and how it is counted.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct ValueModel {
    /// What is put in.
    pub inputs: Vec<Input>,
    /// What comes of it.
    pub outcomes: Vec<Outcome>,
    /// Percent a year.
    pub discount_rate: Range,
    /// Which year is discounted; see the module's note on timing.
    pub convention: Convention,
    /// Years that are counted, from year 0; what lies beyond is left out.
    pub horizon: u16,
}
