//! Meetings of a body: an agenda of what is open, who is there, what is decided in the room, and minutes that write themselves.

pub mod agenda;
pub mod answer;
pub mod api;
pub mod attendance;
pub mod cost;
pub mod hold;
pub mod invite;
pub(crate) mod link;
pub mod live;
pub(crate) mod mail;
pub mod minutes;
pub(crate) mod needs;
pub(crate) mod pages;
pub mod plan;
pub(crate) mod room;
pub mod rules;
pub(crate) mod store;
pub mod vote;

use backbone_db::{Instant, id, text_enum};
use backbone_events::{NewEvent, Object};
use backbone_identity::{Actor, OrganizationId, PersonId};
use diesel::{AsChangeset, Insertable, Queryable, Selectable};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use crate::body::BodyId;
use crate::commitment::CommitmentId;
use crate::proposal::DecisionId;
use crate::schema::{
    meeting_commitments, meeting_items, meeting_minutes, meeting_notes, meeting_people, meetings,
};
use crate::seat::SeatId;

id!(
    /// Identifies a meeting.
    MeetingId
);
id!(
    /// Identifies a point of an agenda.
    AgendaItemId
);
id!(
    /// Identifies somebody's place in a meeting.
    AttendeeId
);
id!(
    /// Identifies a note taken in a meeting.
    MeetingNoteId
);

text_enum!(
    /// Where a meeting stands.
    MeetingStatus {
        /// Being prepared; nobody was told.
        Planned = "planned",
        /// Those concerned were invited.
        Invited = "invited",
        /// Going on.
        Open = "open",
        /// Over; the minutes are being written.
        Closed = "closed",
        /// The minutes were sent.
        Sent = "sent",
        /// Does not take place.
        Cancelled = "cancelled",
    }
);

text_enum!(
    /// What a point of an agenda is about.
    AgendaKind {
        /// Anything, added by hand.
        Topic = "topic",
        /// What was promised, and is due or was promised last time.
        Commitments = "commitments",
        /// A proposal.
        Decision = "decision",
        /// A decision whose review is due.
        Review = "review",
        /// Seats that nobody fills.
        Vacancies = "vacancies",
    }
);

text_enum!(
    /// As what somebody is invited.
    AttendeePart {
        /// Holds a seat.
        Holder = "holder",
        /// Stands in for a holder.
        Alternate = "alternate",
        /// A guest with a seat and without an account.
        SeatGuest = "seat_guest",
        /// Anybody else.
        Guest = "guest",
    }
);

text_enum!(
    /// What somebody answered to the invitation.
    Rsvp {
        /// Nothing yet.
        None = "none",
        /// Comes.
        Yes = "yes",
        /// Does not come.
        No = "no",
        /// The alternate comes instead.
        Alternate = "alternate",
    }
);

/// A meeting.
#[derive(Clone, Debug, Queryable, Selectable, Insertable, AsChangeset, Serialize, ToSchema)]
#[diesel(table_name = meetings, treat_none_as_null = true)]
pub struct Meeting {
    /// Its identifier; also the UID of its calendar entry.
    pub id: MeetingId,
    /// The tenant.
    #[serde(skip)]
    pub partnership_id: String,
    /// Which body meets.
    pub body_id: BodyId,
    /// The how manieth meeting of the body.
    pub number: i64,
    /// What it is called.
    pub title: String,
    /// What it is for, in one or two sentences.
    pub purpose: String,
    /// Where; may be empty.
    pub place: String,
    /// Address of the online room; may be empty.
    pub online_url: String,
    /// When it begins.
    pub starts_at: Instant,
    /// When it should end.
    pub ends_at: Instant,
    /// Who leads it.
    pub facilitator_id: Option<PersonId>,
    /// Their name then.
    pub facilitator_name: String,
    /// Who takes notes.
    pub note_taker_id: Option<PersonId>,
    /// Their name then.
    pub note_taker_name: String,
    /// Where it stands.
    pub status: MeetingStatus,
    /// Why it was cancelled.
    pub reason: String,
    /// SEQUENCE of its calendar entry.
    pub sequence: i32,
    /// When it began.
    pub opened_at: Option<Instant>,
    /// When it ended.
    pub closed_at: Option<Instant>,
    /// When those who had not answered were reminded.
    pub reminded_at: Option<Instant>,
    /// Latest version of the minutes; 0 while there are none.
    pub minutes_version: i64,
    /// The version that was approved; 0 while none is.
    pub minutes_approved: i64,
    /// Who approved it.
    pub approved_by: String,
    /// When the minutes were sent.
    pub sent_at: Option<Instant>,
    /// Counts everything that happens in it.
    #[serde(skip)]
    pub pulse: i64,
    /// Counts its edits; the ETag.
    pub version: i64,
    /// When it was planned.
    pub created_at: Instant,
    /// When it was last changed.
    pub updated_at: Instant,
}

