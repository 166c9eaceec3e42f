//! A contribution: what one organization gave to the partnership in one period, and what it is worth.

pub mod api;
pub mod correct;
pub(crate) mod form;
pub mod judge;
pub mod log;
pub(crate) mod pages;
pub(crate) mod question;
pub mod repeat;
pub mod rules;
pub(crate) mod store;
#[cfg(test)]
mod tests;

use backbone_db::{Currency, Dec, Instant, Money, id, text_enum};
use backbone_identity::{FileId, OrganizationId};
use backbone_ingest::Period;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use crate::rate::RateId;

id!(
    /// Identifies one contribution.
    ContributionId
);
id!(
    /// Identifies a question, answer or remark.
    CommentId
);

text_enum!(
    /// What was given.
    #[schema(as = ContributionKind)]
    Kind {
        /// Hours of work, valued at the rate of a role of work.
        Time = "time",
        /// Hours of a special skill.
        Talent = "talent",
        /// Money.
        Treasure = "treasure",
        /// Things or services, valued on a stated basis.
        InKind = "in_kind",
    }
);

text_enum!(
    /// Where a contribution stands.
    #[schema(as = ContributionStatus)]
    Status {
        /// As the contributor logged it.
        Logged = "logged",
        /// Staff looked at it and found it right.
        Verified = "verified",
        /// Staff have a question.
        Queried = "queried",
        /// The question was answered, by words or by a correction.
        Answered = "answered",
        /// Taken back; it no longer counts.
        Withdrawn = "withdrawn",
    }
);

text_enum!(
    /// On what the value of something in kind rests.
    Basis {
        /// What it would cost to buy.
        MarketPrice = "market_price",
        /// The giver's invoice or price list.
        DonorInvoice = "donor_invoice",
        /// What it would cost to replace.
        ReplacementCost = "replacement_cost",
        /// An estimate, explained in the note.
        Estimate = "estimate",
    }
);

text_enum!(
    /// What kind of comment.
    CommentKind {
        /// Staff ask.
        Question = "question",
        /// The contributor answers.
        Answer = "answer",
        /// Said without a question.
        Remark = "remark",
    }
);

/// What proves a contribution.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct Evidence {
    /// Files uploaded before, by identifier.
    #[serde(default)]
    pub files: Vec<FileId>,
    /// A link.
    #[serde(default)]
    pub url: Option<String>,
    /// Whether those outside the partnership may see it.
    #[serde(default)]
    pub public: bool,
}

/// The rate that hours were valued at.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct UsedRate {
    /// The partnership's rate; none when it was overridden.
    pub rate_id: Option<RateId>,
    /// Worth of one hour.
    pub hourly: Money,
    /// Why another rate than the partnership's was used.
    pub reason: Option<String>,
}

/// Everything that is said in a contribution, checked and valued.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[schema(as = ContributionContent)]
pub struct Content {
    /// Who gave.
    pub organization_id: OrganizationId,
    /// What kind.
    pub kind: Kind,
    /// When, in canonical form: `2026-10`, `2026-Q3`, `2026-10-12`.
    #[schema(value_type = String)]
    pub period: Period,
    /// For what.
    pub activity: String,
    /// Hours, to the hundredth; 0 for money and things.
    pub hours: Dec,
    /// How many people gave the hours together.
    pub people: i32,
    /// The role of work, for time and talent.
    pub work_role: Option<String>,
    /// The skill, for talent.
    pub skill: Option<String>,
    /// The rate that the hours were valued at; none while the partnership has no rates.
    pub rate: Option<UsedRate>,
    /// The amount as given, for treasure and in-kind.
    pub given: Option<Money>,
    /// Worth of one unit of the given currency in the partnership's, when they differ.
    pub exchange_rate: Option<Dec>,
    /// What it was, for in-kind.
    pub description: Option<String>,
    /// On what its value rests, for in-kind.
    pub basis: Option<Basis>,
    /// What it is worth, in the partnership's currency.
    pub value: Money,
    /// What proves it.
    pub evidence: Evidence,
    /// A remark for members.
    pub note: String,
    /// Metrics it supports, by identifier.
    pub metrics: Vec<String>,
}

/// A contribution as it stands.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, ToSchema)]
pub struct Contribution {
    /// Its identifier.
    pub id: ContributionId,
    /// Where it stands.
    pub status: Status,
    /// Counts its changes; the ETag.
    pub version: i64,
    /// What is said in it.
    #[serde(flatten)]
    pub content: Content,
    /// Who logged it.
    pub logged_by: String,
    /// When it was logged.
    pub created_at: Instant,
    /// When it last changed.
    pub updated_at: Instant,
}

