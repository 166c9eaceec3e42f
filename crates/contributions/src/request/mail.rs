//! The mail that asks: its link is made when it is sent, so that the queue holds no secret.

use backbone_db::{Conn, DbError, Instant};
use backbone_identity::access_link::{self, NewLink, Purpose};
use backbone_identity::directory::{self, Contact};
use backbone_identity::mail::{Letter, deliver};
use backbone_identity::{Core, Partnership, PartnershipId, Role};
use backbone_jobs::{Job, JobError, JobId};
use backbone_web::Lang;
use serde::{Deserialize, Serialize};

use super::{AskId, Request, RequestId, store};
use crate::notify;
use crate::view::{Say, name_of};

/// Sends one person the link with which they log.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub(crate) struct SendAsk {
    pub partnership_id: PartnershipId,
    pub request_id: RequestId,
    pub ask_id: AskId,
    pub reminder: bool,
    pub written_at: Instant,
}

/// What the mail is written from.
struct Prepared {
    partnership: Partnership,
    request: Request,
    contact: Contact,
    organization: String,
    secret: String,
}

#[async_trait::async_trait]
impl Job<Core> for SendAsk {
    const KIND: &'static str = "contributions.ask";

    async fn run(&self, core: &Core, job: &JobId) -> Result<(), JobError> {
        let (me, now) = (self.clone(), core.now());
        let Some(letter) = core.db.write(move |conn| me.prepare(conn, now)).await? else {
            return Ok(());
        };
        let written = self
            .write(core, &letter)
            .of_kind(&letter.contact.person_id, notify::ASKED.name);
        deliver(
            core,
            Some(&letter.partnership),
            &written,
            job,
            self.written_at,
        )
        .await
    }
}

impl SendAsk {
    /// Makes the link. Nothing for somebody who left meanwhile, or whose organization has answered.
    fn prepare(&self, conn: &mut Conn, now: Instant) -> Result<Option<Prepared>, DbError> {
        let tenant = self.partnership_id.as_str();
        let Some(partnership) = directory::partnership(conn, tenant)? else {
            return Ok(None);
        };
        let Some(request) = store::find(conn, tenant, &self.request_id)? else {
            return Ok(None);
        };
        let ask = request.asks.iter().find(|a| a.id == self.ask_id);
        let Some(ask) = ask.filter(|a| a.answered_at.is_none()).cloned() else {
            return Ok(None);
        };
        let contacts = directory::contacts(conn, tenant, Role::Contributor)?;
        let Some(contact) = contacts.into_iter().find(|c| c.person_id == ask.person_id) else {
            return Ok(None);
        };
        let organizations = directory::organizations(conn, tenant)?;
        let link = NewLink {
            purpose: Purpose::LogContribution,
            person_id: Some(ask.person_id),
            organization_id: Some(ask.organization_id.clone()),
            subject: ("contribution_request".into(), request.id.to_string()),
            expires_at: request.expires_at,
        };
        let (_, secret) = access_link::issue(conn, &self.partnership_id, &link, now)?;
        Ok(Some(Prepared {
            organization: name_of(&organizations, &ask.organization_id),
            partnership,
            request,
            contact,
            secret,
        }))
    }

    fn write(&self, core: &Core, from: &Prepared) -> Letter {
        let lang: Lang = from.contact.language.parse().unwrap_or_default();
        let period = Say::new(core, lang).period(&from.request.period);
        let to = (from.contact.name.as_str(), from.contact.email.as_str());
        Letter::new(to, lang, "contributions/emails/contribution-ask")
            .with("name", from.contact.name.clone())
            .with("by", from.request.asked_by.clone())
            .with("organization", from.organization.clone())
            .with("period", period)
            .with("message", from.request.message.clone())
            .with("reminder", self.reminder)
            .with("path", format!("/log/{}", from.secret))
            .with("until", from.request.expires_at.to_string())
    }
}
