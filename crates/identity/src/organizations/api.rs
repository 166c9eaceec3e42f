//! JSON door to organizations.

use actix_web::{HttpRequest, HttpResponse, get, patch, post, web};
use backbone_web::{
    Answer, ApiJson, ApiQuery, IdempotencyKey, IfMatch, Page, PageQuery, Problem, ProblemBody,
    etag, once,
};
use serde::Deserialize;

use super::{NewOrganization, Organization, OrganizationChange, export, store};
use crate::authenticate::Allowed;
use crate::core::Core;
use crate::ids::OrganizationId;
use crate::policy::{EditOrganizations, SeeOrganizations};

/// Lists the organizations, those that left included.
#[utoipa::path(tag = "organizations",
    params(("partnership" = String, Path, description = "Partnership id or slug"), PageQuery),
    responses((status = 200, body = Page<Organization>)),
    extensions(("x-permission" = json!("organization.see"))))]
#[get("/partnerships/{partnership}/organizations")]
pub(crate) async fn list(
    core: web::Data<Core>,
    actor: Allowed<SeeOrganizations>,
    query: ApiQuery<PageQuery>,
) -> Result<HttpResponse, Problem> {
    let (limit, after) = (query.0.limit()?, query.0.after()?);
    let tenant = actor.tenant().to_string();
    let rows = core
        .db
        .read(move |c| store::page(c, &tenant, after.as_deref(), limit + 1))
        .await?;
    Ok(HttpResponse::Ok().json(Page::cut(rows, limit, |o| o.id.to_string())))
}

#[derive(Deserialize, utoipa::IntoParams)]
#[into_params(parameter_in = Query)]
pub(crate) struct ExportQuery {
    /// `json` (when not given) or `csv`.
    #[serde(default)]
    format: String,
}

/// Exports all organizations.
#[utoipa::path(tag = "organizations",
    params(("partnership" = String, Path, description = "Partnership id or slug"), ExportQuery),
    responses((status = 200, body = Vec<Organization>)),
    extensions(("x-permission" = json!("organization.see"))))]
#[get("/partnerships/{partnership}/organizations/export")]
pub(crate) async fn export_all(
    core: web::Data<Core>,
    actor: Allowed<SeeOrganizations>,
    query: ApiQuery<ExportQuery>,
) -> Result<HttpResponse, Problem> {
    let tenant = actor.tenant().to_string();
    let all = core.db.read(move |c| store::all(c, &tenant)).await?;
    let disposition = |kind: &str| {
        format!(
            "attachment; filename=\"{}-organizations.{kind}\"",
            actor.partnership.slug
        )
    };
    match query.0.format.as_str() {
        "" | "json" => Ok(HttpResponse::Ok()
            .insert_header(("Content-Disposition", disposition("json")))
            .json(all)),
        "csv" => Ok(HttpResponse::Ok()
            .insert_header(("Content-Disposition", disposition("csv")))
            .content_type("text/csv; charset=utf-8")
            .body(export::csv(&all))),
        other => Err(Problem::bad_request("invalid-query")
            .arg("why", format!("format {other:?}: json, csv"))),
    }
}

/// Shows an organization.
#[utoipa::path(tag = "organizations",
    params(("partnership" = String, Path, description = "Partnership id or slug"), ("organization" = String, Path)),
    responses((status = 200, body = Organization), (status = 304, description = "Not changed"), (status = 404, body = ProblemBody)),
    extensions(("x-permission" = json!("organization.see"))))]
#[get("/partnerships/{partnership}/organizations/{organization}")]
pub(crate) async fn show(
    core: web::Data<Core>,
    req: HttpRequest,
    actor: Allowed<SeeOrganizations>,
    path: web::Path<(String, String)>,
) -> Result<HttpResponse, Problem> {
    let id = OrganizationId::parse(&path.1).map_err(|_| Problem::not_found())?;
    let tenant = actor.tenant().to_string();
    let found = core
        .db
        .read(move |c| store::find(c, &tenant, &id))
        .await?
        .ok_or_else(Problem::not_found)?;
    if etag::not_modified(&req, &found.version.to_string()) {
        return Ok(HttpResponse::NotModified().finish());
    }
    Ok(etag::ok(found.version).json(found))
}

/// Adds an organization.
#[utoipa::path(tag = "organizations", request_body = NewOrganization,
    params(("partnership" = String, Path, description = "Partnership id or slug"),
           ("Idempotency-Key" = Option<String>, Header, description = "Makes a repeat of this request harmless")),
    responses((status = 201, body = Organization), (status = 422, body = ProblemBody)),
    extensions(("x-permission" = json!("organization.edit"))))]
#[post("/partnerships/{partnership}/organizations")]
pub(crate) async fn add(
    core: web::Data<Core>,
    actor: Allowed<EditOrganizations>,
    key: IdempotencyKey,
    body: ApiJson<NewOrganization>,
) -> Result<HttpResponse, Problem> {
    let actor = actor.into_actor();
    let (scope, now) = (actor.idempotency_scope(), actor.now);
    once(&core.db, scope, key, body.fingerprint, now, move |conn| {
        let made = super::add(conn, &actor, &body.value)?;
        Answer::created(
            format!(
                "/api/v1/partnerships/{}/organizations/{}",
                actor.partnership.id, made.id
            ),
            &made,
        )
    })
    .await
}

/// Changes an organization; what is absent stays. `active: false` ends its taking part, its history stays.
#[utoipa::path(tag = "organizations", request_body = OrganizationChange,
    params(("partnership" = String, Path, description = "Partnership id or slug"), ("organization" = String, Path),
           ("If-Match" = String, Header, description = "The ETag of the version that is changed")),
    responses((status = 200, body = Organization), (status = 404, body = ProblemBody), (status = 412, body = ProblemBody), (status = 422, body = ProblemBody)),
    extensions(("x-permission" = json!("organization.edit"))))]
#[patch("/partnerships/{partnership}/organizations/{organization}")]
pub(crate) async fn change(
    core: web::Data<Core>,
    actor: Allowed<EditOrganizations>,
    path: web::Path<(String, String)>,
    seen: IfMatch,
    body: ApiJson<OrganizationChange>,
) -> Result<HttpResponse, Problem> {
    let id = OrganizationId::parse(&path.1).map_err(|_| Problem::not_found())?;
    let actor = actor.into_actor();
    let o = core
        .db
        .write(move |c| super::change(c, &actor, &id, seen, &body.value))
        .await?;
    Ok(etag::ok(o.version).json(o))
}
