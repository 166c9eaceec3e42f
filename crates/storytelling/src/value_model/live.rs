//! Readings from the domains where contributions are logged and metrics measured.

use backbone_contributions::contribution::Kind;
use backbone_contributions::{TotalsQuery, totals};
use backbone_db::{Conn, Dec};
use backbone_events::Object;
use backbone_identity::OrganizationId;
use backbone_ingest::Period;
use backbone_metrics::figures;
use backbone_metrics::metric::MetricId;
use chrono::{Datelike, NaiveDate};

use super::content::{ContributionBinding, MetricBinding, MetricReading};
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
        conn: &mut Conn,
        partnership_id: &str,
        binding: &MetricBinding,
    ) -> Result<Option<MetricValue>, Error> {
        let Ok(metric) = MetricId::parse(&binding.metric) else {
            return Ok(None);
        };
        let period: Option<Period> = match binding.period.as_deref().map(str::parse) {
            None => None,
            Some(Ok(period)) => Some(period),
            Some(Err(_)) => return Ok(None),
        };
        let found = match (binding.reading, &period) {
            (MetricReading::Change, _) => {
                figures::since_baseline(conn, partnership_id, &metric, period.as_ref(), ANY_DAY)?
            }
            (MetricReading::At, Some(period)) => {
                with_value(figures::at(conn, partnership_id, &metric, period, ANY_DAY)?)
            }
            (MetricReading::At, None) => None,
            (MetricReading::Latest, _) => {
                with_value(figures::latest(conn, partnership_id, &metric, ANY_DAY)?)
            }
        };
        Ok(found.map(|(reading, value)| MetricValue {
            name: reading.name,
            value,
            period: reading.period.to_string(),
            token: reading.version_token,
        }))
    }
}

/// The day decides only whether a figure counts as stale, which no calculation asks.
const ANY_DAY: jiff::civil::Date = jiff::civil::date(2000, 1, 1);

fn with_value(reading: Option<figures::Reading>) -> Option<(figures::Reading, Dec)> {
    reading.map(|reading| {
        let value = reading.value.clone();
        (reading, value)
    })
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
    conn: &mut Conn,
    partnership_id: &str,
) -> Result<Vec<(String, String)>, Error> {
    let metrics = figures::list_for_picker(conn, partnership_id, ANY_DAY)?;
    let named = metrics
        .into_iter()
        .map(|m| (m.metric_id.to_string(), m.name));
    Ok(named.collect())
}
