//! Imports as JSON.

use actix_web::http::header::{CONTENT_DISPOSITION, CONTENT_TYPE};
use actix_web::{HttpResponse, get, patch, post, web};
use backbone_db::Conn;
use backbone_identity::{Actor, Allowed, Core};
use backbone_web::{
    Answer, ApiJson, ApiQuery, FormStream, IdempotencyKey, IfMatch, Page, PageQuery, Problem,
    ProblemBody, etag, once,
};
use serde::Deserialize;
use utoipa::IntoParams;
use utoipa_actix_web::service_config::ServiceConfig;

use super::map::{self, MappingChange};
use super::start::Start;
use super::store::{self, ImportRow};
use super::{Import, ImportId, RowState, cancel, check, report, start, undo, upload};
use crate::error::Error;
use crate::policy::{ImportMeasurements, SeeImports};

pub(crate) fn configure(cfg: &mut ServiceConfig) {
    cfg.service(bring)
        .service(list)
        .service(get_one)
        .service(change)
        .service(ask_check)
        .service(ask_start)
        .service(ask_cancel)
        .service(ask_undo)
        .service(rows)
        .service(errors);
}

/// A file of measurements, as `multipart/form-data`.
#[derive(utoipa::ToSchema)]
#[expect(dead_code, reason = "only describes the multipart form")]
struct NewImport {
    /// The content: CSV or XLSX.
    #[schema(value_type = String, format = Binary)]
    file: Vec<u8>,
    /// The sheet of a workbook; the first one with content when not given.
    sheet: Option<String>,
}

/// Brings a file of measurements in, as large as the server's setting allows (256 MB unless changed; workbooks 25 MB). Nothing is
/// imported yet: the answer tells what was found, with a proposed mapping.
#[utoipa::path(tag = "imports", request_body(content = NewImport, content_type = "multipart/form-data"),
    params(("partnership" = String, Path, description = "Partnership id or slug"),
           ("Idempotency-Key" = Option<String>, Header, description = "Makes a repeat of this request harmless")),
    responses((status = 201, body = Import), (status = 413, body = ProblemBody), (status = 422, body = ProblemBody)),
    extensions(("x-permission" = json!("import.run"))))]
#[post("/partnerships/{partnership}/imports")]
async fn bring(
    core: web::Data<Core>,
    actor: Allowed<ImportMeasurements>,
    key: IdempotencyKey,
    form: FormStream,
) -> Result<HttpResponse, Problem> {
    let (file, sheet) = upload::receive(&core, form).await?;
    let looked = upload::look(&core, file, sheet).await?;
    let actor = actor.into_actor();
    let (scope, now, fingerprint) = (actor.idempotency_scope(), actor.now, looked.fingerprint());
    once(&core.db, scope, key, fingerprint, now, move |conn| {
        let made = upload::upload(conn, &actor, looked)?;
        Answer::created(place(&actor, &made.id), &made)
    })
    .await
}

fn place(actor: &Actor, id: &ImportId) -> String {
    format!("/api/v1/partnerships/{}/imports/{id}", actor.partnership.id)
}

/// Lists the imports, newest first.
#[utoipa::path(tag = "imports", params(("partnership" = String, Path, description = "Partnership id or slug"), PageQuery),
    responses((status = 200, body = Page<Import>)), extensions(("x-permission" = json!("import.see"))))]
#[get("/partnerships/{partnership}/imports")]
async fn list(
    core: web::Data<Core>,
    actor: Allowed<SeeImports>,
    query: ApiQuery<PageQuery>,
) -> Result<HttpResponse, Problem> {
    let (actor, limit, after) = (actor.into_actor(), query.0.limit()?, query.0.after()?);
    let found = core
        .db
        .read(move |conn| store::list(conn, actor.tenant(), after.as_deref(), limit + 1))
        .await?;
    Ok(HttpResponse::Ok().json(Page::cut(found, limit, |it| it.id.to_string())))
}

/// Tells how far an import is.
#[utoipa::path(tag = "imports",
    params(("partnership" = String, Path, description = "Partnership id or slug"), ("import" = String, Path, description = "Import id")),
    responses((status = 200, body = Import), (status = 404, body = ProblemBody)),
    extensions(("x-permission" = json!("import.see"))))]
#[get("/partnerships/{partnership}/imports/{import}")]
async fn get_one(
    core: web::Data<Core>,
    actor: Allowed<SeeImports>,
    path: web::Path<(String, String)>,
) -> Result<HttpResponse, Problem> {
    let it = find(&core, actor.into_actor(), &path.1).await?;
    Ok(etag::ok(it.version).json(it))
}

