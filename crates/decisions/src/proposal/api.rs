use actix_web::{HttpResponse, get, patch, post, web};
use backbone_identity::{Actor, Allowed, Core};
use backbone_web::{
    Answer, ApiJson, ApiQuery, IdempotencyKey, IfMatch, Page, PageQuery, Problem, ProblemBody,
    etag, once,
};
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};

use super::comment::{self, NewComment};
use super::life::{self, StepInput};
use super::{Comment, DecisionId, NewProposal, Proposal, ProposalCommentId, draft, store};
use crate::error::Error;
use crate::outcome::review::fill;
use crate::policy::{Propose, SeeDecisions};

/// Which proposals to list.
#[derive(Clone, Debug, Default, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
pub struct ProposalQuery {
    /// Only in this status.
    pub status: Option<String>,
    /// Only of this body.
    pub body: Option<String>,
    /// Words in the title or the text.
    pub q: Option<String>,
    /// `next_cursor` of the page before.
    pub cursor: Option<String>,
    /// How many, 1 to 200; 50 when not given.
    pub limit: Option<i64>,
}

impl ProposalQuery {
    pub(crate) fn filter(&self) -> Result<store::Filter, Problem> {
        let bad = |_| Problem::bad_request("invalid-query");
        let given = |text: &Option<String>| text.clone().filter(|t| !t.trim().is_empty());
        Ok(store::Filter {
            status: given(&self.status)
                .map(|s| s.parse())
                .transpose()
                .map_err(bad)?
                .into_iter()
                .collect(),
            body: given(&self.body)
                .map(|b| b.parse())
                .transpose()
                .map_err(bad)?,
            words: given(&self.q),
        })
    }
}

/// A proposal with what was said about it.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub struct ProposalDetail {
    /// The proposal.
    #[serde(flatten)]
    pub proposal: Proposal,
    /// Its comments, the oldest first.
    pub comments: Vec<Comment>,
}

/// How a concern was worked in.
#[derive(Clone, Debug, Default, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct Settling {
    /// In words.
    pub text: String,
}

pub(crate) fn parse_id(text: &str) -> Result<DecisionId, Problem> {
    text.parse().map_err(|_| Problem::not_found())
}

/// Begins a proposal, as a draft. Left out, the framework is the most fitting one.
#[utoipa::path(tag = "decisions", request_body = NewProposal,
    params(("partnership" = String, Path, description = "Partnership id or slug"),
           ("Idempotency-Key" = Option<String>, Header, description = "Makes a repeat of this request harmless")),
    responses((status = 201, body = Proposal), (status = 422, body = ProblemBody)),
    extensions(("x-permission" = json!("decision.propose"))))]
#[post("/partnerships/{partnership}/decisions")]
async fn create(
    core: web::Data<Core>,
    actor: Allowed<Propose>,
    key: IdempotencyKey,
    body: ApiJson<NewProposal>,
) -> Result<HttpResponse, Problem> {
    let (actor, held) = (actor.into_actor(), core.clone());
    let (scope, now) = (actor.idempotency_scope(), actor.now);
    once(&core.db, scope, key, body.fingerprint, now, move |conn| {
        let mut input = body.value;
        fill(conn, &held, &actor, &mut input.content)?;
        let made = draft::create(conn, &actor, &input)?;
        let to = format!(
            "/api/v1/partnerships/{}/decisions/{}",
            actor.tenant(),
            made.id
        );
        Answer::created(to, &made)
    })
    .await
}

/// Lists proposals and decisions, the newest first.
#[utoipa::path(tag = "decisions",
    params(("partnership" = String, Path, description = "Partnership id or slug"), ProposalQuery),
    responses((status = 200, body = Page<Proposal>), (status = 400, body = ProblemBody)),
    extensions(("x-permission" = json!("decision.see"))))]
