//! From what happened to figures. Pure.

use std::collections::BTreeMap;

use backbone_db::Instant;
use backbone_identity::{OrganizationId, Sector};
use chrono::NaiveDate;

use super::{
    FollowThrough, Lengths, OrganizationReport, Report, SectorReport, Share, TimeToDecide,
};
use crate::commitment::CommitmentStatus;

/// A vote that closed in the time.
#[derive(Clone, Debug)]
pub struct Vote {
    /// Whether it was secret.
    pub secret: bool,
    /// From how many ballots on a secret one shows its turnout.
    pub turnout_from: u32,
    /// When it was begun.
    pub created_at: Instant,
    /// When the vote opened.
    pub opened_at: Instant,
    /// When it closed.
    pub closed_at: Instant,
    /// When its outcome was written.
    pub decided_at: Option<Instant>,
    /// The seats that could vote.
    pub seats: Vec<Seated>,
}

/// A seat in a vote.
#[derive(Clone, Debug)]
pub struct Seated {
    /// Whose.
    pub organization: Option<OrganizationId>,
    /// Its sector then.
    pub sector: Option<Sector>,
    /// Whether it voted.
    pub voted: bool,
}

/// A commitment.
#[derive(Clone, Debug)]
pub struct Promise {
    /// Whose.
    pub organization: OrganizationId,
    /// By when.
    pub due_on: NaiveDate,
    /// Where it stands.
    pub status: CommitmentStatus,
    /// When it was done.
    pub done_at: Option<Instant>,
    /// When it was made.
    pub made_at: Instant,
    /// The hours it was said to take.
    pub hours: i64,
}

/// An organization.
#[derive(Clone, Debug)]
pub struct Row {
    /// Which.
    pub id: OrganizationId,
    /// Its name.
    pub name: String,
    /// Its sector.
    pub sector: Sector,
    /// Whether it still takes part.
    pub active: bool,
}

/// Everything a report is made of.
#[derive(Clone, Debug)]
pub struct Facts {
    /// Votes that closed in the time.
    pub votes: Vec<Vote>,
    /// Ballots that were not secret, by organization.
    pub ballots: Vec<(OrganizationId, u32)>,
    /// Comments by organization; one may come several times.
    pub comments: Vec<(OrganizationId, u32)>,
    /// All commitments.
    pub promises: Vec<Promise>,
    /// All organizations.
    pub organizations: Vec<Row>,
    /// The partnership's days.
    pub zone: jiff::tz::TimeZone,
    /// First day.
    pub from: NaiveDate,
    /// Last day.
    pub until: NaiveDate,
}

/// Makes the report. A secret vote is never told by organization or sector, not even added to a larger sum there, because two reports
/// that differ by one vote would tell it; in the whole it counts only where it shows its turnout by itself.
pub fn report(facts: &Facts) -> Report {
    let mut whole = Share::default();
    let mut by_organization: BTreeMap<&OrganizationId, Share> = BTreeMap::new();
    let mut by_sector: BTreeMap<&'static str, (Sector, Share)> = BTreeMap::new();
    for vote in &facts.votes {
        let voted = vote.seats.iter().filter(|s| s.voted).count();
        let few = vote.secret && u32::try_from(voted).is_ok_and(|n| n < vote.turnout_from);
        for seat in vote.seats.iter().filter(|_| !few) {
            whole.add(seat.voted);
            if vote.secret {
                continue;
            }
            if let Some(id) = &seat.organization {
                by_organization.entry(id).or_default().add(seat.voted);
            }
            if let Some(sector) = seat.sector {
                let sum = by_sector.entry(sector.as_str());
                sum.or_insert((sector, Share::default())).1.add(seat.voted);
            }
        }
    }
    let count = |n: usize| u32::try_from(n).unwrap_or(u32::MAX);
    Report {
        from: facts.from,
        until: facts.until,
        votes: count(facts.votes.len()),
        secret: count(facts.votes.iter().filter(|v| v.secret).count()),
        participation: whole,
        time: time(&facts.votes),
        follow_through: follow(facts, |_| true),
        sectors: by_sector
            .into_values()
            .map(|(sector, participation)| SectorReport {
                sector,
                participation,
            })
            .collect(),
        organizations: organizations(facts, &by_organization),
    }
}

