use std::collections::BTreeMap;

use actix_web::http::StatusCode;
use actix_web::{HttpRequest, HttpResponse, get, post, web};
use backbone_db::{DbError, Instant};
use backbone_identity::directory::OrganizationCard;
use backbone_identity::{Actor, Allowed, Core, directory, page};
use backbone_web::{Form, Problem};
use serde::Serialize;

use super::{NewRequest, Request, RequestId, ask, store};
use crate::contribution::form::{Wrong, typed};
use crate::error::Error;
use crate::policy::{AskForContributions, SeeRequests};
use crate::view::{Choice, Say, name_of, organization_choices};

#[derive(Serialize)]
struct RequestsPage {
    base: String,
    requests: Vec<Line>,
    kinds: Vec<Choice>,
    organizations: Vec<Choice>,
    form: BTreeMap<String, String>,
    wrong: BTreeMap<String, String>,
    errors: Vec<Wrong>,
}

#[derive(Serialize)]
struct Line {
    id: String,
    period: String,
    at: Instant,
    by: String,
    answered: usize,
    asked: usize,
    silent: usize,
    waiting: String,
}

fn line(say: &Say, organizations: &[OrganizationCard], r: &Request) -> Line {
    let silent: Vec<_> = r.asks.iter().filter(|a| a.answered_at.is_none()).collect();
    let mut names: Vec<String> = silent
        .iter()
        .map(|a| name_of(organizations, &a.organization_id))
        .collect();
    names.dedup();
    Line {
        id: r.id.to_string(),
        period: say.period(&r.period),
        at: r.created_at,
        by: r.asked_by.clone(),
        answered: r.asks.len() - silent.len(),
        asked: r.asks.len(),
        silent: silent.len(),
        waiting: names.join(", "),
    }
}

/// Who was asked to log, who answered, and a form to ask again.
#[get("/p/{partnership}/contributions/requests")]
async fn index(
    core: web::Data<Core>,
    req: HttpRequest,
    actor: Allowed<SeeRequests>,
) -> Result<HttpResponse, Problem> {
    show(&core, &req, &actor, BTreeMap::new(), None).await
}

async fn show(
    core: &Core,
    req: &HttpRequest,
    actor: &Actor,
    mut form: BTreeMap<String, String>,
    problem: Option<&Problem>,
) -> Result<HttpResponse, Problem> {
    let tenant = actor.tenant().to_string();
    let (found, organizations) = core
        .db
        .read(move |conn| {
            let found = store::list(conn, &tenant, None, 50)?;
            Ok::<_, DbError>((found, directory::organizations(conn, &tenant)?))
        })
        .await?;
    let say = Say::new(core, actor.lang);
    let today = actor.now.date_in(&actor.partnership.zone());
    form.entry("period".into())
        .or_insert_with(|| format!("{:04}-{:02}", today.year(), today.month()));
    if let Some(period) = form.get_mut("period") {
        *period = say.typed_period(period);
    }
    let told = problem.map(|p| match p.fields.is_empty() {
        true => vec![("period".to_string(), p.detail(say.catalogue, say.lang))],
        false => p.field_messages(say.catalogue, say.lang),
    });
    let wrong = told.unwrap_or_default();
    let data = RequestsPage {
        base: format!("/p/{}/contributions", actor.partnership.slug),
        requests: found
            .iter()
            .map(|r| line(&say, &organizations, r))
            .collect(),
        kinds: say.kinds(),
        organizations: organization_choices(&organizations),
        form,
        errors: wrong
            .iter()
            .map(|(field, message)| Wrong {
                field: field.clone(),
                message: message.clone(),
            })
            .collect(),
        wrong: wrong.into_iter().collect(),
    };
    let title = say.text("contribution-requests-title", &[]);
    let shell = page::shell(core, req, actor, "contributions", title);
    let status = problem.map_or(StatusCode::OK, |p| p.status);
    page::html(core, status, "contributions/requests", &shell, &data)
}

/// Asks.
#[post("/p/{partnership}/contributions/requests")]
async fn submit(
    core: web::Data<Core>,
    req: HttpRequest,
    actor: Allowed<AskForContributions>,
    form: Form,
) -> Result<HttpResponse, Problem> {
    let actor = actor.into_actor();
    let input = NewRequest {
        period: form.text("period").to_string(),
        kind: form.text("kind").parse().ok(),
        message: form.text("message").to_string(),
        organizations: form
            .all("organizations")
            .iter()
            .filter_map(|o| o.parse().ok())
            .collect(),
    };
    let who = actor.clone();
    let asked = core
        .db
        .write(move |conn| ask::ask(conn, &who, &input))
        .await;
    match asked.map_err(|e: Error| Problem::from(e)) {
        Ok(_) => {
            core.wake_jobs();
            let to = format!("/p/{}/contributions/requests", actor.partnership.slug);
            Ok(page::see_other(&to, "contribution-requests-sent"))
        }
        Err(p) if p.status == StatusCode::UNPROCESSABLE_ENTITY => {
            show(&core, &req, &actor, typed(&form), Some(&p)).await
        }
        Err(p) => Err(p),
    }
}

/// Reminds those who have not answered.
#[post("/p/{partnership}/contributions/requests/{request}/remind")]
async fn remind(
    core: web::Data<Core>,
    actor: Allowed<AskForContributions>,
    path: web::Path<(String, String)>,
) -> Result<HttpResponse, Problem> {
    let actor = actor.into_actor();
    let id: RequestId = path.1.parse().map_err(|_| Problem::not_found())?;
    let to = format!("/p/{}/contributions/requests", actor.partnership.slug);
    core.db
        .write(move |conn| ask::remind(conn, &actor, &id))
        .await
        .map_err(|e: Error| Problem::from(e))?;
    core.wake_jobs();
    Ok(page::see_other(&to, "contribution-requests-reminded"))
}

/// Mounts the pages.
pub(crate) fn mount(cfg: &mut web::ServiceConfig) {
    cfg.service(index).service(submit).service(remind);
}
