use actix_web::{HttpResponse, delete, get, patch, post, web};
use backbone_identity::{Allowed, Core};
use backbone_web::{
    Answer, ApiJson, ApiQuery, IdempotencyKey, IfMatch, Page, PageQuery, Problem, ProblemBody,
    etag, once,
};

use super::{Contact, ContactId, NewContact, keep, store};
use crate::policy::{EditContacts, SeeContacts};

fn id(text: &str) -> Result<ContactId, Problem> {
    ContactId::parse(text).map_err(|_| Problem::not_found())
}

/// Adds a contact, or changes the one that has this address.
#[utoipa::path(tag = "contacts", request_body = NewContact,
    params(("partnership" = String, Path, description = "Partnership id or slug"),
           ("Idempotency-Key" = Option<String>, Header, description = "Makes a repeat of this request harmless")),
    responses((status = 201, body = Contact), (status = 422, body = ProblemBody)),
    extensions(("x-permission" = json!("contact.edit"))))]
#[post("/partnerships/{partnership}/contacts")]
async fn create(
    core: web::Data<Core>,
    actor: Allowed<EditContacts>,
    key: IdempotencyKey,
    body: ApiJson<NewContact>,
) -> Result<HttpResponse, Problem> {
    let actor = actor.into_actor();
    let (scope, now) = (actor.idempotency_scope(), actor.now);
    once(&core.db, scope, key, body.fingerprint, now, move |conn| {
        let (made, _) = keep::put(conn, &actor, &body.value)?;
        let at = format!(
            "/api/v1/partnerships/{}/contacts/{}",
            actor.tenant(),
            made.id
        );
        Answer::created(at, &made)
    })
    .await
}

/// The contacts, in the order in which they were added.
#[utoipa::path(tag = "contacts",
    params(("partnership" = String, Path, description = "Partnership id or slug"), PageQuery),
    responses((status = 200, body = Page<Contact>)),
    extensions(("x-permission" = json!("contact.see"))))]
#[get("/partnerships/{partnership}/contacts")]
async fn list(
    core: web::Data<Core>,
    actor: Allowed<SeeContacts>,
    query: ApiQuery<PageQuery>,
) -> Result<HttpResponse, Problem> {
    let (limit, after) = (query.0.limit()?, query.0.after()?);
    let tenant = actor.tenant().to_string();
    let rows = core
        .db
        .read(move |conn| store::list(conn, &tenant, after.as_deref(), limit + 1))
        .await?;
    Ok(HttpResponse::Ok().json(Page::cut(rows, limit, |c| c.id.to_string())))
}

/// One contact.
#[utoipa::path(tag = "contacts",
    params(("partnership" = String, Path, description = "Partnership id or slug"),
           ("contact" = ContactId, Path, description = "Contact id")),
    responses((status = 200, body = Contact), (status = 404, body = ProblemBody)),
    extensions(("x-permission" = json!("contact.see"))))]
#[get("/partnerships/{partnership}/contacts/{contact}")]
async fn show(
    core: web::Data<Core>,
    actor: Allowed<SeeContacts>,
    path: web::Path<(String, String)>,
) -> Result<HttpResponse, Problem> {
    let (tenant, id) = (actor.tenant().to_string(), id(&path.1)?);
    let found = core
        .db
        .read(move |conn| store::find(conn, &tenant, &id))
        .await?
        .ok_or_else(Problem::not_found)?;
    Ok(etag::ok(found.version).json(found))
}

/// Changes a contact.
#[utoipa::path(tag = "contacts", request_body = NewContact,
    params(("partnership" = String, Path, description = "Partnership id or slug"),
           ("contact" = ContactId, Path, description = "Contact id"),
           ("If-Match" = String, Header, description = "The version that was read")),
    responses((status = 200, body = Contact), (status = 412, body = ProblemBody), (status = 422, body = ProblemBody)),
    extensions(("x-permission" = json!("contact.edit"))))]
#[patch("/partnerships/{partnership}/contacts/{contact}")]
async fn edit(
    core: web::Data<Core>,
    actor: Allowed<EditContacts>,
    path: web::Path<(String, String)>,
    seen: IfMatch,
    body: ApiJson<NewContact>,
) -> Result<HttpResponse, Problem> {
    let (actor, id) = (actor.into_actor(), id(&path.1)?);
    let changed = core
        .db
        .write(move |conn| keep::edit(conn, &actor, &id, seen, &body.value))
        .await?;
    Ok(etag::ok(changed.version).json(changed))
}

/// Removes a contact; what was sent to them stays on record.
#[utoipa::path(tag = "contacts",
    params(("partnership" = String, Path, description = "Partnership id or slug"),
           ("contact" = ContactId, Path, description = "Contact id")),
    responses((status = 204), (status = 404, body = ProblemBody)),
    extensions(("x-permission" = json!("contact.edit"))))]
#[delete("/partnerships/{partnership}/contacts/{contact}")]
async fn remove(
    core: web::Data<Core>,
    actor: Allowed<EditContacts>,
    path: web::Path<(String, String)>,
) -> Result<HttpResponse, Problem> {
    let (actor, id) = (actor.into_actor(), id(&path.1)?);
    core.db
        .write(move |conn| keep::remove(conn, &actor, &id))
        .await?;
    Ok(HttpResponse::NoContent().finish())
}

/// Adds the operations.
pub(crate) fn routes(cfg: &mut utoipa_actix_web::service_config::ServiceConfig) {
    cfg.service(create)
        .service(list)
        .service(show)
        .service(edit)
        .service(remove);
}
