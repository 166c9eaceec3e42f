//! Pages of organizations: the list, one of them, adding and changing.

use actix_web::http::StatusCode;
use actix_web::{HttpRequest, HttpResponse, get, post, web};
use backbone_web::{Args, Form, IfMatch, Lang, Problem};
use serde_json::{Value, json};

use super::{NewOrganization, Organization, OrganizationChange, store};
use crate::actor::Actor;
use crate::authenticate::Allowed;
use crate::core::Core;
use crate::ids::OrganizationId;
use crate::page::{self, again};
use crate::people;
use crate::policy::{EditOrganizations, SeeOrganizations, SeePeople};
use crate::role::{OrganizationRole, Sector};

fn word(core: &Core, lang: Lang, key: &str) -> String {
    core.renderer.text(lang, key, &Args::new())
}

/// The sectors as options of a form.
pub(crate) fn sectors(core: &Core, lang: Lang) -> Value {
    let all = Sector::ALL
        .iter()
        .map(|s| json!({"value": s.as_str(), "label": word(core, lang, &format!("sector-{s}"))}));
    Value::Array(all.collect())
}

fn roles(core: &Core, lang: Lang) -> Value {
    let all = OrganizationRole::ALL.iter().map(|r| {
        json!({"value": r.as_str(), "label": word(core, lang, &format!("organization-role-{r}")),
               "hint": word(core, lang, &format!("organization-role-{r}-hint"))})
    });
    Value::Array(all.collect())
}

fn row(core: &Core, lang: Lang, o: &Organization) -> Value {
    json!({
        "id": o.id, "name": o.name, "website": o.website, "public_name": o.public_name, "active": o.active,
        "role": word(core, lang, &format!("organization-role-{}", o.role)),
        "sector": word(core, lang, &format!("sector-{}", o.sector)),
    })
}

fn html(
    core: &Core,
    req: &HttpRequest,
    actor: &Actor,
    status: StatusCode,
    template: &str,
    title: String,
    mut data: Value,
) -> Result<HttpResponse, Problem> {
    data["slug"] = json!(actor.partnership.slug);
    data["may_edit"] = json!(actor.may::<EditOrganizations>());
    data["may_see_people"] = json!(actor.may::<SeePeople>());
    let shell = page::shell(core, req, actor, "organizations", title);
    page::html(core, status, template, &shell, &data)
}

/// The organizations.
#[get("/p/{partnership}/organizations")]
pub(crate) async fn index(
    core: web::Data<Core>,
    req: HttpRequest,
    actor: Allowed<SeeOrganizations>,
) -> Result<HttpResponse, Problem> {
    let tenant = actor.tenant().to_string();
    let all = core.db.read(move |c| store::all(c, &tenant)).await?;
    let rows = |active: bool| -> Vec<Value> {
        all.iter()
            .filter(|o| o.active == active)
            .map(|o| row(&core, actor.lang, o))
            .collect()
    };
    let data = json!({"organizations": rows(true), "former": rows(false)});
    let title = word(&core, actor.lang, "organizations-title");
    html(
        &core,
        &req,
        &actor,
        StatusCode::OK,
        "identity/organizations",
        title,
        data,
    )
}

fn form_page(
    core: &Core,
    req: &HttpRequest,
    actor: &Actor,
    status: StatusCode,
    id: Option<&OrganizationId>,
    mut data: Value,
) -> Result<HttpResponse, Problem> {
    data["id"] = json!(id);
    data["roles"] = roles(core, actor.lang);
    data["sectors"] = sectors(core, actor.lang);
    let title = word(
        core,
        actor.lang,
        if id.is_some() {
            "organizations-edit"
        } else {
            "organizations-add"
        },
    );
    html(
        core,
        req,
        actor,
        status,
        "identity/organization-form",
        title,
        data,
    )
}

/// The form for a new one.
#[get("/p/{partnership}/organizations/new")]
pub(crate) async fn blank(
    core: web::Data<Core>,
    req: HttpRequest,
    actor: Allowed<EditOrganizations>,
) -> Result<HttpResponse, Problem> {
    let data = json!({"form": {"role": "partner", "sector": "", "public_name": null}, "wrong": {}, "errors": []});
    form_page(&core, &req, &actor, StatusCode::OK, None, data)
}

/// Adds one.
#[post("/p/{partnership}/organizations/new")]
pub(crate) async fn add(
    core: web::Data<Core>,
    req: HttpRequest,
    actor: Allowed<EditOrganizations>,
    form: Form,
) -> Result<HttpResponse, Problem> {
    let actor = actor.into_actor();
    let new = NewOrganization {
        name: form.text("name").into(),
        role: form.text("role").into(),
        sector: form.text("sector").into(),
        website: Some(form.text("website").into()),
        public_name: form.ticked("public_name"),
    };
    let by = actor.clone();
    match core.db.write(move |c| super::add(c, &by, &new)).await {
        Ok(made) => Ok(page::see_other(
            &format!("/p/{}/organizations/{}", actor.partnership.slug, made.id),
            "organizations-added",
        )),
        Err(problem) if page::is_shown_again(&problem) => {
            let data = again(&core, actor.lang, &form.values(), &problem);
            form_page(&core, &req, &actor, problem.status, None, data)
        }
        Err(problem) => Err(problem),
    }
}

