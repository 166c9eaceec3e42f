use backbone_identity::{OrganizationId, PersonId};

use super::*;
use crate::ballot::ProxyId;
use crate::body::BodyId;
use crate::meeting::{AgendaItemId, AgendaKind, MeetingId};
use crate::seat::SeatKind;

fn zone() -> TimeZone {
    TimeZone::get("Europe/Amsterdam").expect("a zone")
}

fn now() -> Instant {
    "2026-11-20T09:00:00Z".parse().expect("a moment")
}

fn seat(holder: Option<&PersonId>, alternate: Option<&PersonId>) -> Seat {
    Seat {
        id: SeatId::new(),
        partnership_id: String::new(),
        body_id: BodyId::new(),
        kind: SeatKind::Member,
        title: String::new(),
        organization_id: Some(OrganizationId::new()),
        person_id: holder.cloned(),
        alternate_id: alternate.cloned(),
        guest_name: None,
        guest_email: None,
        weight: 1,
        term_starts: chrono::NaiveDate::default(),
        term_ends: None,
        rotation: String::new(),
        rotation_months: None,
        active: true,
        version: 1,
        created_at: now(),
        updated_at: now(),
    }
}

fn attendee(person: Option<&PersonId>, answer: Rsvp) -> Attendee {
    Attendee {
        id: AttendeeId::new(),
        partnership_id: String::new(),
        meeting_id: MeetingId::new(),
        person_id: person.cloned(),
        seat_id: None,
        organization_id: None,
        name: String::new(),
        email: String::new(),
        part: AttendeePart::Holder,
        answer,
        answered_at: None,
        invited_at: None,
        here_since: None,
        first_came: None,
        last_left: None,
        seconds: 0,
        created_at: now(),
    }
}

#[test]
fn times_are_those_of_the_body_and_must_make_sense() {
    let input = |starts: &str, ends: &str, url: &str| NewMeeting {
        title: " Board\n in autumn ".into(),
        starts_at: starts.into(),
        ends_at: ends.into(),
        online_url: url.into(),
        ..NewMeeting::default()
    };
    let good = content(
        &input(
            "2026-11-27T16:00",
            "2026-11-27T17:30",
            "https://meet.example/x",
        ),
        &zone(),
        now(),
    )
    .expect("a meeting");
    assert_eq!(good.starts_at.to_string(), "2026-11-27T15:00:00Z");
    assert_eq!(good.title, "Board in autumn");
    for (starts, ends, url, field, code) in [
        ("", "2026-11-27T17:30", "", "starts_at", "required"),
        (
            "soon",
            "2026-11-27T17:30",
            "",
            "starts_at",
            "proposal-moment",
        ),
        (
            "2026-11-27T17:30",
            "2026-11-27T17:30",
            "",
            "ends_at",
            "meeting-ends-before",
        ),
        (
            "2026-11-27T17:30",
            "2026-11-30T17:31",
            "",
            "ends_at",
            "meeting-too-long",
        ),
        (
            "2026-11-19T10:00",
            "2026-11-19T11:00",
            "",
            "ends_at",
            "meeting-past",
        ),
        (
            "2026-11-27T16:00",
            "2026-11-27T17:30",
            "javascript:x",
            "online_url",
            "meeting-address",
        ),
        (
            "2026-11-27T16:00",
            "2026-11-27T17:30",
            "https://a b",
            "online_url",
            "meeting-address",
        ),
    ] {
        let wrong = content(&input(starts, ends, url), &zone(), now()).expect_err(code);
        let told: Vec<_> = wrong
            .fields
            .iter()
            .map(|f| (f.field.as_str(), f.code))
            .collect();
        assert_eq!(told, [(field, code)]);
    }
}

#[test]
fn steps_follow_one_another() {
    use MeetingStatus::{Cancelled, Closed, Invited, Open, Planned, Sent};
    let allowed = |step: Step| -> Vec<MeetingStatus> {
        MeetingStatus::ALL
            .iter()
            .copied()
            .filter(|s| may(*s, step))
            .collect()
    };
    assert_eq!(allowed(Step::Open), [Planned, Invited]);
    assert_eq!(allowed(Step::Agenda), [Planned, Invited, Open]);
    assert_eq!(allowed(Step::Act), [Open]);
    assert_eq!(allowed(Step::Send), [Closed]);
    for status in [Sent, Cancelled] {
        for step in [Step::Edit, Step::Open, Step::Act, Step::Resume, Step::Send] {
            assert!(!may(status, step), "{status} {step:?}");
        }
    }
}

