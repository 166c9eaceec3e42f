//! A ballot as a form: what it shows, and what it says when it comes back.

use backbone_web::Form;
use serde_json::{Value, json};

use super::{NewBallot, Says, VoterId};
use crate::framework::{Method, Shape};
use crate::proposal::{Choice, Proposal};
use crate::view::{Say, some};

/// Reads a ballot. A field that is left open says nothing of that option.
pub(crate) fn read(form: &Form, x: &Proposal) -> NewBallot {
    let marked = |key: &str| form.text(&format!("mark_{key}")).trim().parse::<i32>().ok();
    let mut says = Says::default();
    match x.norms.method.shape() {
        Shape::Stance | Shape::One => says.option = some(form.text("option")),
        Shape::Checks => says.checks = form.all("checks").to_vec(),
        Shape::Marks | Shape::Dots => {
            let marks = x
                .standing()
                .filter_map(|o| Some((o.key.clone(), marked(&o.key)?)));
            says.marks = marks.collect();
        }
        Shape::Ranking => says.ranks = ranks(form, x),
    }
    NewBallot {
        seat_id: some(form.text("seat_id")),
        says,
        reason: form.text("reason").into(),
    }
}

/// Options by the place they were given; the same place is an equal place, and no place is unranked.
fn ranks(form: &Form, x: &Proposal) -> Vec<Vec<String>> {
    let mut placed: Vec<(u32, String)> = x
        .standing()
        .filter_map(|o| {
            Some((
                form.text(&format!("rank_{}", o.key)).parse().ok()?,
                o.key.clone(),
            ))
        })
        .collect();
    placed.sort();
    let mut groups: Vec<(u32, Vec<String>)> = Vec::new();
    for (place, key) in placed {
        match groups.last_mut() {
            Some((last, group)) if *last == place => group.push(key),
            _ => groups.push((place, vec![key])),
        }
    }
    groups.into_iter().map(|(_, group)| group).collect()
}

/// The name of an option: its own, or the reader's words for an answer of the method.
pub(crate) fn label(say: &Say, option: &Choice) -> String {
    if option.label.is_empty() {
        say.of("answer", &option.key)
    } else {
        option.label.clone()
    }
}

/// The name of an option by its key.
pub(crate) fn name(say: &Say, x: &Proposal, key: &str) -> String {
    let found = x.content.options.iter().find(|o| o.key == key);
    found.map_or_else(|| key.to_string(), |o| label(say, o))
}

/// What a ballot says, in words.
pub(crate) fn words(say: &Say, x: &Proposal, says: &Says) -> String {
    let named = |key: &String| name(say, x, key);
    if let Some(option) = &says.option {
        return named(option);
    }
    if !says.checks.is_empty() {
        return says.checks.iter().map(named).collect::<Vec<_>>().join(", ");
    }
    if !says.marks.is_empty() {
        let marks = says.marks.iter().map(|(k, n)| format!("{} {n}", named(k)));
        return marks.collect::<Vec<_>>().join(", ");
    }
    let groups = says
        .ranks
        .iter()
        .map(|g| g.iter().map(named).collect::<Vec<_>>().join(" = "));
    groups.collect::<Vec<_>>().join(" > ")
}

fn icon(key: &str) -> &'static str {
    match key {
        "agree" | "endorse" | "advise_for" | "looks_good" | "join" => "check-circle",
        "object" | "block" => "alert",
        "disagree" | "oppose" | "disagree_support" | "advise_against" | "not_me" | "cold" => {
            "cross"
        }
        "concerned" | "advise_change" => "help",
        _ => "minus",
    }
}

/// The options of a ballot with what was chosen before, in the voter's own order where the framework says so.
pub(crate) fn view(
    say: &Say,
    x: &Proposal,
    before: Option<&Says>,
    voter: Option<&VoterId>,
) -> Value {
    let shape = x.norms.method.shape();
    let standing: Vec<&Choice> = x.standing().collect();
    let places = standing.len();
    let chosen = |o: &Choice| match before {
        None => String::new(),
        Some(b) => match shape {
            Shape::Ranking => b
                .ranks
                .iter()
                .position(|g| g.contains(&o.key))
                .map(|n| (n + 1).to_string())
                .unwrap_or_default(),
            Shape::Marks | Shape::Dots => b
                .marks
                .get(&o.key)
                .map(ToString::to_string)
                .unwrap_or_default(),
            Shape::Checks => {
                if b.checks.contains(&o.key) {
                    "1".into()
                } else {
                    String::new()
                }
            }
            _ => {
                if b.option.as_ref() == Some(&o.key) {
                    "1".into()
                } else {
                    String::new()
                }
            }
        },
    };
    let prefix = voter.map(|v| v.as_str()).unwrap_or_default();
    let mut options: Vec<(String, Value)> = standing
        .iter()
        .map(|o| {
            let meaning = if o.label.is_empty() { say.of("answer-means", &o.key) } else { o.meaning.clone() };
            let chosen = chosen(o);
            let ranks: Vec<Value> = (1..=places).map(|n| json!({"n": n, "on": n.to_string() == chosen})).collect();
            let value = json!({"key": o.key, "label": label(say, o), "meaning": meaning, "icon": icon(&o.key), "chosen": chosen, "cost": o.cost,
                               "id": format!("{prefix}-{}", o.key), "ranks": ranks});
            (order(x, voter, &o.key), value)
        })
        .collect();
    if x.norms.shuffle && shape != Shape::Stance {
        options.sort_by(|a, b| a.0.cmp(&b.0));
    }
    let marks: Vec<i32> = (x.norms.lowest..=x.norms.highest).collect();
    json!({
        "shape": match shape {
            Shape::Stance | Shape::One => "one",
            Shape::Checks => "checks",
            Shape::Marks => "marks",
            Shape::Dots => "dots",
            Shape::Ranking => "ranking",
        },
        "options": options.into_iter().map(|(_, v)| v).collect::<Vec<_>>(),
        "marks": marks, "dots": x.norms.dots, "prefix": prefix, "chosen_key": before.and_then(|b| b.option.clone()).unwrap_or_default(),
        "asks_reason": x.norms.reasons != crate::framework::Reasons::Off,
        "hint": say.of("ballot-hint", x.norms.method.as_str()), "meeting": x.norms.method == Method::Meeting,
        "grounds": x.norms.grounds,
    })
}

/// An order of the options that differs from voter to voter and stays the same for each.
fn order(x: &Proposal, voter: Option<&VoterId>, key: &str) -> String {
    let voter = voter.map(|v| v.as_str()).unwrap_or_default();
    backbone_identity::secret::hash_secret(&format!("{}:{voter}:{key}", x.id))
}
