//! Who reads: somebody whom a mail brought here is known by its link, without signing in. The room that sends mail knows such
//! links; here they become a cookie for this one story, so that an address which is passed on carries nobody's name.

use std::sync::Arc;

use actix_web::cookie::time::Duration;
use actix_web::cookie::{Cookie, SameSite};
use actix_web::http::header::{HeaderValue, LOCATION};
use actix_web::{HttpRequest, HttpResponse, web};
use backbone_db::{Conn, DbError, Instant};
use backbone_identity::Core;

/// Name of the cookie, which is sent only to the pages of the story.
const COOKIE: &str = "reader";
/// Days for which a browser remembers.
const DAYS: i64 = 30;

/// A reader known by the link in their mail.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Reader {
    /// Their name, may be empty.
    pub name: String,
    /// Their address.
    pub email: String,
    /// Their language, `en` or `nl`.
    pub language: String,
}

/// Opens readers' links; the room that sends mail brings one.
pub trait Readers: Send + Sync {
    /// The reader of a partnership behind a token; `None` when it is not one, ran out or was ended.
    ///
    /// # Errors
    /// Only those of the database.
    fn open(
        &self,
        core: &Core,
        conn: &mut Conn,
        partnership: &str,
        token: &str,
        now: Instant,
    ) -> Result<Option<Reader>, DbError>;
}

/// Opens what a request brings, if there is somebody to open it.
#[derive(Clone)]
pub(crate) struct Known {
    readers: Option<web::Data<dyn Readers>>,
    token: Option<String>,
}

impl Known {
    /// From a request's cookie.
    pub(crate) fn of(req: &HttpRequest) -> Self {
        Self {
            readers: req.app_data::<web::Data<dyn Readers>>().cloned(),
            token: req
                .cookie(COOKIE)
                .map(|c| c.value().to_string())
                .filter(|t| t.len() < 300),
        }
    }

    /// The reader, if one is known in this partnership.
    pub(crate) fn reader(
        &self,
        core: &Core,
        conn: &mut Conn,
        partnership: &str,
        now: Instant,
    ) -> Result<Option<Reader>, DbError> {
        match (&self.readers, &self.token) {
            (Some(readers), Some(token)) => readers.open(core, conn, partnership, token, now),
            _ => Ok(None),
        }
    }
}

/// From an address with `?r=…` to the same without it; the token goes into a cookie.
pub(crate) fn remember(req: &HttpRequest, secret: &str, token: &str) -> HttpResponse {
    let rest: Vec<&str> = req
        .query_string()
        .split('&')
        .filter(|part| !part.is_empty() && !part.starts_with("r="))
        .collect();
    let mut to = req.path().to_string();
    if !rest.is_empty() {
        to = format!("{to}?{}", rest.join("&"));
    }
    let mut answer = HttpResponse::SeeOther();
    if let Ok(to) = HeaderValue::from_str(&to) {
        answer.insert_header((LOCATION, to));
    }
    if token.len() < 300 {
        let cookie = Cookie::build(COOKIE, token.to_string())
            .path(format!("/s/{secret}"))
            .http_only(true)
            .same_site(SameSite::Lax)
            .secure(req.connection_info().scheme() == "https")
            .max_age(Duration::days(DAYS))
            .finish();
        answer.cookie(cookie);
    }
    answer.finish()
}

/// Makes a room's readers known to the pages.
pub fn register(cfg: &mut web::ServiceConfig, readers: Arc<dyn Readers>) {
    cfg.app_data(web::Data::from(readers));
}
