//! A measurement: one value of a metric in a period, with its source and evidence. Corrections make new versions.

pub mod api;
pub mod bulk;
mod check;
pub mod correct;
pub mod export;
pub(crate) mod question;
pub mod record;
pub mod review;
pub(crate) mod store;
#[cfg(test)]
mod tests;

pub use bulk::{BulkOptions, BulkReport, bulk};
pub use record::record;

use std::collections::BTreeMap;

use backbone_db::{Dec, Instant, id, text_enum};
use backbone_identity::{FileId, OrganizationId};
use backbone_ingest::period::Period;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use crate::metric::MetricId;
use crate::rollup::Contribution;

id!(
    /// Identifies a measurement.
    MeasurementId
);

text_enum!(
    /// Where a measurement stands.
    MeasurementStatus {
        /// Reported, not checked.
        Reported = "reported",
        /// Checked by staff.
        Verified = "verified",
        /// Staff asked about it.
        Queried = "queried",
        /// Taken back; it no longer counts.
        Withdrawn = "withdrawn",
    }
);

/// Short for [`MeasurementStatus`], whose full name stands in the API description.
pub type Status = MeasurementStatus;

text_enum!(
    /// Why there is no value, if there is none.
    MeasurementMarker {
        /// There is a value.
        None = "none",
        /// The value is known but withheld, because few people stand behind it.
        Suppressed = "suppressed",
        /// There is no value for this period.
        Missing = "missing",
    }
);

/// Short for [`MeasurementMarker`], whose full name stands in the API description.
pub type Marker = MeasurementMarker;

/// A measurement.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, ToSchema)]
pub struct Measurement {
    /// Its identifier.
    pub id: MeasurementId,
    /// What is measured.
    pub metric_id: MetricId,
    /// Whose figure it is; none for the partnership as a whole.
    pub organization_id: Option<OrganizationId>,
    /// When.
    #[schema(value_type = String, examples("2026-Q3"))]
    pub period: Period,
    /// What it is broken down by; empty for the total.
    pub dimensions: BTreeMap<String, String>,
    /// The value.
    pub value: Option<Dec>,
    /// What was divided.
    pub numerator: Option<Dec>,
    /// By what.
    pub denominator: Option<Dec>,
    /// Why there is no value.
    pub marker: Marker,
    /// Where it comes from.
    pub source: String,
    /// Evidence elsewhere.
    pub evidence_url: Option<String>,
    /// Evidence uploaded here.
    pub evidence_file_id: Option<FileId>,
    /// A note.
    pub note: String,
    /// Where it stands.
    pub status: Status,
    /// Counts its changes; the ETag.
    pub version: i64,
    /// Who made this version.
    pub changed_by: String,
    /// When it was first reported.
    pub reported_at: Instant,
    /// When it last changed.
    pub changed_at: Instant,
}

/// What a measurement was, before a change.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, ToSchema)]
#[schema(as = MeasurementVersion)]
pub struct Version {
    /// Its number, from 1.
    pub version: i64,
    /// The value then.
    pub value: Option<Dec>,
    /// What was divided.
    pub numerator: Option<Dec>,
    /// By what.
    pub denominator: Option<Dec>,
    /// Why there was no value.
    pub marker: Marker,
    /// Where it came from.
    pub source: String,
    /// Evidence elsewhere.
    pub evidence_url: Option<String>,
    /// Evidence uploaded here.
    pub evidence_file_id: Option<FileId>,
    /// The note.
    pub note: String,
    /// Where it stood.
    pub status: Status,
    /// Who made it.
    pub changed_by: String,
    /// When.
    pub changed_at: Instant,
}

/// A measurement to record. The metric, organization, period and dimensions say which one it is.
#[derive(Clone, Debug, Default, Serialize, Deserialize, ToSchema)]
#[serde(default)]
pub struct NewMeasurement {
    /// What is measured.
    #[schema(value_type = String)]
    pub metric_id: Option<MetricId>,
    /// Whose figure it is; none for the partnership as a whole.
    pub organization_id: Option<OrganizationId>,
    /// When, in any usual way of writing: `2026-Q3`, `2025/26`, `October 2026`.
    pub period: String,
    /// What it is broken down by; empty for the total.
    pub dimensions: BTreeMap<String, String>,
    /// The value. With numerator and denominator it may be left out.
    pub value: Option<Dec>,
    /// What was divided.
    pub numerator: Option<Dec>,
    /// By what.
    pub denominator: Option<Dec>,
    /// `suppressed` or `missing` when there is no value.
    pub marker: Option<Marker>,
    /// Where it comes from; the metric's own source when empty.
    pub source: String,
    /// Evidence elsewhere: an address with http or https.
    pub evidence_url: Option<String>,
    /// Evidence uploaded here.
    pub evidence_file_id: Option<FileId>,
    /// A note.
    pub note: String,
}

impl Measurement {
    /// As it counts in its period's rollup: only totals with a value that was not taken back.
    pub(crate) fn contribution(&self) -> Option<Contribution> {
        if !self.dimensions.is_empty() || self.status == Status::Withdrawn {
            return None;
        }
        let parts = self.numerator.as_ref().zip(self.denominator.as_ref());
        Some(Contribution {
            whole: self.organization_id.is_none(),
            value: self.value.as_ref()?.get(),
            parts: parts.map(|(n, d)| (n.get(), d.get())),
            verified: self.status == Status::Verified,
            at: self.reported_at,
        })
    }

    /// What this version is, for keeping when it is replaced.
    pub(crate) fn as_version(&self) -> Version {
        Version {
            version: self.version,
            value: self.value.clone(),
            numerator: self.numerator.clone(),
            denominator: self.denominator.clone(),
            marker: self.marker,
            source: self.source.clone(),
            evidence_url: self.evidence_url.clone(),
            evidence_file_id: self.evidence_file_id.clone(),
            note: self.note.clone(),
            status: self.status,
            changed_by: self.changed_by.clone(),
            changed_at: self.changed_at,
        }
    }
}

/// The stored text of a disaggregation: JSON with sorted names, empty for the total.
pub(crate) fn dimensions_text(dimensions: &BTreeMap<String, String>) -> String {
    if dimensions.is_empty() {
        return String::new();
    }
    backbone_db::Json::new(dimensions).as_str().to_string()
}
