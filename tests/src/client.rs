//! A small HTTP/1.1 client: one connection a request, everything visible, nothing followed or decoded behind the test's back.

use std::io::{Read, Write};
use std::net::{SocketAddr, TcpStream};
use std::time::Duration;

use serde_json::Value;

/// Sends requests to one server, each with the same credentials.
#[derive(Clone, Debug)]
pub struct Client {
    address: SocketAddr,
    headers: Vec<(String, String)>,
}

/// A request that is being put together.
#[must_use = "a request goes out with send()"]
pub struct Request {
    address: SocketAddr,
    method: String,
    path: String,
    headers: Vec<(String, String)>,
    body: Vec<u8>,
}

/// What came back.
#[derive(Clone, Debug)]
pub struct Response {
    /// Method and path that were asked.
    pub asked: String,
    /// Status code.
    pub status: u16,
    /// Headers, names in lower case, in their order.
    pub headers: Vec<(String, String)>,
    /// Body.
    pub body: Vec<u8>,
}

impl Client {
    /// Nobody: no credentials.
    pub fn new(address: SocketAddr) -> Self {
        Self {
            address,
            headers: Vec::new(),
        }
    }

    /// With a further header on every request.
    pub fn with(&self, name: &str, value: &str) -> Self {
        let mut client = self.clone();
        client.headers.push((name.into(), value.into()));
        client
    }

    /// With a bearer token or API key.
    pub fn bearer(&self, token: &str) -> Self {
        self.with("Authorization", &format!("Bearer {token}"))
    }

    /// As a browser with a session cookie, on our own pages.
    pub fn browser(&self, session: &str) -> Self {
        self.with("Cookie", &format!("backbone={session}"))
            .with("Sec-Fetch-Site", "same-origin")
            .with("Accept", "text/html")
    }

    /// To another node.
    pub fn at(&self, address: SocketAddr) -> Self {
        Self {
            address,
            ..self.clone()
        }
    }

    /// A request by any method.
    pub fn request(&self, method: &str, path: &str) -> Request {
        Request {
            address: self.address,
            method: method.into(),
            path: path.into(),
            headers: self.headers.clone(),
            body: Vec::new(),
        }
    }
    /// GET.
    pub fn get(&self, path: &str) -> Response {
        self.request("GET", path).send()
    }
    /// POST of JSON.
    pub fn post(&self, path: &str, body: &Value) -> Response {
        self.request("POST", path).json(body).send()
    }
    /// POST of a form.
    pub fn form(&self, path: &str, fields: &[(&str, &str)]) -> Response {
        self.request("POST", path).form(fields).send()
    }
    /// PATCH of JSON upon a version.
    pub fn patch(&self, path: &str, version: i64, body: &Value) -> Response {
        self.request("PATCH", path)
            .header("If-Match", &format!("\"{version}\""))
            .json(body)
            .send()
    }
}

/// Server-sent events as they come.
pub struct EventStream {
    lines: std::io::Lines<std::io::BufReader<TcpStream>>,
}

/// One server-sent event.
#[derive(Clone, Debug)]
pub struct ServerEvent {
    /// Its id, to come back with.
    pub id: String,
    /// What it says.
    pub data: Value,
}

impl EventStream {
    /// The next event; none when the stream has ended. Waits at most a minute.
    ///
    /// # Panics
    /// When nothing comes within a minute.
    pub fn next_event(&mut self) -> Option<ServerEvent> {
        let (mut id, mut data) = (String::new(), None);
        for line in self.lines.by_ref() {
            // A connection that was cut is an end like another.
            let line = match line {
                Ok(line) => line,
                Err(e)
                    if matches!(
                        e.kind(),
                        std::io::ErrorKind::WouldBlock | std::io::ErrorKind::TimedOut
                    ) =>
                {
                    panic!("no event within a minute")
                }
                Err(_) => return None,
            };
            if let Some(text) = line.strip_prefix("id: ") {
                id = text.to_string();
            } else if let Some(text) = line.strip_prefix("data: ") {
                data = Some(serde_json::from_str(text).expect("the data is JSON"));
            } else if line.is_empty()
                && let Some(data) = data.take()
            {
                return Some(ServerEvent { id, data });
            }
        }
        None
    }
}

