//! Laws that hold for any ballots.

use backbone_tally::{
    Amount, Election, EqualShares, Method, Quota, Rules, Scale, Step, Strength, Tally, count,
};
use proptest::prelude::*;

const NAMES: [&str; 5] = ["Ash", "Birch", "Cedar", "Dogwood", "Elm"];

fn ranked_methods() -> Vec<Method> {
    let mut methods = vec![Method::Irv, Method::Borda, Method::Count];
    for strength in [Strength::WinningVotes, Strength::Margins] {
        methods.push(Method::Schulze { strength });
        methods.push(Method::RankedPairs { strength });
    }
    for quota in [Quota::Droop, Quota::Hare] {
        methods.push(Method::ScottishStv { quota });
        methods.push(Method::MeekStv { quota });
    }
    methods
}

/// A ballot: for each option its rank, where 5 and more mean unranked.
fn ballots() -> impl Strategy<Value = Vec<[usize; 5]>> {
    proptest::collection::vec(proptest::array::uniform5(0usize..7), 1..25)
}

fn groups(ranks: &[usize; 5]) -> Vec<Vec<usize>> {
    let of = |rank: usize| {
        (0..5)
            .filter(|option| ranks[*option] == rank)
            .collect::<Vec<_>>()
    };
    (0..5).map(of).filter(|group| !group.is_empty()).collect()
}

fn election(ballots: &[[usize; 5]], order: [usize; 5]) -> Election {
    let names: Vec<&str> = order.iter().map(|option| NAMES[*option]).collect();
    let mut election = Election::new(names).expect("options");
    let place = |option: &usize| {
        order
            .iter()
            .position(|other| other == option)
            .expect("all are there")
    };
    for ballot in ballots {
        let groups: Vec<Vec<usize>> = groups(ballot)
            .iter()
            .map(|group| group.iter().map(place).collect())
            .collect();
        election.rank(&groups, 1).expect("ballot");
    }
    election
}

fn run(method: &Method, election: &Election, seats: usize) -> Tally {
    let rules = Rules { seats, seed: None };
    count(method, election, &rules).expect("counted")
}

