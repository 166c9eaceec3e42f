//! What is given is turned into what is stored, or refused field by field.

use std::collections::BTreeMap;

use backbone_db::Dec;
use backbone_identity::Actor;
use backbone_ingest::period::{Period, Reading};
use backbone_web::Fields;
use rust_decimal::Decimal;

use super::{Marker, NewMeasurement};
use crate::metric::{Kind, Measurers, Metric, Status};
use crate::policy::{ManageMetrics, Measure};
use crate::rollup;

/// Input that holds.
#[derive(Clone, Debug)]
pub(super) struct Checked {
    pub period: Period,
    pub dimensions: BTreeMap<String, String>,
    pub values: Values,
    pub source: String,
    pub evidence_url: Option<String>,
    pub note: String,
}

/// The number and its parts, or why there is none.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Values {
    pub value: Option<Dec>,
    pub numerator: Option<Dec>,
    pub denominator: Option<Dec>,
    pub marker: Marker,
}

/// How periods are read in this partnership.
pub(super) fn reading(actor: &Actor) -> Reading {
    let start = i8::try_from(actor.partnership.fiscal_year_start).unwrap_or(1);
    let fiscal_year_start = if (2..=12).contains(&start) { start } else { 9 };
    Reading {
        fiscal_year_start,
        ..Reading::default()
    }
}

/// Whether this actor may report for this metric and organization: staff always; the owner and members as the metric says,
/// members for the organization they act for.
pub(super) fn may_measure(actor: &Actor, metric: &Metric, new: &NewMeasurement) -> bool {
    if actor.may::<ManageMetrics>() {
        return true;
    }
    if !actor.may::<Measure>() {
        return false;
    }
    let owner = &metric.definition.owner;
    let owns = owner.person_id.is_some() && owner.person_id == actor.person_id
        || owner.organization_id.is_some() && owner.organization_id == actor.organization_id;
    match metric.definition.measurers {
        Measurers::Staff => false,
        Measurers::Owner => owns,
        Measurers::Members => {
            owns || new
                .organization_id
                .as_ref()
                .is_some_and(|organization| actor.acts_for(organization))
        }
    }
}

/// Checks one measurement against its metric.
pub(super) fn check(
    fields: &mut Fields,
    metric: &Metric,
    new: &NewMeasurement,
    reading: &Reading,
) -> Option<Checked> {
    if metric.status == Status::Retired {
        fields.fail("metric_id", "metrics-retired");
    }
    let period = match new.period.trim() {
        "" => {
            fields.fail("period", "required");
            None
        }
        // The stored form always means what it says; other forms are read as people write them.
        text => match text.parse::<Period>().or_else(|_| reading.read(text)) {
            Ok(period) => Some(period),
            Err(_) => {
                fields.fail("period", "metrics-period");
                None
            }
        },
    };
    let dimensions = dimensions(fields, metric, &new.dimensions);
    let values = values(fields, metric.definition.kind, new);
    let source = fields.optional("source", &new.source, 500);
    let note = fields.optional("note", &new.note, 2000);
    let evidence_url = new
        .evidence_url
        .as_deref()
        .map(|url| fields.optional("evidence_url", url, 1000))
        .filter(|url| !url.is_empty());
    if let Some(url) = &evidence_url
        && !url.starts_with("https://")
        && !url.starts_with("http://")
    {
        fields.fail("evidence_url", "metrics-evidence-url");
    }
    Some(Checked {
        period: period?,
        dimensions,
        values: values?,
        source,
        evidence_url,
        note,
    })
}

fn dimensions(
    fields: &mut Fields,
    metric: &Metric,
    given: &BTreeMap<String, String>,
) -> BTreeMap<String, String> {
    let mut kept = BTreeMap::new();
    for (name, value) in given {
        let (name, value) = (name.trim(), value.trim());
        if name.is_empty() || value.is_empty() {
            continue;
        }
        if name.chars().count() > 80 || value.chars().count() > 200 || kept.len() >= 12 {
            fields.fail("dimensions", "metrics-dimensions-large");
        }
        let allowed = &metric.definition.dimensions;
        if !allowed.is_empty() && !allowed.iter().any(|a| a == name) {
            fields.fail_with(
                "dimensions",
                "metrics-dimension-unknown",
                &[("name", name.to_string()), ("allowed", allowed.join(", "))],
            );
        }
        kept.insert(name.to_string(), value.to_string());
    }
    kept
}

/// Numbers with more whole digits than this are typing mistakes, and sums of them could leave the exact range.
const LARGEST: i64 = 1_000_000_000_000_000;

pub(super) fn values(fields: &mut Fields, kind: Kind, new: &NewMeasurement) -> Option<Values> {
    let marker = new.marker.unwrap_or(Marker::None);
    let given = [&new.value, &new.numerator, &new.denominator];
    if marker != Marker::None {
        if given.iter().any(|g| g.is_some()) {
            fields.fail("value", "metrics-value-and-marker");
            return None;
        }
        return Some(Values {
            value: None,
            numerator: None,
            denominator: None,
            marker,
        });
    }
    let large = Decimal::from(LARGEST);
    if given
        .iter()
        .any(|g| g.as_ref().is_some_and(|d| d.get().abs() > large))
    {
        let args = [("min", format!("-{LARGEST}")), ("max", LARGEST.to_string())];
        fields.fail_with("value", "out-of-range", &args);
        return None;
    }
    // Ten digits after the point, so that sums of thousands of them stay exact.
    let exact = |d: &Option<Dec>| d.as_ref().map(|d| Dec::new(d.get().round_dp(10)));
    let (value, numerator, denominator) = (
        exact(&new.value),
        exact(&new.numerator),
        exact(&new.denominator),
    );
    let divided = match (&numerator, &denominator) {
        (Some(n), Some(d)) if d.get() > Decimal::ZERO => rollup::quotient((n.get(), d.get()), kind),
        (Some(_), Some(_)) => {
            fields.fail("denominator", "metrics-denominator-zero");
            return None;
        }
        (None, None) => None,
        _ => {
            fields.fail("denominator", "metrics-both-parts");
            return None;
        }
    };
    let value = value.or(divided.map(Dec::new));
    match (&value, kind, divided) {
        (None, Kind::Ratio, _) => fields.fail("numerator", "required"),
        (None, _, _) => fields.fail("value", "required"),
        (Some(value), _, Some(divided)) if (value.get() - divided).abs() > Decimal::ONE => {
            fields.fail("value", "metrics-parts-disagree");
        }
        _ => {}
    }
    Some(Values {
        value: Some(value?),
        numerator,
        denominator,
        marker,
    })
}
