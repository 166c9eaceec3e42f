use backbone_db::Conn;
use backbone_events::{NewEvent, Object, append};
use backbone_identity::{Actor, PersonId};
use backbone_web::Fields;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use super::{Proxy, ProxyId, store};
use crate::body::store as bodies;
use crate::error::{Error, wrong};
use crate::people::{members, name_of};
use crate::proposal::{DecisionId, rules, store as proposals};
use crate::seat::{Seat, SeatId, store as seats};

/// Days a proxy lasts at most.
pub const LONGEST: i64 = 366;

/// A proxy to give.
#[derive(Clone, Debug, Default, Serialize, Deserialize, ToSchema)]
#[serde(default, deny_unknown_fields)]
#[schema(as = NewVoteProxy)]
pub struct NewProxy {
    /// For which seat.
    pub seat_id: String,
    /// Who votes.
    pub person_id: String,
    /// Only on this proposal; left out, on all of the body.
    pub proposal_id: Option<String>,
    /// Until when: a moment (RFC 3339), or a local time of the body.
    pub expires_at: String,
    /// How they are asked to vote.
    pub note: String,
}

/// Gives a proxy. Everybody in the body sees it.
///
/// # Errors
/// 404; 403 unless one holds the seat or coordinates; 422.
pub fn give(conn: &mut Conn, actor: &Actor, input: &NewProxy) -> Result<Proxy, Error> {
    let mut fields = Fields::new();
    let seat = fields.parse::<SeatId>("seat_id", &input.seat_id);
    let person = fields.parse::<PersonId>("person_id", &input.person_id);
    let proposal = fields.parse_optional::<DecisionId>(
        "proposal_id",
        input.proposal_id.as_deref().unwrap_or_default(),
    );
    let note = fields.optional("note", &input.note, 1_000);
    fields.finish()?;
    let (Some(seat), Some(person)) = (seat, person) else {
        return Err(wrong("seat_id", "required"));
    };
    let seat = own_seat(conn, actor, &seat)?;
    let body = bodies::find(conn, actor.tenant(), &seat.body_id)?.ok_or(Error::NotFound)?;
    let expires = rules::moment(&input.expires_at, &body.zone())
        .ok_or_else(|| wrong("expires_at", "proposal-moment"))?;
    if expires <= actor.now || expires > actor.now.plus_days(LONGEST) {
        return Err(wrong("expires_at", "proxy-expires"));
    }
    let people = members(conn, actor.tenant())?;
    if !people.iter().any(|m| m.person_id == person) || seat.part_of(&person).is_some() {
        return Err(wrong("person_id", "proxy-person"));
    }
    if let Some(id) = &proposal
        && proposals::find(conn, actor.tenant(), id)?.is_none_or(|p| p.body_id != seat.body_id)
    {
        return Err(wrong("proposal_id", "proxy-proposal"));
    }
    let proxy = Proxy {
        id: ProxyId::new(),
        partnership_id: actor.tenant().into(),
        seat_id: seat.id.clone(),
        person_name: name_of(&people, Some(&person)),
        person_id: person,
        proposal_id: proposal,
        note,
        starts_at: actor.now,
        expires_at: expires,
        revoked_at: None,
        given_by: actor.name.clone(),
    };
    store::insert_proxy(conn, &proxy)?;
    let event = NewEvent::new("proxy.given", Object::new("proxy", &proxy.id))
        .about(Object::new("seat", &seat.id));
    append(conn, actor.tenant(), &actor.by(), event)?;
    Ok(proxy)
}

/// Takes a proxy back. What was voted with it stays, until the holder votes.
///
/// # Errors
/// 404; 403 unless one holds the seat or coordinates; 409 when it has ended already.
pub fn revoke(conn: &mut Conn, actor: &Actor, id: &ProxyId) -> Result<(), Error> {
    let proxy = store::proxy(conn, actor.tenant(), id)?.ok_or(Error::NotFound)?;
    let seat = own_seat(conn, actor, &proxy.seat_id)?;
    if store::revoke_proxy(conn, actor.tenant(), id, actor.now)? == 0 {
        return Err(Error::Rule("proxy-ended"));
    }
    let event = NewEvent::new("proxy.revoked", Object::new("proxy", id))
        .about(Object::new("seat", &seat.id));
    append(conn, actor.tenant(), &actor.by(), event)?;
    Ok(())
}

fn own_seat(conn: &mut Conn, actor: &Actor, id: &SeatId) -> Result<Seat, Error> {
    let seat = seats::find(conn, actor.tenant(), id)?
        .filter(|s| s.active)
        .ok_or(Error::NotFound)?;
    let holds = actor.person_id.is_some() && seat.person_id == actor.person_id;
    if holds || actor.is_staff() {
        Ok(seat)
    } else {
        Err(Error::NoSeat)
    }
}
