//! Markers: names between two characters that templates, MJML, CSS inlining and plain text leave alone.
//!
//! Ogham feather marks, because nobody writes them, because they mean nothing to HTML, CSS and URLs, and because they are
//! printable: the MJML renderer escapes unprintable characters in attributes, private-use ones among them.

const OPEN: char = '\u{169B}';
const CLOSE: char = '\u{169C}';

/// The marker for the place called `name`, to be put into a subject, HTML, MJML or text.
///
/// Use lower-case letters, digits, `_` and `.`; other characters make the message fail to compile.
#[must_use]
pub fn slot(name: &str) -> String {
    format!("{OPEN}{name}{CLOSE}")
}

/// Text, cut at its markers.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Piece<'a> {
    Fixed(&'a str),
    Slot(&'a str),
}

/// Cuts text at its markers; `None` when one is broken.
pub(super) fn pieces(text: &str) -> Option<Vec<Piece<'_>>> {
    let mut pieces = Vec::new();
    for (index, part) in text.split(OPEN).enumerate() {
        let fixed = if index == 0 {
            part
        } else {
            let (name, fixed) = part.split_once(CLOSE)?;
            let legal =
                |b: u8| b.is_ascii_lowercase() || b.is_ascii_digit() || b == b'_' || b == b'.';
            if name.is_empty() || !name.bytes().all(legal) {
                return None;
            }
            pieces.push(Piece::Slot(name));
            fixed
        };
        if fixed.contains(CLOSE) {
            return None;
        }
        if !fixed.is_empty() {
            pieces.push(Piece::Fixed(fixed));
        }
    }
    Some(pieces)
}
