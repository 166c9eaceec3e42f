use actix_web::http::StatusCode;
use actix_web::{HttpRequest, HttpResponse, get, post, web};
use backbone_web::{ApiQuery, Args, Form, Problem};
use serde::Deserialize;
use serde_json::{Value, json};

use super::role_words;
use crate::authenticate::{Visitor, from_own_page};
use crate::core::Core;
use crate::page::{self, again, public_shell};
use crate::people::accept::{self, Open};
use crate::sign_in::{begin, pages::signed_in};
use crate::{organizations, session};

#[derive(Deserialize)]
pub(crate) struct Query {
    #[serde(default)]
    token: String,
}

/// What is shown: the invitation, its organization and the one who invites.
async fn look(
    core: &web::Data<Core>,
    visitor: &Visitor,
    token: &str,
) -> Result<(Open, String, String), Problem> {
    let (secret, token, now) = (core.settings.secret.clone(), token.to_string(), visitor.now);
    core.db
        .read(move |c| {
            let open = accept::look(c, &secret, &token, now)?;
            let tenant = open.partnership.id.as_str();
            let organization = match &open.invitation.organization_id {
                Some(id) => organizations::find(c, tenant, id)?.map(|o| o.name),
                None => None,
            };
            let inviter = match &open.invitation.invited_by {
                Some(id) => crate::people::name(c, tenant, id)?,
                None => None,
            };
            Ok((
                open,
                organization.unwrap_or_default(),
                inviter.unwrap_or_default(),
            ))
        })
        .await
}

fn show(
    core: &Core,
    req: &HttpRequest,
    visitor: &Visitor,
    status: StatusCode,
    found: &(Open, String, String),
    mut data: Value,
) -> Result<HttpResponse, Problem> {
    let (open, organization, inviter) = found;
    // In the partnership's language until they choose their own, unless the browser's is asked for.
    data["roles"] = json!(role_words(core, visitor.lang, &open.invitation.roles));
    data["organization"] = json!(organization);
    data["inviter"] = json!(inviter);
    data["email"] = json!(open.invitation.email);
    data["known"] = json!(open.known);
    data["partnership"] = json!(open.partnership.name);
    data["purpose"] = json!(open.partnership.purpose);
    data["languages"] = page::languages();
    let title = core
        .renderer
        .text(visitor.lang, "invitation-title", &Args::new());
    let shell = public_shell(core, req, visitor, Some(&open.partnership), title);
    page::html(core, status, "identity/invitation", &shell, &data)
}

/// What an invitation's link opens. It changes nothing: mail scanners follow links.
#[get("/invitation")]
pub(crate) async fn show_invitation(
    core: web::Data<Core>,
    req: HttpRequest,
    visitor: Visitor,
    query: ApiQuery<Query>,
) -> Result<HttpResponse, Problem> {
    let found = look(&core, &visitor, &query.0.token).await?;
    let form = json!({"token": query.0.token, "name": found.0.invitation.name, "language": visitor.lang.code()});
    show(
        &core,
        &req,
        &visitor,
        StatusCode::OK,
        &found,
        json!({"form": form, "wrong": {}, "errors": []}),
    )
}

/// Accepts it and signs in.
#[post("/invitation")]
pub(crate) async fn accept_invitation(
    core: web::Data<Core>,
    req: HttpRequest,
    visitor: Visitor,
    form: Form,
) -> Result<HttpResponse, Problem> {
    from_own_page(&req, &core)?;
    let token = form.text("token").to_string();
    let found = look(&core, &visitor, &token).await?;
    let (name, language) = (form.text("name"), form.text("language"));
    let read = accept::read(&found.0, name, language, form.text("password"));
    let newcomer = match read.await {
        Ok(newcomer) => newcomer,
        Err(problem) if page::is_shown_again(&problem) => {
            let mut typed = form.values();
            typed.remove("password");
            return show(
                &core,
                &req,
                &visitor,
                problem.status,
                &found,
                again(&core, visitor.lang, &typed, &problem),
            );
        }
        Err(problem) => return Err(problem),
    };
    let (secret, agent, now) = (
        core.settings.secret.clone(),
        session::user_agent(&req),
        visitor.now,
    );
    let (cookie, slug) = core
        .db
        .write(move |conn| {
            let (person, partnership) = accept::accept(conn, &secret, &token, &newcomer, now)?;
            Ok::<_, Problem>((begin(conn, &person, &agent, now)?, partnership.slug))
        })
        .await?;
    Ok(signed_in(&core, cookie, &format!("/p/{slug}")))
}
