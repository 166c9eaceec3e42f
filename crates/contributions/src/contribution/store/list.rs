use std::collections::HashMap;

use backbone_db::{Conn, DbError, Instant};
use backbone_identity::OrganizationId;
use chrono::NaiveDate;
use diesel::prelude::*;
use diesel::sql_types::Bool;

use super::Row;
use crate::contribution::{CommentKind, Contribution, ContributionId, Kind, Status};
use crate::filter::Filter;
use crate::rollup::TotalsQuery;
use crate::schema::{contribution_comments, contributions};

/// The contributions that a filter lets through, newest period first, after `after` (its period's first day and identifier).
pub(crate) fn list(
    conn: &mut Conn,
    partnership: &str,
    filter: &Filter,
    after: Option<&(NaiveDate, ContributionId)>,
    limit: i64,
) -> Result<Vec<Contribution>, DbError> {
    use contributions as c;
    let (kinds, statuses) = (filter.kinds(), filter.statuses());
    let (from, until) = filter.days();
    let mut query = c::table
        .filter(c::partnership_id.eq(partnership))
        .filter(c::kind.eq_any(kinds))
        .filter(c::status.eq_any(statuses))
        .filter(c::starts_on.le(until))
        .filter(c::ends_on.ge(from))
        .into_boxed();
    if let Some(organization) = &filter.organization_id {
        query = query.filter(c::organization_id.eq(organization));
    }
    if let Some((day, id)) = after {
        query = query.filter(
            c::starts_on
                .lt(day)
                .or(c::starts_on.eq(day).and(c::id.lt(id))),
        );
    }
    let rows = query
        .order((c::starts_on.desc(), c::id.desc()))
        .limit(limit)
        .select(Row::as_select())
        .load(conn)?;
    rows.into_iter().map(Row::into_contribution).collect()
}

/// Every counted contribution with a day between two days, oldest first, for what the monthly totals cannot answer.
pub(crate) fn overlapping(
    conn: &mut Conn,
    partnership: &str,
    from: NaiveDate,
    until: NaiveDate,
) -> Result<Vec<Contribution>, DbError> {
    use contributions as c;
    let rows = c::table
        .filter(c::partnership_id.eq(partnership))
        .filter(c::status.ne(Status::Withdrawn))
        .filter(c::starts_on.le(until))
        .filter(c::ends_on.ge(from))
        .order((c::starts_on.asc(), c::id.asc()))
        .select(Row::as_select())
        .load(conn)?;
    rows.into_iter().map(Row::into_contribution).collect()
}

/// What one organization gave within a query, counted.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Gave {
    /// How many of its contributions have a day in it.
    pub contributions: i64,
    /// The largest number of people that one entry with hours names; none where no hours were given.
    pub people: Option<i32>,
}

/// The counted contributions of a query; a macro, because each use selects and groups differently, which changes its type.
macro_rules! counted {
    ($partnership:expr, $q:expr) => {{
        let organization = $q.organization_id.as_ref();
        contributions::table
            .filter(contributions::partnership_id.eq($partnership))
            .filter(contributions::status.ne(Status::Withdrawn))
            .filter(contributions::starts_on.le($q.until))
            .filter(contributions::ends_on.ge($q.from))
            .filter(contributions::kind.eq_any($q.kinds_or_all()))
            .filter(organization.is_none().into_sql::<Bool>().or(
                contributions::organization_id.eq(organization.map_or("", OrganizationId::as_str)),
            ))
    }};
}