fn organizations(
    facts: &Facts,
    participation: &BTreeMap<&OrganizationId, Share>,
) -> Vec<OrganizationReport> {
    let sum = |all: &[(OrganizationId, u32)], id: &OrganizationId| {
        let own = all.iter().filter(|(of, _)| of == id);
        own.map(|(_, n)| *n).sum::<u32>()
    };
    let one = |row: &Row| {
        let taken_on = facts
            .promises
            .iter()
            .filter(|p| p.organization == row.id && within(facts, day(p.made_at, &facts.zone)));
        OrganizationReport {
            organization_id: row.id.clone(),
            name: row.name.clone(),
            sector: row.sector,
            participation: participation.get(&row.id).copied().unwrap_or_default(),
            ballots: sum(&facts.ballots, &row.id),
            comments: sum(&facts.comments, &row.id),
            commitments: u32::try_from(taken_on.clone().count()).unwrap_or(u32::MAX),
            hours: taken_on.map(|p| p.hours).sum(),
            follow_through: follow(facts, |p| p.organization == row.id),
        }
    };
    let mut all: Vec<(bool, OrganizationReport)> = facts
        .organizations
        .iter()
        .map(|r| (r.active, one(r)))
        .collect();
    // One that left stays where it did something in the time.
    all.retain(|(active, o)| {
        *active
            || o.participation.of + o.ballots + o.comments + o.commitments + o.follow_through.due
                > 0
    });
    let mut all: Vec<OrganizationReport> = all.into_iter().map(|(_, o)| o).collect();
    all.sort_by(|a, b| {
        let part = |o: &OrganizationReport| o.participation.part().unwrap_or(2.0);
        part(a)
            .total_cmp(&part(b))
            .then_with(|| a.name.cmp(&b.name))
    });
    all
}

/// What became of the commitments that fell due in the time. A commitment counts as done in time on its day, in the partnership's zone.
fn follow(facts: &Facts, of: impl Fn(&Promise) -> bool) -> FollowThrough {
    let mut sum = FollowThrough::default();
    let due = facts
        .promises
        .iter()
        .filter(|p| of(p) && within(facts, p.due_on));
    for promise in due {
        sum.due += 1;
        match promise.status {
            CommitmentStatus::Dropped => sum.dropped += 1,
            CommitmentStatus::Open => sum.open += 1,
            CommitmentStatus::Done => {
                let done = promise.done_at.map(|at| day(at, &facts.zone));
                if done.is_none_or(|done| done <= promise.due_on) {
                    sum.in_time += 1;
                } else {
                    sum.late += 1;
                }
            }
        }
    }
    sum
}

fn within(facts: &Facts, day: NaiveDate) -> bool {
    (facts.from..=facts.until).contains(&day)
}

fn day(at: Instant, zone: &jiff::tz::TimeZone) -> NaiveDate {
    let day = at.date_in(zone);
    NaiveDate::from_ymd_opt(day.year().into(), day.month() as u32, day.day() as u32)
        .unwrap_or_default()
}

fn time(votes: &[Vote]) -> TimeToDecide {
    let hours = |from: Instant, until: Instant| until.seconds_since(from).max(0) / 3600;
    let decided = || votes.iter().filter_map(|v| Some((v, v.decided_at?)));
    TimeToDecide {
        talk: lengths(votes.iter().map(|v| hours(v.created_at, v.opened_at))),
        vote: lengths(votes.iter().map(|v| hours(v.opened_at, v.closed_at))),
        outcome: lengths(decided().map(|(v, at)| hours(v.closed_at, at))),
        whole: lengths(decided().map(|(v, at)| hours(v.created_at, at))),
    }
}

/// The median of an even number is the middle between both, rounded down to whole hours.
fn lengths(all: impl Iterator<Item = i64>) -> Lengths {
    let mut all: Vec<i64> = all.collect();
    all.sort_unstable();
    let middle = all.len() / 2;
    let median = match all.len() {
        0 => None,
        n if n % 2 == 1 => all.get(middle).copied(),
        _ => all
            .get(middle - 1)
            .zip(all.get(middle))
            .map(|(a, b)| (a + b) / 2),
    };
    Lengths {
        count: u32::try_from(all.len()).unwrap_or(u32::MAX),
        median_hours: median,
        longest_hours: all.last().copied(),
    }
}

#[cfg(test)]
mod tests;
