//! Seats: an organization's place in a body, filled by a person for a term.

pub mod api;
pub(crate) mod mail;
pub(crate) mod pages;
pub mod pass;
pub mod place;
pub mod rules;
pub(crate) mod store;

use backbone_db::{Instant, id, text_enum};
use backbone_identity::{OrganizationId, PersonId};
use chrono::NaiveDate;
use diesel::{AsChangeset, Insertable, Queryable, Selectable};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use crate::body::BodyId;
use crate::schema::{hand_overs, seat_terms, seats};

id!(
    /// Identifies a seat.
    SeatId
);
id!(
    /// Identifies somebody's term in a seat.
    TermId
);
id!(
    /// Identifies a hand-over.
    HandOverId
);

text_enum!(
    /// What a seat may do.
    SeatKind {
        /// Decides.
        Member = "member",
        /// Decides where the framework asks guests too.
        Guest = "guest",
        /// Sees and speaks, does not vote.
        Observer = "observer",
    }
);

text_enum!(
    /// In which part somebody fills a seat.
    Part {
        /// Holds it.
        Holder = "holder",
        /// Stands in when the holder does not act.
        Alternate = "alternate",
    }
);

text_enum!(
    /// Why a seat changed hands.
    PassReason {
        /// The organization named somebody else.
        Named = "named",
        /// The person left.
        Left = "left",
        /// It is the next organization's turn.
        Rotated = "rotated",
        /// The term ran out.
        TermEnded = "term_ended",
        /// The seat itself ended.
        Closed = "closed",
    }
);

/// A seat.
#[derive(Clone, Debug, Queryable, Selectable, Insertable, AsChangeset, Serialize, ToSchema)]
#[diesel(table_name = seats, treat_none_as_null = true)]
pub struct Seat {
    /// Its identifier.
    pub id: SeatId,
    /// The tenant.
    #[serde(skip)]
    pub partnership_id: String,
    /// The body it is in.
    pub body_id: BodyId,
    /// What it may do.
    pub kind: SeatKind,
    /// Chair, treasurer, …; may be empty.
    pub title: String,
    /// Whose seat it is.
    pub organization_id: Option<OrganizationId>,
    /// Who fills it; none while it is vacant.
    pub person_id: Option<PersonId>,
    /// Who stands in.
    pub alternate_id: Option<PersonId>,
    /// A guest without an account.
    pub guest_name: Option<String>,
    /// Where a guest without an account is written to.
    pub guest_email: Option<String>,
    /// How much its vote weighs.
    pub weight: i32,
    /// First day of the present term.
    #[schema(value_type = String, format = Date)]
    pub term_starts: NaiveDate,
    /// Last day of the present term.
    #[schema(value_type = Option<String>, format = Date)]
    pub term_ends: Option<NaiveDate>,
    /// Identifiers of the organizations that take turns, in order, parted by spaces.
    pub rotation: String,
    /// Months of one turn.
    pub rotation_months: Option<i32>,
    /// Whether the seat is still there.
    pub active: bool,
    /// Counts its edits; the ETag.
    pub version: i64,
    /// When it was made.
    pub created_at: Instant,
    /// When it was last changed.
    pub updated_at: Instant,
}

/// Somebody's time in a seat.
#[derive(Clone, Debug, Queryable, Selectable, Insertable, Serialize, ToSchema)]
#[diesel(table_name = seat_terms)]
pub struct Term {
    /// Its identifier.
    pub id: TermId,
    /// The tenant.
    #[serde(skip)]
    pub partnership_id: String,
    /// The seat.
    pub seat_id: SeatId,
    /// For which organization.
    pub organization_id: Option<OrganizationId>,
    /// Who.
    pub person_id: PersonId,
    /// Their name then.
    pub person_name: String,
    /// As holder or alternate.
    pub part: Part,
    /// From when.
    pub starts_at: Instant,
    /// Until when; none while it lasts.
    pub ends_at: Option<Instant>,
    /// Why it ended.
    pub reason: String,
}

