//! What of the decisions needs somebody, what it costs them, and what was asked of whom.

mod asked;
mod told;

use backbone_db::{Conn, DbError, Instant};
use backbone_events::Event;
use backbone_identity::Actor;
use backbone_identity::attention::{
    Asked, Attention, Click, FirstStep, Line, Need, Told, Urgency, Words, lines_of,
};
use chrono::{Datelike, NaiveDate};

use crate::ballot::{Capacity, electorate, store as ballots};
use crate::body::store as bodies;
use crate::commitment::{Commitment, CommitmentStatus, edit as commitment, store as commitments};
use crate::meeting::needs;
use crate::outcome::quorum;
use crate::policy::{CastBallot, ManageBodies, SeeDecisions};
use crate::proposal::{Proposal, Status, store as proposals};
use crate::seat::{SeatKind, store as seats};

/// This room's rules.
pub struct Deciding;

impl Attention for Deciding {
    fn first_steps(&self) -> &'static [FirstStep] {
        &[FirstStep {
            place: 70,
            what: "first-body",
            taken: &["body.created"],
            path: "/bodies/new",
        }]
    }

    fn lines(&self, conn: &mut Conn, actor: &Actor) -> Result<Vec<Line>, DbError> {
        self.needs(conn, actor).map(lines_of)
    }

    fn needs(&self, conn: &mut Conn, actor: &Actor) -> Result<Vec<Need>, DbError> {
        let mut needs = votes(conn, actor)?;
        needs.extend(promises(conn, actor)?);
        needs.extend(needs::lines(conn, actor)?.into_iter().map(Need::from));
        if actor.may::<ManageBodies>() {
            needs.extend(vacancies(conn, actor)?.into_iter().map(Need::from));
            needs.extend(open_ends(conn, actor)?.into_iter().map(Need::from));
        }
        Ok(needs)
    }

    fn asked(&self, conn: &mut Conn, actor: &Actor, since: Instant) -> Result<Vec<Asked>, DbError> {
        asked::asked(conn, actor, since)
    }

    fn told(&self, conn: &mut Conn, actor: &Actor, events: &[Event]) -> Result<Vec<Told>, DbError> {
        if !actor.may::<SeeDecisions>() {
            return Ok(Vec::new());
        }
        told::told(conn, actor, events)
    }
}

/// Votes that wait for this person, and for staff those that would close without quorum within two days.
fn votes(conn: &mut Conn, actor: &Actor) -> Result<Vec<Need>, DbError> {
    let mut needs = Vec::new();
    for x in proposals::in_states(conn, actor.tenant(), &[Status::Voting])? {
        let Some(closes) = x.closes_at.filter(|c| *c > actor.now) else {
            continue;
        };
        let mine = electorate::acting(conn, actor, &x)?;
        let asked = mine
            .iter()
            .any(|a| a.capacity != Capacity::Alternate && a.voter.is_open() && !a.voter.voted);
        if asked && actor.may::<CastBallot>() {
            needs.push(vote(&x, closes));
        }
        let soon = closes.seconds_since(actor.now) < 2 * 86_400;
        if soon && actor.is_staff() && !x.norms.secret {
            needs.extend(without_quorum(conn, actor, &x)?.map(Need::from));
        }
    }
    Ok(needs)
}

fn vote(x: &Proposal, closes: Instant) -> Need {
    Need::from(Line {
        urgency: Urgency::Watch,
        icon: "decisions",
        what: Words::new("decisions-needs-vote").text("title", &x.title),
        detail: Some(Words::new("decisions-needs-vote-detail").moment("at", closes)),
        since: x.opened_at,
        action: Words::new("decision-vote"),
        path: format!("/decisions/{}", x.id),
    })
    .due(Some(closes))
    .minutes(asked::ballot_minutes(x))
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

/// Days before its day on which a commitment is asked about: those of a fortnight's rhythm.
const AHEAD_DAYS: i32 = 14;

/// Commitments: to staff those that are late, to others those of their own organization that are late or due within a fortnight, with
/// one click for what is done.
fn promises(conn: &mut Conn, actor: &Actor) -> Result<Vec<Need>, DbError> {
    let today = crate::view::today(actor);
    let ahead = if actor.is_staff() { -1 } else { AHEAD_DAYS };
    let open = commitments::in_state(conn, actor.tenant(), CommitmentStatus::Open)?;
    let pressing = open.into_iter().filter(|c| {
        let left = c.due_on.num_days_from_ce() - today.num_days_from_ce();
        left <= ahead && commitment::may(actor, c)
    });
    Ok(pressing.map(|c| promise(actor, &c, today)).collect())
}

fn promise(actor: &Actor, c: &Commitment, today: NaiveDate) -> Need {
    let late = c.due_on < today;
    let what = match late {
        true => "decisions-needs-commitment",
        false => "decisions-needs-promise",
    };
    let path = format!("/commitments/{}", c.id);
    let need = Need::from(Line {
        urgency: if late { Urgency::Bad } else { Urgency::Watch },
        icon: "flag",
        what: Words::new(what).text("title", &c.title),
        detail: Some(
            Words::new("decisions-needs-promise-detail").number("progress", c.progress.into()),
        ),
        since: Some(c.created_at),
        action: Words::new("decisions-needs-look"),
        path: path.clone(),
    })
    .due(end_of(actor, c.due_on));
    if actor.is_staff() {
        return need;
    }
    need.minutes(asked::REPORT_MINUTES).click(
        Click::new("decisions-needs-done", path)
            .field("status", CommitmentStatus::Done)
            .field("version", c.version),
    )
}

/// Five in the afternoon of a day, where the partnership is.
fn end_of(actor: &Actor, day: NaiveDate) -> Option<Instant> {
    let date = jiff::civil::Date::new(
        day.year().try_into().ok()?,
        day.month().try_into().ok()?,
        day.day().try_into().ok()?,
    );
    let at = date
        .ok()?
        .at(17, 0, 0, 0)
        .to_zoned(actor.partnership.zone());
    Some(Instant::from_jiff(at.ok()?.timestamp()))
}

/// Outcomes that nobody has written down, and decisions whose review is due.
fn open_ends(conn: &mut Conn, actor: &Actor) -> Result<Vec<Line>, DbError> {
    let today = crate::view::today(actor);
    let mut lines = Vec::new();
    for x in proposals::in_states(conn, actor.tenant(), &[Status::Closed, Status::InEffect])? {
        let (what, path, since) = match (x.status, x.review_on) {
            (Status::Closed, _) => ("decisions-needs-outcome", "outcome", x.closed_at),
            (_, Some(day)) if day <= today => {
                ("decisions-needs-review", "review", end_of(actor, day))
            }
            _ => continue,
        };
        lines.push(Line {
            urgency: Urgency::Watch,
            icon: "decisions",
            what: Words::new(what).text("title", &x.title),
            detail: None,
            since,
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
