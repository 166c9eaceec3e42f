//! A scorecard from rollups, beside the same figures by GROUP BY over the measurements.

use std::collections::BTreeMap;
use std::fs::File;
use std::io::{BufRead as _, BufReader, BufWriter, Write as _};
use std::process::{Child, ChildStdin, ChildStdout, Command, Stdio};
use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering};
use std::time::Instant;

use backbone_metrics::Error;
use backbone_metrics::measurement::bulk::Existing;
use backbone_metrics::measurement::{BulkOptions, NewMeasurement, bulk};
use backbone_metrics::metric::define::{NewMetric, define};
use backbone_metrics::metric::{Definition, Frequency, MetricId};
use backbone_metrics::rollup;
use backbone_metrics::scorecard::Scorecard;
use backbone_metrics::scorecard::compute::compute;
use backbone_metrics::scorecard::manage::{Addition, add, first};
use diesel::connection::SimpleConnection;
use diesel::prelude::*;
use diesel::sql_types::{Double, Text};
use diesel::{SqliteConnection, sql_query};
use jiff::ToSpan as _;

use crate::measure::{Row, Sample, Way, measure, process_cpu, quick, race, reset_peak, status_mib};
use crate::world::World;

const METRICS: usize = 10;
const MONTHS: usize = 100;
/// Organizations of the small partnership: 10,000 measurements.
const ORGANIZATIONS: usize = 10;
/// Organizations of the large one: 5,000,000 measurements; for a short look 200,000.
const MANY: usize = 5_000;
const FEW: usize = 200;
/// Scorecards of one round.
const REPEATS: usize = 200;
/// Measurements recorded in one round.
const RECORDED: usize = 2_000;

/// Sums by metric and month.
type Figures = BTreeMap<(String, String), i64>;

pub fn run() -> Vec<Row> {
    let many = if quick() { FEW } else { MANY };
    let (small, large) = (Card::new(ORGANIZATIONS), Card::new(many));
    let (all_of, last_of) = (all(&large), last_year(&large));
    let mut sql = open(&large);
    for (text, months) in [(&all_of, MONTHS), (&last_of, 12)] {
        let (ours, theirs) = (ours(&large), grouped(&mut sql, text));
        assert_eq!(theirs.len(), METRICS * months);
        assert!(
            ours.iter().all(|(key, sum)| theirs[key] == *sum),
            "both sides find the same figures"
        );
    }
    assert_eq!(ours(&large).len(), METRICS * 12);
    for card in [&small, &large] {
        let wrong = card
            .world
            .db
            .read_blocking(|c| rollup::compare(c, card.world.staff.tenant()));
        assert!(
            wrong.expect("compared").is_empty(),
            "rollups equal a recomputation"
        );
    }
    let mut duck = Duck::start(&large);
    let (total, today) = (METRICS * MONTHS * many, since(0));
    let mut second = open(&large);
    let mut ways = vec![
        Way {
            name: "from rollups, many measurements",
            work: Box::new(|| large.show(today)),
        },
        Way {
            name: "from rollups, 10,000 measurements",
            work: Box::new(|| small.show(today)),
        },
        Way {
            name: "SQLite GROUP BY over all",
            work: Box::new(|| repeat(&mut sql, &all_of, 1)),
        },
        Way {
            name: "SQLite GROUP BY over the last 12 months",
            work: Box::new(|| repeat(&mut second, &last_of, 1)),
        },
        Way {
            name: "from rollups, while others write",
            work: Box::new(|| large.show_while_written(today)),
        },
        Way {
            name: "recorded with rollups",
            work: Box::new(|| small.record(false)),
        },
        Way {
            name: "recorded, broken down, so without rollups",
            work: Box::new(|| small.record(true)),
        },
    ];
    if let Some(duck) = duck.as_mut() {
        ways.push(Way {
            name: "DuckDB scan",
            work: Box::new(|| duck.scan()),
        });
    }
    let ran = race(ways);
    let what = format!(
        "scorecard of {METRICS} metrics with 12 months each, {total} measurements of {many} organizations"
    );
    let mut flat = ran[0].versus(
        &ran[1],
        "7",
        &format!(
            "the same scorecard with {} times the measurements (flat means 1)",
            many / ORGANIZATIONS
        ),
        Some(0.9),
    );
    flat.ours = format!("{total}: {}", flat.ours);
    let mut rows = vec![
        ran[0].versus(&ran[2], "7", &what, Some(1000.0)),
        ran[0].versus(&ran[3], "7", &what, None),
        flat,
        ran[4].versus(&ran[0], "7", "the same scorecard while measurements are being recorded", None),
        ran[5].versus(
            &ran[6],
            "7",
            "a measurement that counts beside one that does not: what keeping rollups costs (at most 1.6 times)",
            Some(1.0 / 1.6),
        ),
    ];
    if let Some(duck) = ran.get(7) {
        rows.push(ran[0].versus(duck, "7", &what, Some(20.0)));
    }
    rows
}

