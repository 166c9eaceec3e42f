//! Mail as files: one `.eml` a message, named by time and message id.
//!
//! A file appears whole or not at all. Nothing is forced to the disk: this is for trying things out, not for keeping mail.

use std::{
    fs, io,
    path::{Path, PathBuf},
    sync::{
        Arc,
        atomic::{AtomicU64, Ordering},
    },
};

use sha2::{Digest as _, Sha256};

use super::Clock;
use crate::{
    message::Raw,
    smtp::{Outcome, Reply},
};

/// A folder that messages are written into. Cheap to clone.
#[derive(Clone)]
pub struct Folder {
    path: PathBuf,
    clock: Clock,
    written: Arc<AtomicU64>,
}

impl Folder {
    /// Opens the folder, and makes it if it is not there.
    ///
    /// # Errors
    /// When it cannot be made.
    pub fn open(path: &Path, clock: Clock) -> io::Result<Self> {
        fs::create_dir_all(path)?;
        Ok(Self {
            path: path.to_owned(),
            clock,
            written: Arc::default(),
        })
    }

    /// The folder.
    #[must_use]
    pub fn path(&self) -> &Path {
        &self.path
    }

    pub(super) fn check(&self) -> io::Result<()> {
        let probe = self.path.join(format!(".probe-{}", std::process::id()));
        fs::write(&probe, b"")?;
        fs::remove_file(probe)
    }

    pub(super) async fn write(&self, raw: Raw) -> Outcome {
        let folder = self.clone();
        let written = tokio::task::spawn_blocking(move || folder.write_now(&raw)).await;
        match written {
            Ok(Ok(name)) => {
                let text = format!("written to {name}");
                Outcome::Delivered {
                    reply: Reply {
                        code: 250,
                        enhanced: None,
                        text,
                    },
                }
            }
            Ok(Err(error)) => Outcome::NotSent {
                reason: format!("the mail folder {}: {error}", self.path.display()),
                transient: true,
            },
            Err(error) => Outcome::NotSent {
                reason: error.to_string(),
                transient: true,
            },
        }
    }

    fn write_now(&self, raw: &Raw) -> io::Result<String> {
        let stem = format!(
            "{}-{}",
            (self.clock)().strftime("%Y%m%dT%H%M%S%.6fZ"),
            fingerprint(raw)
        );
        let number = self.written.fetch_add(1, Ordering::Relaxed);
        let unfinished = self
            .path
            .join(format!(".{stem}.{}.{number}", std::process::id()));
        let from = raw
            .envelope_from
            .as_ref()
            .map_or("", |address| address.as_str());
        // What a mail server that delivers into a mailbox puts in front.
        let mut content = format!(
            "Return-Path: <{from}>\r\nDelivered-To: {}\r\n",
            raw.envelope_to
        )
        .into_bytes();
        content.extend_from_slice(&raw.bytes);
        fs::write(&unfinished, content)?;
        let mut name = format!("{stem}.eml");
        let mut copy = 2;
        // The same message at the same microsecond is a repeat too: it gets a file of its own, so that it is seen.
        while self.path.join(&name).exists() {
            name = format!("{stem}-{copy}.eml");
            copy += 1;
        }
        fs::rename(unfinished, self.path.join(&name))?;
        Ok(name)
    }
}

/// Equal for two files when the same message went to the same recipient twice.
fn fingerprint(raw: &Raw) -> String {
    let digest = Sha256::digest(format!("{}\0{}", raw.message_id, raw.envelope_to));
    digest
        .iter()
        .take(6)
        .map(|byte| format!("{byte:02x}"))
        .collect()
}
