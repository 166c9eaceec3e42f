use chrono::{DateTime, Duration, NaiveDate, Utc};
use icalendar::{Calendar, Class, Component, Event, EventLike, EventStatus, Property};
use jiff::Timestamp;
use jiff::civil::Date;

use crate::{Entry, Guest, Invitation, Method, When};

/// The program that writes the text, as RFC 5545 wants it named.
const PRODUCT: &str = "-//Backbone//Backbone//EN";

pub(crate) fn feed(name: &str, zone: &str, entries: &[Entry]) -> String {
    let mut calendar = empty();
    let name = one_line(name);
    calendar
        .name(&name)
        .timezone(one_line(zone))
        .ttl(&Duration::hours(1));
    for entry in entries {
        let mut event = event(entry);
        event
            .class(Class::Private)
            .add_property("TRANSP", "TRANSPARENT");
        calendar.push(event.done());
    }
    text(&calendar)
}

pub(crate) fn invitation(i: &Invitation) -> String {
    let mut calendar = empty();
    calendar.append_property(Property::new("METHOD", i.method.as_str()));
    let mut event = event(&i.entry);
    event.status(match i.method {
        Method::Request => EventStatus::Confirmed,
        Method::Cancel => EventStatus::Cancelled,
    });
    event.sequence(i.sequence);
    event.append_property(person("ORGANIZER", &i.organizer));
    for guest in &i.guests {
        let mut property = person("ATTENDEE", guest);
        property
            .add_parameter("ROLE", "REQ-PARTICIPANT")
            .add_parameter("PARTSTAT", "NEEDS-ACTION")
            .add_parameter("RSVP", if i.answers { "TRUE" } else { "FALSE" });
        event.append_multi_property(property);
    }
    calendar.push(event.done());
    text(&calendar)
}

fn empty() -> Calendar {
    let mut calendar = Calendar::empty();
    calendar
        .append_property(Property::new("VERSION", "2.0"))
        .append_property(Property::new("PRODID", PRODUCT))
        .append_property(Property::new("CALSCALE", "GREGORIAN"));
    calendar
}

fn event(entry: &Entry) -> Event {
    let mut event = Event::new();
    event
        .uid(&one_line(&entry.uid))
        .timestamp(moment(entry.changed))
        .last_modified(moment(entry.changed))
        .summary(&one_line(&entry.title));
    match entry.when {
        When::Day(date) => {
            // The end is the first day that does not belong to it any more.
            event
                .starts(day(date))
                .ends(day(date.tomorrow().unwrap_or(date)));
        }
        When::Time { from, until } => {
            event.starts(moment(from)).ends(moment(until.max(from)));
        }
    }
    if !entry.text.is_empty() {
        event.description(&lines(&entry.text));
    }
    if !entry.place.is_empty() {
        event.location(&one_line(&entry.place));
    }
    if !entry.url.is_empty() {
        event.url(&one_line(&entry.url));
    }
    event
}

/// An organizer or guest. A name stands in a quoted parameter, which can hold no quotes and no ends of lines.
fn person(key: &str, who: &Guest) -> Property {
    let mut property = Property::new(key, format!("mailto:{}", one_line(&who.email)));
    let name = one_line(&who.name).replace('"', "'");
    if !name.is_empty() {
        property.add_parameter("CN", &name);
    }
    property
}

fn moment(at: Timestamp) -> DateTime<Utc> {
    DateTime::from_timestamp(at.as_second(), 0).unwrap_or_default()
}

fn day(date: Date) -> NaiveDate {
    // Every day that one library knows, the other knows too.
    NaiveDate::from_ymd_opt(
        i32::from(date.year()),
        u32::from(date.month().unsigned_abs()),
        u32::from(date.day().unsigned_abs()),
    )
    .unwrap_or_default()
}

/// Text for one line: control characters would end the property or be refused by readers.
fn one_line(text: &str) -> String {
    let words: Vec<&str> = text.split(char::is_control).collect();
    words.join(" ").trim().to_string()
}

/// Text of several lines, with one kind of line end and no other control characters.
fn lines(text: &str) -> String {
    let text = text.replace("\r\n", "\n").replace('\r', "\n");
    text.chars()
        .filter(|c| *c == '\n' || !c.is_control())
        .collect()
}

fn text(calendar: &Calendar) -> String {
    calendar.to_string()
}
