//! A browser without a window: asks the server's own routes in this process, and follows links.

use std::cell::RefCell;
use std::collections::{BTreeMap, BTreeSet};
use std::future::Future;
use std::net::SocketAddr;
use std::pin::Pin;
use std::rc::Rc;
use std::sync::Arc;

use actix_web::middleware::from_fn;
use actix_web::test::{TestRequest, call_service, init_service, read_body};
use actix_web::{App, web};
use backbone_identity::Core;
use serde_json::Value;

use crate::{http, ops};

/// The address in links.
pub(super) const BASE: &str = "http://preview.example";

/// A style sheet, script or font that pages name.
pub(super) struct Asset {
    pub path: String,
    pub bytes: Vec<u8>,
}

/// What came back.
pub(super) struct Page {
    pub asked: String,
    pub status: u16,
    pub location: Option<String>,
    pub cookies: Vec<String>,
    pub version: Option<String>,
    pub html: bool,
    pub bytes: Vec<u8>,
}

impl Page {
    pub fn text(&self) -> String {
        String::from_utf8_lossy(&self.bytes).into_owned()
    }

    /// The body of an answer that must have worked.
    ///
    /// # Errors
    /// What was asked and what came instead.
    pub fn json(&self) -> Result<Value, String> {
        self.worked()?;
        match self.bytes.is_empty() {
            true => Ok(Value::Null),
            false => {
                serde_json::from_slice(&self.bytes).map_err(|e| format!("{}: {e}", self.asked))
            }
        }
    }

    /// # Errors
    /// What was asked and what came instead.
    pub fn worked(&self) -> Result<&Self, String> {
        match self.status {
            200..=399 => Ok(self),
            status => {
                let text: String = self.text().chars().take(400).collect();
                Err(format!("{}: {status} {text}", self.asked))
            }
        }
    }
}

type Answer = Pin<Box<dyn Future<Output = Page>>>;

/// The server's routes, with all that stands around them but the socket, and the assets that its pages named.
pub(super) struct Server {
    ask: Box<dyn Fn(TestRequest) -> Answer>,
    pub assets: RefCell<BTreeSet<String>>,
}

impl Server {
    pub async fn new(core: &Arc<Core>, recorder: ops::Recorder) -> Self {
        let app = App::new()
            .app_data(web::Data::from(core.clone()))
            .app_data(web::Data::new(recorder))
            .app_data(web::Data::new(ops::MetricsAccess::new(None)))
            .configure(http::routes)
            .wrap(from_fn(http::render_problems));
        let service = Rc::new(init_service(app).await);
        let ask = move |request: TestRequest| -> Answer {
            let service = service.clone();
            Box::pin(async move {
                let request = request.to_request();
                let asked = format!("{} {}", request.method(), request.uri());
                let answer = call_service(&*service, request).await;
                let header = |name: &str| {
                    let value = answer.headers().get(name)?;
                    Some(value.to_str().ok()?.to_string())
                };
                let cookies = answer.headers().get_all("set-cookie");
                Page {
                    asked,
                    status: answer.status().as_u16(),
                    location: header("location"),
                    cookies: cookies
                        .filter_map(|v| v.to_str().ok()?.split(';').next().map(str::to_string))
                        .collect(),
                    version: header("etag"),
                    html: header("content-type").is_some_and(|t| t.starts_with("text/html")),
                    bytes: read_body(answer).await.to_vec(),
                }
            })
        };
        Self {
            ask: Box::new(ask),
            assets: RefCell::default(),
        }
    }

    pub async fn ask(&self, request: TestRequest) -> Page {
        (self.ask)(request).await
    }
}

/// Who asks, in which language.
#[derive(Clone, Default)]
pub(super) struct Reader {
    pub cookie: Option<String>,
    pub lang: &'static str,
}

impl Reader {
    fn asks(&self, request: TestRequest) -> TestRequest {
        let request = request
            .peer_addr(SocketAddr::from(([127, 0, 0, 1], 9)))
            .insert_header(("Host", "preview.example"))
            .insert_header(("Accept-Language", self.lang))
            .insert_header(("Sec-Fetch-Site", "same-origin"));
        match &self.cookie {
            Some(cookie) => request.insert_header(("Cookie", cookie.as_str())),
            None => request,
        }
    }

    pub fn get(&self, path: &str) -> TestRequest {
        self.asks(TestRequest::get().uri(path))
            .insert_header(("Accept", "text/html"))
    }

    pub fn form(&self, path: &str, fields: &[(String, String)]) -> TestRequest {
        self.asks(TestRequest::post().uri(path))
            .insert_header(("Accept", "text/html"))
            .set_form(fields)
    }

