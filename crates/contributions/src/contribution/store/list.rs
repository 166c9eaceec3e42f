use backbone_db::{Conn, DbError};
use backbone_identity::OrganizationId;
use chrono::NaiveDate;
use diesel::prelude::*;

use super::Row;
use crate::contribution::{Contribution, ContributionId, Kind, Status};
use crate::filter::Filter;
use crate::schema::contributions;

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
