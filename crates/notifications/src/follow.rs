//! The work that turns what happened into notifications, and notifications into summaries.

use std::collections::BTreeMap;
use std::time::Duration;

use backbone_db::{Conn, DbError, Instant};
use backbone_identity::notify::{self, NotificationId, follow};
use backbone_identity::{Core, directory};
use backbone_jobs::{Job, JobError, JobId, enqueue};
use serde::{Deserialize, Serialize};
use tokio::sync::watch;

use crate::summary::Summary;

/// Notifications that one summary holds at most; what is more comes with the next.
const MOST: i64 = 200;
/// How often the log is looked at when nobody says that something happened.
const LOOK: Duration = Duration::from_secs(3);

/// Reads the logs of all partnerships as far as they go, and hands over what is to be mailed.
#[derive(Serialize, Deserialize)]
pub struct Follow;

#[async_trait::async_trait]
impl Job<Core> for Follow {
    const KIND: &'static str = "notifications.follow";

    async fn run(&self, core: &Core, _: &JobId) -> Result<(), JobError> {
        catch_up(core).await?;
        for partnership in core.db.read(directory::partnerships).await? {
            let (tenant, now) = (partnership.to_string(), core.now());
            let planned = core.db.write(move |c| plan(c, &tenant, now)).await?;
            if planned {
                core.wake_jobs();
            }
        }
        Ok(())
    }
}

/// Looks at the clock for all partnerships.
#[derive(Serialize, Deserialize)]
pub struct Clock;

#[async_trait::async_trait]
impl Job<Core> for Clock {
    const KIND: &'static str = "notifications.clock";

    async fn run(&self, core: &Core, _: &JobId) -> Result<(), JobError> {
        for partnership in core.db.read(directory::partnerships).await? {
            let (rules, tenant, now) = (core.notify.clone(), partnership.to_string(), core.now());
            core.db
                .write(move |c| follow::clock(c, &rules, &tenant, now))
                .await?;
        }
        Ok(())
    }
}

/// Reads what was not read yet of every log.
///
/// # Errors
/// Those of the database.
pub async fn catch_up(core: &Core) -> Result<(), DbError> {
    for tenant in core.db.read(follow::behind).await? {
        loop {
            let (rules, tenant, now) = (core.notify.clone(), tenant.clone(), core.now());
            let more = core
                .db
                .write(move |c| follow::step(c, &rules, &tenant, now))
                .await?;
            if !more {
                break;
            }
        }
    }
    Ok(())
}

/// Keeps the bells of this server true until told to stop: at once after a request that changed something here, and within seconds
/// after what other nodes and jobs did.
pub async fn keep_up(core: &Core, mut stop: watch::Receiver<bool>) {
    while !*stop.borrow() {
        if let Err(error) = catch_up(core).await {
            tracing::warn!(%error, "the log was not read for notifications; it is tried again");
        }
        tokio::select! {
            _ = tokio::time::sleep(LOOK) => {}
            _ = core.happened.notified() => {}
            _ = stop.changed() => {}
        }
    }
}

/// Hands what is due to a summary for each person, in one transaction: whatever stops when, each notification is in one mail.
fn plan(conn: &mut Conn, tenant: &str, now: Instant) -> Result<bool, DbError> {
    conn.lock(&format!("notifications:{tenant}"))?;
    let due = notify::to_mail(conn, tenant, None, now, 1000)?;
    let mut people: BTreeMap<String, Vec<NotificationId>> = BTreeMap::new();
    for row in due {
        let mine = people.entry(row.person_id.to_string()).or_default();
        if (mine.len() as i64) < MOST {
            mine.push(row.id);
        }
    }
    for (person, ids) in &people {
        notify::mailed(conn, tenant, ids, now)?;
        let job = Summary {
            partnership: tenant.to_owned(),
            person: person.clone(),
            ids: ids.clone(),
            written_at: now,
        };
        enqueue::<Core, _>(conn, Some(tenant), &job, now)?;
    }
    Ok(!people.is_empty())
}
