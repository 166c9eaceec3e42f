//! What of the decisions needs somebody.

use backbone_db::{Conn, DbError};
use backbone_identity::Actor;
use backbone_identity::attention::{Attention, Line, Urgency, Words};

use crate::ballot::{Capacity, electorate, store as ballots};
use crate::body::store as bodies;
use crate::commitment::{CommitmentStatus, edit as commitment, store as commitments};
use crate::meeting::needs;
use crate::outcome::quorum;
use crate::policy::{CastBallot, ManageBodies};
use crate::proposal::{Proposal, Status, store as proposals};
use crate::seat::{SeatKind, store as seats};

/// This room's rules.
pub struct Deciding;

impl Attention for Deciding {
    fn lines(&self, conn: &mut Conn, actor: &Actor) -> Result<Vec<Line>, DbError> {
        let mut lines = votes(conn, actor)?;
        lines.extend(promises(conn, actor)?);
        lines.extend(needs::lines(conn, actor)?);
        if actor.may::<ManageBodies>() {
            lines.extend(vacancies(conn, actor)?);
            lines.extend(open_ends(conn, actor)?);
        }
        Ok(lines)
    }
}

/// Votes that wait for this person, and for staff those that would close without quorum within two days.
fn votes(conn: &mut Conn, actor: &Actor) -> Result<Vec<Line>, DbError> {
    let mut lines = Vec::new();
    for x in proposals::in_states(conn, actor.tenant(), &[Status::Voting])? {
        let Some(closes) = x.closes_at.filter(|c| *c > actor.now) else {
            continue;
        };
        let mine = electorate::acting(conn, actor, &x)?;
        let asked = mine
            .iter()
            .any(|a| a.capacity != Capacity::Alternate && a.voter.is_open() && !a.voter.voted);
        if asked && actor.may::<CastBallot>() {
            let local = closes
                .jiff()
                .to_zoned(actor.partnership.zone())
                .strftime("%Y-%m-%d %H:%M")
                .to_string();
            lines.push(Line {
                urgency: Urgency::Watch,
                icon: "decisions",
                what: Words::new("decisions-needs-vote").text("title", &x.title),
                detail: Some(Words::new("decisions-needs-vote-detail").text("at", local)),
                since: x.opened_at,
                action: Words::new("decision-vote"),
                path: format!("/decisions/{}", x.id),
            });
        }
        let soon = closes.seconds_since(actor.now) < 2 * 86_400;
        if soon && actor.is_staff() && !x.norms.secret {
            lines.extend(without_quorum(conn, actor, &x)?);
        }
    }
    Ok(lines)
}

fn without_quorum(conn: &mut Conn, actor: &Actor, x: &Proposal) -> Result<Option<Line>, DbError> {
    let voters = ballots::voters(conn, actor.tenant(), &x.id)?;
    let needed = quorum::check(&x.norms.quorum, &voters);
    if needed.iter().all(|n| n.is_met()) {
        return Ok(None);
    }
    let voted = voters.iter().filter(|v| v.voted).count() as i64;
    let eligible = voters.iter().filter(|v| v.is_open()).count() as i64;
    Ok(Some(Line {
        urgency: Urgency::Bad,
        icon: "hourglass",
        what: Words::new("decisions-needs-quorum").text("title", &x.title),
        detail: Some(
            Words::new("decisions-needs-quorum-detail")
                .number("voted", voted)
                .number("eligible", eligible),
        ),
        since: x.opened_at,
        action: Words::new("decisions-needs-look"),
        path: format!("/decisions/{}", x.id),
    }))
}

/// Commitments that are late: to staff all of them, to others those of their own organization.
fn promises(conn: &mut Conn, actor: &Actor) -> Result<Vec<Line>, DbError> {
    let today = crate::view::today(actor);
    let open = commitments::in_state(conn, actor.tenant(), CommitmentStatus::Open)?;
    let late = open
        .into_iter()
        .filter(|c| c.due_on < today && commitment::may(actor, c));
    Ok(late
        .map(|c| Line {
            urgency: Urgency::Bad,
            icon: "flag",
            what: Words::new("decisions-needs-commitment").text("title", &c.title),
            detail: None,
            since: Some(c.created_at),
            action: Words::new("decisions-needs-look"),
            path: format!("/commitments/{}", c.id),
        })
        .collect())
}

/// Outcomes that nobody has written down, and decisions whose review is due.
fn open_ends(conn: &mut Conn, actor: &Actor) -> Result<Vec<Line>, DbError> {
    let today = crate::view::today(actor);
    let mut lines = Vec::new();
    for x in proposals::in_states(conn, actor.tenant(), &[Status::Closed, Status::InEffect])? {
        let (what, path) = match x.status {
            Status::Closed => ("decisions-needs-outcome", "outcome"),
            _ if x.review_on.is_some_and(|d| d <= today) => ("decisions-needs-review", "review"),
            _ => continue,
        };
        lines.push(Line {
            urgency: Urgency::Watch,
            icon: "decisions",
            what: Words::new(what).text("title", &x.title),
            detail: None,
            since: x.closed_at,
            action: Words::new("decisions-needs-look"),
            path: format!("/decisions/{}/{path}", x.id),
        });
    }
    Ok(lines)
}

/// A line for each body with member seats that nobody fills.
fn vacancies(conn: &mut Conn, actor: &Actor) -> Result<Vec<Line>, DbError> {
    let all = seats::all(conn, actor.tenant())?;
    let bodies = bodies::all(conn, actor.tenant())?;
    let line = |body: &crate::body::Body| {
        let vacant = all
            .iter()
            .filter(|s| s.body_id == body.id && s.kind == SeatKind::Member && s.is_vacant());
        let since = vacant.clone().map(|s| s.updated_at).min();
        let n = vacant.count() as i64;
        (n > 0).then(|| Line {
            urgency: Urgency::Watch,
            icon: "users",
            what: Words::new("bodies-needs-seats")
                .number("n", n)
                .text("body", &body.name),
            detail: None,
            since,
            action: Words::new("bodies-needs-look"),
            path: format!("/bodies/{}", body.id),
        })
    };
    Ok(bodies
        .iter()
        .filter(|b| b.active)
        .filter_map(line)
        .collect())
}
