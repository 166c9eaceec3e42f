//! JSON door to members and invitations.

use actix_web::{HttpResponse, delete, get, patch, post, web};
use backbone_web::{
    Answer, ApiJson, ApiQuery, IdempotencyKey, IfMatch, Page, PageQuery, Problem, ProblemBody,
    etag, once,
};

use super::store::{self, invitations};
use super::{Invitation, Invited, Member, MemberChange, NewInvitations, invite, member};
use crate::authenticate::Allowed;
use crate::core::Core;
use crate::ids::{InvitationId, MembershipId};
use crate::limit;
use crate::policy::{ClosePeople, EditMemberships, InvitePeople, SeePeople};

/// Lists the members, those that left included.
#[utoipa::path(tag = "people",
    params(("partnership" = String, Path, description = "Partnership id or slug"), PageQuery),
    responses((status = 200, body = Page<Member>)),
    extensions(("x-permission" = json!("person.see"))))]
#[get("/partnerships/{partnership}/members")]
pub(crate) async fn members(
    core: web::Data<Core>,
    actor: Allowed<SeePeople>,
    query: ApiQuery<PageQuery>,
) -> Result<HttpResponse, Problem> {
    let (limit, after) = (query.0.limit()?, query.0.after()?);
    let tenant = actor.tenant().to_string();
    let rows = core
        .db
        .read(move |c| store::page(c, &tenant, after.as_deref(), limit + 1))
        .await?;
    Ok(HttpResponse::Ok().json(Page::cut(rows, limit, |m| m.id.to_string())))
}

/// Shows a member.
#[utoipa::path(tag = "people",
    params(("partnership" = String, Path, description = "Partnership id or slug"), ("member" = String, Path)),
    responses((status = 200, body = Member), (status = 404, body = ProblemBody)),
    extensions(("x-permission" = json!("person.see"))))]
#[get("/partnerships/{partnership}/members/{member}")]
pub(crate) async fn show(
    core: web::Data<Core>,
    actor: Allowed<SeePeople>,
    path: web::Path<(String, String)>,
) -> Result<HttpResponse, Problem> {
    let id = MembershipId::parse(&path.1).map_err(|_| Problem::not_found())?;
    let tenant = actor.tenant().to_string();
    let found = core
        .db
        .read(move |c| store::find(c, &tenant, &id))
        .await?
        .ok_or_else(Problem::not_found)?;
    Ok(etag::ok(found.version).json(found))
}

/// Changes a member's roles, organization or taking part.
#[utoipa::path(tag = "people", request_body = MemberChange,
    params(("partnership" = String, Path, description = "Partnership id or slug"), ("member" = String, Path),
           ("If-Match" = String, Header, description = "The ETag of the version that is changed")),
    responses((status = 200, body = Member), (status = 403, body = ProblemBody), (status = 409, body = ProblemBody), (status = 412, body = ProblemBody), (status = 422, body = ProblemBody)),
    extensions(("x-permission" = json!("membership.edit"))))]
#[patch("/partnerships/{partnership}/members/{member}")]
pub(crate) async fn change(
    core: web::Data<Core>,
    actor: Allowed<EditMemberships>,
    path: web::Path<(String, String)>,
    seen: IfMatch,
    body: ApiJson<MemberChange>,
) -> Result<HttpResponse, Problem> {
    let id = MembershipId::parse(&path.1).map_err(|_| Problem::not_found())?;
    let actor = actor.into_actor();
    let m = core
        .db
        .write(move |c| member::change(c, &actor, &id, seen, &body.value))
        .await?;
    Ok(etag::ok(m.version).json(m))
}

/// Closes a member's account: every session, token, key and link of theirs ends at once.
#[utoipa::path(tag = "people",
    params(("partnership" = String, Path, description = "Partnership id or slug"), ("member" = String, Path)),
    responses((status = 204, description = "Closed"), (status = 404, body = ProblemBody), (status = 409, body = ProblemBody)),
    extensions(("x-permission" = json!("person.close"))))]
#[post("/partnerships/{partnership}/members/{member}/close")]
pub(crate) async fn close(
    core: web::Data<Core>,
    actor: Allowed<ClosePeople>,
    path: web::Path<(String, String)>,
) -> Result<HttpResponse, Problem> {
    let id = MembershipId::parse(&path.1).map_err(|_| Problem::not_found())?;
    let actor = actor.into_actor();
    core.db
        .write(move |c| member::close(c, &actor, &id))
        .await?;
    Ok(HttpResponse::NoContent().finish())
}

/// Closes a member's account and erases who it was; contributions stay with their organization.
#[utoipa::path(tag = "people",
    params(("partnership" = String, Path, description = "Partnership id or slug"), ("member" = String, Path)),
    responses((status = 204, description = "Erased"), (status = 404, body = ProblemBody), (status = 409, body = ProblemBody)),
    extensions(("x-permission" = json!("person.close"))))]
