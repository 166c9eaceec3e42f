//! Pages for signing in and out, and for a forgotten password.

use actix_web::http::StatusCode;
use actix_web::http::header::LOCATION;
use actix_web::{HttpRequest, HttpResponse, get, post, web};
use backbone_web::{ApiQuery, Fields, Form, Problem};
use serde::Deserialize;
use serde_json::{Value, json};

use super::{LinkPurpose, begin, check_password, consume, link, next_path, request, store};
use crate::authenticate::{SignedIn, Visitor, from_own_page, session_cookie};
use crate::core::Core;
use crate::page::{self, again, public_shell};
use crate::secret::hash_secret;
use crate::{account, email, password, session};

#[derive(Deserialize)]
pub(crate) struct Query {
    #[serde(default)]
    next: String,
    #[serde(default)]
    token: String,
}

fn show(
    core: &Core,
    req: &HttpRequest,
    visitor: &Visitor,
    status: StatusCode,
    template: &str,
    title: &str,
    data: &Value,
) -> Result<HttpResponse, Problem> {
    let title = core
        .renderer
        .text(visitor.lang, title, &backbone_web::Args::new());
    let shell = public_shell(core, req, visitor, None, title);
    page::html(core, status, template, &shell, data)
}

/// The sign-in form.
#[get("/sign-in")]
pub(crate) async fn blank(
    core: web::Data<Core>,
    req: HttpRequest,
    visitor: Visitor,
    query: ApiQuery<Query>,
) -> Result<HttpResponse, Problem> {
    let next = next_path(&query.0.next);
    let kept = next.contains("?kept=") || next.contains("&kept=");
    let data = json!({"form": {"next": next}, "kept": kept, "wrong": {}, "errors": []});
    show(
        &core,
        &req,
        &visitor,
        StatusCode::OK,
        "identity/sign-in",
        "sign-in-title",
        &data,
    )
}

/// Signs in with address and password.
#[post("/sign-in")]
pub(crate) async fn enter(
    core: web::Data<Core>,
    req: HttpRequest,
    visitor: Visitor,
    form: Form,
) -> Result<HttpResponse, Problem> {
    from_own_page(&req, &core)?;
    let person =
        match check_password(&core, &visitor, form.text("email"), form.text("password")).await {
            Ok(person) => person,
            Err(problem) if problem.status == StatusCode::UNPROCESSABLE_ENTITY => {
                let mut values = form.values();
                values.remove("password");
                let data = again(&core, visitor.lang, &values, &problem);
                return show(
                    &core,
                    &req,
                    &visitor,
                    problem.status,
                    "identity/sign-in",
                    "sign-in-title",
                    &data,
                );
            }
            Err(problem) => return Err(problem),
        };
    let (agent, now) = (session::user_agent(&req), visitor.now);
    let secret = core
        .db
        .write(move |c| begin(c, &person, &agent, now))
        .await?;
    Ok(signed_in(&core, secret, next_path(form.text("next"))))
}

/// Leads on with the session's cookie.
pub(crate) fn signed_in(core: &Core, secret: String, next: &str) -> HttpResponse {
    HttpResponse::SeeOther()
        .insert_header((LOCATION, next.to_string()))
        .cookie(session::cookie(&core.settings.base_url, secret))
        .finish()
}

/// Asks for a link to sign in with.
#[post("/sign-in/link")]
pub(crate) async fn ask_link(
    core: web::Data<Core>,
    req: HttpRequest,
    visitor: Visitor,
    form: Form,
) -> Result<HttpResponse, Problem> {
    from_own_page(&req, &core)?;
    ask(
        &core,
        &req,
        &visitor,
        &form,
        LinkPurpose::SignIn,
        ("identity/sign-in", "sign-in-title"),
    )
    .await
}

/// The form for a forgotten password.
#[get("/password/forgot")]
pub(crate) async fn forgot(
    core: web::Data<Core>,
    req: HttpRequest,
    visitor: Visitor,
) -> Result<HttpResponse, Problem> {
    let data = json!({"form": {}, "wrong": {}, "errors": []});
    show(
        &core,
        &req,
        &visitor,
        StatusCode::OK,
        "identity/password-forgot",
        "password-forgot-title",
        &data,
    )
}

/// Asks for a link to choose a new password.
#[post("/password/forgot")]
pub(crate) async fn ask_reset(
    core: web::Data<Core>,
    req: HttpRequest,
    visitor: Visitor,
    form: Form,
) -> Result<HttpResponse, Problem> {
    from_own_page(&req, &core)?;
    ask(
        &core,
        &req,
        &visitor,
        &form,
        LinkPurpose::Reset,
        ("identity/password-forgot", "password-forgot-title"),
    )
    .await
}

async fn ask(
    core: &web::Data<Core>,
    req: &HttpRequest,
    visitor: &Visitor,
    form: &Form,
    purpose: LinkPurpose,
    page: (&str, &str),
) -> Result<HttpResponse, Problem> {
    let mut fields = Fields::new();
    let address = email::read(&mut fields, "email", form.text("email"));
    if let Err(problem) = fields.finish() {
        let data = again(core, visitor.lang, &form.values(), &problem);
        return show(core, req, visitor, problem.status, page.0, page.1, &data);
    }
    let next = next_path(form.text("next")).to_string();
    request(core, visitor, address.clone(), purpose, next).await?;
    let data = json!({"email": address});
    show(
        core,
        req,
        visitor,
        StatusCode::OK,
        "identity/link-sent",
        "link-sent-title",
        &data,
    )
}

