//! JSON door to all accounts of the server, for its operator. Only a session opens it, as for one's own account.

use actix_web::{HttpResponse, get, post, web};
use backbone_db::Conn;
use backbone_events::By;
use backbone_web::{Answer, ApiQuery, IdempotencyKey, Page, PageQuery, Problem, ProblemBody, once};
use serde::Deserialize;

use super::{AccountLine, operates};
use crate::authenticate::SignedIn;
use crate::core::Core;
use crate::ids::PersonId;

/// Whom to list.
#[derive(Debug, Default, Deserialize, utoipa::IntoParams)]
#[into_params(parameter_in = Query)]
pub(crate) struct Search {
    /// Part of a name or an address.
    #[serde(default)]
    q: String,
    /// `next_cursor` of the page before.
    cursor: Option<String>,
    /// How many, 1 to 200; 50 when not given.
    limit: Option<i64>,
}

/// Lists the server's accounts by address. For its operator.
#[utoipa::path(tag = "accounts", params(Search),
    responses((status = 200, body = Page<AccountLine>), (status = 401, body = ProblemBody), (status = 404, body = ProblemBody)),
    extensions(("x-permission" = json!("operator"))))]
#[get("/accounts")]
pub(crate) async fn list(
    core: web::Data<Core>,
    me: SignedIn,
    query: ApiQuery<Search>,
) -> Result<HttpResponse, Problem> {
    operates(&me)?;
    let Search { q, cursor, limit } = query.0;
    let page = PageQuery { cursor, limit };
    let (limit, after) = (page.limit()?, page.after()?);
    let rows = core
        .db
        .read(move |c| super::list(c, q.trim(), after.as_deref(), limit + 1, me.now))
        .await?;
    Ok(HttpResponse::Ok().json(Page::cut(rows, limit, |a| a.email.clone())))
}

/// Shows an account.
#[utoipa::path(tag = "accounts", params(("person" = PersonId, Path, description = "Whose account")),
    responses((status = 200, body = AccountLine), (status = 404, body = ProblemBody)),
    extensions(("x-permission" = json!("operator"))))]
#[get("/accounts/{person}")]
pub(crate) async fn show(
    core: web::Data<Core>,
    me: SignedIn,
    path: web::Path<String>,
) -> Result<HttpResponse, Problem> {
    operates(&me)?;
    let person: PersonId = path.parse().map_err(|_| Problem::not_found())?;
    let found = core
        .db
        .read(move |c| super::find(c, &person, me.now))
        .await?;
    Ok(HttpResponse::Ok().json(found))
}

/// Shuts a person out of the whole server until they are let in again: sessions, tokens, keys and links end; memberships stay.
#[utoipa::path(tag = "accounts",
    params(("person" = PersonId, Path, description = "Whose account"),
           ("Idempotency-Key" = Option<String>, Header, description = "Makes a repeat of this request harmless")),
    responses((status = 200, body = AccountLine), (status = 404, body = ProblemBody), (status = 409, body = ProblemBody)),
    extensions(("x-permission" = json!("operator"))))]
#[post("/accounts/{person}/deactivate")]
pub(crate) async fn deactivate(
    core: web::Data<Core>,
    me: SignedIn,
    key: IdempotencyKey,
    path: web::Path<String>,
) -> Result<HttpResponse, Problem> {
    act(&core, me, key, &path, "deactivate", super::deactivate).await
}

/// Lets a person in again, with the memberships they had.
#[utoipa::path(tag = "accounts",
    params(("person" = PersonId, Path, description = "Whose account"),
           ("Idempotency-Key" = Option<String>, Header, description = "Makes a repeat of this request harmless")),
    responses((status = 200, body = AccountLine), (status = 404, body = ProblemBody)),
    extensions(("x-permission" = json!("operator"))))]
#[post("/accounts/{person}/reactivate")]
pub(crate) async fn reactivate(
    core: web::Data<Core>,
    me: SignedIn,
    key: IdempotencyKey,
    path: web::Path<String>,
) -> Result<HttpResponse, Problem> {
    act(&core, me, key, &path, "reactivate", super::reactivate).await
}

/// Ends every sign-in of a person, in browsers and programs; they may sign in again.
#[utoipa::path(tag = "accounts",
    params(("person" = PersonId, Path, description = "Whose account"),
           ("Idempotency-Key" = Option<String>, Header, description = "Makes a repeat of this request harmless")),
    responses((status = 200, body = AccountLine), (status = 404, body = ProblemBody)),
    extensions(("x-permission" = json!("operator"))))]
#[post("/accounts/{person}/sign-out")]
pub(crate) async fn sign_out(
    core: web::Data<Core>,
    me: SignedIn,
    key: IdempotencyKey,
    path: web::Path<String>,
) -> Result<HttpResponse, Problem> {
    act(&core, me, key, &path, "sign-out", super::sign_out).await
}

async fn act(
    core: &Core,
    me: SignedIn,
    key: IdempotencyKey,
    person: &str,
    step: &str,
    verb: fn(&mut Conn, &PersonId, &By) -> Result<(), Problem>,
) -> Result<HttpResponse, Problem> {
    operates(&me)?;
    let person: PersonId = person.parse().map_err(|_| Problem::not_found())?;
    let (scope, same) = (me.idempotency_scope(), format!("{step} {person}"));
    once(&core.db, scope, key, same, me.now, move |conn| {
        verb(conn, &person, &me.by())?;
        Answer::ok(&super::find(conn, &person, me.now)?)
    })
    .await
}
