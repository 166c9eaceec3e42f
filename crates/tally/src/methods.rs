//! The methods, one a file.

mod borda;
mod choice;
mod consent;
mod dots;
mod equal_shares;
mod gradients;
mod irv;
mod meek;
mod meeting;
mod pairwise;
mod ranked_pairs;
mod schulze;
mod score;
mod scottish;
mod seats;
mod star;

use crate::TallyError;
use crate::counting::{Counting, Found};
use crate::method::Method;

/// The most options that are compared with one another: more would take hours and gigabytes.
const MOST_COMPARED: usize = 300;

/// Runs a method.
pub(crate) fn run(method: &Method, counting: &mut Counting<'_>) -> Result<Found, TallyError> {
    let compares = matches!(
        method,
        Method::Schulze { .. } | Method::RankedPairs { .. } | Method::Star(_)
    );
    if compares && counting.options() > MOST_COMPARED {
        return Err(TallyError::TooManyOptions {
            found: counting.options(),
            most: MOST_COMPARED,
        });
    }
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
        Method::EqualShares(rule) => equal_shares::run(counting, *rule),
        Method::ScottishStv { quota } => scottish::run(counting, *quota),
        Method::MeekStv { quota } => meek::run(counting, *quota),
        Method::MeetingPoll => meeting::run(counting),
    }
}
