use backbone_db::{Conn, DbError, Instant, Json};
use backbone_identity::PersonId;
use diesel::prelude::*;

use super::{
    AgendaItem, AgendaItemId, Attendee, AttendeeId, Meeting, MeetingId, MeetingNote, MeetingStatus,
    Minutes, Promised, RoomVote,
};
use crate::body::BodyId;
use crate::proposal::DecisionId;
use crate::schema::{
    meeting_commitments as mc, meeting_items as mi, meeting_minutes as mm, meeting_notes as mn,
    meeting_people as mp, meeting_votes as mv, meetings as m,
};

pub(crate) fn insert(conn: &mut Conn, x: &Meeting) -> Result<(), DbError> {
    diesel::insert_into(m::table).values(x).execute(conn)?;
    Ok(())
}

pub(crate) fn update(conn: &mut Conn, x: &Meeting) -> Result<(), DbError> {
    let one = m::table
        .filter(m::partnership_id.eq(&x.partnership_id))
        .filter(m::id.eq(&x.id));
    diesel::update(one).set(x).execute(conn)?;
    Ok(())
}

/// Something happened in it: live pages look again.
pub(crate) fn bump(conn: &mut Conn, partnership: &str, id: &MeetingId) -> Result<(), DbError> {
    let one = m::table
        .filter(m::partnership_id.eq(partnership))
        .filter(m::id.eq(id));
    diesel::update(one)
        .set(m::pulse.eq(m::pulse + 1))
        .execute(conn)?;
    Ok(())
}

pub(crate) fn find(
    conn: &mut Conn,
    partnership: &str,
    id: &MeetingId,
) -> Result<Option<Meeting>, DbError> {
    Ok(m::table
        .filter(m::partnership_id.eq(partnership))
        .filter(m::id.eq(id))
        .select(Meeting::as_select())
        .first(conn)
        .optional()?)
}

/// Meetings, the one planned last first, before `before`; of one body if given.
pub(crate) fn list(
    conn: &mut Conn,
    partnership: &str,
    body: Option<&BodyId>,
    before: Option<&str>,
    limit: i64,
) -> Result<Vec<Meeting>, DbError> {
    let mut query = m::table
        .filter(m::partnership_id.eq(partnership))
        .into_boxed();
    if let Some(body) = body {
        query = query.filter(m::body_id.eq(body));
    }
    if let Some(before) = before {
        query = query.filter(m::id.lt(before));
    }
    Ok(query
        .order(m::id.desc())
        .limit(limit)
        .select(Meeting::as_select())
        .load(conn)?)
}

/// Meetings in some states by their beginning, the latest first, at most `limit`.
pub(crate) fn in_states(
    conn: &mut Conn,
    partnership: &str,
    states: &[MeetingStatus],
    limit: i64,
) -> Result<Vec<Meeting>, DbError> {
    let words: Vec<&str> = states.iter().map(|s| s.as_str()).collect();
    Ok(m::table
        .filter(m::partnership_id.eq(partnership))
        .filter(m::status.eq_any(words))
        .order((m::starts_at.desc(), m::id.desc()))
        .limit(limit)
        .select(Meeting::as_select())
        .load(conn)?)
}

/// The latest meeting of a body that took place before another one.
pub(crate) fn before(conn: &mut Conn, x: &Meeting) -> Result<Option<Meeting>, DbError> {
    let held = [MeetingStatus::Closed.as_str(), MeetingStatus::Sent.as_str()];
    Ok(m::table
        .filter(m::partnership_id.eq(&x.partnership_id))
        .filter(m::body_id.eq(&x.body_id))
        .filter(m::id.ne(&x.id))
        .filter(m::status.eq_any(held))
        .filter(m::starts_at.lt(x.starts_at))
        .order((m::starts_at.desc(), m::id.desc()))
        .select(Meeting::as_select())
        .first(conn)
        .optional()?)
}

pub(crate) fn last_number(
    conn: &mut Conn,
    partnership: &str,
    body: &BodyId,
) -> Result<i64, DbError> {
    let last: Option<i64> = m::table
        .filter(m::partnership_id.eq(partnership))
        .filter(m::body_id.eq(body))
        .select(diesel::dsl::max(m::number))
        .first(conn)?;
    Ok(last.unwrap_or(0))
}

pub(crate) fn insert_item(conn: &mut Conn, x: &AgendaItem) -> Result<(), DbError> {
    diesel::insert_into(mi::table).values(x).execute(conn)?;
    Ok(())
}

pub(crate) fn update_item(conn: &mut Conn, x: &AgendaItem) -> Result<(), DbError> {
    let one = mi::table
        .filter(mi::partnership_id.eq(&x.partnership_id))
        .filter(mi::id.eq(&x.id));
    diesel::update(one).set(x).execute(conn)?;
    Ok(())
}

