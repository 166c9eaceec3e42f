//! `/dev/components`: every component in every state, with invented content. The place to look before writing a page,
//! and to check after changing a sheet. Its clock stands still, so that two pictures of it are equal.

use actix_web::http::header::ContentType;
use actix_web::{HttpResponse, web};
use jiff::Timestamp;
use serde::{Deserialize, Serialize};
use serde_json::{Value, json};

use crate::catalogue::Lang;
use crate::render::{
    Brand, Flash, FlashKind, NavItem, RenderError, Renderer, SafeHtml, Shell, Viewer, icon_names,
};
use crate::theme::Theme;

/// The moment at which the sample pages are set: Monday 23 November 2026, 09:00 in Amsterdam.
fn sample_now() -> Timestamp {
    // 1_795_420_800 seconds lie within jiff's range, so the fallback is never taken.
    Timestamp::from_second(1_795_420_800).unwrap_or(Timestamp::UNIX_EPOCH)
}

/// What the page may be asked for.
#[derive(Debug, Default, Deserialize)]
pub struct Query {
    /// `nl` for Dutch.
    pub lang: Option<String>,
    /// `light` or `dark`; otherwise as the device.
    pub theme: Option<String>,
}

/// A believable frame for sample pages, with `active` as the key of the current rail item.
pub fn sample_shell(lang: Lang, title: &str, active: &str) -> Shell {
    let mut shell = Shell::bare(lang, sample_now(), title);
    shell.time_zone = "Europe/Amsterdam".into();
    shell.partnership = Some(Brand {
        id: "sample".into(),
        slug: "midden".into(),
        name: "Every Child Reads Midden".into(),
        currency: "EUR".into(),
        ..Brand::default()
    });
    shell.person = Some(Viewer {
        name: "Noor de Vries".into(),
        initials: "NV".into(),
        role_label: "Backbone staff".into(),
    });
    shell.nav = [
        ("home", "Home", "", 6),
        ("contributions", "Contributions", "Give", 0),
        ("scorecard", "Scorecard", "", 0),
        ("stories", "Stories", "", 1),
        ("decisions", "Decisions", "", 2),
        ("newsletter", "Newsletter", "", 0),
        ("purpose", "Purpose", "", 0),
    ]
    .map(|(key, label, short, count)| NavItem {
        key: key.into(),
        label: label.into(),
        short: short.into(),
        href: format!("/{key}"),
        icon: key.into(),
        count,
        active: key == active,
    })
    .into();
    shell
}

/// A chart for the page, drawn by the server, which knows charts.
#[derive(Debug, Serialize)]
pub struct Picture {
    /// What it shows.
    pub title: String,
    /// The drawing.
    pub svg: SafeHtml,
}

/// The page as HTML, with `pictures` of the charts.
///
/// # Errors
/// A component that does not render: a mistake in this crate, found by its tests.
pub fn components_page(
    renderer: &Renderer,
    lang: Lang,
    theme: Theme,
    pictures: &[Picture],
) -> Result<String, RenderError> {
    let mut shell = sample_shell(lang, "Components", "home");
    shell.theme = theme;
    shell.flash = Some(Flash {
        kind: FlashKind::Good,
        text: "Your vote: agree".into(),
    });
    let mut data = sample_data();
    data["pictures"] = json!(pictures);
    renderer.page("web/components", &shell, &data)
}

/// The handler, for the server to mount in development: needs `web::Data<Renderer>`.
pub async fn components(renderer: web::Data<Renderer>, query: web::Query<Query>) -> HttpResponse {
    let lang = query
        .lang
        .as_deref()
        .and_then(|lang| lang.parse().ok())
        .unwrap_or_default();
    let theme = query.theme.as_deref().and_then(Theme::named);
    match components_page(&renderer, lang, theme.unwrap_or_default(), &[]) {
        Ok(html) => HttpResponse::Ok()
            .content_type(ContentType::html())
            .body(html),
        Err(error) => {
            tracing::error!(%error, "the components page does not render");
            HttpResponse::InternalServerError().body(error.to_string())
        }
    }
}

fn sample_data() -> Value {
    let option = |value: &str, label: &str| json!({ "value": value, "label": label });
    let vote = |value: &str, label: &str, icon: &str, hint: &str| json!({ "value": value, "label": label, "icon": icon, "hint": hint });
    let row = |name: &str, activity: &str, hours: i64, tone: &str, status: &str| {
        json!({ "name": name, "activity": activity, "kind": "Time", "hours": hours, "cents": hours * 2400,
                "tone": tone, "status": status, "day": "2026-11-12" })
    };
    json!({
        "none": null,
        "at": "2026-11-23T07:12:00Z",
        "earlier": "2026-11-20T15:00:00Z",
        "day": "2026-11-11",
        "icons": icon_names().collect::<Vec<_>>(),
        "rows": [
            row("Bibliotheek Oost", "Reading to children", 46, "good", "Verified"),
            row("Gemeente Midden", "Finding families", 42, "watch", "Queried"),
        ],
        "kinds": [option("time", "Time"), option("talent", "Talent"), option("money", "Money"), option("in_kind", "In kind")],
        "metrics": [option("a", "Children read to 3× a week"), option("b", "Reading level at age 8, on track")],
        "votes": [
            vote("agree", "Agree", "check", "I stand behind it, also outside this room."),
            vote("abstain", "Abstain", "minus", "I leave it to the others."),
            vote("object", "Object", "cross", "We cannot go ahead because …"),
        ],
        "errors": [{ "field": "amount", "message": "Amount: 12,00,3 is not an amount." }],
        "long": "Stichting Samenwerkingsverband Taalontwikkeling-en-Leesbevordering Noordoost-Midden-Nederland en Omstreken",
        "arabic": "جمعية القراءة للجميع في المنطقة الشرقية",
        "prose": "One hour a week, **312 children**. [How we know](https://backbone.example/s/7Gk2)\n\n- read to three times a week\n- counted once a quarter\n\n> My mum reads the voices now too.",
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_component_renders_in_every_language_without_inline_style() {
        let mut builder = Renderer::builder();
        builder.strict_text(true);
        let renderer = builder.build().unwrap();
        for lang in Lang::ALL {
            let html = components_page(&renderer, lang, Theme::Dark, &[]).unwrap();
            assert!(!html.contains("style=") && !html.contains("⟦"), "{lang}");
            let page = include_str!("../templates/components.hbs");
            for name in renderer.template_names() {
                let Some((_, component)) = name.split_once("/components/") else {
                    continue;
                };
                let shown = page.contains(&format!("{{{{{component}"))
                    || page.contains(&format!("{{{{#{component}"));
                assert!(shown, "{component} is not on the components page");
            }
        }
    }
}
