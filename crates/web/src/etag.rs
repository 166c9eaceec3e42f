//! Versions of objects as ETags: `If-Match` guards an edit, `If-None-Match` spares a read.

use actix_web::dev::Payload;
use actix_web::http::StatusCode;
use actix_web::http::header::{ETAG, IF_MATCH, IF_NONE_MATCH};
use actix_web::{FromRequest, HttpRequest, HttpResponse, HttpResponseBuilder};

use crate::gate::{Gated, gated};
use crate::problem::Problem;

/// The version the caller has seen, from `If-Match`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct IfMatch(pub Option<i64>);

impl IfMatch {
    /// # Errors
    /// 412 when the caller saw another version than `current`; 428 when it did not say which.
    pub fn check(self, current: i64) -> Result<(), Problem> {
        match self.0 {
            Some(seen) if seen == current => Ok(()),
            Some(_) => Err(Problem::new(
                StatusCode::PRECONDITION_FAILED,
                "changed-meanwhile",
            )),
            None => Err(Problem::new(
                StatusCode::PRECONDITION_REQUIRED,
                "if-match-required",
            )),
        }
    }
}

impl FromRequest for IfMatch {
    type Error = Problem;
    type Future = Gated<Self>;

    fn from_request(req: &HttpRequest, _: &mut Payload) -> Self::Future {
        let parsed = match req.headers().get(IF_MATCH) {
            None => Ok(IfMatch(None)),
            Some(value) => value
                .to_str()
                .ok()
                .and_then(|s| s.trim().trim_matches('"').parse().ok())
                .map(|v| IfMatch(Some(v)))
                .ok_or_else(|| Problem::bad_request("invalid-if-match")),
        };
        gated(req, std::future::ready(parsed))
    }
}

/// `200 OK` with the object's version as ETag.
pub fn ok(version: i64) -> HttpResponseBuilder {
    let mut builder = HttpResponse::Ok();
    builder.insert_header((ETAG, format!("\"{version}\"")));
    builder
}

/// What the caller has already, from `If-None-Match`. Unlike the request it can go to where the database is read.
#[derive(Clone, Debug, Default)]
pub struct Known(String);

impl Known {
    /// As a request says it.
    pub fn of(req: &HttpRequest) -> Self {
        let value = req.headers().get(IF_NONE_MATCH);
        Self(value.and_then(|v| v.to_str().ok()).unwrap_or("").to_owned())
    }

    /// Whether the caller has what `tag` names, so that `304 Not Modified` is enough.
    pub fn has(&self, tag: &str) -> bool {
        let each = self.0.split(',');
        each.map(|t| t.trim().trim_start_matches("W/").trim_matches('"'))
            .any(|t| t == tag)
    }
}

impl FromRequest for Known {
    type Error = Problem;
    type Future = std::future::Ready<Result<Self, Problem>>;

    fn from_request(req: &HttpRequest, _: &mut Payload) -> Self::Future {
        std::future::ready(Ok(Self::of(req)))
    }
}

/// A body under its tag, or `304 Not Modified` when there is none to send because the caller has it.
pub fn answer<T: serde::Serialize>(tag: &str, body: Option<T>) -> HttpResponse {
    let status = match body {
        Some(_) => StatusCode::OK,
        None => StatusCode::NOT_MODIFIED,
    };
    let mut builder = HttpResponse::build(status);
    builder.insert_header((ETAG, format!("\"{tag}\"")));
    match body {
        Some(body) => builder.json(body),
        None => builder.finish(),
    }
}

/// Whether the caller already has what `tag` names, so that `304 Not Modified` is enough.
pub fn not_modified(req: &HttpRequest, tag: &str) -> bool {
    Known::of(req).has(tag)
}
