//! Finding things: a page, the palette behind Ctrl-K, the operation of the API, and the work that keeps the index true.

mod actions;
mod pages;
mod upkeep;

use actix_web::{HttpResponse, get, web};
use backbone_db::{Conn, DbError};
use backbone_identity::{Actor, Allowed, Core};
use backbone_search::{Found, Query, weigh};
use backbone_web::{ApiQuery, Page, Problem, ProblemBody};
use serde::Deserialize;

use crate::home::policy::Search;

pub use upkeep::{check, rebuild};

/// Events that a search reads itself when the index is behind; what is beyond waits for the schedule.
const CATCH_UP: i64 = 300;

/// What to find.
#[derive(Deserialize, utoipa::IntoParams)]
#[into_params(parameter_in = Query)]
pub struct SearchQuery {
    /// Words, or their beginnings; all of them must fit. Case and accents do not matter.
    #[serde(default)]
    pub q: String,
    /// Only objects of this kind, such as `organization` or `story`.
    pub kind: Option<String>,
    /// How many, 1 to 50; 20 when not given.
    pub limit: Option<usize>,
}

/// Finds things by name and content, best first: only what the caller may see.
#[utoipa::path(tag = "search", params(("partnership" = String, Path, description = "Partnership id or slug"), SearchQuery),
    responses((status = 200, body = Page<Found>), (status = 400, body = ProblemBody), (status = 403, body = ProblemBody)),
    extensions(("x-permission" = json!("search.use"))))]
#[get("/partnerships/{partnership}/search")]
pub async fn find(
    core: web::Data<Core>,
    actor: Allowed<Search>,
    query: ApiQuery<SearchQuery>,
) -> Result<HttpResponse, Problem> {
    let asked = query.0;
    let limit = match asked.limit {
        None => 20,
        Some(n @ 1..=50) => n,
        Some(_) => return Err(Problem::bad_request("invalid-limit")),
    };
    let query = Query::new(&asked.q, limit).of_kind(asked.kind.filter(|k| !k.is_empty()));
    let items = found(&core, &actor, query).await?;
    Ok(HttpResponse::Ok().json(Page {
        items,
        next_cursor: None,
    }))
}

/// What fits, after the index has caught up with the log.
async fn found(core: &web::Data<Core>, actor: &Actor, query: Query) -> Result<Vec<Found>, Problem> {
    if query.is_empty() {
        return Ok(Vec::new());
    }
    let (index, tenant, now) = (core.search.clone(), actor.tenant().to_string(), actor.now);
    let behind = {
        let (index, tenant) = (index.clone(), tenant.clone());
        core.db.read(move |c| index.behind(c, &tenant)).await?
    };
    if behind > 0 {
        let (index, tenant) = (index.clone(), tenant.clone());
        let wakes = core
            .db
            .write(move |c| upkeep::step(c, &index, &tenant, CATCH_UP, now))
            .await?;
        if wakes.reread {
            core.wake_jobs();
        }
    }
    let held = actor.held(&core.permissions);
    let reader = (!held.contains(&"story.see")).then(|| actor.clone());
    let found = core
        .db
        .read(move |c| {
            let mut all = match reader {
                Some(actor) => own_stories(c, &actor, &query)?,
                None => Vec::new(),
            };
            all.extend(index.search(c, &tenant, &held, &query, now)?);
            all.truncate(query.limit());
            Ok::<_, DbError>(all)
        })
        .await?;
    Ok(found)
}

/// Whoever may not see all stories finds those that were sent to them and those that anybody may find. What is theirs depends on
/// the person, so it is in no index; it is little, and stands first.
fn own_stories(conn: &mut Conn, actor: &Actor, query: &Query) -> Result<Vec<Found>, DbError> {
    let documents = backbone_communications::reader::documents(conn, actor)?;
    let mut found: Vec<(f64, Found)> = documents
        .into_iter()
        .filter_map(|d| weigh(query, d, actor.now))
        .collect();
    found.sort_by(|a, b| b.0.total_cmp(&a.0));
    Ok(found.into_iter().map(|(_, found)| found).collect())
}

/// The JSON door.
pub fn api(cfg: &mut utoipa_actix_web::service_config::ServiceConfig) {
    cfg.service(find);
}

/// The pages.
pub fn pages(cfg: &mut web::ServiceConfig) {
    cfg.service(pages::index)
        .service(pages::palette)
        .service(pages::options);
}

/// The work.
pub fn jobs(r: &mut backbone_jobs::Registry<Core>) {
    upkeep::register(r);
}
