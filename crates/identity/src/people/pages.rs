//! Pages of people: members, invitations, and the page behind an invitation's link.

mod accept;

use actix_web::http::StatusCode;
use actix_web::{HttpRequest, HttpResponse, get, post, web};
use backbone_web::{Args, Form, IfMatch, Lang, Problem};
use serde_json::{Value, json};

pub(crate) use accept::{accept_invitation, show_invitation};

use super::store::{self, invitations};
use super::{Member, MemberChange, NewInvitations, invite, member};
use crate::actor::Actor;
use crate::authenticate::Allowed;
use crate::core::Core;
use crate::ids::{InvitationId, MembershipId, OrganizationId};
use crate::organizations;
use crate::page::{self, again};
use crate::policy::{ClosePeople, EditMemberships, InvitePeople, SeePeople};
use crate::role::Role;

fn word(core: &Core, lang: Lang, key: &str) -> String {
    core.renderer.text(lang, key, &Args::new())
}

fn role_key(role: Role) -> String {
    format!("role-{}", role.as_str().replace('_', "-"))
}

fn role_words(core: &Core, lang: Lang, roles: &[Role]) -> String {
    roles
        .iter()
        .map(|r| word(core, lang, &role_key(*r)))
        .collect::<Vec<_>>()
        .join(", ")
}

/// The roles as checkboxes, those of `chosen` ticked. Only administrators see the administrator's.
fn role_choices(core: &Core, actor: &Actor, chosen: &[Role]) -> Value {
    let offered = Role::ALL
        .iter()
        .filter(|r| **r != Role::Admin || actor.has(Role::Admin) || chosen.contains(r));
    let all = offered.map(|r| {
        let key = role_key(*r);
        json!({"value": r.as_str(), "label": word(core, actor.lang, &key), "hint": word(core, actor.lang, &format!("{key}-hint")),
               "id": format!("role-{r}"), "checked": chosen.contains(r)})
    });
    Value::Array(all.collect())
}

fn roles_of(form: &Form) -> Vec<Role> {
    form.all("roles")
        .iter()
        .filter_map(|r| r.parse().ok())
        .collect()
}

fn html(
    core: &Core,
    req: &HttpRequest,
    actor: &Actor,
    status: StatusCode,
    template: &str,
    title: &str,
    mut data: Value,
) -> Result<HttpResponse, Problem> {
    data["slug"] = json!(actor.partnership.slug);
    data["may_edit"] = json!(actor.may::<EditMemberships>());
    data["may_close"] = json!(actor.may::<ClosePeople>());
    let shell = page::shell(
        core,
        req,
        actor,
        "organizations",
        word(core, actor.lang, title),
    );
    page::html(core, status, template, &shell, &data)
}

async fn organization_options(core: &web::Data<Core>, actor: &Actor) -> Result<Value, Problem> {
    let tenant = actor.tenant().to_string();
    let all = core
        .db
        .read(move |c| organizations::list(c, &tenant))
        .await?;
    Ok(all
        .into_iter()
        .map(|o| json!({"value": o.id, "label": o.name}))
        .collect())
}

fn organization_of<'a>(options: &'a Value, id: Option<&OrganizationId>) -> &'a str {
    let found = options.as_array().and_then(|all| {
        all.iter()
            .find(|o| o["value"].as_str() == id.map(OrganizationId::as_str))
    });
    found.and_then(|o| o["label"].as_str()).unwrap_or("")
}

fn row(core: &Core, lang: Lang, m: &Member, options: &Value) -> Value {
    json!({
        "id": m.id, "name": m.name, "email": m.email, "active": m.active, "initials": page::initials(&m.name),
        "roles": role_words(core, lang, &m.roles), "organization": organization_of(options, m.organization_id.as_ref()),
    })
}

/// The members.
#[get("/p/{partnership}/people")]
pub(crate) async fn index(
    core: web::Data<Core>,
    req: HttpRequest,
    actor: Allowed<SeePeople>,
) -> Result<HttpResponse, Problem> {
    let options = organization_options(&core, &actor).await?;
    let tenant = actor.tenant().to_string();
    let all = core.db.read(move |c| store::all(c, &tenant)).await?;
    let rows = |active: bool| -> Vec<Value> {
        all.iter()
            .filter(|m| m.active == active)
            .map(|m| row(&core, actor.lang, m, &options))
            .collect()
    };
    let data = json!({"members": rows(true), "former": rows(false)});
    html(
        &core,
        &req,
        &actor,
        StatusCode::OK,
        "identity/people",
        "people-title",
        data,
    )
}

