//! Headers that tell the browser what pages may do: nothing but our own files.

use actix_web::Error;
use actix_web::body::{BoxBody, MessageBody};
use actix_web::cookie::{Cookie, SameSite};
use actix_web::dev::{ServiceRequest, ServiceResponse};
use actix_web::http::header::{
    CACHE_CONTROL, CONTENT_SECURITY_POLICY, CONTENT_TYPE, HeaderName, HeaderValue, REFERRER_POLICY,
    STRICT_TRANSPORT_SECURITY, X_CONTENT_TYPE_OPTIONS, X_FRAME_OPTIONS,
};
use actix_web::middleware::Next;
use actix_web::web;
use backbone_identity::Core;

/// No inline script or style, no other host, no frames around us.
const CSP: &str = "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; font-src 'self'; \
     connect-src 'self'; frame-src 'self'; form-action 'self'; frame-ancestors 'none'; base-uri 'none'";
/// The browsable API description brings its own inline style and script.
const DOCS_CSP: &str = "default-src 'none'; script-src 'self' 'unsafe-inline'; style-src 'self' 'unsafe-inline'; \
     img-src 'self' data:; font-src 'self'; connect-src 'self'; frame-ancestors 'none'; base-uri 'none'";

pub(super) async fn headers(
    req: ServiceRequest,
    next: Next<impl MessageBody + 'static>,
) -> Result<ServiceResponse<BoxBody>, Error> {
    let docs = req.path().starts_with("/api/docs");
    let shown_flash = req.cookie("flash").is_some();
    let https = req
        .app_data::<web::Data<Core>>()
        .is_some_and(|core| core.settings.base_url.starts_with("https://"));
    let mut res = next.call(req).await?.map_into_boxed_body();
    let is_page = res
        .headers()
        .get(CONTENT_TYPE)
        .and_then(|v| v.to_str().ok())
        .is_some_and(|kind| kind.starts_with("text/html"));
    if shown_flash && is_page && res.status().is_success() {
        let mut gone = Cookie::build("flash", "")
            .path("/")
            .http_only(true)
            .same_site(SameSite::Lax)
            .finish();
        gone.make_removal();
        // A cookie of plain letters always fits a header.
        if let Err(e) = res.response_mut().add_cookie(&gone) {
            tracing::warn!(error = %e, "the message cookie could not be removed");
        }
    }
    let headers = res.headers_mut();
    let mut put = |name: HeaderName, value: &'static str| {
        if !headers.contains_key(&name) {
            headers.insert(name, HeaderValue::from_static(value));
        }
    };
    put(CONTENT_SECURITY_POLICY, if docs { DOCS_CSP } else { CSP });
    put(X_CONTENT_TYPE_OPTIONS, "nosniff");
    put(X_FRAME_OPTIONS, "DENY");
    put(REFERRER_POLICY, "same-origin");
    put(
        HeaderName::from_static("permissions-policy"),
        "camera=(), microphone=(), geolocation=()",
    );
    put(
        HeaderName::from_static("cross-origin-opener-policy"),
        "same-origin",
    );
    put(CACHE_CONTROL, "no-store");
    if https {
        put(
            STRICT_TRANSPORT_SECURITY,
            "max-age=31536000; includeSubDomains",
        );
    }
    Ok(res)
}
