//! Asking for another address, and the page that the mailed link opens.

use actix_web::http::StatusCode;
use actix_web::{HttpRequest, HttpResponse, get, post, web};
use backbone_jobs::enqueue;
use backbone_web::{ApiQuery, Fields, Form, Problem};
use serde::Deserialize;
use serde_json::json;

use super::email::{self, SendEmailChange};
use super::pages::{profile, show};
use crate::authenticate::{SignedIn, Visitor};
use crate::core::Core;
use crate::page::{self, again};
use crate::sign_in::{self, store::by_id};
use crate::{limit, password};

/// Asks for another address; says the same whether or not it is somebody's.
#[post("/account/email")]
pub(crate) async fn ask(
    core: web::Data<Core>,
    req: HttpRequest,
    me: SignedIn,
    form: Form,
) -> Result<HttpResponse, Problem> {
    let mut fields = Fields::new();
    let address = crate::email::read(&mut fields, "new_email", form.text("new_email"));
    if address == me.email {
        fields.fail("new_email", "email-same");
    }
    let id = me.person_id.clone();
    let account = core
        .db
        .read(move |c| by_id(c, &id))
        .await?
        .ok_or_else(Problem::unauthenticated)?;
    let limits = [
        (limit::LINK_ACCOUNT, me.email.clone()),
        (limit::LINK_ADDRESS, me.person_id.to_string()),
    ];
    sign_in::count(&core, limits, me.now).await?;
    if account.password_hash.is_some() {
        let typed = form.text("email_password").to_string();
        if !password::verify(typed, account.password_hash).await? {
            fields.fail("email_password", "password-wrong");
        }
    }
    if let Err(problem) = fields.finish() {
        let mut data = again(&core, me.lang, &json!({}), &problem);
        data["form"] = profile(&me)["form"].clone();
        data["form"]["new_email"] = json!(form.text("new_email"));
        return show(&core, &req, &me, problem.status, data).await;
    }
    let (job, now) = (
        SendEmailChange {
            person_id: me.person_id.clone(),
            email: address,
        },
        me.now,
    );
    core.db
        .write(move |c| enqueue::<Core, SendEmailChange>(c, None, &job, now))
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
