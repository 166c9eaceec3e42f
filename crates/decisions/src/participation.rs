//! How an organization takes part in deciding, and what was decided about the metrics that it moves.

use backbone_db::{Conn, DbError, Instant};
use backbone_identity::{Actor, OrganizationId, directory};
use chrono::{Days, NaiveDate};
use serde::Serialize;
use utoipa::ToSchema;

use crate::ballot::store as ballots;
use crate::commitment::{Commitment, CommitmentStatus, store as commitments};
use crate::people::{members, name_of};
use crate::proposal::{Proposal, Status, store as proposals};
use crate::view::organization_name;

/// One vote that an organization was asked for.
#[derive(Clone, Debug, Serialize, ToSchema)]
#[schema(as = AskedVote)]
pub struct Vote {
    /// The decision, by identifier.
    pub decision_id: String,
    /// The question.
    pub title: String,
    /// When the vote opened.
    pub opened_at: Option<Instant>,
    /// Whether it is over.
    pub closed: bool,
    /// Whether the organization voted.
    pub voted: bool,
}

/// How an organization took part.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub struct Participation {
    /// Votes it was asked for, the newest first; secret ones are left out, for who took part in them is told only in sum.
    pub votes: Vec<Vote>,
    /// In how many of those it voted.
    pub voted: usize,
    /// Commitments it kept.
    pub kept: usize,
    /// Commitments it works on, the soonest due first.
    pub open: Vec<Promise>,
}

/// Something promised.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub struct Promise {
    /// The commitment, by identifier.
    pub commitment_id: String,
    /// What will be done.
    pub title: String,
    /// By which organization.
    pub organization: String,
    /// Who sees to it; may be empty.
    pub person: String,
    /// By when.
    #[schema(value_type = String, format = Date)]
    pub due_on: NaiveDate,
    /// Whether that day is over.
    pub late: bool,
    /// Percent done.
    pub progress: i32,
}

/// What an organization was asked and promised since a moment.
///
/// # Errors
/// Only those of the database.
pub fn of(
    conn: &mut Conn,
    actor: &Actor,
    organization: &OrganizationId,
    since: Instant,
) -> Result<Participation, DbError> {
    let tenant = actor.tenant();
    let mut votes = Vec::new();
    for x in proposals::opened_since(conn, tenant, since)? {
        if x.norms.secret {
            continue;
        }
        let voters = ballots::voters(conn, tenant, &x.id)?;
        let mut own = voters
            .iter()
            .filter(|v| v.organization_id.as_ref() == Some(organization) && v.is_open())
            .peekable();
        if own.peek().is_some() {
            votes.push(Vote {
                decision_id: x.id.to_string(),
                voted: own.any(|v| v.voted),
                title: x.title,
                opened_at: x.opened_at,
                closed: x.status != Status::Voting,
            });
        }
    }
    votes.reverse();
    let done = commitments::in_state(conn, tenant, CommitmentStatus::Done)?;
    let kept = done
        .iter()
        .filter(|c| &c.organization_id == organization && c.updated_at >= since);
    let mut open = promises(conn, actor, |_| true)?;
    open.retain(|(c, _)| &c.organization_id == organization);
    Ok(Participation {
        voted: votes.iter().filter(|v| v.voted).count(),
        votes,
        kept: kept.count(),
        open: open.into_iter().map(|(_, p)| p).collect(),
    })
}

/// What was promised by anybody and is late, or due within so many days; the soonest due first.
///
/// # Errors
/// Only those of the database.
pub fn promised(conn: &mut Conn, actor: &Actor, days: u64) -> Result<Vec<Promise>, DbError> {
    let today = crate::view::today(actor);
    let until = today.checked_add_days(Days::new(days)).unwrap_or(today);
    let found = promises(conn, actor, |c| c.due_on <= until)?;
    Ok(found.into_iter().map(|(_, p)| p).collect())
}

fn promises(
    conn: &mut Conn,
    actor: &Actor,
    wanted: impl Fn(&Commitment) -> bool,
) -> Result<Vec<(Commitment, Promise)>, DbError> {
    let tenant = actor.tenant();
    let organizations = directory::organizations(conn, tenant)?;
    let people = members(conn, tenant)?;
    let today = crate::view::today(actor);
    let open = commitments::in_state(conn, tenant, CommitmentStatus::Open)?;
    let mut found: Vec<(Commitment, Promise)> = open
        .into_iter()
        .filter(wanted)
        .map(|c| {
            let promise = Promise {
                commitment_id: c.id.to_string(),
                title: c.title.clone(),
                organization: organization_name(&organizations, Some(&c.organization_id)),
                person: name_of(&people, c.person_id.as_ref()),
                due_on: c.due_on,
                late: c.due_on < today,
                progress: c.progress,
            };
            (c, promise)
        })
        .collect();
    found.sort_by_key(|(c, _)| c.due_on);
    Ok(found)
}

/// A decision in effect that was meant to move a metric.
#[derive(Clone, Debug, Serialize, ToSchema)]
#[schema(as = MovingDecision)]
pub struct Moving {
    /// The decision, by identifier.
    pub decision_id: String,
    /// What was decided.
    pub title: String,
    /// What was expected of the metric.
    pub expected: String,
    /// When it was decided.
    pub closed_at: Option<Instant>,
}

/// The decisions in effect that predict something of one of these metrics, the newest first.
///
/// # Errors
/// Only those of the database.
pub fn about(conn: &mut Conn, actor: &Actor, metrics: &[String]) -> Result<Vec<Moving>, DbError> {
    let found = proposals::in_states(conn, actor.tenant(), &[Status::InEffect])?;
    Ok(found
        .into_iter()
        .filter_map(|x| moving(x, metrics))
        .collect())
}

fn moving(x: Proposal, metrics: &[String]) -> Option<Moving> {
    let hit = x
        .content
        .predictions
        .iter()
        .find(|p| metrics.contains(&p.metric_id))?;
    Some(Moving {
        decision_id: x.id.to_string(),
        expected: hit.expected.clone(),
        title: x.title,
        closed_at: x.closed_at,
    })
}