fn sorted(tally: &Tally) -> (Vec<String>, Vec<Vec<String>>) {
    let names = |group: &Vec<backbone_tally::OptionName>| {
        let mut names: Vec<String> = group.iter().map(ToString::to_string).collect();
        names.sort();
        names
    };
    (
        names(&tally.winners),
        tally.ranking.iter().map(names).collect(),
    )
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::with_cases(200) })]

    #[test]
    fn neither_the_order_of_ballots_nor_that_of_options_matters(ballots in ballots(), turn in 0usize..5, seats in 1usize..4) {
        let plain = election(&ballots, [0, 1, 2, 3, 4]);
        let mut backwards = ballots.clone();
        backwards.reverse();
        let mut order = [4, 2, 0, 3, 1];
        order.rotate_left(turn);
        let other = election(&backwards, order);
        for method in ranked_methods() {
            let (one, two) = (run(&method, &plain, seats), run(&method, &other, seats));
            prop_assert_eq!(sorted(&one), sorted(&two), "{:?}", method);
        }
    }

    #[test]
    fn every_ranking_holds_every_option_once_and_ends_with_the_result(ballots in ballots(), seats in 1usize..4) {
        let plain = election(&ballots, [0, 1, 2, 3, 4]);
        for method in ranked_methods() {
            let tally = run(&method, &plain, seats);
            let mut all: Vec<String> = tally.ranking.iter().flatten().map(ToString::to_string).collect();
            all.sort();
            prop_assert_eq!(all, NAMES.map(String::from).to_vec());
            prop_assert!(tally.winners.len() >= seats);
            let last = Step::Result { winners: tally.winners.clone() };
            prop_assert_eq!(tally.steps.last(), Some(&last));
            let words = backbone_tally::english::explain(&tally);
            prop_assert!(words.contains("How it was counted"));
            let json = serde_json::to_string(&tally).expect("json");
            let back: Tally = serde_json::from_str(&json).expect("back");
            prop_assert_eq!(back.steps, tally.steps);
        }
    }

    #[test]
    fn a_condorcet_winner_wins(ballots in ballots()) {
        let plain = election(&ballots, [0, 1, 2, 3, 4]);
        for method in [Method::Schulze { strength: Strength::WinningVotes }, Method::RankedPairs { strength: Strength::Margins }] {
            let tally = run(&method, &plain, 1);
            for step in &tally.steps {
                if let Step::Condorcet { winner: Some(winner) } = step {
                    prop_assert_eq!(&tally.winners, &vec![winner.clone()]);
                }
            }
        }
    }

    #[test]
    fn raising_a_winner_does_not_harm_it(ballots in ballots(), at in 0usize..25) {
        let plain = election(&ballots, [0, 1, 2, 3, 4]);
        for method in [Method::Borda, Method::Schulze { strength: Strength::Margins }, Method::Schulze { strength: Strength::WinningVotes }] {
            let winner = run(&method, &plain, 1).winners[0].clone();
            let place = NAMES.iter().position(|name| *name == winner.as_str()).expect("a name");
            let mut better = ballots.clone();
            let at = at % better.len();
            // To the top, with all others behind it in their old order.
            for rank in &mut better[at] {
                *rank = (*rank + 1).min(6);
            }
            better[at][place] = 0;
            for option in (0..5).filter(|option| *option != place) {
                // Ranks 0 to 4 became 1 to 5; the last rank on the paper has no room, so such ballots are left alone.
                prop_assume!(better[at][option] != 5 || ballots[at][option] >= 5);
            }
            let raised = run(&method, &election(&better, [0, 1, 2, 3, 4]), 1);
            prop_assert!(raised.winners.contains(&winner), "{:?}", method);
        }
    }

    #[test]
    fn ten_times_the_votes_change_nothing(ballots in ballots()) {
        let plain = election(&ballots, [0, 1, 2, 3, 4]);
        let mut tenfold = Election::new(NAMES).expect("options").with_weight_places(1).expect("places");
        for (groups, weight) in plain.rankings() {
            tenfold.rank(&groups, weight * 10).expect("ballot");
        }
        if plain.blank_weight() > 0 {
            tenfold.blank(plain.blank_weight() * 10).expect("ballot");
        }
        // Meek's finer units may decide what is a tie in coarser ones.
        let methods = ranked_methods().into_iter().filter(|method| !matches!(method, Method::MeekStv { .. }));
        for method in methods {
            prop_assert_eq!(sorted(&run(&method, &plain, 2)), sorted(&run(&method, &tenfold, 2)), "{:?}", method);
        }
    }

    #[test]
    fn votes_are_never_lost_or_made(ballots in ballots(), seats in 1usize..4) {
        let plain = election(&ballots, [0, 1, 2, 3, 4]);
        let all = (plain.weight() - plain.blank_weight()) as f64;
        for method in [Method::Irv, Method::MeekStv { quota: Quota::Droop }] {
            for step in run(&method, &plain, seats).steps {
                if let Step::Round { counts, exhausted, .. } = step {
                    let sum: f64 = counts.iter().map(|count| count.amount.to_f64()).sum::<f64>() + exhausted.to_f64();
                    prop_assert!((sum - all).abs() < 1e-6, "{} of {}", sum, all);
                }
            }
        }
    }

    #[test]
    fn equal_shares_stays_within_the_budget(
        costs in proptest::array::uniform5(1u64..60),
        checks in proptest::collection::vec(proptest::array::uniform5(proptest::bool::ANY), 1..12),
        budget in 1u64..120,
    ) {
        let mut election = Election::new(NAMES).expect("options");
        election.budget = Some(budget);
        for (option, cost) in costs.iter().enumerate() {
            election.set_cost(option, *cost).expect("cost");
        }
        for ballot in &checks {
            let marks: Vec<(usize, i32)> = (0..5).filter(|option| ballot[*option]).map(|option| (option, 1)).collect();
            election.mark(&marks, 1).expect("ballot");
        }
        let tally = run(&Method::EqualShares(EqualShares::default()), &election, 1);
        let spent: u64 = tally.winners.iter().filter_map(|name| election.place(name.as_str())).map(|option| costs[option]).sum();
        prop_assert!(spent <= budget);
        // Nothing that somebody supports and that fits is left out, as the rest is filled up.
        for option in 0..5 {
            let wanted = checks.iter().any(|ballot| ballot[option]);
            let chosen = tally.winners.iter().any(|name| name.as_str() == NAMES[option]);
            prop_assert!(chosen || !wanted || spent + costs[option] > budget);
        }
    }

    #[test]
    fn star_and_score_agree_with_plain_sums(marks in proptest::collection::vec(proptest::array::uniform5(0i32..6), 1..20)) {
        let mut election = Election::new(NAMES).expect("options");
        for ballot in &marks {
            let ballot: Vec<(usize, i32)> = ballot.iter().copied().enumerate().collect();
            election.mark(&ballot, 1).expect("ballot");
        }
        let score = run(&Method::Score(Scale::FIVE), &election, 1);
        let sum = |option: usize| marks.iter().map(|ballot| ballot[option]).sum::<i32>();
        let best = (0..5).map(sum).max().expect("five");
        for name in &score.winners {
            let option = election.place(name.as_str()).expect("a name");
            prop_assert_eq!(sum(option), best);
        }
        let star = run(&Method::Star(Scale::FIVE), &election, 1);
        let finalists = star.steps.iter().find_map(|step| match step {
            Step::Finalists { finalists } => Some(finalists.clone()),
            _ => None,
        }).expect("finalists");
        prop_assert!(star.winners.iter().all(|winner| finalists.contains(winner)));
        prop_assert!(Amount::whole(best) == Amount::whole(finalists.iter().filter_map(|name| election.place(name.as_str())).map(sum).max().expect("two")));
    }
}
