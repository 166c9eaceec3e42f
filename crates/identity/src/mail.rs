//! One-off mail to a person: queued with the fact that causes it, rendered and sent by a job.
//!
//! The job's row holds data, never text: the mail is rendered when it is sent. Tokens of links that the server signs itself are made
//! at that moment too, so that the queue holds no secret.

use backbone_calendar::{self as calendar, Guest, Invitation, Method, When};
use backbone_db::{Conn, DbError, Instant};
use backbone_jobs::{Job, JobError, JobId, enqueue, enqueue_at};
use backbone_mail::message::Unsubscribe;
use backbone_mail::{Address, Attachment, Email, Mailbox, MessageId, Outcome, compose};
use backbone_web::render::MailShell;
use backbone_web::{Args, Lang};
use serde::{Deserialize, Serialize};
use serde_json::{Map, Value};

use crate::core::Core;
use crate::ids::{PartnershipId, PersonId};
use crate::notify;
use crate::page::brand;
use crate::partnership::{self, Partnership};

/// A mail to one person, from the template `<crate>/emails/<name>`.
///
/// Its words besides the template are the messages `mail-<name>-subject`, `mail-<name>-preheader` and `mail-<name>-why`; they and the
/// template get `data`, to which `person` and `partnership` (their names) are added.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct Letter {
    to_name: String,
    to_address: String,
    lang: Lang,
    template: String,
    data: Map<String, Value>,
    links: Vec<Signed>,
    /// To whom, and the kind of notification, so that one tap stops such mails.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    of_kind: Option<(PersonId, String)>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    entry: Option<CalendarEntry>,
}

/// A meeting for the calendar of whoever gets the letter. The text of the entry is made when the mail is, with the signed link in it.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct CalendarEntry {
    /// Stays the same through all changes, and is unique in the world.
    pub uid: String,
    /// Counts the changes: a calendar keeps the entry with the highest.
    pub sequence: u32,
    /// Whether the entry is struck out.
    pub cancelled: bool,
    /// When it begins.
    pub starts: Instant,
    /// When it ends.
    pub ends: Instant,
    /// What it is called.
    pub title: String,
    /// More about it.
    pub text: String,
    /// Where.
    pub place: String,
    /// The field of the letter's link that the entry leads to; empty for none.
    pub page: String,
}

/// A link whose token is signed when the mail is made.
#[derive(Clone, Debug, Serialize, Deserialize)]
struct Signed {
    field: String,
    purpose: String,
    id: String,
    path: String,
}

impl Letter {
    /// A letter to somebody, in their language.
    pub fn new(to: (&str, &str), lang: Lang, template: &str) -> Self {
        Self {
            to_name: to.0.into(),
            to_address: to.1.into(),
            lang,
            template: template.into(),
            data: Map::new(),
            links: Vec::new(),
            entry: None,
            of_kind: None,
        }
    }

    /// Says to which member it goes and of which kind it is, so that it tells how such mails are stopped with one tap (RFC 8058).
    pub fn of_kind(mut self, person: &PersonId, kind: &str) -> Self {
        self.of_kind = Some((person.clone(), kind.into()));
        self
    }

    /// Adds a value for the template and the messages.
    pub fn with(mut self, field: &str, value: impl Into<Value>) -> Self {
        self.data.insert(field.into(), value.into());
        self
    }

    /// Adds a calendar entry, which goes as an attachment that mail programs offer to put in.
    pub fn calendar(mut self, entry: CalendarEntry) -> Self {
        self.entry = Some(entry);
        self
    }

    /// Adds the address `path` with `?token=` behind it, signed for `purpose` over `id`.
    pub fn link(mut self, field: &str, path: &str, purpose: &str, id: &str) -> Self {
        self.links.push(Signed {
            field: field.into(),
            purpose: purpose.into(),
            id: id.into(),
            path: path.into(),
        });
        self
    }
}

/// Queues a letter in the caller's transaction.
///
/// # Errors
/// Only those of the database.
pub fn queue(
    conn: &mut Conn,
    partnership: Option<&Partnership>,
    letter: Letter,
    now: Instant,
) -> Result<JobId, DbError> {
    let job = SendMail {
        partnership_id: partnership.map(|p| p.id.clone()),
        letter,
        written_at: now,
    };
    enqueue::<Core, SendMail>(conn, partnership.map(|p| p.id.as_str()), &job, now)
}

