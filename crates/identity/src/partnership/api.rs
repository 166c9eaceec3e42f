//! JSON door to partnerships.

use actix_web::{HttpRequest, HttpResponse, get, patch, post, web};
use backbone_web::{
    Answer, ApiJson, IdempotencyKey, IfMatch, Page, Problem, ProblemBody, etag, once,
};
use serde::Serialize;

use super::edit::Founder;
use super::{Change, NewPartnership, Partnership};
use crate::authenticate::{Allowed, SignedIn};
use crate::core::Core;
use crate::people::store::memberships_of;
use crate::policy::{EditPartnership, SeePartnership};
use crate::role::Role;

/// A partnership that the caller belongs to.
#[derive(Serialize, utoipa::ToSchema)]
pub(crate) struct OwnPartnership {
    /// Its name in addresses.
    slug: String,
    /// Its name.
    name: String,
    /// The caller's roles there.
    roles: Vec<Role>,
}

/// Lists the partnerships that the signed-in person belongs to.
#[utoipa::path(tag = "partnerships", responses((status = 200, body = Page<OwnPartnership>), (status = 401, body = ProblemBody)),
    extensions(("x-permission" = json!("signed-in"))))]
#[get("/partnerships")]
pub(crate) async fn list(core: web::Data<Core>, me: SignedIn) -> Result<HttpResponse, Problem> {
    let found = core
        .db
        .read(move |c| memberships_of(c, &me.person_id))
        .await?;
    let items: Vec<OwnPartnership> = found
        .into_iter()
        .filter(|m| m.active)
        .map(|m| OwnPartnership {
            slug: m.slug,
            name: m.partnership,
            roles: m.roles,
        })
        .collect();
    Ok(HttpResponse::Ok().json(Page {
        items,
        next_cursor: None,
    }))
}

/// Sets up a partnership. For operators and for administrators of a partnership.
#[utoipa::path(tag = "partnerships", request_body = NewPartnership,
    params(("Idempotency-Key" = Option<String>, Header, description = "Makes a repeat of this request harmless")),
    responses((status = 201, body = Partnership), (status = 403, body = ProblemBody), (status = 422, body = ProblemBody)),
    extensions(("x-permission" = json!("signed-in"))))]
#[post("/partnerships")]
pub(crate) async fn create(
    core: web::Data<Core>,
    me: SignedIn,
    key: IdempotencyKey,
    body: ApiJson<NewPartnership>,
) -> Result<HttpResponse, Problem> {
    let (founder, now) = (
        Founder {
            id: me.person_id,
            name: me.name,
        },
        me.now,
    );
    let scope = format!("person:{}", founder.id);
    once(&core.db, scope, key, body.fingerprint, now, move |conn| {
        let made = super::create(conn, &founder, &body.value, now)?;
        Answer::created(format!("/api/v1/partnerships/{}", made.id), &made)
    })
    .await
}

/// Shows a partnership's settings.
#[utoipa::path(tag = "partnerships",
    params(("partnership" = String, Path, description = "Partnership id or slug")),
    responses((status = 200, body = Partnership), (status = 304, description = "Not changed")),
    extensions(("x-permission" = json!("partnership.see"))))]
#[get("/partnerships/{partnership}")]
pub(crate) async fn show(
    req: HttpRequest,
    actor: Allowed<SeePartnership>,
) -> Result<HttpResponse, Problem> {
    let p = &actor.partnership;
    if etag::not_modified(&req, &p.version.to_string()) {
        return Ok(HttpResponse::NotModified().finish());
    }
    Ok(etag::ok(p.version).json(p))
}

/// Changes a partnership's settings; what is absent stays.
#[utoipa::path(tag = "partnerships", request_body = Change,
    params(("partnership" = String, Path, description = "Partnership id or slug"),
           ("If-Match" = String, Header, description = "The ETag of the version that is changed")),
    responses((status = 200, body = Partnership), (status = 412, body = ProblemBody), (status = 422, body = ProblemBody), (status = 428, body = ProblemBody)),
    extensions(("x-permission" = json!("partnership.edit"))))]
#[patch("/partnerships/{partnership}")]
pub(crate) async fn update(
    core: web::Data<Core>,
    actor: Allowed<EditPartnership>,
    seen: IfMatch,
    body: ApiJson<Change>,
) -> Result<HttpResponse, Problem> {
    let actor = actor.into_actor();
    let p = core
        .db
        .write(move |c| super::update(c, &actor, seen, &body.value))
        .await?;
    Ok(etag::ok(p.version).json(p))
}
