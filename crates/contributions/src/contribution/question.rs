//! The mail that brings a question about a contribution to those who can answer it, with a link that needs no password. The link
//! is made when the mail is sent, so that the queue holds no secret.

use backbone_db::{Conn, DbError, Instant};
use backbone_events::{Object, of_object};
use backbone_identity::access_link::{self, NewLink, Purpose};
use backbone_identity::directory::{self, Contact};
use backbone_identity::mail::{Letter, deliver};
use backbone_identity::notify::letter;
use backbone_identity::{Actor, Core, Partnership, PartnershipId, PersonId, Role};
use backbone_jobs::{Job, JobError, JobId, enqueue_at};
use backbone_web::Lang;
use serde::{Deserialize, Serialize};

use super::{Comment, CommentKind, Contribution, ContributionId, Status, store};
use crate::error::Error;
use crate::notify;
use crate::view::{Say, name_of};

/// Days that the link works.
const DAYS_OPEN: i64 = 30;

/// Sends one person the question.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub(crate) struct SendQuestion {
    partnership_id: PartnershipId,
    contribution_id: ContributionId,
    person_id: PersonId,
    written_at: Instant,
}

/// Queues the mail: to the person who logged it, while they act for the organization; else to all who log for it.
pub(super) fn mail(conn: &mut Conn, actor: &Actor, c: &Contribution) -> Result<(), Error> {
    for person_id in readers(conn, actor.tenant(), c)? {
        let kind = &notify::QUERIED;
        let Some(at) = letter(conn, &actor.partnership, &person_id, kind, actor.now)? else {
            continue;
        };
        let job = SendQuestion {
            partnership_id: actor.partnership.id.clone(),
            contribution_id: c.id.clone(),
            person_id,
            written_at: at,
        };
        enqueue_at::<Core, SendQuestion>(conn, Some(actor.tenant()), &job, at, actor.now)?;
    }
    Ok(())
}

pub(crate) fn readers(
    conn: &mut Conn,
    tenant: &str,
    c: &Contribution,
) -> Result<Vec<PersonId>, DbError> {
    let mut contacts = directory::contacts(conn, tenant, Role::Contributor)?;
    contacts.retain(|contact| contact.organization_id == c.content.organization_id);
    let events = of_object(conn, tenant, &Object::new("contribution", &c.id))?;
    let said = events.iter().rev().find(|e| {
        matches!(
            e.kind.as_str(),
            "contribution.logged" | "contribution.corrected"
        )
    });
    let logged_by = said.and_then(|e| e.actor_id.clone());
    let is_theirs = |contact: &Contact| Some(contact.person_id.as_str()) == logged_by.as_deref();
    if contacts.iter().any(is_theirs) {
        contacts.retain(is_theirs);
    }
    Ok(contacts
        .into_iter()
        .map(|contact| contact.person_id)
        .collect())
}

/// What the mail is written from.
struct Prepared {
    partnership: Partnership,
    contribution: Contribution,
    question: Comment,
    contact: Contact,
    organization: String,
    secret: String,
}

#[async_trait::async_trait]
impl Job<Core> for SendQuestion {
    const KIND: &'static str = "contributions.question";

    async fn run(&self, core: &Core, job: &JobId) -> Result<(), JobError> {
        let (me, now) = (self.clone(), core.now());
        let Some(prepared) = core.db.write(move |conn| me.prepare(conn, now)).await? else {
            return Ok(());
        };
        let letter = write(core, &prepared, now.plus_days(DAYS_OPEN))
            .of_kind(&self.person_id, notify::QUERIED.name);
        deliver(
            core,
            Some(&prepared.partnership),
            &letter,
            job,
            self.written_at,
        )
        .await
    }
}

impl SendQuestion {
    /// Makes the link. Nothing once the question is answered, or for somebody who left meanwhile.
    fn prepare(&self, conn: &mut Conn, now: Instant) -> Result<Option<Prepared>, DbError> {
        let tenant = self.partnership_id.as_str();
        let Some(partnership) = directory::partnership(conn, tenant)? else {
            return Ok(None);
        };
        let Some(contribution) = store::find(conn, tenant, &self.contribution_id)? else {
            return Ok(None);
        };
        let comments = store::comments(conn, tenant, &contribution.id)?;
        let question = comments
            .into_iter()
            .rfind(|c| c.kind == CommentKind::Question);
        let organization_id = contribution.content.organization_id.clone();
        let contact = directory::contacts(conn, tenant, Role::Contributor)?
            .into_iter()
            .find(|c| c.person_id == self.person_id && c.organization_id == organization_id);
        let (Status::Queried, Some(question), Some(contact)) =
            (contribution.status, question, contact)
        else {
            return Ok(None);
        };
        let link = NewLink {
            purpose: Purpose::LogContribution,
            person_id: Some(self.person_id.clone()),
            organization_id: Some(organization_id.clone()),
            subject: ("contribution".into(), contribution.id.to_string()),
            expires_at: now.plus_days(DAYS_OPEN),
        };
        let (_, secret) = access_link::issue(conn, &self.partnership_id, &link, now)?;
        let organizations = directory::organizations(conn, tenant)?;
        Ok(Some(Prepared {
            organization: name_of(&organizations, &organization_id),
            partnership,
            contribution,
            question,
            contact,
            secret,
        }))
    }
}

fn write(core: &Core, from: &Prepared, until: Instant) -> Letter {
    let lang: Lang = from.contact.language.parse().unwrap_or_default();
    let say = Say::new(core, lang);
    let content = &from.contribution.content;
    let to = (from.contact.name.as_str(), from.contact.email.as_str());
    let path = format!("/log/{}/done/{}", from.secret, from.contribution.id);
    Letter::new(to, lang, "contributions/emails/contribution-question")
        .with("by", from.question.written_by.clone())
        .with("question", from.question.text.clone())
        .with("organization", from.organization.clone())
        .with("activity", content.activity.clone())
        .with("amount", say.amount(content))
        .with("period", say.period(&content.period))
        .with("path", path)
        .with("until", until.to_string())
}