pub(crate) fn delete_item(
    conn: &mut Conn,
    partnership: &str,
    id: &AgendaItemId,
) -> Result<(), DbError> {
    let one = mi::table
        .filter(mi::partnership_id.eq(partnership))
        .filter(mi::id.eq(id));
    diesel::delete(one).execute(conn)?;
    Ok(())
}

/// The agenda in its order.
pub(crate) fn items(
    conn: &mut Conn,
    partnership: &str,
    id: &MeetingId,
) -> Result<Vec<AgendaItem>, DbError> {
    Ok(mi::table
        .filter(mi::partnership_id.eq(partnership))
        .filter(mi::meeting_id.eq(id))
        .order((mi::position.asc(), mi::id.asc()))
        .select(AgendaItem::as_select())
        .load(conn)?)
}

pub(crate) fn insert_person(conn: &mut Conn, x: &Attendee) -> Result<(), DbError> {
    diesel::insert_into(mp::table).values(x).execute(conn)?;
    Ok(())
}

pub(crate) fn update_person(conn: &mut Conn, x: &Attendee) -> Result<(), DbError> {
    let one = mp::table
        .filter(mp::partnership_id.eq(&x.partnership_id))
        .filter(mp::id.eq(&x.id));
    diesel::update(one).set(x).execute(conn)?;
    Ok(())
}

/// Everybody on a meeting's list, by name.
pub(crate) fn people(
    conn: &mut Conn,
    partnership: &str,
    id: &MeetingId,
) -> Result<Vec<Attendee>, DbError> {
    Ok(mp::table
        .filter(mp::partnership_id.eq(partnership))
        .filter(mp::meeting_id.eq(id))
        .order((mp::name.asc(), mp::id.asc()))
        .select(Attendee::as_select())
        .load(conn)?)
}

pub(crate) fn attendee(
    conn: &mut Conn,
    partnership: &str,
    id: &AttendeeId,
) -> Result<Option<Attendee>, DbError> {
    Ok(mp::table
        .filter(mp::partnership_id.eq(partnership))
        .filter(mp::id.eq(id))
        .select(Attendee::as_select())
        .first(conn)
        .optional()?)
}

/// A person's place in a meeting.
pub(crate) fn place_of(
    conn: &mut Conn,
    partnership: &str,
    id: &MeetingId,
    person: &PersonId,
) -> Result<Option<Attendee>, DbError> {
    Ok(mp::table
        .filter(mp::partnership_id.eq(partnership))
        .filter(mp::meeting_id.eq(id))
        .filter(mp::person_id.eq(person))
        .select(Attendee::as_select())
        .first(conn)
        .optional()?)
}

pub(crate) fn insert_note(conn: &mut Conn, x: &MeetingNote) -> Result<(), DbError> {
    diesel::insert_into(mn::table).values(x).execute(conn)?;
    Ok(())
}

/// What was noted, in the order it was said.
pub(crate) fn notes(
    conn: &mut Conn,
    partnership: &str,
    id: &MeetingId,
) -> Result<Vec<MeetingNote>, DbError> {
    Ok(mn::table
        .filter(mn::partnership_id.eq(partnership))
        .filter(mn::meeting_id.eq(id))
        .order(mn::id.asc())
        .select(MeetingNote::as_select())
        .load(conn)?)
}

type VoteRow = (MeetingId, DecisionId, Instant, Option<Instant>, Json);

fn whole(
    (meeting_id, proposal_id, opened_at, closed_at, present): VoteRow,
) -> Result<RoomVote, DbError> {
    Ok(RoomVote {
        meeting_id,
        proposal_id,
        opened_at,
        closed_at,
        present: present
            .get()
            .map_err(|e| DbError::Setup(format!("who was there cannot be read: {e}")))?,
    })
}

/// Keeps a vote of the room, new or as it is now.
pub(crate) fn save_vote(conn: &mut Conn, partnership: &str, x: &RoomVote) -> Result<(), DbError> {
    let present = Json::new(&x.present);
    let one = mv::table
        .filter(mv::partnership_id.eq(partnership))
        .filter(mv::meeting_id.eq(&x.meeting_id))
        .filter(mv::proposal_id.eq(&x.proposal_id));
    let there = diesel::update(one)
        .set((mv::closed_at.eq(x.closed_at), mv::present.eq(&present)))
        .execute(conn)?;
    if there == 0 {
        diesel::insert_into(mv::table)
            .values((
                mv::meeting_id.eq(&x.meeting_id),
                mv::proposal_id.eq(&x.proposal_id),
                mv::partnership_id.eq(partnership),
                mv::opened_at.eq(x.opened_at),
                mv::closed_at.eq(x.closed_at),
                mv::present.eq(&present),
            ))
            .execute(conn)?;
    }
    Ok(())
}

