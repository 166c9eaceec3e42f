//! Runs the workloads, each in a process of its own, and writes what they found, each as soon as it is known.

use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::fs;
use std::io::Read as _;
use std::process::{Child, Command, ExitCode, Stdio};
use std::time::{Duration, Instant};

use crate::WORKLOADS;
use crate::measure::{Row, quick};

/// Where the figures stand in the report; what is around them is written by people.
const MARKS: (&str, &str) = ("<!-- figures -->\n", "<!-- end of figures -->\n");
/// Begins the figures of one workload; its name and [`CLOSE`] follow.
const OPEN: &str = "<!-- workload ";
const CLOSE: &str = " -->\n";
/// What a workload may take before it is ended and reported as such.
const LIMIT: Duration = Duration::from_secs(12 * 60);

/// Processor time of the whole machine: busy, all.
type Ticks = (f64, f64);

/// Runs the workloads with these names (all when there are none) and puts their figures into the report in place of their earlier ones.
pub fn write(file: &str, only: &[&str]) -> ExitCode {
    let chosen = WORKLOADS
        .iter()
        .map(|(name, _)| *name)
        .filter(|name| only.is_empty() || only.contains(name));
    let mut failed: Vec<&str> = Vec::new();
    for name in chosen {
        eprintln!("== {name}");
        let (load_before, ticks, own) = (load(), machine_ticks(), children_ticks());
        let outcome = run(name);
        let others = others(ticks, machine_ticks(), children_ticks() - own);
        if let Err(reason) = &outcome {
            eprintln!("   {reason}");
            failed.push(name);
        }
        let text = figures(name, outcome, &load_before, others);
        println!("{text}");
        if let Err(error) = put(file, name, &text) {
            eprintln!("{file} cannot be written: {error}");
            return ExitCode::FAILURE;
        }
    }
    if failed.is_empty() {
        return ExitCode::SUCCESS;
    }
    eprintln!("these did not come to their end: {}", failed.join(", "));
    ExitCode::FAILURE
}

fn run(name: &str) -> Result<Vec<Row>, String> {
    let me = std::env::current_exe().map_err(|e| e.to_string())?;
    let mut child = Command::new(me)
        .args(["run", name])
        .stdin(Stdio::null())
        .stdout(Stdio::piped())
        .stderr(Stdio::inherit())
        .spawn()
        .map_err(|e| e.to_string())?;
    let began = Instant::now();
    let status = loop {
        if let Some(status) = child.try_wait().map_err(|e| e.to_string())? {
            break status;
        }
        if began.elapsed() > LIMIT {
            end(&mut child);
            return Err(format!(
                "it was ended after {} minutes",
                LIMIT.as_secs() / 60
            ));
        }
        std::thread::sleep(Duration::from_millis(50));
    };
    // Some dozen lines: they fit the pipe, so reading them after the end is enough.
    let mut text = String::new();
    if let Some(mut out) = child.stdout.take() {
        out.read_to_string(&mut text).map_err(|e| e.to_string())?;
    }
    if !status.success() {
        return Err(format!("it did not come to its end: {status}"));
    }
    text.lines()
        .map(|line| serde_json::from_str(line).map_err(|e| e.to_string()))
        .collect()
}

/// Ends a workload, and the servers that it started.
fn end(child: &mut Child) {
    let of = format!("/proc/{0}/task/{0}/children", child.id());
    let servers = fs::read_to_string(of).unwrap_or_default();
    // Any of them may have ended by itself meanwhile.
    drop(child.kill());
    drop(child.wait());
    if !servers.trim().is_empty() {
        drop(
            Command::new("kill")
                .args(servers.split_whitespace())
                .status(),
        );
    }
}

