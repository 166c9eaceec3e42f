//! JSON door to API keys.

use actix_web::{HttpResponse, delete, get, post, web};
use backbone_web::{ApiJson, Page, Problem, ProblemBody};
use serde::Serialize;

use super::{ApiKey, NewApiKey};
use crate::authenticate::Allowed;
use crate::core::Core;
use crate::ids::ApiKeyId;
use crate::policy::{EditApiKeys, SeeApiKeys};

/// A new key with its secret, which is shown this once.
#[derive(Serialize, utoipa::ToSchema)]
pub(crate) struct MadeApiKey {
    /// The key.
    api_key: ApiKey,
    /// Goes into `Authorization: Bearer …`.
    secret: String,
}

/// Lists the API keys.
#[utoipa::path(tag = "api keys",
    params(("partnership" = String, Path, description = "Partnership id or slug")),
    responses((status = 200, body = Page<ApiKey>)),
    extensions(("x-permission" = json!("api_key.see"))))]
#[get("/partnerships/{partnership}/api-keys")]
pub(crate) async fn list(
    core: web::Data<Core>,
    actor: Allowed<SeeApiKeys>,
) -> Result<HttpResponse, Problem> {
    let actor = actor.into_actor();
    let items = core.db.read(move |c| super::list(c, &actor)).await?;
    Ok(HttpResponse::Ok().json(Page {
        items,
        next_cursor: None,
    }))
}

/// Makes an API key with the caller's own rights.
///
/// Not for an `Idempotency-Key`: an answer with a secret is never stored.
#[utoipa::path(tag = "api keys", request_body = NewApiKey,
    params(("partnership" = String, Path, description = "Partnership id or slug")),
    responses((status = 201, body = MadeApiKey), (status = 422, body = ProblemBody)),
    extensions(("x-permission" = json!("api_key.edit"))))]
#[post("/partnerships/{partnership}/api-keys")]
pub(crate) async fn make(
    core: web::Data<Core>,
    actor: Allowed<EditApiKeys>,
    body: ApiJson<NewApiKey>,
) -> Result<HttpResponse, Problem> {
    let actor = actor.into_actor();
    let (api_key, secret) = core
        .db
        .write(move |c| super::make(c, &actor, &body.value))
        .await?;
    Ok(HttpResponse::Created()
        .insert_header(("Cache-Control", "no-store"))
        .json(MadeApiKey { api_key, secret }))
}

/// Revokes an API key.
#[utoipa::path(tag = "api keys",
    params(("partnership" = String, Path, description = "Partnership id or slug"), ("key" = String, Path)),
    responses((status = 204, description = "Revoked"), (status = 404, body = ProblemBody)),
    extensions(("x-permission" = json!("api_key.edit"))))]
#[delete("/partnerships/{partnership}/api-keys/{key}")]
pub(crate) async fn revoke(
    core: web::Data<Core>,
    actor: Allowed<EditApiKeys>,
    path: web::Path<(String, String)>,
) -> Result<HttpResponse, Problem> {
    let id = ApiKeyId::parse(&path.1).map_err(|_| Problem::not_found())?;
    let actor = actor.into_actor();
    core.db
        .write(move |c| super::revoke(c, &actor, &id))
        .await?;
    Ok(HttpResponse::NoContent().finish())
}
