//! Errors leave the server in two forms: problem+json for programs, a page for people.

use actix_web::body::{BoxBody, MessageBody};
use actix_web::dev::{ServiceRequest, ServiceResponse};
use actix_web::http::header::{ACCEPT, CONTENT_TYPE, HeaderValue, LOCATION};
use actix_web::http::{Method, StatusCode};
use actix_web::middleware::Next;
use actix_web::{Error, HttpRequest, HttpResponse, web};
use backbone_identity::{Core, Visitor, page, request_id, request_lang};
use backbone_web::Problem;
use percent_encoding::{NON_ALPHANUMERIC, utf8_percent_encode};
use serde_json::json;

/// Writes the body of every answer that carries a [`Problem`] or is an error without a body.
pub(crate) async fn render(
    req: ServiceRequest,
    next: Next<impl MessageBody + 'static>,
) -> Result<ServiceResponse<BoxBody>, Error> {
    let res = match next.call(req).await {
        Ok(res) => res.map_into_boxed_body(),
        Err(e) => return Err(e),
    };
    let Some(problem) = problem_of(&res) else {
        return Ok(res);
    };
    let req = res.request().clone();
    if let Some(why) = &problem.internal {
        tracing::error!(
            request_id = request_id(&req),
            code = problem.code,
            why,
            "request failed"
        );
    }
    let Some(core) = req.app_data::<web::Data<Core>>().cloned() else {
        return Ok(res);
    };
    let mut answer = if let Some(address) = without_slash(&req, &problem) {
        HttpResponse::MovedPermanently()
            .insert_header((LOCATION, address))
            .finish()
    } else if wants_page(&req) {
        as_page(&core, &req, &problem)
    } else {
        as_json(&core, &req, &problem)
    };
    for (name, value) in res.headers() {
        if !answer.headers().contains_key(name) && name != actix_web::http::header::CONTENT_LENGTH {
            answer.headers_mut().append(name.clone(), value.clone());
        }
    }
    Ok(ServiceResponse::new(req, answer))
}

fn problem_of(res: &ServiceResponse<BoxBody>) -> Option<Problem> {
    let status = res.status();
    if !(status.is_client_error() || status.is_server_error()) {
        return None;
    }
    if let Some(problem) = res.response().extensions().get::<Problem>() {
        return Some(problem.clone());
    }
    // A page that answers 422 with its own form keeps it; the framework's own errors are plain text or empty.
    let kind = res
        .headers()
        .get(CONTENT_TYPE)
        .and_then(|v| v.to_str().ok())
        .unwrap_or("");
    if !kind.is_empty() && !kind.starts_with("text/plain") {
        return None;
    }
    let code = match status {
        StatusCode::NOT_FOUND => "not-found",
        StatusCode::METHOD_NOT_ALLOWED => "method-not-allowed",
        StatusCode::PAYLOAD_TOO_LARGE => "too-large",
        StatusCode::INTERNAL_SERVER_ERROR => "internal",
        StatusCode::SERVICE_UNAVAILABLE => "unavailable",
        _ => "unreadable-body",
    };
    let mut problem = Problem::new(status, code);
    if status.is_server_error() {
        problem.internal = res.response().error().map(|e| e.to_string());
    }
    Some(problem)
}

/// Where an unknown page that was asked for with a slash at its end may be: the same address without it, on this server.
fn without_slash(req: &HttpRequest, problem: &Problem) -> Option<String> {
    let path = req.path();
    if problem.status != StatusCode::NOT_FOUND
        || *req.method() != Method::GET
        || !wants_page(req)
        || path.trim_matches(['/', '\\']).is_empty()
        || !path.ends_with('/')
    {
        return None;
    }
    // One slash at the beginning: with two it would lead to another server.
    let path = path.trim_matches(['/', '\\']);
    Some(match req.query_string() {
        "" => format!("/{path}"),
        query => format!("/{path}?{query}"),
    })
}

fn wants_page(req: &HttpRequest) -> bool {
    if req.path().starts_with("/api/") {
        return false;
    }
    let accept = req
        .headers()
        .get(ACCEPT)
        .and_then(|v| v.to_str().ok())
        .unwrap_or("text/html");
    accept.contains("text/html") || accept.contains("*/*")
}

fn as_json(core: &Core, req: &HttpRequest, problem: &Problem) -> HttpResponse {
    let body = problem.json(
        core.renderer.catalogue(),
        request_lang(req),
        &request_id(req),
    );
    let mut builder = HttpResponse::build(problem.status);
    if problem.status == StatusCode::UNAUTHORIZED {
        builder.insert_header(("WWW-Authenticate", "Bearer realm=\"backbone\""));
    }
    builder.insert_header((
        CONTENT_TYPE,
        HeaderValue::from_static("application/problem+json"),
    ));
    builder.body(body.to_string())
}

fn as_page(core: &Core, req: &HttpRequest, problem: &Problem) -> HttpResponse {
    if problem.status == StatusCode::UNAUTHORIZED && *req.method() == Method::GET {
        let from = req.uri().path_and_query().map_or("/", |p| p.as_str());
        let next = utf8_percent_encode(from, NON_ALPHANUMERIC);
        return HttpResponse::SeeOther()
            .insert_header((LOCATION, format!("/sign-in?next={next}")))
            .finish();
    }
    let lang = request_lang(req);
    let catalogue = core.renderer.catalogue();
    let title = problem.title(catalogue, lang);
    let visitor = Visitor {
        lang,
        now: core.now(),
        request_id: request_id(req),
        address: String::new(),
    };
    let shell = page::public_shell(core, req, &visitor, None, title.clone());
    let fields: Vec<_> = problem
        .field_messages(catalogue, lang)
        .into_iter()
        .map(|(_, m)| json!({"message": m}))
        .collect();
    let data = json!({
        "status": problem.status.as_u16(),
        "title": title,
        "happened": problem.detail(catalogue, lang),
        "kept": null,
        "next": null,
        "fields": fields,
        "home_url": "/",
    });
    page::html(core, problem.status, "web/error", &shell, &data).unwrap_or_else(|e| {
        tracing::error!(error = %e, "the error page could not be rendered");
        HttpResponse::build(problem.status)
            .content_type("text/plain; charset=utf-8")
            .body(problem.code)
    })
}
