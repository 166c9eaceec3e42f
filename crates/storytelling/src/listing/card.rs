//! The picture beside a shared address of the partnership's page.

use actix_web::http::header::{CACHE_CONTROL, CONTENT_TYPE, ETAG};
use actix_web::{HttpRequest, HttpResponse, get, web};
use backbone_identity::{Core, Visitor};
use backbone_web::{Problem, etag};

use super::public::found;
use crate::public::{drawn_card, logo_of};

/// Its name, its purpose, and its logo.
#[get("/public/{slug}/card.png")]
pub(super) async fn card(
    core: web::Data<Core>,
    req: HttpRequest,
    _visitor: Visitor,
    slug: web::Path<String>,
) -> Result<HttpResponse, Problem> {
    let p = found(&core, &slug, 1, 1).await?.partnership;
    let key = format!("{}-{}", p.id, p.version);
    if etag::not_modified(&req, &key) {
        return Ok(HttpResponse::NotModified()
            .insert_header((ETAG, format!("\"{key}\"")))
            .finish());
    }
    let logo = logo_of(&core, &p).await?;
    let purpose = p.purpose.lines().next().unwrap_or_default().to_string();
    let title = if purpose.is_empty() {
        p.name.clone()
    } else {
        purpose
    };
    let bytes = drawn_card(key.clone(), logo, move || {
        backbone_charts::card(&backbone_charts::Card {
            from: &p.name,
            title: &title,
            figure: "",
            label: "",
            accent: &p.accent,
        })
    })
    .await?;
    Ok(HttpResponse::Ok()
        .insert_header((CONTENT_TYPE, "image/png"))
        .insert_header((ETAG, format!("\"{key}\"")))
        .insert_header((CACHE_CONTROL, "public, max-age=86400"))
        .body(bytes))
}