/// A point of the agenda.
#[derive(Clone, Debug, Queryable, Selectable, Insertable, AsChangeset, Serialize, ToSchema)]
#[diesel(table_name = meeting_items, treat_none_as_null = true)]
pub struct AgendaItem {
    /// Its identifier.
    pub id: AgendaItemId,
    /// The tenant.
    #[serde(skip)]
    pub partnership_id: String,
    /// The meeting.
    pub meeting_id: MeetingId,
    /// Its place in the order, from 1.
    pub position: i32,
    /// What it is about.
    pub kind: AgendaKind,
    /// The decision it is about, for `decision` and `review`.
    pub object_id: Option<String>,
    /// What it is called.
    pub title: String,
    /// Minutes planned for it.
    pub minutes: i32,
    /// When it was last begun.
    pub started_at: Option<Instant>,
    /// When it was last ended; none while it is the present point.
    pub ended_at: Option<Instant>,
    /// Seconds spent on it before it was last begun.
    pub spent_seconds: i64,
    /// When it was added.
    pub created_at: Instant,
}

/// Somebody who is invited, or came.
#[derive(Clone, Debug, Queryable, Selectable, Insertable, AsChangeset, Serialize, ToSchema)]
#[diesel(table_name = meeting_people, treat_none_as_null = true)]
pub struct Attendee {
    /// Its identifier.
    pub id: AttendeeId,
    /// The tenant.
    #[serde(skip)]
    pub partnership_id: String,
    /// The meeting.
    pub meeting_id: MeetingId,
    /// Who; none for a guest without an account.
    pub person_id: Option<PersonId>,
    /// For which seat in the first place.
    pub seat_id: Option<SeatId>,
    /// For which organization.
    pub organization_id: Option<OrganizationId>,
    /// Their name then.
    pub name: String,
    /// A guest's address; members have theirs in their account.
    #[serde(skip)]
    pub email: String,
    /// As what.
    pub part: AttendeePart,
    /// What they answered.
    pub answer: Rsvp,
    /// When.
    pub answered_at: Option<Instant>,
    /// When they were invited.
    pub invited_at: Option<Instant>,
    /// Since when they are there; none while they are not.
    pub here_since: Option<Instant>,
    /// When they came first.
    pub first_came: Option<Instant>,
    /// When they left last.
    pub last_left: Option<Instant>,
    /// Seconds they were there before they came last.
    pub seconds: i64,
    /// When they were put on the list.
    pub created_at: Instant,
}

/// Something noted in a meeting.
#[derive(Clone, Debug, Queryable, Selectable, Insertable, Serialize, ToSchema)]
#[diesel(table_name = meeting_notes)]
pub struct MeetingNote {
    /// Its identifier.
    pub id: MeetingNoteId,
    /// The tenant.
    #[serde(skip)]
    pub partnership_id: String,
    /// The meeting.
    pub meeting_id: MeetingId,
    /// At which point.
    pub item_id: Option<AgendaItemId>,
    /// Its words.
    pub text: String,
    /// Who wrote it.
    pub written_by: String,
    /// When.
    pub written_at: Instant,
}

/// A version of the minutes.
#[derive(Clone, Debug, Queryable, Selectable, Insertable, Serialize, ToSchema)]
#[diesel(table_name = meeting_minutes)]
pub struct Minutes {
    /// The meeting.
    pub meeting_id: MeetingId,
    /// Its number, from 1.
    pub version: i64,
    /// The tenant.
    #[serde(skip)]
    pub partnership_id: String,
    /// What it says, in Markdown.
    pub text: String,
    /// Who wrote it; Backbone the first.
    pub written_by: String,
    /// When.
    pub written_at: Instant,
}

