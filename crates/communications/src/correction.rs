//! Corrections: when a figure changes after it was sent, a notice is drafted to exactly those who received the old one.

mod draft;

use backbone_identity::{Core, directory};
use backbone_jobs::{Job, JobError, JobId, Schedule, enqueue};
use serde::{Deserialize, Serialize};

use crate::stories::Live;

pub(crate) use draft::draft_pending;

/// Looks at every partnership for figures that changed after they were sent, and drafts notices.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct DraftCorrections {}

#[async_trait::async_trait]
impl Job<Core> for DraftCorrections {
    const KIND: &'static str = "campaign.draft_corrections";
    const MAX_ATTEMPTS: i32 = 3;

    async fn run(&self, core: &Core, _: &JobId) -> Result<(), JobError> {
        let all = core.db.read(directory::partnerships).await?;
        for partnership in all {
            let (now, renderer) = (core.now(), core.renderer.clone());
            let drafted = core
                .db
                .write(move |conn| draft_pending(conn, &renderer, &Live, partnership.as_str(), now))
                .await
                .map_err(|e| JobError::Retry(e.to_string()))?;
            if drafted > 0 {
                tracing::info!(drafted, "corrections drafted");
            }
        }
        Ok(())
    }
}

/// Every minute; a run that finds nothing new changes nothing.
pub(crate) fn schedule() -> Schedule {
    Schedule::new("draft-corrections", "* * * * *", |conn, now| {
        enqueue::<Core, _>(conn, None, &DraftCorrections {}, now).map(drop)
    })
}

#[cfg(test)]
mod tests;
