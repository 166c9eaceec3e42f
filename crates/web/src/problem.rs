//! Errors that callers see: RFC 9457 problem details with a stable code, in the reader's language.
//!
//! A [`Problem`] carries a code and arguments, not sentences: its title is the message `problem-<code>` and its detail
//! `problem-<code>-detail` of the catalogue. The server's outermost layer turns it into JSON or a page.

use actix_web::http::StatusCode;
use actix_web::{HttpResponse, ResponseError};
use backbone_db::DbError;
use serde_json::{Map, Value, json};

use crate::catalogue::{Args, Catalogue, Lang};

/// What was wrong with one field of the input.
#[derive(Clone, Debug, PartialEq)]
pub struct FieldError {
    /// The field's name in the request, `lines.3.amount` for a nested one.
    pub field: String,
    /// Stable code; the message is `field-<code>`.
    pub code: &'static str,
    /// Arguments of the message.
    pub args: Vec<(&'static str, String)>,
}

/// An error on its way to the caller.
#[derive(Clone, Debug)]
pub struct Problem {
    /// HTTP status.
    pub status: StatusCode,
    /// Stable code in kebab case, also the end of `type`.
    pub code: &'static str,
    /// Arguments of the messages.
    pub args: Vec<(&'static str, String)>,
    /// Errors by field.
    pub fields: Vec<FieldError>,
    /// Seconds after which trying again makes sense.
    pub retry_after: Option<u32>,
    /// For the log only, never shown.
    pub internal: Option<String>,
}

impl Problem {
    /// A problem with its status and code.
    pub fn new(status: StatusCode, code: &'static str) -> Self {
        Self {
            status,
            code,
            args: Vec::new(),
            fields: Vec::new(),
            retry_after: None,
            internal: None,
        }
    }
    /// 400: the request itself cannot be read.
    pub fn bad_request(code: &'static str) -> Self {
        Self::new(StatusCode::BAD_REQUEST, code)
    }
    /// 404, also for what exists elsewhere but may not be seen.
    pub fn not_found() -> Self {
        Self::new(StatusCode::NOT_FOUND, "not-found")
    }
    /// 403: known, but not allowed.
    pub fn forbidden() -> Self {
        Self::new(StatusCode::FORBIDDEN, "forbidden")
    }
    /// 401: not signed in, or no longer.
    pub fn unauthenticated() -> Self {
        Self::new(StatusCode::UNAUTHORIZED, "unauthenticated")
    }
    /// 409: the object's state does not allow it.
    pub fn conflict(code: &'static str) -> Self {
        Self::new(StatusCode::CONFLICT, code)
    }
    /// 422: read, but a rule forbids it.
    pub fn invalid(code: &'static str) -> Self {
        Self::new(StatusCode::UNPROCESSABLE_ENTITY, code)
    }
    /// 500 with the reason for the log.
    pub fn internal(why: impl ToString) -> Self {
        let mut p = Self::new(StatusCode::INTERNAL_SERVER_ERROR, "internal");
        p.internal = Some(why.to_string());
        p
    }
    /// 503: it cannot be done just now and may go well a little later; the reason is for the log.
    pub fn unavailable(code: &'static str, why: impl ToString) -> Self {
        let mut p = Self::new(StatusCode::SERVICE_UNAVAILABLE, code);
        p.retry_after = Some(if code == "disk-full" { 30 } else { 2 });
        p.internal = Some(why.to_string());
        p
    }
    /// 503: the disk refused what was to be written.
    pub fn disk(e: &std::io::Error, what: &str) -> Self {
        let full = matches!(
            e.kind(),
            std::io::ErrorKind::StorageFull | std::io::ErrorKind::QuotaExceeded
        );
        let code = if full { "disk-full" } else { "unavailable" };
        Self::unavailable(code, format!("{what}: {e}"))
    }
    /// Adds an argument for the messages.
    pub fn arg(mut self, name: &'static str, value: impl ToString) -> Self {
        self.args.push((name, value.to_string()));
        self
    }
    /// Adds an error of one field.
    pub fn field(mut self, field: &str, code: &'static str) -> Self {
        self.fields.push(FieldError {
            field: field.to_string(),
            code,
            args: Vec::new(),
        });
        self
    }

    /// The title in a language.
    pub fn title(&self, catalogue: &Catalogue, lang: Lang) -> String {
        catalogue.text(
            lang,
            &format!("problem-{}", self.code),
            &to_args(&self.args),
        )
    }

