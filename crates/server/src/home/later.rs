//! Putting lines aside: the page with the reason and the day, and the doors for programs.

use actix_web::http::StatusCode;
use actix_web::{HttpRequest, HttpResponse, delete, get, post, web};
use backbone_identity::attention::Need;
use backbone_identity::snooze::{self, NewSnooze, SnoozeId};
use backbone_identity::{Actor, Allowed, Core, page};
use backbone_web::{Answer, ApiJson, Args, Form, IdempotencyKey, Problem, ProblemBody, once};
use jiff::ToSpan;
use serde::Serialize;
use serde_json::{Value, json};

use super::policy::{SeeHome, Snooze};
use super::{needs, place, say};

/// A line of the home page, as programs read it.
#[derive(Serialize, utoipa::ToSchema)]
#[schema(as = AttentionLine)]
struct LineBody {
    /// The rule that found it.
    rule: String,
    /// What it is about; with the rule, what it is put aside by.
    subject: String,
    /// `today`, `week` or `later`.
    part: &'static str,
    /// What, in one sentence.
    title: String,
    /// Details.
    text: Option<String>,
    /// Since when.
    since: Option<backbone_db::Instant>,
    /// When it must be done.
    due: Option<backbone_db::Instant>,
    /// What it costs whom it is asked of, in minutes; none for what nobody is asked.
    minutes: Option<i64>,
    /// Where it leads.
    href: String,
}

/// What needs the caller, and what staff put aside.
#[derive(Serialize, utoipa::ToSchema)]
#[schema(as = Attention)]
struct AttentionBody {
    /// Soonest first.
    lines: Vec<LineBody>,
    /// Put aside, the first to come back first; for staff only.
    aside: Vec<snooze::Snooze>,
}

/// What needs the caller now, soonest first, in their language.
#[utoipa::path(tag = "attention", params(("partnership" = String, Path, description = "Partnership id or slug")),
    responses((status = 200, body = AttentionBody), (status = 403, body = ProblemBody)),
    extensions(("x-permission" = json!("home.see"))))]
#[get("/partnerships/{partnership}/attention")]
pub async fn list(core: web::Data<Core>, actor: Allowed<SeeHome>) -> Result<HttpResponse, Problem> {
    let (held, who) = (core.clone(), Actor::clone(&actor));
    let found = core.db.read(move |c| needs::find(&held, c, &who)).await?;
    let zone = actor.partnership.zone();
    let body = |n: &Need| LineBody {
        rule: n.rule().into(),
        subject: n.subject().into(),
        part: match place::part(n.line.urgency, n.due, actor.now, &zone) {
            place::Part::Today => "today",
            place::Part::Week => "week",
            place::Part::Later => "later",
        },
        title: say::say(&core, &actor, &n.line.what),
        text: n.line.detail.as_ref().map(|d| say::say(&core, &actor, d)),
        since: n.line.since,
        due: n.due,
        minutes: n.minutes,
        href: format!("/p/{}{}", actor.partnership.slug, n.line.path),
    };
    Ok(HttpResponse::Ok().json(AttentionBody {
        lines: found.open.iter().map(body).collect(),
        aside: found.aside,
    }))
}

/// Puts a line aside until a day, with the reason.
#[utoipa::path(tag = "attention", request_body = NewSnooze,
    params(("partnership" = String, Path, description = "Partnership id or slug"),
           ("Idempotency-Key" = Option<String>, Header, description = "Makes a repeat of this request harmless")),
    responses((status = 201, body = snooze::Snooze), (status = 422, body = ProblemBody)),
    extensions(("x-permission" = json!("attention.snooze"))))]
#[post("/partnerships/{partnership}/attention/snoozes")]
pub async fn put_aside(
    core: web::Data<Core>,
    actor: Allowed<Snooze>,
    key: IdempotencyKey,
    body: ApiJson<NewSnooze>,
) -> Result<HttpResponse, Problem> {
    let actor = actor.into_actor();
    let (scope, now) = (actor.idempotency_scope(), actor.now);
    once(&core.db, scope, key, body.fingerprint, now, move |conn| {
        let made = snooze::snooze(conn, &actor, &body.value)?;
        let at = format!(
            "/api/v1/partnerships/{}/attention/snoozes/{}",
            actor.tenant(),
            made.id
        );
        Answer::created(at, &made)
    })
    .await
}

/// Takes a line up again before its day.
#[utoipa::path(tag = "attention",
    params(("partnership" = String, Path, description = "Partnership id or slug"), ("id" = SnoozeId, Path, description = "What was put aside")),
    responses((status = 204, description = "It is shown again"), (status = 404, body = ProblemBody)),
    extensions(("x-permission" = json!("attention.snooze"))))]