#[get("/partnerships/{partnership}/decisions")]
async fn list(
    core: web::Data<Core>,
    actor: Allowed<SeeDecisions>,
    query: ApiQuery<ProposalQuery>,
) -> Result<HttpResponse, Problem> {
    let page = PageQuery {
        cursor: query.0.cursor.clone(),
        limit: query.0.limit,
    };
    let (filter, before, limit) = (query.0.filter()?, page.after()?, page.limit()?);
    let tenant = actor.tenant().to_string();
    let found = core
        .db
        .read(move |conn| store::list(conn, &tenant, &filter, before.as_deref(), limit + 1))
        .await?;
    Ok(HttpResponse::Ok().json(Page::cut(found, limit, |p| p.id.to_string())))
}

/// One proposal with its comments.
#[utoipa::path(tag = "decisions",
    params(("partnership" = String, Path, description = "Partnership id or slug"), ("decision" = String, Path, description = "Decision id")),
    responses((status = 200, body = ProposalDetail), (status = 404, body = ProblemBody)),
    extensions(("x-permission" = json!("decision.see"))))]
#[get("/partnerships/{partnership}/decisions/{decision}")]
async fn get_one(
    core: web::Data<Core>,
    actor: Allowed<SeeDecisions>,
    path: web::Path<(String, String)>,
) -> Result<HttpResponse, Problem> {
    let (tenant, id) = (actor.tenant().to_string(), parse_id(&path.1)?);
    let found = core
        .db
        .read(move |conn| {
            let proposal = store::find(conn, &tenant, &id)?.ok_or(Error::NotFound)?;
            let comments = store::comments(conn, &tenant, &id)?;
            Ok::<_, Error>(ProposalDetail { proposal, comments })
        })
        .await
        .map_err(Problem::from)?;
    Ok(etag::ok(found.proposal.version).json(found))
}

/// Changes what a proposal says, until its vote opens; the body says all of it.
#[utoipa::path(tag = "decisions", request_body = NewProposal,
    params(("partnership" = String, Path, description = "Partnership id or slug"), ("decision" = String, Path, description = "Decision id"),
           ("If-Match" = String, Header, description = "The ETag of the version that is changed")),
    responses((status = 200, body = Proposal), (status = 409, body = ProblemBody), (status = 412, body = ProblemBody), (status = 422, body = ProblemBody)),
    extensions(("x-permission" = json!("decision.propose"))))]
#[patch("/partnerships/{partnership}/decisions/{decision}")]
async fn change(
    core: web::Data<Core>,
    actor: Allowed<Propose>,
    path: web::Path<(String, String)>,
    seen: IfMatch,
    body: ApiJson<NewProposal>,
) -> Result<HttpResponse, Problem> {
    let (actor, id) = (actor.into_actor(), parse_id(&path.1)?);
    let new = core
        .db
        .write(move |conn| draft::change(conn, &actor, &id, seen, &body.value, ""))
        .await
        .map_err(|e: Error| Problem::from(e))?;
    Ok(etag::ok(new.version).json(new))
}

/// One step, by its word.
pub(crate) fn take(
    conn: &mut backbone_db::Conn,
    actor: &Actor,
    id: &DecisionId,
    step: &str,
    input: &StepInput,
) -> Result<Proposal, Error> {
    match step {
        "publish" => life::publish(conn, actor, id),
        "open" => life::open(conn, actor, id),
        "extend" => life::extend(conn, actor, id, input),
        "withdraw-option" => life::drop_option(conn, actor, id, input),
        "close" => life::close(conn, actor, id, input),
        "withdraw" => life::withdraw(conn, actor, id, input),
        "reopen" => life::reopen(conn, actor, id, input),
        _ => Err(Error::NotFound),
    }
}

/// Moves a proposal on: `publish`, `open`, `extend`, `withdraw-option`, `close`, `withdraw` or `reopen`.
#[utoipa::path(tag = "decisions", request_body = StepInput,
    params(("partnership" = String, Path, description = "Partnership id or slug"), ("decision" = String, Path, description = "Decision id"),
           ("step" = String, Path, description = "The step"),
           ("Idempotency-Key" = Option<String>, Header, description = "Makes a repeat of this request harmless")),
    responses((status = 200, body = Proposal), (status = 409, body = ProblemBody), (status = 422, body = ProblemBody)),
    extensions(("x-permission" = json!("decision.propose"))))]