    /// What happened, what was kept, what to do next; empty when the title says it all.
    pub fn detail(&self, catalogue: &Catalogue, lang: Lang) -> String {
        let key = format!("problem-{}-detail", self.code);
        if catalogue.has(lang, &key) {
            catalogue.text(lang, &key, &to_args(&self.args))
        } else {
            String::new()
        }
    }

    /// The field errors as sentences, by field name.
    pub fn field_messages(&self, catalogue: &Catalogue, lang: Lang) -> Vec<(String, String)> {
        self.fields
            .iter()
            .map(|f| {
                (
                    f.field.clone(),
                    catalogue.text(lang, &format!("field-{}", f.code), &to_args(&f.args)),
                )
            })
            .collect()
    }

    /// The body as `application/problem+json` (RFC 9457, section 3).
    pub fn json(&self, catalogue: &Catalogue, lang: Lang, request_id: &str) -> Value {
        let mut body = Map::new();
        body.insert("type".into(), json!(format!("/api/problems/{}", self.code)));
        body.insert("title".into(), json!(self.title(catalogue, lang)));
        body.insert("status".into(), json!(self.status.as_u16()));
        let detail = self.detail(catalogue, lang);
        if !detail.is_empty() {
            body.insert("detail".into(), json!(detail));
        }
        body.insert("code".into(), json!(self.code));
        body.insert("request_id".into(), json!(request_id));
        if !self.fields.is_empty() {
            let messages = self.field_messages(catalogue, lang);
            let errors: Vec<Value> = self
                .fields
                .iter()
                .zip(messages)
                .map(|(f, (_, message))| json!({"field": f.field, "code": f.code, "message": message}))
                .collect();
            body.insert("errors".into(), json!(errors));
        }
        Value::Object(body)
    }
}

fn to_args(pairs: &[(&'static str, String)]) -> Args<'static> {
    let mut args = Args::new();
    for (name, value) in pairs {
        // Counts choose plurals, so they go in as numbers.
        match value.parse::<i64>() {
            Ok(n) if COUNTS.contains(name) => args.set(*name, n),
            _ => args.set(*name, value.clone()),
        }
    }
    args
}

/// Arguments that count something.
const COUNTS: [&str; 3] = ["n", "count", "days"];

impl std::fmt::Display for Problem {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "{} {}", self.status.as_u16(), self.code)?;
        for field in &self.fields {
            write!(f, " {}:{}", field.field, field.code)?;
        }
        match &self.internal {
            Some(why) => write!(f, " ({why})"),
            None => Ok(()),
        }
    }
}

impl std::error::Error for Problem {}

impl ResponseError for Problem {
    fn status_code(&self) -> StatusCode {
        self.status
    }

    /// An empty answer that carries the problem; the server's outermost layer writes the body, because only there are the
    /// language, the request id and what the caller accepts known.
    fn error_response(&self) -> HttpResponse {
        let mut builder = HttpResponse::build(self.status);
        if let Some(seconds) = self.retry_after {
            builder.insert_header(("Retry-After", seconds.to_string()));
        }
        let mut response = builder.finish();
        response.extensions_mut().insert(self.clone());
        response
    }
}

impl From<DbError> for Problem {
    fn from(e: DbError) -> Self {
        if e.is_not_found() {
            return Problem::not_found();
        }
        if e.is_unavailable() {
            let code = if e.is_disk_full() {
                "disk-full"
            } else if e.is_unsure() {
                "outcome-unknown"
            } else {
                "unavailable"
            };
            return Problem::unavailable(code, e);
        }
        Problem::internal(e)
    }
}

/// The shape of a problem's body, for the API description (RFC 9457, with `code`, `request_id` and `errors`).
#[derive(serde::Serialize, utoipa::ToSchema)]
pub struct ProblemBody {
    /// Address of the kind of problem.
    #[serde(rename = "type")]
    pub kind: String,
    /// Short summary in the caller's language.
    pub title: String,
    /// HTTP status.
    pub status: u16,
    /// What happened and what to do.
    pub detail: Option<String>,
    /// Stable code, for programs.
    pub code: String,
    /// Under which the server logged the request.
    pub request_id: String,
    /// Errors by field.
    pub errors: Option<Vec<ProblemField>>,
}

/// One field's error.
#[derive(serde::Serialize, utoipa::ToSchema)]
pub struct ProblemField {
    /// The field's name.
    pub field: String,
    /// Stable code.
    pub code: String,
    /// What is expected.
    pub message: String,
}
