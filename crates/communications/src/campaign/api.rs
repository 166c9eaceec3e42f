use actix_web::{HttpResponse, delete, get, patch, post, web};
use backbone_identity::{Actor, Allowed, Core};
use backbone_web::{
    Answer, ApiJson, ApiQuery, IdempotencyKey, IfMatch, Page, PageQuery, Problem, ProblemBody,
    etag, once,
};
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};

use super::checks::{self, Finding};
use super::draft::{self, CampaignEdit, NewCampaign};
use super::recipients::{self, Added, Audience};
use super::{Campaign, CampaignId, Content, life, preview, store};
use crate::delivery::{self, Counts, Delivery, DeliveryId, DeliveryState};
use crate::error::Error;
use crate::policy::{EditCampaigns, SeeCampaigns, SendCampaigns};
use crate::stories::Live;

/// A campaign with what it tells, how far it is, and what stops it.
#[derive(Serialize, ToSchema)]
pub struct CampaignView {
    /// The campaign.
    #[serde(flatten)]
    pub campaign: Campaign,
    /// What it tells.
    pub content: Content,
    /// How many deliveries stand where.
    pub counts: Counts,
    /// What stops a draft, or is worth a second look; empty once it was sent.
    pub findings: Vec<Finding>,
}

/// Which failed deliveries to try again.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct Retry {
    /// One of them; all when absent.
    pub delivery_id: Option<DeliveryId>,
}

/// No fields.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct Nothing {}

/// Which deliveries to list.
#[derive(Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
pub struct DeliveryQuery {
    /// Only those in this state.
    pub state: Option<DeliveryState>,
    /// `next_cursor` of the page before.
    pub cursor: Option<String>,
    /// How many, 1 to 200; 50 when not given.
    pub limit: Option<i64>,
}

type Ids = web::Path<(String, String)>;

/// The campaign's identifier from the address; anything else is not there.
pub(crate) fn id(text: &str) -> Result<CampaignId, Problem> {
    CampaignId::parse(text).map_err(|_| Problem::not_found())
}

/// Everything about one campaign.
pub(crate) fn view(
    conn: &mut backbone_db::Conn,
    actor: &Actor,
    id: &CampaignId,
) -> Result<CampaignView, Error> {
    let campaign = store::find(conn, actor.tenant(), id)?.ok_or(Error::NotFound)?;
    let findings = if campaign.state == super::CampaignState::Draft {
        checks::check(conn, actor.tenant(), &Live, &campaign)?
    } else {
        Vec::new()
    };
    Ok(CampaignView {
        content: campaign.content()?,
        counts: delivery::store::counts(conn, id)?,
        campaign,
        findings,
    })
}

/// Drafts a campaign that sends a published story.
#[utoipa::path(tag = "campaigns", request_body = NewCampaign,
    params(("partnership" = String, Path, description = "Partnership id or slug"),
           ("Idempotency-Key" = Option<String>, Header, description = "Makes a repeat of this request harmless")),
    responses((status = 201, body = Campaign), (status = 422, body = ProblemBody)),
    extensions(("x-permission" = json!("campaign.edit"))))]
#[post("/partnerships/{partnership}/campaigns")]
async fn create(
    core: web::Data<Core>,
    actor: Allowed<EditCampaigns>,
    key: IdempotencyKey,
    body: ApiJson<NewCampaign>,
) -> Result<HttpResponse, Problem> {
    let actor = actor.into_actor();
    let (scope, now) = (actor.idempotency_scope(), actor.now);
    once(&core.db, scope, key, body.fingerprint, now, move |conn| {
        let made = draft::create(conn, &actor, &Live, &body.value)?;
        Answer::created(location(&actor, &made.id), &made)
    })
    .await
}

fn location(actor: &Actor, id: &CampaignId) -> String {
    format!("/api/v1/partnerships/{}/campaigns/{id}", actor.tenant())
}

/// The campaigns, newest first.
#[utoipa::path(tag = "campaigns",
    params(("partnership" = String, Path, description = "Partnership id or slug"), PageQuery),
    responses((status = 200, body = Page<Campaign>)),
    extensions(("x-permission" = json!("campaign.see"))))]
