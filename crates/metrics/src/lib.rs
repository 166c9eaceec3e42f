//! What the partnership measures: perspectives, objectives and metrics, their measurements, and the scorecard of the few
//! that matter most.

mod policy;

use std::sync::Arc;

use backbone_events::Describe;
use backbone_identity::{Core, NavSpec, PermissionInfo, Role};
use backbone_web::Lang;
use backbone_web::render::RendererBuilder;

#[derive(rust_embed::RustEmbed)]
#[folder = "templates"]
struct Templates;

/// Templates and messages of this domain.
pub fn texts(builder: &mut RendererBuilder) {
    builder
        .templates::<Templates>("metrics")
        .messages("metrics", Lang::En, include_str!("../locales/en.ftl"))
        .messages("metrics", Lang::Nl, include_str!("../locales/nl.ftl"));
}

/// The JSON operations, mounted under `/api/v1`.
pub fn api(_cfg: &mut utoipa_actix_web::service_config::ServiceConfig) {}

/// The pages, mounted at `/`.
pub fn pages(_cfg: &mut actix_web::web::ServiceConfig) {}

/// Work that runs later: none, rollups are kept in the transaction of the fact.
pub fn jobs(_registry: &mut backbone_jobs::Registry<Core>) {}

/// What the trace asks about metrics and measurements.
pub fn describers() -> Vec<Arc<dyn Describe>> {
    Vec::new()
}

/// Every permission of this domain.
pub const PERMISSIONS: &[PermissionInfo] = policy::ALL;

/// The rail's entry.
pub const NAV: &[NavSpec] = &[NavSpec {
    key: "scorecard",
    label: "metrics-nav",
    icon: "scorecard",
    path: "/scorecard",
    roles: &[
        Role::Staff,
        Role::Admin,
        Role::Contributor,
        Role::Leader,
        Role::Funder,
        Role::Community,
        Role::ReadOnly,
    ],
}];
