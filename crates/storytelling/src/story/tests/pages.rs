//! Every page of stories renders with its sample in each language, strictly.

use backbone_web::catalogue::check_sources;
use backbone_web::render::Renderer;
use backbone_web::{Lang, Shell};
use serde_json::json;

use super::super::published::{FrozenFigure, View, ViewRatio, ViewTestimonial, ViewVignette};
use super::super::render::{Links, article, block, line};
use super::*;
use crate::figure::FigureVersionId;

fn view() -> View {
    let figure = |key: &str, text: &str| FrozenFigure {
        id: FigureVersionId::new(),
        key: key.into(),
        label: "Children".into(),
        value: "61".parse().unwrap(),
        text: text.into(),
        period: "2026-Q3".into(),
        source: Source::Organizations,
        format: Format::default(),
        token: "1".into(),
        sources: Vec::new(),
        frozen_at: NOW.parse().unwrap(),
    };
    View {
        language: "en".into(),
        audience: "for Fonds Midden".into(),
        headline: "[[share]] <of> all".into(),
        dek: "Dek".into(),
        body: "One of [[share]].".into(),
        vignettes: vec![ViewVignette {
            title: String::new(),
            text: "Sami read.".into(),
            person: "Sami".into(),
        }],
        ratio: Some(ViewRatio {
            ratio: "1 : 3.4".into(),
            low: "1 : 2.6".into(),
            high: "1 : 4.1".into(),
            text: "Every euro".into(),
        }),
        outcome: String::new(),
        method: "We counted.".into(),
        assumptions: vec!["20 %".into()],
        testimonial: Some(ViewTestimonial {
            quote: "It helps.".into(),
            name: "A".into(),
            role: "teacher".into(),
        }),
        call: "Come.".into(),
        chart: None,
        layout: None,
        figures: vec![
            figure("share", "61 %"),
            figure("ratio_low", "1 : 2.6"),
            figure("ratio_high", "1 : 4.1"),
            figure("evil", "\"><script>"),
        ],
    }
}

fn links() -> Links<'static> {
    Links {
        base: Some("/s/secret"),
        changed: &[],
        changed_word: "",
    }
}

#[test]
fn figures_become_links_only_where_text_stands() {
    let view = view();
    for (text, expected) in [
        (
            "[[share]]",
            "<p><a class=\"figure-link\" href=\"/s/secret/figure/share\">61 %</a></p>\n",
        ),
        ("<b>[[share]]</b>", "<a class=\"figure-link\""),
        ("[see [[share]]](https://example.org)", "<b>61 %</b></a>"),
        ("[[unknown]]", "<mark>[[unknown]]</mark>"),
        ("[[evil]]", "&quot;&gt;&lt;script&gt;"),
    ] {
        let html = block(&view, &links(), text);
        assert!(
            html.as_str().contains(expected),
            "{text}: {}",
            html.as_str()
        );
        assert!(!html.as_str().contains("<script"), "{}", html.as_str());
    }
    let title = block(&view, &links(), "[x](https://example.org \"[[evil]]\")");
    assert!(!title.as_str().contains("<script"), "{}", title.as_str());
    assert_eq!(
        line(&view, &links(), &view.headline).as_str(),
        "<a class=\"figure-link\" href=\"/s/secret/figure/share\">61 %</a> &lt;of&gt; all"
    );
}

fn renderer() -> Renderer {
    let mut builder = Renderer::builder();
    builder.strict_text(true);
    crate::texts(&mut builder);
    builder.build().unwrap()
}

#[test]
fn catalogues_agree() {
    let found = check_sources(&[
        (Lang::En, include_str!("../../../locales/en.ftl")),
        (Lang::Nl, include_str!("../../../locales/nl.ftl")),
    ]);
    assert!(found.is_empty(), "{found:?}");
}

