//! Planning a meeting and changing it, as a form.

use actix_web::http::StatusCode;
use actix_web::{HttpRequest, HttpResponse, get, post, web};
use backbone_db::DbError;
use backbone_identity::{Actor, Allowed, Core, page};
use backbone_web::{ApiQuery, Form, IfMatch, Problem};
use serde::Deserialize;
use serde_json::{Value, json};

use crate::body::{Body, store as bodies};
use crate::error::Error;
use crate::meeting::api::parse_id;
use crate::meeting::{Meeting, NewMeeting, plan, store};
use crate::people::members;
use crate::policy::HoldMeetings;
use crate::view::{Say, fresh, show, some, typed};

const FIELDS: &[&str] = &[
    "body_id",
    "title",
    "purpose",
    "place",
    "online_url",
    "starts_at",
    "ends_at",
    "facilitator_id",
    "note_taker_id",
    "version",
];

/// For which body.
#[derive(Deserialize)]
struct ForBody {
    #[serde(default)]
    body: String,
}

fn read(form: &Form) -> NewMeeting {
    NewMeeting {
        body_id: form.text("body_id").into(),
        title: form.text("title").into(),
        purpose: form.text("purpose").into(),
        place: form.text("place").into(),
        online_url: form.text("online_url").into(),
        starts_at: form.text("starts_at").into(),
        ends_at: form.text("ends_at").into(),
        facilitator_id: some(form.text("facilitator_id")),
        note_taker_id: some(form.text("note_taker_id")),
    }
}

fn local(at: backbone_db::Instant, body: &Body) -> String {
    let zoned = at.jiff().to_zoned(body.zone());
    zoned.strftime("%Y-%m-%dT%H:%M").to_string()
}

fn values(x: &Meeting, body: &Body) -> Value {
    json!({
        "body_id": x.body_id, "title": x.title, "purpose": x.purpose, "place": x.place, "online_url": x.online_url,
        "starts_at": local(x.starts_at, body), "ends_at": local(x.ends_at, body),
        "facilitator_id": x.facilitator_id, "note_taker_id": x.note_taker_id, "version": x.version.to_string(),
    })
}

async fn form_page(
    core: &Core,
    req: &HttpRequest,
    actor: &Actor,
    status: StatusCode,
    of: Option<&Meeting>,
    mut data: Value,
) -> Result<HttpResponse, Problem> {
    let tenant = actor.tenant().to_string();
    let (bodies, people) = core
        .db
        .read(move |c| Ok::<_, DbError>((bodies::all(c, &tenant)?, members(c, &tenant)?)))
        .await?;
    let active = bodies.iter().filter(|b| b.active);
    let zoned = |b: &Body| json!({"value": b.id, "label": format!("{}, {}", b.name, b.time_zone)});
    data["bodies"] = active.map(zoned).collect();
    data["people"] = people
        .iter()
        .map(|m| json!({"value": m.person_id, "label": m.name}))
        .collect();
    data["id"] = json!(of.map(|x| x.id.clone()));
    data["told"] = json!(of.is_some_and(|x| x.status == crate::meeting::MeetingStatus::Invited));
    let body = of.and_then(|x| bodies.iter().find(|b| b.id == x.body_id));
    data["body_name"] = json!(body.map(|b| format!("{}, {}", b.name, b.time_zone)));
    let say = Say::new(core, actor.lang);
    let title = say.word(if of.is_some() {
        "meeting-edit"
    } else {
        "meeting-new"
    });
    data["title"] = json!(title);
    show(
        core,
        req,
        actor,
        status,
        "decisions/meeting-form",
        title,
        data,
    )
}

