//! Approval (checks) and score (sums of marks).

use crate::TallyError;
use crate::counting::{Counting, Found, by_value, times};
use crate::election::Ballots;
use crate::method::Scale;
use crate::step::{Counted, Reading};
use crate::tally::{Figure, FigureKind};

/// The most checks win. Of rankings, all ranked options are checked; of marks, all above zero.
pub(crate) fn approval(counting: &mut Counting<'_>) -> Found {
    let mut checks = vec![0i128; counting.options()];
    match counting.election.ballots() {
        Ballots::None => {}
        Ballots::Ranked(store) => {
            counting.say_reading(Reading::RankedMeansChecked);
            for (codes, weight) in store.iter() {
                for code in codes {
                    checks[crate::ballots::option_of(*code)] += i128::from(weight);
                }
            }
        }
        Ballots::Marked(store) => {
            counting.say_reading(Reading::MarkedMeansChecked);
            for (marks, weight) in store.iter() {
                for (option, _) in marks.iter().filter(|(_, mark)| *mark > 0) {
                    checks[usize::from(*option)] += i128::from(weight);
                }
            }
        }
    }
    counting.say_counts(Counted::Checks, &checks);
    Found::ranked(by_value(&checks))
}

/// The highest sum of marks wins.
pub(crate) fn score(counting: &mut Counting<'_>, scale: Scale) -> Result<Found, TallyError> {
    let sums = sums(counting, scale, "score")?;
    counting.say_counts(Counted::Marks, &sums);
    say_distribution(counting, scale);
    Ok(Found::ranked(by_value(&sums)))
}

/// Sums of marks; every mark has to be on the scale. No mark is zero, so the scale has to hold zero when one is missing.
pub(crate) fn sums(
    counting: &mut Counting<'_>,
    scale: Scale,
    method: &'static str,
) -> Result<Vec<i128>, TallyError> {
    if scale.lowest >= scale.highest {
        return Err(TallyError::Setting(format!(
            "a scale from {} to {} has no room for marks; the highest has to be above the lowest",
            scale.lowest, scale.highest
        )));
    }
    let mut sums = vec![0i128; counting.options()];
    let store = match counting.election.ballots() {
        Ballots::None => return Ok(sums),
        Ballots::Ranked(_) => return Err(TallyError::NeedsMarks { method }),
        Ballots::Marked(store) => store,
    };
    let mut complete = counting.election.blank_weight() == 0;
    for (marks, weight) in store.iter() {
        complete &= marks.len() == sums.len();
        for (option, mark) in marks {
            if *mark < scale.lowest || *mark > scale.highest {
                return Err(TallyError::OffScale {
                    option: counting.name(usize::from(*option)).to_string(),
                    mark: i64::from(*mark),
                    lowest: i64::from(scale.lowest),
                    highest: i64::from(scale.highest),
                });
            }
            sums[usize::from(*option)] += times(weight, *mark);
        }
    }
    if !complete {
        counting.say_reading(Reading::NoMarkIsZero);
    }
    Ok(sums)
}

/// How many gave each mark, for scales that fit a chart.
pub(crate) fn say_distribution(counting: &mut Counting<'_>, scale: Scale) {
    const MOST_PARTS: i64 = 11;
    let parts = i64::from(scale.highest) - i64::from(scale.lowest) + 1;
    let Ballots::Marked(store) = counting.election.ballots() else {
        return;
    };
    if parts > MOST_PARTS {
        return;
    }
    let columns: Vec<i32> = (scale.lowest..=scale.highest).collect();
    let mut weights = vec![vec![0u64; columns.len()]; counting.options()];
    for (marks, weight) in store.iter() {
        for (option, mark) in marks {
            // The marks were found to be on the scale before.
            if let Some(at) = columns.iter().position(|column| column == mark) {
                weights[usize::from(*option)][at] += weight;
            }
        }
    }
    let row = |row: Vec<u64>| {
        let values = row.into_iter().map(|w| Some(counting.votes(w).to_f64()));
        values.collect()
    };
    let values = weights.into_iter().map(row).collect();
    counting.figures.push(Figure {
        kind: FigureKind::Parts,
        rows: counting.election.options().to_vec(),
        columns: columns.iter().map(ToString::to_string).collect(),
        values,
    });
}
