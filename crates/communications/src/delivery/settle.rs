//! Writing down what became of deliveries: as they are known, many in one transaction.

use std::time::Duration;

use backbone_db::{Conn, DbError, Instant};
use backbone_events::{By, NewEvent, Object, append};
use tokio::sync::mpsc::UnboundedReceiver;

use super::rules::Next;
use super::work::Shared;
use super::{DeliveryId, store};
use crate::suppression::{self, Reason, Suppression};

/// What became of one delivery.
#[derive(Clone, Debug)]
pub(super) struct Report {
    pub id: DeliveryId,
    pub address_key: String,
    pub next: Next,
}

/// Reports written together at most.
const TOGETHER: usize = 512;

/// Writes reports until all workers have ended. While the database is away it waits: what the mail server took must be
/// written down before anything else.
pub(super) async fn settle(shared: std::sync::Arc<Shared>, mut reports: UnboundedReceiver<Report>) {
    let mut batch = Vec::new();
    while reports.recv_many(&mut batch, TOGETHER).await > 0 {
        let written = std::sync::Arc::new(std::mem::take(&mut batch));
        loop {
            let (s, part, now) = (shared.clone(), written.clone(), shared.now());
            let done = shared
                .db
                .write(move |conn| write(conn, &s, &part, now))
                .await;
            match done {
                Ok(()) => break,
                Err(error) => {
                    tracing::error!(%error, campaign = %shared.campaign, "deliveries could not be written down; trying again");
                    tokio::time::sleep(Duration::from_secs(1)).await;
                }
            }
        }
        count(&written);
    }
}

fn write(
    conn: &mut Conn,
    shared: &Shared,
    reports: &[Report],
    now: Instant,
) -> Result<(), DbError> {
    for report in reports {
        let new = store::settle(conn, &shared.run, &report.id, &report.next, now)?;
        if let (
            true,
            Next::Failed {
                reply,
                dead_address,
            },
        ) = (new, &report.next)
        {
            fail(conn, shared, report, reply, *dead_address, now)?;
        }
    }
    Ok(())
}

fn fail(
    conn: &mut Conn,
    shared: &Shared,
    report: &Report,
    reply: &str,
    dead_address: bool,
    now: Instant,
) -> Result<(), DbError> {
    if dead_address {
        let row = Suppression {
            partnership_id: shared.tenant.clone(),
            address_key: report.address_key.clone(),
            reason: Reason::Bounced,
            note: reply.chars().take(500).collect(),
            created_at: now,
        };
        suppression::store::put(conn, &row)?;
    }
    let event = NewEvent::new("delivery.failed", Object::new("delivery", &report.id))
        .about(Object::new("campaign", &shared.campaign))
        .data(&serde_json::json!({ "dead_address": dead_address }));
    append(conn, &shared.tenant, &By::system(now), event)?;
    Ok(())
}

fn count(reports: &[Report]) {
    let (mut accepted, mut deferred, mut rejected) = (0, 0, 0);
    for report in reports {
        match report.next {
            Next::Accepted { .. } => accepted += 1,
            Next::Retry { .. } => deferred += 1,
            Next::Failed { .. } => rejected += 1,
        }
    }
    for (outcome, n) in [
        ("accepted", accepted),
        ("deferred", deferred),
        ("rejected", rejected),
    ] {
        if n > 0 {
            metrics::counter!("backbone_mail_deliveries_total", "outcome" => outcome).increment(n);
        }
    }
}
