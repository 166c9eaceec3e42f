//! The method of equal shares: Dominik Peters, Grzegorz Pierczyński, Piotr Skowron, "Proportional participatory budgeting with additive
//! utilities", NeurIPS 2021; completion by raising shares as at equalshares.net (Add1).

mod purse;

use num_bigint::BigInt;
use num_rational::BigRational;
use num_traits::ToPrimitive;

use crate::TallyError;
use crate::amount::Amount;
use crate::counting::{Counting, Found, by_value, times};
use crate::election::Ballots;
use crate::method::{Completion, EqualShares};
use crate::step::{Counted, Step, TieRule};
use purse::{Bought, Project, Purses};

/// The budget is shared equally; a project is bought when its supporters can pay for it, those first that give most worth for the money
/// of the one who pays most. Then what is left is used as the completion says.
pub(crate) fn run(counting: &mut Counting<'_>, rule: EqualShares) -> Result<Found, TallyError> {
    let budget = counting.election.budget.ok_or_else(|| {
        TallyError::Setting("equal shares needs a budget; say how much can be spent".to_owned())
    })?;
    let projects = projects(counting, rule)?;
    let support: Vec<i128> = projects.iter().map(|project| project.support).collect();
    counting.say_counts(Counted::Checks, &support);
    let weight = counting.election.weight() - counting.election.blank_weight();
    if weight == 0 {
        return Ok(Found {
            ranking: by_value(&support),
            winners: Some(Vec::new()),
        });
    }
    let vote =
        BigRational::from_integer(BigInt::from(10u8).pow(counting.election.weight_places().into()));
    let share = BigRational::new(budget.into(), weight.into());
    counting.steps.push(Step::Budget {
        budget: Amount::whole(budget),
        voters: counting.votes(weight),
        share: Amount::ratio(&share * &vote),
        utility: rule.utility,
    });
    let purses = Purses::new(counting.election, &projects, &counting.lot);
    let first = purses.spend(&share);
    say_bought(counting, &projects, &first, budget);
    counting.steps.push(Step::Completion {
        rule: rule.completion,
    });
    let raises = matches!(
        rule.completion,
        Completion::Raise | Completion::RaiseThenGreedy
    );
    let fills = matches!(
        rule.completion,
        Completion::Greedy | Completion::RaiseThenGreedy
    );
    let mut bought: Vec<usize> = first.iter().map(|one| one.project).collect();
    if raises {
        bought = raise(counting, &projects, &purses, budget, &(share, vote), first);
    }
    if fills {
        fill(counting, &projects, budget, &mut bought);
    }
    let mut ranking: Vec<Vec<usize>> = bought.iter().map(|one| vec![*one]).collect();
    let rest = by_value(&support).into_iter().map(|group| {
        let others = group.into_iter().filter(|one| !bought.contains(one));
        others.collect::<Vec<usize>>()
    });
    ranking.extend(rest.filter(|group| !group.is_empty()));
    Ok(Found {
        ranking,
        winners: Some(bought),
    })
}

fn projects(counting: &mut Counting<'_>, rule: EqualShares) -> Result<Vec<Project>, TallyError> {
    let mut projects = Vec::new();
    for option in 0..counting.options() {
        let cost = counting.election.cost(option).ok_or_else(|| {
            let name = counting.name(option);
            TallyError::Setting(format!("“{name}” has no cost; say what each option costs"))
        })?;
        projects.push(Project::new(cost, rule.utility));
    }
    let store = match counting.election.ballots() {
        Ballots::None => return Ok(projects),
        Ballots::Ranked(_) => {
            return Err(TallyError::NeedsMarks {
                method: "equal-shares",
            });
        }
        Ballots::Marked(store) => store,
    };
    for (voter, (marks, weight)) in store.iter().enumerate() {
        for (option, mark) in marks {
            let option = usize::from(*option);
            let Ok(worth) = u32::try_from(*mark) else {
                return Err(TallyError::OffScale {
                    option: counting.name(option).to_string(),
                    mark: i64::from(*mark),
                    lowest: 0,
                    highest: i64::from(i32::MAX),
                });
            };
            if worth > 0 {
                projects[option].supporters.push((voter, worth));
                projects[option].support += times(weight, *mark);
            }
        }
    }
    Ok(projects)
}

