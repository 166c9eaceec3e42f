//! The contract between the home pages and the domains: what needs somebody, what was asked of partners, and what happened.
//! Each domain implements [`Attention`] for its own data; no page knows what a domain keeps.

use backbone_db::{Conn, DbError, Instant};
use backbone_events::Event;
use backbone_web::format::{self, DateStyle, Locale, PeriodStyle};
use backbone_web::{Args, Lang, Renderer};
use jiff::tz::TimeZone;
use serde::{Deserialize, Serialize};

use crate::actor::Actor;
use crate::ids::{OrganizationId, PersonId};

/// How pressing a line is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Urgency {
    /// Something is failing or late already.
    Bad,
    /// It will slip if nobody acts.
    Watch,
    /// Ready for the next step.
    Good,
}

/// A message of the catalogue with its arguments.
#[derive(Clone, Debug)]
pub struct Words {
    /// Message key.
    pub key: &'static str,
    /// Arguments: numbers choose plurals, so they are given as numbers.
    pub args: Vec<(&'static str, Word)>,
}

/// One argument.
#[derive(Clone, Debug, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Word {
    /// A name or a phrase.
    Text(String),
    /// A count.
    Number(i64),
    /// A period as it is stored, such as `2026-10`; shown in the reader's language.
    Period(String),
    /// A day; shown in the reader's language.
    Day(Instant),
    /// A moment; shown in the reader's language and zone.
    Moment(Instant),
}

impl Words {
    /// A message without arguments.
    pub fn new(key: &'static str) -> Self {
        Self {
            key,
            args: Vec::new(),
        }
    }
    /// Adds a text.
    pub fn text(mut self, name: &'static str, value: impl Into<String>) -> Self {
        self.args.push((name, Word::Text(value.into())));
        self
    }
    /// Adds a number.
    pub fn number(mut self, name: &'static str, value: i64) -> Self {
        self.args.push((name, Word::Number(value)));
        self
    }
}

impl Words {
    /// Adds a period as it is stored.
    pub fn period(mut self, name: &'static str, value: impl Into<String>) -> Self {
        self.args.push((name, Word::Period(value.into())));
        self
    }
    /// Adds a moment.
    pub fn moment(mut self, name: &'static str, value: Instant) -> Self {
        self.args.push((name, Word::Moment(value)));
        self
    }
    /// Adds a day.
    pub fn day(mut self, name: &'static str, value: Instant) -> Self {
        self.args.push((name, Word::Day(value)));
        self
    }
}

/// Who reads words: their language and zone, and the moment.
pub struct Reader<'a> {
    /// The messages.
    pub renderer: &'a Renderer,
    /// Their language.
    pub lang: Lang,
    /// The zone in which days are told.
    pub zone: TimeZone,
    /// The present moment.
    pub now: Instant,
}

impl Reader<'_> {
    /// A message with its arguments.
    pub fn say<'w>(
        &self,
        key: &str,
        args: impl IntoIterator<Item = (&'w str, &'w Word)>,
        n: Option<i64>,
    ) -> String {
        let catalogue = self.renderer.catalogue();
        let mut told = Args::new();
        for (name, value) in args {
            match value {
                Word::Text(text) => told.set(name.to_owned(), text.clone()),
                Word::Number(n) => told.set(name.to_owned(), *n),
                Word::Period(text) => told.set(
                    name.to_owned(),
                    format::period(catalogue, self.lang, text, PeriodStyle::Long),
                ),
                Word::Day(at) => {
                    let locale = self.locale();
                    let day = locale.date(locale.day_of(at.jiff()), DateStyle::Long);
                    told.set(name.to_owned(), day);
                }
                Word::Moment(at) => {
                    let moment = self.locale().date_time(at.jiff(), DateStyle::Weekday);
                    told.set(name.to_owned(), moment);
                }
            }
        }
        if let Some(n) = n {
            told.set("n", n);
        }
        self.renderer.text(self.lang, key, &told)
    }

    fn locale(&self) -> Locale<'_> {
        Locale {
            catalogue: self.renderer.catalogue(),
            lang: self.lang,
            zone: self.zone.clone(),
            now: self.now.jiff(),
        }
    }
}

/// One thing that needs somebody: what, details, since when, and the action, one click away.
#[derive(Clone, Debug)]
pub struct Line {
    /// How pressing.
    pub urgency: Urgency,
    /// Icon name.
    pub icon: &'static str,
    /// What, in one sentence.
    pub what: Words,
    /// Details.
    pub detail: Option<Words>,
    /// Since when.
    pub since: Option<Instant>,
    /// The verb on the button.
    pub action: Words,
    /// Where it leads, behind `/p/{slug}`.
    pub path: String,
}

