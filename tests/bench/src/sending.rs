//! A campaign's messages over SMTP: our session, the raw limit of one round trip a message, and lettre's connection.

pub mod campaign;
mod lettre;
mod nodemailer;
mod raw;

use std::collections::HashSet;
use std::sync::Arc;
use std::time::Duration;

use backbone_mail::compile::{Compiled, Recipient, slot};
use backbone_mail::message::{Content, MessageId, Raw, Unsubscribe};
use backbone_mail::sink::{Script, Sink};
use backbone_mail::smtp::{Options, Relay};
use backbone_mail::{Mailbox, SmtpUrl};
use nodemailer::Nodemailer;
use tokio::runtime::Runtime;

use crate::measure::{Row, Sample, Way, measure, race, runtime, short};

/// Connections of every way.
pub const CONNECTIONS: usize = 16;

/// Messages of one round over a near relay, by way: each takes about a second.
const NEAR: usize = 8_000;
const NEAR_LETTRE: usize = 2_000;
const NEAR_STALLED: usize = 160;

const NEAR_NODE: usize = 800;

/// Messages of one round over a slow relay.
const FAR: usize = 1_600;
const FAR_LETTRE: usize = 320;
const DELAY: Duration = Duration::from_millis(20);

/// A relay at hand.
pub fn fast() -> Vec<Row> {
    let ran = with_sink(Duration::ZERO, |stage| {
        let mut node = Nodemailer::start(stage.sink.address().port());
        let mut ways = vec![
            stage.way("ours", NEAR, Kind::Ours),
            stage.way(
                "raw loop, one round trip a message, one fixed body",
                NEAR,
                Kind::Raw,
            ),
            stage.way(
                "lettre over NODELAY",
                NEAR_LETTRE,
                Kind::Lettre { nodelay: true },
            ),
            stage.way(
                "lettre as it connects by itself",
                NEAR_STALLED,
                Kind::Lettre { nodelay: false },
            ),
        ];
        ways.extend(node.as_mut().map(|node| stage.others(node)));
        race(ways)
    });
    let what = "campaign over SMTP: 30 KB bodies filled for each recipient, 16 connections, sink in the same process \
                (its time is in both)";
    let mut rows = vec![
        ran[0].versus(&ran[1], "1", what, Some(0.4)),
        ran[0].versus(&ran[2], "1", what, Some(8.0)),
        ran[0].versus(&ran[3], "1", what, None),
    ];
    rows.extend(
        ran.get(4)
            .map(|node| ran[0].versus(node, "1", what, Some(25.0))),
    );
    rows
}

/// A relay that answers after 20 ms.
pub fn slow() -> Vec<Row> {
    let ran = with_sink(DELAY, |stage| {
        race(vec![
            stage.way("ours", FAR, Kind::Ours),
            stage.way("raw loop", FAR, Kind::Raw),
            stage.way(
                "lettre over NODELAY",
                FAR_LETTRE,
                Kind::Lettre { nodelay: true },
            ),
        ])
    });
    let what = "the same over a relay that answers after 20 ms";
    let limit = CONNECTIONS as f64 / DELAY.as_secs_f64();
    let part = ran[0].median(Sample::rate) / limit;
    let mut bound = ran[0].versus(&ran[1], "2", what, None);
    bound.other = format!("connections / round trip: {} a second", short(limit));
    bound.ratio = format!("**{}**", short(part));
    bound.goal = "≥ 0.9×".into();
    bound.met = Some(part >= 0.9);
    bound.memory = format!("{:.0} MiB", ran[0].median(|s| s.peak_mib));
    bound.cpu = format!("{:.1} µs", ran[0].median(|s| s.cpu_micros / s.units));
    vec![
        bound,
        ran[0].versus(&ran[1], "2", what, None),
        ran[0].versus(&ran[2], "2", what, None),
    ]
}

/// A way of sending.
#[derive(Clone, Copy)]
enum Kind {
    Ours,
    Raw,
    Lettre { nodelay: bool },
}

/// What all ways share.
struct Stage {
    runtime: Runtime,
    sink: Sink,
    campaign: Arc<Compiled>,
}

fn with_sink<T>(delay: Duration, race: impl FnOnce(&Stage) -> T) -> T {
    let runtime = runtime();
    let script = Script {
        delay,
        keep_bytes: false,
        ..Script::default()
    };
    let sink = runtime
        .block_on(Sink::start(script.clone()))
        .expect("a sink");
    let stage = Stage {
        runtime,
        sink,
        campaign: Arc::new(compiled()),
    };
    let wanted: HashSet<(String, String)> = (0..320).map(|n| (address(n), id(n))).collect();
    for kind in [Kind::Ours, Kind::Lettre { nodelay: true }] {
        stage.send(320, kind);
        let received = stage.sink.received();
        let found: HashSet<_> = received
            .iter()
            .map(|r| (r.to[0].clone(), r.message_id.clone()))
            .collect();
        assert_eq!(
            (received.len(), &found),
            (320, &wanted),
            "each recipient got one message of their own"
        );
        assert!(
            received.iter().all(|r| r.size > 28_000 && r.size < 36_000),
            "of about 30 KB"
        );
        stage.sink.clear();
    }
    stage.sink.change(Script {
        count_only: true,
        ..script
    });
    race(&stage)
}

