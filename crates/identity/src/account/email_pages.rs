//! Asking for another address, and the page that the mailed link opens.

use actix_web::http::StatusCode;
use actix_web::{HttpRequest, HttpResponse, get, post, web};
use backbone_web::{ApiQuery, Form, Problem};
use serde::Deserialize;
use serde_json::json;

use super::email;
use super::own;
use super::pages::{profile, show};
use crate::authenticate::{SignedIn, Visitor};
use crate::core::Core;
use crate::page::{self, again};

/// Asks for another address; says the same whether or not it is somebody's.
#[post("/account/email")]
pub(crate) async fn ask(
    core: web::Data<Core>,
    req: HttpRequest,
    me: SignedIn,
    form: Form,
) -> Result<HttpResponse, Problem> {
    let (address, typed) = (form.text("new_email"), form.text("email_password"));
    let job = match own::read_address(&core, &me, address, typed).await {
        Ok(job) => job,
        Err(problem) if page::is_shown_again(&problem) => {
            let mut data = again(&core, me.lang, &json!({}), &problem);
            data["form"] = profile(&me)["form"].clone();
            data["form"]["new_email"] = json!(address);
            return show(&core, &req, &me, problem.status, data).await;
        }
        Err(problem) => return Err(problem),
    };
    core.db
        .write(move |c| own::ask_address(c, &job, &me))
        .await?;
    core.wake_jobs();
    Ok(page::see_other("/account", "account-email-asked"))
}

#[derive(Debug, Deserialize)]
pub(crate) struct Query {
    #[serde(default)]
    token: String,
}

/// What the link in the mail opens: a page that is one tap away, so that mail scanners change nothing.
#[get("/account/email/confirm")]
pub(crate) async fn look(
    core: web::Data<Core>,
    req: HttpRequest,
    visitor: Visitor,
    query: ApiQuery<Query>,
) -> Result<HttpResponse, Problem> {
    let (secret, token, now) = (
        core.settings.secret.clone(),
        query.0.token.clone(),
        visitor.now,
    );
    let change = core
        .db
        .read(move |c| email::look(c, &secret, &token, now))
        .await?;
    let data = json!({"email": change.new, "token": query.0.token});
    let title = core.renderer.text(
        visitor.lang,
        "account-email-confirm-title",
        &backbone_web::Args::new(),
    );
    let shell = page::public_shell(&core, &req, &visitor, None, title);
    page::html(
        &core,
        StatusCode::OK,
        "identity/email-confirm",
        &shell,
        &data,
    )
}

/// Changes the address.
#[post("/account/email/confirm")]
pub(crate) async fn confirm(
    core: web::Data<Core>,
    visitor: Visitor,
    form: Form,
) -> Result<HttpResponse, Problem> {
    let (secret, token) = (core.settings.secret.clone(), form.text("token").to_string());
    core.db
        .write(move |c| email::confirm(c, &secret, &token, visitor.now))
        .await?;
    core.wake_jobs();
    Ok(page::see_other("/account", "account-email-changed"))
}
