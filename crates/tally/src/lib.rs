//! Counting ballots. Pure: no database, clock, randomness or language. See the README for the rules of each method.
//!
//! Put options and ballots into an [`Election`], pick a [`Method`], and [`count`] it into a [`Tally`]: winners, ranking with ties, the
//! [`Step`]s that led there, and figures for charts. Every number in a step is exact.

pub mod amount;
mod ballots;
mod counting;
mod election;
pub mod english;
mod error;
pub mod files;
mod lot;
mod method;
mod methods;
mod step;
mod tally;

pub use amount::Amount;
pub use election::{Election, MOST_OPTIONS, MOST_WEIGHT, MOST_WEIGHT_PLACES, OptionName};
pub use error::TallyError;
pub use method::{
    Base, Completion, Consent, DEFAULT_SEED, Dots, EqualShares, Gradients, Method, PassRule, Quota,
    Rules, Scale, Stance, Strength, Threshold, Utility,
};
pub use step::{Count, Counted, Elected, Pair, Path, Reading, Step, TieRule};
pub use tally::{Figure, FigureKind, Tally};

use counting::{Counting, Found, check_seats};

/// Counts an election.
///
/// # Errors
/// When the ballots are of the wrong kind for the method, or a setting is impossible; the text says what to do.
pub fn count(method: &Method, election: &Election, rules: &Rules) -> Result<Tally, TallyError> {
    let places = options_after_withdrawals(method, election);
    let standing = election.standing()?;
    let method = places.as_ref().unwrap_or(method);
    let mut counting = Counting::new(&standing, rules);
    let withdrawn = (0..election.options().len()).filter(|option| election.is_withdrawn(*option));
    let withdrawn = withdrawn.map(|option| election.options()[option].clone());
    counting.steps.push(Step::Ballots {
        cast: counting.votes(standing.weight()),
        blank: counting.votes(standing.blank_weight()),
        options: standing.options().to_vec(),
        withdrawn: withdrawn.collect(),
    });
    if !matches!(method, Method::EqualShares(_)) {
        check_seats(rules.seats, standing.options().len())?;
    }
    let found = methods::run(method, &mut counting)?;
    Ok(conclude(method, counting, found))
}

/// Settings that speak of options by place, after some were withdrawn; nothing when none was.
fn options_after_withdrawals(method: &Method, election: &Election) -> Option<Method> {
    let stands = |option: &usize| !election.is_withdrawn(*option);
    let all = election.options().len();
    if (0..all).all(|option| stands(&option)) {
        return None;
    }
    let moved = |option: usize| (0..option).filter(stands).count();
    let mut method = method.clone();
    match &mut method {
        Method::Majority(rule) | Method::Supermajority(rule) => {
            rule.abstain = rule.abstain.filter(stands).map(moved);
        }
        Method::Consent(consent) if consent.stances.len() == all => {
            let stances = consent.stances.iter().enumerate();
            let kept = stances.filter(|(option, _)| stands(option));
            consent.stances = kept.map(|(_, stance)| *stance).collect();
        }
        Method::Gradients(levels) => {
            let (top, bottom) = (levels.support.min(all), all - levels.block.min(all));
            levels.support = moved(top);
            levels.block = (bottom..all).filter(stands).count();
        }
        _ => {}
    }
    Some(method)
}

/// Draws the line between those who win and those who do not, and ends the steps.
fn conclude(method: &Method, mut counting: Counting<'_>, found: Found) -> Tally {
    let Found {
        mut ranking,
        winners,
    } = found;
    let winners = winners.unwrap_or_else(|| {
        let mut winners = Vec::new();
        let mut open = counting.rules.seats;
        let mut at = 0;
        while open > 0 && at < ranking.len() {
            if ranking[at].len() > open {
                settle(&mut counting, &mut ranking, at, open);
            }
            winners.extend_from_slice(&ranking[at]);
            open = open.saturating_sub(ranking[at].len());
            at += 1;
        }
        winners
    });
    counting.steps.push(Step::Result {
        winners: counting.names(&winners),
    });
    Tally {
        method: method.name().to_owned(),
        winners: counting.names(&winners),
        ranking: ranking.iter().map(|group| counting.names(group)).collect(),
        steps: counting.steps,
        figures: counting.figures,
    }
}

/// More options are tied than there are seats: the lot decides where a seed was given, otherwise the tie stands.
fn settle(counting: &mut Counting<'_>, ranking: &mut Vec<Vec<usize>>, at: usize, seats: usize) {
    let between = counting.names(&ranking[at]);
    if counting.rules.seed.is_none() {
        counting.steps.push(Step::TieStands { between, seats });
        return;
    }
    let mut drawn = ranking[at].clone();
    drawn.sort_by_key(|option| counting.lot.order(*option));
    let behind = drawn.split_off(seats);
    counting.steps.push(Step::TieBroken {
        between,
        ahead: counting.names(&drawn),
        by: counting.lot.rule(),
    });
    ranking[at] = drawn;
    ranking.insert(at + 1, behind);
}
