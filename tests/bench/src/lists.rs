//! A signed-in list as JSON and as a page, and an answer without a body, beside a bare server with the same query.

use std::time::Duration;

use backbone_metrics::metric::define::{NewMetric, define};
use serde_json::Value;
use tokio::runtime::Runtime;

use crate::measure::{Row, Sample, Way, quick, race, runtime};
use crate::served::{Connection, Program, Served};
use crate::world::World;

/// Rows of the table.
const ROWS: usize = 100_000;
/// Connections, each asking again as soon as it is answered.
const CLIENTS: usize = 16;

pub fn run() -> Vec<Row> {
    let runtime = runtime();
    let world = World::new(256, 4);
    fill(&world);
    let (_, session) = world.person();
    let Some(ours) = Served::start(&world, &Program::Server) else {
        eprintln!("  skipped: BENCH_SERVER names no server");
        return Vec::new();
    };
    let bare = Served::start(&world, &Program::Own("bare")).expect("this program");
    let cookie = format!("Cookie: backbone={session}\r\nSec-Fetch-Site: same-origin\r\n");
    let json = format!(
        "/api/v1/partnerships/{}/measurements?limit=50",
        world.staff.tenant()
    );
    let page = "/p/midden/contributions".to_owned();
    let first = |served: &Served, path: &str| {
        runtime.block_on(async {
            let mut connection = Connection::open(served.address, &cookie)
                .await
                .expect("connected");
            connection
                .ask("GET", path, "", b"")
                .await
                .expect("answered")
        })
    };
    let (listed, plain) = (first(&ours, &json), first(&bare, "/list"));
    assert_eq!((listed.status, plain.status), (200, 200));
    assert_eq!(
        ids(&listed.json()["items"]),
        ids(&plain.json()),
        "both list the same rows"
    );
    assert_eq!(first(&ours, &page).status, 200);
    let known = listed
        .etag
        .map(|tag| format!("{cookie}If-None-Match: {tag}\r\n"));
    let mut ways = vec![
        way(
            &runtime,
            "ours: list as JSON, by session",
            &ours,
            cookie.clone(),
            json.clone(),
            200,
            1,
        ),
        way(
            &runtime,
            "bare actix + diesel, same query",
            &bare,
            String::new(),
            "/list".into(),
            200,
            1,
        ),
        way(
            &runtime,
            "ours: list as a page, by session",
            &ours,
            cookie,
            page,
            200,
            1,
        ),
        way(
            &runtime,
            "bare actix: hello, world",
            &bare,
            String::new(),
            "/hello".into(),
            200,
            8,
        ),
    ];
    if let Some(known) = known {
        ways.push(way(
            &runtime,
            "ours: unchanged list, 304",
            &ours,
            known,
            json,
            304,
            4,
        ));
    }
    let ran = race(ways);
    let what = |what: &str| format!("{what} of {ROWS} rows, signed in, {CLIENTS} connections");
    let mut rows = vec![
        ran[0].versus(&ran[1], "9", &what("first 50 as JSON"), Some(0.6)),
        ran[2].versus(
            &ran[1],
            "9",
            &what(
                "contributions as a whole page, in an empty partnership's frame, beside the JSON",
            ),
            None,
        ),
    ];
    if let Some(unchanged) = ran.get(4) {
        rows.push(unchanged.versus(
            &ran[3],
            "9",
            "unchanged list: 304 beside a hello, world",
            Some(0.7),
        ));
    }
    rows
}

fn ids(rows: &Value) -> Vec<String> {
    let rows = rows.as_array().cloned().unwrap_or_default();
    rows.iter().map(|row| row["id"].to_string()).collect()
}

fn way<'a>(
    runtime: &'a Runtime,
    name: &'static str,
    served: &'a Served,
    headers: String,
    path: String,
    status: u16,
    times: usize,
) -> Way<'a> {
    let each = 50 * times / if quick() { 5 } else { 1 };
    Way {
        name,
        work: Box::new(move || ask(runtime, served, &headers, &path, status, each)),
    }
}

fn ask(
    runtime: &Runtime,
    served: &Served,
    headers: &str,
    path: &str,
    status: u16,
    each: usize,
) -> Sample {
    served.measure(CLIENTS * each, || {
        runtime.block_on(async {
            let all: Vec<_> = (0..CLIENTS)
                .map(|_| {
                    let (address, headers, path) =
                        (served.address, headers.to_owned(), path.to_owned());
                    tokio::spawn(async move {
                        let mut connection = Connection::open(address, &headers).await?;
                        for _ in 0..each {
                            let reply = connection.ask("GET", &path, "", b"").await?;
                            assert_eq!(reply.status, status);
                        }
                        std::io::Result::Ok(())
                    })
                })
                .collect();
            for one in all {
                let asked = tokio::time::timeout(Duration::from_secs(300), one).await;
                asked
                    .expect("in time")
                    .expect("nobody panics")
                    .expect("answered");
            }
        });
    })
}

/// A metric with its measurements, written at once.
fn fill(world: &World) {
    let new = NewMetric {
        name: "Pupils".into(),
        ..NewMetric::default()
    };
    let staff = world.staff.clone();
    let made = world
        .db
        .write_blocking(move |conn| define(conn, &staff, &new));
    let metric = made.map_err(|e| format!("{e:?}")).expect("a metric").id;
    world.sql(&format!(
        "WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < {ROWS})
         INSERT INTO measurements (id, partnership_id, metric_id, organization_id, period, period_start, period_end, dimensions,
            value, marker, source, note, status, version, changed_by, reported_at, changed_at)
         SELECT '00000000-0000-7000-8000-' || CAST(100000000000 + i AS TEXT), '{}', '{metric}', '', '2026-10',
            '2026-10-01', '2026-11-01', '{{\"n\":\"' || CAST(i AS TEXT) || '\"}}', CAST(i AS TEXT), 'none', 'A survey', '',
            'reported', 1, 'Staff', '2026-11-01 00:00:00', '2026-11-01 00:00:00' FROM n",
        world.staff.tenant()
    ));
}
