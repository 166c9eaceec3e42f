//! Looks at a workbook before a library parses it: what it unpacks to, and whether any single
//! piece of text in it would have to be held in memory whole.

use std::io::{Cursor, Read};

use zip::ZipArchive;

use super::{Refusal, TableLimits};

/// Parts of an ordinary workbook: a few per sheet, and pictures.
const PARTS: usize = 4096;
/// A workbook that unpacks to less than this is read whatever its ratio.
const SMALL: u64 = 16 << 20;
/// Real sheets, with their repeated tags, pack to a tenth or, seldom, to a hundredth.
const RATIO: u64 = 200;
/// Longest tag: a few attributes.
const TAG: usize = 64 << 10;
/// Ways of writing one character as an entity are up to ten bytes long.
const ESCAPED: usize = 10;

/// Refuses bombs by what the archive says of itself, then reads through sheets and shared texts
/// once, in constant memory, to see that it told the truth.
pub(super) fn inspect(bytes: &[u8], limits: &TableLimits) -> Result<(), Refusal> {
    let mut archive = ZipArchive::new(Cursor::new(bytes)).map_err(Refusal::damaged)?;
    let count = archive.len();
    if count > PARTS {
        return Err(Refusal::TooManyParts {
            count,
            limit: PARTS,
        });
    }
    let mut total = 0_u64;
    let mut texts = Vec::new();
    for index in 0..count {
        let part = archive.by_index_raw(index).map_err(Refusal::damaged)?;
        total = total.saturating_add(part.size());
        let name = part.name().map_err(Refusal::damaged)?.to_lowercase();
        if name.ends_with(".xml") || name.ends_with(".rels") {
            texts.push(index);
        }
    }
    let allowed = (limits.bytes * 2).min(SMALL.max(bytes.len() as u64 * RATIO));
    if total > allowed {
        return Err(Refusal::UnpacksTooLarge {
            size: total,
            limit: allowed,
        });
    }
    for index in texts {
        let part = archive.by_index(index).map_err(Refusal::damaged)?;
        let said = part.size();
        let mut scan = Scan::new(limits.cell);
        let mut buffer = [0; 16 << 10];
        // One byte more than was said shows the lie.
        let mut part = part.take(said + 1);
        let mut seen = 0;
        loop {
            let read = part.read(&mut buffer).map_err(Refusal::damaged)?;
            if read == 0 {
                break;
            }
            seen += read as u64;
            if seen > said {
                return Err(Refusal::UnpacksTooLarge {
                    size: seen,
                    limit: said,
                });
            }
            scan.feed(&buffer[..read])?;
        }
    }
    Ok(())
}

/// A scanner that knows only tags and the text between them.
struct Scan {
    limit: usize,
    /// Bytes of text since the last cell, row or shared text began.
    text: usize,
    tag: Vec<u8>,
    in_tag: bool,
    cell: String,
}

impl Scan {
    fn new(limit: usize) -> Self {
        Self {
            limit,
            text: 0,
            tag: Vec::new(),
            in_tag: false,
            cell: String::new(),
        }
    }

    fn feed(&mut self, mut bytes: &[u8]) -> Result<(), Refusal> {
        while !bytes.is_empty() {
            let mark = if self.in_tag { b'>' } else { b'<' };
            let found = bytes.iter().position(|byte| *byte == mark);
            let taken = &bytes[..found.unwrap_or(bytes.len())];
            if self.in_tag {
                if self.tag.len() + taken.len() > TAG {
                    return Err(Refusal::damaged("a tag is longer than any tag is"));
                }
                self.tag.extend_from_slice(taken);
            } else {
                self.text += taken.len();
                if self.text > self.limit * ESCAPED {
                    return Err(Refusal::CellTooLong {
                        at: self.cell.clone(),
                        limit: self.limit,
                    });
                }
            }
            if found.is_some() {
                if self.in_tag {
                    self.tag_ended()?;
                }
                self.in_tag = !self.in_tag;
            }
            bytes = &bytes[taken.len() + usize::from(found.is_some())..];
        }
        Ok(())
    }

    fn tag_ended(&mut self) -> Result<(), Refusal> {
        let tag = String::from_utf8_lossy(&self.tag);
        let name = tag.split([' ', '\t', '\n', '\r', '/']).next().unwrap_or("");
        match name.rsplit(':').next().unwrap_or(name) {
            "c" => {
                self.text = 0;
                self.cell = attribute(&tag, "r").unwrap_or("?").to_owned();
            }
            "si" => {
                self.text = 0;
                self.cell = "a shared text".to_owned();
            }
            // A library makes room for as many texts as are said to come.
            "sst" => {
                let said = attribute(&tag, "uniqueCount").and_then(|n| n.parse::<u64>().ok());
                if said.is_some_and(|said| said > 16_000_000) {
                    return Err(Refusal::damaged(
                        "it claims more texts than any workbook has",
                    ));
                }
            }
            _ => {}
        }
        self.tag.clear();
        Ok(())
    }
}

/// The value of an attribute; good enough for tags that a program wrote.
fn attribute<'a>(tag: &'a str, name: &str) -> Option<&'a str> {
    let (_, rest) = tag.split_once(&format!(" {name}=\""))?;
    rest.split('"').next()
}
