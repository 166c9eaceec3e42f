//! A trace as steps: the nearest first, and what was given grouped by who gave it and how, sums before single contributions.

use std::collections::{BTreeMap, HashMap};

use backbone_events::{Node, Object, Trace};
use backbone_identity::Core;
use backbone_web::Lang;
use serde::Serialize;

use super::trace::kind_word;

/// Contributions listed beneath one sum.
const LISTED: usize = 60;
/// With fewer contributions in all they are shown without being opened.
const FEW: usize = 8;

/// One step.
#[derive(Clone, Serialize)]
pub(super) struct Step {
    pub kind: String,
    pub title: String,
    pub summary: String,
    pub href: Option<String>,
    pub icon: &'static str,
    /// What the sum is made of.
    pub groups: Vec<Group>,
    /// How many contributions that is.
    pub count: usize,
    /// Whether they are shown without being opened.
    pub open: bool,
}

/// What was given in one way.
#[derive(Clone, Serialize)]
pub(super) struct Group {
    /// The sum, and how it was given; empty when there is one way only.
    pub title: String,
    pub summary: String,
    pub steps: Vec<Step>,
    /// How many more there are than are listed.
    pub more: usize,
}

/// The steps of a trace, and how many were left out.
pub(super) struct Chain {
    pub steps: Vec<Step>,
    pub hidden: usize,
}

/// Tells a trace. Of a kind at most `most` of each level are told.
pub(super) fn chain(
    core: &Core,
    lang: Lang,
    base: &str,
    trace: &Trace,
    most: impl Fn(&str) -> usize,
) -> Chain {
    let told = |node: &Node| step(core, lang, base, node);
    let beneath = Beneath::of(trace);
    let mut steps = Vec::new();
    let mut hidden = 0;
    for level in &trace.levels {
        let mut counts: BTreeMap<&str, usize> = BTreeMap::new();
        for node in level.iter().filter(|n| !beneath.holds(&n.object)) {
            let kind = node.object.kind.as_str();
            let n = counts.entry(kind).or_default();
            *n += 1;
            if *n > most(kind) {
                hidden += 1;
                continue;
            }
            let mut step = told(node);
            step.groups = beneath.groups(&node.object, told);
            step.count = step.groups.iter().map(|g| g.steps.len() + g.more).sum();
            step.open = step.count > 0 && beneath.contributions <= FEW;
            steps.push(step);
        }
    }
    Chain { steps, hidden }
}

/// Single contributions and the sums of one kind, by the sum that they stand beneath.
struct Beneath<'a> {
    parts: HashMap<&'a Object, Vec<&'a Node>>,
    placed: HashMap<&'a Object, &'a Object>,
    contributions: usize,
}

impl<'a> Beneath<'a> {
    fn of(trace: &'a Trace) -> Self {
        let nodes: HashMap<&Object, &Node> = trace
            .levels
            .iter()
            .flatten()
            .map(|n| (&n.object, n))
            .collect();
        let mut placed: HashMap<&Object, &Object> = HashMap::new();
        let mut parts: HashMap<&Object, Vec<&Node>> = HashMap::new();
        let mut contributions = 0;
        for (from, _, to) in &trace.edges {
            // What stands for many stands beneath none of them.
            let Some(node) = nodes.get(to).filter(|n| is_part(from, n)) else {
                continue;
            };
            if placed.insert(to, from).is_none() {
                parts.entry(from).or_default().push(node);
                contributions += usize::from(to.kind == "contribution");
            }
        }
        Self {
            parts,
            placed,
            contributions,
        }
    }

    fn holds(&self, object: &Object) -> bool {
        self.placed.contains_key(object)
    }

    fn groups(&self, of: &Object, told: impl Fn(&Node) -> Step) -> Vec<Group> {
        let Some(parts) = self.parts.get(of) else {
            return Vec::new();
        };
        let (sums, single): (Vec<&Node>, Vec<&Node>) =
            parts.iter().partition(|n| n.object.kind != "contribution");
        let group = |title: &str, summary: &str, nodes: &[&Node]| Group {
            title: title.to_string(),
            summary: summary.to_string(),
            steps: nodes.iter().take(LISTED).map(|n| told(n)).collect(),
            more: nodes.len().saturating_sub(LISTED),
        };
        let mut groups: Vec<Group> = sums
            .into_iter()
            .map(|sum| {
                let parts = self.parts.get(&sum.object).map_or(&[][..], Vec::as_slice);
                group(&sum.title, &sum.summary, parts)
            })
            .collect();
        if !single.is_empty() {
            groups.push(group("", "", &single));
        }
        groups
    }
}

