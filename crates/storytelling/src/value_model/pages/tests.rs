//! Every page of value models renders with a real calculation, in both languages, with every message there.

use backbone_db::Currency;
use backbone_finance::cash_flow::Irr;
use backbone_web::catalogue::check_sources;
use backbone_web::render::{Brand, Renderer};
use backbone_web::{Lang, Shell};
use serde_json::{Value, json};

use super::super::calculate::Calculated;
use super::super::content::{ContributionBinding, MetricBinding, MetricReading};
use super::super::{ValueModelId, resolve};
use super::*;

fn renderer() -> Renderer {
    let mut builder = Renderer::builder();
    builder.strict_text(true);
    crate::texts(&mut builder);
    builder.build().unwrap()
}

fn shell(lang: Lang) -> Shell {
    let mut shell = Shell::bare(
        lang,
        "2026-11-23T08:00:00Z".parse().unwrap(),
        "Value models",
    );
    shell.partnership = Some(Brand {
        name: "Every Child".into(),
        currency: "EUR".into(),
        ..Brand::default()
    });
    shell
}

fn euro() -> Currency {
    "EUR".parse().unwrap()
}

fn calculated() -> Calculated {
    let mut content = example::example(|key| key.to_owned(), &euro(), 2025);
    content.outcomes[0].proxy.link = "https://example.org/<study>".into();
    content.outcomes[0].claims = vec![super::super::Claim {
        organization: "Library".into(),
        share: "40".parse().unwrap(),
    }];
    let model = resolve::resolve(&content, &[]).unwrap();
    Calculated {
        model_id: ValueModelId::new(),
        version: 2,
        results: model.results().unwrap(),
        sensitivity: model.sensitivity().unwrap(),
        break_even: model.break_even().unwrap(),
        readings: Vec::new(),
        token: String::new(),
        content,
    }
}

fn words<'a>(renderer: &'a Renderer, lang: Lang, currency: &'a Currency) -> Words<'a> {
    Words {
        catalogue: renderer.catalogue(),
        lang,
        currency,
    }
}

fn show(renderer: &Renderer, lang: Lang, made: &Calculated) -> String {
    let currency = euro();
    let words = words(renderer, lang, &currency);
    let line = json!({"version": 2, "author": "Mira", "reason": "new study", "at": "2026-11-12T09:30:00Z",
                      "href": "/x?version=2", "changes": "/x/history"});
    let data = json!({
        "home": "/p/example/value-models", "edit_href": "/x/edit", "at": "/x", "version": 2, "earlier": true,
        "retired": false, "may_edit": true, "about": detail::about(&words, &made.content),
        "results": detail::results(&words, made), "problem": null, "problem_detail": null, "versions": [line],
    });
    renderer
        .page("storytelling/value_models/show", &shell(lang), &data)
        .unwrap()
}

#[test]
fn the_calculation_is_told_in_both_languages() {
    let renderer = renderer();
    for (lang, headline, ratio, year) in [
        (
            Lang::En,
            "For each € 1 put in, about € 2.20 of value",
            "1 : 2.2, between 0.9 and 4.0",
            "€ 48,695.65",
        ),
        (
            Lang::Nl,
            "Elke ingezette € 1 leverde ongeveer € 2,20 aan waarde",
            "1 : 2,2, tussen 0,9 en 4,0",
            "€ 48.695,65",
        ),
    ] {
        let page = show(&renderer, lang, &calculated()).replace('\u{a0}', " ");
        for expected in [
            headline,
            ratio,
            year,
            "40 %",
            "https://example.org/&lt;study&gt;",
        ] {
            assert!(page.contains(expected), "{lang:?}: {expected}");
        }
    }
}

#[test]
fn several_rates_of_return_are_said_plainly() {
    let renderer = renderer();
    let mut made = calculated();
    made.results.base.irr = Irr::Multiple {
        rates: vec!["0.1".parse().unwrap(), "0.5".parse().unwrap()],
    };
    let page = show(&renderer, Lang::En, &made).replace('\u{a0}', " ");
    assert!(page.contains("There are several rates"), "told");
    assert!(page.contains("(10 %; 50 %)"), "listed");
}

fn edit_page(
    renderer: &Renderer,
    lang: Lang,
    form: &ModelForm,
    problem: Option<&Problem>,
) -> String {
    let currency = euro();
    let errors = problem
        .iter()
        .flat_map(|p| p.field_messages(renderer.catalogue(), lang))
        .collect();
    let metrics = [("m1".to_owned(), "In work".to_owned())];
    let fields = Fields {
        words: words(renderer, lang, &currency),
        form,
        errors,
        metrics: &metrics,
        proxies: &[("p1".to_owned(), "A year in work".to_owned())],
    };
    let mut data: Value = fields.view();
    for (key, value) in [
        ("notice", json!(null)),
        ("notice_detail", json!(null)),
        ("home", json!("/h")),
        ("back", json!("/b")),
        ("name", json!("n")),
    ] {
        data[key] = value;
    }
    renderer
        .page("storytelling/value_models/edit", &shell(lang), &data)
        .unwrap()
}

