use actix_web::{HttpResponse, post, web};
use backbone_identity::{Allowed, Core};
use backbone_web::{Answer, ApiJson, IdempotencyKey, Problem, ProblemBody, once};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use super::{NewCount, keep, look};
use crate::policy::ImportDecisions;
use crate::proposal::Proposal;

/// A vote that was held elsewhere.
#[derive(Clone, Debug, Default, Serialize, Deserialize, ToSchema)]
#[serde(default, deny_unknown_fields)]
pub struct NewBallotFile {
    /// What has to be known beside the ballots.
    pub about: NewCount,
    /// `csv`, `blt`, `json` or `pb`.
    pub format: String,
    /// The text of the file, as `backbone tally` reads it.
    pub content: String,
}

/// Keeps a vote that was held elsewhere as a decision: its ballots are counted here. The same file for the same body and method is the same
/// decision, so a repeat is harmless.
#[utoipa::path(tag = "decisions", request_body = NewBallotFile,
    params(("partnership" = String, Path, description = "Partnership id or slug"),
           ("Idempotency-Key" = Option<String>, Header, description = "Makes a repeat of this request harmless")),
    responses((status = 201, body = Proposal), (status = 422, body = ProblemBody)),
    extensions(("x-permission" = json!("decision.import"))))]
#[post("/partnerships/{partnership}/decision-imports/ballots")]
async fn bring_ballots(
    core: web::Data<Core>,
    actor: Allowed<ImportDecisions>,
    key: IdempotencyKey,
    body: ApiJson<NewBallotFile>,
) -> Result<HttpResponse, Problem> {
    let actor = actor.into_actor();
    let (scope, now) = (actor.idempotency_scope(), actor.now);
    once(&core.db, scope, key, body.fingerprint, now, move |conn| {
        let NewBallotFile {
            about,
            format,
            content,
        } = body.value;
        let file = look(content.as_bytes(), &format!("ballots.{format}"), &about)?;
        let made = keep(conn, &actor, &file, &about)?;
        let to = format!(
            "/api/v1/partnerships/{}/decisions/{}",
            actor.tenant(),
            made.id
        );
        Answer::created(to, &made)
    })
    .await
}

/// Mounts the door.
pub(crate) fn mount(cfg: &mut utoipa_actix_web::service_config::ServiceConfig) {
    cfg.service(bring_ballots);
}
