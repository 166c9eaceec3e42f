use actix_web::{HttpResponse, get, patch, post, web};
use backbone_identity::{Allowed, Core};
use backbone_web::{
    Answer, ApiJson, ApiQuery, IdempotencyKey, IfMatch, Page, PageQuery, Problem, ProblemBody,
    etag, once,
};
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};

use super::choose::{Matter, fitting};
use super::{Framework, FrameworkId, FrameworkVersion, NewFramework, edit, library, store};
use crate::body::BodyId;
use crate::error::Error;
use crate::policy::{ManageFrameworks, SeeDecisions};
use crate::view::Say;

/// Frameworks to choose from.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub struct Frameworks {
    /// The most fitting first.
    pub items: Vec<Framework>,
}

/// Ready frameworks, in the form in which a new one is written.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub struct Library {
    /// The most used first.
    pub items: Vec<NewFramework>,
}

/// A framework with every text it had.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub struct FrameworkDetail {
    /// The framework.
    #[serde(flatten)]
    pub framework: Framework,
    /// Its texts, the latest first.
    pub versions: Vec<FrameworkVersion>,
}

/// What a decision is about.
#[derive(Clone, Debug, Default, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
pub struct MatterQuery {
    /// Who decides.
    pub body: Option<String>,
    /// What it is about, in words.
    pub about: Option<String>,
    /// About how much money, in minor units.
    pub amount_minor: Option<i64>,
}

pub(crate) fn parse_id(text: &str) -> Result<FrameworkId, Problem> {
    text.parse().map_err(|_| Problem::not_found())
}

/// Writes a framework down; what an export gave is taken as it is.
#[utoipa::path(tag = "frameworks", request_body = NewFramework,
    params(("partnership" = String, Path, description = "Partnership id or slug"),
           ("Idempotency-Key" = Option<String>, Header, description = "Makes a repeat of this request harmless")),
    responses((status = 201, body = Framework), (status = 422, body = ProblemBody)),
    extensions(("x-permission" = json!("framework.manage"))))]
#[post("/partnerships/{partnership}/frameworks")]
async fn create(
    core: web::Data<Core>,
    actor: Allowed<ManageFrameworks>,
    key: IdempotencyKey,
    body: ApiJson<NewFramework>,
) -> Result<HttpResponse, Problem> {
    let actor = actor.into_actor();
    let (scope, now) = (actor.idempotency_scope(), actor.now);
    once(&core.db, scope, key, body.fingerprint, now, move |conn| {
        let made = edit::create(conn, &actor, &body.value)?;
        let to = format!(
            "/api/v1/partnerships/{}/frameworks/{}",
            actor.tenant(),
            made.id
        );
        Answer::created(to, &made)
    })
    .await
}

/// Lists the frameworks, in the order they were written.
#[utoipa::path(tag = "frameworks",
    params(("partnership" = String, Path, description = "Partnership id or slug"), PageQuery),
    responses((status = 200, body = Page<Framework>), (status = 400, body = ProblemBody)),
    extensions(("x-permission" = json!("decision.see"))))]
#[get("/partnerships/{partnership}/frameworks")]
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
    Ok(HttpResponse::Ok().json(Page::cut(found, limit, |f| f.id.to_string())))
}

/// Which frameworks suit a decision, the most fitting first.
#[utoipa::path(tag = "frameworks",
    params(("partnership" = String, Path, description = "Partnership id or slug"), MatterQuery),
    responses((status = 200, body = Frameworks), (status = 400, body = ProblemBody)),
    extensions(("x-permission" = json!("decision.see"))))]
#[get("/partnerships/{partnership}/frameworks/suggest")]
async fn suggest(
    core: web::Data<Core>,
    actor: Allowed<SeeDecisions>,
    query: ApiQuery<MatterQuery>,
) -> Result<HttpResponse, Problem> {
    let (tenant, asked) = (actor.tenant().to_string(), query.0);
    let body = match asked.body.as_deref() {
        Some(id) => Some(id.parse::<BodyId>().map_err(|_| Problem::not_found())?),
        None => None,
    };
    let all = core.db.read(move |conn| store::all(conn, &tenant)).await?;
    let matter = Matter {
        body: body.as_ref(),
        words: asked.about.as_deref().unwrap_or_default(),
        amount_minor: asked.amount_minor,
    };
    let items = fitting(&all, &matter).into_iter().cloned().collect();
    Ok(HttpResponse::Ok().json(Frameworks { items }))
}

/// Ready frameworks, to be taken over or changed.
#[utoipa::path(tag = "frameworks",
    params(("partnership" = String, Path, description = "Partnership id or slug")),
    responses((status = 200, body = Library)),
    extensions(("x-permission" = json!("decision.see"))))]
