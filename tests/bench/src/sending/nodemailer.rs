//! nodemailer's pool in a process of its own.

use std::io::{BufRead as _, BufReader, Write as _};
use std::process::{Child, ChildStdin, ChildStdout, Command, Stdio};
use std::time::Instant;

use super::CONNECTIONS;
use crate::measure::{Sample, process_cpu, reset_peak, status_mib};

/// A running process that sends whenever it is told to; ended when dropped.
pub struct Nodemailer {
    child: Child,
    to: ChildStdin,
    from: BufReader<ChildStdout>,
}

impl Nodemailer {
    /// Nothing when `BENCH_NODEMAILER` names no folder with nodemailer in it.
    pub fn start(port: u16) -> Option<Self> {
        let folder = std::env::var_os("BENCH_NODEMAILER")?;
        let mut child = Command::new("node")
            .arg(concat!(env!("CARGO_MANIFEST_DIR"), "/nodemailer.cjs"))
            .arg(folder)
            .args([port.to_string(), CONNECTIONS.to_string()])
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .spawn()
            .ok()?;
        let (to, from) = (child.stdin.take()?, BufReader::new(child.stdout.take()?));
        Some(Self { child, to, from })
    }

    /// Has it send so many, and waits until all were accepted.
    pub fn send(&mut self, messages: usize) -> Sample {
        let process = self.child.id().to_string();
        reset_peak(&process);
        let (cpu, began) = (process_cpu(&process), Instant::now());
        writeln!(self.to, "{messages}").expect("told");
        let mut line = String::new();
        self.from.read_line(&mut line).expect("answered");
        assert_eq!(line.trim(), messages.to_string(), "all were accepted");
        Sample {
            units: messages as f64,
            seconds: began.elapsed().as_secs_f64(),
            cpu_micros: process_cpu(&process) - cpu,
            peak_mib: status_mib(&process, "VmHWM:"),
        }
    }
}

impl Drop for Nodemailer {
    fn drop(&mut self) {
        // It may have ended by itself.
        drop(self.child.kill());
        drop(self.child.wait());
    }
}
