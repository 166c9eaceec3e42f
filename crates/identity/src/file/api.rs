//! JSON door to files.

use actix_web::{HttpResponse, get, post, web};
use backbone_web::{Answer, Form, IdempotencyKey, Problem, ProblemBody, once};

use super::StoredFile;
use crate::authenticate::Allowed;
use crate::core::Core;
use crate::ids::FileId;
use crate::policy::{SeeFiles, UploadFiles};

/// A file to upload, as `multipart/form-data`.
#[derive(utoipa::ToSchema)]
#[expect(dead_code, reason = "only describes the multipart form")]
pub(super) struct NewFile {
    /// The content.
    #[schema(value_type = String, format = Binary)]
    file: Vec<u8>,
    /// What it is for: `evidence` (when not given) or `import`.
    purpose: Option<String>,
}

/// Uploads a file, to be named as evidence or imported afterwards.
#[utoipa::path(tag = "files", request_body(content = NewFile, content_type = "multipart/form-data"),
    params(("partnership" = String, Path, description = "Partnership id or slug"),
           ("Idempotency-Key" = Option<String>, Header, description = "Makes a repeat of this request harmless")),
    responses((status = 201, body = StoredFile), (status = 413, body = ProblemBody), (status = 422, body = ProblemBody)),
    extensions(("x-permission" = json!("file.upload"))))]
#[post("/partnerships/{partnership}/files")]
pub(crate) async fn upload(
    core: web::Data<Core>,
    actor: Allowed<UploadFiles>,
    key: IdempotencyKey,
    form: Form,
) -> Result<HttpResponse, Problem> {
    let Some(upload) = form.file("file").cloned() else {
        return Err(Problem::invalid("invalid").field("file", "required"));
    };
    let purpose = match form.text("purpose") {
        "" | "evidence" => "evidence",
        "import" => "import",
        _ => return Err(Problem::invalid("invalid").field("purpose", "not-understood")),
    };
    let data_dir = core.settings.data_dir.clone();
    let kept = web::block(move || super::keep(&data_dir, &upload))
        .await
        .map_err(Problem::internal)??;
    let actor = actor.into_actor();
    let fingerprint = format!("upload {purpose} {} {}", kept.name, kept.sha256);
    let (scope, now) = (actor.idempotency_scope(), actor.now);
    once(&core.db, scope, key, fingerprint, now, move |conn| {
        let file = super::save(conn, &actor, purpose, &kept)?;
        let address = format!(
            "/api/v1/partnerships/{}/files/{}",
            actor.partnership.id, file.id
        );
        Answer::created(address, &file)
    })
    .await
}

/// Tells about a file; its content is at `/p/{partnership}/files/{file}`.
#[utoipa::path(tag = "files",
    params(("partnership" = String, Path, description = "Partnership id or slug"), ("file" = String, Path)),
    responses((status = 200, body = StoredFile), (status = 404, body = ProblemBody)),
    extensions(("x-permission" = json!("file.see"))))]
#[get("/partnerships/{partnership}/files/{file}")]
pub(crate) async fn show(
    core: web::Data<Core>,
    actor: Allowed<SeeFiles>,
    path: web::Path<(String, String)>,
) -> Result<HttpResponse, Problem> {
    let id = FileId::parse(&path.1).map_err(|_| Problem::not_found())?;
    let tenant = actor.tenant().to_string();
    let file = core.db.read(move |c| super::find(c, &tenant, &id)).await?;
    Ok(HttpResponse::Ok().json(file.ok_or_else(Problem::not_found)?))
}
