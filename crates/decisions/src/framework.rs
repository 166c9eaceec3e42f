//! Frameworks: the norms a body decides by, for a class of decision. Written down, versioned, and taken along when people change.

pub mod api;
pub mod choose;
pub mod edit;
pub mod library;
pub mod method;
pub(crate) mod pages;
pub mod rules;
pub(crate) mod store;

use backbone_db::{Instant, id, text_enum};
use backbone_identity::OrganizationRole;
use backbone_identity::Sector;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

pub use method::{Method, Shape};

use crate::body::BodyId;
use crate::seat::SeatId;

id!(
    /// Identifies a framework.
    FrameworkId
);

text_enum!(
    /// Whether a vote comes with a reason.
    Reasons {
        /// Nobody is asked for one.
        Off = "off",
        /// Who wants to.
        Optional = "optional",
        /// Everybody.
        Required = "required",
        /// Those who do not agree.
        OnDisagreement = "on_disagreement",
    }
);

text_enum!(
    /// When those who may vote see how it stands.
    Results {
        /// At any time.
        Always = "always",
        /// After their own vote.
        AfterVote = "after_vote",
        /// After the close.
        AfterClose = "after_close",
    }
);

text_enum!(
    /// What an interest in the matter means.
    Conflict {
        /// Nothing.
        Off = "off",
        /// It is shown beside the vote.
        Declare = "declare",
        /// Who has one does not vote.
        Recuse = "recuse",
    }
);

text_enum!(
    /// Of whom a part is needed.
    Whole {
        /// Of those who voted for an option; who abstains counts on neither side.
        Cast = "cast",
        /// Of all who voted.
        Present = "present",
        /// Of all who may vote.
        Eligible = "eligible",
    }
);

/// A group of organizations: by what they are in the partnership, or by sector.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum Group {
    /// The backbone organization.
    Backbone,
    /// Partners.
    Partner,
    /// Funders.
    Funder,
    /// Organizations of the people concerned.
    Community,
    /// Government.
    Public,
    /// Business.
    Private,
    /// Associations, foundations, residents.
    Civil,
}

impl Group {
    /// All groups.
    pub const ALL: [Group; 7] = [
        Group::Backbone,
        Group::Partner,
        Group::Funder,
        Group::Community,
        Group::Public,
        Group::Private,
        Group::Civil,
    ];

    /// The word of the API and of message keys.
    pub fn as_str(self) -> &'static str {
        match self {
            Group::Backbone => "backbone",
            Group::Partner => "partner",
            Group::Funder => "funder",
            Group::Community => "community",
            Group::Public => "public",
            Group::Private => "private",
            Group::Civil => "civil",
        }
    }

    /// Whether an organization belongs to it.
    pub fn holds(self, role: OrganizationRole, sector: Sector) -> bool {
        self.as_str() == role.as_str() || self.as_str() == sector.as_str()
    }
}

/// How many seats of a group have to vote.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct AtLeast {
    /// The group.
    pub group: Group,
    /// How many.
    pub seats: u32,
}

/// How many have to take part before anything is decided.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(default, deny_unknown_fields)]
pub struct Quorum {
    /// Percent of the seats that may vote; 0 for none.
    pub percent: u32,
    /// How many organizations; 0 for none.
    pub organizations: u32,
    /// How many seats of which groups, such as one funder and two community seats.
    pub groups: Vec<AtLeast>,
}

/// What it takes to pass.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct Pass {
    /// The part that is needed: above the line.
    pub numerator: u32,
    /// Below the line.
    pub denominator: u32,
    /// `true`: exactly this part passes; `false`: it takes more.
    pub reaching: bool,
    /// Of whom.
    pub of: Whole,
}

/// One seat may decide alone, within bounds.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct Delegation {
    /// Which seat.
    #[schema(value_type = String)]
    pub seat_id: SeatId,
    /// Up to which amount, in minor units of the partnership's currency; none for any.
    pub up_to_minor: Option<i64>,
}

