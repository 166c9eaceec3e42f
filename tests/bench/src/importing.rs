//! A file of measurements through the server, from upload to committed, beside plain inserts of the same rows.

use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::fs::File;
use std::io::{BufWriter, Read as _, Write as _};
use std::path::{Path, PathBuf};
use std::time::Duration;

use backbone_db::DbError;
use backbone_metrics::metric::define::{NewMetric, define};
use backbone_metrics::metric::{Definition, Frequency};
use backbone_metrics::rollup;
use diesel::PgConnection;
use diesel::connection::Connection as _;
use diesel::prelude::*;
use rusqlite::{Connection as Rusqlite, params};
use serde_json::{Value, json};
use tokio::runtime::Runtime;

use crate::measure::{Ran, Row, Sample, Way, measure, quick, race, runtime, short};
use crate::served::{Connection, Program, Served};
use crate::world::World;

/// Rows of the rounds, and of the one large file.
const ROWS: (usize, usize) = (50_000, 1_000_000);
/// Metrics and organizations that the rows are of.
const OF: (usize, usize) = (10, 100);

pub fn run() -> Vec<Row> {
    if std::env::var_os("BENCH_SERVER").is_none() {
        eprintln!("  skipped: BENCH_SERVER names no server");
        return Vec::new();
    }
    let runtime = runtime();
    let folder = tempfile::tempdir().expect("a folder");
    let rows = if quick() { ROWS.0 / 2 } else { ROWS.0 };
    let file = write_file(folder.path(), rows);
    let ran = race(ways(&runtime, folder.path(), &file, rows));
    let mut found = report(&ran, rows);
    if !quick() {
        let large = write_file(folder.path(), ROWS.1);
        let once: Vec<Ran> = ways(&runtime, folder.path(), &large, ROWS.1)
            .into_iter()
            .map(|mut way| Ran {
                name: way.name,
                samples: vec![(way.work)()],
            })
            .collect();
        found.extend(report(&once, ROWS.1));
        found.push(bounded(&once[0]));
    }
    found
}

fn ways<'a>(runtime: &'a Runtime, folder: &'a Path, file: &'a Path, rows: usize) -> Vec<Way<'a>> {
    let mut ways = vec![
        Way {
            name: "ours on SQLite, over HTTP",
            work: Box::new(move || through(runtime, World::new(256, OF.1), file, rows)),
        },
        Way {
            name: "rusqlite, one transaction, same table and indexes",
            work: Box::new(move || inserted(folder, file, rows)),
        },
    ];
    if std::env::var_os("BENCH_POSTGRES").is_some() {
        let world = || World::on_postgres(OF.1).expect("a database");
        ways.push(Way {
            name: "ours on PostgreSQL, over HTTP",
            work: Box::new(move || through(runtime, world(), file, rows)),
        });
        ways.push(Way {
            name: "COPY, same table and indexes",
            work: Box::new(move || copied(&world(), file, rows)),
        });
    }
    ways
}

fn report(ran: &[Ran], rows: usize) -> Vec<Row> {
    let what = format!(
        "import of {rows} CSV rows: upload, mapping, check, import; validated, without doubles, rollups kept"
    );
    let mut found = vec![ran[0].versus(&ran[1], "5", &what, Some(0.4))];
    if let [_, _, ours, copy] = ran {
        found.push(ours.versus(copy, "5", &what, Some(0.5)));
    }
    found
}

/// The memory of the server while it took the large file.
fn bounded(ran: &Ran) -> Row {
    let peak = ran.median(|s| s.peak_mib);
    Row {
        promise: "5".into(),
        workload: format!("peak memory of the server while it imports {} rows", ROWS.1),
        ours: format!("{} MiB", short(peak)),
        other: "—".into(),
        ratio: "—".into(),
        goal: "bounded".into(),
        met: None,
        cpu: "—".into(),
        memory: "—".into(),
    }
}

/// A file as a partnership would have it: by organization, metric and month.
fn write_file(folder: &Path, rows: usize) -> PathBuf {
    let path = folder.join(format!("{rows}.csv"));
    let mut to = BufWriter::new(File::create(&path).expect("a file"));
    let mut line = String::from("Period,Metric,Organization,Value,Remark\n");
    for row in 0..rows {
        let (month, metric, organization) = (row / (OF.0 * OF.1), row / OF.1 % OF.0, row % OF.1);
        writeln!(
            line,
            "{}-{:02},Metric {metric},Organization {organization},{}.5,counted by hand in week {}",
            1200 + month / 12,
            1 + month % 12,
            row % 997,
            row % 52
        )
        .expect("a string");
        to.write_all(line.as_bytes()).expect("written");
        line.clear();
    }
    to.flush().expect("written");
    path
}