#[get("/partnerships/{partnership}/campaigns")]
async fn list(
    core: web::Data<Core>,
    actor: Allowed<SeeCampaigns>,
    query: ApiQuery<PageQuery>,
) -> Result<HttpResponse, Problem> {
    let (limit, before) = (query.0.limit()?, query.0.after()?);
    let tenant = actor.tenant().to_string();
    let rows = core
        .db
        .read(move |conn| store::list(conn, &tenant, before.as_deref(), limit + 1))
        .await?;
    Ok(HttpResponse::Ok().json(Page::cut(rows, limit, |c| c.id.to_string())))
}

/// One campaign: what it tells, how far it is, and what stops it.
#[utoipa::path(tag = "campaigns",
    params(("partnership" = String, Path, description = "Partnership id or slug"),
           ("campaign" = CampaignId, Path, description = "Campaign id")),
    responses((status = 200, body = CampaignView), (status = 404, body = ProblemBody)),
    extensions(("x-permission" = json!("campaign.see"))))]
#[get("/partnerships/{partnership}/campaigns/{campaign}")]
async fn show(
    core: web::Data<Core>,
    actor: Allowed<SeeCampaigns>,
    path: Ids,
) -> Result<HttpResponse, Problem> {
    let (actor, id) = (actor.into_actor(), id(&path.1)?);
    let view = core.db.read(move |conn| view(conn, &actor, &id)).await?;
    Ok(etag::ok(view.campaign.version).json(view))
}

/// Changes a draft.
#[utoipa::path(tag = "campaigns", request_body = CampaignEdit,
    params(("partnership" = String, Path, description = "Partnership id or slug"),
           ("campaign" = CampaignId, Path, description = "Campaign id"),
           ("If-Match" = String, Header, description = "The version that was read")),
    responses((status = 200, body = Campaign), (status = 409, body = ProblemBody),
              (status = 412, body = ProblemBody), (status = 422, body = ProblemBody)),
    extensions(("x-permission" = json!("campaign.edit"))))]
#[patch("/partnerships/{partnership}/campaigns/{campaign}")]
async fn edit(
    core: web::Data<Core>,
    actor: Allowed<EditCampaigns>,
    path: Ids,
    seen: IfMatch,
    body: ApiJson<CampaignEdit>,
) -> Result<HttpResponse, Problem> {
    let (actor, id) = (actor.into_actor(), id(&path.1)?);
    let changed = core
        .db
        .write(move |conn| draft::edit(conn, &actor, &id, seen, body.value))
        .await?;
    Ok(etag::ok(changed.version).json(changed))
}

/// Adds recipients to a draft: members by role or id, contacts, and new addresses.
#[utoipa::path(tag = "campaigns", request_body = Audience,
    params(("partnership" = String, Path, description = "Partnership id or slug"),
           ("campaign" = CampaignId, Path, description = "Campaign id"),
           ("Idempotency-Key" = Option<String>, Header, description = "Makes a repeat of this request harmless")),
    responses((status = 200, body = Added), (status = 409, body = ProblemBody), (status = 422, body = ProblemBody)),
    extensions(("x-permission" = json!("campaign.edit"))))]
#[post("/partnerships/{partnership}/campaigns/{campaign}/recipients")]
async fn add_recipients(
    core: web::Data<Core>,
    actor: Allowed<EditCampaigns>,
    path: Ids,
    key: IdempotencyKey,
    body: ApiJson<Audience>,
) -> Result<HttpResponse, Problem> {
    let (actor, id) = (actor.into_actor(), id(&path.1)?);
    let (scope, now) = (actor.idempotency_scope(), actor.now);
    once(&core.db, scope, key, body.fingerprint, now, move |conn| {
        let added = recipients::add(conn, &actor, &id, &body.value)?;
        Answer::ok(&added)
    })
    .await
}

