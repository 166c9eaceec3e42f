use super::*;

/// As the framework makes them of `/partnerships/{partnership}/metrics` and the like; `None` where the engine is needed.
const PATTERNS: &[(&str, bool)] = &[
    (r"((?s-m)^/p/(?P<partnership>[^/]+))$", true),
    (r"((?s-m)^/p/(?P<partnership>[^/]+)/metrics)$", true),
    (
        r"((?s-m)^/p/(?P<partnership>[^/]+)/metrics/(?P<metric>[^/]+))$",
        true,
    ),
    (r"((?s-m)^/p/(?P<partnership>[^/]+)/api\-keys)$", true),
    (r"((?s-m)^/p/(?P<partnership>[^/]+))(/|$)", true),
    (r"((?s-m)^/api/v1)(/|$)", true),
    (r"((?s-m)^/assets/(?P<path>.*))", true),
    (r"((?s-m)^/é/(?P<name>[^/]+)/ü)$", true),
    (r"((?s-m)^/files/(?P<name>[^/]+)\.csv)$", false),
    (r"((?s-m)^/v(?P<n>[0-9]+)/x)$", false),
    (r"((?s-m)^/(?P<a>[^/]+)(?P<b>[^/]+))$", false),
    (r"((?s-m)^/tail)", false),
    ("//+", false),
    (r"%([%atP]?)", false),
];

fn texts() -> Vec<String> {
    let pieces = [
        "/",
        "p",
        "/p",
        "/p/",
        "a b",
        "/metrics",
        "metrics",
        "/api-keys",
        "/api",
        "/v1",
        "/assets/",
        "é",
        "/é/",
        "/ü",
        "\n",
        "/files/x.csv",
        "/v12/x",
        "%20",
        "//",
        "x.csv",
        "",
        "/tail",
        "/api/v1",
    ];
    let mut texts: Vec<String> = pieces.iter().map(|s| (*s).to_owned()).collect();
    for a in pieces {
        for b in pieces {
            texts.push(format!("{a}{b}"));
            for c in pieces {
                texts.push(format!("{a}{b}{c}"));
                texts.push(format!("/p/{a}/{b}{c}"));
            }
        }
    }
    texts
}

#[test]
fn every_pattern_means_what_it_means_to_an_engine() {
    let texts = texts();
    for (pattern, plain) in PATTERNS {
        let ours = Regex::new(pattern).unwrap();
        let engine = regex::Regex::new(pattern).unwrap();
        assert_eq!(matches!(ours.way, Way::Route(_)), *plain, "{pattern}");
        let names: Vec<_> = ours.capture_names().collect();
        assert_eq!(names, engine.capture_names().collect::<Vec<_>>());
        let mut matched = 0;
        for text in &texts {
            let (found, expected) = (ours.captures(text), engine.captures(text));
            assert_eq!(ours.is_match(text), expected.is_some(), "{pattern} {text}");
            assert_eq!(found.is_some(), expected.is_some(), "{pattern} {text}");
            let (Some(found), Some(expected)) = (found, expected) else {
                continue;
            };
            matched += 1;
            if engine.captures_len() > 1 {
                assert_eq!(found[1], expected[1], "{pattern} {text}");
            }
            for name in names.iter().flatten() {
                let range = |m: regex::Match<'_>| m.range();
                assert_eq!(
                    found.name(name).map(|m| m.range()),
                    expected.name(name).map(range),
                    "{pattern} {text}"
                );
            }
        }
        assert!(matched > 0, "{pattern} was never met");
    }
}

#[test]
fn what_is_no_expression_is_refused() {
    for wrong in ["(", "((?s-m)^/p/(?P<a>[^/]+", "((?s-m)^/p)$)"] {
        assert!(Regex::new(wrong).is_err(), "{wrong}");
    }
}

#[test]
fn other_expressions_work_as_in_an_engine() {
    let slashes = Regex::new("//+").unwrap();
    assert_eq!(slashes.replace_all("/a//b///c", "/"), "/a/b/c");
    let format = Regex::new(r"%(\{([A-Za-z]+)\}i|[ab]?)").unwrap();
    let found: Vec<String> = format
        .captures_iter("%a x %{Name}i")
        .map(|c| format!("{}–{}", c.get(0).unwrap().start(), c.get(0).unwrap().end()))
        .collect();
    assert_eq!(found, ["0–2", "5–13"]);
    let named: Vec<String> = format
        .captures_iter("%{Name}i")
        .filter_map(|c| c.get(2).map(|m| m.as_str().to_owned()))
        .collect();
    assert_eq!(named, ["Name"]);
}
