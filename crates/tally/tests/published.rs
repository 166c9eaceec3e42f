//! Elections whose results others have published, each with its source.

use backbone_tally::{
    Amount, Count, Counted, Election, Method, OptionName, PassRule, Path, Quota, Rules, Scale,
    Step, Strength, Tally, count,
};

/// An election of options with one letter each, and ballots as text: `42 MNCK`, `3 A=BC`.
fn election(options: &[&str], letters: &str, ballots: &[(u64, &str)]) -> Election {
    let mut election = Election::new(options.iter().copied()).expect("options");
    for (weight, ballot) in ballots {
        let mut groups: Vec<Vec<usize>> = Vec::new();
        let mut equal = false;
        for letter in ballot.chars() {
            if letter == '=' {
                equal = true;
                continue;
            }
            let place = letters.find(letter).expect("a letter of an option");
            match groups.last_mut() {
                Some(group) if equal => group.push(place),
                _ => groups.push(vec![place]),
            }
            equal = false;
        }
        election.rank(&groups, *weight).expect("ballot");
    }
    election
}

fn run(method: &Method, election: &Election) -> Tally {
    count(method, election, &Rules::default()).expect("counted")
}

fn winners(tally: &Tally) -> Vec<&str> {
    tally.winners.iter().map(OptionName::as_str).collect()
}

/// The ranking as text: `E > A > B = C`.
fn ranking(tally: &Tally) -> String {
    let group = |group: &Vec<OptionName>| {
        let names: Vec<&str> = group.iter().map(OptionName::as_str).collect();
        names.join(" = ")
    };
    tally
        .ranking
        .iter()
        .map(group)
        .collect::<Vec<_>>()
        .join(" > ")
}

fn counts_of(tally: &Tally, what: Counted) -> Vec<(String, String)> {
    let of = |step: &Step| match step {
        Step::Counts {
            what: found,
            counts,
        } if *found == what => Some(counts.clone()),
        _ => None,
    };
    let counts: Vec<Count> = tally.steps.iter().find_map(of).expect("counts");
    let pair = |count: Count| (count.option.to_string(), count.amount.plain());
    counts.into_iter().map(pair).collect()
}

fn pairs(expected: &[(&str, &str)]) -> Vec<(String, String)> {
    let owned = |(a, b): &(&str, &str)| ((*a).to_owned(), (*b).to_owned());
    expected.iter().map(owned).collect()
}

const SCHULZE: Method = Method::Schulze {
    strength: Strength::WinningVotes,
};
const RANKED_PAIRS: Method = Method::RankedPairs {
    strength: Strength::WinningVotes,
};

/// The capital of Tennessee: Wikipedia, "Condorcet method" and the articles on the single methods.
fn tennessee() -> Election {
    election(
        &["Memphis", "Nashville", "Chattanooga", "Knoxville"],
        "MNCK",
        &[(42, "MNCK"), (26, "NCKM"), (15, "CKNM"), (17, "KCNM")],
    )
}

#[test]
fn tennessee_in_the_ranked_methods() {
    let capital = tennessee();
    for method in [SCHULZE, RANKED_PAIRS, Method::Borda] {
        assert_eq!(
            ranking(&run(&method, &capital)),
            "Nashville > Chattanooga > Knoxville > Memphis".replace(
                "Knoxville > Memphis",
                if method == Method::Borda {
                    "Memphis > Knoxville"
                } else {
                    "Knoxville > Memphis"
                }
            ),
            "{method:?}"
        );
    }
    let irv = run(&Method::Irv, &capital);
    assert_eq!(
        ranking(&irv),
        "Knoxville > Memphis > Nashville > Chattanooga"
    );
    let borda = run(&Method::Borda, &capital);
    let points = [
        ("Nashville", "194"),
        ("Chattanooga", "173"),
        ("Memphis", "126"),
        ("Knoxville", "107"),
    ];
    assert_eq!(counts_of(&borda, Counted::Points), pairs(&points));
}

#[test]
fn tennessee_by_first_choices() {
    let capital = tennessee();
    let plurality = run(&Method::Count, &capital);
    assert_eq!(
        ranking(&plurality),
        "Memphis > Nashville > Knoxville > Chattanooga"
    );
    let majority = run(&Method::Majority(PassRule::majority()), &capital);
    assert_eq!(winners(&majority), [""; 0], "42 % is no majority");
    assert!(majority.steps.contains(&Step::NothingPasses));
}

#[test]
fn tennessee_by_scores() {
    // Wikipedia, "STAR voting" and "Score voting": marks by distance.
    let mut capital =
        Election::new(["Memphis", "Nashville", "Chattanooga", "Knoxville"]).expect("options");
    for (weight, marks) in [
        (42, [5, 2, 1, 0]),
        (26, [0, 5, 2, 1]),
        (15, [0, 3, 5, 3]),
        (17, [0, 2, 4, 5]),
    ] {
        let marks: Vec<(usize, i32)> = marks.into_iter().enumerate().collect();
        capital.mark(&marks, weight).expect("ballot");
    }
    let star = run(&Method::Star(Scale::FIVE), &capital);
    assert_eq!(winners(&star), ["Nashville"]);
    let sums = [
        ("Nashville", "293"),
        ("Chattanooga", "237"),
        ("Memphis", "210"),
        ("Knoxville", "156"),
    ];
    assert_eq!(counts_of(&star, Counted::Marks), pairs(&sums));
    let score = run(&Method::Score(Scale::FIVE), &capital);
    assert_eq!(
        ranking(&score),
        "Nashville > Chattanooga > Memphis > Knoxville"
    );
}

