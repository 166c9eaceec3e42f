//! Bytes in and out: buffered replies, tracked writes, dot-stuffing.

use std::{io, time::Duration};

use tokio::{
    io::{AsyncReadExt as _, AsyncWriteExt as _},
    net::TcpStream,
    time::timeout,
};
use tokio_rustls::client::TlsStream;

use super::{
    SmtpError,
    reply::{LONGEST_LINE, MOST_LINES, Reply, parse_line},
};

/// How much is handed to the socket at once; the write time limit applies to each piece.
const PIECE: usize = 64 * 1024;

pub(super) enum Stream {
    Plain(TcpStream),
    Tls(Box<TlsStream<TcpStream>>),
}

/// A write that did not come to its end.
pub(super) struct BrokenWrite {
    /// How many bytes may have left this machine.
    pub(super) may_have_left: usize,
    pub(super) error: SmtpError,
}

/// A stream with the bytes that were read but not yet taken.
pub(super) struct Wire {
    stream: Stream,
    buffer: Vec<u8>,
    taken: usize,
}

impl Wire {
    pub(super) fn new(stream: Stream) -> Self {
        Self {
            stream,
            buffer: Vec::with_capacity(4096),
            taken: 0,
        }
    }

    /// The bare TCP stream, for the handshake. Bytes that came before it are refused: they were not protected.
    pub(super) fn into_tcp(self) -> Result<TcpStream, SmtpError> {
        let clean = self.taken == self.buffer.len();
        match self.stream {
            Stream::Plain(stream) if clean => Ok(stream),
            Stream::Plain(_) => Err(SmtpError::Protocol(
                "unprotected bytes before the TLS handshake".to_owned(),
            )),
            Stream::Tls(_) => Err(SmtpError::Protocol("TLS within TLS".to_owned())),
        }
    }

    /// Reads one whole reply.
    pub(super) async fn reply(
        &mut self,
        limit: Duration,
        what: &'static str,
    ) -> Result<Reply, SmtpError> {
        match timeout(limit, self.read_reply()).await {
            Ok(reply) => reply,
            Err(_) => Err(SmtpError::Timeout(what)),
        }
    }

    async fn read_reply(&mut self) -> Result<Reply, SmtpError> {
        let mut lines = Vec::with_capacity(1);
        loop {
            let line = self.line().await?;
            let Some((code, last, text)) = parse_line(line) else {
                let shown = String::from_utf8_lossy(line)
                    .chars()
                    .take(80)
                    .collect::<String>();
                return Err(SmtpError::Protocol(shown.escape_debug().to_string()));
            };
            lines.push(text);
            if last {
                return Ok(Reply::new(code, &lines));
            }
            if lines.len() == MOST_LINES {
                return Err(SmtpError::Protocol("a reply without end".to_owned()));
            }
        }
    }

    /// The next line, without its end.
    async fn line(&mut self) -> Result<&[u8], SmtpError> {
        let mut searched = self.taken;
        loop {
            if let Some(at) = self.buffer[searched..]
                .iter()
                .position(|byte| *byte == b'\n')
            {
                let end = searched + at;
                let start = std::mem::replace(&mut self.taken, end + 1);
                let line = &self.buffer[start..end];
                return Ok(line.strip_suffix(b"\r").unwrap_or(line));
            }
            self.buffer.drain(..self.taken);
            self.taken = 0;
            searched = self.buffer.len();
            if searched > LONGEST_LINE {
                return Err(SmtpError::Protocol("a line without end".to_owned()));
            }
            let read = match &mut self.stream {
                Stream::Plain(stream) => stream.read_buf(&mut self.buffer).await,
                Stream::Tls(stream) => stream.read_buf(&mut self.buffer).await,
            };
            if read.map_err(SmtpError::Lost)? == 0 {
                return Err(SmtpError::Closed(None));
            }
        }
    }

