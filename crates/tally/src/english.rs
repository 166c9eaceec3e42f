//! Steps in plain English, for the command line. Pages put them into words themselves, in the language of the reader.

mod table;

use crate::amount::Amount;
use crate::election::OptionName;
use crate::method::{Base, Completion, Quota, Strength, Threshold, Utility};
use crate::step::{Count, Counted, Elected, Pair, Reading, Step, TieRule};
use crate::tally::Tally;

/// A whole result: the winners, the ranking, and how it came about.
pub fn explain(tally: &Tally) -> String {
    let mut text = match tally.winners.len() {
        0 => "Nothing wins.\n".to_owned(),
        1 => format!("Winner: {}\n", tally.winners[0]),
        _ => format!("Winners: {}\n", list(&tally.winners)),
    };
    let group = |group: &Vec<OptionName>| {
        let names: Vec<String> = group.iter().map(ToString::to_string).collect();
        names.join(" = ")
    };
    let ranking: Vec<String> = tally.ranking.iter().map(group).collect();
    text.push_str(&format!(
        "Ranking ({}): {}\n",
        tally.method,
        ranking.join(" > ")
    ));
    text.push_str("\nHow it was counted:\n");
    for step in &tally.steps {
        text.push('\n');
        text.push_str(&sentence(step));
        text.push('\n');
    }
    text
}

/// One step.
pub fn sentence(step: &Step) -> String {
    choosing(step)
        .or_else(|| comparing(step))
        .or_else(|| rounds(step))
        .or_else(|| spending(step))
        .unwrap_or_default()
}

fn choosing(step: &Step) -> Option<String> {
    Some(match step {
        Step::Ballots {
            cast,
            blank,
            options,
            withdrawn,
        } => ballots(cast, blank, options, withdrawn),
        Step::Reading { rule } => reading(*rule).to_owned(),
        Step::Counts { what, counts } => format!("{}:\n{}", counted(*what), table::counts(counts)),
        Step::Abstained { amount, counted } => format!(
            "{} abstained or left the ballot blank, and {} in the total.",
            amount.plain(),
            if *counted { "count" } else { "do not count" }
        ),
        Step::Needed {
            threshold,
            of,
            base,
        } => format!(
            "To pass, an option needs {} of {}.",
            part(*threshold),
            whom(*of, base)
        ),
        Step::Measured {
            option,
            amount,
            base,
            passes,
        } => format!(
            "{option} has {} of {} ({}): {}.",
            amount.plain(),
            base.plain(),
            percent(amount, base),
            if *passes {
                "that is enough"
            } else {
                "not enough"
            }
        ),
        Step::NothingPasses => "No option passes.".to_owned(),
        Step::Stances {
            agree,
            stand_aside,
            abstain,
            object,
        } => format!(
            "{} agree, {} stand aside, {} abstain or left the ballot blank, {} object.",
            agree.plain(),
            stand_aside.plain(),
            abstain.plain(),
            object.plain()
        ),
        Step::Consent {
            given,
            object,
            allowed,
            nobody_agrees,
        } => consent(*given, object, allowed, *nobody_agrees),
        Step::Gradient {
            median,
            support,
            blocks,
            base,
            threshold,
            passes,
        } => {
            let middle = median.as_ref().map_or_else(String::new, |level| {
                format!(" The level in the middle is “{level}”.")
            });
            format!(
                "{} of {} support the proposal ({}), {} block it. It needs {} in support and no block: it {}.{middle}",
                support.plain(),
                base.plain(),
                percent(support, base),
                blocks.plain(),
                part(*threshold),
                if *passes { "passes" } else { "does not pass" }
            )
        }
        Step::TieBroken { between, ahead, by } => format!(
            "Tie between {}. {} Ahead: {}.",
            list(between),
            tie(by),
            list(ahead)
        ),
        Step::TieStands { between, seats } => format!(
            "{} are tied for {}. No seed for a lot was given, so the tie stands.",
            list(between),
            plural(*seats, "place", "places")
        ),
        Step::Result { winners } if winners.is_empty() => "Result: nothing wins.".to_owned(),
        Step::Result { winners } => format!(
            "Result: {} {}.",
            list(winners),
            if winners.len() == 1 { "wins" } else { "win" }
        ),
        _ => return None,
    })
}