/// The form for a new one: a week from now, an hour long, led by whoever plans it.
#[get("/p/{partnership}/meetings/new")]
async fn blank(
    core: web::Data<Core>,
    req: HttpRequest,
    actor: Allowed<HoldMeetings>,
    query: ApiQuery<ForBody>,
) -> Result<HttpResponse, Problem> {
    let tenant = actor.tenant().to_string();
    let all = core.db.read(move |c| bodies::all(c, &tenant)).await?;
    let mut active = all.iter().filter(|b| b.active);
    let body = match all.iter().find(|b| b.id.as_str() == query.0.body) {
        Some(body) => Some(body),
        None => active.next(),
    };
    let day = |hour: i8, minute: i8| {
        let zone = body.map_or(actor.partnership.zone(), Body::zone);
        let date = actor.now.plus_days(7).date_in(&zone);
        format!("{date}T{hour:02}:{minute:02}")
    };
    let form = json!({
        "body_id": body.map(|b| b.id.to_string()), "title": body.map(|b| b.name.clone()), "purpose": "", "place": "", "online_url": "",
        "starts_at": day(16, 0), "ends_at": day(17, 0), "facilitator_id": actor.person_id, "note_taker_id": "", "version": "",
    });
    form_page(&core, &req, &actor, StatusCode::OK, None, fresh(form)).await
}

#[post("/p/{partnership}/meetings/new")]
async fn create(
    core: web::Data<Core>,
    req: HttpRequest,
    actor: Allowed<HoldMeetings>,
    form: Form,
) -> Result<HttpResponse, Problem> {
    let (actor, input) = (actor.into_actor(), read(&form));
    let by = actor.clone();
    let done = core.db.write(move |c| plan::plan(c, &by, &input)).await;
    match done.map_err(|e: Error| Problem::from(e)) {
        Ok(made) => {
            let to = format!("/p/{}/meetings/{}", actor.partnership.slug, made.id);
            Ok(page::see_other(&to, "meeting-planned"))
        }
        Err(p) if page::is_shown_again(&p) => {
            let data = page::again(&core, actor.lang, &typed(&form, FIELDS), &p);
            form_page(&core, &req, &actor, p.status, None, data).await
        }
        Err(p) => Err(p),
    }
}

async fn found(core: &Core, actor: &Actor, id: &str) -> Result<(Meeting, Body), Problem> {
    let (tenant, id) = (actor.tenant().to_string(), parse_id(id)?);
    core.db
        .read(move |c| {
            let x = store::find(c, &tenant, &id)?.ok_or(Error::NotFound)?;
            let body = bodies::find(c, &tenant, &x.body_id)?.ok_or(Error::NotFound)?;
            Ok::<_, Error>((x, body))
        })
        .await
        .map_err(Problem::from)
}

#[get("/p/{partnership}/meetings/{meeting}/edit")]
async fn edit(
    core: web::Data<Core>,
    req: HttpRequest,
    actor: Allowed<HoldMeetings>,
    path: web::Path<(String, String)>,
) -> Result<HttpResponse, Problem> {
    let (x, body) = found(&core, &actor, &path.1).await?;
    let data = fresh(values(&x, &body));
    form_page(&core, &req, &actor, StatusCode::OK, Some(&x), data).await
}

#[post("/p/{partnership}/meetings/{meeting}/edit")]
async fn save(
    core: web::Data<Core>,
    req: HttpRequest,
    actor: Allowed<HoldMeetings>,
    path: web::Path<(String, String)>,
    form: Form,
) -> Result<HttpResponse, Problem> {
    let (actor, input) = (actor.into_actor(), read(&form));
    let (x, _) = found(&core, &actor, &path.1).await?;
    let (by, id) = (actor.clone(), x.id.clone());
    let seen = IfMatch(form.text("version").parse().ok());
    let done = core
        .db
        .write(move |c| plan::change(c, &by, &id, seen, &input))
        .await;
    match done.map_err(|e: Error| Problem::from(e)) {
        Ok(_) => {
            core.wake_jobs();
            let to = format!("/p/{}/meetings/{}", actor.partnership.slug, x.id);
            Ok(page::see_other(&to, "meeting-saved"))
        }
        Err(p) if page::is_shown_again(&p) => {
            let data = page::again(&core, actor.lang, &typed(&form, FIELDS), &p);
            form_page(&core, &req, &actor, p.status, Some(&x), data).await
        }
        Err(p) => Err(p),
    }
}

/// Mounts the pages.
pub(super) fn mount(cfg: &mut web::ServiceConfig) {
    cfg.service(blank)
        .service(create)
        .service(edit)
        .service(save);
}
