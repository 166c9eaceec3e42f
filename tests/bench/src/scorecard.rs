//! A scorecard from rollups, beside the same figures by GROUP BY over the measurements.

use std::collections::BTreeMap;

use backbone_metrics::Error;
use backbone_metrics::measurement::bulk::Existing;
use backbone_metrics::measurement::{BulkOptions, NewMeasurement, bulk};
use backbone_metrics::metric::define::{NewMetric, define};
use backbone_metrics::metric::{Definition, Frequency, MetricId};
use backbone_metrics::scorecard::Scorecard;
use backbone_metrics::scorecard::compute::compute;
use backbone_metrics::scorecard::manage::{Addition, add, first};
use diesel::connection::SimpleConnection;
use diesel::prelude::*;
use diesel::sql_types::{Double, Text};
use diesel::{SqliteConnection, sql_query};

use crate::measure::{Row, Sample, Way, measure, race, short};
use crate::world::World;

const METRICS: usize = 10;
const MONTHS: usize = 100;
/// Organizations of the small and of the large partnership: 10,000 and 200,000 measurements.
const ORGANIZATIONS: (usize, usize) = (10, 200);
/// Scorecards of one round.
const REPEATS: (usize, usize) = (200, 2);

/// Sums by metric and month.
type Figures = BTreeMap<(String, String), i64>;

pub fn run() -> Vec<Row> {
    let (small, large) = (Card::new(ORGANIZATIONS.0), Card::new(ORGANIZATIONS.1));
    let mut sql = open(&large);
    let today = since(0);
    for (text, months) in [(all(&large), MONTHS), (last_year(&large), 12)] {
        let (ours, theirs) = (ours(&large), grouped(&mut sql, &text));
        assert_eq!(theirs.len(), METRICS * months);
        assert!(
            ours.iter().all(|(key, sum)| theirs[key] == *sum),
            "both sides find the same figures"
        );
    }
    assert_eq!(ours(&large).len(), METRICS * 12);
    let (everything, recent) = (all(&large), last_year(&large));
    let mut second = open(&large);
    let ran = race(vec![
        Way {
            name: "from rollups, 200,000 measurements",
            work: Box::new(|| large.show(today)),
        },
        Way {
            name: "from rollups, 10,000 measurements",
            work: Box::new(|| small.show(today)),
        },
        Way {
            name: "SQLite GROUP BY over 200,000",
            work: Box::new(|| repeat(&mut sql, &everything, REPEATS.1)),
        },
        Way {
            name: "SQLite GROUP BY over the last 12 months of 200,000",
            work: Box::new(|| repeat(&mut second, &recent, REPEATS.1 * 4)),
        },
    ]);
    let what =
        "scorecard of 10 metrics with 12 months each, 200,000 measurements of 200 organizations";
    let mut flat = ran[0].versus(
        &ran[1],
        "7",
        "the same scorecard with 20 times the measurements (flat means 1)",
        Some(0.9),
    );
    flat.ours = format!("200,000: {}", flat.ours);
    flat.other = format!("10,000: {} a second", short(ran[1].median(Sample::rate)));
    let mut full = ran[0].versus(&ran[2], "7", what, Some(1000.0));
    full.goal = "≥ 1000× (promised for 5,000,000 measurements)".into();
    vec![full, ran[0].versus(&ran[3], "7", what, None), flat]
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
}

impl Card {
    fn new(organizations: usize) -> Self {
        let world = World::new(256, organizations);
        let mut card = write(&world, first);
        for n in 0..METRICS {
            let id = metric(&world, n);
            for months in (1..=MONTHS as i32)
                .collect::<Vec<_>>()
                .chunks(10_000 / organizations.max(100))
            {
                measured(&world, &id, months);
            }
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
        Self { world, card }
    }

    fn show(&self, today: jiff::civil::Date) -> Sample {
        measure(REPEATS.0, || {
            for _ in 0..REPEATS.0 {
                let shown = self.world.db.read_blocking(|c| {
                    compute(c, self.world.staff.tenant(), &self.card, today, false)
                });
                assert_eq!(shown.expect("a scorecard").used, METRICS);
            }
        })
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

/// One measurement an organization and month.
fn measured(world: &World, metric: &MetricId, months: &[i32]) {
    let one = |month: i32, n: usize| NewMeasurement {
        metric_id: Some(metric.clone()),
        organization_id: Some(world.organizations[n].clone()),
        period: since(month).strftime("%Y-%m").to_string(),
        value: (n as i32 * 7 + month).to_string().parse().ok(),
        ..NewMeasurement::default()
    };
    let rows: Vec<NewMeasurement> = months
        .iter()
        .flat_map(|month| (0..world.organizations.len()).map(move |n| one(*month, n)))
        .collect();
    let options = BulkOptions {
        partial: false,
        existing: Existing::Refuse,
    };
    let report = write(world, move |conn, staff| bulk(conn, staff, &rows, options));
    assert_eq!(report.recorded, months.len() * world.organizations.len());
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
