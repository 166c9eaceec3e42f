use std::collections::BTreeMap;

use actix_web::http::StatusCode;
use actix_web::{HttpRequest, HttpResponse, get, post, web};
use backbone_db::DbError;
use backbone_identity::{Actor, Allowed, Core, directory, page};
use backbone_web::{Form, IfMatch, Problem};
use serde_json::{Value, json};

use super::api::parse_id;
use super::{
    HandOver, HandOverId, NewSeat, Passing, Seat, SeatKind, Section, Term, pass, place, store,
};
use crate::body::api::parse_id as parse_body;
use crate::body::{Body, store as bodies};
use crate::error::Error;
use crate::people::{members, name_of};
use crate::policy::{ManageBodies, SeeDecisions};
use crate::view::{Say, fresh, organization_name, organization_options, show, some, typed};

const FIELDS: &[&str] = &[
    "kind",
    "title",
    "organization_id",
    "person_id",
    "alternate_id",
    "guest_name",
    "guest_email",
    "weight",
    "term_starts",
    "term_ends",
    "rotation_months",
];

async fn form_page(
    core: &Core,
    req: &HttpRequest,
    actor: &Actor,
    status: StatusCode,
    body: &Body,
    own: Option<&Seat>,
    mut data: Value,
) -> Result<HttpResponse, Problem> {
    let tenant = actor.tenant().to_string();
    let (organizations, people) = core
        .db
        .read(move |c| {
            Ok::<_, DbError>((directory::organizations(c, &tenant)?, members(c, &tenant)?))
        })
        .await?;
    let say = Say::new(core, actor.lang);
    let rotation = own.map(Seat::turns).unwrap_or_default();
    let label = |m: &crate::people::Member| match organization_name(
        &organizations,
        m.organization_id.as_ref(),
    ) {
        organization if organization.is_empty() => m.name.clone(),
        organization => format!("{}, {organization}", m.name),
    };
    data["people"] = people
        .iter()
        .map(|m| json!({"value": m.person_id, "label": label(m)}))
        .collect();
    data["turns"] = organizations
        .iter()
        .filter(|o| o.active)
        .map(|o| json!({"value": o.id, "label": o.name, "checked": rotation.contains(&o.id)}))
        .collect();
    data["organizations"] = organization_options(&organizations);
    data["kinds"] = say.options("seat-kind", SeatKind::ALL.iter().map(|k| k.as_str()));
    data["body"] = json!(body);
    data["seat"] = json!(own);
    let title = say.word(if own.is_some() {
        "seat-edit"
    } else {
        "seat-new"
    });
    show(core, req, actor, status, "decisions/seat-form", title, data)
}

fn read(form: &Form) -> NewSeat {
    NewSeat {
        kind: form.text("kind").into(),
        title: form.text("title").into(),
        organization_id: some(form.text("organization_id")),
        person_id: some(form.text("person_id")),
        alternate_id: some(form.text("alternate_id")),
        guest_name: some(form.text("guest_name")),
        guest_email: some(form.text("guest_email")),
        weight: some(form.text("weight")).map(|n| n.parse().unwrap_or(0)),
        term_starts: some(form.text("term_starts")),
        term_ends: some(form.text("term_ends")),
        rotation: form.all("rotation").to_vec(),
        rotation_months: some(form.text("rotation_months")).map(|n| n.parse().unwrap_or(0)),
    }
}

async fn body_of(core: &Core, actor: &Actor, id: &str) -> Result<Body, Problem> {
    let (tenant, id) = (actor.tenant().to_string(), parse_body(id)?);
    let body = core.db.read(move |c| bodies::find(c, &tenant, &id)).await?;
    body.ok_or_else(Problem::not_found)
}

