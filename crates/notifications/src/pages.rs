use actix_web::http::StatusCode;
use actix_web::http::header::LOCATION;
use actix_web::{HttpRequest, HttpResponse, get, post, web};
use backbone_db::Instant;
use backbone_identity::notify::{self, Row};
use backbone_identity::{Actor, Allowed, Core, page};
use backbone_web::{ApiQuery, Args, Form, Problem};
use serde::Deserialize;
use serde_json::{Value, json};

use crate::api::{cursor, place, reader};
use crate::choose::me;
use crate::policy::{ChooseNotifications, SeeNotifications};
use crate::summary::words;

/// Notifications on a page.
const ON_PAGE: i64 = 50;

#[derive(Deserialize)]
pub(crate) struct Query {
    #[serde(default)]
    unread: Option<String>,
    before: Option<String>,
}

/// What the person was told, by day.
#[get("/p/{partnership}/notifications")]
pub async fn index(
    core: web::Data<Core>,
    req: HttpRequest,
    actor: Allowed<SeeNotifications>,
    query: ApiQuery<Query>,
) -> Result<HttpResponse, Problem> {
    let actor = actor.into_actor();
    let unread_only = query.0.unread.is_some();
    let before = place(query.0.before.as_deref())?;
    let who = actor.clone();
    let (mut rows, zone, unread) = core
        .db
        .read(move |c| {
            let me = me(&who)?;
            let rows = notify::list(c, who.tenant(), me, unread_only, before, ON_PAGE + 1)?;
            let zone = notify::hours(c, &who.partnership, me)?.zone();
            let unread = notify::unread(c, who.tenant(), me)?;
            Ok::<_, Problem>((rows, zone, unread))
        })
        .await?;
    let more = rows.len() as i64 > ON_PAGE;
    rows.truncate(ON_PAGE as usize);
    let next = rows.last().filter(|_| more).map(cursor);
    let title = core
        .renderer
        .text(actor.lang, "notifications-title", &Args::new());
    let shell = page::shell(&core, &req, &actor, "notifications", title);
    let data = json!({
        "slug": actor.partnership.slug,
        "bell": shell.bell.as_ref().map(|b| b.topic.clone()),
        "days": days(&core, &actor, &zone, &rows),
        "unread_only": unread_only,
        "unread": unread,
        "newest": rows.first().map(|r| r.at.micros().to_string()),
        "older": next.map(|n| format!("?before={n}{}", if unread_only { "&unread=1" } else { "" })),
    });
    page::html(&core, StatusCode::OK, "notifications/index", &shell, &data)
}

fn days(core: &Core, actor: &Actor, zone: &jiff::tz::TimeZone, rows: &[Row]) -> Vec<Value> {
    let reader = reader(core, actor, zone.clone());
    let icon = |row: &Row| notify::kind(&core.notify, &row.kind).map_or("bell", |k| k.icon);
    let mut days: Vec<(jiff::civil::Date, Vec<Value>)> = Vec::new();
    for row in rows {
        let day = row.at.date_in(zone);
        let line = json!({
            "id": row.id,
            "icon": icon(row),
            "text": words(&reader, row),
            "at": row.at,
            "read": row.read_at.is_some(),
        });
        match days.last_mut().filter(|(d, _)| *d == day) {
            Some((_, lines)) => lines.push(line),
            None => days.push((day, vec![line])),
        }
    }
    days.into_iter()
        .map(|(day, lines)| json!({"day": day, "lines": lines}))
        .collect()
}

/// Leads to what a notification is about; it counts as read from then on.
#[get("/p/{partnership}/notifications/{notification}")]
pub async fn open(
    core: web::Data<Core>,
    actor: Allowed<SeeNotifications>,
    path: web::Path<(String, String)>,
) -> Result<HttpResponse, Problem> {
    let (actor, id) = (actor.into_actor(), path.into_inner().1);
    let slug = actor.partnership.slug.clone();
    let row = core
        .db
        .write(move |c| {
            let me = me(&actor)?;
            let row = notify::find(c, actor.tenant(), me, &id)?.ok_or_else(Problem::not_found)?;
            if row.read_at.is_none() {
                notify::mark(c, actor.tenant(), me, &id, Some(actor.now))?;
            }
            Ok::<_, Problem>(row)
        })
        .await?;
    Ok(HttpResponse::SeeOther()
        .insert_header((LOCATION, notify::address(&slug, &row.path)))
        .finish())
}

/// Marks one as read or unread, or all that were on the page as read.
#[post("/p/{partnership}/notifications")]
pub async fn read(
    core: web::Data<Core>,
    actor: Allowed<ChooseNotifications>,
    form: Form,
) -> Result<HttpResponse, Problem> {
    let actor = actor.into_actor();
    let back = format!("/p/{}/notifications", actor.partnership.slug);
    let (id, unread) = (form.text("id").to_owned(), form.text("step") == "unread");
    let until: Option<i64> = form.text("until").parse().ok();
    let done = core
        .db
        .write(move |c| {
            let (me, now) = (me(&actor)?, actor.now);
            if id.is_empty() {
                let until = until.and_then(|u| jiff::Timestamp::from_microsecond(u).ok());
                let until = until.map_or(now, Instant::from_jiff);
                notify::mark_all(c, actor.tenant(), me, until, now)?;
                return Ok::<_, Problem>("notifications-all-read");
            }
            let read_at = (!unread).then_some(now);
            match notify::mark(c, actor.tenant(), me, &id, read_at)? {
                true => Ok(""),
                false => Err(Problem::not_found()),
            }
        })
        .await?;
    Ok(page::see_other(&back, done))
}
