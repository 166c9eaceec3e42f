//! What a meeting may say, which step may follow which, who represents whom, and the order of an agenda.

use backbone_db::Instant;
use backbone_web::{Fields, Problem};
use jiff::tz::TimeZone;

use super::{AgendaItem, Attendee, AttendeeId, AttendeePart, MeetingStatus, NewMeeting, Rsvp};
use crate::ballot::{Capacity, Proxy};
use crate::proposal::DecisionId;
use crate::proposal::rules::moment;
use crate::seat::{Part, Seat, SeatId};

/// Longest meeting, in hours.
const MOST_HOURS: i64 = 48;

/// What is done with a meeting as a whole.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Step {
    /// Changes time, place, title or who leads it.
    Edit,
    /// Invites those who were not invited yet.
    Invite,
    /// Begins it.
    Open,
    /// Ends it.
    Close,
    /// Goes on with one that was ended too early.
    Resume,
    /// Calls it off.
    Cancel,
    /// Changes the agenda.
    Agenda,
    /// Anything that happens in the room.
    Act,
    /// Writes and approves minutes.
    Minutes,
    /// Sends them.
    Send,
}

/// Whether a step may follow in a status.
pub fn may(status: MeetingStatus, step: Step) -> bool {
    use MeetingStatus::{Closed, Invited, Open, Planned};
    match step {
        Step::Edit | Step::Invite | Step::Open | Step::Cancel => {
            matches!(status, Planned | Invited)
        }
        Step::Agenda => matches!(status, Planned | Invited | Open),
        Step::Act | Step::Close => status == Open,
        Step::Resume | Step::Minutes | Step::Send => status == Closed,
    }
}

/// What was said of a meeting, checked.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Content {
    /// What it is called.
    pub title: String,
    /// What it is for.
    pub purpose: String,
    /// Where.
    pub place: String,
    /// Address of the online room.
    pub online_url: String,
    /// When it begins.
    pub starts_at: Instant,
    /// When it ends.
    pub ends_at: Instant,
}

/// Checks what is said of a meeting; local times are those of the body.
///
/// # Errors
/// 422 with all wrong fields.
pub fn content(input: &NewMeeting, zone: &TimeZone, now: Instant) -> Result<Content, Problem> {
    let mut fields = Fields::new();
    let title = line(&mut fields, "title", &input.title, 200, true);
    let purpose = fields.optional("purpose", &input.purpose, 2_000);
    let place = line(&mut fields, "place", &input.place, 300, false);
    let online_url = line(&mut fields, "online_url", &input.online_url, 500, false);
    let web = online_url.starts_with("https://") || online_url.starts_with("http://");
    if !online_url.is_empty() && (!web || online_url.contains(char::is_whitespace)) {
        fields.fail("online_url", "meeting-address");
    }
    let starts_at = time(&mut fields, "starts_at", &input.starts_at, zone);
    let ends_at = time(&mut fields, "ends_at", &input.ends_at, zone);
    if let (Some(starts), Some(ends)) = (starts_at, ends_at) {
        if ends <= starts {
            fields.fail("ends_at", "meeting-ends-before");
        } else if ends.seconds_since(starts) > MOST_HOURS * 3600 {
            fields.fail("ends_at", "meeting-too-long");
        } else if ends <= now {
            fields.fail("ends_at", "meeting-past");
        }
    }
    fields.finish()?;
    let (Some(starts_at), Some(ends_at)) = (starts_at, ends_at) else {
        return Err(Problem::invalid("invalid").field("starts_at", "required"));
    };
    Ok(Content {
        title,
        purpose,
        place,
        online_url,
        starts_at,
        ends_at,
    })
}

/// A text of one line: it stands in subjects and calendars.
fn line(fields: &mut Fields, name: &str, value: &str, most: usize, needed: bool) -> String {
    let value = value.split_whitespace().collect::<Vec<_>>().join(" ");
    if needed {
        fields.text(name, &value, most)
    } else {
        fields.optional(name, &value, most)
    }
}

