use actix_web::http::StatusCode;
use actix_web::{HttpRequest, HttpResponse, get, post, web};
use backbone_identity::{Actor, Allowed, Core, page};
use backbone_web::{ApiQuery, Args, Form, Page, PageQuery, Problem};
use serde::Serialize;
use std::collections::BTreeMap;

use super::{Suppression, keep, store};
use crate::policy::{EditSuppressions, SeeSuppressions};
use crate::ui::{Wrong, errors};

#[derive(Serialize)]
struct Row {
    #[serde(flatten)]
    suppression: Suppression,
    why: String,
}

#[derive(Serialize)]
struct Suppressions {
    base: String,
    rows: Vec<Row>,
    older: Option<String>,
    address: String,
    note: String,
    errors: Vec<Wrong>,
    wrong: BTreeMap<String, String>,
}

async fn show(
    core: &Core,
    req: &HttpRequest,
    actor: Actor,
    query: PageQuery,
    form: &Form,
    problem: Option<&Problem>,
) -> Result<HttpResponse, Problem> {
    let (limit, after, tenant) = (query.limit()?, query.after()?, actor.tenant().to_string());
    let rows = core
        .db
        .read(move |conn| store::list(conn, &tenant, after.as_deref(), limit + 1))
        .await?;
    let text = |key: &str| core.renderer.text(actor.lang, key, &Args::new());
    let base = format!("/p/{}", actor.partnership.slug);
    let cut = Page::cut(rows, limit, |s| s.address_key.clone());
    let (errors, wrong) = errors(core, actor.lang, problem);
    let data = Suppressions {
        older: cut
            .next_cursor
            .as_ref()
            .map(|c| format!("{base}/suppressions?cursor={c}")),
        rows: cut
            .items
            .into_iter()
            .map(|suppression| Row {
                why: text(&format!("communications-reason-{}", suppression.reason)),
                suppression,
            })
            .collect(),
        address: form.text("address").to_string(),
        note: form.text("note").to_string(),
        errors,
        wrong,
        base,
    };
    let title = text("communications-suppressions");
    let shell = page::shell(core, req, &actor, "newsletter", title);
    let status = problem.map_or(StatusCode::OK, |p| p.status);
    page::html(
        core,
        status,
        "communications/suppressions/index",
        &shell,
        &data,
    )
}

/// The addresses that are not written to.
#[get("/p/{partnership}/suppressions")]
async fn index(
    core: web::Data<Core>,
    req: HttpRequest,
    actor: Allowed<SeeSuppressions>,
    query: ApiQuery<PageQuery>,
) -> Result<HttpResponse, Problem> {
    show(
        &core,
        &req,
        actor.into_actor(),
        query.0,
        &Form::default(),
        None,
    )
    .await
}

/// Adds one.
#[post("/p/{partnership}/suppressions")]
async fn add(
    core: web::Data<Core>,
    req: HttpRequest,
    actor: Allowed<EditSuppressions>,
    form: Form,
) -> Result<HttpResponse, Problem> {
    let actor = actor.into_actor();
    let (who, typed) = (actor.clone(), form.clone());
    let done = core
        .db
        .write(move |conn| keep::add(conn, &who, typed.text("address"), typed.text("note")))
        .await
        .map_err(Problem::from);
    match done {
        Ok(_) => Ok(page::see_other(
            &format!("/p/{}/suppressions", actor.partnership.slug),
            "communications-suppression-added",
        )),
        Err(problem) if problem.status == StatusCode::UNPROCESSABLE_ENTITY => {
            show(
                &core,
                &req,
                actor,
                PageQuery::default(),
                &form,
                Some(&problem),
            )
            .await
        }
        Err(problem) => Err(problem),
    }
}

/// Removes one.
#[post("/p/{partnership}/suppressions/remove")]
async fn remove(
    core: web::Data<Core>,
    actor: Allowed<EditSuppressions>,
    form: Form,
) -> Result<HttpResponse, Problem> {
    let actor = actor.into_actor();
    let back = format!("/p/{}/suppressions", actor.partnership.slug);
    core.db
        .write(move |conn| keep::remove(conn, &actor, form.text("address")))
        .await?;
    Ok(page::see_other(&back, "communications-suppression-removed"))
}

/// Adds the pages.
pub(crate) fn routes(cfg: &mut web::ServiceConfig) {
    cfg.service(index).service(add).service(remove);
}
