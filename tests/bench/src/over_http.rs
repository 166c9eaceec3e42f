//! Durable logging over HTTP: contributions and measurements by API key, committed together, beside one commit each and PostgreSQL;
//! and what is left of it when the server is killed.

use std::collections::BTreeSet;
use std::net::SocketAddr;
use std::time::{Duration, Instant};

use backbone_metrics::metric::MetricId;
use backbone_metrics::metric::define::{NewMetric, define};
use backbone_metrics::metric::{Definition, Frequency};
use serde_json::json;
use tokio::runtime::Runtime;

use crate::logging::give_a_rate;
use crate::measure::{Row, Sample, Way, quick, race, runtime, slowest};
use crate::served::{Connection, Program, Served};
use crate::world::World;

/// Clients at once: of the comparison with single commits, and with PostgreSQL.
const CLIENTS: (usize, usize) = (64, 32);
/// Writes of a client in one round: committed together, singly.
const EACH: (usize, usize) = (40, 8);

/// A world being served, with what its clients write about.
struct Desk {
    served: Served,
    key: String,
    metric: MetricId,
    world: World,
}

pub fn run() -> Vec<Row> {
    let runtime = runtime();
    let Some(together) = Desk::open(World::new(256, 8), &Program::Server) else {
        eprintln!("  skipped: BENCH_SERVER names no server");
        return Vec::new();
    };
    let singly = Desk::open(World::new(256, 8), &Program::Own("singly")).expect("this program");
    let postgres = World::on_postgres(8).and_then(|world| Desk::open(world, &Program::Server));
    let mut waits = Vec::new();
    let mut unused = Vec::new();
    let mut unused_too = Vec::new();
    let mut last = Vec::new();
    let share = if quick() { 4 } else { 1 };
    let mut ways = vec![
        Way {
            name: "ours, 64 clients",
            work: Box::new(|| together.load(&runtime, CLIENTS.0, EACH.0 / share, &mut waits)),
        },
        Way {
            name: "the same with one commit a write, 64 clients",
            work: Box::new(|| singly.load(&runtime, CLIENTS.0, EACH.1 / share, &mut unused)),
        },
    ];
    if let Some(postgres) = &postgres {
        ways.push(Way {
            name: "ours on SQLite, 32 clients",
            work: Box::new(|| together.load(&runtime, CLIENTS.1, EACH.0 / share, &mut last)),
        });
        ways.push(Way {
            name: "ours on PostgreSQL, 32 clients",
            work: Box::new(|| postgres.load(&runtime, CLIENTS.1, EACH.0 / share, &mut unused_too)),
        });
    }
    let ran = race(ways);
    let workload = "contributions and measurements in turn by API key over HTTP, `synchronous=FULL`, each acknowledged after its commit";
    let mut rows = vec![ran[0].versus(&ran[1], "6", workload, Some(10.0))];
    if let [_, _, ours, theirs] = ran.as_slice() {
        rows.push(ours.versus(theirs, "6", workload, Some(1.0)));
    }
    rows.push(slowest(waits, "over HTTP, 64 clients"));
    rows.push(together.kill(&runtime));
    rows
}