fn comparing(step: &Step) -> Option<String> {
    Some(match step {
        Step::Pairwise { options, table } => format!(
            "How many prefer the option of the row to the option of the column:\n{}",
            table::square(options, table)
        ),
        Step::Condorcet { winner: Some(one) } => {
            format!("{one} is preferred to every other option by more ballots than not.")
        }
        Step::Condorcet { winner: None } => "No option is preferred to every other one.".to_owned(),
        Step::Paths {
            strength,
            options,
            table,
            paths,
        } => {
            let way = |path: &crate::step::Path| {
                let names: Vec<String> = path.through.iter().map(ToString::to_string).collect();
                format!("  {} ({})", names.join(" → "), path.strength.plain())
            };
            let ways: Vec<String> = paths.iter().map(way).collect();
            format!(
                "A path leads over majorities from one option to another; it is as strong as its weakest majority ({}). The strongest paths from row to column:\n{}\nThe ways they take:\n{}",
                strong(*strength),
                table::square(options, table),
                ways.join("\n")
            )
        }
        Step::StrongerPath {
            winner,
            loser,
            forth,
            back,
        } => format!(
            "{winner} comes before {loser}: its path is stronger ({} against {}).",
            forth.plain(),
            back.plain()
        ),
        Step::EqualPaths {
            one,
            other,
            strength,
        } => format!(
            "Neither of {one} and {other} comes before the other: both paths are equally strong ({}).",
            strength.plain()
        ),
        Step::Majorities { strength, pairs } => {
            let lines: Vec<String> = pairs.iter().map(|one| format!("  {}", pair(one))).collect();
            format!(
                "Majorities from the strongest ({}):\n{}",
                strong(*strength),
                lines.join("\n")
            )
        }
        Step::Locked { pair: one } => format!("Kept: {}.", pair(one)),
        Step::LeftOut { pair: one, chain } => {
            let names: Vec<String> = chain.iter().map(ToString::to_string).collect();
            format!(
                "Left out: {}. Majorities kept before already say the opposite: {}.",
                pair(one),
                names.join(" before ")
            )
        }
        Step::Finalists { finalists } => format!("Into the final: {}.", list(finalists)),
        Step::Runoff {
            first,
            second,
            neither,
        } => format!(
            "Final: {} prefer {}, {} prefer {}, {} prefer neither.",
            first.amount.plain(),
            first.option,
            second.amount.plain(),
            second.option,
            neither.plain()
        ),
        _ => return None,
    })
}

fn rounds(step: &Step) -> Option<String> {
    Some(match step {
        Step::Round {
            number,
            counts,
            exhausted,
        } => format!(
            "Round {number}:\n{}\n  no choice left: {}",
            table::counts(counts),
            exhausted.plain()
        ),
        Step::RoundMajority {
            option,
            amount,
            base,
        } => format!(
            "{option} has more than half: {} of {}.",
            amount.plain(),
            base.plain()
        ),
        Step::Eliminated { option, amount } => {
            format!("{option} drops out with {}.", votes(amount))
        }
        Step::Quota {
            quota,
            votes: all,
            seats,
            amount,
        } => format!(
            "{} are sure to win one of {}: the {} quota of {}.",
            votes(amount),
            plural(*seats, "seat", "seats"),
            match quota {
                Quota::Droop => "Droop",
                Quota::Hare => "Hare",
            },
            votes(all)
        ),
        Step::Elected {
            option,
            amount,
            why,
        } => match why {
            Elected::Quota => format!("{option} is elected: {} reach the quota.", votes(amount)),
            Elected::SeatsLeft => format!(
                "{option} is elected with {}: as many options are left as seats.",
                votes(amount)
            ),
            Elected::LastOne => {
                format!("{option} is the only one left, with {}.", votes(amount))
            }
        },
        Step::Transfer {
            from,
            surplus,
            votes: all,
            to,
            exhausted,
            rounding,
        } => transfer(from, surplus.as_ref(), all, to, exhausted, rounding),
        Step::Keep {
            iterations,
            quota,
            surplus,
            keep,
        } => {
            let keep: Vec<String> = keep
                .iter()
                .map(|one| format!("{} keeps {} of each vote", one.option, one.amount.plain()))
                .collect();
            format!(
                "Votes were shared out {}, until elected options keep only the quota ({}; {} above it are left): {}.",
                plural(*iterations, "time", "times"),
                quota.plain(),
                surplus.plain(),
                keep.join(", ")
            )
        }
        _ => return None,
    })
}