impl Stage {
    fn way(&self, name: &'static str, messages: usize, kind: Kind) -> Way<'_> {
        let work = move || {
            self.sink.clear();
            let sample = measure(messages, || self.send(messages, kind));
            assert_eq!(
                self.sink.totals().messages,
                messages,
                "the sink has them all"
            );
            sample
        };
        Way {
            name,
            work: Box::new(work),
        }
    }

    /// nodemailer, in a process of its own.
    fn others<'a>(&'a self, node: &'a mut Nodemailer) -> Way<'a> {
        let work = move || {
            self.sink.clear();
            let sample = node.send(NEAR_NODE);
            assert_eq!(self.sink.totals().messages, NEAR_NODE);
            sample
        };
        Way {
            name: "nodemailer's pool",
            work: Box::new(work),
        }
    }

    /// Sends so many messages over all connections, each its share.
    fn send(&self, messages: usize, kind: Kind) {
        let address = self.sink.address();
        let url: SmtpUrl = format!("{}?tls=none", self.sink.url())
            .parse()
            .expect("an address");
        let relay = Relay::new(url, Options::default());
        self.runtime.block_on(async {
            let workers: Vec<_> = (0..CONNECTIONS)
                .map(|worker| {
                    let (campaign, relay) = (self.campaign.clone(), relay.clone());
                    let mine = (worker..messages).step_by(CONNECTIONS);
                    tokio::spawn(async move {
                        match kind {
                            Kind::Ours => ours(&relay, &campaign, mine).await,
                            Kind::Raw => {
                                raw::send(address, &message(&campaign, 0).bytes, mine).await
                            }
                            Kind::Lettre { nodelay } => {
                                lettre::send(address, nodelay, &campaign, mine).await
                            }
                        }
                    })
                })
                .collect();
            for worker in workers {
                worker.await.expect("nobody panics");
            }
        });
    }
}

async fn ours(relay: &Relay, campaign: &Compiled, mine: impl Iterator<Item = usize>) {
    let mut session = relay.session();
    let messages = mine.map(|n| message(campaign, n));
    session
        .send_batch(messages, |_, raw, outcome| {
            assert!(
                outcome.is_delivered(),
                "{}: {outcome}",
                raw.envelope_to.as_str()
            );
        })
        .await;
    session.disconnect().await;
}

fn address(n: usize) -> String {
    format!("reader{n}@example.org")
}

fn id(n: usize) -> String {
    format!("campaign.{n:06}@example.org")
}

/// A story of about 30 KB with a name, a link of one's own and a way to leave.
pub fn compiled() -> Compiled {
    let from = Mailbox::parse("Every Child Reads <news@example.org>").expect("a sender");
    let mut content = Content::new(
        from,
        &format!("For {}", slot("name")),
        &format!("Dear {},\r\nSee {}\r\n", slot("name"), slot("link")),
    );
    let paragraph = "<p style=\"margin:0 0 16px;font:16px/1.5 sans-serif\">In the third quarter volunteers read aloud to \
                     children at forty places, and families took home books to read together.</p>\n";
    let mut html = format!(
        "<html><body><h1>Dear {}</h1><p><a href=\"{}\">Your page</a></p>\n",
        slot("name"),
        slot("link")
    );
    while html.len() < 27_500 {
        html.push_str(paragraph);
    }
    content.html = Some(html + "</body></html>\n");
    Compiled::new(&content, "bench").expect("compiled")
}

/// The message of one recipient.
pub fn message(campaign: &Compiled, n: usize) -> Raw {
    let name = format!("Reader {n}");
    let to = Mailbox::parse(&format!("{name} <{}>", address(n))).expect("a recipient");
    let link = format!("https://backbone.example/s/{n:08x}");
    let unsubscribe = Unsubscribe {
        url: format!("https://backbone.example/u/{n:08x}"),
        one_click: true,
    };
    let values: Vec<&str> = campaign
        .slots()
        .iter()
        .map(|slot| {
            if slot == "name" {
                name.as_str()
            } else {
                link.as_str()
            }
        })
        .collect();
    let recipient = Recipient {
        to: &to,
        return_path: None,
        message_id: &MessageId::parse(&id(n)).expect("an id"),
        date: "2026-11-22T09:00:00Z".parse().expect("a moment"),
        unsubscribe: Some(&unsubscribe),
        values: &values,
    };
    campaign.fill(&recipient).expect("filled")
}
