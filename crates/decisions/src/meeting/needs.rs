//! What of the meetings needs somebody: no agenda, no quorum to be expected, no answer, no minutes.

use backbone_db::{Conn, DbError};
use backbone_identity::Actor;
use backbone_identity::attention::{Line, Urgency, Words};

use super::room::{Room, asked};
use super::rules::{expected, possible, represented};
use super::{Meeting, MeetingStatus, Rsvp, store};
use crate::body::store as bodies;
use crate::policy::AttendMeetings;

const DAY: i64 = 86_400;

/// The lines for somebody.
pub(crate) fn lines(conn: &mut Conn, actor: &Actor) -> Result<Vec<Line>, DbError> {
    let mut lines = Vec::new();
    let open = [
        MeetingStatus::Planned,
        MeetingStatus::Invited,
        MeetingStatus::Open,
        MeetingStatus::Closed,
    ];
    for x in store::in_states(conn, actor.tenant(), &open, 100)? {
        lines.extend(answer(conn, actor, &x)?);
        if x.led_by(actor) {
            lines.extend(prepare(conn, actor, &x)?);
        }
    }
    Ok(lines)
}

fn line(x: &Meeting, urgency: Urgency, what: Words, action: &'static str, rest: &str) -> Line {
    Line {
        urgency,
        icon: "users",
        what: what.text("title", &x.title),
        detail: None,
        since: Some(x.created_at),
        action: Words::new(action),
        path: format!("/meetings/{}{rest}", x.id),
    }
}

/// One's own answer, and one's own presence.
fn answer(conn: &mut Conn, actor: &Actor, x: &Meeting) -> Result<Option<Line>, DbError> {
    let Some(person) = actor
        .person_id
        .as_ref()
        .filter(|_| actor.may::<AttendMeetings>())
    else {
        return Ok(None);
    };
    let coming = x.status == MeetingStatus::Invited && x.starts_at > actor.now;
    if !coming && x.status != MeetingStatus::Open {
        return Ok(None);
    }
    let Some(place) = store::place_of(conn, actor.tenant(), &x.id, person)? else {
        return Ok(None);
    };
    if x.status == MeetingStatus::Open {
        let what = Words::new("meetings-needs-you");
        let found = place.here_since.is_none() && place.first_came.is_none();
        return Ok(found.then(|| line(x, Urgency::Watch, what, "meetings-needs-enter", "")));
    }
    let what = Words::new("meetings-needs-answer");
    let found = place.answer == Rsvp::None && place.invited_at.is_some();
    Ok(found.then(|| line(x, Urgency::Watch, what, "meetings-needs-reply", "")))
}

/// What its preparation or its minutes lack.
fn prepare(conn: &mut Conn, actor: &Actor, x: &Meeting) -> Result<Option<Line>, DbError> {
    let left = x.starts_at.seconds_since(actor.now);
    let days = left.div_euclid(DAY).max(0);
    let told = |word: &'static str| Words::new(word).number("days", days);
    match x.status {
        MeetingStatus::Closed => {
            let late = x
                .closed_at
                .is_some_and(|c| actor.now.seconds_since(c) > 2 * DAY);
            let what = Words::new("meetings-needs-minutes");
            Ok(late.then(|| line(x, Urgency::Watch, what, "meetings-needs-finish", "/minutes")))
        }
        MeetingStatus::Planned | MeetingStatus::Invited if left < -DAY => {
            let what = Words::new("meetings-needs-verdict");
            Ok(Some(line(
                x,
                Urgency::Watch,
                what,
                "meetings-needs-look",
                "",
            )))
        }
        MeetingStatus::Planned | MeetingStatus::Invited if left <= 7 * DAY => {
            if store::items(conn, actor.tenant(), &x.id)?.is_empty() {
                let what = told("meetings-needs-agenda");
                return Ok(Some(line(
                    x,
                    Urgency::Watch,
                    what,
                    "meetings-needs-prepare",
                    "",
                )));
            }
            if x.status == MeetingStatus::Planned && left <= 3 * DAY {
                let what = told("meetings-needs-invitations");
                return Ok(Some(line(
                    x,
                    Urgency::Watch,
                    what,
                    "meetings-needs-prepare",
                    "",
                )));
            }
            if x.status != MeetingStatus::Invited {
                return Ok(None);
            }
            let Some((sure, thinkable)) = outlook(conn, actor, x)? else {
                return Ok(None);
            };
            let urgency = match (sure, thinkable) {
                (_, false) => Urgency::Bad,
                (false, true) if left <= 2 * DAY => Urgency::Watch,
                _ => return Ok(None),
            };
            let what = told("meetings-needs-quorum");
            Ok(Some(line(x, urgency, what, "meetings-needs-look", "")))
        }
        _ => Ok(None),
    }
}

/// Whether those who said yes are enough, and whether all who did not say no would be; none where no quorum is asked.
pub(crate) fn outlook(
    conn: &mut Conn,
    actor: &Actor,
    x: &Meeting,
) -> Result<Option<(bool, bool)>, DbError> {
    let Some(room) = Room::load(conn, x.clone(), actor.now)? else {
        return Ok(None);
    };
    let wanted = asked(conn, &room)?;
    if wanted.is_empty() {
        return Ok(None);
    }
    let met = |these: &[&super::Attendee]| {
        let seats = represented(&room.seats, these, &room.proxies, None, x.starts_at);
        room.enough(&wanted, &seats).iter().all(|q| q.met)
    };
    let sure = met(&expected(&room.seats, &room.people));
    Ok(Some((sure, met(&possible(&room.people)))))
}

/// Reminds those who have not answered, once, two days before.
pub(crate) fn due(conn: &mut Conn, actor: &Actor) -> Result<(), DbError> {
    for x in store::in_states(conn, actor.tenant(), &[MeetingStatus::Invited], 200)? {
        let left = x.starts_at.seconds_since(actor.now);
        if x.reminded_at.is_some() || left <= 0 || left > 2 * DAY {
            continue;
        }
        if let Some(body) = bodies::find(conn, actor.tenant(), &x.body_id)? {
            super::mail::remind(conn, actor, &x, &body)?;
        }
        store::reminded(conn, actor.tenant(), &x.id, actor.now)?;
    }
    Ok(())
}
