use std::collections::BTreeMap;

use actix_web::http::StatusCode;
use actix_web::{HttpRequest, HttpResponse, get, post, web};
use backbone_db::DbError;
use backbone_identity::{Actor, Allowed, Core, directory, page};
use backbone_web::{Form, IfMatch, Problem};
use serde_json::{Value, json};

use super::api::parse_id;
use super::{Body, BodyId, BodyKind, NewBody, edit, store};
use crate::error::Error;
use crate::people::{members, name_of};
use crate::policy::{ManageBodies, SeeDecisions};
use crate::seat::{Seat, SeatKind, store as seats};
use crate::view::{Say, fresh, organization_name, show, some, typed};

const FIELDS: &[&str] = &[
    "kind",
    "name",
    "charter",
    "remit",
    "parent_id",
    "time_zone",
    "seats_each",
    "active",
];

/// The bodies, those below others beneath them.
#[get("/p/{partnership}/bodies")]
async fn index(
    core: web::Data<Core>,
    req: HttpRequest,
    actor: Allowed<SeeDecisions>,
) -> Result<HttpResponse, Problem> {
    let tenant = actor.tenant().to_string();
    let (bodies, all_seats) = core
        .db
        .read(move |c| Ok::<_, DbError>((store::all(c, &tenant)?, seats::all(c, &tenant)?)))
        .await?;
    let say = Say::new(&core, actor.lang);
    let mut rows = Vec::new();
    below(&say, &bodies, &all_seats, None, 0, &mut rows);
    let data = json!({"bodies": rows, "tab": "bodies"});
    let title = say.word("bodies-title");
    show(
        &core,
        &req,
        &actor,
        StatusCode::OK,
        "decisions/bodies",
        title,
        data,
    )
}

/// Rows of the bodies below `parent`, each followed by those below it.
fn below(
    say: &Say,
    bodies: &[Body],
    all: &[Seat],
    parent: Option<&BodyId>,
    depth: usize,
    rows: &mut Vec<Value>,
) {
    if depth > 8 {
        return;
    }
    for body in bodies.iter().filter(|b| b.parent_id.as_ref() == parent) {
        let own = || {
            all.iter()
                .filter(|s| s.body_id == body.id && s.kind == SeatKind::Member)
        };
        let vacant = own().filter(|s| s.is_vacant()).count() as i64;
        rows.push(json!({
            "id": body.id, "name": body.name, "kind": say.of("body-kind", body.kind.as_str()), "remit": body.remit,
            "indent": "— ".repeat(depth), "seats": own().count(), "active": body.active,
            "vacant": (vacant > 0).then(|| say.count("bodies-vacant", vacant)),
        }));
        below(say, bodies, all, Some(&body.id), depth + 1, rows);
    }
}

/// One body: what it may decide, who sits in it, what stands below it.
#[get("/p/{partnership}/bodies/{body}")]
async fn one(
    core: web::Data<Core>,
    req: HttpRequest,
    actor: Allowed<SeeDecisions>,
    path: web::Path<(String, String)>,
) -> Result<HttpResponse, Problem> {
    let (tenant, id) = (actor.tenant().to_string(), parse_id(&path.1)?);
    let (body, bodies, own, organizations, people) = core
        .db
        .read(move |c| {
            let body = store::find(c, &tenant, &id)?.ok_or(Error::NotFound)?;
            let own = seats::of_body(c, &tenant, &id)?;
            let organizations = directory::organizations(c, &tenant)?;
            Ok::<_, Error>((
                body,
                store::all(c, &tenant)?,
                own,
                organizations,
                members(c, &tenant)?,
            ))
        })
        .await
        .map_err(Problem::from)?;
    let say = Say::new(&core, actor.lang);
    let rows: Vec<Value> = own
        .iter()
        .map(|s| {
            let card = organizations.iter().find(|o| Some(&o.id) == s.organization_id.as_ref());
            let holder = name_of(&people, s.person_id.as_ref());
            json!({
                "id": s.id, "title": s.title, "kind": say.of("seat-kind", s.kind.as_str()), "weight": s.weight,
                "organization": organization_name(&organizations, s.organization_id.as_ref()),
                "sector": card.map(|c| say.of("sector", c.sector.as_str())),
                "holder": if holder.is_empty() { s.guest_name.clone().unwrap_or_default() } else { holder },
                "alternate": name_of(&people, s.alternate_id.as_ref()), "until": s.term_ends, "vacant": s.is_vacant(),
            })
        })
        .collect();
    let named = |id: &BodyId| bodies.iter().find(|b| &b.id == id).map(|b| b.name.clone());
    let children: Vec<Value> = bodies
        .iter()
        .filter(|b| b.parent_id.as_ref() == Some(&body.id))
        .map(|b| json!({"id": b.id, "name": b.name, "remit": b.remit}))
        .collect();
    let data = json!({
        "body": body, "kind": say.of("body-kind", body.kind.as_str()), "seats": rows, "children": children,
        "parent": body.parent_id.as_ref().and_then(named),
        "votes": own.iter().any(|s| s.weight != 1),
    });
    show(
        &core,
        &req,
        &actor,
        StatusCode::OK,
        "decisions/body",
        body.name.clone(),
        data,
    )
}

