//! Pages for members: the frame around every page, one call to render it, and the way back after a form.

use actix_web::http::StatusCode;
use actix_web::http::header::LOCATION;
use actix_web::{HttpMessage, HttpRequest, HttpResponse};
use backbone_web::render::{Bell, Brand, Flash, FlashKind, NavItem, Viewer};
use backbone_web::{Args, Lang, Problem, Shell, Theme};
use serde::Serialize;
use serde_json::{Value, json};

use crate::actor::Actor;
use crate::authenticate::{SignedIn, Visitor, Who, request_id};
use crate::core::Core;
use crate::partnership::Partnership;

/// The partnership as the layout shows it.
pub fn brand(p: &Partnership) -> Brand {
    Brand {
        id: p.id.to_string(),
        slug: p.slug.clone(),
        name: p.name.clone(),
        accent: Some(p.accent.clone()),
        logo_url: p
            .logo_file_id
            .as_ref()
            .map(|_| format!("/p/{}/logo", p.slug)),
        currency: p.currency.code().to_string(),
    }
}

/// The frame for a member's page. `nav` is the key of the rail's entry the page belongs to.
pub fn shell(core: &Core, req: &HttpRequest, actor: &Actor, nav: &str, title: String) -> Shell {
    let text = |key: &str| core.renderer.text(actor.lang, key, &Args::new());
    let slug = &actor.partnership.slug;
    let nav = core
        .nav
        .iter()
        .filter(|n| n.roles.iter().any(|r| actor.has(*r)))
        .map(|n| NavItem {
            key: n.key.into(),
            label: text(n.label),
            short: short_label(core, actor.lang, n.label),
            href: format!("/p/{slug}{}", n.path),
            icon: n.icon.into(),
            count: 0,
            active: n.key == nav,
        })
        .collect();
    let role = actor
        .roles
        .first()
        .map(|r| text(&format!("role-{}", r.as_str().replace('_', "-"))))
        .unwrap_or_default();
    // The guard on what the request carries ends here: reading cookies carries more.
    let bell = req.extensions().get::<Who>().map(|who| Bell {
        href: format!("/p/{slug}/notifications"),
        count: u32::try_from(who.unread).unwrap_or(0),
        topic: format!("bell:{}", who.person_id),
    });
    Shell {
        time_zone: actor.partnership.time_zone.clone(),
        path: req.path().into(),
        request_id: request_id(req),
        partnership: Some(brand(&actor.partnership)),
        person: Some(Viewer {
            initials: initials(&actor.name),
            name: actor.name.clone(),
            role_label: role,
        }),
        bell,
        nav,
        flash: flash(core, req, actor.lang),
        base_url: core.settings.base_url.clone(),
        theme: Theme::of(req),
        ..Shell::bare(actor.lang, actor.now.jiff(), title)
    }
}

/// The frame of a page outside the rail (public story, signed link, sign-in), in the partnership's colours when there is one.
pub fn public_shell(
    core: &Core,
    req: &HttpRequest,
    visitor: &Visitor,
    p: Option<&Partnership>,
    title: String,
) -> Shell {
    Shell {
        time_zone: p.map_or_else(|| "UTC".into(), |p| p.time_zone.clone()),
        path: req.path().into(),
        request_id: visitor.request_id.clone(),
        partnership: p.map(brand),
        flash: flash(core, req, visitor.lang),
        base_url: core.settings.base_url.clone(),
        theme: Theme::of(req),
        ..Shell::bare(visitor.lang, visitor.now.jiff(), title)
    }
}

/// The word for the bar on phones, where the rail's does not fit: the message `<label>-short`, if there is one.
fn short_label(core: &Core, lang: Lang, label: &str) -> String {
    let key = format!("{label}-short");
    if core.renderer.catalogue().has(lang, &key) {
        core.renderer.text(lang, &key, &Args::new())
    } else {
        String::new()
    }
}

