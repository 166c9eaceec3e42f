use actix_web::{HttpResponse, get, post, web};
use backbone_identity::{Actor, Allowed, Core};
use backbone_web::{Answer, ApiJson, IdempotencyKey, Problem, ProblemBody, once};
use serde::Serialize;
use utoipa::ToSchema;

use super::proxy::{self, NewProxy};
use super::{Ballot, NewBallot, Proxy, ProxyId, Receipt, Voter, cast, electorate, store};
use crate::error::Error;
use crate::policy::{CastBallot, SeeDecisions};
use crate::proposal::api::parse_id;
use crate::proposal::{Status, store as proposals};

/// How a vote stands, as far as the one who asks may see it.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub struct Standing {
    /// How many may vote.
    pub eligible: usize,
    /// How many have; none for a secret vote with too few ballots.
    pub voted: Option<usize>,
    /// Who may vote, with whether they have; empty for a secret vote.
    pub voters: Vec<Voter>,
    /// The ballots, where they are shown already.
    pub ballots: Option<Vec<Ballot>>,
    /// The proxies that hold on it.
    pub proxies: Vec<Proxy>,
}

/// Proxies that hold now.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub struct Proxies {
    /// The oldest first.
    pub items: Vec<Proxy>,
}

/// Casts a ballot, or changes it until the close. The same ballot again changes nothing, so a repeat is harmless without a key;
/// what a secret ballot says is not kept with one either.
#[utoipa::path(tag = "decisions", request_body = NewBallot,
    params(("partnership" = String, Path, description = "Partnership id or slug"), ("decision" = String, Path, description = "Decision id"),
           ("Idempotency-Key" = Option<String>, Header, description = "Accepted, and not needed: the same ballot counts once")),
    responses((status = 200, body = Receipt), (status = 409, body = ProblemBody), (status = 422, body = ProblemBody)),
    extensions(("x-permission" = json!("ballot.cast"))))]
#[post("/partnerships/{partnership}/decisions/{decision}/ballot")]
async fn vote(
    core: web::Data<Core>,
    actor: Allowed<CastBallot>,
    path: web::Path<(String, String)>,
    _key: IdempotencyKey,
    body: ApiJson<NewBallot>,
) -> Result<HttpResponse, Problem> {
    let (actor, id) = (actor.into_actor(), parse_id(&path.1)?);
    let receipt = core
        .db
        .write(move |conn| cast::cast(conn, &actor, &id, &body.value))
        .await
        .map_err(|e: Error| Problem::from(e))?;
    Ok(HttpResponse::Ok().json(receipt))
}

/// How a vote stands.
#[utoipa::path(tag = "decisions",
    params(("partnership" = String, Path, description = "Partnership id or slug"), ("decision" = String, Path, description = "Decision id")),
    responses((status = 200, body = Standing), (status = 404, body = ProblemBody)),
    extensions(("x-permission" = json!("decision.see"))))]
#[get("/partnerships/{partnership}/decisions/{decision}/ballots")]
async fn standing(
    core: web::Data<Core>,
    actor: Allowed<SeeDecisions>,
    path: web::Path<(String, String)>,
) -> Result<HttpResponse, Problem> {
    let (actor, id) = (actor.into_actor(), parse_id(&path.1)?);
    let found = core
        .db
        .read(move |conn| {
            let x = proposals::find(conn, actor.tenant(), &id)?.ok_or(Error::NotFound)?;
            stand(conn, &actor, &x)
        })
        .await
        .map_err(|e: Error| Problem::from(e))?;
    Ok(HttpResponse::Ok().json(found))
}

/// How a vote stands, for one who looks: who voted what shows when the framework says so, and of a secret vote never.
pub(crate) fn stand(
    conn: &mut backbone_db::Conn,
    actor: &Actor,
    x: &crate::proposal::Proposal,
) -> Result<Standing, Error> {
    let voters = store::voters(conn, actor.tenant(), &x.id)?;
    let shown = shows(conn, actor, x)?;
    let ballots = if shown {
        Some(store::all(conn, actor.tenant(), &x.id)?)
    } else {
        None
    };
    let proxies = store::proxies(conn, actor.tenant(), actor.now)?;
    let ours =
        |p: &Proxy| voters.iter().any(|v| v.seat_id == p.seat_id) && p.holds(&x.id, actor.now);
    Ok(Standing {
        eligible: voters.iter().filter(|v| v.is_open()).count(),
        voted: electorate::turnout(x, &voters),
        proxies: proxies.into_iter().filter(ours).collect(),
        ballots,
        voters: if x.norms.secret { Vec::new() } else { voters },
    })
}

