use actix_web::{HttpResponse, get, patch, post, web};
use backbone_identity::{Allowed, Core};
use backbone_web::{
    Answer, ApiJson, ApiQuery, IdempotencyKey, IfMatch, Page, PageQuery, Problem, ProblemBody,
    etag, once,
};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use super::{Commitment, CommitmentId, NewCommitment, Note, Progress, edit, store};
use crate::error::Error;
use crate::policy::{ManageBodies, ReportCommitment, SeeDecisions};

/// A commitment with what was said about it.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub struct CommitmentDetail {
    /// The commitment.
    #[serde(flatten)]
    pub commitment: Commitment,
    /// What was said, the latest first.
    pub notes: Vec<Note>,
}

/// A contribution that was given towards a commitment.
#[derive(Clone, Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct Fulfilment {
    /// Its identifier.
    pub contribution_id: String,
}

pub(crate) fn parse_id(text: &str) -> Result<CommitmentId, Problem> {
    text.parse().map_err(|_| Problem::not_found())
}

/// Makes a commitment that does not follow from one decision.
#[utoipa::path(tag = "commitments", request_body = NewCommitment,
    params(("partnership" = String, Path, description = "Partnership id or slug"),
           ("Idempotency-Key" = Option<String>, Header, description = "Makes a repeat of this request harmless")),
    responses((status = 201, body = Commitment), (status = 422, body = ProblemBody)),
    extensions(("x-permission" = json!("body.manage"))))]
#[post("/partnerships/{partnership}/commitments")]
async fn create(
    core: web::Data<Core>,
    actor: Allowed<ManageBodies>,
    key: IdempotencyKey,
    body: ApiJson<NewCommitment>,
) -> Result<HttpResponse, Problem> {
    let actor = actor.into_actor();
    let (scope, now) = (actor.idempotency_scope(), actor.now);
    once(&core.db, scope, key, body.fingerprint, now, move |conn| {
        let made = edit::create(conn, &actor, None, &body.value)?;
        Answer::created(
            format!(
                "/api/v1/partnerships/{}/commitments/{}",
                actor.tenant(),
                made.id
            ),
            &made,
        )
    })
    .await
}

/// Lists commitments, in the order they were made.
#[utoipa::path(tag = "commitments",
    params(("partnership" = String, Path, description = "Partnership id or slug"), PageQuery),
    responses((status = 200, body = Page<Commitment>), (status = 400, body = ProblemBody)),
    extensions(("x-permission" = json!("decision.see"))))]
#[get("/partnerships/{partnership}/commitments")]
async fn list(
    core: web::Data<Core>,
    actor: Allowed<SeeDecisions>,
    query: ApiQuery<PageQuery>,
) -> Result<HttpResponse, Problem> {
    let (after, limit) = (query.0.after()?, query.0.limit()?);
    let tenant = actor.tenant().to_string();
    let found = core
        .db
        .read(move |conn| store::list(conn, &tenant, after.as_deref(), limit + 1))
        .await?;
    Ok(HttpResponse::Ok().json(Page::cut(found, limit, |c| c.id.to_string())))
}

/// One commitment with what was said about it.
#[utoipa::path(tag = "commitments",
    params(("partnership" = String, Path, description = "Partnership id or slug"), ("commitment" = String, Path, description = "Commitment id")),
    responses((status = 200, body = CommitmentDetail), (status = 404, body = ProblemBody)),
    extensions(("x-permission" = json!("decision.see"))))]
#[get("/partnerships/{partnership}/commitments/{commitment}")]
async fn get_one(
    core: web::Data<Core>,
    actor: Allowed<SeeDecisions>,
    path: web::Path<(String, String)>,
) -> Result<HttpResponse, Problem> {
    let (tenant, id) = (actor.tenant().to_string(), parse_id(&path.1)?);
    let found = core
        .db
        .read(move |conn| {
            let commitment = store::find(conn, &tenant, &id)?.ok_or(Error::NotFound)?;
            let notes = store::notes(conn, &tenant, &id)?;
            Ok::<_, Error>(CommitmentDetail { commitment, notes })
        })
        .await
        .map_err(Problem::from)?;
    Ok(etag::ok(found.commitment.version).json(found))
}

/// Says how a commitment goes.
#[utoipa::path(tag = "commitments", request_body = Progress,
    params(("partnership" = String, Path, description = "Partnership id or slug"), ("commitment" = String, Path, description = "Commitment id"),
           ("If-Match" = String, Header, description = "The ETag of the version that is reported on")),
    responses((status = 200, body = Commitment), (status = 412, body = ProblemBody), (status = 422, body = ProblemBody)),
    extensions(("x-permission" = json!("commitment.report"))))]
#[patch("/partnerships/{partnership}/commitments/{commitment}")]
async fn report(
    core: web::Data<Core>,
    actor: Allowed<ReportCommitment>,
    path: web::Path<(String, String)>,
    seen: IfMatch,
    body: ApiJson<Progress>,
) -> Result<HttpResponse, Problem> {
    let (actor, id) = (actor.into_actor(), parse_id(&path.1)?);
    let new = core
        .db
        .write(move |conn| edit::report(conn, &actor, &id, seen, &body.value))
        .await
        .map_err(|e: Error| Problem::from(e))?;
    Ok(etag::ok(new.version).json(new))
}

/// Says that a contribution was given towards a commitment.
#[utoipa::path(tag = "commitments", request_body = Fulfilment,
    params(("partnership" = String, Path, description = "Partnership id or slug"), ("commitment" = String, Path, description = "Commitment id"),
           ("Idempotency-Key" = Option<String>, Header, description = "Makes a repeat of this request harmless")),
    responses((status = 200), (status = 404, body = ProblemBody), (status = 422, body = ProblemBody)),
    extensions(("x-permission" = json!("commitment.report"))))]
#[post("/partnerships/{partnership}/commitments/{commitment}/contributions")]
async fn fulfil(
    core: web::Data<Core>,
    actor: Allowed<ReportCommitment>,
    path: web::Path<(String, String)>,
    key: IdempotencyKey,
    body: ApiJson<Fulfilment>,
) -> Result<HttpResponse, Problem> {
    let (actor, id, held) = (actor.into_actor(), parse_id(&path.1)?, core.clone());
    let (scope, now) = (actor.idempotency_scope(), actor.now);
    once(&core.db, scope, key, body.fingerprint, now, move |conn| {
        edit::fulfil(conn, &held, &actor, &id, &body.value.contribution_id)?;
        Answer::ok(&serde_json::json!({"contribution_id": body.value.contribution_id}))
    })
    .await
}

/// Mounts the doors.
pub(crate) fn mount(cfg: &mut utoipa_actix_web::service_config::ServiceConfig) {
    cfg.service(create)
        .service(list)
        .service(get_one)
        .service(report)
        .service(fulfil);
}
