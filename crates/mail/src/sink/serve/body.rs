//! Bodies: reading them to the final dot, and going wrong where the script says so.

use std::io;

use super::{Both, Talk};
use crate::sink::{Received, Slip};

impl Talk {
    /// Reads a body and answers. `false` when the connection ends here.
    pub(super) async fn body(&mut self, stream: &mut Box<dyn Both>) -> io::Result<bool> {
        self.messages += 1;
        let slip = self.script.slip.clone();
        if slip == Some(Slip::DropWithin(self.messages)) {
            self.fill(stream).await?;
            return Ok(false);
        }
        let Some(end) = self.find_end(stream).await? else {
            return Ok(false);
        };
        let stuffed = &self.input[self.taken..end];
        let bytes = unstuffed(stuffed);
        self.taken = end + if end == self.taken { 3 } else { 5 };
        let number = self.messages;
        match slip {
            Some(Slip::DropAfterDot(at)) if at == number => return Ok(false),
            Some(Slip::KeepThenDrop(at)) if at == number => {
                self.keep(bytes);
                return Ok(false);
            }
            Some(Slip::Silent(at)) if at == number => {
                // Reads on without an answer until the client gives up.
                while self.fill(stream).await? {
                    self.taken = self.input.len();
                }
                return Ok(false);
            }
            Some(Slip::AnswerDot(at, refusal)) if at == number => {
                self.say(refusal.code, &refusal.text)
            }
            _ if self.to.is_empty() => self.say(554, "5.5.1 no valid recipients"),
            _ => {
                self.keep(bytes);
                self.say(250, &format!("2.0.0 queued as {}-{number}", self.number));
            }
        }
        self.reset();
        Ok(true)
    }

    /// The place of the line end before the final dot, or of the dot itself in an empty body.
    async fn find_end(&mut self, stream: &mut Box<dyn Both>) -> io::Result<Option<usize>> {
        let mut searched = 0;
        loop {
            let rest = &self.input[self.taken..];
            if rest.starts_with(b".\r\n") {
                return Ok(Some(self.taken));
            }
            let from = rest.len().min(searched);
            if let Some(at) = find(&rest[from..], b"\r\n.\r\n") {
                return Ok(Some(self.taken + from + at));
            }
            searched = rest.len().saturating_sub(4);
            if !self.fill(stream).await? {
                return Ok(None);
            }
        }
    }

    fn keep(&mut self, bytes: Vec<u8>) {
        let size = bytes.len();
        let message = (!self.script.count_only).then(|| Received {
            connection: self.number,
            from: self.from.clone().unwrap_or_default(),
            to: self.to.clone(),
            message_id: message_id(&bytes),
            size,
            bytes: if self.script.keep_bytes {
                bytes
            } else {
                Vec::new()
            },
            encrypted: self.encrypted,
        });
        self.store.add(message, size);
    }
}

fn find(haystack: &[u8], needle: &[u8; 5]) -> Option<usize> {
    let mut from = 0;
    while let Some(at) = haystack[from..].iter().position(|b| *b == b'.') {
        let dot = from + at;
        if dot >= 2 && haystack[dot - 2..].starts_with(needle) {
            return Some(dot - 2);
        }
        from = dot + 1;
    }
    None
}

fn unstuffed(stuffed: &[u8]) -> Vec<u8> {
    let mut bytes = Vec::with_capacity(stuffed.len() + 2);
    let mut line_start = true;
    for &byte in stuffed {
        if !(line_start && byte == b'.') {
            bytes.push(byte);
        }
        line_start = byte == b'\n';
    }
    bytes.extend_from_slice(b"\r\n");
    bytes
}

fn message_id(bytes: &[u8]) -> String {
    let head = bytes
        .split(|b| *b == b'\n')
        .take_while(|line| !matches!(*line, b"\r" | b""));
    let mut found = head.filter_map(|line| {
        let line = std::str::from_utf8(line).ok()?;
        let (name, value) = line.split_once(':')?;
        name.eq_ignore_ascii_case("message-id")
            .then(|| value.trim().trim_matches(['<', '>']).to_owned())
    });
    found.next().unwrap_or_default()
}
