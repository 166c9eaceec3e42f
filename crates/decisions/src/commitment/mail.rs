//! Reminds of what was promised. The link is made when the mail is sent, so that the queue holds no secret.

use backbone_db::{Conn, DbError, Instant};
use backbone_identity::access_link::{self, NewLink, Purpose};
use backbone_identity::mail::{Letter, deliver};
use backbone_identity::{Actor, Core, Partnership, PartnershipId, PersonId};
use backbone_identity::{directory, notify as wishes};
use backbone_jobs::{Job, JobError, JobId, enqueue_at};
use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

use super::{Commitment, CommitmentId, CommitmentStatus, store};
use crate::notify;
use crate::people::{Member, members};

/// Days that the link of a reminder works: reminders come weekly, and each brings its own.
const DAYS_OPEN: i64 = 30;

/// Sends the person who sees to a commitment the link with which they say how it goes.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub(crate) struct SendReminder {
    pub partnership_id: PartnershipId,
    pub commitment_id: CommitmentId,
    pub person_id: PersonId,
    pub today: NaiveDate,
    pub written_at: Instant,
}

/// Reminds the person who sees to it; nobody else's inbox is filled.
pub(crate) fn remind(
    conn: &mut Conn,
    actor: &Actor,
    c: &Commitment,
    today: NaiveDate,
) -> Result<(), DbError> {
    let Some(person_id) = c.person_id.clone() else {
        return Ok(());
    };
    let due = &notify::COMMITMENT_DUE;
    let wanted = wishes::letter(conn, &actor.partnership, &person_id, due, actor.now)?;
    let Some(at) = wanted else {
        return Ok(());
    };
    let job = SendReminder {
        partnership_id: actor.partnership.id.clone(),
        commitment_id: c.id.clone(),
        person_id,
        today,
        written_at: at,
    };
    enqueue_at::<Core, SendReminder>(conn, Some(actor.tenant()), &job, at, actor.now)?;
    Ok(())
}

/// What the mail is written from.
struct Prepared {
    partnership: Partnership,
    commitment: Commitment,
    to: Member,
    secret: String,
}

#[async_trait::async_trait]
impl Job<Core> for SendReminder {
    const KIND: &'static str = "decisions.remind";

    async fn run(&self, core: &Core, job: &JobId) -> Result<(), JobError> {
        let (me, now) = (self.clone(), core.now());
        let Some(from) = core.db.write(move |conn| me.prepare(conn, now)).await? else {
            return Ok(());
        };
        let c = &from.commitment;
        let letter = Letter::new(
            (&from.to.name, &from.to.email),
            from.to.language.parse().unwrap_or_default(),
            "decisions/emails/commitment-due",
        )
        .with("title", c.title.clone())
        .with("due", c.due_on.to_string())
        .with("late", c.due_on < self.today)
        .with("benefit", c.benefit.clone())
        .with("path", format!("{}/{}", super::link::PATH, from.secret))
        .of_kind(&self.person_id, notify::COMMITMENT_DUE.name);
        deliver(core, Some(&from.partnership), &letter, job, self.written_at).await
    }
}

impl SendReminder {
    /// Makes the link. Nothing for what was done meanwhile, or somebody who left.
    fn prepare(&self, conn: &mut Conn, now: Instant) -> Result<Option<Prepared>, DbError> {
        let tenant = self.partnership_id.as_str();
        let Some(partnership) = directory::partnership(conn, tenant)? else {
            return Ok(None);
        };
        let found = store::find(conn, tenant, &self.commitment_id)?;
        let Some(commitment) = found.filter(|c| c.status == CommitmentStatus::Open) else {
            return Ok(None);
        };
        let people = members(conn, tenant)?;
        let Some(to) = people.into_iter().find(|m| m.person_id == self.person_id) else {
            return Ok(None);
        };
        let link = NewLink {
            purpose: Purpose::ReportCommitment,
            person_id: Some(self.person_id.clone()),
            organization_id: Some(commitment.organization_id.clone()),
            subject: ("commitment".into(), commitment.id.to_string()),
            expires_at: now.plus_days(DAYS_OPEN),
        };
        let (_, secret) = access_link::issue(conn, &self.partnership_id, &link, now)?;
        Ok(Some(Prepared {
            partnership,
            commitment,
            to,
            secret,
        }))
    }
}
