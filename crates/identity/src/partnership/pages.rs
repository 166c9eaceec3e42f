//! Pages: the way in, a new partnership, the settings.

use actix_web::http::StatusCode;
use actix_web::http::header::LOCATION;
use actix_web::{HttpRequest, HttpResponse, get, post, web};
use backbone_web::{Args, Form, IfMatch, Lang, Problem};
use serde_json::{Value, json};

use super::edit::Founder;
use super::{Change, NewPartnership, Partnership};
use crate::actor::Actor;
use crate::authenticate::{Allowed, SignedIn, Visitor};
use crate::core::Core;
use crate::page::{self, again, own_shell, public_shell};
use crate::people::store::memberships_of;
use crate::policy::EditPartnership;
use crate::{file, setup};

fn to(path: &str) -> HttpResponse {
    HttpResponse::SeeOther()
        .insert_header((LOCATION, path.to_string()))
        .finish()
}

/// The start: the only partnership, a choice of several, the sign-in form, or word of how to set the server up.
#[get("/")]
pub(crate) async fn start(
    core: web::Data<Core>,
    req: HttpRequest,
    visitor: Visitor,
    me: Result<SignedIn, Problem>,
) -> Result<HttpResponse, Problem> {
    let me = match me {
        Ok(me) => me,
        Err(problem) if problem.status != StatusCode::UNAUTHORIZED => return Err(problem),
        Err(_) if core.db.read(setup::is_needed).await? => {
            let title = core
                .renderer
                .text(visitor.lang, "setup-title", &Args::new());
            let shell = public_shell(&core, &req, &visitor, None, title);
            return page::html(
                &core,
                StatusCode::OK,
                "identity/setup-waiting",
                &shell,
                &json!({}),
            );
        }
        Err(_) => return Ok(to("/sign-in")),
    };
    let id = me.person_id.clone();
    let (found, may_create) = core
        .db
        .read(move |c| {
            Ok::<_, Problem>((memberships_of(c, &id)?, super::store::may_create(c, &id)?))
        })
        .await?;
    let active: Vec<_> = found.into_iter().filter(|m| m.active).collect();
    match active.as_slice() {
        [only] => Ok(to(&format!("/p/{}", only.slug))),
        [] if may_create => Ok(to("/partnerships/new")),
        several => {
            let choices: Vec<Value> = several
                .iter()
                .map(|m| json!({"name": m.partnership, "slug": m.slug, "purpose": m.purpose}))
                .collect();
            let data = json!({"partnerships": choices, "may_create": may_create});
            let shell = own_shell(&core, &req, &me, "choose-title");
            page::html(&core, StatusCode::OK, "identity/choose", &shell, &data)
        }
    }
}

/// Currencies, zones, months and languages for the form.
fn options(core: &Core, lang: Lang) -> Value {
    let currencies: Vec<Value> = <iso_currency::Currency as iso_currency::IntoEnumIterator>::iter()
        .map(|c| json!({"value": c.code(), "label": c.code()}))
        .collect();
    let zones: Vec<Value> = jiff::tz::db()
        .available()
        .map(|z| json!({"value": z.as_str(), "label": z.as_str().replace('_', " ")}))
        .collect();
    let months: Vec<Value> = (1..=12)
        .map(|m| json!({"value": m.to_string(), "label": core.renderer.text(lang, &format!("format-month-{m}"), &Args::new())}))
        .collect();
    json!({"currencies": currencies, "zones": zones, "months": months, "languages": page::languages()})
}

fn new_page(
    core: &Core,
    req: &HttpRequest,
    me: &SignedIn,
    status: StatusCode,
    mut data: Value,
) -> Result<HttpResponse, Problem> {
    data["options"] = options(core, me.lang);
    page::html(
        core,
        status,
        "identity/partnership-new",
        &own_shell(core, req, me, "setup-partnership-title"),
        &data,
    )
}

/// The form for a new partnership.
#[get("/partnerships/new")]
pub(crate) async fn blank(
    core: web::Data<Core>,
    req: HttpRequest,
    me: SignedIn,
) -> Result<HttpResponse, Problem> {
    let id = me.person_id.clone();
    if !core
        .db
        .read(move |c| super::store::may_create(c, &id))
        .await?
    {
        return Err(Problem::forbidden());
    }
    let (currency, zone) = match me.lang {
        Lang::Nl => ("EUR", "Europe/Amsterdam"),
        _ => ("EUR", "UTC"),
    };
    let data = json!({"wrong": {}, "errors": [], "form": {
        "language": me.lang.code(), "currency": currency, "time_zone": zone,
        "fiscal_year_start": "1", "accent": backbone_web::assets::DEFAULT_ACCENT,
    }});
    new_page(&core, &req, &me, StatusCode::OK, data)
}

