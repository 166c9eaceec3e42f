//! Forms with a file too large for memory: it goes to the disk while it comes in.

use std::io::{self, Write};
use std::path::Path;

use actix_multipart::{Field, Multipart};
use actix_web::dev::Payload;
use actix_web::http::StatusCode;
use actix_web::http::header::CONTENT_LENGTH;
use actix_web::{FromRequest, HttpRequest, web::Bytes};
use futures_util::StreamExt;
use sha2::{Digest, Sha256};
use tempfile::NamedTempFile;
use tokio::sync::mpsc;
use tokio::task::JoinHandle;

use super::{Form, MAX_TEXT, base_name, too_large};
use crate::problem::Problem;

/// Pieces that may wait for the disk before the sender has to.
const WAITING: usize = 16;
/// Bytes of the beginning that are kept in memory, to tell what kind of file it is.
const START: usize = 4096;
/// Names of files that are still coming in begin with this; what a crash left behind is known by it.
pub const INCOMING: &str = ".incoming-";

/// A file that came in: on disk, synced and hashed. It is removed when dropped, unless it was kept.
#[derive(Debug)]
pub struct Received {
    /// The name the sender gave, without folders.
    pub name: String,
    /// Size in bytes.
    pub size: u64,
    /// SHA-256 of the content, in hex.
    pub sha256: String,
    /// The first bytes.
    pub start: Vec<u8>,
    file: NamedTempFile,
}

impl Received {
    /// Writes what is in memory as if it had come in; for tests.
    ///
    /// # Errors
    /// Those of the disk.
    pub fn of(folder: &Path, name: &str, bytes: &[u8]) -> io::Result<Self> {
        let mut spool = Spool::begin(folder)?;
        spool.add(bytes)?;
        spool.end(name)
    }

    /// Gives the file its place. One that is there already has the same content and stays.
    ///
    /// # Errors
    /// Those of the disk; the file is then removed.
    pub fn keep(self, place: &Path) -> io::Result<()> {
        if place.exists() {
            return Ok(());
        }
        let folder = place.parent().unwrap_or(Path::new("."));
        std::fs::create_dir_all(folder)?;
        self.file.persist(place).map_err(|e| e.error)?;
        // The name is safe only when the folder is.
        std::fs::File::open(folder)?.sync_all()
    }
}

/// A file being written.
struct Spool {
    file: NamedTempFile,
    hash: Sha256,
    size: u64,
    start: Vec<u8>,
}

impl Spool {
    fn begin(folder: &Path) -> io::Result<Self> {
        std::fs::create_dir_all(folder)?;
        let file = tempfile::Builder::new()
            .prefix(INCOMING)
            .tempfile_in(folder)?;
        Ok(Self {
            file,
            hash: Sha256::new(),
            size: 0,
            start: Vec::new(),
        })
    }

    fn add(&mut self, bytes: &[u8]) -> io::Result<()> {
        let missing = START - self.start.len();
        self.start.extend(bytes.iter().take(missing));
        self.size += bytes.len() as u64;
        self.hash.update(bytes);
        self.file.write_all(bytes)
    }

    fn end(self, name: &str) -> io::Result<Received> {
        self.file.as_file().sync_all()?;
        Ok(Received {
            name: name.to_owned(),
            size: self.size,
            sha256: hex::encode(self.hash.finalize()),
            start: self.start,
            file: self.file,
        })
    }
}

/// A multipart form of which nothing is read until [`FormStream::read`] is called: after the caller was let in.
pub struct FormStream {
    parts: Result<Multipart, Problem>,
    announced: Option<u64>,
}

impl FromRequest for FormStream {
    type Error = Problem;
    type Future = std::future::Ready<Result<Self, Problem>>;

    fn from_request(req: &HttpRequest, payload: &mut Payload) -> Self::Future {
        let parts = Multipart::from_request(req, payload).into_inner();
        let parts = parts.map_err(|_| unreadable());
        let announced = req.headers().get(CONTENT_LENGTH);
        let announced = announced
            .and_then(|v| v.to_str().ok())
            .and_then(|v| v.parse().ok());
        std::future::ready(Ok(Self { parts, announced }))
    }
}

