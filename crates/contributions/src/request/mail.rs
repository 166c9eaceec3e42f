//! The mail that asks: its link is made when it is sent, so that the queue holds no secret.

use backbone_db::{Conn, DbError, Instant};
use backbone_identity::access_link::{self, NewLink, Purpose};
use backbone_identity::directory::{self, Contact};
use backbone_identity::{Core, Partnership, PartnershipId, Role, page};
use backbone_jobs::{Job, JobError, JobId};
use backbone_mail::{Address, Email, Mailbox, MessageId, Outcome, compose};
use backbone_web::Lang;
use backbone_web::render::MailShell;
use serde::{Deserialize, Serialize};

use super::{AskId, Request, RequestId, store};
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
struct Letter {
    partnership: Partnership,
    request: Request,
    contact: Contact,
    organization: String,
    secret: String,
}

#[derive(Serialize)]
struct AskMail {
    name: String,
    by: String,
    organization: String,
    period: String,
    message: String,
    reminder: bool,
    url: String,
    until: Instant,
}

#[async_trait::async_trait]
impl Job<Core> for SendAsk {
    const KIND: &'static str = "contributions.ask";

    async fn run(&self, core: &Core, job: &JobId) -> Result<(), JobError> {
        let (me, now) = (self.clone(), core.now());
        let Some(letter) = core.db.write(move |conn| me.prepare(conn, now)).await? else {
            return Ok(());
        };
        let email = self.write(core, &letter, job).map_err(JobError::Fail)?;
        let raw = email.build().map_err(|e| JobError::Fail(e.to_string()))?;
        match core.mailer.send(raw).await {
            Outcome::Delivered { .. } => Ok(()),
            Outcome::Permanent { reply } => Err(JobError::Fail(reply.to_string())),
            Outcome::NotSent {
                reason,
                transient: false,
            } => Err(JobError::Fail(reason)),
            Outcome::NotSent { reason, .. } | Outcome::Unknown { reason } => {
                Err(JobError::Retry(reason))
            }
            Outcome::Transient { reply } => Err(JobError::Retry(reply.to_string())),
        }
    }
}

impl SendAsk {
    /// Makes the link. Nothing for somebody who left meanwhile, or whose organization has answered.
    fn prepare(&self, conn: &mut Conn, now: Instant) -> Result<Option<Letter>, DbError> {
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
        Ok(Some(Letter {
            organization: name_of(&organizations, &ask.organization_id),
            partnership,
            request,
            contact,
            secret,
        }))
    }

    fn write(&self, core: &Core, letter: &Letter, job: &JobId) -> Result<Email, String> {
        let lang: Lang = letter.contact.language.parse().unwrap_or_default();
        let say = Say::new(core, lang);
        let base = &core.settings.base_url;
        let period = say.period(&letter.request.period);
        let args = [
            ("organization", letter.organization.clone()),
            ("period", period.clone()),
            ("partnership", letter.partnership.name.clone()),
        ];
        let shell = MailShell {
            lang,
            time_zone: letter.partnership.time_zone.clone(),
            now: self.written_at.jiff(),
            base_url: base.clone(),
            partnership: Some(page::brand(&letter.partnership)),
            subject: one_line(&say.text("mail-contribution-ask-subject", &args)),
            preheader: say.text("mail-contribution-ask-preheader", &args),
            why: say.text("mail-contribution-ask-why", &args),
            unsubscribe_url: None,
            preferences_url: None,
            view_url: None,
        };
        let data = AskMail {
            name: letter.contact.name.clone(),
            by: letter.request.asked_by.clone(),
            organization: letter.organization.clone(),
            period,
            message: letter.request.message.clone(),
            reminder: self.reminder,
            url: format!("{base}/log/{}", letter.secret),
            until: letter.request.expires_at,
        };
        let mjml = core
            .renderer
            .mjml("contributions/emails/ask", &shell, &data)
            .map_err(|e| e.to_string())?;
        let rendered = compose::from_mjml(&mjml).map_err(|e| e.to_string())?;
        let sender = Mailbox::parse(&core.settings.mail_from).map_err(|e| e.to_string())?;
        let name = one_line(&letter.partnership.name);
        let from =
            Mailbox::new(Some(&name), sender.address().clone()).map_err(|e| e.to_string())?;
        let to = Address::parse(&letter.contact.email).map_err(|e| e.to_string())?;
        let to =
            Mailbox::new(Some(&one_line(&letter.contact.name)), to).map_err(|e| e.to_string())?;
        // The same identity at every try, so that a repeat is seen as one.
        let id = MessageId::parse(&format!("{job}@{}", from.address().domain()))
            .map_err(|e| e.to_string())?;
        let at = self.written_at.jiff();
        let mut email = Email::new(from, to, &shell.subject, &rendered.text, id, at);
        email.content.html = Some(rendered.html);
        email.content.language = Some(lang.code().into());
        Ok(email)
    }
}

fn one_line(text: &str) -> String {
    text.split(char::is_control).collect::<Vec<_>>().join(" ")
}