/// The first day of a month, counted back from November 2026.
fn since(months_ago: i32) -> jiff::civil::Date {
    let months = 2026 * 12 + 10 - months_ago;
    let (year, month) = (months / 12, months % 12 + 1);
    jiff::civil::date(year as i16, month as i8, 1)
}

/// A partnership with measurements, and its scorecard.
struct Card {
    world: World,
    card: Scorecard,
    metrics: Vec<MetricId>,
    /// Measurements recorded so far in rounds.
    recorded: AtomicUsize,
}

impl Card {
    fn new(organizations: usize) -> Self {
        let world = World::new(256, organizations);
        let mut card = write(&world, first);
        let mut metrics = Vec::new();
        for n in 0..METRICS {
            let id = metric(&world, n);
            for month in 1..=MONTHS as i32 {
                fill(&world, &id, n, month);
            }
            metrics.push(id.clone());
            let addition = Addition {
                metric_id: id,
                instead_of: None,
                retire: false,
            };
            let this = card.id.clone();
            card = write(&world, move |conn, staff| {
                add(conn, staff, &this, &addition)
            });
        }
        Self {
            world,
            card,
            metrics,
            recorded: AtomicUsize::new(0),
        }
    }

    fn show(&self, today: jiff::civil::Date) -> Sample {
        measure(REPEATS, || {
            for _ in 0..REPEATS {
                let shown = self.world.db.read_blocking(|c| {
                    compute(c, self.world.staff.tenant(), &self.card, today, false)
                });
                assert_eq!(shown.expect("a scorecard").used, METRICS);
            }
        })
    }

    /// Shows the scorecard while another thread records measurements, one after another.
    fn show_while_written(&self, today: jiff::civil::Date) -> Sample {
        let over = AtomicBool::new(false);
        std::thread::scope(|scope| {
            scope.spawn(|| {
                while !over.load(Ordering::Relaxed) {
                    self.record_some(1, true);
                }
            });
            let sample = self.show(today);
            over.store(true, Ordering::Relaxed);
            sample
        })
    }

    fn record(&self, broken_down: bool) -> Sample {
        measure(RECORDED, || self.record_some(RECORDED, broken_down))
    }

    /// Records new measurements of the present, of metrics, organizations and days in turn, in one transaction.
    fn record_some(&self, many: usize, broken_down: bool) {
        let from = self.recorded.fetch_add(many, Ordering::Relaxed);
        let one = |n: usize| {
            let mut new = NewMeasurement {
                metric_id: Some(self.metrics[n % METRICS].clone()),
                organization_id: Some(
                    self.world.organizations[n / METRICS % ORGANIZATIONS].clone(),
                ),
                period: format!(
                    "{}",
                    since(0)
                        .checked_sub(((n / 100 + 40_000) as i64).days())
                        .expect("a day")
                ),
                value: n.to_string().parse().ok(),
                ..NewMeasurement::default()
            };
            if broken_down {
                new.dimensions.insert("entry".into(), n.to_string());
            }
            new
        };
        let rows: Vec<NewMeasurement> = (from..from + many).map(one).collect();
        let options = BulkOptions {
            partial: false,
            existing: Existing::Refuse,
        };
        let report = write(&self.world, move |conn, staff| {
            bulk(conn, staff, &rows, options)
        });
        assert_eq!(report.recorded, many);
    }
}

