//! A run: takes a campaign, sends what is due over several connections, and says when to come back.

use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Mutex};
use std::time::Duration;

use backbone_db::{Conn, DbError, Instant};
use backbone_events::{By, NewEvent, Object, append};
use backbone_identity::{Core, Partnership, directory, secret::new_secret};
use backbone_jobs::{Job, JobError, JobId};
use serde::{Deserialize, Serialize};
use tokio::sync::mpsc;
use tokio::task::JoinSet;

use super::bucket::Bucket;
use super::compiled::Writer;
use super::settle::settle;
use super::work::{Shared, work};
use super::{Counts, DeliveryState, rules, store};
use crate::campaign::message::MessageError;
use crate::campaign::preview;
use crate::campaign::rules::leaves;
use crate::campaign::{self, Campaign, CampaignId, CampaignState};

/// Sends a campaign's deliveries. It comes back until each has an end state.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct SendCampaign {
    /// Which.
    pub campaign_id: CampaignId,
}

#[async_trait::async_trait]
impl Job<Core> for SendCampaign {
    const KIND: &'static str = "campaign.send";

    async fn run(&self, core: &Core, _: &JobId) -> Result<(), JobError> {
        match run(core, &self.campaign_id, &Options::default()).await {
            Ok(End::Finished) => Ok(()),
            Ok(End::Again { seconds, why }) => Err(JobError::Later(why, seconds)),
            // A database that is away must not use up the job's attempts.
            Err(error) => Err(JobError::Later(error.to_string(), 10)),
        }
    }
}

/// How a run works.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Options {
    /// Connections to the mail server.
    pub connections: usize,
    /// Claimed at once by each connection, at most.
    pub batch: i64,
    /// A run ends after this time and is started again, so that a server that stops need not wait long.
    pub slice: Duration,
    /// How often a run says that it is alive.
    pub beat: Duration,
    /// Seconds without that after which another takes over.
    pub silent: i64,
}

impl Default for Options {
    fn default() -> Self {
        Self {
            connections: 8,
            batch: 64,
            slice: Duration::from_secs(20),
            beat: Duration::from_secs(5),
            silent: 30,
        }
    }
}

/// Bytes of messages that one connection holds at once.
const HELD: usize = 1024 * 1024;

/// How a run ended.
#[derive(Debug, PartialEq, Eq)]
pub(crate) enum End {
    /// Nothing is left to do.
    Finished,
    /// To be continued.
    Again {
        /// Seconds from now.
        seconds: i64,
        /// What it waits for, for the list of jobs.
        why: String,
    },
}

fn again(seconds: i64, why: impl Into<String>) -> End {
    End::Again {
        seconds,
        why: why.into(),
    }
}

/// What a run begins with.
struct Begun {
    campaign: Campaign,
    partnership: Partnership,
}

/// Runs once.
pub(crate) async fn run(core: &Core, id: &CampaignId, options: &Options) -> Result<End, DbError> {
    let run = new_secret();
    let (me, campaign_id, now) = (run.clone(), id.clone(), core.now());
    let silent = options.silent;
    let begun = core
        .db
        .write(move |conn| begin(conn, &campaign_id, &me, now, silent))
        .await?;
    let begun = match begun {
        Start::Go(begun) => *begun,
        Start::Nothing => return Ok(End::Finished),
        Start::Busy => return Ok(again(5, "another worker is sending this campaign")),
    };
    let stumbles = begun.campaign.stumbles;
    let writer = match writer(core, &begun) {
        Ok(writer) => writer,
        Err(error) => {
            let why = error.to_string();
            let waiting = Some((why.clone(), 900));
            return close(core, id, &run, stumbles, waiting, false).await;
        }
    };
    let shared = Arc::new(share(core, begun, writer, run, options));
    if !drive(core, &shared, options).await {
        return Ok(again(5, "another worker took over"));
    }
    let progress = shared.progress.load(Ordering::Relaxed);
    let stumbles = match (shared.trouble(), progress) {
        (Some(_), true) => 1,
        (Some(_), false) => stumbles.saturating_add(1),
        (None, _) => 0,
    };
    let waiting = shared
        .trouble()
        .map(|(why, transient)| (why, rules::wait_for_server(stumbles, transient)));
    close(core, id, &shared.run, stumbles, waiting, shared.stopping()).await
}

enum Start {
    Go(Box<Begun>),
    Nothing,
    Busy,
}

/// Takes the campaign, and frees what a run that died held in flight.
fn begin(
    conn: &mut Conn,
    id: &CampaignId,
    run: &str,
    now: Instant,
    silent: i64,
) -> Result<Start, DbError> {
    let Some(tenant) = campaign::store::tenant_of(conn, id)? else {
        return Ok(Start::Nothing);
    };
    let Some(mut campaign) = campaign::store::find(conn, &tenant, id)? else {
        return Ok(Start::Nothing);
    };
    let Some(partnership) = directory::partnership(conn, &tenant)? else {
        return Ok(Start::Nothing);
    };
    if !campaign::store::take_over(conn, id, run, now.plus_seconds(-silent), now)? {
        return Ok(Start::Busy);
    }
    if !leaves(campaign.state) {
        let freed = match campaign.state {
            CampaignState::Cancelled => DeliveryState::Cancelled,
            _ => DeliveryState::Retry,
        };
        store::free_claims(conn, id, run, freed, now)?;
        campaign::store::release(conn, id, run, 0, None)?;
        return Ok(Start::Nothing);
    }
    store::free_claims(conn, id, run, DeliveryState::Retry, now)?;
    if campaign.state == CampaignState::Queued {
        campaign::store::move_to(conn, &campaign, CampaignState::Sending, now)?;
        campaign.state = CampaignState::Sending;
    }
    Ok(Start::Go(Box::new(Begun {
        campaign,
        partnership,
    })))
}

