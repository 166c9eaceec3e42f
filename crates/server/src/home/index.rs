use actix_web::http::StatusCode;
use actix_web::{HttpRequest, HttpResponse, get, web};
use backbone_db::DbError;
use backbone_events::Event;
use backbone_identity::attention::{FirstStep, Need, Told, Urgency};
use backbone_identity::{Actor, Allowed, Core, Role, page, visit};
use backbone_web::{Args, Problem};
use serde_json::{Value, json};

use super::aside::{self, Column};
use super::first;
use super::happened;
use super::needs::{self, Found};
use super::place::{Part, part};
use super::policy::{SeeHome, SeeTimeline, Snooze};
use super::say::say;
use crate::partner;

/// What a home page is made of.
struct Home {
    found: Found,
    happened: Option<(Vec<Event>, Vec<Told>)>,
    column: Option<Column>,
    first: Vec<(FirstStep, bool)>,
}

/// The home page: what needs the person, soonest first, and what happened.
#[get("/p/{partnership}")]
pub async fn index(
    core: web::Data<Core>,
    req: HttpRequest,
    actor: Allowed<SeeHome>,
) -> Result<HttpResponse, Problem> {
    let held = core.clone();
    note_visit(&core, &req, &actor).await;
    if partner::home::is_partner(&actor) {
        return partner::home::page(&core, &req, &actor).await;
    }
    if actor.has(Role::Leader) && !actor.is_staff() {
        return partner::leader_home(&core, &req, &actor).await;
    }
    let who = Actor::clone(&actor);
    let home = core.db.read(move |c| read(&held, c, &who)).await?;
    show(&core, &req, &actor, &home)
}

/// Notes the visit, unless the page only refreshes itself. What fails here takes nothing from the page.
pub(crate) async fn note_visit(core: &Core, req: &HttpRequest, actor: &Actor) {
    if req.headers().contains_key("hx-request") || req.headers().contains_key("x-live") {
        return;
    }
    let who = actor.clone();
    let noted = core.db.read(move |c| visit::is_noted(c, &who)).await;
    if noted.unwrap_or(true) {
        return;
    }
    let who = actor.clone();
    let arrived = core.db.write(move |c| visit::arrive(c, &who)).await;
    if let Err(error) = arrived {
        tracing::warn!(%error, "a visit could not be noted");
    }
}

fn read(core: &Core, conn: &mut backbone_db::Conn, actor: &Actor) -> Result<Home, DbError> {
    let found = needs::find(core, conn, actor)?;
    let happened = match actor.may::<SeeTimeline>() {
        true => Some(happened::newest(core, conn, actor)?),
        false => None,
    };
    let column = match actor.is_staff() {
        true => Some(aside::read(core, conn, actor)?),
        false => None,
    };
    Ok(Home {
        first: first::steps(core, conn, actor)?,
        found,
        happened,
        column,
    })
}

fn show(
    core: &Core,
    req: &HttpRequest,
    actor: &Actor,
    home: &Home,
) -> Result<HttpResponse, Problem> {
    let slug = &actor.partnership.slug;
    let word = |key: &str| core.renderer.text(actor.lang, key, &Args::new());
    let shell = page::shell(core, req, actor, "home", word("nav-home"));
    let events = home
        .happened
        .as_ref()
        .map(|(events, told)| happened::lines(core, actor, events, told));
    let data = json!({
        "slug": slug,
        "log_href": format!("/p/{slug}/contributions/new"),
        "heading": heading(core, actor, home.found.open.len()),
        "purpose": actor.partnership.purpose,
        "today": actor.now.date_in(&actor.partnership.zone()).to_string(),
        "parts": parts(core, actor, &home.found.open),
        "aside": home.found.aside,
        "events": events,
        "column": home.column.as_ref().map(|c| aside::shown(core, actor, c)),
        "first": first::shown(core, actor, &home.first),
        "can_log": actor.is_staff() || actor.has(Role::Contributor),
        "has_mailbox": actor.is_staff() && core.settings.mailbox.is_some(),
        "is_staff": actor.is_staff(),
        "is_admin": actor.has(Role::Admin),
    });
    page::html(core, StatusCode::OK, "server/home", &shell, &data)
}

fn heading(core: &Core, actor: &Actor, n: usize) -> String {
    let first = actor.name.split_whitespace().next().unwrap_or_default();
    let mut args = Args::new();
    args.set("name", first.to_string());
    args.set("n", n as i64);
    core.renderer.text(actor.lang, "home-needs", &args)
}

/// The lines by part of the page; parts without lines are left out.
pub(crate) fn parts(core: &Core, actor: &Actor, needs: &[Need]) -> Vec<Value> {
    let zone = actor.partnership.zone();
    let of = |n: &Need| part(n.line.urgency, n.due, actor.now, &zone);
    Part::ALL
        .iter()
        .filter_map(|p| {
            let lines: Vec<Value> = needs
                .iter()
                .filter(|n| of(n) == *p)
                .map(|n| shown(core, actor, n))
                .collect();
            let label = core.renderer.text(actor.lang, p.label(), &Args::new());
            (!lines.is_empty()).then(|| json!({"label": label, "lines": lines}))
        })
        .collect()
}

fn shown(core: &Core, actor: &Actor, need: &Need) -> Value {
    let line = &need.line;
    let base = format!("/p/{}", actor.partnership.slug);
    let click = need.click.as_ref().map(|click| {
        let fields: Vec<Value> = click
            .fields
            .iter()
            .map(|(name, value)| json!({"name": name, "value": value}))
            .collect();
        json!({
            "label": say(core, actor, &click.label),
            "to": format!("{base}{}?home=1", click.path),
            "fields": fields,
        })
    });
    json!({
        "tone": match line.urgency { Urgency::Bad => "bad", Urgency::Watch => "watch", Urgency::Good => "good" },
        "icon": line.icon,
        "title": say(core, actor, &line.what),
        "text": line.detail.as_ref().map(|d| say(core, actor, d)),
        "since": line.since,
        "due": need.due,
        "action": say(core, actor, &line.action),
        "href": format!("{base}{}", line.path),
        "click": click,
        "minutes": need.minutes,
        "later": actor.may::<Snooze>().then(|| format!("{base}/attention/{}/later", needs::key(need))),
    })
}
