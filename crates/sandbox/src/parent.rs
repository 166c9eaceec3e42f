//! The server's side: bounded concurrency, a few warm children, one job for each.

use std::{
    io,
    os::unix::process::ExitStatusExt,
    path::PathBuf,
    process::{ExitStatus, Stdio},
    sync::{Arc, Mutex, PoisonError},
    time::Duration,
};

use tokio::{
    io::{AsyncRead, AsyncReadExt, AsyncWriteExt},
    process::{Child, Command},
    sync::Semaphore,
    task::JoinHandle,
    time::timeout,
};

use crate::{
    Limits, SandboxError,
    wire::{EXIT_OVERDUE, Header, REPLY_HEADER_LEN, Status, decode_reply},
};

const SIGXCPU: i32 = 24;
const SIGKILL: i32 = 9;
/// Bytes of a child's stderr that are kept to tell why it died.
const STDERR_KEPT: usize = 4096;
/// How long a child that has answered, or was killed, may take to be gone.
const GRACE: Duration = Duration::from_secs(2);

/// Runs jobs in children of a binary. Clones share the children and the limits on concurrency.
#[derive(Clone)]
pub struct Sandbox {
    shared: Arc<Shared>,
}

struct Shared {
    exe: PathBuf,
    limits: Limits,
    pool_size: usize,
    patience: Duration,
    places: Semaphore,
    warm: Mutex<Vec<Child>>,
}

impl Sandbox {
    /// `exe` is called as `exe sandbox` and must end in [`crate::child::serve`]. The server gives
    /// its own path; on Linux `/proc/self/exe` stays true when the file is replaced by an upgrade.
    ///
    /// `pool_size` children wait ready from the first job on (or from [`Sandbox::warm_up`]); as
    /// many jobs, at least two, run at once, and further ones wait half a minute for a place.
    pub fn new(exe: impl Into<PathBuf>, limits: Limits, pool_size: usize) -> Self {
        Self {
            shared: Arc::new(Shared {
                exe: exe.into(),
                limits,
                pool_size,
                patience: Duration::from_secs(30),
                places: Semaphore::new(pool_size.max(2)),
                warm: Mutex::new(Vec::new()),
            }),
        }
    }

    /// The limits of jobs that bring none of their own.
    pub fn limits(&self) -> Limits {
        self.shared.limits
    }

    /// Starts the waiting children now. Needs a tokio runtime.
    ///
    /// # Errors
    /// [`SandboxError::Unavailable`] when the binary cannot be started.
    pub fn warm_up(&self) -> Result<(), SandboxError> {
        self.shared.fill().map_err(SandboxError::Unavailable)
    }

    /// Runs one job under the default limits.
    ///
    /// # Errors
    /// Every way in which a job can end without an answer; see [`SandboxError`].
    pub async fn run(&self, kind: &str, input: Vec<u8>) -> Result<Vec<u8>, SandboxError> {
        self.run_within(kind, input, self.shared.limits).await
    }

    /// Runs one job under limits of its own. Dropping the future kills the job.
    ///
    /// # Errors
    /// As [`Sandbox::run`].
    pub async fn run_within(
        &self,
        kind: &str,
        input: Vec<u8>,
        limits: Limits,
    ) -> Result<Vec<u8>, SandboxError> {
        let size = input.len() as u64;
        if size > limits.input {
            let limit = limits.input;
            return Err(SandboxError::TooMuchInput { size, limit });
        }
        let _place = timeout(self.shared.patience, self.shared.places.acquire())
            .await
            .map_err(|_| SandboxError::Busy)?
            .map_err(|_| SandboxError::Busy)?;
        let child = self.shared.take().map_err(SandboxError::Unavailable)?;
        let header = Header {
            limits,
            kind_len: kind.len() as u64,
            input_len: size,
        };
        let result = converse(child, header, kind, input).await;
        if let Err(error) = self.shared.fill() {
            // The next job tries again and reports it to somebody who can be told.
            tracing::warn!(%error, "no sandbox child could be kept ready");
        }
        if let Err(error) = &result {
            tracing::info!(
                kind,
                code = error.code(),
                detail = error.detail(),
                "sandbox job failed"
            );
        }
        result
    }
}

impl Shared {
    fn spawn(&self) -> io::Result<Child> {
        // Nothing of the server's environment goes along: it holds secrets.
        Command::new(&self.exe)
            .arg("sandbox")
            .env_clear()
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .stderr(Stdio::piped())
            .kill_on_drop(true)
            .spawn()
    }

    /// A child that waits ready, or a new one.
    fn take(&self) -> io::Result<Child> {
        loop {
            let waiting = self
                .warm
                .lock()
                .unwrap_or_else(PoisonError::into_inner)
                .pop();
            let Some(mut child) = waiting else {
                return self.spawn();
            };
            if matches!(child.try_wait(), Ok(None)) {
                return Ok(child);
            }
        }
    }

