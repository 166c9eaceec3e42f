//! Declared interests: what somebody stands to win or lose by. Where a framework asks for it, who has one does not vote.

pub mod api;
pub mod declare;
pub(crate) mod pages;
pub mod rules;
pub(crate) mod store;

use backbone_db::{Instant, id, text_enum};
use backbone_identity::{OrganizationId, PersonId};
use diesel::{Insertable, Queryable, Selectable};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use crate::schema::interests;

id!(
    /// Identifies a declared interest.
    InterestId
);

text_enum!(
    /// In what the interest is.
    #[schema(as = InterestAbout)]
    About {
        /// A topic, by its words.
        Topic = "topic",
        /// An organization.
        Organization = "organization",
        /// One decision.
        Decision = "decision",
    }
);

/// A declared interest.
#[derive(Clone, Debug, Queryable, Selectable, Insertable, Serialize, ToSchema)]
#[diesel(table_name = interests)]
pub struct Interest {
    /// Its identifier.
    pub id: InterestId,
    /// The tenant.
    #[serde(skip)]
    pub partnership_id: String,
    /// Whose, when it is an organization's; it holds for all its seats.
    pub organization_id: Option<OrganizationId>,
    /// Whose, when it is a person's; it holds for the seats that they hold.
    pub person_id: Option<PersonId>,
    /// Their name then.
    pub who: String,
    /// In what.
    pub about: About,
    /// The words of a topic; otherwise the name of the organization or decision then.
    pub topic: String,
    /// The organization or the decision.
    pub about_id: Option<String>,
    /// Which interest it is.
    pub reason: String,
    /// Who declared it.
    pub declared_by: String,
    /// When.
    pub declared_at: Instant,
    /// Who said that it no longer holds.
    pub ended_by: Option<String>,
    /// When.
    pub ended_at: Option<Instant>,
}

/// An interest to declare: in a topic, an organization or a decision, one of the three.
#[derive(Clone, Debug, Default, Serialize, Deserialize, ToSchema)]
#[serde(default, deny_unknown_fields)]
pub struct NewInterest {
    /// Only one's own, and not the organization's.
    pub personal: bool,
    /// For which organization; one's own when left out. Only staff name another.
    pub organization_id: Option<String>,
    /// A topic: words that stand in the question, the background or an option.
    pub topic: Option<String>,
    /// An organization, by its identifier.
    pub in_organization: Option<String>,
    /// A decision, by its identifier.
    pub in_decision: Option<String>,
    /// Which interest it is.
    pub reason: String,
}
