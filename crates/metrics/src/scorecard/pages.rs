//! The scorecard's page, and the page where staff choose what stands on it.

use actix_web::http::StatusCode;
use actix_web::{HttpRequest, HttpResponse, get, post, web};
use backbone_identity::{Allowed, Core, page};
use backbone_web::{Form, IfMatch, Problem};
use serde::Serialize;
use serde_json::json;

use super::manage::{self, Addition, ScorecardChange};
use super::view::{GroupView, groups};
use super::{Scorecard, compute, store};
use crate::error::Error;
use crate::metric::api::public_only;
use crate::metric::show::Words;
use crate::metric::{self, MetricId, Status};
use crate::policy::{ManageMetrics, SeeScorecard};

pub(crate) fn configure(cfg: &mut web::ServiceConfig) {
    cfg.service(show)
        .service(manage_page)
        .service(add)
        .service(remove)
        .service(shift)
        .service(set_budget);
}

#[derive(Serialize)]
struct Page {
    slug: String,
    name: String,
    summary: String,
    groups: Vec<GroupView>,
    staff: bool,
    links: Links,
}

/// Addresses of the pages around the scorecard.
#[derive(Serialize)]
pub(crate) struct Links {
    card: String,
    manage: String,
    remove: String,
    new: String,
    imports: String,
}

impl Links {
    pub(crate) fn of(slug: &str) -> Self {
        Self {
            card: format!("/p/{slug}/scorecard"),
            manage: format!("/p/{slug}/scorecard/manage"),
            remove: format!("/p/{slug}/scorecard/manage/remove"),
            new: format!("/p/{slug}/metrics/new"),
            imports: format!("/p/{slug}/imports"),
        }
    }
}

/// The first scorecard, grouped by perspective.
#[get("/p/{partnership}/scorecard")]
async fn show(
    core: web::Data<Core>,
    req: HttpRequest,
    actor: Allowed<SeeScorecard>,
) -> Result<HttpResponse, Problem> {
    let actor = actor.into_actor();
    let asked = actor.clone();
    let today = actor.now.date_in(&actor.partnership.zone());
    let found = core
        .db
        .read(move |conn| {
            let Some(card) = store::list(conn, asked.tenant())?.into_iter().next() else {
                return Ok::<_, Problem>(None);
            };
            let only = public_only(&asked);
            let computed = compute::compute(conn, asked.tenant(), &card, today, only)?;
            let metrics = metric::store::find_many(conn, asked.tenant(), &card.metric_ids)?;
            Ok(Some((card, computed, metrics)))
        })
        .await?;
    let words = Words {
        catalogue: core.renderer.catalogue(),
        lang: actor.lang,
    };
    let name = found
        .as_ref()
        .map_or_else(|| words.say("metrics-nav"), |(card, ..)| card.name.clone());
    let (summary, groups) = match &found {
        None => (String::new(), Vec::new()),
        Some((_, computed, metrics)) => (
            words.say_with(
                "metrics-summary",
                &[
                    ("used", computed.used.to_string()),
                    ("budget", computed.budget.to_string()),
                    ("on_target", computed.on_target.to_string()),
                    ("fresh", computed.fresh_percent.unwrap_or(0).to_string()),
                ],
            ),
            groups(&words, computed, metrics),
        ),
    };
    let data = Page {
        slug: actor.partnership.slug.clone(),
        name: name.clone(),
        summary,
        groups,
        staff: actor.may::<ManageMetrics>(),
        links: Links::of(&actor.partnership.slug),
    };
    let shell = page::shell(&core, &req, &actor, "scorecard", name);
    page::html(&core, StatusCode::OK, "metrics/scorecard", &shell, &data)
}

#[derive(Serialize)]
struct Entry {
    id: MetricId,
    name: String,
    first: bool,
    last: bool,
}

#[derive(Serialize)]
struct Choice {
    value: String,
    label: String,
}

/// What stands on the scorecard, in order, and what could.
#[get("/p/{partnership}/scorecard/manage")]
async fn manage_page(
    core: web::Data<Core>,
    req: HttpRequest,
    actor: Allowed<ManageMetrics>,
) -> Result<HttpResponse, Problem> {
    manage_view(&core, &req, actor.into_actor(), StatusCode::OK, None).await
}

async fn manage_view(
    core: &Core,
    req: &HttpRequest,
    actor: backbone_identity::Actor,
    status: StatusCode,
    problem: Option<Problem>,
) -> Result<HttpResponse, Problem> {
    let asked = actor.clone();
    let (card, metrics) = core
        .db
        .read(move |conn| {
            let card = store::list(conn, asked.tenant())?.into_iter().next();
            let metrics = metric::store::list(conn, asked.tenant(), false, None, None, 1000)?;
            Ok::<_, Problem>((card, metrics))
        })
        .await?;
    let on: Vec<MetricId> = card
        .as_ref()
        .map(|c| c.metric_ids.clone())
        .unwrap_or_default();
    let name = |id: &MetricId| {
        let found = metrics.iter().find(|m| m.id == *id);
        found.map(|m| m.name.clone()).unwrap_or_default()
    };
    let entries: Vec<Entry> = on
        .iter()
        .enumerate()
        .map(|(at, id)| Entry {
            id: id.clone(),
            name: name(id),
            first: at == 0,
            last: at + 1 == on.len(),
        })
        .collect();
    let choices = |status: Status| -> Vec<Choice> {
        metrics
            .iter()
            .filter(|m| m.status == status && !on.contains(&m.id))
            .map(|m| Choice {
                value: m.id.to_string(),
                label: m.name.clone(),
            })
            .collect()
    };
    let budget = card.as_ref().map_or(super::DEFAULT_BUDGET, |c| c.budget);
    let catalogue = core.renderer.catalogue();
    let instead: Vec<Choice> = on
        .iter()
        .map(|id| Choice {
            value: id.to_string(),
            label: name(id),
        })
        .collect();
    let data = json!({
        "slug": actor.partnership.slug, "links": Links::of(&actor.partnership.slug), "entries": entries, "used": on.len(), "budget": budget,
        "full": i64::from(budget) <= on.len() as i64,
        "choices": choices(Status::Active), "retired": choices(Status::Retired), "instead": instead,
        "error": problem.as_ref().map(|p| json!({ "title": p.title(catalogue, actor.lang), "detail": p.detail(catalogue, actor.lang) })),
    });
    let words = Words {
        catalogue,
        lang: actor.lang,
    };
    let title = words.say("metrics-manage-title");
    let shell = page::shell(core, req, &actor, "scorecard", title);
    page::html(core, status, "metrics/manage", &shell, &data)
}

