use backbone_db::Instant;

use super::*;
use crate::ballot::{VoterId, VoterState};
use crate::framework::{Pass, Quorum, Whole};
use crate::proposal::{Choice, Content, DecisionId, Status};

fn proposal(norms: Norms, options: &[&str]) -> Proposal {
    let at: Instant = "2026-11-01T12:00:00Z".parse().expect("a moment");
    let keys = if options.is_empty() {
        norms.method.answers()
    } else {
        options
    };
    Proposal {
        id: DecisionId::new(),
        body_id: crate::body::BodyId::new(),
        framework_id: None,
        framework_version: 1,
        norms,
        title: "Do it?".into(),
        status: Status::Voting,
        content: Content {
            options: keys
                .iter()
                .map(|k| Choice {
                    key: (*k).into(),
                    ..Choice::default()
                })
                .collect(),
            ..Content::default()
        },
        opens_at: None,
        closes_at: None,
        opened_at: Some(at),
        closed_at: None,
        reminded_at: None,
        review_on: None,
        supersedes_id: None,
        author_id: None,
        author_name: String::new(),
        version: 1,
        created_at: at,
        updated_at: at,
    }
}

/// Voters with the answer of those who voted; a weight of 1 each unless it is written behind a colon.
fn cast(x: &Proposal, said: &[&str]) -> (Vec<Voter>, Vec<Ballot>) {
    let (mut voters, mut ballots) = (Vec::new(), Vec::new());
    for entry in said {
        let (says, weight) = entry.split_once(':').unwrap_or((entry, "1"));
        let voter = Voter {
            id: VoterId::new(),
            partnership_id: "p".into(),
            proposal_id: x.id.clone(),
            seat_id: crate::seat::SeatId::new(),
            organization_id: None,
            organization_role: None,
            sector: None,
            name: String::new(),
            weight: weight.parse().expect("a weight"),
            state: VoterState::Eligible,
            interest: String::new(),
            voted: says != "-",
        };
        if voter.voted {
            let checks = x.norms.method == Method::Approval;
            let says = Says {
                option: (!checks).then(|| says.to_string()),
                checks: says
                    .split('+')
                    .filter(|_| checks)
                    .map(String::from)
                    .collect(),
                ..Says::default()
            };
            ballots.push(Ballot {
                voter_id: Some(voter.id.clone()),
                ..together(says, voter.weight)
            });
        }
        voters.push(voter);
    }
    (voters, ballots)
}

fn fixed(method: Method) -> Norms {
    Norms {
        method,
        changeable: false,
        ..Norms::default()
    }
}

fn part(numerator: u32, denominator: u32, reaching: bool, of: Whole) -> Pass {
    Pass {
        numerator,
        denominator,
        reaching,
        of,
    }
}