/// Whether the one who looks sees how it stands.
pub(crate) fn shows(
    conn: &mut backbone_db::Conn,
    actor: &Actor,
    x: &crate::proposal::Proposal,
) -> Result<bool, Error> {
    use crate::framework::Results;
    if x.status != Status::Voting {
        // Few secret ballots would tell whose they are.
        let voters = store::voters(conn, actor.tenant(), &x.id)?;
        return Ok(x.closed_at.is_some() && electorate::turnout(x, &voters).is_some());
    }
    Ok(match x.norms.results {
        // A secret vote that showed itself while it runs would tell of each new ballot.
        _ if x.norms.secret => false,
        Results::Always => true,
        Results::AfterClose => false,
        Results::AfterVote => electorate::acting(conn, actor, x)?
            .iter()
            .any(|a| a.voter.voted),
    })
}

/// The proxies that hold now.
#[utoipa::path(tag = "decisions",
    params(("partnership" = String, Path, description = "Partnership id or slug")),
    responses((status = 200, body = Proxies)),
    extensions(("x-permission" = json!("decision.see"))))]
#[get("/partnerships/{partnership}/proxies")]
async fn list_proxies(
    core: web::Data<Core>,
    actor: Allowed<SeeDecisions>,
) -> Result<HttpResponse, Problem> {
    let (tenant, now) = (actor.tenant().to_string(), actor.now);
    let items = core
        .db
        .read(move |conn| store::proxies(conn, &tenant, now))
        .await?;
    Ok(HttpResponse::Ok().json(Proxies { items }))
}

/// Gives a proxy for a seat.
#[utoipa::path(tag = "decisions", request_body = NewProxy,
    params(("partnership" = String, Path, description = "Partnership id or slug"),
           ("Idempotency-Key" = Option<String>, Header, description = "Makes a repeat of this request harmless")),
    responses((status = 201, body = Proxy), (status = 422, body = ProblemBody)),
    extensions(("x-permission" = json!("ballot.cast"))))]
#[post("/partnerships/{partnership}/proxies")]
async fn give_proxy(
    core: web::Data<Core>,
    actor: Allowed<CastBallot>,
    key: IdempotencyKey,
    body: ApiJson<NewProxy>,
) -> Result<HttpResponse, Problem> {
    let actor = actor.into_actor();
    let (scope, now) = (actor.idempotency_scope(), actor.now);
    once(&core.db, scope, key, body.fingerprint, now, move |conn| {
        let made = proxy::give(conn, &actor, &body.value)?;
        Answer::created(
            format!("/api/v1/partnerships/{}/proxies", actor.tenant()),
            &made,
        )
    })
    .await
}

/// Takes a proxy back.
#[utoipa::path(tag = "decisions",
    params(("partnership" = String, Path, description = "Partnership id or slug"), ("proxy" = String, Path, description = "Proxy id"),
           ("Idempotency-Key" = Option<String>, Header, description = "Makes a repeat of this request harmless")),
    responses((status = 200), (status = 409, body = ProblemBody)),
    extensions(("x-permission" = json!("ballot.cast"))))]
#[post("/partnerships/{partnership}/proxies/{proxy}/revoke")]
async fn revoke_proxy(
    core: web::Data<Core>,
    actor: Allowed<CastBallot>,
    path: web::Path<(String, String)>,
    key: IdempotencyKey,
    body: ApiJson<serde_json::Value>,
) -> Result<HttpResponse, Problem> {
    let actor = actor.into_actor();
    let id: ProxyId = path.1.parse().map_err(|_| Problem::not_found())?;
    let (scope, now) = (actor.idempotency_scope(), actor.now);
    once(&core.db, scope, key, body.fingerprint, now, move |conn| {
        proxy::revoke(conn, &actor, &id)?;
        Answer::ok(&serde_json::json!({"revoked": id}))
    })
    .await
}

/// Mounts the doors.
pub(crate) fn mount(cfg: &mut utoipa_actix_web::service_config::ServiceConfig) {
    cfg.service(vote)
        .service(standing)
        .service(list_proxies)
        .service(give_proxy)
        .service(revoke_proxy);
}
