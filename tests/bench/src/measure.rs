//! Measuring a stretch of work, and racing several ways of doing it.

use std::fs;
use std::time::{Duration, Instant};

use serde::{Deserialize, Serialize};

/// Rounds of every comparison.
pub const ROUNDS: usize = 5;

/// What one stretch of work cost.
#[derive(Clone, Copy, Debug)]
pub struct Sample {
    /// Messages, rows, signatures.
    pub units: f64,
    /// By the clock on the wall.
    pub seconds: f64,
    /// Processor time of this process, in microseconds; counted in hundredths of a second.
    pub cpu_micros: f64,
    /// Peak resident memory while it ran, in MiB.
    pub peak_mib: f64,
}

impl Sample {
    /// Units a second.
    pub fn rate(&self) -> f64 {
        self.units / self.seconds
    }
}

/// One line of the report.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct Row {
    /// Number in the table of promises.
    pub promise: String,
    /// What was done.
    pub workload: String,
    /// Our figure.
    pub ours: String,
    /// What it is compared with, and its figure.
    pub other: String,
    /// Median of the rounds' ratios, with the smallest and the largest; or empty.
    pub ratio: String,
    /// What was promised.
    pub goal: String,
    /// Whether it holds; nothing when no promise is made about this comparison.
    pub met: Option<bool>,
    /// Processor time a unit, ours and theirs.
    pub cpu: String,
    /// Peak memory, ours and theirs.
    pub memory: String,
}

/// Runs `work`, which does `units` of something, and measures it.
pub fn measure(units: usize, work: impl FnOnce()) -> Sample {
    reset_peak("self");
    let (cpu, began) = (process_cpu("self"), Instant::now());
    work();
    Sample {
        units: units as f64,
        seconds: began.elapsed().as_secs_f64(),
        cpu_micros: process_cpu("self") - cpu,
        peak_mib: status_mib("self", "VmHWM:"),
    }
}

/// One way of doing the work.
pub struct Way<'a> {
    /// Its name in the report.
    pub name: &'static str,
    /// Does the work once.
    pub work: Box<dyn FnMut() -> Sample + 'a>,
}

/// A way with its samples, one a round.
pub struct Ran {
    /// Its name in the report.
    pub name: &'static str,
    /// One a round.
    pub samples: Vec<Sample>,
}

/// Runs all ways in turn, round after round, each round beginning with another one; a first round warms up and is dropped.
pub fn race(mut ways: Vec<Way<'_>>) -> Vec<Ran> {
    let mut samples: Vec<Vec<Sample>> = ways.iter().map(|_| Vec::new()).collect();
    for round in 0..=ROUNDS {
        for turn in 0..ways.len() {
            let index = (turn + round) % ways.len();
            let sample = (ways[index].work)();
            eprintln!(
                "  round {round}: {:<40} {:>12.1} a second",
                ways[index].name,
                sample.rate()
            );
            if round > 0 {
                samples[index].push(sample);
            }
        }
    }
    let named = ways.iter().map(|way| way.name).zip(samples);
    named.map(|(name, samples)| Ran { name, samples }).collect()
}

impl Ran {
    /// Median of a property of its samples.
    pub fn median(&self, of: impl Fn(&Sample) -> f64) -> f64 {
        median(self.samples.iter().map(of).collect())
    }

    /// Ratios of the rates, round by round.
    pub fn ratios(&self, other: &Ran) -> Vec<f64> {
        let pairs = self.samples.iter().zip(&other.samples);
        pairs
            .map(|(ours, other)| ours.rate() / other.rate())
            .collect()
    }

