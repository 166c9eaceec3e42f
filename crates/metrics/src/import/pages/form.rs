//! The mapping as a form: one choice for each column, then what the whole file shares.

use std::str::FromStr;

use backbone_web::Form;

use crate::import::map::MappingChange;
use crate::import::{ColumnUse, Import, ImportMapping, Role};
use crate::metric::define::NewMetric;
use crate::metric::{Aggregation, Definition};

/// The choice that defines a metric from this form.
pub(super) const NEW: &str = "new";

/// The form as an import's mapping fills it.
pub(super) fn fill(it: &Import) -> Form {
    let mapping = &it.mapping;
    let mut pairs: Vec<(String, String)> = Vec::new();
    for (index, header) in it.findings.headers.iter().enumerate() {
        let column = mapping.columns.iter().find(|c| c.header == *header);
        let role = column.map_or(Role::Ignore, |c| c.role);
        pairs.push((format!("use-{index}"), role.as_str().to_owned()));
        if let Some(metric) = column.and_then(|c| c.metric_id.as_ref()) {
            pairs.push((format!("metric-{index}"), metric.to_string()));
        }
    }
    let named = mapping.has(Role::Metric) || mapping.has(Role::MetricColumn);
    let metric = match &mapping.metric_id {
        Some(id) => id.to_string(),
        None if named => String::new(),
        None => NEW.to_owned(),
    };
    let organization = mapping.organization_id.as_ref().map(ToString::to_string);
    let shared = [
        ("metric", metric),
        ("organization", organization.unwrap_or_default()),
        ("period", mapping.period.clone()),
        ("years", mapping.years.as_str().to_owned()),
        ("pairs", mapping.pairs.as_str().to_owned()),
        ("day_order", mapping.day_order.as_str().to_owned()),
        ("decimal_mark", mapping.decimal_mark.as_str().to_owned()),
        ("fiscal_year_start", mapping.fiscal_year_start.to_string()),
        ("source", mapping.source.clone()),
        ("name", stem(&it.file_name)),
        ("unit", it.findings.unit.clone()),
        (
            "kind",
            if it.findings.unit.contains('%') {
                "percent"
            } else {
                "number"
            }
            .to_owned(),
        ),
        ("direction", "up".to_owned()),
        ("frequency", "year".to_owned()),
    ];
    pairs.extend(shared.map(|(name, value)| (name.to_owned(), value)));
    Form::from_pairs(
        pairs
            .iter()
            .map(|(name, value)| (name.as_str(), value.clone())),
    )
}

/// A file's name as the name of a metric.
fn stem(file: &str) -> String {
    let name = file.rsplit_once('.').map_or(file, |(name, _)| name);
    name.replace(['_', '-'], " ")
        .trim()
        .chars()
        .take(120)
        .collect()
}

/// What was chosen; anything that is no choice is as if nothing was.
fn chosen<T: FromStr>(form: &Form, name: &str) -> Option<T> {
    form.text(name).parse().ok()
}

/// The mapping that a person said.
pub(super) fn read(form: &Form, it: &Import) -> MappingChange {
    let before = ImportMapping::default();
    let columns = it
        .findings
        .headers
        .iter()
        .enumerate()
        .map(|(index, header)| {
            let role = chosen(form, &format!("use-{index}")).unwrap_or(Role::Ignore);
            let metric = chosen(form, &format!("metric-{index}"));
            ColumnUse {
                header: header.clone(),
                role,
                metric_id: metric.filter(|_| role == Role::MetricColumn),
            }
        });
    let mapping = ImportMapping {
        columns: columns.collect(),
        metric_id: chosen(form, "metric"),
        organization_id: chosen(form, "organization"),
        period: form.text("period").trim().to_owned(),
        years: chosen(form, "years").unwrap_or(before.years),
        pairs: chosen(form, "pairs").unwrap_or(before.pairs),
        day_order: chosen(form, "day_order").unwrap_or(before.day_order),
        fiscal_year_start: chosen(form, "fiscal_year_start").unwrap_or(before.fiscal_year_start),
        school_year_start: before.school_year_start,
        decimal_mark: chosen(form, "decimal_mark").unwrap_or(before.decimal_mark),
        source: form.text("source").trim().to_owned(),
    };
    MappingChange {
        mapping,
        new_metric: (form.text("metric") == NEW).then(|| new_metric(form)),
        keep_as: form.text("keep_as").to_owned(),
    }
}

fn new_metric(form: &Form) -> NewMetric {
    let plain = Definition::default();
    NewMetric {
        name: form.text("name").to_owned(),
        definition: Definition {
            unit: form.text("unit").to_owned(),
            kind: chosen(form, "kind").unwrap_or(plain.kind),
            direction: chosen(form, "direction").unwrap_or(plain.direction),
            frequency: chosen(form, "frequency").unwrap_or(plain.frequency),
            across_periods: Aggregation::Last,
            decimals: 1,
            source: form.text("source").to_owned(),
            ..plain
        },
        ..NewMetric::default()
    }
}
