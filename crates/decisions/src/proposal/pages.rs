pub(crate) mod detail;
mod form;

use actix_web::http::StatusCode;
use actix_web::{HttpRequest, HttpResponse, get, post, web};
use backbone_db::DbError;
use backbone_identity::{Actor, Allowed, Core, page};
use backbone_web::{ApiQuery, Form, IfMatch, PageQuery, Problem};
use serde_json::json;

use super::api::{ProposalQuery, parse_id, take};
use super::comment::{self, NewComment};
use super::life::StepInput;
use super::{Proposal, ProposalCommentId, Status, draft, store};
use crate::ballot::proxy::{self, NewProxy};
use crate::ballot::{cast, electorate, form as ballot_form};
use crate::body::store as bodies;
use crate::error::Error;
use crate::outcome::review::fill;
use crate::outcome::store as outcomes;
use crate::policy::{CastBallot, CommentOnDecision, Propose, SeeDecisions};
use crate::view::{Say, fresh, show, some};

/// The tone of a status.
pub(crate) fn tone(status: Status) -> &'static str {
    match status {
        Status::Voting => "watch",
        Status::InEffect => "good",
        Status::Declined => "bad",
        _ => "neutral",
    }
}

/// The register: what needs the own vote, what is open, and everything that was decided.
#[get("/p/{partnership}/decisions")]
async fn index(
    core: web::Data<Core>,
    req: HttpRequest,
    actor: Allowed<SeeDecisions>,
    query: ApiQuery<ProposalQuery>,
) -> Result<HttpResponse, Problem> {
    let actor = actor.into_actor();
    let filter = query.0.filter()?;
    let page = PageQuery {
        cursor: query.0.cursor.clone().filter(|c| !c.is_empty()),
        limit: None,
    };
    let before = page.after()?;
    let who = actor.clone();
    let (found, all_bodies, numbers, waiting) = core
        .db
        .read(move |c| {
            let tenant = who.tenant();
            let found = store::list(c, tenant, &filter, before.as_deref(), 51)?;
            let mut waiting = Vec::new();
            for x in store::in_states(c, tenant, &[Status::Voting])? {
                if electorate::acting(c, &who, &x)?
                    .iter()
                    .any(|a| a.voter.is_open() && !a.voter.voted)
                {
                    waiting.push(x);
                }
            }
            Ok::<_, DbError>((
                found,
                bodies::all(c, tenant)?,
                outcomes::numbers(c, tenant)?,
                waiting,
            ))
        })
        .await?;
    let say = Say::new(&core, actor.lang);
    let cut = backbone_web::Page::cut(found, 50, |p: &Proposal| p.id.to_string());
    let body = |x: &Proposal| all_bodies.iter().find(|b| b.id == x.body_id);
    let row = |x: &Proposal| {
        let zone = body(x).map_or(jiff::tz::TimeZone::UTC, |b| b.zone());
        let number = numbers
            .iter()
            .rev()
            .find(|(id, _)| id == &x.id)
            .map(|(_, n)| *n);
        json!({"id": x.id, "title": x.title, "status": say.of("decision-status", x.status.as_str()), "tone": tone(x.status), "number": number,
               "body": body(x).map(|b| b.name.clone()), "method": say.of("method", x.norms.method.as_str()),
               "closes": x.closes_at.filter(|_| x.status == Status::Voting).map(|c| say.moment(c, zone, actor.now)), "at": x.updated_at})
    };
    let words = |w: &Option<String>| w.clone().unwrap_or_default();
    let data = json!({
        "waiting": waiting.iter().map(row).collect::<Vec<_>>(), "rows": cut.items.iter().map(row).collect::<Vec<_>>(),
        "bodies": all_bodies.iter().map(|b| json!({"value": b.id, "label": b.name})).collect::<Vec<_>>(),
        "statuses": say.options("decision-status", Status::ALL.iter().map(|s| s.as_str())),
        "status": words(&query.0.status), "body": words(&query.0.body), "q": words(&query.0.q),
        "filtered": query.0.status.is_some() || query.0.body.is_some() || query.0.q.is_some(),
        "older": cut.next_cursor.map(|c| format!("?cursor={c}")),
        "may_propose": actor.may::<Propose>(), "has_bodies": !all_bodies.is_empty(),
    });
    let title = say.word("decisions-title");
    show(
        &core,
        &req,
        &actor,
        StatusCode::OK,
        "decisions/index",
        title,
        data,
    )
}

/// The form for a new one; the title, the amount and the body choose the framework.
#[get("/p/{partnership}/decisions/new")]
async fn blank(
    core: web::Data<Core>,
    req: HttpRequest,
    actor: Allowed<Propose>,
) -> Result<HttpResponse, Problem> {
    let data = fresh(form::empty());
    form::page(&core, &req, &actor, StatusCode::OK, None, data).await
}