/// The votes of a meeting.
pub(crate) fn votes(
    conn: &mut Conn,
    partnership: &str,
    id: &MeetingId,
) -> Result<Vec<RoomVote>, DbError> {
    let rows = mv::table
        .filter(mv::partnership_id.eq(partnership))
        .filter(mv::meeting_id.eq(id))
        .order((mv::opened_at.asc(), mv::proposal_id.asc()))
        .select((
            mv::meeting_id,
            mv::proposal_id,
            mv::opened_at,
            mv::closed_at,
            mv::present,
        ))
        .load::<VoteRow>(conn)?;
    rows.into_iter().map(whole).collect()
}

/// The vote by which a decision was taken in a meeting, if it was: the one closed last.
pub(crate) fn taken_in(
    conn: &mut Conn,
    partnership: &str,
    proposal: &DecisionId,
) -> Result<Option<RoomVote>, DbError> {
    let row = mv::table
        .filter(mv::partnership_id.eq(partnership))
        .filter(mv::proposal_id.eq(proposal))
        .filter(mv::closed_at.is_not_null())
        .order(mv::closed_at.desc())
        .select((
            mv::meeting_id,
            mv::proposal_id,
            mv::opened_at,
            mv::closed_at,
            mv::present,
        ))
        .first::<VoteRow>(conn)
        .optional()?;
    row.map(whole).transpose()
}

pub(crate) fn insert_promised(conn: &mut Conn, x: &Promised) -> Result<(), DbError> {
    diesel::insert_into(mc::table).values(x).execute(conn)?;
    Ok(())
}

/// The commitments made in a meeting.
pub(crate) fn promised(
    conn: &mut Conn,
    partnership: &str,
    id: &MeetingId,
) -> Result<Vec<Promised>, DbError> {
    Ok(mc::table
        .filter(mc::partnership_id.eq(partnership))
        .filter(mc::meeting_id.eq(id))
        .order(mc::commitment_id.asc())
        .select(Promised::as_select())
        .load(conn)?)
}

pub(crate) fn insert_minutes(conn: &mut Conn, x: &Minutes) -> Result<(), DbError> {
    diesel::insert_into(mm::table).values(x).execute(conn)?;
    Ok(())
}

/// All versions of the minutes, the latest first.
pub(crate) fn minutes(
    conn: &mut Conn,
    partnership: &str,
    id: &MeetingId,
) -> Result<Vec<Minutes>, DbError> {
    Ok(mm::table
        .filter(mm::partnership_id.eq(partnership))
        .filter(mm::meeting_id.eq(id))
        .order(mm::version.desc())
        .select(Minutes::as_select())
        .load(conn)?)
}

/// Who was in meetings that ended between two moments, with the meeting.
pub(crate) fn attended(
    conn: &mut Conn,
    partnership: &str,
    from: Instant,
    until: Instant,
) -> Result<Vec<(Meeting, Vec<Attendee>)>, DbError> {
    let held = [MeetingStatus::Closed.as_str(), MeetingStatus::Sent.as_str()];
    let found = m::table
        .filter(m::partnership_id.eq(partnership))
        .filter(m::status.eq_any(held))
        .filter(m::closed_at.ge(from))
        .filter(m::closed_at.lt(until))
        .order((m::closed_at.asc(), m::id.asc()))
        .select(Meeting::as_select())
        .load::<Meeting>(conn)?;
    let mut all = Vec::new();
    for meeting in found {
        let mut there = people(conn, partnership, &meeting.id)?;
        there.retain(|p| p.seconds > 0);
        all.push((meeting, there));
    }
    Ok(all)
}

/// The draft of a meeting that goes on after all.
pub(crate) fn delete_minutes(
    conn: &mut Conn,
    partnership: &str,
    id: &MeetingId,
) -> Result<(), DbError> {
    let all = mm::table
        .filter(mm::partnership_id.eq(partnership))
        .filter(mm::meeting_id.eq(id));
    diesel::delete(all).execute(conn)?;
    Ok(())
}

pub(crate) fn delete_person(
    conn: &mut Conn,
    partnership: &str,
    id: &AttendeeId,
) -> Result<(), DbError> {
    let one = mp::table
        .filter(mp::partnership_id.eq(partnership))
        .filter(mp::id.eq(id));
    diesel::delete(one).execute(conn)?;
    Ok(())
}

/// Notes that those who had not answered were reminded.
pub(crate) fn reminded(
    conn: &mut Conn,
    partnership: &str,
    id: &MeetingId,
    now: Instant,
) -> Result<(), DbError> {
    let one = m::table
        .filter(m::partnership_id.eq(partnership))
        .filter(m::id.eq(id));
    diesel::update(one)
        .set(m::reminded_at.eq(now))
        .execute(conn)?;
    Ok(())
}
