//! The server's start on an existing database, and what it holds when nobody asks anything.

use std::io::{Read as _, Write as _};
use std::net::{SocketAddr, TcpListener, TcpStream};
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::time::{Duration, Instant};

use crate::measure::{Row, median, short, status_mib};

/// Starts that are timed.
const STARTS: usize = 9;

pub fn run() -> Vec<Row> {
    let Some(binary) = std::env::var_os("BENCH_SERVER").map(PathBuf::from) else {
        eprintln!("  skipped: BENCH_SERVER names no server");
        return Vec::new();
    };
    let folder = tempfile::tempdir().expect("a folder");
    // The first start makes the database.
    Server::start(&binary, folder.path());
    let mut times: Vec<f64> = Vec::new();
    let mut idle = 0.0;
    for n in 1..=STARTS {
        let began = Instant::now();
        let server = Server::start(&binary, folder.path());
        times.push(began.elapsed().as_secs_f64() * 1000.0);
        eprintln!("  start {n}: {:.1} ms", times[n - 1]);
        if n == STARTS {
            std::thread::sleep(Duration::from_secs(3));
            idle = status_mib(&server.child.id().to_string(), "VmRSS:");
        }
    }
    let (least, most) = times
        .iter()
        .fold((f64::INFINITY, 0.0_f64), |(a, b), t| (a.min(*t), b.max(*t)));
    let middle = median(times);
    vec![
        alone(
            "`backbone serve`: from exec to the first 200 of /healthz, existing database, migrations looked at",
            format!("{} ms ({}–{})", short(middle), short(least), short(most)),
            "≤ 100 ms",
            middle <= 100.0,
        ),
        alone(
            "resident memory 3 s after the start, idle, with the job runner",
            format!("{} MiB", short(idle)),
            "≤ 25 MiB",
            idle <= 25.0,
        ),
    ]
}

fn alone(workload: &str, ours: String, goal: &str, met: bool) -> Row {
    let none = || "—".to_owned();
    Row {
        promise: "10".into(),
        workload: workload.into(),
        ours,
        other: none(),
        ratio: none(),
        goal: goal.into(),
        met: Some(met),
        cpu: none(),
        memory: none(),
    }
}

/// A running server; ended when dropped.
struct Server {
    child: Child,
}

impl Server {
    /// Starts it and waits for its first answer.
    fn start(binary: &Path, folder: &Path) -> Self {
        let free = TcpListener::bind("127.0.0.1:0").and_then(|l| l.local_addr());
        let address = free.expect("a free port");
        let child = Command::new(binary)
            .arg("serve")
            .env("BACKBONE_DATA_DIR", folder)
            .env("BACKBONE_LISTEN", address.to_string())
            .env("BACKBONE_BASE_URL", format!("http://{address}"))
            .env("BACKBONE_LOG", "warn")
            .stdout(Stdio::null())
            .spawn()
            .expect("the server starts");
        let mut server = Self { child };
        let began = Instant::now();
        while !healthy(address) {
            let ended = server.child.try_wait().expect("known");
            assert!(
                ended.is_none() && began.elapsed() < Duration::from_secs(60),
                "the server answers"
            );
            std::thread::sleep(Duration::from_millis(1));
        }
        server
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        self.child.kill().expect("ended");
        self.child.wait().expect("ended");
    }
}

fn healthy(address: SocketAddr) -> bool {
    let ask = || {
        let mut stream = TcpStream::connect(address)?;
        stream.set_read_timeout(Some(Duration::from_secs(5)))?;
        write!(
            stream,
            "GET /healthz HTTP/1.1\r\nHost: {address}\r\nConnection: close\r\n\r\n"
        )?;
        let mut answer = String::new();
        stream.read_to_string(&mut answer)?;
        Ok::<_, std::io::Error>(answer.starts_with("HTTP/1.1 200"))
    };
    ask().unwrap_or(false)
}
