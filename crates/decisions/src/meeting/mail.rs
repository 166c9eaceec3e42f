//! What a meeting says by mail: invitation, change and cancellation with their calendar entry, a word to an alternate, a reminder,
//! the minutes.

use backbone_db::{Conn, DbError};
use backbone_identity::Actor;
use backbone_identity::mail::{CalendarEntry, Letter, queue};
use backbone_web::Lang;
use serde_json::json;

use super::pages::item_title;
use super::{Attendee, Meeting, invite, link, store};
use crate::body::Body;
use crate::people::{Member, members};
use crate::seat::{Seat, store as seats};
use crate::view::Say;

/// What letters of one meeting are written from, read once.
struct Desk<'a> {
    actor: &'a Actor,
    x: &'a Meeting,
    body: &'a Body,
    people: Vec<Member>,
    seats: Vec<Seat>,
    items: Vec<super::AgendaItem>,
}

impl<'a> Desk<'a> {
    fn open(
        conn: &mut Conn,
        actor: &'a Actor,
        x: &'a Meeting,
        body: &'a Body,
    ) -> Result<Self, DbError> {
        Ok(Self {
            people: members(conn, actor.tenant())?,
            seats: seats::of_body(conn, actor.tenant(), &x.body_id)?,
            items: store::items(conn, actor.tenant(), &x.id)?,
            actor,
            x,
            body,
        })
    }

    /// A letter to somebody on the list; none without an address.
    fn letter(&self, a: &Attendee, template: &str) -> Result<Option<(Letter, Lang)>, DbError> {
        let usual = self.actor.partnership.language.as_str();
        let Some((email, language)) = invite::address(&self.people, &self.seats, a, usual) else {
            return Ok(None);
        };
        let lang: Lang = language.parse().unwrap_or_default();
        let say = crate::describe::say(lang)?;
        let agenda: Vec<_> = self
            .items
            .iter()
            .map(|i| json!({"title": item_title(&say, i), "minutes": i.minutes}))
            .collect();
        let path = format!("/p/{}/meetings/{}", self.actor.partnership.slug, self.x.id);
        let letter = Letter::new((&a.name, email), lang, template)
            .with("title", self.x.title.clone())
            .with("body", self.body.name.clone())
            .with("when", when(&say, self.x, self.body, self.actor))
            .with("place", self.x.place.clone())
            .with("online", self.x.online_url.clone())
            .with("purpose", self.x.purpose.clone())
            .with("facilitator", self.x.facilitator_name.clone())
            .with("reason", self.x.reason.clone())
            .with("agenda", agenda)
            .with("path", path)
            .with("alternate", self.alternate(a).unwrap_or_default())
            .link("url", link::PATH, link::SIGNED, &link::subject(a));
        Ok(Some((letter, lang)))
    }

    /// The name of the alternate of somebody who holds a seat.
    fn alternate(&self, a: &Attendee) -> Option<String> {
        let person = a.person_id.as_ref()?;
        let seat = self
            .seats
            .iter()
            .find(|s| s.person_id.as_ref() == Some(person))?;
        let other = seat.alternate_id.as_ref()?;
        let found = self.people.iter().find(|m| &m.person_id == other);
        found.map(|m| m.name.clone())
    }

    /// The entry for the calendar, in the reader's language.
    fn entry(&self, cancelled: bool, lang: Lang) -> Result<CalendarEntry, DbError> {
        let say = crate::describe::say(lang)?;
        let mut text = self.x.purpose.clone();
        for item in &self.items {
            text.push_str(&format!("\n{}. {}", item.position, item_title(&say, item)));
        }
        if !self.x.online_url.is_empty() {
            text.push_str(&format!("\n\n{}", self.x.online_url));
        }
        let location = match (self.x.place.as_str(), self.x.online_url.as_str()) {
            ("", online) => online.to_string(),
            (place, _) => place.to_string(),
        };
        Ok(CalendarEntry {
            uid: self.x.id.to_string(),
            sequence: u32::try_from(self.x.sequence).unwrap_or_default(),
            cancelled,
            starts: self.x.starts_at,
            ends: self.x.ends_at,
            title: format!("{} ({})", self.x.title, self.body.name),
            text: text.trim().to_string(),
            place: location,
            page: "url".into(),
        })
    }
}

