//! Saying how a commitment goes from a mail, without signing in. Opening the link changes nothing.

use actix_web::http::StatusCode;
use actix_web::{HttpRequest, HttpResponse, get, post, web};
use backbone_db::Conn;
use backbone_identity::access_link::{self, OpenLink, Purpose};
use backbone_identity::{Core, Visitor, page};
use backbone_web::{Form, IfMatch, Problem};
use serde_json::{Value, json};

use super::{Commitment, CommitmentId, CommitmentStatus, Progress, edit, store};
use crate::error::Error;
use crate::view::{Say, fresh, some, typed};

/// Where the link leads.
pub(crate) const PATH: &str = "/promise";

fn open(
    conn: &mut Conn,
    secret: &str,
    visitor: &Visitor,
) -> Result<(OpenLink, Commitment), Problem> {
    let mut link = access_link::open(
        conn,
        secret,
        Purpose::ReportCommitment,
        visitor.lang,
        visitor.now,
    )?;
    link.actor.request_id = visitor.request_id.clone();
    let id: CommitmentId = link.subject.1.parse().map_err(|_| Problem::not_found())?;
    let found = store::find(conn, link.actor.tenant(), &id)?.ok_or_else(Problem::not_found)?;
    // Passed to another organization meanwhile, it is no longer this link's matter.
    if !edit::may(&link.actor, &found) {
        return Err(Problem::new(StatusCode::GONE, "link-ended"));
    }
    Ok((link, found))
}

/// The form.
#[get("/promise/{secret}")]
async fn form_page(
    core: web::Data<Core>,
    req: HttpRequest,
    visitor: Visitor,
    path: web::Path<String>,
) -> Result<HttpResponse, Problem> {
    let data = fresh(json!({"progress": "", "status": "", "due_on": "", "text": ""}));
    show(&core, &req, visitor, &path, StatusCode::OK, data, false).await
}

async fn show(
    core: &web::Data<Core>,
    req: &HttpRequest,
    mut visitor: Visitor,
    secret: &str,
    status: StatusCode,
    mut data: Value,
    saved: bool,
) -> Result<HttpResponse, Problem> {
    let (who, key) = (visitor.clone(), secret.to_string());
    let (link, c) = core.db.read(move |conn| open(conn, &key, &who)).await?;
    visitor.lang = link.actor.lang;
    let say = Say::new(core, visitor.lang);
    let today = crate::view::today(&link.actor);
    data["title"] = json!(c.title);
    data["benefit"] = json!(c.benefit);
    data["due"] = json!(c.due_on);
    data["late"] = json!(c.status == CommitmentStatus::Open && c.due_on < today);
    data["done"] = json!(c.status != CommitmentStatus::Open);
    data["now"] = json!(say.of("commitment-status", c.status.as_str()));
    data["progress"] = json!(c.progress);
    data["version"] = json!(c.version);
    data["saved"] = json!(saved);
    data["action"] = json!(format!("{PATH}/{secret}"));
    data["statuses"] = say.options(
        "commitment-status",
        CommitmentStatus::ALL.iter().map(|s| s.as_str()),
    );
    data["upgrade"] = json!({"secret": secret, "name": link.actor.name});
    let shell = page::public_shell(
        core,
        req,
        &visitor,
        Some(&link.actor.partnership),
        c.title.clone(),
    );
    page::html(core, status, "decisions/promise", &shell, &data)
}

/// Says how it goes.
#[post("/promise/{secret}")]
async fn submit(
    core: web::Data<Core>,
    req: HttpRequest,
    visitor: Visitor,
    path: web::Path<String>,
    form: Form,
) -> Result<HttpResponse, Problem> {
    let secret = path.into_inner();
    let input = Progress {
        progress: some(form.text("progress")).map(|p| p.parse().unwrap_or(-1)),
        status: some(form.text("status")),
        due_on: some(form.text("due_on")),
        person_id: None,
        text: form.text("text").into(),
    };
    let seen = IfMatch(form.text("version").parse().ok());
    let (who, key) = (visitor.clone(), secret.clone());
    let done = core
        .db
        .write(move |conn| {
            let (link, c) = open(conn, &key, &who)?;
            edit::report(conn, &link.actor, &c.id, seen, &input)
                .map_err(|e: Error| Problem::from(e))
        })
        .await;
    match done {
        Ok(_) => {
            let data = fresh(json!({"progress": "", "status": "", "due_on": "", "text": ""}));
            show(&core, &req, visitor, &secret, StatusCode::OK, data, true).await
        }
        Err(p) if page::is_shown_again(&p) => {
            let names = ["progress", "status", "due_on", "text"];
            let data = page::again(&core, visitor.lang, &typed(&form, &names), &p);
            show(&core, &req, visitor, &secret, p.status, data, false).await
        }
        Err(p) => Err(p),
    }
}

/// Mounts the pages.
pub(crate) fn mount(cfg: &mut web::ServiceConfig) {
    cfg.service(form_page).service(submit);
}
