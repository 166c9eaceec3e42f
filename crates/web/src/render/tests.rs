use rust_embed::RustEmbed;
use serde_json::{Value, json};

use super::*;

#[derive(RustEmbed)]
#[folder = "src/render/samples"]
struct Samples;

fn renderer() -> Renderer {
    let mut builder = Renderer::builder();
    builder.strict_text(true).templates::<Samples>("sample");
    builder.build().unwrap()
}

fn shell(lang: Lang) -> Shell {
    let mut shell = Shell::bare(lang, "2026-11-23T08:00:00Z".parse().unwrap(), "Scorecard");
    shell.time_zone = "Europe/Amsterdam".into();
    shell.partnership = Some(Brand {
        name: "Every Child".into(),
        currency: "EUR".into(),
        ..Brand::default()
    });
    shell
}

fn words(lang: Lang, data: Value) -> Result<String, RenderError> {
    renderer().page("sample/words", &shell(lang), &data)
}

fn good() -> Value {
    json!({ "hours": 1104.5, "cents": 110_400, "share": "0.61", "day": "2026-11-12", "at": "2026-11-23T13:00:00Z",
            "name": "<b>Noor</b>", "none": null,
            "quarter": "2026-Q3" })
}

#[test]
fn helpers_speak_the_readers_language_and_escape() {
    let english = words(Lang::En, good()).unwrap().replace('\u{a0}', " ");
    assert_eq!(
        english.trim(),
        "1,104.5|€ 1,104|61 %|12 Nov|in 5 hours|Request &lt;b&gt;Noor&lt;/b&gt;|–|Q3 2026|Sep 2025|–"
    );
    let dutch = words(Lang::Nl, good()).unwrap().replace('\u{a0}', " ");
    assert_eq!(
        dutch.trim(),
        "1.104,5|€ 1.104|61 %|12 nov|over 5 uur|Verzoek &lt;b&gt;Noor&lt;/b&gt;|–|3e kwartaal 2026|sep 2025|–"
    );
}

#[test]
fn a_forgotten_field_and_a_wrong_value_are_errors() {
    for (field, value) in [
        ("hours", json!("many")),
        ("day", json!("soon")),
        ("quarter", json!(3)),
        ("name", Value::Null),
    ] {
        let mut data = good();
        if value.is_null() {
            data.as_object_mut().unwrap().remove("cents");
        } else {
            data[field] = value;
        }
        assert!(words(Lang::En, data).is_err(), "{field}");
    }
    assert!(matches!(
        words(Lang::En, json!({ "page": 1 })),
        Err(RenderError::Data { .. })
    ));
}

#[test]
fn components_see_their_parameters_only_and_check_them() {
    let render =
        |name: &str| renderer().fragment(name, &shell(Lang::En), &json!({ "hint": "leaks" }));
    let html = render("sample/box_use").unwrap();
    assert_eq!(
        html.trim(),
        "<div><h2>A &amp; B</h2><i>now</i>inner <div><h2>leaks</h2></div></div>"
    );
    for (name, complaint) in [
        ("sample/box_unknown", "no parameter titel"),
        ("sample/box_bare", "needs title"),
    ] {
        let error = render(name).unwrap_err().to_string();
        assert!(error.contains(complaint), "{error}");
    }
}

#[test]
fn a_field_named_like_a_helper_is_the_field() {
    let data = json!({ "rows": [{ "date": "<1>", "box": "two" }] });
    let html = renderer()
        .fragment("sample/names", &shell(Lang::En), &data)
        .unwrap();
    assert_eq!(html.trim(), "&lt;1&gt; two");
    assert!(
        renderer()
            .fragment("sample/names", &shell(Lang::En), &json!({ "rows": [{}] }))
            .is_err()
    );
}

#[test]
fn only_vouched_markup_is_printed_raw() {
    let data = json!({ "svg": SafeHtml::trusted("<svg></svg>") });
    let html = renderer()
        .fragment("sample/raw", &shell(Lang::En), &data)
        .unwrap();
    assert_eq!(html.trim(), "<svg></svg>");
    assert!(
        renderer()
            .fragment("sample/raw", &shell(Lang::En), &json!({ "svg": "<svg>" }))
            .is_err()
    );
}

#[test]
fn both_languages_have_the_same_messages() {
    let sources = [
        (Lang::En, include_str!("../../locales/en.ftl")),
        (Lang::Nl, include_str!("../../locales/nl.ftl")),
    ];
    let found = crate::catalogue::check_sources(&sources);
    assert!(
        found.is_empty(),
        "{}",
        found
            .iter()
            .map(ToString::to_string)
            .collect::<Vec<_>>()
            .join("\n")
    );
}

#[test]
fn layouts_frame_the_page_and_carry_no_inline_style_or_script() {
    let mut page = shell(Lang::Nl);
    page.nav = (0..7)
        .map(|n| NavItem {
            label: format!("Item {n}"),
            href: "/".into(),
            icon: "home".into(),
            count: n,
            ..NavItem::default()
        })
        .collect();
    page.flash = Some(Flash {
        kind: FlashKind::Good,
        text: "Bewaard".into(),
    });
    page.person = Some(Viewer {
        name: "Noor".into(),
        initials: "N".into(),
        role_label: "Staf".into(),
    });
    let data = json!({ "status": 404, "title": "Weg", "happened": "…", "kept": null, "next": null, "fields": [], "home_url": "/" });
    for template in ["sample/framed", "web/error"] {
        let html = renderer().page(template, &page, &data).unwrap();
        assert!(
            html.contains("<html lang=\"nl\" dir=\"ltr\">") && html.contains("Every Child"),
            "{template}"
        );
        assert!(
            !html.contains("style=") && !html.contains("<script>") && !html.contains(" onclick"),
            "{template}: {html}"
        );
    }
}

#[test]
fn a_mail_is_framed_by_the_mail_layout() {
    let mail = MailShell {
        lang: Lang::En,
        time_zone: "UTC".into(),
        now: "2026-11-23T08:00:00Z".parse().unwrap(),
        base_url: "https://backbone.example".into(),
        partnership: shell(Lang::En).partnership,
        subject: "46 hours & more".into(),
        preheader: "What they moved".into(),
        why: "You get this because you gave in October.".into(),
        unsubscribe_url: Some("https://backbone.example/u/1".into()),
        preferences_url: None,
        view_url: None,
    };
    let mjml = renderer()
        .mjml("sample/emails/receipt", &mail, &json!({ "hours": 46 }))
        .unwrap();
    for part in [
        "<mj-title>46 hours &amp; more</mj-title>",
        "Unsubscribe",
        "46 h",
        "You get this because",
    ] {
        assert!(mjml.contains(part), "{part}: {mjml}");
    }
}
