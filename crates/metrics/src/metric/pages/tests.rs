use backbone_web::{Form, Lang, Problem, Renderer, Shell};
use serde_json::json;

use super::{Words, correct, detail, form_data, history, measurement};
use crate::measurement::review::{self, Reason};
use crate::measurement::{Measurement, NewMeasurement, record};
use crate::metric::{Definition, Kind, MetricId, Target};
use crate::perspective;
use crate::scorecard::manage::{self, Addition};
use crate::scorecard::pages::{Links, meeting};
use crate::scorecard::{compute, view};
use crate::tests::World;

#[test]
fn pages_find_their_words_in_both_languages() {
    let mut builder = Renderer::builder();
    crate::texts(&mut builder);
    builder.strict_text(true);
    let renderer = builder.build().unwrap();
    let world = World::new();
    let staff = world.actor_at(0);
    let target = |period: &str, value: &str| Target {
        period: period.parse().unwrap(),
        value: value.parse().unwrap(),
    };
    let full = Definition {
        kind: Kind::Ratio,
        baseline: Some(target("2025-Q4", "50")),
        targets: vec![target("2026-Q4", "90")],
        ..Definition::default()
    };
    let metrics = [
        world.metric("Nothing measured"),
        world.metric_with("Partners who gave", full),
    ];
    let mut card = world.write(|c| manage::first(c, &staff)).unwrap();
    for metric in &metrics {
        let addition = Addition {
            metric_id: metric.id.clone(),
            instead_of: None,
            retire: false,
        };
        card = world
            .write(|c| manage::add(c, &staff, &card.id, &addition))
            .unwrap();
    }
    for (quarter, n) in [("2026-Q1", "15"), ("2026-Q2", "19")] {
        let new = NewMeasurement {
            metric_id: Some(metrics[1].id.clone()),
            period: quarter.into(),
            numerator: Some(n.parse().unwrap()),
            denominator: Some("22".parse().unwrap()),
            ..NewMeasurement::default()
        };
        world.write(|c| record(c, &staff, &new)).unwrap();
    }
    let refused = Problem::invalid("invalid").field("value", "required");
    let today = jiff::civil::date(2026, 11, 1);
    let computed = world.read(|c| compute::compute(c, world.tenant(), &card, today, false));
    for (lang, said) in [(Lang::En, "19 of 22"), (Lang::Nl, "19 van 22")] {
        let w = Words {
            catalogue: renderer.catalogue(),
            lang,
        };
        let shell = Shell::bare(lang, staff.now.jiff(), "page");
        let data = json!({
            "slug": "midden", "name": "Scorecard", "summary": "x", "staff": true, "links": Links::of("midden"),
            "tabs": [{ "label": "A", "href": "/a", "active": true }], "meeting": "/m", "choose": "/c",
            "groups": view::groups(&w, &computed, &metrics),
        });
        let html = renderer.page("metrics/scorecard", &shell, &data).unwrap();
        assert!(html.contains(said), "{lang:?}");
        let empty = json!({
            "slug": "midden", "name": "Scorecard", "summary": "", "staff": false, "links": Links::of("midden"), "groups": [],
            "tabs": [], "meeting": "", "choose": "",
        });
        renderer.page("metrics/scorecard", &shell, &empty).unwrap();
        for full in [true, false] {
            let entry = json!([{ "id": "1", "name": "One", "first": true, "last": false }]);
            let choice = json!([{ "value": "1", "label": "One" }]);
            let data = json!({
                "slug": "midden", "links": Links::of("midden"), "entries": entry, "used": 1, "budget": 1, "full": full,
                "choices": choice, "retired": choice, "instead": choice, "card": "1", "version": 1, "name": "One", "may_retire": full,
                "tabs": [{ "label": "A", "href": "/a", "active": true }], "error": { "title": "t", "detail": "d" },
            });
            renderer.page("metrics/manage", &shell, &data).unwrap();
        }
        for metric in &metrics {
            let found = world.read(|c| Ok(detail::find(c, &staff, &metric.id).unwrap()));
            let typed = Form::default();
            for refused in [None, Some((&typed, &refused))] {
                let data = detail::data(&staff, &w, &found, refused);
                renderer.page("metrics/metric", &shell, &data).unwrap();
            }
        }
        let found = world.read(|c| Ok(detail::find(c, &staff, &metrics[1].id).unwrap()));
        let found = correct::Found {
            metric: metrics[1].clone(),
            old: found.measurements[0].clone(),
            whose: "Oost".into(),
        };
        let typed = correct::as_reported(&found.old);
        for refused in [None, Some(&refused)] {
            let data = correct::data(&staff, &w, &found, &typed, refused);
            let html = renderer.page("metrics/correct", &shell, &data).unwrap();
            assert!(html.contains(r#"value="22""#), "{html}");
        }
        around(&world, &renderer, &w, &shell, &metrics[1].id, &found.old);
        let id = MetricId::new();
        for id in [None, Some((&id, 3))] {
            let none = (Vec::new(), Vec::new());
            let data = form_data(&w, &staff, &none, id, &Form::default(), Some(&refused));
            renderer.page("metrics/metric_form", &shell, &data).unwrap();
        }
    }
}

/// The pages around a metric: one measurement in each of its states, its history, the perspectives, the cards, the meeting.
fn around(
    world: &World,
    renderer: &Renderer,
    w: &Words<'_>,
    shell: &Shell,
    metric: &MetricId,
    of: &Measurement,
) {
    let staff = world.actor_at(60);
    let step = |step: &str, n: usize| {
        let reason = Reason {
            reason: format!("Sentence {n}"),
        };
        let made = world.write(|c| match step {
            "query" => review::query(c, &staff, &of.id, None, &reason),
            "answer" => review::answer(c, &staff, &of.id, None, &reason),
            "withdraw" => review::withdraw(c, &staff, &of.id, None, &reason),
            _ => review::restore(c, &staff, &of.id, None),
        });
        made.unwrap()
    };
    let refused = Problem::invalid("invalid").field("reason", "required");
    let typed = Form::default();
    for (n, name) in ["query", "answer", "withdraw", "restore"]
        .iter()
        .enumerate()
    {
        step(name, n);
        let found = world.read(|c| Ok(measurement::find(c, &staff, metric, &of.id).unwrap()));
        for refused in [None, Some((&typed, &refused))] {
            let data = measurement::data(&staff, w, &found, refused);
            let html = renderer.page("metrics/measurement", shell, &data).unwrap();
            // What was undone carries the words from before the withdrawal.
            let said = if *name == "restore" { 1 } else { n };
            assert!(html.contains(&format!("Sentence {said}")), "{name}: {html}");
        }
    }
    let found = world.read(|c| Ok(history::find(c, &staff, metric).unwrap()));
    let data = history::data("midden", w, &found);
    renderer.page("metrics/history", shell, &data).unwrap();

    let listed = world.read(|c| perspective::pages::find(c, world.tenant()));
    let problem = Problem::conflict("metrics-objective-in-use");
    for problem in [None, Some(&problem)] {
        let data = perspective::pages::data("midden", &listed, problem, w);
        renderer.page("metrics/perspectives", shell, &data).unwrap();
    }
    let cards = world.read(|c| crate::scorecard::store::list(c, world.tenant()));
    let refused = Problem::invalid("invalid").field("name", "required");
    for refused in [None, Some((&typed, &refused))] {
        let data = crate::scorecard::pages::list::data(&staff, w, &cards, refused);
        renderer.page("metrics/scorecards", shell, &data).unwrap();
    }
    let today = jiff::civil::date(2026, 11, 1);
    for at in [None, Some(1), Some(2), Some(99)] {
        let found = world.read(|c| meeting::find(c, world.tenant(), &cards[0], today, false, at));
        let data = meeting::data("midden", w, &found, at);
        renderer.page("metrics/meeting", shell, &data).unwrap();
    }
}
