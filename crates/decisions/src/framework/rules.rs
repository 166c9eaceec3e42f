//! What a framework may say.

use backbone_web::{Fields, Problem};

use super::{Method, NewFramework, Norms, Reasons};

/// Checks a framework's text.
///
/// # Errors
/// 422 with all wrong fields, each as `norms.<field>`.
pub fn check(input: &NewFramework) -> Result<NewFramework, Problem> {
    let mut fields = Fields::new();
    let mut checked = input.clone();
    checked.name = fields.text("name", &input.name, 120);
    checked.class = fields.optional("class", &input.class, 200);
    checked.norms.about = fields.optional("about", &input.norms.about, 4_000);
    checked.norms.words = fields.optional("words", &input.norms.words, 400);
    checked.norms.grounds = fields.optional("grounds", &input.norms.grounds, 2_000);
    numbers(&mut fields, &checked.norms);
    together(&mut fields, &checked.norms);
    fields.finish()?;
    Ok(checked)
}

fn numbers(fields: &mut Fields, n: &Norms) {
    let mut within = |field: &str, value: i64, min: i64, max: i64| {
        if !(min..=max).contains(&value) {
            let args = [("min", min.to_string()), ("max", max.to_string())];
            fields.fail_with(field, "out-of-range", &args);
        }
    };
    within("quorum_percent", n.quorum.percent.into(), 0, 100);
    within(
        "quorum_organizations",
        n.quorum.organizations.into(),
        0,
        1_000,
    );
    for group in &n.quorum.groups {
        within("quorum_groups", group.seats.into(), 1, 1_000);
    }
    within("discussion_days", n.discussion_days.into(), 0, 365);
    within("open_days", n.open_days.into(), 1, 365);
    within("reopen_days", n.reopen_days.into(), 0, 365);
    within("review_months", n.review_months.into(), 0, 120);
    within("winners", n.winners.into(), 1, 100);
    within("dots", n.dots.into(), 1, 1_000);
    within("turnout_from", n.turnout_from.into(), 2, 1_000);
    within("lowest", n.lowest.into(), -10, 0);
    within("highest", n.highest.into(), 1, 100);
    within(
        "budget",
        i64::try_from(n.budget).unwrap_or(i64::MAX),
        0,
        1_000_000_000_000,
    );
    within("pass", n.pass.denominator.into(), 1, 1_000);
}

/// What does not go together.
fn together(fields: &mut Fields, n: &Norms) {
    let part = &n.pass;
    let reachable =
        part.numerator < part.denominator || (part.numerator == part.denominator && part.reaching);
    if !reachable {
        fields.fail("pass", "framework-pass");
    }
    if n.method == Method::Supermajority
        && u64::from(part.numerator) * 2 <= u64::from(part.denominator)
    {
        fields.fail("pass", "framework-more-than-half");
    }
    if n.secret && matches!(n.reasons, Reasons::Required | Reasons::OnDisagreement) {
        // A reason can give its writer away, so a secret vote must not ask for one.
        fields.fail("reasons", "framework-secret-reasons");
    }
    if n.secret && n.changeable {
        fields.fail("changeable", "framework-secret-change");
    }
    if n.close_decided && !crate::outcome::settled::provable(n) {
        fields.fail("close_decided", "framework-close-unprovable");
    }
    if n.method == Method::EqualShares && n.budget == 0 {
        fields.fail("budget", "framework-budget");
    }
    if let (Some(from), Some(up_to)) = (n.from_minor, n.up_to_minor)
        && from > up_to
    {
        fields.fail("up_to_minor", "framework-amounts");
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::framework::{Pass, Whole, library};

    fn named(norms: Norms) -> NewFramework {
        NewFramework {
            name: "Budget".into(),
            norms,
            ..NewFramework::default()
        }
    }

    #[test]
    fn every_ready_framework_is_a_good_one() {
        for ready in library::all() {
            let problem = check(&named(ready.norms)).err();
            assert!(problem.is_none(), "{}: {problem:?}", ready.key);
        }
    }

    #[test]
    fn what_does_not_go_together_is_told() {
        let half = Pass {
            numerator: 1,
            denominator: 2,
            reaching: true,
            of: Whole::Cast,
        };
        let all = Pass {
            numerator: 1,
            denominator: 1,
            reaching: false,
            of: Whole::Cast,
        };
        for (norms, field) in [
            (
                Norms {
                    method: Method::Supermajority,
                    pass: half,
                    ..Norms::default()
                },
                "pass",
            ),
            (
                Norms {
                    pass: all,
                    ..Norms::default()
                },
                "pass",
            ),
            (
                Norms {
                    secret: true,
                    changeable: false,
                    reasons: Reasons::Required,
                    ..Norms::default()
                },
                "reasons",
            ),
            (
                Norms {
                    secret: true,
                    reasons: Reasons::Off,
                    ..Norms::default()
                },
                "changeable",
            ),
            (
                Norms {
                    method: Method::EqualShares,
                    ..Norms::default()
                },
                "budget",
            ),
            (
                Norms {
                    open_days: 0,
                    ..Norms::default()
                },
                "open_days",
            ),
            (
                Norms {
                    from_minor: Some(2),
                    up_to_minor: Some(1),
                    ..Norms::default()
                },
                "up_to_minor",
            ),
        ] {
            let problem = check(&named(norms)).expect_err(field);
            let fields: Vec<_> = problem.fields.iter().map(|f| f.field.as_str()).collect();
            assert_eq!(fields, [field]);
        }
    }

    #[test]
    fn a_framework_travels_as_json() {
        for ready in library::all() {
            let text = serde_json::to_string(&named(ready.norms.clone())).expect("writes");
            let back: NewFramework = serde_json::from_str(&text).expect("reads");
            assert_eq!(back.norms, ready.norms);
        }
    }
}
