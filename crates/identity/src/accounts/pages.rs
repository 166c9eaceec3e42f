//! The operator's page of accounts.

use actix_web::http::StatusCode;
use actix_web::{HttpRequest, HttpResponse, get, post, web};
use backbone_web::{ApiQuery, Form, Problem};
use percent_encoding::{NON_ALPHANUMERIC, utf8_percent_encode};
use serde::Deserialize;
use serde_json::{Value, json};

use super::operates;
use crate::authenticate::SignedIn;
use crate::core::Core;
use crate::ids::PersonId;
use crate::page::{self, own_shell};

/// Accounts on one page.
const A_PAGE: usize = 50;

/// What is looked for, and from where on.
#[derive(Debug, Default, Deserialize)]
pub(crate) struct Query {
    #[serde(default)]
    q: String,
    after: Option<String>,
}

/// The accounts.
#[get("/accounts")]
pub(crate) async fn index(
    core: web::Data<Core>,
    req: HttpRequest,
    me: SignedIn,
    query: ApiQuery<Query>,
) -> Result<HttpResponse, Problem> {
    operates(&me)?;
    show(&core, &req, &me, &query.0, None).await
}

async fn show(
    core: &Core,
    req: &HttpRequest,
    me: &SignedIn,
    query: &Query,
    problem: Option<&Problem>,
) -> Result<HttpResponse, Problem> {
    let (q, after, now) = (query.q.trim().to_string(), query.after.clone(), me.now);
    let search = q.clone();
    let mut found = core
        .db
        .read(move |c| super::list(c, &search, after.as_deref(), A_PAGE as i64 + 1, now))
        .await?;
    let more = found.len() > A_PAGE;
    found.truncate(A_PAGE);
    let next = found.last().filter(|_| more).map(|last| {
        let encode = |text: &str| utf8_percent_encode(text, NON_ALPHANUMERIC).to_string();
        format!("/accounts?q={}&after={}", encode(&q), encode(&last.email))
    });
    let lines: Vec<Value> = found
        .iter()
        .map(|a| {
            json!({
                "id": a.id, "name": a.name, "email": a.email, "active": a.active, "operator": a.operator,
                "seen_at": a.seen_at, "sessions": a.sessions, "partnerships": a.partnerships.join(", "),
                "action": format!("/accounts/{}", a.id), "me": a.id == me.person_id,
            })
        })
        .collect();
    let catalogue = core.renderer.catalogue();
    let told = problem.map(
        |p| json!({"title": p.title(catalogue, me.lang), "detail": p.detail(catalogue, me.lang)}),
    );
    let data = json!({"accounts": lines, "q": q, "next": next, "error": told});
    let shell = own_shell(core, req, me, "accounts-title");
    let status = problem.map_or(StatusCode::OK, |p| p.status);
    page::html(core, status, "identity/accounts", &shell, &data)
}

/// Deactivates, lets in again, or signs out everywhere.
#[post("/accounts/{person}")]
pub(crate) async fn act(
    core: web::Data<Core>,
    req: HttpRequest,
    me: SignedIn,
    path: web::Path<String>,
    form: Form,
) -> Result<HttpResponse, Problem> {
    operates(&me)?;
    let person: PersonId = path.parse().map_err(|_| Problem::not_found())?;
    let by = me.by();
    let step = form.text("step").to_string();
    let done = core
        .db
        .write(move |c| {
            Ok::<_, Problem>(match step.as_str() {
                "deactivate" => {
                    super::deactivate(c, &person, &by)?;
                    "accounts-deactivated"
                }
                "reactivate" => {
                    super::reactivate(c, &person, &by)?;
                    "accounts-reactivated"
                }
                "sign-out" => {
                    super::sign_out(c, &person, &by)?;
                    "accounts-signed-out"
                }
                _ => return Err(Problem::not_found()),
            })
        })
        .await;
    match done {
        Ok(message) => Ok(page::see_other("/accounts", message)),
        Err(p) if p.status == StatusCode::CONFLICT => {
            show(&core, &req, &me, &Query::default(), Some(&p)).await
        }
        Err(p) => Err(p),
    }
}