/// Starts again with a higher share for everybody, again and again, as long as what is bought stays within the budget.
fn raise(
    counting: &mut Counting<'_>,
    projects: &[Project],
    purses: &Purses<'_>,
    budget: u64,
    (share, vote): &(BigRational, BigRational),
    first: Vec<Bought>,
) -> Vec<usize> {
    /// Raises are a unit of currency, or a thousandth of the first share where that is more.
    const FINEST: u64 = 1_000;
    let thousandth = (share * vote / BigRational::from_integer(FINEST.into())).to_integer();
    let by = BigRational::from_integer(thousandth.max(1.into()));
    let mut best = first;
    let mut times = 0usize;
    while !is_exhaustive(projects, &best, budget) {
        let raised = &by * BigRational::from_integer((times + 1).into());
        let next = purses.spend(&(share + &raised / vote));
        if spent(projects, &next) > u128::from(budget)
            || raised.to_u64().is_none_or(|by| by > budget)
        {
            break;
        }
        times += 1;
        best = next;
    }
    if times > 0 {
        let raised = by * BigRational::from_integer(times.into());
        counting.steps.push(Step::Raised {
            by: Amount::ratio(raised),
            times,
        });
        say_bought(counting, projects, &best, budget);
    }
    best.into_iter().map(|one| one.project).collect()
}

fn spent(projects: &[Project], bought: &[Bought]) -> u128 {
    let costs = bought
        .iter()
        .map(|one| u128::from(projects[one.project].cost));
    costs.sum()
}

/// Whether no further project that anybody supports fits into the budget.
fn is_exhaustive(projects: &[Project], bought: &[Bought], budget: u64) -> bool {
    let left = u128::from(budget).saturating_sub(spent(projects, bought));
    let mut others = projects.iter().enumerate().filter(|(at, project)| {
        project.support > 0 && !bought.iter().any(|one| one.project == *at)
    });
    others.all(|(_, project)| u128::from(project.cost) > left)
}

/// Adds the project with the most support that still fits, again and again; of equal ones the cheaper, then by lot.
fn fill(counting: &mut Counting<'_>, projects: &[Project], budget: u64, bought: &mut Vec<usize>) {
    let costs = bought.iter().map(|one| u128::from(projects[*one].cost));
    let mut left = u128::from(budget).saturating_sub(costs.sum());
    let mut order: Vec<usize> = (0..projects.len()).collect();
    order.sort_by_key(|one| {
        let support = std::cmp::Reverse(projects[*one].support);
        (support, projects[*one].cost, counting.lot.order(*one))
    });
    for one in order {
        let project = &projects[one];
        let cost = u128::from(project.cost);
        if project.support == 0 || cost > left || bought.contains(&one) {
            continue;
        }
        left -= cost;
        bought.push(one);
        counting.steps.push(Step::Added {
            option: counting.name(one),
            cost: Amount::whole(project.cost),
            support: counting.votes(project.support),
        });
    }
}

fn say_bought(counting: &mut Counting<'_>, projects: &[Project], bought: &[Bought], budget: u64) {
    let vote = BigInt::from(10u8).pow(counting.election.weight_places().into());
    for one in bought {
        if let Some((tied, by)) = &one.tie {
            let mut between = tied.clone();
            between.sort_unstable();
            let by = match by {
                purse::Tie::Cost => TieRule::LowerCost,
                purse::Tie::Support => TieRule::MoreSupporters,
                purse::Tie::Lot => counting.lot.rule(),
            };
            counting.steps.push(Step::TieBroken {
                between: counting.names(&between),
                ahead: counting.names(&[one.project]),
                by,
            });
        }
        counting.steps.push(Step::Bought {
            option: counting.name(one.project),
            cost: Amount::whole(projects[one.project].cost),
            supporters: counting.votes(one.supporters),
            most: Amount::ratio(&one.most * BigRational::from_integer(vote.clone())),
            price: Amount::ratio(&one.price * BigRational::from_integer(vote.clone())),
        });
    }
    let spent = spent(projects, bought);
    // Both fit: each cost is below 2⁶⁴ and options are few.
    counting.steps.push(Step::SharesEnd {
        spent: Amount::whole(spent as i128),
        left: Amount::whole(i128::from(budget) - spent as i128),
    });
}