#[test]
fn the_form_shows_every_kind_of_row_and_keeps_what_was_typed() {
    let renderer = renderer();
    let mut content = calculated().content;
    content.inputs[0].amount = None;
    content.inputs[0].contributions = Some(ContributionBinding {
        kinds: vec!["time".into()],
        from: "2025-01-01".parse().unwrap(),
        to: "2025-12-31".parse().unwrap(),
        organizations: Vec::new(),
    });
    let mut second = content.outcomes[0].clone();
    second.id = "o2".into();
    second.quantity.value = None;
    second.quantity.metric = Some(MetricBinding {
        metric: "m1".into(),
        reading: MetricReading::Latest,
        period: None,
        less: None,
        more: None,
    });
    content.outcomes.push(second);
    let mut form = ModelForm::of(&content);
    form.set("version", "2".into());
    form.set("outcomes.0.deadweight.base", "lots <of> it".into());
    let (_, errors) = form.read(&euro());
    let problem = Problem::from(Error::Invalid(errors));
    for (lang, message) in [
        (Lang::En, "Outcome 1: Not a number"),
        (Lang::Nl, "Uitkomst 1: "),
    ] {
        let page = edit_page(&renderer, lang, &form, Some(&problem));
        assert!(page.contains(message), "{message}");
        assert!(page.contains("lots &lt;of&gt; it"), "kept");
        assert!(
            page.contains(r##"href="#outcomes.0.deadweight.base""##),
            "linked"
        );
        assert!(page.contains(r#"value="remove-outcome-1""#), "removable");
        let ids: Vec<&str> = page
            .split(" id=\"")
            .skip(1)
            .filter_map(|p| p.split('"').next())
            .collect();
        let unique: std::collections::BTreeSet<&&str> = ids.iter().collect();
        assert_eq!(ids.len(), unique.len(), "identifiers occur once");
    }
}

#[test]
fn lists_start_and_history_render() {
    let renderer = renderer();
    let model = json!({"name": "A", "purpose": "", "href": "/a", "result": "1 : 2.2", "problem": null, "updated_at": "2026-11-12T09:30:00Z"});
    let change = json!({"subject": "A", "label": "B", "before": null, "after": "2"});
    let pages = [
        (
            "index",
            json!({"models": [model], "proxies_href": "/x", "new_href": "/n", "example_href": "/e", "may_edit": true}),
        ),
        (
            "index",
            json!({"models": [], "proxies_href": "/x", "new_href": "/n", "example_href": "/e", "may_edit": false}),
        ),
        (
            "start",
            json!({"home": "/h", "example_href": "/e", "empty_href": "/f"}),
        ),
        (
            "proxies",
            json!({"models": "/m", "new_href": "/n", "may_edit": true, "proxies": [
            {"name": "A year in work", "unit": "person", "source": "A study", "link": "https://example.org", "low": "4000",
             "base": "5000", "high": "5500", "currency": "EUR", "price_year": 2025, "review_on": "2026-01-01", "due": true, "href": "/x"},
            {"name": "B", "unit": "", "source": "A study", "link": "", "low": "1", "base": "1", "high": "1",
             "currency": "EUR", "price_year": 2025, "review_on": null, "due": false, "href": "/x"}]}),
        ),
        (
            "proxy",
            json!({"fields": [{"name": "name", "label": "Name", "kind": "text", "value": "x", "error": null}], "errors": [],
            "notice": null, "notice_detail": null, "version": "1", "home": "/h", "remove": "/r"}),
        ),
        (
            "history",
            json!({"home": "/h", "at": "/a", "name": "A", "from": "1", "to": "2",
            "options": [{"value": "1", "label": "Version 1"}], "changes": [change], "versions": []}),
        ),
    ];
    for lang in [Lang::En, Lang::Nl] {
        for (name, data) in &pages {
            renderer
                .page(
                    &format!("storytelling/value_models/{name}"),
                    &shell(lang),
                    data,
                )
                .unwrap();
        }
    }
}

#[test]
fn both_languages_say_the_same() {
    let found = check_sources(&[
        (Lang::En, include_str!("../../../locales/en.ftl")),
        (Lang::Nl, include_str!("../../../locales/nl.ftl")),
    ]);
    assert!(found.is_empty(), "{found:?}");
}