/// The whole way that a file goes, as a program would lead it.
fn through(runtime: &Runtime, world: World, file: &Path, rows: usize) -> Sample {
    for n in 0..OF.0 {
        let new = NewMetric {
            name: format!("Metric {n}"),
            definition: Definition {
                frequency: Frequency::Month,
                ..Definition::default()
            },
            ..NewMetric::default()
        };
        let staff = world.staff.clone();
        let made = world
            .db
            .write_blocking(move |conn| define(conn, &staff, &new));
        made.map_err(|e| format!("{e:?}")).expect("a metric");
    }
    let (key, _) = world.person();
    let served = Served::start(&world, &Program::Server).expect("the server is named");
    let sample = served.measure(rows, || {
        let done = runtime.block_on(lead(&served, &world, &key, file));
        assert_eq!(done["counts"]["new"], rows, "{done}");
    });
    drop(served);
    assert_eq!(world.count("measurements"), rows as i64);
    let wrong = world
        .db
        .read_blocking(|c| Ok::<_, DbError>(rollup::compare(c, world.staff.tenant())?.len()));
    assert_eq!(
        wrong.expect("compared"),
        0,
        "rollups say what their rows say"
    );
    sample
}

async fn lead(served: &Served, world: &World, key: &str, file: &Path) -> Value {
    let headers = format!("Authorization: Bearer {key}\r\n");
    let mut connection = Connection::open(served.address, &headers)
        .await
        .expect("connected");
    let imports = format!("/api/v1/partnerships/{}/imports", world.staff.tenant());
    let made = upload(&mut connection, &imports, file).await;
    let this = format!("{imports}/{}", made["id"].as_str().expect("an import"));
    let json = "Content-Type: application/json\r\n";
    let change = json!({"mapping": made["mapping"]}).to_string();
    let seen = format!("{json}If-Match: \"{}\"\r\n", made["version"]);
    ok(&mut connection, "PATCH", &this, &seen, &change).await;
    ok(
        &mut connection,
        "POST",
        &format!("{this}/check"),
        json,
        "{}",
    )
    .await;
    wait(&mut connection, &this, "checked").await;
    ok(
        &mut connection,
        "POST",
        &format!("{this}/start"),
        json,
        "{}",
    )
    .await;
    wait(&mut connection, &this, "done").await
}

async fn upload(connection: &mut Connection, imports: &str, file: &Path) -> Value {
    let head =
        "--part\r\nContent-Disposition: form-data; name=\"file\"; filename=\"rows.csv\"\r\n\r\n";
    let tail = "\r\n--part--\r\n";
    let mut from = File::open(file).expect("the file");
    let size = from.metadata().expect("its size").len();
    let kind = "Content-Type: multipart/form-data; boundary=part\r\n";
    let length = size + (head.len() + tail.len()) as u64;
    let sent = async {
        connection.begin("POST", imports, kind, length).await?;
        connection.send(head.as_bytes()).await?;
        let mut piece = vec![0; 1 << 16];
        loop {
            match from.read(&mut piece)? {
                0 => break,
                n => connection.send(&piece[..n]).await?,
            }
        }
        connection.send(tail.as_bytes()).await?;
        connection.reply().await
    };
    let reply = sent.await.expect("uploaded");
    assert_eq!(reply.status, 201, "{}", reply.json());
    reply.json()
}

async fn ok(
    connection: &mut Connection,
    method: &str,
    path: &str,
    more: &str,
    body: &str,
) -> Value {
    let reply = connection
        .ask(method, path, more, body.as_bytes())
        .await
        .expect("answered");
    assert!(
        reply.status < 300,
        "{method} {path}: {} {}",
        reply.status,
        reply.json()
    );
    reply.json()
}

async fn wait(connection: &mut Connection, this: &str, state: &str) -> Value {
    loop {
        let it = ok(connection, "GET", this, "", "").await;
        if it["state"] == state {
            return it;
        }
        assert_ne!(it["state"], "failed", "{it}");
        tokio::time::sleep(Duration::from_millis(10)).await;
    }
}

/// The statement of both plain ways: what an import writes of a row.
const COLUMNS: &str = "id, partnership_id, metric_id, organization_id, period, period_start, period_end, dimensions, value, marker, \
     source, note, status, version, changed_by, reported_at, changed_at";

/// A row's cells, as the plain ways need them.
fn cells(file: &Path) -> impl Iterator<Item = csv::StringRecord> {
    let reader = csv::Reader::from_path(file).expect("the file");
    reader.into_records().map(|row| row.expect("a row"))
}

/// Identifiers of the metrics and organizations that a file names, so that the plain ways write rows as large as ours.
struct Names(BTreeMap<String, String>);

impl Names {
    fn of(file: &Path) -> Self {
        let some = cells(file).take(OF.0 * OF.1);
        let names = some.flat_map(|row| [row[1].to_owned(), row[2].to_owned()]);
        Self(
            names
                .map(|name| (name, uuid::Uuid::now_v7().to_string()))
                .collect(),
        )
    }

    fn id(&self, name: &str) -> &str {
        &self.0[name]
    }
}

