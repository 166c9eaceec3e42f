//! Runs the workloads, each in a process of its own, and writes what they found.

use std::fmt::Write as _;
use std::fs;
use std::process::{Command, ExitCode, Stdio};

use crate::WORKLOADS;
use crate::measure::Row;

/// Where the rows stand in the report; what is around them is written by people.
const MARKS: (&str, &str) = ("<!-- figures -->\n", "<!-- end of figures -->\n");

/// Processor time of the whole machine: busy, all.
type Ticks = (f64, f64);

pub fn write(file: &str, only: &[&str]) -> ExitCode {
    let chosen: Vec<&str> = WORKLOADS
        .iter()
        .map(|(name, _)| *name)
        .filter(|name| only.is_empty() || only.contains(name))
        .collect();
    let mut rows: Vec<Row> = Vec::new();
    let mut failed: Vec<&str> = Vec::new();
    let (load_before, ticks, own) = (load(), machine_ticks(), children_ticks());
    for name in chosen {
        eprintln!("== {name}");
        match run(name) {
            Ok(found) => rows.extend(found),
            Err(reason) => {
                eprintln!("   {reason}");
                failed.push(name);
            }
        }
    }
    let others = others(ticks, machine_ticks(), children_ticks() - own);
    let text = figures(&rows, &failed, &load_before, others);
    println!("{text}");
    match put(file, &text) {
        Ok(()) if failed.is_empty() && !rows.is_empty() => ExitCode::SUCCESS,
        Ok(()) => ExitCode::FAILURE,
        Err(error) => {
            eprintln!("{file} cannot be written: {error}");
            ExitCode::FAILURE
        }
    }
}

fn run(name: &str) -> Result<Vec<Row>, String> {
    let me = std::env::current_exe().map_err(|e| e.to_string())?;
    let output = Command::new(me)
        .args(["run", name])
        .stderr(Stdio::inherit())
        .output()
        .map_err(|e| e.to_string())?;
    if !output.status.success() {
        return Err(format!("{name} did not come to its end: {}", output.status));
    }
    let text = String::from_utf8_lossy(&output.stdout);
    text.lines()
        .map(|line| serde_json::from_str(line).map_err(|e| format!("{name}: {e}")))
        .collect()
}

fn figures(rows: &[Row], failed: &[&str], load_before: &str, others: f64) -> String {
    let mut text = String::new();
    let told = |name: &str| std::env::var(name).unwrap_or_else(|_| "unknown".into());
    let lines = [
        format!(
            "- Date: {}",
            jiff::Timestamp::now().strftime("%Y-%m-%d %H:%M UTC")
        ),
        format!("- Commit: {}", told("BENCH_COMMIT")),
        format!("- Machine: {}", told("BENCH_MACHINE")),
        format!("- Load average before {load_before}, after {}", load()),
        format!("- Processor time of this machine used by others meanwhile: {others:.0}%"),
    ];
    text.push_str(&(lines.join("\n") + "\n"));
    if others > 10.0 {
        text.push_str(
            "\n**The machine was busy with other work.** Rates and times are lower than they would be; ratios suffer less, \
             as both sides ran in turn.\n",
        );
    }
    text.push_str(
        "\n| # | workload | ours | other | ratio: median (least–most) | goal | met? | CPU a unit: ours / other | peak memory |\n\
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
    for name in failed {
        writeln!(text, "\n`{name}` did not come to its end.").expect("a string");
    }
    text
}

/// Puts the figures between the marks.
fn put(file: &str, figures: &str) -> std::io::Result<()> {
    let old = fs::read_to_string(file)?;
    let parts = old
        .split_once(MARKS.0)
        .and_then(|(head, rest)| Some((head, rest.split_once(MARKS.1)?.1)));
    let Some((head, tail)) = parts else {
        return Err(std::io::Error::other(
            "it lacks the marks around the figures",
        ));
    };
    fs::write(file, format!("{head}{}{figures}{}{tail}", MARKS.0, MARKS.1))
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
