//! Stopping mails from a mail: a signed link, good for one kind (or all) of one person in one partnership. GET changes nothing,
//! because mail scanners follow links; POST stops at once, also from mail programs (RFC 8058).

use actix_web::http::StatusCode;
use actix_web::{HttpRequest, HttpResponse, get, post, web};
use backbone_identity::notify;
use backbone_identity::{Core, Partnership, PersonId, Visitor, directory, page};
use backbone_web::{Args, Problem};
use serde_json::json;

use crate::choose::turn_off;

struct Found {
    partnership: Partnership,
    person: PersonId,
    kind: String,
}

async fn find(core: &Core, token: &str) -> Result<Found, Problem> {
    let (tenant, person, kind) =
        notify::stops(&core.settings.secret, token).ok_or_else(Problem::not_found)?;
    let partnership = core
        .db
        .read(move |c| directory::partnership(c, &tenant))
        .await?
        .ok_or_else(Problem::not_found)?;
    Ok(Found {
        partnership,
        person,
        kind,
    })
}

fn show(
    core: &Core,
    req: &HttpRequest,
    visitor: &Visitor,
    found: &Found,
    stopped: bool,
) -> Result<HttpResponse, Problem> {
    let text = |key: &str| core.renderer.text(visitor.lang, key, &Args::new());
    let kind = notify::kind(&core.notify, &found.kind);
    let shell = page::public_shell(
        core,
        req,
        visitor,
        Some(&found.partnership),
        text("notifications-stop-title"),
    );
    let data = json!({
        "kind": kind.map(|k| text(&k.label())),
        "partnership": found.partnership.name,
        "stopped": stopped,
        "settings": notify::settings_path(&found.partnership.slug),
        "action": req.path(),
    });
    page::html(core, StatusCode::OK, "notifications/stop", &shell, &data)
}

/// Asks whether to stop.
#[get("/notifications/stop/{token}")]
pub async fn ask(
    core: web::Data<Core>,
    req: HttpRequest,
    visitor: Visitor,
    token: web::Path<String>,
) -> Result<HttpResponse, Problem> {
    let found = find(&core, &token).await?;
    show(&core, &req, &visitor, &found, false)
}

/// Stops. Mail programs post here without cookies, and the body does not matter.
#[post("/notifications/stop/{token}")]
pub async fn stop(
    core: web::Data<Core>,
    req: HttpRequest,
    visitor: Visitor,
    token: web::Path<String>,
) -> Result<HttpResponse, Problem> {
    let found = find(&core, &token).await?;
    let (rules, tenant) = (core.notify.clone(), found.partnership.id.to_string());
    let (person, kind) = (found.person.clone(), found.kind.clone());
    core.db
        .write(move |c| turn_off(c, &rules, &tenant, &person, &kind))
        .await?;
    show(&core, &req, &visitor, &found, true)
}
