//! Reading a folder of messages: a list, and one message at a time, safe to show.

mod html;

use std::{
    fmt, fs, io,
    io::Read as _,
    path::{Path, PathBuf},
};

use mail_parser::{Address, Message, MessageParser, MimeHeaders as _};

/// How much of a file is read for the list: headers come first.
const HEAD: u64 = 32 * 1024;
/// A larger file is not opened.
const LARGEST: u64 = 64 * 1024 * 1024;

/// Why a message cannot be opened.
#[derive(Debug, thiserror::Error)]
pub enum OpenError {
    /// No such message: never was, or removed.
    #[error("there is no such message")]
    NotFound,
    /// Too large to be shown.
    #[error("this message is too large to be shown")]
    TooLarge,
    /// The file is not a message.
    #[error("this file is not an email message")]
    NotAMessage,
    /// The file system failed.
    #[error("the message cannot be read: {0}")]
    Io(#[from] io::Error),
}

/// Names one message in a folder. Never leads out of it, whatever it was made from.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct MailId(String);

impl MailId {
    /// Takes an id as it comes from a URL; `None` when it cannot be one.
    #[must_use]
    pub fn parse(text: &str) -> Option<Self> {
        let legal = |b: u8| b.is_ascii_alphanumeric() || b"-_.".contains(&b);
        let good = !text.is_empty()
            && text.len() <= 200
            && !text.starts_with('.')
            && text.bytes().all(legal);
        good.then(|| Self(text.to_owned()))
    }

    /// The id for a URL.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl fmt::Display for MailId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

/// One line of the list.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Summary {
    /// To open it by.
    pub id: MailId,
    /// The writer, as mail programs show it.
    pub from: String,
    /// The recipients.
    pub to: String,
    /// Empty when there is none.
    pub subject: String,
    /// When it was written, by its own account.
    pub date: Option<jiff::Timestamp>,
    /// From the header, without angle brackets.
    pub message_id: Option<String>,
}

/// A part of the list.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Listing {
    /// Newest first.
    pub messages: Vec<Summary>,
    /// How many the folder has.
    pub total: usize,
}

/// A file in a message, or a picture.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Part {
    /// As given; may be missing.
    pub name: Option<String>,
    /// Such as `image/png`.
    pub content_type: String,
    /// The decoded content.
    pub data: Vec<u8>,
}

/// One message, ready to be shown.
#[derive(Debug, Clone)]
pub struct Opened {
    /// What the list shows.
    pub summary: Summary,
    /// All headers in order, decoded as far as they are text.
    pub headers: Vec<(String, String)>,
    /// The plain text.
    pub text: Option<String>,
    /// The HTML without anything that runs, its pictures inside; for an iframe with an empty `sandbox`.
    pub html: Option<String>,
    /// Files and pictures.
    pub parts: Vec<Part>,
    /// The message as it is.
    pub raw: Vec<u8>,
}

impl Opened {
    /// A message from its bytes, `id` being what it is called from now on.
    ///
    /// # Errors
    /// [`OpenError::NotAMessage`] when the bytes are not one.
    pub fn read(id: &MailId, raw: Vec<u8>) -> Result<Self, OpenError> {
        let message = MessageParser::default()
            .parse(&raw)
            .ok_or(OpenError::NotAMessage)?;
        let headers = message
            .headers_raw()
            .map(|(name, value)| (name.to_owned(), readable(&message, name, value)));
        let opened = Opened {
            summary: summarize(id, &message),
            headers: headers.collect(),
            text: has_text(&message).then(|| message.body_text(0).unwrap_or_default().into_owned()),
            html: has_html(&message)
                .then(|| html::safe(&message.body_html(0).unwrap_or_default(), &message)),
            parts: message.attachments().map(part).collect(),
            raw: Vec::new(),
        };
        drop(message);
        Ok(Opened { raw, ..opened })
    }
}

/// A folder of `.eml` files.
#[derive(Debug, Clone)]
pub struct MailFolder {
    path: PathBuf,
}

impl MailFolder {
    /// A folder; it need not exist yet.
    #[must_use]
    pub fn new(path: &Path) -> Self {
        Self {
            path: path.to_owned(),
        }
    }

