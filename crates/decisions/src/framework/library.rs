//! Frameworks that are ready to be taken over. Their names and explanations are messages: `ready-<key>` and `-about`.

use super::{Method, Norms, Pass, Quorum, Reasons, Results, Whole};

/// A ready framework.
#[derive(Clone, Debug)]
pub struct Ready {
    /// Its key.
    pub key: &'static str,
    /// How it decides.
    pub norms: Norms,
}

fn ready(key: &'static str, norms: Norms) -> Ready {
    Ready { key, norms }
}

fn usual(method: Method) -> Norms {
    Norms {
        method,
        quorum: Quorum {
            percent: 50,
            ..Quorum::default()
        },
        review_months: 12,
        ..Norms::default()
    }
}

/// A check: short, without quorum, without consequences.
fn check(method: Method) -> Norms {
    Norms {
        quorum: Quorum::default(),
        discussion_days: 0,
        open_days: 3,
        reasons: Reasons::Optional,
        results: Results::Always,
        review_months: 0,
        ..usual(method)
    }
}

/// All of them, the most used first.
pub fn all() -> Vec<Ready> {
    let two_thirds = Pass {
        numerator: 2,
        denominator: 3,
        reaching: true,
        of: Whole::Cast,
    };
    vec![
        ready(
            "consent",
            Norms {
                reasons: Reasons::OnDisagreement,
                ..usual(Method::Consent)
            },
        ),
        ready(
            "advice",
            Norms {
                quorum: Quorum::default(),
                reasons: Reasons::Required,
                ..usual(Method::Advice)
            },
        ),
        ready(
            "gradients",
            Norms {
                pass: two_thirds.clone(),
                ..usual(Method::Gradients)
            },
        ),
        ready("majority", usual(Method::Majority)),
        ready(
            "supermajority",
            Norms {
                pass: two_thirds,
                ..usual(Method::Supermajority)
            },
        ),
        ready(
            "ranked",
            Norms {
                shuffle: true,
                none_of_above: true,
                ..usual(Method::Schulze)
            },
        ),
        ready(
            "dots",
            Norms {
                shuffle: true,
                winners: 3,
                ..usual(Method::Dots)
            },
        ),
        ready(
            "budget",
            Norms {
                shuffle: true,
                winners: 1,
                budget: 10_000,
                ..usual(Method::EqualShares)
            },
        ),
        ready(
            "election",
            Norms {
                shuffle: true,
                secret: true,
                changeable: false,
                results: Results::AfterClose,
                reasons: Reasons::Off,
                winners: 3,
                ..usual(Method::ScottishStv)
            },
        ),
        ready("sense-check", check(Method::SenseCheck)),
        ready("temperature", check(Method::Temperature)),
        ready("opt-in", check(Method::OptIn)),
        ready(
            "meeting",
            Norms {
                highest: 2,
                ..check(Method::Meeting)
            },
        ),
    ]
}

/// One of them.
pub fn find(key: &str) -> Option<Ready> {
    all().into_iter().find(|r| r.key == key)
}
