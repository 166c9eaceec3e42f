//! Reports: who takes part, how long it takes to decide, what becomes of promises, and what all this asks of each partner.

pub(crate) mod api;
pub(crate) mod pages;
pub mod rules;
pub(crate) mod store;

use backbone_db::{Conn, DbError, Instant};
use backbone_identity::{Actor, OrganizationId, Sector, directory};
use backbone_web::Problem;
use chrono::{Months, NaiveDate};
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};

use crate::body::BodyId;
use crate::people::members;
use crate::view::today;
use rules::{Facts, Row};

/// Of which time, and of which body.
#[derive(Clone, Debug, Default, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
pub struct ReportQuery {
    /// First day (`2026-01-01`); a year before the last day when not given.
    pub from: Option<String>,
    /// Last day; today when not given.
    pub until: Option<String>,
    /// Only this body.
    pub body: Option<String>,
}

/// The days and the body of a report.
#[derive(Clone, Debug)]
pub(crate) struct Span {
    pub from: NaiveDate,
    pub until: NaiveDate,
    pub body: Option<BodyId>,
}

/// Part of a whole: how many of how many.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, ToSchema)]
#[schema(as = ReportShare)]
pub struct Share {
    /// How many.
    pub have: u32,
    /// Of how many.
    pub of: u32,
}

impl Share {
    /// The part, 0 to 1; none of nothing.
    pub fn part(self) -> Option<f64> {
        (self.of > 0).then(|| f64::from(self.have) / f64::from(self.of))
    }

    pub(crate) fn add(&mut self, have: bool) {
        self.of += 1;
        self.have += u32::from(have);
    }
}

/// The middle and the longest of some lengths of time, in hours.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, ToSchema)]
pub struct Lengths {
    /// How many there are.
    pub count: u32,
    /// Half of them are shorter.
    pub median_hours: Option<i64>,
    /// The longest.
    pub longest_hours: Option<i64>,
}

/// How long decisions took.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, ToSchema)]
pub struct TimeToDecide {
    /// From the first draft to the opening of the vote.
    pub talk: Lengths,
    /// From the opening to the close.
    pub vote: Lengths,
    /// From the close to the written outcome.
    pub outcome: Lengths,
    /// From the first draft to the written outcome.
    pub whole: Lengths,
}

/// What became of commitments that fell due in the time.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, ToSchema)]
pub struct FollowThrough {
    /// Fell due.
    pub due: u32,
    /// Done by their day.
    pub in_time: u32,
    /// Done after it.
    pub late: u32,
    /// Given up, with a reason.
    pub dropped: u32,
    /// Neither.
    pub open: u32,
}

impl FollowThrough {
    /// The part of those that fell due which was done, in time or late.
    pub fn rate(self) -> Share {
        Share {
            have: self.in_time + self.late,
            of: self.due,
        }
    }
}

/// What one organization did and was asked.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, ToSchema)]
pub struct OrganizationReport {
    /// Which.
    pub organization_id: OrganizationId,
    /// Its name.
    pub name: String,
    /// Its sector.
    pub sector: Sector,
    /// Votes its seats cast, of those they could have; without secret votes.
    pub participation: Share,
    /// Ballots cast in the time; without secret ones.
    pub ballots: u32,
    /// Comments its people wrote.
    pub comments: u32,
    /// Commitments it took on.
    pub commitments: u32,
    /// The hours that they were said to take.
    pub hours: i64,
    /// What became of those that fell due.
    pub follow_through: FollowThrough,
}

/// How much of a sector took part.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, ToSchema)]
pub struct SectorReport {
    /// Which.
    pub sector: Sector,
    /// Votes its seats cast, of those they could have; without secret votes.
    pub participation: Share,
}

/// A report.
#[derive(Clone, Debug, Serialize, ToSchema)]
#[schema(as = DecisionReport)]
pub struct Report {
    /// First day.
    #[schema(value_type = String, format = Date)]
    pub from: NaiveDate,
    /// Last day.
    #[schema(value_type = String, format = Date)]
    pub until: NaiveDate,
    /// Votes that closed in the time.
    pub votes: u32,
    /// How many of them were secret: they are left out of every row by organization and sector.
    pub secret: u32,
    /// All votes cast, of all that could have been: open votes, and secret ones that show their turnout.
    pub participation: Share,
    /// How long it took.
    pub time: TimeToDecide,
    /// What became of promises.
    pub follow_through: FollowThrough,
    /// By sector.
    pub sectors: Vec<SectorReport>,
    /// By organization, those that took part least first.
    pub organizations: Vec<OrganizationReport>,
}

/// Reads the span that is asked for.
///
/// # Errors
/// 400 for a day that is none, an unknown body, or a last day before the first.
pub(crate) fn span(actor: &Actor, query: &ReportQuery) -> Result<Span, Problem> {
    let bad = |why: &'static str| Problem::bad_request("invalid-query").arg("why", why);
    let day = |text: &Option<String>| match text.as_deref().map(str::trim) {
        None | Some("") => Ok(None),
        Some(text) => text.parse::<NaiveDate>().map(Some),
    };
    let until = day(&query.until).map_err(|_| bad("until: a day such as 2026-12-31"))?;
    let until = until.unwrap_or_else(|| today(actor));
    let from = day(&query.from).map_err(|_| bad("from: a day such as 2026-01-01"))?;
    let from = from.or_else(|| {
        let year = until.checked_sub_months(Months::new(12))?;
        year.succ_opt()
    });
    let from = from.ok_or_else(|| bad("from: a day such as 2026-01-01"))?;
    if until < from {
        return Err(bad("until: not before from"));
    }
    let body = match query.body.as_deref().map(str::trim) {
        None | Some("") => None,
        Some(id) => Some(id.parse().map_err(|_| bad("body: the id of a body"))?),
    };
    Ok(Span { from, until, body })
}

/// Makes the report.
///
/// # Errors
/// Only those of the database.
pub(crate) fn report(conn: &mut Conn, actor: &Actor, span: &Span) -> Result<Report, DbError> {
    let zone = actor.partnership.zone();
    let begins = midnight(span.from, &zone, actor.now);
    let ends = midnight(
        span.until.succ_opt().unwrap_or(span.until),
        &zone,
        actor.now,
    );
    let tenant = actor.tenant();
    let people = members(conn, tenant)?;
    let organizations = directory::organizations(conn, tenant)?;
    let comments = store::comments(conn, tenant, begins, ends, span.body.as_ref())?;
    let comments = comments.into_iter().filter_map(|(person, n)| {
        let one = people
            .iter()
            .find(|m| Some(&m.person_id) == person.as_ref());
        Some((one?.organization_id.clone()?, n))
    });
    let facts = Facts {
        votes: store::votes(conn, tenant, begins, ends, span.body.as_ref())?,
        ballots: store::ballots(conn, tenant, begins, ends, span.body.as_ref())?,
        comments: comments.collect(),
        promises: store::promises(conn, tenant, span.body.as_ref())?,
        organizations: organizations
            .into_iter()
            .map(|o| Row {
                id: o.id,
                name: o.name,
                sector: o.sector,
                active: o.active,
            })
            .collect(),
        zone,
        from: span.from,
        until: span.until,
    };
    Ok(rules::report(&facts))
}

/// The beginning of a day in the partnership.
fn midnight(day: NaiveDate, zone: &jiff::tz::TimeZone, otherwise: Instant) -> Instant {
    let text = format!("{day}T00:00");
    crate::proposal::rules::moment(&text, zone).unwrap_or(otherwise)
}
