//! Perspectives group the metrics of a partnership; objectives say what a perspective strives for.

pub mod api;
pub mod manage;
pub mod objectives;
pub(crate) mod pages;
pub(crate) mod store;

use backbone_db::{Instant, id};
use backbone_web::Lang;
use serde::Serialize;
use utoipa::ToSchema;

id!(
    /// Identifies a perspective.
    PerspectiveId
);
id!(
    /// Identifies an objective.
    ObjectiveId
);

/// A side from which the partnership looks at itself.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, ToSchema)]
pub struct Perspective {
    /// Its identifier.
    pub id: PerspectiveId,
    /// Its name.
    pub name: String,
    /// Its place, from 0.
    pub position: i32,
    /// Counts its edits; the ETag.
    pub version: i64,
    /// When it was added.
    pub created_at: Instant,
}

/// What a perspective strives for.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, ToSchema)]
pub struct Objective {
    /// Its identifier.
    pub id: ObjectiveId,
    /// The perspective it belongs to.
    pub perspective_id: PerspectiveId,
    /// What is striven for.
    pub name: String,
    /// Its place within the perspective, from 0.
    pub position: i32,
    /// Counts its edits; the ETag.
    pub version: i64,
    /// When it was added.
    pub created_at: Instant,
}

/// The four perspectives that a partnership begins with, in its language: messages of the catalogue, read where no renderer is.
pub fn default_names(lang: Lang) -> [&'static str; 4] {
    let source = match lang {
        Lang::Nl => include_str!("../locales/nl.ftl"),
        // A language that was added has its messages elsewhere; staff can rename what they begin with.
        Lang::En | Lang::Added(_) => include_str!("../locales/en.ftl"),
    };
    let message = |key: &'static str| {
        source
            .lines()
            .find_map(|line| line.strip_prefix(key)?.trim_start().strip_prefix('='))
            .map_or(key, str::trim)
    };
    [
        message("metrics-perspective-people"),
        message("metrics-perspective-partners"),
        message("metrics-perspective-work"),
        message("metrics-perspective-learning"),
    ]
}
