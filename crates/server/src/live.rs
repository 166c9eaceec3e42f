//! `GET /p/{slug}/live`: server-sent events that say which parts of a page changed, and how much needs the person.
//!
//! Each message's id holds the marks of all its topics, so that whoever comes back (to any node) hears of what changed
//! meanwhile and of nothing else. A stream looks again every 800 ms whether the session it was opened with still holds.

mod feed;

use actix_web::http::StatusCode;
use actix_web::http::header::{CACHE_CONTROL, CONTENT_ENCODING, CONTENT_TYPE};
use actix_web::{HttpRequest, HttpResponse, get, web};
use backbone_db::{Conn, DbError};
use backbone_events::head_seq;
use backbone_identity::live::{Refused, Topic, Watched};
use backbone_identity::{Allowed, Core, Permission, Standing};
use backbone_web::{ApiQuery, Problem};
use serde::Deserialize;

use crate::home::policy::{SeeHome, SeeJobs};
use feed::Feed;

/// Topics of one stream at most.
const MOST: usize = 16;

/// A topic that changes with every event of the log: its name, and the permission it needs.
pub struct Log(pub &'static str, pub &'static str);

impl Watched for Log {
    fn kind(&self) -> &'static str {
        self.0
    }

    fn permission(&self) -> &'static str {
        self.1
    }

    fn mark(
        &self,
        conn: &mut Conn,
        partnership_id: &str,
        _id: &str,
    ) -> Result<Option<String>, DbError> {
        Ok(Some(head_seq(conn, partnership_id)?.to_string()))
    }
}

/// Topic `jobs`: the newest work and its states.
pub struct Jobs;

impl Watched for Jobs {
    fn kind(&self) -> &'static str {
        "jobs"
    }

    fn permission(&self) -> &'static str {
        SeeJobs::NAME
    }

    fn mark(
        &self,
        conn: &mut Conn,
        partnership_id: &str,
        _id: &str,
    ) -> Result<Option<String>, DbError> {
        let newest = backbone_jobs::list(conn, partnership_id, None, None, 50)?;
        let states: Vec<String> = newest
            .iter()
            .map(|j| format!("{} {} {}", j.id, j.state, j.attempts))
            .collect();
        Ok(Some(states.join("\n")))
    }
}

/// What is to be watched.
#[derive(Deserialize)]
pub struct LiveQuery {
    /// Topics, parted by commas.
    #[serde(default)]
    topics: String,
    /// Microseconds since 1970 at which the page was made, on the first connection of a page.
    rendered: Option<i64>,
    /// The last message's id, where the browser does not send it itself.
    last: Option<String>,
}

/// Says what changes on a page, as long as it is open.
#[get("/p/{partnership}/live")]
pub async fn stream(
    core: web::Data<Core>,
    req: HttpRequest,
    actor: Allowed<SeeHome>,
    query: ApiQuery<LiveQuery>,
) -> Result<HttpResponse, Problem> {
    let standing = Standing::of(&req, &core)?;
    let held = actor.held(&core.permissions);
    let mut topics: Vec<Topic> = query
        .0
        .topics
        .split(',')
        .filter_map(|t| t.parse().ok())
        .filter(|t| core.topics.permission(t).is_some_and(|p| held.contains(&p)))
        // Nobody watches another's bell.
        .filter(|t| {
            t.kind != "bell" || actor.person_id.as_ref().is_some_and(|p| p.as_str() == t.id)
        })
        .collect();
    topics.sort();
    topics.dedup();
    topics.truncate(MOST);
    if topics.is_empty() {
        return Err(Problem::bad_request("invalid-query").arg("why", "topics"));
    }
    let header = req.headers().get("Last-Event-ID");
    let last = header
        .and_then(|v| v.to_str().ok())
        .map(str::to_string)
        .or(query.0.last)
        .filter(|id| !id.is_empty());
    let feed = Feed::open(
        &core,
        actor.into_actor(),
        standing,
        topics,
        last,
        query.0.rendered,
    )
    .await;
    match feed? {
        Ok(feed) => Ok(HttpResponse::Ok()
            .insert_header((CONTENT_TYPE, "text/event-stream"))
            .insert_header((CACHE_CONTROL, "no-store"))
            // Neither this server nor a proxy may hold messages back to compress or to collect them.
            .insert_header((CONTENT_ENCODING, "identity"))
            .insert_header(("X-Accel-Buffering", "no"))
            .streaming(feed.stream())),
        Err(Refused::TooMany) => Err(Problem::new(
            StatusCode::TOO_MANY_REQUESTS,
            "too-many-streams",
        )),
        Err(Refused::Stopping) => Err(Problem::new(StatusCode::SERVICE_UNAVAILABLE, "stopping")),
    }
}

/// The page's other half.
pub fn pages(cfg: &mut web::ServiceConfig) {
    cfg.service(stream);
}
