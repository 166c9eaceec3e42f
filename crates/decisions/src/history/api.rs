use actix_web::{HttpResponse, get, post, web};
use backbone_db::DbError;
use backbone_events::{NewEvent, Object, append};
use backbone_identity::{Actor, Allowed, Core, file};
use backbone_web::{FormStream, IdempotencyKey, Problem, ProblemBody};
use serde::Serialize;
use serde_json::json;
use utoipa::ToSchema;

use super::{Counts, HistoryRun, HistoryRunId, RunState, bring, loomio, store};
use crate::error::Error;
use crate::policy::ImportDecisions;

/// Files of decisions from elsewhere.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub struct HistoryRuns {
    /// The latest first.
    pub items: Vec<HistoryRun>,
}

/// An export of Loomio, as `multipart/form-data`.
#[derive(ToSchema)]
#[expect(dead_code, reason = "only describes the multipart form")]
struct NewHistory {
    /// The content: JSON Lines (`.json`, `.jsonl`) or CSV.
    #[schema(value_type = String, format = Binary)]
    file: Vec<u8>,
}

/// Keeps a file and looks through it. Nothing is brought over.
pub(super) async fn receive(
    core: &Core,
    actor: Actor,
    form: FormStream,
) -> Result<HistoryRun, Problem> {
    let folder = file::incoming(&core.settings.data_dir);
    let (_, received) = form.read(&folder, "file", core.settings.max_import).await?;
    let received = received.ok_or_else(|| Problem::invalid("invalid").field("file", "required"))?;
    let data_dir = core.settings.data_dir.clone();
    let (kept, export) = blocking(move || {
        let kept = file::keep_received(&data_dir, received)?;
        let bytes =
            std::fs::read(file::path_of(&data_dir, kept.sha256())).map_err(Problem::internal)?;
        Ok::<_, Problem>((kept, read(&bytes)?))
    })
    .await??;
    core.db
        .write(move |c| {
            let stored = file::save(c, &actor, "import", &kept)?;
            let run = HistoryRun {
                id: HistoryRunId::new(),
                file_id: stored.id,
                file_name: stored.name,
                state: RunState::Checked,
                found: bring::look(c, &actor, &export)?,
                made: Counts::default(),
                created_by: actor.name.clone(),
                created_at: actor.now,
                done_at: None,
            };
            store::insert(c, actor.tenant(), &run)?;
            let event = NewEvent::new("history.checked", Object::new("history_run", &run.id));
            append(c, actor.tenant(), &actor.by(), event)?;
            Ok::<_, Problem>(run)
        })
        .await
}

/// Reads an export.
///
/// # Errors
/// 422 for what is no text, or holds no group, poll or discussion.
pub fn read(bytes: &[u8]) -> Result<loomio::Export, Problem> {
    let wrong = |code| Problem::invalid("invalid").field("file", code);
    let text = std::str::from_utf8(bytes).map_err(|_| wrong("history-no-text"))?;
    let export = loomio::read(text);
    if export.groups.is_empty() {
        return Err(wrong("history-no-export"));
    }
    Ok(export)
}

async fn blocking<T: Send + 'static>(
    work: impl FnOnce() -> T + Send + 'static,
) -> Result<T, Problem> {
    web::block(work).await.map_err(Problem::internal)
}

pub(super) async fn find(core: &Core, actor: &Actor, id: &str) -> Result<HistoryRun, Problem> {
    let id: HistoryRunId = id.parse().map_err(|_| Problem::not_found())?;
    let tenant = actor.tenant().to_string();
    let found = core.db.read(move |c| store::find(c, &tenant, &id)).await?;
    found.ok_or_else(Problem::not_found)
}

/// Brings a file over, a transaction for each of its things. What an earlier try left is gone on with.
pub(super) async fn start(core: &Core, actor: Actor, id: &str) -> Result<HistoryRun, Problem> {
    let run = find(core, &actor, id).await?;
    if run.state == RunState::Done {
        return Ok(run);
    }
    let (tenant, file_id) = (actor.tenant().to_string(), run.file_id.clone());
    let stored = core
        .db
        .read(move |c| file::find(c, &tenant, &file_id))
        .await?
        .ok_or_else(Problem::not_found)?;
    let data_dir = core.settings.data_dir.clone();
    let export = blocking(move || read(&file::read(&data_dir, &stored)?)).await??;
    let export = std::sync::Arc::new(export);
    let mut made = run.made;
    for unit in bring::units(&export) {
        let (actor, export) = (actor.clone(), export.clone());
        let one = core
            .db
            .write(move |c| bring::bring(c, &actor, &export, unit))
            .await
            .map_err(|e: Error| Problem::from(e))?;
        made = bring::sum(made, one);
    }
    let (by, id) = (actor.clone(), run.id.clone());
    core.db
        .write(move |c| {
            store::done(c, by.tenant(), &id, &made, by.now)?;
            let event = NewEvent::new("history.brought", Object::new("history_run", &id));
            append(c, by.tenant(), &by.by(), event.data(&json!(made)))?;
            Ok::<_, DbError>(())
        })
        .await?;
    find(core, &actor, run.id.as_str()).await
}

