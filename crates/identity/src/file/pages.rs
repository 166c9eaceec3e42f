//! Files as browsers get them: always sandboxed, never sniffed.

use actix_web::http::header::{
    CACHE_CONTROL, CONTENT_DISPOSITION, CONTENT_SECURITY_POLICY, CONTENT_TYPE,
    X_CONTENT_TYPE_OPTIONS,
};
use actix_web::{HttpRequest, HttpResponse, get, web};
use backbone_db::DbError;
use backbone_web::{Problem, etag};

use super::StoredFile;
use crate::authenticate::Allowed;
use crate::core::Core;
use crate::ids::FileId;
use crate::policy::SeeFiles;

/// What may run in a file that is opened in the browser: nothing.
const SANDBOX: &str = "default-src 'none'; style-src 'unsafe-inline'; sandbox";

/// A file, for members.
#[get("/p/{partnership}/files/{file}")]
pub(crate) async fn download(
    core: web::Data<Core>,
    actor: Allowed<SeeFiles>,
    path: web::Path<(String, String)>,
) -> Result<HttpResponse, Problem> {
    let id = FileId::parse(&path.1).map_err(|_| Problem::not_found())?;
    let tenant = actor.tenant().to_string();
    let found = core.db.read(move |c| super::find(c, &tenant, &id)).await?;
    let file = found.ok_or_else(Problem::not_found)?;
    // Pictures and PDFs open in the browser; everything else is saved.
    let shown = file.media_type.starts_with("image/") || file.media_type == "application/pdf";
    let way = if shown { "inline" } else { "attachment" };
    answer(&core, file, way, "private, max-age=3600").await
}

/// The partnership's logo, for pages and mails: public, and an image only.
#[get("/p/{partnership}/logo")]
pub(crate) async fn logo(
    core: web::Data<Core>,
    req: HttpRequest,
    path: web::Path<String>,
) -> Result<HttpResponse, Problem> {
    let slug = path.into_inner();
    let found = core
        .db
        .read(move |c| super::store::logo(c, &slug))
        .await?
        .filter(|f| f.media_type.starts_with("image/"));
    let file = found.ok_or_else(Problem::not_found)?;
    if etag::not_modified(&req, &file.sha256) {
        return Ok(HttpResponse::NotModified().finish());
    }
    answer(&core, file, "inline", "public, max-age=300").await
}

async fn answer(
    core: &web::Data<Core>,
    file: StoredFile,
    way: &str,
    cache: &str,
) -> Result<HttpResponse, Problem> {
    let core = core.clone();
    let disposition = disposition(way, &file.name);
    let kept = file.clone();
    let bytes = web::block(move || super::read(&core.settings.data_dir, &kept))
        .await
        .map_err(|e| Problem::from(DbError::Setup(e.to_string())))??;
    Ok(HttpResponse::Ok()
        .insert_header((CONTENT_TYPE, file.media_type))
        .insert_header((CONTENT_DISPOSITION, disposition))
        .insert_header((X_CONTENT_TYPE_OPTIONS, "nosniff"))
        .insert_header((CONTENT_SECURITY_POLICY, SANDBOX))
        .insert_header((CACHE_CONTROL, cache))
        .insert_header(("ETag", format!("\"{}\"", file.sha256)))
        .body(bytes))
}

/// The name of a saved file, for old and new browsers (RFC 6266): letters outside ASCII go into `filename*`.
fn disposition(way: &str, name: &str) -> String {
    let plain: String = name
        .chars()
        .map(|c| {
            if c.is_ascii_graphic() && !matches!(c, '"' | '\\' | '%') {
                c
            } else {
                '_'
            }
        })
        .collect();
    let encoded: String = name
        .bytes()
        .map(|b| match b {
            b'a'..=b'z' | b'A'..=b'Z' | b'0'..=b'9' | b'-' | b'.' | b'_' => (b as char).to_string(),
            _ => format!("%{b:02X}"),
        })
        .collect();
    format!("{way}; filename=\"{plain}\"; filename*=UTF-8''{encoded}")
}

#[cfg(test)]
mod tests {
    use super::disposition;

    #[test]
    fn names_cannot_break_out_of_the_header() {
        for (name, header) in [
            (
                "a b.pdf",
                "attachment; filename=\"a_b.pdf\"; filename*=UTF-8''a%20b.pdf",
            ),
            (
                "é\".png",
                "attachment; filename=\"__.png\"; filename*=UTF-8''%C3%A9%22.png",
            ),
            (
                "x\r\ny",
                "attachment; filename=\"x__y\"; filename*=UTF-8''x%0D%0Ay",
            ),
        ] {
            assert_eq!(disposition("attachment", name), header);
        }
    }
}