#[test]
fn tennessee_by_approval() {
    // Wikipedia, "Approval voting": each approves of the two nearest cities.
    let mut capital =
        Election::new(["Memphis", "Nashville", "Chattanooga", "Knoxville"]).expect("options");
    for (weight, checked) in [(42, [0, 1]), (26, [1, 2]), (15, [2, 3]), (17, [2, 3])] {
        capital
            .mark(&checked.map(|option| (option, 1)), weight)
            .expect("ballot");
    }
    let approval = run(&Method::Approval, &capital);
    assert_eq!(
        ranking(&approval),
        "Nashville > Chattanooga > Memphis > Knoxville"
    );
    let checks = [
        ("Nashville", "68"),
        ("Chattanooga", "58"),
        ("Memphis", "42"),
        ("Knoxville", "32"),
    ];
    assert_eq!(counts_of(&approval, Counted::Checks), pairs(&checks));
}

/// Markus Schulze's example with 45 voters: Wikipedia, "Schulze method".
fn schulze_45() -> Election {
    election(
        &["A", "B", "C", "D", "E"],
        "ABCDE",
        &[
            (5, "ACBED"),
            (5, "ADECB"),
            (8, "BEDAC"),
            (3, "CABED"),
            (7, "CAEBD"),
            (2, "CBADE"),
            (7, "DCEBA"),
            (8, "EBADC"),
        ],
    )
}

#[test]
fn schulze_45_voters() {
    let tally = run(&SCHULZE, &schulze_45());
    assert_eq!(ranking(&tally), "E > A > C > B > D");
    assert_eq!(winners(&tally), ["E"]);
    let found = tally.steps.iter().find_map(|step| match step {
        Step::Paths { table, paths, .. } => Some((table, paths)),
        _ => None,
    });
    let (table, paths) = found.expect("paths");
    let expected = [
        [0, 28, 28, 30, 24],
        [25, 0, 28, 33, 24],
        [25, 29, 0, 29, 24],
        [25, 28, 28, 0, 24],
        [25, 28, 28, 31, 0],
    ];
    assert_eq!(*table, expected.map(|row| row.map(Amount::whole).to_vec()));
    let through = |text: &str| text.chars().map(|c| c.to_string().into()).collect();
    for (text, strength) in [
        ("ADCB", 28),
        ("BDC", 28),
        ("CAD", 29),
        ("DCAE", 24),
        ("EDCB", 28),
    ] {
        let first_and_last = |path: &&Path| {
            let way: Vec<OptionName> = through(text);
            path.through.first() == way.first() && path.through.last() == way.last()
        };
        let path = paths.iter().find(first_and_last).expect("a path");
        assert_eq!(path.strength, Amount::whole(strength), "{text}");
    }
}

/// Burlington, Vermont, 2009: ballots added up for the three candidates with most votes at rangevoting.org/Burlington.html.
fn burlington() -> Election {
    election(
        &["Kiss", "Montroll", "Wright"],
        "KMW",
        &[
            (1332, "MKW"),
            (767, "MWK"),
            (455, "M"),
            (2043, "KMW"),
            (371, "KWM"),
            (568, "K"),
            (1513, "WMK"),
            (495, "WKM"),
            (1289, "W"),
        ],
    )
}

#[test]
fn burlington_2009() {
    let mayor = burlington();
    assert_eq!(
        ranking(&run(&Method::Irv, &mayor)),
        "Kiss > Wright > Montroll"
    );
    assert_eq!(
        ranking(&run(&Method::Count, &mayor)),
        "Wright > Kiss > Montroll"
    );
    for method in [SCHULZE, RANKED_PAIRS] {
        let tally = run(&method, &mayor);
        assert_eq!(ranking(&tally), "Montroll > Kiss > Wright");
        let condorcet = Step::Condorcet {
            winner: Some("Montroll".into()),
        };
        assert!(tally.steps.contains(&condorcet));
        let table = tally.steps.iter().find_map(|step| match step {
            Step::Pairwise { table, .. } => Some(table.clone()),
            _ => None,
        });
        let expected = [[0, 3477, 4314], [4067, 0, 4597], [4064, 3668, 0]];
        let expected = expected.map(|row| row.map(Amount::whole).to_vec()).to_vec();
        assert_eq!(table, Some(expected));
    }
}

/// Wikipedia, "Single transferable vote" (the party with 20 guests and three foods): Droop quota 6.
#[test]
fn food_at_a_party_by_both_kinds_of_stv() {
    let party = election(
        &["Oranges", "Pears", "Chocolate", "Strawberries", "Sweets"],
        "OPCST",
        &[
            (4, "O"),
            (2, "PO"),
            (8, "CS"),
            (4, "CT"),
            (1, "S"),
            (1, "T"),
        ],
    );
    let rules = Rules {
        seats: 3,
        seed: None,
    };
    let scottish = Method::ScottishStv {
        quota: Quota::Droop,
    };
    let scottish = count(&scottish, &party, &rules).expect("counted");
    let expected = "Chocolate > Oranges > Strawberries > Sweets > Pears";
    assert_eq!(ranking(&scottish), expected);
    assert_eq!(scottish.winners.len(), 3);
    // Meek's quota is 5 and a bit, so that strawberries reach it by the surplus alone.
    let meek = Method::MeekStv {
        quota: Quota::Droop,
    };
    let meek = count(&meek, &party, &rules).expect("counted");
    assert_eq!(winners(&meek), ["Chocolate", "Strawberries", "Oranges"]);
}
