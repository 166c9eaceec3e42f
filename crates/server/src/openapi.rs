//! The API described by itself: collected from the handlers, served, and locked by a test.

use actix_web::web::ServiceConfig;
use actix_web::{HttpResponse, web};
use utoipa::openapi::security::{ApiKey, ApiKeyValue, Http, HttpAuthScheme, SecurityScheme};
use utoipa::openapi::{InfoBuilder, LicenseBuilder, OpenApi, SecurityRequirement, ServerBuilder};
use utoipa_swagger_ui::SwaggerUi;

use crate::http::collect_document;

/// The OpenAPI 3.1 document, put together once.
pub fn document() -> OpenApi {
    static DOCUMENT: std::sync::OnceLock<OpenApi> = std::sync::OnceLock::new();
    DOCUMENT.get_or_init(build).clone()
}

fn build() -> OpenApi {
    let mut api = collect_document();
    api.info = InfoBuilder::new()
        .title("Backbone")
        .version(env!("CARGO_PKG_VERSION"))
        .description(Some(
            "One server for partnerships of many organizations. Sign in with a bearer token (`POST /api/v1/auth/token`) \
             or an API key. Errors are RFC 9457 problems; lists use cursors; every POST takes an `Idempotency-Key`; edits \
             take the ETag as `If-Match`. `x-permission` names the right that an operation needs.",
        ))
        .license(Some(LicenseBuilder::new().name("Apache-2.0").identifier(Some("Apache-2.0")).build()))
        .build();
    api.servers = Some(vec![ServerBuilder::new().url("/").build()]);
    let mut components = api.components.take().unwrap_or_default();
    components.add_security_scheme(
        "bearer",
        SecurityScheme::Http(Http::new(HttpAuthScheme::Bearer)),
    );
    components.add_security_scheme(
        "session",
        SecurityScheme::ApiKey(ApiKey::Cookie(ApiKeyValue::new("backbone"))),
    );
    api.components = Some(components);
    api.security = Some(vec![
        SecurityRequirement::new("bearer", Vec::<String>::new()),
        SecurityRequirement::new("session", Vec::<String>::new()),
    ]);
    api
}

/// `/api/openapi.json` and `/api/docs`, without a request to another host.
pub fn routes(cfg: &mut ServiceConfig, document: OpenApi) {
    cfg.service(SwaggerUi::new("/api/docs/{_:.*}").url("/api/openapi.json", document));
    cfg.route(
        "/api/docs",
        web::get().to(|| async {
            HttpResponse::SeeOther()
                .insert_header(("Location", "/api/docs/"))
                .finish()
        }),
    );
}