#[get("/p/{partnership}/bodies/{body}/seats/new")]
async fn blank(
    core: web::Data<Core>,
    req: HttpRequest,
    actor: Allowed<ManageBodies>,
    path: web::Path<(String, String)>,
) -> Result<HttpResponse, Problem> {
    let body = body_of(&core, &actor, &path.1).await?;
    let mut form: BTreeMap<String, String> = FIELDS
        .iter()
        .map(|f| (f.to_string(), String::new()))
        .collect();
    form.insert("kind".into(), "member".into());
    form.insert("weight".into(), "1".into());
    form.insert(
        "term_starts".into(),
        place::today(&actor, &body).to_string(),
    );
    form_page(
        &core,
        &req,
        &actor,
        StatusCode::OK,
        &body,
        None,
        fresh(json!(form)),
    )
    .await
}

#[post("/p/{partnership}/bodies/{body}/seats/new")]
async fn create(
    core: web::Data<Core>,
    req: HttpRequest,
    actor: Allowed<ManageBodies>,
    path: web::Path<(String, String)>,
    form: Form,
) -> Result<HttpResponse, Problem> {
    let actor = actor.into_actor();
    let body = body_of(&core, &actor, &path.1).await?;
    let (by, id, input) = (actor.clone(), body.id.clone(), read(&form));
    match core
        .db
        .write(move |c| place::add(c, &by, &id, &input))
        .await
        .map_err(Problem::from)
    {
        Ok(_) => {
            let to = format!("/p/{}/bodies/{}", actor.partnership.slug, body.id);
            Ok(page::see_other(&to, "seat-added"))
        }
        Err(p) if page::is_shown_again(&p) => {
            let data = page::again(&core, actor.lang, &typed(&form, FIELDS), &p);
            form_page(&core, &req, &actor, p.status, &body, None, data).await
        }
        Err(p) => Err(p),
    }
}

struct Found {
    body: Body,
    seat: Seat,
    terms: Vec<Term>,
    overs: Vec<HandOver>,
}

async fn found(
    core: &Core,
    actor: &Actor,
    path: &(String, String, String),
) -> Result<Found, Problem> {
    let tenant = actor.tenant().to_string();
    let (body, seat) = (parse_body(&path.1)?, parse_id(&path.2)?);
    core.db
        .read(move |c| {
            let body = bodies::find(c, &tenant, &body)?.ok_or(Error::NotFound)?;
            let seat = store::find(c, &tenant, &seat)?.filter(|s| s.body_id == body.id);
            let seat = seat.ok_or(Error::NotFound)?;
            let terms = store::terms(c, &tenant, &seat.id)?;
            let overs = store::hand_overs(c, &tenant, &seat.id)?;
            Ok::<_, Error>(Found {
                body,
                seat,
                terms,
                overs,
            })
        })
        .await
        .map_err(Problem::from)
}

/// One seat: who fills it, who did, and how to pass it on.
#[get("/p/{partnership}/bodies/{body}/seats/{seat}")]
async fn one(
    core: web::Data<Core>,
    req: HttpRequest,
    actor: Allowed<SeeDecisions>,
    path: web::Path<(String, String, String)>,
) -> Result<HttpResponse, Problem> {
    let found = found(&core, &actor, &path).await?;
    show_seat(
        &core,
        &req,
        &actor,
        StatusCode::OK,
        found,
        fresh(json!({"person_id": "", "note": "", "term_ends": ""})),
    )
    .await
}