impl Request {
    /// Opens a stream of server-sent events.
    ///
    /// # Panics
    /// When the server does not answer with one.
    pub fn stream(self) -> EventStream {
        use std::io::BufRead;
        let mut stream = TcpStream::connect(self.address).expect("the server listens");
        stream
            .set_read_timeout(Some(Duration::from_secs(60)))
            .expect("a timeout");
        let mut head = format!(
            "{} {} HTTP/1.1\r\nHost: {}\r\n",
            self.method, self.path, self.address
        );
        for (name, value) in &self.headers {
            head.push_str(&format!("{name}: {value}\r\n"));
        }
        head.push_str("\r\n");
        stream
            .write_all(head.as_bytes())
            .expect("the request goes out");
        let mut lines = std::io::BufReader::new(stream).lines();
        let mut head = Vec::new();
        for line in lines.by_ref() {
            let line = line.expect("the answer's head");
            if line.is_empty() {
                break;
            }
            head.push(line.to_ascii_lowercase());
        }
        let kind = head.iter().any(|l| l == "content-type: text/event-stream");
        assert!(head[0].contains(" 200 ") && kind, "{} {head:?}", self.path);
        EventStream { lines }
    }

    /// Adds a header.
    pub fn header(mut self, name: &str, value: &str) -> Self {
        self.headers.push((name.into(), value.into()));
        self
    }

    /// The key that makes a repeat harmless.
    pub fn key(self, key: &str) -> Self {
        self.header("Idempotency-Key", key)
    }

    /// Any body.
    pub fn body(mut self, media_type: &str, body: impl Into<Vec<u8>>) -> Self {
        self.body = body.into();
        self.header("Content-Type", media_type)
    }

    /// A JSON body.
    pub fn json(self, value: &Value) -> Self {
        self.body("application/json", value.to_string())
    }

    /// A form's body.
    pub fn form(self, fields: &[(&str, &str)]) -> Self {
        let pairs: Vec<String> = fields
            .iter()
            .map(|(k, v)| format!("{}={}", encode(k), encode(v)))
            .collect();
        self.body("application/x-www-form-urlencoded", pairs.join("&"))
    }

    /// A form with files: name, file name (empty for a text), content.
    pub fn multipart(self, parts: &[(&str, &str, &[u8])]) -> Self {
        let boundary = "part-of-a-test-5e1f";
        let mut body = Vec::new();
        for (name, file, content) in parts {
            let file = if file.is_empty() {
                String::new()
            } else {
                format!("; filename=\"{file}\"\r\nContent-Type: application/octet-stream")
            };
            body.extend(
                format!(
                    "--{boundary}\r\nContent-Disposition: form-data; name=\"{name}\"{file}\r\n\r\n"
                )
                .into_bytes(),
            );
            body.extend(*content);
            body.extend(b"\r\n");
        }
        body.extend(format!("--{boundary}--\r\n").into_bytes());
        self.body(&format!("multipart/form-data; boundary={boundary}"), body)
    }

    /// Sends it and waits for the answer.
    ///
    /// # Panics
    /// When there is no answer; see [`Request::try_send`] for tests in which that is meant.
    pub fn send(self) -> Response {
        let asked = format!("{} {}", self.method, self.path);
        self.try_send().unwrap_or_else(|e| panic!("{asked}: {e}"))
    }

    /// Sends it and waits for the answer, at most a minute.
    ///
    /// # Errors
    /// The connection failed or ended before the answer was complete.
    pub fn try_send(self) -> std::io::Result<Response> {
        let mut stream = TcpStream::connect(self.address)?;
        stream.set_nodelay(true)?;
        stream.set_read_timeout(Some(Duration::from_secs(60)))?;
        let mut head = format!(
            "{} {} HTTP/1.1\r\nHost: {}\r\nConnection: close\r\nContent-Length: {}\r\n",
            self.method,
            self.path,
            self.address,
            self.body.len()
        );
        for (name, value) in &self.headers {
            head.push_str(&format!("{name}: {value}\r\n"));
        }
        head.push_str("\r\n");
        let mut bytes = head.into_bytes();
        bytes.extend(&self.body);
        // A server may refuse a large body before it has read it: what it answered counts, not that it stopped reading.
        let written = stream.write_all(&bytes);
        let mut answer = Vec::new();
        let read = stream.read_to_end(&mut answer);
        match parse(&answer) {
            Some((status, headers, body)) => Ok(Response {
                asked: format!("{} {}", self.method, self.path),
                status,
                headers,
                body,
            }),
            None => {
                written?;
                read?;
                Err(std::io::Error::new(
                    std::io::ErrorKind::UnexpectedEof,
                    "the answer is not complete",
                ))
            }
        }
    }
}

type Parsed = (u16, Vec<(String, String)>, Vec<u8>);