/// Takes all recipients out of a draft.
#[utoipa::path(tag = "campaigns",
    params(("partnership" = String, Path, description = "Partnership id or slug"),
           ("campaign" = CampaignId, Path, description = "Campaign id")),
    responses((status = 204), (status = 404, body = ProblemBody), (status = 409, body = ProblemBody)),
    extensions(("x-permission" = json!("campaign.edit"))))]
#[delete("/partnerships/{partnership}/campaigns/{campaign}/recipients")]
async fn clear(
    core: web::Data<Core>,
    actor: Allowed<EditCampaigns>,
    path: Ids,
) -> Result<HttpResponse, Problem> {
    let (actor, id) = (actor.into_actor(), id(&path.1)?);
    core.db
        .write(move |conn| recipients::clear(conn, &actor, &id))
        .await?;
    Ok(HttpResponse::NoContent().finish())
}

/// Takes one recipient out of a draft.
#[utoipa::path(tag = "campaigns",
    params(("partnership" = String, Path, description = "Partnership id or slug"),
           ("campaign" = CampaignId, Path, description = "Campaign id"),
           ("delivery" = DeliveryId, Path, description = "Delivery id")),
    responses((status = 204), (status = 404, body = ProblemBody), (status = 409, body = ProblemBody)),
    extensions(("x-permission" = json!("campaign.edit"))))]
#[delete("/partnerships/{partnership}/campaigns/{campaign}/deliveries/{delivery}")]
async fn remove_recipient(
    core: web::Data<Core>,
    actor: Allowed<EditCampaigns>,
    path: web::Path<(String, String, String)>,
) -> Result<HttpResponse, Problem> {
    let (actor, id) = (actor.into_actor(), id(&path.1)?);
    let one = DeliveryId::parse(&path.2).map_err(|_| Problem::not_found())?;
    core.db
        .write(move |conn| recipients::remove(conn, &actor, &id, &one))
        .await?;
    Ok(HttpResponse::NoContent().finish())
}

/// The deliveries of a campaign: who, where it stands, and the mail server's words.
#[utoipa::path(tag = "campaigns",
    params(("partnership" = String, Path, description = "Partnership id or slug"),
           ("campaign" = CampaignId, Path, description = "Campaign id"), DeliveryQuery),
    responses((status = 200, body = Page<Delivery>)),
    extensions(("x-permission" = json!("campaign.see"))))]
#[get("/partnerships/{partnership}/campaigns/{campaign}/deliveries")]
async fn deliveries(
    core: web::Data<Core>,
    actor: Allowed<SeeCampaigns>,
    path: Ids,
    query: ApiQuery<DeliveryQuery>,
) -> Result<HttpResponse, Problem> {
    let (tenant, id) = (actor.tenant().to_string(), id(&path.1)?);
    let page = PageQuery {
        cursor: query.0.cursor,
        limit: query.0.limit,
    };
    let (limit, after, state) = (page.limit()?, page.after()?, query.0.state);
    let rows: Vec<Delivery> = core
        .db
        .read(move |conn| {
            store::find(conn, &tenant, &id)?.ok_or(Error::NotFound)?;
            Ok::<_, Error>(delivery::store::list(
                conn,
                &tenant,
                &id,
                state,
                after.as_deref(),
                limit + 1,
            )?)
        })
        .await?;
    Ok(HttpResponse::Ok().json(Page::cut(rows, limit, |d| d.id.to_string())))
}

macro_rules! steps {
    ($($(#[$doc:meta])* $name:ident, $path:literal, $input:ty, |$conn:ident, $actor:ident, $id:ident, $body:ident| $verb:expr;)+) => {$(
        $(#[$doc])*
        #[utoipa::path(tag = "campaigns", request_body = $input,
            params(("partnership" = String, Path, description = "Partnership id or slug"),
                   ("campaign" = CampaignId, Path, description = "Campaign id"),
                   ("Idempotency-Key" = Option<String>, Header, description = "Makes a repeat of this request harmless")),
            responses((status = 202, body = Campaign), (status = 409, body = ProblemBody), (status = 422, body = ProblemBody)),
            extensions(("x-permission" = json!("campaign.send"))))]
        #[post($path)]
        async fn $name(
            core: web::Data<Core>,
            actor: Allowed<SendCampaigns>,
            path: Ids,
            key: IdempotencyKey,
            body: ApiJson<$input>,
        ) -> Result<HttpResponse, Problem> {
            let ($actor, $id) = (actor.into_actor(), id(&path.1)?);
            let (scope, now) = ($actor.idempotency_scope(), $actor.now);
            let answer = once(&core.db, scope, key, body.fingerprint, now, move |$conn| {
                let $body = &body.value;
                let moved: Campaign = $verb?;
                Answer::accepted(location(&$actor, &$id), &moved)
            })
            .await?;
            core.wake_jobs();
            Ok(answer)
        }
    )+};
}