fn month(period: &str) -> (String, String) {
    let (year, month) = period.split_once('-').expect("a month");
    let (year, month): (u32, u32) = (
        year.parse().expect("a year"),
        month.parse().expect("a month"),
    );
    let next = if month == 12 {
        (year + 1, 1)
    } else {
        (year, month + 1)
    };
    (
        format!("{year:04}-{month:02}-01"),
        format!("{:04}-{:02}-01", next.0, next.1),
    )
}

fn inserted(folder: &Path, file: &Path, rows: usize) -> Sample {
    let path = folder.join("plain.sqlite");
    for end in ["", "-wal", "-shm"] {
        drop(std::fs::remove_file(format!("{}{end}", path.display())));
    }
    let mut conn = Rusqlite::open(&path).expect("a database");
    conn.execute_batch(
        "PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL; PRAGMA temp_store = MEMORY; PRAGMA cache_size = -8000; \
         PRAGMA foreign_keys = OFF;",
    )
    .expect("set up");
    // The same tables and indexes as ours, by the same migrations.
    let world = World::new(256, 1);
    let schema: Vec<String> = {
        let ours = Rusqlite::open(world.file()).expect("ours");
        let mut all = ours
            .prepare(
                "SELECT sql FROM sqlite_master WHERE tbl_name = 'measurements' AND sql IS NOT NULL",
            )
            .expect("asked");
        let found = all.query_map([], |row| row.get(0)).expect("told");
        found.map(|sql| sql.expect("text")).collect()
    };
    for statement in schema {
        conn.execute_batch(&statement).expect("made");
    }
    let names = Names::of(file);
    let sample = measure(rows, || {
        let all = conn.transaction().expect("begun");
        {
            let mut insert = all
                .prepare(&format!(
                    "INSERT INTO measurements ({COLUMNS}) VALUES (?, 'p', ?, ?, ?, ?, ?, '', ?, 'none', '', ?, 'reported', 1, 's', ?, ?) \
                     ON CONFLICT DO NOTHING"
                ))
                .expect("prepared");
            for row in cells(file) {
                let (from, until) = month(&row[0]);
                let now = "2026-11-22 09:00:00";
                let (metric, organization) = (names.id(&row[1]), names.id(&row[2]));
                insert
                    .execute(params![
                        uuid::Uuid::now_v7().to_string(),
                        metric,
                        organization,
                        &row[0],
                        from,
                        until,
                        &row[3],
                        &row[4],
                        now,
                        now
                    ])
                    .expect("inserted");
            }
        }
        all.commit().expect("committed");
    });
    let n: i64 = conn
        .query_row("SELECT count(*) FROM measurements", [], |row| row.get(0))
        .expect("counted");
    assert_eq!(n, rows as i64, "both sides have the same rows");
    sample
}

fn copied(world: &World, file: &Path, rows: usize) -> Sample {
    world.sql("CREATE TABLE plain (LIKE measurements INCLUDING ALL)");
    let url = world.database_url();
    let mut conn = PgConnection::establish(&url).expect("connected");
    diesel::table! {
        plain (id) {
            id -> Text, partnership_id -> Text, metric_id -> Text, organization_id -> Text, period -> Text,
            period_start -> Date, period_end -> Date, dimensions -> Text, value -> Nullable<Text>, marker -> Text,
            source -> Text, note -> Text, status -> Text, version -> BigInt, changed_by -> Text,
            reported_at -> Timestamp, changed_at -> Timestamp,
        }
    }
    let names = Names::of(file);
    let sample = measure(rows, || {
        let target = (
            plain::id,
            plain::partnership_id,
            plain::metric_id,
            plain::organization_id,
            plain::period,
            plain::period_start,
            plain::period_end,
            plain::dimensions,
            plain::value,
            plain::marker,
            plain::source,
            plain::note,
            plain::status,
            plain::version,
            plain::changed_by,
            plain::reported_at,
            plain::changed_at,
        );
        let copied = diesel::copy_from(plain::table).from_raw_data(target, |to| {
            let mut to = BufWriter::with_capacity(1 << 16, to);
            for row in cells(file) {
                let (from, until) = month(&row[0]);
                let (id, now) = (uuid::Uuid::now_v7(), "2026-11-22 09:00:00");
                let (metric, organization) = (names.id(&row[1]), names.id(&row[2]));
                writeln!(
                    to,
                    "{id},p,{metric},{organization},{},{from},{until},\"\",{},none,\"\",{},reported,1,s,{now},{now}",
                    &row[0], &row[3], &row[4]
                )
                .expect("sent");
            }
            to.flush().expect("sent");
            diesel::QueryResult::Ok(())
        });
        copied
            .with_format(diesel::pg::CopyFormat::Csv)
            .execute(&mut conn)
            .expect("copied");
    });
    assert_eq!(
        world.count("plain"),
        rows as i64,
        "both sides have the same rows"
    );
    sample
}