#[test]
fn a_seat_is_represented_once_and_by_the_nearest() {
    let [holder, alternate, friend] = [PersonId::new(), PersonId::new(), PersonId::new()];
    let one = seat(Some(&holder), Some(&alternate));
    let other = seat(Some(&PersonId::new()), None);
    let seats = [one.clone(), other.clone()];
    let [h, a, f] = [&holder, &alternate, &friend].map(|p| attendee(Some(p), Rsvp::Yes));
    let proxy = Proxy {
        id: ProxyId::new(),
        partnership_id: String::new(),
        seat_id: other.id.clone(),
        person_id: friend.clone(),
        person_name: String::new(),
        proposal_id: None,
        note: String::new(),
        starts_at: now(),
        expires_at: now().plus_days(1),
        revoked_at: None,
        given_by: String::new(),
    };
    let told = |here: &[&Attendee], proxies: &[Proxy]| -> Vec<(SeatId, AttendeeId, Capacity)> {
        represented(&seats, here, proxies, None, now())
            .into_iter()
            .map(|r| (r.seat, r.by, r.how))
            .collect()
    };
    assert_eq!(told(&[], &[]), []);
    assert_eq!(
        told(&[&a], &[]),
        [(one.id.clone(), a.id.clone(), Capacity::Alternate)]
    );
    assert_eq!(
        told(&[&a, &h], &[]),
        [(one.id.clone(), h.id.clone(), Capacity::Holder)]
    );
    assert_eq!(
        told(&[&f], std::slice::from_ref(&proxy)),
        [(other.id.clone(), f.id.clone(), Capacity::Proxy)]
    );
    // A proxy for one proposal does not make its holder speak for the seat in everything.
    let narrow = Proxy {
        proposal_id: Some(DecisionId::new()),
        ..proxy.clone()
    };
    assert_eq!(told(&[&f], std::slice::from_ref(&narrow)), []);
    let scoped = represented(
        &seats,
        &[&f],
        std::slice::from_ref(&narrow),
        narrow.proposal_id.as_ref(),
        now(),
    );
    assert_eq!(scoped.len(), 1);
    let over = Proxy {
        expires_at: now(),
        ..proxy
    };
    assert_eq!(told(&[&f], &[over]), []);
}

#[test]
fn who_sends_the_alternate_is_not_expected_but_the_alternate_is() {
    let [holder, alternate] = [PersonId::new(), PersonId::new()];
    let seats = [seat(Some(&holder), Some(&alternate))];
    let names = |people: &[Attendee]| -> Vec<Option<PersonId>> {
        expected(&seats, people)
            .into_iter()
            .map(|a| a.person_id.clone())
            .collect()
    };
    let at = |answers: [Rsvp; 2]| {
        [
            attendee(Some(&holder), answers[0]),
            attendee(Some(&alternate), answers[1]),
        ]
    };
    assert_eq!(names(&at([Rsvp::None, Rsvp::None])), []);
    assert_eq!(names(&at([Rsvp::Yes, Rsvp::None])), [Some(holder.clone())]);
    assert_eq!(
        names(&at([Rsvp::Alternate, Rsvp::None])),
        [Some(alternate.clone())]
    );
    assert_eq!(names(&at([Rsvp::Alternate, Rsvp::No])), []);
    assert_eq!(possible(&at([Rsvp::Alternate, Rsvp::No])).len(), 0);
    assert_eq!(possible(&at([Rsvp::None, Rsvp::None])).len(), 2);
}

#[test]
fn points_move_one_place_and_are_numbered() {
    let item = |title: &str, minutes: i32| AgendaItem {
        id: AgendaItemId::new(),
        partnership_id: String::new(),
        meeting_id: MeetingId::new(),
        position: 9,
        kind: AgendaKind::Topic,
        object_id: None,
        title: title.into(),
        minutes,
        started_at: None,
        ended_at: None,
        spent_seconds: 0,
        created_at: now(),
    };
    let mut items = [item("a", 5), item("b", 10), item("c", 20)];
    assert_eq!(total(&items), 35);
    assert!(shift(&mut items, 2, true));
    let order = |items: &[AgendaItem]| -> Vec<(String, i32)> {
        items
            .iter()
            .map(|i| (i.title.clone(), i.position))
            .collect()
    };
    assert_eq!(
        order(&items),
        [("a".into(), 1), ("c".into(), 2), ("b".into(), 3)]
    );
    assert!(!shift(&mut items, 0, true));
    assert!(!shift(&mut items, 2, false));
    assert!(!shift(&mut items, 7, false));
    assert!(shift(&mut items, 0, false));
    assert_eq!(order(&items)[0], ("c".into(), 1));
}

#[test]
fn minutes_that_were_begun_count() {
    for (seconds, minutes) in [(-5, 0), (0, 0), (1, 1), (60, 1), (61, 2), (3600, 60)] {
        assert_eq!(whole_minutes(seconds), minutes, "{seconds}");
    }
}