fn write<T: Send + 'static>(
    world: &World,
    f: impl FnOnce(&mut backbone_db::Conn, &backbone_identity::Actor) -> Result<T, Error>
    + Send
    + 'static,
) -> T {
    let staff = world.staff.clone();
    let written = world.db.write_blocking(move |conn| f(conn, &staff));
    written.map_err(|e| format!("{e:?}")).expect("written")
}

fn metric(world: &World, n: usize) -> MetricId {
    let definition = Definition {
        frequency: Frequency::Month,
        ..Definition::default()
    };
    let new = NewMetric {
        name: format!("Metric {n}"),
        definition,
        ..NewMetric::default()
    };
    write(world, move |conn, staff| define(conn, staff, &new)).id
}

/// One measurement an organization for a month, with its rollup, written at once. That they agree is checked before any timing.
fn fill(world: &World, metric: &MetricId, number: usize, month: i32) {
    let (day, next, tenant) = (since(month), since(month - 1), world.staff.tenant());
    let period = day.strftime("%Y-%m");
    let at = "'2026-11-01 00:00:00'";
    let value = format!("(rowid * 7 + {month})");
    world.sql(&format!(
        "BEGIN; PRAGMA defer_foreign_keys = ON;
         INSERT INTO measurements (id, partnership_id, metric_id, organization_id, period, period_start, period_end, dimensions,
            value, marker, source, note, status, version, changed_by, reported_at, changed_at)
         SELECT printf('%08x-%04x-7000-8000-%012x', {number}, {month}, rowid), '{tenant}', '{metric}', id, '{period}', '{day}',
            '{next}', '', CAST({value} AS TEXT), 'none', '', '', 'reported', 1, 'Staff', {at}, {at} FROM organizations;
         INSERT INTO metric_rollups (partnership_id, metric_id, period, period_start, period_end, grain, whole_verified, n, sum, min,
            max, last_value, last_at, weighted, numerator, denominator, verified, version, changed_at)
         SELECT '{tenant}', '{metric}', '{period}', '{day}', '{next}', 'month', FALSE, COUNT(*), CAST(SUM({value}) AS TEXT),
            CAST(MIN({value}) AS TEXT), CAST(MAX({value}) AS TEXT), CAST(MAX({value}) AS TEXT), {at}, 0, '0', '0', 0, 1, {at}
         FROM organizations; COMMIT;"
    ));
}

/// DuckDB in a process of its own, with the measurements in a table of its own; asked to scan them.
struct Duck {
    child: Child,
    to: ChildStdin,
    from: BufReader<ChildStdout>,
    _folder: tempfile::TempDir,
}

impl Duck {
    /// Nothing when `BENCH_PYTHON` names no Python that has DuckDB.
    fn start(card: &Card) -> Option<Self> {
        let python = std::env::var_os("BENCH_PYTHON")?;
        let folder = tempfile::tempdir().expect("a folder");
        let file = folder.path().join("measurements.csv");
        let mut to = BufWriter::new(File::create(&file).expect("a file"));
        writeln!(to, "metric,period,value").expect("written");
        for (n, metric) in card.metrics.iter().enumerate() {
            for month in 1..=MONTHS as i32 {
                let period = since(month).strftime("%Y-%m").to_string();
                for row in 1..=card.world.organizations.len() as i64 {
                    writeln!(to, "{metric},{period},{}", row * 7 + i64::from(month))
                        .unwrap_or_else(|e| panic!("metric {n}: {e}"));
                }
            }
        }
        to.flush().expect("written");
        let mut child = Command::new(python)
            .arg(concat!(env!("CARGO_MANIFEST_DIR"), "/duck.py"))
            .arg(&file)
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .spawn()
            .ok()?;
        let (to, from) = (child.stdin.take()?, BufReader::new(child.stdout.take()?));
        let mut duck = Self {
            child,
            to,
            from,
            _folder: folder,
        };
        let (figures, sum) = duck.ask();
        let theirs = grouped(&mut open(card), &all(card));
        assert_eq!(
            figures,
            theirs.len() as i64,
            "both sides find as many figures"
        );
        assert_eq!(
            sum,
            theirs.values().sum::<i64>(),
            "both sides find the same figures"
        );
        Some(duck)
    }

