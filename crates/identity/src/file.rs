//! Uploaded files: evidence, logos, imports. Content is kept by its hash in the data folder, the row in the database.
//!
//! A file is written and synced before its row is, so that a row never points at nothing.

pub(crate) mod api;
pub(crate) mod pages;
mod store;

use std::io::Write;
use std::path::{Path, PathBuf};

use backbone_db::{Conn, DbError, Instant};
use backbone_events::{NewEvent, Object, append};
use backbone_web::forms::INCOMING;
use backbone_web::{Problem, Received, Upload};
use diesel::prelude::*;
use serde::Serialize;
use sha2::{Digest, Sha256};

use crate::actor::Actor;
use crate::ids::{FileId, PartnershipId};
use crate::schema::files;

/// An uploaded file.
#[derive(Clone, Debug, Queryable, Selectable, Serialize, utoipa::ToSchema)]
#[diesel(table_name = files)]
pub struct StoredFile {
    /// Its identifier.
    pub id: FileId,
    /// The partnership it belongs to.
    pub partnership_id: PartnershipId,
    /// The name the sender gave.
    pub name: String,
    /// Media type, told from the content, not from the name.
    pub media_type: String,
    /// Size in bytes.
    pub size: i64,
    /// SHA-256 of the content, in hex.
    pub sha256: String,
    /// What it is for: `evidence`, `logo`, `import`.
    pub purpose: String,
    /// When it came.
    pub created_at: Instant,
}

/// Content that is on disk and may be given a row.
pub struct Kept {
    name: String,
    media_type: &'static str,
    size: i64,
    sha256: String,
}

impl Kept {
    /// Media type, told from the content.
    pub fn media_type(&self) -> &'static str {
        self.media_type
    }

    /// SHA-256 of the content, in hex.
    pub fn sha256(&self) -> &str {
        &self.sha256
    }
}

/// Writes the content of an upload to disk. Call it before the transaction, then [`save`] inside.
///
/// # Errors
/// 422 for a kind of file that is not accepted, an empty one, or an SVG (it could carry scripts); 503 when the disk refuses.
pub fn keep(data_dir: &Path, upload: &Upload) -> Result<Kept, Problem> {
    let media_type = sniff(&upload.bytes, &upload.name)
        .ok_or_else(|| Problem::invalid("file-kind").arg("name", &upload.name))?;
    let sha256 = hex::encode(Sha256::digest(&upload.bytes));
    write_once(&path_of(data_dir, &sha256), &upload.bytes)
        .map_err(|e| Problem::disk(&e, "cannot keep an uploaded file"))?;
    let size = i64::try_from(upload.bytes.len()).unwrap_or(i64::MAX);
    Ok(Kept {
        name: upload.name.clone(),
        media_type,
        size,
        sha256,
    })
}

/// As [`keep`], for a file that came in on disk; see [`incoming`].
///
/// # Errors
/// The same.
pub fn keep_received(data_dir: &Path, received: Received) -> Result<Kept, Problem> {
    let media_type = sniff(&received.start, &received.name)
        .ok_or_else(|| Problem::invalid("file-kind").arg("name", &received.name))?;
    let kept = Kept {
        name: received.name.clone(),
        media_type,
        size: i64::try_from(received.size).unwrap_or(i64::MAX),
        sha256: received.sha256.clone(),
    };
    received
        .keep(&path_of(data_dir, &kept.sha256))
        .map_err(|e| Problem::disk(&e, "cannot keep an uploaded file"))?;
    Ok(kept)
}

/// Where files lie while they come in: on the disk of those that are kept, so that keeping one is giving it a name.
pub fn incoming(data_dir: &Path) -> PathBuf {
    data_dir.join("incoming")
}

/// Removes what a crash left of files that were coming in before a moment; says how many.
///
/// # Errors
/// Those of the disk.
pub fn sweep_incoming(data_dir: &Path, before: Instant) -> std::io::Result<usize> {
    let folder = incoming(data_dir);
    if !folder.exists() {
        return Ok(0);
    }
    let mut gone = 0;
    for entry in std::fs::read_dir(folder)? {
        let entry = entry?;
        let since = entry
            .metadata()?
            .modified()?
            .duration_since(std::time::UNIX_EPOCH);
        let seconds = since.map_or(0, |s| s.as_secs());
        let old =
            i64::try_from(seconds).is_ok_and(|s| before.seconds_since(Instant::from_unix(s)) > 0);
        if old && entry.file_name().to_string_lossy().starts_with(INCOMING) {
            std::fs::remove_file(entry.path())?;
            gone += 1;
        }
    }
    Ok(gone)
}