#[test]
fn pages_render_strictly_in_each_language() {
    let renderer = renderer();
    let view = view();
    let card = json!({"title": "A", "description": "B", "url": "C", "site": "D", "image": "E", "kind": "article"});
    let chart = json!({"svg": backbone_web::SafeHtml::trusted("<svg></svg>"), "caption": "C", "headers": ["a", "b"], "rows": [["1", "2"]]});
    let public = json!({
        "card": card, "article": article(&view, &links()), "chart": chart, "published_at": NOW, "number": 2, "note": "Corrected.",
        "newer": "/s/x", "earlier": [{"number": 1, "at": NOW, "href": "/s/x?edition=1"}],
        "changed": [{"key": "share", "label": "Children", "was": "61 %", "now": "58 %", "known": true}],
        "base": "/s/secret", "bundle": "/s/secret/bundle.zip", "preview": true,
        "asked": [{"figure": "61 %", "figure_key": "share", "question": "Why?", "answer": "*So.*", "answered_at": NOW}],
    });
    let trace = json!({
        "question": "Where?", "story_title": "A", "story_href": "/s/x", "bundle": "/b",
        "sent": {"text": "61 %", "at": NOW, "period": "2026-Q3", "changed": true, "now": "58 %", "known": true},
        "summary": "S", "facts": [{"label": "Exact", "value": "61"}],
        "steps": [{"kind": "Metric", "title": "M", "summary": "s", "href": "/x", "icon": "target"}], "more": 3,
        "picture": backbone_web::SafeHtml::trusted("<svg></svg>"),
        "ask": {"action": "/s/x/figure/share/ask", "shown": [{"figure_key": "share", "question": "Why?", "answer": "So.", "answered_at": NOW}],
                "reader": {"name": "Femke", "address": "f…@fonds.example"}, "form": {"question": "Why?"}, "wrong": {"question": "m"},
                "errors": [{"field": "question", "message": "m"}]},
    });
    let index = json!({
        "rows": [{"title": "A", "href": "/a", "status": "Draft", "tone": "neutral", "author": "M", "edition": 1, "changed": 2, "updated_at": NOW}],
        "new_href": "/n", "may_edit": true, "changed": 2, "older": "/o",
    });
    let new = json!({"title": "", "template": "roi", "language": "en", "templates": [{"value": "roi", "label": "ROI", "hint": "h", "icon": "edit"}],
        "languages": [{"value": "en", "label": "English", "group": ""}], "errors": [{"field": "title", "message": "m"}], "wrong_title": "m", "back": "/"});
    let shown = json!({
        "title": "A", "headline": "H", "status": "Approved", "tone": "neutral", "author": "M", "approver": "B", "version": 3, "base": "/p/x/stories/1",
        "list_href": "/", "preview_href": "/p", "edit_href": "/e", "checks_hint": "1",
        "may": {"edit": true, "submit": true, "approve": true, "send_back": true, "publish": true, "withdraw": true, "link": true},
        "checks": [{"text": "T", "tone": "bad", "icon": "cross", "href": "#x"}],
        "figures": [{"key": "share", "label": "L", "text": "61 %", "period": "2026", "tone": "good", "concern": "ok"}],
        "editions": [{"number": 1, "at": NOW, "publisher": "M", "note": "", "status": "out", "href": "/s/x"}],
        "changes": [{"label": "L", "old_text": "61", "new_text": "58", "edition_number": 1, "noticed_at": NOW}],
        "public_url": "http://x/s/y", "first": false, "history": [{"at": NOW, "actor": "M", "what": "began"}],
        "problem": "P", "problem_detail": "D", "errors": [{"field": "f", "message": "m"}],
    });
    for lang in Lang::ALL {
        for (name, data) in [
            ("public", &public),
            ("trace", &trace),
            ("index", &index),
            ("new", &new),
            ("view", &shown),
        ] {
            let shell = Shell::bare(lang, NOW.parse().unwrap(), "Title");
            let html = renderer
                .page(&format!("storytelling/stories/{name}"), &shell, data)
                .unwrap_or_else(|e| panic!("{name} {lang:?}: {e}"));
            assert!(html.contains("</html>"), "{name}");
        }
    }
}

#[test]
fn the_pages_of_questions_and_the_bundle_render_strictly_in_each_language() {
    let renderer = renderer();
    let view = view();
    let question = json!({
        "here": "/q/1", "list_href": "/q", "question": "Why?", "asker": "Femke", "email": "femke@fonds.example", "known": true,
        "language": "Nederlands", "at": NOW, "status": "Waits", "tone": "watch", "figure": "61 %", "label": "Children", "changed": "58 %",
        "story": "Autumn", "story_href": "/s/1", "trace_href": "/t", "public_href": "/s/x/figure/share",
        "answers": [{"version": 1, "answer": "So.", "author": "Mira", "created_at": NOW}], "answered": false, "open": true, "set_aside": false,
        "version": 2, "may_answer": true, "form": {"answer": "", "show": false, "shown_question": "Why?"},
        "wrong": {"answer": "m"}, "errors": [{"field": "answer", "message": "m"}],
    });
    let list = json!({
        "rows": [{"href": "/q/1", "question": "Why?", "asker": "Femke", "figure": "61 %", "label": "Children", "status": "Waits", "tone": "watch", "at": NOW}],
        "filters": [{"label": "Waits", "href": "?status=open", "active": true, "count": 1}], "all_href": "/q", "all": false, "older": "/q?before=1",
        "stories_href": "/stories",
    });
    let confirm = json!({"token": "t", "name": "Femke", "address": "f…@fonds.example", "figure": "61 %", "label": "Children",
        "question": "Why?", "waiting": true, "story_href": "/s/x"});
    let bundle = json!({
        "title": "A", "partnership": "P", "published_at": NOW, "number": 1, "article": article(&view, &links()),
        "chart": {"svg": backbone_web::SafeHtml::trusted("<svg></svg>"), "caption": "C", "headers": ["a"], "rows": [["1"]]},
        "changed": [{"key": "share", "label": "Children", "was": "61 %", "now": "58 %", "known": true}],
        "figures": [{"key": "share", "label": "Children", "text": "61 %", "value": "61", "period": "2026-Q3",
                     "steps": [{"kind": "Metric", "title": "M", "summary": "s", "href": "/x", "icon": "target"}]}],
        "sha": "00", "files": [{"name": "story.json", "sha": "00"}],
    });
    for lang in Lang::ALL {
        for (name, data) in [
            ("questions/show", &question),
            ("questions/index", &list),
            ("questions/confirm", &confirm),
            ("stories/bundle", &bundle),
        ] {
            let shell = Shell::bare(lang, NOW.parse().unwrap(), "Title");
            let html = renderer
                .page(&format!("storytelling/{name}"), &shell, data)
                .unwrap_or_else(|e| panic!("{name} {lang:?}: {e}"));
            assert!(
                html.contains("Femke") || html.contains("story.json"),
                "{name}"
            );
            assert!(
                name != "stories/bundle" || !html.contains("=\"/assets"),
                "a bundle asks for nothing but its own files"
            );
        }
    }
}

#[test]
fn the_form_renders_with_rows_to_fill() {
    let renderer = renderer();
    let content = content();
    let data = super::super::pages_form::sample(&content);
    for lang in Lang::ALL {
        let shell = Shell::bare(lang, NOW.parse().unwrap(), "Title");
        let html = renderer
            .page("storytelling/stories/edit", &shell, &data)
            .unwrap();
        assert_eq!(html.matches("name=\"figure_key\"").count(), 3);
        assert!(html.contains("value=\"share\""));
    }
}
