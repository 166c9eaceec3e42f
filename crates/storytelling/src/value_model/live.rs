//! Readings from the domains where contributions are logged and metrics measured.

use backbone_contributions::contribution::Kind;
use backbone_contributions::{TotalsQuery, totals};
use backbone_db::Conn;
use backbone_events::Object;
use backbone_identity::OrganizationId;
use chrono::{Datelike, NaiveDate};

use super::content::{ContributionBinding, MetricBinding};
use super::error::Error;
use super::readings::{ContributionPart, MetricValue, Readings, YearAmount};

/// What is logged and measured now.
#[derive(Clone, Copy, Debug, Default)]
pub struct Live;

impl Readings for Live {
    fn contributions(
        &self,
        conn: &mut Conn,
        partnership_id: &str,
        binding: &ContributionBinding,
    ) -> Result<Vec<ContributionPart>, Error> {
        let organizations: Vec<Option<OrganizationId>> = match binding.organizations.as_slice() {
            [] => vec![None],
            // A word that is no identifier names no organization, so it has no contributions; saving refuses it.
            some => some
                .iter()
                .filter_map(|o| OrganizationId::parse(o).ok())
                .map(Some)
                .collect(),
        };
        organizations
            .into_iter()
            .map(|organization| part(conn, partnership_id, binding, organization))
            .collect()
    }

    fn metric(
        &self,
        _conn: &mut Conn,
        _partnership_id: &str,
        _binding: &MetricBinding,
    ) -> Result<Option<MetricValue>, Error> {
        Ok(None)
    }
}

fn part(
    conn: &mut Conn,
    partnership_id: &str,
    binding: &ContributionBinding,
    organization: Option<OrganizationId>,
) -> Result<ContributionPart, Error> {
    let kinds: Vec<Kind> = binding
        .kinds
        .iter()
        .filter_map(|k| k.parse().ok())
        .collect();
    let of = |from: NaiveDate, until: NaiveDate| TotalsQuery {
        from,
        until,
        kinds: kinds.clone(),
        organization_id: organization.clone(),
    };
    let whole = of(binding.from, binding.to);
    let mut years = Vec::new();
    for year in binding.from.year()..=binding.to.year() {
        // 1 January and 31 December exist in every year.
        let day = |month, day| NaiveDate::from_ymd_opt(year, month, day).unwrap_or_default();
        let query = of(binding.from.max(day(1, 1)), binding.to.min(day(12, 31)));
        years.push(YearAmount {
            year,
            minor: totals(conn, partnership_id, &query)?.value_minor,
        });
    }
    Ok(ContributionPart {
        token: totals(conn, partnership_id, &whole)?.version_token,
        object: Object::new("contribution_total", &whole),
        years,
    })
}

/// The metrics that an outcome may be bound to: identifier and name.
///
/// # Errors
/// Those of the database.
pub(super) fn metric_names(
    _conn: &mut Conn,
    _partnership_id: &str,
) -> Result<Vec<(String, String)>, Error> {
    Ok(Vec::new())
}
