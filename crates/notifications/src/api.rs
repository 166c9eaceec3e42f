use actix_web::{HttpResponse, get, put, web};
use backbone_db::Instant;
use backbone_identity::attention::Reader;
use backbone_identity::notify::{self, Row};
use backbone_identity::{Actor, Allowed, Core};
use backbone_web::{ApiJson, ApiQuery, Page, Problem, ProblemBody};
use serde::{Deserialize, Serialize};

use utoipa::ToSchema;

use crate::choose::{self, NotificationChange, NotificationSettings, me};
use crate::policy::{ChooseNotifications, SeeNotifications};
use crate::summary::words;

/// Something that the caller was told.
#[derive(Serialize, ToSchema)]
pub struct Notification {
    /// Its identifier.
    id: String,
    /// Its kind.
    kind: String,
    /// What it says, in the caller's language.
    text: String,
    /// Address of the page that it leads to.
    url: String,
    /// When it happened.
    at: Instant,
    /// When it was read.
    read_at: Option<Instant>,
}

/// Which notifications to list.
#[derive(Deserialize, utoipa::IntoParams)]
#[into_params(parameter_in = Query)]
pub struct NotificationQuery {
    /// Only what was not read.
    #[serde(default)]
    unread: bool,
    /// The cursor of the page before.
    cursor: Option<String>,
    /// How many, 1 to 100; 50 when not given.
    limit: Option<i64>,
}

pub(crate) fn reader<'a>(core: &'a Core, actor: &Actor, zone: jiff::tz::TimeZone) -> Reader<'a> {
    Reader {
        renderer: &core.renderer,
        lang: actor.lang,
        zone,
        now: actor.now,
    }
}

/// The place behind a row, for the next page.
pub(crate) fn cursor(row: &Row) -> String {
    format!("{}~{}", row.at.micros(), row.id)
}

/// # Errors
/// 400 for what is no cursor.
pub(crate) fn place(cursor: Option<&str>) -> Result<Option<(Instant, String)>, Problem> {
    let Some(text) = cursor.filter(|c| !c.is_empty()) else {
        return Ok(None);
    };
    let wrong = || Problem::bad_request("invalid-cursor");
    let (at, id) = text.split_once('~').ok_or_else(wrong)?;
    let at: i64 = at.parse().map_err(|_| wrong())?;
    let at = jiff::Timestamp::from_microsecond(at).map_err(|_| wrong())?;
    Ok(Some((Instant::from_jiff(at), id.to_owned())))
}

/// What the caller was told, newest first.
#[utoipa::path(tag = "notifications", params(("partnership" = String, Path, description = "Partnership id or slug"), NotificationQuery),
    responses((status = 200, body = Page<Notification>), (status = 400, body = ProblemBody), (status = 403, body = ProblemBody)),
    extensions(("x-permission" = json!("notification.see"))))]
#[get("/partnerships/{partnership}/notifications")]
pub async fn list(
    core: web::Data<Core>,
    actor: Allowed<SeeNotifications>,
    query: ApiQuery<NotificationQuery>,
) -> Result<HttpResponse, Problem> {
    let actor = actor.into_actor();
    let query = query.0;
    let limit = match query.limit {
        None => 50,
        Some(n @ 1..=100) => n,
        Some(_) => return Err(Problem::bad_request("invalid-limit")),
    };
    let before = place(query.cursor.as_deref())?;
    let who = actor.clone();
    let mut rows = core
        .db
        .read(move |c| {
            let me = me(&who)?;
            let unread = query.unread;
            Ok::<_, Problem>(notify::list(
                c,
                who.tenant(),
                me,
                unread,
                before,
                limit + 1,
            )?)
        })
        .await?;
    let more = rows.len() as i64 > limit;
    rows.truncate(usize::try_from(limit).unwrap_or(usize::MAX));
    let next_cursor = rows.last().filter(|_| more).map(cursor);
    let reader = reader(&core, &actor, actor.partnership.zone());
    let items = rows.iter().map(|row| Notification {
        id: row.id.to_string(),
        kind: row.kind.clone(),
        text: words(&reader, row),
        url: format!(
            "{}{}",
            core.settings.base_url,
            notify::address(&actor.partnership.slug, &row.path)
        ),
        at: row.at,
        read_at: row.read_at,
    });
    Ok(HttpResponse::Ok().json(Page {
        items: items.collect::<Vec<_>>(),
        next_cursor,
    }))
}

/// What was read.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct NotificationsRead {
    /// Identifiers; all up to now when left out.
    ids: Option<Vec<String>>,
}

/// Marks notifications as read.
#[utoipa::path(tag = "notifications", request_body = NotificationsRead, params(("partnership" = String, Path, description = "Partnership id or slug")),
    responses((status = 204, description = "They are read"), (status = 403, body = ProblemBody)),
    extensions(("x-permission" = json!("notification.choose"))))]
#[put("/partnerships/{partnership}/notifications/read")]
pub async fn read(
    core: web::Data<Core>,
    actor: Allowed<ChooseNotifications>,
    body: ApiJson<NotificationsRead>,
) -> Result<HttpResponse, Problem> {
    let actor = actor.into_actor();
    core.db
        .write(move |c| {
            let (me, now) = (me(&actor)?, actor.now);
            match &body.value.ids {
                None => {
                    notify::mark_all(c, actor.tenant(), me, now, now)?;
                }
                Some(ids) => {
                    for id in ids {
                        notify::mark(c, actor.tenant(), me, id, Some(now))?;
                    }
                }
            }
            Ok::<_, Problem>(())
        })
        .await?;
    Ok(HttpResponse::NoContent().finish())
}

/// What the caller wants to hear of by mail, and when.
#[utoipa::path(tag = "notifications", params(("partnership" = String, Path, description = "Partnership id or slug")),
    responses((status = 200, body = NotificationSettings), (status = 403, body = ProblemBody)),
    extensions(("x-permission" = json!("notification.see"))))]
#[get("/partnerships/{partnership}/notifications/settings")]
pub async fn settings(
    core: web::Data<Core>,
    actor: Allowed<SeeNotifications>,
) -> Result<HttpResponse, Problem> {
    let (actor, rules) = (actor.into_actor(), core.notify.clone());
    let chosen = core
        .db
        .read(move |c| choose::chosen(c, &rules, &actor))
        .await?;
    Ok(HttpResponse::Ok().json(chosen))
}

/// Chooses what to hear of by mail, and when.
#[utoipa::path(tag = "notifications", request_body = NotificationChange, params(("partnership" = String, Path, description = "Partnership id or slug")),
    responses((status = 200, body = NotificationSettings), (status = 403, body = ProblemBody), (status = 422, body = ProblemBody)),
    extensions(("x-permission" = json!("notification.choose"))))]
#[put("/partnerships/{partnership}/notifications/settings")]
pub async fn change(
    core: web::Data<Core>,
    actor: Allowed<ChooseNotifications>,
    body: ApiJson<NotificationChange>,
) -> Result<HttpResponse, Problem> {
    let (actor, rules) = (actor.into_actor(), core.notify.clone());
    let chosen = core
        .db
        .write(move |c| choose::choose(c, &rules, &actor, &body.value))
        .await?;
    Ok(HttpResponse::Ok().json(chosen))
}
