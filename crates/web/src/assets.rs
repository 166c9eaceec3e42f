//! Style sheet, script and mark: put together once at start-up, compressed, and served under a name that contains
//! their hash, so that browsers keep them for a year.

mod accent;

use std::borrow::Cow;
use std::io::Write;
use std::sync::LazyLock;

use actix_web::http::header::{
    ACCEPT_ENCODING, CACHE_CONTROL, CONTENT_ENCODING, CONTENT_TYPE, HeaderValue, VARY,
};
use actix_web::{HttpRequest, HttpResponse, web};
use flate2::Compression;
use flate2::write::GzEncoder;
use rust_embed::RustEmbed;
use sha2::{Digest, Sha256};

pub use accent::{DEFAULT_ACCENT, accent_ok, accent_sheet, accent_url, contrast, dark_accent};

#[derive(RustEmbed)]
#[folder = "assets"]
pub(crate) struct Files;

/// In the order in which later rules overrule earlier ones.
const SHEETS: [&str; 11] = [
    "css/tokens.css",
    "css/base.css",
    "css/components.css",
    "css/forms.css",
    "css/layout.css",
    "css/search.css",
    "css/story.css",
    "css/charts.css",
    "css/meeting.css",
    "css/partner.css",
    "css/print.css",
];
const SCRIPTS: [&str; 4] = ["js/htmx.min.js", "js/app.js", "js/search.js", "js/live.js"];
const FOREVER: &str = "public, max-age=31536000, immutable";
const A_DAY: &str = "public, max-age=86400";

struct Asset {
    plain: Vec<u8>,
    gzipped: Vec<u8>,
    hash: String,
    content_type: &'static str,
}

/// The assets of this build.
pub struct Assets {
    css: Asset,
    js: Asset,
    favicon: Asset,
}

static CURRENT: LazyLock<Assets> = LazyLock::new(|| Assets {
    css: Asset::joined(&SHEETS, "text/css; charset=utf-8"),
    js: Asset::joined(&SCRIPTS, "text/javascript; charset=utf-8"),
    favicon: Asset::joined(&["favicon.svg"], "image/svg+xml"),
});

/// The assets of this build, put together on first use.
pub fn current() -> &'static Assets {
    &CURRENT
}

impl Assets {
    /// The address of the one style sheet.
    pub fn css_url(&self) -> String {
        format!("/assets/app.{}.css", self.css.hash)
    }

    /// The address of the one script.
    pub fn js_url(&self) -> String {
        format!("/assets/app.{}.js", self.js.hash)
    }
}

impl Asset {
    fn joined(names: &[&str], content_type: &'static str) -> Self {
        let mut plain = Vec::new();
        for name in names {
            match Files::get(name) {
                Some(file) => {
                    plain.extend_from_slice(&file.data);
                    plain.push(b'\n');
                }
                None => tracing::error!(name, "asset is missing from this build"),
            }
        }
        let hash = hex::encode(&Sha256::digest(&plain)[..6]);
        let gzipped = gzip(&plain).unwrap_or_default();
        Self {
            plain,
            gzipped,
            hash,
            content_type,
        }
    }

    fn answer(&self, request: &HttpRequest, caching: &'static str) -> HttpResponse {
        let accepted = request
            .headers()
            .get(ACCEPT_ENCODING)
            .and_then(|value| value.to_str().ok());
        let zip =
            !self.gzipped.is_empty() && accepted.is_some_and(|codings| codings.contains("gzip"));
        let mut response = HttpResponse::Ok();
        response
            .insert_header((CONTENT_TYPE, HeaderValue::from_static(self.content_type)))
            .insert_header((CACHE_CONTROL, HeaderValue::from_static(caching)))
            .insert_header((VARY, HeaderValue::from_static("accept-encoding")));
        if zip {
            response.insert_header((CONTENT_ENCODING, HeaderValue::from_static("gzip")));
            response.body(self.gzipped.clone())
        } else {
            response.body(self.plain.clone())
        }
    }
}

fn gzip(plain: &[u8]) -> std::io::Result<Vec<u8>> {
    let mut encoder = GzEncoder::new(Vec::new(), Compression::best());
    encoder.write_all(plain)?;
    encoder.finish()
}

