//! How a metric stands: its target's path, whether it is on it, where it is heading, and whether it is up to date.
//! Pure rules: what they are told is all they know.

mod freshness;
mod status;
#[cfg(test)]
mod tests;
mod trend;

pub use freshness::{Freshness, freshness};
pub use status::{Standing, attainment, behind, expected, standing};
pub use trend::{Trend, trend};
