//! JSON door to tokens.

use actix_web::http::StatusCode;
use actix_web::{HttpResponse, post, web};
use backbone_web::{ApiJson, Problem, ProblemBody};
use serde::Deserialize;

use super::Tokens;
use crate::authenticate::Visitor;
use crate::authenticate::store::membership;
use crate::core::Core;
use crate::sign_in::check_password;

/// Who asks for tokens, and for which partnership they are to be good.
#[derive(Deserialize, utoipa::ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct NewToken {
    /// The person's address.
    email: String,
    /// Their password.
    password: String,
    /// Id or slug.
    partnership: String,
}

/// A refresh token.
#[derive(Deserialize, utoipa::ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct RefreshToken {
    /// As it was given.
    refresh_token: String,
}

fn wrong() -> Problem {
    Problem::new(StatusCode::UNAUTHORIZED, "sign-in-wrong")
}

/// Gives an access token and a refresh token for one partnership.
///
/// Not for an `Idempotency-Key`: an answer with secrets is never stored. Asking again makes another sign-in.
#[utoipa::path(tag = "auth", request_body = NewToken,
    responses((status = 200, body = Tokens), (status = 401, body = ProblemBody), (status = 429, body = ProblemBody)),
    extensions(("x-permission" = json!("public"))))]
#[post("/auth/token")]
pub(crate) async fn token(
    core: web::Data<Core>,
    visitor: Visitor,
    body: ApiJson<NewToken>,
) -> Result<HttpResponse, Problem> {
    let asked = body.value;
    let person = match check_password(&core, &visitor, &asked.email, &asked.password).await {
        Err(p) if p.status == StatusCode::UNPROCESSABLE_ENTITY => return Err(wrong()),
        other => other?,
    };
    let (secret, now) = (core.settings.secret.clone(), visitor.now);
    let tokens = core
        .db
        .write(move |conn| {
            let member = membership(conn, &person, &asked.partnership)?.ok_or_else(wrong)?;
            super::issue(conn, &secret, &person, &member.partnership.id, now)
        })
        .await?;
    Ok(answer(&tokens))
}

/// Exchanges a refresh token, once, for new tokens. A second use ends the sign-in it came from.
#[utoipa::path(tag = "auth", request_body = RefreshToken,
    responses((status = 200, body = Tokens), (status = 401, body = ProblemBody)),
    extensions(("x-permission" = json!("public"))))]
#[post("/auth/refresh")]
pub(crate) async fn refresh(
    core: web::Data<Core>,
    visitor: Visitor,
    body: ApiJson<RefreshToken>,
) -> Result<HttpResponse, Problem> {
    let (secret, now) = (core.settings.secret.clone(), visitor.now);
    let tokens = core
        .db
        .write(move |c| super::refresh(c, &secret, &body.value.refresh_token, now))
        .await??;
    Ok(answer(&tokens))
}

/// Ends the sign-in that a refresh token belongs to, its access tokens included.
#[utoipa::path(tag = "auth", request_body = RefreshToken,
    responses((status = 204, description = "Ended, or was never there")),
    extensions(("x-permission" = json!("public"))))]
#[post("/auth/revoke")]
pub(crate) async fn revoke(
    core: web::Data<Core>,
    visitor: Visitor,
    body: ApiJson<RefreshToken>,
) -> Result<HttpResponse, Problem> {
    let now = visitor.now;
    core.db
        .write(move |c| super::revoke(c, &body.value.refresh_token, now))
        .await?;
    Ok(HttpResponse::NoContent().finish())
}

fn answer(tokens: &Tokens) -> HttpResponse {
    HttpResponse::Ok()
        .insert_header(("Cache-Control", "no-store"))
        .json(tokens)
}
