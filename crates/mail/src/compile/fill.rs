//! Filling a compiled campaign for one recipient.

use super::{Compiled, Context, Segment, SubjectPiece};
use crate::{
    address::{Address, Mailbox},
    message::{
        MessageError, MessageId, Raw, Unsubscribe, header, qp::Encoder, write_header,
        write_message_id, write_unsubscribe,
    },
};

const HEX: &[u8; 16] = b"0123456789ABCDEF";

/// Everything in which one recipient's message differs.
#[derive(Debug, Clone, Copy)]
pub struct Recipient<'a> {
    /// Who receives.
    pub to: &'a Mailbox,
    /// Where this recipient's bounces go, if not to the campaign's return path.
    pub return_path: Option<&'a Address>,
    /// The identity of this message, equal at every attempt.
    pub message_id: &'a MessageId,
    /// The date of the message, equal at every attempt.
    pub date: jiff::Timestamp,
    /// How this recipient leaves the list.
    pub unsubscribe: Option<&'a Unsubscribe>,
    /// One value for each of [`Compiled::slots`], in that order, unescaped.
    pub values: &'a [&'a str],
}

/// Why a message cannot be filled.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum FillError {
    /// Too few or too many values.
    #[error("this campaign has {expected} place holders, but {given} values were given")]
    Count {
        /// What the campaign has.
        expected: usize,
        /// What was given.
        given: usize,
    },
    /// A link that does not lead to a web page or a mailbox.
    #[error("the link for “{0}” must begin with https://, http:// or mailto:")]
    Address(String),
    /// The unsubscribe address is not one.
    #[error(transparent)]
    Message(#[from] MessageError),
}

impl Compiled {
    /// One recipient's message.
    ///
    /// # Errors
    /// A [`FillError`]; values are never refused for their characters, they are escaped.
    pub fn fill(&self, recipient: &Recipient<'_>) -> Result<Raw, FillError> {
        let values = recipient.values;
        if values.len() != self.slots.len() {
            return Err(FillError::Count {
                expected: self.slots.len(),
                given: values.len(),
            });
        }
        let filled: usize = values.iter().map(|value| value.len() + 8).sum();
        let mut out = Vec::with_capacity(self.fixed_size + filled * 2 + 768);
        self.write_headers(&mut out, recipient)?;
        let mut escaped = String::new();
        for segment in &self.segments {
            match segment {
                Segment::Fixed(bytes) => out.extend_from_slice(bytes),
                Segment::Fill(place) => {
                    escaped.clear();
                    if !escape(&mut escaped, values[place.slot], place.context) {
                        return Err(FillError::Address(self.slots[place.slot].clone()));
                    }
                    let mut encoder = Encoder::new(&mut out);
                    encoder.text(&escaped);
                    encoder.soft_break();
                }
            }
        }
        Ok(Raw {
            envelope_from: Some(
                recipient
                    .return_path
                    .unwrap_or(&self.default_return_path)
                    .clone(),
            ),
            envelope_to: recipient.to.address().clone(),
            message_id: recipient.message_id.clone(),
            bytes: out,
        })
    }

    fn write_headers(&self, out: &mut Vec<u8>, recipient: &Recipient<'_>) -> Result<(), FillError> {
        write_header(out, "Date", |out, _| header::date(out, recipient.date));
        write_message_id(out, recipient.message_id);
        write_header(out, "To", |out, column| {
            header::mailbox(out, recipient.to, column)
        });
        if let Some(unsubscribe) = recipient.unsubscribe {
            write_unsubscribe(out, unsubscribe)?;
        }
        let subject: String = self
            .subject
            .iter()
            .map(|piece| match piece {
                SubjectPiece::Fixed(text) => text.as_str(),
                SubjectPiece::Fill(slot) => recipient.values[*slot],
            })
            .collect();
        write_header(out, "Subject", |out, column| {
            header::unstructured(out, &subject, column)
        });
        Ok(())
    }
}

/// Appends the value as its place needs it; `false` when it is no address where one is needed.
fn escape(out: &mut String, value: &str, context: Context) -> bool {
    match context {
        Context::HtmlText | Context::HtmlAttribute => html(out, value),
        Context::HtmlAddress => {
            let value = value.trim();
            let scheme = ["https://", "http://", "mailto:"];
            let starts = |scheme: &&str| {
                value
                    .get(..scheme.len())
                    .is_some_and(|start| start.eq_ignore_ascii_case(scheme))
            };
            if !scheme.iter().any(starts) {
                return false;
            }
            let mut address = String::with_capacity(value.len() + 16);
            percent(&mut address, value, |b| {
                b.is_ascii_graphic() && !b"<>\"\\^`{|}".contains(&b)
            });
            html(out, &address);
        }
        // Percent signs and letters need no escaping in an attribute.
        Context::HtmlAddressPart | Context::TextAddressPart => {
            percent(out, value, |b| {
                b.is_ascii_alphanumeric() || b"-._~".contains(&b)
            });
        }
        Context::Text => out.extend(value.chars().filter(|c| is_visible(*c))),
    }
    true
}

/// Control characters other than line ends and tabs are no text; some mail programs stumble over them.
fn is_visible(c: char) -> bool {
    !c.is_control() || matches!(c, '\n' | '\r' | '\t')
}

fn html(out: &mut String, value: &str) {
    for c in value.chars() {
        match c {
            '&' => out.push_str("&amp;"),
            '<' => out.push_str("&lt;"),
            '>' => out.push_str("&gt;"),
            '"' => out.push_str("&quot;"),
            '\'' => out.push_str("&#39;"),
            c if is_visible(c) => out.push(c),
            _ => {}
        }
    }
}

fn percent(out: &mut String, value: &str, keep: impl Fn(u8) -> bool) {
    for byte in value.bytes() {
        if keep(byte) {
            out.push(char::from(byte));
        } else {
            out.push('%');
            out.push(char::from(HEX[usize::from(byte >> 4)]));
            out.push(char::from(HEX[usize::from(byte & 15)]));
        }
    }
}