fn parse(bytes: &[u8]) -> Option<Parsed> {
    let end = bytes.windows(4).position(|w| w == b"\r\n\r\n")?;
    let head = std::str::from_utf8(&bytes[..end]).ok()?;
    let rest = &bytes[end + 4..];
    let mut lines = head.split("\r\n");
    let status = lines.next()?.split(' ').nth(1)?.parse().ok()?;
    let headers: Vec<(String, String)> = lines
        .filter_map(|l| l.split_once(':'))
        .map(|(k, v)| (k.trim().to_ascii_lowercase(), v.trim().to_string()))
        .collect();
    let get = |name: &str| {
        headers
            .iter()
            .find(|(k, _)| k == name)
            .map(|(_, v)| v.as_str())
    };
    let body = match (get("transfer-encoding"), get("content-length")) {
        (Some("chunked"), _) => dechunk(rest)?,
        (_, Some(length)) => {
            let length: usize = length.parse().ok()?;
            let complete = rest.len() >= length;
            complete.then(|| rest[..length].to_vec())?
        }
        _ => rest.to_vec(),
    };
    Some((status, headers, body))
}

fn dechunk(mut rest: &[u8]) -> Option<Vec<u8>> {
    let mut body = Vec::new();
    loop {
        let line = rest.windows(2).position(|w| w == b"\r\n")?;
        let size =
            usize::from_str_radix(std::str::from_utf8(&rest[..line]).ok()?.trim(), 16).ok()?;
        rest = &rest[line + 2..];
        if size == 0 {
            return Some(body);
        }
        body.extend(rest.get(..size)?);
        rest = rest.get(size + 2..)?;
    }
}

/// Percent-encodes a value for a form or a query.
pub fn encode(text: &str) -> String {
    text.bytes()
        .map(|b| match b {
            b'a'..=b'z' | b'A'..=b'Z' | b'0'..=b'9' | b'-' | b'.' | b'_' => (b as char).to_string(),
            _ => format!("%{b:02X}"),
        })
        .collect()
}

impl Response {
    /// The value of a header; the name in lower case.
    pub fn header(&self, name: &str) -> Option<&str> {
        self.headers
            .iter()
            .find(|(k, _)| k == name)
            .map(|(_, v)| v.as_str())
    }

    /// The body as text.
    pub fn text(&self) -> String {
        String::from_utf8_lossy(&self.body).into_owned()
    }

    /// The body as JSON.
    ///
    /// # Panics
    /// When it is none.
    pub fn json(&self) -> Value {
        serde_json::from_slice(&self.body).unwrap_or_else(|e| {
            panic!(
                "{}: {} is not JSON ({e}): {}",
                self.asked,
                self.status,
                self.text()
            )
        })
    }

    /// The same answer, when it has this status.
    ///
    /// # Panics
    /// With the whole answer, when it has another.
    #[track_caller]
    pub fn expect(self, status: u16) -> Self {
        assert_eq!(self.status, status, "{}: {}", self.asked, self.text());
        self
    }

    /// The code of a problem; panics when it is not problem+json with all that belongs to it.
    #[track_caller]
    pub fn problem(&self) -> String {
        let kind = self.header("content-type").unwrap_or("");
        assert!(
            kind.starts_with("application/problem+json"),
            "{}: {} {kind:?} {}",
            self.asked,
            self.status,
            self.text()
        );
        let body = self.json();
        let code = body["code"].as_str().unwrap_or_default().to_string();
        assert_eq!(body["status"], self.status, "{}: {body}", self.asked);
        assert_eq!(
            body["type"],
            format!("/api/problems/{code}"),
            "{}: {body}",
            self.asked
        );
        for member in ["title", "request_id"] {
            assert!(
                body[member]
                    .as_str()
                    .is_some_and(|t| !t.is_empty() && !t.contains('⟦')),
                "{}: {member} in {body}",
                self.asked
            );
        }
        assert_eq!(
            self.header("x-request-id"),
            body["request_id"].as_str(),
            "{}: {body}",
            self.asked
        );
        code
    }

    /// The secret of the session cookie that was set, if one was.
    pub fn session(&self) -> Option<String> {
        let set = self.headers.iter().filter(|(k, _)| k == "set-cookie");
        set.filter_map(|(_, v)| v.strip_prefix("backbone="))
            .map(|v| v.split(';').next().unwrap_or("").to_string())
            .find(|v| !v.is_empty())
    }

    /// The version in the ETag.
    #[track_caller]
    pub fn version(&self) -> i64 {
        let tag = self
            .header("etag")
            .unwrap_or_else(|| panic!("{}: no ETag in {:?}", self.asked, self.headers));
        tag.trim_matches('"')
            .parse()
            .unwrap_or_else(|_| panic!("{}: the ETag {tag} is no version", self.asked))
    }
}
