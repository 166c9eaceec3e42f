//! Counting a hundred thousand ballots on ten options: from the database to a result that is kept, beside pref_voting in Python, and Meek's
//! method beside stv-rs.

use std::fmt::Write as _;
use std::io::{BufRead, BufReader, Write as _};
use std::process::{Child, ChildStdin, ChildStdout, Command, Stdio};
use std::time::Instant;

use backbone_decisions::body::{self, NewBody};
use backbone_decisions::framework::{self, Method, NewFramework, Norms, library};
use backbone_decisions::proposal::life::{self, StepInput};
use backbone_decisions::proposal::{Choice, Content, DecisionId, NewProposal, draft};
use backbone_decisions::seat::{NewSeat, place};
use backbone_decisions::{Error, outcome};
use backbone_tally::{Election, Quota, Rules};
use stv_rs::arithmetic::{FixedDecimal9, Integer64};
use stv_rs::cli::Parallel;
use stv_rs::meek::stv_droop;
use stv_rs::parse::{ParsingOptions, parse_election};

use crate::measure::{Row, Sample, Way, measure, process_cpu, quick, race, reset_peak, status_mib};
use crate::world::World;

/// Options on a ballot.
const OPTIONS: usize = 10;
/// Seats that Meek's method fills.
const SEATS: usize = 3;

pub fn run() -> Vec<Row> {
    let ballots = rankings(if quick() { 5_000 } else { 100_000 });
    let world = World::new(256, 4);
    let votes = [Method::Schulze, Method::Irv].map(|method| vote(&world, method, &ballots));
    let ours = winners(&world, &votes);
    let mut rows = Vec::new();
    let count = || count(&world, &votes, ballots.len());
    match Python::start(&ballots) {
        None => eprintln!("  skipped: BENCH_PYTHON names no Python with pref_voting"),
        Some(mut python) => {
            assert_eq!(python.ask(), ours, "both sides find the same winners");
            let ran = race(vec![
                Way {
                    name: "ours: close, count, keep",
                    work: Box::new(count),
                },
                Way {
                    name: "pref_voting: build and count",
                    work: Box::new(|| python.count(ballots.len())),
                },
            ]);
            let what = format!(
                "{} ballots × {OPTIONS} options by Schulze and by instant run-off, ours from the database to a kept result",
                ballots.len()
            );
            rows.push(ran[0].versus(&ran[1], "8", &what, Some(50.0)));
        }
    }
    rows.push(meek(&ballots));
    rows
}

/// Random rankings around three opinions, so that they repeat as little as real ones do. Always the same.
fn rankings(many: usize) -> Vec<[usize; OPTIONS]> {
    let mut state = 0x2545_f491_4f6c_dd1d_u64;
    let mut below = move |n: usize| {
        state ^= state << 13;
        state ^= state >> 7;
        state ^= state << 17;
        (state % n as u64) as usize
    };
    let mut base = [[0; OPTIONS]; 3];
    for opinion in &mut base {
        *opinion = std::array::from_fn(|i| i);
        for i in (1..OPTIONS).rev() {
            opinion.swap(i, below(i + 1));
        }
    }
    let mut one = || {
        let mut ranking = base[[0, 0, 0, 1, 1, 2][below(6)]];
        for _ in 0..below(8) {
            ranking.swap(below(OPTIONS), below(OPTIONS));
        }
        ranking
    };
    (0..many).map(|_| one()).collect()
}

/// A vote that is open, with its ballots.
fn vote(world: &World, method: Method, ballots: &[[usize; OPTIONS]]) -> DecisionId {
    let staff = world.staff.clone();
    let member = world.organizations[0].to_string();
    let made = world.db.write_blocking(move |conn| {
        let board = body::edit::create(
            conn,
            &staff,
            &NewBody {
                kind: "board".into(),
                name: format!("Board of {method:?}"),
                ..NewBody::default()
            },
        )?;
        let seat = NewSeat {
            kind: "member".into(),
            organization_id: Some(member),
            ..NewSeat::default()
        };
        place::add(conn, &staff, &board.id, &seat)?;
        let ranked = library::find("ranked").map_or_else(Norms::default, |ready| ready.norms);
        let norms = Norms {
            method,
            none_of_above: false,
            ..ranked
        };
        let framework = framework::edit::create(
            conn,
            &staff,
            &NewFramework {
                body_id: Some(board.id.to_string()),
                name: format!("By {method:?}"),
                norms,
                ..NewFramework::default()
            },
        )?;
        let option = |i: usize| Choice {
            label: format!("Option {i}"),
            ..Choice::default()
        };
        let proposal = NewProposal {
            body_id: board.id.to_string(),
            framework_id: Some(framework.id.to_string()),
            title: "Where does the desk open?".into(),
            content: Content {
                options: (0..OPTIONS).map(option).collect(),
                ..Content::default()
            },
            ..NewProposal::default()
        };
        let made = draft::create(conn, &staff, &proposal)?;
        life::publish(conn, &staff, &made.id)?;
        life::open(conn, &staff, &made.id)
    });
    let made = made.map_err(|e: Error| format!("{e:?}")).expect("a vote");
    let keys: Vec<String> = made.content.options.iter().map(|o| o.key.clone()).collect();
    fill(world, &made.id, &keys, ballots);
    made.id
}