/// Gives kept content its row.
pub fn save(
    conn: &mut Conn,
    actor: &Actor,
    purpose: &str,
    kept: &Kept,
) -> Result<StoredFile, DbError> {
    let file = StoredFile {
        id: FileId::new(),
        partnership_id: actor.partnership.id.clone(),
        name: kept.name.clone(),
        media_type: kept.media_type.into(),
        size: kept.size,
        sha256: kept.sha256.clone(),
        purpose: purpose.into(),
        created_at: actor.now,
    };
    store::insert(conn, &file, actor.person_id.as_ref())?;
    append(
        conn,
        actor.tenant(),
        &actor.by(),
        NewEvent::new("file.uploaded", Object::new("file", &file.id))
            .data(&serde_json::json!({"purpose": purpose, "sha256": file.sha256})),
    )?;
    Ok(file)
}

/// Finds a file of this partnership.
pub fn find(
    conn: &mut Conn,
    partnership: &str,
    id: &FileId,
) -> Result<Option<StoredFile>, DbError> {
    store::find(conn, partnership, id)
}

/// Reads a file's content.
///
/// # Errors
/// 404 when it is not on this disk.
pub fn read(data_dir: &Path, file: &StoredFile) -> Result<Vec<u8>, Problem> {
    std::fs::read(path_of(data_dir, &file.sha256)).map_err(|e| {
        tracing::error!(file = %file.id, error = %e, "an uploaded file cannot be read");
        Problem::not_found()
    })
}

/// Where content with this hash is kept.
pub fn path_of(data_dir: &Path, sha256: &str) -> PathBuf {
    data_dir.join("files").join(&sha256[..2]).join(sha256)
}

fn write_once(path: &Path, bytes: &[u8]) -> std::io::Result<()> {
    if path.exists() {
        return Ok(());
    }
    let folder = path.parent().unwrap_or(Path::new("."));
    std::fs::create_dir_all(folder)?;
    let temporary = folder.join(format!(".{}", crate::secret::new_secret()));
    let written = write_synced(&temporary, bytes).and_then(|()| std::fs::rename(&temporary, path));
    if written.is_err() {
        // What was written of it would only take room, on a disk that may be full. The error above is the one to tell.
        drop(std::fs::remove_file(&temporary));
    }
    written?;
    // The name must survive a power cut as the content does. Windows cannot open folders.
    #[cfg(unix)]
    std::fs::File::open(folder)?.sync_all()?;
    Ok(())
}

fn write_synced(path: &Path, bytes: &[u8]) -> std::io::Result<()> {
    let mut file = std::fs::File::create(path)?;
    file.write_all(bytes)?;
    file.sync_all()
}

/// The kinds that are accepted, told by their first bytes; text by being readable.
fn sniff(bytes: &[u8], name: &str) -> Option<&'static str> {
    let lower = name.to_lowercase();
    let starts = |magic: &[u8]| bytes.starts_with(magic);
    if bytes.is_empty() {
        None
    } else if starts(b"%PDF-") {
        Some("application/pdf")
    } else if starts(b"\x89PNG\r\n\x1a\n") {
        Some("image/png")
    } else if starts(b"\xff\xd8\xff") {
        Some("image/jpeg")
    } else if starts(b"GIF8") {
        Some("image/gif")
    } else if starts(b"RIFF") && bytes.get(8..12) == Some(b"WEBP") {
        Some("image/webp")
    } else if starts(b"PK\x03\x04") && lower.ends_with(".xlsx") {
        Some("application/vnd.openxmlformats-officedocument.spreadsheetml.sheet")
    } else if starts(b"PK\x03\x04") && lower.ends_with(".docx") {
        Some("application/vnd.openxmlformats-officedocument.wordprocessingml.document")
    } else if lower.ends_with(".csv") || lower.ends_with(".tsv") {
        Some("text/csv")
    } else if (lower.ends_with(".json") || lower.ends_with(".jsonl")) && is_text(bytes) {
        Some("application/json")
    } else if lower.ends_with(".txt") && is_text(bytes) {
        Some("text/plain")
    } else {
        None
    }
}

/// Whether bytes are UTF-8, the end of the last character perhaps cut off.
fn is_text(bytes: &[u8]) -> bool {
    std::str::from_utf8(bytes).map_or_else(|e| e.error_len().is_none(), |_| true)
}
