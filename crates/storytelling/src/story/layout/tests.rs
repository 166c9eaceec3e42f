use super::{MAX_TEMPLATE, Order, check, job};
use serde_json::{Value, json};

fn run(template: &str, context: Value) -> Result<String, String> {
    let order = Order {
        template: template.into(),
        context,
    };
    job(&serde_json::to_vec(&order).unwrap()).map(|b| String::from_utf8(b).unwrap())
}

#[test]
fn a_layout_writes_markdown_from_its_context_alone() {
    let context = json!({"headline": "One hour a <week>", "vignettes": [{"text": "He read."}, {"text": "She sang."}]});
    let written = run(
        "# {{headline}}\n{{#each vignettes}}{{#if text}}- {{text}}\n{{/if}}{{/each}}",
        context.clone(),
    );
    assert_eq!(
        written.unwrap(),
        "# One hour a <week>\n- He read.\n- She sang.\n"
    );
    for outside in [
        "{{secret}}",
        "{{env}}",
        "{{log headline}}",
        "{{lookup this 'headline'}}",
    ] {
        assert!(run(outside, context.clone()).is_err(), "{outside}");
    }
}

#[test]
fn hostile_layouts_end_in_a_sentence() {
    let nested = |n: usize, of: &str| {
        format!(
            "{}x{}",
            format!("{{{{#{of}}}}}").repeat(n),
            format!("{{{{/{}}}}}", of.split(' ').next().unwrap()).repeat(n)
        )
    };
    let many = json!({"a": vec![json!({"a": [1]}); 1000]});
    for (name, template, part) in [
        (
            "includes itself",
            "{{#*inline \"a\"}}{{> a}}{{/inline}}{{> a}}".to_string(),
            "cannot",
        ),
        ("partial", "{{> web/layout}}".into(), "include"),
        ("partial block", "{{#> x}}{{/x}}".into(), "include"),
        ("spaced partial", "{{~ > x}}".into(), "include"),
        ("decorator", "{{* set x=1}}".into(), "define"),
        ("thousands of blocks", nested(3000, "if a"), "nested"),
        (
            "unknown block",
            "{{#system}}{{/system}}".into(),
            "not known",
        ),
        ("side by side", "{{#if a}}{{/if}}".repeat(501), "blocks"),
        (
            "brackets",
            format!(
                "{{{{#if {}a{}}}}}{{{{/if}}}}",
                "(not ".repeat(3000),
                ")".repeat(3000)
            ),
            "brackets",
        ),
        ("too long", "x".repeat(MAX_TEMPLATE + 1), "characters"),
        (
            "output",
            "{{#each a}}{{#each ../a}}{{#each ../../a}}wwwwwwwwwwwwwwww{{/each}}{{/each}}{{/each}}"
                .into(),
            "writes more",
        ),
        ("unclosed", "{{#if a}}".into(), ""),
        ("garbage", "{{{{{{".into(), ""),
    ] {
        let refused = run(&template, many.clone()).expect_err(name);
        assert!(refused.contains(part), "{name}: {refused}");
        assert!(refused.len() < 400, "{name}: {refused}");
    }
}

#[test]
fn a_comment_may_say_anything() {
    assert!(check("{{! > no partial }} {{!-- #> x --}} fine").is_ok());
}