fn spending(step: &Step) -> Option<String> {
    Some(match step {
        Step::Budget {
            budget,
            voters,
            share,
            utility,
        } => format!(
            "{} voters share {}: each decides about {}. {}",
            voters.plain(),
            budget.plain(),
            share.plain(),
            match utility {
                Utility::Cost => "A project is worth what it costs to those who support it.",
                Utility::Marks => "A project is worth its mark to those who support it.",
            }
        ),
        Step::Bought {
            option,
            cost,
            supporters,
            most,
            price,
        } => format!(
            "{option} is paid for ({}) by {} supporters: each pays at most {}, {} for each unit of worth.",
            cost.plain(),
            supporters.plain(),
            most.plain(),
            price.plain()
        ),
        Step::SharesEnd { spent, left } => format!(
            "No other project can be paid by its supporters. Spent: {}, left: {}.",
            spent.plain(),
            left.plain()
        ),
        Step::Completion { rule } => match rule {
            Completion::None => "What is left stays unspent.",
            Completion::Greedy => "What is left goes to the projects with the most support that still fit.",
            Completion::Raise => {
                "If another project would fit, all start again with a higher share, as long as what is chosen fits the budget."
            }
            Completion::RaiseThenGreedy => {
                "If another project would fit, all start again with a higher share, as long as what is chosen fits the budget; then what is left goes to the projects with the most support that still fit."
            }
        }
        .to_owned(),
        Step::Raised { by, times } => format!(
            "All start again with a share that is higher by {} (raised {}).",
            by.plain(),
            plural(*times, "time", "times")
        ),
        Step::Added {
            option,
            cost,
            support,
        } => format!(
            "{option} still fits ({}) and is added: support {}.",
            cost.plain(),
            support.plain()
        ),
        _ => return None,
    })
}

fn ballots(
    cast: &Amount,
    blank: &Amount,
    options: &[OptionName],
    withdrawn: &[OptionName],
) -> String {
    let mut text = format!(
        "{} ballots, {} of them blank, for {}: {}.",
        cast.plain(),
        blank.plain(),
        plural(options.len(), "option", "options"),
        list(options)
    );
    if !withdrawn.is_empty() {
        text.push_str(&format!(
            " Withdrawn: {}; ballots are read as if they had never stood.",
            list(withdrawn)
        ));
    }
    text
}

fn reading(rule: Reading) -> &'static str {
    match rule {
        Reading::FirstChoice => {
            "Only the first choice of a ballot counts; a ballot with several equal first choices counts as blank."
        }
        Reading::RankedMeansChecked => "Every option that a ballot ranks counts as checked.",
        Reading::MarkedMeansChecked => "Every mark above zero counts as a check.",
        Reading::MarksAsRanks => {
            "Marks are read as ranks: a higher mark is a better rank, equal marks are equal ranks."
        }
        Reading::UnrankedAreLast => {
            "Options that a ballot leaves out are equal, after all that it ranks."
        }
        Reading::EqualsShare => "Options that a ballot ranks equally share its vote equally.",
        Reading::EqualsEndBallot => {
            "A ballot counts up to its first equal ranks; from there on it has no choice."
        }
        Reading::NoMarkIsZero => "An option without a mark counts as zero.",
    }
}