/// Queues a member's letter of a kind, unless they do not want it as it happens; in their hours without mail it waits. They hear
/// of the matter otherwise, so that nobody hears twice.
///
/// # Errors
/// Only those of the database.
pub fn queue_kind(
    conn: &mut Conn,
    partnership: &Partnership,
    person: &PersonId,
    kind: &notify::Kind,
    letter: Letter,
    now: Instant,
) -> Result<(), DbError> {
    let Some(at) = notify::letter(conn, partnership, person, kind, now)? else {
        return Ok(());
    };
    let job = SendMail {
        partnership_id: Some(partnership.id.clone()),
        letter: letter.of_kind(person, kind.name),
        written_at: at,
    };
    enqueue_at::<Core, SendMail>(conn, Some(partnership.id.as_str()), &job, at, now).map(drop)
}

/// Sends one letter.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct SendMail {
    partnership_id: Option<PartnershipId>,
    letter: Letter,
    written_at: Instant,
}

#[async_trait::async_trait]
impl Job<Core> for SendMail {
    const KIND: &'static str = "mail.send";

    async fn run(&self, core: &Core, job: &JobId) -> Result<(), JobError> {
        let id = self.partnership_id.clone();
        let partnership = core
            .db
            .read(move |c| match id {
                Some(id) => partnership::find(c, id.as_str()),
                None => Ok(None),
            })
            .await?;
        let outcome = deliver(
            core,
            partnership.as_ref(),
            &self.letter,
            job,
            self.written_at,
        )
        .await;
        match outcome {
            Err(JobError::Retry(why)) => Err(again(why, core.now().seconds_since(self.written_at))),
            outcome => outcome,
        }
    }
}

/// Seconds for which a letter is tried, as a campaign's messages are.
const GIVE_UP: i64 = 3 * 86_400;

/// Waits half as long as the letter is old, from ten seconds to an hour: a server that greylists lets it in after some minutes, and
/// one that is down over a weekend loses nothing. These waits use up no attempts.
fn again(why: String, age: i64) -> JobError {
    if age >= GIVE_UP {
        return JobError::Fail(why);
    }
    JobError::Later(why, (age / 2).clamp(10, 3600))
}

/// Renders and sends a letter now. `job` gives the message its identity, so that a repeat carries the same.
///
/// # Errors
/// `Retry` for what may go better later, `Fail` for what needs a person.
pub async fn deliver(
    core: &Core,
    partnership: Option<&Partnership>,
    letter: &Letter,
    job: &JobId,
    written_at: Instant,
) -> Result<(), JobError> {
    let email = write(core, partnership, letter, job, written_at).map_err(JobError::Fail)?;
    let mut raw = email.build().map_err(|e| JobError::Fail(e.to_string()))?;
    if let Some(key) = &core.dkim {
        key.sign(&mut raw, written_at.jiff())
            .map_err(|e| JobError::Fail(e.to_string()))?;
    }
    match core.mailer.send(raw).await {
        Outcome::Delivered { .. } => Ok(()),
        Outcome::Permanent { reply } => Err(JobError::Fail(reply.to_string())),
        Outcome::NotSent {
            reason,
            transient: false,
        } => Err(JobError::Fail(reason)),
        Outcome::NotSent { reason, .. } => Err(JobError::Retry(reason)),
        Outcome::Transient { reply } => Err(JobError::Retry(reply.to_string())),
        Outcome::Unknown { reason } => Err(JobError::Retry(reason)),
    }
}

