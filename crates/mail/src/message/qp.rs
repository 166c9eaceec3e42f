//! Quoted-printable (RFC 2045 6.7), written so that a text can be filled in later at marked places.
//!
//! A place begins and ends with a soft line break, which readers drop again. So what stands before and behind it keeps
//! its encoding whatever is filled in. No line ever begins with a dot or with `From `: nothing here needs dot-stuffing.

const HEX: &[u8; 16] = b"0123456789ABCDEF";
/// Lines may have 76 characters, of which the last is kept for the `=` of a soft break.
const WIDTH: usize = 75;

/// Encodes text onto the end of a message, keeping track of the column.
pub(crate) struct Encoder<'a> {
    out: &'a mut Vec<u8>,
    column: usize,
}

impl<'a> Encoder<'a> {
    /// An encoder that continues `out`, which must be at the start of a line.
    pub(crate) fn new(out: &'a mut Vec<u8>) -> Self {
        Self { out, column: 0 }
    }

    /// Encodes a whole piece of text; CR, LF and CRLF all become line ends.
    pub(crate) fn text(&mut self, text: &str) {
        let bytes = text.as_bytes();
        let mut at = 0;
        while at < bytes.len() {
            let byte = bytes[at];
            let next = bytes.get(at + 1).copied();
            match byte {
                b'\r' | b'\n' => {
                    self.line_end();
                    at += usize::from(byte == b'\r' && next == Some(b'\n'));
                }
                b' ' | b'\t' if !matches!(next, None | Some(b'\r' | b'\n')) => self.literal(byte),
                b'.' => self.unless_first(byte),
                b'F' if bytes[at..].starts_with(b"From ") => self.unless_first(byte),
                b'!'..=b'<' | b'>'..=b'~' => self.literal(byte),
                _ => self.escaped(byte),
            }
            at += 1;
        }
    }

    /// Goes to the start of a line without ending the line of the text.
    pub(crate) fn soft_break(&mut self) {
        if self.column > 0 {
            self.out.extend_from_slice(b"=\r\n");
            self.column = 0;
        }
    }

    fn line_end(&mut self) {
        self.out.extend_from_slice(b"\r\n");
        self.column = 0;
    }

    fn room_for(&mut self, width: usize) {
        if self.column + width > WIDTH {
            self.soft_break();
        }
        self.column += width;
    }

    fn literal(&mut self, byte: u8) {
        self.room_for(1);
        self.out.push(byte);
    }

    fn escaped(&mut self, byte: u8) {
        self.room_for(3);
        self.out.extend_from_slice(&[
            b'=',
            HEX[usize::from(byte >> 4)],
            HEX[usize::from(byte & 15)],
        ]);
    }

    fn unless_first(&mut self, byte: u8) {
        // Room is made for the longer form, so that the choice is made on the line where it lands.
        if self.column + 3 > WIDTH {
            self.soft_break();
        }
        if self.column == 0 {
            self.escaped(byte)
        } else {
            self.literal(byte)
        }
    }
}

/// The text as a quoted-printable body.
pub(crate) fn encode(text: &str) -> Vec<u8> {
    let mut out = Vec::with_capacity(text.len() + text.len() / 16);
    Encoder::new(&mut out).text(text);
    out
}
