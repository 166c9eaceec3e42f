use actix_web::http::StatusCode;
use actix_web::{HttpRequest, HttpResponse, get, web};
use backbone_db::DbError;
use backbone_identity::attention::{Line, Urgency, Word, Words};
use backbone_identity::{Actor, Allowed, Core, Role, page};
use backbone_web::{Args, Problem};
use serde_json::{Value, json};

use super::policy::SeeHome;
use super::timeline::{event_line, newest};

/// The home page: what needs the person, soonest first, and what happened.
#[get("/p/{partnership}")]
pub async fn index(
    core: web::Data<Core>,
    req: HttpRequest,
    actor: Allowed<SeeHome>,
) -> Result<HttpResponse, Problem> {
    let (held, who) = (core.clone(), Actor::clone(&actor));
    let (mut lines, events) = core
        .db
        .read(move |c| {
            let mut lines = Vec::new();
            for rules in &held.attention {
                lines.extend(rules.lines(c, &who)?);
            }
            let events = if may_see_log(&who) {
                newest(c, who.tenant())?
            } else {
                Vec::new()
            };
            Ok::<_, DbError>((lines, events))
        })
        .await?;
    lines.sort_by_key(|l| (l.urgency, l.since));
    let first_name = actor
        .name
        .split_whitespace()
        .next()
        .unwrap_or_default()
        .to_string();
    let mut args = Args::new();
    args.set("name", first_name);
    args.set("n", lines.len() as i64);
    let title = core.renderer.text(actor.lang, "home-needs", &args);
    let shell = page::shell(
        &core,
        &req,
        &actor,
        "home",
        core.renderer.text(actor.lang, "nav-home", &Args::new()),
    );
    let data = json!({
        "slug": actor.partnership.slug,
        "log_href": format!("/p/{}/contributions/new", actor.partnership.slug),
        "heading": title,
        "purpose": actor.partnership.purpose,
        "lines": lines.iter().map(|l| shown(&core, &actor, l)).collect::<Vec<_>>(),
        "events": events.iter().map(|e| event_line(&core, &actor, e)).collect::<Vec<_>>(),
        "can_log": actor.is_staff() || actor.has(Role::Contributor),
        "sees_log": may_see_log(&actor),
        "has_mailbox": actor.is_staff() && core.settings.mailbox.is_some(),
        "is_staff": actor.is_staff(),
        "is_admin": actor.has(Role::Admin),
    });
    page::html(&core, StatusCode::OK, "server/home", &shell, &data)
}

fn may_see_log(actor: &Actor) -> bool {
    actor.may::<super::policy::SeeTimeline>()
}

fn shown(core: &Core, actor: &Actor, line: &Line) -> Value {
    json!({
        "tone": match line.urgency { Urgency::Bad => "bad", Urgency::Watch => "watch", Urgency::Good => "good" },
        "icon": line.icon,
        "title": say(core, actor, &line.what),
        "text": line.detail.as_ref().map(|d| say(core, actor, d)),
        "since": line.since,
        "action": say(core, actor, &line.action),
        "href": format!("/p/{}{}", actor.partnership.slug, line.path),
    })
}

fn say(core: &Core, actor: &Actor, words: &Words) -> String {
    let mut args = Args::new();
    for (name, value) in &words.args {
        match value {
            Word::Text(text) => args.set(*name, text.clone()),
            Word::Number(n) => args.set(*name, *n),
        }
    }
    core.renderer.text(actor.lang, words.key, &args)
}