fn write(
    core: &Core,
    partnership: Option<&Partnership>,
    letter: &Letter,
    job: &JobId,
    written_at: Instant,
) -> Result<Email, String> {
    let base = &core.settings.base_url;
    let mut data = letter.data.clone();
    for link in &letter.links {
        let token = core.settings.secret.sign(&link.purpose, &link.id);
        data.insert(
            link.field.clone(),
            format!("{base}{}?token={token}", link.path).into(),
        );
    }
    let sender_name = partnership.map_or("Backbone", |p| p.name.as_str());
    data.insert("person".into(), letter.to_name.clone().into());
    data.insert("partnership".into(), sender_name.into());
    let name = letter.template.rsplit('/').next().unwrap_or_default();
    let words = |part: &str| {
        core.renderer
            .text(letter.lang, &format!("mail-{name}-{part}"), &args(&data))
    };
    let of_kind = letter.of_kind.as_ref().zip(partnership);
    let stop = of_kind.map(|((person, kind), p)| {
        let path = notify::stop_path(&core.settings.secret, p.id.as_str(), person, kind);
        format!("{base}{path}")
    });
    let shell = MailShell {
        lang: letter.lang,
        time_zone: partnership.map_or_else(|| "UTC".into(), |p| p.time_zone.clone()),
        now: written_at.jiff(),
        base_url: base.clone(),
        partnership: partnership.map(brand),
        subject: one_line(&words("subject")),
        preheader: words("preheader"),
        why: words("why"),
        unsubscribe_url: stop.clone(),
        preferences_url: stop
            .as_ref()
            .zip(partnership)
            .map(|(_, p)| format!("{base}{}", notify::settings_path(&p.slug))),
        view_url: None,
    };
    let mjml = core
        .renderer
        .mjml(&letter.template, &shell, &data)
        .map_err(|e| e.to_string())?;
    let rendered = compose::from_mjml(&mjml).map_err(|e| e.to_string())?;
    let from = sender(&core.settings.mail_from, sender_name)?;
    let to = Address::parse(&letter.to_address).map_err(|e| e.to_string())?;
    let to = Mailbox::new(Some(&one_line(&letter.to_name)), to).map_err(|e| e.to_string())?;
    let id = MessageId::parse(&format!("{job}@{}", from.address().domain()))
        .map_err(|e| e.to_string())?;
    let entry = letter.entry.as_ref().map(|entry| {
        let page = data.get(&entry.page).and_then(Value::as_str);
        attachment(entry, page.unwrap_or_default(), (&from, &to), written_at)
    });
    let mut email = Email::new(
        from,
        to,
        &shell.subject,
        &rendered.text,
        id,
        written_at.jiff(),
    );
    email.content.html = Some(rendered.html);
    email.content.attachments.extend(entry);
    email.content.language = Some(letter.lang.code().into());
    email.content.headers = vec![("Auto-Submitted".into(), "auto-generated".into())];
    email.unsubscribe = stop.map(|url| Unsubscribe {
        url,
        one_click: true,
    });
    Ok(email)
}

/// The entry as a file. Answers are not asked for by mail: nobody reads what comes to the sender's address, the page takes them.
fn attachment(
    entry: &CalendarEntry,
    page: &str,
    (from, to): (&Mailbox, &Mailbox),
    written_at: Instant,
) -> Attachment {
    let guest = |who: &Mailbox| Guest {
        name: who.name().unwrap_or_default().into(),
        email: who.address().to_string(),
    };
    let method = if entry.cancelled {
        Method::Cancel
    } else {
        Method::Request
    };
    let text = calendar::invitation(&Invitation {
        method,
        entry: calendar::Entry {
            uid: entry.uid.clone(),
            changed: written_at.jiff(),
            when: When::Time {
                from: entry.starts.jiff(),
                until: entry.ends.jiff(),
            },
            title: entry.title.clone(),
            text: format!("{}\n\n{page}", entry.text).trim().to_string(),
            place: entry.place.clone(),
            url: page.into(),
        },
        sequence: entry.sequence,
        organizer: guest(from),
        guests: vec![guest(to)],
        answers: false,
    });
    Attachment {
        file_name: "meeting.ics".into(),
        content_type: format!("text/calendar; charset=utf-8; method={}", method.as_str()),
        data: text.into_bytes(),
    }
}

/// The sender: the partnership's name with the configured address.
///
/// # Errors
/// A sentence when the configured sender is not an address.
pub fn sender(mail_from: &str, name: &str) -> Result<Mailbox, String> {
    let configured = Mailbox::parse(mail_from).map_err(|e| format!("the sender of mail: {e}"))?;
    Mailbox::new(Some(&one_line(name)), configured.address().clone()).map_err(|e| e.to_string())
}

/// Text that stands in a header: names may hold line ends when they were typed into a field of an API.
fn one_line(text: &str) -> String {
    text.split(char::is_control)
        .collect::<Vec<_>>()
        .join(" ")
        .trim()
        .to_string()
}

fn args(data: &Map<String, Value>) -> Args<'static> {
    let mut args = Args::new();
    for (name, value) in data {
        match value {
            Value::Number(n) => args.set(name.clone(), n.as_f64().unwrap_or_default()),
            Value::String(text) => args.set(name.clone(), text.clone()),
            _ => {}
        }
    }
    args
}
