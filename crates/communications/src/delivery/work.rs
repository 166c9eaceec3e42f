//! One worker: claims deliveries, makes their messages, hands them over, reports.

use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;

use backbone_db::{Db, DbError, Instant};
use backbone_mail::transport::Bulk;
use backbone_mail::{Outcome, Raw};
use tokio::sync::mpsc::UnboundedSender;

use super::bucket::Bucket;
use super::compiled::Writer;
use super::rules::{self, Next};
use super::settle::Report;
use super::{Delivery, store};
use crate::campaign::{self, CampaignId, rules::leaves};

/// What all workers of a run share.
pub(super) struct Shared {
    pub db: Db,
    pub clock: fn() -> Instant,
    pub writer: Writer,
    pub tenant: String,
    pub campaign: CampaignId,
    /// Names this run; only the run that the campaign names may claim.
    pub run: String,
    /// When the campaign was sent.
    pub since: Instant,
    pub batch: i64,
    pub bucket: Mutex<Bucket>,
    /// Set when workers shall end after the batch in hand.
    pub stop: AtomicBool,
    /// Set as soon as the mail server answered for any message.
    pub progress: AtomicBool,
    /// What stood in the way last, and whether waiting may help.
    pub trouble: Mutex<Option<(String, bool)>>,
}

impl Shared {
    pub fn now(&self) -> Instant {
        (self.clock)()
    }

    pub fn stopping(&self) -> bool {
        self.stop.load(Ordering::Relaxed)
    }

    fn take(&self, wanted: i64) -> Result<i64, u64> {
        let now = self.now();
        self.bucket
            .lock()
            .unwrap_or_else(PoisonError::into_inner)
            .take(wanted, now)
    }

    fn give_back(&self, unused: i64) {
        self.bucket
            .lock()
            .unwrap_or_else(PoisonError::into_inner)
            .give_back(unused);
    }

    pub fn note_trouble(&self, reason: &str, transient: bool) {
        *self.trouble.lock().unwrap_or_else(PoisonError::into_inner) =
            Some((reason.to_string(), transient));
    }

    pub fn trouble(&self) -> Option<(String, bool)> {
        self.trouble
            .lock()
            .unwrap_or_else(PoisonError::into_inner)
            .clone()
    }
}

/// Works until nothing is due, the mail server cannot be used, or the run stops.
pub(super) async fn work(shared: Arc<Shared>, mut bulk: Bulk, reports: UnboundedSender<Report>) {
    while !shared.stopping() {
        let room = match shared.take(shared.batch) {
            Ok(room) => room,
            Err(milliseconds) => {
                // Short naps, so that a stop is noticed.
                tokio::time::sleep(Duration::from_millis(milliseconds.min(500))).await;
                continue;
            }
        };
        let claimed = match claim(&shared, room).await {
            Ok(claimed) => claimed,
            Err(error) => {
                shared.note_trouble(&error.to_string(), true);
                break;
            }
        };
        shared.give_back(room - claimed.len() as i64);
        if claimed.is_empty() {
            break;
        }
        if !send(&shared, &mut bulk, claimed, &reports).await {
            break;
        }
    }
    bulk.close().await;
}

/// The next due deliveries; none when the campaign was stopped or another run took over.
async fn claim(shared: &Arc<Shared>, room: i64) -> Result<Vec<Delivery>, DbError> {
    let (me, now) = (shared.clone(), shared.now());
    shared
        .db
        .write(
            move |conn| match campaign::store::state_for(conn, &me.campaign, &me.run)? {
                Some(state) if leaves(state) => {
                    store::claim(conn, &me.tenant, &me.campaign, &me.run, room, now)
                }
                _ => {
                    me.stop.store(true, Ordering::Relaxed);
                    Ok(Vec::new())
                }
            },
        )
        .await
}

/// Sends a batch; says whether the mail server answered for any of it.
async fn send(
    shared: &Arc<Shared>,
    bulk: &mut Bulk,
    claimed: Vec<Delivery>,
    reports: &UnboundedSender<Report>,
) -> bool {
    let (me, now) = (shared.clone(), shared.now());
    let made = tokio::task::spawn_blocking(move || make(&me, claimed, now)).await;
    let Ok((messages, deliveries, spoilt)) = made else {
        shared.note_trouble("making the messages stopped", true);
        return false;
    };
    let mut progress = !spoilt.is_empty();
    for report in spoilt {
        tell(reports, report);
    }
    let mut broken = false;
    bulk.send_batch(messages, |index, _: &Raw, outcome| {
        let Some(delivery) = deliveries.get(index) else {
            return;
        };
        let under_way = match &outcome {
            Outcome::NotSent { reason, transient } => {
                shared.note_trouble(reason, *transient);
                !std::mem::replace(&mut broken, true)
            }
            _ => {
                progress = true;
                false
            }
        };
        let next = rules::after(
            &outcome,
            delivery.attempts,
            shared.since,
            under_way,
            shared.now(),
        );
        tell(reports, report(delivery, next));
    })
    .await;
    if progress {
        shared.progress.store(true, Ordering::Relaxed);
    }
    progress
}

type Made = (Vec<Raw>, Vec<Delivery>, Vec<Report>);

/// Makes the messages. One that cannot be made fails alone.
fn make(shared: &Shared, claimed: Vec<Delivery>, now: Instant) -> Made {
    let (mut messages, mut deliveries, mut spoilt) = (Vec::new(), Vec::new(), Vec::new());
    for delivery in claimed {
        match shared.writer.write(&delivery, now) {
            Ok(raw) => {
                messages.push(raw);
                deliveries.push(delivery);
            }
            Err(reply) => spoilt.push(report(
                &delivery,
                Next::Failed {
                    reply,
                    dead_address: false,
                },
            )),
        }
    }
    (messages, deliveries, spoilt)
}

fn report(delivery: &Delivery, next: Next) -> Report {
    Report {
        id: delivery.id.clone(),
        address_key: delivery.address_key.clone(),
        next,
    }
}

fn tell(reports: &UnboundedSender<Report>, report: Report) {
    if let Err(lost) = reports.send(report) {
        // Only when the run is being dropped; the delivery then stays in flight and is sent again with the same Message-ID.
        tracing::warn!(delivery = %lost.0.id, "a report came too late to be written down");
    }
}