pub(super) async fn find(core: &Core, actor: Actor, id: &str) -> Result<Import, Problem> {
    let id = crate::path_id::<ImportId>(id)?;
    let found = core
        .db
        .read(move |conn| store::find(conn, actor.tenant(), &id))
        .await?;
    found.ok_or_else(Problem::not_found)
}

/// Says which column is what; earlier results of a check no longer hold.
#[utoipa::path(tag = "imports", request_body = MappingChange,
    params(("partnership" = String, Path, description = "Partnership id or slug"), ("import" = String, Path, description = "Import id"),
           ("If-Match" = String, Header, description = "The version that is changed")),
    responses((status = 200, body = Import), (status = 409, body = ProblemBody), (status = 412, body = ProblemBody),
              (status = 422, body = ProblemBody)),
    extensions(("x-permission" = json!("import.run"))))]
#[patch("/partnerships/{partnership}/imports/{import}")]
async fn change(
    core: web::Data<Core>,
    actor: Allowed<ImportMeasurements>,
    path: web::Path<(String, String)>,
    seen: IfMatch,
    body: ApiJson<MappingChange>,
) -> Result<HttpResponse, Problem> {
    let actor = actor.into_actor();
    let id = crate::path_id::<ImportId>(&path.1)?;
    let scan = map::look_again(&core, &actor, &id).await?;
    let made = core
        .db
        .write(move |conn| {
            map::map(conn, &actor, &id, Some(seen), body.value, &scan).map_err(Problem::from)
        })
        .await?;
    Ok(etag::ok(made.version).json(made))
}

/// One step that a job goes on with: 202 and the import as it is now.
async fn step(
    core: &Core,
    actor: Actor,
    key: IdempotencyKey,
    (fingerprint, id): (String, String),
    verb: impl FnOnce(&mut Conn, &Actor, &ImportId) -> Result<Import, Error> + Send + 'static,
) -> Result<HttpResponse, Problem> {
    let id = crate::path_id::<ImportId>(&id)?;
    let (scope, now) = (actor.idempotency_scope(), actor.now);
    let answer = once(&core.db, scope, key, fingerprint, now, move |conn| {
        let it = verb(conn, &actor, &id)?;
        Answer::accepted(place(&actor, &it.id), &it)
    })
    .await?;
    core.wake_jobs();
    Ok(answer)
}

/// Checks the whole file without importing anything. It goes on in the background; read the import to see how far it is.
#[utoipa::path(tag = "imports",
    params(("partnership" = String, Path, description = "Partnership id or slug"), ("import" = String, Path, description = "Import id"),
           ("Idempotency-Key" = Option<String>, Header, description = "Makes a repeat of this request harmless")),
    responses((status = 202, body = Import), (status = 409, body = ProblemBody)),
    extensions(("x-permission" = json!("import.run"))))]
#[post("/partnerships/{partnership}/imports/{import}/check")]
async fn ask_check(
    core: web::Data<Core>,
    actor: Allowed<ImportMeasurements>,
    path: web::Path<(String, String)>,
    key: IdempotencyKey,
    body: ApiJson<serde_json::Value>,
) -> Result<HttpResponse, Problem> {
    let what = (body.fingerprint, path.into_inner().1);
    step(&core, actor.into_actor(), key, what, check::check).await
}

/// Imports what was checked, or goes on where an import stopped. Each chunk is a transaction of its own with its place in the file.
#[utoipa::path(tag = "imports", request_body = Start,
    params(("partnership" = String, Path, description = "Partnership id or slug"), ("import" = String, Path, description = "Import id"),
           ("Idempotency-Key" = Option<String>, Header, description = "Makes a repeat of this request harmless")),
    responses((status = 202, body = Import), (status = 409, body = ProblemBody)),
    extensions(("x-permission" = json!("import.run"))))]
#[post("/partnerships/{partnership}/imports/{import}/start")]
async fn ask_start(
    core: web::Data<Core>,
    actor: Allowed<ImportMeasurements>,
    path: web::Path<(String, String)>,
    key: IdempotencyKey,
    body: ApiJson<Start>,
) -> Result<HttpResponse, Problem> {
    let (how, what) = (body.value, (body.fingerprint, path.into_inner().1));
    step(
        &core,
        actor.into_actor(),
        key,
        what,
        move |conn, actor, id| start::start(conn, actor, id, how),
    )
    .await
}

/// Stops a check or an import after the chunk in hand. What was written stays; go on with it or take it back.
#[utoipa::path(tag = "imports",
    params(("partnership" = String, Path, description = "Partnership id or slug"), ("import" = String, Path, description = "Import id"),
           ("Idempotency-Key" = Option<String>, Header, description = "Makes a repeat of this request harmless")),
    responses((status = 202, body = Import), (status = 409, body = ProblemBody)),
    extensions(("x-permission" = json!("import.run"))))]
