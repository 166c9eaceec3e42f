//! When votes close and promises and reviews fall due.

use backbone_db::{Conn, DbError};
use backbone_identity::Actor;
use backbone_identity::attention::Words;
use backbone_identity::calendar::{Dated, Due, Entry};
use jiff::civil::Date;

use crate::ballot::{Capacity, electorate};
use crate::commitment::{CommitmentStatus, store as commitments};
use crate::policy::{CastBallot, SeeDecisions};
use crate::proposal::{Status, store as proposals};

/// This room's dates.
pub struct Deadlines;

impl Dated for Deadlines {
    fn entries(
        &self,
        conn: &mut Conn,
        actor: &Actor,
        from: Date,
        until: Date,
    ) -> Result<Vec<Entry>, DbError> {
        if !actor.may::<SeeDecisions>() {
            return Ok(Vec::new());
        }
        let mut entries = votes(conn, actor)?;
        entries.extend(promises(conn, actor)?);
        entries.extend(reviews(conn, actor)?);
        let zone = actor.partnership.zone();
        entries.retain(|e| (from..=until).contains(&e.due.day(&zone)));
        Ok(entries)
    }
}

/// Votes that this person may cast and has not.
fn votes(conn: &mut Conn, actor: &Actor) -> Result<Vec<Entry>, DbError> {
    if !actor.may::<CastBallot>() {
        return Ok(Vec::new());
    }
    let mut entries = Vec::new();
    for x in proposals::in_states(conn, actor.tenant(), &[Status::Voting])? {
        let mine = electorate::acting(conn, actor, &x)?;
        let asked = mine
            .iter()
            .any(|a| a.capacity != Capacity::Alternate && a.voter.is_open() && !a.voter.voted);
        if let Some(closes) = x.closes_at.filter(|_| asked) {
            entries.push(Entry {
                key: format!("ballot-{}", x.id),
                due: Due::At(closes.jiff()),
                what: Words::new("decisions-date-vote").text("title", &x.title),
                detail: None,
                changed: x.updated_at,
                path: format!("/decisions/{}", x.id),
            });
        }
    }
    Ok(entries)
}

/// What this person, or their organization while nobody sees to it, promised.
fn promises(conn: &mut Conn, actor: &Actor) -> Result<Vec<Entry>, DbError> {
    let open = commitments::in_state(conn, actor.tenant(), CommitmentStatus::Open)?;
    let mine = open.into_iter().filter(|c| match &c.person_id {
        Some(person) => Some(person) == actor.person_id.as_ref(),
        None => actor.acts_for(&c.organization_id),
    });
    Ok(mine
        .filter_map(|c| {
            Some(Entry {
                key: format!("commitment-{}", c.id),
                due: Due::Day(c.due_on.to_string().parse().ok()?),
                what: Words::new("decisions-date-promise").text("title", &c.title),
                detail: None,
                changed: c.updated_at,
                path: format!("/commitments/{}", c.id),
            })
        })
        .collect())
}

/// Decisions to be reviewed: for staff, and for who proposed them.
fn reviews(conn: &mut Conn, actor: &Actor) -> Result<Vec<Entry>, DbError> {
    let in_effect = proposals::in_states(conn, actor.tenant(), &[Status::InEffect])?;
    let mine = in_effect
        .into_iter()
        .filter(|x| actor.is_staff() || (x.author_id.is_some() && x.author_id == actor.person_id));
    Ok(mine
        .filter_map(|x| {
            Some(Entry {
                key: format!("review-{}", x.id),
                due: Due::Day(x.review_on?.to_string().parse().ok()?),
                what: Words::new("decisions-date-review").text("title", &x.title),
                detail: None,
                changed: x.updated_at,
                path: format!("/decisions/{}/review", x.id),
            })
        })
        .collect())
}
