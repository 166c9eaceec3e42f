//! From ballots to a result. Pure: the counting itself is done by `backbone-tally`.

use std::collections::HashSet;

use backbone_tally::{
    Base, Consent, Dots, Election, EqualShares, Gradients, PassRule, Rules, Scale, Stance,
    TallyError, Threshold,
};

use super::{Counted, Tallied, quorum};
use crate::ballot::{Ballot, Says, Voter, VoterId};
use crate::framework::{Method, Norms, Shape, Whole};
use crate::proposal::Proposal;

/// Counts. Ballots of seats that ended or recused themselves after voting are left out; options that were taken out are read as if they
/// had never stood. Ties that no rule of the method decides are drawn by lot from the proposal's identifier, so that everybody who counts again
/// gets the same.
pub(crate) fn count(x: &Proposal, voters: &[Voter], ballots: &[Ballot]) -> Tallied {
    let ballots = counting(voters, ballots);
    let open = voters.iter().filter(|v| v.is_open());
    let mut result = Tallied {
        eligible: u32::try_from(open.clone().count()).unwrap_or(u32::MAX),
        voted: u32::try_from(open.filter(|v| v.voted).count()).unwrap_or(u32::MAX),
        quorum: quorum::check(&x.norms.quorum, voters),
        counted: counted(x, ballots.iter().map(|b| &b.says)),
        winners: Vec::new(),
        tally: None,
        trouble: String::new(),
    };
    match tally(x, &ballots, eligible(voters)) {
        Ok(tally) => {
            result.winners = tally
                .winners
                .iter()
                .map(|w| w.as_str().to_string())
                .collect();
            result.tally = Some(tally);
        }
        Err(error) => result.trouble = error.to_string(),
    }
    result
}

/// Whether a counted result adopts the proposal.
pub(crate) fn passes(x: &Proposal, result: &Tallied) -> bool {
    if !result.has_quorum() || result.voted == 0 {
        return false;
    }
    match x.norms.method {
        // Only those against stop these; the one who proposed decides.
        Method::Advice | Method::OptIn => true,
        Method::SenseCheck | Method::Temperature => true,
        Method::Majority | Method::Supermajority => result.winners.iter().any(|w| w == "agree"),
        _ => result
            .winners
            .first()
            .is_some_and(|w| w != crate::proposal::rules::NONE),
    }
}

/// How many of these ballots name each option that stands.
pub(crate) fn counted<'s>(
    x: &Proposal,
    all: impl Iterator<Item = &'s Says> + Clone,
) -> Vec<Counted> {
    let names = |says: &Says, key: &String| match x.norms.method.shape() {
        Shape::Stance | Shape::One => says.option.as_ref() == Some(key),
        Shape::Checks => says.checks.contains(key),
        Shape::Marks | Shape::Dots => says.marks.get(key).is_some_and(|n| *n > 0),
        Shape::Ranking => says.ranks.first().is_some_and(|g| g.contains(key)),
    };
    let one = |key: &String| Counted {
        option: key.clone(),
        ballots: u32::try_from(all.clone().filter(|says| names(says, key)).count())
            .unwrap_or(u32::MAX),
    };
    x.standing().map(|o| one(&o.key)).collect()
}

fn tally(
    x: &Proposal,
    ballots: &[&Ballot],
    eligible: u64,
) -> Result<backbone_tally::Tally, TallyError> {
    let election = election(x, ballots)?;
    backbone_tally::count(&method(&x.norms, x, eligible), &election, &rules(x))
}

/// The ballots as what is counted: options by their keys, equal ballots put together.
pub(crate) fn election(x: &Proposal, ballots: &[&Ballot]) -> Result<Election, TallyError> {
    let mut election = Election::new(x.content.options.iter().map(|o| o.key.as_str()))?;
    election.budget = Some(x.norms.budget).filter(|b| *b > 0);
    for (place, option) in x.content.options.iter().enumerate() {
        if let Some(cost) = option.cost {
            election.set_cost(place, cost)?;
        }
    }
    for ballot in ballots {
        add(
            &mut election,
            x.norms.method.shape(),
            &ballot.says,
            u64::from(ballot.weight.unsigned_abs()),
        )?;
    }
    for (place, option) in x.content.options.iter().enumerate() {
        if option.withdrawn.is_some() {
            election.withdraw(place)?;
        }
    }
    Ok(election)
}