/// What somebody says they gave. Which fields are needed depends on the kind.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct NewContribution {
    /// Who gave; the caller's own organization when left out.
    #[serde(default)]
    pub organization_id: Option<OrganizationId>,
    /// What kind.
    pub kind: Kind,
    /// When: `2026-10`, `2026-Q3`, `2026-10-12`, `2026-10-12/2026-10-14`.
    #[schema(examples("2026-10"))]
    pub period: String,
    /// For what.
    pub activity: String,
    /// Hours (time, talent).
    #[serde(default)]
    pub hours: Option<Dec>,
    /// How many people gave the hours together; 1 when left out.
    #[serde(default)]
    pub people: Option<i32>,
    /// The role of work whose rate values the hours; the partnership's first one when left out.
    #[serde(default)]
    pub work_role: Option<String>,
    /// The skill (talent).
    #[serde(default)]
    pub skill: Option<String>,
    /// Another hourly rate than the partnership's, in major units; needs `rate_reason`.
    #[serde(default)]
    pub hourly_rate: Option<Dec>,
    /// Why another rate.
    #[serde(default)]
    pub rate_reason: Option<String>,
    /// The amount (treasure) or value (in-kind), in major units.
    #[serde(default)]
    pub amount: Option<Dec>,
    /// Currency of the amount; the partnership's when left out.
    #[serde(default)]
    pub currency: Option<Currency>,
    /// Worth of one unit of that currency in the partnership's; needed when they differ.
    #[serde(default)]
    pub exchange_rate: Option<Dec>,
    /// What it was (in-kind).
    #[serde(default)]
    pub description: Option<String>,
    /// On what its value rests (in-kind).
    #[serde(default)]
    pub basis: Option<Basis>,
    /// What proves it.
    #[serde(default)]
    pub evidence: Evidence,
    /// A remark for members.
    #[serde(default)]
    pub note: String,
    /// Metrics it supports, by identifier.
    #[serde(default)]
    pub metrics: Vec<String>,
    /// Says that an unusually large entry is meant.
    #[serde(default)]
    pub confirm_large: bool,
}

/// One state that a contribution had.
#[derive(Clone, Debug, Serialize, ToSchema)]
#[schema(as = ContributionVersion)]
pub struct Version {
    /// Its number.
    pub version: i64,
    /// Where it stood.
    pub status: Status,
    /// What was said in it.
    pub content: Content,
    /// Why it was changed; empty for the first.
    pub reason: String,
    /// Who changed it.
    pub changed_by: String,
    /// When.
    pub changed_at: Instant,
}

/// A question, an answer, a remark.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub struct Comment {
    /// Its identifier.
    pub id: CommentId,
    /// What kind.
    pub kind: CommentKind,
    /// The words.
    pub text: String,
    /// Who wrote it.
    pub written_by: String,
    /// When.
    pub written_at: Instant,
}

/// Everything that happened to one contribution.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub struct History {
    /// Every state, oldest first.
    pub versions: Vec<Version>,
    /// Every comment, oldest first.
    pub comments: Vec<Comment>,
}

impl Content {
    /// The same as input, to correct a part of it: a rate of the partnership is looked up again, an overridden one stays.
    pub fn to_input(&self) -> NewContribution {
        let overridden = self.rate.as_ref().filter(|r| r.reason.is_some());
        NewContribution {
            organization_id: Some(self.organization_id.clone()),
            kind: self.kind,
            period: self.period.to_string(),
            activity: self.activity.clone(),
            hours: self.kind.has_hours().then(|| self.hours.clone()),
            people: Some(self.people),
            work_role: self.work_role.clone(),
            skill: self.skill.clone(),
            hourly_rate: overridden.map(|r| Dec::new(r.hourly.major())),
            rate_reason: overridden.and_then(|r| r.reason.clone()),
            amount: self.given.as_ref().map(|m| Dec::new(m.major())),
            currency: self.given.as_ref().map(|m| m.currency.clone()),
            exchange_rate: self.exchange_rate.clone(),
            description: self.description.clone(),
            basis: self.basis,
            evidence: self.evidence.clone(),
            note: self.note.clone(),
            metrics: self.metrics.clone(),
            confirm_large: false,
        }
    }
}

impl Kind {
    /// Whether it is measured in hours.
    pub fn has_hours(self) -> bool {
        matches!(self, Kind::Time | Kind::Talent)
    }
}
