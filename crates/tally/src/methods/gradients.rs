//! Gradients of agreement (Sam Kaner and others, Facilitator's Guide to Participatory Decision-Making): one proposal, a scale of levels.

use crate::TallyError;
use crate::counting::{Counting, Found, by_value};
use crate::method::Gradients;
use crate::step::{Counted, Step};
use crate::tally::{Figure, FigureKind};

/// The proposal passes with enough support and no block. Then the supporting levels are the winners, most chosen first.
pub(crate) fn run(counting: &mut Counting<'_>, rule: &Gradients) -> Result<Found, TallyError> {
    rule.threshold.check()?;
    let levels = counting.options();
    if rule.support == 0 || rule.support + rule.block > levels {
        return Err(TallyError::Setting(format!(
            "{} supporting and {} blocking levels do not fit a scale of {levels}; at least one level has to support",
            rule.support, rule.block
        )));
    }
    let (firsts, _) = counting.first_choices();
    let numbers: Vec<i128> = firsts.iter().map(|weight| i128::from(*weight)).collect();
    counting.say_counts(Counted::FirstChoices, &numbers);
    say_shape(counting, &firsts);
    let base: u64 = firsts.iter().sum();
    let support: u64 = firsts[..rule.support].iter().sum();
    let blocks: u64 = firsts[levels - rule.block..].iter().sum();
    let passes = blocks == 0 && rule.threshold.is_met(support, base);
    counting.steps.push(Step::Gradient {
        median: median(&firsts).map(|level| counting.name(level)),
        support: counting.votes(support),
        blocks: counting.votes(blocks),
        base: counting.votes(base),
        threshold: rule.threshold,
        passes,
    });
    let ranking = by_value(&numbers);
    let wins = |level: &usize| passes && *level < rule.support && firsts[*level] > 0;
    let winners = ranking.iter().flatten().copied().filter(wins).collect();
    Ok(Found {
        ranking,
        winners: Some(winners),
    })
}

/// The first level from the top at which half of the ballots are reached.
fn median(levels: &[u64]) -> Option<usize> {
    let all: u64 = levels.iter().sum();
    let mut reached = 0;
    levels.iter().position(|level| {
        reached += level;
        reached > 0 && reached * 2 >= all
    })
}

fn say_shape(counting: &mut Counting<'_>, firsts: &[u64]) {
    let parts = firsts
        .iter()
        .map(|weight| Some(counting.votes(*weight).to_f64()));
    let options = counting.election.options();
    counting.figures.push(Figure {
        kind: FigureKind::Parts,
        rows: options[..1].to_vec(),
        columns: options.iter().map(ToString::to_string).collect(),
        values: vec![parts.collect()],
    });
}

#[cfg(test)]
mod tests {
    use super::median;

    #[test]
    fn the_median_is_the_level_in_the_middle() {
        assert_eq!(median(&[1, 1, 1]), Some(1));
        assert_eq!(median(&[2, 0, 2]), Some(0));
        assert_eq!(median(&[0, 0, 5]), Some(2));
        assert_eq!(median(&[0, 0]), None);
    }
}
