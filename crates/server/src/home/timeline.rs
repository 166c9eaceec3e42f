use actix_web::http::StatusCode;
use actix_web::{HttpRequest, HttpResponse, get, web};
use backbone_events::{Event, recent};
use backbone_identity::{Actor, Allowed, Core, page};
use backbone_web::{ApiQuery, Args, Page, PageQuery, Problem, ProblemBody};
use serde_json::json;

use super::happened;
use super::policy::SeeTimeline;

/// What happened in the partnership, newest first. The log is append-only and hash-chained.
#[utoipa::path(tag = "events", params(("partnership" = String, Path, description = "Partnership id or slug"), PageQuery),
    responses((status = 200, body = Page<Event>), (status = 403, body = ProblemBody)),
    extensions(("x-permission" = json!("timeline.see"))))]
#[get("/partnerships/{partnership}/events")]
pub async fn list(
    core: web::Data<Core>,
    actor: Allowed<SeeTimeline>,
    query: ApiQuery<PageQuery>,
) -> Result<HttpResponse, Problem> {
    let events = load(&core, actor.tenant(), &query.0).await?;
    Ok(HttpResponse::Ok().json(events))
}

/// Recomputes the chain of hashes over the partnership's log.
#[utoipa::path(tag = "events", params(("partnership" = String, Path, description = "Partnership id or slug")),
    responses((status = 200, description = "Whether the chain holds, and how many events were checked"), (status = 403, body = ProblemBody)),
    extensions(("x-permission" = json!("timeline.see"))))]
#[get("/partnerships/{partnership}/events/verify")]
pub async fn verify(
    core: web::Data<Core>,
    actor: Allowed<SeeTimeline>,
) -> Result<HttpResponse, Problem> {
    let tenant = actor.tenant().to_string();
    let outcome = core
        .db
        .read(move |c| backbone_events::verify(c, &tenant))
        .await?;
    Ok(HttpResponse::Ok().json(match outcome {
        Ok(checked) => json!({"intact": true, "events": checked}),
        Err(broken) => json!({"intact": false, "broken_at": broken.seq, "why": broken.why}),
    }))
}

#[get("/p/{partnership}/timeline")]
pub async fn show(
    core: web::Data<Core>,
    req: HttpRequest,
    actor: Allowed<SeeTimeline>,
    query: ApiQuery<PageQuery>,
) -> Result<HttpResponse, Problem> {
    let events = load(&core, actor.tenant(), &query.0).await?;
    let (held, who, shown) = (core.clone(), Actor::clone(&actor), events.items.clone());
    let told = core
        .db
        .read(move |c| happened::told(&held, c, &who, &shown))
        .await?;
    let shell = page::shell(
        &core,
        &req,
        &actor,
        "home",
        core.renderer
            .text(actor.lang, "timeline-title", &Args::new()),
    );
    let data = json!({
        "slug": actor.partnership.slug,
        "events": happened::every(&core, &actor, &events.items, &told),
        "next": events.next_cursor,
    });
    page::html(&core, StatusCode::OK, "server/timeline", &shell, &data)
}

async fn load(core: &Core, tenant: &str, query: &PageQuery) -> Result<Page<Event>, Problem> {
    let limit = query.limit()?;
    let before = match query.after()? {
        Some(seq) => Some(
            seq.parse::<i64>()
                .map_err(|_| Problem::bad_request("invalid-cursor"))?,
        ),
        None => None,
    };
    let tenant = tenant.to_string();
    let events = core
        .db
        .read(move |c| recent(c, &tenant, before, limit + 1))
        .await?;
    Ok(Page::cut(events, limit, |e| e.seq.to_string()))
}

/// One event as a person reads it: the message `event-<kind>` when there is one, else its kind.
pub(super) fn event_line(
    core: &Core,
    actor: &backbone_identity::Actor,
    e: &Event,
) -> serde_json::Value {
    let key = format!("event-{}", e.kind.replace(['.', '_'], "-"));
    let what = if core.renderer.catalogue().has(actor.lang, &key) {
        core.renderer.text(actor.lang, &key, &Args::new())
    } else {
        e.kind.replace(['.', '_'], " ")
    };
    json!({
        "actor": e.actor_name,
        "what": what,
        "title": e.data.get("title").and_then(|v| v.as_str()).unwrap_or(""),
        "at": e.at,
        "href": format!("/p/{}/trace/{}/{}", actor.partnership.slug, e.object.kind, e.object.id),
    })
}
