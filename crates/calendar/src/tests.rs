use super::*;

fn at(text: &str) -> Timestamp {
    text.parse().unwrap()
}

fn entry(title: &str, when: When) -> Entry {
    Entry {
        uid: "ballot-1@b.example".into(),
        changed: at("2026-11-22T09:00:00.25Z"),
        when,
        title: title.into(),
        text: String::new(),
        place: String::new(),
        url: "https://b.example/p/x/decisions/1".into(),
    }
}

fn day(text: &str) -> When {
    When::Day(text.parse().unwrap())
}

/// Every line is whole: at most 75 octets, ended by CR LF, no other control characters.
fn unfolded(text: &str) -> String {
    assert!(
        text.starts_with("BEGIN:VCALENDAR\r\n") && text.ends_with("END:VCALENDAR\r\n"),
        "{text}"
    );
    for line in text.split("\r\n") {
        assert!(line.len() <= 75, "{line:?} has {} octets", line.len());
        assert!(!line.contains(char::is_control), "{line:?}");
    }
    text.replace("\r\n ", "")
}

#[test]
fn a_feed_is_folded_escaped_and_names_its_entries() {
    let mut e = entry(
        &format!("Vote: “Reading; minutes, per day” \\ {}", "é".repeat(60)),
        day("2026-12-15"),
    );
    e.text = "First line\r\nSecond\u{7}".into();
    let text = feed("Midden, en meer", "Europe/Amsterdam", &[e]);
    let text = unfolded(&text);
    for part in [
        "VERSION:2.0\r\n",
        "PRODID:-//Backbone//Backbone//EN\r\n",
        "X-WR-TIMEZONE:Europe/Amsterdam\r\n",
        "UID:ballot-1@b.example\r\n",
        "DTSTAMP:20261122T090000Z\r\n",
        "DTSTART;VALUE=DATE:20261215\r\n",
        "DTEND;VALUE=DATE:20261216\r\n",
        "SUMMARY:Vote: “Reading\\; minutes\\, per day” \\\\ éé",
        "DESCRIPTION:First line\\nSecond\r\n",
        "TRANSP:TRANSPARENT\r\n",
        "CLASS:PRIVATE\r\n",
    ] {
        assert!(text.contains(part), "{part:?} in {text}");
    }
}

#[test]
fn the_same_entries_give_the_same_text() {
    let entries = [entry("Review", day("2027-01-02"))];
    assert_eq!(feed("A", "UTC", &entries), feed("A", "UTC", &entries));
    assert_ne!(
        feed("A", "UTC", &entries),
        feed("A", "UTC", &[entry("Review", day("2027-01-03"))])
    );
}

#[test]
fn moments_are_written_in_universal_time_and_never_end_before_they_begin() {
    let from = at("2026-12-04T16:00:00Z");
    for (until, written) in [
        ("2026-12-04T17:30:00Z", "DTEND:20261204T173000Z\r\n"),
        ("2026-12-04T15:00:00Z", "DTEND:20261204T160000Z\r\n"),
    ] {
        let when = When::Time {
            from,
            until: at(until),
        };
        let text = unfolded(&feed("A", "UTC", &[entry("Vote closes", when)]));
        assert!(text.contains("DTSTART:20261204T160000Z\r\n"), "{text}");
        assert!(text.contains(written), "{text}");
    }
}

#[test]
fn no_line_can_be_smuggled_in() {
    let mut e = entry("Title\r\nATTENDEE:mailto:x@x", day("2026-12-15"));
    e.uid = "a\nBEGIN:VALARM".into();
    e.place = "Room 1\r\nEND:VEVENT".into();
    let text = unfolded(&feed("Name\r\nX-EVIL:1", "UTC", &[e]));
    for start in ["ATTENDEE", "BEGIN:VALARM", "X-EVIL"] {
        assert!(
            !text.lines().any(|line| line.starts_with(start)),
            "{start} in {text}"
        );
    }
    assert_eq!(text.matches("\r\nEND:VEVENT\r\n").count(), 1, "{text}");
}

#[test]
fn an_invitation_names_who_invites_and_who_comes_and_can_be_taken_back() {
    let mut i = Invitation {
        method: Method::Request,
        entry: entry(
            "Council",
            When::Time {
                from: at("2026-12-04T09:00:00Z"),
                until: at("2026-12-04T10:30:00Z"),
            },
        ),
        sequence: 2,
        organizer: Guest {
            name: "Midden, Holland; \"zuid\"".into(),
            email: "post@b.example".into(),
        },
        guests: vec![
            Guest {
                name: "Noor de Vries".into(),
                email: "noor@n.example".into(),
            },
            Guest {
                name: String::new(),
                email: "sam@s.example".into(),
            },
        ],
        answers: true,
    };
    let text = unfolded(&invitation(&i));
    for part in [
        "METHOD:REQUEST\r\n",
        "SEQUENCE:2\r\n",
        "STATUS:CONFIRMED\r\n",
        "ORGANIZER;CN=\"Midden, Holland; 'zuid'\":mailto:post@b.example\r\n",
        ":mailto:noor@n.example\r\n",
        ":mailto:sam@s.example\r\n",
        "RSVP=TRUE",
    ] {
        assert!(text.contains(part), "{part:?} in {text}");
    }
    assert_eq!(text.matches("ATTENDEE").count(), 2, "{text}");
    i.method = Method::Cancel;
    let text = unfolded(&invitation(&i));
    assert!(
        text.contains("METHOD:CANCEL\r\n") && text.contains("STATUS:CANCELLED\r\n"),
        "{text}"
    );
    i.answers = false;
    let text = unfolded(&invitation(&i));
    assert!(
        text.contains("RSVP=FALSE") && !text.contains("RSVP=TRUE"),
        "{text}"
    );
}