fn time(fields: &mut Fields, name: &str, text: &str, zone: &TimeZone) -> Option<Instant> {
    if text.trim().is_empty() {
        fields.fail(name, "required");
        return None;
    }
    let found = moment(text, zone);
    if found.is_none() {
        fields.fail(name, "proposal-moment");
    }
    found
}

/// A seat that somebody in the room speaks for.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Represented {
    /// The seat.
    pub seat: SeatId,
    /// By whom.
    pub by: AttendeeId,
    /// As what.
    pub how: Capacity,
}

/// Who represents which seat: the holder if there, else the alternate, else somebody with a proxy; a guest without an account
/// their own seat. `scope` also lets proxies for one proposal count.
pub fn represented(
    seats: &[Seat],
    here: &[&Attendee],
    proxies: &[Proxy],
    scope: Option<&DecisionId>,
    now: Instant,
) -> Vec<Represented> {
    let mut found = Vec::new();
    for seat in seats.iter().filter(|s| s.active) {
        let holds = |p: &Proxy| match scope {
            Some(id) => p.holds(id, now),
            None => {
                p.proposal_id.is_none()
                    && p.revoked_at.is_none()
                    && p.starts_at <= now
                    && now < p.expires_at
            }
        };
        let how = |a: &Attendee| {
            if a.part == AttendeePart::SeatGuest {
                return (a.seat_id.as_ref() == Some(&seat.id)).then_some(Capacity::Guest);
            }
            let person = a.person_id.as_ref()?;
            match seat.part_of(person) {
                Some(Part::Holder) => Some(Capacity::Holder),
                Some(Part::Alternate) => Some(Capacity::Alternate),
                None => proxies
                    .iter()
                    .any(|p| p.seat_id == seat.id && &p.person_id == person && holds(p))
                    .then_some(Capacity::Proxy),
            }
        };
        let best = here
            .iter()
            .filter_map(|a| Some((how(a)?, *a)))
            .min_by_key(|(how, _)| *how);
        found.extend(best.map(|(how, a)| Represented {
            seat: seat.id.clone(),
            by: a.id.clone(),
            how,
        }));
    }
    found
}

/// Who is expected: those who said yes, and the alternates of those who send them, unless these said no.
pub fn expected<'a>(seats: &[Seat], people: &'a [Attendee]) -> Vec<&'a Attendee> {
    let sent = |a: &Attendee| {
        let Some(person) = &a.person_id else {
            return false;
        };
        a.answer == Rsvp::None
            && seats.iter().any(|s| {
                s.alternate_id.as_ref() == Some(person)
                    && people
                        .iter()
                        .any(|h| h.answer == Rsvp::Alternate && h.person_id == s.person_id)
            })
    };
    people
        .iter()
        .filter(|a| a.answer == Rsvp::Yes || sent(a))
        .collect()
}

/// Who may still come: all but those who said no or send their alternate.
pub fn possible(people: &[Attendee]) -> Vec<&Attendee> {
    people
        .iter()
        .filter(|a| !matches!(a.answer, Rsvp::No | Rsvp::Alternate))
        .collect()
}

/// Moves the point at `from` one up or down, and numbers all anew from 1. Says whether anything moved.
pub fn shift(items: &mut [AgendaItem], from: usize, up: bool) -> bool {
    let to = if up {
        from.checked_sub(1)
    } else {
        from.checked_add(1)
    };
    let moved = match to {
        Some(to) if from < items.len() && to < items.len() => {
            items.swap(from, to);
            true
        }
        _ => false,
    };
    number(items);
    moved
}

/// Numbers the points from 1.
pub fn number(items: &mut [AgendaItem]) {
    for (place, item) in items.iter_mut().enumerate() {
        item.position = i32::try_from(place + 1).unwrap_or(i32::MAX);
    }
}

/// Minutes that an agenda takes.
pub fn total(items: &[AgendaItem]) -> i64 {
    items.iter().map(|i| i64::from(i.minutes)).sum()
}

/// Minutes of some seconds, those that were begun counted whole.
pub fn whole_minutes(seconds: i64) -> i64 {
    seconds.max(0).div_euclid(60) + i64::from(seconds.max(0) % 60 > 0)
}

#[cfg(test)]
mod tests;
