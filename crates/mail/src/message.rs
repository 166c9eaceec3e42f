//! One message: from its parts to the bytes that go over the wire.

pub(crate) mod header;
pub(crate) mod mime;
pub(crate) mod qp;

use std::fmt;

use serde::{Deserialize, Serialize};

use crate::address::{Address, Mailbox};
pub use mime::{Attachment, InlineImage};

/// Why a message cannot be built. Each message says what to change.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum MessageError {
    /// A line break or another control character where it could smuggle in a header.
    #[error("{field} may not contain line breaks or control characters")]
    ControlCharacter {
        /// The part of the message, in words.
        field: String,
    },
    /// A header name that is not one, or that the message sets by itself.
    #[error("“{0}” cannot be set as an extra header")]
    HeaderName(String),
    /// A message id that is not `left@right` in printable ASCII.
    #[error(
        "“{0}” is not a message id: write it as unique-part@example.org, without angle brackets"
    )]
    MessageId(String),
    /// An unsubscribe address that is neither `https:`, `http:` nor `mailto:`.
    #[error("“{0}” is not an unsubscribe address: it must begin with https://, http:// or mailto:")]
    Unsubscribe(String),
    /// A content type that is not `type/subtype`.
    #[error("“{0}” is not a content type such as image/png")]
    ContentType(String),
    /// A content id with characters that cannot stand in a `cid:` address.
    #[error("“{0}” is not a content id: use letters, digits, dots, dashes and @")]
    ContentId(String),
    /// Neither HTML nor plain text.
    #[error("a message needs a plain text")]
    NoText,
}

/// The identity of a message, `left@right` without angle brackets; equal for every attempt to send it.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct MessageId(String);

impl MessageId {
    /// Checks a message id given without angle brackets.
    ///
    /// # Errors
    /// [`MessageError::MessageId`] when it is not `left@right` in printable ASCII.
    pub fn parse(text: &str) -> Result<Self, MessageError> {
        let legal = |b: u8| b.is_ascii_graphic() && !b"<>()[]\\,;:\"@".contains(&b);
        let good = text.len() <= 250
            && text.split_once('@').is_some_and(|(left, right)| {
                !left.is_empty()
                    && !right.is_empty()
                    && left.bytes().all(legal)
                    && right.bytes().all(legal)
            });
        if good {
            Ok(Self(text.to_owned()))
        } else {
            Err(MessageError::MessageId(text.escape_debug().to_string()))
        }
    }

    /// The id without angle brackets.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl TryFrom<String> for MessageId {
    type Error = MessageError;

    fn try_from(text: String) -> Result<Self, Self::Error> {
        Self::parse(&text)
    }
}

impl From<MessageId> for String {
    fn from(id: MessageId) -> Self {
        id.0
    }
}

impl fmt::Display for MessageId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

/// A message ready to be handed to a mail server: who it goes to, and its bytes.
///
/// The bytes have CRLF line ends and are not dot-stuffed; the SMTP client does that while it sends.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Raw {
    /// Where bounces go (the return path); `None` is the empty return path `<>`.
    pub envelope_from: Option<Address>,
    /// The one recipient. Every recipient gets a message of their own, so nobody sees another's address.
    pub envelope_to: Address,
    /// The same as in the `Message-ID` header.
    pub message_id: MessageId,
    /// Headers, empty line, body.
    pub bytes: Vec<u8>,
}

/// How a recipient can leave the list that a message belongs to.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Unsubscribe {
    /// An `https:` or `mailto:` address.
    pub url: String,
    /// Whether a POST to the address unsubscribes without further questions (RFC 8058).
    pub one_click: bool,
}

/// What a message says, whoever receives it.
#[derive(Debug, Clone)]
pub struct Content {
    /// Who writes.
    pub from: Mailbox,
    /// Where answers go, if not to the writer.
    pub reply_to: Option<Mailbox>,
    /// Where bounces go, if not to the writer.
    pub return_path: Option<Address>,
    /// The subject, unencoded.
    pub subject: String,
    /// The plain text.
    pub text: String,
    /// The HTML alternative.
    pub html: Option<String>,
    /// Pictures that the HTML shows by `cid:` addresses.
    pub images: Vec<InlineImage>,
    /// Files to save.
    pub attachments: Vec<Attachment>,
    /// The language of the text, such as `nl` (`Content-Language`).
    pub language: Option<String>,
    /// Further headers, such as `List-Id` or `Auto-Submitted`.
    pub headers: Vec<(String, String)>,
}

/// One message to one recipient.
#[derive(Debug, Clone)]
pub struct Email {
    /// What it says.
    pub content: Content,
    /// Who receives.
    pub to: Mailbox,
    /// How to leave the list.
    pub unsubscribe: Option<Unsubscribe>,
    /// The identity of the message, chosen by the caller so that a repeat carries the same.
    pub message_id: MessageId,
    /// When it was written, chosen by the caller so that a repeat carries the same.
    pub date: jiff::Timestamp,
}

impl Content {
    /// A plain text; add what else it needs by setting fields.
    #[must_use]
    pub fn new(from: Mailbox, subject: &str, text: &str) -> Self {
        Self {
            from,
            reply_to: None,
            return_path: None,
            subject: subject.to_owned(),
            text: text.to_owned(),
            html: None,
            images: Vec::new(),
            attachments: Vec::new(),
            language: None,
            headers: Vec::new(),
        }
    }