impl FormStream {
    /// Reads the form; the file of `field` goes into `folder`, other files are passed over. Memory stays the same whatever comes.
    ///
    /// # Errors
    /// 413 when the file has more than `limit` bytes or the text is too long, 400 when the form breaks off or is none, 503 when
    /// the disk refuses. Nothing stays on the disk then.
    pub async fn read(
        self,
        folder: &Path,
        field: &str,
        limit: u64,
    ) -> Result<(Form, Option<Received>), Problem> {
        let mut parts = self.parts?;
        // What is announced as too large is not written at all.
        let refused = self.announced.is_some_and(|n| n > limit + MAX_TEXT as u64);
        let (mut form, mut received, mut text_size) = (Form::default(), None, 0);
        while let Some(part) = parts.next().await {
            let mut part = part.map_err(|_| unreadable())?;
            let Some(name) = part.name().map(str::to_owned) else {
                continue;
            };
            let file = part.content_disposition().and_then(|d| d.get_filename());
            match file.map(base_name) {
                None => {
                    let text = text(&mut part, &mut text_size).await?;
                    form.texts.entry(name).or_default().push(text);
                }
                Some(file) if name != field || file.is_empty() || received.is_some() => {
                    pass_over(&mut part, limit).await?;
                }
                Some(_) if refused => {
                    pass_over(&mut part, limit).await?;
                    return Err(too_large_file(limit));
                }
                Some(file) => received = Some(store(&mut part, folder, file, limit).await?),
            }
        }
        Ok((form, received))
    }
}

async fn text(part: &mut Field, size: &mut usize) -> Result<String, Problem> {
    let mut bytes = Vec::new();
    while let Some(chunk) = part.next().await {
        let chunk = chunk.map_err(|_| unreadable())?;
        *size += chunk.len();
        if *size > MAX_TEXT {
            return Err(too_large());
        }
        bytes.extend_from_slice(&chunk);
    }
    String::from_utf8(bytes).map_err(|_| unreadable())
}

/// Reads on without keeping anything, so that the sender comes to hear the answer; not for ever.
async fn pass_over(part: &mut Field, most: u64) -> Result<(), Problem> {
    let mut passed = 0_u64;
    while let Some(chunk) = part.next().await {
        passed += chunk.map_err(|_| unreadable())?.len() as u64;
        if passed > most {
            return Err(too_large_file(most));
        }
    }
    Ok(())
}

/// Hands what comes to a thread that may wait for the disk.
async fn store(
    part: &mut Field,
    folder: &Path,
    name: String,
    limit: u64,
) -> Result<Received, Problem> {
    let (pieces, incoming) = mpsc::channel(WAITING);
    let folder = folder.to_owned();
    let written = tokio::task::spawn_blocking(move || write(&folder, &name, incoming));
    let mut size = 0_u64;
    while let Some(chunk) = part.next().await {
        let chunk = chunk.map_err(|_| unreadable())?;
        size += chunk.len() as u64;
        if size > limit {
            drop(pieces);
            drop(ended(written).await);
            pass_over(part, limit).await?;
            return Err(too_large_file(limit));
        }
        if pieces.send(chunk).await.is_err() {
            // The disk refused; why is told below.
            break;
        }
    }
    drop(pieces);
    ended(written).await
}

fn write(folder: &Path, name: &str, mut incoming: mpsc::Receiver<Bytes>) -> io::Result<Received> {
    let mut spool = Spool::begin(folder)?;
    while let Some(piece) = incoming.blocking_recv() {
        spool.add(&piece)?;
    }
    spool.end(name)
}

async fn ended(written: JoinHandle<io::Result<Received>>) -> Result<Received, Problem> {
    let received = written.await.map_err(Problem::internal)?;
    received.map_err(|e| Problem::disk(&e, "cannot keep an uploaded file"))
}

fn unreadable() -> Problem {
    Problem::bad_request("unreadable-body")
}

fn too_large_file(limit: u64) -> Problem {
    Problem::new(StatusCode::PAYLOAD_TOO_LARGE, "file-too-large").arg("limit", limit >> 20)
}
