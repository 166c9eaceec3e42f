//! The feed that calendar programs fetch: `GET /calendar/{secret}.ics`.

use actix_web::http::header::{CACHE_CONTROL, CONTENT_DISPOSITION, CONTENT_TYPE, ETAG};
use actix_web::{HttpRequest, HttpResponse, get, web};
use backbone_calendar::{Entry, When};
use backbone_identity::{Core, Visitor, calendar};
use backbone_web::{Args, Problem, etag};
use sha2::{Digest, Sha256};

use crate::calendar::{due, told};

/// Minutes for which a vote that closes is shown in a calendar, up to its close.
const SHOWN_MINUTES: i64 = 30;

/// The feed. Whoever has the address reads it, so it holds titles and links, no figures.
#[get("/calendar/{secret}.ics")]
pub async fn read(
    core: web::Data<Core>,
    req: HttpRequest,
    visitor: Visitor,
    secret: web::Path<String>,
) -> Result<HttpResponse, Problem> {
    let (held, secret) = (core.clone(), secret.into_inner());
    let sought = secret.clone();
    let (actor, stale, entries) = core
        .db
        .read(move |c| {
            let (actor, stale) = calendar::reader(c, &sought, visitor.now)?;
            let entries = due(c, &held, &actor)?;
            Ok::<_, Problem>((actor, stale, entries))
        })
        .await?;
    if stale {
        let now = visitor.now;
        core.db
            .write(move |c| calendar::note_read(c, &secret, now))
            .await?;
    }
    let mut args = Args::new();
    args.set("partnership", actor.partnership.name.clone());
    let name = core.renderer.text(actor.lang, "calendar-feed-name", &args);
    let base = &core.settings.base_url;
    let host = base.split_once("://").map_or(base.as_str(), |(_, h)| h);
    let all: Vec<Entry> = entries
        .iter()
        .map(|entry| {
            let said = told(&core, &actor, entry);
            let when = match said.at {
                None => When::Day(said.day),
                Some(until) => When::Time {
                    from: until
                        .checked_sub(jiff::Span::new().minutes(SHOWN_MINUTES))
                        .unwrap_or(until),
                    until,
                },
            };
            Entry {
                uid: format!("{}-{}@{host}", actor.partnership.id, said.key),
                changed: entry.changed.jiff(),
                when,
                title: said.title,
                text: match said.detail.is_empty() {
                    true => said.url.clone(),
                    false => format!("{}\n{}", said.detail, said.url),
                },
                place: String::new(),
                url: said.url,
            }
        })
        .collect();
    let text = backbone_calendar::feed(&name, &actor.partnership.time_zone, &all);
    let tag = hex::encode(&Sha256::digest(text.as_bytes())[..12]);
    let cache = (CACHE_CONTROL, "private, max-age=900");
    if etag::not_modified(&req, &tag) {
        return Ok(HttpResponse::NotModified()
            .insert_header((ETAG, format!("\"{tag}\"")))
            .insert_header(cache)
            .finish());
    }
    Ok(HttpResponse::Ok()
        .insert_header((CONTENT_TYPE, "text/calendar; charset=utf-8"))
        .insert_header((CONTENT_DISPOSITION, "inline; filename=\"backbone.ics\""))
        .insert_header((ETAG, format!("\"{tag}\"")))
        .insert_header(cache)
        .body(text))
}
