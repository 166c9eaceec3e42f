//! Header values as they stand in a message: checked, encoded (RFC 2047) and folded.

use base64::{Engine as _, engine::general_purpose::STANDARD};

use crate::address::Mailbox;

/// Where lines are folded. RFC 5322 asks for at most 78 characters a line.
const WIDTH: usize = 76;
const HEX: &[u8; 16] = b"0123456789ABCDEF";

/// Appends `value` for a header whose name and colon took `column` characters.
///
/// Control characters become blanks: the result can never end the header that it stands in.
pub(crate) fn unstructured(out: &mut Vec<u8>, value: &str, column: usize) {
    let clean;
    let value = if value.chars().any(char::is_control) {
        clean = value.replace(char::is_control, " ");
        clean.trim()
    } else {
        value.trim()
    };
    let plain = value.bytes().all(|b| (b' '..=b'~').contains(&b)) && !value.contains("=?");
    if plain && column + value.len() <= WIDTH {
        out.extend_from_slice(value.as_bytes());
    } else if plain && value.split(' ').all(|word| word.len() < WIDTH) {
        folded(out, value, column);
    } else {
        encoded_words(out, value, column);
    }
}

/// Appends a mailbox: the name as a phrase, the address in angle brackets.
pub(crate) fn mailbox(out: &mut Vec<u8>, mailbox: &Mailbox, column: usize) {
    let Some(name) = mailbox.name() else {
        out.extend_from_slice(mailbox.address().as_str().as_bytes());
        return;
    };
    let atom = |b: u8| b.is_ascii_alphanumeric() || b" !#$%&'*+-/^_`{|}~".contains(&b);
    if name.bytes().all(atom) && !name.contains("  ") && name.len() < 60 {
        out.extend_from_slice(name.as_bytes());
    } else if name.bytes().all(|b| (b' '..=b'~').contains(&b)) && name.len() < 60 {
        quoted(out, name);
    } else {
        encoded_words(out, name, column);
    }
    out.extend_from_slice(if name.len() + mailbox.address().as_str().len() > 60 {
        b"\r\n <"
    } else {
        b" <"
    });
    out.extend_from_slice(mailbox.address().as_str().as_bytes());
    out.push(b'>');
}

fn quoted(out: &mut Vec<u8>, text: &str) {
    out.push(b'"');
    for byte in text.bytes() {
        if byte == b'"' || byte == b'\\' {
            out.push(b'\\');
        }
        out.push(byte);
    }
    out.push(b'"');
}

fn folded(out: &mut Vec<u8>, value: &str, mut column: usize) {
    for (index, word) in value.split(' ').enumerate() {
        if index > 0 {
            // An empty word is a doubled blank; folding there would leave a line of blanks only.
            if column + 1 + word.len() > WIDTH && !word.is_empty() {
                out.extend_from_slice(b"\r\n");
                column = 0;
            }
            out.push(b' ');
            column += 1;
        }
        out.extend_from_slice(word.as_bytes());
        column += word.len();
    }
}

fn encoded_words(out: &mut Vec<u8>, value: &str, column: usize) {
    let foreign = value.bytes().filter(|b| !b.is_ascii()).count();
    let readable = foreign * 3 < value.len();
    // An encoded word may have 75 characters, of which 12 are its frame; the first shares its line with the name.
    let mut room = 60_usize.saturating_sub(column).max(16);
    let mut rest = value;
    let mut first = true;
    while !rest.is_empty() || first {
        let length = fitting(rest, room, readable);
        let (word, tail) = rest.split_at(length);
        if !first {
            out.extend_from_slice(b"\r\n ");
        }
        encoded_word(out, word, readable);
        rest = tail;
        first = false;
        room = 60;
    }
}

/// How many bytes of `text`, in whole characters, fit into `room` characters when encoded.
fn fitting(text: &str, room: usize, readable: bool) -> usize {
    let mut used = 0;
    let mut length = 0;
    for c in text.chars() {
        let width = c.len_utf8();
        used += if readable && width == 1 && is_bare(c as u8) {
            1
        } else {
            width * 3
        };
        let total = if readable {
            used
        } else {
            (length + width).div_ceil(3) * 4
        };
        if total > room {
            break;
        }
        length += width;
    }
    length
}

fn is_bare(byte: u8) -> bool {
    byte.is_ascii_alphanumeric() || b" !*+-/".contains(&byte)
}

fn encoded_word(out: &mut Vec<u8>, word: &str, readable: bool) {
    if readable {
        out.extend_from_slice(b"=?utf-8?Q?");
        for byte in word.bytes() {
            match byte {
                b' ' => out.push(b'_'),
                byte if is_bare(byte) => out.push(byte),
                byte => out.extend_from_slice(&[
                    b'=',
                    HEX[usize::from(byte >> 4)],
                    HEX[usize::from(byte & 15)],
                ]),
            }
        }
    } else {
        out.extend_from_slice(b"=?utf-8?B?");
        out.extend_from_slice(STANDARD.encode(word).as_bytes());
    }
    out.extend_from_slice(b"?=");
}

/// An instant as a `Date` value (RFC 5322 3.3), in UTC.
pub(crate) fn date(out: &mut Vec<u8>, date: jiff::Timestamp) {
    let time = date.to_zoned(jiff::tz::TimeZone::UTC);
    out.extend_from_slice(
        time.strftime("%a, %d %b %Y %H:%M:%S +0000")
            .to_string()
            .as_bytes(),
    );
}
