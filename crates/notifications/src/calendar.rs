use actix_web::{HttpResponse, delete, get, put, web};
use backbone_db::{Conn, DbError};
use backbone_identity::calendar::{self, Due, Entry};
use backbone_identity::{Actor, Allowed, Core};
use backbone_web::{ApiJson, Page, Problem, ProblemBody};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use crate::api::reader;
use crate::policy::{SeeCalendar, ShareCalendar};

/// Days behind and ahead that are told of: what is overdue stays for a month.
const BEHIND: i64 = 31;
const AHEAD: i64 = 400;

/// Something that is due.
#[derive(Clone, Serialize, ToSchema)]
pub struct CalendarEntry {
    /// What makes it the same entry the next time.
    pub key: String,
    /// The day.
    #[schema(value_type = String, format = Date)]
    pub day: jiff::civil::Date,
    /// The moment, when it is due at one.
    #[schema(value_type = Option<String>, format = DateTime)]
    pub at: Option<jiff::Timestamp>,
    /// What is due, in the caller's language.
    pub title: String,
    /// Details; may be empty.
    pub detail: String,
    /// Address of the page where it is done.
    pub url: String,
}

/// The address of a calendar.
#[derive(Serialize, ToSchema)]
pub struct CalendarLink {
    /// The address; it is told only this once.
    url: String,
}

/// An address to make. There is nothing to say about it.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct NewCalendarLink {}

/// What is due for the caller, soonest first: votes, promises, requests, figures, reviews.
#[utoipa::path(tag = "calendar", params(("partnership" = String, Path, description = "Partnership id or slug")),
    responses((status = 200, body = Page<CalendarEntry>), (status = 403, body = ProblemBody)),
    extensions(("x-permission" = json!("calendar.see"))))]
#[get("/partnerships/{partnership}/calendar")]
pub async fn list(
    core: web::Data<Core>,
    actor: Allowed<SeeCalendar>,
) -> Result<HttpResponse, Problem> {
    let actor = actor.into_actor();
    let (held, who) = (core.clone(), actor.clone());
    let entries = core.db.read(move |c| due(c, &held, &who)).await?;
    let items = entries.iter().map(|e| told(&core, &actor, e));
    Ok(HttpResponse::Ok().json(Page {
        items: items.collect::<Vec<_>>(),
        next_cursor: None,
    }))
}

/// Makes the secret address of the caller's calendar; one that was made before ends.
#[utoipa::path(tag = "calendar", request_body = NewCalendarLink, params(("partnership" = String, Path, description = "Partnership id or slug")),
    responses((status = 201, body = CalendarLink), (status = 403, body = ProblemBody)),
    extensions(("x-permission" = json!("calendar.share"))))]
#[put("/partnerships/{partnership}/calendar/link")]
pub async fn make(
    core: web::Data<Core>,
    actor: Allowed<ShareCalendar>,
    _body: ApiJson<NewCalendarLink>,
) -> Result<HttpResponse, Problem> {
    let actor = actor.into_actor();
    let base = core.settings.base_url.clone();
    let secret = core
        .db
        .write(move |c| calendar::make_link(c, &actor))
        .await?;
    Ok(HttpResponse::Created()
        .insert_header(("Cache-Control", "no-store"))
        .json(CalendarLink {
            url: address(&base, &secret),
        }))
}

/// Ends the secret address of the caller's calendar.
#[utoipa::path(tag = "calendar", params(("partnership" = String, Path, description = "Partnership id or slug")),
    responses((status = 204, description = "It shows nothing any more"), (status = 404, body = ProblemBody)),
    extensions(("x-permission" = json!("calendar.share"))))]
#[delete("/partnerships/{partnership}/calendar/link")]
pub async fn end(
    core: web::Data<Core>,
    actor: Allowed<ShareCalendar>,
) -> Result<HttpResponse, Problem> {
    let actor = actor.into_actor();
    let ended = core
        .db
        .write(move |c| calendar::end_link(c, &actor))
        .await?;
    match ended {
        true => Ok(HttpResponse::NoContent().finish()),
        false => Err(Problem::not_found()),
    }
}

pub(crate) fn address(base_url: &str, secret: &str) -> String {
    format!("{base_url}/calendar/{secret}.ics")
}

/// What is due for an actor, soonest first.
pub(crate) fn due(conn: &mut Conn, core: &Core, actor: &Actor) -> Result<Vec<Entry>, DbError> {
    let zone = actor.partnership.zone();
    let from = actor.now.plus_days(-BEHIND).date_in(&zone);
    let until = actor.now.plus_days(AHEAD).date_in(&zone);
    let mut entries = Vec::new();
    for source in &core.dates {
        entries.extend(source.entries(conn, actor, from, until)?);
    }
    entries.sort_by(|a, b| (a.due.day(&zone), &a.key).cmp(&(b.due.day(&zone), &b.key)));
    Ok(entries)
}

pub(crate) fn told(core: &Core, actor: &Actor, e: &Entry) -> CalendarEntry {
    let zone = actor.partnership.zone();
    let reader = reader(core, actor, zone.clone());
    let say = |words: &backbone_identity::attention::Words| {
        reader.say(words.key, words.args.iter().map(|(k, w)| (*k, w)), None)
    };
    CalendarEntry {
        key: e.key.clone(),
        day: e.due.day(&zone),
        at: match e.due {
            Due::At(at) => Some(at),
            Due::Day(_) => None,
        },
        title: say(&e.what),
        detail: e.detail.as_ref().map(say).unwrap_or_default(),
        url: format!(
            "{}/p/{}{}",
            core.settings.base_url, actor.partnership.slug, e.path
        ),
    }
}
