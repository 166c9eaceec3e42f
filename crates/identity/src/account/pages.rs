//! The page of one's own account.

use actix_web::http::StatusCode;
use actix_web::http::header::CONTENT_DISPOSITION;
use actix_web::{HttpRequest, HttpResponse, get, post, web};
use backbone_web::{Args, Form, Problem};
use serde_json::{Value, json};

use super::{export, own};
use crate::access_link;
use crate::authenticate::SignedIn;
use crate::core::Core;
use crate::page::{self, again, own_shell};
use crate::people::store::memberships_of;
use crate::session;
use crate::sign_in::store::by_id;

pub(super) async fn show(
    core: &web::Data<Core>,
    req: &HttpRequest,
    me: &SignedIn,
    status: StatusCode,
    form: Value,
) -> Result<HttpResponse, Problem> {
    let (id, session, now) = (me.person_id.clone(), me.session.clone(), me.now);
    let (sessions, partnerships, has_password, links) = core
        .db
        .read(move |c| {
            let partnerships: Vec<Value> = memberships_of(c, &id)?
                .into_iter()
                .filter(|m| m.active)
                .map(|m| json!({"name": m.partnership, "slug": m.slug}))
                .collect();
            let account = by_id(c, &id)?;
            let has_password = account.is_some_and(|a| a.password_hash.is_some());
            Ok::<_, Problem>((
                session::list(c, &id, session.as_deref(), now)?,
                partnerships,
                has_password,
                access_link::held(c, &id, now)?,
            ))
        })
        .await?;
    let mut data = form;
    if data["form"]["new_email"].is_null() {
        data["form"]["new_email"] = json!("");
    }
    data["operator"] = json!(me.operator);
    data["email"] = json!(me.email);
    data["sessions"] = json!(sessions);
    let shown = |l: &access_link::Held| {
        let purpose = l.purpose.as_str().replace('_', "-");
        let key = format!("account-link-{purpose}");
        let what = core.renderer.text(me.lang, &key, &Args::new());
        json!({"id": l.id, "what": what, "partnership": l.partnership, "made": l.created_at, "until": l.expires_at})
    };
    data["links"] = links.iter().map(shown).collect();
    data["partnerships"] = json!(partnerships);
    data["has_password"] = json!(has_password);
    data["languages"] = page::languages();
    page::html(
        core,
        status,
        "identity/account",
        &own_shell(core, req, me, "account-title"),
        &data,
    )
}

pub(super) fn profile(me: &SignedIn) -> Value {
    json!({"form": {"name": me.name, "language": me.lang.code()}, "wrong": {}, "errors": []})
}

/// The account.
#[get("/account")]
pub(crate) async fn index(
    core: web::Data<Core>,
    req: HttpRequest,
    me: SignedIn,
) -> Result<HttpResponse, Problem> {
    let form = profile(&me);
    show(&core, &req, &me, StatusCode::OK, form).await
}

/// Changes name and language.
#[post("/account")]
pub(crate) async fn change(
    core: web::Data<Core>,
    req: HttpRequest,
    me: SignedIn,
    form: Form,
) -> Result<HttpResponse, Problem> {
    let (name, lang) = match own::read_profile(form.text("name"), form.text("language")) {
        Ok(read) => read,
        Err(problem) => {
            let form = again(&core, me.lang, &form.values(), &problem);
            return show(&core, &req, &me, problem.status, form).await;
        }
    };
    let id = me.person_id.clone();
    core.db
        .write(move |c| super::set_profile(c, &id, &name, lang))
        .await?;
    Ok(page::see_other("/account", "account-saved"))
}

/// Sets or changes the password.
#[post("/account/password")]
pub(crate) async fn change_password(
    core: web::Data<Core>,
    req: HttpRequest,
    me: SignedIn,
    form: Form,
) -> Result<HttpResponse, Problem> {
    let (old, new) = (form.text("old_password"), form.text("new_password"));
    match own::set_password(&core, &me, old, new).await {
        Ok(()) => Ok(page::see_other("/account", "account-password-saved")),
        Err(problem) if page::is_shown_again(&problem) => {
            let mut data = again(&core, me.lang, &json!({}), &problem);
            data["form"] = profile(&me)["form"].clone();
            show(&core, &req, &me, problem.status, data).await
        }
        Err(problem) => Err(problem),
    }
}

/// Ends one session.
#[post("/account/sessions/{session}/end")]
pub(crate) async fn end_session(
    core: web::Data<Core>,
    me: SignedIn,
    path: web::Path<String>,
) -> Result<HttpResponse, Problem> {
    let session = path.into_inner();
    let ended = core
        .db
        .write(move |c| session::end_one(c, &me.person_id, &session))
        .await?;
    if !ended {
        return Err(Problem::not_found());
    }
    Ok(page::see_other("/account", "account-session-ended"))
}

/// Everything kept about oneself, as a file.
#[get("/account/data")]
pub(crate) async fn own_data(core: web::Data<Core>, me: SignedIn) -> Result<HttpResponse, Problem> {
    let data = core
        .db
        .read(move |c| export::gather(c, &me.person_id, me.now))
        .await?;
    Ok(HttpResponse::Ok()
        .insert_header((CONTENT_DISPOSITION, "attachment; filename=\"my-data.json\""))
        .json(data))
}

/// Erases the own account; the address typed again is the confirmation.
#[post("/account/erase")]
pub(crate) async fn erase(
    core: web::Data<Core>,
    req: HttpRequest,
    me: SignedIn,
    form: Form,
) -> Result<HttpResponse, Problem> {
    match own::erase(&core, &me, form.text("erase_email")).await {
        Ok(()) => {
            let mut answer = page::see_other("/sign-in", "account-erased");
            answer
                .add_cookie(&session::no_cookie(&core.settings.base_url))
                .map_err(Problem::internal)?;
            Ok(answer)
        }
        Err(problem) if page::is_shown_again(&problem) => {
            let mut data = again(&core, me.lang, &json!({}), &problem);
            data["form"] = profile(&me)["form"].clone();
            show(&core, &req, &me, problem.status, data).await
        }
        Err(problem) => Err(problem),
    }
}
