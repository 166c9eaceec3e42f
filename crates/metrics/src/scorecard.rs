//! A scorecard: the few metrics that matter most, in order, within a budget.

pub mod api;
pub mod compute;
pub mod manage;
pub mod pages;
pub(crate) mod store;
#[cfg(test)]
mod tests;
pub(crate) mod view;

use backbone_db::{Instant, id};
use serde::Serialize;
use utoipa::ToSchema;

use crate::metric::MetricId;

id!(
    /// Identifies a scorecard.
    ScorecardId
);

/// How many metrics a scorecard holds unless staff decide otherwise: few enough to be talked about in one meeting.
pub const DEFAULT_BUDGET: i32 = 10;

/// A scorecard.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, ToSchema)]
pub struct Scorecard {
    /// Its identifier.
    pub id: ScorecardId,
    /// Its name.
    pub name: String,
    /// Its place among the partnership's scorecards, from 0.
    pub position: i32,
    /// How many metrics it may hold.
    pub budget: i32,
    /// Its metrics, in order.
    pub metric_ids: Vec<MetricId>,
    /// Counts its edits; the ETag of an edit.
    pub version: i64,
    /// When it was made.
    pub created_at: Instant,
}
