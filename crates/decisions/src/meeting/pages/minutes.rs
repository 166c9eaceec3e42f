//! The minutes: read, written on, approved and sent.

use actix_web::http::StatusCode;
use actix_web::{HttpRequest, HttpResponse, get, post, web};
use backbone_identity::{Actor, Allowed, Core, page};
use backbone_web::{Form, Problem};
use serde_json::json;

use crate::body::store as bodies;
use crate::error::Error;
use crate::meeting::api::parse_id;
use crate::meeting::minutes::{self, NewMinutes};
use crate::meeting::{MeetingStatus, mail, store};
use crate::policy::{HoldMeetings, SeeMeetings};
use crate::view::{Say, show};

#[get("/p/{partnership}/meetings/{meeting}/minutes")]
async fn read(
    core: web::Data<Core>,
    req: HttpRequest,
    actor: Allowed<SeeMeetings>,
    path: web::Path<(String, String)>,
) -> Result<HttpResponse, Problem> {
    let actor = actor.into_actor();
    shown(&core, &req, &actor, &path.1, None, None).await
}

async fn shown(
    core: &web::Data<Core>,
    req: &HttpRequest,
    actor: &Actor,
    id: &str,
    problem: Option<Problem>,
    typed: Option<String>,
) -> Result<HttpResponse, Problem> {
    let (tenant, id) = (actor.tenant().to_string(), parse_id(id)?);
    let (x, body, all, people) = core
        .db
        .read(move |c| {
            let x = store::find(c, &tenant, &id)?.ok_or(Error::NotFound)?;
            let body = bodies::find(c, &tenant, &x.body_id)?.ok_or(Error::NotFound)?;
            let all = store::minutes(c, &tenant, &id)?;
            Ok::<_, Error>((x, body, all, store::people(c, &tenant, &id)?))
        })
        .await
        .map_err(Problem::from)?;
    let latest = all.first().ok_or_else(Problem::not_found)?;
    let say = Say::new(core, actor.lang);
    let open = x.status == MeetingStatus::Closed;
    let approved = x.minutes_approved > 0 && x.minutes_approved == x.minutes_version;
    let told = problem
        .as_ref()
        .map(|p| page::again(core, actor.lang, &json!({}), p));
    let wanted = req
        .query_string()
        .split('&')
        .find_map(|p| p.strip_prefix("version="));
    let chosen = wanted.and_then(|w| all.iter().find(|m| m.version.to_string() == w));
    let chosen = chosen.unwrap_or(latest);
    let data = json!({
        "id": x.id, "title": x.title, "number": x.number, "body": body.name, "when": mail::when(&say, &x, &body, actor),
        "text": chosen.text, "form_text": typed.as_ref().unwrap_or(&latest.text), "typed": typed.is_some(),
        "version": latest.version, "earlier": chosen.version != latest.version, "shown": chosen.version,
        "versions": all.iter().map(|m| json!({"version": m.version, "by": m.written_by, "at": m.written_at, "shown": m.version == chosen.version})).collect::<Vec<_>>(),
        "approved": approved, "approved_by": x.approved_by, "sent": x.sent_at, "n": people.len(),
        "may_write": open && x.noted_by(actor) && actor.may::<HoldMeetings>(),
        "may_send": open && x.led_by(actor) && actor.may::<HoldMeetings>(),
        "errors": told.as_ref().map(|t| t["errors"].clone()).unwrap_or_else(|| json!([])),
    });
    let args = [("title", x.title.as_str())];
    let title = say.text("minutes-title", &args);
    let status = problem.map_or(StatusCode::OK, |p| p.status);
    show(core, req, actor, status, "decisions/minutes", title, data)
}

/// Saves a version, approves the latest, or sends it.
#[post("/p/{partnership}/meetings/{meeting}/minutes")]
async fn act(
    core: web::Data<Core>,
    req: HttpRequest,
    actor: Allowed<HoldMeetings>,
    path: web::Path<(String, String)>,
    form: Form,
) -> Result<HttpResponse, Problem> {
    let (actor, id) = (actor.into_actor(), parse_id(&path.1)?);
    let version = form.text("version").parse().unwrap_or_default();
    let (by, step, text) = (
        actor.clone(),
        form.text("step").to_string(),
        form.text("text").to_string(),
    );
    let (typed, of) = ((step == "write").then(|| text.clone()), id.clone());
    let done = core
        .db
        .write(move |c| match step.as_str() {
            "write" => {
                let new = NewMinutes { version, text };
                minutes::write(c, &by, &of, &new).map(|_| "minutes-saved")
            }
            "approve" => minutes::approve(c, &by, &of, version).map(|_| "minutes-approved-done"),
            "send" => minutes::send(c, &by, &of).map(|_| "minutes-sent-done"),
            _ => Err(Error::NotFound),
        })
        .await;
    core.wake_jobs();
    match done.map_err(Problem::from) {
        Ok(message) => {
            let to = format!("/p/{}/meetings/{id}/minutes", actor.partnership.slug);
            Ok(page::see_other(&to, message))
        }
        Err(p) if page::is_shown_again(&p) => {
            shown(&core, &req, &actor, &path.1, Some(p), typed).await
        }
        Err(p) => Err(p),
    }
}

/// Mounts the pages.
pub(super) fn mount(cfg: &mut web::ServiceConfig) {
    cfg.service(read).service(act);
}