#[post("/partnerships/{partnership}/members/{member}/erase")]
pub(crate) async fn erase(
    core: web::Data<Core>,
    actor: Allowed<ClosePeople>,
    path: web::Path<(String, String)>,
) -> Result<HttpResponse, Problem> {
    let id = MembershipId::parse(&path.1).map_err(|_| Problem::not_found())?;
    let actor = actor.into_actor();
    core.db
        .write(move |c| member::erase(c, &actor, &id))
        .await?;
    Ok(HttpResponse::NoContent().finish())
}

/// Lists the invitations, the newest first.
#[utoipa::path(tag = "people",
    params(("partnership" = String, Path, description = "Partnership id or slug"), PageQuery),
    responses((status = 200, body = Page<Invitation>)),
    extensions(("x-permission" = json!("person.see"))))]
#[get("/partnerships/{partnership}/invitations")]
pub(crate) async fn list(
    core: web::Data<Core>,
    actor: Allowed<SeePeople>,
    query: ApiQuery<PageQuery>,
) -> Result<HttpResponse, Problem> {
    let (limit, before) = (query.0.limit()?, query.0.after()?);
    let tenant = actor.tenant().to_string();
    let rows = core
        .db
        .read(move |c| invitations::page(c, &tenant, before.as_deref(), limit + 1))
        .await?;
    Ok(HttpResponse::Ok().json(Page::cut(rows, limit, |i| i.id.to_string())))
}

/// Counts invitations against a day's limit, so that a stolen session cannot be used to send mail in bulk.
pub(super) async fn count(core: &Core, actor: &crate::Actor) -> Result<(), Problem> {
    let (who, now) = (actor.idempotency_scope(), actor.now);
    core.db
        .write(move |c| limit::hit(c, limit::INVITATIONS, &who, now))
        .await?
}

/// Invites people by mail.
#[utoipa::path(tag = "people", request_body = NewInvitations,
    params(("partnership" = String, Path, description = "Partnership id or slug"),
           ("Idempotency-Key" = Option<String>, Header, description = "Makes a repeat of this request harmless")),
    responses((status = 200, body = Invited), (status = 403, body = ProblemBody), (status = 422, body = ProblemBody), (status = 429, body = ProblemBody)),
    extensions(("x-permission" = json!("person.invite"))))]
#[post("/partnerships/{partnership}/invitations")]
pub(crate) async fn invite_people(
    core: web::Data<Core>,
    actor: Allowed<InvitePeople>,
    key: IdempotencyKey,
    body: ApiJson<NewInvitations>,
) -> Result<HttpResponse, Problem> {
    let actor = actor.into_actor();
    count(&core, &actor).await?;
    let (scope, now) = (actor.idempotency_scope(), actor.now);
    let answer = once(&core.db, scope, key, body.fingerprint, now, move |conn| {
        Answer::ok(&invite::invite(conn, &actor, &body.value)?)
    })
    .await;
    core.wake_jobs();
    answer
}

/// Sends an invitation once more.
#[utoipa::path(tag = "people",
    params(("partnership" = String, Path, description = "Partnership id or slug"), ("invitation" = String, Path),
           ("Idempotency-Key" = Option<String>, Header, description = "Makes a repeat of this request harmless")),
    responses((status = 200, body = Invitation), (status = 404, body = ProblemBody), (status = 409, body = ProblemBody)),
    extensions(("x-permission" = json!("person.invite"))))]
#[post("/partnerships/{partnership}/invitations/{invitation}/resend")]
pub(crate) async fn resend(
    core: web::Data<Core>,
    actor: Allowed<InvitePeople>,
    key: IdempotencyKey,
    path: web::Path<(String, String)>,
) -> Result<HttpResponse, Problem> {
    let id = InvitationId::parse(&path.1).map_err(|_| Problem::not_found())?;
    let actor = actor.into_actor();
    count(&core, &actor).await?;
    let (scope, now) = (actor.idempotency_scope(), actor.now);
    let answer = once(
        &core.db,
        scope,
        key,
        format!("resend {id}"),
        now,
        move |conn| Answer::ok(&invite::resend(conn, &actor, &id)?),
    )
    .await;
    core.wake_jobs();
    answer
}

/// Takes an invitation back.
#[utoipa::path(tag = "people",
    params(("partnership" = String, Path, description = "Partnership id or slug"), ("invitation" = String, Path)),
    responses((status = 204, description = "Revoked"), (status = 404, body = ProblemBody), (status = 409, body = ProblemBody)),
    extensions(("x-permission" = json!("person.invite"))))]
#[delete("/partnerships/{partnership}/invitations/{invitation}")]
pub(crate) async fn revoke(
    core: web::Data<Core>,
    actor: Allowed<InvitePeople>,
    path: web::Path<(String, String)>,
) -> Result<HttpResponse, Problem> {
    let id = InvitationId::parse(&path.1).map_err(|_| Problem::not_found())?;
    let actor = actor.into_actor();
    core.db
        .write(move |c| invite::revoke(c, &actor, &id))
        .await?;
    Ok(HttpResponse::NoContent().finish())
}
