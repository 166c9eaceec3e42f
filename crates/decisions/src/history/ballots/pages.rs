use actix_web::http::StatusCode;
use actix_web::{HttpRequest, HttpResponse, get, post, web};
use backbone_identity::{Actor, Allowed, Core, page};
use backbone_web::{Form, Problem};
use serde_json::{Value, json};

use super::{NewCount, keep, look, methods};
use crate::body::store as bodies;
use crate::error::Error;
use crate::policy::ImportDecisions;
use crate::view::{Say, fresh, show, typed};

const FIELDS: &[&str] = &[
    "body_id",
    "title",
    "method",
    "winners",
    "closed_on",
    "statement",
];

/// The form.
#[get("/p/{partnership}/decisions/import/ballots")]
async fn blank(
    core: web::Data<Core>,
    req: HttpRequest,
    actor: Allowed<ImportDecisions>,
) -> Result<HttpResponse, Problem> {
    let data = fresh(
        json!({"body_id": "", "title": "", "method": "schulze", "winners": "", "closed_on": "", "statement": ""}),
    );
    shown(&core, &req, &actor, StatusCode::OK, data).await
}

async fn shown(
    core: &Core,
    req: &HttpRequest,
    actor: &Actor,
    status: StatusCode,
    mut data: Value,
) -> Result<HttpResponse, Problem> {
    let tenant = actor.tenant().to_string();
    let all = core.db.read(move |c| bodies::all(c, &tenant)).await?;
    let say = Say::new(core, actor.lang);
    let named = all.iter().filter(|b| b.active);
    data["bodies"] = named
        .map(|b| json!({"value": b.id, "label": b.name}))
        .collect();
    data["methods"] = say.options("method", methods().map(|m| m.as_str()));
    let title = say.word("history-ballots-title");
    show(
        core,
        req,
        actor,
        status,
        "decisions/history-ballots",
        title,
        data,
    )
}

#[post("/p/{partnership}/decisions/import/ballots")]
async fn bring(
    core: web::Data<Core>,
    req: HttpRequest,
    actor: Allowed<ImportDecisions>,
    form: Form,
) -> Result<HttpResponse, Problem> {
    let actor = actor.into_actor();
    let input = NewCount {
        body_id: form.text("body_id").into(),
        title: form.text("title").into(),
        method: form.text("method").into(),
        winners: form.text("winners").trim().parse().ok(),
        closed_on: form.text("closed_on").into(),
        statement: form.text("statement").into(),
    };
    let upload = form.file("file").filter(|f| !f.bytes.is_empty());
    let looked = match upload {
        Some(file) => look(&file.bytes, &file.name, &input),
        None => Err(Problem::invalid("invalid").field("file", "required")),
    };
    let done = match looked {
        Ok(file) => {
            let by = actor.clone();
            let kept = core.db.write(move |c| keep(c, &by, &file, &input)).await;
            kept.map_err(|e: Error| Problem::from(e))
        }
        Err(problem) => Err(problem),
    };
    match done {
        Ok(x) => Ok(page::see_other(
            &format!("/p/{}/decisions/{}", actor.partnership.slug, x.id),
            "history-brought",
        )),
        Err(p) if page::is_shown_again(&p) => {
            let data = page::again(&core, actor.lang, &typed(&form, FIELDS), &p);
            shown(&core, &req, &actor, p.status, data).await
        }
        Err(p) => Err(p),
    }
}

/// Mounts the pages.
pub(crate) fn mount(cfg: &mut web::ServiceConfig) {
    cfg.service(blank).service(bring);
}
