//! Finds out how a file's characters are written, and gives them as UTF-8.

use std::io::{self, Read, Seek, SeekFrom};

use encoding_rs::{CoderResult, Decoder, Encoding, UTF_8, UTF_16BE, UTF_16LE, WINDOWS_1252};

use super::{Refusal, TableLimits};

const CHUNK: usize = 64 << 10;

/// Starts of files that people upload by mistake.
const OTHER_FILES: &[(&[u8], &str)] = &[
    (b"%PDF", "a PDF document"),
    (b"\xd0\xcf\x11\xe0", "an old Excel or protected workbook"),
    (b"PK\x03\x04", "an XLSX workbook or another zip archive"),
    (b"\x1f\x8b", "a compressed file"),
    (b"\x89PNG", "an image"),
    (b"\xff\xd8\xff", "an image"),
    (b"GIF8", "an image"),
    (b"{\\rtf", "a text document"),
    (b"<!DOCTYPE", "a web page"),
    (b"<html", "a web page"),
];

/// Decides on the encoding from the whole file, so that one odd letter on the last line of an
/// otherwise plain file does not come as a surprise after a million rows.
///
/// A byte-order mark decides; without one, zero bytes on every other place mean UTF-16, valid
/// UTF-8 is UTF-8, and all else is Windows-1252, of which ISO-8859-1 is a part.
pub(super) fn detect(
    source: &mut (impl Read + Seek),
    limits: &TableLimits,
) -> Result<&'static Encoding, Refusal> {
    let size = source.seek(SeekFrom::End(0)).map_err(Refusal::damaged)?;
    if size > limits.bytes {
        let limit = limits.bytes;
        return Err(Refusal::TooLarge { size, limit });
    }
    source.rewind().map_err(Refusal::damaged)?;
    let mut start = Vec::new();
    source
        .take(4096)
        .read_to_end(&mut start)
        .map_err(Refusal::damaged)?;
    for (magic, found) in OTHER_FILES {
        if start.starts_with(magic) {
            let found = (*found).to_owned();
            return Err(Refusal::NotATable { found });
        }
    }
    let encoding = match Encoding::for_bom(&start) {
        Some((encoding, _)) => encoding,
        None => match zeros(&start) {
            Some(encoding) => encoding,
            None if start.contains(&0) => {
                let found = "a file with binary data".to_owned();
                return Err(Refusal::NotATable { found });
            }
            None if is_utf8(source).map_err(Refusal::damaged)? => UTF_8,
            None => WINDOWS_1252,
        },
    };
    source.rewind().map_err(Refusal::damaged)?;
    Ok(encoding)
}

/// UTF-16 without a mark: mostly Latin letters, so every other byte is zero.
fn zeros(start: &[u8]) -> Option<&'static Encoding> {
    let zeros_at = |parity: usize| {
        start
            .iter()
            .skip(parity)
            .step_by(2)
            .filter(|b| **b == 0)
            .count()
    };
    let (even, odd, half) = (zeros_at(0), zeros_at(1), start.len() / 2);
    if half < 2 {
        None
    } else if odd * 10 > half * 6 && even * 10 < half {
        Some(UTF_16LE)
    } else if even * 10 > half * 6 && odd * 10 < half {
        Some(UTF_16BE)
    } else {
        None
    }
}

fn is_utf8(source: &mut (impl Read + Seek)) -> io::Result<bool> {
    source.rewind()?;
    let mut buffer = vec![0; CHUNK];
    let mut kept = 0;
    loop {
        let read = source.read(&mut buffer[kept..])?;
        let filled = kept + read;
        let valid = match std::str::from_utf8(&buffer[..filled]) {
            Ok(_) => filled,
            // A letter may be divided between two chunks, but not by the end of the file: a
            // file cut within a letter is still UTF-8, and reading it shows the cut.
            Err(error) if error.error_len().is_none() => error.valid_up_to(),
            Err(_) => return Ok(false),
        };
        if read == 0 {
            return Ok(true);
        }
        buffer.copy_within(valid..filled, 0);
        kept = filled - valid;
    }
}

/// Gives a file's bytes as UTF-8, chunk by chunk.
pub(super) struct Utf8<R> {
    source: R,
    decoder: Decoder,
    raw: Vec<u8>,
    kept: usize,
    ended: bool,
}

impl<R: Read> Utf8<R> {
    pub(super) fn new(source: R, encoding: &'static Encoding) -> Self {
        Self {
            source,
            decoder: encoding.new_decoder_with_bom_removal(),
            raw: vec![0; CHUNK],
            kept: 0,
            ended: false,
        }
    }

    /// Replaces the content of `out` by the next chunk, which is empty only at the end.
    pub(super) fn fill(&mut self, out: &mut String) -> io::Result<()> {
        out.clear();
        out.reserve(CHUNK * 3);
        while out.is_empty() && !self.ended {
            if self.kept == 0 {
                self.kept = self.source.read(&mut self.raw)?;
            }
            let last = self.kept == 0;
            let (result, used, _) =
                self.decoder
                    .decode_to_string(&self.raw[..self.kept], out, last);
            self.raw.copy_within(used..self.kept, 0);
            self.kept -= used;
            self.ended = last && result == CoderResult::InputEmpty;
        }
        Ok(())
    }
}
