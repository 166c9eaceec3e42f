//! The edge: what happens to every request before and after its handler.

mod kept;
mod problems;
mod security;

pub(crate) use problems::render as render_problems;

use std::sync::Arc;

use actix_web::body::BoxBody;
use actix_web::dev::{ServiceRequest, ServiceResponse};
use actix_web::http::Method;
use actix_web::middleware::{Compress, Next, from_fn};
use actix_web::{App, Error, HttpMessage, HttpServer, web};
use backbone_identity::secret::new_secret;
use backbone_identity::{Core, RequestId};
use utoipa_actix_web::{AppExt, scope};

use crate::config::Config;
use crate::{openapi, ops, wiring};

/// Bodies that are not uploads end here.
const MAX_BODY: usize = backbone_web::json::MAX_JSON;

/// Binds and serves until told to stop; requests in hand get 20 seconds to end.
///
/// # Errors
/// The address cannot be bound.
pub fn serve(
    core: web::Data<Core>,
    config: &Config,
    recorder: ops::Recorder,
) -> Result<actix_web::dev::Server, String> {
    let fail = |e: std::io::Error| format!("cannot listen on {}: {e}", config.listen);
    let listener = std::net::TcpListener::bind(config.listen).map_err(fail)?;
    let workers = std::thread::available_parallelism().map_or(2, |n| n.get());
    let access = ops::MetricsAccess::new(config.metrics_token.clone());
    serve_on(listener, core, access, recorder, workers).map_err(fail)
}

/// As [`serve`], on a socket that is open already. What the tests run is therefore what people run.
///
/// # Errors
/// The socket cannot be listened on.
pub fn serve_on(
    listener: std::net::TcpListener,
    core: web::Data<Core>,
    access: ops::MetricsAccess,
    recorder: ops::Recorder,
    workers: usize,
) -> std::io::Result<actix_web::dev::Server> {
    let access = Arc::new(access);
    let server = HttpServer::new(move || {
        let (core, recorder, access) = (core.clone(), recorder.clone(), access.clone());
        App::new()
            .app_data(core)
            .app_data(web::Data::new(recorder))
            .app_data(web::Data::from(access))
            .app_data(web::PayloadConfig::new(MAX_BODY))
            .configure(routes)
            .wrap(from_fn(crate::home::back_home))
            .wrap(from_fn(kept::layer))
            .wrap(Compress::default())
            .wrap(from_fn(problems::render))
            .wrap(from_fn(security::headers))
            .wrap(from_fn(observe))
    })
    .workers(workers)
    .shutdown_timeout(20)
    .disable_signals()
    .listen(listener)?;
    Ok(server.run())
}

/// Every route. The tests mount the same.
pub fn routes(cfg: &mut web::ServiceConfig) {
    cfg.configure(ops::routes);
    cfg.configure(openapi::routes);
    cfg.service(
        web::scope("/api/v1")
            .configure(wiring::api_routes)
            .default_service(web::to(openapi::no_operation)),
    );
    cfg.configure(wiring::pages);
}

/// Gives every request an id, logs it when it is done, and counts it.
async fn observe(
    mut req: ServiceRequest,
    next: Next<BoxBody>,
) -> Result<ServiceResponse<BoxBody>, Error> {
    // HEAD is GET without the body; scanners of mail ask that way.
    let head_only = *req.method() == Method::HEAD;
    if head_only {
        req.head_mut().method = Method::GET;
    }
    let given = req
        .headers()
        .get("x-request-id")
        .and_then(|v| v.to_str().ok());
    let plain =
        |s: &&str| s.len() <= 64 && s.bytes().all(|b| b.is_ascii_alphanumeric() || b == b'-');
    let id = given
        .filter(plain)
        .map_or_else(|| new_secret()[..16].to_string(), str::to_string);
    req.extensions_mut().insert(RequestId(id.clone()));
    let method = req.method().clone();
    let watch = ops::Stopwatch::start();
    let mut res = next.call(req).await?;
    let seconds = watch.seconds();
    // The route's pattern, not the address: addresses hold secrets (signed links) and are without number. Asked for only now, when
    // the router has found it; before, every route would be tried a second time.
    let pattern = res.request().match_pattern();
    let route = pattern.unwrap_or_else(|| "unmatched".into());
    let status = res.status();
    let done = status.is_success() || status.is_redirection();
    if !method.is_safe()
        && done
        && let Some(core) = res.request().app_data::<web::Data<Core>>()
    {
        core.happened.notify_one();
    }
    if let Ok(value) = actix_web::http::header::HeaderValue::from_str(&id) {
        res.headers_mut().insert(
            actix_web::http::header::HeaderName::from_static("x-request-id"),
            value,
        );
    }
    let (method, code) = (method.as_str().to_string(), status.as_u16().to_string());
    metrics::counter!("backbone_http_requests_total", "method" => method.clone(), "route" => route.clone(), "status" => code)
        .increment(1);
    metrics::histogram!("backbone_http_request_duration_seconds", "method" => method.clone(), "route" => route.clone())
        .record(seconds);
    tracing::info!(target: "backbone::http", %method, %route, status = status.as_u16(), ms = (seconds * 1000.0) as u64, request_id = id);
    Ok(if head_only {
        // Without a length: it would be that of no body.
        res.map_body(|_, _| BoxBody::new(actix_web::body::None::new()))
    } else {
        res
    })
}

/// The application's OpenAPI document with the paths of all domains.
pub(crate) fn collect_document() -> utoipa::openapi::OpenApi {
    let (_, api) = App::new()
        .into_utoipa_app()
        .service(scope::scope("/api/v1").configure(wiring::api))
        .split_for_parts();
    api
}