    fn fill(&self) -> io::Result<()> {
        let mut warm = self.warm.lock().unwrap_or_else(PoisonError::into_inner);
        while warm.len() < self.pool_size {
            warm.push(self.spawn()?);
        }
        Ok(())
    }
}

async fn converse(
    mut child: Child,
    header: Header,
    kind: &str,
    input: Vec<u8>,
) -> Result<Vec<u8>, SandboxError> {
    let pipes = (child.stdin.take(), child.stdout.take(), child.stderr.take());
    let (Some(mut stdin), Some(stdout), Some(stderr)) = pipes else {
        return Err(SandboxError::Crashed("the child has no pipes".into()));
    };
    let limits = header.limits;
    let mut head = header.encode().to_vec();
    head.extend_from_slice(kind.as_bytes());
    let writing = tokio::spawn(async move {
        stdin.write_all(&head).await?;
        stdin.write_all(&input).await
    });
    let last_words: JoinHandle<String> = tokio::spawn(first_bytes(stderr));

    let reply = timeout(limits.wall, read_reply(stdout, limits.output)).await;
    writing.abort();
    if !matches!(reply, Ok(Ok(Some(_)))) {
        // An answer is incomplete, so the child is either gone or must go. When it is gone
        // already, its own exit status tells more than this kill, which then does nothing.
        let gone = matches!(reply, Ok(Ok(None))) && timeout(GRACE, child.wait()).await.is_ok();
        if !gone && let Err(error) = child.start_kill() {
            tracing::debug!(%error, "the sandbox child was gone before it could be killed");
        }
    }
    let status = match timeout(GRACE, child.wait()).await {
        Ok(Ok(status)) => Some(status),
        _ => None,
    };
    match reply {
        Err(_) => Err(SandboxError::TooSlow),
        Ok(Err(error)) => Err(error),
        Ok(Ok(Some((status, body)))) => answer(status, body),
        Ok(Ok(None)) => {
            let words = timeout(GRACE, last_words).await;
            let words = words.ok().and_then(Result::ok).unwrap_or_default();
            Err(cause_of_death(status, &words))
        }
    }
}

/// `None` when the child hung up before its answer was complete.
async fn read_reply(
    mut stdout: impl AsyncRead + Unpin,
    limit: u64,
) -> Result<Option<(Status, Vec<u8>)>, SandboxError> {
    let mut head = [0; REPLY_HEADER_LEN];
    if stdout.read_exact(&mut head).await.is_err() {
        return Ok(None);
    }
    let Some((status, len)) = decode_reply(&head) else {
        return Err(SandboxError::Crashed(
            "the child speaks another protocol".into(),
        ));
    };
    if len > limit {
        return Err(SandboxError::TooMuchOutput);
    }
    let mut body = Vec::new();
    match stdout.take(len).read_to_end(&mut body).await {
        Ok(read) if read as u64 == len => Ok(Some((status, body))),
        _ => Ok(None),
    }
}

/// Reads to the end, so that a child is never stuck on a full pipe, but keeps only the start.
async fn first_bytes(mut stderr: impl AsyncRead + Unpin) -> String {
    let mut kept = Vec::new();
    let mut buffer = [0; 1024];
    while let Ok(read @ 1..) = stderr.read(&mut buffer).await {
        let room = STDERR_KEPT - kept.len();
        kept.extend_from_slice(&buffer[..read.min(room)]);
    }
    String::from_utf8_lossy(&kept).trim().to_owned()
}

fn answer(status: Status, body: Vec<u8>) -> Result<Vec<u8>, SandboxError> {
    let text = || String::from_utf8_lossy(&body).into_owned();
    match status {
        Status::Done => Ok(body),
        Status::Refused => Err(SandboxError::Refused(text())),
        Status::Panicked => Err(SandboxError::Crashed(format!("panicked: {}", text()))),
        Status::TooMuchMemory => Err(SandboxError::TooMuchMemory),
        Status::TooMuchOutput => Err(SandboxError::TooMuchOutput),
        Status::UnknownKind => Err(SandboxError::Crashed(format!("no job kind {:?}", text()))),
    }
}

fn cause_of_death(status: Option<ExitStatus>, words: &str) -> SandboxError {
    let signal = status.and_then(|status| status.signal());
    if signal == Some(SIGXCPU) || status.and_then(|s| s.code()) == Some(EXIT_OVERDUE) {
        return SandboxError::TooSlow;
    }
    // The allocator's last words before it aborts.
    if words.contains("memory allocation of") {
        return SandboxError::TooMuchMemory;
    }
    if signal == Some(SIGKILL) {
        return SandboxError::Killed;
    }
    let status = status.map_or_else(|| "it did not end".into(), |status| status.to_string());
    SandboxError::Crashed(format!("{status}: {words}"))
}
