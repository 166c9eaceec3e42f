use actix_web::{HttpResponse, get, post, web};
use backbone_events::Object;
use backbone_identity::{Allowed, Core};
use backbone_web::{
    Answer, ApiJson, ApiQuery, IdempotencyKey, Page, PageQuery, Problem, ProblemBody, once,
};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use super::review::{NewReview, review};
use super::{NewOutcome, Outcome, Record, Review, decide, record, store};
use crate::commitment::{Commitment, store as commitments};
use crate::error::Error;
use crate::policy::{Propose, SeeDecisions};
use crate::proposal::api::parse_id;

/// An outcome with what follows from it.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub struct OutcomeDetail {
    /// The outcome.
    #[serde(flatten)]
    pub outcome: Outcome,
    /// What is done about it.
    pub commitments: Vec<Commitment>,
    /// The sealed records, the latest first.
    pub records: Vec<Record>,
    /// The reviews, the latest first.
    pub reviews: Vec<Review>,
}

/// Everything that is needed to verify the register without this server.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub struct Bundle {
    /// How to verify.
    pub recipe: Vec<String>,
    /// All records from the first on, in order.
    pub records: Vec<Record>,
    /// The number of the first record that does not hold, when this server checked.
    pub broken: Option<i64>,
}

/// What was adopted by a decision.
#[derive(Clone, Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct Attached {
    /// A metric, a contribution, a value model, …
    pub object: Object,
}

/// The outcome of a decision: how it was counted step by step, what follows, its records and reviews.
#[utoipa::path(tag = "decisions",
    params(("partnership" = String, Path, description = "Partnership id or slug"), ("decision" = String, Path, description = "Decision id")),
    responses((status = 200, body = OutcomeDetail), (status = 404, body = ProblemBody)),
    extensions(("x-permission" = json!("decision.see"))))]
#[get("/partnerships/{partnership}/decisions/{decision}/outcome")]
async fn outcome(
    core: web::Data<Core>,
    actor: Allowed<SeeDecisions>,
    path: web::Path<(String, String)>,
) -> Result<HttpResponse, Problem> {
    let (tenant, id) = (actor.tenant().to_string(), parse_id(&path.1)?);
    let found = core
        .db
        .read(move |conn| {
            Ok::<_, Error>(OutcomeDetail {
                outcome: store::of(conn, &tenant, &id)?.ok_or(Error::NotFound)?,
                commitments: commitments::of_proposal(conn, &tenant, &id)?,
                records: store::records_of(conn, &tenant, &id)?,
                reviews: store::reviews(conn, &tenant, &id)?,
            })
        })
        .await
        .map_err(Problem::from)?;
    Ok(HttpResponse::Ok().json(found))
}

/// Writes the outcome down, makes its commitments, and seals the record.
#[utoipa::path(tag = "decisions", request_body = NewOutcome,
    params(("partnership" = String, Path, description = "Partnership id or slug"), ("decision" = String, Path, description = "Decision id"),
           ("Idempotency-Key" = Option<String>, Header, description = "Makes a repeat of this request harmless")),
    responses((status = 201, body = Record), (status = 409, body = ProblemBody), (status = 422, body = ProblemBody)),
    extensions(("x-permission" = json!("decision.propose"))))]
#[post("/partnerships/{partnership}/decisions/{decision}/outcome")]
async fn write_down(
    core: web::Data<Core>,
    actor: Allowed<Propose>,
    path: web::Path<(String, String)>,
    key: IdempotencyKey,
    body: ApiJson<NewOutcome>,
) -> Result<HttpResponse, Problem> {
    let (actor, id) = (actor.into_actor(), parse_id(&path.1)?);
    let (scope, now) = (actor.idempotency_scope(), actor.now);
    let answer = once(&core.db, scope, key, body.fingerprint, now, move |conn| {
        let sealed = decide::decide(conn, &actor, &id, &body.value)?;
        Answer::created(
            format!(
                "/api/v1/partnerships/{}/decisions/{id}/outcome",
                actor.tenant()
            ),
            &sealed,
        )
    })
    .await;
    core.wake_jobs();
    answer
}

/// A seat decides alone, within what was delegated to it.
#[utoipa::path(tag = "decisions", request_body = NewOutcome,
    params(("partnership" = String, Path, description = "Partnership id or slug"), ("decision" = String, Path, description = "Decision id"),
           ("Idempotency-Key" = Option<String>, Header, description = "Makes a repeat of this request harmless")),
    responses((status = 201, body = Record), (status = 409, body = ProblemBody), (status = 422, body = ProblemBody)),
    extensions(("x-permission" = json!("decision.propose"))))]
#[post("/partnerships/{partnership}/decisions/{decision}/decide-alone")]
async fn alone(
    core: web::Data<Core>,
    actor: Allowed<Propose>,
    path: web::Path<(String, String)>,
    key: IdempotencyKey,
    body: ApiJson<NewOutcome>,
) -> Result<HttpResponse, Problem> {
    let (actor, id) = (actor.into_actor(), parse_id(&path.1)?);
    let (scope, now) = (actor.idempotency_scope(), actor.now);
    once(&core.db, scope, key, body.fingerprint, now, move |conn| {
        let sealed = decide::alone(conn, &actor, &id, &body.value)?;
        Answer::created(
            format!(
                "/api/v1/partnerships/{}/decisions/{id}/outcome",
                actor.tenant()
            ),
            &sealed,
        )
    })
    .await
}