/// Voters and their ballots, written at once. Their seats are not there: counting does not ask for them.
fn fill(world: &World, vote: &DecisionId, keys: &[String], ballots: &[[usize; OPTIONS]]) {
    let mut file = rusqlite::Connection::open(world.file()).expect("opened");
    let all = file.transaction().expect("begun");
    {
        let tenant = world.staff.tenant();
        let mut voter = all
            .prepare("INSERT INTO voters VALUES (?1, ?2, ?3, ?1, NULL, NULL, NULL, 'Somebody', 1, 'eligible', '', TRUE)")
            .expect("prepared");
        let mut ballot = all
            .prepare(
                "INSERT INTO ballots (id, partnership_id, proposal_id, voter_id, version, counts, choice, reason, weight, person_id,
                    person_name, capacity, receipt, cast_at)
                 VALUES (?1, ?2, ?3, ?4, 1, TRUE, ?5, '', 1, NULL, 'Somebody', 'holder', NULL, '2026-11-22 09:00:00')",
            )
            .expect("prepared");
        for ranking in ballots {
            let (id, other) = (
                uuid::Uuid::now_v7().to_string(),
                uuid::Uuid::now_v7().to_string(),
            );
            voter
                .execute((&id, tenant, vote.as_str()))
                .expect("written");
            let ranks: Vec<[&str; 1]> = ranking.iter().map(|i| [keys[*i].as_str()]).collect();
            let says = serde_json::json!({ "ranks": ranks }).to_string();
            ballot
                .execute((&other, tenant, vote.as_str(), &id, &says))
                .expect("written");
        }
    }
    all.commit().expect("written");
}

/// Closes both votes: reads, counts and keeps the result, all but the commit, so that it can be done again.
fn count(world: &World, votes: &[DecisionId], ballots: usize) -> Sample {
    measure(ballots, || {
        for vote in votes {
            close(world, vote, |_| ());
        }
    })
}

fn close<T: Send + 'static>(
    world: &World,
    vote: &DecisionId,
    then: impl FnOnce(&outcome::Outcome) -> T + Send + 'static,
) -> T {
    let (staff, id) = (world.staff.clone(), vote.clone());
    let (tell, told) = std::sync::mpsc::channel();
    let undone: Result<(), Error> = world.db.write_blocking(move |conn| {
        let input = StepInput {
            reason: "Counted".into(),
            ..StepInput::default()
        };
        life::close(conn, &staff, &id, &input)?;
        let kept = outcome::close::kept(conn, &staff, &id)?;
        tell.send(then(&kept)).expect("somebody listens");
        Err(Error::NotFound)
    });
    assert!(undone.is_err(), "it is undone");
    told.recv().expect("it was counted")
}

/// The winners' numbers, as the other side prints them.
fn winners(world: &World, votes: &[DecisionId]) -> String {
    let found: Vec<String> = votes
        .iter()
        .map(|vote| {
            let keys = close(world, vote, |kept| kept.result.winners.clone());
            // Keys are o1, o2 …
            let numbers = keys.iter().map(|key| {
                let n: usize = key.trim_start_matches('o').parse().expect("a key");
                (n - 1).to_string()
            });
            numbers.collect::<Vec<_>>().join(" ")
        })
        .collect();
    found.join(" | ")
}

/// pref_voting in a process of its own.
struct Python {
    child: Child,
    to: ChildStdin,
    from: BufReader<ChildStdout>,
    _folder: tempfile::TempDir,
}