/// Brings an export of Loomio's group in, to be looked through. The answer tells what would come, what is here, and what does not come.
/// Nothing is brought over yet.
#[utoipa::path(tag = "decisions", request_body(content = NewHistory, content_type = "multipart/form-data"),
    params(("partnership" = String, Path, description = "Partnership id or slug"),
           ("Idempotency-Key" = Option<String>, Header, description = "Accepted, and not needed: nothing is brought over, and what is here is known")),
    responses((status = 201, body = HistoryRun), (status = 413, body = ProblemBody), (status = 422, body = ProblemBody)),
    extensions(("x-permission" = json!("decision.import"))))]
#[post("/partnerships/{partnership}/decision-imports")]
async fn bring_history(
    core: web::Data<Core>,
    actor: Allowed<ImportDecisions>,
    _key: IdempotencyKey,
    form: FormStream,
) -> Result<HttpResponse, Problem> {
    let actor = actor.into_actor();
    let tenant = actor.tenant().to_string();
    let run = receive(&core, actor, form).await?;
    let to = format!("/api/v1/partnerships/{tenant}/decision-imports/{}", run.id);
    Ok(HttpResponse::Created()
        .insert_header(("Location", to))
        .json(run))
}

/// The files that were brought, the latest first.
#[utoipa::path(tag = "decisions",
    params(("partnership" = String, Path, description = "Partnership id or slug")),
    responses((status = 200, body = HistoryRuns)),
    extensions(("x-permission" = json!("decision.import"))))]
#[get("/partnerships/{partnership}/decision-imports")]
async fn list_history(
    core: web::Data<Core>,
    actor: Allowed<ImportDecisions>,
) -> Result<HttpResponse, Problem> {
    let tenant = actor.tenant().to_string();
    let items = core.db.read(move |c| store::list(c, &tenant)).await?;
    Ok(HttpResponse::Ok().json(HistoryRuns { items }))
}

/// What is in a file, and what came of it.
#[utoipa::path(tag = "decisions",
    params(("partnership" = String, Path, description = "Partnership id or slug"), ("run" = String, Path, description = "Import id")),
    responses((status = 200, body = HistoryRun), (status = 404, body = ProblemBody)),
    extensions(("x-permission" = json!("decision.import"))))]
#[get("/partnerships/{partnership}/decision-imports/{run}")]
async fn one_history(
    core: web::Data<Core>,
    actor: Allowed<ImportDecisions>,
    path: web::Path<(String, String)>,
) -> Result<HttpResponse, Problem> {
    let run = find(&core, &actor, &path.1).await?;
    Ok(HttpResponse::Ok().json(run))
}

/// Brings a file over. A repeat changes nothing; after a stop it goes on. Nobody gets a mail.
#[utoipa::path(tag = "decisions",
    params(("partnership" = String, Path, description = "Partnership id or slug"), ("run" = String, Path, description = "Import id"),
           ("Idempotency-Key" = Option<String>, Header, description = "Accepted, and not needed: what is here is not brought again")),
    responses((status = 200, body = HistoryRun), (status = 404, body = ProblemBody)),
    extensions(("x-permission" = json!("decision.import"))))]
#[post("/partnerships/{partnership}/decision-imports/{run}/start")]
async fn start_history(
    core: web::Data<Core>,
    actor: Allowed<ImportDecisions>,
    path: web::Path<(String, String)>,
    _key: IdempotencyKey,
) -> Result<HttpResponse, Problem> {
    let run = start(&core, actor.into_actor(), &path.1).await?;
    Ok(HttpResponse::Ok().json(run))
}

/// Mounts the doors.
pub(crate) fn mount(cfg: &mut utoipa_actix_web::service_config::ServiceConfig) {
    cfg.service(bring_history)
        .service(list_history)
        .service(one_history)
        .service(start_history);
}