async fn show_seat(
    core: &Core,
    req: &HttpRequest,
    actor: &Actor,
    status: StatusCode,
    found: Found,
    mut data: Value,
) -> Result<HttpResponse, Problem> {
    let tenant = actor.tenant().to_string();
    let (organizations, people) = core
        .db
        .read(move |c| {
            Ok::<_, DbError>((directory::organizations(c, &tenant)?, members(c, &tenant)?))
        })
        .await?;
    let say = Say::new(core, actor.lang);
    let Found {
        body,
        seat,
        terms,
        overs,
    } = found;
    let own = |m: &&crate::people::Member| {
        let there = seat.organization_id.is_none() || m.organization_id == seat.organization_id;
        there && Some(&m.person_id) != seat.person_id.as_ref()
    };
    data["successors"] = people
        .iter()
        .filter(own)
        .map(|m| json!({"value": m.person_id, "label": m.name}))
        .collect();
    data["organization"] = json!(organization_name(
        &organizations,
        seat.organization_id.as_ref()
    ));
    data["holder"] = json!(name_of(&people, seat.person_id.as_ref()));
    data["alternate"] = json!(name_of(&people, seat.alternate_id.as_ref()));
    data["kind"] = json!(say.of("seat-kind", seat.kind.as_str()));
    data["rotation"] = seat
        .turns()
        .iter()
        .map(|o| organization_name(&organizations, Some(o)))
        .collect();
    data["terms"] = terms
        .iter()
        .map(|t| {
            json!({"name": t.person_name, "part": say.of("seat-part", t.part.as_str()), "from": t.starts_at, "until": t.ends_at,
                   "organization": organization_name(&organizations, t.organization_id.as_ref()),
                   "reason": (!t.reason.is_empty()).then(|| say.of("seat-reason", &t.reason))})
        })
        .collect();
    data["overs"] = overs.iter().map(|o| over_line(&say, o)).collect();
    let title = if seat.title.is_empty() {
        data["organization"]
            .as_str()
            .unwrap_or_default()
            .to_string()
    } else {
        seat.title.clone()
    };
    let title = if title.is_empty() {
        body.name.clone()
    } else {
        title
    };
    data["title"] = json!(title);
    data["body"] = json!(body);
    data["seat"] = json!(seat);
    data["may_pass"] =
        json!(actor.may::<ManageBodies>() && seat.active && seat.guest_email.is_none());
    show(core, req, actor, status, "decisions/seat", title, data)
}

fn over_line(say: &Say, o: &HandOver) -> Value {
    let nobody = say.word("seat-nobody");
    let named = |name: &str| {
        if name.is_empty() {
            nobody.clone()
        } else {
            name.to_string()
        }
    };
    json!({"id": o.id, "from": named(&o.from_name), "to": named(&o.to_name), "at": o.made_at,
           "reason": say.of("seat-reason", o.reason.as_str())})
}

#[get("/p/{partnership}/bodies/{body}/seats/{seat}/edit")]
async fn edit_form(
    core: web::Data<Core>,
    req: HttpRequest,
    actor: Allowed<ManageBodies>,
    path: web::Path<(String, String, String)>,
) -> Result<HttpResponse, Problem> {
    let Found { body, seat, .. } = found(&core, &actor, &path).await?;
    let data = fresh(json!(seat));
    form_page(
        &core,
        &req,
        &actor,
        StatusCode::OK,
        &body,
        Some(&seat),
        data,
    )
    .await
}

#[post("/p/{partnership}/bodies/{body}/seats/{seat}/edit")]
async fn save(
    core: web::Data<Core>,
    req: HttpRequest,
    actor: Allowed<ManageBodies>,
    path: web::Path<(String, String, String)>,
    form: Form,
) -> Result<HttpResponse, Problem> {
    let actor = actor.into_actor();
    let Found { body, seat, .. } = found(&core, &actor, &path).await?;
    let (by, id, input) = (actor.clone(), seat.id.clone(), read(&form));
    let seen = IfMatch(form.text("version").parse().ok());
    let saved = core
        .db
        .write(move |c| place::change(c, &by, &id, seen, &input))
        .await;
    match saved.map_err(Problem::from) {
        Ok(_) => Ok(page::see_other(&here(&actor, &body, &seat), "seat-saved")),
        Err(p) if page::is_shown_again(&p) => {
            let data = page::again(&core, actor.lang, &typed(&form, FIELDS), &p);
            form_page(&core, &req, &actor, p.status, &body, Some(&seat), data).await
        }
        Err(p) => Err(p),
    }
}

fn here(actor: &Actor, body: &Body, seat: &Seat) -> String {
    format!(
        "/p/{}/bodies/{}/seats/{}",
        actor.partnership.slug, body.id, seat.id
    )
}

