//! Imports as pages: list, upload, mapping, and one page that shows an import wherever it stands.

mod form;
#[cfg(test)]
pub(super) mod samples;
mod view;

use actix_web::http::StatusCode;
use actix_web::{HttpRequest, HttpResponse, get, post, web};
use backbone_db::Conn;
use backbone_identity::{Actor, Allowed, Core, page};
use backbone_web::{Args, Form, FormStream, Problem};
use serde::Serialize;

use self::view::{ListPage, MapPage, Shown, UploadPage};
use super::start::Start;
use super::{Import, ImportId, api, cancel, check, map, start, store, undo, upload};
use crate::error::Error;
use crate::policy::{ImportMeasurements, SeeImports};

/// Rows that the page shows; the file has them all.
const SHOWN_ROWS: i64 = 30;

pub(crate) fn configure(cfg: &mut web::ServiceConfig) {
    cfg.service(index)
        .service(new)
        .service(bring)
        .service(mapping)
        .service(save_mapping)
        .service(show)
        .service(begin)
        .service(stop)
        .service(take_back)
        .service(errors);
}

fn address(actor: &Actor, id: &ImportId) -> String {
    format!("/p/{}/imports/{id}", actor.partnership.slug)
}

fn answer(
    core: &Core,
    req: &HttpRequest,
    actor: &Actor,
    (status, template, title): (StatusCode, &str, String),
    data: &impl Serialize,
) -> Result<HttpResponse, Problem> {
    let shell = page::shell(core, req, actor, "scorecard", title);
    page::html(core, status, template, &shell, data)
}

fn text(core: &Core, actor: &Actor, key: &str) -> String {
    core.renderer.text(actor.lang, key, &Args::new())
}

/// All imports, newest first.
#[get("/p/{partnership}/imports")]
async fn index(
    core: web::Data<Core>,
    req: HttpRequest,
    actor: Allowed<SeeImports>,
) -> Result<HttpResponse, Problem> {
    let actor = actor.into_actor();
    let tenant = actor.tenant().to_owned();
    let found = core
        .db
        .read(move |conn| store::list(conn, &tenant, None, 100))
        .await?;
    let title = text(&core, &actor, "imports-title");
    let data = ListPage::new(&core, &actor, &found);
    answer(
        &core,
        &req,
        &actor,
        (StatusCode::OK, "metrics/imports/index", title),
        &data,
    )
}

/// Where a file is chosen.
#[get("/p/{partnership}/imports/new")]
async fn new(
    core: web::Data<Core>,
    req: HttpRequest,
    actor: Allowed<ImportMeasurements>,
) -> Result<HttpResponse, Problem> {
    let actor = actor.into_actor();
    let title = text(&core, &actor, "imports-upload-title");
    let data = UploadPage::new(&actor, None, &core);
    answer(
        &core,
        &req,
        &actor,
        (StatusCode::OK, "metrics/imports/new", title),
        &data,
    )
}

/// A file comes in.
#[post("/p/{partnership}/imports/new")]
async fn bring(
    core: web::Data<Core>,
    req: HttpRequest,
    actor: Allowed<ImportMeasurements>,
    form: FormStream,
) -> Result<HttpResponse, Problem> {
    let actor = actor.into_actor();
    match bring_in(&core, &actor, form).await {
        Ok(it) => Ok(page::see_other(
            &format!("{}/mapping", address(&actor, &it.id)),
            "",
        )),
        Err(problem)
            if matches!(
                problem.status,
                StatusCode::UNPROCESSABLE_ENTITY | StatusCode::PAYLOAD_TOO_LARGE
            ) =>
        {
            let title = text(&core, &actor, "imports-upload-title");
            let data = UploadPage::new(&actor, Some(&problem), &core);
            let page = (problem.status, "metrics/imports/new", title);
            answer(&core, &req, &actor, page, &data)
        }
        Err(problem) => Err(problem),
    }
}

async fn bring_in(core: &Core, actor: &Actor, form: FormStream) -> Result<Import, Problem> {
    let (file, sheet) = upload::receive(core, form).await?;
    let looked = upload::look(core, file, sheet).await?;
    let actor = actor.clone();
    core.db
        .write(move |conn| upload::upload(conn, &actor, looked).map_err(Problem::from))
        .await
}

/// Which column is what.
#[get("/p/{partnership}/imports/{import}/mapping")]
async fn mapping(
    core: web::Data<Core>,
    req: HttpRequest,
    actor: Allowed<ImportMeasurements>,
    path: web::Path<(String, String)>,
) -> Result<HttpResponse, Problem> {
    let actor = actor.into_actor();
    let it = api::find(&core, actor.clone(), &path.1).await?;
    let filled = form::fill(&it);
    map_page(&core, &req, &actor, it, &filled, None).await
}