#[post("/p/{partnership}/decisions/new")]
async fn create(
    core: web::Data<Core>,
    req: HttpRequest,
    actor: Allowed<Propose>,
    form: Form,
) -> Result<HttpResponse, Problem> {
    let actor = actor.into_actor();
    let (by, held) = (actor.clone(), core.clone());
    let done = match form::read(&form, &actor) {
        Ok(mut input) => core
            .db
            .write(move |c| {
                fill(c, &held, &by, &mut input.content)?;
                draft::create(c, &by, &input)
            })
            .await
            .map_err(|e: Error| Problem::from(e)),
        Err(problem) => Err(problem),
    };
    match done {
        Ok(made) => {
            let to = format!("/p/{}/decisions/{}", actor.partnership.slug, made.id);
            Ok(page::see_other(&to, "decision-drafted"))
        }
        Err(p) if page::is_shown_again(&p) => {
            let data = page::again(&core, actor.lang, &form::typed_values(&form), &p);
            form::page(&core, &req, &actor, p.status, None, data).await
        }
        Err(p) => Err(p),
    }
}

#[get("/p/{partnership}/decisions/{decision}/edit")]
async fn edit_form(
    core: web::Data<Core>,
    req: HttpRequest,
    actor: Allowed<Propose>,
    path: web::Path<(String, String)>,
) -> Result<HttpResponse, Problem> {
    let x = found(&core, &actor, &path.1).await?;
    let data = fresh(form::values(&x, &actor));
    form::page(&core, &req, &actor, StatusCode::OK, Some(&x), data).await
}

pub(super) async fn found(core: &Core, actor: &Actor, id: &str) -> Result<Proposal, Problem> {
    let (tenant, id) = (actor.tenant().to_string(), parse_id(id)?);
    let x = core.db.read(move |c| store::find(c, &tenant, &id)).await?;
    x.ok_or_else(Problem::not_found)
}

#[post("/p/{partnership}/decisions/{decision}/edit")]
async fn save(
    core: web::Data<Core>,
    req: HttpRequest,
    actor: Allowed<Propose>,
    path: web::Path<(String, String)>,
    form: Form,
) -> Result<HttpResponse, Problem> {
    let actor = actor.into_actor();
    let x = found(&core, &actor, &path.1).await?;
    let (by, id) = (actor.clone(), x.id.clone());
    let (seen, why) = (
        IfMatch(form.text("version").parse().ok()),
        form.text("reason").to_string(),
    );
    let done = match form::read(&form, &actor) {
        Ok(input) => core
            .db
            .write(move |c| draft::change(c, &by, &id, seen, &input, &why))
            .await
            .map_err(|e: Error| Problem::from(e)),
        Err(problem) => Err(problem),
    };
    match done {
        Ok(saved) => {
            let to = format!("/p/{}/decisions/{}", actor.partnership.slug, saved.id);
            Ok(page::see_other(&to, "decision-saved"))
        }
        Err(p) if page::is_shown_again(&p) => {
            let data = page::again(&core, actor.lang, &form::typed_values(&form), &p);
            form::page(&core, &req, &actor, p.status, Some(&x), data).await
        }
        Err(p) => Err(p),
    }
}

/// Casts the vote at once; the page comes back with what counts now.
#[post("/p/{partnership}/decisions/{decision}/vote")]
async fn vote(
    core: web::Data<Core>,
    req: HttpRequest,
    actor: Allowed<CastBallot>,
    path: web::Path<(String, String)>,
    form: Form,
) -> Result<HttpResponse, Problem> {
    let (actor, id) = (actor.into_actor(), parse_id(&path.1)?);
    let by = actor.clone();
    let done = core
        .db
        .write(move |c| {
            let x = cast::open(c, &by, &id)?;
            let input = ballot_form::read(&form, &x);
            cast::cast(c, &by, &id, &input)
        })
        .await;
    match done.map_err(|e: Error| Problem::from(e)) {
        Ok(receipt) => {
            detail::page(
                &core,
                &req,
                &actor,
                &path.1,
                StatusCode::OK,
                Some(receipt),
                None,
            )
            .await
        }
        Err(p) if page::is_shown_again(&p) => {
            detail::page(&core, &req, &actor, &path.1, p.status, None, Some(p)).await
        }
        Err(p) => Err(p),
    }
}

/// One proposal or decision.
#[get("/p/{partnership}/decisions/{decision}")]
async fn one(
    core: web::Data<Core>,
    req: HttpRequest,
    actor: Allowed<SeeDecisions>,
    path: web::Path<(String, String)>,
) -> Result<HttpResponse, Problem> {
    detail::page(&core, &req, &actor, &path.1, StatusCode::OK, None, None).await
}