async fn one(core: &web::Data<Core>, actor: &Actor, id: &str) -> Result<Organization, Problem> {
    let id = OrganizationId::parse(id).map_err(|_| Problem::not_found())?;
    let tenant = actor.tenant().to_string();
    core.db
        .read(move |c| store::find(c, &tenant, &id))
        .await?
        .ok_or_else(Problem::not_found)
}

/// One organization.
#[get("/p/{partnership}/organizations/{organization}")]
pub(crate) async fn show(
    core: web::Data<Core>,
    req: HttpRequest,
    actor: Allowed<SeeOrganizations>,
    path: web::Path<(String, String)>,
) -> Result<HttpResponse, Problem> {
    let o = one(&core, &actor, &path.1).await?;
    let (tenant, id) = (actor.partnership.id.clone(), o.id.clone());
    let people = core
        .db
        .read(move |c| people::store::of_organization(c, &tenant, &id))
        .await?;
    let data = json!({"organization": row(&core, actor.lang, &o), "version": o.version, "since": o.created_at, "people": people});
    html(
        &core,
        &req,
        &actor,
        StatusCode::OK,
        "identity/organization",
        o.name,
        data,
    )
}

/// The form for changing one.
#[get("/p/{partnership}/organizations/{organization}/edit")]
pub(crate) async fn edit(
    core: web::Data<Core>,
    req: HttpRequest,
    actor: Allowed<EditOrganizations>,
    path: web::Path<(String, String)>,
) -> Result<HttpResponse, Problem> {
    let o = one(&core, &actor, &path.1).await?;
    let data = json!({"wrong": {}, "errors": [], "form": {
        "name": o.name, "role": o.role, "sector": o.sector, "website": o.website, "version": o.version.to_string(),
        "public_name": o.public_name.then_some("true"),
    }});
    form_page(&core, &req, &actor, StatusCode::OK, Some(&o.id), data)
}

/// Changes one.
#[post("/p/{partnership}/organizations/{organization}/edit")]
pub(crate) async fn save(
    core: web::Data<Core>,
    req: HttpRequest,
    actor: Allowed<EditOrganizations>,
    path: web::Path<(String, String)>,
    form: Form,
) -> Result<HttpResponse, Problem> {
    let id = OrganizationId::parse(&path.1).map_err(|_| Problem::not_found())?;
    let actor = actor.into_actor();
    let text = |name: &str| Some(form.text(name).to_string());
    let change = OrganizationChange {
        name: text("name"),
        role: text("role"),
        sector: text("sector"),
        website: text("website"),
        public_name: Some(form.ticked("public_name")),
        active: None,
    };
    let (by, seen, about) = (
        actor.clone(),
        IfMatch(form.text("version").parse().ok()),
        id.clone(),
    );
    match core
        .db
        .write(move |c| super::change(c, &by, &about, seen, &change))
        .await
    {
        Ok(_) => Ok(page::see_other(
            &format!("/p/{}/organizations/{id}", actor.partnership.slug),
            "organizations-saved",
        )),
        Err(problem)
            if page::is_shown_again(&problem)
                || problem.status == StatusCode::PRECONDITION_FAILED =>
        {
            let data = again(&core, actor.lang, &form.values(), &problem);
            form_page(&core, &req, &actor, problem.status, Some(&id), data)
        }
        Err(problem) => Err(problem),
    }
}

/// Ends an organization's taking part, or takes it up again.
#[post("/p/{partnership}/organizations/{organization}/active")]
pub(crate) async fn set_active(
    core: web::Data<Core>,
    actor: Allowed<EditOrganizations>,
    path: web::Path<(String, String)>,
    form: Form,
) -> Result<HttpResponse, Problem> {
    let id = OrganizationId::parse(&path.1).map_err(|_| Problem::not_found())?;
    let actor = actor.into_actor();
    let back = format!("/p/{}/organizations/{id}", actor.partnership.slug);
    let active = form.text("active") == "true";
    let seen = IfMatch(form.text("version").parse().ok());
    let change = OrganizationChange {
        active: Some(active),
        ..OrganizationChange::default()
    };
    core.db
        .write(move |c| super::change(c, &actor, &id, seen, &change))
        .await?;
    Ok(page::see_other(
        &back,
        if active {
            "organizations-reactivated"
        } else {
            "organizations-deactivated"
        },
    ))
}
