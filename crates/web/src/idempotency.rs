//! `Idempotency-Key`: a POST that is sent again has its effect once and gets the first answer again.
//!
//! The answer is stored in the transaction of the effect, so neither exists without the other, whatever happens in between.

use actix_web::dev::Payload;
use actix_web::http::StatusCode;
use actix_web::http::header::LOCATION;
use actix_web::{FromRequest, HttpRequest, HttpResponse};
use backbone_db::{Conn, Db, DbError, Instant};
use serde::Serialize;

use crate::gate::{Gated, gated};
use crate::problem::Problem;

mod store;

pub use store::forget;

/// The caller's key, if it sent one.
#[derive(Clone, Debug)]
pub struct IdempotencyKey(pub Option<String>);

impl FromRequest for IdempotencyKey {
    type Error = Problem;
    type Future = Gated<Self>;

    fn from_request(req: &HttpRequest, _: &mut Payload) -> Self::Future {
        let key = match req.headers().get("Idempotency-Key") {
            None => Ok(IdempotencyKey(None)),
            Some(v) => match v.to_str() {
                Ok(s) if (1..=200).contains(&s.len()) => Ok(IdempotencyKey(Some(s.to_string()))),
                _ => Err(Problem::bad_request("invalid-idempotency-key")),
            },
        };
        gated(req, std::future::ready(key))
    }
}

/// What a POST answers: status, body, and where the new object is.
pub struct Answer {
    /// Status.
    pub status: StatusCode,
    /// Address of the object made, if one was.
    pub location: Option<String>,
    /// JSON text.
    pub body: String,
}

impl Answer {
    /// `201 Created` with the object.
    pub fn created(location: String, body: &impl Serialize) -> Result<Self, Problem> {
        Ok(Self {
            status: StatusCode::CREATED,
            location: Some(location),
            body: text(body)?,
        })
    }
    /// `200 OK` with a body.
    pub fn ok(body: &impl Serialize) -> Result<Self, Problem> {
        Ok(Self {
            status: StatusCode::OK,
            location: None,
            body: text(body)?,
        })
    }
    /// `202 Accepted`: work goes on.
    pub fn accepted(location: String, body: &impl Serialize) -> Result<Self, Problem> {
        Ok(Self {
            status: StatusCode::ACCEPTED,
            location: Some(location),
            body: text(body)?,
        })
    }

    fn into_response(self, replayed: bool) -> HttpResponse {
        let mut builder = HttpResponse::build(self.status);
        builder.content_type("application/json");
        if let Some(location) = self.location {
            builder.insert_header((LOCATION, location));
        }
        if replayed {
            builder.insert_header(("Idempotency-Replayed", "true"));
        }
        builder.body(self.body)
    }
}

fn text(body: &impl Serialize) -> Result<String, Problem> {
    serde_json::to_string(body).map_err(Problem::internal)
}

/// Runs the effect of a POST in one transaction, once per (scope, key). `scope` names who asks (person or key, and partnership).
///
/// # Errors
/// Those of the effect; 422 `idempotency-mismatch` when the key was used for another request.
pub async fn once<F, E>(
    db: &Db,
    scope: String,
    key: IdempotencyKey,
    fingerprint: String,
    now: Instant,
    effect: F,
) -> Result<HttpResponse, Problem>
where
    F: FnOnce(&mut Conn) -> Result<Answer, E> + Send + 'static,
    E: Into<Problem> + From<DbError> + Send + 'static,
{
    let (answer, replayed) = db
        .write(move |conn| {
            let Some(key) = key.0 else {
                return Ok((effect(conn).map_err(Into::into)?, false));
            };
            conn.lock(&format!("idempotency:{scope}:{key}"))
                .map_err(DbError::from)?;
            if let Some(stored) = store::find(conn, &scope, &key)? {
                if stored.0 != fingerprint {
                    return Err(Problem::invalid("idempotency-mismatch"));
                }
                return Ok((stored.1, true));
            }
            let answer = effect(conn).map_err(Into::into)?;
            store::insert(conn, &scope, &key, &fingerprint, &answer, now)?;
            Ok::<_, Problem>((answer, false))
        })
        .await?;
    Ok(answer.into_response(replayed))
}