    /// The row that compares this way with another one; `goal` is the smallest ratio that was promised.
    pub fn versus(&self, other: &Ran, promise: &str, workload: &str, goal: Option<f64>) -> Row {
        let ratios = self.ratios(other);
        let middle = median(ratios.clone());
        let both = |of: &dyn Fn(&Sample) -> f64, digits: usize, unit: &str| {
            format!(
                "{:.digits$} / {:.digits$} {unit}",
                self.median(of),
                other.median(of)
            )
        };
        Row {
            promise: promise.to_owned(),
            workload: workload.to_owned(),
            ours: format!("{} a second", short(self.median(Sample::rate))),
            other: format!(
                "{}: {} a second",
                other.name,
                short(other.median(Sample::rate))
            ),
            ratio: format!(
                "**{}** ({}–{})",
                short(middle),
                short(ratios.iter().copied().fold(f64::INFINITY, f64::min)),
                short(ratios.iter().copied().fold(0.0, f64::max)),
            ),
            goal: goal.map_or_else(|| "—".to_owned(), |goal| format!("≥ {goal}×")),
            met: goal.map(|goal| middle >= goal),
            cpu: both(&|s| s.cpu_micros / s.units, 1, "µs"),
            memory: both(&|s| s.peak_mib, 0, "MiB"),
        }
    }
}

/// Whether a short look is wanted, with smaller sizes, instead of figures to publish.
pub fn quick() -> bool {
    std::env::var_os("BENCH_QUICK").is_some()
}

/// The row that tells how long one write takes, from asking to knowing that it is on disk.
pub fn slowest(mut waits: Vec<Duration>, name: &str) -> Row {
    waits.sort();
    let at = |percent: usize| waits[waits.len() * percent / 100].as_secs_f64() * 1000.0;
    let middle = median(waits.iter().map(|w| w.as_secs_f64() * 1000.0).collect());
    Row {
        promise: "6".into(),
        workload: format!("{name}: from asking to on disk, 99 of 100 entries"),
        ours: format!("{:.1} ms (median {middle:.1} ms)", at(99)),
        other: "—".into(),
        ratio: "—".into(),
        goal: "≤ 20 ms".into(),
        met: Some(at(99) <= 20.0),
        cpu: "—".into(),
        memory: "—".into(),
    }
}

/// The middle value.
pub fn median(mut values: Vec<f64>) -> f64 {
    values.sort_by(f64::total_cmp);
    let middle = values.len() / 2;
    match values.len() {
        0 => f64::NAN,
        n if n % 2 == 1 => values[middle],
        _ => f64::midpoint(values[middle - 1], values[middle]),
    }
}

/// A figure with three digits that matter.
pub fn short(value: f64) -> String {
    match value {
        v if v >= 100.0 => format!("{v:.0}"),
        v if v >= 10.0 => format!("{v:.1}"),
        v => format!("{v:.2}"),
    }
}

/// Makes the kernel forget the peak of what a process did before.
pub fn reset_peak(process: &str) {
    fs::write(format!("/proc/{process}/clear_refs"), "5").expect("the peak can be reset");
}

/// Processor time of a process so far, in microseconds. The kernel counts in hundredths of a second (`USER_HZ` is 100 everywhere).
pub fn process_cpu(process: &str) -> f64 {
    let stat = fs::read_to_string(format!("/proc/{process}/stat")).expect("Linux tells");
    let rest = stat.rsplit_once(')').expect("the name is in brackets").1;
    let ticks = rest.split_whitespace().skip(11).take(2);
    ticks
        .map(|t| t.parse::<f64>().expect("a number"))
        .sum::<f64>()
        * 10_000.0
}

/// A line of a process's status, in MiB.
pub fn status_mib(process: &str, line: &str) -> f64 {
    let status = fs::read_to_string(format!("/proc/{process}/status")).expect("Linux tells");
    let found = status.lines().find_map(|l| l.strip_prefix(line));
    let kib = found
        .and_then(|l| l.split_whitespace().next())
        .expect("the line is there");
    kib.parse::<f64>().expect("a number") / 1024.0
}

/// A runtime as the server has one.
pub fn runtime() -> tokio::runtime::Runtime {
    tokio::runtime::Builder::new_multi_thread()
        .enable_all()
        .build()
        .expect("a runtime")
}
