//! JSON door to the steps of a story's life.

use actix_web::{HttpResponse, post, web};
use backbone_identity::{Actor, Allowed, Core};
use backbone_web::{Answer, ApiJson, IdempotencyKey, IfMatch, Problem, ProblemBody, once};
use serde::{Deserialize, Serialize};

use super::api::id;
use super::published::PublishedEdition;
use super::{Story, StoryId, changes, layout, life, link, publish, store};
use crate::error::StoryError;
use crate::figure::{Asked, Live};
use crate::policy::{ApproveStories, EditStories, PublishStories};

pub(super) fn routes(cfg: &mut utoipa_actix_web::service_config::ServiceConfig) {
    cfg.service(submit)
        .service(approve)
        .service(send_back)
        .service(publish_story)
        .service(withdraw)
        .service(renew_link)
        .service(revoke_link)
        .service(detect);
}

/// Nothing, or the note of a new edition.
#[derive(Debug, Default, Serialize, Deserialize, utoipa::ToSchema)]
struct StepBody {
    /// Why a new edition comes out; readers see it.
    #[serde(default)]
    note: String,
}

/// Runs a step once, whatever the network repeats.
async fn step<F>(
    core: &Core,
    actor: Actor,
    key: IdempotencyKey,
    fingerprint: String,
    run: F,
) -> Result<HttpResponse, Problem>
where
    F: FnOnce(&mut backbone_db::Conn, &Actor) -> Result<Story, StoryError> + Send + 'static,
{
    let (scope, now) = (actor.idempotency_scope(), actor.now);
    once(&core.db, scope, key, fingerprint, now, move |conn| {
        let story = run(conn, &actor)?;
        Answer::ok(&story)
    })
    .await
}

macro_rules! step_door {
    ($(#[$doc:meta])* $name:ident, $permission:ty, $text:literal, $path:literal, $conn:ident, $actor:ident, $id:ident, $seen:ident, $run:expr) => {
        $(#[$doc])*
        #[utoipa::path(tag = "stories", request_body = StepBody,
            params(("partnership" = String, Path, description = "Partnership id or slug"), ("story" = String, Path, description = "Story id"),
                   ("If-Match" = Option<String>, Header, description = "The version that was read"),
                   ("Idempotency-Key" = Option<String>, Header, description = "Makes a repeat of this request harmless")),
            responses((status = 200, body = Story), (status = 403, body = ProblemBody), (status = 409, body = ProblemBody), (status = 422, body = ProblemBody)),
            extensions(("x-permission" = json!($text))))]
        #[post($path)]
        async fn $name(
            core: web::Data<Core>,
            actor: Allowed<$permission>,
            path: web::Path<(String, String)>,
            $seen: IfMatch,
            key: IdempotencyKey,
            body: ApiJson<StepBody>,
        ) -> Result<HttpResponse, Problem> {
            let $id = id(&path.1)?;
            step(&core, actor.into_actor(), key, body.fingerprint, move |$conn, $actor| $run).await
        }
    };
}

step_door!(
    /// Asks for approval.
    submit, EditStories, "story.edit", "/partnerships/{partnership}/stories/{story}/submit",
    conn, actor, id, seen, life::submit(conn, actor, &id, seen)
);
step_door!(
    /// Approves a story that somebody else wrote, if nothing stops it.
    approve, ApproveStories, "story.approve", "/partnerships/{partnership}/stories/{story}/approve",
    conn, actor, id, seen, life::approve(conn, actor, &Live, &id, seen)
);
step_door!(
    /// Gives a story back to its author.
    send_back, ApproveStories, "story.approve", "/partnerships/{partnership}/stories/{story}/send-back",
    conn, actor, id, seen, life::send_back(conn, actor, &id, seen)
);
step_door!(
    /// Takes the published edition back.
    withdraw, PublishStories, "story.publish", "/partnerships/{partnership}/stories/{story}/withdraw",
    conn, actor, id, seen, life::withdraw(conn, actor, &id, seen)
);
step_door!(
    /// Makes the public address stop working and gives a new one.
    renew_link, PublishStories, "story.publish", "/partnerships/{partnership}/stories/{story}/renew-link",
    conn, actor, id, _seen, link::revoke(conn, actor, &id, true)
);
step_door!(
    /// Makes the public address stop working.
    revoke_link, PublishStories, "story.publish", "/partnerships/{partnership}/stories/{story}/revoke-link",
    conn, actor, id, _seen, link::revoke(conn, actor, &id, false)
);