async fn map_page(
    core: &Core,
    req: &HttpRequest,
    actor: &Actor,
    it: Import,
    form: &Form,
    problem: Option<&Problem>,
) -> Result<HttpResponse, Problem> {
    let tenant = actor.tenant().to_owned();
    let (metrics, organizations) = core
        .db
        .read(move |conn| {
            let metrics = crate::metric::store::list(
                conn,
                &tenant,
                false,
                Some(crate::metric::Status::Active),
                None,
                2_000,
            )?;
            let organizations = backbone_identity::directory::organizations(conn, &tenant)?;
            Ok::<_, backbone_db::DbError>((metrics, organizations))
        })
        .await?;
    let mut args = Args::new();
    args.set("file", it.file_name.clone());
    let title = core.renderer.text(actor.lang, "imports-map-title", &args);
    let data = MapPage::new(core, actor, &it, form, problem, &metrics, &organizations);
    let status = problem.map_or(StatusCode::OK, |p| p.status);
    answer(
        core,
        req,
        actor,
        (status, "metrics/imports/map", title),
        &data,
    )
}

/// The mapping is said, and the check begins.
#[post("/p/{partnership}/imports/{import}/mapping")]
async fn save_mapping(
    core: web::Data<Core>,
    req: HttpRequest,
    actor: Allowed<ImportMeasurements>,
    path: web::Path<(String, String)>,
    form: Form,
) -> Result<HttpResponse, Problem> {
    let actor = actor.into_actor();
    let it = api::find(&core, actor.clone(), &path.1).await?;
    let scan = map::look_again(&core, &actor, &it.id).await?;
    let change = form::read(&form, &it);
    let (who, id) = (actor.clone(), it.id.clone());
    let saved = core
        .db
        .write(move |conn| {
            map::map(conn, &who, &id, None, change, &scan)?;
            check::check(conn, &who, &id).map_err(Problem::from)
        })
        .await;
    match saved {
        Ok(_) => {
            core.wake_jobs();
            Ok(page::see_other(
                &address(&actor, &it.id),
                "imports-flash-mapped",
            ))
        }
        Err(problem) if problem.status == StatusCode::UNPROCESSABLE_ENTITY => {
            map_page(&core, &req, &actor, it, &form, Some(&problem)).await
        }
        Err(problem) => Err(problem),
    }
}

/// An import, wherever it stands.
#[get("/p/{partnership}/imports/{import}")]
async fn show(
    core: web::Data<Core>,
    req: HttpRequest,
    actor: Allowed<SeeImports>,
    path: web::Path<(String, String)>,
) -> Result<HttpResponse, Problem> {
    let actor = actor.into_actor();
    let it = api::find(&core, actor.clone(), &path.1).await?;
    let (tenant, id) = (actor.tenant().to_owned(), it.id.clone());
    let rows = core
        .db
        .read(move |conn| store::rows(conn, &tenant, &id, None, 0, SHOWN_ROWS))
        .await?;
    let title = it.file_name.clone();
    let data = Shown::new(&core, &actor, &it, rows);
    answer(
        &core,
        &req,
        &actor,
        (StatusCode::OK, "metrics/imports/show", title),
        &data,
    )
}

async fn step(
    core: &Core,
    actor: Actor,
    id: &str,
    flash: &str,
    verb: impl FnOnce(&mut Conn, &Actor, &ImportId) -> Result<Import, Error> + Send + 'static,
) -> Result<HttpResponse, Problem> {
    let id = crate::path_id::<ImportId>(id)?;
    let back = address(&actor, &id);
    core.db
        .write(move |conn| verb(conn, &actor, &id).map_err(Problem::from))
        .await?;
    core.wake_jobs();
    Ok(page::see_other(&back, flash))
}

#[post("/p/{partnership}/imports/{import}/start")]
async fn begin(
    core: web::Data<Core>,
    actor: Allowed<ImportMeasurements>,
    path: web::Path<(String, String)>,
    form: Form,
) -> Result<HttpResponse, Problem> {
    let corrections = form.ticked("corrections");
    let verb = move |conn: &mut Conn, actor: &Actor, id: &ImportId| {
        start::start(conn, actor, id, Start { corrections })
    };
    step(
        &core,
        actor.into_actor(),
        &path.1,
        "imports-flash-started",
        verb,
    )
    .await
}

#[post("/p/{partnership}/imports/{import}/cancel")]
async fn stop(
    core: web::Data<Core>,
    actor: Allowed<ImportMeasurements>,
    path: web::Path<(String, String)>,
) -> Result<HttpResponse, Problem> {
    step(
        &core,
        actor.into_actor(),
        &path.1,
        "imports-flash-cancelled",
        cancel::cancel,
    )
    .await
}

#[post("/p/{partnership}/imports/{import}/undo")]
async fn take_back(
    core: web::Data<Core>,
    actor: Allowed<ImportMeasurements>,
    path: web::Path<(String, String)>,
) -> Result<HttpResponse, Problem> {
    step(
        &core,
        actor.into_actor(),
        &path.1,
        "imports-flash-undo",
        undo::undo,
    )
    .await
}

#[get("/p/{partnership}/imports/{import}/errors.csv")]
async fn errors(
    core: web::Data<Core>,
    actor: Allowed<SeeImports>,
    path: web::Path<(String, String)>,
) -> Result<HttpResponse, Problem> {
    api::error_file(&core, actor.into_actor(), &path.1).await
}