fn is_part(of: &Object, node: &Node) -> bool {
    match (of.kind.as_str(), node.object.kind.as_str()) {
        ("contribution_share" | "contribution_total", "contribution") => !node.aggregated,
        ("contribution_share", "contribution_share") => true,
        _ => false,
    }
}

/// One node as a step.
pub(super) fn step(core: &Core, lang: Lang, base: &str, node: &Node) -> Step {
    Step {
        kind: kind_word(core, lang, &node.object.kind),
        title: node.title.clone(),
        summary: node.summary.clone(),
        // What stands for several has no page of its own.
        href: (!node.aggregated).then(|| {
            let id = percent(&node.object.id);
            format!("{base}/trace/{}/{id}", percent(&node.object.kind))
        }),
        icon: match node.object.kind.as_str() {
            "metric" | "metric_period" | "measurement" => "target",
            "value_model" | "value_calculation" => "value-model",
            "organization" => "organization",
            "person" => "user",
            "file" => "paperclip",
            kind if kind.starts_with("contribution") => "contributions",
            _ => "link",
        },
        groups: Vec::new(),
        count: 0,
        open: false,
    }
}

/// Identifiers such as `time:2025-01/2026-06` in one step of an address.
fn percent(text: &str) -> String {
    text.bytes()
        .map(|b| match b {
            b'a'..=b'z' | b'A'..=b'Z' | b'0'..=b'9' | b'-' | b'.' | b'_' | b'~' => {
                (b as char).to_string()
            }
            other => format!("%{other:02X}"),
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn node(kind: &str, id: &str, aggregated: bool) -> Node {
        Node {
            object: Object::new(kind, id),
            title: id.to_string(),
            summary: String::new(),
            facts: Vec::new(),
            href: None,
            at: None,
            aggregated,
        }
    }

    fn told(node: &Node) -> Step {
        Step {
            kind: String::new(),
            title: node.title.clone(),
            summary: String::new(),
            href: None,
            icon: "",
            groups: Vec::new(),
            count: 0,
            open: false,
        }
    }

    #[test]
    fn contributions_stand_beneath_their_sums_by_organization_and_kind() {
        let edge = |from: (&str, &str), to: (&str, &str)| {
            let (from, to) = (Object::new(from.0, from.1), Object::new(to.0, to.1));
            (from, "sum_of".to_string(), to)
        };
        let (share, one) = ("contribution_share", "contribution");
        let mut trace = Trace {
            root: None,
            levels: vec![
                vec![node("contribution_total", "all", true)],
                vec![node(share, "oost", true), node(share, "west", true)],
                vec![
                    node(share, "oost time", true),
                    node(share, "oost money", true),
                    node(one, "w1", false),
                    node(one, "together", true),
                ],
                vec![node(one, "t1", false), node(one, "m1", false)],
            ],
            edges: vec![
                edge(("contribution_total", "all"), (share, "oost")),
                edge(("contribution_total", "all"), (share, "west")),
                edge((share, "oost"), (share, "oost time")),
                edge((share, "oost"), (share, "oost money")),
                edge((share, "west"), (one, "w1")),
                edge((share, "west"), (one, "together")),
                edge((share, "oost time"), (one, "t1")),
                edge((share, "oost money"), (one, "m1")),
            ],
            cut: false,
        };
        let names = |groups: &[Group]| -> Vec<String> {
            groups
                .iter()
                .map(|g| {
                    let steps: Vec<&str> = g.steps.iter().map(|s| s.title.as_str()).collect();
                    format!("{}: {}", g.title, steps.join(" "))
                })
                .collect()
        };
        let beneath = Beneath::of(&trace);
        assert_eq!(beneath.contributions, 3);
        let groups = |id: &str| names(&beneath.groups(&Object::new(share, id), told));
        assert_eq!(groups("oost"), ["oost time: t1", "oost money: m1"]);
        assert_eq!(groups("west"), [": w1"]);
        assert!(beneath.holds(&Object::new(one, "w1")));
        let free = ["all", "oost", "west", "together"];
        let left: Vec<&str> = trace
            .levels
            .iter()
            .flatten()
            .filter(|n| !beneath.holds(&n.object))
            .map(|n| n.title.as_str())
            .collect();
        assert_eq!(left, free, "what stands for many stands alone");

        // Of very many only some are listed, and the rest is counted.
        let west = Object::new(share, "west");
        for n in 0..LISTED {
            let id = format!("more {n}");
            trace.levels[2].push(node(one, &id, false));
            trace
                .edges
                .push((west.clone(), "sum_of".into(), Object::new(one, &id)));
        }
        let groups = Beneath::of(&trace).groups(&west, told);
        assert_eq!((groups[0].steps.len(), groups[0].more), (LISTED, 1));
    }
}