    pub fn json(&self, path: &str, body: &Value) -> TestRequest {
        self.asks(TestRequest::post().uri(path)).set_json(body)
    }

    pub fn patch(&self, path: &str, version: &str, body: &Value) -> TestRequest {
        self.asks(TestRequest::patch().uri(path))
            .insert_header(("If-Match", version))
            .set_json(body)
    }

    pub fn file(&self, path: &str, name: &str, content: &str) -> TestRequest {
        let body = format!(
            "--part\r\nContent-Disposition: form-data; name=\"file\"; filename=\"{name}\"\r\n\r\n{content}\r\n--part--\r\n"
        );
        self.asks(TestRequest::post().uri(path))
            .insert_header(("Content-Type", "multipart/form-data; boundary=part"))
            .set_payload(body)
    }
}

/// What somebody has looked at, and how much of what looks alike is enough for them.
pub(super) struct Walk {
    seen: BTreeSet<String>,
    shapes: BTreeMap<String, usize>,
    enough: usize,
    /// What the server failed to show.
    pub failed: Vec<String>,
}

impl Walk {
    /// Looks at `enough` addresses of each shape: the second may show what the first lacks.
    pub fn of(enough: usize) -> Self {
        Self {
            seen: BTreeSet::new(),
            shapes: BTreeMap::new(),
            enough,
            failed: Vec::new(),
        }
    }

    /// Follows links from `starts` on.
    pub async fn follow(&mut self, server: &Server, reader: &Reader, starts: &[&str]) {
        let mut waiting: Vec<String> = starts.iter().rev().map(|s| (*s).to_string()).collect();
        let mut reader = reader.clone();
        while let Some(path) = waiting.pop() {
            if !self.is_new(&path) {
                continue;
            }
            let page = server.ask(reader.get(&path)).await;
            if page.status >= 500 {
                self.failed.extend(page.worked().err());
                continue;
            }
            // A reader's link from a mail leaves a cookie.
            if reader.cookie.is_none() {
                reader.cookie = page.cookies.first().cloned();
            }
            waiting.extend(page.location.iter().filter_map(|l| ours(l)));
            if !page.html {
                continue;
            }
            for link in links(&page.text()) {
                if link.starts_with("/assets/") {
                    server.assets.borrow_mut().insert(link);
                } else {
                    waiting.extend(ours(&link));
                }
            }
        }
    }

    fn is_new(&mut self, path: &str) -> bool {
        if !self.seen.insert(path.to_string()) {
            return false;
        }
        let alike = self.shapes.entry(shape(path)).or_default();
        *alike += 1;
        *alike <= self.enough
    }
}

/// The path of an address on this server that only shows something.
pub(super) fn ours(link: &str) -> Option<String> {
    let path = link.strip_prefix(BASE).unwrap_or(link);
    let path = path.split('#').next().unwrap_or_default();
    let path = path.replace("&amp;", "&").replace("&#x3D;", "=");
    let shows = path.starts_with('/') && !path.starts_with("//") && !path.starts_with("/api/");
    // Files take long to make, and show no template.
    let file = path.contains("/export") || path.ends_with(".png") || path.ends_with("/logo");
    (shows && !file).then_some(path)
}

/// The addresses that a page's links, pictures and sheets name.
pub(super) fn links(text: &str) -> Vec<String> {
    ["href=\"", "src=\"", "hx-get=\""]
        .iter()
        .flat_map(|mark| text.split(mark).skip(1))
        .filter_map(|rest| rest.split('"').next())
        .map(str::to_string)
        .collect()
}

/// An address without what tells one object from another.
fn shape(path: &str) -> String {
    let (path, query) = path.split_once('?').unwrap_or((path, ""));
    let parts: Vec<&str> = path
        .split('/')
        .map(|part| {
            let names = part.len() <= 20 && !part.bytes().any(|b| b.is_ascii_digit());
            if names { part } else { "*" }
        })
        .collect();
    let names: Vec<&str> = query
        .split('&')
        .filter_map(|pair| pair.split('=').next())
        .collect();
    format!("{}?{}", parts.join("/"), names.join("&"))
}

/// Name and value of every hidden field of a page's forms.
pub(super) fn hidden(text: &str) -> Vec<(String, String)> {
    let value = |tag: &str, name: &str| {
        let rest = tag.split(&format!(" {name}=\"")).nth(1)?;
        Some(rest.split('"').next()?.to_string())
    };
    text.split("<input")
        .skip(1)
        .filter_map(|rest| rest.split('>').next())
        .filter(|tag| tag.contains("type=\"hidden\""))
        .filter_map(|tag| Some((value(tag, "name")?, value(tag, "value").unwrap_or_default())))
        .collect()
}