/// Writes a comment.
#[post("/p/{partnership}/decisions/{decision}/comments")]
async fn remark(
    core: web::Data<Core>,
    req: HttpRequest,
    actor: Allowed<CommentOnDecision>,
    path: web::Path<(String, String)>,
    form: Form,
) -> Result<HttpResponse, Problem> {
    let (actor, id) = (actor.into_actor(), parse_id(&path.1)?);
    let input = NewComment {
        kind: form.text("kind").into(),
        text: form.text("text").into(),
        parent_id: some(form.text("parent_id")),
    };
    let by = actor.clone();
    let done = core
        .db
        .write(move |c| comment::write(c, &by, &id, &input))
        .await;
    back(
        &core,
        &req,
        &actor,
        &path.1,
        done.map(drop),
        "decision-commented",
    )
    .await
}

/// Says how a concern was worked in.
#[post("/p/{partnership}/decisions/{decision}/comments/{comment}/settle")]
async fn settle(
    core: web::Data<Core>,
    req: HttpRequest,
    actor: Allowed<Propose>,
    path: web::Path<(String, String, String)>,
    form: Form,
) -> Result<HttpResponse, Problem> {
    let (actor, id) = (actor.into_actor(), parse_id(&path.1)?);
    let said: ProposalCommentId = path.2.parse().map_err(|_| Problem::not_found())?;
    let (by, how) = (actor.clone(), form.text("text").to_string());
    let done = core
        .db
        .write(move |c| comment::settle(c, &by, &id, &said, &how))
        .await;
    back(&core, &req, &actor, &path.1, done, "decision-settled-done").await
}

/// Gives a proxy for this vote.
#[post("/p/{partnership}/decisions/{decision}/proxy")]
async fn give_proxy(
    core: web::Data<Core>,
    req: HttpRequest,
    actor: Allowed<CastBallot>,
    path: web::Path<(String, String)>,
    form: Form,
) -> Result<HttpResponse, Problem> {
    let actor = actor.into_actor();
    let own = found(&core, &actor, &path.1).await?;
    let input = NewProxy {
        seat_id: form.text("seat_id").into(),
        person_id: form.text("person_id").into(),
        proposal_id: Some(own.id.to_string()),
        expires_at: own.closes_at.map(|c| c.to_string()).unwrap_or_default(),
        note: form.text("note").into(),
    };
    let by = actor.clone();
    let done = core.db.write(move |c| proxy::give(c, &by, &input)).await;
    back(&core, &req, &actor, &path.1, done.map(drop), "proxy-given").await
}

/// A step by its word: publish, open, extend, close, withdraw, reopen, withdraw-option.
#[post("/p/{partnership}/decisions/{decision}/steps/{step}")]
async fn act(
    core: web::Data<Core>,
    req: HttpRequest,
    actor: Allowed<Propose>,
    path: web::Path<(String, String, String)>,
    form: Form,
) -> Result<HttpResponse, Problem> {
    let (actor, id, step) = (actor.into_actor(), parse_id(&path.1)?, path.2.clone());
    let input = StepInput {
        reason: form.text("reason").into(),
        closes_at: some(form.text("closes_at")),
        option: some(form.text("option")),
    };
    let by = actor.clone();
    let done = core
        .db
        .write(move |c| take(c, &by, &id, &step, &input))
        .await;
    core.wake_jobs();
    back(
        &core,
        &req,
        &actor,
        &path.1,
        done.map(drop),
        "decision-moved",
    )
    .await
}

/// Back to the page, which says what was done, or what stands in the way.
async fn back(
    core: &web::Data<Core>,
    req: &HttpRequest,
    actor: &Actor,
    id: &str,
    done: Result<(), Error>,
    message: &str,
) -> Result<HttpResponse, Problem> {
    match done.map_err(Problem::from) {
        Ok(()) => Ok(page::see_other(
            &format!("/p/{}/decisions/{id}", actor.partnership.slug),
            message,
        )),
        Err(p) if page::is_shown_again(&p) => {
            detail::page(core, req, actor, id, p.status, None, Some(p)).await
        }
        Err(p) => Err(p),
    }
}

/// Mounts the pages; fixed words come before identifiers.
pub(crate) fn mount(cfg: &mut web::ServiceConfig) {
    cfg.service(index)
        .service(blank)
        .service(create)
        .service(edit_form)
        .service(save)
        .service(vote)
        .service(remark)
        .service(settle)
        .service(give_proxy)
        .service(act)
        .service(one);
}

/// The page of a decision with what was just cast elsewhere.
pub(crate) async fn receipt(
    core: &web::Data<Core>,
    req: &HttpRequest,
    actor: &Actor,
    id: &str,
    receipt: crate::ballot::Receipt,
) -> Result<HttpResponse, Problem> {
    detail::page(core, req, actor, id, StatusCode::OK, Some(receipt), None).await
}
