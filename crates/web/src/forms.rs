//! Forms of pages: urlencoded or multipart, read into text fields and files, with what was typed kept for showing again.

mod stream;

use std::collections::BTreeMap;

use actix_multipart::Multipart;
use actix_web::dev::Payload;
use actix_web::http::StatusCode;
use actix_web::http::header::CONTENT_TYPE;
use actix_web::{FromRequest, HttpRequest, web};
use futures_util::StreamExt;

use crate::gate::{Gated, gated};
use crate::problem::Problem;

pub use stream::{FormStream, INCOMING, Received};

/// All text fields of a form together.
const MAX_TEXT: usize = 2 * 1024 * 1024;
/// One uploaded file.
pub const MAX_FILE: usize = 25 * 1024 * 1024;

/// A file that came with a form.
#[derive(Clone, Debug)]
pub struct Upload {
    /// The name the sender gave, without folders.
    pub name: String,
    /// Its bytes.
    pub bytes: Vec<u8>,
}

/// What a person sent.
#[derive(Clone, Debug, Default)]
pub struct Form {
    texts: BTreeMap<String, Vec<String>>,
    files: BTreeMap<String, Vec<Upload>>,
}

impl Form {
    /// The field's first value, empty when it is not there.
    pub fn text(&self, name: &str) -> &str {
        self.texts
            .get(name)
            .and_then(|v| v.first())
            .map_or("", String::as_str)
    }
    /// All values of a field (checkboxes, repeated rows).
    pub fn all(&self, name: &str) -> &[String] {
        self.texts.get(name).map_or(&[], Vec::as_slice)
    }
    /// Whether a checkbox was ticked.
    pub fn ticked(&self, name: &str) -> bool {
        !self.text(name).is_empty()
    }
    /// The file of a field; an empty file input counts as none.
    pub fn file(&self, name: &str) -> Option<&Upload> {
        self.files.get(name).and_then(|v| v.first())
    }
    /// Everything typed, to fill the form again after an error.
    pub fn values(&self) -> BTreeMap<&str, &str> {
        self.texts
            .iter()
            .map(|(k, v)| (k.as_str(), v.first().map_or("", String::as_str)))
            .collect()
    }
    /// From pairs, for tests and for filling a form from an object.
    pub fn from_pairs<'a>(pairs: impl IntoIterator<Item = (&'a str, String)>) -> Self {
        let mut form = Form::default();
        for (k, v) in pairs {
            form.texts.entry(k.to_string()).or_default().push(v);
        }
        form
    }
}

impl FromRequest for Form {
    type Error = Problem;
    type Future = Gated<Self>;

    fn from_request(req: &HttpRequest, payload: &mut Payload) -> Self::Future {
        let kind = req
            .headers()
            .get(CONTENT_TYPE)
            .and_then(|v| v.to_str().ok())
            .unwrap_or("")
            .to_string();
        if kind.starts_with("multipart/form-data") {
            let multipart = Multipart::from_request(req, payload);
            return gated(req, async move {
                let parts = multipart
                    .await
                    .map_err(|_| Problem::bad_request("unreadable-body"))?;
                read_multipart(parts).await
            });
        }
        let bytes = web::Bytes::from_request(req, payload);
        gated(req, async move {
            let bytes = bytes.await.map_err(|_| too_large())?;
            let pairs: Vec<(String, String)> = serde_urlencoded::from_bytes(&bytes)
                .map_err(|_| Problem::bad_request("unreadable-body"))?;
            let mut form = Form::default();
            for (k, v) in pairs {
                form.texts.entry(k).or_default().push(v);
            }
            Ok(form)
        })
    }
}

async fn read_multipart(mut parts: Multipart) -> Result<Form, Problem> {
    let unreadable = |_| Problem::bad_request("unreadable-body");
    let mut form = Form::default();
    let mut text_size = 0usize;
    while let Some(part) = parts.next().await {
        let mut part = part.map_err(unreadable)?;
        let Some(name) = part.name().map(str::to_string) else {
            continue;
        };
        let file_name = part
            .content_disposition()
            .and_then(|d| d.get_filename())
            .map(base_name);
        let limit = if file_name.is_some() {
            MAX_FILE
        } else {
            MAX_TEXT
        };
        let mut bytes = Vec::new();
        while let Some(chunk) = part.next().await {
            let chunk = chunk.map_err(unreadable)?;
            if bytes.len() + chunk.len() > limit {
                return Err(too_large());
            }
            bytes.extend_from_slice(&chunk);
        }
        match file_name {
            Some(file) if !file.is_empty() => {
                form.files
                    .entry(name)
                    .or_default()
                    .push(Upload { name: file, bytes });
            }
            Some(_) => {}
            None => {
                text_size += bytes.len();
                if text_size > MAX_TEXT {
                    return Err(too_large());
                }
                let text = String::from_utf8(bytes)
                    .map_err(|_| Problem::bad_request("unreadable-body"))?;
                form.texts.entry(name).or_default().push(text);
            }
        }
    }
    Ok(form)
}

fn too_large() -> Problem {
    Problem::new(StatusCode::PAYLOAD_TOO_LARGE, "too-large")
}

/// A file name without folders, control characters or a length that file systems refuse.
fn base_name(name: &str) -> String {
    let last = name.rsplit(['/', '\\']).next().unwrap_or("");
    last.chars()
        .filter(|c| !c.is_control())
        .take(120)
        .collect::<String>()
        .trim()
        .to_string()
}