async fn form_page(
    core: &Core,
    req: &HttpRequest,
    actor: &Actor,
    status: StatusCode,
    own: Option<&Body>,
    mut data: Value,
) -> Result<HttpResponse, Problem> {
    let tenant = actor.tenant().to_string();
    let bodies = core.db.read(move |c| store::all(c, &tenant)).await?;
    let say = Say::new(core, actor.lang);
    let others = bodies
        .iter()
        .filter(|b| b.active && Some(&b.id) != own.map(|o| &o.id));
    data["parents"] = others
        .map(|b| json!({"value": b.id, "label": b.name}))
        .collect();
    data["kinds"] = say.options("body-kind", BodyKind::ALL.iter().map(|k| k.as_str()));
    data["body"] = json!(own);
    let title = say.word(if own.is_some() {
        "body-edit"
    } else {
        "body-new"
    });
    show(core, req, actor, status, "decisions/body-form", title, data)
}

#[get("/p/{partnership}/bodies/new")]
async fn blank(
    core: web::Data<Core>,
    req: HttpRequest,
    actor: Allowed<ManageBodies>,
) -> Result<HttpResponse, Problem> {
    let mut form: BTreeMap<String, String> = FIELDS
        .iter()
        .map(|f| (f.to_string(), String::new()))
        .collect();
    form.insert("kind".into(), "working_group".into());
    form.insert("time_zone".into(), actor.partnership.time_zone.clone());
    form.insert("seats_each".into(), "1".into());
    form_page(
        &core,
        &req,
        &actor,
        StatusCode::OK,
        None,
        fresh(json!(form)),
    )
    .await
}

fn read(form: &Form) -> NewBody {
    NewBody {
        kind: form.text("kind").into(),
        name: form.text("name").into(),
        charter: form.text("charter").into(),
        remit: form.text("remit").into(),
        parent_id: some(form.text("parent_id")),
        time_zone: some(form.text("time_zone")),
        seats_each: some(form.text("seats_each")).map(|n| n.parse().unwrap_or(0)),
        active: None,
    }
}

#[post("/p/{partnership}/bodies/new")]
async fn create(
    core: web::Data<Core>,
    req: HttpRequest,
    actor: Allowed<ManageBodies>,
    form: Form,
) -> Result<HttpResponse, Problem> {
    let (actor, input) = (actor.into_actor(), read(&form));
    let by = actor.clone();
    match core
        .db
        .write(move |c| edit::create(c, &by, &input))
        .await
        .map_err(Problem::from)
    {
        Ok(made) => {
            let to = format!("/p/{}/bodies/{}", actor.partnership.slug, made.id);
            Ok(page::see_other(&to, "body-created"))
        }
        Err(p) if page::is_shown_again(&p) => {
            let data = page::again(&core, actor.lang, &typed(&form, FIELDS), &p);
            form_page(&core, &req, &actor, p.status, None, data).await
        }
        Err(p) => Err(p),
    }
}

async fn found(core: &Core, actor: &Actor, id: &str) -> Result<Body, Problem> {
    let (tenant, id) = (actor.tenant().to_string(), parse_id(id)?);
    let body = core.db.read(move |c| store::find(c, &tenant, &id)).await?;
    body.ok_or_else(Problem::not_found)
}

#[get("/p/{partnership}/bodies/{body}/edit")]
async fn edit_form(
    core: web::Data<Core>,
    req: HttpRequest,
    actor: Allowed<ManageBodies>,
    path: web::Path<(String, String)>,
) -> Result<HttpResponse, Problem> {
    let body = found(&core, &actor, &path.1).await?;
    let data = fresh(json!(body));
    form_page(&core, &req, &actor, StatusCode::OK, Some(&body), data).await
}

#[post("/p/{partnership}/bodies/{body}/edit")]
async fn save(
    core: web::Data<Core>,
    req: HttpRequest,
    actor: Allowed<ManageBodies>,
    path: web::Path<(String, String)>,
    form: Form,
) -> Result<HttpResponse, Problem> {
    let actor = actor.into_actor();
    let body = found(&core, &actor, &path.1).await?;
    let seen = IfMatch(form.text("version").parse().ok());
    let input = NewBody {
        active: Some(form.ticked("active")),
        ..read(&form)
    };
    let (by, id) = (actor.clone(), body.id.clone());
    let saved = core
        .db
        .write(move |c| edit::change(c, &by, &id, seen, &input))
        .await;
    match saved.map_err(Problem::from) {
        Ok(saved) => {
            let to = format!("/p/{}/bodies/{}", actor.partnership.slug, saved.id);
            Ok(page::see_other(&to, "body-saved"))
        }
        Err(p) if page::is_shown_again(&p) => {
            let data = page::again(&core, actor.lang, &typed(&form, FIELDS), &p);
            form_page(&core, &req, &actor, p.status, Some(&body), data).await
        }
        Err(p) => Err(p),
    }
}

/// Mounts the pages; fixed words come before identifiers.
pub(crate) fn mount(cfg: &mut web::ServiceConfig) {
    cfg.service(index)
        .service(blank)
        .service(create)
        .service(one)
        .service(edit_form)
        .service(save);
}