    /// Writes everything, and tells in case of a failure how much may have left.
    pub(super) async fn write(&mut self, bytes: &[u8], limit: Duration) -> Result<(), BrokenWrite> {
        let mut done = 0;
        while done < bytes.len() {
            let piece = &bytes[done..bytes.len().min(done + PIECE)];
            let written = match &mut self.stream {
                Stream::Plain(stream) => timeout(limit, stream.write(piece)).await,
                Stream::Tls(stream) => timeout(limit, stream.write(piece)).await,
            };
            let error = match written {
                Ok(Ok(0)) => SmtpError::Lost(io::ErrorKind::WriteZero.into()),
                Ok(Ok(written)) => {
                    done += written;
                    continue;
                }
                Ok(Err(error)) => SmtpError::Lost(error),
                Err(_) => SmtpError::Timeout("nothing was taken from a message"),
            };
            return Err(BrokenWrite {
                may_have_left: self.may_have_left(done, piece.len()),
                error,
            });
        }
        if let Stream::Tls(stream) = &mut self.stream {
            let flushed = timeout(limit, stream.flush()).await;
            let error = match flushed {
                Ok(Ok(())) => return Ok(()),
                Ok(Err(error)) => SmtpError::Lost(error),
                Err(_) => SmtpError::Timeout("nothing was taken from a message"),
            };
            return Err(BrokenWrite {
                may_have_left: done,
                error,
            });
        }
        Ok(())
    }

    /// A failed plain write took nothing of its piece; a TLS layer may have sent a part of it before it failed.
    fn may_have_left(&self, done: usize, piece: usize) -> usize {
        match self.stream {
            Stream::Plain(_) => done,
            Stream::Tls(_) => done + piece,
        }
    }

    /// Ends the connection politely; whether that arrives does not matter any more.
    pub(super) async fn close(mut self, limit: Duration) {
        if self.write(b"QUIT\r\n", limit).await.is_ok() {
            // The answer to QUIT changes nothing; waiting for it only lets the server see an orderly end.
            let _ = self.reply(limit, "the answer to QUIT").await;
        }
    }
}

/// Appends a message with CRLF line ends, dots doubled at line starts, and the final dot.
pub(super) fn append_stuffed(out: &mut Vec<u8>, message: &[u8]) {
    out.reserve(message.len() + message.len() / 64 + 5);
    if message.starts_with(b".") {
        out.push(b'.');
    }
    let mut copied = 0;
    // Line by line, because looking at every byte would cost more than sending it.
    for end in memchr::memchr_iter(b'\n', message) {
        if end == 0 || message[end - 1] != b'\r' {
            out.extend_from_slice(&message[copied..end]);
            out.push(b'\r');
            copied = end;
        }
        if message.get(end + 1) == Some(&b'.') {
            out.extend_from_slice(&message[copied..=end]);
            out.push(b'.');
            copied = end + 1;
        }
    }
    out.extend_from_slice(&message[copied..]);
    out.extend_from_slice(if message.ends_with(b"\n") {
        b".\r\n"
    } else {
        b"\r\n.\r\n"
    });
}

#[cfg(test)]
mod tests {
    use super::append_stuffed;

    #[test]
    fn dots_and_line_ends() {
        let table: [(&str, &str); 7] = [
            ("a\r\nb\r\n", "a\r\nb\r\n.\r\n"),
            ("a", "a\r\n.\r\n"),
            (".", "..\r\n.\r\n"),
            ("a\r\n.\r\nb", "a\r\n..\r\nb\r\n.\r\n"),
            ("..x\r\n.y\r\n", "...x\r\n..y\r\n.\r\n"),
            ("a\n.b\n", "a\r\n..b\r\n.\r\n"),
            ("", "\r\n.\r\n"),
        ];
        for (given, expected) in table {
            let mut out = Vec::new();
            append_stuffed(&mut out, given.as_bytes());
            assert_eq!(String::from_utf8_lossy(&out), expected, "{given:?}");
        }
    }
}
