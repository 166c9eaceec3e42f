//! Durable logging: writes of many people at once, committed together, beside the same writes with a commit each.

use std::time::{Duration, Instant};

use backbone_contributions::contribution::NewContribution;
use backbone_contributions::contribution::log::log;
use backbone_contributions::rate::NewRate;
use backbone_contributions::rate::set::set;
use backbone_contributions::{Error, TotalsQuery, rebuild, totals};
use backbone_db::Db;
use backbone_identity::Actor;
use serde_json::json;
use tokio::runtime::Runtime;

use crate::measure::{ROUNDS, Row, Sample, Way, measure, race, runtime, slowest};
use crate::world::World;

/// People who log at the same time; each waits for the answer before the next entry.
const PEOPLE: usize = 64;

/// Entries a person in one round, committed together and singly: about as long in time.
const EACH: (usize, usize) = (60, 10);

pub fn run() -> Vec<Row> {
    let runtime = runtime();
    let (together, singly) = (World::new(256, 8), World::new(1, 8));
    let mut waits = Vec::new();
    for world in [&together, &singly] {
        give_a_rate(world);
        log_all(&runtime, world, 5, &mut waits);
    }
    assert_eq!(
        counted(&together),
        counted(&singly),
        "both sides do the same"
    );
    waits.clear();
    let mut unused = Vec::new();
    let ran = race(vec![
        Way {
            name: "ours, committed together",
            work: Box::new(|| log_all(&runtime, &together, EACH.0, &mut waits)),
        },
        Way {
            name: "the same with one commit a row",
            work: Box::new(|| log_all(&runtime, &singly, EACH.1, &mut unused)),
        },
    ]);
    for (world, each) in [(&together, EACH.0), (&singly, EACH.1)] {
        let acknowledged = (PEOPLE * (5 + each * (ROUNDS + 1))) as i64;
        assert_eq!(
            counted(world).2,
            acknowledged,
            "each acknowledged row is there"
        );
        let wrong = world.db.read_blocking(|c| rebuild(c, world.staff.tenant()));
        assert!(
            wrong.expect("rebuilt").is_empty(),
            "totals equal their rows"
        );
    }
    let workload = "contributions logged by 64 people at once, `synchronous=FULL`: checked, versioned, totals and event \
                    kept, in the process (without HTTP)";
    vec![
        ran[0].versus(&ran[1], "6", workload, Some(10.0)),
        slowest(waits, ran[0].name),
    ]
}

/// Hours, value and number of entries.
fn counted(world: &World) -> (String, i64, i64) {
    let all = world
        .db
        .read_blocking(|c| totals(c, world.staff.tenant(), &TotalsQuery::all()))
        .expect("totals");
    (all.hours.to_string(), all.value_minor, all.contributions)
}

fn log_all(runtime: &Runtime, world: &World, each: usize, waits: &mut Vec<Duration>) -> Sample {
    measure(PEOPLE * each, || {
        runtime.block_on(async {
            let people: Vec<_> = (0..PEOPLE)
                .map(|person| {
                    tokio::spawn(log_some(
                        world.db.clone(),
                        entry(world, person),
                        world.staff.clone(),
                        each,
                    ))
                })
                .collect();
            for person in people {
                waits.extend(person.await.expect("nobody panics"));
            }
        });
    })
}

async fn log_some(db: Db, entry: NewContribution, staff: Actor, each: usize) -> Vec<Duration> {
    let mut waits = Vec::with_capacity(each);
    for _ in 0..each {
        let (entry, staff, asked) = (entry.clone(), staff.clone(), Instant::now());
        let made = db.write(move |conn| log(conn, &staff, &entry)).await;
        made.map_err(|e: Error| format!("{e:?}")).expect("logged");
        waits.push(asked.elapsed());
    }
    waits
}

fn entry(world: &World, person: usize) -> NewContribution {
    let organization = &world.organizations[person % world.organizations.len()];
    serde_json::from_value(json!({
        "organization_id": organization, "kind": "time", "period": format!("2026-{:02}", 1 + person % 10),
        "activity": format!("Reading aloud, group {person}"), "hours": "2.5", "people": 1,
    }))
    .expect("an entry")
}

/// A rate for hours, without which they have no value.
pub fn give_a_rate(world: &World) {
    let rate = NewRate {
        work_role: "Volunteer".into(),
        hourly: "24".parse().expect("a decimal"),
        valid_from: "2020-01-01".parse().expect("a day"),
        source: "Decision 12".into(),
    };
    let staff = world.staff.clone();
    let set = world
        .db
        .write_blocking(move |conn| set(conn, &staff, &rate));
    set.map_err(|e| format!("{e:?}")).expect("a rate");
}
