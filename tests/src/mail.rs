//! Reading the mail that a test's server sent.

use backbone_mail::message::Raw;
use backbone_mail::sink::Received;
use mail_parser::{Message, MessageParser};

/// One message, as a reader sees it.
#[derive(Clone, Debug)]
pub struct Mail {
    /// Recipients of the envelope.
    pub to: Vec<String>,
    /// Subject.
    pub subject: String,
    /// Message-ID, without brackets.
    pub message_id: String,
    /// Plain text.
    pub text: String,
    /// HTML.
    pub html: String,
    /// Everything.
    pub source: String,
}

impl Mail {
    fn read(to: Vec<String>, bytes: &[u8]) -> Self {
        let parsed: Message = MessageParser::default()
            .parse(bytes)
            .expect("what was sent is a message");
        Self {
            to,
            subject: parsed.subject().unwrap_or_default().to_string(),
            message_id: parsed.message_id().unwrap_or_default().to_string(),
            text: parsed.body_text(0).unwrap_or_default().into_owned(),
            html: parsed.body_html(0).unwrap_or_default().into_owned(),
            source: String::from_utf8_lossy(bytes).into_owned(),
        }
    }

    /// From what a mail server took.
    pub fn received(received: &Received) -> Self {
        Self::read(received.to.clone(), &received.bytes)
    }

    /// From what was kept in memory.
    pub fn sent(raw: &Raw) -> Self {
        let mail = Self::read(Vec::new(), &raw.bytes);
        Self {
            to: vec![raw.envelope_to.to_string()],
            ..mail
        }
    }

    /// The addresses in the plain text that hold `part`.
    pub fn links(&self, part: &str) -> Vec<String> {
        let words = self
            .text
            .split(|c: char| c.is_whitespace() || matches!(c, '<' | '>' | '(' | ')' | '[' | ']'));
        words
            .filter(|w| w.starts_with("http") && w.contains(part))
            .map(str::to_string)
            .collect()
    }

    /// The path of the first link that holds `part`.
    ///
    /// # Panics
    /// When there is none.
    #[track_caller]
    pub fn path(&self, part: &str) -> String {
        let link = self
            .links(part)
            .into_iter()
            .next()
            .unwrap_or_else(|| panic!("no link with {part:?} in:\n{}", self.text));
        path_of(&link)
    }
}

/// The path and query of an absolute address.
pub fn path_of(link: &str) -> String {
    let rest = link.split_once("://").map_or(link, |(_, rest)| rest);
    rest.find('/')
        .map_or("/".into(), |at| rest[at..].to_string())
}
