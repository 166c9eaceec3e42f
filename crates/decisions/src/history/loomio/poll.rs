//! A poll as a vote: its method, its options and its ballots, so that it can be counted again. Pure.

use std::collections::BTreeMap;

use super::{Poll, PollOption, Stance};
use crate::ballot::Says;
use crate::framework::{Conflict, Method, Norms, Reasons, Results};
use crate::proposal::Choice;

/// A poll as it would be a vote here.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct AsVote {
    /// How it is counted.
    pub norms: Norms,
    /// Its options, by their keys.
    pub options: Vec<Choice>,
    /// The key of each option's number there.
    pub keys: BTreeMap<i64, String>,
}

/// What an option of a proposal stands for, by its sign, or by its name where it has none.
fn stands_for(option: &PollOption) -> &'static str {
    let name = option.name.trim().to_lowercase();
    let known = |word: &str| match word {
        "agree" | "yes" => "agree",
        "disagree" | "no" => "disagree",
        "abstain" => "abstain",
        "consent" => "consent",
        "objection" | "object" => "object",
        "block" => "block",
        _ => "",
    };
    match known(&name) {
        "" => known(option.icon.as_str()),
        found => found,
    }
}

/// The method by which a poll was counted there, as near as there is one here:
///
/// | there | here |
/// |---|---|
/// | proposal with agree, disagree, abstain | majority |
/// | proposal with consent and objection | consent |
/// | other proposals, count, check, and polls with one choice | most first choices |
/// | polls with several choices | approval |
/// | dot vote | dots |
/// | score, ranked choice (which adds up points), and kinds that are unknown here | score |
/// | meeting, time poll | meeting |
pub(crate) fn as_vote(poll: &Poll) -> AsVote {
    let roles: Vec<&str> = poll.options.iter().map(stands_for).collect();
    let only = |words: &[&str]| {
        let all = roles.iter().all(|r| words.contains(r));
        let mut once = roles.clone();
        once.sort_unstable();
        once.dedup();
        all && once.len() == roles.len()
    };
    let several = poll.stances.iter().any(|s| s.choices.len() > 1);
    let method = match poll.kind.as_str() {
        "proposal" if only(&["agree", "disagree", "abstain"]) && roles.contains(&"agree") => {
            Method::Majority
        }
        "proposal" if only(&["consent", "object", "abstain"]) && roles.contains(&"consent") => {
            Method::Consent
        }
        "proposal" | "count" | "check" | "poll" if !several => Method::Count,
        "proposal" | "count" | "check" | "poll" => Method::Approval,
        "dot_vote" => Method::Dots,
        "meeting" | "time_poll" => Method::Meeting,
        "question" => Method::Count,
        _ => Method::Score,
    };
    let own = matches!(method, Method::Majority | Method::Consent);
    let mut keys = BTreeMap::new();
    let mut options: Vec<Choice> = Vec::new();
    if own {
        let answers = method.answers().iter();
        options.extend(answers.map(|key| Choice {
            key: (*key).to_string(),
            ..Choice::default()
        }));
        for (option, role) in poll.options.iter().zip(&roles) {
            let key = if *role == "consent" { "agree" } else { role };
            keys.insert(option.id, key.to_string());
        }
    } else {
        for (number, option) in (1..).zip(&poll.options) {
            let key = format!("o{number}");
            keys.insert(option.id, key.clone());
            options.push(Choice {
                key,
                label: label(&options, &option.name),
                meaning: short(&option.meaning, 500),
                ..Choice::default()
            });
        }
    }
    AsVote {
        norms: norms(poll, method),
        options,
        keys,
    }
}

/// A label that no other option has.
fn label(others: &[Choice], name: &str) -> String {
    let name = short(name, 180);
    let taken = |label: &str| others.iter().any(|o| o.label == label);
    let mut label = if name.is_empty() {
        "–".to_string()
    } else {
        name.clone()
    };
    let mut number = 2;
    while taken(&label) {
        label = format!("{name} ({number})");
        number += 1;
    }
    label
}

pub(crate) fn short(text: &str, most: usize) -> String {
    text.chars()
        .take(most)
        .collect::<String>()
        .trim()
        .to_string()
}

/// What it was decided by: only what the count needs, and nothing that would happen by itself.
fn norms(poll: &Poll, method: Method) -> Norms {
    let scores = || {
        poll.stances
            .iter()
            .flat_map(|s| s.choices.values().copied())
    };
    let small = |n: i64| i32::try_from(n).unwrap_or(i32::MAX);
    let spent = |s: &Stance| s.choices.values().filter(|n| **n > 0).sum::<i64>();
    let dots = poll.stances.iter().map(spent).chain(poll.dots).max();
    let lowest = scores().chain(poll.lowest).chain([0]).min().unwrap_or(0);
    let highest = scores().chain(poll.highest).chain([1]).max().unwrap_or(1);
    Norms {
        method,
        conflict: Conflict::Off,
        reasons: Reasons::Optional,
        results: Results::Always,
        changeable: false,
        close_early: false,
        secret: poll.anonymous,
        dots: u32::try_from(dots.unwrap_or(1).max(1)).unwrap_or(1),
        lowest: small(lowest),
        highest: small(highest.max(lowest.saturating_add(1))),
        ..Norms::default()
    }
}

/// What somebody answered, in the form of the method; none where nothing that stands was chosen.
pub(crate) fn says(vote: &AsVote, stance: &Stance) -> Option<Says> {
    use crate::framework::Shape;
    let chosen = || {
        let all = stance.choices.iter();
        all.filter_map(|(option, score)| Some((vote.keys.get(option)?.clone(), *score)))
    };
    let says = match vote.norms.method.shape() {
        Shape::Checks => {
            let mut checks: Vec<String> = chosen().filter(|c| c.1 > 0).map(|c| c.0).collect();
            checks.sort();
            Says {
                checks,
                ..Says::default()
            }
        }
        Shape::Marks | Shape::Dots => {
            let kept = chosen().filter(|c| c.1 != 0 || vote.norms.method != Method::Dots);
            let marks = kept.filter_map(|(key, n)| Some((key, i32::try_from(n).ok()?)));
            Says {
                marks: marks.collect(),
                ..Says::default()
            }
        }
        _ => Says {
            option: chosen().find(|c| c.1 > 0).map(|c| c.0),
            ..Says::default()
        },
    };
    (says != Says::default()).then_some(says)
}

/// How what is counted from the ballots stands to the points that the export gives: `same`, `differs`, or `unknown` where it gives none or
/// has no ballots.
pub(crate) fn compared(poll: &Poll) -> &'static str {
    let mut known = false;
    for option in &poll.options {
        let Some(there) = option.score else { continue };
        known = true;
        let here: i64 = poll
            .stances
            .iter()
            .filter_map(|s| s.choices.get(&option.id))
            .sum();
        if here != there {
            return "differs";
        }
    }
    let voted = poll.stances.iter().any(|s| !s.choices.is_empty());
    if known && voted { "same" } else { "unknown" }
}