/// A commitment made in a meeting.
#[derive(Clone, Debug, Queryable, Selectable, Insertable)]
#[diesel(table_name = meeting_commitments)]
pub(crate) struct Promised {
    pub meeting_id: MeetingId,
    pub commitment_id: CommitmentId,
    pub partnership_id: String,
    pub item_id: Option<AgendaItemId>,
}

/// A vote taken in a meeting.
#[derive(Clone, Debug)]
pub(crate) struct RoomVote {
    pub meeting_id: MeetingId,
    pub proposal_id: DecisionId,
    pub opened_at: Instant,
    pub closed_at: Option<Instant>,
    /// Who was there at the close.
    pub present: Vec<Present>,
}

/// Somebody who was there when a vote was taken.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct Present {
    /// Their name.
    pub name: String,
    /// The seats they represented, by organization or guest.
    #[serde(rename = "for")]
    pub seats: Vec<String>,
}

/// A meeting to plan, or what it should be from now on.
#[derive(Clone, Debug, Default, Serialize, Deserialize, ToSchema)]
#[serde(default, deny_unknown_fields)]
pub struct NewMeeting {
    /// Which body meets.
    pub body_id: String,
    /// What it is called.
    pub title: String,
    /// What it is for.
    pub purpose: String,
    /// Where.
    pub place: String,
    /// Address of the online room.
    pub online_url: String,
    /// When it begins: a moment (RFC 3339), or a local time of the body (`2026-11-27T17:00`).
    pub starts_at: String,
    /// When it ends, in the same forms.
    pub ends_at: String,
    /// Who leads it; whoever plans it when left out.
    pub facilitator_id: Option<String>,
    /// Who takes notes.
    pub note_taker_id: Option<String>,
}

/// A point to add to the agenda, or what it should be from now on.
#[derive(Clone, Debug, Default, Serialize, Deserialize, ToSchema)]
#[serde(default, deny_unknown_fields)]
pub struct NewAgendaItem {
    /// What it is called.
    pub title: String,
    /// Minutes planned for it; 10 when left out.
    pub minutes: Option<i32>,
    /// A proposal of the body that it is about.
    pub decision_id: Option<String>,
}

/// A guest to invite, or somebody who walked in.
#[derive(Clone, Debug, Default, Serialize, Deserialize, ToSchema)]
#[serde(default, deny_unknown_fields)]
pub struct NewAttendee {
    /// A member of the partnership; left out for somebody without an account.
    pub person_id: Option<String>,
    /// Their name.
    pub name: String,
    /// Their address, for the invitation.
    pub email: String,
}

impl Meeting {
    /// As an object of the log and the trace.
    pub fn object(&self) -> Object {
        Object::new("meeting", &self.id)
    }

    /// Whether somebody leads it: its facilitator, and staff.
    pub fn led_by(&self, actor: &Actor) -> bool {
        actor.is_staff() || (actor.person_id.is_some() && actor.person_id == self.facilitator_id)
    }

    /// Whether somebody writes in it: who leads it, and the note taker.
    pub fn noted_by(&self, actor: &Actor) -> bool {
        self.led_by(actor) || (actor.person_id.is_some() && actor.person_id == self.note_taker_id)
    }

    /// Minutes it should last.
    pub fn length(&self) -> i64 {
        self.ends_at.seconds_since(self.starts_at) / 60
    }

    pub(crate) fn event(&self, kind: &'static str) -> NewEvent {
        NewEvent::new(kind, self.object()).about(Object::new("body", &self.body_id))
    }
}

impl AgendaItem {
    /// Whether it is the present point.
    pub fn is_current(&self) -> bool {
        self.started_at.is_some() && self.ended_at.is_none()
    }

    /// Seconds spent on it until `now`.
    pub fn spent(&self, now: Instant) -> i64 {
        let running = match (self.started_at, self.ended_at) {
            (Some(started), None) => now.seconds_since(started).max(0),
            _ => 0,
        };
        self.spent_seconds + running
    }
}

impl Attendee {
    /// Seconds they were there until `now`.
    pub fn present_seconds(&self, now: Instant) -> i64 {
        let running = self
            .here_since
            .map_or(0, |since| now.seconds_since(since).max(0));
        self.seconds + running
    }
}
