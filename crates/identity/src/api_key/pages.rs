//! The page of API keys, behind the settings.

use actix_web::http::StatusCode;
use actix_web::{HttpRequest, HttpResponse, get, post, web};
use backbone_web::{Args, Form, Problem};
use serde_json::{Value, json};

use super::NewApiKey;
use crate::actor::Actor;
use crate::authenticate::Allowed;
use crate::core::Core;
use crate::ids::ApiKeyId;
use crate::page::{self, again};
use crate::policy::{EditApiKeys, SeeApiKeys};

async fn show(
    core: &web::Data<Core>,
    req: &HttpRequest,
    actor: Actor,
    status: StatusCode,
    mut data: Value,
) -> Result<HttpResponse, Problem> {
    let title = core
        .renderer
        .text(actor.lang, "api-keys-title", &Args::new());
    let shell = page::shell(core, req, &actor, "settings", title);
    data["slug"] = json!(actor.partnership.slug);
    data["keys"] = json!(core.db.read(move |c| super::list(c, &actor)).await?);
    let mut answer = page::html(core, status, "identity/api-keys", &shell, &data)?;
    let no_store = actix_web::http::header::HeaderValue::from_static("no-store");
    answer
        .headers_mut()
        .insert(actix_web::http::header::CACHE_CONTROL, no_store);
    Ok(answer)
}

/// The keys, and a form for a new one.
#[get("/p/{partnership}/settings/api-keys")]
pub(crate) async fn index(
    core: web::Data<Core>,
    req: HttpRequest,
    actor: Allowed<SeeApiKeys>,
) -> Result<HttpResponse, Problem> {
    let data = json!({"form": {}, "wrong": {}, "errors": [], "secret": null});
    show(&core, &req, actor.into_actor(), StatusCode::OK, data).await
}

/// Makes a key and shows its secret, once.
#[post("/p/{partnership}/settings/api-keys")]
pub(crate) async fn make(
    core: web::Data<Core>,
    req: HttpRequest,
    actor: Allowed<EditApiKeys>,
    form: Form,
) -> Result<HttpResponse, Problem> {
    let actor = actor.into_actor();
    let new = NewApiKey {
        name: form.text("name").into(),
        write: form.text("scope") == "write",
        days: form.text("days").parse().ok(),
    };
    let by = actor.clone();
    match core.db.write(move |c| super::make(c, &by, &new)).await {
        Ok((_, secret)) => {
            let data = json!({"form": {}, "wrong": {}, "errors": [], "secret": secret});
            show(&core, &req, actor, StatusCode::OK, data).await
        }
        Err(problem) if page::is_shown_again(&problem) => {
            let mut data = again(&core, actor.lang, &form.values(), &problem);
            data["secret"] = Value::Null;
            show(&core, &req, actor, problem.status, data).await
        }
        Err(problem) => Err(problem),
    }
}

/// Revokes a key.
#[post("/p/{partnership}/settings/api-keys/{key}/revoke")]
pub(crate) async fn revoke(
    core: web::Data<Core>,
    actor: Allowed<EditApiKeys>,
    path: web::Path<(String, String)>,
) -> Result<HttpResponse, Problem> {
    let id = ApiKeyId::parse(&path.1).map_err(|_| Problem::not_found())?;
    let actor = actor.into_actor();
    let back = format!("/p/{}/settings/api-keys", actor.partnership.slug);
    core.db
        .write(move |c| super::revoke(c, &actor, &id))
        .await?;
    Ok(page::see_other(&back, "api-keys-revoked"))
}
