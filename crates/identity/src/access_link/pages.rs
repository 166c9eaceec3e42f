use actix_web::http::StatusCode;
use actix_web::{HttpRequest, HttpResponse, post, web};
use backbone_web::{Args, Problem};
use serde_json::json;

use super::{Upgraded, let_go, upgrade};
use crate::authenticate::{SignedIn, Visitor, from_own_page};
use crate::core::Core;
use crate::ids::AccessLinkId;
use crate::sign_in::{LinkPurpose, pages::signed_in, request};
use crate::{limit, page, session};

/// From a page that a mailed link opened into the whole partnership: at once, or by a sign-in link to the person's own address.
#[post("/link/{secret}/session")]
pub(crate) async fn begin(
    core: web::Data<Core>,
    req: HttpRequest,
    visitor: Visitor,
    path: web::Path<String>,
) -> Result<HttpResponse, Problem> {
    from_own_page(&req, &core)?;
    let limits = [
        (limit::SIGN_IN_ADDRESS, visitor.address.clone()),
        (limit::LINK_ADDRESS, visitor.address.clone()),
    ];
    crate::sign_in::count(&core, limits, visitor.now).await?;
    let (secret, agent, now) = (path.into_inner(), session::user_agent(&req), visitor.now);
    let done = core
        .db
        .write(move |conn| upgrade(conn, &secret, &agent, now))
        .await?;
    match done {
        Upgraded::Session { cookie, slug } => Ok(signed_in(&core, cookie, &format!("/p/{slug}"))),
        Upgraded::Mail { email, slug } => {
            let next = format!("/p/{slug}");
            request(&core, &visitor, email.clone(), LinkPurpose::SignIn, next).await?;
            let title = core
                .renderer
                .text(visitor.lang, "link-sent-title", &Args::new());
            let shell = page::public_shell(&core, &req, &visitor, None, title);
            let data = json!({ "email": veiled(&email) });
            page::html(&core, StatusCode::OK, "identity/link-sent", &shell, &data)
        }
    }
}

/// An address that its owner recognizes and nobody else learns: `i…@mentorcircle.example`.
fn veiled(email: &str) -> String {
    match email.split_once('@') {
        Some((name, host)) => {
            let first = name.chars().next().map(String::from).unwrap_or_default();
            format!("{first}…@{host}")
        }
        None => String::new(),
    }
}

/// Ends a link in one's own mail.
#[post("/account/links/{link}/end")]
pub(crate) async fn end(
    core: web::Data<Core>,
    me: SignedIn,
    path: web::Path<String>,
) -> Result<HttpResponse, Problem> {
    let id: AccessLinkId = path.parse().map_err(|_| Problem::not_found())?;
    let (person, now) = (me.person_id.clone(), me.now);
    let ended = core
        .db
        .write(move |conn| let_go(conn, &person, &id, now))
        .await?;
    if !ended {
        return Err(Problem::not_found());
    }
    Ok(page::see_other("/account", "account-link-ended"))
}

#[cfg(test)]
mod tests {
    use super::veiled;

    #[test]
    fn an_address_is_recognized_only_by_its_owner() {
        assert_eq!(
            veiled("ilse@mentorcircle.example"),
            "i…@mentorcircle.example"
        );
        assert_eq!(veiled("é@x.example"), "é…@x.example");
        assert_eq!(veiled("nothing"), "");
    }
}