#[get("/partnerships/{partnership}/frameworks/library")]
async fn shelf(core: web::Data<Core>, actor: Allowed<SeeDecisions>) -> HttpResponse {
    let say = Say::new(&core, actor.lang);
    let items = library::all().into_iter().map(|r| taken(&say, r)).collect();
    HttpResponse::Ok().json(Library { items })
}

/// A ready framework in the reader's words.
pub(crate) fn taken(say: &Say, one: library::Ready) -> NewFramework {
    let mut norms = one.norms;
    norms.about = say.word(&format!("ready-{}-about", one.key));
    NewFramework {
        name: say.word(&format!("ready-{}", one.key)),
        norms,
        ..NewFramework::default()
    }
}

/// One framework with every text it had.
#[utoipa::path(tag = "frameworks",
    params(("partnership" = String, Path, description = "Partnership id or slug"), ("framework" = String, Path, description = "Framework id")),
    responses((status = 200, body = FrameworkDetail), (status = 404, body = ProblemBody)),
    extensions(("x-permission" = json!("decision.see"))))]
#[get("/partnerships/{partnership}/frameworks/{framework}")]
async fn get_one(
    core: web::Data<Core>,
    actor: Allowed<SeeDecisions>,
    path: web::Path<(String, String)>,
) -> Result<HttpResponse, Problem> {
    let (tenant, id) = (actor.tenant().to_string(), parse_id(&path.1)?);
    let found = core
        .db
        .read(move |conn| {
            let framework = store::find(conn, &tenant, &id)?.ok_or(Error::NotFound)?;
            let versions = store::versions(conn, &tenant, &id)?;
            Ok::<_, Error>(FrameworkDetail {
                framework,
                versions,
            })
        })
        .await
        .map_err(Problem::from)?;
    Ok(etag::ok(found.framework.version).json(found))
}

/// A framework in the form in which another partnership takes it over.
#[utoipa::path(tag = "frameworks",
    params(("partnership" = String, Path, description = "Partnership id or slug"), ("framework" = String, Path, description = "Framework id")),
    responses((status = 200, body = NewFramework), (status = 404, body = ProblemBody)),
    extensions(("x-permission" = json!("decision.see"))))]
#[get("/partnerships/{partnership}/frameworks/{framework}/export")]
async fn export(
    core: web::Data<Core>,
    actor: Allowed<SeeDecisions>,
    path: web::Path<(String, String)>,
) -> Result<HttpResponse, Problem> {
    let (tenant, id) = (actor.tenant().to_string(), parse_id(&path.1)?);
    let found = core
        .db
        .read(move |conn| store::find(conn, &tenant, &id))
        .await?;
    Ok(HttpResponse::Ok().json(travelling(found.ok_or_else(Problem::not_found)?)))
}

/// What of a framework means something elsewhere: no bodies, no seats.
pub(crate) fn travelling(f: Framework) -> NewFramework {
    let mut norms = f.norms;
    norms.delegated = None;
    NewFramework {
        body_id: None,
        name: f.name,
        class: f.class,
        norms,
        active: None,
    }
}

/// Changes a framework; the body says all of it. What is being decided keeps the text it began with.
#[utoipa::path(tag = "frameworks", request_body = NewFramework,
    params(("partnership" = String, Path, description = "Partnership id or slug"), ("framework" = String, Path, description = "Framework id"),
           ("If-Match" = String, Header, description = "The ETag of the version that is changed")),
    responses((status = 200, body = Framework), (status = 412, body = ProblemBody), (status = 422, body = ProblemBody)),
    extensions(("x-permission" = json!("framework.manage"))))]
#[patch("/partnerships/{partnership}/frameworks/{framework}")]
async fn change(
    core: web::Data<Core>,
    actor: Allowed<ManageFrameworks>,
    path: web::Path<(String, String)>,
    seen: IfMatch,
    body: ApiJson<NewFramework>,
) -> Result<HttpResponse, Problem> {
    let (actor, id) = (actor.into_actor(), parse_id(&path.1)?);
    let new = core
        .db
        .write(move |conn| edit::change(conn, &actor, &id, seen, &body.value))
        .await
        .map_err(|e: Error| Problem::from(e))?;
    Ok(etag::ok(new.version).json(new))
}

/// Mounts the doors; fixed words come before identifiers.
pub(crate) fn mount(cfg: &mut utoipa_actix_web::service_config::ServiceConfig) {
    cfg.service(create)
        .service(list)
        .service(suggest)
        .service(shelf)
        .service(get_one)
        .service(export)
        .service(change);
}
