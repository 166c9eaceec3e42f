//! The contract between what happens and those who are told: each domain says, from events and from the clock, whom a matter
//! concerns. What is told stands in the application, and goes out by mail as often as the reader chose.
//!
//! Events are read in the order of the log by [`follow`], each step in one transaction together with the place up to which the log
//! was read; nobody is told of the same matter twice. So nothing is lost and nothing doubled, whatever stops when.

pub mod follow;
mod gate;
mod rules;
mod store;
#[cfg(test)]
mod tests;

use backbone_db::{Conn, DbError, Instant, id, text_enum};
use backbone_events::Event;
use serde::{Deserialize, Serialize};

use crate::attention::{Word, Words};
use crate::ids::PersonId;
use crate::partnership::Partnership;
use crate::role::Role;
use crate::secret::MasterSecret;

pub use gate::{hours, letter, often, unread};
pub use rules::when;
pub use store::{
    Row, choices, choose, find, forget, forget_old, list, mailed, mark, mark_all, newest, plan,
    put_hours, to_mail,
};

id!(
    /// Identifies what one person was told.
    NotificationId
);

text_enum!(
    /// How often a kind of notification goes out by mail.
    Often {
        /// As it happens.
        Now = "now",
        /// Once a day.
        Daily = "daily",
        /// Once a week.
        Weekly = "weekly",
        /// Never; it stands in the application.
        Off = "off",
    }
);

/// A kind of notification. Its words are the messages `notice-<name>` (what it is) with a dash for each dot and underscore.
#[derive(Clone, Copy, Debug)]
pub struct Kind {
    /// Stable name, `object.what`.
    pub name: &'static str,
    /// Icon.
    pub icon: &'static str,
    /// Who may ever be told of it.
    pub roles: &'static [Role],
    /// How often it goes out by mail when nobody chose.
    pub usual: Often,
    /// Whether the domain writes a letter of its own, which is then the mail "as it happens". It asks [`letter`] whether and
    /// when, so that nobody hears twice.
    pub letter: bool,
}

impl Kind {
    /// The message that says what it is.
    pub fn label(&self) -> String {
        format!("notice-{}", self.name.replace(['.', '_'], "-"))
    }
}

/// Something that somebody is to be told.
#[derive(Clone, Debug)]
pub struct Notice {
    /// Its kind's name.
    pub kind: &'static str,
    /// Whom.
    pub person: PersonId,
    /// What it is about, in a form that stays: the same person is told of it once.
    pub matter: String,
    /// What it says.
    pub what: Words,
    /// Where it leads, behind `/p/{slug}`; a story that was published (`/s/…`) stands on the server itself.
    pub path: String,
}

/// Where a notice leads, on this server.
pub fn address(slug: &str, path: &str) -> String {
    match path.starts_with("/s/") {
        true => path.to_owned(),
        false => format!("/p/{slug}{path}"),
    }
}

/// What the token that stops mails is signed for.
const STOP: &str = "notification-stop";
/// Stands for all kinds.
pub const EVERY: &str = "*";

/// Where one tap stops mails of a kind, or of [`EVERY`] kind, to a member: the token is good for that alone.
pub fn stop_path(
    secret: &MasterSecret,
    partnership: &str,
    person: &PersonId,
    kind: &str,
) -> String {
    let token = secret.sign(STOP, &format!("{partnership} {person} {kind}"));
    format!("/notifications/stop/{token}")
}

/// Partnership, person and kind of such a token; `None` when this server did not make it.
pub fn stops(secret: &MasterSecret, token: &str) -> Option<(String, PersonId, String)> {
    let data = secret.open(STOP, token)?;
    let mut parts = data.splitn(3, ' ');
    let (partnership, person, kind) = (parts.next()?, parts.next()?, parts.next()?);
    Some((
        partnership.to_owned(),
        PersonId::parse(person).ok()?,
        kind.to_owned(),
    ))
}

/// Where a member chooses what to hear of by mail.
pub fn settings_path(slug: &str) -> String {
    format!("/p/{slug}/notifications/settings")
}

/// The words of a notice as they are stored.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct Said {
    /// Message key.
    pub key: String,
    /// Its arguments.
    pub args: Vec<(String, Word)>,
}

impl From<&Words> for Said {
    fn from(words: &Words) -> Self {
        let args = words.args.iter();
        Self {
            key: words.key.into(),
            args: args.map(|(n, w)| ((*n).into(), w.clone())).collect(),
        }
    }
}

/// When somebody wants mail.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Hours {
    /// IANA name of their zone.
    pub time_zone: String,
    /// First minute of the day without mail, and the first with mail again; none when mail may come at any time.
    pub quiet: Option<(i32, i32)>,
    /// Minute of the day at which summaries come.
    pub summary_at: i32,
    /// Day of the week on which the weekly summary comes; 1 is Monday.
    pub summary_day: i32,
}

impl Hours {
    /// What holds until somebody says otherwise: summaries at eight in the morning, weekly ones on Monday, in the partnership's zone.
    pub fn usual(partnership: &Partnership) -> Self {
        Self {
            time_zone: partnership.time_zone.clone(),
            quiet: None,
            summary_at: 8 * 60,
            summary_day: 1,
        }
    }

    /// Their zone; UTC when this server does not know its name.
    pub fn zone(&self) -> jiff::tz::TimeZone {
        jiff::tz::TimeZone::get(&self.time_zone).unwrap_or(jiff::tz::TimeZone::UTC)
    }
}

/// A domain's rules: whom its events and dates concern. Who did something is not told of it; nor is anybody who is no member,
/// or lacks the roles of the kind.
pub trait Notify: Send + Sync {
    /// The kinds that these rules tell of.
    fn kinds(&self) -> &'static [Kind];

    /// Whom an event concerns. Called once for each event, in order.
    fn of(
        &self,
        conn: &mut Conn,
        partnership: &Partnership,
        event: &Event,
    ) -> Result<Vec<Notice>, DbError>;

    /// What the clock has made due, looked at every few minutes.
    fn due(
        &self,
        _conn: &mut Conn,
        _partnership: &Partnership,
        _now: Instant,
    ) -> Result<Vec<Notice>, DbError> {
        Ok(Vec::new())
    }

    /// Whether a notice still says something when it is about to be mailed: a vote that was cast needs no reminder.
    fn holds(
        &self,
        _conn: &mut Conn,
        _partnership: &Partnership,
        _row: &Row,
        _now: Instant,
    ) -> Result<bool, DbError> {
        Ok(true)
    }

    /// An address behind the server's own that works without signing in, for the mail; none where there is no such.
    fn link(
        &self,
        _conn: &mut Conn,
        _partnership: &Partnership,
        _row: &Row,
        _secret: &MasterSecret,
        _now: Instant,
    ) -> Result<Option<String>, DbError> {
        Ok(None)
    }
}

/// The kind of a name among all rules.
pub fn kind(rules: &[std::sync::Arc<dyn Notify>], name: &str) -> Option<&'static Kind> {
    rules
        .iter()
        .flat_map(|r| r.kinds())
        .find(|k| k.name == name)
}