/// How it is decided.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(default, deny_unknown_fields)]
pub struct Norms {
    /// When to use it, and why it is good for that.
    pub about: String,
    /// Words by which the chooser knows the class, parted by spaces.
    pub words: String,
    /// For amounts from here, in minor units.
    pub from_minor: Option<i64>,
    /// For amounts up to here, in minor units.
    pub up_to_minor: Option<i64>,
    /// How ballots become a result.
    pub method: Method,
    /// Who has to take part.
    pub quorum: Quorum,
    /// What it takes to pass, for majorities and gradients.
    pub pass: Pass,
    /// Whether guests vote too.
    pub guests: bool,
    /// Days of discussion before the vote.
    pub discussion_days: u32,
    /// Days the vote is open.
    pub open_days: u32,
    /// Groups that may object or block; empty for everybody.
    pub may_block: Vec<Group>,
    /// On what grounds.
    pub grounds: String,
    /// What an interest in the matter means.
    pub conflict: Conflict,
    /// Whether a vote comes with a reason.
    pub reasons: Reasons,
    /// Whether a vote can be changed until the close.
    pub changeable: bool,
    /// When those who may vote see how it stands.
    pub results: Results,
    /// Whether no link is kept between person and ballot.
    pub secret: bool,
    /// A secret vote shows its turnout from this many ballots on.
    pub turnout_from: u32,
    /// Whether "none of the above" is on the ballot.
    pub none_of_above: bool,
    /// Whether everybody sees the options in another order.
    pub shuffle: bool,
    /// Whether the vote closes once all have voted.
    pub close_early: bool,
    /// Whether the vote closes once no ballot that is still to come can change its result. Only for methods where that can be proved,
    /// with ballots that are final and not secret.
    pub close_decided: bool,
    /// Days after the outcome in which it may be taken up again for new facts; 0 for never.
    pub reopen_days: u32,
    /// Months until the decision is reviewed; 0 for never.
    pub review_months: u32,
    /// Who may decide alone.
    pub delegated: Option<Delegation>,
    /// Whether a proposal needs evidence before it goes to the vote.
    pub evidence: bool,
    /// How many options win.
    pub winners: u32,
    /// Dots to spread.
    pub dots: u32,
    /// Lowest mark.
    pub lowest: i32,
    /// Highest mark.
    pub highest: i32,
    /// What can be spent, in whole units of currency, for equal shares.
    pub budget: u64,
}

impl Default for Norms {
    fn default() -> Self {
        Self {
            about: String::new(),
            words: String::new(),
            from_minor: None,
            up_to_minor: None,
            method: Method::Majority,
            quorum: Quorum::default(),
            pass: Pass {
                numerator: 1,
                denominator: 2,
                reaching: false,
                of: Whole::Cast,
            },
            guests: false,
            discussion_days: 5,
            open_days: 7,
            may_block: Vec::new(),
            grounds: String::new(),
            conflict: Conflict::Declare,
            reasons: Reasons::OnDisagreement,
            changeable: true,
            results: Results::AfterVote,
            secret: false,
            turnout_from: 5,
            none_of_above: false,
            shuffle: false,
            close_early: true,
            close_decided: false,
            reopen_days: 0,
            review_months: 0,
            delegated: None,
            evidence: false,
            winners: 1,
            dots: 10,
            lowest: 0,
            highest: 5,
            budget: 0,
        }
    }
}

/// A framework.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub struct Framework {
    /// Its identifier.
    pub id: FrameworkId,
    /// Only for this body; none for all.
    pub body_id: Option<BodyId>,
    /// Its name.
    pub name: String,
    /// The class of decision it is for.
    pub class: String,
    /// How it is decided.
    pub norms: Norms,
    /// Whether it is in use.
    pub active: bool,
    /// Counts its versions; the ETag.
    pub version: i64,
    /// When it was written.
    pub created_at: Instant,
    /// When it was last changed.
    pub updated_at: Instant,
}

/// A framework to write, what it should be from now on, and the form in which frameworks travel between partnerships.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(default, deny_unknown_fields)]
pub struct NewFramework {
    /// Only for this body; left out, for all.
    pub body_id: Option<String>,
    /// Its name.
    pub name: String,
    /// The class of decision it is for, such as "Budget above € 10,000".
    pub class: String,
    /// How it is decided.
    pub norms: Norms,
    /// `false` takes it out of use.
    pub active: Option<bool>,
}

/// A text that a framework had.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub struct FrameworkVersion {
    /// Its number.
    pub version: i64,
    /// Its name then.
    pub name: String,
    /// Its class then.
    pub class: String,
    /// Its norms then.
    pub norms: Norms,
    /// Who wrote it.
    pub changed_by: String,
    /// When.
    pub changed_at: Instant,
}
