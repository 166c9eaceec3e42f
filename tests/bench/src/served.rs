//! The real server in a process of its own, and a small client that keeps its connection.

use std::io;
use std::net::{SocketAddr, TcpListener, TcpStream};
use std::process::{Child, Command, Stdio};
use std::time::{Duration, Instant};

use tokio::io::{AsyncReadExt, AsyncWriteExt};

use crate::measure::{Sample, process_cpu, reset_peak, status_mib};
use crate::world::World;

/// A running server; ended when dropped.
pub struct Served {
    child: Child,
    /// Where it listens.
    pub address: SocketAddr,
}

/// Which program serves.
pub enum Program {
    /// The server as it is shipped; `BENCH_SERVER` names it.
    Server,
    /// A part of this program, such as the server with one commit a write, or a bare one to compare with.
    Own(&'static str),
}

impl Served {
    /// Starts a server on a world; nothing when no server is named.
    pub fn start(world: &World, program: &Program) -> Option<Self> {
        Self::start_with(world, program, &[])
    }

    /// As [`Served::start`], with further settings.
    pub fn start_with(world: &World, program: &Program, settings: &[(&str, &str)]) -> Option<Self> {
        let free = TcpListener::bind("127.0.0.1:0").and_then(|l| l.local_addr());
        let address = free.expect("a free port");
        let mut command = match program {
            Program::Server => {
                let mut command = Command::new(std::env::var_os("BENCH_SERVER")?);
                command.arg("serve");
                command
            }
            Program::Own(word) => {
                let mut command = Command::new(std::env::current_exe().expect("this program"));
                command.arg(word);
                command
            }
        };
        let child = command
            .env("BACKBONE_DATA_DIR", world.folder())
            .env("BACKBONE_DATABASE_URL", world.database_url())
            .env("BACKBONE_LISTEN", address.to_string())
            .env("BACKBONE_BASE_URL", format!("http://{address}"))
            .env("BACKBONE_LOG", "warn")
            .envs(settings.iter().copied())
            .stdout(Stdio::null())
            .spawn()
            .expect("the server starts");
        let mut server = Self { child, address };
        let began = Instant::now();
        while TcpStream::connect(address).is_err() {
            let ended = server.child.try_wait().expect("known");
            assert!(
                ended.is_none() && began.elapsed() < Duration::from_secs(60),
                "the server answers"
            );
            std::thread::sleep(Duration::from_millis(5));
        }
        Some(server)
    }

    /// Measures work that it does: its processor time and its memory, not this process's.
    pub fn measure(&self, units: usize, work: impl FnOnce()) -> Sample {
        let process = self.child.id().to_string();
        reset_peak(&process);
        let (cpu, began) = (process_cpu(&process), Instant::now());
        work();
        Sample {
            units: units as f64,
            seconds: began.elapsed().as_secs_f64(),
            cpu_micros: process_cpu(&process) - cpu,
            peak_mib: status_mib(&process, "VmHWM:"),
        }
    }

    /// Its resident memory now, in MiB.
    pub fn resident(&self) -> f64 {
        status_mib(&self.child.id().to_string(), "VmRSS:")
    }

    /// Ends it as a power cut would: without a word.
    pub fn kill(mut self) {
        self.child.kill().expect("killed");
        self.child.wait().expect("ended");
    }
}

impl Drop for Served {
    fn drop(&mut self) {
        // It may have been killed already.
        drop(self.child.kill());
        drop(self.child.wait());
    }
}

/// One connection that is kept.
pub struct Connection {
    stream: tokio::net::TcpStream,
    /// Header lines that every request brings.
    headers: String,
    buffer: Vec<u8>,
}

/// What was answered.
pub struct Reply {
    /// Status.
    pub status: u16,
    /// The ETag, if there is one.
    pub etag: Option<String>,
    /// The body.
    pub body: Vec<u8>,
}

impl Reply {
    /// The body as JSON.
    pub fn json(&self) -> serde_json::Value {
        serde_json::from_slice(&self.body).unwrap_or_default()
    }
}

impl Connection {
    /// Connects; `headers` are whole lines, each with its end.
    pub async fn open(address: SocketAddr, headers: &str) -> io::Result<Self> {
        let stream = tokio::net::TcpStream::connect(address).await?;
        stream.set_nodelay(true)?;
        Ok(Self {
            stream,
            headers: format!("Host: {address}\r\n{headers}"),
            buffer: Vec::with_capacity(1 << 16),
        })
    }

    /// Asks, and waits for the whole answer.
    pub async fn ask(
        &mut self,
        method: &str,
        path: &str,
        more: &str,
        body: &[u8],
    ) -> io::Result<Reply> {
        self.begin(method, path, more, body.len() as u64).await?;
        self.send(body).await?;
        self.reply().await
    }

    /// Sends the head of a request whose body follows in pieces.
    pub async fn begin(
        &mut self,
        method: &str,
        path: &str,
        more: &str,
        length: u64,
    ) -> io::Result<()> {
        let head = format!(
            "{method} {path} HTTP/1.1\r\n{}{more}Content-Length: {length}\r\n\r\n",
            self.headers
        );
        self.stream.write_all(head.as_bytes()).await
    }

    /// Sends a piece of a body.
    pub async fn send(&mut self, piece: &[u8]) -> io::Result<()> {
        if piece.is_empty() {
            return Ok(());
        }
        self.stream.write_all(piece).await
    }

    /// Reads one answer. Servers here say how long their answers are.
    pub async fn reply(&mut self) -> io::Result<Reply> {
        let end = loop {
            if let Some(at) = self.buffer.windows(4).position(|w| w == b"\r\n\r\n") {
                break at + 4;
            }
            self.more().await?;
        };
        let head = String::from_utf8_lossy(&self.buffer[..end]).into_owned();
        let value = |name: &str| {
            head.lines().find_map(|line| {
                let (key, value) = line.split_once(':')?;
                key.eq_ignore_ascii_case(name)
                    .then(|| value.trim().to_owned())
            })
        };
        let status = head.get(9..12).and_then(|s| s.parse().ok()).unwrap_or(0);
        let length: usize = value("content-length")
            .and_then(|v| v.parse().ok())
            .unwrap_or(0);
        while self.buffer.len() < end + length {
            self.more().await?;
        }
        let body = self.buffer[end..end + length].to_vec();
        self.buffer.drain(..end + length);
        Ok(Reply {
            status,
            etag: value("etag"),
            body,
        })
    }

    async fn more(&mut self) -> io::Result<()> {
        match self.stream.read_buf(&mut self.buffer).await? {
            0 => Err(io::ErrorKind::UnexpectedEof.into()),
            _ => Ok(()),
        }
    }
}
