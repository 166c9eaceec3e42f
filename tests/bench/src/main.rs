//! Benchmarks: each compares two ways of doing the same work side by side, in one run.
//!
//! `backbone-bench report FILE` runs all workloads, each in a process of its own so that its memory is its own, and writes
//! the report; `backbone-bench run NAME` runs one and prints its rows as JSON lines. `tests/bench/run` builds and calls this.
//! `singly` and `bare` are servers to compare with, which workloads start by themselves. With `BENCH_QUICK` set, sizes are smaller.

mod importing;
mod lists;
mod logging;
mod measure;
mod over_http;
mod own;
mod report;
mod scorecard;
mod searching;
mod sending;
mod served;
mod signing;
mod starting;
mod tallying;
mod world;

use std::process::ExitCode;

use measure::Row;

/// A workload: runs it, and tells what it found.
type Workload = fn() -> Vec<Row>;

/// The workloads by name, in the order of the report.
const WORKLOADS: &[(&str, Workload)] = &[
    ("sending", sending::fast),
    ("slow-relay", sending::slow),
    ("campaign", sending::campaign::run),
    ("signing", signing::run),
    ("importing", importing::run),
    ("logging", logging::run),
    ("logging-http", over_http::run),
    ("scorecard", scorecard::run),
    ("tallying", tallying::run),
    ("lists", lists::run),
    ("searching", searching::run),
    ("starting", starting::run),
];

fn main() -> ExitCode {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let words: Vec<&str> = arguments.iter().map(String::as_str).collect();
    match words.as_slice() {
        ["run", name] => match WORKLOADS.iter().find(|(known, _)| known == name) {
            Some((_, work)) => {
                for row in work() {
                    println!("{}", serde_json::to_string(&row).expect("rows are plain"));
                }
                ExitCode::SUCCESS
            }
            None => usage(),
        },
        ["singly"] => own::singly(),
        ["bare"] => own::bare(),
        ["report", file, only @ ..] => report::write(file, only),
        _ => usage(),
    }
}

fn usage() -> ExitCode {
    let names: Vec<&str> = WORKLOADS.iter().map(|(name, _)| *name).collect();
    eprintln!(
        "usage: backbone-bench run NAME | report FILE [NAME…]\nnames: {}",
        names.join(", ")
    );
    ExitCode::from(2)
}