/// Renders a page.
///
/// # Errors
/// 500 when template and data do not fit.
pub fn html(
    core: &Core,
    status: StatusCode,
    template: &str,
    shell: &Shell,
    data: &impl Serialize,
) -> Result<HttpResponse, Problem> {
    let body = core
        .renderer
        .page(template, shell, data)
        .map_err(Problem::internal)?;
    Ok(HttpResponse::build(status)
        .content_type("text/html; charset=utf-8")
        .body(body))
}

/// After a form that worked: back to a page (303), which says once what was done. `message` is a message key.
pub fn see_other(path: &str, message: &str) -> HttpResponse {
    let mut builder = HttpResponse::SeeOther();
    builder.insert_header((LOCATION, path.to_string()));
    if !message.is_empty() {
        let cookie = actix_web::cookie::Cookie::build("flash", message.to_string())
            .path("/")
            .http_only(true)
            .same_site(actix_web::cookie::SameSite::Lax)
            .max_age(actix_web::cookie::time::Duration::seconds(60))
            .finish();
        builder.cookie(cookie);
    }
    builder.finish()
}

/// The message of the flash cookie; the server's outermost layer removes the cookie once a page was shown.
fn flash(core: &Core, req: &HttpRequest, lang: Lang) -> Option<Flash> {
    let cookie = req.cookie("flash")?;
    let key = cookie.value();
    // The value comes from outside: only a key of the catalogue is shown.
    let known = key.len() < 80 && core.renderer.catalogue().has(lang, key);
    known.then(|| Flash {
        kind: FlashKind::Good,
        text: core.renderer.text(lang, key, &Args::new()),
    })
}

/// Up to two letters for an avatar.
pub fn initials(name: &str) -> String {
    let mut words = name.split_whitespace().filter_map(|w| w.chars().next());
    let first = words.next();
    let last = words.next_back();
    first
        .into_iter()
        .chain(last)
        .flat_map(char::to_uppercase)
        .collect()
}

/// The frame of a signed-in person's page outside of any partnership.
pub fn own_shell(core: &Core, req: &HttpRequest, me: &SignedIn, title: &str) -> Shell {
    Shell {
        path: req.path().into(),
        request_id: me.request_id.clone(),
        person: Some(Viewer {
            initials: initials(&me.name),
            name: me.name.clone(),
            role_label: String::new(),
        }),
        flash: flash(core, req, me.lang),
        base_url: core.settings.base_url.clone(),
        theme: Theme::of(req),
        ..Shell::bare(
            me.lang,
            me.now.jiff(),
            core.renderer.text(me.lang, title, &Args::new()),
        )
    }
}

/// What a form needs to be shown again: what was typed (`form`), the message at each field (`wrong`) and all of them (`errors`).
pub fn again(core: &Core, lang: Lang, typed: &impl Serialize, problem: &Problem) -> Value {
    let mut wrong = serde_json::Map::new();
    let mut errors = Vec::new();
    for (field, message) in problem.field_messages(core.renderer.catalogue(), lang) {
        errors.push(json!({"field": field, "message": message}));
        wrong.insert(field, message.into());
    }
    if errors.is_empty() {
        let title = problem.title(core.renderer.catalogue(), lang);
        let detail = problem.detail(core.renderer.catalogue(), lang);
        let message = if detail.is_empty() { title } else { detail };
        errors.push(json!({"field": "content", "message": message}));
    }
    json!({"form": typed, "wrong": wrong, "errors": errors})
}

/// Whether a form is shown again with this problem, rather than an error page.
pub fn is_shown_again(problem: &Problem) -> bool {
    matches!(
        problem.status,
        StatusCode::UNPROCESSABLE_ENTITY | StatusCode::CONFLICT
    )
}

/// The languages, each by its own name, as options of a form.
pub fn languages() -> Value {
    let all = Lang::all().into_iter();
    Value::Array(
        all.map(|l| json!({"value": l.code(), "label": l.name()}))
            .collect(),
    )
}