#[test]
fn a_result_is_settled_exactly_when_no_ballot_can_turn_it() {
    let majority = fixed(Method::Majority);
    let thirds = Norms {
        pass: part(2, 3, true, Whole::Cast),
        ..fixed(Method::Supermajority)
    };
    let of_all = Norms {
        pass: part(1, 2, false, Whole::Eligible),
        ..fixed(Method::Majority)
    };
    let quorum = Norms {
        quorum: Quorum {
            percent: 80,
            ..Quorum::default()
        },
        ..fixed(Method::Majority)
    };
    let cases: &[(&Norms, &[&str], &[&str], bool)] = &[
        (&majority, &[], &["agree", "agree", "agree", "-", "-"], true),
        (&majority, &[], &["agree", "agree", "-", "-"], false),
        (&majority, &[], &["disagree", "disagree", "-", "-"], true),
        (&majority, &[], &["-", "-", "-"], false),
        (&majority, &[], &["agree:5", "-:2", "-:2"], true),
        (&majority, &[], &["agree:5", "-:2", "-:3"], false),
        // An abstention shrinks what the majority is taken of.
        (&majority, &[], &["agree", "abstain", "abstain", "-"], false),
        (
            &thirds,
            &[],
            &["agree", "agree", "agree", "agree", "-", "-"],
            true,
        ),
        (&thirds, &[], &["agree", "agree", "agree", "-", "-"], false),
        (&thirds, &[], &["disagree", "disagree", "-", "-", "-"], true),
        (&of_all, &[], &["agree", "agree", "agree", "-", "-"], true),
        (&of_all, &[], &["agree", "agree", "-", "-", "-"], false),
        // Enough agree, but without one more there is no quorum.
        (&quorum, &[], &["agree", "agree", "agree", "-", "-"], false),
        (
            &quorum,
            &[],
            &["agree", "agree", "agree", "abstain", "-"],
            true,
        ),
        (
            &quorum,
            &[],
            &["disagree", "disagree", "disagree", "-", "-"],
            true,
        ),
        (
            &fixed(Method::Consent),
            &[],
            &["agree", "object", "-"],
            true,
        ),
        (
            &fixed(Method::Consent),
            &[],
            &["agree", "agree", "-"],
            false,
        ),
        (
            &fixed(Method::Gradients),
            &[],
            &["endorse", "block", "-"],
            true,
        ),
        (
            &fixed(Method::Gradients),
            &[],
            &["endorse", "endorse", "-"],
            false,
        ),
        (
            &fixed(Method::Count),
            &["a", "b", "c"],
            &["a", "a", "a", "b", "-"],
            true,
        ),
        (
            &fixed(Method::Count),
            &["a", "b", "c"],
            &["a", "a", "b", "-", "-"],
            false,
        ),
        (
            &fixed(Method::Approval),
            &["a", "b", "c"],
            &["a+b", "a", "a", "-"],
            true,
        ),
        (
            &fixed(Method::Approval),
            &["a", "b", "c"],
            &["a+b", "a+b", "a", "-", "-"],
            false,
        ),
        (
            &fixed(Method::Schulze),
            &["a", "b"],
            &["a", "a", "a", "-"],
            false,
        ),
    ];
    for (norms, options, said, expected) in cases {
        let x = proposal((*norms).clone(), options);
        let (voters, ballots) = cast(&x, said);
        assert_eq!(
            settled(&x, &voters, &ballots),
            *expected,
            "{} {said:?}",
            norms.method
        );
    }
}

#[test]
fn a_ballot_that_can_still_change_settles_nothing() {
    for (changeable, secret, expected) in [
        (false, false, true),
        (true, false, false),
        (false, true, false),
    ] {
        let x = proposal(
            Norms {
                changeable,
                secret,
                ..fixed(Method::Majority)
            },
            &[],
        );
        let (voters, ballots) = cast(&x, &["agree", "agree", "agree", "-"]);
        assert_eq!(
            settled(&x, &voters, &ballots),
            expected,
            "{changeable} {secret}"
        );
    }
}

/// Every way in which those who have not voted could vote is tried: what is called settled must end the same in each.
#[test]
fn no_way_of_voting_on_overturns_what_is_settled() {
    let answers = ["agree", "disagree", "abstain", "-"];
    let norms = [
        fixed(Method::Majority),
        Norms {
            pass: part(2, 3, true, Whole::Present),
            ..fixed(Method::Supermajority)
        },
        Norms {
            pass: part(1, 2, false, Whole::Eligible),
            ..fixed(Method::Majority)
        },
        Norms {
            quorum: Quorum {
                percent: 60,
                ..Quorum::default()
            },
            ..fixed(Method::Majority)
        },
    ];
    let mut seen = (0, 0);
    for norms in norms {
        let x = proposal(norms, &[]);
        for code in 0..4_usize.pow(5) {
            let said: Vec<&str> = (0..5_u32)
                .map(|at| answers[code / 4_usize.pow(at) % 4])
                .collect();
            let (voters, ballots) = cast(&x, &said);
            if !settled(&x, &voters, &ballots) {
                seen.1 += 1;
                continue;
            }
            seen.0 += 1;
            let now = ends(&x, &voters, &ballots);
            let open: Vec<usize> = (0..5).filter(|at| said[*at] == "-").collect();
            for way in 0..4_usize.pow(u32::try_from(open.len()).expect("few")) {
                let mut then = said.clone();
                for (place, at) in open.iter().enumerate() {
                    then[*at] = answers[way / 4_usize.pow(u32::try_from(place).expect("few")) % 4];
                }
                let (voters, ballots) = cast(&x, &then);
                assert_eq!(ends(&x, &voters, &ballots), now, "{said:?} then {then:?}");
            }
        }
    }
    assert!(seen.0 > 200 && seen.1 > 200, "{seen:?}");
}