impl Desk {
    fn open(world: World, program: &Program) -> Option<Self> {
        give_a_rate(&world);
        let new = NewMetric {
            name: "Pupils".into(),
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
        let metric = made.map_err(|e| format!("{e:?}")).expect("a metric").id;
        let (key, _) = world.person();
        let served = Served::start(&world, program)?;
        Some(Self {
            served,
            key,
            metric,
            world,
        })
    }

    /// What a client writes: path and body. No two measurements have the same name.
    fn entry(&self, client: usize, n: usize) -> (String, String) {
        let tenant = self.world.staff.tenant();
        let organization = &self.world.organizations[client % self.world.organizations.len()];
        if n.is_multiple_of(2) {
            let body = json!({
                "organization_id": organization, "kind": "time", "period": format!("2026-{:02}", 1 + client % 10),
                "activity": format!("Reading aloud, group {client}"), "hours": "2.5", "people": 1,
            });
            return (
                format!("/api/v1/partnerships/{tenant}/contributions"),
                body.to_string(),
            );
        }
        let body = json!({
            "metric_id": self.metric, "organization_id": organization, "period": format!("20{:02}-{:02}-{:02}", client % 26, 1 + n % 12, 1 + n % 28),
            "value": n.to_string(), "dimensions": {"entry": uuid::Uuid::now_v7().to_string()},
        });
        (
            format!("/api/v1/partnerships/{tenant}/measurements"),
            body.to_string(),
        )
    }

    fn load(
        &self,
        runtime: &Runtime,
        clients: usize,
        each: usize,
        waits: &mut Vec<Duration>,
    ) -> Sample {
        let entries: Vec<Vec<(String, String)>> = (0..clients)
            .map(|client| (0..each).map(|n| self.entry(client, n)).collect())
            .collect();
        let written = || self.world.count("contributions") + self.world.count("measurements");
        let before = written();
        let sample = self.served.measure(clients * each, || {
            runtime.block_on(async {
                let all: Vec<_> = entries
                    .into_iter()
                    .map(|own| tokio::spawn(client(self.served.address, self.key.clone(), own)))
                    .collect();
                for one in all {
                    let told = one.await.expect("nobody panics");
                    waits.extend(told.into_iter().map(|(_, wait)| wait));
                }
            });
        });
        assert_eq!(
            written() - before,
            (clients * each) as i64,
            "each is there once"
        );
        sample
    }

    /// Kills the server under load, and looks for every acknowledged write.
    fn kill(self, runtime: &Runtime) -> Row {
        let entries: Vec<Vec<(String, String)>> = (0..CLIENTS.0)
            .map(|client| (0..1000).map(|n| self.entry(client, n)).collect())
            .collect();
        let Self {
            served, key, world, ..
        } = self;
        let acknowledged: Vec<String> = runtime.block_on(async {
            let all: Vec<_> = entries
                .into_iter()
                .map(|own| tokio::spawn(client(served.address, key.clone(), own)))
                .collect();
            tokio::time::sleep(Duration::from_millis(1500)).await;
            served.kill();
            let mut ids = Vec::new();
            for one in all {
                let told = one.await.expect("nobody panics");
                ids.extend(told.into_iter().map(|(id, _)| id));
            }
            ids
        });
        let there: BTreeSet<String> = ["contributions", "measurements"]
            .iter()
            .flat_map(|table| world.ids(table))
            .collect();
        let lost = acknowledged
            .iter()
            .filter(|id| !there.contains(*id))
            .count();
        assert!(
            !acknowledged.is_empty(),
            "something was acknowledged before the kill"
        );
        Row {
            promise: "6".into(),
            workload: "killed (`kill -9`) under the load of 64 clients: acknowledged writes that are missing afterwards".into(),
            ours: format!("{lost} of {}", acknowledged.len()),
            other: "—".into(),
            ratio: "—".into(),
            goal: "0".into(),
            met: Some(lost == 0),
            cpu: "—".into(),
            memory: "—".into(),
        }
    }
}

/// Writes one after another, each after the one before was acknowledged; ends early when the server is gone.
async fn client(
    address: SocketAddr,
    key: String,
    entries: Vec<(String, String)>,
) -> Vec<(String, Duration)> {
    let headers = format!("Authorization: Bearer {key}\r\nContent-Type: application/json\r\n");
    let mut told = Vec::with_capacity(entries.len());
    let Ok(mut connection) = Connection::open(address, &headers).await else {
        return told;
    };
    for (path, body) in entries {
        let asked = Instant::now();
        let Ok(reply) = connection.ask("POST", &path, "", body.as_bytes()).await else {
            return told;
        };
        assert_eq!(reply.status, 201, "{}", reply.json());
        let id = reply.json()["id"].as_str().unwrap_or_default().to_owned();
        told.push((id, asked.elapsed()));
    }
    told
}