    /// Has it scan once; tells how many figures it found, and their sum.
    fn ask(&mut self) -> (i64, i64) {
        writeln!(self.to, "scan").expect("asked");
        let mut line = String::new();
        self.from.read_line(&mut line).expect("answered");
        let mut numbers = line
            .split_whitespace()
            .map(|n| n.parse::<i64>().expect("a number"));
        (
            numbers.next().expect("figures"),
            numbers.next().expect("a sum"),
        )
    }

    fn scan(&mut self) -> Sample {
        let process = self.child.id().to_string();
        reset_peak(&process);
        let (cpu, began) = (process_cpu(&process), Instant::now());
        for _ in 0..5 {
            self.ask();
        }
        Sample {
            units: 5.0,
            seconds: began.elapsed().as_secs_f64(),
            cpu_micros: process_cpu(&process) - cpu,
            peak_mib: status_mib(&process, "VmHWM:"),
        }
    }
}

impl Drop for Duck {
    fn drop(&mut self) {
        // It ends by itself when nobody asks any more.
        drop(self.child.kill());
        drop(self.child.wait());
    }
}

/// What the scorecard shows.
fn ours(card: &Card) -> Figures {
    let shown = card
        .world
        .db
        .read_blocking(|c| compute(c, card.world.staff.tenant(), &card.card, since(0), false));
    let shown = shown.expect("a scorecard");
    let rows = shown.groups.iter().flat_map(|g| &g.rows);
    rows.flat_map(|row| {
        let whole = |value: &backbone_db::Dec| value.to_string().parse().expect("a whole number");
        row.points.iter().map(move |p| {
            (
                (row.metric_id.to_string(), p.period.to_string()),
                whole(&p.value),
            )
        })
    })
    .collect()
}

fn all(card: &Card) -> String {
    format!(
        "SELECT metric_id, period, SUM(CAST(value AS REAL)) AS total FROM measurements WHERE partnership_id = '{}' AND \
         dimensions = '' AND status <> 'withdrawn' AND organization_id <> '' GROUP BY metric_id, period",
        card.world.staff.tenant()
    )
}

fn last_year(card: &Card) -> String {
    all(card).replace(
        "GROUP BY",
        &format!("AND period_start >= '{}' GROUP BY", since(12)),
    )
}

fn open(card: &Card) -> SqliteConnection {
    let file = card.world.file();
    let mut conn = SqliteConnection::establish(&file.to_string_lossy()).expect("opened");
    conn.batch_execute(
        "PRAGMA cache_size = -8000; PRAGMA temp_store = MEMORY; PRAGMA query_only = ON;",
    )
    .expect("set up");
    conn
}

#[derive(QueryableByName)]
struct Sum {
    #[diesel(sql_type = Text)]
    metric_id: String,
    #[diesel(sql_type = Text)]
    period: String,
    #[diesel(sql_type = Double)]
    total: f64,
}

fn grouped(conn: &mut SqliteConnection, text: &str) -> Figures {
    let sums: Vec<Sum> = sql_query(text).load(conn).expect("summed");
    sums.into_iter()
        .map(|s| ((s.metric_id, s.period), s.total as i64))
        .collect()
}

fn repeat(conn: &mut SqliteConnection, text: &str, times: usize) -> Sample {
    measure(times, || {
        for _ in 0..times {
            let sums: Vec<Sum> = sql_query(text).load(conn).expect("summed");
            assert!(!sums.is_empty());
        }
    })
}
