//! What meetings cost: the time of everybody who was there.

use backbone_db::{Conn, DbError, Instant};
use backbone_identity::{Actor, OrganizationId, PersonId};
use serde::Serialize;
use utoipa::ToSchema;

use super::rules::whole_minutes;
use super::{Attendee, AttendeePart, MeetingId, store};
use crate::body::BodyId;

/// The time that somebody gave to a meeting.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, ToSchema)]
pub struct MeetingTime {
    /// The meeting.
    pub meeting_id: MeetingId,
    /// What it was called.
    pub title: String,
    /// Which body met.
    pub body_id: BodyId,
    /// When it ended.
    pub at: Instant,
    /// Who; none for a guest without an account.
    pub person_id: Option<PersonId>,
    /// For which organization.
    pub organization_id: Option<OrganizationId>,
    /// As what.
    pub part: AttendeePart,
    /// Minutes they were there; those that were begun count whole.
    pub minutes: i64,
}

/// Minutes given to meetings that ended from `from` until before `until`, a line for each person and meeting.
///
/// # Errors
/// Only those of the database.
pub fn meeting_minutes(
    conn: &mut Conn,
    actor: &Actor,
    from: Instant,
    until: Instant,
) -> Result<Vec<MeetingTime>, DbError> {
    let mut all = Vec::new();
    for (x, there) in store::attended(conn, actor.tenant(), from, until)? {
        for a in there {
            all.push(MeetingTime {
                meeting_id: x.id.clone(),
                title: x.title.clone(),
                body_id: x.body_id.clone(),
                at: x.closed_at.unwrap_or(x.ends_at),
                minutes: whole_minutes(a.seconds),
                person_id: a.person_id,
                organization_id: a.organization_id,
                part: a.part,
            });
        }
    }
    Ok(all)
}

/// How many gave how many minutes together until `now`.
pub(crate) fn so_far(people: &[Attendee], now: Instant) -> (usize, i64) {
    let spent: Vec<i64> = people
        .iter()
        .map(|p| p.present_seconds(now))
        .filter(|s| *s > 0)
        .collect();
    (spent.len(), spent.iter().map(|s| whole_minutes(*s)).sum())
}