/// Composes the campaign in every language.
fn writer(core: &Core, begun: &Begun) -> Result<Writer, WriterError> {
    let campaign = &begun.campaign;
    // The date is when the campaign was sent, whatever the attempt.
    let date = campaign.queued_at.unwrap_or(campaign.created_at);
    let content = campaign.content()?;
    Ok(preview::writer(
        core,
        &begun.partnership,
        campaign,
        &content,
        date,
    )?)
}

#[derive(Debug, thiserror::Error)]
enum WriterError {
    #[error(transparent)]
    Message(#[from] MessageError),
    #[error(transparent)]
    Content(#[from] DbError),
}

fn share(core: &Core, begun: Begun, writer: Writer, run: String, options: &Options) -> Shared {
    let fits = i64::try_from(HELD / writer.size().max(1)).unwrap_or(1);
    let now = core.now();
    Shared {
        db: core.db.clone(),
        clock: core.clock,
        batch: fits.clamp(4, options.batch.max(1)),
        bucket: Mutex::new(Bucket::new(begun.campaign.rate_per_minute, now)),
        tenant: begun.campaign.partnership_id.clone(),
        since: begun.campaign.queued_at.unwrap_or(now),
        campaign: begun.campaign.id,
        writer,
        run,
        stop: AtomicBool::new(false),
        progress: AtomicBool::new(false),
        trouble: Mutex::new(None),
    }
}

/// Lets the workers work, until they end, the time is over, or the campaign is stopped. False when another run took over.
/// Whoever drops this drops the workers too.
async fn drive(core: &Core, shared: &Arc<Shared>, options: &Options) -> bool {
    let (sender, receiver) = mpsc::unbounded_channel();
    let mut settler = JoinSet::new();
    settler.spawn(settle(shared.clone(), receiver));
    let mut workers = JoinSet::new();
    for _ in 0..options.connections.max(1) {
        workers.spawn(work(shared.clone(), core.mailer.bulk(), sender.clone()));
    }
    drop(sender);
    let over = tokio::time::sleep(options.slice);
    tokio::pin!(over);
    let mut beat = tokio::time::interval(options.beat);
    while !workers.is_empty() {
        tokio::select! {
            _ = workers.join_next() => {}
            () = &mut over, if !shared.stopping() => shared.stop.store(true, Ordering::Relaxed),
            _ = beat.tick() => {
                let (me, now) = (shared.clone(), shared.now());
                let seen = shared.db
                    .write(move |conn| campaign::store::beat(conn, &me.campaign, &me.run, now))
                    .await;
                match seen {
                    Ok(Some(state)) if leaves(state) => {}
                    Ok(Some(_)) => shared.stop.store(true, Ordering::Relaxed),
                    Ok(None) => return false,
                    Err(error) => tracing::warn!(%error, "a sending run could not say that it is alive"),
                }
            }
        }
    }
    while settler.join_next().await.is_some() {}
    true
}

/// Ends the run: the campaign is done, or it is known when it goes on.
async fn close(
    core: &Core,
    id: &CampaignId,
    run: &str,
    stumbles: i32,
    waiting: Option<(String, i64)>,
    stopped: bool,
) -> Result<End, DbError> {
    let (id, run, now) = (id.clone(), run.to_string(), core.now());
    core.db
        .write(move |conn| {
            let Some(tenant) = campaign::store::tenant_of(conn, &id)? else {
                return Ok(End::Finished);
            };
            let Some(campaign) = campaign::store::find(conn, &tenant, &id)? else {
                return Ok(End::Finished);
            };
            let counts = store::counts(conn, &id)?;
            if counts.open() == 0 || !leaves(campaign.state) {
                campaign::store::release(conn, &id, &run, 0, None)?;
                if counts.open() == 0 && leaves(campaign.state) {
                    finish(conn, &campaign, &counts, now)?;
                }
                return Ok(End::Finished);
            }
            let until = waiting
                .as_ref()
                .map(|(why, seconds)| (why.as_str(), now.plus_seconds(*seconds)));
            campaign::store::release(conn, &id, &run, stumbles, until)?;
            if let Some((why, seconds)) = waiting {
                return Ok(again(seconds, why));
            }
            let due = store::next_due(conn, &id)?.unwrap_or(now);
            let seconds = if stopped {
                0
            } else {
                due.seconds_since(now).clamp(0, 3600)
            };
            Ok(again(seconds, "more to send"))
        })
        .await
}

fn finish(
    conn: &mut Conn,
    campaign: &Campaign,
    counts: &Counts,
    now: Instant,
) -> Result<(), DbError> {
    if campaign::store::move_to(conn, campaign, CampaignState::Done, now)? {
        let event = NewEvent::new("campaign.sent", Object::new("campaign", &campaign.id))
            .about(Object::new("story", &campaign.story_id))
            .data(counts);
        append(conn, &campaign.partnership_id, &By::system(now), event)?;
    }
    Ok(())
}
