//! The raw limit: one write and one round trip a message, the same body each time, and no care for what goes wrong.

use std::net::SocketAddr;

use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _};
use tokio::net::TcpStream;

pub async fn send(address: SocketAddr, body: &[u8], mine: impl Iterator<Item = usize>) {
    let mut stream = TcpStream::connect(address).await.expect("connected");
    stream.set_nodelay(true).expect("set");
    let mut buffer = Vec::with_capacity(4096);
    replies(&mut stream, &mut buffer, 1).await;
    stream
        .write_all(b"EHLO bench.example.org\r\n")
        .await
        .expect("written");
    replies(&mut stream, &mut buffer, 1).await;
    let mut mine = mine.peekable();
    let Some(first) = mine.peek() else { return };
    stream
        .write_all(envelope(*first).as_bytes())
        .await
        .expect("written");
    replies(&mut stream, &mut buffer, 3).await;
    let mut out = Vec::with_capacity(body.len() + 256);
    while mine.next().is_some() {
        out.clear();
        out.extend_from_slice(body);
        out.extend_from_slice(b".\r\n");
        let next = mine.peek();
        if let Some(next) = next {
            out.extend_from_slice(envelope(*next).as_bytes());
        }
        let expected = if next.is_some() { 4 } else { 1 };
        stream.write_all(&out).await.expect("written");
        replies(&mut stream, &mut buffer, expected).await;
    }
    stream.write_all(b"QUIT\r\n").await.expect("written");
}

fn envelope(n: usize) -> String {
    format!("MAIL FROM:<news@example.org>\r\nRCPT TO:<reader{n}@example.org>\r\nDATA\r\n")
}

/// Reads until so many replies are there: lines whose code is followed by a blank.
async fn replies(stream: &mut TcpStream, buffer: &mut Vec<u8>, expected: usize) {
    buffer.clear();
    loop {
        let read = stream.read_buf(buffer).await.expect("read");
        assert!(read > 0, "the sink stays");
        let whole = buffer.ends_with(b"\n");
        let lines = buffer.split(|b| *b == b'\n');
        let last = lines.filter(|line| line.get(3) == Some(&b' '));
        let good = |line: &&[u8]| matches!(line.first(), Some(b'2' | b'3'));
        if whole && last.clone().count() == expected {
            assert!(
                last.clone().all(|line| good(&line)),
                "the sink takes everything"
            );
            return;
        }
    }
}