/// What the link in the mail opens: a page that is one tap away from signing in, so that mail scanners use nothing up.
#[get("/sign-in/link")]
pub(crate) async fn confirm(
    core: web::Data<Core>,
    req: HttpRequest,
    visitor: Visitor,
    query: ApiQuery<Query>,
) -> Result<HttpResponse, Problem> {
    let name = look(&core, &query.0.token, LinkPurpose::SignIn, &visitor).await?;
    let data = json!({"token": query.0.token, "name": name});
    show(
        &core,
        &req,
        &visitor,
        StatusCode::OK,
        "identity/sign-in-confirm",
        "sign-in-title",
        &data,
    )
}

/// Signs in with the link.
#[post("/sign-in/open")]
pub(crate) async fn open(
    core: web::Data<Core>,
    req: HttpRequest,
    visitor: Visitor,
    form: Form,
) -> Result<HttpResponse, Problem> {
    from_own_page(&req, &core)?;
    let (token, agent, now) = (
        form.text("token").to_string(),
        session::user_agent(&req),
        visitor.now,
    );
    let secret = core.settings.secret.clone();
    let (cookie, next) = core
        .db
        .write(move |conn| {
            let (person, next) = consume(conn, &secret, &token, LinkPurpose::SignIn, now)?;
            Ok::<_, Problem>((begin(conn, &person, &agent, now)?, next))
        })
        .await?;
    Ok(signed_in(&core, cookie, next_path(&next)))
}

async fn look(
    core: &web::Data<Core>,
    token: &str,
    purpose: LinkPurpose,
    visitor: &Visitor,
) -> Result<String, Problem> {
    let (secret, token, now) = (core.settings.secret.clone(), token.to_string(), visitor.now);
    core.db
        .read(move |conn| {
            let (_, person, _) = link::look(conn, &secret, &token, purpose, now)?;
            let account = store::by_id(conn, &person)?.ok_or_else(Problem::not_found)?;
            Ok(account.name)
        })
        .await
}

/// The form for a new password.
#[get("/password/reset")]
pub(crate) async fn reset(
    core: web::Data<Core>,
    req: HttpRequest,
    visitor: Visitor,
    query: ApiQuery<Query>,
) -> Result<HttpResponse, Problem> {
    let name = look(&core, &query.0.token, LinkPurpose::Reset, &visitor).await?;
    let data = json!({"form": {"token": query.0.token}, "name": name, "wrong": {}, "errors": []});
    show(
        &core,
        &req,
        &visitor,
        StatusCode::OK,
        "identity/password-reset",
        "password-reset-title",
        &data,
    )
}

/// Sets a new password with the link, ends every other way in, and signs in.
#[post("/password/reset")]
pub(crate) async fn set_new(
    core: web::Data<Core>,
    req: HttpRequest,
    visitor: Visitor,
    form: Form,
) -> Result<HttpResponse, Problem> {
    from_own_page(&req, &core)?;
    let name = look(&core, form.text("token"), LinkPurpose::Reset, &visitor).await?;
    let mut fields = Fields::new();
    password::check(&mut fields, "password", form.text("password"), &[&name]);
    if let Err(problem) = fields.finish() {
        let mut data = again(
            &core,
            visitor.lang,
            &json!({"token": form.text("token")}),
            &problem,
        );
        data["name"] = json!(name);
        return show(
            &core,
            &req,
            &visitor,
            problem.status,
            "identity/password-reset",
            "password-reset-title",
            &data,
        );
    }
    let hash = password::hash(form.text("password").to_string()).await?;
    let (token, agent, now) = (
        form.text("token").to_string(),
        session::user_agent(&req),
        visitor.now,
    );
    let secret = core.settings.secret.clone();
    let cookie = core
        .db
        .write(move |conn| {
            let (person, _) = consume(conn, &secret, &token, LinkPurpose::Reset, now)?;
            account::set_password(conn, &person, &hash, None, now)?;
            begin(conn, &person, &agent, now)
        })
        .await?;
    Ok(signed_in(&core, cookie, "/"))
}

/// Signs out of this browser.
#[post("/sign-out")]
pub(crate) async fn leave(
    core: web::Data<Core>,
    req: HttpRequest,
) -> Result<HttpResponse, Problem> {
    from_own_page(&req, &core)?;
    if let Some(secret) = session_cookie(&req, &core.settings.base_url) {
        core.db
            .write(move |c| session::end(c, &hash_secret(&secret)))
            .await?;
    }
    Ok(out(&core))
}

/// Signs out everywhere, programs included.
#[post("/sign-out/everywhere")]
pub(crate) async fn leave_everywhere(
    core: web::Data<Core>,
    me: SignedIn,
) -> Result<HttpResponse, Problem> {
    core.db
        .write(move |c| account::end_sign_ins(c, &me.person_id, None, me.now))
        .await?;
    Ok(out(&core))
}

fn out(core: &Core) -> HttpResponse {
    let mut answer = page::see_other("/sign-in", "sign-out-done");
    if let Err(e) = answer.add_cookie(&session::no_cookie(&core.settings.base_url)) {
        tracing::error!(error = %e, "the session's cookie could not be taken away");
    }
    answer
}