    /// Part of the list, newest first by the time in the file name. A folder that does not exist is empty.
    ///
    /// # Errors
    /// When the folder cannot be read.
    pub fn list(&self, skip: usize, limit: usize) -> io::Result<Listing> {
        let mut ids = self.ids()?;
        ids.sort_unstable_by(|a, b| b.cmp(a));
        let wanted = ids.iter().skip(skip).take(limit);
        // A file that went away between listing and reading is simply not listed.
        let messages = wanted.filter_map(|id| self.summary(id).ok()).collect();
        Ok(Listing {
            messages,
            total: ids.len(),
        })
    }

    /// One message.
    ///
    /// # Errors
    /// An [`OpenError`] when it is not there or cannot be shown.
    pub fn open(&self, id: &MailId) -> Result<Opened, OpenError> {
        let file = self.file(id);
        let metadata = fs::symlink_metadata(&file).map_err(not_found)?;
        if !metadata.is_file() {
            return Err(OpenError::NotFound);
        }
        if metadata.len() > LARGEST {
            return Err(OpenError::TooLarge);
        }
        let raw = fs::read(&file).map_err(not_found)?;
        Opened::read(id, raw)
    }

    fn ids(&self) -> io::Result<Vec<MailId>> {
        let entries = match fs::read_dir(&self.path) {
            Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(Vec::new()),
            entries => entries?,
        };
        let mut ids = Vec::new();
        for entry in entries {
            let name = entry?.file_name();
            let id = name
                .to_str()
                .and_then(|name| name.strip_suffix(".eml"))
                .and_then(MailId::parse);
            ids.extend(id);
        }
        Ok(ids)
    }

    fn file(&self, id: &MailId) -> PathBuf {
        self.path.join(format!("{id}.eml"))
    }

    fn summary(&self, id: &MailId) -> Result<Summary, OpenError> {
        let mut head = Vec::new();
        fs::File::open(self.file(id))?
            .take(HEAD)
            .read_to_end(&mut head)?;
        let message = MessageParser::default()
            .parse_headers(&head)
            .ok_or(OpenError::NotAMessage)?;
        Ok(summarize(id, &message))
    }
}

fn not_found(error: io::Error) -> OpenError {
    if error.kind() == io::ErrorKind::NotFound {
        OpenError::NotFound
    } else {
        OpenError::Io(error)
    }
}

fn has_text(message: &Message<'_>) -> bool {
    message
        .text_part(0)
        .is_some_and(|part| part.is_text() && !part.is_text_html())
}

fn has_html(message: &Message<'_>) -> bool {
    message
        .html_part(0)
        .is_some_and(mail_parser::MessagePart::is_text_html)
}

fn summarize(id: &MailId, message: &Message<'_>) -> Summary {
    Summary {
        id: id.clone(),
        from: people(message.from()),
        to: people(message.to()),
        subject: message.subject().unwrap_or_default().to_owned(),
        date: message
            .date()
            .and_then(|date| jiff::Timestamp::from_second(date.to_timestamp()).ok()),
        message_id: message.message_id().map(str::to_owned),
    }
}

fn people(address: Option<&Address<'_>>) -> String {
    let show = |one: &mail_parser::Addr<'_>| match (one.name(), one.address()) {
        (Some(name), Some(address)) => format!("{name} <{address}>"),
        (None, Some(address)) => address.to_owned(),
        (name, None) => name.unwrap_or_default().to_owned(),
    };
    address.map_or_else(String::new, |address| {
        address.iter().map(show).collect::<Vec<_>>().join(", ")
    })
}

/// Decoded where the parser reads it as text or people, else as it stands, unfolded.
fn readable(message: &Message<'_>, name: &str, raw: &str) -> String {
    let decoded = match message.header(name.to_owned()) {
        Some(mail_parser::HeaderValue::Address(address)) => Some(people(Some(address))),
        Some(mail_parser::HeaderValue::Text(text)) if name.eq_ignore_ascii_case("subject") => {
            Some(text.to_string())
        }
        _ => None,
    };
    decoded.unwrap_or_else(|| raw.split_whitespace().collect::<Vec<_>>().join(" "))
}

fn part(part: &mail_parser::MessagePart<'_>) -> Part {
    let content_type = part.content_type().map_or_else(
        || "application/octet-stream".to_owned(),
        |kind| {
            format!(
                "{}/{}",
                kind.ctype(),
                kind.subtype().unwrap_or("octet-stream")
            )
        },
    );
    Part {
        name: part.attachment_name().map(str::to_owned),
        content_type,
        data: part.contents().to_vec(),
    }
}

#[cfg(test)]
mod tests;