async fn invitations_page(
    core: &web::Data<Core>,
    req: &HttpRequest,
    actor: &Actor,
    status: StatusCode,
    chosen: &[Role],
    mut data: Value,
) -> Result<HttpResponse, Problem> {
    let options = organization_options(core, actor).await?;
    let tenant = actor.tenant().to_string();
    let all = core
        .db
        .read(move |c| invitations::page(c, &tenant, None, 200))
        .await?;
    let rows: Vec<Value> = all
        .iter()
        .map(|i| {
            let status = i.status(actor.now);
            json!({"id": i.id, "email": i.email, "name": i.name, "roles": role_words(core, actor.lang, &i.roles),
                   "organization": organization_of(&options, i.organization_id.as_ref()), "sent": i.created_at, "until": i.expires_at,
                   "status": word(core, actor.lang, &format!("invitation-{status}")),
                   "tone": match status { "accepted" => "good", "open" => "watch", _ => "stale" },
                   "pending": matches!(status, "open" | "expired")})
        })
        .collect();
    data["invitations"] = json!(rows);
    data["organizations"] = options;
    data["roles"] = role_choices(core, actor, chosen);
    html(
        core,
        req,
        actor,
        status,
        "identity/invitations",
        "people-invite-title",
        data,
    )
}

/// The invitations, and a form for new ones.
#[get("/p/{partnership}/invitations")]
pub(crate) async fn invitation_list(
    core: web::Data<Core>,
    req: HttpRequest,
    actor: Allowed<SeePeople>,
) -> Result<HttpResponse, Problem> {
    let data = json!({"form": {}, "wrong": {}, "errors": []});
    invitations_page(
        &core,
        &req,
        &actor,
        StatusCode::OK,
        &[Role::Contributor],
        data,
    )
    .await
}

/// Invites people.
#[post("/p/{partnership}/invitations")]
pub(crate) async fn invite_people(
    core: web::Data<Core>,
    req: HttpRequest,
    actor: Allowed<InvitePeople>,
    form: Form,
) -> Result<HttpResponse, Problem> {
    let actor = actor.into_actor();
    super::api::count(&core, &actor).await?;
    let new = NewInvitations {
        people: form.text("people").into(),
        roles: roles_of(&form),
        organization_id: form.text("organization_id").parse().ok(),
    };
    let (by, chosen) = (actor.clone(), new.roles.clone());
    match core.db.write(move |c| invite::invite(c, &by, &new)).await {
        Ok(_) => {
            core.wake_jobs();
            Ok(page::see_other(
                &format!("/p/{}/invitations", actor.partnership.slug),
                "people-invited",
            ))
        }
        Err(problem) if page::is_shown_again(&problem) => {
            let data = again(&core, actor.lang, &form.values(), &problem);
            invitations_page(&core, &req, &actor, problem.status, &chosen, data).await
        }
        Err(problem) => Err(problem),
    }
}

/// Sends an invitation once more.
#[post("/p/{partnership}/invitations/{invitation}/resend")]
pub(crate) async fn resend(
    core: web::Data<Core>,
    actor: Allowed<InvitePeople>,
    path: web::Path<(String, String)>,
) -> Result<HttpResponse, Problem> {
    let id = InvitationId::parse(&path.1).map_err(|_| Problem::not_found())?;
    let actor = actor.into_actor();
    super::api::count(&core, &actor).await?;
    let back = format!("/p/{}/invitations", actor.partnership.slug);
    core.db
        .write(move |c| invite::resend(c, &actor, &id))
        .await?;
    core.wake_jobs();
    Ok(page::see_other(&back, "people-invited"))
}

/// Takes an invitation back.
#[post("/p/{partnership}/invitations/{invitation}/revoke")]
pub(crate) async fn revoke(
    core: web::Data<Core>,
    actor: Allowed<InvitePeople>,
    path: web::Path<(String, String)>,
) -> Result<HttpResponse, Problem> {
    let id = InvitationId::parse(&path.1).map_err(|_| Problem::not_found())?;
    let actor = actor.into_actor();
    let back = format!("/p/{}/invitations", actor.partnership.slug);
    core.db
        .write(move |c| invite::revoke(c, &actor, &id))
        .await?;
    Ok(page::see_other(&back, "people-invitation-revoked"))
}