/// How many win, and the seed of the lot.
pub(crate) fn rules(x: &Proposal) -> Rules {
    Rules {
        seats: usize::try_from(x.norms.winners)
            .unwrap_or(1)
            .min(x.standing().count().max(1)),
        seed: Some(x.id.to_string()),
    }
}

/// The ballots that count: not those of seats that ended or recused themselves after voting.
pub(crate) fn counting<'b>(voters: &[Voter], ballots: &'b [Ballot]) -> Vec<&'b Ballot> {
    let open = voters.iter().filter(|v| v.is_open());
    let open: HashSet<&VoterId> = open.map(|v| &v.id).collect();
    let counts = |b: &&Ballot| b.voter_id.as_ref().is_none_or(|id| open.contains(id));
    ballots.iter().filter(counts).collect()
}

/// The weight of all who may vote.
pub(crate) fn eligible(voters: &[Voter]) -> u64 {
    let open = voters.iter().filter(|v| v.is_open());
    open.map(|v| u64::from(v.weight.unsigned_abs())).sum()
}

fn add(election: &mut Election, shape: Shape, says: &Says, weight: u64) -> Result<(), TallyError> {
    let marks: Vec<(usize, i32)> = match shape {
        Shape::Stance | Shape::One => {
            let place = says.option.as_deref().and_then(|key| election.place(key));
            return match place {
                Some(place) => election.choose(place, weight),
                None => election.blank(weight),
            };
        }
        Shape::Ranking => {
            let place = |key: &String| election.place(key);
            let groups: Vec<Vec<usize>> = says
                .ranks
                .iter()
                .map(|g| g.iter().filter_map(place).collect())
                .collect();
            return election.rank(&groups, weight);
        }
        Shape::Checks => says
            .checks
            .iter()
            .filter_map(|key| Some((election.place(key)?, 1)))
            .collect(),
        Shape::Marks | Shape::Dots => says
            .marks
            .iter()
            .filter_map(|(key, n)| Some((election.place(key)?, *n)))
            .collect(),
    };
    election.mark(&marks, weight)
}

pub(crate) fn method(norms: &Norms, x: &Proposal, eligible: u64) -> backbone_tally::Method {
    use backbone_tally::Method as T;
    let place = |key: &str| x.content.options.iter().position(|o| o.key == key);
    let threshold = Threshold {
        numerator: norms.pass.numerator,
        denominator: norms.pass.denominator,
        reaching_is_enough: norms.pass.reaching,
    };
    let rule = PassRule {
        threshold,
        of: match norms.pass.of {
            Whole::Cast => Base::Cast,
            Whole::Present => Base::Present,
            Whole::Eligible => Base::Eligible(eligible),
        },
        abstain: place("abstain"),
    };
    let scale = Scale {
        lowest: norms.lowest,
        highest: norms.highest,
    };
    match norms.method {
        Method::Majority => T::Majority(rule),
        Method::Supermajority => T::Supermajority(rule),
        Method::Consent => T::Consent(Consent {
            stances: x.content.options.iter().map(|o| stance(&o.key)).collect(),
            objections_allowed: 0,
        }),
        Method::Gradients => T::Gradients(Gradients {
            support: 2,
            block: 1,
            threshold,
        }),
        Method::Advice
        | Method::SenseCheck
        | Method::Temperature
        | Method::OptIn
        | Method::Count => T::Count,
        Method::Approval => T::Approval,
        Method::Score => T::Score(scale),
        Method::Star => T::Star(scale),
        Method::Dots => T::Dots(Dots { dots: norms.dots }),
        Method::EqualShares => T::EqualShares(EqualShares::default()),
        Method::Schulze => T::Schulze {
            strength: Default::default(),
        },
        Method::RankedPairs => T::RankedPairs {
            strength: Default::default(),
        },
        Method::Irv => T::Irv,
        Method::Borda => T::Borda,
        Method::ScottishStv => T::ScottishStv {
            quota: Default::default(),
        },
        Method::MeekStv => T::MeekStv {
            quota: Default::default(),
        },
        Method::Meeting => T::MeetingPoll,
    }
}

fn stance(key: &str) -> Stance {
    match key {
        "agree" => Stance::Agree,
        "object" => Stance::Object,
        "stand_aside" => Stance::StandAside,
        _ => Stance::Abstain,
    }
}
