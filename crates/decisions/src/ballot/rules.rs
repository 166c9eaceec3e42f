//! What a ballot may say. What can be read in one way only is put right and counts; what could mean two things is refused.

use std::collections::BTreeMap;

use backbone_web::{Fields, Problem};

use super::Says;
use crate::framework::{Group, Method, Norms, Reasons, Shape};
use crate::proposal::{Choice, Proposal};

/// Checks a ballot and brings it into the one form in which equal ballots are equal.
///
/// - an option ranked twice is refused; skipped ranks (first and third, but no second) close up
/// - dots beyond the number given, and marks outside the scale, are refused
/// - an option that was taken out, or never stood, is refused
/// - nothing chosen at all is refused: to abstain is an answer of its own, or not to vote
///
/// # Errors
/// 422 at `says` or `reason`.
pub fn check(
    says: &Says,
    reason: &str,
    proposal: &Proposal,
    groups: &[Group],
) -> Result<(Says, String), Problem> {
    let mut fields = Fields::new();
    let norms = &proposal.norms;
    let checked = match norms.method.shape() {
        Shape::Stance | Shape::One => one(&mut fields, says, proposal),
        Shape::Checks => checks(&mut fields, says, proposal),
        Shape::Marks => marks(&mut fields, says, proposal),
        Shape::Dots => dots(&mut fields, says, proposal),
        Shape::Ranking => ranking(&mut fields, says, proposal),
    };
    let no = checked.option.as_deref().is_some_and(Method::is_no);
    let stops = checked.option.as_deref().is_some_and(Method::is_block);
    if stops && !norms.may_block.is_empty() && !norms.may_block.iter().any(|g| groups.contains(g)) {
        fields.fail("says", "ballot-may-not-block");
    }
    let mut reason = fields.optional("reason", reason, 4_000);
    // An objection without grounds cannot be worked in, so it always needs its reason, unless the vote is secret.
    let needed = match norms.reasons {
        Reasons::Required => true,
        Reasons::OnDisagreement => no || stops,
        Reasons::Optional | Reasons::Off => stops && !norms.secret,
    };
    if norms.reasons == Reasons::Off && !stops {
        reason.clear();
    }
    if needed && reason.is_empty() && !fields.has("says") {
        fields.fail(
            "reason",
            if stops {
                "ballot-grounds"
            } else {
                "ballot-reason"
            },
        );
    }
    fields.finish()?;
    Ok((checked, reason))
}

/// Whether a key names an option that stands; says why not.
fn stands(fields: &mut Fields, proposal: &Proposal, key: &str) -> bool {
    let found = proposal.content.options.iter().find(|o| o.key == key);
    match found {
        Some(Choice {
            withdrawn: None, ..
        }) => true,
        Some(option) => {
            fields.fail_with(
                "says",
                "ballot-withdrawn",
                &[("option", option.label.clone())],
            );
            false
        }
        None => {
            fields.fail_with(
                "says",
                "ballot-unknown",
                &[("option", key.chars().take(60).collect())],
            );
            false
        }
    }
}

fn one(fields: &mut Fields, says: &Says, proposal: &Proposal) -> Says {
    let Some(key) = says.option.as_deref().filter(|k| !k.is_empty()) else {
        fields.fail("says", "ballot-empty");
        return Says::default();
    };
    stands(fields, proposal, key);
    Says {
        option: Some(key.to_string()),
        ..Says::default()
    }
}

fn checks(fields: &mut Fields, says: &Says, proposal: &Proposal) -> Says {
    let mut checks: Vec<String> = says
        .checks
        .iter()
        .filter(|k| !k.is_empty())
        .cloned()
        .collect();
    checks.sort();
    checks.dedup();
    if checks.is_empty() {
        fields.fail("says", "ballot-empty");
    }
    for key in &checks {
        if !stands(fields, proposal, key) {
            break;
        }
    }
    Says {
        checks,
        ..Says::default()
    }
}

fn marks(fields: &mut Fields, says: &Says, proposal: &Proposal) -> Says {
    let Norms {
        lowest, highest, ..
    } = proposal.norms;
    if says.marks.is_empty() {
        fields.fail("says", "ballot-empty");
    }
    for (key, mark) in &says.marks {
        if !stands(fields, proposal, key) {
            break;
        }
        if !(lowest..=highest).contains(mark) {
            let args = [("min", lowest.to_string()), ("max", highest.to_string())];
            fields.fail_with("says", "out-of-range", &args);
            break;
        }
    }
    Says {
        marks: says.marks.clone(),
        ..Says::default()
    }
}

fn dots(fields: &mut Fields, says: &Says, proposal: &Proposal) -> Says {
    let marks: BTreeMap<String, i32> = says
        .marks
        .iter()
        .filter(|(_, n)| **n != 0)
        .map(|(k, n)| (k.clone(), *n))
        .collect();
    let spent: i64 = marks.values().map(|n| i64::from(*n)).sum();
    let most = i64::from(proposal.norms.dots);
    if marks.is_empty() {
        fields.fail("says", "ballot-empty");
    } else if marks.values().any(|n| *n < 0) {
        fields.fail("says", "ballot-negative");
    } else if spent > most {
        let args = [("spent", spent.to_string()), ("max", most.to_string())];
        fields.fail_with("says", "ballot-over-spent", &args);
    }
    for key in marks.keys() {
        if !stands(fields, proposal, key) {
            break;
        }
    }
    Says {
        marks,
        ..Says::default()
    }
}

fn ranking(fields: &mut Fields, says: &Says, proposal: &Proposal) -> Says {
    let mut seen: Vec<&str> = Vec::new();
    let mut ranks: Vec<Vec<String>> = Vec::new();
    for group in says.ranks.iter().filter(|g| !g.is_empty()) {
        let mut own = Vec::new();
        for key in group {
            if !stands(fields, proposal, key) {
                return Says::default();
            }
            if seen.contains(&key.as_str()) {
                let option = proposal.content.options.iter().find(|o| &o.key == key);
                let label = option.map(|o| o.label.clone()).filter(|l| !l.is_empty());
                fields.fail_with(
                    "says",
                    "ballot-twice",
                    &[("option", label.unwrap_or_else(|| key.clone()))],
                );
                return Says::default();
            }
            seen.push(key);
            own.push(key.clone());
        }
        own.sort();
        ranks.push(own);
    }
    if ranks.is_empty() {
        fields.fail("says", "ballot-empty");
    }
    Says {
        ranks,
        ..Says::default()
    }
}

/// Whether a ballot still says something when withdrawn options are read as if they had never stood.
pub fn still_says(says: &Says, proposal: &Proposal) -> bool {
    let stands = |key: &String| proposal.standing().any(|o| &o.key == key);
    says.option.iter().any(stands)
        || says.checks.iter().any(stands)
        || says.marks.keys().any(stands)
        || says.ranks.iter().flatten().any(stands)
}

#[cfg(test)]
mod tests;
