//! The API described by itself: collected from the handlers, served, and locked by a test.

use actix_web::http::header::ALLOW;
use actix_web::http::{Method, StatusCode};
use actix_web::web::ServiceConfig;
use actix_web::{HttpRequest, HttpResponse, web};
use backbone_web::Problem;
use utoipa::openapi::path::{Operation, PathItem};
use utoipa::openapi::schema::{ObjectBuilder, SchemaFormat, Type};
use utoipa::openapi::security::{ApiKey, ApiKeyValue, Http, HttpAuthScheme, SecurityScheme};
use utoipa::openapi::{Components, RefOr, Schema};
use utoipa::openapi::{InfoBuilder, LicenseBuilder, OpenApi, SecurityRequirement, ServerBuilder};
use utoipa_swagger_ui::SwaggerUi;

use crate::http::collect_document;

/// The OpenAPI 3.1 document, put together once. The server itself only keeps its text, and only once it was asked for.
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
    name_schemas(&mut components);
    for (path, item) in &mut api.paths.paths {
        for operation in operations(item) {
            name_operation(path, operation);
            resolve_ids(operation, &components);
        }
    }
    api.components = Some(components);
    api.security = Some(vec![
        SecurityRequirement::new("bearer", Vec::<String>::new()),
        SecurityRequirement::new("session", Vec::<String>::new()),
    ]);
    api
}

fn operations(item: &mut PathItem) -> impl Iterator<Item = &mut Operation> {
    [
        &mut item.get,
        &mut item.post,
        &mut item.put,
        &mut item.patch,
        &mut item.delete,
    ]
    .into_iter()
    .flatten()
}

/// Handlers are named by their verb, so an operation's id is its address and that verb: `value_models_read`, `jobs_retry`.
fn name_operation(path: &str, operation: &mut Operation) {
    let own = path
        .trim_start_matches("/api/v1")
        .trim_start_matches("/partnerships/{partnership}");
    let own = if own.is_empty() { "/partnership" } else { own };
    let mut words: Vec<String> = own
        .split('/')
        .filter(|part| !part.is_empty() && !part.starts_with('{'))
        .map(|part| part.replace(['-', '.'], "_"))
        .collect();
    if let Some(verb) = operation.operation_id.take()
        && words.last() != Some(&verb)
    {
        words.push(verb);
    }
    operation.operation_id = Some(words.join("_"));
}

/// Types that only appear as parameters are not collected from the handlers.
fn name_schemas(components: &mut Components) {
    fn put<T: utoipa::ToSchema>(components: &mut Components) {
        components
            .schemas
            .entry(T::name().into_owned())
            .or_insert_with(T::schema);
    }
    put::<backbone_events::Direction>(components);
    put::<backbone_jobs::JobState>(components);
}

/// An identifier in an address is a text; its type is described only where a body holds one.
fn resolve_ids(operation: &mut Operation, components: &Components) {
    for parameter in operation.parameters.iter_mut().flatten() {
        let RefOr::T(parameter) = parameter else {
            continue;
        };
        let Some(RefOr::Ref(to)) = &parameter.schema else {
            continue;
        };
        let name = to.ref_location.rsplit('/').next().unwrap_or_default();
        if name.ends_with("Id") && !components.schemas.contains_key(name) {
            let text = ObjectBuilder::new()
                .schema_type(Type::String)
                .format(Some(SchemaFormat::Custom("uuid".into())));
            parameter.schema = Some(RefOr::T(Schema::Object(text.build())));
        }
    }
}

/// `/api/openapi.json` and `/api/docs`, without a request to another host.
pub fn routes(cfg: &mut ServiceConfig) {
    cfg.route("/api/openapi.json", web::get().to(described));
    let docs = SwaggerUi::new("/api/docs/{_:.*}");
    cfg.service(docs.config(utoipa_swagger_ui::Config::from("/api/openapi.json")));
    cfg.route(
        "/api/docs",
        web::get().to(|| async {
            HttpResponse::SeeOther()
                .insert_header(("Location", "/api/docs/"))
                .finish()
        }),
    );
}

/// What an address below `/api/v1` answers that has no operation for the method: 405 with those that it has, 404 without any.
pub async fn no_operation(req: HttpRequest) -> HttpResponse {
    let allowed = allowed(req.path());
    if allowed.is_empty() {
        return HttpResponse::NotFound().finish();
    }
    let status = match *req.method() {
        Method::OPTIONS => StatusCode::NO_CONTENT,
        _ => StatusCode::METHOD_NOT_ALLOWED,
    };
    HttpResponse::build(status)
        .insert_header((ALLOW, allowed.join(", ")))
        .finish()
}

/// The methods that an address takes.
fn allowed(path: &str) -> Vec<&'static str> {
    static ADDRESSES: std::sync::OnceLock<Vec<(String, Vec<&'static str>)>> =
        std::sync::OnceLock::new();
    let addresses = ADDRESSES.get_or_init(|| {
        let paths = collect_document().paths.paths;
        paths
            .iter()
            .map(|(p, item)| (p.clone(), methods(item)))
            .collect()
    });
    let parts: Vec<&str> = path.split('/').collect();
    let fits = |pattern: &str| {
        let pattern: Vec<&str> = pattern.split('/').collect();
        let fits =
            |(p, part): (&&str, &&str)| p == part || (p.starts_with('{') && !part.is_empty());
        pattern.len() == parts.len() && pattern.iter().zip(&parts).all(fits)
    };
    let mut found: Vec<&str> = addresses
        .iter()
        .filter(|(pattern, _)| fits(pattern))
        .flat_map(|(_, methods)| methods.iter().copied())
        .collect();
    found.sort_unstable();
    found.dedup();
    found
}

fn methods(item: &PathItem) -> Vec<&'static str> {
    let mut found = Vec::new();
    for (there, names) in [
        (item.get.is_some(), &["GET", "HEAD"][..]),
        (item.post.is_some(), &["POST"]),
        (item.put.is_some(), &["PUT"]),
        (item.patch.is_some(), &["PATCH"]),
        (item.delete.is_some(), &["DELETE"]),
    ] {
        if there {
            found.extend(names);
        }
    }
    found
}

/// The document's text. It is made when it is first asked for, because it is large and a server that nobody asks need not hold it.
async fn described() -> Result<HttpResponse, Problem> {
    static TEXT: std::sync::OnceLock<web::Bytes> = std::sync::OnceLock::new();
    let text = match TEXT.get() {
        Some(text) => text.clone(),
        None => {
            let made = web::block(|| serde_json::to_vec(&build()))
                .await
                .map_err(Problem::internal)?
                .map_err(Problem::internal)?;
            TEXT.get_or_init(|| made.into()).clone()
        }
    };
    Ok(HttpResponse::Ok()
        .content_type("application/json")
        .body(text))
}