fn figures(
    name: &str,
    outcome: Result<Vec<Row>, String>,
    load_before: &str,
    others: f64,
) -> String {
    let told = |name: &str| std::env::var(name).unwrap_or_else(|_| "unknown".into());
    let busy = if others > 10.0 {
        ": **the machine was busy with other work**, so rates and times are worse than they would be; ratios suffer less"
    } else {
        ""
    };
    let sizes = if quick() { ", with small sizes" } else { "" };
    let mut text = format!(
        "{OPEN}{name}{CLOSE}### {name}\n\n{}{sizes}. Commit {}. {}. Load average {load_before} before, {} after; others used \
         {others:.0}% of the processors' time meanwhile{busy}.\n\n",
        jiff::Timestamp::now().strftime("%Y-%m-%d %H:%M UTC"),
        told("BENCH_COMMIT"),
        told("BENCH_MACHINE"),
        load()
    );
    let rows = match outcome {
        Ok(rows) => rows,
        Err(reason) => {
            return format!("{text}No figures: {reason}.\n\n");
        }
    };
    text.push_str(
        "| # | workload | ours | other | ratio: median (least–most) | goal | met? | CPU a unit: ours / other | peak memory |\n\
         |---|---|---|---|---|---|---|---|---|\n",
    );
    for row in rows {
        let met = row
            .met
            .map_or("—", |met| if met { "yes" } else { "**no**" });
        // Writing into a string cannot fail.
        writeln!(
            text,
            "| {} | {} | {} | {} | {} | {} | {met} | {} | {} |",
            row.promise,
            row.workload,
            row.ours,
            row.other,
            row.ratio,
            row.goal,
            row.cpu,
            row.memory
        )
        .expect("a string");
    }
    text + "\n"
}

/// Puts a workload's figures in place of its earlier ones, in the order of the workloads.
fn put(file: &str, name: &str, figures: &str) -> std::io::Result<()> {
    let old = fs::read_to_string(file)?;
    let parts = old.split_once(MARKS.0).and_then(|(head, rest)| {
        let (kept, tail) = rest.split_once(MARKS.1)?;
        Some((head, kept, tail))
    });
    let Some((head, kept, tail)) = parts else {
        return Err(std::io::Error::other(
            "it lacks the marks around the figures",
        ));
    };
    let mut by_name: BTreeMap<&str, String> = kept
        .split(OPEN)
        .filter_map(|block| Some((block.split_once(CLOSE)?.0, format!("{OPEN}{block}"))))
        .collect();
    by_name.insert(name, figures.to_owned());
    let all: String = WORKLOADS
        .iter()
        .filter_map(|(name, _)| by_name.get(name).map(String::as_str))
        .collect();
    fs::write(file, format!("{head}{}{all}{}{tail}", MARKS.0, MARKS.1))
}

fn load() -> String {
    let text = fs::read_to_string("/proc/loadavg").unwrap_or_default();
    text.split(' ').take(3).collect::<Vec<_>>().join(" ")
}

/// Busy and all ticks of the machine since it started.
fn machine_ticks() -> Ticks {
    let text = fs::read_to_string("/proc/stat").unwrap_or_default();
    let first = text.lines().next().unwrap_or_default();
    let ticks: Vec<f64> = first
        .split_whitespace()
        .skip(1)
        .take(8)
        .filter_map(|t| t.parse().ok())
        .collect();
    let all: f64 = ticks.iter().sum();
    let idle: f64 = ticks.iter().skip(3).take(2).sum();
    (all - idle, all)
}

/// Ticks of the workloads that ended.
fn children_ticks() -> f64 {
    let stat = fs::read_to_string("/proc/self/stat").unwrap_or_default();
    let rest = stat.rsplit_once(')').map_or("", |(_, rest)| rest);
    rest.split_whitespace()
        .skip(13)
        .take(2)
        .filter_map(|t| t.parse::<f64>().ok())
        .sum()
}

/// Percent of the machine that went to others.
fn others(before: Ticks, after: Ticks, own: f64) -> f64 {
    let all = after.1 - before.1;
    if all <= 0.0 {
        0.0
    } else {
        ((after.0 - before.0 - own) / all * 100.0).max(0.0)
    }
}
