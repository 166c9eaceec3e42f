//! A whole campaign through the real server: from the click in the API to the last accept, with a state on disk for each recipient;
//! what it takes in memory, and what a killed server loses or repeats.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write as _;
use std::time::{Duration, Instant};

use backbone_mail::sink::{Script, Sink};
use serde_json::json;
use tokio::runtime::Runtime;

use super::{CONNECTIONS, compiled, message, raw};
use crate::measure::{Row, Sample, Way, measure, quick, race, runtime, short};
use crate::served::{Connection, Program, Served};
use crate::world::World;

/// Recipients of a round, of the one large campaign, and of the one whose server is killed.
const ROUND: usize = 10_000;
const LARGE: usize = 100_000;
const KILLED: usize = 20_000;
/// Connections that the server opens to a relay.
const OWN_CONNECTIONS: usize = 8;
/// Deliveries in flight at most: connections times the batch that each claims.
const WINDOW: usize = OWN_CONNECTIONS * 64;

/// A world with a mail server beside it.
struct Desk {
    runtime: Runtime,
    sink: Sink,
    world: World,
    key: String,
}

/// A campaign that a person held, with its recipients, none of them written to.
struct Campaign {
    id: String,
    recipients: usize,
}

pub fn run() -> Vec<Row> {
    if std::env::var_os("BENCH_SERVER").is_none() {
        eprintln!("  skipped: BENCH_SERVER names no server");
        return Vec::new();
    }
    let desk = Desk::open(Duration::ZERO);
    let served = desk.serve();
    let recipients = if quick() { ROUND / 5 } else { ROUND };
    let fixed = message(&compiled(), 0).bytes;
    let ran = race(vec![
        Way {
            name: "ours",
            work: Box::new(|| desk.send(&served, recipients)),
        },
        Way {
            name: "raw loop, one round trip a message, one fixed body",
            work: Box::new(|| desk.raw(&fixed, recipients)),
        },
    ]);
    drop(served);
    let what = format!(
        "campaign of {recipients} recipients, 30 KB bodies of their own, from the click in the API to the last accept, state of \
         each recipient on disk (`synchronous=FULL`), sink on the same processors"
    );
    let mut rows = vec![ran[0].versus(&ran[1], "1", &what, Some(0.4))];
    let sizes: &[usize] = if quick() {
        &[ROUND / 5]
    } else {
        &[ROUND, LARGE]
    };
    rows.extend(sizes.iter().map(|n| desk.memory(*n)));
    rows.push(desk.slow());
    rows.push(desk.killed());
    rows
}

impl Desk {
    fn open(delay: Duration) -> Self {
        let (runtime, world) = (runtime(), World::new(256, 2));
        let script = Script {
            delay,
            keep_bytes: false,
            ..Script::default()
        };
        let sink = runtime.block_on(Sink::start(script)).expect("a sink");
        let (key, _) = world.person();
        Self {
            runtime,
            sink,
            world,
            key,
        }
    }

    fn serve(&self) -> Served {
        let url = format!("{}?tls=none", self.sink.url());
        let program = Program::Server;
        Served::start_with(&self.world, &program, &[("BACKBONE_SMTP_URL", &url)])
            .expect("the server is named")
    }

