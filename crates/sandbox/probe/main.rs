//! A child with jobs that behave as badly as a job can.

use std::{env, hint::black_box, io::Write, process};

use backbone_sandbox::child;

fn main() {
    if env::args().nth(1).as_deref() == Some("sandbox") {
        child::serve(&[
            ("echo", |input| Ok(input.to_vec())),
            ("refuse", |_| Err("This is not a table.".into())),
            ("panic", |_| panic!("an assumption was wrong")),
            ("hungry", hungry),
            ("deep", |_| Ok(vec![deep(1) as u8])),
            ("endless", |_| endless()),
            ("sleepy", |_| sleepy()),
            ("flood", |_| Ok(vec![b'x'; 64 << 20])),
            ("chatty", chatty),
            ("dying", |_| process::abort()),
            ("secrets", |_| Ok(secrets())),
            ("files", |_| files()),
        ]);
    }
    eprintln!("usage: backbone-sandbox-probe sandbox");
    process::exit(2);
}

fn hungry(_: &[u8]) -> Result<Vec<u8>, String> {
    let mut kept: Vec<Vec<u8>> = Vec::new();
    loop {
        kept.push(vec![1; 8 << 20]);
        black_box(&kept);
    }
}

#[allow(unconditional_recursion)]
fn deep(level: u64) -> u64 {
    let room = black_box([level; 512]);
    deep(level + 1) + room[7]
}

fn endless() -> Result<Vec<u8>, String> {
    let mut count = 0_u64;
    loop {
        count = black_box(count.wrapping_add(1));
    }
}

fn sleepy() -> Result<Vec<u8>, String> {
    loop {
        std::thread::park();
    }
}

fn chatty(input: &[u8]) -> Result<Vec<u8>, String> {
    for _ in 0..20_000 {
        println!("a library that prints what it is doing");
    }
    std::io::stdout().flush().map_err(|e| e.to_string())?;
    Ok(input.to_vec())
}

#[expect(
    clippy::disallowed_methods,
    reason = "counts what the parent let through"
)]
fn secrets() -> Vec<u8> {
    env::vars().count().to_string().into_bytes()
}

#[expect(
    clippy::disallowed_methods,
    reason = "tries to write where everybody may"
)]
fn files() -> Result<Vec<u8>, String> {
    let path = env::temp_dir().join(format!("backbone-sandbox-probe-{}", process::id()));
    let wrote = std::fs::write(&path, b"should not be possible");
    std::fs::remove_file(&path).map_err(|e| e.to_string())?;
    wrote.map(|()| Vec::new()).map_err(|e| e.to_string())
}
