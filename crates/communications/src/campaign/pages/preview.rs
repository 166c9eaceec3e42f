use actix_web::http::StatusCode;
use actix_web::{HttpRequest, HttpResponse, get, web};
use backbone_identity::{Actor, Allowed, Core, directory, page, request_lang};
use backbone_mail::mailbox::Opened;
use backbone_web::{ApiQuery, Args, Problem};

use crate::campaign::api::id;
use crate::campaign::{CampaignId, preview, store};
use crate::error::Error;
use crate::policy::SeeCampaigns;

/// Nothing runs and nothing is loaded: only the message's own styles and pictures.
const POLICY: &str = "sandbox allow-popups allow-popups-to-escape-sandbox; default-src 'none'; \
    img-src data:; style-src 'unsafe-inline'; frame-ancestors 'self'";

async fn opened(
    core: web::Data<Core>,
    req: &HttpRequest,
    actor: Actor,
    id: CampaignId,
) -> Result<Opened, Problem> {
    let (tenant, person) = (actor.tenant().to_string(), actor.person_id.clone());
    let (campaign, me) = core
        .db
        .read(move |conn| {
            let campaign = store::find(conn, &tenant, &id)?.ok_or(Error::NotFound)?;
            let me = match person {
                Some(person) => directory::member(conn, &tenant, &person)?,
                None => None,
            };
            Ok::<_, Error>((campaign, me))
        })
        .await?;
    let reader = preview::Reader {
        email: me.map_or_else(|| "reader@example.org".into(), |m| m.email),
        name: actor.name.clone(),
        lang: request_lang(req),
    };
    let raw = preview::make(core.into_inner(), actor, campaign, reader).await?;
    Ok(preview::opened(raw)?)
}

/// How a mail program shows the message.
#[derive(serde::Deserialize)]
pub(super) struct How {
    #[serde(default)]
    show: preview::Rendering,
}

/// The HTML of the message, for an iframe.
#[get("/p/{partnership}/campaigns/{campaign}/preview")]
pub(super) async fn html(
    core: web::Data<Core>,
    req: HttpRequest,
    actor: Allowed<SeeCampaigns>,
    path: web::Path<(String, String)>,
    query: ApiQuery<How>,
) -> Result<HttpResponse, Problem> {
    let id = id(&path.1)?;
    let opened = opened(core, &req, actor.into_actor(), id).await?;
    let html = preview::rendered(&opened.html.unwrap_or_default(), query.0.show);
    Ok(HttpResponse::Ok()
        .content_type("text/html; charset=utf-8")
        .insert_header(("Content-Security-Policy", POLICY))
        .insert_header(("X-Frame-Options", "SAMEORIGIN"))
        .body(html))
}

/// The plain text of the message.
#[get("/p/{partnership}/campaigns/{campaign}/preview.txt")]
pub(super) async fn text(
    core: web::Data<Core>,
    req: HttpRequest,
    actor: Allowed<SeeCampaigns>,
    path: web::Path<(String, String)>,
) -> Result<HttpResponse, Problem> {
    let id = id(&path.1)?;
    let opened = opened(core, &req, actor.into_actor(), id).await?;
    Ok(HttpResponse::Ok()
        .content_type("text/plain; charset=utf-8")
        .body(opened.text.unwrap_or_default()))
}

#[derive(serde::Serialize)]
struct Worst {
    here: String,
    subject: String,
    text: String,
}

/// The message as the poorest mail programs show it, all on one page.
#[get("/p/{partnership}/campaigns/{campaign}/worst")]
pub(super) async fn worst(
    core: web::Data<Core>,
    req: HttpRequest,
    actor: Allowed<SeeCampaigns>,
    path: web::Path<(String, String)>,
) -> Result<HttpResponse, Problem> {
    let (actor, id) = (actor.into_actor(), id(&path.1)?);
    let here = format!("/p/{}/campaigns/{id}", actor.partnership.slug);
    let opened = opened(core.clone(), &req, actor.clone(), id).await?;
    let data = Worst {
        here,
        subject: opened.summary.subject.clone(),
        text: opened.text.unwrap_or_default(),
    };
    let title = core
        .renderer
        .text(actor.lang, "communications-worst-title", &Args::new());
    let shell = page::shell(&core, &req, &actor, "newsletter", title);
    page::html(
        &core,
        StatusCode::OK,
        "communications/campaigns/worst",
        &shell,
        &data,
    )
}
