//! Feeds of dates and invitations to meetings as text that calendar programs read: iCalendar (RFC 5545) and its scheduling
//! messages (RFC 5546).
//!
//! Pure: the moment at which a text is made is passed in, and the same input gives the same text, so that a feed has an ETag.

mod write;

use jiff::Timestamp;
use jiff::civil::Date;

/// When something is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum When {
    /// The whole of a day, wherever the reader is.
    Day(Date),
    /// From a moment until another.
    Time {
        /// Its beginning.
        from: Timestamp,
        /// Its end; one before the beginning counts as no duration.
        until: Timestamp,
    },
}

/// One entry of a calendar.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Entry {
    /// What makes it the same entry in every later text: unique in the world, such as `ballot-<id>@backbone.example`.
    pub uid: String,
    /// When what the entry says was last changed.
    pub changed: Timestamp,
    /// When it is.
    pub when: When,
    /// What it is, in one line.
    pub title: String,
    /// More about it; may have several lines or be empty.
    pub text: String,
    /// Where: a room or an address to dial in; may be empty.
    pub place: String,
    /// A page about it; may be empty.
    pub url: String,
}

/// A person with an address, as organizer or guest.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Guest {
    /// Their name.
    pub name: String,
    /// Their address.
    pub email: String,
}

/// What a scheduling message asks of the reader's calendar.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Method {
    /// Put it in, or change what is there.
    Request,
    /// Take it out.
    Cancel,
}

impl Method {
    /// The word of the `METHOD` property and of the mail part's `method` parameter.
    pub fn as_str(self) -> &'static str {
        match self {
            Method::Request => "REQUEST",
            Method::Cancel => "CANCEL",
        }
    }
}

/// An invitation by mail: sent again with a higher `sequence` when the meeting is moved or called off.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Invitation {
    /// What it asks.
    pub method: Method,
    /// The meeting.
    pub entry: Entry,
    /// Counts the changes to the meeting, from 0.
    pub sequence: u32,
    /// Who invites.
    pub organizer: Guest,
    /// Who is invited.
    pub guests: Vec<Guest>,
    /// Whether programs send answers to the organizer by mail.
    pub answers: bool,
}

/// A feed that programs fetch again and again. Entries do not block the reader's time, and programs keep them to themselves.
///
/// `zone` is the IANA name of the zone in which the partnership lives.
pub fn feed(name: &str, zone: &str, entries: &[Entry]) -> String {
    write::feed(name, zone, entries)
}

/// The text of a `text/calendar; method=…; charset=utf-8` mail part, or of an attached `.ics` file.
pub fn invitation(invitation: &Invitation) -> String {
    write::invitation(invitation)
}

#[cfg(test)]
mod tests;
