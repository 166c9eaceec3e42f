//! Consent: a proposal passes when nobody objects.

use crate::TallyError;
use crate::counting::{Counting, Found, by_value};
use crate::method::{Consent, Stance};
use crate::step::{Counted, Step};

/// With consent, the options that agree are the winners; without, none.
pub(crate) fn run(counting: &mut Counting<'_>, rule: &Consent) -> Result<Found, TallyError> {
    if rule.stances.len() != counting.options() {
        return Err(TallyError::Setting(format!(
            "consent needs to know what each option means: there are {} options and {} meanings",
            counting.options(),
            rule.stances.len()
        )));
    }
    for needed in [Stance::Agree, Stance::Object] {
        if !rule.stances.contains(&needed) {
            return Err(TallyError::Setting(
                "consent needs an option to agree and one to object; say which they are".to_owned(),
            ));
        }
    }
    let (firsts, without) = counting.first_choices();
    let numbers: Vec<i128> = firsts.iter().map(|weight| i128::from(*weight)).collect();
    counting.say_counts(Counted::FirstChoices, &numbers);
    let of = |stance: Stance| -> u64 {
        let pairs = firsts.iter().zip(&rule.stances);
        pairs.filter(|(_, s)| **s == stance).map(|(w, _)| *w).sum()
    };
    let (agree, object) = (of(Stance::Agree), of(Stance::Object));
    counting.steps.push(Step::Stances {
        agree: counting.votes(agree),
        stand_aside: counting.votes(of(Stance::StandAside)),
        abstain: counting.votes(of(Stance::Abstain) + without),
        object: counting.votes(object),
    });
    let given = agree > 0 && object <= rule.objections_allowed;
    counting.steps.push(Step::Consent {
        given,
        object: counting.votes(object),
        allowed: counting.votes(rule.objections_allowed),
        nobody_agrees: agree == 0,
    });
    let ranking = by_value(&numbers);
    let agrees = |option: &usize| given && rule.stances[*option] == Stance::Agree;
    let winners = ranking.iter().flatten().copied().filter(agrees).collect();
    Ok(Found {
        ranking,
        winners: Some(winners),
    })
}
