//! JSON in: bodies and queries, with problems instead of the framework's own errors.

use actix_web::dev::Payload;
use actix_web::{FromRequest, HttpRequest, web};
use serde::de::DeserializeOwned;
use sha2::{Digest, Sha256};

use crate::gate::{Gated, gated};
use crate::problem::Problem;

/// A JSON body, with the fingerprint that idempotency compares.
pub struct ApiJson<T> {
    /// The value.
    pub value: T,
    /// SHA-256 over method, path and body, in hex.
    pub fingerprint: String,
}

/// Bodies larger than this are refused (imports and evidence go through uploads).
pub const MAX_JSON: usize = 16 * 1024 * 1024;

impl<T: DeserializeOwned + 'static> FromRequest for ApiJson<T> {
    type Error = Problem;
    type Future = Gated<Self>;

    fn from_request(req: &HttpRequest, payload: &mut Payload) -> Self::Future {
        let head = format!("{} {}\n", req.method(), req.path());
        let bytes = web::Bytes::from_request(req, payload);
        gated(req, async move {
            let bytes =
                bytes
                    .await
                    .map_err(|e| match e.as_response_error().status_code().as_u16() {
                        413 => Problem::new(
                            actix_web::http::StatusCode::PAYLOAD_TOO_LARGE,
                            "too-large",
                        ),
                        _ => Problem::bad_request("unreadable-body"),
                    })?;
            let mut hash = Sha256::new();
            hash.update(head.as_bytes());
            hash.update(&bytes);
            let fingerprint = hex::encode(hash.finalize());
            // An absent body is an empty object, so that a POST without fields needs none.
            let text: &[u8] = if bytes.is_empty() { b"{}" } else { &bytes };
            let value = serde_json::from_slice(text)
                .map_err(|e| Problem::bad_request("invalid-json").arg("why", e))?;
            Ok(ApiJson { value, fingerprint })
        })
    }
}

/// A query string read into a struct.
pub struct ApiQuery<T>(pub T);

impl<T: DeserializeOwned + 'static> FromRequest for ApiQuery<T> {
    type Error = Problem;
    type Future = Gated<Self>;

    fn from_request(req: &HttpRequest, _: &mut Payload) -> Self::Future {
        let read = std::future::ready(
            web::Query::<T>::from_query(req.query_string())
                .map(|q| ApiQuery(q.into_inner()))
                .map_err(|e| Problem::bad_request("invalid-query").arg("why", e)),
        );
        gated(req, read)
    }
}