async fn member_page(
    core: &web::Data<Core>,
    req: &HttpRequest,
    actor: &Actor,
    status: StatusCode,
    m: &Member,
    mut data: Value,
) -> Result<HttpResponse, Problem> {
    let options = organization_options(core, actor).await?;
    data["member"] = row(core, actor.lang, m, &options);
    data["organizations"] = options;
    html(
        core,
        req,
        actor,
        status,
        "identity/member",
        "people-member-title",
        data,
    )
}

async fn one(core: &web::Data<Core>, actor: &Actor, id: &str) -> Result<Member, Problem> {
    let id = MembershipId::parse(id).map_err(|_| Problem::not_found())?;
    let tenant = actor.tenant().to_string();
    core.db
        .read(move |c| store::find(c, &tenant, &id))
        .await?
        .ok_or_else(Problem::not_found)
}

/// One member.
#[get("/p/{partnership}/people/{member}")]
pub(crate) async fn show(
    core: web::Data<Core>,
    req: HttpRequest,
    actor: Allowed<SeePeople>,
    path: web::Path<(String, String)>,
) -> Result<HttpResponse, Problem> {
    let m = one(&core, &actor, &path.1).await?;
    let form = json!({"organization_id": m.organization_id, "version": m.version.to_string()});
    let data = json!({"form": form, "wrong": {}, "errors": [], "roles": role_choices(&core, &actor, &m.roles)});
    member_page(&core, &req, &actor, StatusCode::OK, &m, data).await
}

/// Changes a member.
#[post("/p/{partnership}/people/{member}")]
pub(crate) async fn save(
    core: web::Data<Core>,
    req: HttpRequest,
    actor: Allowed<EditMemberships>,
    path: web::Path<(String, String)>,
    form: Form,
) -> Result<HttpResponse, Problem> {
    let actor = actor.into_actor();
    let m = one(&core, &actor, &path.1).await?;
    let ending = form.text("active");
    let change = if ending.is_empty() {
        MemberChange {
            roles: Some(roles_of(&form)),
            organization_id: Some(form.text("organization_id").into()),
            active: None,
        }
    } else {
        MemberChange {
            active: Some(ending == "true"),
            ..MemberChange::default()
        }
    };
    let (by, id, seen) = (
        actor.clone(),
        m.id.clone(),
        IfMatch(form.text("version").parse().ok()),
    );
    match core
        .db
        .write(move |c| member::change(c, &by, &id, seen, &change))
        .await
    {
        Ok(_) => Ok(page::see_other(
            &format!("/p/{}/people", actor.partnership.slug),
            "people-saved",
        )),
        Err(problem)
            if page::is_shown_again(&problem)
                || problem.status == StatusCode::PRECONDITION_FAILED =>
        {
            let mut data = again(&core, actor.lang, &form.values(), &problem);
            data["roles"] = role_choices(&core, &actor, &roles_of(&form));
            member_page(&core, &req, &actor, problem.status, &m, data).await
        }
        Err(problem) => Err(problem),
    }
}

/// Closes a member's account, or erases who it was.
#[post("/p/{partnership}/people/{member}/{end}")]
pub(crate) async fn end(
    core: web::Data<Core>,
    req: HttpRequest,
    actor: Allowed<ClosePeople>,
    path: web::Path<(String, String, String)>,
) -> Result<HttpResponse, Problem> {
    let actor = actor.into_actor();
    let m = one(&core, &actor, &path.1).await?;
    let erase = match path.2.as_str() {
        "close" => false,
        "erase" => true,
        _ => return Err(Problem::not_found()),
    };
    let (by, id) = (actor.clone(), m.id.clone());
    let done = core
        .db
        .write(move |c| {
            if erase {
                member::erase(c, &by, &id)
            } else {
                member::close(c, &by, &id)
            }
        })
        .await;
    match done {
        Ok(()) => Ok(page::see_other(
            &format!("/p/{}/people", actor.partnership.slug),
            if erase {
                "people-erased"
            } else {
                "people-closed"
            },
        )),
        Err(problem) if page::is_shown_again(&problem) => {
            let form =
                json!({"organization_id": m.organization_id, "version": m.version.to_string()});
            let mut data = again(&core, actor.lang, &form, &problem);
            data["roles"] = role_choices(&core, &actor, &m.roles);
            member_page(&core, &req, &actor, problem.status, &m, data).await
        }
        Err(problem) => Err(problem),
    }
}