/// `Friday 27 November, 16:00–17:30 (Europe/Amsterdam)`, at the body's clock.
pub(crate) fn when(say: &Say, x: &Meeting, body: &Body, actor: &Actor) -> String {
    let until = x.ends_at.jiff().to_zoned(body.zone());
    let same = x.starts_at.date_in(&body.zone()) == x.ends_at.date_in(&body.zone());
    let until = if same {
        until.strftime("%H:%M").to_string()
    } else {
        say.moment(x.ends_at, body.zone(), actor.now)
    };
    let zone = if body.time_zone == actor.partnership.time_zone {
        String::new()
    } else {
        format!(" ({})", body.time_zone)
    };
    format!(
        "{}–{until}{zone}",
        say.moment(x.starts_at, body.zone(), actor.now)
    )
}

/// Invites one; says whether they have an address.
pub(crate) fn invitation(
    conn: &mut Conn,
    actor: &Actor,
    x: &Meeting,
    body: &Body,
    a: &Attendee,
) -> Result<bool, DbError> {
    let desk = Desk::open(conn, actor, x, body)?;
    let Some((letter, lang)) = desk.letter(a, "decisions/emails/meeting-invite")? else {
        return Ok(false);
    };
    let entry = desk.entry(false, lang)?;
    queue(
        conn,
        Some(&actor.partnership),
        letter.calendar(entry),
        actor.now,
    )?;
    Ok(true)
}

/// Tells all who were invited of another time, place or title.
pub(crate) fn changed(
    conn: &mut Conn,
    actor: &Actor,
    x: &Meeting,
    body: &Body,
) -> Result<(), DbError> {
    tell(
        conn,
        actor,
        x,
        body,
        "decisions/emails/meeting-changed",
        false,
    )
}

/// Tells all who were invited that it does not take place.
pub(crate) fn cancelled(
    conn: &mut Conn,
    actor: &Actor,
    x: &Meeting,
    body: &Body,
) -> Result<(), DbError> {
    tell(
        conn,
        actor,
        x,
        body,
        "decisions/emails/meeting-cancelled",
        true,
    )
}

fn tell(
    conn: &mut Conn,
    actor: &Actor,
    x: &Meeting,
    body: &Body,
    template: &str,
    cancelled: bool,
) -> Result<(), DbError> {
    let desk = Desk::open(conn, actor, x, body)?;
    for a in store::people(conn, actor.tenant(), &x.id)? {
        if a.invited_at.is_none() {
            continue;
        }
        if let Some((letter, lang)) = desk.letter(&a, template)? {
            let entry = desk.entry(cancelled, lang)?;
            queue(
                conn,
                Some(&actor.partnership),
                letter.calendar(entry),
                actor.now,
            )?;
        }
    }
    Ok(())
}

/// Tells an alternate that the holder sends them.
pub(crate) fn sent_instead(
    conn: &mut Conn,
    actor: &Actor,
    x: &Meeting,
    body: &Body,
    to: &Attendee,
    holder: &str,
) -> Result<(), DbError> {
    let desk = Desk::open(conn, actor, x, body)?;
    if let Some((letter, _)) = desk.letter(to, "decisions/emails/meeting-stand-in")? {
        let letter = letter.with("holder", holder);
        queue(conn, Some(&actor.partnership), letter, actor.now)?;
    }
    Ok(())
}

/// Reminds those who have not answered.
pub(crate) fn remind(
    conn: &mut Conn,
    actor: &Actor,
    x: &Meeting,
    body: &Body,
) -> Result<(), DbError> {
    let desk = Desk::open(conn, actor, x, body)?;
    for a in store::people(conn, actor.tenant(), &x.id)? {
        // Who was invited a moment ago has had their mail.
        let asked = a
            .invited_at
            .is_some_and(|i| actor.now.seconds_since(i) > 86_400);
        if !asked || a.answer != super::Rsvp::None {
            continue;
        }
        if let Some((letter, _)) = desk.letter(&a, "decisions/emails/meeting-reminder")? {
            queue(conn, Some(&actor.partnership), letter, actor.now)?;
        }
    }
    Ok(())
}

/// Sends the minutes to everybody on the list; says to how many.
pub(crate) fn minutes(
    conn: &mut Conn,
    actor: &Actor,
    x: &Meeting,
    body: &Body,
    text: &str,
) -> Result<usize, DbError> {
    let desk = Desk::open(conn, actor, x, body)?;
    let mut sent = 0;
    for a in store::people(conn, actor.tenant(), &x.id)? {
        if let Some((letter, _)) = desk.letter(&a, "decisions/emails/meeting-minutes")? {
            let letter = letter.with("text", text).with("number", x.number);
            queue(conn, Some(&actor.partnership), letter, actor.now)?;
            sent += 1;
        }
    }
    Ok(sent)
}
