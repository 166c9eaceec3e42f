//! Dots: each ballot spreads up to a number of them.

use crate::TallyError;
use crate::counting::{Counting, Found, by_value, times};
use crate::election::Ballots;
use crate::method::Dots;
use crate::step::Counted;

/// The most dots win. A ballot that spends too many is refused, not cut down: nobody knows which dots were meant.
pub(crate) fn run(counting: &mut Counting<'_>, rule: Dots) -> Result<Found, TallyError> {
    let mut sums = vec![0i128; counting.options()];
    match counting.election.ballots() {
        Ballots::None => {}
        Ballots::Ranked(_) => return Err(TallyError::NeedsMarks { method: "dots" }),
        Ballots::Marked(store) => {
            for (marks, weight) in store.iter() {
                check(counting, marks, rule)?;
                for (option, dots) in marks {
                    sums[usize::from(*option)] += times(weight, *dots);
                }
            }
        }
    }
    counting.say_counts(Counted::Dots, &sums);
    Ok(Found::ranked(by_value(&sums)))
}

fn check(counting: &Counting<'_>, marks: &[(u16, i32)], rule: Dots) -> Result<(), TallyError> {
    let mut spent = 0u64;
    for (option, dots) in marks {
        let Ok(dots) = u32::try_from(*dots) else {
            return Err(TallyError::OffScale {
                option: counting.name(usize::from(*option)).to_string(),
                mark: i64::from(*dots),
                lowest: 0,
                highest: i64::from(rule.dots),
            });
        };
        spent += u64::from(dots);
    }
    if spent > u64::from(rule.dots) {
        return Err(TallyError::OverSpent {
            spent,
            dots: rule.dots,
        });
    }
    Ok(())
}