/// Sets up a partnership.
#[post("/partnerships/new")]
pub(crate) async fn create(
    core: web::Data<Core>,
    req: HttpRequest,
    me: SignedIn,
    form: Form,
) -> Result<HttpResponse, Problem> {
    let text = |name: &str| form.text(name).to_string();
    let new = NewPartnership {
        name: text("name"),
        purpose: text("purpose"),
        language: text("language"),
        currency: text("currency"),
        time_zone: text("time_zone"),
        fiscal_year_start: form.text("fiscal_year_start").parse().unwrap_or(0),
        accent: text("accent"),
    };
    let (founder, now) = (
        Founder {
            id: me.person_id.clone(),
            name: me.name.clone(),
        },
        me.now,
    );
    match core
        .db
        .write(move |c| super::create(c, &founder, &new, now))
        .await
    {
        Ok(made) => {
            if let Some(logo) = form.file("logo") {
                let actor = Actor::of(&me, made.clone());
                save_logo(&core, actor, made.version, logo.clone()).await?;
            }
            Ok(to(&format!("/p/{}/setup", made.slug)))
        }
        Err(problem) if page::is_shown_again(&problem) => {
            let data = again(&core, me.lang, &form.values(), &problem);
            new_page(&core, &req, &me, problem.status, data)
        }
        Err(problem) => Err(problem),
    }
}

async fn save_logo(
    core: &web::Data<Core>,
    actor: Actor,
    version: i64,
    upload: backbone_web::Upload,
) -> Result<Partnership, Problem> {
    let data_dir = core.settings.data_dir.clone();
    let kept = web::block(move || file::keep(&data_dir, &upload))
        .await
        .map_err(Problem::internal)??;
    core.db
        .write(move |conn| {
            let logo = file::save(conn, &actor, "logo", &kept)?;
            let change = Change {
                logo_file_id: Some(logo.id),
                ..Change::default()
            };
            super::update(conn, &actor, IfMatch(Some(version)), &change)
        })
        .await
}

fn settings_page(
    core: &Core,
    req: &HttpRequest,
    actor: &Actor,
    status: StatusCode,
    mut data: Value,
) -> Result<HttpResponse, Problem> {
    data["options"] = options(core, actor.lang);
    data["slug"] = json!(actor.partnership.slug);
    data["has_logo"] = json!(actor.partnership.logo_file_id.is_some());
    let title = core
        .renderer
        .text(actor.lang, "settings-title", &Args::new());
    let shell = page::shell(core, req, actor, "settings", title);
    page::html(core, status, "identity/settings", &shell, &data)
}

/// The settings.
#[get("/p/{partnership}/settings")]
pub(crate) async fn settings(
    core: web::Data<Core>,
    req: HttpRequest,
    actor: Allowed<EditPartnership>,
) -> Result<HttpResponse, Problem> {
    let p = &actor.partnership;
    let data = json!({"wrong": {}, "errors": [], "form": {
        "version": p.version.to_string(), "name": p.name, "purpose": p.purpose, "language": p.language,
        "currency": p.currency.code(), "time_zone": p.time_zone, "accent": p.accent,
        "fiscal_year_start": p.fiscal_year_start.to_string(), "small_cell": p.small_cell.to_string(),
    }});
    settings_page(&core, &req, &actor, StatusCode::OK, data)
}

/// Changes the settings.
#[post("/p/{partnership}/settings")]
pub(crate) async fn save_settings(
    core: web::Data<Core>,
    req: HttpRequest,
    actor: Allowed<EditPartnership>,
    form: Form,
) -> Result<HttpResponse, Problem> {
    let actor = actor.into_actor();
    let text = |name: &str| Some(form.text(name).to_string());
    let change = Change {
        name: text("name"),
        purpose: text("purpose"),
        language: text("language"),
        currency: text("currency"),
        time_zone: text("time_zone"),
        fiscal_year_start: Some(form.text("fiscal_year_start").parse().unwrap_or(0)),
        accent: text("accent"),
        small_cell: Some(form.text("small_cell").parse().unwrap_or(0)),
        logo_file_id: None,
    };
    let (by, seen) = (actor.clone(), IfMatch(form.text("version").parse().ok()));
    let mut done = core
        .db
        .write(move |c| super::update(c, &by, seen, &change))
        .await;
    if let (Ok(p), Some(logo)) = (&done, form.file("logo")) {
        done = save_logo(&core, actor.clone(), p.version, logo.clone()).await;
    }
    match done {
        Ok(p) => Ok(page::see_other(
            &format!("/p/{}/settings", p.slug),
            "settings-saved",
        )),
        Err(problem)
            if page::is_shown_again(&problem)
                || problem.status == StatusCode::PRECONDITION_FAILED =>
        {
            let data = again(&core, actor.lang, &form.values(), &problem);
            settings_page(&core, &req, &actor, problem.status, data)
        }
        Err(problem) => Err(problem),
    }
}