/// Something that is done where it stands, by one click: a form that posts to a page's own address.
#[derive(Clone, Debug)]
pub struct Click {
    /// The verb on its button.
    pub label: Words,
    /// Where it posts, behind `/p/{slug}`.
    pub path: String,
    /// What it sends.
    pub fields: Vec<(&'static str, String)>,
}

impl Click {
    /// A click that sends nothing but itself.
    pub fn new(label: &'static str, path: String) -> Self {
        Self {
            label: Words::new(label),
            path,
            fields: Vec::new(),
        }
    }
    /// Adds a field.
    pub fn field(mut self, name: &'static str, value: impl ToString) -> Self {
        self.fields.push((name, value.to_string()));
        self
    }
}

/// A line with what the page needs to place it and to have it handled in place.
#[derive(Clone, Debug)]
pub struct Need {
    /// What it says.
    pub line: Line,
    /// When it must be done; none when only its urgency places it.
    pub due: Option<Instant>,
    /// What one click does.
    pub click: Option<Click>,
    /// What it costs whom it is asked of, in minutes, by the room's own estimate. Such a line is an ask: partners see all of
    /// theirs on their home page, with the sum.
    pub minutes: Option<i64>,
}

impl From<Line> for Need {
    fn from(line: Line) -> Self {
        Self {
            line,
            due: None,
            click: None,
            minutes: None,
        }
    }
}

impl Need {
    /// With a deadline.
    pub fn due(mut self, at: Option<Instant>) -> Self {
        self.due = at;
        self
    }
    /// With an action in place.
    pub fn click(mut self, click: Click) -> Self {
        self.click = Some(click);
        self
    }
    /// As an ask that costs so many minutes.
    pub fn minutes(mut self, minutes: i64) -> Self {
        self.minutes = Some(minutes);
        self
    }
    /// The rule that found it: a stable word by which it is put aside.
    pub fn rule(&self) -> &'static str {
        self.line.what.key
    }
    /// What it is about, stable while it stays the same matter, whatever its counts do.
    pub fn subject(&self) -> &str {
        &self.line.path
    }
}

/// Time that was asked of an organization.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Asked {
    /// Of whom.
    pub organization: OrganizationId,
    /// Of which of its people; none when any of them may do it.
    pub person: Option<PersonId>,
    /// Message key of what it was: a count `n` chooses its plural.
    pub what: &'static str,
    /// What it costs, in minutes, by the room's own estimate.
    pub minutes: i64,
    /// When it was asked.
    pub at: Instant,
}

/// An event in a sentence that names the thing.
#[derive(Clone, Debug)]
pub struct Told {
    /// Its number in the log.
    pub seq: i64,
    /// The sentence.
    pub what: Words,
    /// Where it leads, behind `/p/{slug}`.
    pub path: Option<String>,
}

/// A step that a new partnership takes once: it has been taken when something of the kind has happened.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct FirstStep {
    /// Its place among the steps of all rooms, counted in tens.
    pub place: u8,
    /// Message key of what to do; with `-why` behind it, of what it is good for.
    pub what: &'static str,
    /// Kinds of events after which it has been taken.
    pub taken: &'static [&'static str],
    /// Where it is taken, behind `/p/{slug}`.
    pub path: &'static str,
}

/// A domain's rules over its own data. Each looks only at what the actor may see.
pub trait Attention: Send + Sync {
    /// What needs this actor now.
    fn lines(&self, conn: &mut Conn, actor: &Actor) -> Result<Vec<Line>, DbError>;

    /// The same, with deadlines and with what one click can do, for rules that know of such.
    fn needs(&self, conn: &mut Conn, actor: &Actor) -> Result<Vec<Need>, DbError> {
        let lines = self.lines(conn, actor)?;
        Ok(lines.into_iter().map(Need::from).collect())
    }

    /// What was asked of organizations since `since`: the burden that a partnership puts on its partners.
    fn asked(
        &self,
        _conn: &mut Conn,
        _actor: &Actor,
        _since: Instant,
    ) -> Result<Vec<Asked>, DbError> {
        Ok(Vec::new())
    }

    /// What a new partnership does first in this room, in the order in which the main job goes.
    fn first_steps(&self) -> &'static [FirstStep] {
        &[]
    }

    /// Sentences for those of the events that this room knows and the actor may read of.
    fn told(
        &self,
        _conn: &mut Conn,
        _actor: &Actor,
        _events: &[Event],
    ) -> Result<Vec<Told>, DbError> {
        Ok(Vec::new())
    }
}

/// The lines of needs, for rooms whose rules give needs.
pub fn lines_of(needs: Vec<Need>) -> Vec<Line> {
    needs.into_iter().map(|n| n.line).collect()
}