#[post("/partnerships/{partnership}/imports/{import}/cancel")]
async fn ask_cancel(
    core: web::Data<Core>,
    actor: Allowed<ImportMeasurements>,
    path: web::Path<(String, String)>,
    key: IdempotencyKey,
    body: ApiJson<serde_json::Value>,
) -> Result<HttpResponse, Problem> {
    let what = (body.fingerprint, path.into_inner().1);
    step(&core, actor.into_actor(), key, what, cancel::cancel).await
}

/// Takes an import back: what it added is withdrawn, what it corrected gets its earlier value again, as new versions.
#[utoipa::path(tag = "imports",
    params(("partnership" = String, Path, description = "Partnership id or slug"), ("import" = String, Path, description = "Import id"),
           ("Idempotency-Key" = Option<String>, Header, description = "Makes a repeat of this request harmless")),
    responses((status = 202, body = Import), (status = 409, body = ProblemBody)),
    extensions(("x-permission" = json!("import.run"))))]
#[post("/partnerships/{partnership}/imports/{import}/undo")]
async fn ask_undo(
    core: web::Data<Core>,
    actor: Allowed<ImportMeasurements>,
    path: web::Path<(String, String)>,
    key: IdempotencyKey,
    body: ApiJson<serde_json::Value>,
) -> Result<HttpResponse, Problem> {
    let what = (body.fingerprint, path.into_inner().1);
    step(&core, actor.into_actor(), key, what, undo::undo).await
}

/// Which rows to list.
#[derive(Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
struct RowsQuery {
    /// Only those: `error`, `duplicate` or `correction`.
    state: Option<RowState>,
    /// `next_cursor` of the page before.
    cursor: Option<String>,
    /// How many, 1 to 200; 50 when not given.
    limit: Option<i64>,
}

/// Lists the rows that the check has something to say about; at most the first 20,000 are kept.
#[utoipa::path(tag = "imports",
    params(("partnership" = String, Path, description = "Partnership id or slug"), ("import" = String, Path, description = "Import id"),
           RowsQuery),
    responses((status = 200, body = Page<ImportRow>), (status = 404, body = ProblemBody)),
    extensions(("x-permission" = json!("import.see"))))]
#[get("/partnerships/{partnership}/imports/{import}/rows")]
async fn rows(
    core: web::Data<Core>,
    actor: Allowed<SeeImports>,
    path: web::Path<(String, String)>,
    asked: ApiQuery<RowsQuery>,
) -> Result<HttpResponse, Problem> {
    let actor = actor.into_actor();
    let it = find(&core, actor.clone(), &path.1).await?;
    let page = PageQuery {
        cursor: asked.0.cursor,
        limit: asked.0.limit,
    };
    let (limit, state) = (page.limit()?, asked.0.state);
    let after = match page.after()? {
        None => 0,
        Some(key) => key
            .parse()
            .map_err(|_| Problem::bad_request("invalid-cursor"))?,
    };
    let found = core
        .db
        .read(move |conn| store::rows(conn, actor.tenant(), &it.id, state, after, limit + 1))
        .await?;
    Ok(HttpResponse::Ok().json(Page::cut(found, limit, |row| row.seq.to_string())))
}

/// The same rows as a CSV file with the original columns, what is wrong and what to do, in the caller's language.
#[utoipa::path(tag = "imports",
    params(("partnership" = String, Path, description = "Partnership id or slug"), ("import" = String, Path, description = "Import id")),
    responses((status = 200, content_type = "text/csv", body = String), (status = 404, body = ProblemBody)),
    extensions(("x-permission" = json!("import.see"))))]
#[get("/partnerships/{partnership}/imports/{import}/errors.csv")]
async fn errors(
    core: web::Data<Core>,
    actor: Allowed<SeeImports>,
    path: web::Path<(String, String)>,
) -> Result<HttpResponse, Problem> {
    error_file(&core, actor.into_actor(), &path.1).await
}

pub(super) async fn error_file(
    core: &Core,
    actor: Actor,
    id: &str,
) -> Result<HttpResponse, Problem> {
    let it = find(core, actor.clone(), id).await?;
    let renderer = core.renderer.clone();
    let bytes = core
        .db
        .read(move |conn| {
            report::error_file(conn, &actor, &it, renderer.catalogue()).map_err(Problem::from)
        })
        .await?;
    Ok(HttpResponse::Ok()
        .insert_header((CONTENT_TYPE, "text/csv; charset=utf-8"))
        .insert_header((CONTENT_DISPOSITION, "attachment; filename=\"errors.csv\""))
        .body(bytes))
}
