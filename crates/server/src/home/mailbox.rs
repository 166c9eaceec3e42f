//! The local mailbox: where mail goes when no mail server is set, readable by staff in the browser.

use actix_web::http::StatusCode;
use actix_web::http::header::CONTENT_SECURITY_POLICY;
use actix_web::{HttpRequest, HttpResponse, get, web};
use backbone_identity::{Allowed, Core, page};
use backbone_mail::mailbox::{MailFolder, MailId, OpenError, Opened};
use backbone_web::{Args, Problem};
use serde_json::json;

use super::policy::ReadMailbox;

#[get("/p/{partnership}/mailbox")]
pub async fn list(
    core: web::Data<Core>,
    req: HttpRequest,
    actor: Allowed<ReadMailbox>,
) -> Result<HttpResponse, Problem> {
    let folder = folder(&core)?;
    let listing = web::block(move || folder.list(0, 200))
        .await
        .map_err(Problem::internal)?
        .map_err(Problem::internal)?;
    let shell = page::shell(
        &core,
        &req,
        &actor,
        "settings",
        core.renderer
            .text(actor.lang, "mailbox-title", &Args::new()),
    );
    let slug = &actor.partnership.slug;
    let messages: Vec<_> = listing
        .messages
        .iter()
        .map(|m| {
            json!({
                "href": format!("/p/{slug}/mailbox/{}", m.id),
                "from": m.from,
                "to": m.to,
                "subject": m.subject,
                "at": m.date.map(|d| d.to_string()),
            })
        })
        .collect();
    page::html(
        &core,
        StatusCode::OK,
        "server/mailbox",
        &shell,
        &json!({"messages": messages, "total": listing.total, "slug": slug}),
    )
}

#[get("/p/{partnership}/mailbox/{id}")]
pub async fn read(
    core: web::Data<Core>,
    req: HttpRequest,
    actor: Allowed<ReadMailbox>,
    path: web::Path<(String, String)>,
) -> Result<HttpResponse, Problem> {
    let mail = open(&core, &path.1).await?;
    let shell = page::shell(
        &core,
        &req,
        &actor,
        "settings",
        mail.summary.subject.clone(),
    );
    let slug = &actor.partnership.slug;
    let data = json!({
        "subject": mail.summary.subject,
        "from": mail.summary.from,
        "to": mail.summary.to,
        "at": mail.summary.date.map(|d| d.to_string()),
        "text": mail.text,
        "frame": mail.html.is_some().then(|| format!("/p/{slug}/mailbox/{}/body", path.1)),
        "links": links(mail.text.as_deref().unwrap_or("")),
        "headers": mail.headers.iter().map(|(k, v)| json!({"name": k, "value": v})).collect::<Vec<_>>(),
        "back": format!("/p/{slug}/mailbox"),
    });
    page::html(&core, StatusCode::OK, "server/mail", &shell, &data)
}

/// The message's own HTML, for a frame that may run nothing.
#[get("/p/{partnership}/mailbox/{id}/body")]
pub async fn body(
    core: web::Data<Core>,
    _actor: Allowed<ReadMailbox>,
    path: web::Path<(String, String)>,
) -> Result<HttpResponse, Problem> {
    let mail = open(&core, &path.1).await?;
    let csp = "default-src 'none'; img-src data:; style-src 'unsafe-inline'; sandbox allow-popups allow-popups-to-escape-sandbox; \
               frame-ancestors 'self'";
    Ok(HttpResponse::Ok()
        .content_type("text/html; charset=utf-8")
        .insert_header((CONTENT_SECURITY_POLICY, csp))
        .insert_header(("X-Frame-Options", "SAMEORIGIN"))
        .body(mail.html.unwrap_or_default()))
}

/// Addresses in the plain text, so that a link can be followed from the page itself.
fn links(text: &str) -> Vec<String> {
    let mut found: Vec<String> = Vec::new();
    for word in
        text.split(|c: char| c.is_whitespace() || matches!(c, '(' | ')' | '<' | '>' | '[' | ']'))
    {
        let is_link = word.starts_with("http://") || word.starts_with("https://");
        if is_link && !found.iter().any(|f| f == word) {
            found.push(word.to_string());
        }
    }
    found
}

fn folder(core: &Core) -> Result<MailFolder, Problem> {
    core.settings
        .mailbox
        .as_deref()
        .map(MailFolder::new)
        .ok_or_else(Problem::not_found)
}

async fn open(core: &Core, id: &str) -> Result<Opened, Problem> {
    let folder = folder(core)?;
    let id = MailId::parse(id).ok_or_else(Problem::not_found)?;
    web::block(move || folder.open(&id))
        .await
        .map_err(Problem::internal)?
        .map_err(|e| match e {
            OpenError::NotFound => Problem::not_found(),
            OpenError::TooLarge | OpenError::NotAMessage => Problem::invalid("mail-unreadable"),
            OpenError::Io(e) => Problem::internal(e),
        })
}