/// Publishes an approved story, or a new edition of it.
#[utoipa::path(tag = "stories", request_body = StepBody,
    params(("partnership" = String, Path, description = "Partnership id or slug"), ("story" = String, Path, description = "Story id"),
           ("If-Match" = Option<String>, Header, description = "The version that was read"),
           ("Idempotency-Key" = Option<String>, Header, description = "Makes a repeat of this request harmless")),
    responses((status = 201, body = PublishedEdition), (status = 409, body = ProblemBody), (status = 422, body = ProblemBody)),
    extensions(("x-permission" = json!("story.publish"))))]
#[post("/partnerships/{partnership}/stories/{story}/publish")]
async fn publish_story(
    core: web::Data<Core>,
    actor: Allowed<PublishStories>,
    path: web::Path<(String, String)>,
    seen: IfMatch,
    key: IdempotencyKey,
    body: ApiJson<StepBody>,
) -> Result<HttpResponse, Problem> {
    let (actor, id) = (actor.into_actor(), id(&path.1)?);
    let (layout, version) = lay_out(&core, &actor, &id).await?;
    let seen = match seen {
        IfMatch(None) => IfMatch(layout.as_ref().map(|_| version)),
        given => given,
    };
    let (scope, now) = (actor.idempotency_scope(), actor.now);
    once(&core.db, scope, key, body.fingerprint, now, move |conn| {
        let edition = publish::publish(conn, &actor, &Live, &id, seen, layout, &body.value.note)?;
        let at = format!(
            "/api/v1/partnerships/{}/stories/{id}/editions",
            actor.partnership.id
        );
        Answer::created(at, &edition)
    })
    .await
}

/// Renders the story's own layout, if it has one, outside of any transaction: it may take seconds. Gives it with the version it
/// was rendered from.
pub(super) async fn lay_out(
    core: &Core,
    actor: &Actor,
    id: &StoryId,
) -> Result<(Option<String>, i64), StoryError> {
    let (held, wanted) = (actor.clone(), id.clone());
    let (view, template, version) = core
        .db
        .read(move |c| {
            let story = store::find(c, held.tenant(), &wanted)?.ok_or(StoryError::NotFound)?;
            let figures = life::resolve(c, &held, &Live, &story)?;
            let asked = Asked {
                partnership: held.tenant().to_string(),
                lang: story.lang(),
                now: held.now,
            };
            let view = publish::view(c, &asked, &Live, &story, &figures, None)?;
            Ok::<_, StoryError>((view, story.content.layout, story.version))
        })
        .await?;
    if template.trim().is_empty() {
        return Ok((None, version));
    }
    let written = layout::render(&core.sandbox, &template, &view).await?;
    Ok((Some(written), version))
}

/// What a look for changed figures found.
#[derive(Serialize, utoipa::ToSchema)]
struct Detected {
    /// Changes noticed now for the first time.
    found: Vec<changes::FigureChange>,
}

/// Looks now for figures of published stories that read differently; a schedule does so every minute.
#[utoipa::path(tag = "stories",
    params(("partnership" = String, Path, description = "Partnership id or slug"),
           ("Idempotency-Key" = Option<String>, Header, description = "Makes a repeat of this request harmless")),
    responses((status = 200, body = Detected)),
    extensions(("x-permission" = json!("story.edit"))))]
#[post("/partnerships/{partnership}/figure-changes/detect")]
async fn detect(
    core: web::Data<Core>,
    actor: Allowed<EditStories>,
    key: IdempotencyKey,
) -> Result<HttpResponse, Problem> {
    let actor = actor.into_actor();
    let (scope, now) = (actor.idempotency_scope(), actor.now);
    let fingerprint = "figure-changes detect".to_string();
    once(&core.db, scope, key, fingerprint, now, move |conn| {
        let found = changes::detect_changes(conn, actor.tenant(), &Live, now)?;
        Answer::ok(&Detected { found })
    })
    .await
}
