//! Campaigns compiled once: everything that is equal for all recipients is encoded once, and per recipient only the
//! marked places are filled.
//!
//! A place is marked by [`slot`] in the subject, the HTML or the plain text. What is filled in is escaped for where it
//! stands: text, an attribute, a whole address, or a part of one.

mod context;
mod fill;
mod marker;

use crate::message::{Content, MessageError, header, mime, qp, refuse_control, write_header};
use context::HtmlScanner;
pub use context::{Context, Misplaced};
pub use fill::{FillError, Recipient};
pub use marker::slot;
use marker::{Piece, pieces};

/// Why a campaign cannot be compiled. Each message says what to change.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum CompileError {
    /// A marker that does not end, or whose name is not one.
    #[error("there is a broken place holder in {0}")]
    BrokenMarker(&'static str),
    /// A place where nothing can be filled in safely.
    #[error("the place holder “{name}” stands {place}, where nothing can be filled in safely")]
    Misplaced {
        /// Which.
        name: String,
        /// Where.
        place: Misplaced,
    },
    /// The message itself cannot be built.
    #[error(transparent)]
    Message(#[from] MessageError),
}

/// One use of a slot in a body.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
struct Use {
    slot: usize,
    context: Context,
}

/// A stretch of the finished message.
#[derive(Debug, Clone, PartialEq, Eq)]
enum Segment {
    Fixed(Vec<u8>),
    Fill(Use),
}

/// The subject, which is encoded as a whole.
#[derive(Debug, Clone, PartialEq, Eq)]
enum SubjectPiece {
    Fixed(String),
    Fill(usize),
}

/// A message of which only the marked places differ from recipient to recipient.
#[derive(Debug, Clone)]
pub struct Compiled {
    slots: Vec<String>,
    subject: Vec<SubjectPiece>,
    segments: Vec<Segment>,
    default_return_path: crate::address::Address,
    fixed_size: usize,
}

impl Compiled {
    /// Encodes what is fixed. `seed` makes the MIME boundaries; the campaign's id does.
    ///
    /// # Errors
    /// A [`CompileError`] that says what to change.
    pub fn new(content: &Content, seed: &str) -> Result<Self, CompileError> {
        let mut slots = Slots::default();
        let subject = compile_subject(&content.subject, &mut slots)?;
        let bodies = mime::Bodies {
            text: compile_text(&content.text, &mut slots)?,
            html: content
                .html
                .as_deref()
                .map(|html| compile_html(html, &mut slots))
                .transpose()?,
        };
        let mut fixed =
            Vec::with_capacity(bodies.text.len() + bodies.html.as_ref().map_or(0, Vec::len) + 2048);
        write_header(&mut fixed, "From", |out, column| {
            header::mailbox(out, &content.from, column)
        });
        content.write_shared_headers(&mut fixed)?;
        mime::write_body(
            &mut fixed,
            bodies,
            &content.images,
            &content.attachments,
            seed,
        )?;
        Ok(Self {
            subject,
            default_return_path: content
                .return_path
                .as_ref()
                .unwrap_or(content.from.address())
                .clone(),
            fixed_size: fixed.len(),
            segments: segments(&fixed, &slots.uses),
            slots: slots.names,
        })
    }

    /// The names of the places in the order in which their values are given.
    #[must_use]
    pub fn slots(&self) -> &[String] {
        &self.slots
    }
}

#[derive(Default)]
struct Slots {
    names: Vec<String>,
    uses: Vec<Use>,
}

impl Slots {
    fn index(&mut self, name: &str) -> usize {
        self.names
            .iter()
            .position(|known| known == name)
            .unwrap_or_else(|| {
                self.names.push(name.to_owned());
                self.names.len() - 1
            })
    }

    /// Notes a use in a body, and gives the bytes that stand for it until the body is cut into segments.
    fn mark(&mut self, name: &str, context: Context) -> Vec<u8> {
        let slot = self.index(name);
        self.uses.push(Use { slot, context });
        // Control characters: neither quoted-printable, base64 nor a header holds any.
        format!("\u{1}{}\u{2}", self.uses.len() - 1).into_bytes()
    }
}

fn compile_subject(subject: &str, slots: &mut Slots) -> Result<Vec<SubjectPiece>, CompileError> {
    refuse_control("the subject", subject)?;
    let piece = |piece| match piece {
        Piece::Fixed(text) => SubjectPiece::Fixed(text.to_owned()),
        Piece::Slot(name) => SubjectPiece::Fill(slots.index(name)),
    };
    Ok(pieces(subject)
        .ok_or(CompileError::BrokenMarker("the subject"))?
        .into_iter()
        .map(piece)
        .collect())
}

fn compile_text(text: &str, slots: &mut Slots) -> Result<Vec<u8>, CompileError> {
    let mut out = Vec::with_capacity(text.len() + 1024);
    let mut address = context::AddressRun::default();
    for piece in pieces(text).ok_or(CompileError::BrokenMarker("the plain text"))? {
        match piece {
            Piece::Fixed(text) => {
                address.feed(text);
                fixed(&mut out, text);
            }
            Piece::Slot(name) => out.extend(slots.mark(name, address.context())),
        }
    }
    Ok(out)
}

fn compile_html(html: &str, slots: &mut Slots) -> Result<Vec<u8>, CompileError> {
    let mut out = Vec::with_capacity(html.len() + html.len() / 16 + 1024);
    let mut scanner = HtmlScanner::default();
    for piece in pieces(html).ok_or(CompileError::BrokenMarker("the HTML"))? {
        match piece {
            Piece::Fixed(text) => {
                scanner.feed(text);
                fixed(&mut out, text);
            }
            Piece::Slot(name) => {
                let context = scanner.slot().map_err(|place| CompileError::Misplaced {
                    name: name.to_owned(),
                    place,
                })?;
                out.extend(slots.mark(name, context));
            }
        }
    }
    Ok(out)
}

/// Encodes a fixed stretch so that it begins at a line start and leaves one, whatever is filled in beside it.
fn fixed(out: &mut Vec<u8>, text: &str) {
    let mut encoder = qp::Encoder::new(out);
    encoder.text(text);
    encoder.soft_break();
}

fn segments(bytes: &[u8], uses: &[Use]) -> Vec<Segment> {
    let mut segments = Vec::with_capacity(uses.len() * 2 + 1);
    for (index, stretch) in bytes.split(|byte| *byte == 1).enumerate() {
        let mut rest = stretch;
        if index > 0 {
            // Every \x01 was written by `Slots::mark`, with a number and \x02 behind it.
            let end = stretch.iter().position(|byte| *byte == 2).unwrap_or(0);
            let number = std::str::from_utf8(&stretch[..end])
                .ok()
                .and_then(|number| number.parse::<usize>().ok());
            segments.extend(
                number
                    .and_then(|number| uses.get(number))
                    .map(|found| Segment::Fill(*found)),
            );
            rest = &stretch[end + 1..];
        }
        if !rest.is_empty() {
            segments.push(Segment::Fixed(rest.to_vec()));
        }
    }
    segments
}

#[cfg(test)]
mod tests;
