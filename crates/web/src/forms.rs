//! Forms of pages: urlencoded or multipart, read into text fields and files, with what was typed kept for showing again.

mod stream;

use std::collections::BTreeMap;

use actix_multipart::Multipart;
use actix_web::dev::Payload;
use actix_web::error::PayloadError;
use actix_web::http::StatusCode;
use actix_web::http::header::{CONTENT_TYPE, HeaderMap};
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
    /// All text fields by name, each value in its order.
    pub fn pairs(&self) -> impl Iterator<Item = (&str, &str)> {
        let all = self.texts.iter();
        all.flat_map(|(k, values)| values.iter().map(move |v| (k.as_str(), v.as_str())))
    }
    /// Whether files came with it.
    pub fn has_files(&self) -> bool {
        !self.files.is_empty()
    }
    /// Reads what was received of a body, as far as it goes: a body that was cut off gives the fields before the cut.
    pub async fn salvage(kind: &str, headers: &HeaderMap, bytes: web::Bytes) -> Self {
        let mut form = Form::default();
        if kind.starts_with("multipart/form-data") {
            let body = futures_util::stream::once(async move { Ok::<_, PayloadError>(bytes) });
            let parts = Multipart::new(headers, Box::pin(body));
            if read_parts(parts, &mut form).await.is_err() {
                tracing::debug!("a form that is to be kept was cut off");
            }
        } else if let Ok(pairs) = serde_urlencoded::from_bytes::<Vec<(String, String)>>(&bytes) {
            for (k, v) in pairs {
                form.texts.entry(k).or_default().push(v);
            }
        }
        form
    }
    /// A form that was compared with what somebody else saved says for each difference whose values count: `pick:<group>` is
    /// `mine` or `theirs`, `of:<group>` names the group's fields, and `mine:<field>` and `theirs:<field>` hold the values.
    fn resolved(mut self) -> Self {
        let groups: Vec<(String, String)> = self
            .texts
            .iter()
            .filter_map(|(k, v)| Some((k.strip_prefix("pick:")?.to_owned(), v.first()?.clone())))
            .collect();
        for (group, choice) in groups {
            let side = if choice == "theirs" { "theirs" } else { "mine" };
            for name in self.all(&format!("of:{group}")).to_vec() {
                match self.texts.get(&format!("{side}:{name}")).cloned() {
                    Some(values) => self.texts.insert(name, values),
                    None => self.texts.remove(&name),
                };
            }
        }
        let prefixes = ["pick:", "of:", "mine:", "theirs:"];
        self.texts
            .retain(|k, _| !prefixes.iter().any(|p| k.starts_with(p)));
        self
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
                let mut form = Form::default();
                read_parts(parts, &mut form).await?;
                Ok(form.resolved())
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
            Ok(form.resolved())
        })
    }
}

async fn read_parts(mut parts: Multipart, form: &mut Form) -> Result<(), Problem> {
    let unreadable = |_| Problem::bad_request("unreadable-body");
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
    Ok(())
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

#[cfg(test)]
mod tests {
    use super::*;

    fn form(pairs: &[(&str, &str)]) -> Form {
        Form::from_pairs(pairs.iter().map(|(k, v)| (*k, (*v).to_string())))
    }

    #[test]
    fn of_two_versions_the_chosen_one_counts() {
        let got = form(&[
            ("version", "4"),
            ("name", "same"),
            ("pick:sector", "theirs"),
            ("of:sector", "sector"),
            ("mine:sector", "civil"),
            ("theirs:sector", "public"),
            ("pick:rows", "mine"),
            ("of:rows", "label"),
            ("of:rows", "cost"),
            ("mine:label", "a"),
            ("mine:label", "b"),
            ("mine:cost", "1"),
            ("mine:cost", "2"),
            ("theirs:label", "c"),
            ("theirs:cost", "3"),
            ("pick:public", "theirs"),
            ("of:public", "public"),
            ("mine:public", "true"),
        ])
        .resolved();
        let told: Vec<(&str, &str)> = got.pairs().collect();
        assert_eq!(
            told,
            [
                ("cost", "1"),
                ("cost", "2"),
                ("label", "a"),
                ("label", "b"),
                ("name", "same"),
                ("sector", "public"),
                ("version", "4"),
            ]
        );
    }

    #[actix_web::test]
    async fn a_form_that_was_cut_off_gives_the_fields_before_the_cut() {
        let mut headers = HeaderMap::new();
        let kind = "multipart/form-data; boundary=x";
        headers.insert(
            CONTENT_TYPE,
            actix_web::http::header::HeaderValue::from_static(kind),
        );
        let body = "--x\r\ncontent-disposition: form-data; name=\"why\"\r\n\r\nBecause\r\n--x\r\n\
            content-disposition: form-data; name=\"file\"; filename=\"a.pdf\"\r\n\r\nhalf of";
        let got = Form::salvage(kind, &headers, web::Bytes::from_static(body.as_bytes())).await;
        assert_eq!(got.text("why"), "Because");
        let plain = "application/x-www-form-urlencoded";
        let got = Form::salvage(plain, &headers, web::Bytes::from_static(b"a=1&a=2&b=%20")).await;
        assert_eq!(
            got.pairs().collect::<Vec<_>>(),
            [("a", "1"), ("a", "2"), ("b", " ")]
        );
    }
}
