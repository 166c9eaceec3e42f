use backbone_db::Instant;
use serde_json::{Value, json};

use super::*;
use crate::body::BodyId;
use crate::proposal::{Content, DecisionId, Status};

fn proposal(norms: Norms, options: &[&str]) -> Proposal {
    let keys: Vec<&str> = if options.is_empty() {
        norms.method.answers().to_vec()
    } else {
        options.to_vec()
    };
    let options = keys
        .iter()
        .map(|k| Choice {
            key: (*k).into(),
            label: k.to_uppercase(),
            ..Choice::default()
        })
        .collect();
    let now = Instant::from_unix(0);
    Proposal {
        id: DecisionId::new(),
        body_id: BodyId::new(),
        framework_id: None,
        framework_version: 0,
        norms,
        title: "Where?".into(),
        status: Status::Voting,
        content: Content {
            options,
            ..Content::default()
        },
        opens_at: None,
        closes_at: None,
        opened_at: None,
        closed_at: None,
        reminded_at: None,
        review_on: None,
        supersedes_id: None,
        author_id: None,
        author_name: String::new(),
        version: 1,
        created_at: now,
        updated_at: now,
    }
}

fn norms(method: Method) -> Norms {
    Norms {
        method,
        reasons: Reasons::Optional,
        ..Norms::default()
    }
}

/// The ballot as it counts, or the code of what is wrong with it.
fn told(x: &Proposal, says: Value, reason: &str, groups: &[Group]) -> Result<Value, String> {
    let says: Says = serde_json::from_value(says).expect("a ballot");
    match check(&says, reason, x, groups) {
        Ok((says, _)) => Ok(json!(says)),
        Err(problem) => Err(format!(
            "{}:{}",
            problem.fields[0].field, problem.fields[0].code
        )),
    }
}

#[test]
fn each_shape_has_its_rules() {
    let ranked = proposal(norms(Method::Schulze), &["a", "b", "c"]);
    let dotted = proposal(
        Norms {
            dots: 5,
            ..norms(Method::Dots)
        },
        &["a", "b", "c"],
    );
    let scored = proposal(norms(Method::Score), &["a", "b", "c"]);
    let checked = proposal(norms(Method::Approval), &["a", "b", "c"]);
    let stance = proposal(norms(Method::Majority), &[]);
    for (x, says, expected) in [
        (
            &ranked,
            json!({"ranks": [["a"], ["b"], ["c"]]}),
            Ok(json!({"ranks": [["a"], ["b"], ["c"]]})),
        ),
        (
            &ranked,
            json!({"ranks": [["c"], [], ["b", "a"]]}),
            Ok(json!({"ranks": [["c"], ["a", "b"]]})),
        ),
        (
            &ranked,
            json!({"ranks": [["a"], ["b"], ["a"]]}),
            Err("says:ballot-twice"),
        ),
        (
            &ranked,
            json!({"ranks": [["a", "a"]]}),
            Err("says:ballot-twice"),
        ),
        (
            &ranked,
            json!({"ranks": [["x"]]}),
            Err("says:ballot-unknown"),
        ),
        (&ranked, json!({"ranks": [[]]}), Err("says:ballot-empty")),
        (
            &dotted,
            json!({"marks": {"a": 3, "b": 2, "c": 0}}),
            Ok(json!({"marks": {"a": 3, "b": 2}})),
        ),
        (
            &dotted,
            json!({"marks": {"a": 3, "b": 3}}),
            Err("says:ballot-over-spent"),
        ),
        (
            &dotted,
            json!({"marks": {"a": 7, "b": -2}}),
            Err("says:ballot-negative"),
        ),
        (
            &dotted,
            json!({"marks": {"a": i32::MAX, "b": i32::MAX}}),
            Err("says:ballot-over-spent"),
        ),
        (
            &dotted,
            json!({"marks": {"a": 0}}),
            Err("says:ballot-empty"),
        ),
        (
            &scored,
            json!({"marks": {"a": 5, "b": 0}}),
            Ok(json!({"marks": {"a": 5, "b": 0}})),
        ),
        (
            &scored,
            json!({"marks": {"a": 6}}),
            Err("says:out-of-range"),
        ),
        (
            &checked,
            json!({"checks": ["b", "a", "b"]}),
            Ok(json!({"checks": ["a", "b"]})),
        ),
        (
            &stance,
            json!({"option": "agree", "checks": ["disagree"]}),
            Ok(json!({"option": "agree"})),
        ),
        (
            &stance,
            json!({"option": "perhaps"}),
            Err("says:ballot-unknown"),
        ),
        (&stance, json!({}), Err("says:ballot-empty")),
    ] {
        assert_eq!(
            told(x, says.clone(), "", &[]),
            expected.map_err(str::to_string),
            "{says}"
        );
    }
}

#[test]
fn an_option_that_was_taken_out_cannot_be_chosen_and_leaves_others_standing() {
    let mut x = proposal(norms(Method::Approval), &["a", "b", "c"]);
    x.content.options[0].withdrawn = Some("sold".into());
    assert_eq!(
        told(&x, json!({"checks": ["a"]}), "", &[]),
        Err("says:ballot-withdrawn".into())
    );
    let says = |v: Value| serde_json::from_value::<Says>(v).expect("a ballot");
    assert!(!still_says(&says(json!({"checks": ["a"]})), &x));
    assert!(still_says(&says(json!({"checks": ["a", "b"]})), &x));
}

#[test]
fn reasons_are_asked_as_agreed() {
    for (reasons, option, fine) in [
        (Reasons::Off, "disagree", true),
        (Reasons::Optional, "disagree", true),
        (Reasons::OnDisagreement, "agree", true),
        (Reasons::OnDisagreement, "disagree", false),
        (Reasons::Required, "agree", false),
    ] {
        let x = proposal(
            Norms {
                reasons,
                ..norms(Method::Majority)
            },
            &[],
        );
        let without = told(&x, json!({"option": option}), "  ", &[]);
        assert_eq!(without.is_ok(), fine, "{reasons} {option}");
        assert!(told(&x, json!({"option": option}), "Because", &[]).is_ok());
    }
}

#[test]
fn only_those_who_may_block_and_only_on_grounds() {
    let x = proposal(
        Norms {
            may_block: vec![Group::Community],
            ..norms(Method::Consent)
        },
        &[],
    );
    let object = json!({"option": "object"});
    assert_eq!(
        told(
            &x,
            object.clone(),
            "It harms",
            &[Group::Partner, Group::Public]
        ),
        Err("says:ballot-may-not-block".into())
    );
    assert_eq!(
        told(&x, object.clone(), "", &[Group::Community]),
        Err("reason:ballot-grounds".into())
    );
    assert!(told(&x, object, "It harms", &[Group::Community, Group::Civil]).is_ok());
}
