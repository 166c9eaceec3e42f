//! The methods, one a file.

mod borda;
mod choice;
mod consent;
mod dots;
mod gradients;
mod irv;
mod pairwise;
mod ranked_pairs;
mod schulze;
mod score;
mod star;

use crate::TallyError;
use crate::counting::{Counting, Found};
use crate::method::Method;

/// Runs a method.
pub(crate) fn run(method: &Method, counting: &mut Counting<'_>) -> Result<Found, TallyError> {
    match method {
        Method::Count => Ok(choice::count(counting)),
        Method::Majority(rule) | Method::Supermajority(rule) => choice::pass(counting, rule),
        Method::Consent(rule) => consent::run(counting, rule),
        Method::Gradients(rule) => gradients::run(counting, rule),
        Method::Approval => Ok(score::approval(counting)),
        Method::Score(scale) => score::score(counting, *scale),
        Method::Dots(dots) => dots::run(counting, *dots),
        Method::Schulze { strength } => Ok(schulze::run(counting, *strength)),
        Method::RankedPairs { strength } => Ok(ranked_pairs::run(counting, *strength)),
        Method::Irv => irv::run(counting),
        Method::Borda => Ok(borda::run(counting)),
        Method::Star(scale) => star::run(counting, *scale),
        _ => Err(TallyError::Setting(format!(
            "{} is not counted yet",
            method.name()
        ))),
    }
}