#[post("/partnerships/{partnership}/decisions/{decision}/steps/{step}")]
async fn move_on(
    core: web::Data<Core>,
    actor: Allowed<Propose>,
    path: web::Path<(String, String, String)>,
    key: IdempotencyKey,
    body: ApiJson<StepInput>,
) -> Result<HttpResponse, Problem> {
    let (actor, id, step) = (actor.into_actor(), parse_id(&path.1)?, path.2.clone());
    let (scope, now) = (actor.idempotency_scope(), actor.now);
    let answer = once(&core.db, scope, key, body.fingerprint, now, move |conn| {
        Answer::ok(&take(conn, &actor, &id, &step, &body.value)?)
    })
    .await;
    core.wake_jobs();
    answer
}

/// Writes a comment; `@` and a member's whole name tells them.
#[utoipa::path(tag = "decisions", request_body = NewComment,
    params(("partnership" = String, Path, description = "Partnership id or slug"), ("decision" = String, Path, description = "Decision id"),
           ("Idempotency-Key" = Option<String>, Header, description = "Makes a repeat of this request harmless")),
    responses((status = 201, body = Comment), (status = 422, body = ProblemBody)),
    extensions(("x-permission" = json!("decision.comment"))))]
#[post("/partnerships/{partnership}/decisions/{decision}/comments")]
async fn remark(
    core: web::Data<Core>,
    actor: Allowed<crate::policy::CommentOnDecision>,
    path: web::Path<(String, String)>,
    key: IdempotencyKey,
    body: ApiJson<NewComment>,
) -> Result<HttpResponse, Problem> {
    let (actor, id) = (actor.into_actor(), parse_id(&path.1)?);
    let (scope, now) = (actor.idempotency_scope(), actor.now);
    once(&core.db, scope, key, body.fingerprint, now, move |conn| {
        let made = comment::write(conn, &actor, &id, &body.value)?;
        Answer::created(
            format!("/api/v1/partnerships/{}/decisions/{id}", actor.tenant()),
            &made,
        )
    })
    .await
}

/// Says how a concern was worked in, or what became of an amendment.
#[utoipa::path(tag = "decisions", request_body = Settling,
    params(("partnership" = String, Path, description = "Partnership id or slug"), ("decision" = String, Path, description = "Decision id"),
           ("comment" = String, Path, description = "Comment id"),
           ("Idempotency-Key" = Option<String>, Header, description = "Makes a repeat of this request harmless")),
    responses((status = 200), (status = 409, body = ProblemBody), (status = 422, body = ProblemBody)),
    extensions(("x-permission" = json!("decision.propose"))))]
#[post("/partnerships/{partnership}/decisions/{decision}/comments/{comment}/settle")]
async fn settle(
    core: web::Data<Core>,
    actor: Allowed<Propose>,
    path: web::Path<(String, String, String)>,
    key: IdempotencyKey,
    body: ApiJson<Settling>,
) -> Result<HttpResponse, Problem> {
    let (actor, id) = (actor.into_actor(), parse_id(&path.1)?);
    let said: ProposalCommentId = path.2.parse().map_err(|_| Problem::not_found())?;
    let (scope, now) = (actor.idempotency_scope(), actor.now);
    once(&core.db, scope, key, body.fingerprint, now, move |conn| {
        comment::settle(conn, &actor, &id, &said, &body.value.text)?;
        Answer::ok(&serde_json::json!({"settled": said}))
    })
    .await
}

/// Mounts the doors.
pub(crate) fn mount(cfg: &mut utoipa_actix_web::service_config::ServiceConfig) {
    cfg.service(create)
        .service(list)
        .service(get_one)
        .service(change)
        .service(move_on)
        .service(remark)
        .service(settle);
}