#[delete("/partnerships/{partnership}/attention/snoozes/{id}")]
pub async fn resume(
    core: web::Data<Core>,
    actor: Allowed<Snooze>,
    path: web::Path<(String, String)>,
) -> Result<HttpResponse, Problem> {
    let id = SnoozeId::parse(&path.1).map_err(|_| Problem::not_found())?;
    let actor = actor.into_actor();
    core.db.write(move |c| snooze::wake(c, &actor, &id)).await?;
    Ok(HttpResponse::NoContent().finish())
}

/// Why a line can wait, and until when.
#[get("/p/{partnership}/attention/{line}/later")]
pub async fn ask(
    core: web::Data<Core>,
    req: HttpRequest,
    actor: Allowed<Snooze>,
    path: web::Path<(String, String)>,
) -> Result<HttpResponse, Problem> {
    let actor = actor.into_actor();
    // What was handled meanwhile needs nobody any more.
    let Some(need) = find(&core, &actor, &path.1).await? else {
        return Ok(page::see_other(
            &format!("/p/{}", actor.partnership.slug),
            "home-handled-meanwhile",
        ));
    };
    let day = actor.now.date_in(&actor.partnership.zone());
    let form = json!({"until": day.saturating_add(7.days()).to_string(), "reason": ""});
    show(
        &core,
        &req,
        &actor,
        &path.1,
        &need,
        &json!({"form": form, "errors": [], "wrong": {}}),
        StatusCode::OK,
    )
}

/// Puts it aside.
#[post("/p/{partnership}/attention/{line}/later")]
pub async fn submit(
    core: web::Data<Core>,
    req: HttpRequest,
    actor: Allowed<Snooze>,
    path: web::Path<(String, String)>,
    form: Form,
) -> Result<HttpResponse, Problem> {
    let actor = actor.into_actor();
    let need = line(&core, &actor, &path.1).await?;
    let input = NewSnooze {
        rule: need.rule().into(),
        subject: need.subject().into(),
        title: say::say(&core, &actor, &need.line.what),
        reason: form.text("reason").into(),
        until: form.text("until").into(),
    };
    let who = actor.clone();
    let done = core
        .db
        .write(move |c| snooze::snooze(c, &who, &input))
        .await;
    match done {
        Ok(_) => Ok(page::see_other(
            &format!("/p/{}", actor.partnership.slug),
            "home-put-aside",
        )),
        Err(p) if page::is_shown_again(&p) => {
            let again = page::again(&core, actor.lang, &form.values(), &p);
            show(&core, &req, &actor, &path.1, &need, &again, p.status)
        }
        Err(p) => Err(p),
    }
}

/// Takes it up again.
#[post("/p/{partnership}/attention/snoozes/{snooze}/wake")]
pub async fn wake(
    core: web::Data<Core>,
    actor: Allowed<Snooze>,
    path: web::Path<(String, String)>,
) -> Result<HttpResponse, Problem> {
    let id = SnoozeId::parse(&path.1).map_err(|_| Problem::not_found())?;
    let actor = actor.into_actor();
    let home = format!("/p/{}", actor.partnership.slug);
    core.db.write(move |c| snooze::wake(c, &actor, &id)).await?;
    Ok(page::see_other(&home, "home-taken-up"))
}

async fn line(core: &web::Data<Core>, actor: &Actor, key: &str) -> Result<Need, Problem> {
    find(core, actor, key).await?.ok_or_else(Problem::not_found)
}

async fn find(core: &web::Data<Core>, actor: &Actor, key: &str) -> Result<Option<Need>, Problem> {
    let (held, who, key) = (core.clone(), actor.clone(), key.to_string());
    core.db
        .read(move |c| Ok::<_, Problem>(needs::by_key(&held, c, &who, &key)?))
        .await
}

fn show(
    core: &Core,
    req: &HttpRequest,
    actor: &Actor,
    key: &str,
    need: &Need,
    form: &Value,
    status: StatusCode,
) -> Result<HttpResponse, Problem> {
    let today = actor.now.date_in(&actor.partnership.zone());
    let title = core
        .renderer
        .text(actor.lang, "home-later-title", &Args::new());
    let shell = page::shell(core, req, actor, "home", title);
    let data = json!({
        "slug": actor.partnership.slug,
        "home": format!("/p/{}", actor.partnership.slug),
        "key": key,
        "line": say::say(core, actor, &need.line.what),
        "text": need.line.detail.as_ref().map(|d| say::say(core, actor, d)),
        "first": today.saturating_add(1.day()).to_string(),
        "last": today.saturating_add(snooze::LONGEST_DAYS.days()).to_string(),
        "form": form["form"],
        "errors": form["errors"],
        "wrong": form["wrong"],
    });
    page::html(core, status, "server/later", &shell, &data)
}
