//! Questions that were never confirmed are forgotten: they hold the address of somebody who may not have typed it.

use backbone_db::Instant;
use backbone_events::{By, NewEvent, Object, append};
use backbone_identity::Core;
use backbone_jobs::{Job, JobError, JobId};
use serde::{Deserialize, Serialize};

use super::{rules, store};

/// Forgets what was not confirmed in time.
#[derive(Debug, Serialize, Deserialize)]
pub struct ForgetUnconfirmed {}

/// Forgets, as of `now`; says how many questions.
pub(crate) fn forget(
    conn: &mut backbone_db::Conn,
    now: Instant,
) -> Result<i64, backbone_db::DbError> {
    let before = now.plus_days(-rules::CONFIRM_DAYS);
    let mut all = 0;
    for (partnership, n) in store::forget_unconfirmed(conn, before)? {
        let event = NewEvent::new(
            "question.forgotten",
            Object::new("partnership", &partnership),
        )
        .data(&serde_json::json!({ "n": n }));
        append(conn, &partnership, &By::system(now), event)?;
        all += n;
    }
    Ok(all)
}

#[async_trait::async_trait]
impl Job<Core> for ForgetUnconfirmed {
    const KIND: &'static str = "storytelling.forget_questions";
    const MAX_ATTEMPTS: i32 = 3;

    async fn run(&self, core: &Core, _: &JobId) -> Result<(), JobError> {
        let now = core.now();
        core.db.write(move |c| forget(c, now)).await?;
        Ok(())
    }
}
