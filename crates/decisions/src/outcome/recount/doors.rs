use actix_web::http::header::CONTENT_DISPOSITION;
use actix_web::{HttpResponse, get, web};
use backbone_identity::{Actor, Allowed, Core};
use backbone_web::{ApiQuery, Problem, ProblemBody};
use serde::Deserialize;
use utoipa::IntoParams;

use super::{FileFormat, of};
use crate::error::Error;
use crate::policy::SeeDecisions;
use crate::proposal::DecisionId;
use crate::proposal::api::parse_id;
use crate::view::Say;

/// In which form.
#[derive(Clone, Copy, Debug, Default, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
pub(crate) struct FileQuery {
    /// `json` (when not given), `csv` or `blt`.
    #[serde(default)]
    #[param(inline)]
    format: FileFormat,
}

async fn file(
    core: web::Data<Core>,
    actor: Actor,
    id: DecisionId,
    format: FileFormat,
) -> Result<HttpResponse, Problem> {
    let by = actor.clone();
    let counted = core
        .db
        .read(move |c| of(c, &by, &id))
        .await
        .map_err(|e: Error| Problem::from(e))?;
    let text = counted.file(&Say::new(&core, actor.lang), format);
    let text =
        text.ok_or_else(|| Problem::conflict("ballots-format").arg("format", format.as_str()))?;
    let name = format!("attachment; filename=\"{}\"", counted.file_name(format));
    Ok(HttpResponse::Ok()
        .content_type(format.media_type())
        .insert_header((CONTENT_DISPOSITION, name))
        .body(text))
}

/// The ballots of a closed vote as a file that `backbone tally` counts again to the same result. No names; equal ballots are put
/// together. Of a secret vote only above the number of ballots from which it shows its turnout.
#[utoipa::path(tag = "decisions",
    params(("partnership" = String, Path, description = "Partnership id or slug"), ("decision" = String, Path, description = "Decision id"),
           FileQuery),
    responses((status = 200, description = "The file"), (status = 404, body = ProblemBody), (status = 409, body = ProblemBody)),
    extensions(("x-permission" = json!("decision.see"))))]
#[get("/partnerships/{partnership}/decisions/{decision}/ballot-file")]
async fn ballot_file(
    core: web::Data<Core>,
    actor: Allowed<SeeDecisions>,
    path: web::Path<(String, String)>,
    query: ApiQuery<FileQuery>,
) -> Result<HttpResponse, Problem> {
    file(core, actor.into_actor(), parse_id(&path.1)?, query.0.format).await
}

#[get("/p/{partnership}/decisions/{decision}/ballot-file")]
async fn ballot_page(
    core: web::Data<Core>,
    actor: Allowed<SeeDecisions>,
    path: web::Path<(String, String)>,
    query: ApiQuery<FileQuery>,
) -> Result<HttpResponse, Problem> {
    file(core, actor.into_actor(), parse_id(&path.1)?, query.0.format).await
}

/// Mounts the JSON door.
pub(crate) fn mount(cfg: &mut utoipa_actix_web::service_config::ServiceConfig) {
    cfg.service(ballot_file);
}

/// Mounts the link of the page.
pub(crate) fn mount_pages(cfg: &mut web::ServiceConfig) {
    cfg.service(ballot_page);
}
