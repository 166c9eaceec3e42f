//! A mapping bound to a file's columns, with the metrics and organizations that it may name.

use std::collections::HashMap;

use backbone_identity::directory::OrganizationCard;
use backbone_ingest::period::Period;

use super::mapping::{ImportMapping, Role};
use super::scan::Settled;
use crate::metric::{Metric, MetricId, Status};

/// What a column gives.
#[derive(Debug)]
pub(crate) struct Column {
    pub at: usize,
    pub header: String,
}

/// Everything that is needed to read the file's rows.
pub(crate) struct Plan {
    pub mapping: ImportMapping,
    pub settled: Settled,
    pub headers: Vec<String>,
    pub metrics: Vec<Metric>,
    by_name: HashMap<String, usize>,
    organizations: HashMap<String, String>,
    pub fixed_metric: Option<usize>,
    pub fixed_period: Option<Period>,
    pub fixed_organization: String,
    pub period: Option<Column>,
    pub value: Option<Column>,
    pub metric: Option<Column>,
    pub organization: Option<Column>,
    pub numerator: Option<Column>,
    pub denominator: Option<Column>,
    pub source: Option<Column>,
    pub notes: Vec<Column>,
    /// Sorted by name, as in the stored text.
    pub dimensions: Vec<Column>,
    /// Columns headed by periods; one that cannot be read was refused with the mapping.
    pub periods: Vec<(Column, Period)>,
    /// Columns of one metric each.
    pub values: Vec<(Column, usize)>,
}

fn plain(name: &str) -> String {
    name.trim().to_lowercase()
}

impl Plan {
    pub fn new(
        mapping: ImportMapping,
        settled: Settled,
        headers: &[String],
        metrics: Vec<Metric>,
        organizations: &[OrganizationCard],
    ) -> Self {
        let columns = |role: Role| -> Vec<Column> {
            let of_role = mapping.columns.iter().filter(|c| c.role == role);
            of_role
                .filter_map(|c| {
                    let at = headers.iter().position(|h| *h == c.header)?;
                    let header = c.header.clone();
                    Some(Column { at, header })
                })
                .collect()
        };
        let first = |role: Role| columns(role).into_iter().next();
        let index = |id: &MetricId| metrics.iter().position(|m| m.id == *id);
        let mut dimensions = columns(Role::Dimension);
        dimensions.sort_by(|a, b| a.header.cmp(&b.header));
        let periods = columns(Role::PeriodColumn)
            .into_iter()
            .filter_map(|c| {
                let period = settled.reading.read(&c.header).ok()?;
                Some((c, mapping.year(period)))
            })
            .collect();
        let values = columns(Role::MetricColumn)
            .into_iter()
            .filter_map(|c| {
                let said = mapping.columns.iter().find(|u| u.header == c.header)?;
                let metric = index(said.metric_id.as_ref()?)?;
                Some((c, metric))
            })
            .collect();
        let fixed_period = settled.reading.read(&mapping.period).ok();
        Self {
            fixed_metric: mapping.metric_id.as_ref().and_then(index),
            fixed_period: fixed_period.map(|period| mapping.year(period)),
            fixed_organization: mapping
                .organization_id
                .as_ref()
                .map(ToString::to_string)
                .unwrap_or_default(),
            period: first(Role::Period),
            value: first(Role::Value),
            metric: first(Role::Metric),
            organization: first(Role::Organization),
            numerator: first(Role::Numerator),
            denominator: first(Role::Denominator),
            source: first(Role::Source),
            notes: columns(Role::Note),
            dimensions,
            periods,
            values,
            by_name: metrics
                .iter()
                .enumerate()
                .map(|(i, m)| (plain(&m.name), i))
                .collect(),
            organizations: organizations
                .iter()
                .map(|o| (plain(&o.name), o.id.to_string()))
                .collect(),
            headers: headers.to_vec(),
            settled,
            mapping,
            metrics,
        }
    }

    /// The metric with a name, in any case of letters.
    pub fn metric_named(&self, name: &str) -> Option<usize> {
        self.by_name.get(&plain(name)).copied()
    }

    /// The identifier of the organization with a name.
    pub fn organization_named(&self, name: &str) -> Option<&str> {
        self.organizations.get(&plain(name)).map(String::as_str)
    }

    /// Whether a metric is no longer measured.
    pub fn is_retired(&self, metric: usize) -> bool {
        self.metrics
            .get(metric)
            .is_some_and(|m| m.status == Status::Retired)
    }
}