steps! {
    /// Lets a draft leave to everyone chosen.
    send, "/partnerships/{partnership}/campaigns/{campaign}/send", Nothing,
        |conn, actor, id, _body| life::send(conn, &actor, &Live, &id);
    /// Holds a campaign.
    pause, "/partnerships/{partnership}/campaigns/{campaign}/pause", Nothing,
        |conn, actor, id, _body| life::pause(conn, &actor, &id);
    /// Lets a held campaign go on.
    resume, "/partnerships/{partnership}/campaigns/{campaign}/resume", Nothing,
        |conn, actor, id, _body| life::resume(conn, &actor, &id);
    /// Ends a campaign: what has not left never will.
    cancel, "/partnerships/{partnership}/campaigns/{campaign}/cancel", Nothing,
        |conn, actor, id, _body| life::cancel(conn, &actor, &id);
    /// Tries failed deliveries again.
    retry, "/partnerships/{partnership}/campaigns/{campaign}/retry", Retry,
        |conn, actor, id, body| life::retry(conn, &actor, &id, body.delivery_id.as_ref());
}

/// Sends a test of the campaign to the caller.
#[utoipa::path(tag = "campaigns",
    params(("partnership" = String, Path, description = "Partnership id or slug"),
           ("campaign" = CampaignId, Path, description = "Campaign id"),
           ("Idempotency-Key" = Option<String>, Header, description = "Taken, but a test may be sent again: it is no delivery")),
    responses((status = 204), (status = 422, body = ProblemBody), (status = 502, body = ProblemBody)),
    extensions(("x-permission" = json!("campaign.edit"))))]
#[post("/partnerships/{partnership}/campaigns/{campaign}/test")]
async fn test(
    core: web::Data<Core>,
    actor: Allowed<EditCampaigns>,
    path: Ids,
) -> Result<HttpResponse, Problem> {
    let id = id(&path.1)?;
    test_to_self(core, actor.into_actor(), id).await?;
    Ok(HttpResponse::NoContent().finish())
}

/// Sends a test to the actor's own address, in their language.
pub(crate) async fn test_to_self(
    core: web::Data<Core>,
    actor: Actor,
    id: CampaignId,
) -> Result<(), Error> {
    let (tenant, person) = (actor.tenant().to_string(), actor.person_id.clone());
    let (campaign, me) = core
        .db
        .read(move |conn| {
            let campaign = store::find(conn, &tenant, &id)?.ok_or(Error::NotFound)?;
            let me = match person {
                Some(person) => backbone_identity::directory::member(conn, &tenant, &person)?,
                None => None,
            };
            Ok::<_, Error>((campaign, me.ok_or(Error::NoAddress)?))
        })
        .await?;
    let reader = preview::Reader {
        email: me.email,
        name: me.name,
        lang: actor.lang,
    };
    let mailer = core.mailer.clone();
    let raw = preview::make(core.into_inner(), actor, campaign, reader).await?;
    preview::send_test(&mailer, raw).await
}

/// Adds the operations.
pub(crate) fn routes(cfg: &mut utoipa_actix_web::service_config::ServiceConfig) {
    cfg.service(create)
        .service(list)
        .service(show)
        .service(edit)
        .service(add_recipients)
        .service(clear)
        .service(remove_recipient)
        .service(deliveries)
        .service(send)
        .service(pause)
        .service(resume)
        .service(cancel)
        .service(retry)
        .service(test);
}