fn counted(what: Counted) -> &'static str {
    match what {
        Counted::FirstChoices => "First choices",
        Counted::Checks => "Checks",
        Counted::Marks => "Sums of marks",
        Counted::Dots => "Dots",
        Counted::Points => "Points",
        Counted::CanCome => "Can come",
        Counted::SuitsWell => "Suits well",
    }
}

fn tie(rule: &TieRule) -> String {
    match rule {
        TieRule::EarlierRound { round } => {
            format!("In round {round}, the latest in which they differed, one was ahead.")
        }
        TieRule::MorePreferIt => "More ballots prefer one to the others.".to_owned(),
        TieRule::MoreTopMarks => "One has more of the highest mark.".to_owned(),
        TieRule::HigherScore => "One has the higher sum of marks.".to_owned(),
        TieRule::LowerCost => "One costs less.".to_owned(),
        TieRule::MoreSupporters => "One has more support.".to_owned(),
        TieRule::SuitsMoreWell => "One suits more people well.".to_owned(),
        TieRule::EarlierInList => "One comes first in the list.".to_owned(),
        TieRule::Lot { seed } => format!(
            "The lot decides: names in the order of the SHA-256 of “{seed}:name” (the seed is “{seed}”)."
        ),
    }
}

fn consent(given: bool, object: &Amount, allowed: &Amount, nobody_agrees: bool) -> String {
    let verdict = if given {
        "There is consent"
    } else {
        "There is no consent"
    };
    if nobody_agrees {
        return format!("{verdict}: nobody agrees.");
    }
    format!(
        "{verdict}: {} object, {} may.",
        object.plain(),
        allowed.plain()
    )
}

fn transfer(
    from: &OptionName,
    surplus: Option<&Amount>,
    all: &Amount,
    to: &[Count],
    exhausted: &Amount,
    rounding: &Amount,
) -> String {
    let what = match surplus {
        Some(surplus) => format!(
            "The surplus of {from}, {}, moves on: each of its votes at its value × {} ÷ {}, cut to five decimals.",
            votes(surplus),
            surplus.plain(),
            all.plain()
        ),
        None => format!("The votes of {from} ({}) move on.", all.plain()),
    };
    let mut lines = vec![what];
    if !to.is_empty() {
        lines.push(table::counts(to));
    }
    lines.push(format!(
        "  no choice left: {}; lost in cut-off decimals: {}",
        exhausted.plain(),
        rounding.plain()
    ));
    lines.join("\n")
}

fn pair(pair: &Pair) -> String {
    format!(
        "{} before {} ({} to {})",
        pair.winner,
        pair.loser,
        pair.votes.plain(),
        pair.against.plain()
    )
}

fn strong(strength: Strength) -> &'static str {
    match strength {
        Strength::WinningVotes => "counted by how many prefer the winner",
        Strength::Margins => "counted by how far the winner leads",
    }
}

fn part(threshold: Threshold) -> String {
    let start = if threshold.reaching_is_enough {
        "at least"
    } else {
        "more than"
    };
    format!("{start} {}/{}", threshold.numerator, threshold.denominator)
}

fn whom(of: Base, base: &Amount) -> String {
    let base = base.plain();
    match of {
        Base::Cast => format!("the {base} votes cast"),
        Base::Present => format!("all {base} ballots"),
        Base::Eligible(_) => format!("all {base} who may vote"),
    }
}

fn percent(part: &Amount, whole: &Amount) -> String {
    let (part, whole) = (part.to_f64(), whole.to_f64());
    if whole == 0.0 {
        return "0 %".to_owned();
    }
    format!("{:.1} %", part * 100.0 / whole)
}

fn votes(amount: &Amount) -> String {
    let text = amount.plain();
    let unit = if text == "1" { "vote" } else { "votes" };
    format!("{text} {unit}")
}

fn plural(number: usize, one: &str, many: &str) -> String {
    format!("{number} {}", if number == 1 { one } else { many })
}

fn list(names: &[OptionName]) -> String {
    match names {
        [] => "none".to_owned(),
        [one] => one.to_string(),
        [first @ .., last] => {
            let first: Vec<String> = first.iter().map(ToString::to_string).collect();
            format!("{} and {last}", first.join(", "))
        }
    }
}