impl Python {
    fn start(ballots: &[[usize; OPTIONS]]) -> Option<Self> {
        let python = std::env::var_os("BENCH_PYTHON")?;
        let folder = tempfile::tempdir().expect("a folder");
        let file = folder.path().join("ballots.txt");
        let mut text = String::new();
        for ranking in ballots {
            let numbers: Vec<String> = ranking.iter().map(ToString::to_string).collect();
            writeln!(text, "{}", numbers.join(" ")).expect("written");
        }
        std::fs::write(&file, text).expect("written");
        let mut child = Command::new(python)
            .arg(concat!(env!("CARGO_MANIFEST_DIR"), "/tally.py"))
            .arg(&file)
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .spawn()
            .expect("Python starts");
        let to = child.stdin.take().expect("piped");
        let from = BufReader::new(child.stdout.take().expect("piped"));
        let mut started = Self {
            child,
            to,
            from,
            _folder: folder,
        };
        (started.line() == "ready").then_some(started)
    }

    fn line(&mut self) -> String {
        let mut line = String::new();
        self.from.read_line(&mut line).expect("answered");
        line.trim().to_owned()
    }

    fn ask(&mut self) -> String {
        writeln!(self.to, "count").expect("asked");
        self.line()
    }

    fn count(&mut self, ballots: usize) -> Sample {
        let process = self.child.id().to_string();
        reset_peak(&process);
        let (cpu, began) = (process_cpu(&process), Instant::now());
        self.ask();
        Sample {
            units: ballots as f64,
            seconds: began.elapsed().as_secs_f64(),
            cpu_micros: process_cpu(&process) - cpu,
            peak_mib: status_mib(&process, "VmHWM:"),
        }
    }
}

impl Drop for Python {
    fn drop(&mut self) {
        // It ends by itself when nobody asks any more.
        drop(self.child.kill());
        drop(self.child.wait());
    }
}

/// Both sides have read the ballots already; both count with nine decimals.
fn meek(ballots: &[[usize; OPTIONS]]) -> Row {
    let names: Vec<String> = (0..OPTIONS).map(|i| format!("o{i}")).collect();
    let mut ours = Election::new(names.clone()).expect("options");
    let mut text = format!("{OPTIONS} {SEATS}\n[nick {}]\n", names.join(" "));
    for ranking in ballots {
        ours.rank(&ranking.map(|i| [i]), 1).expect("a ballot");
        let line: Vec<&str> = ranking.iter().map(|i| names[*i].as_str()).collect();
        writeln!(text, "1 {} 0", line.join(" ")).expect("written");
    }
    text.push_str("0\n");
    for name in &names {
        writeln!(text, "\"{name}\"").expect("written");
    }
    text.push_str("\"Desks\"\n");
    let theirs = parse_election(
        text.as_bytes(),
        ParsingOptions {
            remove_withdrawn_candidates: true,
            remove_empty_ballots: true,
            optimize_layout: true,
        },
    )
    .expect("read");
    let method = backbone_tally::Method::MeekStv {
        quota: Quota::Droop,
    };
    let rules = Rules {
        seats: SEATS,
        seed: None,
    };
    let count_ours = || {
        let tally = backbone_tally::count(&method, &ours, &rules).expect("counted");
        let mut winners: Vec<String> = tally.winners.iter().map(ToString::to_string).collect();
        winners.sort();
        winners
    };
    let count_theirs = || {
        let found = stv_droop::<Integer64, FixedDecimal9>(
            &mut std::io::sink(),
            &theirs,
            "bench",
            6,
            Parallel::Rayon,
            None,
            false,
            false,
            false,
        );
        let mut winners: Vec<String> = found
            .expect("counted")
            .elected
            .iter()
            .map(|i| names[*i].clone())
            .collect();
        winners.sort();
        winners
    };
    let expected = count_theirs();
    assert_eq!(count_ours(), expected, "both sides elect the same");
    let ran = race(vec![
        Way {
            name: "ours: Meek",
            work: Box::new(|| measure(ballots.len(), || assert_eq!(count_ours(), expected))),
        },
        Way {
            name: "stv-rs: Meek, on all cores",
            work: Box::new(|| measure(ballots.len(), || assert_eq!(count_theirs(), expected))),
        },
    ]);
    let what = format!(
        "{} ballots × {OPTIONS} options by Meek's method, {SEATS} seats, ballots in memory",
        ballots.len()
    );
    ran[0].versus(&ran[1], "8", &what, Some(3.0))
}