    /// The headers that do not differ from recipient to recipient, apart from From and Subject.
    pub(crate) fn write_shared_headers(&self, out: &mut Vec<u8>) -> Result<(), MessageError> {
        if let Some(reply_to) = &self.reply_to {
            write_header(out, "Reply-To", |out, column| {
                header::mailbox(out, reply_to, column)
            });
        }
        if let Some(language) = &self.language {
            refuse_control("the language", language)?;
            write_header(out, "Content-Language", |out, column| {
                header::unstructured(out, language, column)
            });
        }
        for (name, value) in &self.headers {
            check_extra_header(name)?;
            refuse_control(&format!("the header {name}"), value)?;
            write_header(out, name, |out, column| {
                header::unstructured(out, value, column)
            });
        }
        Ok(())
    }
}

impl Email {
    /// A message of plain text; add what else it needs by setting fields.
    #[must_use]
    pub fn new(
        from: Mailbox,
        to: Mailbox,
        subject: &str,
        text: &str,
        message_id: MessageId,
        date: jiff::Timestamp,
    ) -> Self {
        Self {
            content: Content::new(from, subject, text),
            to,
            unsubscribe: None,
            message_id,
            date,
        }
    }

    /// Builds the bytes. The same parts always give the same bytes.
    ///
    /// # Errors
    /// A [`MessageError`] when a part could smuggle in a header, or is malformed.
    pub fn build(&self) -> Result<Raw, MessageError> {
        let content = &self.content;
        refuse_control("the subject", &content.subject)?;
        if content.text.trim().is_empty() && content.html.is_none() {
            return Err(MessageError::NoText);
        }
        let mut bytes = Vec::with_capacity(
            1024 + content.text.len() + content.html.as_ref().map_or(0, String::len) * 5 / 4,
        );
        write_header(&mut bytes, "Date", |out, _| header::date(out, self.date));
        write_header(&mut bytes, "From", |out, column| {
            header::mailbox(out, &content.from, column)
        });
        write_header(&mut bytes, "To", |out, column| {
            header::mailbox(out, &self.to, column)
        });
        write_header(&mut bytes, "Subject", |out, column| {
            header::unstructured(out, &content.subject, column)
        });
        write_message_id(&mut bytes, &self.message_id);
        content.write_shared_headers(&mut bytes)?;
        if let Some(unsubscribe) = &self.unsubscribe {
            write_unsubscribe(&mut bytes, unsubscribe)?;
        }
        let bodies = mime::Bodies {
            text: qp::encode(&content.text),
            html: content.html.as_deref().map(qp::encode),
        };
        mime::write_body(
            &mut bytes,
            bodies,
            &content.images,
            &content.attachments,
            self.message_id.as_str(),
        )?;
        Ok(Raw {
            envelope_from: Some(
                content
                    .return_path
                    .as_ref()
                    .unwrap_or(content.from.address())
                    .clone(),
            ),
            envelope_to: self.to.address().clone(),
            message_id: self.message_id.clone(),
            bytes,
        })
    }
}

/// Headers that a message sets by itself; a second one would contradict the first.
const OWN_HEADERS: [&str; 17] = [
    "bcc",
    "cc",
    "content-language",
    "content-transfer-encoding",
    "content-type",
    "date",
    "dkim-signature",
    "from",
    "list-unsubscribe",
    "list-unsubscribe-post",
    "message-id",
    "mime-version",
    "reply-to",
    "return-path",
    "sender",
    "subject",
    "to",
];

fn check_extra_header(name: &str) -> Result<(), MessageError> {
    let good = !name.is_empty()
        && name.len() <= 60
        && name.bytes().all(|b| b.is_ascii_alphanumeric() || b == b'-')
        && !OWN_HEADERS.contains(&name.to_ascii_lowercase().as_str());
    if good {
        Ok(())
    } else {
        Err(MessageError::HeaderName(name.escape_debug().to_string()))
    }
}

pub(crate) fn refuse_control(field: &str, value: &str) -> Result<(), MessageError> {
    if value.chars().any(char::is_control) {
        return Err(MessageError::ControlCharacter {
            field: field.to_owned(),
        });
    }
    Ok(())
}

/// Writes one header line; `value` gets the column at which it begins.
pub(crate) fn write_header(out: &mut Vec<u8>, name: &str, value: impl FnOnce(&mut Vec<u8>, usize)) {
    out.extend_from_slice(name.as_bytes());
    out.extend_from_slice(b": ");
    value(out, name.len() + 2);
    out.extend_from_slice(b"\r\n");
}

pub(crate) fn write_message_id(out: &mut Vec<u8>, id: &MessageId) {
    out.extend_from_slice(b"Message-ID: <");
    out.extend_from_slice(id.as_str().as_bytes());
    out.extend_from_slice(b">\r\n");
}

/// `List-Unsubscribe` (RFC 2369) and, for one click, `List-Unsubscribe-Post` (RFC 8058).
pub(crate) fn write_unsubscribe(
    out: &mut Vec<u8>,
    unsubscribe: &Unsubscribe,
) -> Result<(), MessageError> {
    let url = unsubscribe.url.as_str();
    let scheme = ["https://", "http://", "mailto:"]
        .into_iter()
        .any(|scheme| url.starts_with(scheme));
    let legal = url.len() < 900
        && url
            .bytes()
            .all(|b| b.is_ascii_graphic() && b != b'<' && b != b'>');
    if !scheme || !legal {
        return Err(MessageError::Unsubscribe(url.escape_debug().to_string()));
    }
    out.extend_from_slice(b"List-Unsubscribe: <");
    out.extend_from_slice(url.as_bytes());
    out.extend_from_slice(b">\r\n");
    if unsubscribe.one_click && !url.starts_with("mailto:") {
        out.extend_from_slice(b"List-Unsubscribe-Post: List-Unsubscribe=One-Click\r\n");
    }
    Ok(())
}

#[cfg(test)]
mod tests;
