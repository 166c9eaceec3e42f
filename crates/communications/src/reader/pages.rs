//! The page of a reader: for funders who signed in, and for anybody by the link in their mail, without a password. Reading
//! changes nothing; the links that it holds are the reader's own.

use actix_web::http::StatusCode;
use actix_web::http::header::{CACHE_CONTROL, HeaderName, HeaderValue};
use actix_web::{HttpRequest, HttpResponse, get, post, web};
use backbone_db::Instant;
use backbone_identity::{Allowed, Core, Partnership, Visitor, directory, page};
use backbone_web::{Args, Lang, Problem};
use serde::Serialize;

use super::received::{self, Received};
use super::{DAYS, api, end, link};
use crate::delivery::Delivery;
use crate::policy::{EditCampaigns, SeeReceived};

#[derive(Serialize)]
struct ReceivedPage {
    #[serde(flatten)]
    received: Received,
    partnership: String,
    signed_in: bool,
    /// Of a link: the reader's name, until when it holds, and where it is ended.
    name: String,
    until: Option<Instant>,
    end: String,
}

fn title(core: &Core, lang: Lang) -> String {
    core.renderer.text(lang, "received-title", &Args::new())
}

/// What the signed-in person received.
#[get("/p/{partnership}/received")]
async fn own(
    core: web::Data<Core>,
    req: HttpRequest,
    actor: Allowed<SeeReceived>,
) -> Result<HttpResponse, Problem> {
    let received = api::own(&core, &actor).await?;
    let shell = page::shell(&core, &req, &actor, "received", title(&core, actor.lang));
    let data = ReceivedPage {
        received,
        partnership: actor.partnership.name.clone(),
        signed_in: true,
        name: actor.name.clone(),
        until: None,
        end: String::new(),
    };
    page::html(
        &core,
        StatusCode::OK,
        "communications/received/own",
        &shell,
        &data,
    )
}

async fn open(
    core: &web::Data<Core>,
    token: &str,
    now: Instant,
) -> Result<(Partnership, Delivery, Instant, Received), Problem> {
    let (held, token) = (core.clone(), token.to_string());
    core.db
        .read(move |conn| {
            let ended = || Problem::new(StatusCode::GONE, "reader-link-ended");
            let secret = &held.settings.secret;
            let (delivery, sent_at) = link::open(secret, conn, &token, now)?.ok_or_else(ended)?;
            let partnership =
                directory::partnership(conn, &delivery.partnership_id)?.ok_or_else(ended)?;
            let received = received::of(conn, &delivery.partnership_id, &delivery.email, secret)?;
            Ok((partnership, delivery, sent_at, received))
        })
        .await
}

/// What a reader received, by the link in their mail.
#[get("/r/{token}")]
async fn by_link(
    core: web::Data<Core>,
    req: HttpRequest,
    mut visitor: Visitor,
    token: web::Path<String>,
) -> Result<HttpResponse, Problem> {
    let (partnership, delivery, sent_at, received) = open(&core, &token, visitor.now).await?;
    visitor.lang = delivery.language.parse().unwrap_or(visitor.lang);
    let title = title(&core, visitor.lang);
    let shell = page::public_shell(&core, &req, &visitor, Some(&partnership), title);
    let data = ReceivedPage {
        received,
        partnership: partnership.name.clone(),
        signed_in: false,
        name: delivery.name,
        until: Some(sent_at.plus_days(DAYS)),
        end: format!("/r/{token}/end"),
    };
    let mut answer = page::html(
        &core,
        StatusCode::OK,
        "communications/received/link",
        &shell,
        &data,
    )?;
    let headers = answer.headers_mut();
    headers.insert(CACHE_CONTROL, HeaderValue::from_static("private, no-cache"));
    headers.insert(
        HeaderName::from_static("x-robots-tag"),
        HeaderValue::from_static("noindex"),
    );
    Ok(answer)
}

/// The reader ends their links: this one and those of earlier mail.
#[post("/r/{token}/end")]
async fn end_own(
    core: web::Data<Core>,
    visitor: Visitor,
    token: web::Path<String>,
) -> Result<HttpResponse, Problem> {
    let (_, delivery, _, _) = open(&core, &token, visitor.now).await?;
    let now = visitor.now;
    core.db
        .write(move |conn| end::by_reader(conn, &delivery, now))
        .await?;
    Ok(page::see_other(&format!("/r/{token}"), ""))
}

/// Staff end a recipient's links.
#[post("/p/{partnership}/campaigns/{campaign}/recipients/{delivery}/end-links")]
async fn end_links(
    core: web::Data<Core>,
    actor: Allowed<EditCampaigns>,
    path: web::Path<(String, String, String)>,
) -> Result<HttpResponse, Problem> {
    let (actor, campaign, id) = (
        actor.into_actor(),
        api::campaign(&path.1)?,
        api::delivery(&path.2)?,
    );
    let back = format!("/p/{}/campaigns/{campaign}", actor.partnership.slug);
    core.db
        .write(move |conn| end::by_staff(conn, &actor, &campaign, &id))
        .await?;
    Ok(page::see_other(&back, "received-links-ended"))
}

/// Adds the pages, and makes readers known to the pages of stories.
pub(crate) fn routes(cfg: &mut web::ServiceConfig) {
    backbone_storytelling::question::reader::register(cfg, std::sync::Arc::new(super::Links));
    cfg.service(own)
        .service(super::finding::open_story)
        .service(by_link)
        .service(end_own)
        .service(end_links);
}
