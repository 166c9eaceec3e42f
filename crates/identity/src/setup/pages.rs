//! The set-up wizard: person, partnership, backbone organization.

use actix_web::http::StatusCode;
use actix_web::{HttpRequest, HttpResponse, get, post, web};
use backbone_web::{ApiQuery, Args, Form, Problem};
use serde::Deserialize;
use serde_json::{Value, json};

use super::{first_person, guard, read_person};
use crate::authenticate::{Allowed, Visitor, from_own_page};
use crate::core::Core;
use crate::organizations::{self, NewOrganization};
use crate::page::{self, again, public_shell};
use crate::policy::EditOrganizations;
use crate::role::OrganizationRole;
use crate::session;
use crate::sign_in::{begin, pages::signed_in};

#[derive(Deserialize)]
pub(crate) struct Query {
    #[serde(default)]
    token: String,
}

fn person_page(
    core: &Core,
    req: &HttpRequest,
    visitor: &Visitor,
    status: StatusCode,
    mut data: Value,
) -> Result<HttpResponse, Problem> {
    data["languages"] = page::languages();
    let title = core
        .renderer
        .text(visitor.lang, "setup-title", &Args::new());
    let shell = public_shell(core, req, visitor, None, title);
    page::html(core, status, "identity/setup-person", &shell, &data)
}

/// The first step: who are you?
#[get("/setup")]
pub(crate) async fn blank(
    core: web::Data<Core>,
    req: HttpRequest,
    visitor: Visitor,
    query: ApiQuery<Query>,
) -> Result<HttpResponse, Problem> {
    guard(&core, &query.0.token).await?;
    let form = json!({"token": query.0.token, "language": visitor.lang.code()});
    person_page(
        &core,
        &req,
        &visitor,
        StatusCode::OK,
        json!({"form": form, "wrong": {}, "errors": []}),
    )
}

/// Makes the first account and leads on to the partnership.
#[post("/setup")]
pub(crate) async fn make(
    core: web::Data<Core>,
    req: HttpRequest,
    visitor: Visitor,
    form: Form,
) -> Result<HttpResponse, Problem> {
    from_own_page(&req, &core)?;
    guard(&core, form.text("token")).await?;
    let word = |name: &str| form.text(name);
    let read = read_person(
        word("name"),
        word("email"),
        word("language"),
        word("password"),
    );
    let person = match read.await {
        Ok(person) => person,
        Err(problem) if page::is_shown_again(&problem) => {
            let mut typed = form.values();
            typed.remove("password");
            return person_page(
                &core,
                &req,
                &visitor,
                problem.status,
                again(&core, visitor.lang, &typed, &problem),
            );
        }
        Err(problem) => return Err(problem),
    };
    let (agent, now) = (session::user_agent(&req), visitor.now);
    let secret = core
        .db
        .write(move |conn| {
            let id = first_person(conn, &person, now)?;
            begin(conn, &id, &agent, now)
        })
        .await?;
    Ok(signed_in(&core, secret, "/partnerships/new"))
}

fn organization_page(
    core: &Core,
    req: &HttpRequest,
    actor: &crate::Actor,
    status: StatusCode,
    mut data: Value,
) -> Result<HttpResponse, Problem> {
    data["slug"] = json!(actor.partnership.slug);
    data["sectors"] = organizations::pages::sectors(core, actor.lang);
    let title = core
        .renderer
        .text(actor.lang, "setup-organization-title", &Args::new());
    let shell = page::shell(core, req, actor, "", title);
    page::html(core, status, "identity/setup-organization", &shell, &data)
}

/// The last step: the organization that coordinates.
#[get("/p/{partnership}/setup")]
pub(crate) async fn organization(
    core: web::Data<Core>,
    req: HttpRequest,
    actor: Allowed<EditOrganizations>,
) -> Result<HttpResponse, Problem> {
    let data = json!({"form": {"sector": "civil"}, "wrong": {}, "errors": []});
    organization_page(&core, &req, &actor, StatusCode::OK, data)
}

/// Adds the backbone organization, to which the founder then belongs.
#[post("/p/{partnership}/setup")]
pub(crate) async fn add_organization(
    core: web::Data<Core>,
    req: HttpRequest,
    actor: Allowed<EditOrganizations>,
    form: Form,
) -> Result<HttpResponse, Problem> {
    let actor = actor.into_actor();
    let new = NewOrganization {
        name: form.text("name").into(),
        role: OrganizationRole::Backbone.as_str().into(),
        sector: form.text("sector").into(),
        website: Some(form.text("website").into()),
        public_name: true,
    };
    let by = actor.clone();
    let added = core
        .db
        .write(move |conn| {
            let made = organizations::add(conn, &by, &new)?;
            if let (Some(person), None) = (&by.person_id, &by.organization_id) {
                crate::people::store::set_organization(conn, &by.partnership.id, person, &made.id)?;
            }
            Ok::<_, Problem>(made)
        })
        .await;
    match added {
        Ok(_) => Ok(page::see_other(
            &format!("/p/{}", actor.partnership.slug),
            "setup-done",
        )),
        Err(problem) if page::is_shown_again(&problem) => {
            let data = again(&core, actor.lang, &form.values(), &problem);
            organization_page(&core, &req, &actor, problem.status, data)
        }
        Err(problem) => Err(problem),
    }
}