/// Counts by organization what `overlapping` would load.
pub(crate) fn gave(
    conn: &mut Conn,
    partnership: &str,
    q: &TotalsQuery,
) -> Result<Vec<Gave>, DbError> {
    use contributions as c;
    use diesel::dsl::{count_star, max};
    let counts = counted!(partnership, q)
        .group_by(c::organization_id)
        .select((c::organization_id, count_star()))
        .load::<(OrganizationId, i64)>(conn)?;
    let with_hours: Vec<Kind> = Kind::ALL
        .iter()
        .copied()
        .filter(|k| k.has_hours())
        .collect();
    let people: HashMap<OrganizationId, Option<i32>> = counted!(partnership, q)
        .filter(c::kind.eq_any(with_hours))
        .group_by(c::organization_id)
        .select((c::organization_id, max(c::people)))
        .load::<(OrganizationId, Option<i32>)>(conn)?
        .into_iter()
        .collect();
    Ok(counts
        .into_iter()
        .map(|(organization, contributions)| Gave {
            contributions,
            people: people.get(&organization).copied().flatten(),
        })
        .collect())
}

/// How many of a query's contributions staff have not verified.
pub(crate) fn unverified(
    conn: &mut Conn,
    partnership: &str,
    q: &TotalsQuery,
) -> Result<i64, DbError> {
    use contributions as c;
    Ok(counted!(partnership, q)
        .filter(c::status.ne(Status::Verified))
        .count()
        .get_result(conn)?)
}

/// Identifiers of the newest counted contributions of one organization within a query, at most `limit`.
pub(crate) fn of_share(
    conn: &mut Conn,
    partnership: &str,
    organization: &OrganizationId,
    kinds: &[Kind],
    from: NaiveDate,
    until: NaiveDate,
    limit: i64,
) -> Result<Vec<ContributionId>, DbError> {
    use contributions as c;
    Ok(c::table
        .filter(c::partnership_id.eq(partnership))
        .filter(c::organization_id.eq(organization))
        .filter(c::status.ne(Status::Withdrawn))
        .filter(c::kind.eq_any(kinds.to_vec()))
        .filter(c::starts_on.le(until))
        .filter(c::ends_on.ge(from))
        .order((c::starts_on.desc(), c::id.desc()))
        .limit(limit)
        .select(c::id)
        .load(conn)?)
}

/// How many counted contributions an organization has.
pub(crate) fn count_of(
    conn: &mut Conn,
    partnership: &str,
    organization: &OrganizationId,
) -> Result<i64, DbError> {
    use contributions as c;
    Ok(c::table
        .filter(c::partnership_id.eq(partnership))
        .filter(c::organization_id.eq(organization))
        .filter(c::status.ne(Status::Withdrawn))
        .count()
        .get_result(conn)?)
}

/// The contribution that an organization logged last, for "same as last time".
pub(crate) fn last_of(
    conn: &mut Conn,
    partnership: &str,
    organization: &OrganizationId,
) -> Result<Option<Contribution>, DbError> {
    use contributions as c;
    let row = c::table
        .filter(c::partnership_id.eq(partnership))
        .filter(c::organization_id.eq(organization))
        .filter(c::status.ne(Status::Withdrawn))
        .order(c::id.desc())
        .select(Row::as_select())
        .first(conn)
        .optional()?;
    row.map(Row::into_contribution).transpose()
}

/// The contribution to an activity that an organization logged last.
pub(crate) fn last_like(
    conn: &mut Conn,
    partnership: &str,
    organization: &OrganizationId,
    activity: &str,
) -> Result<Option<Contribution>, DbError> {
    use contributions as c;
    let row = c::table
        .filter(c::partnership_id.eq(partnership))
        .filter(c::organization_id.eq(organization))
        .filter(c::activity.eq(activity))
        .filter(c::status.ne(Status::Withdrawn))
        .order(c::id.desc())
        .select(Row::as_select())
        .first(conn)
        .optional()?;
    row.map(Row::into_contribution).transpose()
}

