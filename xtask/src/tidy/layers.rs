//! Dependencies between the crates run one way: a crate uses only crates of lower layers.

use super::licences::Metadata;
use crate::finding::Finding;

/// The layers, lowest first. `tests`, `bench` and `xtask` stand outside and may use all.
const LAYERS: &[&[&str]] = &[
    &[
        "calendar", "charts", "db", "finance", "ingest", "sandbox", "tally",
    ],
    &["events", "jobs", "mail", "web"],
    &["search"],
    &["identity"],
    &[
        "alignment",
        "communications",
        "contributions",
        "decisions",
        "learning",
        "metrics",
        "notifications",
        "storytelling",
    ],
    &["server"],
];

/// Dependencies within a layer that are meant, each with its reason.
const EXCEPTIONS: &[(&str, &str, &str)] = &[
    (
        "ingest",
        "sandbox",
        "spreadsheets are parsed in a child process",
    ),
    (
        "storytelling",
        "metrics",
        "figures of a story are bound to metrics",
    ),
    (
        "storytelling",
        "contributions",
        "figures of a story are bound to contributions",
    ),
    (
        "communications",
        "storytelling",
        "an issue sends stories and corrects their figures",
    ),
];

pub fn check(metadata: &Metadata) -> Vec<Finding> {
    let edges: Vec<(&str, &str)> = metadata
        .edges
        .iter()
        .map(|(from, to)| (from.as_str(), to.as_str()))
        .collect();
    let mut findings: Vec<Finding> = edges
        .iter()
        .filter_map(|(from, to)| problem(from, to))
        .collect();
    for (from, to, _) in EXCEPTIONS {
        let crate_is_there = metadata.members.iter().any(|member| member == from);
        if crate_is_there && !edges.contains(&(from, to)) {
            findings.push(Finding::warning(
                &manifest(from),
                0,
                format!("the exception {from} → {to} is not used any more"),
                "remove it from EXCEPTIONS in xtask/src/tidy/layers.rs",
            ));
        }
    }
    findings
}

fn problem(from: &str, to: &str) -> Option<Finding> {
    if matches!(from, "tests" | "bench" | "xtask") {
        return None;
    }
    let (Some(above), Some(below)) = (layer(from), layer(to)) else {
        let unknown = if layer(from).is_none() { from } else { to };
        return Some(Finding::error(
            &manifest(from),
            0,
            format!("{unknown} belongs to no layer"),
            "give it its place in LAYERS in xtask/src/tidy/layers.rs and in ARCHITECTURE.md",
        ));
    };
    let meant = EXCEPTIONS.iter().any(|(a, b, _)| (*a, *b) == (from, to));
    (above <= below && !meant).then(|| {
        Finding::error(
            &manifest(from),
            0,
            format!("{from} depends on {to}, which is not in a lower layer"),
            "let them meet through events, links or the wiring in server",
        )
    })
}

fn layer(name: &str) -> Option<usize> {
    LAYERS.iter().position(|layer| layer.contains(&name))
}

fn manifest(name: &str) -> String {
    format!("crates/{name}/Cargo.toml")
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::finding::Level;

    fn errors(edges: &[(&str, &str)]) -> Vec<String> {
        let metadata = Metadata {
            edges: edges
                .iter()
                .map(|(from, to)| ((*from).to_owned(), (*to).to_owned()))
                .collect(),
            ..Metadata::default()
        };
        let errors = check(&metadata)
            .into_iter()
            .filter(|finding| finding.level == Level::Error);
        errors.map(|finding| finding.what).collect()
    }

    #[test]
    fn downward_and_excepted_dependencies_pass() {
        let meant = [
            ("server", "metrics"),
            ("metrics", "db"),
            ("storytelling", "metrics"),
            ("tests", "server"),
        ];
        assert_eq!(errors(&meant), Vec::<String>::new());
    }

    #[test]
    fn upward_sideways_and_unknown_dependencies_are_reported() {
        let found = errors(&[("db", "web"), ("metrics", "storytelling"), ("web", "web2")]);
        assert_eq!(
            found,
            [
                "db depends on web, which is not in a lower layer",
                "metrics depends on storytelling, which is not in a lower layer",
                "web2 belongs to no layer",
            ]
        );
    }
}
