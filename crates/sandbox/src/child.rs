//! The child's side: take one job from stdin under limits set before any of it is read, answer
//! on stdout, leave.

use std::{
    any::Any,
    fs::File,
    io::{self, Read, Write},
    panic,
    process::exit,
    thread,
    time::Duration,
};

use rustix::process::{Resource, Rlimit, nice, setrlimit};

use crate::{
    Limits,
    wire::{EXIT_OVERDUE, HEADER_LEN, Header, Status, encode_reply},
};

/// One piece of work: bytes in, bytes out, or a sentence that says why not.
pub type Job = fn(&[u8]) -> Result<Vec<u8>, String>;

/// Added to the niceness of the server, so that answering people comes before jobs.
const NICENESS: i32 = 10;
/// Open files a job may have: the three pipes and a few fonts or templates.
const OPEN_FILES: u64 = 32;

/// Serves exactly one job and ends the process; the `sandbox` subcommand calls it first thing,
/// before it starts threads or opens files.
///
/// Exits with 0 when the server closes the pipe without sending a job.
pub fn serve(kinds: &[(&str, Job)]) -> ! {
    match serve_one(kinds) {
        Ok(()) => exit(0),
        Err(error) => {
            eprintln!("sandbox: {error}");
            exit(1)
        }
    }
}

fn serve_one(kinds: &[(&str, Job)]) -> io::Result<()> {
    let mut answer = keep_stdout_for_the_answer()?;
    let mut stdin = io::stdin().lock();
    let mut bytes = [0; HEADER_LEN];
    if stdin.read(&mut bytes[..1])? == 0 {
        return Ok(());
    }
    stdin.read_exact(&mut bytes[1..])?;
    let header = Header::decode(&bytes).ok_or(io::ErrorKind::InvalidData)?;
    give_up_after(header.limits.wall + Duration::from_secs(2))?;
    restrict(&header.limits)?;

    let (status, body) = work(kinds, &header, &mut stdin)?;
    let (status, body) = if body.len() as u64 > header.limits.output {
        (Status::TooMuchOutput, Vec::new())
    } else {
        (status, body)
    };
    answer.write_all(&encode_reply(status, body.len() as u64))?;
    answer.write_all(&body)?;
    answer.flush()
}

fn work(
    kinds: &[(&str, Job)],
    header: &Header,
    stdin: &mut impl Read,
) -> io::Result<(Status, Vec<u8>)> {
    let (Some(kind), Some(input)) = (
        read_exactly(stdin, header.kind_len)?,
        read_exactly(stdin, header.input_len)?,
    ) else {
        return Ok((Status::TooMuchMemory, Vec::new()));
    };
    let Some((_, job)) = kinds.iter().find(|(name, _)| name.as_bytes() == kind) else {
        return Ok((Status::UnknownKind, kind));
    };
    panic::set_hook(Box::new(|_| {}));
    Ok(match panic::catch_unwind(|| job(&input)) {
        Ok(Ok(output)) => (Status::Done, output),
        Ok(Err(reason)) => (Status::Refused, reason.into_bytes()),
        Err(payload) => (Status::Panicked, panic_text(&*payload).into()),
    })
}

/// `None` when the bytes do not fit into the memory that is allowed.
fn read_exactly(from: &mut impl Read, len: u64) -> io::Result<Option<Vec<u8>>> {
    let Ok(len) = usize::try_from(len) else {
        return Ok(None);
    };
    let mut bytes = Vec::new();
    if bytes.try_reserve_exact(len).is_err() {
        return Ok(None);
    }
    bytes.resize(len, 0);
    from.read_exact(&mut bytes)?;
    Ok(Some(bytes))
}

fn panic_text(payload: &(dyn Any + Send)) -> &str {
    payload
        .downcast_ref::<&str>()
        .copied()
        .or_else(|| payload.downcast_ref::<String>().map(String::as_str))
        .unwrap_or("no message")
}

/// A library that prints must not garble the answer: what is printed goes to stderr.
fn keep_stdout_for_the_answer() -> io::Result<File> {
    let kept = rustix::io::dup(rustix::stdio::stdout())?;
    rustix::stdio::dup2_stdout(rustix::stdio::stderr())?;
    Ok(File::from(kept))
}

/// The server kills an overdue child; this is for a child whose server is gone.
fn give_up_after(time: Duration) -> io::Result<()> {
    thread::Builder::new()
        .stack_size(64 << 10)
        .spawn(move || {
            thread::sleep(time);
            exit(EXIT_OVERDUE)
        })
        .map(|_| ())
}

fn restrict(limits: &Limits) -> io::Result<()> {
    let cpu = limits.cpu.as_secs() + u64::from(limits.cpu.subsec_nanos() > 0);
    // The soft limit sends a signal that names the cause; the hard one, a second later, kills.
    set(Resource::Cpu, cpu.max(1), cpu.max(1) + 1)?;
    set(Resource::Core, 0, 0)?;
    set(Resource::Fsize, 0, 0)?;
    set(Resource::Nofile, OPEN_FILES, OPEN_FILES)?;
    set(Resource::As, limits.memory, limits.memory)?;
    nice(NICENESS)?;
    Ok(())
}

fn set(resource: Resource, soft: u64, hard: u64) -> io::Result<()> {
    let limit = Rlimit {
        current: Some(soft),
        maximum: Some(hard),
    };
    Ok(setrlimit(resource, limit)?)
}
