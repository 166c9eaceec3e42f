//! STAR, score then automatic run-off, with the tie rules of the Equal Vote Coalition (starvoting.org/ties).

use crate::TallyError;
use crate::counting::{Counting, Found, by_value};
use crate::election::Ballots;
use crate::method::Scale;
use crate::methods::pairwise::{self, Table};
use crate::methods::score;
use crate::step::{Count, Counted, Step, TieRule};

/// The two options with the highest sums are finalists; the one that more ballots prefer wins. The others follow by their sums.
pub(crate) fn run(counting: &mut Counting<'_>, scale: Scale) -> Result<Found, TallyError> {
    let sums = score::sums(counting, scale, "star")?;
    counting.say_counts(Counted::Marks, &sums);
    score::say_distribution(counting, scale);
    let size = counting.options();
    if size == 1 {
        return Ok(Found::ranked(vec![vec![0]]));
    }
    let scores = Scores::new(counting, scale, sums);
    let mut order = Vec::new();
    for group in by_value(&scores.sums) {
        let open = 2usize.saturating_sub(order.len());
        if group.len() > 1 && open > 0 && group.len() > open {
            order.extend(scores.advance(counting, group, open));
        } else {
            order.extend(group);
        }
    }
    let finalists = [order[0], order[1]];
    counting.steps.push(Step::Finalists {
        finalists: counting.names(&finalists),
    });
    let mut ranking = scores.run_off(counting, finalists);
    let rest = by_value(&scores.sums).into_iter().map(|group| {
        let others = group.into_iter().filter(|o| !finalists.contains(o));
        others.collect::<Vec<usize>>()
    });
    ranking.extend(rest.filter(|group| !group.is_empty()));
    Ok(Found::ranked(ranking))
}

struct Scores {
    sums: Vec<i128>,
    table: Table,
    top_marks: Vec<u64>,
    blank: u64,
}

impl Scores {
    fn new(counting: &Counting<'_>, scale: Scale, sums: Vec<i128>) -> Self {
        let size = sums.len();
        let mut top_marks = vec![0; size];
        let mut table = pairwise::table(&Default::default(), size);
        if let Ballots::Marked(store) = counting.election.ballots() {
            let mut row = vec![0; size];
            for (marks, weight) in store.iter() {
                row.fill(0);
                for (option, mark) in marks {
                    row[usize::from(*option)] = *mark;
                    if *mark == scale.highest {
                        top_marks[usize::from(*option)] += weight;
                    }
                }
                table.add_marks(&row, weight);
            }
        }
        Self {
            sums,
            table,
            top_marks,
            blank: counting.election.weight(),
        }
    }

    /// Puts tied options into order for the places left in the final: whom more prefer among them, then who has more top marks, then the lot.
    fn advance(&self, counting: &mut Counting<'_>, tied: Vec<usize>, open: usize) -> Vec<usize> {
        let between = tied.clone();
        let wins = |option: usize| {
            let beaten =
                |other: &&usize| self.table.at(option, **other) > self.table.at(**other, option);
            between.iter().filter(beaten).count()
        };
        let mut order = tied;
        order.sort_by_key(|option| {
            let better = std::cmp::Reverse((wins(*option), self.top_marks[*option]));
            (better, counting.lot.order(*option))
        });
        // The last one in and the first one out tell which rule was needed.
        let (inside, outside) = (order[open - 1], order[open]);
        let by = if wins(inside) != wins(outside) {
            TieRule::MorePreferIt
        } else if self.top_marks[inside] != self.top_marks[outside] {
            TieRule::MoreTopMarks
        } else {
            counting.lot.rule()
        };
        counting.steps.push(Step::TieBroken {
            between: counting.names(&between),
            ahead: counting.names(&order[..open]),
            by,
        });
        order
    }

    /// The final. A tie goes to the higher sum, then to more top marks; then it stands.
    fn run_off(&self, counting: &mut Counting<'_>, [one, other]: [usize; 2]) -> Vec<Vec<usize>> {
        let (forth, back) = (self.table.at(one, other), self.table.at(other, one));
        let count = |option: usize, amount: u64| Count {
            option: counting.name(option),
            amount: counting.votes(amount),
        };
        counting.steps.push(Step::Runoff {
            first: count(one, forth),
            second: count(other, back),
            neither: counting.votes(self.blank - forth - back),
        });
        let by_preference = forth.cmp(&back);
        let by_sum = self.sums[one].cmp(&self.sums[other]);
        let by_top = self.top_marks[one].cmp(&self.top_marks[other]);
        let order = by_preference.then(by_sum).then(by_top);
        let (ahead, behind) = match order {
            std::cmp::Ordering::Equal => return vec![vec![one.min(other), one.max(other)]],
            std::cmp::Ordering::Greater => (one, other),
            std::cmp::Ordering::Less => (other, one),
        };
        if by_preference.is_eq() {
            counting.steps.push(Step::TieBroken {
                between: counting.names(&[one, other]),
                ahead: counting.names(&[ahead]),
                by: if by_sum.is_eq() {
                    TieRule::MoreTopMarks
                } else {
                    TieRule::HigherScore
                },
            });
        }
        vec![vec![ahead], vec![behind]]
    }
}