/// What passed from one person to the next.
#[derive(Clone, Debug, Queryable, Selectable, Insertable, Serialize, ToSchema)]
#[diesel(table_name = hand_overs)]
pub struct HandOver {
    /// Its identifier.
    pub id: HandOverId,
    /// The tenant.
    #[serde(skip)]
    pub partnership_id: String,
    /// The seat.
    pub seat_id: SeatId,
    /// Who had it; none when it was vacant.
    pub from_person: Option<PersonId>,
    /// Their name; empty when it was vacant.
    pub from_name: String,
    /// Who has it now; none when it is vacant.
    pub to_person: Option<PersonId>,
    /// Their name; empty when it is vacant.
    pub to_name: String,
    /// Why.
    pub reason: PassReason,
    /// What the one who leaves wants the next to know.
    pub note: String,
    /// What was open at that moment, as JSON.
    #[schema(value_type = String)]
    #[serde(serialize_with = "as_json")]
    pub content: backbone_db::Json,
    /// When.
    pub made_at: Instant,
}

fn as_json<S: serde::Serializer>(json: &backbone_db::Json, s: S) -> Result<S::Ok, S::Error> {
    json.value().serialize(s)
}

/// A group of things that pass with a seat.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct Section {
    /// `votes`, `commitments`, `decisions`, `seats`.
    pub kind: String,
    /// The things.
    pub items: Vec<Item>,
}

/// One thing that passes with a seat.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct Item {
    /// What it is called.
    pub title: String,
    /// A state (`voted`, `not_voted`, …) that pages put into words; may be empty.
    pub state: String,
    /// The day it matters, if there is one.
    #[schema(value_type = Option<String>, format = Date)]
    pub day: Option<NaiveDate>,
    /// Its page, behind `/p/{slug}`.
    pub path: String,
}

/// A seat to make, or what it should be from now on. Who fills it is changed by passing it on.
#[derive(Clone, Debug, Default, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields, default)]
pub struct NewSeat {
    /// `member`, `guest` or `observer`.
    pub kind: String,
    /// Chair, treasurer, …
    pub title: String,
    /// Whose seat it is; needed for member seats.
    pub organization_id: Option<String>,
    /// Who fills it; left out, it is vacant.
    pub person_id: Option<String>,
    /// Who stands in.
    pub alternate_id: Option<String>,
    /// A guest without an account.
    pub guest_name: Option<String>,
    /// Where a guest without an account is written to.
    pub guest_email: Option<String>,
    /// How much its vote weighs, 1 to 1000; 1 when not given.
    pub weight: Option<i32>,
    /// First day of the term; today when not given.
    pub term_starts: Option<String>,
    /// Last day of the term.
    pub term_ends: Option<String>,
    /// The organizations that take turns, in order.
    pub rotation: Vec<String>,
    /// Months of one turn.
    pub rotation_months: Option<i32>,
}

/// To whom a seat passes.
#[derive(Clone, Debug, Default, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields, default)]
pub struct Passing {
    /// The successor; left out, the seat is vacant.
    pub person_id: Option<String>,
    /// The organization the seat passes to; left out, it stays.
    pub organization_id: Option<String>,
    /// What the one who leaves wants the next to know.
    pub note: String,
    /// Last day of the new term.
    pub term_ends: Option<String>,
}

impl Seat {
    /// The organizations that take turns.
    pub fn turns(&self) -> Vec<OrganizationId> {
        self.rotation
            .split_whitespace()
            .filter_map(|id| id.parse().ok())
            .collect()
    }

    /// Whether nobody fills it. A guest without an account is somebody.
    pub fn is_vacant(&self) -> bool {
        self.person_id.is_none() && self.guest_email.is_none()
    }

    /// In which part a person may act for it.
    pub fn part_of(&self, person: &PersonId) -> Option<Part> {
        if !self.active {
            None
        } else if self.person_id.as_ref() == Some(person) {
            Some(Part::Holder)
        } else if self.alternate_id.as_ref() == Some(person) {
            Some(Part::Alternate)
        } else {
            None
        }
    }
}
