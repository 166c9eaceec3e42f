//! Leaving: a signed token in every message, good for one address in one partnership, for ever and without a stored row.
//! GET changes nothing, because mail scanners follow links; POST leaves at once, also from mail programs (RFC 8058).

use actix_web::http::StatusCode;
use actix_web::{HttpRequest, HttpResponse, get, post, web};
use backbone_identity::secret::MasterSecret;
use backbone_identity::{Core, Partnership, Visitor, directory, page};
use backbone_web::{Args, Problem};
use serde::Serialize;

use crate::error::Error;
use crate::suppression::{keep, store};

const PURPOSE: &str = "unsubscribe";

/// The token for an address.
pub fn token(secret: &MasterSecret, partnership: &str, address_key: &str) -> String {
    secret.sign(PURPOSE, &format!("{partnership} {address_key}"))
}

/// Partnership and address of a token; `None` when this server did not make it.
pub fn open(secret: &MasterSecret, token: &str) -> Option<(String, String)> {
    let data = secret.open(PURPOSE, token)?;
    let (partnership, address) = data.split_once(' ')?;
    Some((partnership.to_string(), address.to_string()))
}

#[derive(Serialize)]
struct Leaving {
    partnership: String,
    address: String,
    left: bool,
    url: String,
    again: String,
}

struct Found {
    partnership: Partnership,
    address_key: String,
    left: bool,
}

async fn find(core: &Core, token: &str) -> Result<Found, Problem> {
    let (tenant, address_key) =
        open(&core.settings.secret, token).ok_or_else(Problem::not_found)?;
    core.db
        .read(move |conn| {
            let partnership =
                directory::partnership(conn, &tenant)?.ok_or_else(Problem::not_found)?;
            let left = store::is_suppressed(conn, &tenant, &address_key)?;
            Ok::<_, Problem>(Found {
                partnership,
                address_key,
                left,
            })
        })
        .await
}

fn show(
    core: &Core,
    req: &HttpRequest,
    visitor: &Visitor,
    found: Found,
    token: &str,
) -> Result<HttpResponse, Problem> {
    let title = core
        .renderer
        .text(visitor.lang, "communications-leave-title", &Args::new());
    let shell = page::public_shell(core, req, visitor, Some(&found.partnership), title);
    let data = Leaving {
        partnership: found.partnership.name,
        address: hidden(&found.address_key),
        left: found.left,
        url: format!("/u/{token}"),
        again: format!("/u/{token}/again"),
    };
    page::html(
        core,
        StatusCode::OK,
        "communications/unsubscribe",
        &shell,
        &data,
    )
}

/// Enough of an address to recognize one's own: links are forwarded.
fn hidden(address: &str) -> String {
    let (local, domain) = address.rsplit_once('@').unwrap_or((address, ""));
    let first: String = local.chars().take(1).collect();
    format!("{first}…@{domain}")
}

/// Asks whether to leave.
#[get("/u/{token}")]
async fn ask(
    core: web::Data<Core>,
    req: HttpRequest,
    visitor: Visitor,
    token: web::Path<String>,
) -> Result<HttpResponse, Problem> {
    let found = find(&core, &token).await?;
    show(&core, &req, &visitor, found, &token)
}

/// Leaves. Mail programs post here without cookies, and the body does not matter.
#[post("/u/{token}")]
async fn leave(
    core: web::Data<Core>,
    req: HttpRequest,
    visitor: Visitor,
    token: web::Path<String>,
) -> Result<HttpResponse, Problem> {
    let mut found = find(&core, &token).await?;
    let (tenant, key, now) = (
        found.partnership.id.to_string(),
        found.address_key.clone(),
        visitor.now,
    );
    core.db
        .write(move |conn| keep::leave(conn, &tenant, &key, now))
        .await?;
    found.left = true;
    show(&core, &req, &visitor, found, &token)
}

/// Comes back.
#[post("/u/{token}/again")]
async fn again(
    core: web::Data<Core>,
    req: HttpRequest,
    visitor: Visitor,
    token: web::Path<String>,
) -> Result<HttpResponse, Problem> {
    let mut found = find(&core, &token).await?;
    let (tenant, key, now) = (
        found.partnership.id.to_string(),
        found.address_key.clone(),
        visitor.now,
    );
    found.left = core
        .db
        .write(move |conn| {
            keep::come_back(conn, &tenant, &key, now)?;
            Ok::<_, Error>(store::is_suppressed(conn, &tenant, &key)?)
        })
        .await?;
    show(&core, &req, &visitor, found, &token)
}

/// Adds the pages.
pub(crate) fn routes(cfg: &mut web::ServiceConfig) {
    cfg.service(ask).service(leave).service(again);
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_token_opens_its_own_address_and_nothing_else() {
        let secret = MasterSecret::from_text(&"k".repeat(40)).unwrap();
        let made = token(&secret, "p1", "a@example.org");
        assert_eq!(
            open(&secret, &made),
            Some(("p1".into(), "a@example.org".into()))
        );
        assert!(
            made.bytes()
                .all(|b| b.is_ascii_alphanumeric() || b"-_.".contains(&b))
        );
        let other = MasterSecret::from_text(&"o".repeat(40)).unwrap();
        assert_eq!(open(&other, &made), None);
        assert_eq!(open(&secret, "nonsense"), None);
        assert_eq!(hidden("amina@example.org"), "a…@example.org");
    }
}