/// Links a metric, a contribution or a value model to the decision by which it was adopted.
#[utoipa::path(tag = "decisions", request_body = Attached,
    params(("partnership" = String, Path, description = "Partnership id or slug"), ("decision" = String, Path, description = "Decision id"),
           ("Idempotency-Key" = Option<String>, Header, description = "Makes a repeat of this request harmless")),
    responses((status = 200), (status = 409, body = ProblemBody), (status = 422, body = ProblemBody)),
    extensions(("x-permission" = json!("body.manage"))))]
#[post("/partnerships/{partnership}/decisions/{decision}/links")]
async fn attach(
    core: web::Data<Core>,
    actor: Allowed<crate::policy::ManageBodies>,
    path: web::Path<(String, String)>,
    key: IdempotencyKey,
    body: ApiJson<Attached>,
) -> Result<HttpResponse, Problem> {
    let (actor, id, held) = (actor.into_actor(), parse_id(&path.1)?, core.clone());
    let (scope, now) = (actor.idempotency_scope(), actor.now);
    once(&core.db, scope, key, body.fingerprint, now, move |conn| {
        decide::attach(conn, &held, &actor, &id, &body.value.object)?;
        Answer::ok(&serde_json::json!({"attached": body.value.object}))
    })
    .await
}

/// Looks back at a decision.
#[utoipa::path(tag = "decisions", request_body = NewReview,
    params(("partnership" = String, Path, description = "Partnership id or slug"), ("decision" = String, Path, description = "Decision id"),
           ("Idempotency-Key" = Option<String>, Header, description = "Makes a repeat of this request harmless")),
    responses((status = 201, body = Review), (status = 409, body = ProblemBody), (status = 422, body = ProblemBody)),
    extensions(("x-permission" = json!("decision.propose"))))]
#[post("/partnerships/{partnership}/decisions/{decision}/reviews")]
async fn look_back(
    core: web::Data<Core>,
    actor: Allowed<Propose>,
    path: web::Path<(String, String)>,
    key: IdempotencyKey,
    body: ApiJson<NewReview>,
) -> Result<HttpResponse, Problem> {
    let (actor, id, held) = (actor.into_actor(), parse_id(&path.1)?, core.clone());
    let (scope, now) = (actor.idempotency_scope(), actor.now);
    once(&core.db, scope, key, body.fingerprint, now, move |conn| {
        let made = review(conn, &held, &actor, &id, &body.value)?;
        Answer::created(
            format!(
                "/api/v1/partnerships/{}/decisions/{id}/outcome",
                actor.tenant()
            ),
            &made,
        )
    })
    .await
}

/// The register: sealed records in order.
#[utoipa::path(tag = "decisions",
    params(("partnership" = String, Path, description = "Partnership id or slug"), PageQuery),
    responses((status = 200, body = Page<Record>), (status = 400, body = ProblemBody)),
    extensions(("x-permission" = json!("decision.see"))))]
#[get("/partnerships/{partnership}/decision-records")]
async fn register(
    core: web::Data<Core>,
    actor: Allowed<SeeDecisions>,
    query: ApiQuery<PageQuery>,
) -> Result<HttpResponse, Problem> {
    let (after, limit) = (query.0.after()?, query.0.limit()?);
    let after = match after {
        None => 0,
        Some(text) => text
            .parse()
            .map_err(|_| Problem::bad_request("invalid-cursor"))?,
    };
    let tenant = actor.tenant().to_string();
    let found = core
        .db
        .read(move |conn| store::records(conn, &tenant, after, limit + 1))
        .await?;
    Ok(HttpResponse::Ok().json(Page::cut(found, limit, |r| r.number.to_string())))
}

/// Everything that is needed to verify the register without this server: the records, and how to.
#[utoipa::path(tag = "decisions",
    params(("partnership" = String, Path, description = "Partnership id or slug")),
    responses((status = 200, body = Bundle)),
    extensions(("x-permission" = json!("decision.see"))))]
#[get("/partnerships/{partnership}/decision-records/bundle")]
async fn bundle(
    core: web::Data<Core>,
    actor: Allowed<SeeDecisions>,
) -> Result<HttpResponse, Problem> {
    let tenant = actor.tenant().to_string();
    let records = core
        .db
        .read(move |conn| store::records(conn, &tenant, 0, i64::MAX))
        .await?;
    let say = crate::view::Say::new(&core, actor.lang);
    let recipe = (1..=4)
        .map(|n| say.word(&format!("record-recipe-{n}")))
        .collect();
    Ok(HttpResponse::Ok().json(Bundle {
        recipe,
        broken: record::broken(&records),
        records,
    }))
}

/// Mounts the doors; fixed words come before identifiers.
pub(crate) fn mount(cfg: &mut utoipa_actix_web::service_config::ServiceConfig) {
    cfg.service(bundle)
        .service(register)
        .service(outcome)
        .service(write_down)
        .service(alone)
        .service(attach)
        .service(look_back);
}