/// Runs a verb on the first scorecard; a refusal is shown on the page.
async fn change(
    core: &Core,
    req: &HttpRequest,
    actor: backbone_identity::Actor,
    message: &str,
    verb: impl FnOnce(
        &mut backbone_db::Conn,
        &backbone_identity::Actor,
        &Scorecard,
    ) -> Result<Scorecard, Error>
    + Send
    + 'static,
) -> Result<HttpResponse, Problem> {
    let asked = actor.clone();
    let done = core
        .db
        .write(move |conn| {
            let card = manage::first(conn, &asked)?;
            verb(conn, &asked, &card).map_err(Problem::from)
        })
        .await;
    match done {
        Ok(_) => {
            let path = format!("/p/{}/scorecard/manage", actor.partnership.slug);
            Ok(page::see_other(&path, message))
        }
        Err(p)
            if p.status == StatusCode::CONFLICT || p.status == StatusCode::UNPROCESSABLE_ENTITY =>
        {
            let status = p.status;
            manage_view(core, req, actor, status, Some(p)).await
        }
        Err(p) => Err(p),
    }
}

/// Puts a metric on the scorecard, in the place of another one when that is chosen.
#[post("/p/{partnership}/scorecard/manage/add")]
async fn add(
    core: web::Data<Core>,
    req: HttpRequest,
    actor: Allowed<ManageMetrics>,
    form: Form,
) -> Result<HttpResponse, Problem> {
    let metric_id = crate::path_id::<MetricId>(form.text("metric"))?;
    let instead_of = match form.text("instead_of") {
        "" => None,
        id => Some(crate::path_id::<MetricId>(id)?),
    };
    let addition = Addition {
        metric_id,
        instead_of,
        retire: form.ticked("retire"),
    };
    change(
        &core,
        &req,
        actor.into_actor(),
        "metrics-flash-added",
        move |conn, actor, card| manage::add(conn, actor, &card.id, &addition),
    )
    .await
}

/// Takes a metric off the scorecard.
#[post("/p/{partnership}/scorecard/manage/remove")]
async fn remove(
    core: web::Data<Core>,
    req: HttpRequest,
    actor: Allowed<ManageMetrics>,
    form: Form,
) -> Result<HttpResponse, Problem> {
    let metric = crate::path_id::<MetricId>(form.text("metric"))?;
    change(
        &core,
        &req,
        actor.into_actor(),
        "metrics-flash-removed",
        move |conn, actor, card| manage::remove(conn, actor, &card.id, &metric),
    )
    .await
}

/// Moves a metric one place up or down.
#[post("/p/{partnership}/scorecard/manage/move")]
async fn shift(
    core: web::Data<Core>,
    req: HttpRequest,
    actor: Allowed<ManageMetrics>,
    form: Form,
) -> Result<HttpResponse, Problem> {
    let metric = crate::path_id::<MetricId>(form.text("metric"))?;
    let up = form.text("to") == "up";
    change(
        &core,
        &req,
        actor.into_actor(),
        "metrics-flash-moved",
        move |conn, actor, card| {
            let mut order = card.metric_ids.clone();
            let at = order
                .iter()
                .position(|m| *m == metric)
                .ok_or(Error::NotFound)?;
            let to = if up {
                at.saturating_sub(1)
            } else {
                (at + 1).min(order.len() - 1)
            };
            order.swap(at, to);
            let new = ScorecardChange {
                metric_ids: Some(order),
                ..ScorecardChange::default()
            };
            manage::change(conn, actor, &card.id, IfMatch(Some(card.version)), &new)
        },
    )
    .await
}

/// Sets the name and the budget.
#[post("/p/{partnership}/scorecard/manage/budget")]
async fn set_budget(
    core: web::Data<Core>,
    req: HttpRequest,
    actor: Allowed<ManageMetrics>,
    form: Form,
) -> Result<HttpResponse, Problem> {
    let budget = form.text("budget").trim().parse().unwrap_or(0);
    change(
        &core,
        &req,
        actor.into_actor(),
        "metrics-flash-budget",
        move |conn, actor, card| {
            let new = ScorecardChange {
                budget: Some(budget),
                ..ScorecardChange::default()
            };
            manage::change(conn, actor, &card.id, IfMatch(Some(card.version)), &new)
        },
    )
    .await
}