/// The counted contributions that an organization logged last, the newest first.
pub(crate) fn logged_last(
    conn: &mut Conn,
    partnership: &str,
    organization: &OrganizationId,
    limit: i64,
) -> Result<Vec<Contribution>, DbError> {
    use contributions as c;
    let rows = c::table
        .filter(c::partnership_id.eq(partnership))
        .filter(c::organization_id.eq(organization))
        .filter(c::status.ne(Status::Withdrawn))
        .order(c::id.desc())
        .limit(limit)
        .select(Row::as_select())
        .load(conn)?;
    rows.into_iter().map(Row::into_contribution).collect()
}

/// The activities that were named last, each once, newest first: suggestions.
pub(crate) fn activities(
    conn: &mut Conn,
    partnership: &str,
    organization: Option<&OrganizationId>,
) -> Result<Vec<String>, DbError> {
    use contributions as c;
    let mut query = c::table
        .filter(c::partnership_id.eq(partnership))
        .into_boxed();
    if let Some(organization) = organization {
        query = query.filter(c::organization_id.eq(organization));
    }
    let recent = query
        .order(c::id.desc())
        .limit(200)
        .select(c::activity)
        .load::<String>(conn)?;
    let mut each: Vec<String> = Vec::new();
    for activity in recent {
        if !each.contains(&activity) && each.len() < 20 {
            each.push(activity);
        }
    }
    Ok(each)
}

/// How many stand in a status, of one organization or of all.
pub(crate) fn count_in(
    conn: &mut Conn,
    tenant: &str,
    organization: Option<&OrganizationId>,
    status: Status,
) -> Result<i64, DbError> {
    let mut query = contributions::table
        .filter(contributions::partnership_id.eq(tenant))
        .filter(contributions::status.eq(status))
        .count()
        .into_boxed();
    if let Some(organization) = organization {
        query = query.filter(contributions::organization_id.eq(organization));
    }
    Ok(query.get_result(conn)?)
}

/// Those that stand in a status, newest first.
pub(crate) fn newest_in(
    conn: &mut Conn,
    partnership: &str,
    status: Status,
    limit: i64,
) -> Result<Vec<Contribution>, DbError> {
    use contributions as c;
    let rows = c::table
        .filter(c::partnership_id.eq(partnership))
        .filter(c::status.eq(status))
        .order(c::id.desc())
        .limit(limit)
        .select(Row::as_select())
        .load(conn)?;
    rows.into_iter().map(Row::into_contribution).collect()
}

/// When each organization gave something, since a moment.
pub(crate) fn moments(
    conn: &mut Conn,
    partnership: &str,
    since: Instant,
) -> Result<Vec<(OrganizationId, Instant)>, DbError> {
    use contributions as c;
    Ok(c::table
        .filter(c::partnership_id.eq(partnership))
        .filter(c::status.ne(Status::Withdrawn))
        .filter(c::created_at.ge(since))
        .select((c::organization_id, c::created_at))
        .load(conn)?)
}

/// The organizations that logged something for the days between two.
pub(crate) fn givers(
    conn: &mut Conn,
    partnership: &str,
    from: NaiveDate,
    until: NaiveDate,
) -> Result<Vec<OrganizationId>, DbError> {
    use contributions as c;
    Ok(c::table
        .filter(c::partnership_id.eq(partnership))
        .filter(c::status.ne(Status::Withdrawn))
        .filter(c::starts_on.le(until))
        .filter(c::ends_on.ge(from))
        .select(c::organization_id)
        .distinct()
        .load(conn)?)
}

/// Of which organizations something was asked about what they gave, and when, since a moment.
pub(crate) fn questions(
    conn: &mut Conn,
    partnership: &str,
    since: Instant,
) -> Result<Vec<(OrganizationId, Instant)>, DbError> {
    use contribution_comments as q;
    use contributions as c;
    Ok(q::table
        .inner_join(c::table.on(c::id.eq(q::contribution_id)))
        .filter(q::partnership_id.eq(partnership))
        .filter(q::kind.eq(CommentKind::Question))
        .filter(q::written_at.ge(since))
        .select((c::organization_id, q::written_at))
        .load(conn)?)
}
