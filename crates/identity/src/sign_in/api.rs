//! JSON door to sessions, for programs that work outside of a single partnership.

use actix_web::http::StatusCode;
use actix_web::{HttpRequest, HttpResponse, delete, post, web};
use backbone_web::{ApiJson, Problem, ProblemBody};
use serde::Deserialize;

use super::{begin, check_password};
use crate::authenticate::{SignedIn, Visitor, from_own_page};
use crate::core::Core;
use crate::session;

/// Who signs in.
#[derive(Deserialize, utoipa::ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct NewSession {
    /// The person's address.
    email: String,
    /// Their password.
    password: String,
}

/// Begins a session: a cookie, good for one's own account, for one's partnerships and, for the operator, for the server's accounts.
///
/// A request that relies on a cookie and changes something says where it comes from, as browsers do: `Sec-Fetch-Site: same-origin`,
/// or the server's own address as `Origin`. Not for an `Idempotency-Key`: an answer with a secret is never stored.
#[utoipa::path(tag = "auth", request_body = NewSession,
    responses((status = 204, description = "Begun; the cookie is in `Set-Cookie`"), (status = 401, body = ProblemBody), (status = 403, body = ProblemBody), (status = 429, body = ProblemBody)),
    extensions(("x-permission" = json!("public"))))]
#[post("/auth/session")]
pub(crate) async fn enter(
    core: web::Data<Core>,
    req: HttpRequest,
    visitor: Visitor,
    body: ApiJson<NewSession>,
) -> Result<HttpResponse, Problem> {
    from_own_page(&req, &core)?;
    let wrong = |p: Problem| match p.status {
        StatusCode::UNPROCESSABLE_ENTITY => Problem::new(StatusCode::UNAUTHORIZED, "sign-in-wrong"),
        _ => p,
    };
    let (email, typed) = (&body.value.email, &body.value.password);
    let person = check_password(&core, &visitor, email, typed)
        .await
        .map_err(wrong)?;
    let (agent, now) = (session::user_agent(&req), visitor.now);
    let secret = core
        .db
        .write(move |c| begin(c, &person, &agent, now))
        .await
        .map_err(wrong)?;
    Ok(HttpResponse::NoContent()
        .insert_header(("Cache-Control", "no-store"))
        .cookie(session::cookie(&core.settings.base_url, secret))
        .finish())
}

/// Ends this session.
#[utoipa::path(tag = "auth",
    responses((status = 204, description = "Ended"), (status = 401, body = ProblemBody)),
    extensions(("x-permission" = json!("signed-in"))))]
#[delete("/auth/session")]
pub(crate) async fn leave(core: web::Data<Core>, me: SignedIn) -> Result<HttpResponse, Problem> {
    if let Some(hash) = me.session {
        core.db.write(move |c| session::end(c, &hash)).await?;
    }
    Ok(HttpResponse::NoContent()
        .cookie(session::no_cookie(&core.settings.base_url))
        .finish())
}