    /// Writes a held campaign past the server.
    fn campaign(&self, recipients: usize) -> Campaign {
        let (id, tenant) = (uuid::Uuid::now_v7().to_string(), self.world.staff.tenant());
        let paragraph = "In the third quarter volunteers read aloud to children at forty places, and families took home books to \
                         read together until the next visit.\n\n";
        let content = json!({"edition": {
            "story_id": "story", "edition_id": "edition", "secret": "s3cret", "language": "en",
            "headline": "Every second child reads at home", "summary": "In eighteen months, 61 % began to read at home.",
            "vignette": {"title": "Sam reads", "text": paragraph.repeat(60)}, "ratio": null, "chart": null,
            "figures": [{"key": "reads", "label": "read at home", "value": "61 %", "period": "2025"}],
        }});
        self.world.sql(&format!(
            "INSERT INTO campaigns (id, partnership_id, kind, state, story_id, edition_id, subject, note, note_author, sender_name,
                 reply_to, content, rate_per_minute, stumbles, version, created_by, created_at, queued_at)
             VALUES ('{id}', '{tenant}', 'story', 'paused', 'story', 'edition', 'What your money moved', 'With thanks.', 'Staff',
                 'Midden', 'office@example.org', '{content}', 0, 0, 1, 'Staff', '2026-01-01 00:00:00', '2026-01-01 00:00:00')"
        ));
        let mut done = 0;
        while done < recipients {
            let mut text = String::from(
                "INSERT INTO deliveries (id, partnership_id, campaign_id, edition_id, email, address_key, name, language, state, \
                 attempts, due_at) VALUES ",
            );
            let part = (recipients - done).min(500);
            for n in done..done + part {
                let (delivery, comma) = (uuid::Uuid::now_v7(), if n > done { "," } else { "" });
                write!(
                    text,
                    "{comma}('{delivery}', '{tenant}', '{id}', 'edition', 'r{n}@example.org', 'r{n}@example.org', 'Reader {n}', 'en', \
                     'pending', 0, '2026-01-01 00:00:00')"
                )
                .expect("a string");
            }
            self.world.sql(&text);
            done += part;
        }
        Campaign { id, recipients }
    }

    /// Presses the button, and waits until the mail server has taken all.
    fn press_and_wait(&self, served: &Served, campaign: &Campaign) {
        self.press(served, campaign);
        self.wait_for(campaign.recipients);
    }

    fn press(&self, served: &Served, campaign: &Campaign) {
        let headers = format!(
            "Authorization: Bearer {}\r\nContent-Type: application/json\r\n",
            self.key
        );
        let path = format!(
            "/api/v1/partnerships/{}/campaigns/{}/resume",
            self.world.staff.tenant(),
            campaign.id
        );
        self.runtime.block_on(async {
            let mut connection = Connection::open(served.address, &headers)
                .await
                .expect("connected");
            let reply = connection
                .ask("POST", &path, "", b"{}")
                .await
                .expect("answered");
            assert_eq!(reply.status, 202, "{}", reply.json());
        });
    }

    fn wait_for(&self, messages: usize) {
        let began = Instant::now();
        while self.sink.totals().messages < messages {
            assert!(
                began.elapsed() < Duration::from_secs(900),
                "the mail server got {} of {messages}",
                self.sink.totals().messages
            );
            std::thread::sleep(Duration::from_millis(2));
        }
    }

    /// Waits for the last state to be written, and checks that everybody got one message of their own.
    fn check(&self, campaign: &Campaign) {
        let began = Instant::now();
        let left = format!("campaigns WHERE id = '{}' AND state <> 'done'", campaign.id);
        while self.world.count(&left) > 0 {
            assert!(began.elapsed() < Duration::from_secs(120), "it is done");
            std::thread::sleep(Duration::from_millis(20));
        }
        let accepted = format!(
            "deliveries WHERE campaign_id = '{}' AND state = 'accepted'",
            campaign.id
        );
        assert_eq!(self.world.count(&accepted), campaign.recipients as i64);
        let received = self.sink.received();
        let people: BTreeSet<&String> = received.iter().map(|r| &r.to[0]).collect();
        let tokens: BTreeSet<&String> = received.iter().map(|r| &r.message_id).collect();
        assert_eq!(
            (people.len(), tokens.len()),
            (campaign.recipients, campaign.recipients),
            "each got one with an identity of its own"
        );
        let size = received.iter().map(|r| r.size).sum::<usize>() / received.len();
        assert!((25_000..45_000).contains(&size), "about 30 KB, not {size}");
    }

    fn send(&self, served: &Served, recipients: usize) -> Sample {
        let campaign = self.campaign(recipients);
        self.sink.clear();
        let sample = served.measure(recipients, || self.press_and_wait(served, &campaign));
        self.check(&campaign);
        sample
    }

    fn raw(&self, body: &[u8], messages: usize) -> Sample {
        self.sink.clear();
        let address = self.sink.address();
        let sample = measure(messages, || {
            self.runtime.block_on(async {
                let workers: Vec<_> = (0..CONNECTIONS)
                    .map(|worker| {
                        let (body, mine) = (body.to_vec(), (worker..messages).step_by(CONNECTIONS));
                        tokio::spawn(async move { raw::send(address, &body, mine).await })
                    })
                    .collect();
                for worker in workers {
                    worker.await.expect("nobody panics");
                }
            });
        });
        assert_eq!(self.sink.totals().messages, messages);
        sample
    }

    /// What a fresh server takes beyond what it had when idle.
    fn memory(&self, recipients: usize) -> Row {
        let campaign = self.campaign(recipients);
        let served = self.serve();
        std::thread::sleep(Duration::from_secs(3));
        let idle = served.resident();
        self.sink.clear();
        let sample = served.measure(recipients, || self.press_and_wait(&served, &campaign));
        self.check(&campaign);
        let above = sample.peak_mib - idle;
        Row {
            promise: "3".into(),
            workload: format!(
                "peak memory above idle ({} MiB) while a campaign of {recipients} leaves",
                short(idle)
            ),
            ours: format!(
                "{} MiB ({} a second, {} in all)",
                short(above),
                short(sample.rate()),
                recipients
            ),
            other: "—".into(),
            ratio: "—".into(),
            goal: "≤ 40 MiB".into(),
            met: Some(above <= 40.0),
            cpu: format!("{:.1} µs", sample.cpu_micros / sample.units),
            memory: format!("{:.0} MiB", sample.peak_mib),
        }
    }

    /// The same over a relay that answers after 20 ms.
    fn slow(&self) -> Row {
        let recipients = if quick() { 2_000 } else { 5_000 };
        let desk = Self::open(super::DELAY);
        let served = desk.serve();
        let sample = desk.send(&served, recipients);
        let limit = OWN_CONNECTIONS as f64 / super::DELAY.as_secs_f64();
        let part = sample.rate() / limit;
        Row {
            promise: "2".into(),
            workload: format!(
                "campaign of {recipients} recipients from the click to the last accept over a relay that answers after 20 ms"
            ),
            ours: format!("{} a second", short(sample.rate())),
            other: format!(
                "{OWN_CONNECTIONS} connections / round trip: {} a second",
                short(limit)
            ),
            ratio: format!("**{}** (one run)", short(part)),
            goal: "≥ 0.9×".into(),
            met: Some(part >= 0.9),
            cpu: format!("{:.1} µs", sample.cpu_micros / sample.units),
            memory: format!("{:.0} MiB", sample.peak_mib),
        }
    }

    /// Kills the server in the middle, and lets another go on.
    fn killed(&self) -> Row {
        let recipients = if quick() { KILLED / 10 } else { KILLED };
        let campaign = self.campaign(recipients);
        self.sink.clear();
        let served = self.serve();
        self.press(&served, &campaign);
        self.wait_for(recipients / 3);
        served.kill();
        // What time would do: nobody hears of the killed one any more.
        self.world.sql(
            "UPDATE jobs SET leased_until = '2020-01-01 00:00:00' WHERE state = 'running';
             UPDATE campaigns SET runner_seen_at = '2020-01-01 00:00:00' WHERE runner IS NOT NULL",
        );
        let again = self.serve();
        let began = Instant::now();
        let open = format!("campaigns WHERE id = '{}' AND state <> 'done'", campaign.id);
        while self.world.count(&open) > 0 {
            assert!(began.elapsed() < Duration::from_secs(300), "it goes on");
            std::thread::sleep(Duration::from_millis(20));
        }
        drop(again);
        let mut got: BTreeMap<String, BTreeSet<String>> = BTreeMap::new();
        let received = self.sink.received();
        for message in &received {
            let ids = got.entry(message.to[0].clone()).or_default();
            ids.insert(message.message_id.clone());
        }
        let lost = recipients - got.len();
        let unlike = got.values().filter(|ids| ids.len() > 1).count();
        let repeated = received.len() - got.len();
        Row {
            promise: "3".into(),
            workload: format!(
                "server killed (`kill -9`) in the middle of a campaign of {recipients}, another goes on: lost; repeated, with \
                 another Message-ID"
            ),
            ours: format!("{lost}; {repeated}, {unlike}"),
            other: "—".into(),
            ratio: "—".into(),
            goal: format!("0; ≤ {WINDOW} in flight, 0"),
            met: Some(lost == 0 && unlike == 0 && repeated <= WINDOW),
            cpu: "—".into(),
            memory: "—".into(),
        }
    }
}
