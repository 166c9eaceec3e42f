//! Tells the successor what they took over, and staff when nobody did.

use backbone_db::{Conn, DbError};
use backbone_identity::mail::{Letter, queue_kind};
use backbone_identity::notify::Kind;
use backbone_identity::{Actor, PersonId, Role, directory};

use super::place::Room;
use super::{HandOver, Seat};
use crate::notify;

pub(crate) fn tell(
    conn: &mut Conn,
    actor: &Actor,
    room: &Room,
    seat: &Seat,
    over: &HandOver,
) -> Result<(), DbError> {
    let successor = room.members.iter().find(|m| {
        Some(&m.person_id) == over.to_person.as_ref() && over.from_person != over.to_person
    });
    if let Some(to) = successor {
        let letter = Letter::new(
            (&to.name, &to.email),
            to.language.parse().unwrap_or_default(),
            "decisions/emails/seat-passed",
        );
        return send(
            conn,
            actor,
            room,
            over,
            &to.person_id,
            &notify::SEAT_PASSED,
            letter,
        );
    }
    if seat.active && seat.is_vacant() {
        for staff in directory::members(conn, actor.tenant(), &[Role::Staff])? {
            let letter = Letter::new(
                (&staff.name, &staff.email),
                staff.language.parse().unwrap_or_default(),
                "decisions/emails/seat-vacant",
            );
            send(
                conn,
                actor,
                room,
                over,
                &staff.person_id,
                &notify::SEAT_VACANT,
                letter,
            )?;
        }
    }
    Ok(())
}

fn send(
    conn: &mut Conn,
    actor: &Actor,
    room: &Room,
    over: &HandOver,
    to: &PersonId,
    kind: &Kind,
    letter: Letter,
) -> Result<(), DbError> {
    let path = format!("/p/{}/hand-overs/{}", actor.partnership.slug, over.id);
    let letter = letter
        .with("body", room.body.name.clone())
        .with("before", over.from_name.clone())
        .with("note", over.note.clone())
        .with("path", path);
    queue_kind(conn, &actor.partnership, to, kind, letter, actor.now)
}
