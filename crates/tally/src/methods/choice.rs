//! One choice a ballot: counting, majority, supermajority.

use crate::TallyError;
use crate::counting::{Counting, Found, by_value};
use crate::method::{Base, PassRule};
use crate::step::{Counted, Step};

/// The most first choices win.
pub(crate) fn count(counting: &mut Counting<'_>) -> Found {
    let (firsts, _) = counting.first_choices();
    let firsts: Vec<i128> = firsts.into_iter().map(i128::from).collect();
    counting.say_counts(Counted::FirstChoices, &firsts);
    Found::ranked(by_value(&firsts))
}

/// The options that reach the part that is needed win.
pub(crate) fn pass(counting: &mut Counting<'_>, rule: &PassRule) -> Result<Found, TallyError> {
    rule.threshold.check()?;
    let options = counting.options();
    if rule.abstain.is_some_and(|option| option >= options) {
        return Err(TallyError::Setting(format!(
            "the option for abstaining is number {}, but there are {options}; name one that is there",
            rule.abstain.map_or(0, |option| option + 1)
        )));
    }
    let (firsts, without) = counting.first_choices();
    let numbers: Vec<i128> = firsts.iter().map(|weight| i128::from(*weight)).collect();
    counting.say_counts(Counted::FirstChoices, &numbers);
    let abstained = without + rule.abstain.map_or(0, |option| firsts[option]);
    let base = match rule.of {
        Base::Cast => counting.election.weight() - abstained,
        Base::Present => counting.election.weight(),
        Base::Eligible(eligible) if eligible >= counting.election.weight() => eligible,
        Base::Eligible(eligible) => {
            return Err(TallyError::Setting(format!(
                "{} voted, but only {} may vote; correct the number of those who may",
                counting.votes(counting.election.weight()),
                counting.votes(eligible)
            )));
        }
    };
    counting.steps.push(Step::Abstained {
        amount: counting.votes(abstained),
        counted: !matches!(rule.of, Base::Cast),
    });
    counting.steps.push(Step::Needed {
        threshold: rule.threshold,
        of: rule.of,
        base: counting.votes(base),
    });
    let ranking = by_value(&numbers);
    let mut winners = Vec::new();
    for option in ranking.iter().flatten().copied() {
        if rule.abstain == Some(option) {
            continue;
        }
        let passes = rule.threshold.is_met(firsts[option], base);
        counting.steps.push(Step::Measured {
            option: counting.name(option),
            amount: counting.votes(firsts[option]),
            base: counting.votes(base),
            passes,
        });
        if passes {
            winners.push(option);
        }
    }
    if winners.is_empty() {
        counting.steps.push(Step::NothingPasses);
    }
    Ok(Found {
        ranking,
        winners: Some(winners),
    })
}
