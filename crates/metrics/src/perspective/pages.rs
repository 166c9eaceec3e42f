//! Perspectives and their objectives on one page: added, renamed, ordered and removed in place.

use actix_web::http::StatusCode;
use actix_web::{HttpRequest, HttpResponse, get, post, web};
use backbone_db::{Conn, DbError};
use backbone_identity::{Actor, Allowed, Core, page};
use backbone_web::{Form, IfMatch, Problem};
use serde_json::{Value, json};

use super::manage::{self, NewPerspective, PerspectiveChange};
use super::objectives::{self, NewObjective, ObjectiveChange};
use super::{Objective, ObjectiveId, Perspective, PerspectiveId, store};
use crate::error::Error;
use crate::metric::show::Words;
use crate::policy::ManageMetrics;
use crate::scorecard::pages::Links;

pub(crate) fn configure(cfg: &mut web::ServiceConfig) {
    cfg.service(index)
        .service(add)
        .service(begin)
        .service(change_objective)
        .service(add_objective)
        .service(change);
}

/// What stands on the page.
pub(crate) struct Shown {
    perspectives: Vec<Perspective>,
    objectives: Vec<Objective>,
    in_perspective: Vec<(PerspectiveId, i64)>,
    in_objective: Vec<(ObjectiveId, i64)>,
}

pub(crate) fn find(conn: &mut Conn, tenant: &str) -> Result<Shown, DbError> {
    Ok(Shown {
        perspectives: store::list(conn, tenant)?,
        objectives: store::objectives(conn, tenant)?,
        in_perspective: store::metrics_by_perspective(conn, tenant)?,
        in_objective: store::metrics_by_objective(conn, tenant)?,
    })
}

pub(crate) fn data(slug: &str, shown: &Shown, problem: Option<&Problem>, w: &Words<'_>) -> Value {
    let base = format!("/p/{slug}/perspectives");
    let count = shown.perspectives.len();
    let groups: Vec<Value> = shown
        .perspectives
        .iter()
        .enumerate()
        .map(|(at, p)| {
            let n = counted(&shown.in_perspective, &p.id);
            let objectives = objectives_of(&base, shown, &p.id);
            json!({
                "id": p.id, "name": p.name, "version": p.version, "metrics": n, "first": at == 0,
                "last": at + 1 == count, "removable": n == 0 && objectives.is_empty(),
                "action": format!("{base}/{}", p.id), "add": format!("{base}/{}/objectives", p.id),
                "name_id": format!("name-{}", p.id), "new_id": format!("new-{}", p.id), "objectives": objectives,
            })
        })
        .collect();
    let told = problem.map(|p| {
        let fields = p.field_messages(w.catalogue, w.lang);
        let detail = match fields.first() {
            Some((_, message)) => message.clone(),
            None => p.detail(w.catalogue, w.lang),
        };
        json!({ "title": p.title(w.catalogue, w.lang), "detail": detail })
    });
    json!({ "links": Links::of(slug), "base": base, "groups": groups, "error": told })
}

fn objectives_of(base: &str, shown: &Shown, under: &PerspectiveId) -> Vec<Value> {
    let own: Vec<&Objective> = shown
        .objectives
        .iter()
        .filter(|o| o.perspective_id == *under)
        .collect();
    own.iter()
        .enumerate()
        .map(|(at, o)| {
            let n = counted(&shown.in_objective, &o.id);
            json!({
                "name": o.name, "version": o.version, "metrics": n, "first": at == 0, "last": at + 1 == own.len(),
                "removable": n == 0, "action": format!("{base}/objectives/{}", o.id), "name_id": format!("name-{}", o.id),
            })
        })
        .collect()
}

fn counted<T: PartialEq>(counts: &[(T, i64)], id: &T) -> i64 {
    counts
        .iter()
        .find(|(of, _)| of == id)
        .map_or(0, |(_, n)| *n)
}

async fn show(
    core: &Core,
    req: &HttpRequest,
    actor: &Actor,
    problem: Option<&Problem>,
) -> Result<HttpResponse, Problem> {
    let tenant = actor.tenant().to_string();
    let shown = core.db.read(move |conn| find(conn, &tenant)).await?;
    let w = Words {
        catalogue: core.renderer.catalogue(),
        lang: actor.lang,
    };
    let data = data(&actor.partnership.slug, &shown, problem, &w);
    let status = problem.map_or(StatusCode::OK, |p| p.status);
    let title = w.say("metrics-perspectives");
    let shell = page::shell(core, req, actor, "scorecard", title);
    page::html(core, status, "metrics/perspectives", &shell, &data)
}

/// The perspectives in their order, each with its objectives and how many metrics they hold.
#[get("/p/{partnership}/perspectives")]
async fn index(
    core: web::Data<Core>,
    req: HttpRequest,
    actor: Allowed<ManageMetrics>,
) -> Result<HttpResponse, Problem> {
    show(&core, &req, &actor, None).await
}