/// Routes `/assets/…` and `/favicon.ico`.
pub fn configure(config: &mut web::ServiceConfig) {
    config
        .route("/assets/accent/{hex}.css", web::get().to(accent_css))
        .route("/assets/favicon.svg", web::get().to(favicon))
        .route("/favicon.ico", web::get().to(favicon))
        .route("/assets/app.{hash}.css", web::get().to(app_css))
        .route("/assets/app.{hash}.js", web::get().to(app_js));
}

/// A page of an earlier build may still ask for its own hash: it gets the current file, kept only briefly.
fn caching(asked: &str, asset: &Asset) -> &'static str {
    if asked == asset.hash {
        FOREVER
    } else {
        "no-cache"
    }
}

async fn app_css(request: HttpRequest, hash: web::Path<String>) -> HttpResponse {
    let asset = &current().css;
    asset.answer(&request, caching(&hash, asset))
}

async fn app_js(request: HttpRequest, hash: web::Path<String>) -> HttpResponse {
    let asset = &current().js;
    asset.answer(&request, caching(&hash, asset))
}

async fn favicon(request: HttpRequest) -> HttpResponse {
    current().favicon.answer(&request, A_DAY)
}

async fn accent_css(hex: web::Path<String>) -> HttpResponse {
    let sheet: Cow<'static, str> = accent_sheet(&hex).map_or("".into(), Cow::Owned);
    if sheet.is_empty() {
        return HttpResponse::NotFound().finish();
    }
    HttpResponse::Ok()
        .insert_header((
            CONTENT_TYPE,
            HeaderValue::from_static("text/css; charset=utf-8"),
        ))
        .insert_header((CACHE_CONTROL, HeaderValue::from_static(FOREVER)))
        .body(sheet.into_owned())
}

#[cfg(test)]
mod tests {
    use super::*;
    use actix_web::test::{TestRequest, call_service, init_service, read_body};
    use actix_web::{App, http::StatusCode};

    #[actix_web::test]
    async fn assets_are_zipped_and_kept_for_a_year_under_their_hash() {
        let app = init_service(App::new().configure(configure)).await;
        for url in [current().css_url(), current().js_url()] {
            let zipped = TestRequest::get()
                .uri(&url)
                .insert_header(("accept-encoding", "br, gzip"))
                .to_request();
            let response = call_service(&app, zipped).await;
            assert_eq!(
                response.headers().get("content-encoding").unwrap(),
                "gzip",
                "{url}"
            );
            assert_eq!(
                response.headers().get("cache-control").unwrap(),
                FOREVER,
                "{url}"
            );
            let plain = call_service(&app, TestRequest::get().uri(&url).to_request()).await;
            assert!(plain.headers().get("content-encoding").is_none());
            assert!(read_body(plain).await.len() > 1000, "{url}");
        }
        let old = TestRequest::get()
            .uri("/assets/app.000000.css")
            .to_request();
        assert_eq!(
            call_service(&app, old)
                .await
                .headers()
                .get("cache-control")
                .unwrap(),
            "no-cache"
        );
    }

    #[actix_web::test]
    async fn an_accent_sheet_exists_for_readable_colours_only() {
        let app = init_service(App::new().configure(configure)).await;
        for (hex, status) in [
            ("0b5fcc", StatusCode::OK),
            ("ffee00", StatusCode::NOT_FOUND),
            ("zz", StatusCode::NOT_FOUND),
        ] {
            let request = TestRequest::get()
                .uri(&format!("/assets/accent/{hex}.css"))
                .to_request();
            assert_eq!(call_service(&app, request).await.status(), status, "{hex}");
        }
    }

    #[test]
    fn every_sheet_and_script_is_in_the_build_and_none_asks_another_host() {
        for name in SHEETS.iter().chain(&SCRIPTS) {
            let file = Files::get(name).unwrap_or_else(|| panic!("{name}"));
            let text = String::from_utf8(file.data.into_owned()).unwrap();
            assert!(
                !text.contains("@import") && !text.contains("url(http"),
                "{name}"
            );
        }
    }
}
