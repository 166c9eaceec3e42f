//! A meeting time: marks of 2 (suits well), 1 (if need be), 0 (cannot).

use crate::TallyError;
use crate::counting::{Counting, Found};
use crate::election::Ballots;
use crate::step::{Counted, Step, TieRule};

/// "Suits well".
const WELL: i32 = 2;

/// The time that most can make wins; then the one that suits more well; then the one that comes first in the list.
pub(crate) fn run(counting: &mut Counting<'_>) -> Result<Found, TallyError> {
    let size = counting.options();
    let (mut can, mut well) = (vec![0i128; size], vec![0i128; size]);
    match counting.election.ballots() {
        Ballots::None => {}
        Ballots::Ranked(_) => return Err(TallyError::NeedsMarks { method: "meeting" }),
        Ballots::Marked(store) => {
            for (marks, weight) in store.iter() {
                for (option, mark) in marks {
                    let option = usize::from(*option);
                    if *mark < 0 || *mark > WELL {
                        return Err(TallyError::OffScale {
                            option: counting.name(option).to_string(),
                            mark: i64::from(*mark),
                            lowest: 0,
                            highest: i64::from(WELL),
                        });
                    }
                    can[option] += if *mark > 0 { i128::from(weight) } else { 0 };
                    well[option] += if *mark == WELL { i128::from(weight) } else { 0 };
                }
            }
        }
    }
    counting.say_counts(Counted::CanCome, &can);
    counting.say_counts(Counted::SuitsWell, &well);
    let mut order: Vec<usize> = (0..size).collect();
    order.sort_by_key(|option| (std::cmp::Reverse((can[*option], well[*option])), *option));
    say_ties(counting, &order, &can, &well);
    Ok(Found::ranked(
        order.into_iter().map(|one| vec![one]).collect(),
    ))
}

/// Says which rule decided between the last that wins and the first that does not.
fn say_ties(counting: &mut Counting<'_>, order: &[usize], can: &[i128], well: &[i128]) {
    let seats = counting.rules.seats;
    let Some(line) = order.get(seats).copied().filter(|_| seats > 0) else {
        return;
    };
    let last = order[seats - 1];
    if can[last] != can[line] {
        return;
    }
    let tied = order
        .iter()
        .copied()
        .filter(|option| can[*option] == can[line]);
    let tied: Vec<usize> = tied.collect();
    let ahead = order[..seats].iter().copied().filter(|o| tied.contains(o));
    let ahead: Vec<usize> = ahead.collect();
    counting.steps.push(Step::TieBroken {
        between: counting.names(&tied),
        ahead: counting.names(&ahead),
        by: if well[last] == well[line] {
            TieRule::EarlierInList
        } else {
            TieRule::SuitsMoreWell
        },
    });
}