/// Runs a verb; a refusal is shown on the page.
async fn done(
    core: &Core,
    req: &HttpRequest,
    actor: Actor,
    verb: impl FnOnce(&mut Conn, &Actor) -> Result<(), Error> + Send + 'static,
) -> Result<HttpResponse, Problem> {
    let asked = actor.clone();
    let outcome = core
        .db
        .write(move |conn| verb(conn, &asked).map_err(Problem::from))
        .await;
    match outcome {
        Ok(()) => {
            let path = format!("/p/{}/perspectives", actor.partnership.slug);
            Ok(page::see_other(&path, "metrics-flash-saved"))
        }
        Err(p) if matches!(p.status.as_u16(), 409 | 412 | 422) => {
            show(core, req, &actor, Some(&p)).await
        }
        Err(p) => Err(p),
    }
}

/// Puts in the usual four.
#[post("/p/{partnership}/perspectives/begin")]
async fn begin(
    core: web::Data<Core>,
    req: HttpRequest,
    actor: Allowed<ManageMetrics>,
) -> Result<HttpResponse, Problem> {
    done(&core, &req, actor.into_actor(), |conn, actor| {
        manage::ensure(conn, actor).map(drop)
    })
    .await
}

/// Adds a perspective.
#[post("/p/{partnership}/perspectives/add")]
async fn add(
    core: web::Data<Core>,
    req: HttpRequest,
    actor: Allowed<ManageMetrics>,
    form: Form,
) -> Result<HttpResponse, Problem> {
    let name = form.text("name").to_string();
    done(&core, &req, actor.into_actor(), move |conn, actor| {
        manage::add(conn, actor, &NewPerspective { name }).map(drop)
    })
    .await
}

/// What a button of a line asks for.
struct Asked {
    step: String,
    name: String,
    seen: IfMatch,
}

impl Asked {
    fn of(form: &Form) -> Self {
        Self {
            step: form.text("step").to_string(),
            name: form.text("name").to_string(),
            seen: IfMatch(form.text("version").parse().ok()),
        }
    }

    /// The place that a step up or down leads to.
    fn place(&self, now: i32) -> Option<i32> {
        match self.step.as_str() {
            "up" => Some(now.saturating_sub(1).max(0)),
            "down" => Some(now.saturating_add(1)),
            _ => None,
        }
    }

    fn new_name(&self) -> Option<String> {
        (self.step == "rename").then(|| self.name.clone())
    }
}

/// Renames, moves or removes a perspective.
#[post("/p/{partnership}/perspectives/{perspective}")]
async fn change(
    core: web::Data<Core>,
    req: HttpRequest,
    actor: Allowed<ManageMetrics>,
    path: web::Path<(String, String)>,
    form: Form,
) -> Result<HttpResponse, Problem> {
    let id = crate::path_id::<PerspectiveId>(&path.1)?;
    let asked = Asked::of(&form);
    done(&core, &req, actor.into_actor(), move |conn, actor| {
        let it = store::find(conn, actor.tenant(), &id)?.ok_or(Error::NotFound)?;
        if asked.step == "remove" {
            return manage::remove(conn, actor, &id, asked.seen);
        }
        let wanted = PerspectiveChange {
            name: asked.new_name(),
            position: asked.place(it.position),
        };
        manage::change(conn, actor, &id, asked.seen, &wanted).map(drop)
    })
    .await
}

/// Adds an objective to a perspective.
#[post("/p/{partnership}/perspectives/{perspective}/objectives")]
async fn add_objective(
    core: web::Data<Core>,
    req: HttpRequest,
    actor: Allowed<ManageMetrics>,
    path: web::Path<(String, String)>,
    form: Form,
) -> Result<HttpResponse, Problem> {
    let new = NewObjective {
        perspective: crate::path_id::<PerspectiveId>(&path.1)?.to_string(),
        name: form.text("name").to_string(),
    };
    done(&core, &req, actor.into_actor(), move |conn, actor| {
        objectives::add_objective(conn, actor, &new).map(drop)
    })
    .await
}

/// Renames, moves or removes an objective.
#[post("/p/{partnership}/perspectives/objectives/{objective}")]
async fn change_objective(
    core: web::Data<Core>,
    req: HttpRequest,
    actor: Allowed<ManageMetrics>,
    path: web::Path<(String, String)>,
    form: Form,
) -> Result<HttpResponse, Problem> {
    let id = crate::path_id::<ObjectiveId>(&path.1)?;
    let asked = Asked::of(&form);
    done(&core, &req, actor.into_actor(), move |conn, actor| {
        if asked.step == "remove" {
            return objectives::remove_objective(conn, actor, &id, asked.seen);
        }
        let all = store::objectives(conn, actor.tenant())?;
        let it = all.iter().find(|o| o.id == id).ok_or(Error::NotFound)?;
        let beside = all.iter().filter(|o| o.perspective_id == it.perspective_id);
        let now = beside.take_while(|o| o.id != id).count();
        let wanted = ObjectiveChange {
            name: asked.new_name(),
            position: asked.place(i32::try_from(now).unwrap_or(0)),
        };
        objectives::change_objective(conn, actor, &id, asked.seen, &wanted).map(drop)
    })
    .await
}
