//! The page where staff choose what stands on a scorecard, name it, set its budget, and retire it.

use actix_web::http::StatusCode;
use actix_web::{HttpRequest, HttpResponse, get, post, web};
use backbone_db::Conn;
use backbone_identity::{Actor, Allowed, Core, page};
use backbone_web::{ApiQuery, Form, IfMatch, Problem};
use serde::Serialize;
use serde_json::json;

use super::{Links, Which, pick, tabs};
use crate::error::Error;
use crate::metric::show::Words;
use crate::metric::{self, MetricId, Status};
use crate::policy::ManageMetrics;
use crate::scorecard::manage::{self, Addition, ScorecardChange};
use crate::scorecard::{DEFAULT_BUDGET, Scorecard, ScorecardId, store};

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
pub(super) async fn show(
    core: web::Data<Core>,
    req: HttpRequest,
    actor: Allowed<ManageMetrics>,
    query: ApiQuery<Which>,
) -> Result<HttpResponse, Problem> {
    let which = query.0.id()?;
    view(&core, &req, actor.into_actor(), which, None).await
}

async fn view(
    core: &Core,
    req: &HttpRequest,
    actor: Actor,
    which: Option<ScorecardId>,
    problem: Option<Problem>,
) -> Result<HttpResponse, Problem> {
    let asked = actor.clone();
    let (card, others, metrics) = core
        .db
        .read(move |conn| {
            let (card, others) = pick(conn, asked.tenant(), which.as_ref())?;
            let metrics = metric::store::list(conn, asked.tenant(), false, None, None, 1000)?;
            Ok::<_, Problem>((card, others, metrics))
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
    let budget = card.as_ref().map_or(DEFAULT_BUDGET, |c| c.budget);
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
        "card": card.as_ref().map(|c| c.id.to_string()).unwrap_or_default(), "version": card.as_ref().map_or(0, |c| c.version),
        "name": card.as_ref().map(|c| c.name.clone()).unwrap_or_default(), "several": others.len() > 1, "may_retire": others.len() > 1,
        "tabs": tabs(&others, card.as_ref(), &format!("/p/{}/scorecard/manage", actor.partnership.slug)),
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
    let status = problem.map_or(StatusCode::OK, |p| p.status);
    page::html(core, status, "metrics/manage", &shell, &data)
}

/// Runs a verb on the scorecard that the form names, or on the first one; a refusal is shown on the page.
async fn change(
    core: &Core,
    req: &HttpRequest,
    actor: Actor,
    form: &Form,
    message: &str,
    verb: impl FnOnce(&mut Conn, &Actor, &Scorecard) -> Result<Scorecard, Error> + Send + 'static,
) -> Result<HttpResponse, Problem> {
    let which = Which::of(form).id()?;
    let (asked, wanted) = (actor.clone(), which.clone());
    let done = core
        .db
        .write(move |conn| {
            let card = match &wanted {
                Some(id) => store::find(conn, asked.tenant(), id)?.ok_or(Error::NotFound)?,
                None => manage::first(conn, &asked)?,
            };
            verb(conn, &asked, &card).map_err(Problem::from)
        })
        .await;
    match done {
        Ok(card) => {
            let slug = &actor.partnership.slug;
            let path = format!("/p/{slug}/scorecard/manage?card={}", card.id);
            Ok(page::see_other(&path, message))
        }
        Err(p)
            if p.status == StatusCode::CONFLICT || p.status == StatusCode::UNPROCESSABLE_ENTITY =>
        {
            view(core, req, actor, which, Some(p)).await
        }
        Err(p) => Err(p),
    }
}

/// Puts a metric on the scorecard, in the place of another one when that is chosen.
#[post("/p/{partnership}/scorecard/manage/add")]
pub(super) async fn add(
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
        &form,
        "metrics-flash-added",
        move |conn, actor, card| manage::add(conn, actor, &card.id, &addition),
    )
    .await
}

/// Takes a metric off the scorecard.
#[post("/p/{partnership}/scorecard/manage/remove")]
pub(super) async fn remove(
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
        &form,
        "metrics-flash-removed",
        move |conn, actor, card| manage::remove(conn, actor, &card.id, &metric),
    )
    .await
}

/// Moves a metric one place up or down.
#[post("/p/{partnership}/scorecard/manage/move")]
pub(super) async fn shift(
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
        &form,
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
pub(super) async fn set_budget(
    core: web::Data<Core>,
    req: HttpRequest,
    actor: Allowed<ManageMetrics>,
    form: Form,
) -> Result<HttpResponse, Problem> {
    let budget = form.text("budget").trim().parse().unwrap_or(0);
    let name = Some(form.text("name").to_string()).filter(|name| !name.trim().is_empty());
    change(
        &core,
        &req,
        actor.into_actor(),
        &form,
        "metrics-flash-budget",
        move |conn, actor, card| {
            let new = ScorecardChange {
                budget: Some(budget),
                name,
                ..ScorecardChange::default()
            };
            manage::change(conn, actor, &card.id, IfMatch(Some(card.version)), &new)
        },
    )
    .await
}

/// Retires the scorecard; its metrics stay.
#[post("/p/{partnership}/scorecard/manage/retire")]
pub(super) async fn retire(
    core: web::Data<Core>,
    req: HttpRequest,
    actor: Allowed<ManageMetrics>,
    form: Form,
) -> Result<HttpResponse, Problem> {
    let actor = actor.into_actor();
    let which = Which::of(&form).id()?.ok_or_else(Problem::not_found)?;
    let seen = IfMatch(form.text("version").parse().ok());
    let (asked, id) = (actor.clone(), which.clone());
    let done = core
        .db
        .write(move |conn| manage::retire(conn, &asked, &id, seen).map_err(Problem::from))
        .await;
    match done {
        Ok(()) => {
            let path = format!("/p/{}/scorecards", actor.partnership.slug);
            Ok(page::see_other(&path, "metrics-flash-card-retired"))
        }
        Err(p) if matches!(p.status.as_u16(), 409 | 412) => {
            view(&core, &req, actor, Some(which), Some(p)).await
        }
        Err(p) => Err(p),
    }
}