/// Passes the seat on, or ends it with `close`.
#[post("/p/{partnership}/bodies/{body}/seats/{seat}/{step}")]
async fn act(
    core: web::Data<Core>,
    req: HttpRequest,
    actor: Allowed<ManageBodies>,
    path: web::Path<(String, String, String, String)>,
    form: Form,
) -> Result<HttpResponse, Problem> {
    let actor = actor.into_actor();
    let (partnership, body, seat, step) = path.into_inner();
    let found = found(&core, &actor, &(partnership, body, seat)).await?;
    let (by, id) = (actor.clone(), found.seat.id.clone());
    let note = form.text("note").to_string();
    let input = Passing {
        person_id: some(form.text("person_id")),
        organization_id: None,
        note: note.clone(),
        term_ends: some(form.text("term_ends")),
    };
    let done = core
        .db
        .write(move |c| match step.as_str() {
            "pass" => pass::pass(c, &by, &id, &input),
            "close" => pass::close(c, &by, &id, &note),
            _ => Err(Error::NotFound),
        })
        .await;
    match done.map_err(Problem::from) {
        Ok(over) => {
            core.wake_jobs();
            let to = format!("/p/{}/hand-overs/{}", actor.partnership.slug, over.id);
            Ok(page::see_other(&to, "seat-passed"))
        }
        Err(p) if page::is_shown_again(&p) => {
            let data = page::again(
                &core,
                actor.lang,
                &typed(&form, &["person_id", "note", "term_ends"]),
                &p,
            );
            show_seat(&core, &req, &actor, p.status, found, data).await
        }
        Err(p) => Err(p),
    }
}

/// What a successor takes over.
#[get("/p/{partnership}/hand-overs/{hand_over}")]
async fn hand_over(
    core: web::Data<Core>,
    req: HttpRequest,
    actor: Allowed<SeeDecisions>,
    path: web::Path<(String, String)>,
) -> Result<HttpResponse, Problem> {
    let tenant = actor.tenant().to_string();
    let id: HandOverId = path.1.parse().map_err(|_| Problem::not_found())?;
    let (over, seat, body) = core
        .db
        .read(move |c| {
            let over = store::hand_over(c, &tenant, &id)?.ok_or(Error::NotFound)?;
            let seat = store::find(c, &tenant, &over.seat_id)?.ok_or(Error::NotFound)?;
            let body = bodies::find(c, &tenant, &seat.body_id)?.ok_or(Error::NotFound)?;
            Ok::<_, Error>((over, seat, body))
        })
        .await
        .map_err(Problem::from)?;
    let say = Say::new(&core, actor.lang);
    let sections: Vec<Section> = over.content.get().map_err(Problem::internal)?;
    let shown: Vec<Value> = sections
        .iter()
        .map(|s| {
            let items: Vec<Value> = s
                .items
                .iter()
                .map(|i| {
                    let state = (!i.state.is_empty()).then(|| say.of("hand-over-state", &i.state));
                    json!({"title": i.title, "state": state, "day": i.day, "href": format!("/p/{}{}", actor.partnership.slug, i.path)})
                })
                .collect();
            json!({"title": say.of("hand-over-section", &s.kind), "items": items})
        })
        .collect();
    let title = say.text("hand-over-title", &[("body", &body.name)]);
    let data = json!({"over": over_line(&say, &over), "note": over.note, "sections": shown, "body": body, "seat": seat, "title": title});
    show(
        &core,
        &req,
        &actor,
        StatusCode::OK,
        "decisions/hand-over",
        title,
        data,
    )
}

/// Mounts the pages; fixed words come before identifiers.
pub(crate) fn mount(cfg: &mut web::ServiceConfig) {
    cfg.service(blank)
        .service(create)
        .service(one)
        .service(edit_form)
        .service(save)
        .service(act)
        .service(hand_over);
}
